package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

const (
	// postgresWriters caps the connections that write: as many transactions share a flush of the log to the disk.
	postgresWriters = 8
	// idleInTransaction is how long the server waits for the next statement of a transaction. A program that was frozen in the
	// middle of one would else keep its locks for ever.
	idleInTransaction = 10 * time.Second
	connectTimeout    = 10 * time.Second
	// idleConnection is how long a connection is kept that nobody uses, oldConnection how long any: after the server was moved
	// all are made anew.
	idleConnection = 5 * time.Minute
	oldConnection  = time.Hour
)

// isPostgres tells whether a DSN names a PostgreSQL database.
func isPostgres(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

// Redact is the DSN as it may be shown and logged: without a password.
func Redact(dsn string) string {
	if !isPostgres(dsn) {
		return dsn
	}
	u, err := url.Parse(dsn)
	if err != nil {
		return "postgres://…"
	}
	if u.User != nil {
		u.User = url.User(u.User.Username())
	}
	q := u.Query()
	for name := range q {
		if strings.Contains(strings.ToLower(name), "password") {
			q.Del(name)
		}
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// openPostgres makes the pools of a database that is there already. A password comes from the environment (PGPASSWORD), from
// ~/.pgpass or from the DSN; no error repeats it.
func openPostgres(ctx context.Context, dsn string, opts Options) (*DB, error) {
	config, err := parsePostgres(dsn)
	if err != nil {
		return nil, err
	}
	wait := opts.writeWait()
	for name, value := range map[string]string{
		"application_name":                    "tiendo",
		"idle_in_transaction_session_timeout": milliseconds(idleInTransaction),
		"lock_timeout":                        milliseconds(wait),
	} {
		if _, given := config.RuntimeParams[name]; !given {
			config.RuntimeParams[name] = value
		}
	}
	if opts.Unsynced {
		config.RuntimeParams["synchronous_commit"] = "off"
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectTimeout
	}
	reading := config.Copy()
	reading.RuntimeParams["default_transaction_read_only"] = "on"
	readers := opts.Readers
	if readers == 0 {
		readers = max(8, 2*runtime.NumCPU())
	}
	db := &DB{
		write: pool(config, postgresWriters), read: pool(reading, readers),
		dialect: &postgres, writeWait: wait, onQuery: opts.onQuery(),
	}
	if err := checkPostgres(ctx, db.write); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func parsePostgres(dsn string) (*pgx.ConnConfig, error) {
	if _, err := url.Parse(dsn); err != nil {
		// The error would repeat the address with its password.
		return nil, errors.New("the address cannot be read: postgres://USER@HOST:5432/DATABASE is wanted, with %XX for special characters")
	}
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		if cause := errors.Unwrap(err); cause != nil {
			err = cause // what surrounds it repeats the address
		}
		return nil, fmt.Errorf("%s: %w", Redact(dsn), err)
	}
	return config, nil
}

func milliseconds(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }

func pool(config *pgx.ConnConfig, size int) *sql.DB {
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	db.SetConnMaxIdleTime(idleConnection)
	db.SetConnMaxLifetime(oldConnection)
	return db
}

// checkPostgres refuses a database that would mangle Vietnamese words, or be asked what it does not know yet.
func checkPostgres(ctx context.Context, db *sql.DB) error {
	var encoding string
	var version int
	err := db.QueryRowContext(ctx, "SELECT current_setting('server_encoding'), CAST(current_setting('server_version_num') AS INTEGER)").Scan(&encoding, &version)
	switch {
	case err != nil:
		return err
	case encoding != "UTF8":
		return fmt.Errorf("the database's encoding is %s, UTF8 is wanted: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0", encoding)
	case version < 150000:
		return fmt.Errorf("the server is PostgreSQL %d, at least 15 is wanted", version/10000)
	}
	return nil
}
