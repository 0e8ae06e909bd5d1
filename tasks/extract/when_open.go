package extract

// ongoing reads "thường xuyên", "liên tục".
func (s *scan) ongoing(i int) (mention, int) {
	switch {
	case foldedAt(s.ts, i, "thuong", "xuyen"):
		switch at(s.ts, i-1).low {
		case "chi", "nguồn", "phí", "không", "sách", "toán":
			return mention{}, i + 2
		}
		from, next := i, i+2
		if foldedAt(s.ts, i-2, "nhiem", "vu") && i-2 >= s.floor {
			from = i - 2
		}
		if at(s.ts, next).text == "," && foldedAt(s.ts, next+1, "lien", "tuc") {
			next += 3
		}
		m := mention{from: from, kind: DueOngoing}
		if !s.alone && from == i {
			m.doubts.add(DoubtManner, s.text[s.ts[from].start:s.ts[next-1].end])
		}
		return m, next
	case s.alone && foldedAt(s.ts, i, "lien", "tuc"):
		return mention{from: i, kind: DueOngoing}, i + 2
	case s.alone && at(s.ts, i).text == "24" && at(s.ts, i+1).text == "/" && (at(s.ts, i+2).text == "24" || at(s.ts, i+2).text == "7"):
		return mention{from: i, kind: DueOngoing}, i + 3
	}
	return mention{}, i
}

// eventOpeners begin a time that hangs on an event.
var eventOpeners = newPhraseSet("sau khi, ngay sau khi, ngay khi, khi co, khi duoc, khi can, khi phat, sau ky, ngay sau, sau thoi, dot xuat, theo tien do, theo lo trinh, theo dung lo trinh, theo dung tien do, theo ke hoach, theo huong dan, theo yeu cau, theo chi dao, theo chuong trinh, theo quy dinh, theo dung quy dinh, theo thoi han, tuy theo, dam bao theo lo trinh, truoc khi, neu co, ky hop, truoc tet, truoc dip, truoc ky, dip tet, theo du an, theo thuc te, theo thong bao, theo van ban, theo ket luan, theo nghi quyet, theo lich")

// event reads what hangs on an event; in a sentence only the plainest kinds.
func (s *scan) event(i int) (mention, int) {
	m := mention{from: i, kind: DueConditional}
	if s.alone && foldedAt(s.ts, i, "truoc", "khi") {
		return s.beforeEvent(i)
	}
	if s.alone {
		if k := eventOpeners.match(s.ts, i); k > 0 {
			end := max(i+k, s.clauseEnd(i+k))
			if foldedAt(s.ts, i, "ky", "hop") {
				for j := i + k; j < end; j++ {
					if p, next := s.point(j); next > j && p.unit != unitYear {
						return m, j // "kỳ họp HĐND tỉnh tháng 7/2026"
					}
				}
			}
			return m, end
		}
		if at(s.ts, i).low == "khi" {
			return m, max(i+1, s.clauseEnd(i+1))
		}
		if l := at(s.ts, i+2).low; foldedAt(s.ts, i, "ke", "tu") && (l == "ngày" || l == "khi") {
			if _, next := s.point(i + 2); next == i+2 {
				return m, max(i+3, s.clauseEnd(i+3))
			}
		}
		return mention{}, i
	}
	if foldedAt(s.ts, i, "theo", "ke", "hoach", "rieng") {
		return m, i + 4
	}
	if foldedAt(s.ts, i, "truoc", "khi") {
		return s.beforeEvent(i)
	}
	switch {
	case foldedAt(s.ts, i, "sau", "khi"), foldedAt(s.ts, i, "ngay", "sau", "khi"), at(s.ts, i).low == "khi":
	default:
		return mention{}, i
	}
	plain := at(s.ts, i).low == "khi"
	end := s.clauseEnd(i + 1)
	if end-i > 40 {
		return mention{}, i
	}
	for j := i + 1; j < end; j++ {
		switch {
		case plain && s.ts[j].low == "đã" && j > i+1 && j < i+8,
			!plain && (foldedAt(s.ts, j, "ban", "hanh") || foldedAt(s.ts, j, "thong", "qua") || foldedAt(s.ts, j, "phe", "duyet") || foldedAt(s.ts, j, "co", "hieu", "luc") || foldedAt(s.ts, j, "co", "huong", "dan")):
			if !s.governedBack(i) {
				return m, end
			}
		}
	}
	return mention{}, i
}

// beforeEvent reads "trước khi trình UBND tỉnh" up to the deadline that may follow
// in the same clause; a day without words of deadline belongs to the event.
func (s *scan) beforeEvent(i int) (mention, int) {
	switch at(s.ts, i-1).low {
	case "từ", "như", "với", "hơn":
		return mention{}, i + 2
	}
	for j := i - 1; j >= max(s.floor, i-4) && s.ts[j].kind == word; j-- {
		if s.ts[j].low == "đã" {
			return mention{}, i + 2 // "các hồ sơ đã nộp trước khi …"
		}
	}
	end := max(i+2, s.clauseEnd(i+2))
	for j := i + 2; j < end; j++ {
		if s.endsBy(j) {
			end = j
		}
	}
	return mention{from: i, kind: DueConditional}, end
}

// governedBack reports whether the clause at i only describes a noun ("các xã
// sau khi sáp nhập").
func (s *scan) governedBack(i int) bool {
	return at(s.ts, i-1).low == "từ" || at(s.ts, i-1).low == "kể"
}

// vaguePhrases say a haste or a manner and no day.
var vaguePhrases = newPhraseSet("kip thoi, khan truong, trong thoi gian som nhat, som nhat, trong thoi gian den, trong thoi gian toi, dung thoi han, dung han, ngay tu, chua xac dinh, chua de xuat, truoc trong va sau")

// vague reads haste without a day, where nothing else was said.
func (s *scan) vague(i int) (mention, int) {
	if !s.alone {
		return mention{}, i
	}
	if k := vaguePhrases.match(s.ts, i); k > 0 {
		m := mention{from: i, kind: DueNone}
		m.doubts.add(DoubtVague, s.text[s.ts[i].start:s.ts[i+k-1].end])
		return m, i + k
	}
	return mention{}, i
}
