package extract

// bracketDay reads the day that is said behind a period.
//
//	dayOf  = ["(" | ","] ("vào" | "trước" | "chậm nhất" ["là"]) (monthday | day [every-year] | "ngày" D) [")"]
//	       | ["(" | ","] ["vào" | "trong"] (month | quarter) [")"]      — of a yearly one
//	       | "(" "ngày" D ")"
func (s *scan) bracketDay(i int, f freq) (string, int) {
	j := i
	open := at(s.ts, j).text == "("
	if open || at(s.ts, j).text == "," {
		j++
	}
	switch {
	case at(s.ts, j).low == "vào" || at(s.ts, j).low == "trước":
		j++
	case f == yearly && at(s.ts, j).low == "trong":
		j++
	case f == yearly && (at(s.ts, j).low == "tháng" || at(s.ts, j).low == "quý"):
	case foldedAt(s.ts, j, "cham", "nhat"):
		if j += 2; at(s.ts, j).low == "là" {
			j++
		}
	case !open || at(s.ts, j).low != "ngày":
		return "", i
	}
	text, next := "", i
	if m, after := s.monthday(j); after > j && m.rule != "" {
		text, next = m.rule, after
	} else if p, after := s.point(j); after > j && p.y == 0 && !p.adrift && (p.unit == unitDay || f == yearly && p.unit != unitYear && at(s.ts, j-1).low != "trước") {
		text, next = yearlyPoint(p), after
		if k, l := s.every(after); k == yearly {
			next = l
		}
	} else if at(s.ts, j).low == "ngày" {
		if d, ok := s.num(j+1, 2); ok && d >= 1 && d <= 31 && f != yearly {
			text, next = rule(f, d, 0), j+2
		}
	}
	if text == "" {
		return "", i
	}
	if open && at(s.ts, next).text == ")" {
		next++
	}
	return text, next
}

// monthday reads a day of each month or quarter.
//
//	monthday = ["ngày"] ["mùng"] D ["đến" ["ngày"] D] (["của"] each | ("các" | "của") months)
//	         | "ngày" ["làm việc"] "cuối" "cùng" ["của"] (every | "tháng")
//	each     = every | "tháng" ("cuối" | "đầu") … "quý" | "tháng" ("tiếp theo" | "sau" | "kế tiếp") … | "tháng"   — the last behind "của"
func (s *scan) monthday(i int) (mention, int) {
	if m, next := s.lastDayOf(i); next > i {
		return m, next
	}
	j := i
	named := at(s.ts, j).low == "ngày"
	if named {
		j++
	}
	if at(s.ts, j).low == "mùng" {
		named = true
		j++
	}
	if !named && !deadlineWord(at(s.ts, j-1)) {
		return mention{}, i
	}
	d, ok := s.num(j, 2)
	if !ok || d < 1 || d > 31 {
		return mention{}, i
	}
	j++
	if l := at(s.ts, j); l.low == "đến" || l.text == "-" || l.text == "–" {
		k := j + 1
		if at(s.ts, k).low == "ngày" {
			k++
		}
		if d2, ok := s.num(k, 2); ok && d2 > d && d2 <= 31 {
			d, j = d2, k+1
		}
	}
	_, hour, from := s.preceding(i)
	m := mention{from: from, kind: DueRecurring, unit: unitDay, hour: hour, pre: before{before: true}}
	of := at(s.ts, j).low == "của"
	if of {
		j++
	}
	if at(s.ts, j).low == "các" || of {
		if months, next := s.someMonths(j); next > j {
			m.rule = monthsRule(months, d)
			return m, next
		}
	}
	if f, next := s.every(j); f == monthly || f == quarterly {
		m.rule = rule(f, d, 0)
		return m, next
	}
	if at(s.ts, j).low != "tháng" {
		return mention{}, i
	}
	switch l := at(s.ts, j+1); {
	case l.low == "cuối" || l.low == "đầu":
		k := j + 2
		for range 5 {
			switch at(s.ts, k).low {
			case "cùng", "tiên", "của", "mỗi", "hằng", "các":
				k++
			}
		}
		if unitFreq(at(s.ts, k)) == quarterly && quarterNumber(at(s.ts, k+1)) == 0 {
			shift := 0
			if l.low == "đầu" {
				shift = 1
			}
			m.rule = rule(quarterly, d, shift)
			if at(s.ts, k+1).low == "sau" {
				k++
			}
			return m, k + 1
		}
	case l.low == "tiếp" || l.low == "sau" || l.low == "kế" || l.low == "liền":
		end := s.clauseEnd(j)
		s.followingMonth(&m, i, j, end, d)
		return m, end
	case l.kind == mark && l.text != "/" && of:
		m.rule = rule(monthly, d, 0)
		return m, j + 1
	}
	return mention{}, i
}

// followingMonth settles "ngày 05 của tháng sau": each month where the report's
// period is a month; a period of several months whose number is not said has no
// rule; without a word of a report it may be once.
func (s *scan) followingMonth(m *mention, i, j, end, d int) {
	words := s.text[s.ts[m.from].start:s.ts[end-1].end]
	ofReport, lastOf := false, false
	for k := j; k < end; k++ {
		ofReport = ofReport || foldedAt(s.ts, k, "bao", "cao")
		lastOf = lastOf || foldedAt(s.ts, k, "cuoi", "cung") || foldedAt(s.ts, k, "cuoi", "ky")
	}
	if ofReport && lastOf {
		m.doubts.add(DoubtNoFrequency, words)
		return
	}
	m.rule = rule(monthly, d, 0)
	for k := max(0, i-maxClause); k < i && !ofReport; k++ {
		f, _ := s.every(k)
		ofReport = f == monthly || foldedAt(s.ts, k, "bao", "cao", "thang")
	}
	if !ofReport {
		m.doubts.add(DoubtNoFrequency, words)
	}
}

// lastDayOf reads "ngày cuối cùng của tháng", "ngày làm việc cuối cùng hằng quý".
func (s *scan) lastDayOf(i int) (mention, int) {
	if at(s.ts, i).low != "ngày" {
		return mention{}, i
	}
	j := i + 1
	worked := foldedAt(s.ts, j, "lam", "viec")
	if worked {
		j += 2
	}
	if at(s.ts, j).low != "cuối" || at(s.ts, j+1).low != "cùng" {
		return mention{}, i
	}
	j += 2
	if at(s.ts, j).low == "của" {
		j++
	}
	f, next := s.every(j)
	if f == freqNone && unitFreq(at(s.ts, j)) == monthly && at(s.ts, j+1).kind == mark {
		f, next = monthly, j+1
	}
	_, hour, from := s.preceding(i)
	m := mention{from: from, kind: DueRecurring, unit: unitDay, hour: hour, pre: before{before: true}}
	months := map[freq]string{monthly: "FREQ=MONTHLY;", quarterly: "FREQ=YEARLY;BYMONTH=3,6,9,12;", yearly: "FREQ=YEARLY;BYMONTH=12;"}[f]
	switch {
	case months == "", worked && f == quarterly: // BYSETPOS would take one day of the year
		return mention{}, i
	case worked:
		m.rule = months + "BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
	default:
		m.rule = months + "BYMONTHDAY=-1"
	}
	return m, next
}

// everyYear reads "hằng năm" after a point without a year, and the further days of
// "trước ngày 01/6 và 15/11 hằng năm".
//
//	yearly = point {("," | "và" | "hoặc") ["trước"] point} ["của"] every-year    — points without a year
func (s *scan) everyYear(p point, i int, m mention) (mention, int) {
	days := []point{p}
	j := i
	for range maxMentions {
		k := j
		if t := at(s.ts, k); t.low != "và" && t.text != "," && t.low != "hoặc" {
			break
		}
		k++
		if at(s.ts, k).low == "trước" {
			k++
		}
		c := s.clock
		c.bare = true
		next, after := c.point(k)
		if after <= k || next.y != 0 || next.adrift || next.unit == unitYear {
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
	m.kind, m.rule, m.unit = DueRecurring, yearlyPoint(days[0]), unitDay
	if m.rule == "" {
		m.doubts.add(DoubtBadDate, s.text[s.ts[i-1].start:s.ts[j-1].end])
	}
	for _, d := range days[1:] {
		if r := yearlyPoint(d); r != "" {
			m.also = append(m.also, mention{kind: DueRecurring, rule: r, unit: unitDay})
		} else {
			m.doubts.add(DoubtBadDate, s.text[s.ts[i-1].start:s.ts[j-1].end])
		}
	}
	return m, j
}
