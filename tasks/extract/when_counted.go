package extract

import (
	"strings"

	"tiendo/tasks/calendar"
)

// counted reads a period counted from an event. Only what is counted from the
// signing or from a day that is said has a day (Civil Code 2015, art. 147, 148).
//
//	counted = opener {"là" | "trong" | "vòng" | "không" | "quá" | "sau" | "hạn"} N ["(" words ")"] unit ["làm việc"] [","] [start | "trước" event]
//	opener  = "trong" ["vòng" | "thời hạn" | "thời gian"] | "chậm nhất" | "muộn nhất" | "không quá" | "sau" | "thời hạn"
//	unit    = "giờ" | "ngày" | "tuần" | "tháng" | "năm"
//	start   = ["tính" | "kể"] ("từ" | "sau") ("ngày ký" … | day | event)
func (s *scan) counted(i int) (mention, int) {
	j := i
	switch {
	case foldedAt(s.ts, i, "cham", "nhat"), foldedAt(s.ts, i, "muon", "nhat"), foldedAt(s.ts, i, "khong", "qua"):
		j += 2
	case at(s.ts, i).low == "trong", at(s.ts, i).low == "sau", foldedAt(s.ts, i, "thoi", "han"):
		j++
	default:
		return mention{}, i
	}
	for range 5 {
		switch at(s.ts, j).low {
		case "là", "trong", "vòng", "không", "quá", "sau", "thời", "hạn", "gian":
			j++
		}
	}
	n, next := s.numeral(j)
	if next == j || n == 0 {
		return mention{}, i
	}
	j = s.spelled(next)
	var u calendar.Unit
	hours := false
	switch at(s.ts, j).low {
	case "ngày":
		u = calendar.Day
	case "tuần":
		u = calendar.Week
	case "tháng":
		u = calendar.Month
	case "năm":
		u = calendar.Year
	case "giờ":
		hours = true
	default:
		return mention{}, i
	}
	switch next := at(s.ts, j+1); {
	case next.kind == number, next.low == "đầu", next.low == "cuối", next.low == "tuổi", hours && next.low == "ngày":
		return mention{}, i
	}
	j++
	if foldedAt(s.ts, j, "lam", "viec") {
		j += 2
		if u == calendar.Day {
			u = calendar.WorkingDay
		}
	}
	if at(s.ts, j).low == "liên" && at(s.ts, j+1).low == "tục" {
		return mention{}, j + 2
	}
	m := mention{from: i, kind: DueConditional, pre: before{latest: true}}
	k := j
	if at(s.ts, k).text == "," {
		k++
	}
	if at(s.ts, k).low == "tính" || at(s.ts, k).low == "kể" {
		k++
	}
	switch at(s.ts, k).low {
	case "từ", "sau":
		start, end := s.start(k, &m)
		words := s.text[s.ts[i].start:s.ts[end-1].end]
		switch {
		case hours || start == nil:
			return m, end
		case start.IsZero():
			m.doubts.add(DoubtNoStart, words)
			return m, end
		}
		m.kind, m.unit = DueDate, unitDay
		m.date = s.doc.Calendar.Period(*start, n, u, true)
		return m, end
	case "trước":
		if !hours && (foldedAt(s.ts, i, "cham", "nhat") || foldedAt(s.ts, i, "muon", "nhat")) {
			if p, next := s.clock.day(k + 1); next > k+1 {
				m.kind, m.unit, m.pre.before = DueDate, unitDay, true
				words := s.text[s.ts[i].start:s.ts[next-1].end]
				m.date = s.lessThan(s.day(p, false, words, &m.doubts), leadTime{n: n, unit: u})
				return m, next
			}
		}
		return m, s.clauseEnd(k)
	}
	m.doubts.add(DoubtNoStart, s.text[s.ts[i].start:s.ts[j-1].end])
	return m, j
}

// start reads from where a period is counted, at its "từ" or "sau": nil when it
// is an event, no date when it is a day that is not known.
func (s *scan) start(i int, m *mention) (*calendar.Date, int) {
	if p, next := s.clock.day(i + 1); next > i+1 {
		d := s.day(p, false, s.text[s.ts[i+1].start:s.ts[next-1].end], &m.doubts)
		return &d, next
	}
	end := s.clauseEnd(i + 1)
	if s.fromSigning(i, end) {
		return &s.doc.Date, end
	}
	// "kể từ ngày ký ban hành Chỉ thị này phải trình …": the duty goes on.
	for k := i + 2; k < end; k++ {
		if (s.ts[k-1].low == "này" || s.ts[k].low == "phải") && s.fromSigning(i, k) {
			return &s.doc.Date, k
		}
	}
	return nil, end
}

// fromSigning reports whether the tokens name the day the document itself was
// signed or issued: "từ ngày ký", "kể từ ngày ban hành Chỉ thị này".
func (s *scan) fromSigning(i, end int) bool {
	words := foldWords(s.text[s.ts[i].start:s.ts[end-1].end])
	words = strings.TrimPrefix(strings.TrimPrefix(words, "tu "), "sau ")
	words = strings.TrimPrefix(words, "ngay ")
	for _, tail := range []string{" nay", " ke hoach", " chi thi", " cong van", " quyet dinh", " thong bao", " van ban", " cong dien"} {
		words = strings.TrimSuffix(words, tail)
	}
	switch words {
	case "ky", "ky ban hanh", "ban hanh", "ky van ban", "duoc ban hanh", "ky phat hanh", "phat hanh":
		return true
	}
	for _, doc := range []string{"ke hoach", "chi thi", "cong van", "quyet dinh", "thong bao", "van ban"} {
		if words == doc+" nay duoc ban hanh" || words == doc+" nay duoc ky" || words == doc+" nay ban hanh" || words == doc+" duoc ban hanh" {
			return strings.Contains(words, "nay")
		}
	}
	return false
}
