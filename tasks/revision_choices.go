package tasks

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// RevisionView is a draft document's duties beside those of the document that it revises.
type RevisionView struct {
	Document Document
	Earlier  Document // zero when it revises none
	// Amendments are those of Earlier, and what has taken their place: what they took over of it stands among the rows.
	Amendments []Document
	Rows       []RevisionRow
	Drafts     []Draft // in order
	Plan       RevisionPlan
	Agencies   map[int64]Agency
}

// Revision reads which document a draft revises, and what becomes of each duty of that.
func (s *Documents) Revision(ctx context.Context, actor Person, id int64) (RevisionView, error) {
	var v RevisionView
	err := s.Store.View(ctx, func(tx DocumentReader) (err error) {
		if v.Document, err = manageable(tx, actor, id, DocumentDraft); err != nil {
			return err
		}
		if v.Drafts, err = tx.Drafts(id); err != nil {
			return err
		}
		if v.Agencies, err = agencyMap(tx); err != nil {
			return err
		}
		if v.Document.Revises.DocumentID == 0 {
			return nil
		}
		if v.Earlier, err = tx.Document(v.Document.Revises.DocumentID); err != nil {
			return err
		}
		v.Rows, v.Amendments, err = revised(tx, v.Document, v.Drafts)
		v.Plan = planRevision(v.Rows)
		return err
	})
	if err != nil {
		return RevisionView{}, fmt.Errorf("revision by document %d: %w", id, err)
	}
	return v, nil
}

// revised reads the duties of the document that d, a draft, revises and puts them beside the drafts; none when it revises none. Those that
// amendments of it took over are among them.
func revised(tx DocumentReader, d Document, drafts []Draft) (rows []RevisionRow, amendments []Document, err error) {
	if d.Revises.DocumentID == 0 {
		return nil, nil, nil
	}
	old, err := dutiesNow(tx, d.Revises.DocumentID)
	if err != nil {
		return nil, nil, err
	}
	return reviseRows(d.Revises, old.tasks, old.assignments, drafts), old.amendments, nil
}

// findRevised finds the issued document that was named. One of which more than one could be meant is none: a person chooses.
func findRevised(tx DocumentReader, named []NamedRevision) (Revises, error) {
	for _, n := range named {
		found, err := tx.DocumentsByNumber(n.Number)
		if err != nil {
			return Revises{}, err
		}
		found = slices.DeleteFunc(found, func(d Document) bool {
			return d.State != DocumentIssued || !n.Date.IsZero() && !d.Date.IsZero() && n.Date != d.Date
		})
		if len(found) == 1 {
			return Revises{DocumentID: found[0].ID, Kind: n.Kind}, nil
		}
	}
	return Revises{}, nil
}

// revisesRecord is an audit row's.
type revisesRecord struct {
	Number string       `json:"number"`
	Kind   RevisionKind `json:"kind"`
}

// SetRevises says by its number which issued document a draft revises; "" says that it revises none. What was decided about the duties
// of another document falls away.
func (s *Documents) SetRevises(ctx context.Context, actor Person, id, version int64, number string, kind RevisionKind) error {
	var f fields
	number = f.line("number", number, false, MaxDocumentNumber)
	if number != "" && !slices.Contains(RevisionKinds, kind) {
		f.add("kind", "field.required")
	}
	return s.change(ctx, actor, id, version, "document.revises", f.err(), func(tx DocumentTx, d *Document) (any, any, error) {
		before := revisesRecord{Kind: d.Revises.Kind}
		if d.Revises.DocumentID != 0 {
			old, err := tx.Document(d.Revises.DocumentID)
			if err != nil {
				return nil, nil, err
			}
			before.Number = old.Number
		}
		if number == "" {
			d.Revises = Revises{}
			return before, revisesRecord{}, nil
		}
		if tracker, err := tx.TakeoverOf(id); err != nil || tracker != 0 {
			if err == nil {
				err = Invalid(FieldError{Field: "number", Key: "revision.from_tracker"})
			}
			return nil, nil, err
		}
		found, err := tx.DocumentsByNumber(number)
		if err != nil {
			return nil, nil, err
		}
		i := slices.IndexFunc(found, func(o Document) bool { return o.ID != id && o.State == DocumentIssued })
		if i < 0 {
			return nil, nil, Invalid(FieldError{Field: "number", Key: "revision.unknown_number", Args: []string{number}})
		}
		choices := d.Revises.Choices
		if found[i].ID != d.Revises.DocumentID {
			choices = nil
		}
		d.Revises = Revises{DocumentID: found[i].ID, Kind: kind, Choices: choices}
		return before, revisesRecord{Number: found[i].Number, Kind: kind}, nil
	})
}

// ChooseFates stores what becomes of the earlier document's duties. A choice that cannot be is refused in the field "fate-TASK".
func (s *Documents) ChooseFates(ctx context.Context, actor Person, id, version int64, choices []DutyChoice) error {
	return s.change(ctx, actor, id, version, "document.fates_chosen", nil, func(tx DocumentTx, d *Document) (any, any, error) {
		drafts, err := tx.Drafts(id)
		if err != nil {
			return nil, nil, err
		}
		rows, _, err := revised(tx, *d, drafts)
		if err != nil {
			return nil, nil, err
		}
		if err := checkChoices(d.Revises.Kind, rows, drafts, choices); err != nil {
			return nil, nil, err
		}
		before := map[string]any{"choices": d.Revises.Choices}
		d.Revises.Choices = choices
		return before, map[string]any{"choices": choices}, nil
	})
}

func checkChoices(kind RevisionKind, rows []RevisionRow, drafts []Draft, choices []DutyChoice) error {
	var f fields
	used := make(map[int64]bool)
	seen := make(map[int64]bool)
	for _, c := range choices {
		name := "fate-" + strconv.FormatInt(c.TaskID, 10)
		i := slices.IndexFunc(rows, func(r RevisionRow) bool { return r.Old != nil && r.Old.ID == c.TaskID })
		switch {
		case i < 0 || seen[c.TaskID]:
			return ErrConflict
		case !slices.Contains(rows[i].Fates(kind), c.Fate):
			f.add(name, "field.required")
		case c.Fate != FateGoesOn:
		case !slices.ContainsFunc(drafts, func(d Draft) bool { return d.ID == c.DraftID }):
			f.add(name, "revision.no_duty")
		case used[c.DraftID]:
			f.add(name, "revision.twice")
		default:
			used[c.DraftID] = true
		}
		seen[c.TaskID] = true
	}
	return f.err()
}

// reviseProblems lists what stands in the way of issuing a document that revises another.
func reviseProblems(tx DocumentReader, d Document, p RevisionPlan) ([]Problem, error) {
	if d.Revises.DocumentID == 0 {
		return nil, nil
	}
	old, err := tx.Document(d.Revises.DocumentID)
	if err != nil {
		return nil, err
	}
	if old.State != DocumentIssued {
		return []Problem{{Key: "issue.revision_gone", Args: []string{strings.TrimSpace(old.Number)}}}, nil
	}
	if by, over, err := overtaken(tx, old.ID); err != nil || over {
		return []Problem{{Key: "issue.revision_over", Args: []string{strings.TrimSpace(old.Number), strings.TrimSpace(by.Number)}}}, err
	}
	if p.Doubtful > 0 {
		return []Problem{{Key: "issue.revision_doubt", Args: []string{strconv.Itoa(p.Doubtful)}}}, nil
	}
	return nil, nil
}
