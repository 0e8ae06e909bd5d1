package tasks

import (
	"errors"
	"slices"

	"tiendo/tasks/calendar"
)

// shownResults is how many periods of a recurring duty are listed with how they ended: about two years of months, or half a year of weeks.
const shownResults = 26

// PeriodResult tells how one period of a recurring duty stands, or ended.
type PeriodResult struct {
	Period
	DutyFigures
	OnTime int // of those completed; by the deadline now in force
}

// count reads how the duty stands: of one that recurs also by periods, and of the period that is asked for. A period that it does not have
// is not found.
func (v *DutyView) count(tx AssignmentReader, list []Assignment, q *DutyQuery) error {
	if _, err := tx.TaskSeries(q.TaskID); err == nil {
		v.Recurs = true
	} else if !errors.Is(err, ErrNotFound) {
		return err
	}
	if slices.ContainsFunc(list, func(a Assignment) bool { return !a.Period.IsZero() }) {
		var err error
		if v.Periods, err = tx.PeriodResults(q.TaskID, q.Today, shownResults); err != nil {
			return err
		}
	}
	if q.Newest && len(v.Periods) > 0 {
		q.Period = v.Periods[0].Due
	}
	if !q.Period.IsZero() {
		i := slices.IndexFunc(v.Periods, func(r PeriodResult) bool { return r.Due == q.Period })
		if i < 0 {
			return ErrNotFound
		}
		v.Period, v.Figures = v.Periods[i].Period, v.Periods[i].DutyFigures
		return nil
	}
	figures, err := tx.DutyFigures([]int64{q.TaskID}, q.Today)
	if err == nil {
		v.Figures = figures[0]
	}
	return err
}

// ofPeriod tells whether the assignment is of the period that ends on the day; every one is of the zero day.
func (a Assignment) ofPeriod(due calendar.Date) bool { return due.IsZero() || a.Period.Due == due }
