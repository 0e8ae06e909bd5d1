package notify

import (
	"context"
	"errors"
	"sync"
	"time"

	"tiendo/tasks"
)

// marks notes which mails were sent. What several workers have sent by the time that the database is free is marked in one durable
// transaction: the disk is waited for once. Each worker waits for its own mark before it sends its next mail.
type marks struct {
	store    OutboxStore
	business tasks.Clock

	turn sync.Mutex // one transaction at a time

	mu      sync.Mutex
	waiting []*sentMail
}

// sentMail waits for its mark.
type sentMail struct {
	id     int64
	marked bool // by whoever's turn it was; guarded by the turn
	err    error
}

// sent marks a mail, and returns when that is on the disk.
func (k *marks) sent(ctx context.Context, id int64) error {
	own := &sentMail{id: id}
	k.mu.Lock()
	k.waiting = append(k.waiting, own)
	k.mu.Unlock()
	k.turn.Lock()
	defer k.turn.Unlock()
	if !own.marked {
		k.mu.Lock()
		together := k.waiting
		k.waiting = nil
		k.mu.Unlock()
		k.mark(ctx, together)
	}
	return own.err
}

// mark marks mails together; when that cannot be done, each alone, so that one that cannot be marked keeps no other from it.
func (k *marks) mark(ctx context.Context, together []*sentMail) {
	ids := make([]int64, len(together))
	for i, m := range together {
		ids[i], m.marked = m.id, true
	}
	at := k.business()
	err := k.try(ctx, ids, at)
	for i, m := range together {
		if m.err = err; err != nil && len(together) > 1 {
			m.err = k.try(ctx, ids[i:i+1], at)
		}
	}
}

// markWaits are the waits between tries to mark mails that were sent: a database that is busy or full for a moment must not have
// them sent twice.
var markWaits = []time.Duration{50 * time.Millisecond, 200 * time.Millisecond, time.Second}

func (k *marks) try(ctx context.Context, ids []int64, at time.Time) error {
	err := k.store.MarkSent(ctx, ids, at)
	for _, wait := range markWaits {
		if err == nil || errors.Is(err, tasks.ErrNotFound) {
			break
		}
		time.Sleep(wait)
		err = k.store.MarkSent(ctx, ids, at)
	}
	return err
}
