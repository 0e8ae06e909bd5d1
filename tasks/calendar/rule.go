package calendar

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/teambition/rrule-go"
)

// DefaultCadence asks for a report on the 15th of the last month of each
// quarter, the cadence of a duty without a deadline.
const DefaultCadence = "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15"

// MaxOccurrences is the most dates Between returns.
const MaxOccurrences = 1000

// maxInterval keeps INTERVAL to what can matter in an office, so that a rule
// can be tried over its whole range quickly.
const maxInterval = 400

// anchor is where a rule without DTSTART counts its intervals from and takes
// its missing parts from: a Monday that begins a month, a quarter and a year.
var anchor = Date{2001, time.January, 1}

// lastYear is the last year in which a rule is looked at.
const lastYear = 2200

// Rule is a recurrence of whole days, RFC 5545 section 3.3.10. The zero Rule
// never fires.
//
// A rule needs no DTSTART: intervals are then counted from Monday 1 January
// 2001, and parts it does not name come from that day (FREQ=MONTHLY is the
// first of each month, FREQ=MONTHLY;INTERVAL=3 of January, April, July and
// October), so the dates are the same whoever asks and whenever.
//
// As RFC 5545 wants it, a BYMONTHDAY a month does not have skips that month:
// 31 fires in seven months a year. The last day of every month is
// BYMONTHDAY=-1.
type Rule struct {
	text   string
	option *rrule.ROption
}

// ParseRule reads a rule such as "FREQ=MONTHLY;BYMONTHDAY=25", with or without
// "RRULE:" before it and with or without a line "DTSTART:20260105" above it.
// It refuses frequencies under a day, hours, combinations that RFC 5545 does
// not allow, and rules that never fire.
func ParseRule(s string) (Rule, error) {
	option, hasStart, err := readOption(s)
	if err != nil {
		return Rule{}, fmt.Errorf("parse rule %q: %w", s, err)
	}
	if err := checkOption(option, hasStart); err != nil {
		return Rule{}, fmt.Errorf("parse rule %q: %w", s, err)
	}
	text := ruleText(option, hasStart)
	fillFromStart(option)
	r := Rule{text: text, option: option}
	if !mayFire(option) {
		return Rule{}, fmt.Errorf("parse rule %q: %w", s, errNeverFires)
	}
	if _, ok := r.Next(fromTime(option.Dtstart).AddDays(-1)); !ok {
		return Rule{}, fmt.Errorf("parse rule %q: %w", s, errNeverFires)
	}
	return r, nil
}

var errNeverFires = errors.New("the rule never fires")

// IsZero reports whether there is no rule.
func (r Rule) IsZero() bool { return r.option == nil }

// String returns the rule in one spelling, "" for the zero Rule: upper case,
// without "RRULE:" when there is no DTSTART, what ParseRule accepts.
func (r Rule) String() string { return r.text }

// MarshalText returns what String does.
func (r Rule) MarshalText() ([]byte, error) { return []byte(r.text), nil }

// UnmarshalText reads what MarshalText wrote; empty text is no rule.
func (r *Rule) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*r = Rule{}
		return nil
	}
	parsed, err := ParseRule(string(text))
	if err != nil {
		return err
	}
	*r = parsed
	return nil
}

// Next returns the first date strictly after the given day; false when the
// rule has ended.
func (r Rule) Next(after Date) (Date, bool) {
	if r.IsZero() {
		return Date{}, false
	}
	next := r.from(after)
	for {
		d, ok := next()
		if !ok {
			return Date{}, false
		}
		if d.After(after) {
			return d, true
		}
	}
}

// Between returns the dates from one day to another, both included, in order;
// at most MaxOccurrences.
func (r Rule) Between(from, to Date) []Date {
	if r.IsZero() || to.Before(from) {
		return nil
	}
	var out []Date
	next := r.from(from)
	for len(out) < MaxOccurrences {
		d, ok := next()
		if !ok || d.After(to) {
			break
		}
		if !d.Before(from) {
			out = append(out, d)
		}
	}
	return out
}

// from yields the rule's dates in order, beginning with one not later than
// the first on or after day.
func (r Rule) from(day Date) func() (Date, bool) {
	option := *r.option
	// Without intervals or a count nothing depends on where the rule began,
	// so it need not be run through the years before. The year of margin keeps
	// whole the week or month in which a set is formed.
	if near := NewDate(day.Year-1, time.January, 1); option.Interval <= 1 && option.Count == 0 && near.After(fromTime(option.Dtstart)) {
		if near.Year > lastYear {
			return func() (Date, bool) { return Date{}, false }
		}
		option.Dtstart = near.utc()
	}
	rule, err := rrule.NewRRule(option)
	if err != nil {
		// ParseRule made the same rule from the same option.
		return func() (Date, bool) { return Date{}, false }
	}
	next := rule.Iterator()
	return func() (Date, bool) {
		t, ok := next()
		d := fromTime(t)
		return d, ok && d.Year <= lastYear
	}
}

// mayFire tries the rule's plain filters on each day of forty years, enough
// for 29 February and week 53 in spite of a century. The library would look
// for 30 February until the year 9999, a day at a time.
func mayFire(o *rrule.ROption) bool {
	for n, end := anchor.number(), NewDate(anchor.Year+40, time.January, 1).number(); n < end; n++ {
		if dayFits(o, fromNumber(n)) {
			return true
		}
	}
	return false
}

func dayFits(o *rrule.ROption, d Date) bool {
	if len(o.Bymonth) > 0 && !slices.Contains(o.Bymonth, int(d.Month)) {
		return false
	}
	if length := EndOfMonth(d.Year, d.Month).Day; len(o.Bymonthday) > 0 &&
		!slices.Contains(o.Bymonthday, d.Day) && !slices.Contains(o.Bymonthday, d.Day-length-1) {
		return false
	}
	if length := EndOfMonth(d.Year, time.December).utc().YearDay(); len(o.Byyearday) > 0 &&
		!slices.Contains(o.Byyearday, d.utc().YearDay()) && !slices.Contains(o.Byyearday, d.utc().YearDay()-length-1) {
		return false
	}
	return len(o.Byweekday) == 0 || slices.ContainsFunc(o.Byweekday, func(w rrule.Weekday) bool {
		return (w.Day()+1)%7 == int(d.Weekday())
	})
}

// ruleText writes the option in one spelling.
func ruleText(o *rrule.ROption, hasStart bool) string {
	rule := *o
	rule.Until = time.Time{}
	text := rule.RRuleString()
	if !o.Until.IsZero() {
		text += ";UNTIL=" + o.Until.Format(basicLayout)
	}
	if hasStart {
		text = "DTSTART:" + o.Dtstart.Format(basicLayout) + "\nRRULE:" + text
	}
	return strings.ReplaceAll(text, "+", "")
}
