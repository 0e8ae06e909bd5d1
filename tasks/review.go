package tasks

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// Review is what the review screen shows of a draft document.
type Review struct {
	Document  Document
	Files     []DocumentFile // with their blocks
	Drafts    []Draft
	Removed   []Draft // what a person has said is no duty
	Agencies  []Agency
	Groups    []Group
	SameAs    []Document // others of the same number: a warning, not a refusal
	Plan      IssuePlan
	Directory *directory.Directory
	// Steps are the newest changes of the document, the latest first, without what was before and after.
	Steps []AuditEntry
	// Visits are the signs of life of those who have had the review open.
	Visits []Visit
	// Earlier is the document that this one revises; zero when none.
	Earlier Document
	// Consultations are what agencies were asked about it, the newest first.
	Consultations []Consultation
}

// recentSteps is how many changes the review screen knows of.
const recentSteps = 10

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
		if r.Removed, err = tx.RemovedDrafts(id); err != nil {
			return err
		}
		if r.Steps, err = tx.Steps(id, recentSteps); err != nil {
			return err
		}
		if r.Visits, err = tx.Visits(id, time.Time{}); err != nil {
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
		if r.Document.Revises.DocumentID != 0 {
			if r.Earlier, err = tx.Document(r.Document.Revises.DocumentID); err != nil {
				return err
			}
		}
		if r.Consultations, err = tx.DocumentConsultations(id); err != nil {
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

// UpdateHead corrects the head of a draft document. Deadlines that hang on the head and that no person has changed are computed
// anew, in the same transaction; recomputed lists the drafts of those that became others.
func (s *Documents) UpdateHead(ctx context.Context, actor Person, id int64, in HeadInput) (recomputed []int64, err error) {
	var f fields
	in.Head = f.head(in.Head, true)
	in.Cadence = f.rule("cadence", in.Cadence)
	if in.Cadence == "" && in.DefaultDue.IsZero() {
		f.add("cadence", "document.no_default")
	}
	err = s.change(ctx, actor, id, in.Version, "document.head", f.err(), func(tx DocumentTx, d *Document) (any, any, error) {
		recomputed = nil
		before, old := headValues(*d), d.Head
		d.Head, d.DefaultDue, d.Cadence = in.Head, in.DefaultDue, in.Cadence
		after := headValues(*d)
		drafts, err := tx.Drafts(id)
		if err != nil {
			return nil, nil, err
		}
		for _, dr := range drafts {
			anew, changed, moved := s.recompute(dr, old, d.Head)
			if !changed {
				continue
			}
			if err := tx.UpdateDraft(anew); err != nil {
				return nil, nil, err
			}
			before.Drafts = append(before.Drafts, dueRecord(dr))
			anew.Version++
			after.Drafts = append(after.Drafts, dueRecord(anew))
			if moved {
				recomputed = append(recomputed, dr.ID)
			}
		}
		return before, after, nil
	})
	return recomputed, err
}

// headRecord is the head in an audit row, with the drafts whose deadlines were computed anew.
type headRecord struct {
	Kind       DocumentKind  `json:"kind"`
	Number     string        `json:"number"`
	Date       string        `json:"date"`
	Issuer     string        `json:"issuer"`
	Title      string        `json:"title"`
	Year       string        `json:"year"`
	DefaultDue string        `json:"default_due"`
	Cadence    string        `json:"cadence"`
	Drafts     []draftRecord `json:"drafts,omitempty"`
}

func headValues(d Document) headRecord {
	return headRecord{
		Kind: d.Kind, Number: d.Number, Date: d.Date.String(), Issuer: d.Issuer, Title: d.Title, Year: strconv.Itoa(d.Year),
		DefaultDue: d.DefaultDue.String(), Cadence: d.Cadence,
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
		if err := endConsultations(tx, actor, id, ConsultationDiscarded, s.Now()); err != nil {
			return err
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
