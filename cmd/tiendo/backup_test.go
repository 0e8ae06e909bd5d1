package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tiendo/store"
	"tiendo/store/upgradetest"
	"tiendo/tasks"
)

// settings writes a configuration for a database and uploads in a folder.
func settings(t testing.TB, dir string) string {
	t.Helper()
	path := filepath.Join(dir, "config.toml")
	write(t, path, []byte("[database]\ndsn = \"sqlite:tiendo.db\"\n[files]\ndir = \"files\"\n"))
	return path
}

// invoke runs the program as the command line would and answers its exit code and what it said.
func invoke(t testing.TB, args ...string) (code int, said string) {
	t.Helper()
	var out bytes.Buffer
	code = run(t.Context(), args, streams{in: strings.NewReader(""), out: &out, err: &out})
	return code, out.String()
}

func succeeds(t testing.TB, args ...string) string {
	t.Helper()
	code, said := invoke(t, args...)
	if code != 0 {
		t.Fatalf("tiendo %s: exit code %d\n%s", strings.Join(args, " "), code, said)
	}
	return said
}

func fails(t testing.TB, words string, args ...string) {
	t.Helper()
	if code, said := invoke(t, args...); code != 1 || !strings.Contains(said, words) {
		t.Errorf("tiendo %s: exit code %d and %q; want 1 and %q", strings.Join(args, " "), code, said, words)
	}
}

func manifestOf(t testing.TB, path string) store.Manifest {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := store.VerifyBackup(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// The office works while it is backed up; the backup, restored elsewhere and backed up again, is the same row by row and file by file,
// and the program starts on it.
func TestBackupAndRestoreOfARunningProgram(t *testing.T) {
	dir := t.TempDir()
	upgradetest.Unpack(t, dir)
	write(t, filepath.Join(dir, "clock"), []byte(upgradetest.Clock))
	d := bootDemo(t, dir, time.Time{}, true) // goes on with what is there
	config := settings(t, dir)
	backups := t.TempDir()

	ctx, stop := context.WithCancel(t.Context())
	var reports atomic.Int64
	worked := make(chan error, 1)
	go func() { worked <- d.keepReporting(ctx, &reports) }()
	overlapped := false
	for n := range 3 {
		file := filepath.Join(backups, fmt.Sprintf("%d.tar.gz", n))
		before := reports.Load()
		succeeds(t, "backup", "-config", config, file)
		overlapped = overlapped || reports.Load() > before+2
	}
	stop()
	if err := <-worked; err != nil {
		t.Fatal(err)
	}
	if !overlapped {
		t.Fatal("nobody worked while the backups ran: the test shows nothing")
	}

	for n := range 3 {
		file := filepath.Join(backups, fmt.Sprintf("%d.tar.gz", n))
		want := manifestOf(t, file)
		there := t.TempDir()
		elsewhere := settings(t, there)
		succeeds(t, "restore", "-config", elsewhere, file)
		succeeds(t, "backup", "-config", elsewhere, file+".again")
		got := manifestOf(t, file+".again")
		if !reflect.DeepEqual(got.Tables, want.Tables) || !reflect.DeepEqual(got.Files, want.Files) {
			t.Errorf("%s: what was restored differs:\n%v\n%v\nwant\n%v\n%v", file, got.Tables, got.Files, want.Tables, want.Files)
		}
		if n == 2 {
			startsOn(t, elsewhere, int(reports.Load()))
		}
	}
}

// keepReporting reports with evidence, as a focal point would, until ctx ends.
func (d *demo) keepReporting(ctx context.Context, done *atomic.Int64) error {
	who, err := d.byEmail(ctx, "hoa.nt@snv.mauson.example")
	if err != nil {
		return err
	}
	page, err := d.assignments.List(ctx, who, tasks.AssignmentQuery{States: []tasks.State{tasks.StateAssigned, tasks.StateInProgress}, Part: tasks.PartLead, AgencyID: who.Grants[0].AgencyID})
	if err != nil {
		return err
	}
	for ctx.Err() == nil {
		n := done.Load()
		in := tasks.ReportInput{
			Kind: tasks.ReportProgress, Percent: 10, Text: fmt.Sprintf("Báo cáo lần %d.", n),
			Files: []tasks.Upload{{Name: "anh.png", Data: fmt.Appendf(bytes.Clone(tinyPNG), "%d", n)}},
		}
		// A report that was begun is finished.
		if err := d.assignments.Report(context.WithoutCancel(ctx), who, page.Rows[int(n)%len(page.Rows)].ID, in); err != nil {
			return err
		}
		done.Add(1)
	}
	return nil
}

// startsOn wires the program to restored data: nobody is signed in, and everything can be read.
func startsOn(t testing.TB, configPath string, reports int) {
	t.Helper()
	err := withApp(t.Context(), configPath, streams{out: t.Output(), err: t.Output()}, func(a *app) error {
		who, err := a.byEmail(t.Context(), "minh.tv@vpub.mauson.example")
		if err != nil {
			return err
		}
		page, err := a.documents.List(t.Context(), who, tasks.DocumentQuery{})
		if err != nil || len(page.Rows) != 4 {
			return fmt.Errorf("%d documents, want 4 (%w)", len(page.Rows), err)
		}
		view, err := a.documents.Get(t.Context(), who, page.Rows[len(page.Rows)-1].ID)
		if err != nil {
			return err
		}
		_, body, err := a.documents.OpenFile(t.Context(), who, view.Files[0].Attachment.ID)
		if err != nil {
			return err
		}
		if n, err := io.Copy(io.Discard, body); err != nil || n != view.Files[0].Attachment.Size {
			return fmt.Errorf("the document's file has %d octets, want %d (%w)", n, view.Files[0].Attachment.Size, err)
		}
		return body.Close()
	})
	if err != nil {
		t.Errorf("the program on the restored data, %d reports later: %v", reports, err)
	}
}

// FILE is whole or not there, for its owner alone, and never written over unasked.
func TestBackupFile(t *testing.T) {
	dir := t.TempDir()
	config := settings(t, dir)
	file := filepath.Join(dir, "backups", "a.tar.gz")
	fails(t, "no such file", "backup", "-config", config, file) // there is no database
	if _, err := os.Stat(filepath.Join(dir, "tiendo.db")); !os.IsNotExist(err) {
		t.Errorf("the backup made a database: %v", err)
	}
	succeeds(t, "user", "add", "-config", config, "-email", "a@mauson.example", "-name", "Nguyễn Văn A", "-role", "admin")
	fails(t, "no such file", "backup", "-config", config, file) // there is no folder
	if err := os.Mkdir(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	succeeds(t, "backup", "-config", config, file)
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup's mode is %v (%v), want 0600", info.Mode(), err)
	}

	write(t, file, []byte("mine"))
	fails(t, "-force", "backup", "-config", config, file)
	if b, err := os.ReadFile(file); err != nil || string(b) != "mine" {
		t.Errorf("the file that was there is %q (%v) now", b, err)
	}
	fails(t, "no complete backup", "restore", "-verify", file)
	succeeds(t, "backup", "-config", config, "-force", file)
	if said := succeeds(t, "restore", "-verify", file); !strings.Contains(said, "is whole") {
		t.Errorf("restore -verify says %q", said)
	}
	fails(t, "empty place", "restore", "-config", config, file)
	entries, err := os.ReadDir(filepath.Dir(file))
	if err != nil || len(entries) != 1 {
		t.Errorf("the folder of backups holds %v (%v), want the backup alone", entries, err)
	}

	// One-time links are not in it: the one that user add printed is of no use to who finds the backup.
	for _, table := range manifestOf(t, file).Tables {
		if table.Name == "tokens" || table.Name == "sessions" {
			t.Errorf("the backup holds %d rows of %s", table.Rows, table.Name)
		}
	}
}
