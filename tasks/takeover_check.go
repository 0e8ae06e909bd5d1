package tasks

import (
	"context"
	"fmt"
	"slices"

	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// TakeoverView is a tracker as the page of its check shows it: what was read, and what stands in the way of taking it over.
type TakeoverView struct {
	Takeover  Takeover
	Documents map[int64]Document
	Order     []int64              // of the documents, as the tracker has them
	Drafts    []Draft              // of documents that are still drafts; by document, then in order
	Plans     map[int64]IssuePlan  // of those documents
	Problems  map[int64][]Problem  // by draft
	Same      map[int64][]Document // others of the same number, by document
	Agencies  []Agency
	Groups    []Group
	Directory *directory.Directory
	// Seen stands for the drafts as they are: whoever takes over has agreed to these and to no others.
	Seen string
}

// Assignments is how many assignments taking over would write.
func (v TakeoverView) Assignments() int {
	n := 0
	for _, p := range v.Plans {
		n += p.Assignments
	}
	return n
}

// Unmapped lists the names that stand for nobody yet, each once, in their order.
func (v TakeoverView) Unmapped() []string {
	var out []string
	seen := make(map[string]bool)
	for _, d := range v.Drafts {
		for _, p := range slices.Concat(d.Leads, d.Cooperating) {
			// A group without members is known: its members are ticked in the duty itself.
			if key := directory.Fold(p.Written); !p.Mapped() && p.GroupID == 0 && !seen[key] {
				seen[key] = true
				out = append(out, p.Written)
			}
		}
	}
	return out
}

// Takeover reads a tracker for its check.
func (s *Documents) Takeover(ctx context.Context, actor Person, id int64) (TakeoverView, error) {
	var v TakeoverView
	err := s.Store.View(ctx, func(tx DocumentReader) (err error) {
		if err := may(actor, ActionDocumentManage); err != nil {
			return err
		}
		v, err = s.takeoverView(tx, id)
		return err
	})
	if err != nil {
		return TakeoverView{}, fmt.Errorf("check takeover %d: %w", id, err)
	}
	return v, nil
}

func (s *Documents) takeoverView(tx DocumentReader, id int64) (TakeoverView, error) {
	v := TakeoverView{
		Documents: make(map[int64]Document), Plans: make(map[int64]IssuePlan), Problems: make(map[int64][]Problem), Same: make(map[int64][]Document),
	}
	var err error
	if v.Takeover, err = tx.Takeover(id); err != nil {
		return v, err
	}
	documents, err := tx.TakeoverDocuments(id)
	if err != nil {
		return v, err
	}
	drafts, err := tx.TakeoverDrafts(id)
	if err != nil {
		return v, err
	}
	of := make(map[int64][]Draft)
	for _, d := range drafts {
		of[d.DocumentID] = append(of[d.DocumentID], d)
	}
	versions := int64(0)
	for _, d := range documents {
		v.Documents[d.ID], v.Order = d, append(v.Order, d.ID)
		if d.State != DocumentDraft {
			continue
		}
		versions += d.ID * d.Version
		plan, err := s.plan(tx, d, of[d.ID])
		if err != nil {
			return v, err
		}
		v.Plans[d.ID] = plan
		for _, p := range plan.Problems {
			if p.DraftID != 0 {
				v.Problems[p.DraftID] = append(v.Problems[p.DraftID], p)
			}
		}
		if same, err := sameNumber(tx, d); err != nil {
			return v, err
		} else if len(same) > 0 {
			v.Same[d.ID] = same
		}
		v.Drafts = append(v.Drafts, of[d.ID]...)
	}
	for _, d := range v.Drafts {
		versions += d.ID * d.Version
	}
	v.Seen = fmt.Sprintf("%d-%d-%d", len(v.Plans), len(v.Drafts), versions)
	if v.Agencies, err = tx.Agencies(); err != nil {
		return v, err
	}
	v.Directory, v.Groups, err = loadDirectory(tx)
	return v, err
}

// TakenInput is what a person says of a row's state and days.
type TakenInput struct {
	State       State
	FirstDue    calendar.Date
	Due         calendar.Date // in force; zero: the document's default
	CompletedOn calendar.Date
	Percent     int
	Version     int64
}

func (in TakenInput) check() error {
	var f fields
	if !in.State.Valid() {
		f.add("state", "takeover.choose_state")
	}
	if in.Percent < 0 || in.Percent > 100 {
		f.add("percent", "field.percent")
	}
	if !in.FirstDue.IsZero() && in.Due.IsZero() {
		f.add("due", "takeover.due_missing")
	}
	return f.err()
}

// SetTaken corrects where a duty of a tracker stands.
func (s *Documents) SetTaken(ctx context.Context, actor Person, documentID, draftID int64, in TakenInput) error {
	return s.draft(ctx, actor, documentID, draftID, in.Version, "document.draft_taken", in.check(), func(_ DocumentTx, d *Draft) error {
		if d.Taken == nil {
			return ErrNotFound
		}
		t := *d.Taken
		t.State, t.CompletedOn, t.Percent = in.State, in.CompletedOn, in.Percent
		t.FirstDue = in.FirstDue
		if in.FirstDue == in.Due {
			t.FirstDue = calendar.Date{}
		}
		if !t.Done() {
			t.CompletedOn = calendar.Date{}
		}
		d.Taken, d.Deadline, d.Checked = &t, in.Due, true
		if !in.Due.IsZero() {
			d.Cadence = ""
		}
		return nil
	})
}

// FillDays gives every row that was done, and has no day yet, the day; a zero day is that of the deadline in force, or today if that is
// still to come, save where the tracker says that it was late. It answers how many it filled.
func (s *Documents) FillDays(ctx context.Context, actor Person, id int64, day calendar.Date) (int, error) {
	today := s.Rules.Day(s.Now())
	var f fields
	if day.After(today) {
		f.add("day", "takeover.day_to_come")
	}
	filled := 0
	err := s.takeover(ctx, actor, id, f.err(), func(tx DocumentTx, v TakeoverView) error {
		filled = 0
		for _, d := range v.Drafts {
			if d.Taken == nil || !d.Taken.Done() || !d.Taken.CompletedOn.IsZero() {
				continue
			}
			t, on := *d.Taken, day
			if on.IsZero() {
				if t.Said == Late {
					continue
				}
				on = d.Deadline
				if on.After(today) {
					on = today
				}
			}
			if on.IsZero() {
				continue
			}
			before := recordOf(d)
			t.CompletedOn, d.Taken = on, &t
			if err := tx.UpdateDraft(d); err != nil {
				return err
			}
			d.Version++
			filled++
			_, err := tx.Audit(entry(s.Now(), actor, "document.day_filled", Subject{SubjectDocument, d.DocumentID}).with(before, recordOf(d)))
			if err != nil {
				return err
			}
		}
		return nil
	})
	return filled, err
}

// MapTrackerName says for which agency or group a written name stands, in every document of the tracker in which it does; remember keeps
// it as an alias.
func (s *Documents) MapTrackerName(ctx context.Context, actor Person, id int64, written string, agencyID, groupID int64, remember bool) error {
	var f fields
	written = f.writtenName(written)
	if (agencyID == 0) == (groupID == 0) {
		f.add("party", "party.choose")
	}
	return s.takeover(ctx, actor, id, f.err(), func(tx DocumentTx, v TakeoverView) error {
		to := Party{Written: written, AgencyID: agencyID, GroupID: groupID}
		if err := checkParties(tx, []Party{to}); err != nil {
			return err
		}
		if groupID != 0 {
			to.Members = membersOn(v.Groups, groupID, s.Rules.Day(s.Now()), nil)
		}
		for _, documentID := range v.Order {
			if _, draft := v.Plans[documentID]; !draft {
				continue
			}
			changed, err := mapDrafts(tx, documentID, to)
			if err != nil {
				return err
			}
			if !changed {
				continue
			}
			_, err = tx.Audit(entry(s.Now(), actor, "document.name_mapped", Subject{SubjectDocument, documentID}).
				with(nil, map[string]any{"written": written, "agency": agencyID, "group": groupID, "remember": remember}))
			if err != nil {
				return err
			}
		}
		if !remember {
			return nil
		}
		return addAlias(tx, s.Now(), actor, Alias{Name: written, AgencyID: agencyID, GroupID: groupID})
	})
}

// takeover runs one change of a tracker's drafts. invalid is what the form got wrong, for those who may ask.
func (s *Documents) takeover(ctx context.Context, actor Person, id int64, invalid error, fn func(tx DocumentTx, v TakeoverView) error) error {
	err := s.Store.Update(ctx, func(tx DocumentTx) error {
		if err := may(actor, ActionDocumentManage); err != nil {
			return err
		}
		if invalid != nil {
			return invalid
		}
		v, err := s.takeoverView(tx, id)
		if err != nil {
			return err
		}
		return fn(tx, v)
	})
	if err != nil {
		return fmt.Errorf("takeover %d: %w", id, err)
	}
	return nil
}

// TakeOver issues every document of the tracker in one transaction, as its duties stand. seen is TakeoverView.Seen of what the person
// was shown; "" compares nothing. tell sends the mails of issue; without them nobody hears of it but by the reminders that follow.
func (s *Documents) TakeOver(ctx context.Context, actor Person, id int64, seen string, tell bool) error {
	return s.takeover(ctx, actor, id, nil, func(tx DocumentTx, v TakeoverView) error {
		if seen != "" && seen != v.Seen {
			return ErrConflict
		}
		if len(v.Plans) == 0 {
			return E(CodeConflict, "takeover.done_before")
		}
		var problems []Problem
		for _, p := range v.Plans {
			problems = append(problems, p.Problems...)
		}
		if len(problems) > 0 {
			return blocked(problems)
		}
		for _, documentID := range v.Order {
			if _, draft := v.Plans[documentID]; !draft {
				continue
			}
			drafts := slices.DeleteFunc(slices.Clone(v.Drafts), func(d Draft) bool { return d.DocumentID != documentID })
			if err := s.issue(tx, actor, v.Documents[documentID], drafts, v.Plans[documentID], tell); err != nil {
				return fmt.Errorf("document %d: %w", documentID, err)
			}
		}
		return nil
	})
}

// DiscardTracker deletes every document of the tracker that is still a draft.
func (s *Documents) DiscardTracker(ctx context.Context, actor Person, id int64, seen string) error {
	return s.takeover(ctx, actor, id, nil, func(tx DocumentTx, v TakeoverView) error {
		if seen != "" && seen != v.Seen {
			return ErrConflict
		}
		for _, documentID := range v.Order {
			if _, draft := v.Plans[documentID]; !draft {
				continue
			}
			d := v.Documents[documentID]
			if err := endConsultations(tx, actor, documentID, ConsultationDiscarded, s.Now()); err != nil {
				return err
			}
			if err := tx.DeleteDocument(documentID, d.Version); err != nil {
				return err
			}
			_, err := tx.Audit(entry(s.Now(), actor, "document.discarded", Subject{SubjectDocument, documentID}).with(headValues(d), nil))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// TakeoverOf is the tracker that a document came from; 0 when it came from none.
func (s *Documents) TakeoverOf(ctx context.Context, actor Person, documentID int64) (int64, error) {
	var id int64
	err := s.Store.View(ctx, func(tx DocumentReader) error {
		if _, err := manageable(tx, actor, documentID, DocumentDraft); err != nil {
			return err
		}
		var err error
		id, err = tx.TakeoverOf(documentID)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("takeover of document %d: %w", documentID, err)
	}
	return id, nil
}
