package store

import (
	"context"
	"encoding/json"
	"fmt"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// storedLadder is a ladder as a row keeps it.
type storedLadder struct {
	Before      []int `json:"before"`
	OnDay       bool  `json:"on_day"`
	AfterFirst  int   `json:"after_first"`
	Every       int   `json:"every"`
	Head        int   `json:"head"`
	Specialist  int   `json:"specialist"`
	Leaders     int   `json:"leaders"`
	Cooperating []int `json:"cooperating"`
}

// readLadder is one row of the table.
type readLadder struct {
	subject tasks.Subject
	tasks.OwnLadder
}

// Ladders implements tasks.LadderReader. There are few: most duties are reminded of as the province says.
func (tx *Tx) Ladders() (tasks.Ladders, error) {
	set := tasks.Ladders{Documents: make(map[int64]tasks.OwnLadder), Tasks: make(map[int64]tasks.OwnLadder)}
	rows, err := all(tx, func(r scanner) (own readLadder, err error) {
		var text string
		if err := r.Scan(&own.subject.Kind, &own.subject.ID, &text, day{&own.SetOn}, &own.Version); err != nil || text == "" {
			return own, err
		}
		var s storedLadder
		if err := json.Unmarshal([]byte(text), &s); err != nil {
			return own, fmt.Errorf("ladder of %s %d: %w", own.subject.Kind, own.subject.ID, err)
		}
		l := tasks.Ladder(s)
		own.Ladder = &l
		return own, nil
	}, "SELECT subject_kind, subject_id, ladder, set_on, version FROM ladders")
	for _, own := range rows {
		switch own.subject.Kind {
		case tasks.SubjectProvince:
			set.Province = own.OwnLadder
		case tasks.SubjectDocument:
			set.Documents[own.subject.ID] = own.OwnLadder
		case tasks.SubjectTask:
			set.Tasks[own.subject.ID] = own.OwnLadder
		}
	}
	return set, err
}

// SetLadder implements tasks.ReminderTx.
func (tx *Tx) SetLadder(s tasks.Subject, l *tasks.Ladder, setOn calendar.Date, version int64) error {
	var text string
	if l != nil {
		b, err := json.Marshal(storedLadder(*l))
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
