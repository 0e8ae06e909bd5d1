package store

import (
	"context"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

var _ tasks.WorkingDayTx = (*Tx)(nil)

// WorkingDays keeps the table of working days; it implements tasks.WorkingDayStore.
type WorkingDays struct{ db *DB }

// WorkingDays is the store of the table of working days.
func (db *DB) WorkingDays() WorkingDays { return WorkingDays{db} }

// View implements tasks.WorkingDayStore.
func (s WorkingDays) View(ctx context.Context, fn func(tasks.WorkingDayReader) error) error {
	return s.db.View(ctx, func(tx *Tx) error { return fn(tx) })
}

// Update implements tasks.WorkingDayStore.
func (s WorkingDays) Update(ctx context.Context, fn func(tasks.WorkingDayTx) error) error {
	return s.db.Update(ctx, func(tx *Tx) error { return fn(tx) })
}

// DaysVersion implements tasks.WorkingDayReader.
func (tx *Tx) DaysVersion() (int64, error) {
	return one(tx, readID, "SELECT coalesce(max(version), 0) FROM working_days_version")
}

// Days implements tasks.WorkingDayReader.
func (tx *Tx) Days() ([]calendar.Exception, error) {
	return all(tx, func(r scanner) (e calendar.Exception, err error) {
		err = r.Scan(day{&e.Date}, yes{&e.Working}, &e.Name, yes{&e.Pending})
		return e, err
	}, "SELECT day, working, name, pending FROM working_days ORDER BY day")
}

// TurnOfDays implements tasks.WorkingDayTx.
func (tx *Tx) TurnOfDays() error { return tx.turn("working days") }

// SetDays implements tasks.WorkingDayTx.
func (tx *Tx) SetDays(version int64, days []calendar.Exception) error {
	now, err := tx.DaysVersion()
	if err != nil {
		return err
	}
	if now != version {
		return tasks.ErrConflict
	}
	if err := tx.exec("DELETE FROM working_days"); err != nil {
		return err
	}
	values := make([]any, 0, 4*len(days))
	for _, e := range days {
		values = append(values, e.Date.String(), yesValue(e.Working), e.Name, yesValue(e.Pending))
	}
	if err := tx.insertRows("working_days (day, working, name, pending)", 4, values); err != nil {
		return err
	}
	return tx.exec("INSERT INTO working_days_version (id, version) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET version = excluded.version", version+1)
}

// WordedDeadlines implements tasks.WorkingDayReader.
func (tx *Tx) WordedDeadlines(after int64, limit int) ([]tasks.WordedDeadline, error) {
	return all(tx, func(r scanner) (d tasks.WordedDeadline, err error) {
		err = r.Scan(&d.AssignmentID, day{&d.Due}, &d.Phrase, day{&d.Date}, &d.Year)
		return d, err
	}, `SELECT a.id, a.due, t.due_phrase, d.date, d.year FROM assignments a JOIN tasks t ON t.id = a.task_id JOIN documents d ON d.id = a.document_id
		WHERE a.id > $1 AND a.state NOT IN ('completed', 'cancelled') AND a.due = coalesce(a.first_mended, a.first_due)
		AND t.due_kind = 'date' AND t.due_phrase <> '' ORDER BY a.id LIMIT $2`, after, limit)
}

// WordedDrafts implements tasks.WorkingDayReader.
func (tx *Tx) WordedDrafts(after int64, limit int) ([]tasks.WordedDraft, error) {
	return all(tx, func(r scanner) (d tasks.WordedDraft, err error) {
		err = r.Scan(&d.ID, &d.Version, &d.DocumentID, day{&d.Deadline}, &d.Cadence, &d.Written.Phrase, &d.Written.Kind, day{&d.Written.Date},
			&d.Written.Time, &d.Written.RRule, day{&d.Date}, &d.Year)
		return d, err
	}, `SELECT t.id, t.version, t.document_id, t.deadline, t.cadence, t.due_phrase, t.due_kind, t.due_date, t.due_time, t.due_rrule, d.date, d.year
		FROM drafts t JOIN documents d ON d.id = t.document_id
		WHERE t.id > $1 AND d.state = 'draft' AND t.removed = 0 AND t.due_kind = 'date' AND t.due_phrase <> '' AND t.deadline = t.due_date
		ORDER BY t.id LIMIT $2`, after, limit)
}

// CadencesSince implements tasks.WorkingDayReader.
func (tx *Tx) CadencesSince(at time.Time, after int64, limit int) ([]tasks.CadenceStart, error) {
	return all(tx, func(r scanner) (c tasks.CadenceStart, err error) {
		err = r.Scan(&c.AssignmentID, &c.Cadence, instant{&c.AssignedAt}, day{&c.First})
		return c, err
	}, `SELECT a.id, a.cadence, a.assigned_at, (SELECT min(n.due) FROM cadence_notes n WHERE n.assignment_id = a.id) FROM assignments a
		WHERE a.id > $1 AND a.assigned_at >= $2 AND a.cadence <> '' AND a.state NOT IN ('completed', 'cancelled') ORDER BY a.id LIMIT $3`,
		after, at.UnixMilli(), limit)
}

// OpenDueOn implements tasks.WorkingDayReader.
func (tx *Tx) OpenDueOn(days []calendar.Date) (int, error) {
	texts := make([]string, len(days))
	for i, d := range days {
		texts[i] = d.String()
	}
	var w where
	w.and(isOpen)
	w.and("a.due IN " + in(&w, texts))
	return one(tx, func(r scanner) (n int, err error) {
		err = r.Scan(&n)
		return n, err
	}, "SELECT count(*) FROM assignments a"+w.String(), w.args...)
}
