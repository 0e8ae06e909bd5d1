package calendar

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// MaxRules is how many rules a cadence may have.
const MaxRules = 4

// Cadence is when something is expected again and again: by one rule or by several, as a report each month and a summing-up each year.
// A day on which several of them fall counts once. The zero Cadence never fires.
type Cadence []Rule

// SplitCadence takes a text apart into its rules, one a line; a line DTSTART belongs to the rule below it. Empty lines do not count.
func SplitCadence(s string) []string {
	var rules []string
	start := ""
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case strings.HasPrefix(strings.ToUpper(line), "DTSTART"):
			start += line + "\n" // two in a row are no rule, and are refused as one
		default:
			rules = append(rules, start+line)
			start = ""
		}
	}
	if start != "" {
		rules = append(rules, strings.TrimSpace(start))
	}
	return rules
}

// ParseCadence reads one rule or several, each as ParseRule does. A rule that stands twice counts once.
func ParseCadence(s string) (Cadence, error) {
	var c Cadence
	for _, text := range SplitCadence(s) {
		r, err := ParseRule(text)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(c, func(o Rule) bool { return o.text == r.text }) {
			c = append(c, r)
		}
	}
	switch {
	case len(c) == 0:
		return nil, errors.New("parse cadence: there is no rule")
	case len(c) > MaxRules:
		return nil, fmt.Errorf("parse cadence: %d rules, at most %d", len(c), MaxRules)
	}
	return c, nil
}

// String returns the rules in their one spelling, a line each; "" for the zero Cadence.
func (c Cadence) String() string {
	lines := make([]string, len(c))
	for i, r := range c {
		lines[i] = r.String()
	}
	return strings.Join(lines, "\n")
}

// Next returns the first date strictly after the given day on which one of the rules falls; false when all have ended.
func (c Cadence) Next(after Date) (Date, bool) {
	var first Date
	for _, r := range c {
		if d, ok := r.Next(after); ok && (first.IsZero() || d.Before(first)) {
			first = d
		}
	}
	return first, !first.IsZero()
}

// Between returns the dates from one day to another, both included, in order, each once; at most MaxOccurrences.
func (c Cadence) Between(from, to Date) []Date {
	var out []Date
	for _, r := range c {
		out = append(out, r.Between(from, to)...)
	}
	slices.SortFunc(out, Date.Compare)
	out = slices.Compact(out)
	return out[:min(len(out), MaxOccurrences)]
}

// Span is the stretch of the calendar by which a recurring date is called: of one that falls once in each month the month, and so on.
type Span string

// The spans, the shortest first. A date that falls once in none of them has no such name.
const (
	SpanNone    Span = ""
	SpanWeek    Span = "week" // ISO 8601
	SpanMonth   Span = "month"
	SpanQuarter Span = "quarter"
	SpanHalf    Span = "half"
	SpanYear    Span = "year"
)

// spans are those with a name.
var spans = []Span{SpanWeek, SpanMonth, SpanQuarter, SpanHalf, SpanYear}

// Number counts the spans of one kind: neighbours differ by one.
func (s Span) Number(d Date) int {
	switch s {
	case SpanWeek:
		return d.Monday().number() / 7
	case SpanMonth:
		return 12*d.Year + int(d.Month) - 1
	case SpanQuarter:
		return 4*d.Year + (int(d.Month)-1)/3
	case SpanHalf:
		return 2*d.Year + (int(d.Month)-1)/6
	case SpanYear:
		return d.Year
	}
	return d.number()
}

// Period tells what a date of the cadence closes: its first day, the one after the last date of the same rule, and by which stretch it is
// called: the shortest in which the rule falls once, and once in the ones before and behind. Of several rules that fall on the date the
// longest stretch counts. Without a date before it the first day is zero.
func (c Cadence) Period(due Date) (since Date, span Span) {
	for i, r := range c {
		first, s, ok := r.period(due)
		if ok && (i == 0 || since.IsZero() || slices.Index(spans, s) > slices.Index(spans, span)) {
			since, span = first, s
		}
	}
	return since, span
}

func (r Rule) period(due Date) (since Date, span Span, ok bool) {
	if d, falls := r.Next(due.AddDays(-1)); !falls || d != due {
		return Date{}, SpanNone, false
	}
	before := r.before(due)
	if !before.IsZero() {
		since = before.AddDays(1)
	}
	after, goesOn := r.Next(due)
	if before.IsZero() && !goesOn {
		return since, SpanNone, true // it falls on no other day
	}
	for _, s := range spans {
		n := s.Number(due)
		if (before.IsZero() || s.Number(before) == n-1) && (!goesOn || s.Number(after) == n+1) {
			return since, s, true
		}
	}
	return since, SpanNone, true
}

// before is the last date of the rule before the day, of the four years that an interval may last in an office; zero without one.
func (r Rule) before(day Date) Date {
	for _, months := range []int{2, 14, 48} { // mostly the first holds it
		if days := r.Between(day.AddMonths(-months), day.AddDays(-1)); len(days) > 0 {
			return days[len(days)-1]
		}
	}
	return Date{}
}
