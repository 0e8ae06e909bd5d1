package store

import (
	"database/sql"
	"encoding/json"
	"fmt"

	"tiendo/tasks"
)

// taken is the column of what a tracker told of a draft; "" is nothing.
type taken struct{ to **tasks.TakenOver }

func (c taken) Scan(v any) error {
	var s sql.NullString
	if err := s.Scan(v); err != nil {
		return err
	}
	*c.to = nil
	if s.String == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(s.String), c.to); err != nil {
		return fmt.Errorf("read what a tracker told: %w", err)
	}
	return nil
}

func takenValue(t *tasks.TakenOver) (string, error) {
	if t == nil {
		return "", nil
	}
	b, err := json.Marshal(t)
	return string(b), err
}

// Takeover implements tasks.TakeoverReader.
func (tx *Tx) Takeover(id int64) (tasks.Takeover, error) {
	return one(tx, func(r scanner) (t tasks.Takeover, err error) {
		err = r.Scan(&t.ID, &t.Name, &t.Hash, list[tasks.LeftRow]{&t.Left}, ref{&t.CreatedBy}, instant{&t.CreatedAt})
		return t, err
	}, "SELECT id, name, hash, rows_left, created_by, created_at FROM takeovers WHERE id = $1", id)
}

// TakeoverOf implements tasks.TakeoverReader.
func (tx *Tx) TakeoverOf(documentID int64) (int64, error) {
	ids, err := all(tx, readID, "SELECT takeover_id FROM takeover_documents WHERE document_id = $1", documentID)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	return ids[0], nil
}

// TakeoverDocuments implements tasks.TakeoverReader.
func (tx *Tx) TakeoverDocuments(id int64) ([]tasks.Document, error) {
	return all(tx, readDocument, "SELECT "+documentColumns+" FROM documents d JOIN takeover_documents t ON t.document_id = d.id WHERE t.takeover_id = $1 ORDER BY d.id"+
		tx.lock, id)
}

// TakeoverDrafts implements tasks.TakeoverReader.
func (tx *Tx) TakeoverDrafts(id int64) ([]tasks.Draft, error) {
	return all(tx, readDraft, "SELECT id, version, "+draftColumns+` FROM drafts WHERE removed = 0
		AND document_id IN (SELECT document_id FROM takeover_documents WHERE takeover_id = $1) ORDER BY document_id, position, id`, id)
}

// InsertTakeover implements tasks.TakeoverWriter.
func (tx *Tx) InsertTakeover(t tasks.Takeover) (int64, error) {
	left, err := listValue(t.Left)
	if err != nil {
		return 0, err
	}
	return tx.insert("INSERT INTO takeovers (name, hash, rows_left, created_by, created_at) VALUES ($1, $2, $3, $4, $5)",
		t.Name, t.Hash, left, refValue(t.CreatedBy), t.CreatedAt.UnixMilli())
}

// InsertTakeoverDocument implements tasks.TakeoverWriter.
func (tx *Tx) InsertTakeoverDocument(takeoverID, documentID int64) error {
	return tx.exec("INSERT INTO takeover_documents (takeover_id, document_id) VALUES ($1, $2)", takeoverID, documentID)
}
