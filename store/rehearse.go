package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
)

// rehearsal is the transaction in which those of a rehearsal take place.
type rehearsal struct {
	mu sync.Mutex // one at a time: they share a connection
	tx *Tx
}

// errRehearsed undoes a rehearsal that went well.
var errRehearsed = errors.New("a rehearsal leaves nothing behind")

// Rehearse runs fn on a database that shows what this one would be: each Update and View of it is a part of one transaction, which is
// undone at the end, whatever fn answers. Others see nothing of it; on SQLite they cannot write until it has ended. fn may run again, as the
// closures of Update may. The DB is of no use after fn, and its statements are for one goroutine at a time.
func (db *DB) Rehearse(ctx context.Context, fn func(*DB) error) error {
	err := db.Update(ctx, func(tx *Tx) error {
		shadow := &DB{dialect: db.dialect, writeWait: db.writeWait, onQuery: db.onQuery, rehearsal: &rehearsal{tx: tx}}
		if err := fn(shadow); err != nil {
			return err
		}
		return errRehearsed
	})
	if errors.Is(err, errRehearsed) {
		return nil
	}
	return err
}

// run is Update or View inside a rehearsal: an error undoes what fn did, and nothing before it.
func (r *rehearsal) run(ctx context.Context, db *DB, fn func(*Tx) error) (err error) {
	defer func() { err = trouble(err) }()
	if ctx.Value(inTransaction{}) != nil {
		return ErrNested
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.tx.exec("SAVEPOINT rehearsal"); err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	tx := &Tx{
		ctx: context.WithValue(ctx, inTransaction{}, true), tx: r.tx.tx, dialect: db.dialect, onQuery: db.onQuery, memos: &db.memos,
		writes: true, whole: true,
	}
	err = fn(tx)
	tx.over = sql.ErrTxDone
	if err != nil {
		if undo := r.tx.exec("ROLLBACK TO SAVEPOINT rehearsal"); undo != nil {
			return errors.Join(err, fmt.Errorf("roll back: %w", undo))
		}
	}
	if end := r.tx.exec("RELEASE SAVEPOINT rehearsal"); end != nil {
		return errors.Join(err, fmt.Errorf("end transaction: %w", end))
	}
	return err
}
