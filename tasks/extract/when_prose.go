package extract

import "slices"

// wholePhrase settles what only shows when a deadline stands alone.
func (s *scan) wholePhrase(ds *doubts) {
	if len(s.found) == 0 {
		if len(s.ts) > 0 {
			ds.add(DoubtVague, s.text)
		}
		return
	}
	for k := 0; k+1 < len(s.ts); k++ {
		if foldedAt(s.ts, k, "du", "kien") || foldedAt(s.ts, k, "xin", "gia", "han") || foldedAt(s.ts, k, "phan", "dau") {
			ds.add(DoubtTentative, s.text)
			break
		}
	}
	// "Theo kế hoạch công tác hằng năm", "Sau khi Nghị định … ban hành": the
	// event comes first and what stands in its clause is part of it.
	first := s.found[0]
	if first.kind == DueConditional && first.from == 0 && !slices.ContainsFunc(s.found, func(m mention) bool { return m.kind == DueDate }) {
		s.found = s.found[:1]
	}
}

// binds reports whether a mention in a sentence sets the deadline of the duty.
func (s *scan) binds(m mention) bool {
	if foldedAt(s.ts, m.from-2, "hieu", "luc") || foldedAt(s.ts, m.from-4, "hieu", "luc", "thi", "hanh") {
		return false // from when a rule is in force
	}
	switch m.kind {
	case DueDate:
		return s.dateBinds(m)
	case DueRecurring:
		return s.cadenceBinds(m)
	case DueOngoing:
		return !m.pre.from && !m.pre.since && !m.pre.counted && len(m.also) == 0
	case DueConditional:
		return true
	}
	return false
}

// dateBinds tells a deadline from the other dates of a sentence by the words
// before it and by its clause.
func (s *scan) dateBinds(m mention) bool {
	b := m.pre
	if b.since || b.counted || b.moment && !b.before {
		return false
	}
	if b.from && !b.now && !b.until {
		return false
	}
	clause := s.clauseStart(m.from)
	if s.lookedBackOn(m) {
		return false
	}
	for j := clause; j < m.from; j++ {
		// "đã hoàn thành trước ngày …" looks back; "các việc đã giao … hoàn thành
		// trước ngày …" does not.
		if s.ts[j].low == "đã" && m.from-j < 14 && (!foldedAt(s.ts, m.from-2, "hoan", "thanh") || m.from-j < 6) {
			return false
		}
	}
	switch m.unit {
	case unitDay:
		return b.before || b.latest || b.on || b.until || b.end || b.occasion || b.within || b.done
	case unitYear:
		if b.within && !s.completes(clause, m) {
			return false
		}
		switch {
		case b.before, b.latest, b.until && b.end:
			return !s.span(clause, m.from)
		case b.within || b.end:
			return s.closes(m, clause)
		case b.done:
			return !foldedAt(s.ts, m.from-4, "ke", "hoach") && !foldedAt(s.ts, m.from-3, "hoach") && s.closes(m, clause)
		}
		return false
	}
	return b.before || b.within || b.latest || b.on || b.done || b.end || b.until && b.end
}

// lookedBackOn reports whether a day before the document stands in a sentence
// that tells what was ordered before: "các đơn vị đã được giao … trước ngày …".
func (s *scan) lookedBackOn(m mention) bool {
	if m.date.IsZero() || s.doc.Date.IsZero() || !m.date.Before(s.doc.Date) {
		return false
	}
	for j := m.from - 1; j >= max(0, m.from-maxClause) && s.ts[j].text != "." && s.ts[j].text != ";"; j-- {
		if s.ts[j].low == "đã" {
			return true
		}
	}
	return false
}

// span reports whether the clause says the years of a programme.
func (s *scan) span(from, to int) bool {
	for j := from; j < to; j++ {
		if foldedAt(s.ts, j, "giai", "doan") || foldedAt(s.ts, j, "tam", "nhin") || foldedAt(s.ts, j, "chien", "luoc") || foldedAt(s.ts, j, "lo", "trinh") {
			return true
		}
	}
	return false
}

// closes reports whether "trong năm 2025" ends the clause of a duty rather than
// describing a noun ("các nhiệm vụ được giao trong năm 2025").
func (s *scan) closes(m mention, clause int) bool {
	next := at(s.ts, m.to)
	if m.to < len(s.ts) && next.kind != mark && next.low != "và" {
		return false
	}
	if foldedAt(s.ts, m.from-2, "duoc", "giao") || foldedAt(s.ts, m.from-2, "da", "giao") || foldedAt(s.ts, clause, "doi", "voi") || foldedAt(s.ts, clause, "de") {
		return false
	}
	return !s.span(clause, m.from)
}

// cadenceBinds tells "báo cáo hằng năm" from "ngân sách hằng năm".
func (s *scan) cadenceBinds(m mention) bool {
	if m.unit == unitDay && m.rule != "" {
		return true
	}
	if m.rule == "" {
		return at(s.ts, m.to).fold == "bao" || at(s.ts, m.to).fold == "tong" || at(s.ts, m.to).fold == "so" || at(s.ts, m.to).kind == mark || at(s.ts, m.to).fold == "to"
	}
	if foldedAt(s.ts, m.from, "dinh", "ky") || foldedAt(s.ts, m.from, "thuong", "ky") || foldedAt(s.ts, m.from-2, "thuong", "ky") {
		return true
	}
	if s.ts[m.to-1].low == "lần" || at(s.ts, m.to-3).low == "lần" && m.to-3 >= m.from || at(s.ts, m.to-2).low == "lần" && m.to-2 >= m.from {
		return !foldedAt(s.ts, m.from-2, "khong", "qua") && !foldedAt(s.ts, m.from-2, "toi", "da") // "ít nhất 02 lần/năm"
	}
	if at(s.ts, m.from).low == "mỗi" && (foldedAt(s.ts, m.to, "it", "nhat") || foldedAt(s.ts, m.to, "toi", "thieu") || at(s.ts, m.to).kind == number) {
		return true // "mỗi tuần ít nhất 02 tin, bài"
	}
	switch at(s.ts, m.from-1).fold {
	case "sach", "hoach", "toan", "trinh", "so", "san", "von", "quan", "nguon", "truong", "phi", "luc", "tac", "le":
		return false
	}
	if next := at(s.ts, m.to); at(s.ts, m.from).low == "hằng" && (m.to >= len(s.ts) || next.text == "," || next.text == ";" || next.text == ".") {
		return true // "… công nhận mô hình hằng năm, hoàn thành trước ngày 20 tháng 12"
	}
	if at(s.ts, m.from-1).kind == mark || m.from == 0 || at(s.ts, m.from-1).low == "và" {
		return true
	}
	for j := s.clauseStart(m.from); j < m.from; j++ {
		for _, w := range [][]string{{"bao", "cao"}, {"tong", "hop"}, {"danh", "gia"}, {"so", "ket"}, {"tong", "ket"}, {"ra", "soat"}, {"kiem", "tra"}, {"cap", "nhat"}, {"cong", "khai"}, {"cong", "bo"}, {"dang", "tai"}, {"theo", "doi"}, {"giao", "ban"}, {"cung", "cap", "so", "lieu"}} {
			if foldedAt(s.ts, j, w...) {
				return true
			}
		}
	}
	return false
}

// clauseStart returns the first token of the clause that holds token i.
func (s *scan) clauseStart(i int) int {
	first := max(0, i-maxClause)
	for j := i - 1; j >= first; j-- {
		switch s.ts[j].text {
		case ",", ";", ".", ":":
			return j + 1
		}
	}
	return first
}
