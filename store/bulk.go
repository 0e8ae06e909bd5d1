package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// BulkDuty is one duty of a document with its only assignment and what has become of it. Identifiers are given by the store.
type BulkDuty struct {
	Task       tasks.Task
	Assignment tasks.Assignment
	Notes      []calendar.Date // periodic reports that nobody has made yet
	Reports    []tasks.Report
}

// AddBulk writes an issued document with all its duties in one transaction and a few statements: to fill a database with many. Unlike
// the domain's own issue it checks nothing, writes no trail and tells nobody. Positions of the duties' tasks must differ.
func (db *DB) AddBulk(ctx context.Context, d tasks.Document, duties []BulkDuty) error {
	return db.Update(ctx, func(tx *Tx) error {
		id, err := tx.InsertDocument(d)
		if err == nil {
			d.ID = id
			err = tx.insertDuties(d, duties)
		}
		if err != nil {
			return fmt.Errorf("write document %s with %d duties: %w", d.Number, len(duties), err)
		}
		return nil
	})
}

func (tx *Tx) insertDuties(d tasks.Document, duties []BulkDuty) error {
	taskIDs, err := tx.insertBulkTasks(d.ID, duties)
	if err != nil {
		return err
	}
	ids, err := tx.insertBulkAssignments(d.ID, duties, taskIDs)
	if err != nil {
		return err
	}
	var parts, notes, reports, words []any
	for i, b := range duties {
		a, id := b.Assignment, ids[taskIDs[b.Task.Position]]
		for n, agency := range a.Leads {
			parts = append(parts, id, agency, string(tasks.PartLead), n, d.ID)
		}
		for n, agency := range a.Cooperating {
			parts = append(parts, id, agency, string(tasks.PartCooperating), len(a.Leads)+n, d.ID)
		}
		for _, due := range b.Notes {
			notes = append(notes, id, due.String())
		}
		for _, r := range b.Reports {
			reports = append(reports, id, refValue(r.AgencyID), refValue(r.PersonID), string(r.Kind), r.Percent, r.Text, r.Documents,
				r.At.UnixMilli(), r.On.String(), string(r.Outcome), refValue(r.DecidedBy), instantValue(r.DecidedAt), r.Reason)
		}
		t := duties[i].Task
		all := directory.Words(strings.Join([]string{t.Text, t.Ref, t.Deliverable, d.Number, d.Title}, "\n"))
		slices.Sort(all)
		for _, word := range slices.Compact(all) {
			words = append(words, word, id)
		}
	}
	for _, rows := range []struct {
		into   string
		width  int
		values []any
	}{
		{"assignment_agencies (assignment_id, agency_id, part, position, document_id)", 5, parts},
		{"cadence_notes (assignment_id, due)", 2, notes},
		{"reports (assignment_id, agency_id, person_id, kind, percent, text, documents, at, day, outcome, decided_by, decided_at, reason)", 13, reports},
		{"assignment_words (word, assignment_id)", 2, words},
	} {
		if err := tx.insertRows(rows.into, rows.width, rows.values); err != nil {
			return err
		}
	}
	return nil
}

// insertBulkTasks answers the new tasks' identifiers by position.
func (tx *Tx) insertBulkTasks(documentID int64, duties []BulkDuty) (map[int]int64, error) {
	ids := make(map[int]int64, len(duties))
	const width = 16
	for chunk := range slices.Chunk(duties, maxParameters/width) {
		var w where
		rows := make([]string, len(chunk))
		for i, b := range chunk {
			t := b.Task
			criteria, err := listValue(t.Criteria)
			if err != nil {
				return nil, err
			}
			rows[i] = in(&w, []any{documentID, t.Position, t.Ref, t.Section, t.Text, t.Deliverable, criteria, t.Written.Phrase, string(t.Written.Kind),
				dayValue(t.Written.Date), t.Written.Time, t.Written.RRule, t.Source.File, t.Source.Part, t.Source.Block, t.Source.Row})
		}
		// Engines promise no order of what they return.
		_, err := all(tx, func(r scanner) (id int64, err error) {
			var position int
			err = r.Scan(&id, &position)
			ids[position] = id
			return id, err
		}, "INSERT INTO tasks ("+dutyColumns+") VALUES "+strings.Join(rows, ", ")+" RETURNING id, position", w.args...)
		if err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// insertBulkAssignments answers the new assignments' identifiers by task.
func (tx *Tx) insertBulkAssignments(documentID int64, duties []BulkDuty, taskIDs map[int]int64) (map[int64]int64, error) {
	ids := make(map[int64]int64, len(duties))
	const width = 13
	for chunk := range slices.Chunk(duties, maxParameters/width) {
		var w where
		rows := make([]string, len(chunk))
		for i, b := range chunk {
			a := b.Assignment
			rows[i] = in(&w, []any{taskIDs[b.Task.Position], documentID, string(a.State), a.Percent, dayValue(a.FirstDue), dayValue(a.Due),
				a.DueVersion, dayValue(a.DueSetOn), a.Cadence, dayValue(a.SubmittedOn), a.AssignedAt.UnixMilli(), instantValue(a.CompletedAt), 1})
		}
		_, err := all(tx, func(r scanner) (id int64, err error) {
			var task int64
			err = r.Scan(&id, &task)
			ids[task] = id
			return id, err
		}, `INSERT INTO assignments (task_id, document_id, state, percent, first_due, due, due_version, due_set_on, cadence,
			submitted_on, assigned_at, completed_at, version) VALUES `+strings.Join(rows, ", ")+" RETURNING id, task_id", w.args...)
		if err != nil {
			return nil, err
		}
	}
	return ids, nil
}
