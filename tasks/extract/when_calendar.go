package extract

import (
	"time"

	"tiendo/tasks/calendar"
)

// unit is how fine a point of time was said; the finer the surer.
type unit byte

const (
	unitNone unit = iota
	unitDay
	unitMonth
	unitQuarter
	unitHalf
	unitYear
)

// point is a day, month, quarter, some months of a year, or year as said. Numbers not said are 0.
type point struct {
	unit    unit
	y, m, d int  // m of a half-year: its last month
	q       int  // quarter 1-4; of a half-year: its first month
	edge    edge // đầu, giữa, cuối
	span    bool // the last of several: "2025 - 2030"
	bad     bool // it has the shape of a day and there is no such day
	short   bool // the year was written with two figures
	mended  bool // letters stood for digits
	adrift  bool // said from the day of the document, which is unknown
}

// edge says which part of a month, quarter or year is meant.
type edge byte

const (
	whole  edge = iota
	early       // đầu: its first day
	middle      // giữa: the 15th; of a year 30 June
	late        // cuối, hết: its last day
	unsure      // a part whose days are not fixed: "tuần 2 tháng 6"
)

// last returns the last day of the point (design: a quarter, month, half or year
// ends on its last day; đầu / giữa / cuối after Civil Code 2015, art. 146(3)).
func (p point) last() (calendar.Date, bool) {
	if p.bad || p.adrift || p.edge == unsure {
		return calendar.Date{}, false
	}
	switch p.unit {
	case unitDay:
		return date(p.y, p.m, p.d)
	case unitMonth:
		switch p.edge {
		case early:
			return date(p.y, p.m, 1)
		case middle:
			return date(p.y, p.m, 15)
		}
		return endOfMonth(p.y, p.m)
	case unitQuarter:
		if p.edge == early {
			return date(p.y, 3*p.q-2, 1)
		}
		return endOfMonth(p.y, 3*p.q)
	case unitHalf:
		return endOfMonth(p.y, p.m)
	case unitYear:
		switch p.edge {
		case early:
			return date(p.y, 1, 1)
		case middle:
			return date(p.y, 6, 30)
		}
		return date(p.y, 12, 31)
	}
	return calendar.Date{}, false
}

// endOfMonth returns the last day of month m, false when there is no such month.
func endOfMonth(y, m int) (calendar.Date, bool) {
	first, ok := date(y, m, 1)
	if !ok {
		return calendar.Date{}, false
	}
	return calendar.EndOfMonth(first.Year, time.Month(m)), true
}

// before returns the last day before the point: "trước tháng 3/2027" is 28 February. A day, and a part of a month or year that
// is itself an end ("trước cuối năm"), stays.
func (p point) before() (calendar.Date, bool) {
	last, ok := p.last()
	if !ok || p.unit == unitDay || p.edge != whole {
		return last, ok
	}
	first := last
	switch p.unit {
	case unitMonth:
		first, ok = date(p.y, p.m, 1)
	case unitQuarter:
		first, ok = date(p.y, 3*p.q-2, 1)
	case unitHalf:
		first, ok = date(p.y, p.q, 1)
	default:
		first, ok = date(p.y, 1, 1)
	}
	if !ok {
		return calendar.Date{}, false
	}
	return first.AddDays(-1), true
}
