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
	if err := tx.withdrawIssued(a.ID); err != nil {
		return err
	}
	err := tx.versioned("assignments", a.ID, `UPDATE assignments SET task_id = $1, document_id = $2, first_due = $3, due = $4, due_version = $5,
		due_set_on = $6, cadence = $7, series_id = $8, period_since = $9, period_due = $10, period_span = $11,
		specialist_id = coalesce(own_specialist_id, (SELECT specialist_id FROM documents WHERE id = $2)),
		leader_id = coalesce(own_leader_id, (SELECT leader_id FROM documents WHERE id = $2)), unconfirmed_by = $14, version = version + 1
		WHERE id = $12 AND version = $13`,
		a.TaskID, a.DocumentID, dayValue(a.FirstDue), dayValue(a.Due), a.DueVersion, dayValue(a.DueSetOn), a.Cadence,
		refValue(a.SeriesID), dayValue(a.Period.Since), dayValue(a.Period.Due), textValue(string(a.Period.Span)), a.ID, a.Version, refValue(a.UnconfirmedBy))
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
