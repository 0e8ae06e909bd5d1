package main

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

// The example is the documentation of every setting: it must read, name each of them, and show the defaults.
func TestExampleShowsTheDefaults(t *testing.T) {
	got, err := loadConfig(filepath.Join("..", "..", "config.example.toml"))
	if err != nil {
		t.Fatal(err)
	}
	want := defaultConfig()
	if wrong := want.complete(filepath.Join("..", "..")); len(wrong) > 0 {
		t.Fatal(wrong)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("config.example.toml gives\n%+v\nwant the defaults\n%+v", got, want)
	}
	text, err := os.ReadFile(filepath.Join("..", "..", "config.example.toml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range settingNames(reflect.TypeFor[config]()) {
		if !strings.Contains(string(text), "\n"+name+" = ") {
			t.Errorf("config.example.toml does not explain %s", name)
		}
	}
}

// settingNames lists the keys of all settings, without their tables.
func settingNames(t reflect.Type) []string {
	var names []string
	for f := range t.Fields() {
		tag := f.Tag.Get("toml")
		switch {
		case tag == "":
		case f.Type.Kind() == reflect.Struct:
			names = append(names, settingNames(f.Type)...)
		default:
			names = append(names, tag)
		}
	}
	return names
}

func TestConfigRefuses(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"unknown setting":  {"listne = \"x\"", "listne"},
		"unknown in table": {"[smtp]\nhots = \"x\"", "smtp.hots"},
		"wrong type":       {"listen = 8080", "line 1"},
		"broken":           {"listen = \"127", "line 1"},
		"base_url":         {"base_url = \"tiendo.gov.vn\"", "base_url"},
		"listen":           {"listen = \"localhost\"", "listen"},
		"metrics.listen":   {"[metrics]\nlisten = \"9108\"", "metrics.listen"},
		"per_minute":       {"[smtp]\nper_minute = -1", "smtp.per_minute"},
		"per_hour":         {"[smtp]\nper_hour = -1", "smtp.per_hour"},
		"zone":             {"zone = \"Asia/Mau_Son\"", "zone"},
		"schedule":         {"[schedule]\ndigest = \"0 9 31 2 *\"", "digest"},
		"office":           {"[schedule]\noffice = [\"17:00-07:30\"]", "schedule.office"},
		"ladder":           {"[reminders]\nbefore = [1, 5]", "reminders"},
		"sender":           {"[smtp]\nhost = \"mail\"\nfrom_address = \"nobody\"", "smtp.from_address"},
		"password file":    {"[smtp]\npassword_file = \"not-there\"", "smtp.password_file"},
		"log level":        {"[log]\nlevel = \"loud\"", "log"},
		"rules":            {"[rules]\ndue_soon = 0", "rules"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "config.toml")
			if err := os.WriteFile(path, []byte(test.text), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := loadConfig(path)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v, want one that names %s", err, test.want)
			}
		})
	}
}

func TestConfigPathsAndSecrets(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("secret", "from the file\n")
	path := write("config.toml", "[smtp]\nusername = \"u\"\npassword_file = \"secret\"\ntimeout = \"90s\"\n")
	c, err := loadConfig(path)
	if err != nil {
		t.Fatal(err)
	}
	if c.SMTP.password != "from the file" || c.SMTP.Timeout != 90*time.Second {
		t.Errorf("password %q, timeout %s", c.SMTP.password, c.SMTP.Timeout)
	}
	if want := "sqlite:" + filepath.Join(dir, "tiendo.db"); c.Database.DSN != want {
		t.Errorf("database %s, want %s", c.Database.DSN, want)
	}
	t.Setenv(passwordVariable, "from the environment")
	if c, err = loadConfig(path); err != nil || c.SMTP.password != "from the environment" {
		t.Errorf("password %q (%v), want the environment's", c.SMTP.password, err)
	}
}
