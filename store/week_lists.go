package store

import (
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// WeekDuties implements tasks.WeekListReader.
func (tx *Tx) WeekDuties(monday calendar.Date) ([]tasks.WeekDuty, error) {
	return all(tx, func(r scanner) (d tasks.WeekDuty, err error) {
		err = r.Scan(&d.List, &d.AssignmentID, &d.RequestID, &d.DaysLate, day{&d.Day}, day{&d.Asked}, &d.Times, &d.Settled)
		return d, err
	}, `SELECT w.list, w.assignment_id, w.request_id, w.days_late, w.day, w.asked, w.times,
			a.state IN ($2, $3) OR w.list = $4 AND EXISTS (SELECT 1 FROM extensions x WHERE x.id = w.request_id AND x.outcome <> '')
			OR w.list = $5 AND EXISTS (SELECT 1 FROM declines x WHERE x.id = w.request_id AND x.outcome <> '')
		FROM week_duties w JOIN assignments a ON a.id = w.assignment_id WHERE w.monday = $1 ORDER BY w.list, w.position`,
		monday.String(), string(tasks.StateCompleted), string(tasks.StateCancelled), string(tasks.WeekExtensions), string(tasks.WeekDeclines))
}

// WeekTotals implements tasks.WeekListReader.
func (tx *Tx) WeekTotals(monday calendar.Date) ([]tasks.WeekTotal, error) {
	return all(tx, func(r scanner) (t tasks.WeekTotal, err error) {
		err = r.Scan(&t.List, &t.Total)
		return t, err
	}, "SELECT list, total FROM week_totals WHERE monday = $1 ORDER BY list", monday.String())
}

// KeepWeekLists implements tasks.WeekListWriter. A Monday that has its lists keeps them.
func (tx *Tx) KeepWeekLists(monday calendar.Date, duties []tasks.WeekDuty, totals []tasks.WeekTotal) error {
	kept, err := tx.exists("SELECT 1 FROM week_totals WHERE monday = $1", monday.String())
	if err != nil || kept {
		return err
	}
	var values []any
	positions := make(map[tasks.WeekList]int)
	for _, d := range duties {
		values = append(values, monday.String(), string(d.List), positions[d.List], d.AssignmentID, d.RequestID, d.DaysLate, dayValue(d.Day),
			dayValue(d.Asked), d.Times)
		positions[d.List]++
	}
	if err := tx.insertRows("week_duties (monday, list, position, assignment_id, request_id, days_late, day, asked, times)", 9, values); err != nil {
		return err
	}
	values = nil
	for _, t := range totals {
		values = append(values, monday.String(), string(t.List), t.Total)
	}
	return tx.insertRows("week_totals (monday, list, total)", 3, values)
}

// Foreword implements tasks.WeekListReader.
func (tx *Tx) Foreword(monday calendar.Date) (tasks.Foreword, error) {
	return one(tx, func(r scanner) (tasks.Foreword, error) {
		f := tasks.Foreword{Monday: monday}
		err := r.Scan(&f.Text, &f.PersonID, instant{&f.At}, &f.Version)
		return f, err
	}, "SELECT text, person_id, at, version FROM forewords WHERE monday = $1", monday.String())
}

// SetForeword implements tasks.WeekListWriter.
func (tx *Tx) SetForeword(f tasks.Foreword, version int64) error {
	if version == 0 {
		n, err := tx.affect("INSERT INTO forewords (monday, text, person_id, at, version) VALUES ($1, $2, $3, $4, 1) ON CONFLICT (monday) DO NOTHING",
			f.Monday.String(), f.Text, f.PersonID, f.At.UnixMilli())
		return conflicting(n, err)
	}
	n, err := tx.affect("UPDATE forewords SET text = $1, person_id = $2, at = $3, version = version + 1 WHERE monday = $4 AND version = $5",
		f.Text, f.PersonID, f.At.UnixMilli(), f.Monday.String(), version)
	return conflicting(n, err)
}
