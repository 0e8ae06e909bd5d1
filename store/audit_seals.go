package store

import (
	"context"
	"fmt"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

const weekSealColumns = "monday, last_id, chains, seal, at"

func readWeekSeal(r scanner) (tasks.WeekSeal, error) {
	var w tasks.WeekSeal
	err := r.Scan(day{&w.Monday}, &w.LastID, &w.Chains, (*[]byte)(&w.Seal), instant{&w.At})
	return w, err
}

// WeekSeals implements tasks.WeekReader, the earliest first.
func (tx *Tx) WeekSeals() ([]tasks.WeekSeal, error) {
	return all(tx, readWeekSeal, "SELECT "+weekSealColumns+" FROM audit_weeks ORDER BY monday")
}

// LastWeekSeal implements tasks.WeekReader and tasks.TrailReader.
func (tx *Tx) LastWeekSeal() (tasks.WeekSeal, error) {
	return one(tx, readWeekSeal, "SELECT "+weekSealColumns+" FROM audit_weeks ORDER BY monday DESC LIMIT 1")
}

// WeekSeal implements notify.ComposeReader.
func (tx *Tx) WeekSeal(monday calendar.Date) (tasks.WeekSeal, error) {
	return one(tx, readWeekSeal, "SELECT "+weekSealColumns+" FROM audit_weeks WHERE monday = $1", monday.String())
}

// SettleAudit implements tasks.WeekTx.
func (tx *Tx) SettleAudit() (int64, error) {
	sealing, err := tx.dialect.sealing()
	if err == nil && sealing.settle != "" {
		err = tx.exec(sealing.settle)
	}
	if err != nil {
		return 0, err
	}
	var last int64
	err = tx.row("SELECT coalesce(max(id), 0) FROM audit").Scan(&last)
	return last, tx.explain(err)
}

// ChainHeads implements tasks.WeekReader.
func (tx *Tx) ChainHeads(after, last int64) ([]tasks.ChainHead, error) {
	newest := make(map[tasks.Subject]tasks.Seal)
	err := stream(tx, func(r scanner) (h tasks.ChainHead, err error) {
		err = r.Scan(&h.Subject.Kind, &h.Subject.ID, (*[]byte)(&h.Seal))
		return h, err
	}, func(h tasks.ChainHead) error {
		newest[h.Subject] = h.Seal
		return nil
	}, "SELECT subject_kind, subject_id, seal FROM audit WHERE id > $1 AND id <= $2 AND position > 0 ORDER BY id", after, last)
	heads := make([]tasks.ChainHead, 0, len(newest))
	for subject, seal := range newest {
		heads = append(heads, tasks.ChainHead{Subject: subject, Seal: seal})
	}
	return heads, err
}

// AddWeekSeal implements tasks.WeekTx.
func (tx *Tx) AddWeekSeal(w tasks.WeekSeal) error {
	if err := tx.turn("weeks"); err != nil {
		return err
	}
	later, err := tx.exists("SELECT 1 FROM audit_weeks WHERE last_id > $1 OR monday >= $2", w.LastID, w.Monday.String())
	if err != nil {
		return err
	}
	if later {
		return fmt.Errorf("seal week of %s: %w", w.Monday, tasks.ErrConflict)
	}
	return tx.insertWeekSeal(w)
}

func (tx *Tx) insertWeekSeal(w tasks.WeekSeal) error {
	return tx.exec("INSERT INTO audit_weeks ("+weekSealColumns+") VALUES ($1, $2, $3, $4, $5)",
		w.Monday.String(), w.LastID, w.Chains, []byte(w.Seal), w.At.UnixMilli())
}

// VerifyAudit reads the whole trail, one state of it, and compares every row and every week with its seal. It keeps one row at a time,
// and while it runs the database stays in use.
func (db *DB) VerifyAudit(ctx context.Context) (check *tasks.ChainCheck, weeks []tasks.WeekSeal, err error) {
	err = db.View(ctx, func(tx *Tx) error {
		if weeks, err = tx.WeekSeals(); err != nil {
			return err
		}
		check = tasks.NewChainCheck(weeks)
		kinds, err := tx.auditKinds()
		if err != nil {
			return err
		}
		for _, kind := range kinds {
			err := stream(tx, readSealed, check.Add, "SELECT "+auditColumns+`, coalesce(position, 0), seal FROM audit WHERE subject_kind = $1
				ORDER BY subject_id, position`, string(kind))
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("verify the audit trail: %w", err)
	}
	return check, weeks, nil
}

func readSealed(r scanner) (tasks.SealedEntry, error) {
	var e tasks.SealedEntry
	err := r.Scan(append(auditFields(&e.AuditEntry), &e.Position, (*[]byte)(&e.Seal))...)
	return e, err
}

// stream hands each row of a query to fn before it reads the next. fn must not use the transaction.
func stream[T any](tx *Tx, read func(scanner) (T, error), fn func(T) error, query string, args ...any) error {
	ctx, err := tx.next()
	if err != nil {
		return err
	}
	rows, err := tx.tx.QueryContext(ctx, tx.dialect.bind(query), storable(args)...)
	if err != nil {
		return tx.explain(err)
	}
	defer rows.Close()
	for n := 0; rows.Next(); n++ {
		v, err := read(rows)
		if err == nil {
			err = fn(v)
		}
		if err == nil && n%1000 == 0 {
			err = tx.ctx.Err()
		}
		if err != nil {
			return err
		}
	}
	return tx.explain(rows.Err())
}
