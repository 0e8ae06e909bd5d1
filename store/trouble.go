package store

import (
	"database/sql/driver"
	"errors"
	"net"
	"slices"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"

	"tiendo/tasks"
)

// trouble turns what hinders the storage itself (a full disk, a folder that may not be written, a database that is held by
// another or away) into an error that a person can be told of. Everything else stays as it is.
func trouble(err error) error {
	if _, told := errors.AsType[*tasks.Error](err); err == nil || told {
		return err
	}
	switch {
	case isFull(err):
		return &tasks.Error{Code: tasks.CodeStorageFull, Key: "error.storage_full", Err: err}
	case isReadOnly(err):
		return &tasks.Error{Code: tasks.CodeUnavailable, Key: "error.storage_read_only", Err: err}
	case isBusy(err):
		return &tasks.Error{Code: tasks.CodeUnavailable, Key: "error.storage_busy", Err: err}
	case isAway(err):
		return &tasks.Error{Code: tasks.CodeUnavailable, Key: "error.storage_away", Err: err}
	}
	return err
}

func isFull(err error) bool {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return true
	}
	if e, ok := errors.AsType[sqlite3.Error](err); ok {
		// While the disk is full some writes end as an input or output error.
		return e.Code == sqlite3.ErrFull || e.Code == sqlite3.ErrIoErr && e.SystemErrno == syscall.ENOSPC
	}
	return sqlState("53100")(err) // disk full
}

func isReadOnly(err error) bool {
	if errors.Is(err, syscall.EROFS) || errors.Is(err, syscall.EACCES) || errors.Is(err, syscall.EPERM) {
		return true
	}
	if e, ok := errors.AsType[sqlite3.Error](err); ok {
		return slices.Contains([]sqlite3.ErrNo{sqlite3.ErrReadonly, sqlite3.ErrPerm, sqlite3.ErrAuth, sqlite3.ErrCantOpen}, e.Code)
	}
	return sqlState("25006")(err) // read-only transaction: a standby
}

func isBusy(err error) bool {
	if errors.Is(err, errWriteWait) {
		return true
	}
	if e, ok := errors.AsType[sqlite3.Error](err); ok {
		return e.Code == sqlite3.ErrBusy || e.Code == sqlite3.ErrLocked
	}
	return sqlState("53300", "53200", "53400")(err) // too many connections, out of memory, limit of the configuration
}

// isAway tells that the database's server cannot be reached, is starting or going down (class 08, 57P01 to 57P03).
func isAway(err error) bool {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return strings.HasPrefix(e.Code, "08") || strings.HasPrefix(e.Code, "57P0")
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	_, network := errors.AsType[*net.OpError](err)
	return network || errors.Is(err, driver.ErrBadConn)
}
