package extract

import (
	"fmt"
	"slices"
	"strings"
)

// longPast is how many days a deadline may lie before its document, which is
// signed late; what lies further back is looked back on.
const longPast = 45

// deadlines keeps the mentions of a sentence that set the duty's deadline: those
// that bind, and the further days of one that does ("trước ngày 20/6 và 20/12").
func (s *scan) deadlines(ds *doubts) {
	var kept []mention
	for k, m := range s.found {
		switch {
		case s.reportedUpTo(k):
		case m.kind == DueNone && m.pre.before:
			for _, d := range m.doubts {
				ds.add(d.Key, d.Args...) // about so long ahead of a day
			}
		case s.describes(m, ds):
		case s.binds(m):
			kept = append(kept, m)
		case len(kept) > 0 && k > 0 && s.goesOnList(kept[len(kept)-1], m):
			m.pre = kept[len(kept)-1].pre
			kept = append(kept, m)
		}
	}
	ahead := slices.ContainsFunc(kept, func(m mention) bool { return m.kind == DueRecurring || m.kind == DueDate && !s.past(m, 0) })
	s.found = slices.DeleteFunc(kept, func(m mention) bool {
		switch {
		case s.past(m, 0) && ahead:
			return true // "các việc phát sinh trước ngày 01/01, báo cáo trong quý II"
		case s.past(m, longPast):
			ds.add(DoubtPast, s.text[s.ts[m.from].start:s.ts[m.to-1].end], m.date.String())
			return true
		}
		return false
	})
}

// past reports whether a day lies more than some days before the document.
func (s *scan) past(m mention, days int) bool {
	return m.kind == DueDate && !m.date.IsZero() && !s.doc.Date.IsZero() && m.date.Before(s.doc.Date.AddDays(-days))
}

// reportedUpTo tells the day that figures reach from the deadline right behind
// it: "kết quả giải ngân đến hết ngày 30/6 trước ngày 05/7".
func (s *scan) reportedUpTo(k int) bool {
	m := s.found[k]
	if k+1 >= len(s.found) || m.kind != DueDate || !m.pre.until {
		return false
	}
	next := s.found[k+1]
	return next.from == m.to && next.kind == DueDate && (next.pre.before || next.pre.latest)
}

// goesOnList reports whether m is a further day of the list that prev begins.
func (s *scan) goesOnList(prev, m mention) bool {
	if prev.kind != DueDate || m.kind != DueDate || prev.unit != m.unit || !prev.pre.before || m.from-prev.to > 2 || m.from <= prev.to {
		return false
	}
	for j := prev.to; j < m.from; j++ {
		if t := s.ts[j]; t.text != "," && t.low != "và" && t.low != "ngày" {
			return false
		}
	}
	return true
}

// reportPeriod reports whether a span from start on is what figures are of and no
// time to act in: it began long before the document, or figures stand before it.
func (s *scan) reportPeriod(start, end point, from int) bool {
	if start.y == 0 {
		start.y = end.y
	}
	if d, ok := start.last(); ok && start.y != 0 && start.unit == unitDay && !s.doc.Date.IsZero() && d.Before(s.doc.Date.AddDays(-longPast)) {
		return true
	}
	return foldedAt(s.ts, from-2, "so", "lieu") || at(s.ts, from-1).low == "kỳ" || foldedAt(s.ts, from-2, "bao", "cao") && at(s.ts, from-3).low == "kỳ"
}

// someMonths reads months that come again each year: "các tháng 3, 6, 9 và 12".
//
//	months = ["các"] "tháng" M {("," | "và") ["tháng"] M}    — without "các" three or more at even steps
func (c clock) someMonths(i int) (months []int, next int) {
	j := i
	each := at(c.ts, j).low == "các"
	if each {
		j++
	}
	if at(c.ts, j).low != "tháng" {
		return nil, i
	}
	j++
	for {
		m, ok := c.num(j, 2)
		if !ok || m < 1 || m > 12 || len(months) > 0 && m <= months[len(months)-1] || at(c.ts, j+1).text == "/" {
			return nil, i
		}
		months, next = append(months, m), j+1
		t := at(c.ts, next)
		if t.text != "," && t.low != "và" {
			break
		}
		j = next + 1
		if at(c.ts, j).low == "tháng" {
			j++
		}
		if _, ok := c.num(j, 2); !ok {
			break
		}
	}
	if y, _ := c.ofYear(next); y != 0 || len(months) < 2 {
		return nil, i
	}
	if !each && !evenSteps(months) {
		return nil, i
	}
	return months, next
}

// evenSteps reports whether three or more months follow each other at one step of
// two months or more.
func evenSteps(months []int) bool {
	if len(months) < 3 || months[1]-months[0] < 2 {
		return false
	}
	for k := 2; k < len(months); k++ {
		if months[k]-months[k-1] != months[1]-months[0] {
			return false
		}
	}
	return true
}

// monthsRule writes the rule of one day in each of some months.
func monthsRule(months []int, day int) string {
	list := make([]string, len(months))
	for k, m := range months {
		list[k] = itoa(m)
	}
	return fmt.Sprintf("FREQ=YEARLY;BYMONTH=%s;%s", strings.Join(list, ","), monthDay(day))
}

// furtherDay reads the second day of "trước ngày 20/6 và 20/12", which says
// neither "ngày" nor a year.
func (s *scan) furtherDay(m *mention, i int) int {
	if at(s.ts, i).low != "và" {
		return i
	}
	c := s.clock
	c.bare = true
	p, next := c.day(i + 1)
	if next <= i+1 || p.y != 0 || p.bad || at(s.ts, next).kind == number || s.ts[i+1].kind != number {
		return i
	}
	second := mention{from: i + 1, to: next, kind: DueDate, unit: unitDay}
	second.date = s.day(p, false, s.text[s.ts[i+1].start:s.ts[next-1].end], &second.doubts)
	m.also = append(m.also, second)
	return next
}
