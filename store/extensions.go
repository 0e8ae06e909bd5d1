package store

import "tiendo/tasks"

const extensionColumns = `x.id, x.assignment_id, x.agency_id, x.person_id, x.was, x.asked, x.reason, x.document, x.at, x.outcome, x.granted,
	x.decided_by, x.decided_at, x.authority, x.decision, x.answer, x.origin`

func readExtension(r scanner) (tasks.Extension, error) {
	var x tasks.Extension
	err := r.Scan(&x.ID, &x.AssignmentID, &x.AgencyID, &x.PersonID, day{&x.Was}, day{&x.Asked}, &x.Reason, &x.Document, instant{&x.At},
		&x.Outcome, day{&x.Granted}, ref{&x.DecidedBy}, instant{&x.DecidedAt}, &x.Authority, &x.Decision, &x.Answer, &x.Origin)
	return x, err
}

// Extensions implements tasks.ExtensionReader.
func (tx *Tx) Extensions(assignmentID int64) ([]tasks.Extension, error) {
	return all(tx, readExtension, "SELECT "+extensionColumns+" FROM extensions x WHERE x.assignment_id = $1 ORDER BY x.id DESC", assignmentID)
}

// Extension implements notify.ComposeReader.
func (tx *Tx) Extension(id int64) (tasks.Extension, error) {
	return one(tx, readExtension, "SELECT "+extensionColumns+" FROM extensions x WHERE x.id = $1", id)
}

// WaitingExtensions implements tasks.ExtensionReader. The outcome is written out, so that an engine can tell that the partial index of
// those that wait serves.
func (tx *Tx) WaitingExtensions(after int64, limit int) ([]tasks.Extension, error) {
	return all(tx, readExtension, "SELECT "+extensionColumns+` FROM extensions x JOIN assignments a ON a.id = x.assignment_id
		WHERE x.outcome = '' AND x.id > $1 AND a.state NOT IN ($2, $3) ORDER BY x.id LIMIT $4`,
		after, string(tasks.StateCompleted), string(tasks.StateCancelled), limit)
}

// InsertExtension implements tasks.ExtensionWriter.
func (tx *Tx) InsertExtension(x tasks.Extension) (int64, error) {
	return tx.insert(`INSERT INTO extensions (assignment_id, agency_id, person_id, was, asked, reason, document, at, outcome, granted, decided_by,
		decided_at, authority, decision, answer, origin) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
		x.AssignmentID, x.AgencyID, x.PersonID, x.Was.String(), x.Asked.String(), x.Reason, x.Document, x.At.UnixMilli(), string(x.Outcome),
		dayValue(x.Granted), refValue(x.DecidedBy), instantValue(x.DecidedAt), x.Authority, x.Decision, x.Answer, string(x.Origin))
}

// UpdateExtension implements tasks.ExtensionWriter; what was asked stays. One that was decided on already is a conflict.
func (tx *Tx) UpdateExtension(x tasks.Extension) error {
	n, err := tx.affect(`UPDATE extensions SET outcome = $1, granted = $2, decided_by = $3, decided_at = $4, authority = $5, decision = $6,
		answer = $7 WHERE id = $8 AND outcome = ''`,
		string(x.Outcome), dayValue(x.Granted), refValue(x.DecidedBy), instantValue(x.DecidedAt), x.Authority, x.Decision, x.Answer, x.ID)
	if err == nil && n == 0 {
		return tasks.ErrConflict
	}
	return err
}

const correctionColumns = "id, assignment_id, person_id, was, due, of_first, reason, document, at"

func readDeadlineCorrection(r scanner) (tasks.DeadlineCorrection, error) {
	var c tasks.DeadlineCorrection
	err := r.Scan(&c.ID, &c.AssignmentID, ref{&c.PersonID}, day{&c.Was}, day{&c.Due}, yes{&c.OfFirst}, &c.Reason, &c.Document, instant{&c.At})
	return c, err
}

// DeadlineCorrections implements tasks.ExtensionReader.
func (tx *Tx) DeadlineCorrections(assignmentID int64) ([]tasks.DeadlineCorrection, error) {
	return all(tx, readDeadlineCorrection, "SELECT "+correctionColumns+" FROM deadline_corrections WHERE assignment_id = $1 ORDER BY id DESC", assignmentID)
}

// DeadlineCorrection implements notify.ComposeReader.
func (tx *Tx) DeadlineCorrection(id int64) (tasks.DeadlineCorrection, error) {
	return one(tx, readDeadlineCorrection, "SELECT "+correctionColumns+" FROM deadline_corrections WHERE id = $1", id)
}

// InsertDeadlineCorrection implements tasks.ExtensionWriter.
func (tx *Tx) InsertDeadlineCorrection(c tasks.DeadlineCorrection) (int64, error) {
	return tx.insert(`INSERT INTO deadline_corrections (assignment_id, person_id, was, due, of_first, reason, document, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		c.AssignmentID, refValue(c.PersonID), c.Was.String(), c.Due.String(), yesValue(c.OfFirst), c.Reason, c.Document, c.At.UnixMilli())
}
