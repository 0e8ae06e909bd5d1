package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// smallDisk mounts a file system of its own in the folder, of the size given: a right that is taken away by chmod would not stop
// root, under whom tests run too.
func smallDisk(t *testing.T, dir, options string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	err := syscall.Mount("tmpfs", dir, "tmpfs", 0, options)
	if errors.Is(err, syscall.EPERM) {
		t.Skip("mounting a small disk wants CAP_SYS_ADMIN: run as root, or under unshare -Urm")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Errorf("unmount %s: %v", dir, err)
		}
	})
}

// remount makes the disk read-only or writable again.
func remount(t *testing.T, dir string, readOnly bool, options string) {
	t.Helper()
	flags := uintptr(syscall.MS_REMOUNT)
	if readOnly {
		flags |= syscall.MS_RDONLY
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", flags, options); err != nil {
		t.Fatal(err)
	}
}

// fill writes until the disk has no octet left, and answers what frees it again.
func fill(t *testing.T, dir string) (free func()) {
	t.Helper()
	path := filepath.Join(dir, "ballast")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	for block := make([]byte, 4096); err == nil && len(block) > 0; {
		if _, err = f.Write(block); errors.Is(err, syscall.ENOSPC) && len(block) > 1 {
			block, err = block[:len(block)/2], nil
		}
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("filling the disk: %v", err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
}

// largeText is a directive that is longer than what is left on a full disk.
func largeText(duties int) []byte {
	var b bytes.Buffer
	b.WriteString("CHỈ THỊ\nVề việc tăng cường kỷ luật, kỷ cương hành chính\n\n")
	for i := range duties {
		fmt.Fprintf(&b, "%d. Sở Nội vụ báo cáo kết quả rà soát lần thứ %d trước ngày 30/11/2026.\n", i+1, i+1)
	}
	return b.Bytes()
}

// A full disk of uploads: the upload says so and leaves nothing behind; the program goes on, and works again when there is space.
func TestFilesOnAFullDisk(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "files")
	smallDisk(t, dir, "size=2m")
	o := newOffice(t, func(c *config) { c.Files.Dir = dir })
	free := fill(t, dir)
	before := o.storedFiles()
	form := url.Values{"title": {"Gõ tay lúc ổ đĩa đầy"}, "number": {"88/CT-UBND"}}
	o.upload("/documents", "files", "chỉ thị.txt", largeText(400), form).want(http.StatusInsufficientStorage).
		says("Ổ đĩa đầy", "chưa lưu được gì", "Gõ tay lúc ổ đĩa đầy</textarea>", `value="88/CT-UBND"`)
	if left := o.storedFiles(); len(left) != len(before) {
		t.Errorf("half-written uploads are left: %q", left)
	}
	if n := o.documentCount(); n != 0 {
		t.Errorf("%d documents without their files", n)
	}
	o.get("/documents").want(http.StatusOK)
	free()
	o.upload("/documents", "files", "chỉ thị.txt", largeText(400), form).want(http.StatusSeeOther)
	if n := o.documentCount(); n != 1 || len(o.storedFiles()) != 1 {
		t.Errorf("with space again there are %d documents and files %q", n, o.storedFiles())
	}
}

// A folder of uploads that becomes read-only while the program runs, and one that is at its start.
func TestFilesInAReadOnlyFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "files")
	smallDisk(t, dir, "size=2m")
	o := newOffice(t, func(c *config) { c.Files.Dir = dir })
	remount(t, dir, true, "size=2m")
	form := url.Values{"title": {"Gõ tay lúc không ghi được"}}
	o.upload("/documents", "files", "chỉ thị.txt", largeText(3), form).want(http.StatusServiceUnavailable).
		says("không cho ghi", "chưa lưu được gì", "Gõ tay lúc không ghi được</textarea>")
	if n := o.documentCount(); n != 0 {
		t.Errorf("%d documents without their files", n)
	}
	settings := filepath.Join(t.TempDir(), "config.toml")
	o.check(os.WriteFile(settings, []byte(fmt.Sprintf("[files]\ndir = %q\n", dir)), 0o600))
	for _, command := range []string{"serve", "check"} {
		if code, said := o.command(command, "-config", settings); code != 1 || !strings.Contains(said, dir) || !strings.Contains(said, "cannot be written to") {
			t.Errorf("tiendo %s: exit code %d: %s", command, code, said)
		}
	}
	remount(t, dir, false, "size=2m")
	o.upload("/documents", "files", "chỉ thị.txt", largeText(3), form).want(http.StatusSeeOther)
}

// A full disk under the database: what is written is refused whole and in words, what is read is still shown, and when there is
// space everything works again without a restart.
func TestDatabaseOnAFullDisk(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "database")
	smallDisk(t, dir, "size=4m")
	o := newOffice(t, func(c *config) { c.Database.DSN = "sqlite:" + filepath.Join(dir, "tiendo.db"); c.unsynced = false })
	o.upload("/documents", "files", "chỉ thị.txt", largeText(3), url.Values{"number": {"1/CT-UBND"}}).want(http.StatusSeeOther)
	free := fill(t, dir)
	a := o.upload("/documents", "files", "chỉ thị.txt", largeText(900), url.Values{"title": {"Gõ tay lúc ổ đĩa đầy"}}).want(http.StatusInsufficientStorage)
	a.says("Ổ đĩa đầy", "Gõ tay lúc ổ đĩa đầy</textarea>")
	const name = "Sở Nội vụ và Lao động, gõ lúc ổ đĩa đầy"
	refused := 0
	for i := range 200 { // what the database's own files still have room for may go through
		a = o.post("/directory/agencies/new", url.Values{"name": {fmt.Sprintf("%s %d", name, i)}, "code": {fmt.Sprintf("S%d", i)}, "kind": {"department"}})
		if a.status == http.StatusInsufficientStorage {
			refused++
			a.says("Ổ đĩa đầy", name)
			break
		}
		a.want(http.StatusSeeOther)
	}
	if refused == 0 {
		t.Error("nothing was refused on a full disk")
	}
	o.get("/documents").want(http.StatusOK).says("1/CT-UBND")
	o.get("/directory").want(http.StatusOK)
	if n := o.documentCount(); n != 1 {
		t.Errorf("%d documents, want the one from before", n)
	}
	// What runs by itself must survive it too.
	if err := o.scheduler.RunDue(t.Context(), o.clocks.business()); err != nil && tasks.CodeOf(err) != tasks.CodeStorageFull {
		t.Errorf("scheduler: %v", err)
	}
	if _, err := o.deliverer.DeliverAll(t.Context()); err != nil && tasks.CodeOf(err) != tasks.CodeStorageFull {
		t.Errorf("delivery: %v", err)
	}
	free()
	o.upload("/documents", "files", "chỉ thị.txt", largeText(900), url.Values{"number": {"2/CT-UBND"}}).want(http.StatusSeeOther)
	if n := o.documentCount(); n != 2 {
		t.Errorf("%d documents, want two", n)
	}
	o.check(o.scheduler.RunDue(t.Context(), o.clocks.business()))
}

// A database in a read-only folder cannot be served; the start says which folder and what to do.
func TestDatabaseInAReadOnlyFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "database")
	smallDisk(t, dir, "size=4m")
	o := newOffice(t, func(c *config) { c.Database.DSN = "sqlite:" + filepath.Join(dir, "tiendo.db") })
	o.http.Close()
	o.check(o.db.Close())
	remount(t, dir, true, "size=4m")
	settings := filepath.Join(t.TempDir(), "config.toml")
	o.check(os.WriteFile(settings, []byte(fmt.Sprintf("[database]\ndsn = %q\n", o.config.Database.DSN)), 0o600))
	for _, command := range []string{"serve", "check"} {
		code, said := o.command(command, "-config", settings)
		if code != 1 || !strings.Contains(said, filepath.Join(dir, "tiendo.db")) || !strings.Contains(said, "cannot be written to") {
			t.Errorf("tiendo %s: exit code %d: %s", command, code, said)
		}
	}
}

// A report whose evidence finds no space: the form says so and keeps what was typed, no report without its evidence is kept.
func TestReportOnAFullDisk(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "files")
	smallDisk(t, dir, "size=2m")
	o := newOffice(t, func(c *config) { c.Files.Dir = dir })
	agency, err := o.directory.SaveAgency(t.Context(), o.actor, tasks.Agency{Code: "SNV", Name: "Sở Nội vụ", Kind: directory.KindDepartment})
	o.check(err)
	o.actor.Grants = append(o.actor.Grants, tasks.Grant{Role: tasks.RoleFocal, AgencyID: agency.ID})
	o.actor, err = o.accounts.SavePerson(t.Context(), tasks.System, o.actor)
	o.check(err)
	o.signIn()
	o.upload("/documents", "files", "chỉ thị.txt", largeText(1), url.Values{"number": {"1/CT-UBND"}, "date": {"2026-10-01"}}).want(http.StatusSeeOther)
	o.check(o.documents.Issue(t.Context(), o.actor, 1, 0))
	free := fill(t, dir)
	evidence := append([]byte("%PDF-1.4\n"), bytes.Repeat([]byte("x"), 100_000)...)
	const words = "Đã rà soát xong, gõ lúc ổ đĩa đầy"
	form := url.Values{"kind": {"progress"}, "percent": {"40"}, "text": {words}, "version": {"1"}}
	o.upload("/assignments/1/report", "files", "minh chứng.pdf", evidence, form).want(http.StatusInsufficientStorage).
		says("Ổ đĩa đầy", words+"</textarea>", "minh chứng.pdf")
	v, err := o.assignments.Get(t.Context(), o.actor, 1)
	o.check(err)
	if len(v.Reports) > 0 {
		t.Errorf("a report without its evidence was kept: %+v", v.Reports)
	}
	free()
	o.upload("/assignments/1/report", "files", "minh chứng.pdf", evidence, form).want(http.StatusSeeOther)
}

// A full disk under the backup: the command says so, and leaves neither half a backup nor harms the one that is there.
func TestBackupOnAFullDisk(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "backups")
	smallDisk(t, dir, "size=1m")
	o := newOffice(t, func(*config) {})
	o.upload("/documents", "files", "chỉ thị.txt", largeText(400), url.Values{"number": {"1/CT-UBND"}}).want(http.StatusSeeOther)
	settings := filepath.Join(t.TempDir(), "config.toml")
	o.check(os.WriteFile(settings, []byte(fmt.Sprintf("[database]\ndsn = %q\n[files]\ndir = %q\n", o.config.Database.DSN, o.config.Files.Dir)), 0o600))
	target := filepath.Join(dir, "tiendo.backup")
	if code, said := o.command("backup", "-config", settings, target); code != 0 {
		t.Fatalf("with space: exit code %d: %s", code, said)
	}
	whole, err := os.ReadFile(target)
	o.check(err)
	free := fill(t, dir)
	for _, args := range [][]string{{"backup", "-config", settings, filepath.Join(dir, "other.backup")}, {"backup", "-config", settings, "-force", target}} {
		code, said := o.command(args...)
		if code != 1 || !strings.Contains(said, "no space left on device") || !strings.Contains(said, dir) {
			t.Errorf("%v: exit code %d: %s", args, code, said)
		}
	}
	free()
	left, err := os.ReadDir(dir)
	o.check(err)
	if len(left) != 1 || left[0].Name() != "tiendo.backup" {
		t.Errorf("left behind: %v", left)
	}
	if now, err := os.ReadFile(target); err != nil || !bytes.Equal(now, whole) {
		t.Errorf("the backup that was there has changed: %v", err)
	}
	if code, said := o.command("backup", "-config", settings, filepath.Join(dir, "other.backup")); code != 0 {
		t.Errorf("with space again: exit code %d: %s", code, said)
	}
}
