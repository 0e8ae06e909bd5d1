package tasks

import (
	"context"
	"errors"

	"tiendo/tasks/calendar"
)

// seal seals the trail for a Monday: the newest seals of all chains that have grown since the Monday sealed last, behind its seal. A
// Monday that is sealed already, or lies before one that is, stays as it is.
func (s *Weeks) seal(ctx context.Context, monday calendar.Date) error {
	var before WeekSeal
	sealed := false
	err := s.Store.View(ctx, func(tx WeekReader) (err error) {
		before, err = tx.LastWeekSeal()
		if errors.Is(err, ErrNotFound) {
			err = nil
		}
		sealed = !before.Monday.IsZero() && !before.Monday.Before(monday)
		return err
	})
	if err != nil || sealed {
		return err
	}
	// Three transactions, so that nobody waits while the chains are read.
	week := WeekSeal{Monday: monday, At: s.Now()}
	if err := s.Store.Update(ctx, func(tx WeekTx) (err error) {
		week.LastID, err = tx.SettleAudit()
		return err
	}); err != nil {
		return err
	}
	if err := s.Store.View(ctx, func(tx WeekReader) error {
		heads, err := tx.ChainHeads(before.LastID, week.LastID)
		week.Chains, week.Seal = int64(len(heads)), SealWeek(before.Seal, heads)
		return err
	}); err != nil {
		return err
	}
	return s.Store.Update(ctx, func(tx WeekTx) error {
		last, err := tx.LastWeekSeal()
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		switch {
		case last.Monday == monday:
			return nil // by another, meanwhile
		case last.Monday != before.Monday:
			return ErrConflict // this seal stands behind one that is no longer the last
		}
		return tx.AddWeekSeal(week)
	})
}
