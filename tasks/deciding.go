package tasks

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"tiendo/tasks/calendar"
)

// step runs one step of an assignment's life: it authorises, loads, asks the state, lets fn change what belongs to the step, saves,
// and writes the audit row and what agencies must be told.
func (s *Assignments) step(ctx context.Context, actor Person, id, version int64, action Action, step Step,
	fn func(tx AssignmentTx, a *Assignment) (AuditEntry, error),
) error {
	err := s.Store.Update(ctx, func(tx AssignmentTx) error {
		a, err := visible(tx, actor, id)
		if err != nil {
			return err
		}
		if err := mayOn(actor, action, a); err != nil {
			return err
		}
		before := a
		if a.State, err = a.next(step, version); err != nil {
			return err
		}
		e, err := fn(tx, &a)
		if err != nil {
			return err
		}
		if err := tx.UpdateAssignment(a); err != nil {
			return err
		}
		row := entry(s.Now(), actor, "assignment."+string(step), Subject{SubjectAssignment, id})
		if e.Action != "" {
			row.Action = e.Action
		}
		row.AgencyID = e.AgencyID
		row.Before = encode(stateValues(before))
		row.After = merge(stateValues(a), e.After)
		auditID, err := tx.Audit(row)
		if err != nil {
			return err
		}
		return s.tell(tx, a, step, auditID)
	})
	if err != nil {
		return fmt.Errorf("%s assignment %d: %w", step, id, err)
	}
	return nil
}

// next is the state to which the step leads from the version that the actor saw; 0 compares nothing.
func (a Assignment) next(step Step, version int64) (State, error) {
	if version != 0 && a.Version != version {
		return "", ErrConflict
	}
	next, ok := a.State.After(step)
	if !ok {
		return "", E(CodeConflict, "assignment.step_not_allowed", "step."+string(step), "state."+string(a.State))
	}
	return next, nil
}

func stateValues(a Assignment) map[string]any {
	return map[string]any{"state": a.State, "percent": a.Percent, "due": a.Due.String(), "submitted_on": a.SubmittedOn.String()}
}

// tell writes the notices of a step: those who lead must know that their report was sent back.
func (s *Assignments) tell(tx AssignmentTx, a Assignment, step Step, auditID int64) error {
	if step != StepReturn && step != StepReopen {
		return nil
	}
	now := s.Now()
	for _, lead := range a.Leads {
		err := tx.AddNotice(Notice{
			Kind: NoticeEvent, Event: string(step), Subject: Subject{SubjectAssignment, a.ID}, AgencyID: lead, Role: RoleFocal,
			Occurrence: strconv.FormatInt(auditID, 10), Day: s.Rules.Day(now), At: now,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// outcome writes what became of the submission that waits.
func (s *Assignments) outcome(tx AssignmentTx, actor Person, a Assignment, o Outcome, reason string) (Report, error) {
	reports, err := tx.Reports(a.ID)
	if err != nil {
		return Report{}, err
	}
	r, ok := waiting(reports)
	if !ok {
		return Report{}, E(CodeConflict, "assignment.nothing_waits")
	}
	if o != OutcomeWithdrawn {
		if own, err := ownReport(tx, actor, r); err != nil || own {
			return Report{}, cmp.Or(err, error(E(CodeForbidden, "assignment.own_report")))
		}
	}
	r.Outcome, r.DecidedBy, r.DecidedAt, r.Reason = o, actor.ID, s.Now(), reason
	return r, tx.UpdateReport(r)
}

// Reopen sends a completed duty back with a reason, unless its document was closed. A cadence that ended with it begins again.
func (s *Assignments) Reopen(ctx context.Context, actor Person, id, version int64, reason string) error {
	reason, invalid := checkReason(reason)
	return s.step(ctx, actor, id, version, ActionDecide, StepReopen, func(tx AssignmentTx, a *Assignment) (AuditEntry, error) {
		if invalid != nil {
			return AuditEntry{}, invalid
		}
		d, err := tx.PeekDocument(a.DocumentID)
		if err != nil {
			return AuditEntry{}, err
		}
		if d.State != DocumentIssued {
			return AuditEntry{}, E(CodeConflict, "pause.document_closed")
		}
		reports, err := tx.Reports(a.ID)
		if err != nil {
			return AuditEntry{}, err
		}
		i := slices.IndexFunc(reports, func(r Report) bool { return r.Outcome == OutcomeConfirmed })
		if i < 0 {
			return AuditEntry{}, E(CodeConflict, "assignment.nothing_waits")
		}
		r := reports[i]
		if own, err := ownReport(tx, actor, r); err != nil || own {
			return AuditEntry{}, cmp.Or(err, error(E(CodeForbidden, "assignment.own_report")))
		}
		r.Outcome, r.DecidedBy, r.DecidedAt, r.Reason = OutcomeReturned, actor.ID, s.Now(), reason
		if err := tx.UpdateReport(r); err != nil {
			return AuditEntry{}, err
		}
		a.SubmittedOn, a.CompletedAt = calendar.Date{}, time.Time{}
		if a.Cadence != "" {
			if err := beginCadence(tx, *a, s.Rules.Day(s.Now())); err != nil {
				return AuditEntry{}, err
			}
		}
		return AuditEntry{}.with(nil, map[string]any{"report": r.ID, "reason": reason}), nil
	})
}

func checkReason(reason string) (string, error) {
	var f fields
	reason = f.text("reason", reason, true, MaxReasonText)
	return reason, f.err()
}
