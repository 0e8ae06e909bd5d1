package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tiendo/store"
)

// Each file that is no database of this program is refused at the start, in words, and stays as it is.
func TestStartRefusesWrongDatabases(t *testing.T) {
	execute := func(t *testing.T, path string, statements ...string) {
		t.Helper()
		db, err := sql.Open("sqlite3", "file:"+path)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		for _, s := range statements {
			if _, err := db.Exec(s); err != nil {
				t.Fatal(err)
			}
		}
	}
	current := func(t *testing.T, path string) {
		t.Helper()
		db, err := store.Open(t.Context(), "sqlite:"+path, store.Options{})
		if err == nil {
			err = db.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		what string
		make func(t *testing.T, path string)
		says string
	}{
		{"a newer schema", func(t *testing.T, path string) {
			current(t, path)
			execute(t, path, "INSERT INTO schema_versions (version, name) VALUES (9999, '9999_later')")
		}, "start that version, or restore a backup"},
		{"a text", func(t *testing.T, path string) {
			if err := os.WriteFile(path, bytes.Repeat([]byte("Kính gửi\n"), 100), 0o600); err != nil {
				t.Fatal(err)
			}
		}, "no database: name another file"},
		{"a short text", func(t *testing.T, path string) {
			if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
				t.Fatal(err)
			}
		}, "no database: name another file"},
		{"a folder", func(t *testing.T, path string) {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, "this is a folder; name a file"},
		{"another program's", func(t *testing.T, path string) { execute(t, path, "CREATE TABLE songs (title TEXT)") }, "the database of another program"},
		{"a damaged one", func(t *testing.T, path string) {
			current(t, path)
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			copy(data[100:4000], bytes.Repeat([]byte{0xA5}, 3900))
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}, "is damaged; restore a backup"},
		{"a folder that does not exist", func(t *testing.T, path string) {
			if err := os.Remove(filepath.Dir(path)); err != nil {
				t.Fatal(err)
			}
		}, "its folder does not exist; make the folder"},
	} {
		t.Run(test.what, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "data", "tiendo.db")
			if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			test.make(t, path)
			before, _ := os.ReadFile(path)
			settings := filepath.Join(t.TempDir(), "config.toml")
			if err := os.WriteFile(settings, []byte(fmt.Sprintf("listen = \"127.0.0.1:0\"\n[database]\ndsn = %q\n", "sqlite:"+path)), 0o600); err != nil {
				t.Fatal(err)
			}
			o := &office{t: t}
			for _, command := range []string{"serve", "check", "deliver"} {
				code, said := o.command(command, "-config", settings)
				if code != 1 || !strings.Contains(said, path) || !strings.Contains(said, test.says) {
					t.Errorf("tiendo %s: exit code %d: %s", command, code, said)
				}
				if strings.Contains(said, "goroutine") {
					t.Errorf("tiendo %s failed hard: %s", command, said)
				}
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
}

// Another program holds the database: the start says so. When it happens while the program runs, what is written is refused in
// words with what was typed, what is read is shown, and afterwards everything goes on.
func TestLockedDatabase(t *testing.T) {
	o := newOffice(t, nil)
	path := strings.TrimPrefix(o.app.config.Database.DSN, "sqlite:")
	other, err := sql.Open("sqlite3", "file:"+path+"?_txlock=exclusive")
	o.check(err)
	defer other.Close()
	held, err := other.BeginTx(context.WithoutCancel(t.Context()), nil)
	o.check(err)
	const name = "Sở Nội vụ, gõ lúc cơ sở dữ liệu bị khoá"
	form := url.Values{"name": {name}, "code": {"SNV"}, "kind": {"department"}}
	o.post("/directory/agencies/new", form).want(http.StatusServiceUnavailable).says("Cơ sở dữ liệu đang bận", "chưa lưu được gì", name)
	o.get("/directory").want(http.StatusOK)
	o.check(held.Rollback())
	o.post("/directory/agencies/new", form).want(http.StatusSeeOther)
}
