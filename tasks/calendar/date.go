// Package calendar counts the province's days: civil dates without a clock or
// a zone, working days with public holidays and swapped make-up days, the
// steps of reminders, periods of the Civil Code and recurring dates.
package calendar

import (
	"cmp"
	"fmt"
	"time"
)

// isoLayout is the only text form of a date, the same in the database, in
// forms and in JSON.
const isoLayout = "2006-01-02"

// Date is a civil date: a day on the wall calendar, without time or zone. It
// is comparable and may be a map key. The zero Date means "no date"; it
// prints as "" and sorts before every real date.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// NewDate returns the date y-m-d, normalised as time.Date does: 31 April is
// 1 May, month 13 is January of the next year.
func NewDate(y int, m time.Month, d int) Date {
	return fromTime(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
}

// ParseDate reads "2006-01-02" and nothing else. The empty string is an
// error: a caller for whom "no date" is allowed asks for it first, or uses
// UnmarshalText.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(isoLayout, s)
	if err != nil {
		return Date{}, fmt.Errorf("parse date %q: want YYYY-MM-DD", s)
	}
	d := fromTime(t)
	if d.IsZero() || d.Year == 0 {
		return Date{}, fmt.Errorf("parse date %q: no year 0", s)
	}
	return d, nil
}

// MustParseDate is ParseDate for tests and samples; it panics on an error.
func MustParseDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// DateOf returns the day on which t falls in loc (nil: UTC).
func DateOf(t time.Time, loc *time.Location) Date {
	if loc == nil {
		loc = time.UTC
	}
	return fromTime(t.In(loc))
}

func fromTime(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// EndOfMonth returns the last day of a month.
func EndOfMonth(y int, m time.Month) Date { return NewDate(y, m+1, 0) }

// EndOfQuarter returns the last day of quarter q (1 to 4).
func EndOfQuarter(y, q int) Date { return EndOfMonth(y, time.Month(3*q)) }

// IsZero reports whether d is "no date".
func (d Date) IsZero() bool { return d == Date{} }

// String returns "2006-01-02", "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Compare returns -1, 0 or 1 as d is before, equal to or after o.
func (d Date) Compare(o Date) int {
	return cmp.Or(cmp.Compare(d.Year, o.Year), cmp.Compare(d.Month, o.Month), cmp.Compare(d.Day, o.Day))
}

// Before reports whether d is an earlier day than o.
func (d Date) Before(o Date) bool { return d.Compare(o) < 0 }

// After reports whether d is a later day than o.
func (d Date) After(o Date) bool { return d.Compare(o) > 0 }

// AddDays returns the day n calendar days later (earlier when n is negative).
// No date stays no date.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	return NewDate(d.Year, d.Month, d.Day+n)
}

// AddMonths returns the same day n months later (earlier when n is negative),
// or the last day of that month where it has no such day: 31 January plus one
// month is 28 or 29 February (Civil Code 2015, art. 148(3)).
func (d Date) AddMonths(n int) Date {
	if d.IsZero() {
		return d
	}
	first := NewDate(d.Year, d.Month+time.Month(n), 1)
	last := EndOfMonth(first.Year, first.Month)
	first.Day = min(d.Day, last.Day)
	return first
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// ISOWeek returns the ISO 8601 year and week of d; the year differs from
// d.Year around New Year.
func (d Date) ISOWeek() (year, week int) { return d.utc().ISOWeek() }

// Monday returns the Monday of d's week; Sunday closes the week.
func (d Date) Monday() Date { return d.AddDays(-(int(d.Weekday()) + 6) % 7) }

// DaysUntil returns the number of calendar days from d to o, negative when o
// is earlier.
func (d Date) DaysUntil(o Date) int { return o.number() - d.number() }

// Start returns the first instant of the day in loc (nil: UTC): midnight,
// except in zones whose clocks skip or repeat it.
func (d Date) Start(loc *time.Location) time.Time {
	if loc == nil {
		loc = time.UTC
	}
	t := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, loc)
	if fromTime(t) == d && fromTime(t.Add(-time.Second)) != d {
		return t
	}
	// A clock change falls on this midnight: look for the second at which the
	// date turns.
	lo, hi := t.Add(-24*time.Hour), t.Add(12*time.Hour)
	for hi.Sub(lo) > time.Second {
		mid := lo.Add(hi.Sub(lo) / 2).Truncate(time.Second)
		if fromTime(mid).Before(d) {
			lo = mid
		} else {
			hi = mid
		}
	}
	return hi
}

// MarshalText returns "2006-01-02", empty for no date.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote; empty text is no date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

func (d Date) utc() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

const secondsPerDay = 24 * 60 * 60

// epoch is Monday 1 January 0001. Counting days from a Monday makes the
// weekdays in a span a matter of division.
var epoch = time.Date(1, time.January, 1, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay

// number counts days from the epoch, which is 0.
func (d Date) number() int { return int(d.utc().Unix()/secondsPerDay - epoch) }

func fromNumber(n int) Date { return NewDate(1, time.January, 1+n) }
