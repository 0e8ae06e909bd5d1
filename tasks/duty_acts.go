package tasks

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"tiendo/tasks/calendar"
)

// EventNudged tells an agency that its report on a duty is waited for; Notice.Event holds it.
const EventNudged = "nudged"

// NudgeOccurrence names the urging of a day in a notice; silent tells that the agency had not reported then.
func NudgeOccurrence(day calendar.Date, silent bool) string {
	if silent {
		return "n" + day.String() + ".silent"
	}
	return "n" + day.String()
}

// NudgeWriter keeps who was urged when. A second time on one day is a conflict.
type NudgeWriter interface {
	InsertNudge(assignmentID int64, day calendar.Date, personID int64, atMilli int64) error
}

// Nudge urges agencies by mail to report on a duty: the chosen ones that still owe it, or with nobody chosen all that have not reported yet.
// An agency is urged once a working day at most; those that were already are left out. It answers how many were urged. What the duty is
// stays as it is.
func (s *Assignments) Nudge(ctx context.Context, actor Person, taskID int64, chosen []int64) (int, error) {
	return s.nudge(ctx, actor, taskID, chosen, calendar.Date{})
}

// NudgePeriod urges all that have not reported yet for one period of a recurring duty, known by the day on which it ends.
func (s *Assignments) NudgePeriod(ctx context.Context, actor Person, taskID int64, period calendar.Date) (int, error) {
	return s.nudge(ctx, actor, taskID, nil, period)
}

func (s *Assignments) nudge(ctx context.Context, actor Person, taskID int64, chosen []int64, period calendar.Date) (int, error) {
	n := 0
	err := s.Store.Update(ctx, func(tx AssignmentTx) error {
		n = 0
		list, err := dutyFor(tx, actor, taskID, ActionNudge)
		if err != nil {
			return err
		}
		now := s.Now()
		today := s.Rules.Day(now)
		already, err := tx.Nudged(taskID, s.Rules.Calendar.OnOrBefore(today))
		if err != nil {
			return err
		}
		owing := 0
		for _, a := range list {
			if !a.State.Open() || !a.ofPeriod(period) || len(chosen) > 0 && !slices.Contains(chosen, a.ID) || len(chosen) == 0 && a.State != StateAssigned {
				continue
			}
			if owing++; already[a.ID] {
				continue
			}
			if err := tx.InsertNudge(a.ID, today, actor.ID, now.UnixMilli()); err != nil {
				return err
			}
			if _, err := tx.Audit(entry(now, actor, "assignment."+EventNudged, Subject{SubjectAssignment, a.ID})); err != nil {
				return err
			}
			m := moved{event: EventNudged, occurrence: NudgeOccurrence(today, a.State == StateAssigned), to: a.Leads}
			if err := s.tellAgencies(tx, a.ID, m); err != nil {
				return err
			}
			n++
		}
		switch {
		case n > 0:
			return nil
		case owing > 0:
			return E(CodeConflict, "duty.nudged_already")
		}
		return E(CodeConflict, "duty.none_to_nudge")
	})
	if err != nil {
		return 0, fmt.Errorf("urge agencies of duty %d: %w", taskID, err)
	}
	return n, nil
}

// dutyFor reads the assignments of a task for somebody who may do the action. To those who see nothing of it, it does not exist.
func dutyFor(tx AssignmentReader, actor Person, taskID int64, action Action) ([]Assignment, error) {
	list, err := tx.TaskAssignments(taskID)
	if err != nil {
		return nil, err
	}
	if _, err := onlyOne(actor, list); err != nil {
		return nil, err
	}
	return list, may(actor, action)
}

// dutyWith is dutyFor with the task and its document. Who changes an assignment reads the document before it, as who issues does: nobody then
// waits for one who waits for him.
func dutyWith(tx AssignmentReader, actor Person, taskID int64, action Action) (list []Assignment, t Task, d Document, err error) {
	if list, err = dutyFor(tx, actor, taskID, action); err != nil {
		return nil, t, d, err
	}
	if t, err = tx.Task(taskID); err != nil {
		return nil, t, d, err
	}
	d, err = tx.Document(t.DocumentID)
	return list, t, d, err
}

// AddAgenciesInput is what the secretariat types to give a duty to more agencies.
type AddAgenciesInput struct {
	Agencies  []int64       // each gets an assignment of its own
	Due       calendar.Date // zero: the time that most of the others have
	Reason    string
	Document  string
	Authority string // by whose word; needed where a leader decides and another records it
}

func (in AddAgenciesInput) check(list []Assignment, agencies map[int64]Agency, today calendar.Date, needsAuthority bool) (AddAgenciesInput, error) {
	p, f := PauseInput{Reason: in.Reason, Document: in.Document, Authority: in.Authority}.check(needsAuthority)
	in.Reason, in.Document, in.Authority = p.Reason, p.Document, p.Authority
	in.Agencies = distinctIDs(in.Agencies)
	if len(in.Agencies) == 0 {
		f.add("agencies", "field.required")
	}
	if len(in.Agencies) > maxParts {
		f.add("agencies", "reassign.too_many", strconv.Itoa(maxParts))
	}
	for _, id := range in.Agencies {
		agency, known := agencies[id]
		switch {
		case !known || !agency.ValidOn(today.String()):
			f.add("agencies", "reassign.gone", agency.Name)
		case slices.ContainsFunc(list, func(a Assignment) bool { return a.State != StateCancelled && a.LedBy(id) }):
			f.add("agencies", "duty.has_it", agency.Name)
		}
	}
	switch {
	case in.Due.IsZero():
	case in.Due.Before(today):
		f.add("due", "extension.past")
	case in.Due.Year > today.Year+maxMove:
		f.add("due", "extension.too_far")
	}
	return in, f.err()
}

// AddAgencies gives a duty to more agencies, each an assignment of its own with the cooperating agencies of the others, and tells them.
func (s *Assignments) AddAgencies(ctx context.Context, actor Person, taskID int64, in AddAgenciesInput) error {
	err := s.Store.Update(ctx, func(tx AssignmentTx) error {
		list, t, doc, err := dutyWith(tx, actor, taskID, ActionDutyAdd)
		if err != nil {
			return err
		}
		list = newestOf(list)
		if doc.State != DocumentIssued {
			return E(CodeConflict, "duty.document_closed")
		}
		agencies, err := agencyMap(tx)
		if err != nil {
			return err
		}
		now := s.Now()
		today := s.Rules.Day(now)
		in, err := in.check(list, agencies, today, s.needsAuthority(actor, doc))
		if err != nil {
			return err
		}
		due, cadence := usualTime(list)
		if !in.Due.IsZero() {
			due, cadence = in.Due, ""
		}
		// Where the usual deadline has passed already a new agency needs one of its own.
		if !due.IsZero() && due.Before(today) {
			return Invalid(FieldError{Field: "due", Key: "extension.past"})
		}
		model := list[0]
		if i := slices.IndexFunc(list, func(a Assignment) bool { return a.State != StateCancelled }); i > 0 {
			model = list[i]
		}
		for _, agency := range in.Agencies {
			a := Assignment{
				TaskID: taskID, DocumentID: doc.ID, Leads: []int64{agency}, Cooperating: without(model.Cooperating, []int64{agency}), State: StateAssigned,
				FirstDue: due, Due: due, DueVersion: 1, DueSetOn: today, Cadence: cadence, AssignedAt: now, UnconfirmedBy: model.UnconfirmedBy,
				SeriesID: model.SeriesID, Period: model.Period,
			}
			if err := s.addAgency(tx, actor, a, in); err != nil {
				return err
			}
		}
		_, err = tx.Audit(entry(now, actor, "document.agencies_added", Subject{SubjectDocument, doc.ID}).with(nil, map[string]any{
			"ref": t.Ref, "leads": in.Agencies, "due": due.String(), "cadence": cadence, "document": in.Document, "authority": in.Authority, "reason": in.Reason,
		}))
		return err
	})
	if err != nil {
		return fmt.Errorf("add agencies to duty %d: %w", taskID, err)
	}
	return nil
}

// addAgency writes the assignment of one agency that is added. That it has it is kept as a reassignment from nobody, from which its mail
// and its history tell why.
func (s *Assignments) addAgency(tx AssignmentTx, actor Person, a Assignment, in AddAgenciesInput) error {
	now := s.Now()
	today := s.Rules.Day(now)
	var err error
	if a.ID, err = tx.InsertAssignment(a); err != nil {
		return err
	}
	r := Reassignment{
		AssignmentID: a.ID, PersonID: actor.ID, At: now, On: today, LeadsAfter: a.Leads, CooperatingAfter: a.Cooperating, DueAfter: a.Due,
		Reason: in.Reason, Document: in.Document, Authority: in.Authority,
	}
	if r.ID, err = tx.InsertReassignment(r); err != nil {
		return err
	}
	_, err = tx.Audit(entry(now, actor, "assignment.added", Subject{SubjectAssignment, a.ID}).with(nil, map[string]any{
		"leads": a.Leads, "due": a.Due.String(), "cadence": a.Cadence, "document": in.Document, "authority": in.Authority, "reason": in.Reason,
	}))
	if err != nil {
		return err
	}
	if a.Cadence != "" {
		if err := beginCadence(tx, a, today); err != nil {
			return err
		}
	}
	return s.tellAgencies(tx, a.ID, moved{event: EventGiven, occurrence: "r" + strconv.FormatInt(r.ID, 10), to: parties(a)})
}

// Chosen is an assignment that was chosen from a list, with the version in which it was shown.
type Chosen struct{ ID, Version int64 }

// ReleaseAgencies takes a duty back from chosen agencies, all in one: each assignment is cancelled as by Cancel, and the document's history
// tells of it too.
func (s *Assignments) ReleaseAgencies(ctx context.Context, actor Person, taskID int64, chosen []Chosen, in PauseInput) error {
	err := s.Store.Update(ctx, func(tx AssignmentTx) error {
		list, err := dutyFor(tx, actor, taskID, ActionPause)
		if err != nil {
			return err
		}
		if len(chosen) == 0 {
			return Invalid(FieldError{Field: "chosen", Key: "duty.choose"})
		}
		var leads []int64
		for _, c := range chosen {
			i := slices.IndexFunc(list, func(a Assignment) bool { return a.ID == c.ID })
			if i < 0 {
				return ErrNotFound
			}
			// Read anew: what is written next must be what was read last.
			a, err := tx.Assignment(c.ID)
			if err != nil {
				return err
			}
			leads = append(leads, a.Leads...)
			if err := s.decreeOn(tx, actor, a, c.Version, ActionPause, StepCancel, s.stopping(actor, in, StepCancel, PauseCancel, EventCancelled)); err != nil {
				return err
			}
		}
		t, err := tx.Task(taskID)
		if err != nil {
			return err
		}
		_, err = tx.Audit(entry(s.Now(), actor, "document.agencies_released", Subject{SubjectDocument, t.DocumentID}).with(nil, map[string]any{
			"ref": t.Ref, "leads": leads, "document": in.Document, "authority": in.Authority, "reason": in.Reason,
		}))
		return err
	})
	if err != nil {
		return fmt.Errorf("release agencies from duty %d: %w", taskID, err)
	}
	return nil
}
