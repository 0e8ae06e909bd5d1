package store

import (
	"database/sql"
	"encoding/json"

	"tiendo/tasks"
)

// RevisedBy implements tasks.DocumentReader.
func (tx *Tx) RevisedBy(documentID int64) ([]tasks.Document, error) {
	return all(tx, readDocument, "SELECT "+documentColumns+" FROM documents d WHERE d.revises_id = $1 AND d.state <> $2 ORDER BY d.id",
		documentID, string(tasks.DocumentDraft))
}

// MoveAssignment implements tasks.DocumentTx.
func (tx *Tx) MoveAssignment(a tasks.Assignment) error {
	tx.held = tasks.Assignment{}
	err := tx.versioned("assignments", a.ID, `UPDATE assignments SET task_id = $1, document_id = $2, first_due = $3, due = $4, due_version = $5,
		due_set_on = $6, cadence = $7, version = version + 1 WHERE id = $8 AND version = $9`,
		a.TaskID, a.DocumentID, dayValue(a.FirstDue), dayValue(a.Due), a.DueVersion, dayValue(a.DueSetOn), a.Cadence, a.ID, a.Version)
	if err != nil {
		return err
	}
	if err := tx.exec("DELETE FROM assignment_agencies WHERE assignment_id = $1", a.ID); err != nil {
		return err
	}
	if err := tx.insertParts(a); err != nil {
		return err
	}
	return tx.indexAssignment(a.ID, a.TaskID)
}

// DropNotices implements tasks.DocumentTx.
func (tx *Tx) DropNotices(assignmentID int64) error {
	return tx.exec("UPDATE notices SET state = $1 WHERE state = $2 AND (subject_kind = 'assignment' AND subject_id = $3 OR "+
		"subject_kind = 'cadence' AND subject_id IN (SELECT id FROM cadence_notes WHERE assignment_id = $3))", noticeDropped, noticeOpen, assignmentID)
}

// choices is the column of what was decided about the duties of an earlier document; "" is nothing.
type choices struct{ to *[]tasks.DutyChoice }

func (c choices) Scan(v any) error {
	var s sql.NullString
	if err := s.Scan(v); err != nil {
		return err
	}
	*c.to = nil
	if s.String == "" {
		return nil
	}
	return json.Unmarshal([]byte(s.String), c.to)
}

func choicesValue(list []tasks.DutyChoice) (string, error) {
	if len(list) == 0 {
		return "", nil
	}
	b, err := json.Marshal(list)
	return string(b), err
}
