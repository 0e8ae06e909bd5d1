package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"
)

// View runs fn in a transaction that sees one state of the database throughout and cannot write.
func (db *DB) View(ctx context.Context, fn func(*Tx) error) error {
	if db.rehearsal != nil {
		return db.rehearsal.run(ctx, db, fn)
	}
	if db.dialect.snapshot != "" {
		return db.look(ctx, fn)
	}
	return db.run(ctx, db.read, db.dialect.view, fn)
}

// look is View on a bare connection. For each transaction and each query of one, database/sql starts a goroutine that waits for the
// context's end: on an engine inside the process that costs more than a short query. A context that has ended is noticed before the
// next statement instead.
func (db *DB) look(ctx context.Context, fn func(*Tx) error) (err error) {
	defer func() { err = trouble(err) }()
	if ctx.Value(inTransaction{}) != nil {
		return ErrNested
	}
	conn, err := db.reader(ctx)
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	tx := &Tx{
		ctx: context.WithValue(ctx, inTransaction{}, true), tx: conn, dialect: db.dialect, onQuery: db.onQuery, memos: &db.memos, whole: true,
	}
	defer func() { // after a panic too
		tx.over = sql.ErrTxDone
		err = errors.Join(err, giveBack(conn))
	}()
	if _, err := conn.ExecContext(context.WithoutCancel(ctx), db.dialect.snapshot); err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	return fn(tx)
}

// reader waits for a connection that reads.
func (db *DB) reader(ctx context.Context) (*sql.Conn, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	timer := time.AfterFunc(db.writeWait, func() { cancel(errWriteWait) })
	defer timer.Stop()
	conn, err := db.read.Conn(ctx)
	if err != nil {
		return nil, waited(ctx, err)
	}
	return conn, nil
}

// giveBack ends a connection's transaction, which has changed nothing; a connection that cannot is closed for good.
func giveBack(conn *sql.Conn) error {
	if _, err := conn.ExecContext(context.Background(), "ROLLBACK"); err != nil {
		_ = conn.Raw(func(any) error { return driver.ErrBadConn }) // what it answers is ErrBadConn
		return fmt.Errorf("end transaction: %w", err)
	}
	return conn.Close()
}
