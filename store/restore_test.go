package store

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

// smallBackup is a backup of a few rows and three uploads.
func smallBackup(t testing.TB) []byte {
	t.Helper()
	db := open(t, engines[0].dsn(t))
	files := must(OpenFiles(t.TempDir()))(t)
	update(t, db, func(tx *Tx) error {
		agency(t, tx, "SNV", "Sở Nội vụ")
		d := document(t, tx, "10/CT-UBND", "Chỉ thị", tasks.DocumentDraft)
		for _, content := range []string{"một", "hai", "ba"} {
			hash, size, err := files.Put(t.Context(), strings.NewReader(content))
			if err != nil {
				return err
			}
			if _, err := tx.InsertAttachment(tasks.Attachment{DocumentID: d.ID, Name: content, Hash: hash, Size: size, CreatedAt: noon}); err != nil {
				return err
			}
		}
		return nil
	})
	_, b := backUp(t, db, files)
	return b
}

// refusesToRestore restores into each engine, wants an error, and that nothing is left behind.
func refusesToRestore(t testing.TB, backup []byte, want error, words string) {
	t.Helper()
	for _, engine := range engines {
		if engine.name != "sqlite" && os.Getenv("TIENDO_TEST_POSTGRES") == "" {
			continue
		}
		dir := t.TempDir()
		dsn := "sqlite:" + filepath.Join(dir, "tiendo.db")
		if engine.name != "sqlite" {
			dsn = engine.dsn(t)
		}
		_, err := Restore(t.Context(), bytes.NewReader(backup), dsn, filepath.Join(dir, "files"))
		if err == nil || want != nil && !errors.Is(err, want) || !strings.Contains(err.Error(), words) {
			t.Errorf("%s: the error is %v, want %v with %q", engine.name, err, want, words)
		}
		nothingIn(t, dir, dsn)
	}
}

// nothingIn wants an empty folder and, of PostgreSQL, an empty schema.
func nothingIn(t testing.TB, dir, dsn string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) > 0 {
		t.Errorf("left behind: %v (%v)", entries, err)
	}
	if !isPostgres(dsn) {
		return
	}
	db := must(Open(t.Context(), dsn, Options{AsIs: true}))(t)
	defer db.Close()
	view(t, db, func(tx *Tx) error {
		if there := must(tx.tables(&postgresArchiving))(t); len(there) > 0 {
			t.Errorf("left behind: the tables %v", there)
		}
		return nil
	})
}

// Whatever is damaged is refused before anything is written.
func TestRestoreRefusesDamage(t *testing.T) {
	backup := smallBackup(t)
	whole, err := VerifyBackup(t.Context(), bytes.NewReader(backup))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	dsn := "sqlite:" + filepath.Join(dir, "tiendo.db")
	random := rand.New(rand.NewPCG(5, 6))
	refused := func(what string, at int, damaged []byte) {
		_, err := Restore(t.Context(), bytes.NewReader(damaged), dsn, filepath.Join(dir, "files"))
		if !errors.Is(err, ErrDamaged) {
			t.Errorf("%s at %d of %d: the error is %v, want ErrDamaged", what, at, len(backup), err)
		}
	}
	const header = 10 // RFC 1952: its time and system say nothing of the content
	plain := unzipped(backup)
	harmless := 0
	for range 300 {
		at := header + random.IntN(len(backup)-header)
		damaged := bytes.Clone(backup)
		damaged[at] ^= 1 << random.IntN(8)
		// A few bits of the compression say nothing either, such as the length of a code that is never used.
		if bytes.Equal(unzipped(damaged), plain) {
			harmless++
			continue
		}
		refused("a flipped bit", at, damaged)
	}
	if harmless > 15 {
		t.Errorf("%d of 300 flipped bits changed nothing: the test shows little", harmless)
	}
	for at := range header {
		damaged := bytes.Clone(backup)
		damaged[at] ^= 1 << random.IntN(8)
		if m, err := VerifyBackup(t.Context(), bytes.NewReader(damaged)); err == nil && !reflect.DeepEqual(m, whole) {
			t.Errorf("a flipped bit at %d changes what is read", at)
		}
	}
	for _, at := range []int{0, 1, header, len(backup) / 4, len(backup) / 2, len(backup) - 9, len(backup) - 8, len(backup) - 1} {
		refused("cut off", at, backup[:at])
	}
	refused("something behind it", len(backup), append(bytes.Clone(backup), "more"...))
	refused("zeros in it", len(backup)/2, slices.Concat(backup[:len(backup)/2], make([]byte, 512), backup[len(backup)/2+512:]))
	refused("another file", 0, []byte("PK\x03\x04 this is no backup"))
	nothingIn(t, dir, dsn)
}

// unzipped is what compressed octets hold; nil: they hold nothing whole.
func unzipped(b []byte) []byte {
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		return nil
	}
	return plain
}

// member is one member of a backup that a test takes apart.
type member struct {
	name    string
	content []byte
}

// rewritten takes a backup apart, lets the test change it, and puts it together with sound compression.
func rewritten(t testing.TB, backup []byte, change func([]member) []member) []byte {
	t.Helper()
	var members []member
	err := eachMember(t.Context(), bytes.NewReader(backup), func(name string, _ int64, r io.Reader) error {
		content, err := io.ReadAll(r)
		members = append(members, member{name, content})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	compressed := gzip.NewWriter(&b)
	archive := tar.NewWriter(compressed)
	for _, m := range change(members) {
		header := &tar.Header{Name: m.name, Size: int64(len(m.content)), Mode: 0o600}
		if err := archive.WriteHeader(header); err != nil {
			t.Fatal(err)
		}
		if _, err := archive.Write(m.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(archive.Close(), compressed.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withManifest changes the manifest.
func withManifest(t testing.TB, change func(*Manifest)) func([]member) []member {
	return func(list []member) []member {
		var m Manifest
		last := &list[len(list)-1]
		if err := json.Unmarshal(last.content, &m); err != nil {
			t.Fatal(err)
		}
		change(&m)
		last.content = must(json.Marshal(m))(t)
		return list
	}
}

// withRows changes the rows of a table and makes the manifest agree, as no damage would.
func withRows(t testing.TB, table, from, to string) func([]member) []member {
	return func(list []member) []member {
		i := slices.IndexFunc(list, func(m member) bool { return m.name == tablesFolder+table+"/0001.ndjson" })
		if i < 0 || !bytes.Contains(list[i].content, []byte(from)) {
			t.Fatalf("the backup's %s do not hold %s", table, from)
		}
		list[i].content = bytes.Replace(list[i].content, []byte(from), []byte(to), 1)
		sum := sha256.Sum256(list[i].content)
		return withManifest(t, func(m *Manifest) {
			for n := range m.Tables {
				if m.Tables[n].Name == table {
					m.Tables[n].Parts[0].Size, m.Tables[n].Parts[0].SHA256 = int64(len(list[i].content)), hex.EncodeToString(sum[:])
				}
			}
		})(list)
	}
}

// What hangs together as a file and yet is not what was written, or not for this program, is refused and leaves nothing.
func TestRestoreRefuses(t *testing.T) {
	backup := smallBackup(t)
	for name, test := range map[string]struct {
		change func([]member) []member
		want   error
		words  string
	}{
		"a changed member": {func(l []member) []member { l[0].content[0] ^= 1; return l }, ErrDamaged, "not as it was written"},
		"a lost member":    {func(l []member) []member { return l[1:] }, ErrDamaged, "is missing"},
		"another member":   {func(l []member) []member { return slices.Insert(l, 0, member{"../../etc/passwd", []byte("x")}) }, ErrDamaged, "not in its manifest"},
		"a member twice":   {func(l []member) []member { return slices.Insert(l, 0, l[0]) }, ErrDamaged, "twice"},
		"no manifest":      {func(l []member) []member { return l[:len(l)-1] }, ErrDamaged, "manifest is missing"},
		"behind the end":   {func(l []member) []member { return append(l, l[0]) }, ErrDamaged, "behind its manifest"},
		"no JSON":          {func(l []member) []member { l[len(l)-1].content = []byte("{"); return l }, ErrDamaged, "its manifest"},
		"newer format":     {withManifest(t, func(m *Manifest) { m.Format = 2 }), nil, "tiendo test"},
		"newer schema":     {withManifest(t, func(m *Manifest) { m.Schema = 9999 }), ErrSchemaNewer, "9999"},
		"an unknown table": {withManifest(t, func(m *Manifest) { m.Tables[0].Name = "x"; m.Tables[0].Parts = nil }), ErrDamaged, "not in its manifest"},
		"a lost table":     {withManifest(t, func(m *Manifest) { m.Tables = slices.DeleteFunc(m.Tables, empty) }), nil, "lacks the table"},
		"an odd table":     {withManifest(t, func(m *Manifest) { m.Tables = append(m.Tables, ManifestTable{Name: "x"}) }), nil, "has a table x"},
		"an odd column":    {withManifest(t, func(m *Manifest) { m.Tables[0].Columns[0].Name = "x" }), nil, "columns"},
		"a wrong count":    {withManifest(t, func(m *Manifest) { m.Tables[0].Rows++ }), ErrDamaged, "rows"},
		"a wrong type":     {withRows(t, "agencies", `"SNV"`, "7"), ErrDamaged, "column code"},
		"a short row":      {withRows(t, "agencies", `"SNV",`, ""), ErrDamaged, "values"},
		"a lost reference": {withRows(t, "attachments", "[1,1,", "[1,77,"), ErrDamaged, ""},
		"no name of a file": {func(l []member) []member {
			return withManifest(t, func(m *Manifest) { m.Files[0].SHA256 = "../../../etc/cron.d/x" })(l)
		}, ErrDamaged, "wrongly"},
	} {
		t.Run(name, func(t *testing.T) { refusesToRestore(t, rewritten(t, backup, test.change), test.want, test.words) })
	}
}

func empty(t ManifestTable) bool { return t.Rows == 0 }

// What is there already is never touched.
func TestRestoreWantsAnEmptyPlace(t *testing.T) {
	backup := smallBackup(t)
	for name, there := range map[string]string{"database": "tiendo.db", "log": "tiendo.db-wal", "upload": "files/ab/abcd", "folder": "files/x/y"} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, there)
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := Restore(t.Context(), bytes.NewReader(backup), "sqlite:"+filepath.Join(dir, "tiendo.db"), filepath.Join(dir, "files"))
			if !errors.Is(err, ErrNotEmpty) {
				t.Errorf("the error is %v, want ErrNotEmpty", err)
			}
			if left := contents(t, dir); !reflect.DeepEqual(left, map[string]string{there: "mine"}) {
				t.Errorf("the folder holds %v, want what was there", left)
			}
		})
	}
	t.Run("twice", func(t *testing.T) {
		for _, engine := range engines {
			t.Run(engine.name, func(t *testing.T) {
				dsn := engine.dsn(t)
				db, uploads := restored(t, backup, dsn)
				before := dump(t, db, everyColumn(t, db))
				if _, err := Restore(t.Context(), bytes.NewReader(backup), dsn, t.TempDir()); !errors.Is(err, ErrNotEmpty) {
					t.Errorf("into a filled database: %v, want ErrNotEmpty", err)
				}
				if _, err := Restore(t.Context(), bytes.NewReader(backup), engine.dsn(t), uploads); !errors.Is(err, ErrNotEmpty) {
					t.Errorf("into a filled folder: %v, want ErrNotEmpty", err)
				}
				sameRows(t, before, dump(t, db, everyColumn(t, db)))
			})
		}
	})
}

// A restore that is broken off, as by a signal, leaves nothing behind.
func TestRestoreBrokenOff(t *testing.T) {
	backup := smallBackup(t)
	for _, engine := range engines {
		t.Run(engine.name, func(t *testing.T) {
			dir := t.TempDir()
			dsn := "sqlite:" + filepath.Join(dir, "tiendo.db")
			if engine.name != "sqlite" {
				dsn = engine.dsn(t)
			}
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			// The second time that its beginning is read rows are being written already.
			file := &cuttingReader{Reader: bytes.NewReader(backup), second: stop}
			if _, err := Restore(ctx, file, dsn, filepath.Join(dir, "files")); !errors.Is(err, context.Canceled) {
				t.Errorf("the error is %v, want that it was broken off", err)
			}
			nothingIn(t, dir, dsn)
		})
	}
}

type cuttingReader struct {
	*bytes.Reader
	sought bool
	second func()
}

func (r *cuttingReader) Seek(offset int64, whence int) (int64, error) {
	r.sought = true
	return r.Reader.Seek(offset, whence)
}

func (r *cuttingReader) Read(p []byte) (int, error) {
	if r.sought && r.Len() < int(r.Size()) {
		r.second()
	}
	return r.Reader.Read(p[:min(len(p), 512)])
}

// The database and the uploads are for their owner alone, whatever the folder they are in.
func TestRestoredModes(t *testing.T) {
	dir := t.TempDir()
	path, uploads := filepath.Join(dir, "a", "tiendo.db"), filepath.Join(dir, "b", "files")
	if _, err := Restore(t.Context(), bytes.NewReader(smallBackup(t)), "sqlite:"+path, uploads); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		info, err := e.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has the mode %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
