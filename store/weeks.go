package store

import (
	"errors"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

var _ tasks.WeekTx = (*Tx)(nil)

const weekColumns = `monday, agency_id, total, assigned, in_progress, returned, waiting, completed, on_time, overdue, due_soon, due_week,
	no_deadline, passed`

// WeekFigures implements tasks.WeekReader, the province first, then by agency.
func (tx *Tx) WeekFigures(monday calendar.Date) ([]tasks.WeekFigures, error) {
	return all(tx, func(r scanner) (tasks.WeekFigures, error) {
		var f tasks.WeekFigures
		err := r.Scan(append([]any{day{&f.Monday}, &f.AgencyID}, figureFields(&f.Figures)...)...)
		return f, err
	}, "SELECT "+weekColumns+" FROM week_figures WHERE monday = $1 ORDER BY agency_id", monday.String())
}

// LatestMonday implements tasks.WeekReader.
func (tx *Tx) LatestMonday(upTo calendar.Date) (calendar.Date, error) {
	var monday calendar.Date
	err := tx.row("SELECT max(monday) FROM week_figures WHERE monday <= $1", upTo.String()).Scan(day{&monday})
	return monday, err
}

// LateDuties implements tasks.WeekReader, in the order in which they were frozen.
func (tx *Tx) LateDuties(monday calendar.Date) ([]tasks.LateDuty, error) {
	return all(tx, func(r scanner) (d tasks.LateDuty, err error) {
		err = r.Scan(&d.AssignmentID, &d.DaysLate)
		return d, err
	}, "SELECT assignment_id, days_late FROM late_duties WHERE monday = $1 ORDER BY position", monday.String())
}

// FreezeWeek implements tasks.WeekTx. All figures must be of one Monday, which is that of the late duties too.
func (tx *Tx) FreezeWeek(figures []tasks.WeekFigures, worst []tasks.LateDuty) error {
	if len(figures) == 0 {
		return errors.New("freeze week: no figures")
	}
	monday := figures[0].Monday.String()
	if err := tx.turn("weeks"); err != nil {
		return err
	}
	frozen, err := tx.exists("SELECT 1 FROM week_figures WHERE monday = $1", monday)
	if err != nil || frozen {
		return err
	}
	var values []any
	for _, f := range figures {
		if f.Monday != figures[0].Monday {
			return errors.New("freeze week: figures of two Mondays")
		}
		values = append(values, monday, f.AgencyID)
		for _, field := range figureFields(&f.Figures) {
			values = append(values, *field.(*int))
		}
	}
	if err := tx.insertRows("week_figures ("+weekColumns+")", 14, values); err != nil {
		return err
	}
	values = nil
	for i, d := range worst {
		values = append(values, monday, i, d.AssignmentID, d.DaysLate)
	}
	return tx.insertRows("late_duties (monday, position, assignment_id, days_late)", 4, values)
}
