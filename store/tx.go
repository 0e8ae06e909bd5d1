package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"tiendo/tasks"
)

// Tx is a transaction: the one argument of the closures of Update and View, and the only thing that they may touch. It implements
// the readers and writers of every subject. It is for one goroutine and is of no use after its closure has returned.
type Tx struct {
	ctx     context.Context
	tx      statements
	dialect *dialect
	onQuery func(context.Context)
	memos   *memos
	// writes tells that what is read may be the transaction's own change, which may yet be undone.
	writes bool
	// lock ends the reading of one row by its identifier: in a transaction that will write it nobody else may meanwhile.
	lock string
	// hold ends the reading of rows that are then decided upon; "" in a View.
	hold string
	// whole tells that a statement is never broken off in the middle: SQLite would roll back the transaction, in which others' work
	// stands as well. A context that has ended is noticed before the next statement.
	whole bool
	// held is the assignment that was read last: so its row stands while it has that version.
	held tasks.Assignment
	// over is why no statement may follow.
	over error
	// victim tells that the engine has given the transaction up for another that ran at the same time.
	victim bool
}

// statements is where a transaction's statements go.
type statements interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

type inTransaction struct{}

// ErrNested is what Update and View answer inside another transaction.
var ErrNested = errors.New("a transaction inside a transaction: use the one that is open")

// errWriteWait has the likely cause in its words, because the one who sees it looks at a log.
var errWriteWait = errors.New("the transaction before it has not ended in time; was this one begun inside another?")

// Context is the context of the transaction. Update and View refuse it with ErrNested.
func (tx *Tx) Context() context.Context { return tx.ctx }

// Update runs fn in a transaction that may write. An error or a panic of fn undoes everything. What fn reads by its identifier
// (a document, an assignment, a person) nobody else changes before the end. When the engine gives the transaction up for another that
// ran at the same time, fn runs again from its beginning: what it keeps outside must not depend on how often it ran.
func (db *DB) Update(ctx context.Context, fn func(*Tx) error) error {
	return db.change(ctx, false, func(tx *Tx) error {
		tx.lock, tx.hold = tx.dialect.lock, tx.dialect.lock
		return fn(tx)
	})
}

// updateBriefly is Update for an fn of a few statements on a few rows. On an engine with one writer at a time those that wait share
// the flush to the disk, which takes longer than their statements.
func (db *DB) updateBriefly(ctx context.Context, fn func(*Tx) error) error {
	return db.change(ctx, true, func(tx *Tx) error {
		tx.lock, tx.hold = tx.dialect.lock, tx.dialect.lock
		return fn(tx)
	})
}

// updateAlone runs fn in a transaction that writes, while no other of the same turn does. What fn reads is not locked.
func (db *DB) updateAlone(ctx context.Context, turn string, fn func(*Tx) error) error {
	return db.change(ctx, false, func(tx *Tx) error { return tx.alone(turn, fn) })
}

// alone runs fn when no other transaction has the turn of that name.
func (tx *Tx) alone(turn string, fn func(*Tx) error) error {
	tx.hold = tx.dialect.lock
	if err := tx.turn(turn); err != nil {
		return err
	}
	return fn(tx)
}

// turn waits until no other transaction has the turn of that name, and keeps it to the end: what is read then and written
// depends on rows that do not exist yet, or on many, so that no row can be locked for it.
func (tx *Tx) turn(name string) error {
	if tx.dialect.turn == "" {
		return nil
	}
	return tx.exec(tx.dialect.turn, name)
}

// change runs fn in a transaction that writes.
func (db *DB) change(ctx context.Context, brief bool, fn func(*Tx) error) (err error) {
	if db.rehearsal != nil {
		return db.rehearsal.run(ctx, db, fn)
	}
	if db.queue == nil {
		return db.persist(ctx, fn)
	}
	defer func() { err = trouble(err) }()
	if ctx.Value(inTransaction{}) != nil {
		return ErrNested
	}
	b, err := db.queue.take(ctx, db.writeWait, brief)
	if err == nil && b == nil {
		if b, err = db.queue.begin(ctx, db.writeWait, brief); err != nil {
			db.queue.pass(nil)
		}
	}
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	return db.queue.run(b, func(on statements) error {
		tx := &Tx{
			ctx: context.WithValue(ctx, inTransaction{}, true), tx: on, dialect: db.dialect, onQuery: db.onQuery, memos: &db.memos,
			writes: true, whole: brief,
		}
		defer func() { tx.over = sql.ErrTxDone }()
		return fn(tx)
	})
}

// mostRuns is how often a transaction that is given up for another runs at most. Each time it meets another one.
const mostRuns = 5

// persist runs fn in a transaction, and again in a new one when the engine has given it up for another that ran at the same time: of two
// that wait for each other one has to be undone, and nothing is wrong with what it wanted.
func (db *DB) persist(ctx context.Context, fn func(*Tx) error) error {
	for runs := 1; ; runs++ {
		victim := false
		err := db.run(ctx, db.write, nil, func(tx *Tx) error {
			err := fn(tx)
			victim = tx.victim
			return err
		})
		victim = victim || db.dialect.isVictim(err)
		if err == nil || !victim || runs == mostRuns {
			return err
		}
		// The other one is only now waking up: who began anew at once would take the same row from under it.
		pause := time.NewTimer(20 * time.Millisecond << runs)
		select {
		case <-pause.C:
		case <-ctx.Done():
			pause.Stop()
			return err
		}
	}
}

// beginner is a pool or one of its connections.
type beginner interface {
	BeginTx(ctx context.Context, opts *sql.TxOptions) (*sql.Tx, error)
}

// run runs fn in a transaction of the pool.
func (db *DB) run(ctx context.Context, pool beginner, opts *sql.TxOptions, fn func(*Tx) error) (err error) {
	defer func() { err = trouble(err) }()
	if ctx.Value(inTransaction{}) != nil {
		return ErrNested
	}
	ctx, cancel := context.WithCancelCause(context.WithValue(ctx, inTransaction{}, true))
	defer cancel(nil)
	// The context must outlive the begin, so its waiting is bounded by a timer that is stopped afterwards.
	timer := time.AfterFunc(db.writeWait, func() { cancel(errWriteWait) })
	began, err := pool.BeginTx(ctx, opts)
	if !timer.Stop() && err == nil {
		// Begun at the last moment: its context is about to end.
		err = errors.Join(errWriteWait, began.Rollback())
	}
	if err != nil {
		if cause := context.Cause(ctx); errors.Is(cause, errWriteWait) {
			err = cause
		}
		return fmt.Errorf("begin transaction: %w", err)
	}
	ended := false
	defer func() {
		if !ended { // a panic, or the end of the goroutine
			_ = began.Rollback()
		}
	}()
	err = fn(&Tx{ctx: ctx, tx: began, dialect: db.dialect, onQuery: db.onQuery, memos: &db.memos, writes: pool != db.read})
	ended = true
	if err != nil {
		if undo := began.Rollback(); undo != nil && !errors.Is(undo, sql.ErrTxDone) {
			return errors.Join(err, fmt.Errorf("roll back: %w", undo))
		}
		return err
	}
	if err := began.Commit(); err != nil {
		if db.dialect.isContended(err) {
			err = fmt.Errorf("%w: %w", tasks.ErrConflict, err)
		}
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// next is called before each statement, and answers the context under which it runs.
func (tx *Tx) next() (context.Context, error) {
	if tx.over != nil {
		return nil, tx.over
	}
	tx.onQuery(tx.ctx)
	if !tx.whole {
		return tx.ctx, nil
	}
	return context.WithoutCancel(tx.ctx), tx.ctx.Err()
}

// row runs a query for one row; what went wrong its Scan answers.
func (tx *Tx) row(query string, args ...any) scanner {
	ctx, err := tx.next()
	if err != nil {
		return noRow{err}
	}
	return tx.tx.QueryRowContext(ctx, tx.dialect.bind(query), storable(args)...)
}

type noRow struct{ err error }

func (r noRow) Scan(...any) error { return r.err }

func (tx *Tx) exec(query string, args ...any) error {
	_, err := tx.affect(query, args...)
	return err
}

// affect runs a statement and answers how many rows it touched.
func (tx *Tx) affect(query string, args ...any) (int64, error) {
	ctx, err := tx.next()
	if err != nil {
		return 0, err
	}
	result, err := tx.tx.ExecContext(ctx, tx.dialect.bind(query), storable(args)...)
	if err != nil {
		return 0, tx.explain(err)
	}
	return result.RowsAffected()
}

// insert runs an INSERT without its end and answers the new row's identifier.
func (tx *Tx) insert(query string, args ...any) (int64, error) {
	var id int64
	err := tx.row(query+" RETURNING id", args...).Scan(&id)
	return id, tx.explain(err)
}

// touch runs a statement that must find its row.
func (tx *Tx) touch(query string, args ...any) error {
	n, err := tx.affect(query, args...)
	if err == nil && n == 0 {
		return tasks.ErrNotFound
	}
	return err
}

// versioned runs a statement on the row of a table that still has its version. No row: somebody was faster, or it is gone.
func (tx *Tx) versioned(table string, id int64, query string, args ...any) error {
	n, err := tx.affect(query, args...)
	if err != nil || n > 0 {
		return err
	}
	there, err := tx.exists("SELECT 1 FROM "+table+" WHERE id = $1", id)
	if err != nil {
		return err
	}
	if there {
		return tasks.ErrConflict
	}
	return tasks.ErrNotFound
}

func (tx *Tx) exists(query string, args ...any) (bool, error) {
	var one int
	err := tx.row(query+" LIMIT 1", args...).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// explain turns what the engine says into what the domain knows.
func (tx *Tx) explain(err error) error {
	tx.victim = tx.victim || tx.dialect.isVictim(err)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows):
		return tasks.ErrNotFound
	case tx.dialect.isUnique(err), tx.dialect.isContended(err):
		return fmt.Errorf("%w: %w", tasks.ErrConflict, err)
	}
	return err
}

// lockOf is lock for a statement that reads other tables too.
func (tx *Tx) lockOf(alias string) string {
	if tx.lock == "" {
		return ""
	}
	return tx.lock + " OF " + alias
}

// scanner is a row that waits to be read.
type scanner interface{ Scan(dest ...any) error }

// one reads the only row of a query; no row is tasks.ErrNotFound.
func one[T any](tx *Tx, read func(scanner) (T, error), query string, args ...any) (T, error) {
	v, err := read(tx.row(query, args...))
	return v, tx.explain(err)
}

// all reads every row of a query, and has closed it when it returns: some engines allow no other statement before.
func all[T any](tx *Tx, read func(scanner) (T, error), query string, args ...any) ([]T, error) {
	ctx, err := tx.next()
	if err != nil {
		return nil, err
	}
	rows, err := tx.tx.QueryContext(ctx, tx.dialect.bind(query), storable(args)...)
	if err != nil {
		return nil, tx.explain(err)
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		v, err := read(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, tx.explain(rows.Err())
}

func readID(r scanner) (int64, error) {
	var id int64
	err := r.Scan(&id)
	return id, err
}

// storable takes out of texts what no text of PostgreSQL can hold, a NUL and octets that are no UTF-8, on every engine alike.
func storable(args []any) []any {
	for i, arg := range args {
		if s, ok := arg.(string); ok && (!utf8.ValidString(s) || strings.IndexByte(s, 0) >= 0) {
			args[i] = storableText(s)
		}
	}
	return args
}

// storableText is a text as it is stored.
func storableText(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}
