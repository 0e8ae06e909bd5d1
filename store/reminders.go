package store

import (
	"slices"

	"tiendo/tasks"
)

// AssignmentsByID implements notify.ComposeReader.
func (tx *Tx) AssignmentsByID(ids []int64) (map[int64]tasks.Assignment, error) {
	found := make(map[int64]tasks.Assignment, len(ids))
	for chunk := range slices.Chunk(ids, maxParameters) {
		var w where
		rows, err := all(tx, readAssignment, "SELECT "+assignmentColumns+" FROM assignments a WHERE a.id IN "+in(&w, chunk), w.args...)
		if err := tx.fillParts(rows, err); err != nil {
			return nil, err
		}
		for _, a := range rows {
			found[a.ID] = a
		}
	}
	return found, nil
}

// CadenceNotesByID implements notify.ComposeReader.
func (tx *Tx) CadenceNotesByID(ids []int64) (map[int64]tasks.CadenceNote, error) {
	found := make(map[int64]tasks.CadenceNote, len(ids))
	for chunk := range slices.Chunk(ids, maxParameters) {
		var w where
		notes, err := all(tx, readCadenceNote, "SELECT id, assignment_id, due, report_id, answered_on FROM cadence_notes WHERE id IN "+in(&w, chunk), w.args...)
		if err != nil {
			return nil, err
		}
		for _, n := range notes {
			found[n.ID] = n
		}
	}
	return found, nil
}
