package store

import (
	"context"
	"encoding/json"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// Ladders implements tasks.LadderReader. There are few: most duties are reminded of as the province says.
func (tx *Tx) Ladders() (tasks.Ladders, error) {
	set := tasks.Ladders{Documents: make(map[int64]tasks.OwnLadder), Tasks: make(map[int64]tasks.OwnLadder)}
	_, err := all(tx, func(r scanner) (own tasks.OwnLadder, err error) {
		var of tasks.Subject
		if err := r.Scan(&of.Kind, &of.ID, object[*tasks.Ladder]{&own.Ladder}, day{&own.SetOn}, &own.Version); err != nil {
			return own, err
		}
		switch of.Kind {
		case tasks.SubjectProvince:
			set.Province = own
		case tasks.SubjectDocument:
			set.Documents[of.ID] = own
		case tasks.SubjectTask:
			set.Tasks[of.ID] = own
		}
		return own, nil
	}, "SELECT subject_kind, subject_id, ladder, set_on, version FROM ladders")
	return set, err
}

// SetLadder implements tasks.ReminderTx.
func (tx *Tx) SetLadder(s tasks.Subject, l *tasks.Ladder, setOn calendar.Date, version int64) error {
	var text string
	if l != nil {
		b, err := json.Marshal(l)
		if err != nil {
			return err
		}
		text = string(b)
	}
	if version == 0 {
		n, err := tx.affect(`INSERT INTO ladders (subject_kind, subject_id, ladder, set_on, version) VALUES ($1, $2, $3, $4, 1)
			ON CONFLICT (subject_kind, subject_id) DO NOTHING`, string(s.Kind), s.ID, text, setOn.String())
		return conflicting(n, err)
	}
	n, err := tx.affect("UPDATE ladders SET ladder = $1, set_on = $2, version = version + 1 WHERE subject_kind = $3 AND subject_id = $4 AND version = $5",
		text, setOn.String(), string(s.Kind), s.ID, version)
	return conflicting(n, err)
}

func conflicting(n int64, err error) error {
	if err == nil && n == 0 {
		return tasks.ErrConflict
	}
	return err
}

// Reminders keeps the ladders; it implements tasks.ReminderStore.
type Reminders struct{ db *DB }

// Reminders is the store of the ladders.
func (db *DB) Reminders() Reminders { return Reminders{db} }

// View implements tasks.ReminderStore.
func (s Reminders) View(ctx context.Context, fn func(tasks.ReminderReader) error) error {
	return s.db.View(ctx, func(tx *Tx) error { return fn(tx) })
}

// Update implements tasks.ReminderStore.
func (s Reminders) Update(ctx context.Context, fn func(tasks.ReminderTx) error) error {
	return s.db.Update(ctx, func(tx *Tx) error { return fn(tx) })
}
