package calendar

import (
	"slices"
	"sync/atomic"
	"time"
)

// Exception is a day that differs from "Monday to Friday are worked": a public
// holiday or bridge day off (Working false), or a Saturday worked to make up
// for one (Working true).
type Exception struct {
	Date    Date
	Working bool
	// Name says in Vietnamese what the day is.
	Name string
	// Pending marks a day announced but not yet law; it counts only when a
	// person has taken the mark away.
	Pending bool
}

// Calendar knows the working days: Monday to Friday, less public holidays
// (Labour Code 2019, art. 112), plus swapped make-up days. It is safe for
// concurrent use. Whoever holds one sees the days that Replace has put in
// last; each method reckons with those of one moment. A nil *Calendar and the
// zero one are the plain Monday to Friday.
type Calendar struct{ days atomic.Pointer[table] }

// New makes a calendar from exceptions in any order. Pending ones are left
// out; of two for the same day the later in the list holds.
func New(exceptions []Exception) *Calendar {
	c := new(Calendar)
	c.Replace(exceptions)
	return c
}

// Replace puts other exceptions, as New takes them, in place of those that
// held: for everybody who holds the calendar.
func (c *Calendar) Replace(exceptions []Exception) { c.days.Store(newTable(exceptions)) }

// Fixed is the calendar as it is at this moment; Replace does not reach it. A
// computation of several steps that must agree with each other begins with it.
func (c *Calendar) Fixed() *Calendar {
	fixed := new(Calendar)
	fixed.days.Store(c.now())
	return fixed
}

func (c *Calendar) now() *table {
	if c == nil {
		return nil
	}
	return c.days.Load()
}

// LawDaysOff is how many days a year are public holidays (Labour Code 2019,
// art. 112(1)). One that falls on a weekly day off is made good by the next
// working day (art. 111(3)), so that each takes one from Monday to Friday.
const LawDaysOff = 11

// WeekdaysOff counts the days of the year from Monday to Friday that are not
// worked. A year with fewer than LawDaysOff is not known whole.
func (c *Calendar) WeekdaysOff(year int) int {
	now, n := c.now(), 0
	if now == nil {
		return 0
	}
	for d, e := range now.byDate {
		if d.Year == year && !e.Working && IsWeekday(d) {
			n++
		}
	}
	return n
}

// IsWeekday tells whether d is one of Monday to Friday, whatever the calendar.
func IsWeekday(d Date) bool {
	w := d.Weekday()
	return w != time.Saturday && w != time.Sunday
}

// Exception returns the exception that holds on d, if there is one.
func (c *Calendar) Exception(d Date) (Exception, bool) { return c.now().exception(d) }

// IsWorking reports whether d is a working day. "No date" is none.
func (c *Calendar) IsWorking(d Date) bool { return c.now().isWorking(d) }

// OnOrAfter returns the first working day from d on.
func (c *Calendar) OnOrAfter(d Date) Date { return c.now().onOrAfter(d) }

// OnOrBefore returns the last working day up to d.
func (c *Calendar) OnOrBefore(d Date) Date { return c.now().onOrBefore(d) }

// Add returns the n-th working day after d, or for a negative n the |n|-th
// before d; d itself never counts. Add(d, 0) is d, worked or not.
func (c *Calendar) Add(d Date, n int) Date { return c.now().add(d, n) }

// WorkingDays returns how many working days lie in (from, to]: after from, up
// to and with to. When to is before from it is minus the number in (to, from].
// Either being no date gives 0. Its cost does not depend on the span.
func (c *Calendar) WorkingDays(from, to Date) int { return c.now().workingDays(from, to) }

// Step returns the day of a reminder's step. n = 0 is the last working day up
// to the due date, n < 0 the |n|-th working day before that one, n > 0 the
// n-th working day after the due date.
func (c *Calendar) Step(due Date, n int) Date { return c.now().step(due, n) }

// Change is a day on which two calendars differ, with what each says of it;
// nil: that it is as any of its week.
type Change struct {
	Date          Date
	Before, After *Exception
}

// Moves tells whether the day is worked in one of the two and not in the other.
func (c Change) Moves() bool { return c.worked(c.Before) != c.worked(c.After) }

func (c Change) worked(e *Exception) bool {
	if e == nil || e.Pending {
		return IsWeekday(c.Date)
	}
	return e.Working
}

// Diff lists by day where two lists of exceptions, each with at most one a
// day, differ in anything that they say.
func Diff(before, after []Exception) []Change {
	byDate := make(map[Date]*Change)
	at := func(d Date) *Change {
		if byDate[d] == nil {
			byDate[d] = &Change{Date: d}
		}
		return byDate[d]
	}
	for _, e := range before {
		at(e.Date).Before = &e
	}
	for _, e := range after {
		at(e.Date).After = &e
	}
	var out []Change
	for _, c := range byDate {
		if c.Before == nil || c.After == nil || *c.Before != *c.After {
			out = append(out, *c)
		}
	}
	slices.SortFunc(out, func(a, b Change) int { return a.Date.Compare(b.Date) })
	return out
}
