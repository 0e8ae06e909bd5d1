package tasks

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"tiendo/tasks/calendar"
)

// CalendarKind is what falls on a day of a person's calendar.
type CalendarKind string

const (
	CalendarDue          CalendarKind = "due"          // the deadline of a duty
	CalendarReport       CalendarKind = "report"       // a report of a cadence
	CalendarContribution CalendarKind = "contribution" // a part that an agency is to send
)

// CalendarDay is one entry of a calendar. Kind and ID together name it for good.
type CalendarDay struct {
	Kind CalendarKind
	ID   int64 // of the assignment, the note, or the contribution
	Day  calendar.Date
	// Sequence grows with each change of the day (RFC 5545, section 3.8.7.4).
	Sequence int
	Part     Part // of the person's agencies in the duty
	Row      AssignmentRow
	Words    string // what is asked of a contribution
	// Ended tells that the duty was completed or taken back, Resting that it is on hold.
	Ended, Resting bool
	ChangedAt      time.Time // of the last step on the duty
}

// CalendarNote is a report of a cadence that is still missing.
type CalendarNote struct {
	ID           int64
	AssignmentID int64
	Due          calendar.Date
}

// CalendarReader reads what calendars show.
type CalendarReader interface {
	// CalendarDuties lists the assignments in which one of the agencies leads, or with cooperating has any part, that are not finished
	// or were due since the day: those with the latest deadline first, at most limit.
	CalendarDuties(agencies []int64, cooperating bool, since calendar.Date, limit int) ([]int64, error)
	// MissingNotes lists the reports due up to the day that are missing on open ones of the assignments.
	MissingNotes(assignmentIDs []int64, to calendar.Date) ([]CalendarNote, error)
	// ChangedAt answers when each of the assignments was changed last.
	ChangedAt(assignmentIDs []int64) (map[int64]time.Time, error)
}

// What calendars show, and how much of it.
const (
	calendarPast   = 92  // days for which a finished duty stays, marked as cancelled
	calendarAhead  = 366 // days to come of which reports of a cadence are shown
	calendarDuties = 2000
	calendarParts  = 200 // contributions an agency
)

// CalendarDays lists what falls due for the actor's agencies, by day: deadlines and missing reports of the duties that they lead, with
// cooperating of those in which they only cooperate too, and the parts that they are to send to others' duties.
func (s *Assignments) CalendarDays(ctx context.Context, actor Person, cooperating bool) ([]CalendarDay, error) {
	if err := mayFeed(actor); err != nil {
		return nil, err
	}
	agencies, _ := actor.Scope(ActionCalendarFeed)
	agencies = distinctIDs(agencies)
	today := s.Rules.Day(s.Now())
	var days []CalendarDay
	err := s.Store.View(ctx, func(tx AssignmentReader) error {
		ids, err := tx.CalendarDuties(agencies, cooperating, today.AddDays(-calendarPast), calendarDuties)
		if err != nil {
			return err
		}
		notes, err := tx.MissingNotes(ids, today.AddDays(calendarAhead))
		if err != nil {
			return err
		}
		var parts []Contribution
		for _, agency := range agencies {
			found, err := tx.AwaitedContributions(agency, calendarParts)
			if err != nil {
				return err
			}
			parts = append(parts, found...)
		}
		for _, c := range parts {
			ids = append(ids, c.AssignmentID)
		}
		slices.Sort(ids)
		ids = slices.Compact(ids)
		rows, err := tx.AssignmentRows(ids)
		if err != nil {
			return err
		}
		changed, err := tx.ChangedAt(ids)
		if err != nil {
			return err
		}
		rows = Outgoing(rows)
		days = calendarDays(rows, notes, parts, agencies, cooperating, changed)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("calendar of person %d: %w", actor.ID, err)
	}
	return days, nil
}

func calendarDays(rows []AssignmentRow, notes []CalendarNote, parts []Contribution, agencies []int64, cooperating bool, changed map[int64]time.Time) []CalendarDay {
	byID := make(map[int64]CalendarDay, len(rows))
	var days []CalendarDay
	for _, row := range rows {
		d := CalendarDay{
			Kind: CalendarDue, ID: row.ID, Day: row.Due, Sequence: max(0, row.DueVersion-1), Part: PartCooperating, Row: row,
			Ended: row.ended(), Resting: row.State == StateOnHold, ChangedAt: row.AssignedAt,
		}
		if row.LedBy(agencies...) {
			d.Part = PartLead
		}
		if at := changed[row.ID]; at.After(d.ChangedAt) {
			d.ChangedAt = at
		}
		byID[row.ID] = d
		// Of a duty that is here for a contribution alone only that is shown.
		if !row.Due.IsZero() && (d.Part == PartLead || cooperating) {
			days = append(days, d)
		}
	}
	for _, n := range notes {
		d, ok := byID[n.AssignmentID]
		if !ok || n.Due == d.Day {
			continue
		}
		d.Kind, d.ID, d.Day, d.Sequence = CalendarReport, n.ID, n.Due, 0
		days = append(days, d)
	}
	for _, c := range parts {
		d, ok := byID[c.AssignmentID]
		if !ok || c.Due.IsZero() {
			continue
		}
		d.Kind, d.ID, d.Day, d.Sequence, d.Part = CalendarContribution, c.ID, c.Due, max(0, c.Round-1), PartCooperating
		if !d.Row.Hidden {
			d.Words = c.Words
		}
		days = append(days, d)
	}
	slices.SortFunc(days, func(a, b CalendarDay) int {
		return cmp.Or(cmp.Compare(a.Day.String(), b.Day.String()), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
	})
	return days
}
