package notify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"tiendo/notify/smtp"
	"tiendo/tasks"
)

// Sender speaks to one SMTP server for one worker; *smtp.Sender is one. Its errors are *smtp.Error.
type Sender interface {
	SendContext(ctx context.Context, from string, to []string, msg io.WriterTo) error
	Close() error
}

// DeliverySettings are how delivery works. Zero fields take the defaults.
type DeliverySettings struct {
	Workers     int           // that many connections at most; 2
	Batch       int           // mails claimed at a time by a worker; 20
	SendTimeout time.Duration // for one mail, from connecting to the last answer; one minute
	Lease       time.Duration // for one batch; five times SendTimeout. A killed worker's mails are claimed again after it
	Poll        time.Duration // between looks at the outbox; five seconds
	Pause       time.Duration // after a server that cannot be reached; 30 seconds
}

func (s DeliverySettings) complete() DeliverySettings {
	setDefault(&s.Workers, 2)
	setDefault(&s.Batch, 20)
	setDefault(&s.SendTimeout, time.Minute)
	setDefault(&s.Lease, 5*s.SendTimeout)
	setDefault(&s.Poll, 5*time.Second)
	setDefault(&s.Pause, 30*time.Second)
	// A lease that could not hold one mail would have two workers send it.
	s.Lease = max(s.Lease, 2*s.SendTimeout)
	return s
}

func setDefault[T int | time.Duration](v *T, value T) {
	if *v <= 0 {
		*v = value
	}
}

// backOff is the wait after each refusal for a while, by the number of refusals before it; the last holds for all later ones.
var backOff = []time.Duration{
	time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour, 12 * time.Hour, 24 * time.Hour,
}

// Delivery counts what became of mails.
type Delivery struct {
	Sent     int
	Deferred int // to be tried again: refused for a while, or it is not known whether the server has it
	Refused  int // for good
	// Unreachable is why the server could not be used; nil when it could. Its mails wait untried.
	Unreachable error
}

func (d *Delivery) add(o Delivery) {
	d.Sent += o.Sent
	d.Deferred += o.Deferred
	d.Refused += o.Refused
	if d.Unreachable == nil {
		d.Unreachable = o.Unreachable
	}
}

// Deliverer sends the mails of the outbox. SMTP is spoken outside any transaction: a mail is claimed under a lease, sent, and
// marked at once, so that a killed process repeats at most one mail a worker, with the same Message-ID.
type Deliverer struct {
	store    OutboxStore
	dial     func() (Sender, error)
	rules    tasks.Rules
	business tasks.Clock
	system   tasks.Clock
	settings DeliverySettings
	log      *slog.Logger
	wake     chan struct{}

	mu      sync.Mutex // one pass at a time
	senders []Sender   // one a worker, kept between passes
}

// NewDeliverer prepares delivery; dial makes the sender of a worker and need not connect yet.
func NewDeliverer(store OutboxStore, dial func() (Sender, error), rules tasks.Rules, business, system tasks.Clock, settings DeliverySettings, log *slog.Logger) *Deliverer {
	return &Deliverer{
		store: store, dial: dial, rules: rules, business: business, system: system,
		settings: settings.complete(), log: log, wake: make(chan struct{}, 1),
	}
}

// Wake makes Run look at the outbox now. It never blocks.
func (d *Deliverer) Wake() {
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

// Run delivers until the context ends, then finishes the mails in flight and closes its connections.
func (d *Deliverer) Run(ctx context.Context) {
	defer d.Close()
	for {
		wait := d.settings.Poll
		done, err := d.DeliverAll(ctx)
		if err != nil && ctx.Err() == nil {
			d.log.ErrorContext(ctx, "delivery", "error", err)
		}
		wake := d.wake
		if done.Unreachable != nil {
			d.log.WarnContext(ctx, "mail server cannot be reached", "error", done.Unreachable)
			wait, wake = d.settings.Pause, nil
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-wake:
			timer.Stop()
		case <-timer.C:
		}
	}
}

// DeliverAll sends what may go now, until nothing is ready or the server cannot be reached. It waits for a pass that runs already,
// so that nothing is in flight in this process when it returns. Once the context has ended no further mail is begun, and those in
// flight are finished.
func (d *Deliverer) DeliverAll(ctx context.Context) (Delivery, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var total Delivery
	for ctx.Err() == nil {
		done, seen, err := d.pass(ctx)
		total.add(done)
		if err != nil || total.Unreachable != nil {
			return total, err
		}
		if seen == 0 {
			return total, nil
		}
	}
	return total, ctx.Err()
}

// Close ends the connections; they are made anew when needed.
func (d *Deliverer) Close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, s := range d.senders {
		// What the server says to goodbye changes nothing.
		_ = s.Close()
	}
	d.senders = nil
}

// lease is a batch of claimed mails and the system time until which they are ours.
type lease struct {
	mails []Mail
	until time.Time
}

// pass claims a batch a worker, sends them side by side, and tells how many mails were seen.
func (d *Deliverer) pass(ctx context.Context) (total Delivery, seen int, err error) {
	var leases []lease
	for len(leases) < d.settings.Workers {
		l, err := d.claim(ctx)
		if err != nil {
			// What was claimed before is sent all the same.
			d.log.ErrorContext(ctx, "claim mails", "error", err)
			if len(leases) == 0 {
				return total, 0, err
			}
			break
		}
		if len(l.mails) > 0 {
			leases = append(leases, l)
			seen += len(l.mails)
		}
		if len(l.mails) < d.settings.Batch {
			break
		}
	}
	for len(d.senders) < len(leases) {
		s, err := d.dial()
		if err != nil {
			err = fmt.Errorf("mail server settings: %w", err)
			for _, l := range leases {
				err = errors.Join(err, d.release(ctx, l.mails, err.Error()))
			}
			return total, seen, err
		}
		d.senders = append(d.senders, s)
	}
	results := make([]Delivery, len(leases))
	failures := make([]error, len(leases))
	var wg sync.WaitGroup
	for i, l := range leases {
		wg.Go(func() { results[i], failures[i] = d.send(ctx, d.senders[i], l) })
	}
	wg.Wait()
	for _, r := range results {
		total.add(r)
	}
	return total, seen, errors.Join(failures...)
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

// send delivers a batch one by one and gives back untried what it may not begin any more.
func (d *Deliverer) send(ctx context.Context, sender Sender, l lease) (Delivery, error) {
	var done Delivery
	for i, m := range l.mails {
		now := d.system()
		if ctx.Err() != nil || now.Add(d.settings.SendTimeout).After(l.until) {
			return done, d.release(ctx, l.mails[i:], "")
		}
		failure := d.sendOne(ctx, sender, m)
		if failure != nil && kindOf(failure) == smtp.Unreachable {
			done.Unreachable = failure
			// The others were not tried and keep their turn: should the server choke on this one mail, they go before it next time.
			m.NextTry = d.system().Add(d.settings.Pause)
			return done, d.release(ctx, append([]Mail{m}, l.mails[i+1:]...), failure.Error())
		}
		if err := d.mark(ctx, m, failure, &done); err != nil {
			return done, errors.Join(err, d.release(ctx, l.mails[i+1:], ""))
		}
	}
	return done, nil
}

// sendOne speaks SMTP: with a deadline, and to its end even when the program is being shut down.
func (d *Deliverer) sendOne(ctx context.Context, sender Sender, m Mail) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), d.settings.SendTimeout)
	defer cancel()
	return sender.SendContext(ctx, m.From, []string{m.To}, bytes.NewReader(m.Raw))
}

// mark stores what became of a mail, at once and even when the program is being shut down.
func (d *Deliverer) mark(ctx context.Context, m Mail, failure error, done *Delivery) error {
	ctx = context.WithoutCancel(ctx)
	if failure == nil {
		done.Sent++
		if err := d.markSent(ctx, m); err != nil {
			return fmt.Errorf("mail %d was sent and could not be marked: %w", m.ID, err)
		}
		d.log.InfoContext(ctx, "mail sent", "mail", m.ID, "kind", m.Kind)
		return nil
	}
	r := Refusal{Reason: failure.Error(), Uncertain: kindOf(failure) == smtp.Uncertain}
	if kindOf(failure) == smtp.Refused || m.Tries+1 >= MaxTries {
		done.Refused++
	} else {
		done.Deferred++
		r.Next = d.system().Add(backOff[min(m.Tries, len(backOff)-1)])
	}
	err := d.store.MarkRefused(ctx, m, r)
	if errors.Is(err, tasks.ErrNotFound) {
		d.log.WarnContext(ctx, "mail refused after its lease had ended", "mail", m.ID, "error", failure)
		return nil
	}
	if err != nil {
		return fmt.Errorf("mail %d was refused and could not be marked: %w", m.ID, err)
	}
	d.log.WarnContext(ctx, "mail refused", "mail", m.ID, "kind", m.Kind, "tries", m.Tries+1, "final", r.Next.IsZero(), "error", failure)
	return nil
}

// markWaits are the waits between tries to mark a mail that was sent: a database that is busy or full for a moment must not have
// it sent twice.
var markWaits = []time.Duration{50 * time.Millisecond, 200 * time.Millisecond, time.Second}

func (d *Deliverer) markSent(ctx context.Context, m Mail) error {
	at := d.business()
	err := d.store.MarkSent(ctx, m.ID, at)
	for _, wait := range markWaits {
		if err == nil || errors.Is(err, tasks.ErrNotFound) {
			break
		}
		time.Sleep(wait)
		err = d.store.MarkSent(ctx, m.ID, at)
	}
	return err
}

// release gives mails back, each to be tried again at its NextTry. What another worker has claimed in the meantime stays with it.
func (d *Deliverer) release(ctx context.Context, mails []Mail, reason string) error {
	var errs []error
	for _, m := range mails {
		err := d.store.Release(context.WithoutCancel(ctx), m, reason, m.NextTry)
		if err != nil && !errors.Is(err, tasks.ErrNotFound) {
			errs = append(errs, fmt.Errorf("give mail %d back: %w", m.ID, err))
		}
	}
	return errors.Join(errs...)
}

// kindOf is what the failure means for the mail. One that the sender did not classify counts as a refusal for a while: it uses up
// a try, so that it cannot go on for ever. So does silence, a hang-up or a 421 once the server has accepted the sender: it may be the
// recipient that the server stumbles over, and the other mails must not wait behind it.
func kindOf(failure error) smtp.Kind {
	e, ok := errors.AsType[*smtp.Error](failure)
	if !ok {
		return smtp.Deferred
	}
	ofMail := e.Stage == smtp.StageRcpt || e.Stage == smtp.StageData
	if e.Kind == smtp.Unreachable && ofMail && (e.Code == 0 || e.Code == 421) {
		return smtp.Deferred
	}
	return e.Kind
}
