package extract

// thisYear reads "trong năm" that says no year and ends its clause: the document's
// year, with a doubt.
func (s *scan) thisYear(i int) (mention, int) {
	if at(s.ts, i).low != "trong" || at(s.ts, i+1).low != "năm" || i+2 < len(s.ts) && s.ts[i+2].kind != mark {
		return mention{}, i
	}
	m := mention{from: i, kind: DueDate, unit: unitYear, pre: before{within: true}}
	m.date = s.day(point{unit: unitYear}, false, s.text[s.ts[i].start:s.ts[i+1].end], &m.doubts)
	return m, i + 2
}

// completes reports whether "trong năm …" may close an order: a year that is not
// said only behind a verb of finishing; one that is said or meant by "nay" unless
// what came of a year is reported ("kết quả thực hiện nhiệm vụ trong năm 2026").
func (s *scan) completes(clause int, m mention) bool {
	unsaid := at(s.ts, m.to-1).low == "năm"
	finishing, result := false, false
	for j := clause; j < m.from; j++ {
		switch {
		case foldedAt(s.ts, j, "hoan", "thanh"), foldedAt(s.ts, j, "dut", "diem"), s.ts[j].low == "xong":
			switch at(s.ts, j-1).low {
			case "độ", "lệ", "quả", "hình", "việc", "đã", "tiêu":
			default:
				finishing = true
			}
		case foldedAt(s.ts, j, "ket", "qua"), foldedAt(s.ts, j, "tinh", "hinh"):
			// "công bố kết quả trong năm 2026" is an order.
			result = result || foldedAt(s.ts, j+2, "thuc", "hien") || foldedAt(s.ts, j+2, "trien", "khai") || foldedAt(s.ts, j+2, "hoat", "dong")
		case foldedAt(s.ts, j, "phat", "sinh"):
			result = true
		}
	}
	if unsaid {
		return finishing && !result
	}
	return finishing || !result
}
