package store

import (
	"errors"

	"tiendo/tasks"
)

// dutyColumns are those that drafts and tasks share.
const dutyColumns = `document_id, position, ref, section, text, deliverable, criteria, due_phrase, due_kind, due_date, due_time, due_rrule,
	source_file, source_part, source_block, source_row`

const draftColumns = dutyColumns + ", deadline, cadence, leads, joint, cooperating, doubts, checked, removed, taken, unconfirmed_by, opens, restricted"

func readDraft(r scanner) (tasks.Draft, error) {
	var d tasks.Draft
	err := r.Scan(&d.ID, &d.Version, &d.DocumentID, &d.Position, &d.Ref, &d.Section, &d.Text, &d.Deliverable, list[string]{&d.Criteria},
		&d.Written.Phrase, &d.Written.Kind, day{&d.Written.Date}, &d.Written.Time, &d.Written.RRule,
		&d.Source.File, &d.Source.Part, &d.Source.Block, &d.Source.Row,
		day{&d.Deadline}, &d.Cadence, list[tasks.Party]{&d.Leads}, yes{&d.Joint}, list[tasks.Party]{&d.Cooperating},
		list[tasks.Doubt]{&d.Doubts}, yes{&d.Checked}, yes{&d.Removed}, taken{&d.Taken}, ref{&d.UnconfirmedBy}, &d.Opens, yes{&d.Restricted})
	return d, err
}

// draftValues are the values of draftColumns.
func draftValues(d tasks.Draft) ([]any, error) {
	criteria, err1 := listValue(d.Criteria)
	leads, err2 := listValue(d.Leads)
	cooperating, err3 := listValue(d.Cooperating)
	doubts, err4 := listValue(d.Doubts)
	tracked, err5 := takenValue(d.Taken)
	return []any{d.DocumentID, d.Position, d.Ref, d.Section, d.Text, d.Deliverable, criteria,
		d.Written.Phrase, string(d.Written.Kind), dayValue(d.Written.Date), d.Written.Time, d.Written.RRule,
		d.Source.File, d.Source.Part, d.Source.Block, d.Source.Row,
		dayValue(d.Deadline), d.Cadence, leads, yesValue(d.Joint), cooperating, doubts, yesValue(d.Checked), yesValue(d.Removed), tracked, refValue(d.UnconfirmedBy), d.Opens, yesValue(d.Restricted)}, errors.Join(err1, err2, err3, err4, err5)
}

// Drafts implements tasks.DocumentReader.
func (tx *Tx) Drafts(documentID int64) ([]tasks.Draft, error) {
	return tx.draftsOf(documentID, false)
}

// RemovedDrafts implements tasks.DocumentReader.
func (tx *Tx) RemovedDrafts(documentID int64) ([]tasks.Draft, error) {
	return tx.draftsOf(documentID, true)
}

func (tx *Tx) draftsOf(documentID int64, removed bool) ([]tasks.Draft, error) {
	return all(tx, readDraft, "SELECT id, version, "+draftColumns+" FROM drafts WHERE document_id = $1 AND removed = $2 ORDER BY position, id",
		documentID, yesValue(removed))
}

// Draft implements tasks.DocumentReader.
func (tx *Tx) Draft(id int64) (tasks.Draft, error) {
	return one(tx, readDraft, "SELECT id, version, "+draftColumns+" FROM drafts WHERE id = $1", id)
}

// InsertDraft implements tasks.DocumentTx.
func (tx *Tx) InsertDraft(d tasks.Draft) (int64, error) {
	values, err := draftValues(d)
	if err != nil {
		return 0, err
	}
	var w where
	return tx.insert("INSERT INTO drafts ("+draftColumns+", version) VALUES "+row(&w, append(values, 1)), w.args...)
}

// UpdateDraft implements tasks.DocumentTx; the draft stays with its document.
func (tx *Tx) UpdateDraft(d tasks.Draft) error {
	values, err := draftValues(d)
	if err != nil {
		return err
	}
	if err := tx.markItems(d.ID, d.Restricted); err != nil {
		return err
	}
	return tx.versioned("drafts", d.ID, `UPDATE drafts SET position = $2, ref = $3, section = $4, text = $5, deliverable = $6, criteria = $7,
		due_phrase = $8, due_kind = $9, due_date = $10, due_time = $11, due_rrule = $12,
		source_file = $13, source_part = $14, source_block = $15, source_row = $16,
		deadline = $17, cadence = $18, leads = $19, joint = $20, cooperating = $21, doubts = $22, checked = $23, removed = $24,
		taken = $25, unconfirmed_by = $26, opens = $27, restricted = $28, version = version + 1 WHERE document_id = $1 AND id = $29 AND version = $30`, append(values, d.ID, d.Version)...)
}

// DeleteDraft implements tasks.DocumentTx.
func (tx *Tx) DeleteDraft(id, version int64) error {
	return tx.versioned("drafts", id, "DELETE FROM drafts WHERE id = $1 AND version = $2", id, version)
}

// ShiftDrafts implements tasks.DocumentTx.
func (tx *Tx) ShiftDrafts(documentID int64, after int) error {
	return tx.exec("UPDATE drafts SET position = position + 1 WHERE document_id = $1 AND position > $2", documentID, after)
}
