package tasks

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"tiendo/tasks/calendar"
)

// ConfirmInput is how a submission is confirmed.
type ConfirmInput struct {
	// Evidence is what is said of evidence that was not accepted yet: accepted now, or pending: looked at later. A submission with such
	// evidence is not confirmed without a word.
	Evidence EvidenceState
	// Judged leaves evidence of which something is wanting to be judged by itself: such a submission is not confirmed with its evidence.
	Judged  bool
	Version int64 // of the assignment as it was shown
}

// Confirm completes the duty whose submission waits. Nobody confirms his own report.
func (s *Assignments) Confirm(ctx context.Context, actor Person, id, version int64) error {
	return s.ConfirmWith(ctx, actor, id, ConfirmInput{Version: version})
}

// ConfirmWith does as Confirm, with a word on the evidence.
func (s *Assignments) ConfirmWith(ctx context.Context, actor Person, id int64, in ConfirmInput) error {
	return s.step(ctx, actor, id, in.Version, ActionDecide, StepConfirm, func(tx AssignmentTx, a *Assignment) (AuditEntry, error) {
		r, err := s.outcome(tx, actor, *a, OutcomeConfirmed, "")
		if err != nil {
			return AuditEntry{}, err
		}
		after := map[string]any{"report": r.ID}
		if state := r.EvidenceState(); state != "" && state != EvidenceAccepted {
			switch {
			case in.Judged && state == EvidenceWanting && in.Evidence == EvidenceAccepted:
				return AuditEntry{}, Invalid(FieldError{Field: "evidence", Key: "confirm.evidence_wanting"})
			case in.Evidence == EvidenceAccepted:
				r.Judged = Judgement{State: EvidenceAccepted, By: actor.ID, At: s.Now()}
				if err := tx.UpdateEvidence(r); err != nil {
					return AuditEntry{}, err
				}
			case in.Evidence == EvidencePending:
			default:
				return AuditEntry{}, Invalid(FieldError{Field: "evidence", Key: "confirm.evidence_required"})
			}
			after["evidence"] = r.EvidenceState()
			if err := keepEvidenceState(tx, a); err != nil {
				return AuditEntry{}, err
			}
		}
		a.CompletedAt = s.Now()
		return AuditEntry{}.with(nil, after), tx.DeleteCadenceNotes(a.ID)
	})
}

// ReturnInput is how a submission is sent back.
type ReturnInput struct {
	Reason string
	// Due is a new deadline that goes with the return, behind the one in force; zero leaves it.
	Due       calendar.Date
	Authority string // with Due: by whose word; needed where a leader decides on deadlines
	Document  string // with Due: number of the document that decides
	Version   int64  // of the assignment as it was shown
}

// Return sends the submission back with a reason: the clock runs again.
func (s *Assignments) Return(ctx context.Context, actor Person, id, version int64, reason string) error {
	return s.ReturnWith(ctx, actor, id, ReturnInput{Reason: reason, Version: version})
}

// ReturnWith does as Return, perhaps with a new deadline. That is kept as an extension by decision: the first deadline stays.
func (s *Assignments) ReturnWith(ctx context.Context, actor Person, id int64, in ReturnInput) error {
	return s.step(ctx, actor, id, in.Version, ActionDecide, StepReturn, func(tx AssignmentTx, a *Assignment) (AuditEntry, error) {
		in, err := s.checkReturn(tx, actor, *a, in)
		if err != nil {
			return AuditEntry{}, err
		}
		a.SubmittedOn = calendar.Date{}
		r, err := s.outcome(tx, actor, *a, OutcomeReturned, in.Reason)
		if err != nil {
			return AuditEntry{}, err
		}
		after := map[string]any{"report": r.ID, "reason": in.Reason}
		if in.Due.IsZero() {
			return AuditEntry{}.with(nil, after), nil
		}
		if err := notOwn(tx, actor, *a); err != nil {
			return AuditEntry{}, err
		}
		x, err := s.decideDue(tx, actor, a, in.Due, OriginReturn, PauseInput{Reason: in.Reason, Authority: in.Authority, Document: in.Document})
		if err != nil {
			return AuditEntry{}, err
		}
		after["extension"], after["authority"], after["document"] = x.ID, x.Authority, x.Decision
		return AuditEntry{}.with(nil, after), s.tellAgencies(tx, a.ID, moved{
			event: EventExtensionGranted, occurrence: "x" + strconv.FormatInt(x.ID, 10), to: parties(*a),
		})
	})
}

func (s *Assignments) checkReturn(tx AssignmentReader, actor Person, a Assignment, in ReturnInput) (ReturnInput, error) {
	var f fields
	in.Reason = f.text("reason", in.Reason, true, MaxReasonText)
	in.Authority = f.line("authority", in.Authority, false, MaxAuthority)
	in.Document = f.line("document", in.Document, false, MaxDocumentNumber)
	if !in.Due.IsZero() {
		f.moves("due", in.Due, a)
		if in.Due.After(a.Due) && in.Due.Before(s.Rules.Day(s.Now())) {
			f.add("due", "extension.past")
		}
		d, err := tx.PeekDocument(a.DocumentID)
		if err != nil {
			return in, err
		}
		if in.Authority == "" && s.needsAuthority(actor, d) {
			f.add("authority", "extension.authority_required")
		}
	}
	return in, f.err()
}

// unconfirmed ends the duty with its submission when somebody has said that it needs no confirmation: somebody else than those who
// reported. The caller ends its cadence.
func (s *Assignments) unconfirmed(a *Assignment, r *Report, reporters ...int64) bool {
	if a.UnconfirmedBy == 0 || slices.Contains(reporters, a.UnconfirmedBy) {
		return false
	}
	now := s.Now()
	a.State, a.CompletedAt = StateCompleted, now
	r.Outcome, r.DecidedBy, r.DecidedAt = OutcomeConfirmed, r.PersonID, now
	return true
}

// SelfConfirmed tells whether the report completed its duty without a confirmation.
func (r Report) SelfConfirmed() bool {
	return r.Outcome == OutcomeConfirmed && r.PersonID != 0 && r.DecidedBy == r.PersonID
}

// WaiveConfirmation says that a duty needs no confirmation, or that it needs one again. What waits already is decided on. Who has reported
// on it himself cannot say so.
func (s *Assignments) WaiveConfirmation(ctx context.Context, actor Person, id, version int64, waive bool) error {
	step := Step("confirmation_required")
	if waive {
		step = "confirmation_waived"
	}
	return s.decree(ctx, actor, id, version, ActionDecide, step, func(tx AssignmentTx, a *Assignment) (moved, error) {
		if a.ended() {
			return moved{}, deadlineFixed(*a)
		}
		reports, err := tx.Reports(a.ID)
		if err != nil {
			return moved{}, err
		}
		own, err := representedOn(tx, actor, a.ID)
		if err != nil {
			return moved{}, err
		}
		if own || slices.ContainsFunc(reports, func(r Report) bool { return r.By(actor) }) {
			return moved{}, E(CodeForbidden, "confirm.own")
		}
		if waive == (a.UnconfirmedBy != 0) {
			return moved{}, ErrConflict
		}
		a.UnconfirmedBy = 0
		if waive {
			a.UnconfirmedBy = actor.ID
		}
		return moved{after: map[string]any{"unconfirmed": waive}}, nil
	})
}

// MaxChoices is how many submissions may be decided on at once.
const MaxChoices = 200

// Choice is an assignment as it was shown where it was chosen.
type Choice struct{ ID, Version int64 }

// Decided is what became of one that was chosen; Err is why nothing did.
type Decided struct {
	Choice
	Err error
}

// ConfirmMany confirms each of the submissions for itself: what cannot be confirmed is left as it is. So is one of which evidence is wanting:
// nobody accepts that among others.
func (s *Assignments) ConfirmMany(ctx context.Context, actor Person, chosen []Choice, in ConfirmInput) ([]Decided, error) {
	return s.many(ctx, actor, chosen, nil, func(c Choice) error {
		in.Version, in.Judged = c.Version, true
		return s.ConfirmWith(ctx, actor, c.ID, in)
	})
}

// ReturnMany sends each of the submissions back, with one reason.
func (s *Assignments) ReturnMany(ctx context.Context, actor Person, chosen []Choice, reason string) ([]Decided, error) {
	reason, invalid := checkReason(reason)
	return s.many(ctx, actor, chosen, invalid, func(c Choice) error {
		return s.Return(ctx, actor, c.ID, c.Version, reason)
	})
}

func (s *Assignments) many(ctx context.Context, actor Person, chosen []Choice, invalid error, do func(Choice) error) ([]Decided, error) {
	if err := may(actor, ActionDecide); err != nil {
		return nil, err
	}
	var f fields
	switch {
	case len(chosen) == 0:
		f.add("choice", "confirm.none_chosen")
	case len(chosen) > MaxChoices:
		f.add("choice", "confirm.too_many", strconv.Itoa(MaxChoices))
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	if invalid != nil {
		return nil, invalid
	}
	done := make([]Decided, 0, len(chosen))
	seen := make(map[int64]bool, len(chosen))
	for _, c := range chosen {
		if err := ctx.Err(); err != nil {
			return done, fmt.Errorf("decide on %d submissions: %w", len(chosen), err)
		}
		if seen[c.ID] {
			continue
		}
		seen[c.ID] = true
		done = append(done, Decided{c, do(c)})
	}
	return done, nil
}

// Chosen reads the lines of assignments that somebody who decides has chosen; one that does not exist is left out.
func (s *Assignments) Chosen(ctx context.Context, actor Person, chosen []Choice) ([]AssignmentRow, error) {
	if err := may(actor, ActionDecide); err != nil {
		return nil, err
	}
	var ids []int64
	for _, c := range chosen[:min(len(chosen), MaxChoices)] {
		if !slices.Contains(ids, c.ID) {
			ids = append(ids, c.ID)
		}
	}
	var rows []AssignmentRow
	err := s.Store.View(ctx, func(tx AssignmentReader) (err error) {
		rows, err = tx.AssignmentRows(ids)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read chosen assignments: %w", err)
	}
	return rows, nil
}
