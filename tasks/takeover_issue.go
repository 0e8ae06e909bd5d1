package tasks

import (
	"strings"
	"time"

	"tiendo/tasks/calendar"
)

// takenProblems lists what stands in the way of taking over one row: nobody leads it, its state is not known, a duty that was done has
// no day or one that is still to come, an open one has no time.
func (d Draft) takenProblems(doc Document, first *firstNotes, today calendar.Date) []Problem {
	t := d.Taken
	var out []Problem
	add := func(key string, args ...string) { out = append(out, Problem{DraftID: d.ID, Key: key, Args: args}) }
	for _, name := range d.Unmapped() {
		add("issue.unknown_name", name, d.Ref)
	}
	if len(d.Leads) == 0 {
		add("issue.no_lead", d.Ref)
	}
	switch {
	case t.State == "":
		add("takeover.no_state", t.Status)
	case t.Done() && t.CompletedOn.IsZero():
		add("takeover.no_day", t.Status)
	case t.Done() && t.CompletedOn.After(today):
		add("takeover.day_to_come")
	}
	if t.State == StateCompleted || t.State == StateCancelled {
		return out // nothing is due of it any more
	}
	due, cadence := d.time(doc)
	if d.unsaidCadence() {
		add("takeover.no_cadence", d.Written.Phrase)
	}
	if cadence == "" && due.IsZero() {
		add("issue.no_time", d.Ref)
	} else if cadence != "" {
		if _, err := first.day(cadence); err != nil {
			add("field.bad_rule")
		}
	}
	return out
}

// takeOver writes the assignments of a row as they stood: with the state, the first deadline, the one in force and the day on which
// the duty was done, so that its timeliness is what it was. Nobody is told; reminders go on from here.
func (s *Documents) takeOver(tx DocumentTx, actor Person, doc Document, d Draft, taskID int64, notes *firstNotes) error {
	t := d.Taken
	due, cadence := d.time(doc)
	first := due
	if !t.FirstDue.IsZero() && !due.IsZero() {
		first = t.FirstDue
	}
	today := s.Rules.Day(doc.IssuedAt)
	for _, leads := range d.shares() {
		a := Assignment{
			TaskID: taskID, DocumentID: doc.ID, Leads: leads, Cooperating: d.CooperatingAgencies(), State: t.State, Percent: t.Percent,
			FirstDue: first, Due: due, DueVersion: 1, DueSetOn: today, Cadence: cadence, AssignedAt: doc.IssuedAt,
			UnconfirmedBy: d.UnconfirmedBy,
		}
		if first != due {
			a.DueVersion = 2
		}
		noon := t.CompletedOn.Start(s.Rules.Location).Add(12 * time.Hour)
		if t.Done() {
			a.SubmittedOn, a.Percent = t.CompletedOn, 100
		}
		if t.State == StateCompleted {
			a.CompletedAt = noon
		}
		var err error
		if a.ID, err = tx.InsertAssignment(a); err != nil {
			return err
		}
		subject := Subject{SubjectAssignment, a.ID}
		_, err = tx.Audit(entry(doc.IssuedAt, actor, "assignment.taken_over", subject).with(nil, map[string]any{
			"leads": leads, "state": a.State, "percent": a.Percent, "first_due": first.String(), "due": due.String(), "cadence": cadence,
			"submitted_on": a.SubmittedOn.String(), "document": doc.Number, "words": t.words(), "note": t.Note, "sheet": t.Sheet, "row": t.Row,
		}))
		if err != nil {
			return err
		}
		if a.DueVersion > 1 {
			_, err := tx.Audit(entry(doc.IssuedAt, actor, "assignment.due_taken_over", subject).
				with(map[string]any{"due": first.String()}, map[string]any{"due": due.String(), "words": t.Moved}))
			if err != nil {
				return err
			}
		}
		if t.Done() {
			// The report that waits for confirmation, or was confirmed. Nobody of tiendo's people made it, so anyone of the secretariat may
			// decide on it or send it back.
			r := Report{
				AssignmentID: a.ID, AgencyID: leads[0], Kind: ReportSubmission, Percent: 100, Text: t.words(), At: noon, On: t.CompletedOn,
			}
			if t.State == StateCompleted {
				r.Outcome, r.DecidedBy, r.DecidedAt = OutcomeConfirmed, actor.ID, doc.IssuedAt
			}
			if _, err := tx.InsertReport(r); err != nil {
				return err
			}
		}
		if cadence == "" || !a.State.Open() && a.State != StateSubmitted {
			continue
		}
		day, err := notes.day(cadence)
		if err != nil {
			return err
		}
		if _, err := tx.InsertCadenceNote(CadenceNote{AssignmentID: a.ID, Due: day}); err != nil {
			return err
		}
	}
	return nil
}

// words are the tracker's own of state and result, one line each. Its notes are the office's and stay in the trail's row.
func (t TakenOver) words() string {
	var lines []string
	for _, w := range []string{t.Status, t.Progress} {
		if w != "" {
			lines = append(lines, w)
		}
	}
	return strings.Join(lines, "\n")
}

// unsaidCadence tells that the tracker says of a duty that it is reported on regularly and not how often, and nobody has looked at it yet: the
// document's cadence would be a guess.
func (d Draft) unsaidCadence() bool {
	return d.Written.Kind == DueRecurring && d.Written.RRule == "" && d.Deadline.IsZero() && d.Cadence == "" && !d.Checked
}
