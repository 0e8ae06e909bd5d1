package tasks

import (
	"context"
	"errors"
	"fmt"
	"time"

	"tiendo/tasks/calendar"
)

const (
	// DefaultForeword is how long before the digest the secretariat's words for it are closed.
	DefaultForeword = 30 * time.Minute
	// MaxForeword is how long they may be, in characters: the digest is one screen.
	MaxForeword = 600
)

// Foreword is what the secretariat says in the digest of a week, above its lists.
type Foreword struct {
	Monday   calendar.Date
	Text     string
	PersonID int64
	At       time.Time
	Version  int64 // 0 before the first
}

// OpenForeword is the foreword of the digest that goes next and for which one may still be written.
type OpenForeword struct {
	Foreword
	Goes   time.Time // when the digest goes
	Closes time.Time // from then on no more words are taken
}

// NextForeword answers the digest for which the secretariat may write words now. ok is false to those who may not, and when no digest goes.
func (s *Weeks) NextForeword(ctx context.Context, actor Person) (open OpenForeword, ok bool, err error) {
	if may(actor, ActionForeword) != nil || s.Digests == nil {
		return open, false, nil
	}
	if open = s.openForeword(); open.Goes.IsZero() {
		return open, false, nil
	}
	err = s.Store.View(ctx, func(tx WeekReader) (err error) {
		f, err := tx.Foreword(open.Monday)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		open.Foreword = f
		return err
	})
	if err != nil {
		return open, false, fmt.Errorf("words for the digest of %s: %w", open.Monday, err)
	}
	return open, true, nil
}

// openForeword is the next digest that is not closed yet.
func (s *Weeks) openForeword() OpenForeword {
	goes := s.Digests(s.Now().Add(s.ForewordBefore))
	if goes.IsZero() {
		return OpenForeword{}
	}
	return OpenForeword{Foreword: Foreword{Monday: s.Rules.Day(goes).Monday()}, Goes: goes, Closes: goes.Add(-s.ForewordBefore)}
}

// SetForeword writes the secretariat's words for the digest of a Monday, in the version that the actor saw; an empty text takes them away.
// A digest that is closed, or lies behind the next, takes none.
func (s *Weeks) SetForeword(ctx context.Context, actor Person, monday calendar.Date, text string, version int64) error {
	if err := may(actor, ActionForeword); err != nil {
		return err
	}
	var f fields
	text = f.text("text", text, false, MaxForeword)
	if err := f.err(); err != nil {
		return err
	}
	if s.Digests == nil {
		return ErrNotFound
	}
	open := s.openForeword()
	if monday != open.Monday {
		_, week := monday.ISOWeek()
		_, next := open.Monday.ISOWeek()
		return &Error{Code: CodeConflict, Key: "foreword.closed", Args: []string{fmt.Sprint(week), fmt.Sprint(next)}}
	}
	err := s.Store.Update(ctx, func(tx WeekTx) error {
		before, err := tx.Foreword(monday)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		if before.Version != version {
			return ErrConflict
		}
		if before.Text == text {
			return nil
		}
		now := s.Now()
		if err := tx.SetForeword(Foreword{Monday: monday, Text: text, PersonID: actor.ID, At: now}, version); err != nil {
			return err
		}
		day := map[string]any{"week": monday.String(), "text": text}
		_, err = tx.Audit(entry(now, actor, "week.foreword", Subject{Kind: SubjectProvince}).with(map[string]any{"text": before.Text}, day))
		return err
	})
	if err != nil {
		return fmt.Errorf("words for the digest of %s: %w", monday, err)
	}
	return nil
}
