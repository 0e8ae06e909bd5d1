package extract

// relative tells a day that says which things or bodies are meant from one by which something is done. The clause before it is
// a noun and what became of it:
//
//	relative = noun "được" [agent] verb        "những nhiệm vụ được giao trước ngày …"
//	         | noun happening                   "hồ sơ tiếp nhận trước ngày …"
//	         | noun "có" paper                  "cho các đơn vị có báo cáo trước ngày …"
//	         | noun ("gửi" | "nộp" | "trình")   — as well the next step of who acts: not sure
//
// Where the noun is the subject of an order the day is its deadline: "các đơn vị có báo cáo trước ngày …".
type relative byte

const (
	relativeNone relative = iota
	relativeUnsure
	relativeSure
)

var (
	// thingNouns are papers, tasks, works and cases.
	thingNouns = newPhraseSet(
		"ho so, van ban, don thu, vu viec, vu an, kien nghi, phan anh, to cao, khieu nai, nhiem vu, du an, cong trinh, hop dong, giay phep, giay to",
		"tai lieu, de nghi, bao cao, de an, ke hoach, ket luan, quyet dinh, truong hop, vi pham, khoan, khoan no, khoan chi, chi phi, tai san, du lieu",
		"phuong tien, giao dich, hoa don, chung tu, thu tuc, goi thau, su co, vuong mac, ton tai, sai pham, noi dung, cong viec, y kien, cong van, dang ky, san pham",
	)
	// happenings are verbs whose subject does nothing by order.
	happenings = newPhraseSet("phat sinh, xay ra, ton dong, ton tai, hinh thanh, tiep nhan, nhan duoc, thu ly, den han, het han, qua han")
	// handings are done by whoever sends the thing, or by who acts.
	handings = newPhraseSet("gui, nop, trinh, dang ky, gui den, nop du, ban hanh, phe duyet, ky ket, khoi cong")
	makings  = newPhraseSet("lap, hoan thien, xay dung, chuan bi, tong hop, hoan thanh, hoan chinh, soan thao, du thao, bo sung, ky, ban hanh, tham muu, de xuat, trinh")
	finishes = newPhraseSet("hoan thanh, hoan tat, dut diem, thuc hien, xong, trien khai")
	// causes make the noun after them the one who must act.
	causes = newPhraseSet("chi dao, don doc, huong dan, bao dam, dam bao, nhac, nhac nho, van dong, de, phan dau, yeu cau, de nghi, giao, phan cong")
	// whose govern the noun after them.
	whose = newPhraseSet("cho, doi voi, cua, truong hop, neu")
)

// acted reports whether a verb stands in the clause before i.
func (s *scan) acted(clause, i int) bool {
	for j := clause; j < i; j++ {
		if verbAt(s.ts, j) > 0 {
			return true
		}
	}
	return false
}

// describes reports whether a day or event tells which things are meant; where it
// could as well be the deadline, a doubt says so.
func (s *scan) describes(m mention, ds *doubts) bool {
	before := m.pre.before || m.pre.latest
	if m.kind == DueConditional {
		before = foldedAt(s.ts, m.from, "truoc", "khi")
	}
	if !before || m.kind != DueDate && m.kind != DueConditional {
		return false
	}
	r := s.related(m)
	if r == relativeUnsure {
		ds.add(DoubtVague, s.text[s.ts[m.from].start:s.ts[m.to-1].end])
	}
	return r != relativeNone
}

// related tells what the day that begins at token m.from is.
func (s *scan) related(m mention) relative {
	if m.pre.done {
		return relativeNone
	}
	e, clause := m.from, s.clauseStart(m.from)
	p, kind := s.predicate(clause, e)
	if p < 0 || p <= clause && s.nounStart(p, clause) == p {
		return relativeNone
	}
	h := s.nounStart(p, clause)
	if kind == having {
		return s.havers(p, h, clause)
	}
	if h == p {
		return relativeNone
	}
	if h < clause {
		clause = s.clauseStart(h)
	}
	if kind == handed {
		if ends(makings, s.ts, h) || ends(causes, s.ts, h) || !s.acted(clause, h) || s.ts[h-1].capital() || levels[s.ts[h-1].low] {
			return relativeNone
		}
		return relativeUnsure
	}
	if kind == passive {
		switch at(s.ts, p-1).low {
		case "phải", "cần", "sẽ", "để", "đều":
			return relativeNone
		}
	}
	if g := ends(whose, s.ts, h); g && !ends(causes, s.ts, h-1) {
		return relativeSure
	}
	if kind == happened {
		return relativeSure
	}
	if h <= clause || ends(causes, s.ts, h) || ends(whose, s.ts, h) || at(s.ts, h-1).kind == mark && kind != passive {
		if l := at(s.ts, m.to).low; l == "phải" || l == "thì" || l == "chưa" || l == "vẫn" {
			return relativeSure
		}
		return relativeNone
	}
	if ends(finishes, s.ts, h) && (s.doc.Date.IsZero() || m.date.IsZero() || m.date.After(s.doc.Date)) {
		return relativeUnsure
	}
	return relativeSure
}

// havers tells "cho các đơn vị có báo cáo" from the subject that must have one: the
// bodies hang on a preposition, or on a verb that does not make them act.
func (s *scan) havers(p, h, clause int) relative {
	for k := p - 1; k > max(clause, p-8) && !s.ts[k].capital(); k-- {
		for n := 1; n <= 2; n++ {
			if begin := k - n + 1; begin >= clause && whose.match(s.ts, begin) == n && k+1 < p {
				if ends(causes, s.ts, begin) {
					return relativeNone
				}
				return relativeSure
			}
		}
	}
	if h == p || h <= clause || !plurals[s.ts[h].low] || ends(causes, s.ts, h) {
		return relativeNone
	}
	switch prev := s.ts[h-1]; {
	case prev.kind != word, prev.capital(), prev.low == "và", prev.low == "với", prev.low == "cùng", prev.low == "hoặc", prev.low == "là":
		return relativeNone
	}
	return relativeSure
}

// predicates of a relative clause.
type predicateKind byte

const (
	passive predicateKind = iota
	happened
	having
	handed
)

// predicate finds the predicate that ends right before e; -1 when there is none.
func (s *scan) predicate(clause, e int) (int, predicateKind) {
	for k := 1; k <= 2; k++ {
		if e-k > clause && happenings.match(s.ts, e-k) == k && s.thingBefore(e-k, clause) {
			if at(s.ts, e-k-1).low == "được" {
				return e - k - 1, passive
			}
			return e - k, happened
		}
	}
	for p := e - 2; p >= max(clause, e-10) && s.ts[p].kind != mark; p-- {
		switch n := e - p - 1; {
		case s.ts[p].low == "được":
			agent := s.ts[p+1].capital() && (verbAt(s.ts, e-1) == 1 || verbAt(s.ts, e-2) == 2 || ends(orderVerbs, s.ts, e))
			if n <= 2 && !s.handsDuty(p+1, n) || agent || n == 3 && foldedAt(s.ts, p+1, "giao", "nhiem", "vu") {
				return p, passive
			}
			return -1, passive
		case s.ts[p].low == "có":
			if s.thingAt(p+1) > 0 && n <= 5 && !s.handsOver(p+1, e) {
				return p, having
			}
			return -1, having
		}
	}
	for k := 1; k <= 2; k++ {
		if e-k > clause && handings.match(s.ts, e-k) == k && s.thingBefore(e-k, clause) {
			return e - k, handed
		}
	}
	return -1, passive
}

// handsDuty reports whether "giao báo cáo" at i hands on what is to be done.
func (s *scan) handsDuty(i, n int) bool {
	return n == 2 && s.ts[i].low == "giao" && verbAt(s.ts, i+1) > 0
}

// handsOver reports whether a thing goes to somebody between from and to: "có báo
// cáo gửi Sở Nội vụ".
func (s *scan) handsOver(from, to int) bool {
	for j := from; j < to; j++ {
		if l := s.ts[j].low; l == "gửi" || l == "trình" || l == "nộp" || l == "về" {
			return true
		}
	}
	return false
}

// thingBefore reports whether a thing is named within a few words before p, and
// nothing but words of its own between.
func (s *scan) thingBefore(p, clause int) bool { return s.thing(p, clause) < p }

// thingAt matches a thing at i: "đơn", which folds like others, by its marks.
func (s *scan) thingAt(i int) int {
	if at(s.ts, i).low == "đơn" && at(s.ts, i+1).low != "vị" && at(s.ts, i+1).low != "giản" {
		return 1
	}
	return thingNouns.match(s.ts, i)
}

func (s *scan) thing(p, clause int) int {
	for k := p - 1; k >= max(clause, p-7); k-- {
		t := s.ts[k]
		if t.kind != word || t.capital() && k != clause || t.low == "và" || t.low == "cho" || t.low == "do" || t.low == "để" || foldedAt(s.ts, k, "to", "chuc") {
			return p
		}
		if n := s.thingAt(k); n > 0 && k+n <= p {
			if k > clause && thingNouns.match(s.ts, k-1) == 2 {
				k--
			}
			return k
		}
	}
	return p
}

// nounStart returns where the noun before the predicate at p begins, p when none
// is seen. Its "các", "những" may stand before a list that the clause ends.
func (s *scan) nounStart(p, clause int) int {
	for k := p - 1; k >= max(0, p-14); k-- {
		t := s.ts[k]
		if t.text == "," && k > 0 {
			continue
		}
		if t.kind == mark {
			break
		}
		if t.low == "các" || t.low == "những" || t.low == "mọi" || t.low == "số" {
			return k
		}
	}
	if k := s.thing(p, clause); k < p {
		return k
	}
	for n := 2; n <= 3 && p-n >= clause; n++ {
		if groupNouns.match(s.ts, p-n) == n {
			return p - n
		}
	}
	return p
}

// ends reports whether a phrase of the set ends right before i.
func ends(set phraseSet, ts []token, i int) bool {
	for n := 1; n <= 2; n++ {
		if i-n >= 0 && set.match(ts, i-n) == n {
			return true
		}
	}
	return false
}
