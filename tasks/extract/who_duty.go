package extract

import (
	"regexp"
	"strings"
)

// Lead is found in one of these places; the later ones are less sure.
type leadFrom byte

const (
	leadNone     leadFrom = iota
	leadField             // a labelled line or a column
	leadItem              // the item's own words
	leadHeading           // an agency's heading above
	leadIn                // "… yêu cầu các sở, ban, ngành: …" above the whole list
	leadSentence          // a later sentence of the item
)

// lead is who must act, and where that was read.
type lead struct {
	names []string
	from  leadFrom
	// at is the byte where the names begin, rest where the duty goes on.
	at, rest int
	// guessed says that where a name ends was guessed from its words.
	guessed bool
}

// duty reads who must act out of the words of one item.
type duty struct {
	n names
}

func newDuty(text string) duty { return duty{names{text: text, ts: tokenize(text)}} }

// acts reports whether what stands at i may follow the name of one who must act.
func (d duty) acts(i int) bool {
	t := at(d.n.ts, i)
	if i >= len(d.n.ts) {
		return true
	}
	switch t.text {
	case ":", ".":
		return true
	case ",":
		j := d.n.separator(i)
		return d.acts(j) || clauseOpeners.match(d.n.ts, j) > 0
	}
	if t.kind != word {
		return false
	}
	switch t.low {
	case "phải", "cần", "có", "theo", "trong", "căn", "được", "trực", "sớm", "ban", "trên", "lập", "cử", "trình", "gửi", "rà", "điện", "chịu", "không", "nghiêm", "đưa", "mở", "tạo", "sẽ", "tự", "khi", "với", "hỗ", "trước", "tăng", "tổng", "chỉ", "giao", "đang", "nêu", "ký", "sau", "hằng", "hàng", "từ", "cùng", "mỗi":
		return true
	}
	return verbAt(d.n.ts, i) > 0
}

// own returns who the item itself says must act. inherited says that somebody
// is known already from above, so that only a plain subject counts.
func (d duty) own(inherited bool) lead {
	i := d.start()
	if k := orderVerbs.match(d.n.ts, i); k > 0 {
		j := i + k
		for at(d.n.ts, j).text == ":" || at(d.n.ts, j).fold == "cho" {
			j++
		}
		if list, next, guessed := d.n.subject(j); len(list) > 0 {
			return d.found(list, leadItem, j, next).guess(guessed)
		}
		if l, ok := d.person(j); ok {
			return l
		}
		if l, ok := d.unknownGroup(j); ok {
			return l
		}
	}
	if list, next, guessed := d.n.subject(i); len(list) > 0 {
		if k := orderVerbs.match(d.n.ts, next); k > 0 && issuerLike(list) {
			if to, after, guessed := d.n.subject(d.afterOrder(next + k)); len(to) > 0 {
				return d.found(to, leadItem, next+k, after).guess(guessed)
			}
		}
		if guessed || d.acts(next) || d.standing(next) || next < len(d.n.ts) && at(d.n.ts, next).capital() {
			if !(inherited && lowNouns.match(d.n.ts, i) > 0 && !d.n.ts[i].capital()) {
				return d.found(list, leadItem, i, next).guess(guessed)
			}
		}
	}
	if l, ok := d.person(i); ok {
		// "Đồng chí A, Phó Chủ tịch UBND tỉnh …": the office answers for it.
		if t := at(d.n.ts, d.token(l.rest)).text; t == "," || t == "-" || t == "–" {
			j := d.token(l.rest) + 1
			if list, next, guessed := d.n.subject(j); len(list) > 0 && (guessed || d.acts(next)) {
				return d.found(list, leadItem, j, next).guess(guessed)
			}
		}
		return l
	}
	if clauseOpeners.match(d.n.ts, i) > 0 && !foldedAt(d.n.ts, i, "theo", "doi") {
		if l, ok := d.afterClause(i, inherited); ok {
			return l
		}
	}
	if l, ok := d.afterColon(i); ok {
		return l
	}
	if inherited {
		return lead{}
	}
	if l, ok := d.order(i, len(d.n.ts)); ok {
		return l
	}
	return d.laterSentence(i)
}

// standing reports whether "là cơ quan thường trực", "là đơn vị đầu mối" stands at
// i: what an office is charged with, after its name.
func (d duty) standing(i int) bool {
	if at(d.n.ts, i).text == "," {
		i++
	}
	return at(d.n.ts, i).low == "là" && (foldedAt(d.n.ts, i+1, "co", "quan") || foldedAt(d.n.ts, i+1, "don", "vi") || foldedAt(d.n.ts, i+1, "dau", "moi"))
}

// start skips quotes, dashes and "Về phía" before the first word.
func (d duty) start() int {
	i := 0
	for i < len(d.n.ts) && d.n.ts[i].kind == mark {
		i++
	}
	if at(d.n.ts, i).low == "riêng" && d.n.begins(i+1) {
		i++
	}
	return i
}

// afterOrder skips "cho", ":" after a verb of order.
func (d duty) afterOrder(j int) int {
	for at(d.n.ts, j).text == ":" || at(d.n.ts, j).fold == "cho" {
		j++
	}
	return j
}

// person reads a person charged by office and name: "Giao Phó Thủ tướng … trực
// tiếp" is read by list; here only "đồng chí" and a name.
func (d duty) person(j int) (lead, bool) {
	from := d.comrade(j)
	k := from
	for k < len(d.n.ts) && d.n.ts[k].capital() {
		k++
	}
	if k == from || from == j {
		return lead{}, false
	}
	// "Đồng chí A, Phó Chủ tịch: …": the office without its body tells nobody
	// without the name.
	if t := at(d.n.ts, k).text; t == "," || t == "-" || t == "–" {
		if list, next := d.n.list(k + 1); len(list) == 1 && bareOffice(list[0]) && d.acts(next) {
			return d.found(d.n.one(j, next, nil), leadItem, j, next), true
		}
	}
	return d.found(d.n.one(from, k, nil), leadItem, j, k), true
}

// comrade goes over "đồng chí", "đ/c" at i.
func (d duty) comrade(i int) int {
	switch {
	case foldedAt(d.n.ts, i, "dong", "chi"):
		return i + 2
	case foldedAt(d.n.ts, i, "d", "/", "c"):
		return i + 3
	}
	return i
}

// bareOffice reports whether an office is named without the body it is of.
func bareOffice(name string) bool {
	switch foldWords(name) {
	case "chu tich", "pho chu tich", "pho chu tich thuong truc", "giam doc", "pho giam doc", "chanh van phong", "pho chanh van phong", "cvp", "pcvp", "truong ban", "pho truong ban", "uy vien", "thanh vien", "truong phong", "pho truong phong", "bi thu", "pho bi thu", "to truong", "pho to truong":
		return true
	}
	return false
}

// afterClause reads the subject behind an opening clause: "Trên cơ sở …, Sở Xây
// dựng chủ trì …", "nếu có vướng mắc, đề nghị các cơ quan … phản ánh".
//
// Under a heading that names who must act (inherited) only the first clause is
// looked at, and only a subject behind a mark: "…; dự án nào không đạt, Sở Tài
// chính cắt vốn" is somebody else's part.
func (d duty) afterClause(i int, inherited bool) (lead, bool) {
	sentences := 0
	for j := i + 1; j < len(d.n.ts); j++ {
		t := d.n.ts[j]
		if t.text == "." {
			if sentences++; sentences > 1 {
				break
			}
			continue
		}
		if t.text == ";" && inherited {
			break
		}
		if t.text == "(" {
			j = d.n.closing(j) - 1
			continue
		}
		if k := orderVerbs.match(d.n.ts, j); k > 0 {
			if list, next := d.n.list(d.afterOrder(j + k)); len(list) > 0 && d.acts(next) {
				return d.found(list, leadItem, j+k, next), true
			}
		}
		if !d.n.begins(j) {
			continue
		}
		list, next := d.n.list(j)
		skip := max(j, next-1)
		prev := d.n.ts[j-1]
		if (prev.low == "của" || foldedAt(d.n.ts, j-2, "doi", "voi")) && next < len(d.n.ts) && verbAt(d.n.ts, next) > 0 {
			// "Trên cơ sở đề xuất của Sở Y tế, Sở Tài chính tổng hợp": the last
			// after a comma acts.
			if last := d.n.lastAfterComma(j); last > j {
				names, after := d.n.list(last)
				return d.found(names, leadItem, last, after), true
			}
		}
		if governed(d.n.ts, j) || prev.text != "," && prev.text != ":" && prev.text != "." && prev.text != ";" && (inherited || !plurals[t.low]) {
			j = skip
			continue
		}
		if len(list) > 0 && next < len(d.n.ts) && d.acts(next) && at(d.n.ts, next).text != "." && !(orderVerbs.match(d.n.ts, next) > 0 && issuerLike(list)) {
			return d.found(list, leadItem, j, next), true
		}
		j = skip
	}
	return lead{}, false
}

// lastAfterComma returns where the last name of the list at i begins when a comma
// parts it from the one before, else i.
func (n names) lastAfterComma(i int) int {
	last := i
	for at := i; ; {
		_, next := n.item(at)
		j := n.separator(next)
		if j == next || j >= len(n.ts) || !n.begins(j) {
			return last
		}
		if last = i; n.ts[next].text == "," && j == next+1 && (n.ts[j].capital() || plurals[n.ts[j].low]) {
			last = j
		}
		at = j
	}
}

// governed reports whether the noun at j hangs on the word before it.
func governed(ts []token, j int) bool {
	switch at(ts, j-1).low {
	case "của", "với", "cho", "về", "tại", "từ", "qua", "bởi", "thuộc", "do", "gửi", "giữa", "đến", "và", "cùng", "theo", "là", "trên", "tới", "vào", "ở", "như", "trong", "từng", "thành":
		return true
	}
	if k := at(ts, j-2); k.kind == word {
		// A verb before takes the noun as its object.
		return verbAt(ts, j-2) == 2 && at(ts, j-1).text != ","
	}
	return false
}

// afterColon reads "Đẩy mạnh …: Các bộ, ngành khẩn trương …".
func (d duty) afterColon(i int) (lead, bool) {
	for j := i; j < len(d.n.ts) && d.n.ts[j].start-d.n.ts[i].start < 200; j++ {
		t := d.n.ts[j]
		if t.text == "." || t.text == ";" {
			return lead{}, false
		}
		if t.text != ":" {
			continue
		}
		list, next, guessed := d.n.subject(j + 1)
		if len(list) > 0 && next < len(d.n.ts) && (guessed || d.acts(next)) && at(d.n.ts, next).text != "." {
			return d.found(list, leadItem, j+1, next).guess(guessed), true
		}
		return lead{}, false
	}
	return lead{}, false
}

// order reads "…, yêu cầu các bộ, ngành …" and "do Sở X chủ trì".
func (d duty) order(i, to int) (lead, bool) {
	for j := i; j < to; j++ {
		if k := orderVerbs.match(d.n.ts, j); k > 0 && d.n.ts[j].low != "nhiệm" {
			if list, next := d.n.list(d.afterOrder(j + k)); len(list) > 0 && d.acts(next) {
				if !bareNoun(list) {
					return d.found(list, leadSentence, j, next), true
				}
			}
			if p := at(d.n.ts, j-1).text; p == ":" || p == "," {
				if l, ok := d.unknownGroup(j + k); ok {
					l.from = leadSentence
					return l, true
				}
			}
		}
		if d.n.ts[j].low == "do" && d.n.begins(j+1) {
			if list, next := d.n.list(j + 1); len(list) > 0 && foldedAt(d.n.ts, next, "chu", "tri") {
				return d.found(list, leadSentence, j, next), true
			}
		}
	}
	return lead{}, false
}

// bareNoun reports whether the only one named is nobody in particular.
func bareNoun(list []string) bool {
	if len(list) != 1 {
		return false
	}
	switch foldWords(list[0]) {
	case "co quan", "don vi", "dia phuong", "doanh nghiep", "luc luong", "cac ca nhan", "chinh quyen", "lanh dao":
		return true
	}
	return false
}

// laterSentence reads the subject of a sentence after the first.
func (d duty) laterSentence(i int) lead {
	for j := i + 1; j < len(d.n.ts); j++ {
		if p := d.n.ts[j-1].text; p != "." && p != ";" {
			continue
		}
		if list, next := d.n.list(j); len(list) > 0 && next < len(d.n.ts) && d.acts(next) && d.n.ts[next].kind == word && !bareNoun(list) {
			return d.found(list, leadSentence, j, next)
		}
	}
	return lead{}
}

func (d duty) found(list []string, from leadFrom, i, next int) lead {
	l := lead{names: list, from: from, at: d.n.ts[min(i, len(d.n.ts)-1)].start, rest: len(d.n.text)}
	if next < len(d.n.ts) {
		l.rest = d.n.ts[next].start
	}
	return l
}

// token returns the index of the token that begins at byte from, or the number of
// tokens.
func (d duty) token(from int) int {
	for i, t := range d.n.ts {
		if t.start >= from {
			return i
		}
	}
	return len(d.n.ts)
}

// inBracket reads names that stand alone in the bracket at the end of a duty:
// "Quan trắc chất lượng nước (Sở Nông nghiệp và Môi trường)."
func (d duty) inBracket() []string {
	m := lastBracket.FindStringSubmatch(d.n.text)
	if m == nil {
		return nil
	}
	inner := newDuty(m[1])
	if !inner.n.begins(0) {
		return nil
	}
	if list, next := inner.n.list(0); next >= len(inner.n.ts) {
		return list
	}
	return nil
}

var lastBracket = regexp.MustCompile(`\(([^()]+)\)[\s.;]*$`)

func (l lead) guess(guessed bool) lead {
	l.guessed = guessed
	return l
}

// issuerLike reports whether the one named is the body that orders: a People's
// Committee or its chairman, the Prime Minister, the Government.
func issuerLike(list []string) bool {
	if len(list) != 1 {
		return false
	}
	f := foldWords(list[0])
	for _, group := range []string{"cac ", "xa", "phuong", "huyen"} {
		if strings.HasPrefix(f, group) || strings.Contains(f, " cac ") || strings.Contains(f, " cap ") {
			return false
		}
	}
	return strings.Contains(f, "uy ban nhan dan") || strings.Contains(f, "ubnd") || strings.Contains(f, "thu tuong") || strings.Contains(f, "ban chi dao") || strings.Contains(f, "tinh uy") || strings.Contains(f, "bo truong") && !strings.Contains(f, "cac")
}
