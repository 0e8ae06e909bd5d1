package extract

import "fmt"

// every reads "hằng năm", "hàng tháng", "mỗi quý", "6 tháng một lần" at i.
func (s *scan) every(i int) (freq, int) {
	t, next := at(s.ts, i), at(s.ts, i+1)
	if t.low == "hằng" || t.low == "hàng" || t.low == "mỗi" {
		if f := unitFreq(next); f != freqNone {
			return f, i + 2
		}
		return freqNone, i
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
	case "quý", "quí":
		return quarterly
	case "năm":
		return yearly
	}
	return freqNone
}

// period reads one member of "định kỳ 6 tháng, hàng năm": the frequency and
// where it ends.
func (s *scan) period(i int) (freq, int) {
	if f, next := s.every(i); f != freqNone {
		return f, next
	}
	if at(s.ts, i).low == "theo" && unitFreq(at(s.ts, i+1)) != freqNone {
		return unitFreq(at(s.ts, i+1)), i + 2
	}
	if n, ok := s.num(i, 2); ok {
		j := i + 1
		if at(s.ts, j).text == "(" && at(s.ts, j+2).text == ")" {
			j += 3
		}
		if at(s.ts, j).low != "tháng" || at(s.ts, j+1).low == "đầu" || at(s.ts, j+1).low == "cuối" || at(s.ts, j+1).low == "tuổi" {
			return freqNone, i
		}
		switch n {
		case 1:
			return monthly, j + 1
		case 3:
			return quarterly, j + 1
		case 6:
			return halfYearly, j + 1
		case 12:
			return yearly, j + 1
		}
		return freqNone, i
	}
	if f := unitFreq(at(s.ts, i)); f >= monthly && (at(s.ts, i+1).kind == mark || at(s.ts, i+1).low == "và" || at(s.ts, i+1).low == "hoặc") {
		return f, i + 1
	}
	return freqNone, i
}

// cadence reads "định kỳ hằng quý", "hằng năm", "6 tháng, hằng năm", "2 lần/năm".
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
	f, next := s.period(j)
	if f == freqNone {
		if regular && next == j {
			if m, after := s.dayOfPeriod(j + s.skipBefore(j)); after > j {
				m.from = from
				return m, after
			}
			if p, after := s.day0(j + s.skipBefore(j)); after > j {
				if r, end := s.everyYear(p, after, mention{from: from, pre: before{before: true}}); end > after {
					return r, end
				}
			}
			m := mention{from: from, kind: DueRecurring}
			m.doubts.add(DoubtNoFrequency, s.text[s.ts[i].start:s.ts[j-1].end])
			return m, j
		}
		return mention{}, i
	}
	if _, isNumber := s.num(j, 2); isNumber && !regular && !s.repeats(next) {
		return mention{}, i
	}
	if !regular && s.ts[j].kind == word && at(s.ts, j).low != "hằng" && at(s.ts, j).low != "hàng" && at(s.ts, j).low != "mỗi" {
		return mention{}, i
	}
	m := s.recurring(f, from)
	end := next
	if day, after := s.bracketDay(next, f); after > next {
		m.rule, end = day, after
		m.doubts = nil
	}
	for {
		k := end
		for l := at(s.ts, k); l.text == "," || l.low == "và" || l.low == "hoặc" || foldedAt(s.ts, k, "tong", "ket"); l = at(s.ts, k) {
			k++
			if l.fold == "tong" {
				k++
			}
		}
		if k == end && !foldedAt(s.ts, k, "tong", "ket") {
			break
		}
		f2, after := s.period(k)
		if f2 == freqNone && at(s.ts, k).low == "năm" && at(s.ts, k+1).text == "(" {
			f2, after = yearly, k+1
		}
		if f2 == freqNone {
			break
		}
		a := s.recurring(f2, k)
		a.to = after
		if day, last := s.bracketDay(after, f2); last > after {
			a.rule, a.doubts, after = day, nil, last
			a.to = last
		}
		if f2 < f {
			a.also, m.also = nil, append(m.also, mention{kind: m.kind, rule: m.rule, from: m.from, to: end})
			m.rule, m.doubts, f = a.rule, a.doubts, f2
		} else {
			m.also = append(m.also, a)
		}
		end = after
	}
	if at(s.ts, end).low == "đến" || at(s.ts, end).low == "tới" {
		if p, after := s.until(end); after > end && p.unit != unitNone {
			if d, ok := p.last(); ok {
				m.rule += fmt.Sprintf(";UNTIL=%04d%02d%02d", d.Year, int(d.Month), d.Day)
				end = after
			}
		}
	}
	return m, end
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
	for l := at(s.ts, i+n); l.low == "trước" || l.low == "vào" || l.low == "từ" || l.text == "("; l = at(s.ts, i+n) {
		n++
	}
	return n
}

// repeats reports whether after "6 tháng" at i more of a cadence follows.
func (s *scan) repeats(i int) bool {
	switch t := at(s.ts, i); {
	case t.text == "/" && at(s.ts, i+1).low == "lần", foldedAt(s.ts, i, "mot", "lan"), foldedAt(s.ts, i, "1", "lan"):
		return true
	case t.text == "," || t.low == "và" || t.low == "hoặc":
		f, _ := s.every(i + 1)
		return f != freqNone
	}
	return false
}

// times reads "2 lần/năm", "01 lần/quý".
func (s *scan) times(i int) (freq, int) {
	n, ok := s.num(i, 2)
	if !ok || at(s.ts, i+1).low != "lần" {
		return freqNone, i
	}
	j := i + 2
	if at(s.ts, j).text == "/" || at(s.ts, j).low == "mỗi" || at(s.ts, j).low == "một" || at(s.ts, j).low == "trong" {
		j++
	}
	switch f := unitFreq(at(s.ts, j)); {
	case n == 1 && f != freqNone:
		return f, j + 1
	case n == 2 && f == yearly:
		return halfYearly, j + 1
	case n == 4 && f == yearly:
		return quarterly, j + 1
	}
	return freqNone, i
}

// recurring makes the mention of a cadence whose day was not said.
func (s *scan) recurring(f freq, from int) mention {
	m := mention{from: from, kind: DueRecurring, rule: rule(f, 0, 0)}
	if f > weekly {
		m.doubts.add(DoubtNoDay)
	}
	return m
}

// bracketDay reads "(trước ngày 16 hàng tháng)", "(trước ngày 15 tháng 12)",
// "trước ngày 25" after a cadence and returns the rule with that day.
func (s *scan) bracketDay(i int, f freq) (string, int) {
	j := i
	open := at(s.ts, j).text == "("
	if open || at(s.ts, j).text == "," {
		j++
	}
	if at(s.ts, j).low == "vào" || at(s.ts, j).low == "trước" || foldedAt(s.ts, j, "cham", "nhat") {
		if at(s.ts, j).fold == "cham" {
			j++
			if at(s.ts, j+1).low == "là" {
				j++
			}
		}
		j++
	} else {
		return "", i
	}
	text, next := "", i
	if m, after := s.dayOfPeriod(j); after > j {
		text, next = m.rule, after
	} else if p, after := s.clock.day(j); after > j && p.y == 0 && p.unit == unitDay {
		text, next = yearlyRule(p.m, p.d), after
		if k, l := s.every(after); k == yearly {
			next = l
		}
		if f == halfYearly {
			text = halfRule(p)
		}
	} else if at(s.ts, j).low == "ngày" {
		if d, ok := s.num(j+1, 2); ok && d >= 1 && d <= 31 && f != yearly {
			text, next = rule(f, d, 0), j+2
		}
	}
	if next > i && open && at(s.ts, next).text == ")" {
		next++
	}
	return text, next
}

// dayOfPeriod reads "ngày 20 hằng tháng", "ngày 15 của tháng", "ngày 05 tháng
// cuối cùng của mỗi quý", "ngày 1 đến ngày 5 hằng tháng" at i.
func (s *scan) dayOfPeriod(i int) (mention, int) {
	j := i
	if at(s.ts, j).low == "ngày" {
		j++
	} else if !deadlineWord(at(s.ts, j-1)) {
		return mention{}, i
	}
	d, ok := s.num(j, 2)
	if !ok || d < 1 || d > 31 {
		return mention{}, i
	}
	j++
	if l := at(s.ts, j).low; l == "đến" || l == "-" {
		k := j + 1
		if at(s.ts, k).low == "ngày" {
			k++
		}
		if d2, ok := s.num(k, 2); ok && d2 > d && d2 <= 31 {
			d, j = d2, k+1
		}
	}
	_, _, from := s.preceding(i)
	m := mention{from: from, kind: DueRecurring, unit: unitDay, pre: before{before: true}}
	if f, next := s.every(j); f == monthly || f == quarterly {
		m.rule = rule(f, d, 0)
		return m, next
	}
	if at(s.ts, j).low == "của" {
		j++
	}
	if f, next := s.every(j); f == monthly {
		m.rule = rule(monthly, d, 0)
		return m, next
	}
	if at(s.ts, j).low != "tháng" {
		return mention{}, i
	}
	switch l := at(s.ts, j+1); {
	case l.low == "cuối" || l.low == "đầu":
		k := j + 2
		for x := at(s.ts, k).low; x == "cùng" || x == "tiên" || x == "của" || x == "mỗi" || x == "hằng" || x == "hàng" || x == "các"; x = at(s.ts, k).low {
			k++
		}
		if f := unitFreq(at(s.ts, k)); f == quarterly {
			shift := 0
			if l.low == "đầu" {
				shift = 1
			}
			m.rule = rule(quarterly, d, shift)
			return m, k + 1
		}
	case l.fold == "tiep" || l.fold == "sau" || l.fold == "ke":
		m.rule = rule(monthly, d, 0)
		return m, s.clauseEnd(j)
	case l.kind == mark && l.text != "/" || j+1 >= len(s.ts):
		if at(s.ts, j-1).low == "của" {
			m.rule = rule(monthly, d, 0)
			return m, j + 1
		}
	}
	return mention{}, i
}

// everyYear reads "hằng năm" after a day without a year, and the further days of
// "trước ngày 01/6 và 15/11 hằng năm".
func (s *scan) everyYear(p point, i int, m mention) (mention, int) {
	days := []point{p}
	j := i
	for {
		k := j
		if t := at(s.ts, k); t.low != "và" && t.text != "," && t.low != "hoặc" {
			break
		}
		k++
		for l := at(s.ts, k).low; l == "trước"; l = at(s.ts, k).low {
			k++
		}
		c := s.clock
		c.bare = true
		next, after := c.day(k)
		if after <= k || next.y != 0 {
			break
		}
		days, j = append(days, next), after
	}
	if at(s.ts, j).low == "của" {
		j++
	}
	if f, next := s.every(j); f == yearly {
		j = next
	} else {
		return m, i
	}
	m.kind, m.rule, m.unit = DueRecurring, yearlyRule(days[0].m, days[0].d), unitDay
	if m.rule == "" {
		m.doubts.add(DoubtBadDate, s.text[s.ts[i-1].start:s.ts[j-1].end])
	}
	for _, d := range days[1:] {
		m.also = append(m.also, mention{kind: DueRecurring, rule: yearlyRule(d.m, d.d), unit: unitDay})
	}
	return m, j
}
