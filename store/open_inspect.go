package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"syscall"

	"github.com/mattn/go-sqlite3"
)

// What is wrong with a file that is named as the database.
var (
	// ErrNotDatabase: the file is something else.
	ErrNotDatabase = errors.New("this is no database: name another file in database.dsn")
	// ErrForeignDatabase: a database, but of another program, which is left as it is.
	ErrForeignDatabase = errors.New("this is the database of another program: name another file in database.dsn")
)

// sqliteMark begins each database (https://www.sqlite.org/fileformat.html, section 1.3).
const sqliteMark = "SQLite format 3\x00"

// inspectSQLite refuses a path that no database of this program is at, before anything there is changed. A file that is missing or
// empty is one yet to be made.
func inspectSQLite(ctx context.Context, path string) error {
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	head := make([]byte, len(sqliteMark))
	switch _, err := io.ReadFull(f, head); {
	case errors.Is(err, io.EOF):
		return nil
	case errors.Is(err, io.ErrUnexpectedEOF), err == nil && !bytes.Equal(head, []byte(sqliteMark)):
		return ErrNotDatabase
	case err != nil:
		return err
	}
	db, err := sql.Open(sqlite.driver, "file:"+(&url.URL{Path: path}).EscapedPath()+"?mode=ro&_busy_timeout=5000")
	if err != nil {
		return err
	}
	defer db.Close()
	var ours, tables int
	err = db.QueryRowContext(ctx, `SELECT coalesce(sum(name = 'schema_versions'), 0), count(*) FROM sqlite_master WHERE type = 'table'
		AND name NOT LIKE 'sqlite\_%' ESCAPE '\'`).Scan(&ours, &tables)
	if err == nil && tables > 0 && ours == 0 {
		return ErrForeignDatabase
	}
	return err
}

// openTrouble says what to do about a database file that cannot be opened.
func openTrouble(err error) error {
	if err == nil {
		return nil
	}
	advice := ""
	e, _ := errors.AsType[sqlite3.Error](err)
	switch {
	case errors.Is(err, ErrSchemaNewer):
		advice = "start that version, or restore a backup made before it"
	case errors.Is(err, syscall.EISDIR):
		advice = "this is a folder; name a file in database.dsn, such as sqlite:tiendo.db"
	case errors.Is(err, os.ErrNotExist):
		advice = "the file or its folder does not exist; make the folder, or name another file in database.dsn"
	case e.Code == sqlite3.ErrNotADB:
		return fmt.Errorf("%w: %w", ErrNotDatabase, err)
	case e.Code == sqlite3.ErrCorrupt:
		advice = "the database is damaged; restore a backup into an empty place (tiendo restore)"
	case isFull(err):
		advice = "the disk is full; free space and start again"
	case isReadOnly(err):
		advice = "it cannot be written to; give the program's user the right to write to the file and its folder"
	case isBusy(err):
		advice = "another program holds it; end that one and start again"
	default:
		return err
	}
	return fmt.Errorf("%w: %s", err, advice)
}
