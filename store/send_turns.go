package store

import (
	"context"
	"errors"
	"time"

	"tiendo/notify"
	"tiendo/tasks"
)

// TakeTurn implements notify.Turns. Whoever asks has the turn to himself until it is noted, so that two instances do not both take the
// last one.
func (s Outbox) TakeTurn(ctx context.Context, system time.Time, l notify.Limits) (turn int64, free time.Time, err error) {
	err = s.db.Update(ctx, func(tx *Tx) error {
		turn, free = 0, time.Time{}
		if err := tx.turn("send_turns"); err != nil {
			return err
		}
		if err := tx.exec("DELETE FROM send_turns WHERE at <= $1", system.Add(-time.Hour).UnixMilli()); err != nil {
			return err
		}
		for _, limit := range []struct {
			most int
			span time.Duration
		}{{l.Minute, time.Minute}, {l.Hour, time.Hour}} {
			next, err := tx.freeTurn(system, limit.most, limit.span)
			if err != nil {
				return err
			}
			if next.After(free) {
				free = next
			}
		}
		if !free.IsZero() {
			return nil
		}
		turn, err = tx.insert("INSERT INTO send_turns (at) VALUES ($1)", system.UnixMilli())
		return err
	})
	return turn, free, err
}

// freeTurn is when fewer than so many turns will lie within the span; zero when that is so now.
func (tx *Tx) freeTurn(system time.Time, most int, span time.Duration) (time.Time, error) {
	if most <= 0 {
		return time.Time{}, nil
	}
	// The first of the last so many: once it is as old as the span, there is room for another.
	at, err := one(tx, func(r scanner) (at time.Time, err error) {
		err = r.Scan(instant{&at})
		return at, err
	}, "SELECT at FROM send_turns WHERE at > $1 ORDER BY at DESC LIMIT 1 OFFSET $2", system.Add(-span).UnixMilli(), most-1)
	switch {
	case errors.Is(err, tasks.ErrNotFound):
		return time.Time{}, nil
	case err != nil:
		return time.Time{}, err
	}
	return at.Add(span), nil
}

// ReturnTurn implements notify.Turns.
func (s Outbox) ReturnTurn(ctx context.Context, turn int64) error {
	return s.db.Update(ctx, func(tx *Tx) error { return tx.exec("DELETE FROM send_turns WHERE id = $1", turn) })
}
