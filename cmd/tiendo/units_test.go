package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const unitsFolder = "../../docs/systemd"

// unit reads the settings of a unit file that begin with a name.
func unit(t testing.TB, file, name string) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(unitsFolder, file))
	if err != nil {
		t.Fatal(err)
	}
	var values []string
	for line := range strings.Lines(string(text)) {
		if value, found := strings.CutPrefix(strings.TrimSpace(line), name+"="); found {
			values = append(values, value)
		}
	}
	return values
}

// systemd understands the units, where it is installed.
func TestUnitsAreUnderstood(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(unitsFolder, "tiendo*.*"))
	if err != nil || len(files) != 3 {
		t.Fatalf("the units are %v (%v), want three", files, err)
	}
	dir := t.TempDir()
	args := []string{"verify", "--man=no"}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		// It wants programs that are there.
		there := strings.ReplaceAll(string(text), "/usr/local/bin/tiendo", "/bin/true")
		write(t, filepath.Join(dir, filepath.Base(file)), []byte(there))
		args = append(args, filepath.Join(dir, filepath.Base(file)))
	}
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Log("systemd-analyze is not installed: the units' syntax is not checked")
		return
	}
	if said, err := exec.CommandContext(t.Context(), analyze, args...).CombinedOutput(); err != nil || len(said) > 0 {
		t.Errorf("systemd-analyze verify: %v\n%s", err, said)
	}
}

// The units call commands that exist, with flags that they have.
func TestUnitsCallTheProgram(t *testing.T) {
	for file, want := range map[string]string{"tiendo.service": "serve", "tiendo-backup.service": "backup"} {
		exec := unit(t, file, "ExecStart")[0]
		_, words, _ := strings.Cut(exec, "/usr/local/bin/tiendo ")
		fields := strings.Fields(words)
		if len(fields) < 3 || fields[0] != want || fields[1] != "-config" {
			t.Errorf("%s starts %q, want tiendo %s -config …", file, exec, want)
		}
		if !slices.ContainsFunc(commands, func(c command) bool { return c.name == fields[0] }) {
			t.Errorf("%s calls tiendo %s, which does not exist", file, fields[0])
		}
	}
}

// The backup's lines are run as systemd would, with a stand-in for the program: they make a file named by the time and keep the newest
// thirty; after a failure nothing is removed.
func TestUnitRotatesBackups(t *testing.T) {
	dir := t.TempDir()
	backups := filepath.Join(dir, "backups")
	if err := os.Mkdir(backups, 0o700); err != nil {
		t.Fatal(err)
	}
	for day := range 31 {
		write(t, filepath.Join(backups, fmt.Sprintf("tiendo-202601%02d-020000.tar.gz", day+1)), []byte("x"))
	}
	write(t, filepath.Join(backups, "by hand.tar.gz"), []byte("x"))
	program := filepath.Join(dir, "tiendo")
	if err := os.WriteFile(program, []byte("#!/bin/sh\nfor file; do :; done\ntest -z \"$BROKEN\" && test ! -e \"$file\" && echo \"$1\" > \"$file\"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	lines := unit(t, "tiendo-backup.service", "ExecStart")
	start := func(environment ...string) error {
		for _, line := range lines { // of a oneshot in turn, up to the first that fails
			line = strings.NewReplacer("$$", "$", "%%", "%", "/usr/local/bin/tiendo", program, "/var/lib/tiendo-backups", backups).Replace(line)
			script, found := strings.CutPrefix(line, "/bin/sh -c '")
			if !found {
				t.Fatalf("ExecStart=%s is no line of a shell", line)
			}
			c := exec.CommandContext(t.Context(), "/bin/sh", "-c", strings.TrimSuffix(script, "'"))
			c.Env = append(os.Environ(), environment...)
			c.Stdout, c.Stderr = t.Output(), t.Output()
			if err := c.Run(); err != nil {
				return err
			}
		}
		return nil
	}
	names := func() []string {
		paths, err := filepath.Glob(filepath.Join(backups, "tiendo-*"))
		if err != nil {
			t.Fatal(err)
		}
		for i := range paths {
			paths[i] = filepath.Base(paths[i])
		}
		return paths
	}
	if err := start("BROKEN=yes"); err == nil || len(names()) != 31 {
		t.Errorf("after a backup that failed (%v) there are %d, want all 31", err, len(names()))
	}
	if err := start(); err != nil {
		t.Fatal(err)
	}
	left := names()
	if len(left) != 30 || left[0] != "tiendo-20260103-020000.tar.gz" {
		t.Errorf("%d backups are left from %s on, want the newest 30", len(left), left[0])
	}
	if text, err := os.ReadFile(filepath.Join(backups, left[29])); err != nil || string(text) != "backup\n" {
		t.Errorf("the newest file %s holds %q (%v), want what the backup wrote", left[29], text, err)
	}
	if _, err := os.Stat(filepath.Join(backups, "by hand.tar.gz")); err != nil {
		t.Errorf("a backup made by hand is gone: %v", err)
	}
}
