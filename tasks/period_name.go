package tasks

import (
	"strconv"

	"tiendo/tasks/calendar"
)

// Name is how a period is called: the key of its words and what goes into them.
func (p Period) Name() (key string, args []any) {
	year := strconv.Itoa(p.Due.Year)
	roman := func(n int) string { return []string{"I", "II", "III", "IV"}[n] }
	switch p.Span {
	case calendar.SpanWeek:
		y, week := p.Due.ISOWeek()
		return "period.week", []any{strconv.Itoa(week), strconv.Itoa(y)}
	case calendar.SpanMonth:
		return "period.month", []any{strconv.Itoa(int(p.Due.Month)), year}
	case calendar.SpanQuarter:
		return "period.quarter", []any{roman((int(p.Due.Month) - 1) / 3), year}
	case calendar.SpanHalf:
		return "period.half_" + strconv.Itoa((int(p.Due.Month)-1)/6+1), []any{year}
	case calendar.SpanYear:
		return "period.year", []any{year}
	}
	return "period.day", []any{p.Due}
}
