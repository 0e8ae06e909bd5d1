package extract

import "tiendo/tasks/calendar"

// lead time: how long before a day something must be done.
//
//	ahead  = [","] ["là"] [least] stretch | about [stretch]      — behind the day: "trước thời hạn 30/6 ít nhất 10 ngày"
//	       | [least | about] stretch "trước" day                  — before it: "ít nhất 10 ngày trước ngày 30/6"
//	       | "trước" [least | about] stretch "so với" day
//	stretch = N ["(" words ")"] ("ngày" ["làm việc"] | "tuần" | "tháng" | "giờ")
//	least  = "ít nhất" | "tối thiểu" | "chậm nhất" | "muộn nhất"
//
// The day meant is that day less the stretch; what is about so long, or counted in hours, gives none.

// leadTime is a stretch of time ahead of a day.
type leadTime struct {
	n    int
	unit calendar.Unit
	sure bool
}

var (
	leastWords = newPhraseSet("it nhat, toi thieu, cham nhat, muon nhat")
	aboutWords = newPhraseSet("khoang, chung, vai, may, tu, toi da, gan, hon, khong qua, nhung, mot vai, mot so")
)

// stretch reads "10 (mười) ngày làm việc" at i.
func (s *scan) stretch(i int) (l leadTime, next int) {
	n, j := s.numeral(i)
	if j == i || n == 0 {
		return leadTime{}, i
	}
	j = s.spelled(j)
	l = leadTime{n: n, sure: true}
	switch at(s.ts, j).low {
	case "ngày":
		l.unit = calendar.Day
	case "tuần":
		l.unit = calendar.Week
	case "tháng":
		l.unit = calendar.Month
	case "giờ":
		l.sure = false
	default:
		return leadTime{}, i
	}
	j++
	if foldedAt(s.ts, j, "lam", "viec") {
		if j += 2; l.unit == calendar.Day {
			l.unit = calendar.WorkingDay
		}
	}
	return l, j
}

// aheadAfter reads a lead time behind a day that ends before i.
func (s *scan) aheadAfter(i int) (l leadTime, next int) {
	j := i
	if at(s.ts, j).text == "," {
		j++
	}
	comma := j > i
	if at(s.ts, j).low == "là" {
		j++
	}
	least, about := leastWords.match(s.ts, j), aboutWords.match(s.ts, j)
	if comma && least == 0 {
		return leadTime{}, i
	}
	j += max(least, about)
	if l, next = s.stretch(j); next > j {
		switch t := at(s.ts, next); {
		case t.text == "/", t.low == "lần", t.low == "một", t.kind == number:
			return leadTime{}, i // "trước ngày 30/6, ít nhất 6 tháng một lần"
		case t.kind == word && t.low != "để" && t.low != "và":
			l.sure = false
		}
		l.sure = l.sure && about == 0
		return l, next
	}
	if about == 0 {
		return leadTime{}, i
	}
	switch k := j + 1; {
	case at(s.ts, j).low == "ngày", at(s.ts, j).low == "tuần", at(s.ts, j).low == "tháng":
		if at(s.ts, k).kind == number {
			return leadTime{}, i // "từ ngày 01/7"
		}
		return leadTime{}, k
	case at(s.ts, j).kind == number && (at(s.ts, k).low == "đến" || at(s.ts, k).text == "-"):
		if _, next := s.stretch(k + 1); next > k+1 { // "từ 05 đến 10 ngày"
			return leadTime{}, next
		}
	}
	return leadTime{}, i
}

// aheadBefore reads a lead time whose last word stands right before i; from is
// where it begins, its "ít nhất" included.
func (s *scan) aheadBefore(i int) (l leadTime, from int) {
	for k := i - 1; k >= max(s.floor, i-9); k-- {
		if _, next := s.stretch(k); next != i {
			continue
		}
		l, _ = s.stretch(k)
		for k-1 >= s.floor {
			if _, next := s.stretch(k - 1); next != i {
				break
			}
			k-- // "mười lăm"
		}
		if least := leastWords.match(s.ts, k-2); least == 2 && k-2 >= s.floor {
			return l, k - 2
		}
		for _, n := range []int{2, 1} {
			if aboutWords.match(s.ts, k-n) == n && k-n >= s.floor {
				l.sure = false
				return l, k - n
			}
		}
		return l, k
	}
	if u := at(s.ts, i-1).low; (u == "ngày" || u == "tuần" || u == "tháng") && i-2 >= s.floor {
		for _, n := range []int{2, 1} {
			if aboutWords.match(s.ts, i-1-n) == n && at(s.ts, i-1-n).low != "từ" && i-1-n >= s.floor {
				return leadTime{}, i - 1 - n // "vài ngày trước ngày …"
			}
		}
	}
	return leadTime{}, i
}

// ahead moves a day back by the lead time said around it and returns where the mention ends. compared says that "so với" stands
// before it.
func (s *scan) ahead(m *mention, next int) int {
	l, end := leadTime{}, next
	from := m.from
	first := from // of "trước"; "10 ngày trước ngày" begins with its unit
	if u := at(s.ts, from).low; (u == "ngày" || u == "tuần" || u == "tháng") && at(s.ts, from+1).low == "trước" {
		first++
	}
	switch {
	case foldedAt(s.ts, from-2, "so", "voi") && from-2 >= s.floor:
		lead, begin := s.aheadBefore(from - 2)
		if begin == from-2 || !s.opensAhead(begin-1) {
			return next
		}
		l, m.from = lead, begin-1
	case m.pre.before:
		if l, end = s.aheadAfter(next); end > next {
			break
		}
		lead, begin := s.aheadBefore(first)
		if begin == first || at(s.ts, first).low != "trước" {
			return next
		}
		l, end, m.from = lead, next, begin
	default:
		return next
	}
	m.noYear = 0
	if words := s.text[s.ts[m.from].start:s.ts[end-1].end]; l.sure && m.unit == unitDay && m.kind == DueDate {
		m.date = s.lessThan(m.date, l)
		if !m.date.IsZero() && !s.doc.Date.IsZero() && m.date.Before(s.doc.Date) {
			m.doubts.add(DoubtPast, words, m.date.String())
		}
	} else {
		m.kind, m.date, m.rule, m.hour, m.doubts = DueNone, calendar.Date{}, "", "", nil
		m.doubts.add(DoubtVague, words)
	}
	m.pre.before = true
	return end
}

// opensAhead reports whether "trước" or "sớm hơn" stands at i, or ends there.
func (s *scan) opensAhead(i int) bool {
	return at(s.ts, i).low == "trước" || foldedAt(s.ts, i-1, "som", "hon")
}

// lessThan is the day n units before d.
func (s *scan) lessThan(d calendar.Date, l leadTime) calendar.Date {
	if d.IsZero() {
		return d
	}
	switch l.unit {
	case calendar.WorkingDay:
		return s.doc.Calendar.Add(d, -l.n)
	case calendar.Week:
		return d.AddDays(-7 * l.n)
	case calendar.Month:
		return d.AddMonths(-l.n)
	}
	return d.AddDays(-l.n)
}
