package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"

	"tiendo/tasks"
)

func TestTrouble(t *testing.T) {
	for _, test := range []struct {
		err  error
		code tasks.Code
		key  string
	}{
		{&os.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}, tasks.CodeStorageFull, "error.storage_full"},
		{&os.PathError{Op: "open", Path: "x", Err: syscall.EROFS}, tasks.CodeUnavailable, "error.storage_read_only"},
		{sqlite3.Error{Code: sqlite3.ErrFull}, tasks.CodeStorageFull, "error.storage_full"},
		{sqlite3.Error{Code: sqlite3.ErrIoErr, SystemErrno: syscall.ENOSPC}, tasks.CodeStorageFull, "error.storage_full"},
		{sqlite3.Error{Code: sqlite3.ErrReadonly}, tasks.CodeUnavailable, "error.storage_read_only"},
		{sqlite3.Error{Code: sqlite3.ErrBusy}, tasks.CodeUnavailable, "error.storage_busy"},
		{errWriteWait, tasks.CodeUnavailable, "error.storage_busy"},
		{&pgconn.PgError{Code: "53100"}, tasks.CodeStorageFull, "error.storage_full"},
		{&pgconn.PgError{Code: "25006"}, tasks.CodeUnavailable, "error.storage_read_only"},
		{&pgconn.PgError{Code: "53300"}, tasks.CodeUnavailable, "error.storage_busy"},
		{&pgconn.PgError{Code: "57P01"}, tasks.CodeUnavailable, "error.storage_away"},
		{&pgconn.PgError{Code: "08006"}, tasks.CodeUnavailable, "error.storage_away"},
	} {
		got := trouble(fmt.Errorf("write: %w", test.err))
		e, ok := errors.AsType[*tasks.Error](got)
		if !ok || e.Code != test.code || e.Key != test.key || !errors.Is(got, test.err) {
			t.Errorf("%v becomes %v, want %s %s", test.err, got, test.code, test.key)
		}
	}
	for _, err := range []error{nil, tasks.ErrConflict, fmt.Errorf("%w: %w", tasks.ErrConflict, sqlite3.Error{Code: sqlite3.ErrBusy}), errors.New("x"), sqlite3.Error{Code: sqlite3.ErrConstraint}} {
		if got := trouble(err); got != err {
			t.Errorf("%v becomes %v", err, got)
		}
	}
}

// A database that stops taking writes under the running program: what is written is refused with the reason and nothing of it is kept,
// what is read is still shown, and when it takes writes again nobody has to restart. A mounted file system cannot be made read-only
// while SQLite has its files open, so the engine itself is told to refuse.
func TestDatabaseBecomesReadOnly(t *testing.T) {
	db := open(t, t.TempDir()+"/a.db")
	refuse := func(yes string) {
		if _, err := db.write.ExecContext(t.Context(), "PRAGMA query_only = "+yes); err != nil {
			t.Fatal(err)
		}
	}
	writers := map[string]func(context.Context, func(*Tx) error) error{"brief": db.updateBriefly, "long": db.Update}
	add := func(code string) func(*Tx) error { return func(tx *Tx) error { return addAgency(tx, code) } }
	if err := db.Update(t.Context(), add("before")); err != nil {
		t.Fatal(err)
	}
	refuse("ON")
	for name, write := range writers {
		err := write(t.Context(), add(name))
		e, told := errors.AsType[*tasks.Error](err)
		if !told || e.Code != tasks.CodeUnavailable || e.Key != "error.storage_read_only" {
			t.Errorf("%s: %v", name, err)
		}
		if found := codes(t, db); len(found) != 1 || !found["before"] {
			t.Errorf("%s: there are %v", name, found)
		}
	}
	refuse("OFF")
	for name, write := range writers {
		if err := write(t.Context(), add(name)); err != nil {
			t.Errorf("%s, after it takes writes again: %v", name, err)
		}
	}
	if found := codes(t, db); len(found) != 3 {
		t.Errorf("there are %v", found)
	}
}
