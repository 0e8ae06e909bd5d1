package extract

import "tiendo/tasks/calendar"

// preceding reads the words before token i that say how the point is meant.
func (s *scan) preceding(i int) (b before, hour string, from int) {
	from = i
	if h, j := s.hour(i); j < i && j >= s.floor {
		hour, from = h, j
	}
	for from > s.floor {
		t := s.ts[from-1]
		switch t.low {
		case "ngày", "là", "khoảng", "ngay", "thời", "cuối", "đầu", "giữa", "mốc", "nửa", "sáng", "chiều", "tối":
		case "quá", "hơn":
			n := s.noLater(from - 1)
			if n == 0 && t.low == "quá" {
				return before{}, "", from // "quá thời hạn 30/6" looks back
			}
			if n == 0 {
				return b, hour, from
			}
			b.latest = true
			from -= n
		case "trước":
			b.before = true
		case "đến", "tới":
			b.until = true
		case "hết":
			b.end = true
		case "trong":
			b.within = true
		case "vào":
			b.on = true
		case "chậm", "muộn", "trễ":
			b.latest = true
		case "nhất":
		case "từ":
			b.from = true
		case "kể":
			b.since = true
		case "tính":
			b.counted = true
		case "nay":
			b.now = true
		case "dịp":
			b.occasion = true
		case "điểm":
			if at(s.ts, from-2).low != "thời" {
				return b, hour, from
			}
			b.moment = true
		case "chót":
			if at(s.ts, from-2).low != "hạn" {
				return b, hour, from
			}
		case "hạn":
			switch at(s.ts, from-2).low {
			case "hết", "quá", "trễ", "có", "đúng", "trước", "đến", "tới":
				return before{}, "", from // until when something else holds
			}
			b.latest = b.latest || at(s.ts, from-2).low != "gia" && !b.from
		case "dự":
			b.expected = true
		case "xong":
			b.done = true
		case "thành":
			if at(s.ts, from-2).fold != "hoan" {
				return b, hour, from
			}
			b.done = true
			return b, hour, from
		default:
			return b, hour, from
		}
		from--
	}
	return b, hour, from
}

// underLabel reports whether "thời hạn hoàn thành:", "thời gian thực hiện:" stands
// before token i.
func (s *scan) underLabel(i int) bool {
	if at(s.ts, i-1).text != ":" {
		return false
	}
	for j := i - 2; j >= max(s.floor, i-6) && s.ts[j].kind == word; j-- {
		if foldedAt(s.ts, j, "thoi", "han") || foldedAt(s.ts, j, "thoi", "gian") {
			return true
		}
	}
	return false
}

// noLater counts the tokens before "quá", "hơn" at i that make it "không quá",
// "không muộn hơn"; "quá ngày 30/6" is no deadline.
func (s *scan) noLater(i int) int {
	switch l := at(s.ts, i-1).low; {
	case l == "không":
		return 1
	case (l == "muộn" || l == "chậm" || l == "trễ") && at(s.ts, i-2).low == "không":
		return 2
	}
	return 0
}

// dated reads a day, month, quarter, half or year with the words around it.
func (s *scan) dated(i int) (mention, int) {
	if m, next := s.monthday(i); next > i {
		next = s.ahead(&m, next)
		return m, next
	}
	p, next := s.point(i)
	if next <= i {
		return mention{}, i
	}
	b, hour, from := s.preceding(i)
	b.latest = b.latest || s.underLabel(from)
	if foldedAt(s.ts, from-2, "som", "hon") && from-2 >= s.floor {
		b.before, from = true, from-2
	}
	if at(s.ts, from-1).low == "vượt" && from-1 >= s.floor && b.latest {
		// Ahead of it or behind it: the words do not say.
		m := mention{from: from - 1, kind: DueNone, pre: before{before: true}}
		m.doubts.add(DoubtVague, s.text[s.ts[from-1].start:s.ts[next-1].end])
		return m, next
	}
	m := mention{from: from, kind: DueDate, unit: p.unit, hour: hour, pre: b}
	if b.counted || b.moment && !b.before {
		return mention{}, s.pastSpan(next)
	}
	if !b.before && !b.latest && at(s.ts, from-1).low == "sau" && from-1 >= s.floor {
		if s.alone {
			m.from, m.kind = from-1, DueConditional
			return m, next
		}
		return mention{}, next
	}
	if !p.span && !b.now {
		end, after := s.until(next)
		switch {
		case after <= next:
			if b.from && !b.until {
				m.kind, m.hour = DueOngoing, "" // a beginning without an end
				m.pre.since = true
				return m, next
			}
		case end.unit == unitNone && b.from:
			m.kind, m.hour = DueOngoing, ""
			return m, after
		case end.unit != unitNone && (b.from || s.alone):
			m.pre.until, m.pre.end, m.pre.since, m.pre.counted = true, true, b.since || !s.alone && s.reportPeriod(p, end, from), b.counted
			p, next, m.unit = end, after, end.unit
		}
	}
	if p.y == 0 && !p.adrift {
		if r, after := s.everyYear(p, next, m); after > next {
			after = s.ahead(&r, after)
			return r, after
		}
	}
	words := s.text[s.ts[from].start:s.ts[next-1].end]
	s.slips(p, from, next, words, &m.doubts)
	if p.y == 0 {
		p.y = s.yearAfter(p, next)
	}
	if p.unit == unitDay && p.y == 0 {
		m.noYear = p.m*100 + p.d
	}
	m.date = s.day(p, b.before && p.unit != unitDay, words, &m.doubts)
	if p.unit == unitDay && b.before && !s.alone {
		next = s.furtherDay(&m, next)
	}
	if p.unit == unitDay && m.hour == "" {
		m.hour, next = s.hourAfter(next)
	}
	if after := s.ahead(&m, next); after > next || m.kind == DueNone || m.from != from {
		return m, after
	}
	return s.goingOn(m, next)
}

// slips says what of a point was read in spite of how it is written.
func (s *scan) slips(p point, from, to int, words string, ds *doubts) {
	for _, t := range s.ts[from:to] {
		p.mended = p.mended || t.mended
	}
	if p.mended {
		ds.add(DoubtMisread, words)
	}
	if p.short && !p.bad && s.near(p.y) {
		ds.add(DoubtShortYear, words, itoa(p.y))
	}
}

// near reports whether a year written with two figures can be meant in this
// document: from the year before it to ten years on.
func (s *scan) near(y int) bool {
	doc := s.doc.year()
	return doc == 0 && y >= 2010 && y <= 2060 || y >= doc-1 && y <= doc+10
}

// pastSpan goes over the rest of a span that is no deadline: "tính từ ngày 15
// tháng 12 … đến ngày 14 tháng 12".
func (s *scan) pastSpan(i int) int {
	for j, end := i, s.clauseEnd(i); j < end; j++ {
		if _, next := s.until(j); next > j {
			return next
		}
	}
	return i
}

// yearAfter returns the year that a member of a list takes from a later one:
// "tháng 01 và tháng 12/2026". A day that comes after the later one in the year
// takes none: "20/11 và 15/01/2026".
func (s *scan) yearAfter(p point, i int) int {
	for range maxMentions {
		switch t := at(s.ts, i); {
		case t.low == "và", t.low == "hoặc", t.text == ",", t.text == ";":
		default:
			return 0
		}
		j := i + 1
		for at(s.ts, j).low == "trước" {
			j++
		}
		other, next := s.point(j)
		if next <= j || other.bad {
			return 0
		}
		if other.y != 0 {
			if p.y = other.y; other.short {
				return 0
			}
			mine, ok := p.last()
			theirs, ok2 := other.last()
			if ok && ok2 && theirs.Before(mine) {
				return 0
			}
			return other.y
		}
		i = next
	}
	return 0
}

// until reads "đến ngày 15/12", "đến hết năm 2030", "đến khi …" after the first
// point of a span.
func (s *scan) until(i int) (point, int) {
	j := i
	if at(s.ts, j).text == "," || at(s.ts, j).low == "cho" {
		j++
	}
	if t := at(s.ts, j); t.low != "đến" && t.low != "tới" && t.text != "-" && t.text != "–" {
		return point{}, i
	}
	j++
	for range 3 {
		if l := at(s.ts, j).low; l == "hết" || l == "cuối" || l == "trước" {
			j++
		}
	}
	if at(s.ts, j).low == "khi" || at(s.ts, j).low == "lúc" {
		return point{}, s.clauseEnd(j)
	}
	p, next := s.point(j)
	if next <= j {
		return point{}, i
	}
	return p, next
}

// clauseEnd returns the index of the mark that ends the clause at i.
func (s *scan) clauseEnd(i int) int {
	for last := min(len(s.ts), i+maxClause); i < last; {
		switch s.ts[i].text {
		case ".", ";", "(", ")":
			return i
		case ",":
			if !s.alone || s.endsBy(i+1) {
				return i
			}
		}
		i++
	}
	return i
}

// endsBy reports whether an event's clause gives way to a day: "theo tiến độ,
// hoàn thành trước 31/12/2025".
func (s *scan) endsBy(i int) bool {
	done := foldedAt(s.ts, i, "hoan", "thanh")
	if done {
		i += 2
	}
	if at(s.ts, i).low == "xong" {
		done = true
		i++
	}
	switch at(s.ts, i).low {
	case "trước", "trong":
		i++
	case "chậm", "muộn":
		i += 2
	default:
		if !done {
			return false
		}
	}
	_, next := s.point(i)
	return next > i
}

// day settles the day of a point; an unsaid year is the document's, unless that
// day lies before the document: then there is none for sure.
func (s *scan) day(p point, exclusive bool, words string, ds *doubts) calendar.Date {
	unsaid := p.y == 0
	switch {
	case p.adrift:
		ds.add(DoubtNoStart, words)
		return calendar.Date{}
	case p.edge == unsure:
		ds.add(DoubtVague, words)
		return calendar.Date{}
	case unsaid:
		p.y = s.doc.year()
		ds.add(DoubtNoYear, words)
		if p.y == 0 {
			return calendar.Date{}
		}
	}
	read := p.last
	if exclusive {
		read = p.before
	}
	d, ok := read()
	if !ok || p.short && !s.near(p.y) {
		ds.add(DoubtBadDate, words)
		return calendar.Date{}
	}
	if !s.doc.Date.IsZero() && d.Before(s.doc.Date) {
		if unsaid {
			return calendar.Date{}
		}
		ds.add(DoubtPast, words, d.String())
	}
	return d
}

// goingOn reads "và các năm tiếp theo", "trở đi", "và hằng năm đến 2030" after a
// point.
func (s *scan) goingOn(m mention, i int) (mention, int) {
	j := i
	if at(s.ts, j).low == "và" || at(s.ts, j).text == "," {
		j++
	}
	switch {
	case foldedAt(s.ts, j, "tro", "di"), foldedAt(s.ts, i, "tro", "di"):
		m.kind = DueOngoing
		return m, j + 2
	case (foldedAt(s.ts, j, "cac", "nam") || foldedAt(s.ts, j, "nhung", "nam")) && (at(s.ts, j+2).fold == "tiep" || at(s.ts, j+2).fold == "sau"):
		first := m
		first.to = i
		m.kind, m.also, m.date = DueOngoing, []mention{first}, calendar.Date{}
		if at(s.ts, j+2).fold == "tiep" && at(s.ts, j+3).fold == "theo" {
			j++
		}
		return m, j + 3
	}
	return m, i
}
