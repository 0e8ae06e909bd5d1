package simulated_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// killer ends a process in the middle of its work: from one call of the database on none succeeds.
type killer struct {
	mu     sync.Mutex
	armed  bool
	left   int // calls until it strikes
	how    blow
	dead   bool
	orphan int            // mails that the server had taken when the process died before it could note that
	hands  map[int64]bool // mails that it has claimed and of which it has not noted what became of them
}

// blow is where in a transaction a process dies.
type blow int

const (
	beforeIt blow = iota
	insideIt
	afterIt
	blows
)

var blowNames = [blows]string{"before a call", "inside a transaction", "after a call"}

var errKilled = errors.New("the process was killed")

func (k *killer) arm(left int, how blow) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.armed, k.left, k.how = true, left, how
}

func (k *killer) isDead() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.dead
}

// strikes counts a call and tells whether it is the last one; err is not nil for those after it.
func (k *killer) strikes() (bool, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.dead {
		return false, errKilled
	}
	if !k.armed {
		return false, nil
	}
	k.left--
	return k.left < 0, nil
}

func (k *killer) die() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.dead = true
	return errKilled
}

// around runs a transaction, of which inner is the end of its closure.
func (k *killer) around(run func(inner func() error) error) error {
	last, err := k.strikes()
	if err != nil {
		return err
	}
	if !last {
		return run(func() error { return nil })
	}
	switch k.how {
	case beforeIt:
		return k.die()
	case insideIt:
		return run(k.die)
	}
	err = run(func() error { return nil })
	return errors.Join(k.die(), err)
}

func (k *killer) plain(run func() error) error {
	return k.around(func(inner func() error) error {
		if k.how == insideIt && k.willDie() {
			return inner()
		}
		return run()
	})
}

func (k *killer) willDie() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.armed && k.left < 0
}

// mortalJobs, mortalCompose and mortalOutbox are the stores of a process that may be killed.
type mortalJobs struct {
	notify.JobStore
	*killer
}

func (s mortalJobs) View(ctx context.Context, fn func(notify.JobReader) error) error {
	return s.plain(func() error { return s.JobStore.View(ctx, fn) })
}

func (s mortalJobs) Update(ctx context.Context, fn func(notify.JobTx) error) error {
	return s.around(func(inner func() error) error {
		return s.JobStore.Update(ctx, func(tx notify.JobTx) error { return errors.Join(fn(tx), inner()) })
	})
}

type mortalCompose struct {
	notify.ComposeStore
	*killer
}

func (s mortalCompose) View(ctx context.Context, fn func(notify.ComposeReader) error) error {
	return s.plain(func() error { return s.ComposeStore.View(ctx, fn) })
}

func (s mortalCompose) Update(ctx context.Context, fn func(notify.ComposeTx) error) error {
	return s.around(func(inner func() error) error {
		return s.ComposeStore.Update(ctx, func(tx notify.ComposeTx) error { return errors.Join(fn(tx), inner()) })
	})
}

type mortalOutbox struct {
	notify.OutboxStore
	*killer
}

func (s mortalOutbox) Claim(ctx context.Context, business, system, until time.Time, today calendar.Date, n int) (mails []notify.Mail, err error) {
	err = s.plain(func() error {
		mails, err = s.OutboxStore.Claim(ctx, business, system, until, today, n)
		return err
	})
	if err != nil && !errors.Is(err, errKilled) {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hands == nil {
		s.hands = make(map[int64]bool)
	}
	for _, m := range mails {
		s.hands[m.ID] = true
	}
	if err != nil {
		return nil, err
	}
	return mails, nil
}

// done notes that it is known what became of mails.
func (k *killer) done(err error, ids ...int64) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err == nil {
		for _, id := range ids {
			delete(k.hands, id)
		}
	}
	return err
}

// MarkSent of a dead process answers at once, instead of being tried again for seconds.
func (s mortalOutbox) MarkSent(ctx context.Context, ids []int64, at time.Time) error {
	marked := false
	err := s.plain(func() error {
		marked = true
		return s.OutboxStore.MarkSent(ctx, ids, at)
	})
	if !errors.Is(err, errKilled) {
		return s.done(err, ids...)
	}
	if !marked {
		s.mu.Lock()
		s.orphan += len(ids)
		s.mu.Unlock()
	}
	return fmt.Errorf("%w: %w", err, tasks.ErrNotFound)
}

func (s mortalOutbox) MarkRefused(ctx context.Context, m notify.Mail, r notify.Refusal) error {
	return s.done(s.plain(func() error { return s.OutboxStore.MarkRefused(ctx, m, r) }), m.ID)
}

func (s mortalOutbox) Release(ctx context.Context, mails []notify.Mail, reason string) error {
	ids := make([]int64, len(mails))
	for i, m := range mails {
		ids[i] = m.ID
	}
	return s.done(s.plain(func() error { return s.OutboxStore.Release(ctx, mails, reason) }), ids...)
}

func (s mortalOutbox) Expire(ctx context.Context, today calendar.Date, system time.Time) (n int, err error) {
	err = s.plain(func() error {
		n, err = s.OutboxStore.Expire(ctx, today, system)
		return err
	})
	return n, err
}
