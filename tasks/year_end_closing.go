package tasks

import (
	"context"
	"fmt"
	"strconv"
)

// CloseDocument ends a document of which nothing is left open: its cadences end with it. What was carried over goes on.
func (s *Assignments) CloseDocument(ctx context.Context, actor Person, documentID, version int64) error {
	v, err := s.YearEnd(ctx, actor, documentID)
	if err != nil {
		return err
	}
	err = s.Store.Update(ctx, func(tx AssignmentTx) error {
		doc, assignments, err := s.ofYearEnd(tx, actor, documentID)
		if err != nil {
			return err
		}
		if version != 0 && doc.Version != version {
			return ErrConflict
		}
		if doc.State != DocumentIssued {
			return E(CodeConflict, "document.not_issued")
		}
		carried, err := tx.CarriedOver(documentID)
		if err != nil {
			return err
		}
		open := 0
		for _, a := range assignments {
			if !a.ended() && !(carried[a.ID] && goesOn(a, s.Rules.Day(s.Now()))) {
				open++
			}
		}
		if open > 0 {
			return E(CodeConflict, "year_end.left_open", strconv.Itoa(open))
		}
		return s.setDocument(tx, actor, doc, DocumentClosed, "document.closed", map[string]any{
			"completed": v.Completed, "cancelled": v.Cancelled, "carried": len(v.Rows),
		})
	})
	if err != nil {
		return fmt.Errorf("close document %d: %w", documentID, err)
	}
	return nil
}

// ReopenDocument undoes the closing of a document, with a reason.
func (s *Assignments) ReopenDocument(ctx context.Context, actor Person, documentID, version int64, reason string) error {
	reason, invalid := checkReason(reason)
	err := s.Store.Update(ctx, func(tx AssignmentTx) error {
		doc, _, err := s.ofYearEnd(tx, actor, documentID)
		if err != nil {
			return err
		}
		if invalid != nil {
			return invalid
		}
		if version != 0 && doc.Version != version {
			return ErrConflict
		}
		if doc.State != DocumentClosed {
			return E(CodeConflict, "document.not_closed")
		}
		if err := s.resumeSeries(tx, doc.ID); err != nil {
			return err
		}
		return s.setDocument(tx, actor, doc, DocumentIssued, "document.reopened", map[string]any{"reason": reason})
	})
	if err != nil {
		return fmt.Errorf("reopen document %d: %w", documentID, err)
	}
	return nil
}

func (s *Assignments) setDocument(tx AssignmentTx, actor Person, d Document, to DocumentState, action string, after map[string]any) error {
	before := map[string]any{"state": d.State}
	d.State, after["state"] = to, to
	if err := tx.UpdateDocument(d); err != nil {
		return err
	}
	_, err := tx.Audit(entry(s.Now(), actor, action, Subject{SubjectDocument, d.ID}).with(before, after))
	return err
}

// ClosableDocuments lists the documents of years that have ended, and from December those of this year, of which every duty has ended: at most
// limit, the oldest first.
func (s *Assignments) ClosableDocuments(ctx context.Context, actor Person, limit int) ([]DocumentName, error) {
	if err := may(actor, ActionDocumentManage); err != nil {
		return nil, err
	}
	today := s.Rules.Day(s.Now())
	year := today.Year - 1
	if today.Month == 12 {
		year = today.Year
	}
	var list []DocumentName
	err := s.Store.View(ctx, func(tx AssignmentReader) (err error) {
		list, err = tx.ClosableDocuments(year, limit)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("documents that can be closed: %w", err)
	}
	return list, nil
}
