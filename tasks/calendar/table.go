package calendar

import (
	"slices"
	"sort"
)

// table is a set of exceptions that never changes once made, so that one
// computation over it is all of a piece. A nil *table is the plain Monday to
// Friday. Its methods are those of Calendar by the same names.
type table struct {
	byDate map[Date]Exception
	// days are the numbers of the days whose exception changes something, in
	// order; sums[i] is what days[0..i] add to the count of weekdays.
	days []int
	sums []int
}

// newTable makes a table from exceptions in any order. Pending ones are left
// out; of two for the same day the later in the list holds.
func newTable(exceptions []Exception) *table {
	c := &table{byDate: make(map[Date]Exception, len(exceptions))}
	for _, e := range exceptions {
		if !e.Pending && !e.Date.IsZero() {
			c.byDate[e.Date] = e
		}
	}
	delta := make(map[int]int, len(c.byDate))
	for d, e := range c.byDate {
		switch weekday := IsWeekday(d); {
		case weekday && !e.Working:
			delta[d.number()] = -1
		case !weekday && e.Working:
			delta[d.number()] = 1
		}
	}
	for n := range delta {
		c.days = append(c.days, n)
	}
	slices.Sort(c.days)
	sum := 0
	for _, n := range c.days {
		sum += delta[n]
		c.sums = append(c.sums, sum)
	}
	return c
}

func (c *table) exception(d Date) (Exception, bool) {
	if c == nil {
		return Exception{}, false
	}
	e, ok := c.byDate[d]
	return e, ok
}

func (c *table) isWorking(d Date) bool {
	if d.IsZero() {
		return false
	}
	if e, ok := c.exception(d); ok {
		return e.Working
	}
	return IsWeekday(d)
}

func (c *table) onOrAfter(d Date) Date {
	if d.IsZero() {
		return d
	}
	for !c.isWorking(d) {
		d = d.AddDays(1)
	}
	return d
}

func (c *table) onOrBefore(d Date) Date {
	if d.IsZero() {
		return d
	}
	for !c.isWorking(d) {
		d = d.AddDays(-1)
	}
	return d
}

func (c *table) add(d Date, n int) Date {
	if d.IsZero() || n == 0 {
		return d
	}
	start := d.number()
	if n > 0 {
		target := c.upTo(start) + n
		span := reach(n, func(span int) bool { return c.upTo(start+span) >= target })
		return fromNumber(start + sort.Search(span, func(k int) bool { return c.upTo(start+k) >= target }))
	}
	// The k-th day back is worked and the |n|-th of its kind when this first
	// many working days lie in [start-k, start-1].
	before := c.upTo(start - 1)
	enough := func(k int) bool { return before-c.upTo(start-k-1) >= -n }
	return fromNumber(start - sort.Search(reach(-n, enough), enough))
}

// reach doubles a span until it holds what is looked for. It ends because
// exceptions are finite: beyond them every week has five working days.
func reach(n int, enough func(span int) bool) int {
	span := 2*n + 14
	for !enough(span) {
		span *= 2
	}
	return span
}

func (c *table) workingDays(from, to Date) int {
	if from.IsZero() || to.IsZero() {
		return 0
	}
	return c.upTo(to.number()) - c.upTo(from.number())
}

// upTo counts the working days from the epoch to day n, both included.
func (c *table) upTo(n int) int {
	days := n + 1
	weeks, rest := days/7, days%7
	if rest < 0 {
		weeks, rest = weeks-1, rest+7
	}
	count := weeks*5 + min(rest, 5)
	if c == nil {
		return count
	}
	if i, _ := slices.BinarySearch(c.days, n+1); i > 0 {
		count += c.sums[i-1]
	}
	return count
}

func (c *table) step(due Date, n int) Date {
	if n > 0 {
		return c.add(due, n)
	}
	return c.add(c.onOrBefore(due), n)
}
