package tasks

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// CalendarFeed is a person's secret address at which calendar programs read when the duties of his agencies are due. Only the hash of
// the secret is kept: who has the address needs nothing else.
type CalendarFeed struct {
	PersonID    int64
	Hash        string // SHA-256 of the secret
	Cooperating bool   // also the duties in which his agencies only cooperate
	MadeAt      time.Time
}

// CalendarFeedReader reads the addresses of calendars. A missing row is ErrNotFound.
type CalendarFeedReader interface {
	CalendarFeed(personID int64) (CalendarFeed, error)
	CalendarFeedByHash(hash string) (CalendarFeed, error)
}

// CalendarFeedWriter changes them.
type CalendarFeedWriter interface {
	// PutCalendarFeed keeps the address of a person; an earlier one ends.
	PutCalendarFeed(f CalendarFeed) error
	// DeleteCalendarFeed ends the address of a person, if he has one.
	DeleteCalendarFeed(personID int64) error
}

// CalendarFeed answers the actor's address without its secret; ok is false when he has none.
func (s *Accounts) CalendarFeed(ctx context.Context, actor Person) (f CalendarFeed, ok bool, err error) {
	err = s.Store.View(ctx, func(tx AccountReader) (err error) {
		f, err = tx.CalendarFeed(actor.ID)
		return err
	})
	if errors.Is(err, ErrNotFound) {
		return CalendarFeed{}, false, nil
	}
	if err != nil {
		return CalendarFeed{}, false, fmt.Errorf("calendar of person %d: %w", actor.ID, err)
	}
	return f, true, nil
}

// mayFeed refuses who has no agency whose duties a calendar could show.
func mayFeed(actor Person) error {
	if agencies, all := actor.Own().Scope(ActionCalendarFeed); !all && len(agencies) == 0 {
		return may(actor, ActionCalendarFeed)
	}
	return nil
}

// MakeCalendarFeed makes a new address for the actor's calendar and answers its secret, which is told this once. The one before ends.
func (s *Accounts) MakeCalendarFeed(ctx context.Context, actor Person, cooperating bool) (secret string, err error) {
	if err := mayFeed(actor); err != nil {
		return "", err
	}
	if secret, err = s.secret(); err != nil {
		return "", err
	}
	now := s.Now()
	err = s.Store.Update(ctx, func(tx AccountTx) error {
		if err := tx.PutCalendarFeed(CalendarFeed{PersonID: actor.ID, Hash: hashToken(secret), Cooperating: cooperating, MadeAt: now}); err != nil {
			return err
		}
		_, err := tx.Audit(entry(now, actor, "person.calendar_made", Subject{SubjectPerson, actor.ID}))
		return err
	})
	if err != nil {
		return "", fmt.Errorf("make calendar of person %d: %w", actor.ID, err)
	}
	return secret, nil
}

// RevokeCalendarFeed ends the address of the actor's calendar.
func (s *Accounts) RevokeCalendarFeed(ctx context.Context, actor Person) error {
	if err := mayFeed(actor); err != nil {
		return err
	}
	err := s.Store.Update(ctx, func(tx AccountTx) error {
		if _, err := tx.CalendarFeed(actor.ID); err != nil {
			if errors.Is(err, ErrNotFound) {
				return nil // it has ended already
			}
			return err
		}
		if err := tx.DeleteCalendarFeed(actor.ID); err != nil {
			return err
		}
		_, err := tx.Audit(entry(s.Now(), actor, "person.calendar_revoked", Subject{SubjectPerson, actor.ID}))
		return err
	})
	if err != nil {
		return fmt.Errorf("revoke calendar of person %d: %w", actor.ID, err)
	}
	return nil
}

// maxCalendarSecret is longer than any secret of an address.
const maxCalendarSecret = 100

// CalendarOwner answers whose calendar is at the address, as long as it holds, he is active and has an agency. An address that opens
// nothing counts against the visitor's network; one that holds has a budget of its own, so that nobody can keep its owner from it.
func (s *Accounts) CalendarOwner(ctx context.Context, v Visitor, secret string) (Person, CalendarFeed, error) {
	var p Person
	var f CalendarFeed
	err := error(ErrNotFound)
	if len(secret) <= maxCalendarSecret {
		err = s.Store.View(ctx, func(tx AccountReader) (err error) {
			if f, err = tx.CalendarFeedByHash(hashToken(secret)); err != nil {
				return err
			}
			p, err = tx.Person(f.PersonID)
			return err
		})
	}
	if errors.Is(err, ErrNotFound) || err == nil && mayFeed(p) != nil {
		if err := s.MissedLink(ctx, v); err != nil {
			return Person{}, CalendarFeed{}, err
		}
		return Person{}, CalendarFeed{}, ErrNotFound
	}
	if err != nil {
		return Person{}, CalendarFeed{}, fmt.Errorf("calendar: %w", err)
	}
	wait, err := s.take(ctx, limitCalendar.of(f.Hash))
	if err != nil {
		return Person{}, CalendarFeed{}, fmt.Errorf("calendar of person %d: %w", p.ID, err)
	}
	if wait > 0 {
		return Person{}, CalendarFeed{}, tooMany("error.too_many_for", wait)
	}
	return p, f, nil
}
