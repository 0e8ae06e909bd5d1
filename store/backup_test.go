package store

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tiendo/store/upgradetest"
	"tiendo/tasks"
)

var backupTime = time.Date(2026, 10, 5, 1, 2, 3, 0, time.UTC)

// backUp makes a backup in memory.
func backUp(t testing.TB, db *DB, files *Files) (Manifest, []byte) {
	t.Helper()
	var b bytes.Buffer
	m, err := db.Backup(t.Context(), &b, files, "tiendo test", backupTime)
	if err != nil {
		t.Fatal(err)
	}
	return m, b.Bytes()
}

// restored restores into a new place of an engine and opens it.
func restored(t testing.TB, backup []byte, dsn string) (*DB, string) {
	t.Helper()
	uploads := filepath.Join(t.TempDir(), "new", "files")
	if _, err := Restore(t.Context(), bytes.NewReader(backup), dsn, uploads); err != nil {
		t.Fatal(err)
	}
	return open(t, dsn), uploads
}

// contents reads every file of a folder.
func contents(t testing.TB, dir string) map[string]string {
	t.Helper()
	content := make(map[string]string)
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		content[must(filepath.Rel(dir, path))(t)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// A province goes from SQLite to each engine and back, and every row and every file arrives.
func TestBackupArrivesWhole(t *testing.T) {
	path, uploads := upgradetest.Unpack(t, t.TempDir())
	source := open(t, "sqlite:"+path)
	files := must(OpenFiles(uploads))(t)
	update(t, source, func(tx *Tx) error { return hardValues(t, tx) })
	orphan, _, err := files.Put(t.Context(), strings.NewReader("of no row"))
	if err != nil {
		t.Fatal(err)
	}
	columns := everyColumn(t, source)
	want := dump(t, source, columns)
	if len(want["sessions"]) != 2 || len(want["tokens"]) != 1 {
		t.Errorf("%d sessions and %d one-time links: the test shows nothing", len(want["sessions"]), len(want["tokens"]))
	}
	for _, table := range []string{"sessions", "tokens", "devices", "throttles", "leases"} {
		want[table] = nil
	}
	wantFiles := contents(t, uploads)
	delete(wantFiles, filepath.Join(orphan[:2], orphan))

	m, backup := backUp(t, source, files)
	if m.Engine != "sqlite" || !m.At.Equal(backupTime) || len(m.Files) != len(wantFiles) {
		t.Errorf("the manifest says %s, %s, %d uploads", m.Engine, m.At, len(m.Files))
	}
	for _, engine := range engines {
		t.Run(engine.name, func(t *testing.T) {
			db, moved := restored(t, backup, engine.dsn(t))
			sameRows(t, want, dump(t, db, columns))
			sameRows(t, map[string][]string{"files": texts(wantFiles)}, map[string][]string{"files": texts(contents(t, moved))})
			readOldData(t, db, moved)

			_, again := backUp(t, db, must(OpenFiles(moved))(t))
			back, returned := restored(t, again, engines[0].dsn(t))
			sameRows(t, want, dump(t, back, columns))
			sameRows(t, map[string][]string{"files": texts(wantFiles)}, map[string][]string{"files": texts(contents(t, returned))})

			// Identifiers go on where they stopped, also those of rows that are gone: the trail still speaks of them.
			update(t, back, func(tx *Tx) error { return nextIDs(t, tx, "back") })
			update(t, db, func(tx *Tx) error { return nextIDs(t, tx, "there") })
		})
	}
}

func texts(files map[string]string) []string {
	var list []string
	for name, content := range files {
		list = append(list, name+"\n"+content)
	}
	slices.Sort(list)
	return list
}

// hardValues writes values that a careless format would change, and leaves gaps in the identifiers.
func hardValues(t testing.TB, tx *Tx) error {
	if id := agency(t, tx, "X1", "<b>\"&\\ \u2028 \U0001F4C4 \r\n\t'' $1 ?1"); id != 37 {
		t.Errorf("the agency has the identifier %d, want 37", id)
	}
	octets := make([]byte, 256)
	for i := range octets {
		octets[i] = byte(i)
	}
	if err := tx.exec("UPDATE mail_bodies SET raw = $1 WHERE mail_id = (SELECT min(mail_id) FROM mail_bodies)", octets); err != nil {
		return err
	}
	if err := tx.exec("UPDATE mail_bodies SET raw = $1 WHERE mail_id = (SELECT max(mail_id) FROM mail_bodies)", []byte{}); err != nil {
		return err
	}
	if err := tx.exec("UPDATE people SET epoch = $1 WHERE id = 2", int64(1)<<53+1); err != nil {
		return err
	}
	// A reference to a row that is written later.
	if err := tx.exec("UPDATE agencies SET successor_id = 37 WHERE id = 1"); err != nil {
		return err
	}
	gone := document(t, tx, "gone", "gone", tasks.DocumentDraft)
	if err := tx.exec("DELETE FROM document_words WHERE document_id = $1", gone.ID); err != nil {
		return err
	}
	return tx.exec("DELETE FROM documents WHERE id = $1", gone.ID)
}

func nextIDs(t testing.TB, tx *Tx, number string) error {
	if d := document(t, tx, number, "Kế hoạch", tasks.DocumentDraft); d.ID != 6 {
		t.Errorf("the next document has the identifier %d, want 6: 5 was given to one that is gone", d.ID)
	}
	if id := agency(t, tx, "NEW", "Cơ quan mới"); id != 38 {
		t.Errorf("the next agency has the identifier %d, want 38", id)
	}
	return nil
}

// blockingWriter lets the writers of a test change the database each time that the backup has written something.
type blockingWriter struct {
	bytes.Buffer
	meanwhile func()
}

func (w *blockingWriter) Write(p []byte) (int, error) {
	w.meanwhile()
	return w.Buffer.Write(p)
}

// While a backup runs others write; it holds one state all the same: each of their transactions whole or not at all.
func TestBackupHoldsOneState(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		files := must(OpenFiles(t.TempDir()))(t)
		random := rand.New(rand.NewPCG(1, 2))
		var committed atomic.Int64
		write := func(ctx context.Context) error {
			n := committed.Load()
			content := make([]byte, 100_000)
			for i := range content {
				content[i] = byte(random.Uint32())
			}
			hash, size, err := files.Put(ctx, bytes.NewReader(content))
			if err != nil {
				return err
			}
			err = db.Update(ctx, func(tx *Tx) error {
				d := document(t, tx, time.UnixMilli(n).String(), "Kế hoạch", tasks.DocumentDraft)
				_, err := tx.InsertAttachment(tasks.Attachment{DocumentID: d.ID, Name: "a.docx", Hash: hash, Size: size, CreatedAt: noon})
				if err != nil {
					return err
				}
				_, err = tx.Audit(tasks.AuditEntry{At: noon, Action: "document.imported", Subject: tasks.Subject{Kind: tasks.SubjectDocument, ID: d.ID}})
				return err
			})
			committed.Add(1)
			return err
		}
		for range 20 {
			if err := write(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		w := &blockingWriter{}
		writing := make(chan struct{})
		stopped := make(chan error, 1)
		go func() {
			var err error
			for range writing {
				err = errors.Join(err, write(t.Context()))
			}
			stopped <- err
		}()
		w.meanwhile = func() {
			if committed.Load() < 60 {
				before := committed.Load()
				writing <- struct{}{}
				for committed.Load() == before {
					runtime.Gosched()
				}
			}
		}
		if _, err := db.Backup(t.Context(), w, files, "tiendo test", backupTime); err != nil {
			t.Fatal(err)
		}
		close(writing)
		if err := <-stopped; err != nil {
			t.Fatal(err)
		}
		if n := committed.Load(); n < 30 {
			t.Fatalf("only %d transactions while the backup ran: the test shows nothing", n-20)
		}
		for _, engine := range engines {
			t.Run("to "+engine.name, func(t *testing.T) {
				copied, uploads := restored(t, w.Bytes(), engine.dsn(t))
				var documents, trail, attachments int
				view(t, copied, func(tx *Tx) error {
					documents = must(count(tx, "SELECT count(*) FROM documents"))(t)
					trail = must(count(tx, "SELECT count(*) FROM audit a JOIN documents d ON d.id = a.subject_id"))(t)
					attachments = must(count(tx, "SELECT count(*) FROM attachments a JOIN documents d ON d.id = a.document_id"))(t)
					return nil
				})
				if got := len(contents(t, uploads)); documents != 20 || trail != 20 || attachments != 20 || got != 20 {
					t.Errorf("%d documents, %d rows of the trail, %d attachments, %d files; want the 20 of the moment at which it began",
						documents, trail, attachments, got)
				}
			})
		}
	})
}

func count(tx *Tx, query string) (n int, err error) {
	err = tx.row(query).Scan(&n)
	return n, err
}

// A large table goes through in parts; memory holds one part, not the table.
func TestBackupOfALargeTable(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		files := must(OpenFiles(t.TempDir()))(t)
		const rows = 10_000
		text := strings.Repeat("Báo cáo kết quả thực hiện. ", 80) // 2.7 kB: 27 MB in all
		update(t, db, func(tx *Tx) error {
			var values []any
			for i := range rows {
				values = append(values, i, 0, "", 0, "x", "document", i, text, "")
			}
			return tx.insertRows("audit (at, actor_id, actor_name, agency_id, action, subject_kind, subject_id, before, after)", 9, values)
		})
		var most uint64
		w := &blockingWriter{}
		measure := func() {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
		}
		// What is held counts, not what waits for the collector.
		defer debug.SetGCPercent(debug.SetGCPercent(10))
		runtime.GC()
		measure()
		base := most
		w.meanwhile = measure
		m, err := db.Backup(t.Context(), w, files, "tiendo test", backupTime)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range m.Tables {
			if table.Name == "audit" && (table.Rows != rows || len(table.Parts) < 5) {
				t.Errorf("the table has %d rows in %d parts", table.Rows, len(table.Parts))
			}
			for _, part := range table.Parts {
				if part.Size > partSize+10_000 {
					t.Errorf("part %s of %s has %d octets", part.Name, table.Name, part.Size)
				}
			}
		}
		if grown := (most - base) >> 20; grown > 20 {
			t.Errorf("the backup of 27 MB took %d MB of memory", grown)
		}
		copied, _ := restored(t, w.Bytes(), engines[0].dsn(t))
		view(t, copied, func(tx *Tx) error {
			if n := must(count(tx, "SELECT count(*) FROM audit WHERE length(before) > 2000"))(t); n != rows {
				t.Errorf("%d rows arrived, want %d", n, rows)
			}
			return nil
		})
	})
}

// What the rows refer to must be in the backup, whole.
func TestBackupWantsEveryUpload(t *testing.T) {
	path, uploads := upgradetest.Unpack(t, t.TempDir())
	db := open(t, "sqlite:"+path)
	files := must(OpenFiles(uploads))(t)
	var hash string
	view(t, db, func(tx *Tx) error {
		hash = must(tx.Attachment(1))(t).Hash
		return nil
	})
	name := files.path(hash)
	content := must(os.ReadFile(name))(t)
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	refused := func(what string) {
		_, err := db.Backup(t.Context(), io.Discard, files, "", backupTime)
		if err == nil || !strings.Contains(err.Error(), hash) || errors.Is(err, ErrFileGone) {
			t.Errorf("%s: the error is %v, want one that names the upload", what, err)
		}
	}
	refused("missing")
	content[0] ^= 1
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	refused("changed")
}

// A document that is discarded while the backup runs takes its upload with it; the next attempt sees neither.
func TestBackupTriesAgainWhenAnUploadGoes(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		files := must(OpenFiles(t.TempDir()))(t)
		random := rand.New(rand.NewPCG(3, 4))
		var hashes []string
		update(t, db, func(tx *Tx) error {
			d := document(t, tx, "1", "Kế hoạch", tasks.DocumentDraft)
			for range 2 {
				content := make([]byte, 500_000) // more than the compression holds back
				for i := range content {
					content[i] = byte(random.Uint32())
				}
				hash, size, err := files.Put(t.Context(), bytes.NewReader(content))
				if err != nil {
					return err
				}
				hashes = append(hashes, hash)
				if _, err := tx.InsertAttachment(tasks.Attachment{DocumentID: d.ID, Name: "a", Hash: hash, Size: size, CreatedAt: noon}); err != nil {
					return err
				}
			}
			return nil
		})
		last := max(hashes[0], hashes[1])
		w := &blockingWriter{}
		w.meanwhile = func() {
			if _, err := os.Stat(files.path(last)); err != nil || w.Len() == 0 {
				return
			}
			update(t, db, func(tx *Tx) error { return tx.exec("DELETE FROM attachments WHERE hash = $1", last) })
			if err := os.Remove(files.path(last)); err != nil {
				t.Error(err)
			}
		}
		if _, err := db.Backup(t.Context(), w, files, "", backupTime); !errors.Is(err, ErrFileGone) {
			t.Fatalf("the error is %v, want ErrFileGone", err)
		}
		f := must(os.Create(filepath.Join(t.TempDir(), "backup")))(t)
		defer f.Close()
		if m, err := db.WriteBackup(t.Context(), f, files, "", backupTime); err != nil || len(m.Files) != 1 {
			t.Errorf("the next attempt has %d uploads (%v), want 1", len(m.Files), err)
		}
	})
}

// A schema that this program does not know is not backed up, and never brought up to date.
func TestBackupLeavesTheSchemaAlone(t *testing.T) {
	path, uploads := upgradetest.Unpack(t, t.TempDir())
	db := must(Open(t.Context(), "sqlite:"+path, Options{AsIs: true}))(t)
	defer db.Close()
	m, _ := backUp(t, db, must(OpenFiles(uploads))(t))
	if v := must(db.AppliedSchema(t.Context()))(t); v != 1 || m.Schema != 1 {
		t.Errorf("after the backup the schema is %d, the manifest says %d, want 1", v, m.Schema)
	}
	update(t, db, func(tx *Tx) error { return tx.exec("INSERT INTO schema_versions (version, name) VALUES (9999, 'x')") })
	if _, err := db.Backup(t.Context(), io.Discard, must(OpenFiles(uploads))(t), "", backupTime); !errors.Is(err, ErrSchemaNewer) {
		t.Errorf("the error is %v, want ErrSchemaNewer", err)
	}
	if _, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "none.db"), Options{AsIs: true}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a database that is not there: %v, want that it does not exist", err)
	}
}
