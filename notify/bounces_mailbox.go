package notify

import (
	"context"
	"fmt"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// MailboxBounceReader reads mails to agencies' own addresses that came back.
type MailboxBounceReader interface {
	// FailedMailboxes answers, by agency, since when mails to its address of now have come back that still count: where they did on so many
	// days, from the given one on.
	FailedMailboxes(from calendar.Date, days int) (map[int64]time.Time, error)
	// BouncesOfMailbox lists the mails to the agency's address of now that came back, the newest first.
	BouncesOfMailbox(agencyID int64, limit int) ([]Bounce, error)
}

// MailboxBounceWriter writes that mails to agencies' own addresses arrive.
type MailboxBounceWriter interface {
	// MailboxReached says that a mail that went at the business instant has arrived: what had come back by then counts no more.
	MailboxReached(address string, sent time.Time) error
	// SettleMailboxes says so of the addresses to which a mail went after the last that came back, up to the instant, that did not.
	SettleMailboxes(sentTo time.Time) error
}

// Mailboxes answers which agencies' own addresses are shown as unreachable, by agency and since when: by the rule that holds for people.
func (b *Bounces) Mailboxes(ctx context.Context, actor tasks.Person) (map[int64]time.Time, error) {
	if err := may(actor, tasks.ActionOutboxRead); err != nil {
		return nil, err
	}
	var since map[int64]time.Time
	err := b.Store.View(ctx, func(tx BounceReader) (err error) {
		since, err = tx.FailedMailboxes(b.Rules.Day(b.Business()).AddDays(-bounceMemory), bounceDays)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("agencies' addresses from which mails come back: %w", err)
	}
	return since, nil
}

// OfMailbox lists the mails to the agency's own address that came back, the newest first.
func (b *Bounces) OfMailbox(ctx context.Context, actor tasks.Person, agencyID int64, limit int) ([]Bounce, error) {
	if err := may(actor, tasks.ActionOutboxRead); err != nil {
		return nil, err
	}
	var list []Bounce
	err := b.Store.View(ctx, func(tx BounceReader) (err error) {
		list, err = tx.BouncesOfMailbox(agencyID, limit)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("mails to the address of agency %d that came back: %w", agencyID, err)
	}
	return list, nil
}
