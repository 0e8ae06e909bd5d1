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

// point is a day, month, quarter, half-year or year as said. Numbers not said
// are 0.
type point struct {
	unit    unit
	y, m, d int
	q       int    // quarter 1-4, or half 1-2
	hour    string // "10:00"
	edge    edge   // đầu, giữa, cuối
	span    bool   // the last of several: "2025 - 2030"
}

// edge says which part of a month, quarter or year is meant.
type edge byte

const (
	whole  edge = iota
	early       // đầu: its first day
	middle      // giữa: the 15th; of a year 30 June
	late        // cuối, hết: its last day
)

// last returns the last day of the point (design: a quarter, month, half or year
// ends on its last day; đầu / giữa / cuối after Civil Code 2015, art. 146(3)).
func (p point) last() (calendar.Date, bool) {
	switch p.unit {
	case unitDay:
		return date(p.y, p.m, p.d)
	case unitMonth:
		if p.m < 1 || p.m > 12 {
			return calendar.Date{}, false
		}
		switch p.edge {
		case early:
			return date(p.y, p.m, 1)
		case middle:
			return date(p.y, p.m, 15)
		}
		return calendar.EndOfMonth(p.y, time.Month(p.m)), true
	case unitQuarter:
		if p.edge == early {
			return date(p.y, 3*p.q-2, 1)
		}
		return calendar.EndOfQuarter(p.y, p.q), true
	case unitHalf:
		return calendar.EndOfMonth(p.y, time.Month(6*p.q)), true
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

// first returns the first day of the point.
func (p point) first() (calendar.Date, bool) {
	switch p.unit {
	case unitDay:
		return date(p.y, p.m, p.d)
	case unitMonth:
		return date(p.y, p.m, 1)
	case unitQuarter:
		return date(p.y, 3*p.q-2, 1)
	case unitHalf:
		return date(p.y, 6*p.q-5, 1)
	}
	return date(p.y, 1, 1)
}
