package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"tiendo/tasks"
)

// InsertProposal implements tasks.DocumentTx.
func (tx *Tx) InsertProposal(p tasks.Proposal) error {
	head, err1 := json.Marshal(p.Head)
	drafts, err2 := listValue(p.Drafts)
	if err := errors.Join(err1, err2); err != nil {
		return fmt.Errorf("keep what was read: %w", err)
	}
	return tx.exec("INSERT INTO extractions (document_id, at, head, drafts) VALUES ($1, $2, $3, $4)", p.DocumentID, p.At.UnixMilli(), string(head), drafts)
}

// Proposal implements tasks.DocumentReader.
func (tx *Tx) Proposal(documentID int64) (tasks.Proposal, error) {
	return one(tx, func(r scanner) (tasks.Proposal, error) {
		var p tasks.Proposal
		var head []byte
		if err := r.Scan(&p.DocumentID, instant{&p.At}, &head, list[tasks.ProposedDraft]{&p.Drafts}); err != nil {
			return p, err
		}
		return p, json.Unmarshal(head, &p.Head)
	}, "SELECT document_id, at, head, drafts FROM extractions WHERE document_id = $1", documentID)
}

// Reviewed implements tasks.DocumentReader.
func (tx *Tx) Reviewed(since time.Time) ([]int64, error) {
	var w where
	draft := w.arg(string(tasks.DocumentDraft))
	w.and("(d.state <> " + draft + " OR EXISTS (SELECT 1 FROM drafts r WHERE r.document_id = d.id AND r.removed = 0)" +
		" AND NOT EXISTS (SELECT 1 FROM drafts r WHERE r.document_id = d.id AND r.checked = 0 AND r.removed = 0))")
	w.and("EXISTS (SELECT 1 FROM drafts r WHERE r.document_id = d.id AND r.removed = 0)")
	w.and("EXISTS (SELECT 1 FROM document_files f WHERE f.document_id = d.id)")
	if !since.IsZero() {
		w.and("coalesce(d.issued_at, d.created_at) >= " + w.arg(since.UnixMilli()))
	}
	return all(tx, readID, "SELECT d.id FROM documents d"+w.String()+" ORDER BY d.id", w.args...)
}
