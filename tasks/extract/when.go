package extract

import (
	"strings"

	"tiendo/tasks/calendar"
)

// Deadline reads a phrase that is a deadline and nothing else: a cell, a
// labelled line, what a person types. Dates that hang on the document are taken
// from anchor; call it again when the head is corrected.
func Deadline(phrase string, anchor Anchor) Due {
	due, _ := ReadDeadline(phrase, anchor)
	return due
}

// ReadDeadline is Deadline with what was not sure.
func ReadDeadline(phrase string, anchor Anchor) (Due, []Doubt) {
	phrase = strings.TrimRight(squeeze(phrase), " .;,")
	s := newScan(phrase, anchor, true)
	s.run()
	due, ds := s.choose(phrase)
	due.Phrase = phrase
	return due.filled(), ds
}

// deadlineIn finds the deadline that a sentence of duty sets, and leaves alone
// the other dates in it: those of laws, reporting periods, plans' own spans.
func deadlineIn(text string, anchor Anchor) (Due, []Doubt) {
	s := newScan(text, anchor, false)
	s.run()
	kept := s.found[:0]
	for _, m := range s.found {
		if s.binds(m) {
			kept = append(kept, m)
		}
	}
	s.found = kept
	due, ds := s.choose("")
	return due.filled(), ds
}

// mention is one thing said about time.
type mention struct {
	from, to int // tokens, the words before it included
	kind     string
	date     calendar.Date
	unit     unit
	hour     string
	rule     string
	also     []mention
	pre      before
	doubts   doubts
	noYear   int // month*100 + day of a day whose year was not said
}

// before says which words stand right before a point of time.
type before struct {
	before, until, end, within, on, latest, from, since, counted, done, occasion, moment, expected, now bool
}

// scan finds the mentions of a text from left to right.
type scan struct {
	clock
	anchor Anchor
	alone  bool // the whole text is a deadline
	found  []mention
	floor  int // tokens before it belong to an earlier mention
}

func newScan(text string, anchor Anchor, alone bool) *scan {
	return &scan{clock: clock{text: text, ts: tokenize(text), bare: alone}, anchor: anchor, alone: alone}
}

// maxMentions and maxClause bound the work on a text that is no sentence.
const (
	maxMentions = 64
	maxClause   = 150 // tokens
)

func (s *scan) run() {
	readers := []func(int) (mention, int){s.lunar, s.relative, s.cadence, s.dated, s.ongoing, s.event, s.vague}
	for i := 0; i < len(s.ts) && len(s.found) < maxMentions; {
		advanced := false
		for _, read := range readers {
			m, next := read(i)
			if next <= i {
				continue
			}
			if m.kind != "" {
				m.to = next
				s.found = append(s.found, m)
			}
			i, s.floor, advanced = next, next, true
			break
		}
		if !advanced {
			i++
		}
	}
}

// lunar goes over a date of the lunar calendar beside the solar one.
func (s *scan) lunar(i int) (mention, int) {
	if at(s.ts, i).text != "(" {
		return mention{}, i
	}
	for j := i + 1; j < len(s.ts) && j < i+16; j++ {
		switch {
		case s.ts[j].text == ")":
			return mention{}, i
		case s.ts[j].fold == "nham" && s.ts[j+min(1, len(s.ts)-1-j)].low == "ngày", foldedAt(s.ts, j, "am", "lich"), s.ts[j].text == "Chạp", s.ts[j].text == "Giêng":
			for j < len(s.ts) && s.ts[j].text != ")" {
				j++
			}
			return mention{}, min(j+1, len(s.ts))
		}
	}
	return mention{}, i
}

// preceding reads the words before token i that say how the point is meant.
func (s *scan) preceding(i int) (b before, hour string, from int) {
	from = i
	if h, j := s.hour(i); j < i && j >= s.floor {
		hour, from = h, j
	}
	for from > s.floor {
		t := s.ts[from-1]
		switch t.low {
		case "ngày", "là", "khoảng", "ngay", "thời", "cuối", "đầu", "giữa", "mốc", "hạn":
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
		case "chậm", "muộn":
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
			b.moment = true
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

// dated reads a day, month, quarter, half or year with the words around it.
func (s *scan) dated(i int) (mention, int) {
	if m, next := s.dayOfPeriod(i); next > i {
		return m, next
	}
	p, next := s.point(i)
	if next <= i {
		return mention{}, i
	}
	b, hour, from := s.preceding(i)
	p.hour = hour
	m := mention{from: from, kind: DueDate, unit: p.unit, hour: hour, pre: b}
	if b.counted || b.moment {
		return mention{}, s.pastSpan(next)
	}
	if b.from && !b.now && !b.until && !p.span {
		if end, after := s.until(next); after > next {
			end.hour = hour
			if end.unit == unitNone {
				m.kind, m.hour = DueOngoing, ""
				return m, after
			}
			p, next, m.unit = end, after, end.unit
			m.pre.until, m.pre.end, m.pre.since, m.pre.counted = true, true, b.since, b.counted
		} else {
			m.kind, m.hour = DueOngoing, "" // a beginning without an end
			m.pre.since = true
			return m, next
		}
	}
	if p.unit == unitDay && p.y == 0 {
		if r, after := s.everyYear(p, next, m); after > next {
			return r, after
		}
	}
	if p.y == 0 {
		p.y = s.yearAfter(next)
	}
	if p.unit == unitDay && p.y == 0 {
		m.noYear = p.m*100 + p.d
	}
	words := s.text[s.ts[from].start:s.ts[next-1].end]
	m.date = s.day(p, b.before && p.unit != unitDay, words, &m.doubts)
	return s.goingOn(m, next)
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

// yearAfter returns the year of the next member of a list: "tháng 01 và tháng
// 12/2026".
func (s *scan) yearAfter(i int) int {
	if t := at(s.ts, i); t.low != "và" && t.text != "," {
		return 0
	}
	p, next := s.point(i + 1)
	if next <= i+1 {
		return 0
	}
	return p.y
}

// until reads "đến ngày 15/12", "đến hết năm 2030", "đến khi …" after the first
// point of a span.
func (s *scan) until(i int) (point, int) {
	j := i
	if at(s.ts, j).text == "," || at(s.ts, j).low == "cho" {
		j++
	}
	if l := at(s.ts, j).low; l != "đến" && l != "tới" && at(s.ts, j).text != "-" {
		return point{}, i
	}
	j++
	for l := at(s.ts, j).low; l == "hết" || l == "cuối" || l == "trước"; l = at(s.ts, j).low {
		j++
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
			if !s.alone {
				return i
			}
		}
		i++
	}
	return i
}

// day settles the day of a point; an unsaid year is the document's, unless that
// day lies before the document: then there is none for sure.
func (s *scan) day(p point, exclusive bool, words string, ds *doubts) calendar.Date {
	unsaid := p.y == 0
	if unsaid {
		p.y = s.anchor.year()
		ds.add(DoubtNoYear, words)
		if p.y == 0 {
			return calendar.Date{}
		}
	}
	d, ok := p.last()
	if exclusive {
		if d, ok = p.first(); ok {
			d = d.AddDays(-1)
		}
	}
	if !ok {
		ds.add(DoubtBadDate, words)
		return calendar.Date{}
	}
	if !s.anchor.Date.IsZero() && d.Before(s.anchor.Date) {
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
