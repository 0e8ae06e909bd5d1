package tasks

import (
	"fmt"
	"time"

	"tiendo/tasks/calendar"
)

// Month is a month of a year.
type Month struct {
	Year  int
	Month time.Month
}

// MonthOf is the month of the day.
func MonthOf(day calendar.Date) Month { return Month{day.Year, day.Month} }

// ParseMonth reads "2026-11".
func ParseMonth(text string) (Month, error) {
	first, err := calendar.ParseDate(text + "-01")
	if err != nil {
		return Month{}, fmt.Errorf("month %q: want the form 2006-01", text)
	}
	return MonthOf(first), nil
}

// String writes the month as ParseMonth reads it.
func (m Month) String() string { return fmt.Sprintf("%04d-%02d", m.Year, int(m.Month)) }

// First is its first day.
func (m Month) First() calendar.Date { return calendar.NewDate(m.Year, m.Month, 1) }

// Last is its last day.
func (m Month) Last() calendar.Date { return calendar.EndOfMonth(m.Year, m.Month) }

// Before is the month before it.
func (m Month) Before() Month { return MonthOf(m.First().AddDays(-1)) }

// Next is the month after it.
func (m Month) Next() Month { return MonthOf(m.Last().AddDays(1)) }

// Mondays are the Mondays in it: the weeks that it adds up from.
func (m Month) Mondays() []calendar.Date {
	var out []calendar.Date
	for day := m.First().AddDays(6).Monday(); !day.After(m.Last()); day = day.AddDays(7) {
		out = append(out, day)
	}
	return out
}
