package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"tiendo/tasks"
)

func TestOpenRefusesWhatItCannotServe(t *testing.T) {
	dir := t.TempDir()
	for name, dsn := range map[string]string{
		"empty":          "",
		"no path":        "sqlite:",
		"memory":         "sqlite::memory:",
		"postgres":       "postgres:tiendo",
		"missing folder": filepath.Join(dir, "none", "a.db"),
		"no database":    "sqlite:" + dir,
	} {
		t.Run(name, func(t *testing.T) {
			if db, err := Open(t.Context(), dsn, Options{}); err == nil {
				t.Error("opened", db.Close())
			}
		})
	}
	garbage := filepath.Join(dir, "garbage.db")
	if err := os.WriteFile(garbage, []byte(strings.Repeat("not a database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if db, err := Open(t.Context(), garbage, Options{}); err == nil {
		t.Error("opened garbage", db.Close())
	}
}

func TestOpenPlainPathAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	db := open(t, path)
	update(t, db, func(tx *Tx) error { agency(t, tx, "snv", "Sở Nội vụ"); return nil })
	again := open(t, "sqlite:"+path)
	view(t, again, func(tx *Tx) error {
		if got := must(tx.Agencies())(t); len(got) != 1 || got[0].Name != "Sở Nội vụ" {
			t.Errorf("agencies %v", got)
		}
		return nil
	})
	if got, want := must(again.AppliedSchema(t.Context()))(t), must(SchemaVersion())(t); got != want || want == 0 {
		t.Errorf("schema %d, want %d", got, want)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestNewerSchemaIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	db := open(t, path)
	update(t, db, func(tx *Tx) error {
		return tx.exec("INSERT INTO schema_versions (version, name) VALUES (9999, 'later')")
	})
	if _, err := Open(t.Context(), path, Options{}); !errors.Is(err, ErrSchemaNewer) || !strings.Contains(err.Error(), "9999") {
		t.Errorf("error %v", err)
	}
}

func TestMigrations(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	for name, c := range map[string]struct {
		files fstest.MapFS
		want  int
		err   string
	}{
		"in order":                  {fstest.MapFS{"migrations/0001_a.sql": file("A"), "migrations/0001_a.sqlite.sql": file("B"), "migrations/0002_c.sql": file("C")}, 2, ""},
		"engine's name sorts first": {fstest.MapFS{"migrations/0001_a.sql": file("A"), "migrations/0001_a.before.sql": file("B"), "migrations/0001_a.sqlite.sql": file("")}, 1, ""},
		"another engine":            {fstest.MapFS{"migrations/0001_a.sql": file("A"), "migrations/0001_a.other.sql": file("B")}, 1, ""},
		"a gap":                     {fstest.MapFS{"migrations/0001_a.sql": file("A"), "migrations/0003_c.sql": file("C")}, 0, "version 2"},
		"no number":                 {fstest.MapFS{"migrations/first.sql": file("A")}, 0, "number"},
		"engine alone":              {fstest.MapFS{"migrations/0001_a.sqlite.sql": file("A")}, 0, "no 0001_a.sql"},
	} {
		t.Run(name, func(t *testing.T) {
			list, err := loadMigrations(c.files, &sqlite)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Fatalf("error %v, want one with %q", err, c.err)
				}
				return
			}
			if err != nil || len(list) != c.want {
				t.Fatalf("%d migrations, %v", len(list), err)
			}
			if engine := strings.Contains(list[0].text, "B"); engine != (name == "in order") {
				t.Errorf("text %q", list[0].text)
			}
		})
	}
}

func TestFailedMigrationLeavesNothing(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		list := must(loadMigrations(migrations, db.dialect))(t)
		version := len(list) + 1
		broken := append(list, migration{version, "broken", "CREATE TABLE half (a TEXT); INSERT INTO nowhere VALUES (1);"})
		if err := db.apply(t.Context(), broken); err == nil || !strings.Contains(err.Error(), "broken") {
			t.Fatalf("error %v", err)
		}
		if got := must(db.AppliedSchema(t.Context()))(t); got != len(list) {
			t.Errorf("schema %d after a failed migration", got)
		}
		mended := append(list, migration{version, "mended", "CREATE TABLE half (a TEXT)"})
		if err := db.apply(t.Context(), mended); err != nil {
			t.Errorf("half of the failed migration was kept: %v", err)
		}
		if got := must(db.AppliedSchema(t.Context()))(t); got != version {
			t.Errorf("schema %d, want %d", got, version)
		}
	})
}

func TestReadersCannotWrite(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		err := db.View(t.Context(), func(tx *Tx) error {
			_, err := tx.InsertAgency(tasks.Agency{Code: "a", Name: "A"})
			return err
		})
		if err == nil {
			t.Error("a View wrote")
		}
	})
}

func TestUpdateRollsBack(t *testing.T) {
	failure := errors.New("failure")
	for name, end := range map[string]func() error{
		"error":   func() error { return failure },
		"panic":   func() error { panic("in the middle") },
		"success": func() error { return nil },
	} {
		t.Run(name, func(t *testing.T) {
			eachEngine(t, func(t *testing.T, db *DB) {
				err := func() (err error) {
					defer func() {
						if p := recover(); p != nil && name != "panic" {
							t.Error("panic", p)
						}
					}()
					return db.Update(t.Context(), func(tx *Tx) error {
						agency(t, tx, "a", "A")
						return end()
					})
				}()
				if name == "error" && !errors.Is(err, failure) {
					t.Errorf("error %v", err)
				}
				// The write connection is free again and holds what the case says.
				update(t, db, func(tx *Tx) error {
					want := 0
					if name == "success" {
						want = 1
					}
					if got := must(tx.Agencies())(t); len(got) != want {
						t.Errorf("%d agencies, want %d", len(got), want)
					}
					return nil
				})
			})
		})
	}
}

func TestTransactionsDoNotNest(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		nothing := func(*Tx) error { return nil }
		err := db.Update(t.Context(), func(tx *Tx) error {
			return errors.Join(db.Update(tx.Context(), nothing), db.View(tx.Context(), nothing))
		})
		if !errors.Is(err, ErrNested) {
			t.Errorf("error %v", err)
		}
		if db.Engine() != "sqlite" {
			return // which has one connection that writes
		}
		// With the context from outside the nesting cannot be seen; it ends after a while and says what it may be.
		db.writeWait = 50 * time.Millisecond
		err = db.Update(t.Context(), func(*Tx) error { return db.Update(t.Context(), nothing) })
		if !errors.Is(err, errWriteWait) {
			t.Errorf("error %v", err)
		}
	})
}

func TestConcurrentUpdatesLoseNothing(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		var id int64
		update(t, db, func(tx *Tx) error {
			id = person(t, tx, "an@mauson.gov.vn", "Nguyễn Văn An")
			return nil
		})
		const workers, each = 16, 25
		ctx := context.Background()
		var wg sync.WaitGroup
		errs := make(chan error, workers*each)
		for range workers {
			wg.Go(func() {
				for range each {
					errs <- db.Update(ctx, func(tx *Tx) error {
						p, err := tx.Person(id)
						if err != nil {
							return err
						}
						p.Epoch++
						return tx.UpdatePerson(p)
					})
				}
			})
		}
		wg.Wait()
		close(errs)
		for err := range errs {
			if err != nil {
				t.Error(err)
			}
		}
		view(t, db, func(tx *Tx) error {
			p := must(tx.Person(id))(t)
			if p.Epoch != workers*each || p.Version != workers*each+1 {
				t.Errorf("epoch %d, version %d after %d updates", p.Epoch, p.Version, workers*each)
			}
			return nil
		})
	})
}

func TestStaleVersionsConflict(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		update(t, db, func(tx *Tx) error {
			p := must(tx.Person(person(t, tx, "an@mauson.gov.vn", "An")))(t)
			d := document(t, tx, "1/CT", "Chỉ thị", tasks.DocumentDraft)
			draft := must(tx.Draft(must(tx.InsertDraft(tasks.Draft{DocumentID: d.ID, Text: "việc"}))(t)))(t)
			a := must(tx.Assignment(assign(t, tx, d, "việc", tasks.Assignment{})))(t)
			for name, change := range map[string]func(id int64, version int64) error{
				"person":         func(id, v int64) error { p := p; p.ID, p.Version = id, v; return tx.UpdatePerson(p) },
				"document":       func(id, v int64) error { d := d; d.ID, d.Version = id, v; return tx.UpdateDocument(d) },
				"draft":          func(id, v int64) error { c := draft; c.ID, c.Version = id, v; return tx.UpdateDraft(c) },
				"assignment":     func(id, v int64) error { a := a; a.ID, a.Version = id, v; return tx.UpdateAssignment(a) },
				"draft's end":    tx.DeleteDraft,
				"document's end": tx.DeleteDocument,
			} {
				if err := change(1, 99); !errors.Is(err, tasks.ErrConflict) {
					t.Errorf("%s with another version: %v", name, err)
				}
				if err := change(12345, 1); !errors.Is(err, tasks.ErrNotFound) {
					t.Errorf("%s that does not exist: %v", name, err)
				}
			}
			for name, err := range map[string]error{
				"person": tx.UpdatePerson(p), "document": tx.UpdateDocument(d), "draft": tx.UpdateDraft(draft), "assignment": tx.UpdateAssignment(a),
			} {
				if err != nil {
					t.Errorf("%s with its version: %v", name, err)
				}
			}
			return nil
		})
	})
}

func TestPositional(t *testing.T) {
	for in, want := range map[string]string{
		"SELECT $2 || $1":            "SELECT ?2 || ?1",
		"a = $10 AND b = '$1'":       "a = ?10 AND b = '$1'",
		"'it''s $1' || $1":           "'it''s $1' || ?1",
		"x = '$'":                    "x = '$'",
		"(a, b) > ($1, $2) LIMIT $3": "(a, b) > (?1, ?2) LIMIT ?3",
	} {
		if got := positional(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
	eachEngine(t, func(t *testing.T, db *DB) {
		view(t, db, func(tx *Tx) error {
			var got string
			if err := tx.row("SELECT CAST($2 AS TEXT) || CAST($1 AS TEXT)", "b", "a").Scan(&got); err != nil || got != "ab" {
				t.Errorf("got %q, %v", got, err)
			}
			return nil
		})
	})
}
