package store

import (
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

func readCadenceNote(r scanner) (tasks.CadenceNote, error) {
	var n tasks.CadenceNote
	err := r.Scan(&n.ID, &n.AssignmentID, day{&n.Due}, ref{&n.ReportID}, day{&n.AnsweredOn})
	return n, err
}

// CadenceNotes implements tasks.AssignmentReader, the earliest first.
func (tx *Tx) CadenceNotes(assignmentID int64) ([]tasks.CadenceNote, error) {
	return all(tx, readCadenceNote, "SELECT id, assignment_id, due, report_id, answered_on FROM cadence_notes WHERE assignment_id = $1 ORDER BY due",
		assignmentID)
}

// CadenceNote implements notify.ComposeReader.
func (tx *Tx) CadenceNote(id int64) (tasks.CadenceNote, error) {
	return one(tx, readCadenceNote, "SELECT id, assignment_id, due, report_id, answered_on FROM cadence_notes WHERE id = $1", id)
}

// EndedCadences implements tasks.AssignmentReader; a cadence ends with its document.
func (tx *Tx) EndedCadences(before calendar.Date, after int64, limit int) ([]tasks.Assignment, error) {
	rows, err := all(tx, readAssignment, "SELECT "+assignmentColumns+` FROM assignments a JOIN documents d ON d.id = a.document_id
		WHERE `+isOpen+` AND a.id > $1 AND a.cadence <> '' AND d.state = $2
		AND (SELECT max(c.due) FROM cadence_notes c WHERE c.assignment_id = a.id) < $3 ORDER BY a.id LIMIT $4`,
		after, string(tasks.DocumentIssued), before.String(), limit)
	return rows, tx.fillParts(rows, err)
}

// InsertCadenceNote implements tasks.DocumentTx and tasks.AssignmentTx. A second note for the same day is the first: a report may
// answer a note before its day, and a duty that is reopened then reckons with that day again.
func (tx *Tx) InsertCadenceNote(n tasks.CadenceNote) (int64, error) {
	return tx.insert(`INSERT INTO cadence_notes (assignment_id, due, report_id, answered_on) VALUES ($1, $2, $3, $4)
		ON CONFLICT (assignment_id, due) DO UPDATE SET due = excluded.due`,
		n.AssignmentID, n.Due.String(), refValue(n.ReportID), dayValue(n.AnsweredOn))
}

// UpdateCadenceNote implements tasks.AssignmentTx.
func (tx *Tx) UpdateCadenceNote(n tasks.CadenceNote) error {
	return tx.touch("UPDATE cadence_notes SET due = $1, report_id = $2, answered_on = $3 WHERE id = $4",
		n.Due.String(), refValue(n.ReportID), dayValue(n.AnsweredOn), n.ID)
}

// DeleteCadenceNotes implements tasks.AssignmentTx.
func (tx *Tx) DeleteCadenceNotes(assignmentID int64) error {
	return tx.exec("DELETE FROM cadence_notes WHERE assignment_id = $1 AND report_id IS NULL", assignmentID)
}
