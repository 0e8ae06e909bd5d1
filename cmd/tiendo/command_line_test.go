package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// brokenWriter is standard output that cannot be written: a closed pipe, a full disk.
type brokenWriter struct{}

var errBroken = errors.New("broken pipe")

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }

// What was typed wrongly on the command line is told with what is right; nothing is done.
func TestCommandLineMistakes(t *testing.T) {
	dir := t.TempDir()
	path := func(name, text string) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	settings := path("config.toml", "")
	text := path("chi-thi.txt", "1. Sở Nội vụ báo cáo trước ngày 30/11/2026.\n")
	picture := path("photo.jpg", "\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01")
	missing := filepath.Join(dir, "not-there.docx")
	for _, test := range []struct {
		name string
		args []string
		code int
		says []string
	}{
		{"no command", nil, 2, []string{"usage: tiendo COMMAND"}},
		{"unknown command", []string{"sevre"}, 2, []string{`no command "sevre"`, "serve"}},
		{"unknown flag", []string{"import", "-cofnig", settings, text}, 2, []string{"-cofnig", "usage: tiendo import"}},
		{"flag after an argument", []string{"import", text, "-config", settings}, 2, []string{"-config: flags come before the arguments"}},
		{"flag without its value", []string{"import", "-config"}, 2, []string{"-config"}},
		{"no file", []string{"extract"}, 2, []string{"usage: tiendo extract"}},
		{"too many arguments", []string{"serve", "now"}, 2, []string{"usage: tiendo serve"}},
		{"missing document", []string{"extract", missing}, 1, []string{"not-there.docx", "no such file"}},
		{"missing document to import", []string{"import", "-config", settings, missing}, 1, []string{"not-there.docx", "no such file"}},
		{"a picture", []string{"extract", picture}, 1, []string{"tiendo extract: The file " + picture + " cannot be read.\n  This kind of file is not known. Use .docx"}},
		{"a folder in place of a document", []string{"extract", dir}, 1, []string{dir, "is a directory"}},
		{"missing settings", []string{"serve", "-config", missing}, 1, []string{"not-there.docx", "config.example.toml", "-config"}},
		{"settings that are a folder", []string{"check", "-config", dir}, 1, []string{dir, "is a directory"}},
		{"two workbooks", []string{"import", "-config", settings, "-book", text, text}, 1, []string{"-book takes one file"}},
		{"two trackers", []string{"import", "-config", settings, "-tracker", "-as", "a@b.example", text, text}, 1, []string{"-tracker takes one file"}},
		{"a tracker of nobody", []string{"import", "-config", settings, "-tracker", text}, 1, []string{"-as EMAIL is missing"}},
		{"a tracker of a stranger", []string{"import", "-config", settings, "-tracker", "-as", "a@b.example", text}, 1, []string{"nobody has this address"}},
		{"a text as the workbook", []string{"import", "-config", settings, "-book", text}, 1, []string{"chi-thi.txt", "Excel"}},
		{"a bad address", []string{"user", "add", "-config", settings, "-email", "nobody", "-name", "X", "-role", "admin"}, 1, []string{"email", "e-mail address is not right"}},
		{"an unknown role", []string{"user", "add", "-config", settings, "-email", "a@b.example", "-name", "X", "-role", "boss"}, 1, []string{`-role "boss"`, "secretariat, leader, focal, head or admin"}},
		{"no role", []string{"user", "add", "-config", settings, "-email", "a@b.example", "-name", "X"}, 1, []string{"-role", "secretariat, leader, focal, head or admin"}},
		{"an unknown language", []string{"user", "add", "-config", settings, "-email", "a@b.example", "-name", "X", "-role", "admin", "-language", "fr"}, 1, []string{`-language "fr"`, "vi or en"}},
		{"corrections of one and of all", []string{"corrections", "-document", "1", "-all"}, 2, []string{"-document stands alone"}},
		{"corrections since no day", []string{"corrections", "-since", "hôm qua"}, 2, []string{`-since "hôm qua"`, "2026-10-05"}},
		{"corrections in an unknown language", []string{"corrections", "-language", "fr"}, 2, []string{`-language "fr"`, "vi or en"}},
		{"corrections of no document", []string{"corrections", "-config", settings, "-document", "9"}, 1, []string{"tiendo corrections"}},
		{"nobody of that address", []string{"user", "disable", "-config", settings, "a@b.example"}, 1, []string{"a@b.example"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var out, stderr bytes.Buffer
			code := run(t.Context(), test.args, streams{strings.NewReader(""), &out, &stderr})
			said := stderr.String() + out.String()
			if code != test.code {
				t.Errorf("exit code %d, want %d: %s", code, test.code, said)
			}
			for _, want := range test.says {
				if !strings.Contains(said, want) {
					t.Errorf("does not say %q: %s", want, said)
				}
			}
			if strings.Contains(said, "goroutine") || strings.Contains(said, "!(") {
				t.Errorf("says what no person can use: %s", said)
			}
		})
	}
}

// Output that cannot be written is a failure, not a silent success.
func TestUnwritableOutput(t *testing.T) {
	file := filepath.Join(t.TempDir(), "chi-thi.txt")
	if err := os.WriteFile(file, []byte("1. Sở Nội vụ báo cáo trước ngày 30/11/2026.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	settings := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(settings, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"extract", file}, {"import", "-config", settings, file}, {"version"}, {"user", "list", "-config", settings}} {
		var stderr bytes.Buffer
		code := run(context.WithoutCancel(t.Context()), args, streams{strings.NewReader(""), brokenWriter{}, &stderr})
		if code != 1 || !strings.Contains(stderr.String(), errBroken.Error()) {
			t.Errorf("tiendo %s: exit code %d: %s", args[0], code, stderr.String())
		}
	}
}
