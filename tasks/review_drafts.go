package tasks

import (
	"context"
	"fmt"
	"slices"

	"tiendo/tasks/calendar"
)

// DraftInput is a draft as the reviewer corrected it.
type DraftInput struct {
	Ref         string
	Text        string
	Deliverable string
	Phrase      string // the deadline's words
	Deadline    calendar.Date
	Cadence     string
	Leads       []Party
	Joint       bool
	Cooperating []Party
	Checked     bool
	// Unconfirmed: the duty needs no confirmation.
	Unconfirmed bool
	// Opens: each period is an assignment of its own, opened so many working days ahead; 0: one assignment.
	Opens int
	// Restricted: the duty's words are for those who will have a part in it.
	Restricted bool
	Version    int64
}

func (in DraftInput) check() (DraftInput, error) {
	var f fields
	in.Ref = f.line("ref", in.Ref, false, 50)
	in.Text = f.text("text", in.Text, true, MaxDutyText)
	in.Deliverable = f.text("deliverable", in.Deliverable, false, 1000)
	in.Phrase = f.line("phrase", in.Phrase, false, 500)
	in.Cadence = f.rule("cadence", in.Cadence)
	if in.Cadence != "" && !in.Deadline.IsZero() {
		f.add("cadence", "draft.deadline_or_cadence")
	}
	f.opens(in.Opens, in.Cadence, in.Deadline)
	in.Leads, in.Cooperating = f.parties("lead", in.Leads), f.parties("cooperating", in.Cooperating)
	return in, f.err()
}

// parties cleans the parties of a draft: each is an agency, a group with the members that were ticked, or a name still unknown.
func (f *fields) parties(name string, parties []Party) []Party {
	parties = slices.Clone(parties)
	for i := range parties {
		p := &parties[i]
		p.Written = f.line(name, p.Written, false, MaxWrittenName)
		if p.AgencyID != 0 && p.GroupID != 0 || len(p.Members) > 0 && p.GroupID == 0 {
			f.add(name, "party.choose")
		}
	}
	return parties
}

func (in DraftInput) apply(actor Person, d Draft) Draft {
	switch {
	case !in.Unconfirmed:
		d.UnconfirmedBy = 0
	case d.UnconfirmedBy == 0:
		d.UnconfirmedBy = actor.ID
	}
	d.Ref, d.Text, d.Deliverable, d.Written.Phrase = in.Ref, in.Text, in.Deliverable, in.Phrase
	d.Deadline, d.Cadence, d.Opens = in.Deadline, in.Cadence, in.Opens
	d.Leads, d.Joint, d.Cooperating = in.Leads, in.Joint, in.Cooperating
	d.Checked, d.Restricted = in.Checked, in.Restricted
	return d
}

// checkParties refuses agencies and groups that do not exist. A name that is still unknown may stay: it blocks issue, not saving.
func checkParties(tx DirectoryReader, parties ...[]Party) error {
	agencies, err := agencyMap(tx)
	if err != nil {
		return err
	}
	groups, err := tx.Groups()
	if err != nil {
		return err
	}
	for _, list := range parties {
		for _, p := range list {
			for _, id := range p.Agencies() {
				if _, ok := agencies[id]; !ok {
					return Invalid(FieldError{Field: "lead", Key: "party.unknown_agency"})
				}
			}
			if p.GroupID != 0 && !slices.ContainsFunc(groups, func(g Group) bool { return g.ID == p.GroupID }) {
				return Invalid(FieldError{Field: "lead", Key: "party.unknown_group"})
			}
		}
	}
	return nil
}

// AddDraft adds a duty that the reader missed, after the draft at the position given (0: before the first).
func (s *Documents) AddDraft(ctx context.Context, actor Person, documentID int64, after int, in DraftInput) (int64, error) {
	in, invalid := in.check()
	var id int64
	err := s.change(ctx, actor, documentID, 0, "document.draft_added", invalid, func(tx DocumentTx, _ *Document) (any, any, error) {
		if err := checkParties(tx, in.Leads, in.Cooperating); err != nil {
			return nil, nil, err
		}
		drafts, err := tx.Drafts(documentID)
		if err != nil {
			return nil, nil, err
		}
		removed, err := tx.RemovedDrafts(documentID)
		if err != nil {
			return nil, nil, err
		}
		d := in.apply(actor, Draft{DocumentID: documentID})
		for _, o := range append(drafts, removed...) {
			if o.Position <= after && o.Position >= d.Position {
				d.Position, d.Source, d.Section = o.Position, o.Source, o.Section
			}
		}
		if err := tx.ShiftDrafts(documentID, d.Position); err != nil {
			return nil, nil, err
		}
		d.Position++
		if id, err = tx.InsertDraft(d); err != nil {
			return nil, nil, err
		}
		d.ID, d.Version = id, 1
		return nil, recordOf(d), nil
	})
	return id, err
}

// UpdateDraft corrects one draft.
func (s *Documents) UpdateDraft(ctx context.Context, actor Person, documentID, draftID int64, in DraftInput) error {
	in, invalid := in.check()
	return s.draft(ctx, actor, documentID, draftID, in.Version, "document.draft_changed", invalid, func(tx DocumentTx, d *Draft) error {
		if err := checkParties(tx, in.Leads, in.Cooperating); err != nil {
			return err
		}
		*d = in.apply(actor, *d)
		return nil
	})
}

// CheckDraft records that a person has accepted a draft as it stands, or takes that back.
func (s *Documents) CheckDraft(ctx context.Context, actor Person, documentID, draftID, version int64, checked bool) error {
	return s.draft(ctx, actor, documentID, draftID, version, "document.draft_checked", nil, func(_ DocumentTx, d *Draft) error {
		d.Checked = checked
		return nil
	})
}

// draft runs one change of one draft that has not been removed.
func (s *Documents) draft(ctx context.Context, actor Person, documentID, draftID, version int64, action string, invalid error,
	fn func(tx DocumentTx, d *Draft) error,
) error {
	return s.oneDraft(ctx, actor, documentID, draftID, version, action, invalid, func(tx DocumentTx, d *Draft) error {
		if d.Removed {
			return ErrNotFound
		}
		return fn(tx, d)
	})
}

// oneDraft runs one change of one draft. Two people may review different drafts at the same time: only the draft's version is compared.
func (s *Documents) oneDraft(ctx context.Context, actor Person, documentID, draftID, version int64, action string, invalid error,
	fn func(tx DocumentTx, d *Draft) error,
) error {
	err := s.Store.Update(ctx, func(tx DocumentTx) error {
		if _, err := manageable(tx, actor, documentID, DocumentDraft); err != nil {
			return err
		}
		d, err := tx.Draft(draftID)
		if err != nil {
			return err
		}
		if d.DocumentID != documentID {
			return ErrNotFound
		}
		if invalid != nil {
			return invalid
		}
		if version != 0 && d.Version != version {
			return ErrConflict
		}
		before := recordOf(d)
		if err := fn(tx, &d); err != nil {
			return err
		}
		if err := tx.UpdateDraft(d); err != nil {
			return err
		}
		d.Version++
		_, err = tx.Audit(entry(s.Now(), actor, action, Subject{SubjectDocument, documentID}).with(before, recordOf(d)))
		return err
	})
	if err != nil {
		return fmt.Errorf("%s %d: %w", action, draftID, err)
	}
	return nil
}

// RemoveDraft says that a draft is no duty. It stays, to be brought back, and is not issued.
func (s *Documents) RemoveDraft(ctx context.Context, actor Person, documentID, draftID, version int64) error {
	return s.draft(ctx, actor, documentID, draftID, version, "document.draft_removed", nil, func(_ DocumentTx, d *Draft) error {
		d.Removed = true
		return nil
	})
}

// RestoreDraft brings back a draft that was removed, at its old place, to be looked at again.
func (s *Documents) RestoreDraft(ctx context.Context, actor Person, documentID, draftID, version int64) error {
	return s.oneDraft(ctx, actor, documentID, draftID, version, "document.draft_restored", nil, func(_ DocumentTx, d *Draft) error {
		if !d.Removed {
			return ErrConflict // somebody has brought it back already
		}
		d.Removed, d.Checked = false, false
		return nil
	})
}
