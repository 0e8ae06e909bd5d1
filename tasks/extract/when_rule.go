package extract

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tiendo/tasks/calendar"
)

// freq is how often a duty comes again.
type freq byte

const (
	freqNone freq = iota
	daily
	weekly
	monthly
	bimonthly
	quarterly
	fourMonthly
	halfYearly
	yearly
)

// rule writes the RFC 5545 rule of a frequency. day 0 is the period's last day;
// shift moves the quarter's month: 0 the last of it, 1 the first of the next.
func rule(f freq, day, shift int) string {
	switch f {
	case daily:
		return "FREQ=DAILY"
	case weekly:
		return "FREQ=WEEKLY;BYDAY=FR"
	case monthly:
		return "FREQ=MONTHLY;" + monthDay(day)
	case quarterly:
		if shift == 1 {
			return "FREQ=YEARLY;BYMONTH=1,4,7,10;" + monthDay(day)
		}
		return "FREQ=YEARLY;BYMONTH=3,6,9,12;" + monthDay(day)
	case bimonthly:
		return "FREQ=YEARLY;BYMONTH=2,4,6,8,10,12;" + monthDay(day)
	case fourMonthly:
		return "FREQ=YEARLY;BYMONTH=4,8,12;" + monthDay(day)
	case halfYearly:
		return "FREQ=YEARLY;BYMONTH=6,12;" + monthDay(day)
	case yearly:
		return "FREQ=YEARLY;BYMONTH=12;" + monthDay(max(day, 31))
	}
	return ""
}

// monthDay writes a day that every month has: a rule skips the months without it.
func monthDay(day int) string {
	switch {
	case day <= 0 || day == 31:
		return "BYMONTHDAY=-1"
	case day == 29:
		return "BYMONTHDAY=28,29;BYSETPOS=-1"
	case day == 30:
		return "BYMONTHDAY=28,29,30;BYSETPOS=-1"
	}
	return "BYMONTHDAY=" + strconv.Itoa(day)
}

// yearlyRule writes the rule of one day of each year, "" when there is no such
// day; 29 February is the last day of the month.
func yearlyRule(m, d int) string {
	if _, ok := date(2028, m, d); !ok { // a leap year
		return ""
	}
	if m == 2 && d == 29 {
		return "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"
	}
	return fmt.Sprintf("FREQ=YEARLY;BYMONTH=%d;BYMONTHDAY=%d", m, d)
}

// yearlyPoint writes the rule of a day, month, quarter or half of each year: its
// last day, or that of the part of it that is meant. "" when it has none.
func yearlyPoint(p point) string {
	if p.unit == unitDay && !p.bad {
		return yearlyRule(p.m, p.d)
	}
	p.y = 2028 // a leap year
	d, ok := p.last()
	if !ok {
		return ""
	}
	if d == calendar.EndOfMonth(d.Year, d.Month) {
		return fmt.Sprintf("FREQ=YEARLY;BYMONTH=%d;BYMONTHDAY=-1", int(d.Month))
	}
	return yearlyRule(int(d.Month), d.Day)
}

// yearlyDay joins "định kỳ … trước ngày 20/11" and "định kỳ hằng năm báo cáo … chậm nhất ngày 17 tháng 12": the
// day without a year is the cadence's day.
func (s *scan) yearlyDay() {
	for k, m := range s.found {
		if m.kind != DueRecurring || m.rule != rule(yearly, 0, 0) && m.rule != "" {
			continue
		}
		for l, day := range s.found {
			if l == k || day.kind != DueDate || day.unit != unitDay || day.noYear == 0 {
				continue
			}
			s.found[k].rule = yearlyRule(day.noYear/100, day.noYear%100)
			switch {
			case s.found[k].rule == "":
				s.found[k].doubts = nil
				s.found[k].doubts.add(DoubtBadDate, s.text[s.ts[day.from].start:s.ts[day.to-1].end])
			case m.rule != "":
				s.found[k].doubts = nil // the day was the only thing unsaid
			}
			s.found = append(s.found[:l], s.found[l+1:]...)
			return
		}
	}
}

// sayDay drops a cadence without a day when the same cadence is said with one:
// "Hằng quý, trước ngày 15 của tháng cuối quý".
func (s *scan) sayDay() {
	s.found = slices.DeleteFunc(s.found, func(m mention) bool {
		if m.kind != DueRecurring || m.unit == unitDay || m.rule == "" || len(m.doubts) == 0 {
			return false
		}
		return slices.ContainsFunc(s.found, func(o mention) bool {
			return o.kind == DueRecurring && o.unit == unitDay && cadenceOf(o.rule) == cadenceOf(m.rule)
		})
	})
}

// cadenceOf tells how often a rule fires, whatever the day.
func cadenceOf(rule string) string {
	freq, rest, _ := strings.Cut(rule, ";")
	if months, ok := strings.CutPrefix(rest, "BYMONTH="); ok {
		months, _, _ = strings.Cut(months, ";")
		return freq + strings.Repeat("+", strings.Count(months, ","))
	}
	return freq
}
