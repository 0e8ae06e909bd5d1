package extract

import (
	"fmt"
	"slices"
	"strings"
)

// choose makes one deadline of the mentions: the finest date first, then a
// cadence, then what has no day. phrase is "" when the words of the mention
// itself are to be given.
func (s *scan) choose(phrase string) (Due, []Doubt) {
	var ds doubts
	s.solarBeside()
	s.yearlyDay()
	s.sayDay()
	if s.alone {
		s.wholePhrase(&ds)
	}
	best := -1
	for k, m := range s.found {
		if best < 0 || s.rank(m) < s.rank(s.found[best]) {
			best = k
		}
	}
	if best < 0 {
		return Due{Kind: DueNone}, ds
	}
	if m := &s.found[best]; m.kind == DueRecurring && m.rule != "" && !strings.Contains(m.rule, "UNTIL") {
		for _, span := range s.found {
			if !s.spans(span) {
				continue
			}
			// Its words are the cadence's too: read anew under a corrected head they
			// give the end again.
			m.from, m.to = min(m.from, span.from), max(m.to, span.to)
			if s.bounds(span) {
				m.rule += fmt.Sprintf(";UNTIL=%04d%02d%02d", span.date.Year, int(span.date.Month), span.date.Day)
			}
			break
		}
	}
	due := s.due(s.found[best], &ds)
	if phrase == "" && due.Kind == DueNone {
		return Due{Kind: DueNone}, ds
	}
	phrases := []string{due.Phrase}
	for k, m := range s.found {
		if k == best {
			continue
		}
		other := s.due(m, &ds)
		if other.Kind == DueNone || other.Kind == due.Kind && other.Date == due.Date && other.RRule == due.RRule {
			continue
		}
		due.Also = append(due.Also, other)
		if other.Kind == DueDate && due.Kind == DueDate {
			phrases = append(phrases, other.Phrase)
		}
		if other.Kind == DueConditional && due.Kind == DueDate {
			ds.add(DoubtEvent, other.Phrase)
		}
	}
	if len(phrases) > 1 {
		ds.add(DoubtSeveral, phrases...)
	}
	if left := further(due, phrases); len(left) > 0 {
		ds.add(DoubtFurther, append([]string{due.Phrase}, left...)...)
	}
	return due, ds
}

// further lists the days and cadences beside the one taken, those of the phrases
// already told left out: a draft keeps one alone.
func further(due Due, told []string) []string {
	var out []string
	for _, also := range due.Also {
		when := also.RRule
		if also.Kind == DueDate && !(due.Kind == DueDate && slices.Contains(told, also.Phrase)) {
			when = also.Date
		}
		if when != "" && when != due.RRule && when != due.Date && !slices.Contains(out, when) {
			out = append(out, when)
		}
		for _, inner := range further(also, told) {
			if !slices.Contains(out, inner) {
				out = append(out, inner)
			}
		}
	}
	return out
}

// solarBeside drops a lunar day beside which a solar one is said.
func (s *scan) solarBeside() {
	if slices.ContainsFunc(s.found, func(m mention) bool {
		return !m.lunar && (m.kind == DueDate && !m.date.IsZero() || m.kind == DueRecurring)
	}) {
		s.found = slices.DeleteFunc(s.found, func(m mention) bool { return m.lunar })
	}
}

// rank orders mentions for choose; less is taken first.
func (s *scan) rank(m mention) int {
	switch m.kind {
	case DueDate:
		if s.bounds(m) {
			return 4 // the cadence holds through that time
		}
		if m.date.IsZero() || m.noYear != 0 && slices.ContainsFunc(s.found, func(o mention) bool { return o.kind == DueRecurring }) {
			return 4 // beside a cadence a day without a year may be the cadence's
		}
		switch m.unit {
		case unitDay:
			return 0
		case unitYear:
			return 2
		}
		return 1
	case DueRecurring:
		return 3
	case DueConditional:
		if s.alone && len(s.found) > 0 && s.found[0].kind == DueConditional {
			return 4
		}
		return 6
	case DueOngoing:
		return 5
	}
	return 9
}

// bounds reports whether m is a time from one day to another beside a cadence:
// "mỗi tuần một bài, từ tháng 5 đến hết tháng 8".
func (s *scan) bounds(m mention) bool {
	return s.spans(m) && !m.date.IsZero()
}

// spans is bounds where the year of the end may not be known.
func (s *scan) spans(m mention) bool {
	return m.kind == DueDate && m.pre.from && m.pre.until && slices.ContainsFunc(s.found, func(o mention) bool { return o.kind == DueRecurring && o.rule != "" })
}

func (s *scan) due(m mention, ds *doubts) Due {
	due := Due{Kind: m.kind, Time: m.hour, RRule: m.rule}
	if m.from < m.to && m.to <= len(s.ts) {
		due.Phrase = s.text[s.ts[m.from].start:s.ts[m.to-1].end]
	}
	if m.kind == DueDate && !m.date.IsZero() {
		due.Date = m.date.String()
	}
	for _, d := range m.doubts {
		switch {
		case d.Key != DoubtNoDay:
			ds.add(d.Key, d.Args...)
		case !slices.ContainsFunc(*ds, func(have Doubt) bool { return have.Key == DoubtNoDay }):
			ds.add(d.Key, due.Phrase)
		}
	}
	for _, a := range m.also {
		if a.from == a.to {
			a.from, a.to = m.from, m.to
		}
		due.Also = append(due.Also, s.due(a, ds))
	}
	return due
}
