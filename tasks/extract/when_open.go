package extract

import (
	"strings"

	"tiendo/tasks/calendar"
)

// relative reads a period counted from an event: "trong vòng 15 ngày kể từ ngày
// ký", "chậm nhất 05 ngày làm việc kể từ ngày nhận được kiến nghị". Only what is
// counted from the signing has a day.
func (s *scan) relative(i int) (mention, int) {
	j := i
	switch {
	case foldedAt(s.ts, i, "trong", "vong"), foldedAt(s.ts, i, "trong", "thoi", "han"), foldedAt(s.ts, i, "trong", "thoi", "gian"), foldedAt(s.ts, i, "cham", "nhat"), foldedAt(s.ts, i, "muon", "nhat"):
		j += 2
		if l := at(s.ts, j).low; l == "hạn" || l == "gian" {
			j++
		}
	case at(s.ts, i).low == "trong" || at(s.ts, i).low == "sau" || foldedAt(s.ts, i, "thoi", "han"):
		j++
		if at(s.ts, j).low == "hạn" {
			j++
		}
	default:
		return mention{}, i
	}
	for l := at(s.ts, j).low; l == "là" || l == "trong" || l == "vòng" || l == "không" || l == "quá" || l == "sau"; l = at(s.ts, j).low {
		j++
	}
	n, ok := s.num(j, 3)
	if !ok || n == 0 {
		return mention{}, i
	}
	j++
	if at(s.ts, j).text == "(" && at(s.ts, j+2).text == ")" {
		j += 3
	}
	var u calendar.Unit
	switch at(s.ts, j).low {
	case "ngày":
		u = calendar.Day
	case "tuần":
		u = calendar.Week
	case "tháng":
		u = calendar.Month
	case "năm":
		u = calendar.Year
	default:
		return mention{}, i
	}
	if next := at(s.ts, j+1); next.kind == number || u == calendar.Month && (next.low == "đầu" || next.low == "cuối" || next.low == "tuổi") {
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
	switch l := at(s.ts, k).low; {
	case l == "từ" || l == "sau":
		end := s.clauseEnd(k + 1)
		words := s.text[s.ts[i].start:s.ts[end-1].end]
		if !s.fromSigning(k, end) {
			return m, end
		}
		if s.anchor.Date.IsZero() {
			m.doubts.add(DoubtNoStart, words)
			return m, end
		}
		m.kind, m.unit = DueDate, unitDay
		m.date = s.anchor.Calendar.Period(s.anchor.Date, n, u, true)
		return m, end
	case l == "trước":
		return m, s.clauseEnd(k)
	}
	m.doubts.add(DoubtNoStart, s.text[s.ts[i].start:s.ts[j-1].end])
	return m, j
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
var eventOpeners = newPhraseSet("sau khi, ngay sau khi, ngay khi, khi co, khi duoc, khi can, khi phat, sau ky, ngay sau, sau thoi, dot xuat, theo tien do, theo lo trinh, theo dung lo trinh, theo dung tien do, theo ke hoach, theo huong dan, theo yeu cau, theo chi dao, theo chuong trinh, theo quy dinh, theo dung quy dinh, theo thoi han, tuy theo, dam bao theo lo trinh, truoc khi, neu co, ky hop, theo du an, theo thuc te, theo thong bao")

// event reads what hangs on an event; in a sentence only the plainest kinds.
func (s *scan) event(i int) (mention, int) {
	m := mention{from: i, kind: DueConditional}
	if s.alone {
		if k := eventOpeners.match(s.ts, i); k > 0 {
			return m, max(i+k, s.clauseEnd(i+k))
		}
		if at(s.ts, i).low == "khi" {
			return m, max(i+1, s.clauseEnd(i+1))
		}
		return mention{}, i
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
