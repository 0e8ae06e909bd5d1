package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/mattn/go-sqlite3"

	"tiendo/tasks"
)

// mostTogether is how many brief transactions share one flush to the disk at most, so that the first of them is not kept waiting.
const mostTogether = 32

// errGivenUp is the end of a transaction that the engine rolled back although its writer took no notice.
var errGivenUp = errors.New("the engine has given the transaction up")

// queue lets the writers of an engine that has one writer at a time go one after the other, in the order in which they came. Brief
// ones that wait already when the one before them ends go on in its transaction, each under a savepoint of its own, and one commit
// makes them all durable. To each it looks like a transaction of its own: it sees what those before it wrote and nobody else does
// until the commit; its error or panic undoes its own changes only; it answers after the commit, and when that fails all get the
// failure.
type queue struct {
	pool *sql.DB

	mu      sync.Mutex
	busy    bool // somebody has the turn
	waiting []*waiter
}

type waiter struct {
	brief bool
	turn  chan *batch // takes the turn with the transaction to go on in, nil to begin one
}

// batch is a transaction of one or several writers. Only the one who has the turn touches it.
type batch struct {
	conn    *sql.Conn
	brief   bool
	writers int
	done    chan struct{} // closed after the end
	err     error         // of the end, to be read when done is closed
}

// take waits for the turn and answers the batch to go on in; nil when one has to be begun.
func (q *queue) take(ctx context.Context, wait time.Duration, brief bool) (*batch, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	q.mu.Lock()
	if !q.busy {
		q.busy = true
		q.mu.Unlock()
		return nil, nil
	}
	w := &waiter{brief: brief, turn: make(chan *batch, 1)}
	q.waiting = append(q.waiting, w)
	q.mu.Unlock()
	timer := time.NewTimer(wait)
	defer timer.Stop()
	var err error
	select {
	case b := <-w.turn:
		return b, nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-timer.C:
		err = errWriteWait
	}
	q.mu.Lock()
	i := slices.Index(q.waiting, w)
	if i >= 0 {
		q.waiting = slices.Delete(q.waiting, i, i+1)
	}
	q.mu.Unlock()
	if i < 0 {
		q.pass(<-w.turn) // it came at the last moment
	}
	return nil, err
}

// pass gives the turn on, and the batch with it when the next may join it; else the batch ends first.
func (q *queue) pass(b *batch) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if b != nil && !(b.brief && b.writers < mostTogether && len(q.waiting) > 0 && q.waiting[0].brief) {
		q.mu.Unlock() // whoever comes meanwhile waits
		b.end(b.commit())
		b = nil
		q.mu.Lock()
	}
	if len(q.waiting) == 0 {
		q.busy = false
		return
	}
	next := q.waiting[0]
	q.waiting = slices.Delete(q.waiting, 0, 1)
	next.turn <- b
}

// begin opens a transaction.
func (q *queue) begin(ctx context.Context, wait time.Duration, brief bool) (*batch, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	timer := time.AfterFunc(wait, func() { cancel(errWriteWait) })
	defer timer.Stop()
	conn, err := q.pool.Conn(ctx)
	if err != nil {
		return nil, waited(ctx, err)
	}
	b := &batch{conn: conn, brief: brief, done: make(chan struct{})}
	if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		b.release()
		return nil, waited(ctx, err)
	}
	return b, nil
}

// waited is the reason why a wait under the context ended.
func waited(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); errors.Is(cause, errWriteWait) {
		return cause
	}
	return err
}

// exec runs a statement that ends or divides the transaction, whatever has become of the one who asked.
func (b *batch) exec(statement string) error {
	_, err := b.conn.ExecContext(context.Background(), statement)
	return err
}

func (b *batch) commit() error {
	if err := b.exec("COMMIT"); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// open tells whether the engine is still in the transaction: after some failures it rolls all of it back by itself.
func (b *batch) open() bool {
	within := false
	err := b.conn.Raw(func(c any) error {
		within = !c.(*sqlite3.SQLiteConn).AutoCommit()
		return nil
	})
	return err == nil && within
}

// end tells everybody what has become of the transaction, after the turn's owner has ended it.
func (b *batch) end(err error) {
	b.release()
	b.err = err
	close(b.done)
}

// release gives the connection back, outside any transaction. One that cannot leave its transaction is thrown away, which ends it.
func (b *batch) release() {
	if b.open() && b.exec("ROLLBACK") != nil && b.open() {
		_ = b.conn.Raw(func(any) error { return driver.ErrBadConn }) // which is what Raw answers
		return
	}
	_ = b.conn.Close() // it is given back, not closed: there is nothing to fail
}

// run lets fn write in the batch, gives the turn on and waits for the commit.
func (q *queue) run(b *batch, fn func(statements) error) error {
	b.writers++
	own := share{b, b.writers == 1}
	ended := false
	defer func() {
		if !ended { // a panic, or the end of the goroutine
			q.settle(own, true, own.undo())
		}
	}()
	err := own.begin()
	lost := err
	if err == nil {
		err = fn(b.conn)
		lost = own.finish(err)
	}
	ended = true
	q.settle(own, err != nil, lost)
	<-b.done
	switch {
	case b.err == nil:
		return err
	case err == nil || errors.Is(b.err, err):
		return b.err
	}
	// What it ended with may come of changes that are gone now.
	return fmt.Errorf("%w (before that: %v)", b.err, err)
}

// settle gives the turn on after a share has ended; lost is why the whole transaction is lost, if it is.
func (q *queue) settle(own share, undone bool, lost error) {
	if lost != nil || undone && own.only {
		own.b.end(lost)
		q.pass(nil)
		return
	}
	q.pass(own.b)
}

// share is one writer's part of a batch.
type share struct {
	b *batch
	// only tells that nobody was there before, so that no savepoint is needed: to undo it is to undo everything.
	only bool
}

func (s share) begin() error {
	if s.only {
		return nil
	}
	return s.b.exec("SAVEPOINT share")
}

// finish keeps what was written or, after an error, undoes it. It answers why the whole transaction is lost, if it is.
func (s share) finish(err error) error {
	switch {
	case !s.b.open(): // every later statement would be a transaction by itself
		return givenUp(err)
	case err != nil:
		if undo := s.undo(); undo != nil {
			return fmt.Errorf("roll back: %w (after: %v)", undo, err)
		}
		return nil
	case s.only:
		return nil
	}
	return s.b.exec("RELEASE share")
}

// givenUp is what all are told who wrote in a transaction that the engine has rolled back, of the error with which one of them ended
// then: what the storage says is everybody's, what was wrong with his own change is not.
func givenUp(err error) error {
	_, engine := errors.AsType[sqlite3.Error](err)
	_, own := errors.AsType[*tasks.Error](err)
	switch {
	case err == nil:
		return errGivenUp
	case engine && !own:
		return err
	}
	return fmt.Errorf("%w: %v", errGivenUp, err)
}

func (s share) undo() error {
	if s.only {
		return s.b.exec("ROLLBACK")
	}
	return s.b.exec("ROLLBACK TO share; RELEASE share")
}
