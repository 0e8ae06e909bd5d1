package extract

import (
	"fmt"
	"strings"
)

// every reads "hằng năm", "mỗi quý".
//
//	every  = ("hằng" | "hàng" | "mỗi") unit
func (s *scan) every(i int) (freq, int) {
	if l := at(s.ts, i).low; l == "hằng" || l == "mỗi" {
		if f := unitFreq(at(s.ts, i+1)); f != freqNone {
			return f, i + 2
		}
	}
	return freqNone, i
}

func unitFreq(t token) freq {
	switch t.low {
	case "ngày":
		return daily
	case "tuần":
		return weekly
	case "tháng":
		return monthly
	case "quý":
		return quarterly
	case "năm":
		return yearly
	}
	return freqNone
}

// period reads one member of "định kỳ 6 tháng, hàng năm".
//
//	period = every | "theo" unit | N ["(" words ")"] "tháng" [once] | unit
//	once   = "/" ["1"] "lần" | ("một" | "1") "lần"
func (s *scan) period(i int) (freq, int) {
	if f, next := s.every(i); f != freqNone {
		return f, next
	}
	if at(s.ts, i).low == "theo" && unitFreq(at(s.ts, i+1)) != freqNone {
		return unitFreq(at(s.ts, i+1)), i + 2
	}
	if n, j := s.numeral(i); j > i && at(s.ts, s.spelled(j)).low == "tháng" {
		j = s.spelled(j)
		if next := at(s.ts, j+1).low; next == "đầu" || next == "cuối" || next == "tuổi" {
			return freqNone, i
		}
		if f := everyMonths(n); f != freqNone {
			return f, s.once(j + 1)
		}
		return freqNone, i
	}
	if f := unitFreq(at(s.ts, i)); f >= monthly && (at(s.ts, i+1).kind == mark || at(s.ts, i+1).low == "và" || at(s.ts, i+1).low == "hoặc") {
		return f, i + 1
	}
	return freqNone, i
}

// everyMonths is the frequency of a duty that comes each n months.
func everyMonths(n int) freq {
	switch n {
	case 1:
		return monthly
	case 2:
		return bimonthly
	case 3:
		return quarterly
	case 4:
		return fourMonthly
	case 6:
		return halfYearly
	case 12:
		return yearly
	}
	return freqNone
}

// once goes over "/lần", "một lần".
func (s *scan) once(i int) int {
	begin := i
	if at(s.ts, i).text == "/" && (at(s.ts, i+1).text == "1" || at(s.ts, i+1).text == "01") {
		i++
	}
	if t := at(s.ts, i); (t.text == "/" || t.low == "một" || t.text == "1" || t.text == "01") && at(s.ts, i+1).low == "lần" {
		return i + 2
	}
	return begin
}

// cadence reads a duty that comes again.
//
//	cadence = ["định kỳ"] (times | weekdays every-week | months | period [dayOf] {("," | "và" | "hoặc" | "tổng kết") period [dayOf]} [until])
//	        | "định kỳ" (monthday | day every-year)
//	        | "định kỳ"                                   — how often is not said
func (s *scan) cadence(i int) (mention, int) {
	j := i
	regular := foldedAt(s.ts, j, "dinh", "ky")
	if regular {
		j += 2
	}
	from := i
	if !regular && foldedAt(s.ts, i-2, "dinh", "ky") && i-2 >= s.floor {
		from = i - 2
	}
	if f, next := s.times(j); f != freqNone {
		return s.recurring(f, from), next
	}
	if m, next := s.weekly(j, from); next > j {
		return m, next
	}
	if months, next := s.someMonths(j); next > j && (s.alone || regular) {
		m := mention{from: from, kind: DueRecurring, rule: monthsRule(months, 0)}
		m.doubts.add(DoubtNoDay)
		return m, next
	}
	f, next := s.period(j)
	if f == freqNone && foldedAt(s.ts, i, "thuong", "ky") && unitFreq(at(s.ts, i+2)) >= monthly && at(s.ts, i+3).kind != number && quarterNumber(at(s.ts, i+3)) == 0 {
		return s.recurring(unitFreq(at(s.ts, i+2)), i), i + 3 // "phiên họp thường kỳ tháng"
	}
	if f == freqNone {
		if regular {
			return s.regularly(i, j, from)
		}
		return mention{}, i
	}
	if _, after := s.numeral(j); after > j && !regular && !s.repeats(next) {
		return mention{}, i
	}
	if l := at(s.ts, j).low; !regular && s.ts[j].kind == word && l != "hằng" && l != "mỗi" && at(s.ts, next-1).low != "lần" {
		return mention{}, i
	}
	m := s.recurring(f, from)
	if hour, at := s.hour(from); hour != "" && at >= s.floor {
		m.hour = hour
	}
	next = s.dayOf(&m, next, f)
	m.to = next
	next = s.members(&m, f, next)
	if l := at(s.ts, next).low; l == "đến" || l == "tới" {
		if p, after := s.until(next); after > next && p.unit != unitNone {
			begin := next
			next = after
			if d := s.day(p, false, s.text[s.ts[begin].start:s.ts[after-1].end], &m.doubts); !d.IsZero() {
				m.rule += fmt.Sprintf(";UNTIL=%04d%02d%02d", d.Year, int(d.Month), d.Day)
			}
		}
	}
	return m, next
}

// members reads the further periods of "hằng tháng (trước ngày 16), 6 tháng,
// năm"; the one that comes oftenest becomes the mention, the others its also.
func (s *scan) members(m *mention, f freq, end int) int {
	wholeYear := f == yearly
	for range maxMentions {
		k := end
		for range 4 {
			if l := at(s.ts, k); l.text == "," || l.low == "và" || l.low == "hoặc" {
				k++
			} else if foldedAt(s.ts, k, "tong", "ket") {
				k += 2
			}
		}
		if k == end {
			break
		}
		f2, after := s.period(k)
		if f2 == freqNone && at(s.ts, k).low == "năm" && at(s.ts, k+1).text == "(" {
			f2, after = yearly, k+1
		}
		if f2 == freqNone {
			break
		}
		wholeYear = wholeYear || f2 == yearly
		a := s.recurring(f2, k)
		after = s.dayOf(&a, after, f2)
		a.to = after
		if f2 < f {
			first := *m
			first.also = nil
			a.also = append(m.also, first)
			a.from, a.hour, f = m.from, m.hour, f2
			*m = a
		} else {
			m.also = append(m.also, a)
		}
		end = after
	}
	// Beside a year's report the other half is that report.
	if !wholeYear {
		for _, one := range append([]mention{*m}, m.also...) {
			if one.oneHalf {
				m.doubts.add(DoubtOneHalf, s.text[s.ts[one.from].start:s.ts[one.to-1].end])
			}
		}
	}
	return end
}

// dayOf gives a cadence the day that is said behind its period.
func (s *scan) dayOf(m *mention, i int, f freq) int {
	text, next := s.bracketDay(i, f)
	if next == i {
		return i
	}
	m.rule, m.doubts = text, nil
	m.oneHalf = f == halfYearly && !strings.Contains(text, ",")
	return next
}

// regularly reads what follows "định kỳ" where no period does; j is behind it.
func (s *scan) regularly(i, j, from int) (mention, int) {
	k := j + s.skipBefore(j)
	if m, after := s.monthday(k); after > k {
		m.from = from
		return m, after
	}
	if p, after := s.day0(k); after > k {
		if r, end := s.everyYear(p, after, mention{from: from, pre: before{before: true}}); end > after {
			return r, end
		}
	}
	m := mention{from: from, kind: DueRecurring}
	m.doubts.add(DoubtNoFrequency, s.text[s.ts[i].start:s.ts[j-1].end])
	return m, j
}

// day0 is day as a method that never takes a bare number.
func (s *scan) day0(i int) (point, int) {
	if at(s.ts, i).low != "ngày" {
		return point{}, i
	}
	return s.clock.day(i)
}

// skipBefore counts "trước", "vào", "(" before a day.
func (s *scan) skipBefore(i int) int {
	n := 0
	for l := at(s.ts, i+n); n < 4 && (l.low == "trước" || l.low == "vào" || l.low == "từ" || l.text == "("); l = at(s.ts, i+n) {
		n++
	}
	return n
}

// repeats reports whether "6 tháng" that ends at i comes again: it ends with
// "một lần", or more of a cadence follows.
func (s *scan) repeats(i int) bool {
	switch t := at(s.ts, i); {
	case at(s.ts, i-1).low == "lần":
		return true
	case t.text == "," || t.low == "và" || t.low == "hoặc":
		f, _ := s.every(i + 1)
		return f != freqNone
	}
	return false
}

// times reads how many times in a period.
//
//	times  = N "lần" ["/" | "mỗi" | "một" | "trong"] ["một" | "1"] unit | ("mỗi" | "một") unit N "lần" | unit "/" "lần"
func (s *scan) times(i int) (freq, int) {
	if l := at(s.ts, i).low; (l == "mỗi" || l == "một") && unitFreq(at(s.ts, i+1)) != freqNone {
		n, j := s.numeral(i + 2)
		if j == i+2 || at(s.ts, j).low != "lần" {
			return freqNone, i
		}
		return timesIn(n, unitFreq(at(s.ts, i+1))), j + 1
	}
	if f := unitFreq(at(s.ts, i)); f != freqNone && at(s.ts, i+1).text == "/" && at(s.ts, i+2).low == "lần" && at(s.ts, i-1).kind == mark {
		return f, i + 3
	}
	n, j := s.numeral(i)
	if j == i || at(s.ts, j).low != "lần" {
		return freqNone, i
	}
	j++
	for range 2 {
		if t := at(s.ts, j); t.text == "/" || t.low == "mỗi" || t.low == "một" || t.low == "trong" || t.text == "1" || t.text == "01" {
			j++
		}
	}
	return timesIn(n, unitFreq(at(s.ts, j))), j + 1
}

// timesIn is the frequency of n times in each period, freqNone where no rule
// says it.
func timesIn(n int, f freq) freq {
	switch {
	case n == 1:
		return f
	case f == yearly && n > 1 && 12%n == 0:
		return everyMonths(12 / n)
	}
	return freqNone
}

// recurring makes the mention of a cadence whose day was not said.
func (s *scan) recurring(f freq, from int) mention {
	m := mention{from: from, kind: DueRecurring, rule: rule(f, 0, 0)}
	if f > daily {
		m.doubts.add(DoubtNoDay)
	}
	return m
}
