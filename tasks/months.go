package tasks

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"tiendo/tasks/calendar"
)

// MonthWeek is one Monday of a month as it was frozen.
type MonthWeek struct {
	Monday   calendar.Date
	Province Figures
	Change   FigureChange // since the Monday frozen before it
}

// FigureChange is what a week, or the weeks of a month together, have added to figures.
type FigureChange struct {
	Assigned  int // more to do in all
	Completed int
	OnTime    int
	Overdue   int
}

// changeOf is what lies between two figures.
func changeOf(before, now Figures) FigureChange {
	return FigureChange{
		Assigned: now.All - before.All, Completed: now.Completed - before.Completed, OnTime: now.OnTime - before.OnTime,
		Overdue: now.Overdue - before.Overdue,
	}
}

func (c FigureChange) plus(o FigureChange) FigureChange {
	return FigureChange{c.Assigned + o.Assigned, c.Completed + o.Completed, c.OnTime + o.OnTime, c.Overdue + o.Overdue}
}

// AgencyMonth is one agency's line of a month.
type AgencyMonth struct {
	Agency  Agency
	Overdue []int // on each Monday of MonthView.Weeks
	Last    Figures
	Change  FigureChange
}

// MonthView adds up the weeks of a month: those whose Monday lies in it, each against the one before.
type MonthView struct {
	Month Month
	// Since is the Monday against which the first week's changes are; zero: nothing was frozen before the month.
	Since calendar.Date
	Weeks []MonthWeek
	// Missing are Mondays of the month, not after today, that were not frozen.
	Missing  []calendar.Date
	Total    FigureChange // of all weeks
	Last     Figures      // on the last Monday
	Agencies []AgencyMonth
	// Before and After are the nearest months with figures; zero when there are none.
	Before, After Month
}

// Month adds up a month from its frozen weeks. The zero month asks for that of the latest frozen Monday. A month without any is
// ErrNotFound.
func (s *Weeks) Month(ctx context.Context, actor Person, month Month) (MonthView, error) {
	if err := may(actor, ActionWeekRead); err != nil {
		return MonthView{}, err
	}
	var v MonthView
	err := s.Store.View(ctx, func(tx WeekReader) (err error) {
		today := s.Rules.Day(s.Now())
		if month == (Month{}) {
			latest, err := tx.LatestMonday(today)
			if err != nil {
				return err
			}
			if latest.IsZero() {
				return ErrNotFound
			}
			month = MonthOf(latest)
		}
		v, err = monthOf(tx, month, today)
		return err
	})
	if err != nil {
		return MonthView{}, fmt.Errorf("month %s: %w", month, err)
	}
	return v, nil
}

func monthOf(tx WeekReader, month Month, today calendar.Date) (MonthView, error) {
	v := MonthView{Month: month}
	before, since, err := frozenUpTo(tx, month.Mondays()[0].AddDays(-1))
	if err != nil {
		return v, err
	}
	if v.Since = since; !since.IsZero() {
		v.Before = MonthOf(since)
	}
	agencies := make(map[int64]*AgencyMonth)
	for _, monday := range month.Mondays() {
		if monday.After(today) {
			break
		}
		now, err := figuresOf(tx, monday)
		if err != nil {
			return v, err
		}
		if len(now) == 0 {
			v.Missing = append(v.Missing, monday)
			continue
		}
		week := MonthWeek{Monday: monday, Province: now[0]}
		if before != nil {
			week.Change = changeOf(before[0], now[0])
		}
		v.Total = v.Total.plus(week.Change)
		v.Last = now[0]
		v.Weeks = append(v.Weeks, week)
		for id := range now {
			if id != 0 && agencies[id] == nil {
				agencies[id] = &AgencyMonth{Overdue: make([]int, len(v.Weeks)-1, len(month.Mondays()))}
			}
		}
		for id, a := range agencies {
			a.Overdue, a.Last = append(a.Overdue, now[id].Overdue), now[id]
			if before != nil {
				a.Change = a.Change.plus(changeOf(before[id], now[id]))
			}
		}
		before = now
	}
	if len(v.Weeks) == 0 {
		return v, ErrNotFound
	}
	if v.Agencies, err = agencyMonths(tx, agencies); err != nil {
		return v, err
	}
	return v, v.findAfter(tx, today)
}

// findAfter finds the nearest month behind it with figures.
func (v *MonthView) findAfter(tx WeekReader, today calendar.Date) error {
	for m := v.Month.Next(); !m.First().After(today); m = m.Next() {
		latest, err := tx.LatestMonday(m.Last())
		if err != nil {
			return err
		}
		if MonthOf(latest) == m {
			v.After = m
			return nil
		}
	}
	return nil
}

// frozenUpTo reads the newest figures frozen up to the day; nil when there are none.
func frozenUpTo(tx WeekReader, day calendar.Date) (map[int64]Figures, calendar.Date, error) {
	monday, err := tx.LatestMonday(day)
	if err != nil || monday.IsZero() {
		return nil, monday, err
	}
	figures, err := figuresOf(tx, monday)
	return figures, monday, err
}

// figuresOf reads the figures of a Monday by agency, the province's under 0.
func figuresOf(tx WeekReader, monday calendar.Date) (map[int64]Figures, error) {
	rows, err := tx.WeekFigures(monday)
	if err != nil {
		return nil, err
	}
	figures := make(map[int64]Figures, len(rows))
	for _, r := range rows {
		figures[r.AgencyID] = r.Figures
	}
	return figures, nil
}

// agencyMonths orders agencies as a week does.
func agencyMonths(tx DirectoryReader, lines map[int64]*AgencyMonth) ([]AgencyMonth, error) {
	agencies, err := tx.Agencies()
	if err != nil {
		return nil, err
	}
	var out []AgencyMonth
	for _, a := range agencies {
		if line := lines[a.ID]; line != nil {
			line.Agency = a
			out = append(out, *line)
		}
	}
	slices.SortStableFunc(out, func(a, b AgencyMonth) int {
		return cmp.Or(cmp.Compare(b.Last.Overdue, a.Last.Overdue), cmp.Compare(b.Last.All, a.Last.All))
	})
	return out, nil
}
