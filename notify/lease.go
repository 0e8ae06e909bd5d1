package notify

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"tiendo/tasks"
)

// schedulerLease names the lease of the one instance that runs the jobs.
const schedulerLease = "scheduler"

// DefaultLease is for how long an instance that schedules may be silent before another takes over. It renews its lease each
// minute, and whenever a job writes.
const DefaultLease = 2 * time.Minute

// ErrLeaseLost is what a job ends with when another instance has taken over: this one was frozen, or cut off, for longer than its
// lease. Nothing of its transaction is kept.
var ErrLeaseLost = errors.New("another instance has taken over scheduling")

// Lease says which instance does something for all of them.
type Lease struct {
	Holder string
	Until  time.Time // system time; then another may take it
	Beat   time.Time // system time at which the work was last done, by whomever; zero before
}

// instance names this process among those on one database: one that is started again is another.
var instance = sync.OnceValue(func() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return fmt.Sprintf("%s-%d-%s", host, os.Getpid(), rand.Text()[:8])
})

// takeLease tries to become, or to stay, the instance that schedules.
func (s *Scheduler) takeLease(ctx context.Context) (lease Lease, mine bool, err error) {
	now := s.system()
	err = s.store.Update(ctx, func(tx JobTx) (err error) {
		lease, err = tx.TakeLease(schedulerLease, s.Holder, now, now.Add(s.Lease))
		return err
	})
	if err != nil {
		return Lease{}, false, fmt.Errorf("lease of the scheduler: %w", err)
	}
	return lease, lease.Holder == s.Holder, nil
}

// Heartbeat is who schedules for all, and when that was last done, as the database knows it; zero before the first start.
func (s *Scheduler) Heartbeat(ctx context.Context) (lease Lease, err error) {
	err = s.store.View(ctx, func(tx JobReader) (err error) {
		lease, err = tx.Lease(schedulerLease)
		return err
	})
	if errors.Is(err, tasks.ErrNotFound) {
		return Lease{}, nil
	}
	if err != nil {
		return Lease{}, fmt.Errorf("heartbeat of the scheduler: %w", err)
	}
	return lease, nil
}

// ComposeOnce composes what is open, for a command that does so once and ends. While an instance schedules, it composes events only:
// a job may have written a part of its day's notices. It keeps others from scheduling no longer than it works, its lease at most.
func (s *Scheduler) ComposeOnce(ctx context.Context, now time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, s.Lease)
	defer cancel()
	_, mine, err := s.takeLease(ctx)
	if err != nil {
		return err
	}
	if !mine {
		return s.compose.ComposeEvents(ctx, now)
	}
	return errors.Join(s.compose.Compose(ctx, now), s.releaseLease(context.WithoutCancel(ctx)))
}

// releaseLease lets another instance take over at once.
func (s *Scheduler) releaseLease(ctx context.Context) error {
	err := s.store.Update(ctx, func(tx JobTx) error { return tx.KeepLease(schedulerLease, s.Holder, s.system()) })
	if errors.Is(err, tasks.ErrNotFound) {
		return nil // another's already
	}
	return err
}

type fenceKey struct{}

// fenced hands jobs what makes sure, in each of their transactions, that this instance still schedules.
func (s *Scheduler) fenced(ctx context.Context) context.Context {
	return context.WithValue(ctx, fenceKey{}, func(tx JobTx) error {
		err := tx.KeepLease(schedulerLease, s.Holder, s.system().Add(s.Lease))
		if errors.Is(err, tasks.ErrNotFound) {
			return ErrLeaseLost
		}
		return err
	})
}

// keepLease renews the lease of the scheduler that runs the job in the same transaction as what the job writes, or ends it with
// ErrLeaseLost. A job that no scheduler runs needs none.
func keepLease(ctx context.Context, tx JobTx) error {
	if fence, ok := ctx.Value(fenceKey{}).(func(JobTx) error); ok {
		return fence(tx)
	}
	return nil
}
