package tasks

import (
	"context"
	"fmt"

	"tiendo/tasks/calendar"
)

// firstNotes knows the day of the first cadence note of duties issued on one day: the first of the rule at least FirstCadence
// working days after issue. Duties of a document mostly share a rule, so each is reckoned once.
type firstNotes struct {
	after calendar.Date
	known map[string]calendar.Date
}

func (r Rules) firstNotes(issued calendar.Date) *firstNotes {
	return &firstNotes{after: r.Calendar.Add(issued, r.FirstCadence).AddDays(-1), known: make(map[string]calendar.Date)}
}

func (f *firstNotes) day(rule string) (calendar.Date, error) {
	if day, ok := f.known[rule]; ok {
		return day, nil
	}
	parsed, err := calendar.ParseCadence(rule)
	if err != nil {
		return calendar.Date{}, fmt.Errorf("cadence %q: %w", rule, err)
	}
	next, ok := parsed.Next(f.after)
	if !ok {
		return calendar.Date{}, fmt.Errorf("cadence %q has no day after %s", rule, f.after)
	}
	f.known[rule] = next
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

// AnsweredPeriods lists the days of the reports that one sent on the day answers, as far as their notes are written.
func AnsweredPeriods(notes []CadenceNote, on calendar.Date) []calendar.Date {
	var days []calendar.Date
	for _, n := range answered(notes, on) {
		days = append(days, n.Due)
	}
	return days
}

// answerCadence marks the cadence notes that the report answers and sees to it that there is one ahead. The notes of periods that
// have begun are written first, so that it does not matter whether the daily job has run already.
func answerCadence(tx AssignmentTx, a Assignment, r Report) error {
	if a.Cadence == "" {
		return nil
	}
	notes, err := tx.CadenceNotes(a.ID)
	if err != nil {
		return err
	}
	if notes, err = writeNotes(tx, a, notes, r.On); err != nil {
		return err
	}
	open := answered(notes, r.On)
	for _, n := range open {
		n.ReportID, n.AnsweredOn = r.ID, r.On
		if err := tx.UpdateCadenceNote(n); err != nil {
			return err
		}
	}
	if len(open) == 0 {
		return nil
	}
	_, err = writeNotes(tx, a, notes, notes[len(notes)-1].Due.AddDays(1))
	return err
}

// writeNotes writes the cadence notes behind the last one until one lies on the day or after it, and answers them all. A rule that
// has ended writes no more; a duty without notes has none to go on from.
func writeNotes(tx AssignmentTx, a Assignment, notes []CadenceNote, until calendar.Date) ([]CadenceNote, error) {
	if len(notes) == 0 {
		return nil, nil
	}
	last := notes[len(notes)-1].Due
	if !last.Before(until) {
		return notes, nil
	}
	rule, err := calendar.ParseCadence(a.Cadence)
	if err != nil {
		return nil, fmt.Errorf("cadence %q: %w", a.Cadence, err)
	}
	for last.Before(until) {
		next, ok := rule.Next(last)
		if !ok {
			break
		}
		n := CadenceNote{AssignmentID: a.ID, Due: next}
		if n.ID, err = tx.InsertCadenceNote(n); err != nil {
			return nil, err
		}
		notes, last = append(notes, n), next
	}
	return notes, nil
}

// beginCadence writes the first cadence note after the day, for a duty that is open again. A rule that has ended writes none.
func beginCadence(tx AssignmentTx, a Assignment, day calendar.Date) error {
	rule, err := calendar.ParseCadence(a.Cadence)
	if err != nil {
		return fmt.Errorf("cadence %q: %w", a.Cadence, err)
	}
	next, ok := rule.Next(day)
	if !ok {
		return nil
	}
	_, err = tx.InsertCadenceNote(CadenceNote{AssignmentID: a.ID, Due: next})
	return err
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

// ExtendCadences writes the next cadence notes of every open assignment whose newest one has fallen due, so that one is always
// ahead. It answers how many it wrote; the scheduler runs it each day.
func (s *Assignments) ExtendCadences(ctx context.Context) (int, error) {
	const batch = 500
	today := s.Rules.Day(s.Now())
	written := 0
	for after := int64(0); ; {
		assignments, notesWritten, last := 0, 0, after
		err := s.Store.Update(ctx, func(tx AssignmentTx) error {
			notesWritten = 0
			ended, err := tx.EndedCadences(today, after, batch)
			if err != nil {
				return err
			}
			for _, a := range ended {
				notes, err := tx.CadenceNotes(a.ID)
				if err != nil {
					return err
				}
				extended, err := writeNotes(tx, a, notes, today)
				if err != nil {
					return err
				}
				notesWritten += len(extended) - len(notes)
				last = a.ID
			}
			assignments = len(ended)
			return nil
		})
		if err != nil {
			return written, fmt.Errorf("extend cadences: %w", err)
		}
		written, after = written+notesWritten, last
		if assignments < batch {
			return written, nil
		}
	}
}
