package store

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"tiendo/store/pgtest"
	"tiendo/tasks"
)

func TestPasswordsAreNotShown(t *testing.T) {
	for dsn, want := range map[string]string{
		"sqlite:tiendo.db": "sqlite:tiendo.db",
		"postgres://tiendo:hunter2@db.example:5432/tiendo":                       "postgres://tiendo@db.example:5432/tiendo",
		"postgresql://tiendo@db.example/tiendo?password=hunter2&sslmode=require": "postgresql://tiendo@db.example/tiendo?sslmode=require",
		"postgres://tiendo@db.example/tiendo?sslpassword=hunter2":                "postgres://tiendo@db.example/tiendo",
		"postgres://tiendo:hunter2%zz@db.example/tiendo":                         "postgres://…",
		"postgres://:hunter2@db.example":                                         "postgres://@db.example",
	} {
		if got := Redact(dsn); got != want {
			t.Errorf("%s is shown as %s, want %s", dsn, got, want)
		}
	}
	for name, dsn := range map[string]string{
		"bad escape":     "postgres://tiendo:hunter2%zz@127.0.0.1/tiendo",
		"bad port":       "postgres://tiendo:hunter2@127.0.0.1:port/tiendo",
		"bad parameter":  "postgres://tiendo:hunter2@127.0.0.1/tiendo?sslmode=perhaps",
		"bad timeout":    "postgres://tiendo@127.0.0.1/tiendo?connect_timeout=soon&password=hunter2",
		"nobody answers": "postgres://tiendo:hunter2@127.0.0.1:1/tiendo",
		"no such socket": "postgres://tiendo:hunter2@/tiendo?host=/nowhere",
		"unescaped":      "postgres://tiendo:hunter2@#127.0.0.1/tiendo",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Open(t.Context(), dsn, Options{})
			if err == nil || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("error %v", err)
			}
		})
	}
}

// Programs that start at the same moment on an empty database each find it ready.
func TestConcurrentOpens(t *testing.T) {
	for _, engine := range engines {
		t.Run(engine.name, func(t *testing.T) {
			dsn := engine.dsn(t)
			var wg sync.WaitGroup
			errs := make([]error, 6)
			for i := range errs {
				wg.Go(func() {
					db, err := Open(context.Background(), dsn, Options{})
					if err == nil {
						err = db.Close()
					}
					errs[i] = err
				})
			}
			wg.Wait()
			if err := errors.Join(errs...); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestViewsSeeOneState(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		view(t, db, func(tx *Tx) error {
			before := len(must(tx.Agencies())(t))
			// Outside the view's context, as another request.
			update(t, db, func(tx *Tx) error { agency(t, tx, "a", "A"); return nil })
			if after := len(must(tx.Agencies())(t)); after != before {
				t.Errorf("%d agencies, then %d in one view", before, after)
			}
			return nil
		})
	})
}

// What a file or a client may send and PostgreSQL cannot keep is mended, on both engines alike.
func TestTextsThatCannotBeKept(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		update(t, db, func(tx *Tx) error {
			d := document(t, tx, "1/CT\x00", "Chỉ thị \xff\xfe về \x00việc", tasks.DocumentDraft)
			if d.Number != "1/CT" || d.Title != "Chỉ thị \uFFFD về việc" {
				t.Errorf("number %q, title %q", d.Number, d.Title)
			}
			id := must(tx.InsertDraft(tasks.Draft{DocumentID: d.ID, Text: "a\x00b", Leads: []tasks.Party{{Written: "Sở\x00\xff"}}}))(t)
			if draft := must(tx.Draft(id))(t); draft.Text != "ab" || len(draft.Leads) != 1 {
				t.Errorf("draft %+v", draft)
			}
			return nil
		})
		view(t, db, func(tx *Tx) error {
			for _, words := range []string{"chi\x00 thi", "\xff", "%_'\\"} {
				if _, err := tx.Documents(tasks.DocumentQuery{Words: words}); err != nil {
					t.Errorf("search %q: %v", words, err)
				}
			}
			if _, err := tx.PersonByEmail("a\x00\xff@b"); !errors.Is(err, tasks.ErrNotFound) {
				t.Errorf("person %v", err)
			}
			return nil
		})
	})
}

// What the server is told of each connection; misspelt settings it would refuse, forgotten ones nobody would notice. How durable a commit is
// stays as the administrator wants it, here in the DSN.
func TestPostgresIsSetUpAsWanted(t *testing.T) {
	db := open(t, pgtest.Schema(t)+"&synchronous_commit=on")
	for name, want := range map[string]string{
		"idle_in_transaction_session_timeout": "10s", "lock_timeout": "30s", "synchronous_commit": "on", "application_name": "tiendo",
	} {
		read := func(tx *Tx) error {
			var got string
			if err := tx.row("SELECT current_setting(CAST($1 AS TEXT))", name).Scan(&got); err != nil || got != want {
				t.Errorf("%s is %q (%v), want %q", name, got, err, want)
			}
			return nil
		}
		update(t, db, read)
		view(t, db, read)
	}
}

// A program that is frozen in the middle of a transaction does not hold the others up for longer than the server waits for it.
func TestFrozenTransactionsEnd(t *testing.T) {
	address := must(url.Parse(pgtest.Schema(t)))(t)
	q := address.Query()
	q.Set("idle_in_transaction_session_timeout", "300")
	address.RawQuery = q.Encode()
	frozen, other := open(t, address.String()), open(t, address.String())
	var id int64
	update(t, other, func(tx *Tx) error { id = person(t, tx, "an@mauson.gov.vn", "An"); return nil })
	rename := func(tx *Tx, name string) error {
		p, err := tx.Person(id)
		if err != nil {
			return err
		}
		p.Name = name
		return tx.UpdatePerson(p)
	}
	locked, done := make(chan struct{}), make(chan struct{})
	var late error
	go func() {
		late = frozen.Update(context.Background(), func(tx *Tx) error {
			err := rename(tx, "Bình")
			close(locked)
			<-done
			return errors.Join(err, rename(tx, "Cường"))
		})
		done <- struct{}{}
	}()
	<-locked
	begun := time.Now()
	update(t, other, func(tx *Tx) error { return rename(tx, "Dung") })
	if waited := time.Since(begun); waited > 5*time.Second {
		t.Errorf("waited %s for a frozen transaction", waited)
	}
	done <- struct{}{}
	<-done
	if late == nil {
		t.Error("the frozen transaction was kept")
	}
	view(t, other, func(tx *Tx) error {
		if p := must(tx.Person(id))(t); p.Name != "Dung" {
			t.Errorf("name %q", p.Name)
		}
		return nil
	})
}
