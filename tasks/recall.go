package tasks

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// recallable tells whether "Thu hồi" is still possible: no mail of the issue has gone, nobody has reported, asked for a later deadline or
// corrected one, and no work was carried on from an earlier document or into a later one.
func recallable(tx DocumentReader, d Document, assignments []Assignment) (bool, error) {
	// What was taken over begins in any state: it is as it was as long as it has its first version. What was assigned later somebody
	// added, unless it is a period of a duty that comes again.
	touched := func(a Assignment) bool { return a.Version > 1 || a.SeriesID == 0 && a.AssignedAt.After(d.IssuedAt) }
	if d.State != DocumentIssued || slices.ContainsFunc(assignments, touched) {
		return false, nil
	}
	if bound, err := tied(tx, d); err != nil || bound {
		return false, err
	}
	sent, err := tx.IssueMailSent(d.ID)
	return !sent, err
}

// Recall makes an issued document a draft again, as long as none of its mails has gone and nothing was done to its assignments: these,
// notices and mails are deleted, the audit stays.
func (s *Documents) Recall(ctx context.Context, actor Person, id, version int64) error {
	err := s.Store.Update(ctx, func(tx DocumentTx) error {
		d, err := manageable(tx, actor, id, DocumentIssued)
		if err != nil {
			return err
		}
		if version != 0 && d.Version != version {
			return ErrConflict
		}
		bound, err := tied(tx, d)
		if err != nil {
			return err
		}
		if bound {
			return E(CodeConflict, "document.recall_revision")
		}
		assignments, err := tx.DocumentAssignments(id)
		if err != nil {
			return err
		}
		ok, err := recallable(tx, d, assignments)
		if err != nil {
			return err
		}
		if !ok {
			return E(CodeConflict, "document.recall_too_late")
		}
		if err := tx.DeleteIssue(id); errors.Is(err, ErrConflict) {
			return &Error{Code: CodeConflict, Key: "document.recall_too_late", Err: err}
		} else if err != nil {
			return err
		}
		now := s.Now()
		d.State, d.IssuedBy, d.IssuedAt = DocumentDraft, 0, time.Time{}
		if err := tx.UpdateDocument(d); err != nil {
			return err
		}
		_, err = tx.Audit(entry(now, actor, "document.recalled", Subject{SubjectDocument, id}).
			with(map[string]int{"assignments": len(assignments)}, nil))
		return err
	})
	if err != nil {
		return fmt.Errorf("recall document %d: %w", id, err)
	}
	return nil
}
