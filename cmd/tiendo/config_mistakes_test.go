package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// Everything that is wrong with a file is said at once: where it stands, and what is right.
func TestConfigNamesEachMistakeWithItsLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	text := "\ufeff" + `# settings = of the office
listen = 8080
base_url = "tiendo.gov.vn" # [smtp]
province = """
tỉnh # Mẫu Sơn
listne = 1
"""

[smtp]
hots = "mail.example"
timeout = 60
"port" = "587"
encryption = 'ssl'
password_file = "not-there"

[reminders]
before = [
  5, # days
  "1",
]
[ schedule ]
digest = "0 9 31 2 *"
[rules]
due_soon = 0
workers = 3
[mailer]
host = "x"
`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := loadConfig(path)
	if err == nil {
		t.Fatal("a file full of mistakes was taken")
	}
	lines := strings.Split(err.Error(), "\n")
	for i, want := range []string{
		"line 2: listen: integer given, text in quotes is wanted, such as \"127.0.0.1:8080\"",
		"line 3: base_url: \"tiendo.gov.vn\" is no address such as https://",
		"line 10: smtp.hots: there is no such setting; is smtp.host meant?",
		"line 11: smtp.timeout: integer given, a time in quotes is wanted, such as \"1m\"",
		"line 12: smtp.port: string given, a whole number is wanted, without quotes",
		"line 13: smtp.encryption: \"ssl\": starttls, tls or none is wanted",
		"line 14: smtp.password_file: ",
		"line 17: reminders.before: array given, a list of whole numbers is wanted",
		"line 22: schedule.digest: ",
		"line 24: rules.due_soon: must be at least 1",
		"line 25: rules.workers: there is no such setting; is smtp.workers meant?",
		"line 26: mailer: there is no such setting",
	} {
		if i >= len(lines) || !strings.HasPrefix(lines[i], path+": "+want) {
			t.Errorf("mistake %d is not told as %q:\n%s", i+1, want, err)
			break
		}
	}
	if len(lines) != 12 {
		t.Errorf("%d mistakes are told, want 12:\n%s", len(lines), err)
	}
}

// The walk must find each key where the parser saw it, whatever strings, arrays and comments hold.
func TestLinesOfSettings(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want settingLines
	}{
		"comments":      {"# a = 1\n\na = 1 # b = 2\r\nb = 2", settingLines{"a": 3, "b": 4}},
		"strings":       {"a = \"x\\\"\\n[b]\"\nb = '\\'\nc = \"#\"\nd=1", settingLines{"a": 1, "b": 2, "c": 3, "d": 4}},
		"long strings":  {"a = '''\nb = 1\n''''\nc = \"\"\"\\\"\"\"\nd = 1\"\"\"\ne = 1", settingLines{"a": 1, "c": 4, "e": 6}},
		"arrays":        {"a = [\n [1, 2], # ]\n \"]\",\n]\nb = {c = 1, d = [1]}\ne = 1", settingLines{"a": 1, "b": 5, "e": 6}},
		"tables":        {"[a.\"b.c\"]\nd = 1\n\n[[e]]\nf = 1\n[[e]]\nf = 2\n[ g . h ] # x\ni.j = 1", settingLines{"a": 1, "a.b.c": 1, "a.b.c.d": 2, "e": 4, "e.f": 5, "g": 8, "g.h": 8, "g.h.i": 9, "g.h.i.j": 9}},
		"no end":        {"a = 1", settingLines{"a": 1}},
		"nothing":       {"", settingLines{}},
		"dates, floats": {"a = 2026-10-05T07:00:00+07:00\nb = -1.5e3\nc = true", settingLines{"a": 1, "b": 2, "c": 3}},
	} {
		t.Run(name, func(t *testing.T) {
			meta, err := toml.Decode(test.text, new(map[string]any))
			if err != nil {
				t.Fatal(err)
			}
			got := linesOf(test.text)
			if len(got) != len(test.want) {
				t.Errorf("lines are %v, want %v", got, test.want)
			}
			for key, line := range test.want {
				if got[key] != line {
					t.Errorf("%s is on line %d, want %d", key, got[key], line)
				}
			}
			for _, key := range meta.Keys() {
				if got.of(strings.Join(key, ".")) == 0 {
					t.Errorf("%s has no line", key)
				}
			}
		})
	}
}

// Text that no parser would take must not hold the walk up either.
func TestLinesOfAnything(t *testing.T) {
	example, err := os.ReadFile(filepath.Join("..", "..", "config.example.toml"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range len(example) {
		linesOf(string(example[:i]))
		linesOf(string(example[i:]))
	}
	for _, text := range []string{"[", "]", "=", "\"", "'''", "a = [[[", "a = }}}", "\\", "a", "\xEF", "\x00=\x00"} {
		linesOf(text)
	}
}
