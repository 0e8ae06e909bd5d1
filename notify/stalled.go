package notify

import (
	"context"
	"fmt"
	"sync"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// StalledAfter is for how long nothing must have gone, though something should have, until people are told.
const StalledAfter = time.Hour

// stalledTogether is how many recipients must be refused for a while at once until that is the server's doing and not theirs.
const stalledTogether = 3

// Stall tells of mails that should have gone and did not. The zero Stall says that mails go, or that none has to.
type Stall struct {
	Waiting int       // mails that should have gone
	Since   time.Time // business time at which the first of them could have gone
	Reason  string    // what was said of the last try; may be empty
}

// Waiting is what waits in the outbox and could have gone before an instant, and when something went last.
type Waiting struct {
	Untried  int       // mails that were refused by nobody
	Refused  int       // recipients that the server refused for a while
	Since    time.Time // business time from which the first of all these could have gone
	Reason   string
	LastSent time.Time // business time; zero when nothing was sent
}

// stalled keeps the last answer for a moment: every page of an office asks.
type stalled struct {
	mu    sync.Mutex
	asked time.Time // system time
	stall Stall
}

// askStalled is how long an answer is kept.
const askStalled = 10 * time.Second

// Stalled tells whether nothing has gone for an hour (StalledAfter) though something should have. A mail that a single recipient's
// server puts off does not count: its fate is on the outbox page. Instants of mails are compared on the business clock, on which they
// are stored; leases on the system clock.
func (o *Outbox) Stalled(ctx context.Context, actor tasks.Person) (Stall, error) {
	if err := may(actor, tasks.ActionOutboxRead); err != nil {
		return Stall{}, err
	}
	o.stalled.mu.Lock()
	defer o.stalled.mu.Unlock()
	system := o.System()
	if !o.stalled.asked.IsZero() && system.Sub(o.stalled.asked).Abs() < askStalled {
		return o.stalled.stall, nil
	}
	business := o.Business()
	w, err := o.Store.Overdue(ctx, business.Add(-StalledAfter), o.Composer.rules.Day(business), system)
	if err != nil {
		return Stall{}, fmt.Errorf("mails that should have gone: %w", err)
	}
	o.stalled.asked, o.stalled.stall = system, Stall{}
	if (w.Untried > 0 || w.Refused >= stalledTogether) && business.Sub(w.LastSent) >= StalledAfter {
		o.stalled.stall = Stall{Waiting: w.Untried + w.Refused, Since: w.Since, Reason: w.Reason}
	}
	return o.stalled.stall, nil
}

// OverdueMails finds what waits for too long; part of OutboxStore.
type OverdueMails interface {
	// Overdue counts the mails that could have gone before the business instant and wait still, or whose lease has run out (system);
	// those that have expired by the day do not count.
	Overdue(ctx context.Context, before time.Time, today calendar.Date, system time.Time) (Waiting, error)
}
