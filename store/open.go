package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"runtime"
	"strings"
	"time"
)

// Options are settings of a database. The zero value is right for serving.
type Options struct {
	// Readers caps the connections that read; 0: as many as the machine has processors, at least four (PostgreSQL: twice as many, at
	// least eight).
	Readers int
	// WriteWait is how long a transaction waits for the one before it; 0: 30 seconds.
	WriteWait time.Duration
	// OnQuery, when set, is called before each statement with the context of its transaction: to count what a request costs.
	OnQuery func(context.Context)
	// Unsynced lets the system write to disk when it likes: a power cut may lose the newest changes. For data that can be made anew.
	Unsynced bool
	// AsIs opens a database that must be there and leaves its schema alone, whichever it is: to back it up.
	AsIs bool
}

func (o Options) writeWait() time.Duration {
	if o.WriteWait == 0 {
		return 30 * time.Second
	}
	return o.WriteWait
}

func (o Options) onQuery() func(context.Context) {
	if o.OnQuery == nil {
		return func(context.Context) {}
	}
	return o.OnQuery
}

// DB is an open database, safe for concurrent use.
type DB struct {
	write     *sql.DB // SQLite: one connection, so that writers queue in the program instead of failing in the engine
	read      *sql.DB // cannot write
	queue     *queue  // of writers; nil where many may write at a time
	dialect   *dialect
	writeWait time.Duration
	onQuery   func(context.Context)
	memos     memos
	rehearsal *rehearsal // in which every transaction takes place; nil of a database of its own
}

// Open opens the database that the DSN names, "sqlite:PATH", a plain path or "postgres://…", makes a file that is missing, checks
// that the engine is set up as wanted and brings the schema up to date. A schema newer than the program is refused
// (ErrSchemaNewer). No error repeats a password.
func Open(ctx context.Context, dsn string, opts Options) (*DB, error) {
	if isPostgres(dsn) {
		db, err := openPostgres(ctx, dsn, opts)
		if err != nil {
			return nil, fmt.Errorf("open database: %w", err)
		}
		return db.migrated(ctx, Redact(dsn), opts)
	}
	path, err := sqlitePath(dsn)
	if err != nil {
		return nil, err
	}
	var db *DB
	if err = inspectSQLite(ctx, path); err == nil {
		db, err = openSQLiteSoon(ctx, path, opts)
	}
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, openTrouble(err))
	}
	return db.migrated(ctx, path, opts)
}

// sqlitePath is the path that a DSN without a server names.
func sqlitePath(dsn string) (string, error) {
	scheme, path, found := strings.Cut(dsn, ":")
	switch {
	case !found:
		path = dsn
	case scheme == "postgres" || scheme == "postgresql":
		return "", errors.New("open database: the address of a PostgreSQL database begins with postgres://")
	case scheme != "sqlite":
		path = dsn // a colon inside a plain path
	}
	if path == "" || strings.HasPrefix(path, ":memory:") {
		return "", fmt.Errorf("open database %q: the path of a file is wanted: sqlite:PATH", dsn)
	}
	return path, nil
}

// migrated brings the schema up to date; name is what errors call the database.
func (db *DB) migrated(ctx context.Context, name string, opts Options) (*DB, error) {
	if opts.AsIs {
		return db, nil
	}
	if err := db.migrate(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open database %s: %w", name, openTrouble(err)), db.Close())
	}
	return db, nil
}

// Close waits for nothing: close when every transaction has ended.
func (db *DB) Close() error { return errors.Join(db.read.Close(), db.write.Close()) }

// Ping tells whether the database answers to both readers and the writer.
func (db *DB) Ping(ctx context.Context) error {
	return errors.Join(db.read.PingContext(ctx), db.write.PingContext(ctx))
}

// Engine names the engine: "sqlite" or "postgres".
func (db *DB) Engine() string { return db.dialect.name }

// openWithin is how long a file may be held by a program that starts or ends at the same moment, openEvery the pause between tries.
const (
	openWithin = 5 * time.Second
	openEvery  = 50 * time.Millisecond
)

// openSQLiteSoon waits for others that start or end at the same moment: who begins the write-ahead log, or takes it away as the last one,
// holds the file alone, and the engine's own waiting does not cover that.
func openSQLiteSoon(ctx context.Context, path string, opts Options) (*DB, error) {
	waiting, cancel := context.WithTimeout(ctx, openWithin)
	defer cancel()
	for {
		db, err := openSQLite(ctx, path, opts)
		if err == nil || !isBusy(err) {
			return db, err
		}
		select {
		case <-waiting.Done():
			return nil, err
		case <-time.After(openEvery):
		}
	}
}

func openSQLite(ctx context.Context, path string, opts Options) (*DB, error) {
	// Made here so that nobody else on the machine may read it; SQLite gives its -wal and -shm the same mode.
	mode := os.O_RDWR | os.O_CREATE
	if opts.AsIs {
		mode = os.O_RDWR
	}
	f, err := os.OpenFile(path, mode, 0o600)
	if err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	uri := "file:" + (&url.URL{Path: path}).EscapedPath()
	synchronous := "2" // FULL: a commit is on the disk when it returns
	if opts.Unsynced {
		synchronous = "0"
	}
	write, err := sql.Open(sqlite.driver, uri+"?_txlock=immediate&_foreign_keys=1&_journal_mode=WAL&_busy_timeout=5000&_stmt_cache_size=64&_synchronous="+synchronous)
	if err != nil {
		return nil, err
	}
	write.SetMaxOpenConns(1)
	write.SetMaxIdleConns(1)
	// The driver ignores misspelt options, so what matters is read back.
	err = checkPragmas(ctx, write, map[string]string{"journal_mode": "wal", "foreign_keys": "1", "busy_timeout": "5000", "synchronous": synchronous})
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	// After the writer: a reader that may not write cannot start the write-ahead log.
	read, err := sql.Open(sqlite.driver, uri+"?mode=ro&_busy_timeout=5000&_stmt_cache_size=64")
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	readers := opts.Readers
	if readers == 0 {
		readers = max(4, runtime.NumCPU())
	}
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	if err := checkPragmas(ctx, read, map[string]string{"journal_mode": "wal", "busy_timeout": "5000"}); err != nil {
		return nil, errors.Join(err, read.Close(), write.Close())
	}
	return &DB{write: write, read: read, queue: &queue{pool: write}, dialect: &sqlite, writeWait: opts.writeWait(), onQuery: opts.onQuery()}, nil
}

func checkPragmas(ctx context.Context, db *sql.DB, want map[string]string) error {
	for name, value := range want {
		var got string
		if err := db.QueryRowContext(ctx, "PRAGMA "+name).Scan(&got); err != nil {
			return fmt.Errorf("read back %s: %w", name, err)
		}
		if got != value {
			return fmt.Errorf("%s is %q, want %q", name, got, value)
		}
	}
	return nil
}
