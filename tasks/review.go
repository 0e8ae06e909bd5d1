package tasks

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// Review is what the review screen shows of a draft document.
type Review struct {
	Document  Document
	Files     []DocumentFile // with their blocks
	Drafts    []Draft
	Agencies  []Agency
	Groups    []Group
	SameAs    []Document // others of the same number: a warning, not a refusal
	Plan      IssuePlan
	Directory *directory.Directory
}

// Review reads a draft document for its review.
func (s *Documents) Review(ctx context.Context, actor Person, id int64) (Review, error) {
	var r Review
	err := s.Store.View(ctx, func(tx DocumentReader) (err error) {
		if r.Document, err = manageable(tx, actor, id, DocumentDraft); err != nil {
			return err
		}
		if r.Files, err = tx.DocumentFiles(id, true); err != nil {
			return err
		}
		if r.Drafts, err = tx.Drafts(id); err != nil {
			return err
		}
		if r.Agencies, err = tx.Agencies(); err != nil {
			return err
		}
		if r.Directory, r.Groups, err = loadDirectory(tx); err != nil {
			return err
		}
		if r.SameAs, err = sameNumber(tx, r.Document); err != nil {
			return err
		}
		r.Plan, err = s.plan(tx, r.Document, r.Drafts)
		return err
	})
	if err != nil {
		return Review{}, fmt.Errorf("review document %d: %w", id, err)
	}
	return r, nil
}

func sameNumber(tx DocumentReader, d Document) ([]Document, error) {
	if d.Number == "" {
		return nil, nil
	}
	same, err := tx.DocumentsByNumber(d.Number)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(same, func(o Document) bool { return o.ID == d.ID }), nil
}

// HeadInput is the head as corrected at review, with the defaults for duties that name no time.
type HeadInput struct {
	Head
	DefaultDue calendar.Date
	Cadence    string
	Version    int64
}

// UpdateHead corrects the head of a draft document.
func (s *Documents) UpdateHead(ctx context.Context, actor Person, id int64, in HeadInput) error {
	var f fields
	in.Head = f.head(in.Head, true)
	in.Cadence = f.rule("cadence", in.Cadence)
	if in.Cadence == "" && in.DefaultDue.IsZero() {
		f.add("cadence", "document.no_default")
	}
	return s.change(ctx, actor, id, in.Version, "document.head", f.err(), func(tx DocumentTx, d *Document) (any, any, error) {
		before := headValues(*d)
		d.Head, d.DefaultDue, d.Cadence = in.Head, in.DefaultDue, in.Cadence
		return before, headValues(*d), nil
	})
}

func headValues(d Document) map[string]string {
	return map[string]string{
		"kind": string(d.Kind), "number": d.Number, "date": d.Date.String(), "issuer": d.Issuer, "title": d.Title,
		"year": strconv.Itoa(d.Year), "default_due": d.DefaultDue.String(), "cadence": d.Cadence,
	}
}

// change runs one change of a draft document: it loads it, compares the version, applies fn, saves with an audit row. invalid is
// what the form already got wrong; it comes after authorisation, so that nothing is told to those who may not ask.
func (s *Documents) change(ctx context.Context, actor Person, id, version int64, action string, invalid error,
	fn func(tx DocumentTx, d *Document) (before, after any, err error),
) error {
	err := s.Store.Update(ctx, func(tx DocumentTx) error {
		d, err := manageable(tx, actor, id, DocumentDraft)
		if err != nil {
			return err
		}
		if invalid != nil {
			return invalid
		}
		if version != 0 && d.Version != version {
			return ErrConflict
		}
		before, after, err := fn(tx, &d)
		if err != nil {
			return err
		}
		if err := tx.UpdateDocument(d); err != nil {
			return err
		}
		_, err = tx.Audit(entry(s.Now(), actor, action, Subject{SubjectDocument, id}).with(before, after))
		return err
	})
	if err != nil {
		return fmt.Errorf("%s of %d: %w", action, id, err)
	}
	return nil
}

// Discard deletes a draft document with its drafts; its audit rows stay.
func (s *Documents) Discard(ctx context.Context, actor Person, id, version int64) error {
	err := s.Store.Update(ctx, func(tx DocumentTx) error {
		d, err := manageable(tx, actor, id, DocumentDraft)
		if err != nil {
			return err
		}
		if version != 0 && d.Version != version {
			return ErrConflict
		}
		if err := tx.DeleteDocument(id, d.Version); err != nil {
			return err
		}
		_, err = tx.Audit(entry(s.Now(), actor, "document.discarded", Subject{SubjectDocument, id}).with(headValues(d), nil))
		return err
	})
	if err != nil {
		return fmt.Errorf("discard document %d: %w", id, err)
	}
	return nil
}
