package store

import (
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

const pauseColumns = `id, assignment_id, kind, was, since, person_id, at, reason, document, authority,
	lifted_on, lifted_by, lifted_at, lifted_reason, lifted_document, lifted_authority`

func readPause(r scanner) (tasks.Pause, error) {
	var p tasks.Pause
	l := &p.Lifted
	err := r.Scan(&p.ID, &p.AssignmentID, &p.Kind, &p.Was, day{&p.Since}, ref{&p.PersonID}, instant{&p.At}, &p.Reason, &p.Document, &p.Authority,
		day{&l.On}, ref{&l.PersonID}, instant{&l.At}, &l.Reason, &l.Document, &l.Authority)
	return p, err
}

// Pauses implements tasks.PauseReader.
func (tx *Tx) Pauses(assignmentID int64) ([]tasks.Pause, error) {
	return all(tx, readPause, "SELECT "+pauseColumns+" FROM pauses WHERE assignment_id = $1 ORDER BY id DESC", assignmentID)
}

// Pause implements notify.ComposeReader.
func (tx *Tx) Pause(id int64) (tasks.Pause, error) {
	return one(tx, readPause, "SELECT "+pauseColumns+" FROM pauses WHERE id = $1", id)
}

// InsertPause implements tasks.PauseWriter.
func (tx *Tx) InsertPause(p tasks.Pause) (int64, error) {
	return tx.insert(`INSERT INTO pauses (assignment_id, kind, was, since, person_id, at, reason, document, authority, lifted_reason,
		lifted_document, lifted_authority) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '', '')`,
		p.AssignmentID, string(p.Kind), string(p.Was), p.Since.String(), refValue(p.PersonID), p.At.UnixMilli(), p.Reason, p.Document, p.Authority)
}

// LiftPause implements tasks.PauseWriter.
func (tx *Tx) LiftPause(p tasks.Pause) error {
	l := p.Lifted
	n, err := tx.affect(`UPDATE pauses SET lifted_on = $1, lifted_by = $2, lifted_at = $3, lifted_reason = $4, lifted_document = $5,
		lifted_authority = $6 WHERE id = $7 AND lifted_on IS NULL`,
		l.On.String(), refValue(l.PersonID), l.At.UnixMilli(), l.Reason, l.Document, l.Authority, p.ID)
	if err == nil && n == 0 {
		return tasks.ErrConflict
	}
	return err
}

// DeleteNotesBetween implements tasks.PauseWriter.
func (tx *Tx) DeleteNotesBetween(assignmentID int64, from, until calendar.Date) error {
	return tx.exec("DELETE FROM cadence_notes WHERE assignment_id = $1 AND report_id IS NULL AND due >= $2 AND due < $3",
		assignmentID, from.String(), until.String())
}
