package tasks

import (
	"context"
	"slices"
)

// undoable are the steps of a review that can be taken back: what each changed stands in its audit row.
var undoable = []string{
	"document.draft_changed", "document.draft_checked", "document.draft_removed", "document.draft_restored", "document.draft_merged",
	"document.draft_split", "document.columns_set", "document.draft_taken",
}

// wholly are those of which a half would be worse than none: two drafts hang together.
var wholly = []string{"document.draft_merged", "document.draft_split"}

// Undoable tells whether Undo may take the step back.
func (e AuditEntry) Undoable() bool { return slices.Contains(undoable, e.Action) }

// LastOwn is the newest step of the person among those of the review, when it can be taken back.
func (r Review) LastOwn(person int64) (AuditEntry, bool) {
	for _, e := range r.Steps {
		if e.ActorID == person {
			return e, e.Undoable()
		}
	}
	return AuditEntry{}, false
}

// Undo takes back one step of the review: the drafts that it changed become what they were before it, and are listed. Those that were
// changed again since stay as they are and are counted in left; when that is all of them, or the step cannot be taken back by halves, the
// answer is ErrConflict and nothing is changed.
func (s *Documents) Undo(ctx context.Context, actor Person, documentID, stepID int64) (undone []int64, left int, err error) {
	err = s.change(ctx, actor, documentID, 0, "document.undone", nil, func(tx DocumentTx, _ *Document) (any, any, error) {
		undone, left = nil, 0
		e, err := tx.AuditEntry(stepID)
		if err != nil {
			return nil, nil, err
		}
		if e.Subject != (Subject{SubjectDocument, documentID}) || !e.Undoable() {
			return nil, nil, ErrNotFound
		}
		before, err := readStep(e.Before)
		if err != nil {
			return nil, nil, err
		}
		after, err := readStep(e.After)
		if err != nil {
			return nil, nil, err
		}
		var was, is []draftRecord
		for _, r := range before.list() {
			d, err := unchangedSince(tx, documentID, after.list(), r.ID)
			if CodeOf(err) == CodeConflict || CodeOf(err) == CodeNotFound {
				left++
				continue
			}
			if err != nil {
				return nil, nil, err
			}
			was = append(was, recordOf(d))
			if err := r.restore(&d); err != nil {
				return nil, nil, err
			}
			if err := tx.UpdateDraft(d); err != nil {
				return nil, nil, err
			}
			d.Version++
			is = append(is, recordOf(d))
			undone = append(undone, d.ID)
		}
		if len(undone) == 0 || left > 0 && slices.Contains(wholly, e.Action) {
			return nil, nil, ErrConflict
		}
		for _, r := range after.Added {
			if err := tx.DeleteDraft(r.ID, r.Version); err != nil {
				return nil, nil, err
			}
		}
		return draftsRecord{Drafts: was, Added: after.Added}, draftsRecord{Drafts: is}, nil
	})
	return undone, left, err
}

// unchangedSince is the draft, when it is still as the step left it.
func unchangedSince(tx DocumentTx, documentID int64, after []draftRecord, id int64) (Draft, error) {
	i := slices.IndexFunc(after, func(r draftRecord) bool { return r.ID == id })
	if i < 0 {
		return Draft{}, ErrConflict
	}
	d, err := tx.Draft(id)
	if err != nil {
		return Draft{}, err
	}
	if d.DocumentID != documentID || d.Version != after[i].Version {
		return Draft{}, ErrConflict
	}
	return d, nil
}
