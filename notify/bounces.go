package notify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tiendo/notify/dsn"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// Bounce is a mail that came back.
type Bounce struct {
	MailID   int64
	PersonID int64         // 0: it went to an agency's mailbox
	Address  string        // in lower case
	Day      calendar.Date // on which the mail went
	At       time.Time     // when the report was taken, business time
	Status   string        // RFC 3463; may be ""
	Words    string        // of the far server
}

// BounceStore keeps mails that came back and the people whom none reach.
type BounceStore interface {
	View(ctx context.Context, fn func(BounceReader) error) error
	Update(ctx context.Context, fn func(BounceTx) error) error
}

// BounceReader reads mails that came back.
type BounceReader interface {
	MailboxBounceReader
	Person(id int64) (tasks.Person, error)
	// MailByMessageID finds a mail without its bytes; ErrNotFound when none of ours has the Message-ID.
	MailByMessageID(id string) (Mail, error)
	// LastMailTo is the newest mail that went to a person's address of now, at or after the business instant; ErrNotFound when none did.
	LastMailTo(address string, since time.Time) (Mail, error)
	// FailedDays lists the days, from the given one on, on which mails to the person's address came back that still count.
	FailedDays(personID int64, address string, from calendar.Date) ([]calendar.Date, error)
	// BouncesOf lists the mails to the person that came back, the newest first.
	BouncesOf(personID int64, limit int) ([]Bounce, error)
	// Quiet lists the people with mails that came back and still count, to whose address of now a mail went after the last of them, up to
	// the business instant, that did not come back.
	Quiet(sentTo time.Time) ([]int64, error)
}

// BounceTx writes what a report tells in one transaction.
type BounceTx interface {
	BounceReader
	tasks.AuditWriter
	tasks.NoticeWriter
	MailboxBounceWriter
	// InsertBounce keeps that a mail came back; fresh is false when it is known of that day.
	InsertBounce(b Bounce) (fresh bool, err error)
	// MarkBounced says of a mail that was sent, or is being sent, that it came back, and why.
	MarkBounced(mailID int64, words string) error
	// SetUnreachable says since when mails to the person come back; zero: they arrive, and what came back so far counts no more.
	SetUnreachable(personID int64, since time.Time) error
}

// Bounces takes what mail servers report about mails that they could not deliver. Nobody is written to less for it: that a person is
// shown as unreachable makes others look after him.
type Bounces struct {
	Store    BounceStore
	Rules    tasks.Rules
	Business tasks.Clock
}

const (
	// bounceDays is on how many days mails have to come back before the person is shown as unreachable: for an hour a server may refuse
	// anybody.
	bounceDays = 2
	// bounceMemory is for how many days a mail that came back counts.
	bounceMemory = 30
	// quietFor is how long a mail has to stay away before it is taken for delivered: servers try for five days (RFC 5321, section 4.5.4.1).
	quietFor = 6 * 24 * time.Hour
	// unnamedWithin is how long before a report that does not name its mail that mail may have gone.
	unnamedWithin = 6 * 24 * time.Hour
)

// Taken is what a report came to.
type Taken struct {
	Mail   int64      // 0: it is about no mail of ours
	Action dsn.Action // what became of the mail
	Known  bool       // it was reported before
	// Unreachable and Reachable tell that the person is shown so from now on.
	Unreachable, Reachable bool
}

// Take takes a report. Of a mail that is only delayed nothing is kept.
func (b *Bounces) Take(ctx context.Context, report dsn.Report) (Taken, error) {
	now := b.Business()
	var taken Taken
	err := b.Store.Update(ctx, func(tx BounceTx) error {
		taken = Taken{}
		m, err := b.mailOf(tx, report, now)
		if errors.Is(err, tasks.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		r := outcome(report, m.To)
		taken = Taken{Mail: m.ID, Action: r.Action}
		switch r.Action {
		case dsn.Failed:
			return b.failed(tx, m, r, now, &taken)
		case dsn.Delivered:
			return b.delivered(tx, m, now, &taken)
		}
		return nil
	})
	if err != nil {
		return Taken{}, fmt.Errorf("take a report about a mail: %w", err)
	}
	return taken, nil
}

// mailOf finds the mail that the report is about: by its Message-ID, and only when the report names none by whom it went to and when.
func (b *Bounces) mailOf(tx BounceReader, report dsn.Report, now time.Time) (Mail, error) {
	for _, id := range report.MessageIDs {
		if m, err := tx.MailByMessageID(id); !errors.Is(err, tasks.ErrNotFound) {
			return m, err
		}
	}
	if len(report.MessageIDs) > 0 {
		return Mail{}, tasks.ErrNotFound
	}
	for _, r := range report.Recipients {
		for _, address := range []string{r.Original, r.Final} {
			if address == "" {
				continue
			}
			if m, err := tx.LastMailTo(address, now.Add(-unnamedWithin)); !errors.Is(err, tasks.ErrNotFound) {
				return m, err
			}
		}
	}
	return Mail{}, tasks.ErrNotFound
}

// outcome is what became of the mail for its one recipient, whom a server may have sent on to others: the worst.
func outcome(report dsn.Report, to string) dsn.Recipient {
	own := slices.DeleteFunc(slices.Clone(report.Recipients), func(r dsn.Recipient) bool {
		return !strings.EqualFold(r.Original, to) && !strings.EqualFold(r.Final, to)
	})
	if len(own) == 0 {
		own = report.Recipients
	}
	order := []dsn.Action{dsn.Failed, dsn.Delayed, dsn.Delivered}
	for _, action := range order {
		if i := slices.IndexFunc(own, func(r dsn.Recipient) bool { return r.Action == action }); i >= 0 {
			return own[i]
		}
	}
	return own[0]
}

func (b *Bounces) failed(tx BounceTx, m Mail, r dsn.Recipient, now time.Time, taken *Taken) error {
	sent := m.SentAt
	if sent.IsZero() || sent.After(now) {
		sent = now
	}
	fresh, err := tx.InsertBounce(Bounce{
		MailID: m.ID, PersonID: m.PersonID, Address: strings.ToLower(m.To), Day: b.Rules.Day(sent), At: now, Status: r.Status, Words: r.Words,
	})
	if taken.Known = !fresh; err != nil || !fresh {
		return err
	}
	if err := tx.MarkBounced(m.ID, r.Words); err != nil || m.PersonID == 0 {
		return err
	}
	person, err := tx.Person(m.PersonID)
	if err != nil || !person.Active || !person.Unreachable.IsZero() || !strings.EqualFold(person.Email, m.To) {
		return err
	}
	days, err := tx.FailedDays(person.ID, strings.ToLower(person.Email), b.Rules.Day(now).AddDays(-bounceMemory))
	if err != nil || len(days) < bounceDays {
		return err
	}
	taken.Unreachable = true
	subject := tasks.Subject{Kind: tasks.SubjectPerson, ID: person.ID}
	if err := tx.SetUnreachable(person.ID, now); err != nil {
		return err
	}
	if err := tx.AddNotice(tasks.Notice{
		Kind: tasks.NoticeUnreachable, Subject: subject, Role: tasks.RoleSecretariat, Occurrence: strconv.FormatInt(now.UnixMilli(), 10),
		Day: b.Rules.Day(now), At: now,
	}); err != nil {
		return err
	}
	_, err = tx.Audit(tasks.AuditEntry{At: now, Action: "person.unreachable", Subject: subject}.ActedBy(tasks.System).
		With(nil, map[string]any{"email": person.Email, "note": r.Words}))
	return err
}

func (b *Bounces) delivered(tx BounceTx, m Mail, now time.Time, taken *Taken) error {
	if m.PersonID == 0 {
		return tx.MailboxReached(strings.ToLower(m.To), m.SentAt)
	}
	person, err := tx.Person(m.PersonID)
	if err != nil || !strings.EqualFold(person.Email, m.To) {
		return err
	}
	if last, err := tx.BouncesOf(person.ID, 1); err != nil || len(last) > 0 && m.SentAt.Before(last[0].At) {
		return err // what came back since says more
	}
	taken.Reachable = !person.Unreachable.IsZero()
	return b.reached(tx, person, tasks.System, now)
}

// reached says that mails arrive at the person's address again.
func (b *Bounces) reached(tx BounceTx, person, by tasks.Person, now time.Time) error {
	if err := tx.SetUnreachable(person.ID, time.Time{}); err != nil || person.Unreachable.IsZero() {
		return err
	}
	_, err := tx.Audit(tasks.AuditEntry{At: now, Action: "person.reachable", Subject: tasks.Subject{Kind: tasks.SubjectPerson, ID: person.ID}}.ActedBy(by).
		With(nil, map[string]any{"email": person.Email}))
	return err
}

// Reached notes that somebody has learnt that mails arrive at the person's address again.
func (b *Bounces) Reached(ctx context.Context, actor tasks.Person, personID int64) error {
	if err := may(actor, tasks.ActionOutboxManage); err != nil {
		return err
	}
	err := b.Store.Update(ctx, func(tx BounceTx) error {
		person, err := tx.Person(personID)
		if err != nil {
			return err
		}
		return b.reached(tx, person, actor, b.Business())
	})
	if err != nil {
		return fmt.Errorf("person %d can be reached: %w", personID, err)
	}
	return nil
}

// Settle takes for reachable again whoever a mail was sent to after the last that came back, and it stayed away for as long as servers
// try; agencies' own addresses too. It answers how many people were shown as unreachable before.
func (b *Bounces) Settle(ctx context.Context) (int, error) {
	now := b.Business()
	if err := b.Store.Update(ctx, func(tx BounceTx) error { return tx.SettleMailboxes(now.Add(-quietFor)) }); err != nil {
		return 0, fmt.Errorf("agencies that may be reachable again: %w", err)
	}
	var ids []int64
	if err := b.Store.View(ctx, func(tx BounceReader) (err error) {
		ids, err = tx.Quiet(now.Add(-quietFor))
		return err
	}); err != nil {
		return 0, fmt.Errorf("people who may be reachable again: %w", err)
	}
	settled := 0
	for _, id := range ids {
		var was bool
		if err := b.Store.Update(ctx, func(tx BounceTx) error {
			was = false
			person, err := tx.Person(id)
			if err != nil {
				return err
			}
			// Another mail may have come back since.
			still, err := tx.Quiet(now.Add(-quietFor))
			if err != nil || !slices.Contains(still, id) {
				return err
			}
			was = !person.Unreachable.IsZero()
			return b.reached(tx, person, tasks.System, now)
		}); err != nil {
			return settled, fmt.Errorf("person %d can be reached: %w", id, err)
		}
		if was {
			settled++
		}
	}
	return settled, nil
}

// Of lists the mails to the person that came back, the newest first.
func (b *Bounces) Of(ctx context.Context, actor tasks.Person, personID int64, limit int) ([]Bounce, error) {
	if err := may(actor, tasks.ActionOutboxRead); err != nil {
		return nil, err
	}
	var list []Bounce
	err := b.Store.View(ctx, func(tx BounceReader) (err error) {
		list, err = tx.BouncesOf(personID, limit)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("mails to person %d that came back: %w", personID, err)
	}
	return list, nil
}
