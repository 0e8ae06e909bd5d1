package extract

// lunarDay reads a day of the lunar calendar. No table of that calendar is kept, so it has no date; one of the solar calendar
// beside it is taken instead.
//
//	lunar  = (["ngày"] ["mùng"] N | ["ngày"] "rằm") "tháng" ("Giêng" | "Chạp") [of]
//	       | ["ngày"] "rằm" "tháng" M [of]
//	       | ["ngày"] ["mùng"] N ("/" | "tháng") M ["(" ] "âm lịch" [")"] [of] [every year]
//	of     = "năm" (stem branch | Y)
func (s *scan) lunarDay(i int) (mention, int) {
	j := i
	if at(s.ts, j).low == "ngày" {
		j++
	}
	if at(s.ts, j).low == "mùng" {
		j++
	}
	full := at(s.ts, j).low == "rằm"
	if n, ok := s.num(j, 2); !full && (!ok || n < 1 || n > 30) {
		return mention{}, i
	}
	j++
	if t := at(s.ts, j); t.low != "tháng" && t.text != "/" {
		return mention{}, i
	}
	j++
	sure := full
	if l := at(s.ts, j).low; l == "giêng" || l == "chạp" {
		sure = true
	} else if _, ok := s.num(j, 2); !ok {
		return mention{}, i
	}
	j = s.lunarYear(j + 1)
	k := j
	if at(s.ts, k).text == "(" {
		k++
	}
	if foldedAt(s.ts, k, "am", "lich") || at(s.ts, k).text == "ÂL" {
		sure = true
		k += 2
		if at(s.ts, k-2).text == "ÂL" {
			k--
		}
		if at(s.ts, k).text == ")" {
			k++
		}
		j = s.lunarYear(k)
	}
	if !sure {
		return mention{}, i
	}
	b, hour, from := s.preceding(i)
	m := mention{from: from, kind: DueDate, hour: hour, pre: b, lunar: true}
	if f, next := s.every(j); f == yearly {
		m.kind, j = DueRecurring, next
	}
	m.doubts.add(DoubtLunar, s.text[s.ts[from].start:s.ts[j-1].end])
	return m, j
}

// lunarYear goes over the year of a lunar day at i.
func (s *scan) lunarYear(i int) int {
	if at(s.ts, i).low != "năm" {
		return i
	}
	if _, ok := s.yearAt(i + 1); ok {
		return i + 2
	}
	if at(s.ts, i+1).capital() && at(s.ts, i+2).capital() {
		return i + 3
	}
	return i
}

// lunarBracket goes over the brackets behind a solar day that name the lunar one: "(nhằm ngày 24 tháng Chạp năm Tân Sửu)".
func (s *scan) lunarBracket(i int) (mention, int) {
	if at(s.ts, i).text != "(" {
		return mention{}, i
	}
	lunarFirst := len(s.found) > 0 && s.found[len(s.found)-1].lunar
	for j := i + 1; j < len(s.ts) && j < i+16; j++ {
		switch {
		case s.ts[j].text == ")":
			return mention{}, i
		case !lunarFirst && s.ts[j].fold == "nham" && at(s.ts, j+1).low == "ngày", foldedAt(s.ts, j, "am", "lich"), s.ts[j].low == "chạp", s.ts[j].low == "giêng":
			for j < len(s.ts) && s.ts[j].text != ")" {
				j++
			}
			return mention{}, min(j+1, len(s.ts))
		}
	}
	return mention{}, i
}

// schoolYear goes over "năm học 2025 - 2026": it ends on no day that all know.
func (s *scan) schoolYear(i int) (mention, int) {
	if at(s.ts, i).low != "năm" || at(s.ts, i+1).low != "học" {
		return mention{}, i
	}
	j := i + 2
	if _, ok := s.yearAt(j); ok {
		j++
		if t := at(s.ts, j); t.text == "-" || t.text == "–" {
			if _, ok := s.yearAt(j + 1); ok {
				j += 2
			}
		}
	}
	return mention{}, j
}
