package tasks

import (
	"context"
	"strconv"
	"time"

	"tiendo/tasks/calendar"
)

// DeadlineCorrection (đính chính) is the mending of a mistyped deadline, with its reason. The assignment's FirstDue stays as it was
// issued; where the first deadline itself was mistyped, Assignment.First answers the mended one.
type DeadlineCorrection struct {
	ID           int64
	AssignmentID int64
	PersonID     int64
	Was, Due     calendar.Date
	OfFirst      bool // the first deadline itself was mistyped
	Reason       string
	Document     string // what shows the right date
	At           time.Time
}

// DeadlineCorrectionInput is what the secretariat types to mend a deadline.
type DeadlineCorrectionInput struct {
	Due      calendar.Date
	Reason   string
	Document string
	Version  int64 // of the assignment as it was shown
}

func (in DeadlineCorrectionInput) check(a Assignment, today calendar.Date) (DeadlineCorrectionInput, error) {
	var f fields
	switch {
	case in.Due.IsZero():
		f.add("due", "field.required")
	case in.Due == a.Due:
		f.add("due", "extension.same")
	// The deadline in force may itself be years off: then the right one is near today.
	case yearsApart(in.Due, a.Due) > maxMove && yearsApart(in.Due, today) > maxMove:
		f.add("due", "extension.too_far")
	}
	in.Reason = f.text("reason", in.Reason, true, MaxReasonText)
	in.Document = f.line("document", in.Document, false, MaxDocumentNumber)
	return in, f.err()
}

func yearsApart(a, b calendar.Date) int { return max(a.Year-b.Year, b.Year-a.Year) }

// CorrectDeadline mends a mistyped deadline. Of the first deadline it mends that too, as long as nothing has moved it since. Nobody
// mends the deadline of what he himself reported on or asked to extend.
func (s *Assignments) CorrectDeadline(ctx context.Context, actor Person, id int64, in DeadlineCorrectionInput) error {
	return s.moveDeadline(ctx, actor, id, in.Version, ActionDeadlineCorrect, "deadline_corrected", func(tx AssignmentTx, a *Assignment) (moved, error) {
		if a.State == StateCancelled {
			return moved{}, deadlineFixed(*a)
		}
		if err := notOwn(tx, actor, *a); err != nil {
			return moved{}, err
		}
		now := s.Now()
		in, err := in.check(*a, s.Rules.Day(now))
		if err != nil {
			return moved{}, err
		}
		c := DeadlineCorrection{
			AssignmentID: a.ID, PersonID: actor.ID, Was: a.Due, Due: in.Due, OfFirst: a.Due == a.First(), Reason: in.Reason,
			Document: in.Document, At: now,
		}
		if c.ID, err = tx.InsertDeadlineCorrection(c); err != nil {
			return moved{}, err
		}
		if c.OfFirst {
			a.FirstMended = c.Due
		}
		a.setDue(c.Due, s.Rules.Day(now))
		return moved{
			after: map[string]any{"correction": c.ID, "reason": c.Reason, "document": c.Document, "of_first": c.OfFirst},
			event: EventDeadlineCorrected, occurrence: "c" + strconv.FormatInt(c.ID, 10), to: parties(*a),
		}, nil
	})
}
