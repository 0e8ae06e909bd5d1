package tasks

import (
	"context"
	"fmt"

	"tiendo/tasks/calendar"
)

// firstCadence is the day of the first cadence note: the first of the rule at least FirstCadence working days after issue.
func (r Rules) firstCadence(rule string, issued calendar.Date) (calendar.Date, error) {
	return nextOfRule(rule, r.Calendar.Add(issued, r.FirstCadence).AddDays(-1))
}

func nextOfRule(rule string, after calendar.Date) (calendar.Date, error) {
	parsed, err := calendar.ParseRule(rule)
	if err != nil {
		return calendar.Date{}, fmt.Errorf("cadence %q: %w", rule, err)
	}
	next, ok := parsed.Next(after)
	if !ok {
		return calendar.Date{}, fmt.Errorf("cadence %q has no day after %s", rule, after)
	}
	return next, nil
}

// answered lists the notes that a report on the day answers: every open one whose previous date lies before the day.
func answered(notes []CadenceNote, on calendar.Date) []CadenceNote {
	var out []CadenceNote
	previous := calendar.Date{}
	for _, n := range notes {
		if n.ReportID == 0 && previous.Before(on) {
			out = append(out, n)
		}
		previous = n.Due
	}
	return out
}

// MissedCadence tells whether a report that was expected before the day is still missing.
func MissedCadence(notes []CadenceNote, today calendar.Date) (CadenceNote, bool) {
	for _, n := range notes {
		if n.ReportID == 0 && n.Due.Before(today) {
			return n, true
		}
	}
	return CadenceNote{}, false
}

// ExtendCadences writes the next cadence note of every open assignment whose newest one has fallen due, so that one is always
// ahead. It answers how many it wrote; the scheduler runs it each day.
func (s *Assignments) ExtendCadences(ctx context.Context) (int, error) {
	const batch = 500
	today := s.Rules.Day(s.Now())
	written := 0
	for after := int64(0); ; {
		n := 0
		err := s.Store.Update(ctx, func(tx AssignmentTx) error {
			ended, err := tx.EndedCadences(today, after, batch)
			if err != nil {
				return err
			}
			for _, a := range ended {
				notes, err := tx.CadenceNotes(a.ID)
				if err != nil {
					return err
				}
				if err := nextNote(tx, a, notes[len(notes)-1].Due); err != nil {
					return err
				}
				after = a.ID
			}
			n = len(ended)
			return nil
		})
		if err != nil {
			return written, fmt.Errorf("extend cadences: %w", err)
		}
		written += n
		if n < batch {
			return written, nil
		}
	}
}
