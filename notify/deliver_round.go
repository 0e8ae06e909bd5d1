package notify

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// DeliverAll sends what may go now, until nothing is ready, the server cannot be reached or its limits are met. It waits for a round
// that runs already, so that nothing is in flight in this process when it returns. Once the context has ended no further mail is begun,
// and those in flight are finished.
func (d *Deliverer) DeliverAll(ctx context.Context) (Delivery, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	r := round{Deliverer: d}
	if ctx.Err() == nil {
		r.start(ctx, 0)
	}
	r.workers.Wait()
	if r.failure != nil || r.total.Unreachable != nil {
		return r.total, r.failure
	}
	return r.total, ctx.Err()
}

// round is the work of all workers until nothing is ready. Each claims its next batch by itself, while the others send.
type round struct {
	*Deliverer
	workers sync.WaitGroup

	mu      sync.Mutex
	total   Delivery
	failure error
	over    bool // nobody claims any more
	refused int  // batches in which a sender was refused

	truth   sync.Mutex // one look at what is true at a time; the others wait for it
	checked time.Time  // system time of the last one
}

// refusedBatches are so many batches with a refused sender as a round passes over to find mails of another.
const refusedBatches = 10

// goesOn tells whether the round looks for mails of other senders behind a batch in which one was refused.
func (r *round) goesOn() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.refused++
	return r.refused < refusedBatches
}

// start starts a worker.
func (r *round) start(ctx context.Context, worker int) {
	r.workers.Go(func() {
		done, err := r.work(ctx, worker)
		r.mu.Lock()
		defer r.mu.Unlock()
		r.total.add(done)
		r.failure = errors.Join(r.failure, err)
	})
}

// work sends batch after batch. The next worker is started when there is more than this one can claim at a time, so that few mails
// go over one connection.
func (r *round) work(ctx context.Context, worker int) (Delivery, error) {
	var total Delivery
	alone := true
	for ctx.Err() == nil && !r.ended() {
		r.takeBack(ctx)
		l, err := r.claim(ctx)
		if err != nil {
			r.end()
			return total, err
		}
		if len(l.mails) == 0 {
			return total, nil
		}
		if alone && worker+1 < r.settings.Workers && len(l.mails) == r.settings.Batch {
			alone = false
			r.start(ctx, worker+1)
		}
		if r.senders[worker] == nil {
			sender, err := r.dial()
			if err != nil {
				r.end()
				err = fmt.Errorf("mail server settings: %w", err)
				return total, errors.Join(err, r.release(ctx, l.mails, err.Error()))
			}
			r.senders[worker] = sender
		}
		done, err := r.send(ctx, r.senders[worker], l)
		total.add(done)
		if err != nil || !done.Paced.IsZero() || done.Unreachable != nil && !(refusesSender(done.Unreachable) && r.goesOn()) {
			r.end()
			return total, err
		}
	}
	return total, nil
}

func (r *round) end() {
	r.mu.Lock()
	r.over = true
	r.mu.Unlock()
}

func (r *round) ended() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.over
}

// checkedFor is for how long what was found true is sent.
const checkedFor = time.Minute

// takeBack has the mails taken back that would tell what is no longer true. That it cannot be done holds up no mail: most are true, and
// silence is worse.
func (r *round) takeBack(ctx context.Context) {
	if r.TakeBack == nil {
		return
	}
	r.truth.Lock()
	defer r.truth.Unlock()
	business, system := r.business(), r.system()
	if !r.checked.IsZero() && system.Sub(r.checked).Abs() < checkedFor {
		return
	}
	ready, err := r.store.Ready(ctx, business, system)
	if err == nil && ready > 0 {
		err = guarded(func() error { return r.TakeBack(ctx, business) })
	}
	if err != nil && ctx.Err() == nil {
		r.log.ErrorContext(ctx, "what is no longer true could not be taken back", "error", err)
		return
	}
	r.checked = system
}

// lease is a batch of claimed mails and the system time until which they are ours.
type lease struct {
	mails []Mail
	until time.Time
}

func (d *Deliverer) claim(ctx context.Context) (lease, error) {
	business, system := d.business(), d.system()
	l := lease{until: system.Add(d.settings.Lease)}
	// Not cancelled by a shut-down: a claim that the database has kept and nobody has heard of would hold its mails until the lease
	// ends. What was claimed is given back by send.
	mails, err := d.store.Claim(context.WithoutCancel(ctx), business, system, l.until, d.rules.Day(business), d.settings.Batch)
	if err != nil {
		return lease{}, fmt.Errorf("claim mails: %w", err)
	}
	l.mails = mails
	return l, nil
}
