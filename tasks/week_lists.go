package tasks

import (
	"context"
	"errors"
	"fmt"

	"tiendo/tasks/calendar"
)

// lists gathers what a Monday keeps beside its figures.
func (s *Weeks) lists(tx WeekReader, monday calendar.Date) (map[WeekList]WeekSection, error) {
	ladders, err := tx.Ladders()
	if err != nil {
		return nil, err
	}
	ladders.Default = s.Ladder
	out := make(map[WeekList]WeekSection, len(WeekLists))
	for _, list := range []struct {
		name   WeekList
		gather func() (WeekSection, error)
	}{
		{WeekExtensions, func() (WeekSection, error) { return s.askedAgain(tx, monday) }},
		{WeekDeclines, func() (WeekSection, error) { return s.declined(tx, monday) }},
		{WeekLong, func() (WeekSection, error) {
			return s.longLate(tx, ladders, monday, putBefore(out[WeekExtensions], out[WeekDeclines]))
		}},
		{WeekFinished, func() (WeekSection, error) {
			q := AssignmentQuery{States: []State{StateCompleted}, CompletedFrom: monday.AddDays(-7), CompletedTo: monday.AddDays(-1), Sort: SortNewest}
			return s.first(tx, q, monday)
		}},
		{WeekDue, func() (WeekSection, error) {
			q := AssignmentQuery{States: []State{StateAssigned, StateInProgress, StateReturned}, DueFrom: monday, DueTo: monday.AddDays(6), Sort: SortUrgent}
			return s.first(tx, q, monday)
		}},
	} {
		section, err := list.gather()
		if err != nil {
			return nil, fmt.Errorf("list %s: %w", list.name, err)
		}
		for i := range section.Rows {
			section.Rows[i].List = list.name
		}
		out[list.name] = section
	}
	return out, nil
}

// row is a line as it stands on the Monday.
func (s *Weeks) row(a AssignmentRow, monday calendar.Date) WeekRow {
	d := WeekDuty{AssignmentID: a.ID, Day: a.Due, Times: a.Extended}
	if a.State.Open() && !a.Due.IsZero() && a.Due.Before(monday) {
		d.DaysLate = s.Rules.Calendar.WorkingDays(a.Due, monday)
	}
	return WeekRow{a, d}
}

// first are the first duties of the query, and how many there are.
func (s *Weeks) first(tx WeekReader, q AssignmentQuery, monday calendar.Date) (section WeekSection, err error) {
	q.Today, q.SoonUntil, q.Limit = monday, s.Rules.SoonUntil(monday), WeekListed
	q.spans(s.Rules.Location)
	page, err := tx.Assignments(q)
	section.Total = page.Total
	for _, a := range page.Rows {
		section.Rows = append(section.Rows, s.row(a, monday))
	}
	return section, err
}

// askedAgain are the requests for a later deadline behind at least two extensions.
func (s *Weeks) askedAgain(tx WeekReader, monday calendar.Date) (section WeekSection, err error) {
	err = eachRequest(tx, tx.WaitingExtensions, func(x Extension) (int64, int64) { return x.ID, x.AssignmentID }, func(x Extension, a AssignmentRow) {
		if row := s.row(a, monday); row.Extended >= ThirdExtension {
			row.RequestID, row.Asked = x.ID, x.Asked
			section.add(row)
		}
	})
	return section, err
}

// declined are the requests for another lead on which a leader decides.
func (s *Weeks) declined(tx WeekReader, monday calendar.Date) (section WeekSection, err error) {
	err = eachRequest(tx, tx.WaitingDeclines, func(d Decline) (int64, int64) { return d.ID, d.AssignmentID }, func(d Decline, a AssignmentRow) {
		if row := s.row(a, monday); s.Rules.ExtensionBy(row.DocumentKind) == RoleLeader {
			row.RequestID = d.ID
			section.add(row)
		}
	})
	return section, err
}

// eachRequest goes through all requests that wait, with the row of the assignment that each is about; of tells both identifiers.
func eachRequest[T any](
	tx WeekReader, read func(after int64, limit int) ([]T, error), of func(T) (id, assignmentID int64), do func(T, AssignmentRow),
) error {
	for after, full := int64(0), true; full; {
		page, err := read(after, MaxPage)
		if err != nil {
			return err
		}
		full = len(page) == MaxPage
		ids := make([]int64, len(page))
		for i, x := range page {
			after, ids[i] = of(x)
		}
		rows, err := rowsOf(tx, ids)
		if err != nil {
			return err
		}
		for i, x := range page {
			do(x, rows[ids[i]])
		}
	}
	return nil
}

// putBefore are the duties of requests on which leaders are to decide.
func putBefore(sections ...WeekSection) map[int64]WeekRow {
	rows := make(map[int64]WeekRow)
	for _, section := range sections {
		for _, row := range section.Rows {
			rows[row.ID] = row
		}
	}
	return rows
}

// longLate are the duties that have been overdue for as long as their ladders say, the most overdue first; without those that leaders are
// asked about already.
func (s *Weeks) longLate(tx WeekReader, ladders Ladders, monday calendar.Date, asked map[int64]WeekRow) (section WeekSection, err error) {
	days, same := ladders.leaders()
	if days == 0 {
		return section, nil
	}
	cal := s.Rules.Calendar
	q := AssignmentQuery{Timeliness: Overdue, Today: monday, SoonUntil: s.Rules.SoonUntil(monday), Sort: SortUrgent, Limit: MaxPage}
	q.DueTo = s.Rules.LateSince(monday, days-1)
	for {
		page, err := tx.Assignments(q)
		if err != nil {
			return section, err
		}
		for _, a := range page.Rows {
			if _, known := asked[a.ID]; !known && ladders.Of(a.TaskID, a.DocumentID).ForLeaders(cal, a.Due, monday) {
				section.add(s.row(a, monday))
			}
		}
		if same {
			section.Total = page.Total
			for _, row := range asked {
				if row.State.Open() && ladders.Of(row.TaskID, row.DocumentID).ForLeaders(cal, row.Due, monday) {
					section.Total--
				}
			}
			return section, nil
		}
		if page.Next == "" || section.Total > CountCap {
			return section, nil
		}
		q.After = page.Next
	}
}

// ForLeaders answers from how many working days of delay on leaders are asked of a duty, the least of all ladders, 0: they never are; and
// whether they are asked of the one of a row today by its own ladder.
func (s *Weeks) ForLeaders(ctx context.Context) (days int, asked func(AssignmentRow) bool, err error) {
	var ladders Ladders
	if err := s.Store.View(ctx, func(tx WeekReader) (err error) {
		ladders, err = tx.Ladders()
		return err
	}); err != nil {
		return 0, nil, fmt.Errorf("ladders: %w", err)
	}
	ladders.Default = s.Ladder
	days, _ = ladders.leaders()
	today := s.Rules.Day(s.Now())
	return days, func(a AssignmentRow) bool {
		return ladders.Of(a.TaskID, a.DocumentID).ForLeaders(s.Rules.Calendar, a.Due, today)
	}, nil
}

// leaders is the least number of days late from which on leaders are asked of a duty, 0: they never are; same tells that it is so of all.
func (l Ladders) leaders() (days int, same bool) {
	days, same = l.Of(0, 0).Leaders, true
	for own := range l.own {
		if own.Leaders == days {
			continue
		}
		same = false
		if own.Leaders > 0 && (days == 0 || own.Leaders < days) {
			days = own.Leaders
		}
	}
	return days, same
}

// add counts the row, and keeps it among the first.
func (s *WeekSection) add(row WeekRow) {
	s.Total++
	if len(s.Rows) < WeekListed {
		s.Rows = append(s.Rows, row)
	}
}

// keepLists stores the lists with the figures.
func keepLists(tx WeekTx, w Week) error {
	var duties []WeekDuty
	var totals []WeekTotal
	for _, list := range WeekLists {
		totals = append(totals, WeekTotal{list, w.Lists[list].Total})
		for _, row := range w.Lists[list].Rows {
			duties = append(duties, row.WeekDuty)
		}
	}
	return tx.KeepWeekLists(w.Monday, duties, totals)
}

// frozenLists reads what a Monday has kept, and what the secretariat says in its digest.
func frozenLists(tx FrozenWeekReader, w *Week) error {
	duties, err := tx.WeekDuties(w.Monday)
	if err != nil {
		return err
	}
	totals, err := tx.WeekTotals(w.Monday)
	if err != nil {
		return err
	}
	ids := make([]int64, len(duties))
	for i, d := range duties {
		ids[i] = d.AssignmentID
	}
	rows, err := rowsOf(tx, ids)
	if err != nil {
		return err
	}
	w.Lists = make(map[WeekList]WeekSection, len(totals))
	for _, t := range totals {
		w.Lists[t.List] = WeekSection{Total: t.Total}
	}
	for _, d := range duties {
		section := w.Lists[d.List]
		section.Rows = append(section.Rows, WeekRow{rows[d.AssignmentID], d})
		w.Lists[d.List] = section
	}
	w.Foreword, err = tx.Foreword(w.Monday)
	if errors.Is(err, ErrNotFound) {
		err = nil
	}
	return err
}
