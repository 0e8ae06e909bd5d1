package store

import (
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
