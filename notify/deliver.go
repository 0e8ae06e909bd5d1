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
	Workers     int           // that many connections at most; 4
	Batch       int           // mails claimed at a time by a worker; 20
	SendTimeout time.Duration // for one mail, from connecting to the last answer; one minute
	Lease       time.Duration // for one batch; five times SendTimeout. A killed worker's mails are claimed again after it
	Poll        time.Duration // between looks at the outbox; five seconds
	Pause       time.Duration // after a server that cannot be reached; 30 seconds
	Limits      Limits        // of the mail server; none
	// Observe is told of each try to send a mail, for figures; nil: nobody. It must not block.
	Observe func(kind tasks.NoticeKind, fate Fate)
}

func (s DeliverySettings) complete() DeliverySettings {
	setDefault(&s.Workers, 4)
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

// Fate is what became of a try to send a mail.
type Fate string

// The fates of a try.
const (
	FateSent        Fate = "sent"
	FateDeferred    Fate = "deferred"    // refused for a while, or it is not known whether the server has it
	FateRefused     Fate = "refused"     // for good
	FateUnreachable Fate = "unreachable" // the server was not there, or would not talk
)

func (d *Deliverer) observe(m Mail, fate Fate) {
	if d.settings.Observe != nil {
		d.settings.Observe(m.Kind, fate)
	}
}

// Delivery counts what became of mails.
type Delivery struct {
	Sent     int
	Deferred int // to be tried again: refused for a while, or it is not known whether the server has it
	Refused  int // for good
	// Unreachable is why the server could not be used; nil when it could. Its mails wait untried.
	Unreachable error
	// Paced is the system instant from which the server's limits let more be sent; zero when they held nothing back.
	Paced time.Time
}

func (d *Delivery) add(o Delivery) {
	d.Sent += o.Sent
	d.Deferred += o.Deferred
	d.Refused += o.Refused
	if d.Unreachable == nil {
		d.Unreachable = o.Unreachable
	}
	if o.Paced.After(d.Paced) {
		d.Paced = o.Paced
	}
}

// Deliverer sends the mails of the outbox. SMTP is spoken outside any transaction: a mail is claimed under a lease, sent, and
// marked at once, so that a killed process repeats at most one mail a worker, with the same Message-ID.
type Deliverer struct {
	// TakeBack, when set, is called before mails are claimed, and again each minute of a long round: after an outage they may tell what was
	// true when they were composed, and nobody else may have looked since. [Composer.TakeBack] is one. Set it before Run.
	TakeBack func(ctx context.Context, now time.Time) error

	store    OutboxStore
	dial     func() (Sender, error)
	rules    tasks.Rules
	business tasks.Clock
	system   tasks.Clock
	settings DeliverySettings
	log      *slog.Logger
	wake     chan struct{}
	marks    marks

	mu      sync.Mutex // one round at a time
	senders []Sender   // one a worker, kept between rounds; nil before its first mail
}

// NewDeliverer prepares delivery; dial makes the sender of a worker and need not connect yet.
func NewDeliverer(store OutboxStore, dial func() (Sender, error), rules tasks.Rules, business, system tasks.Clock, settings DeliverySettings, log *slog.Logger) *Deliverer {
	settings = settings.complete()
	return &Deliverer{
		store: store, dial: dial, rules: rules, business: business, system: system, settings: settings, log: log,
		wake: make(chan struct{}, 1), marks: marks{store: store, business: business}, senders: make([]Sender, settings.Workers),
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
		} else if !done.Paced.IsZero() {
			wait, wake = min(max(done.Paced.Sub(d.system()), 0), longestPace), nil
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

// Close ends the connections; they are made anew when needed.
func (d *Deliverer) Close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i, s := range d.senders {
		if s != nil {
			// What the server says to goodbye changes nothing.
			_ = s.Close()
		}
		d.senders[i] = nil
	}
}

// send delivers a batch one by one and gives back untried what it may not begin any more.
func (d *Deliverer) send(ctx context.Context, sender Sender, l lease) (Delivery, error) {
	var done Delivery
	for mails := l.mails; len(mails) > 0; {
		m, rest := mails[0], mails[1:]
		now := d.system()
		if ctx.Err() != nil || now.Add(d.settings.SendTimeout).After(l.until) {
			return done, d.release(ctx, mails, "")
		}
		turn, free, err := d.takeTurn(ctx)
		if err != nil {
			return done, errors.Join(err, d.release(ctx, mails, ""))
		}
		if !free.IsZero() {
			done.Paced = free
			return done, d.release(ctx, mails, "")
		}
		failure := d.sendOne(ctx, sender, m)
		switch {
		case failure != nil && kindOf(failure) == smtp.Unreachable:
			done.Unreachable = failure
			d.observe(m, FateUnreachable)
			if err := d.returnTurn(ctx, turn); err != nil {
				return done, errors.Join(err, d.release(ctx, mails, failure.Error()))
			}
			later := d.system().Add(d.settings.Pause)
			// The others were not tried and keep their turn: should the server choke on this one mail, they go before it next time.
			m.NextTry = later
			if !refusesSender(failure) {
				return done, d.release(ctx, append([]Mail{m}, rest...), failure.Error())
			}
			// Those of the same sender would meet the same answer; those of another need not wait behind them.
			same, others := []Mail{m}, []Mail(nil)
			for _, o := range rest {
				if o.From == m.From {
					o.NextTry = later
					same = append(same, o)
				} else {
					others = append(others, o)
				}
			}
			if err := d.release(ctx, same, failure.Error()); err != nil {
				return done, errors.Join(err, d.release(ctx, others, ""))
			}
			mails = others
		default:
			if err := d.mark(ctx, m, failure, &done); err != nil {
				return done, errors.Join(err, d.release(ctx, rest, ""))
			}
			mails = rest
		}
	}
	return done, nil
}

// refusesSender tells whether the server answers, but will not take mail of this sender: a setting is wrong, or was when the mail was
// composed.
func refusesSender(failure error) bool {
	e, ok := errors.AsType[*smtp.Error](failure)
	return ok && e.Stage == smtp.StageMail && e.Code/100 == 5
}

// errNoBody is said of a mail of which only the envelope is left: nothing that is done later brings it back.
var errNoBody = errors.New("the mail's text is missing from the database")

// sendOne speaks SMTP: with a deadline, and to its end even when the program is being shut down.
func (d *Deliverer) sendOne(ctx context.Context, sender Sender, m Mail) error {
	if len(m.Raw) == 0 {
		return errNoBody
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), d.settings.SendTimeout)
	defer cancel()
	return sender.SendContext(ctx, m.From, []string{m.To}, bytes.NewReader(m.Raw))
}

// mark stores what became of a mail, at once and even when the program is being shut down.
func (d *Deliverer) mark(ctx context.Context, m Mail, failure error, done *Delivery) error {
	ctx = context.WithoutCancel(ctx)
	if failure == nil {
		done.Sent++
		d.observe(m, FateSent)
		if err := d.marks.sent(ctx, m.ID); err != nil {
			return fmt.Errorf("mail %d was sent and could not be marked: %w", m.ID, err)
		}
		d.log.InfoContext(ctx, "mail sent", "mail", m.ID, "kind", m.Kind)
		return nil
	}
	r := Refusal{Reason: failure.Error(), Uncertain: kindOf(failure) == smtp.Uncertain}
	if kindOf(failure) == smtp.Refused || m.Tries+1 >= MaxTries {
		done.Refused++
		d.observe(m, FateRefused)
	} else {
		done.Deferred++
		d.observe(m, FateDeferred)
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

// release gives mails back, each to be tried again at its NextTry. What another worker has claimed in the meantime stays with it.
func (d *Deliverer) release(ctx context.Context, mails []Mail, reason string) error {
	if len(mails) == 0 {
		return nil
	}
	if err := d.store.Release(context.WithoutCancel(ctx), mails, reason); err != nil && !errors.Is(err, tasks.ErrNotFound) {
		return fmt.Errorf("give %d mails back: %w", len(mails), err)
	}
	return nil
}

// kindOf is what the failure means for the mail. One that the sender did not classify counts as a refusal for a while: it uses up
// a try, so that it cannot go on for ever. So does silence, a hang-up or a 421 once the server has accepted the sender: it may be the
// recipient that the server stumbles over, and the other mails must not wait behind it.
func kindOf(failure error) smtp.Kind {
	if errors.Is(failure, errNoBody) {
		return smtp.Refused
	}
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
