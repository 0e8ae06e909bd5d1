package main

import (
	"bytes"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tiendo/store/storetest"
)

// What check prints names the engine, and shows no password.
func TestCheckNamesTheEngine(t *testing.T) {
	dsn := storetest.DSN(t)
	engine, _, _ := strings.Cut(dsn, ":")
	if u, err := url.Parse(dsn); err == nil && engine == "postgres" {
		u.User = url.UserPassword(u.User.Username(), "hunter2")
		dsn = u.String()
	}
	for name, test := range map[string]struct{ dsn, want string }{
		"right":          {dsn, "ok     database and schema: " + engine + ", "},
		"nobody answers": {"postgres://tiendo:hunter2@127.0.0.1:1/tiendo", "WRONG  database and schema: "},
		"misspelt":       {"postgres://tiendo:hunter2%zz@127.0.0.1/tiendo", "WRONG  database and schema: "},
		"bad port":       {"postgres://tiendo:hunter2@127.0.0.1:port/tiendo", "WRONG  database and schema: "},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "config.toml")
			write(t, path, []byte("[database]\ndsn = \""+test.dsn+"\"\n"))
			var out, errs bytes.Buffer
			run(t.Context(), []string{"check", "-config", path}, streams{in: strings.NewReader(""), out: &out, err: &errs})
			if !strings.Contains(out.String(), test.want) {
				t.Errorf("it says\n%s%s\nwant %q", &out, &errs, test.want)
			}
			if strings.Contains(out.String()+errs.String(), "hunter2") {
				t.Errorf("the password is shown:\n%s%s", &out, &errs)
			}
		})
	}
}

// Check says whether a server is at work, from what the server left in the database.
func TestCheckTellsTheHeartbeat(t *testing.T) {
	o := newOffice(t, nil)
	path := filepath.Join(t.TempDir(), "config.toml")
	write(t, path, []byte("[database]\ndsn = \""+o.config.Database.DSN+"\"\n"))
	said := func() string {
		var out, errs bytes.Buffer
		run(t.Context(), []string{"check", "-config", path}, streams{in: strings.NewReader(""), out: &out, err: &errs})
		return out.String() + errs.String()
	}
	want := func(line string) {
		t.Helper()
		if text := said(); !strings.Contains(text, line) {
			t.Errorf("it says\n%s\nwant %q", text, line)
		}
	}
	want("idle   heartbeat: no server has run on this database yet")
	o.check(o.scheduler.RunDue(t.Context(), time.Now()))
	want("ok     heartbeat: ")
	o.ahead.Add(int64(-time.Hour)) // it worked an hour ago, and the instance still says that it is there
	o.check(o.scheduler.RunDue(t.Context(), time.Now()))
	o.ahead.Store(0)
	want("idle   heartbeat: no server runs; the last one worked at ")
	o.scheduler.Lease = 2 * time.Hour
	o.ahead.Add(int64(-time.Hour))
	o.check(o.scheduler.RunDue(t.Context(), time.Now()))
	o.ahead.Store(0)
	want("WRONG  heartbeat: " + o.scheduler.Holder + " runs, and its scheduler has not got through since ")
}

// A line with an error in it is shown nowhere else either.
func TestConfigErrorsShowNoPassword(t *testing.T) {
	for _, text := range []string{
		"[database]\ndsn = \"postgres://tiendo:hunter2@db/tiendo\n",
		"[database]\ndsn = postgres://tiendo:hunter2@db/tiendo\n",
		"[database]\ndns = \"postgres://tiendo:hunter2@db/tiendo\"\n",
		"[database]\ndsn = [\"postgres://tiendo:hunter2@db/tiendo\"]\n",
	} {
		path := filepath.Join(t.TempDir(), "config.toml")
		write(t, path, []byte(text))
		if _, err := loadConfig(path); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s\nerror %v", text, err)
		}
	}
}

// Where a program is missing that a kind of file needs, check names it and its package, and finds nothing else wrong with that.
func TestCheckNamesMissingPrograms(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	write(t, path, []byte("[database]\ndsn = \""+storetest.DSN(t)+"\"\n"))
	t.Setenv("PATH", t.TempDir())
	var out, errs bytes.Buffer
	run(t.Context(), []string{"check", "-config", path}, streams{in: strings.NewReader(""), out: &out, err: &errs})
	for _, want := range []string{
		"lacks  pdftotext: files of .pdf are refused; on Debian: apt-get install --no-install-recommends poppler-utils\n",
		"lacks  soffice: files of .doc, .odt, .rtf are refused; on Debian: apt-get install --no-install-recommends libreoffice-writer-nogui\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("it says\n%s%s\nwant %q", &out, &errs, want)
		}
	}
}
