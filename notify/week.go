package notify

import (
	"fmt"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// weekFigures are the figures of a Monday beside those of the Monday before.
type weekFigures struct {
	now    tasks.Figures
	before *tasks.Figures // nil when there is none to compare with
}

// change is how much a figure has grown since the Monday before; nil when that is not known.
func (f weekFigures) change(of func(tasks.Figures) int) *int {
	if f.before == nil {
		return nil
	}
	n := of(f.now) - of(*f.before)
	return &n
}

// letterFigures are the four figures of a week with their changes.
func (f weekFigures) letterFigures(w *templates.Words) []templates.LetterFigure {
	overdue := func(f tasks.Figures) int { return f.Overdue }
	week := func(f tasks.Figures) int { return f.DueWeek }
	completed := func(f tasks.Figures) int { return f.Completed }
	waiting := func(f tasks.Figures) int { return f.Waiting }
	done := w.T("mail.figure.completed")
	if f.now.Completed > 0 {
		done = w.T("mail.figure.completed_on_time", w.Rate(f.now.OnTime, f.now.Completed))
	}
	return []templates.LetterFigure{
		{Value: f.now.Overdue, Text: w.T("mail.figure.overdue"), Change: f.change(overdue), Late: f.now.Overdue > 0},
		{Value: f.now.DueWeek, Text: w.T("mail.figure.due_week"), Change: f.change(week)},
		{Value: f.now.Completed, Text: done, Change: f.change(completed)},
		{Value: f.now.Waiting, Text: w.T("mail.figure.waiting"), Change: f.change(waiting)},
	}
}

// frozen reads the figures stored for a Monday, by agency; of the province under 0.
func frozen(tx ComposeReader, monday calendar.Date) (map[int64]tasks.Figures, error) {
	rows, err := tx.WeekFigures(monday)
	if err != nil {
		return nil, fmt.Errorf("figures of %s: %w", monday, err)
	}
	byAgency := make(map[int64]tasks.Figures, len(rows))
	for _, r := range rows {
		byAgency[r.AgencyID] = r.Figures
	}
	return byAgency, nil
}

// figureQuery asks for the figures of today.
func (p *pass) figureQuery() tasks.FigureQuery {
	return tasks.FigureQuery{Today: p.today, SoonUntil: p.rules.SoonUntil(p.today), WeekEnd: p.today.Monday().AddDays(6)}
}

// weekdayDate is a day with its weekday and year: "Thứ Hai 5/10/2026".
func weekdayDate(w *templates.Words, day calendar.Date) string {
	return w.T(fmt.Sprintf("weekday.%d", day.Weekday())) + " " + written(w.Date(day))
}

// weekNumber is the week of a Monday as offices count it (ISO 8601).
func weekNumber(monday calendar.Date) int {
	_, week := monday.ISOWeek()
	return week
}
