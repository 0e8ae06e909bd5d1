package tasks

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"tiendo/tasks/calendar"
)

// decree runs one decision on a duty as a whole: it authorises, loads, lets fn change what belongs to the step, saves, and writes the audit
// row and what agencies must be told. The assignment gets a new version, so that of two people one wins. Nobody decides on what he himself
// reported on or asked for.
func (s *Assignments) decree(ctx context.Context, actor Person, id, version int64, action Action, step Step,
	fn func(tx AssignmentTx, a *Assignment) (moved, error),
) error {
	err := s.Store.Update(ctx, func(tx AssignmentTx) error {
		a, err := visible(tx, actor, id)
		if err != nil {
			return err
		}
		return s.decreeOn(tx, actor, a, version, action, step, fn)
	})
	if err != nil {
		return fmt.Errorf("%s assignment %d: %w", step, id, err)
	}
	return nil
}

func (s *Assignments) decreeOn(tx AssignmentTx, actor Person, a Assignment, version int64, action Action, step Step,
	fn func(tx AssignmentTx, a *Assignment) (moved, error),
) error {
	if err := mayOn(actor, action, a); err != nil {
		return err
	}
	if version != 0 && a.Version != version {
		return ErrConflict
	}
	before := a
	m, err := fn(tx, &a)
	if err != nil {
		return err
	}
	return s.settle(tx, actor, before, a, step, m)
}

// settle saves an assignment after a step, with its agencies, the audit row and what agencies must be told.
func (s *Assignments) settle(tx AssignmentTx, actor Person, before, a Assignment, step Step, m moved) error {
	if err := tx.UpdateAssignment(a); err != nil {
		return err
	}
	if !slices.Equal(before.Leads, a.Leads) || !slices.Equal(before.Cooperating, a.Cooperating) {
		if err := tx.SetParts(a); err != nil {
			return err
		}
	}
	row := entry(s.Now(), actor, "assignment."+string(step), Subject{SubjectAssignment, a.ID})
	row.AgencyID = m.agencyID
	row.Before, row.After = encode(deadlineValues(before)), merge(deadlineValues(a), encode(m.after))
	if _, err := tx.Audit(row); err != nil {
		return err
	}
	return s.tellAgencies(tx, a.ID, m)
}

// tellAgencies writes the notices of an event.
func (s *Assignments) tellAgencies(tx AssignmentTx, id int64, m moved) error {
	if m.event == "" {
		return nil
	}
	now := s.Now()
	for _, agency := range m.to {
		err := tx.AddNotice(Notice{
			Kind: NoticeEvent, Event: m.event, Subject: Subject{SubjectAssignment, id}, AgencyID: agency, Role: RoleFocal,
			Occurrence: m.occurrence, Day: s.Rules.Day(now), At: now,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// notConcerned refuses somebody who reported on the assignment himself or asked for something about it.
func notConcerned(tx AssignmentReader, actor Person, id int64) error {
	own, err := concerned(tx, actor, id)
	if err == nil && own {
		err = E(CodeForbidden, "pause.own")
	}
	return err
}

func concerned(tx AssignmentReader, actor Person, id int64) (bool, error) {
	own, err := ownDeadline(tx, actor, id)
	if err != nil || own || actor.IsSystem() {
		return own, err
	}
	asked, err := tx.Declines(id)
	return slices.ContainsFunc(asked, func(d Decline) bool { return actor.Is(d.PersonID) }), err
}

// Hold lets a duty that is still owed rest: its clock stands, it counts nowhere and nobody is reminded of it.
func (s *Assignments) Hold(ctx context.Context, actor Person, id int64, in PauseInput) error {
	return s.pause(ctx, actor, id, in, StepHold, PauseHold, EventHeld)
}

// Cancel takes a duty back that has not ended. Requests that wait are closed with it.
func (s *Assignments) Cancel(ctx context.Context, actor Person, id int64, in PauseInput) error {
	return s.pause(ctx, actor, id, in, StepCancel, PauseCancel, EventCancelled)
}

func (s *Assignments) pause(ctx context.Context, actor Person, id int64, in PauseInput, step Step, kind PauseKind, event string) error {
	return s.decree(ctx, actor, id, in.Version, ActionPause, step, s.stopping(actor, in, step, kind, event))
}

// stopping is the step by which a duty rests or is taken back.
func (s *Assignments) stopping(actor Person, in PauseInput, step Step, kind PauseKind, event string) func(AssignmentTx, *Assignment) (moved, error) {
	return func(tx AssignmentTx, a *Assignment) (moved, error) {
		if err := notConcerned(tx, actor, a.ID); err != nil {
			return moved{}, err
		}
		d, err := tx.PeekDocument(a.DocumentID)
		if err != nil {
			return moved{}, err
		}
		in, f := in.check(s.needsAuthority(actor, d))
		if err := f.err(); err != nil {
			return moved{}, err
		}
		return s.stop(tx, actor, a, in, step, kind, event)
	}
}

// stop is the change of a duty that rests or is taken back.
func (s *Assignments) stop(tx AssignmentTx, actor Person, a *Assignment, in PauseInput, step Step, kind PauseKind, event string) (moved, error) {
	if kind == PauseHold && !a.State.Open() || a.ended() {
		return moved{}, E(CodeConflict, "assignment.step_not_allowed", "step."+string(step), "state."+string(a.State))
	}
	now := s.Now()
	p := Pause{
		AssignmentID: a.ID, Kind: kind, Was: a.State, Since: s.Rules.Day(now), PersonID: actor.ID, At: now,
		Reason: in.Reason, Document: in.Document, Authority: in.Authority,
	}
	var err error
	if p.ID, err = tx.InsertPause(p); err != nil {
		return moved{}, err
	}
	a.State = kind.state()
	if kind != PauseHold {
		a.SubmittedOn = calendar.Date{}
		if err := s.endWork(tx, actor, a.ID); err != nil {
			return moved{}, err
		}
	}
	return moved{
		after: pauseValues(in), event: event, occurrence: "p" + strconv.FormatInt(p.ID, 10), to: parties(*a),
	}, nil
}

func pauseValues(in PauseInput) map[string]any {
	return map[string]any{"reason": in.Reason, "document": in.Document, "authority": in.Authority}
}

// endWork closes what is under way about a duty that ends: its missing reports, what was still to be told, requests that wait.
func (s *Assignments) endWork(tx AssignmentTx, actor Person, id int64) error {
	if err := tx.DropNotices(id); err != nil {
		return err
	}
	if err := tx.DeleteCadenceNotes(id); err != nil {
		return err
	}
	if err := s.lapseExtension(tx, actor, id); err != nil {
		return err
	}
	declines, err := tx.Declines(id)
	if err != nil {
		return err
	}
	if d, waits := waitingDecline(declines); waits {
		return s.lapseDecline(tx, actor, d)
	}
	return nil
}

// lapseExtension closes the request for a later deadline that waits.
func (s *Assignments) lapseExtension(tx AssignmentTx, actor Person, id int64) error {
	list, err := tx.Extensions(id)
	if err != nil {
		return err
	}
	x, waits := waitingExtension(list)
	if !waits {
		return nil
	}
	now := s.Now()
	x.Outcome, x.DecidedBy, x.DecidedAt = ExtensionLapsed, actor.ID, now
	if err := tx.UpdateExtension(x); err != nil {
		return err
	}
	_, err = tx.Audit(entry(now, actor, "assignment.extension_lapsed", Subject{SubjectAssignment, id}).with(nil, map[string]any{"extension": x.ID}))
	return err
}

// Resume lets a duty go on after a hold, in the state that it had; its deadline moves when one is given. Reports that a cadence expected
// meanwhile are not missing.
func (s *Assignments) Resume(ctx context.Context, actor Person, id int64, in PauseInput) error {
	return s.decree(ctx, actor, id, in.Version, ActionPause, StepResume, func(tx AssignmentTx, a *Assignment) (moved, error) {
		if err := notConcerned(tx, actor, a.ID); err != nil {
			return moved{}, err
		}
		p, err := s.ending(tx, *a, StateOnHold, StepResume)
		if err != nil {
			return moved{}, err
		}
		d, err := tx.PeekDocument(a.DocumentID)
		if err != nil {
			return moved{}, err
		}
		in, f := in.check(!in.Due.IsZero() && s.needsAuthority(actor, d))
		if !in.Due.IsZero() {
			f.moves("due", in.Due, *a)
		}
		if err := f.err(); err != nil {
			return moved{}, err
		}
		after := pauseValues(in)
		if !in.Due.IsZero() {
			x, err := s.decideDue(tx, actor, a, in.Due, OriginHold, in)
			if err != nil {
				return moved{}, err
			}
			after["extension"] = x.ID
		}
		today := s.Rules.Day(s.Now())
		if err := noteAhead(tx, *a, p.Since, today); err != nil {
			return moved{}, err
		}
		return s.lift(tx, actor, a, p, in, EventResumed, after)
	})
}

// noteAhead removes the notes of a cadence that fell due while the duty rested, and sees to it that one is ahead.
func noteAhead(tx AssignmentTx, a Assignment, since, today calendar.Date) error {
	if a.Cadence == "" {
		return nil
	}
	if err := tx.DeleteNotesBetween(a.ID, since, today); err != nil {
		return err
	}
	notes, err := tx.CadenceNotes(a.ID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(notes, func(n CadenceNote) bool { return n.ReportID == 0 && !n.Due.Before(today) }) {
		return nil
	}
	return beginCadence(tx, a, today)
}

// Restore undoes a mistaken cancel: the duty goes back to the state that it had.
func (s *Assignments) Restore(ctx context.Context, actor Person, id int64, in PauseInput) error {
	return s.decree(ctx, actor, id, in.Version, ActionPause, StepRestore, func(tx AssignmentTx, a *Assignment) (moved, error) {
		if err := notConcerned(tx, actor, a.ID); err != nil {
			return moved{}, err
		}
		p, err := s.ending(tx, *a, StateCancelled, StepRestore)
		if err != nil {
			return moved{}, err
		}
		d, err := tx.Document(a.DocumentID)
		if err != nil {
			return moved{}, err
		}
		if d.State != DocumentIssued {
			return moved{}, E(CodeConflict, "pause.document_closed")
		}
		// An agency that was released and added again goes on with what it was given then.
		have, err := haveIt(tx, *a, a.Leads)
		if err != nil {
			return moved{}, err
		}
		if len(have) > 0 {
			agencies, err := agencyMap(tx)
			if err != nil {
				return moved{}, err
			}
			return moved{}, E(CodeConflict, "duty.has_it", agencies[have[0]].Name)
		}
		in, f := in.check(false)
		if err := f.err(); err != nil {
			return moved{}, err
		}
		if p.Was == StateSubmitted {
			reports, err := tx.Reports(a.ID)
			if err != nil {
				return moved{}, err
			}
			if r, ok := waiting(reports); ok {
				a.SubmittedOn = s.submittedOn(r)
			}
		}
		if p.Was != StateOnHold {
			today := s.Rules.Day(s.Now())
			if err := noteAhead(tx, *a, p.Since, today); err != nil {
				return moved{}, err
			}
		}
		return s.lift(tx, actor, a, p, in, EventRestored, pauseValues(in))
	})
}

// ending is the pause that lasts, for a step that ends it.
func (s *Assignments) ending(tx AssignmentReader, a Assignment, state State, step Step) (Pause, error) {
	if a.State != state {
		return Pause{}, E(CodeConflict, "assignment.step_not_allowed", "step."+string(step), "state."+string(a.State))
	}
	list, err := tx.Pauses(a.ID)
	if err != nil {
		return Pause{}, err
	}
	p, ok := lasting(a, list)
	if !ok {
		return Pause{}, E(CodeConflict, "pause.ended_by_document")
	}
	return p, nil
}

func (s *Assignments) lift(tx AssignmentTx, actor Person, a *Assignment, p Pause, in PauseInput, event string, after map[string]any) (moved, error) {
	now := s.Now()
	p.Lifted = Lift{On: s.Rules.Day(now), PersonID: actor.ID, At: now, Reason: in.Reason, Document: in.Document, Authority: in.Authority}
	if err := tx.LiftPause(p); err != nil {
		return moved{}, err
	}
	a.State = p.Was
	if event == EventRestored {
		if err := s.tellHeadsAgain(tx, *a, "l"+strconv.FormatInt(p.ID, 10)); err != nil {
			return moved{}, err
		}
	}
	return moved{after: after, event: event, occurrence: "l" + strconv.FormatInt(p.ID, 10), to: parties(*a)}, nil
}
