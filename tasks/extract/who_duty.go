package extract

import "strings"

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
	case "phải", "cần", "có", "theo", "trong", "căn", "được", "trực", "sớm", "ban", "trên", "lập", "cử", "trình", "gửi", "rà", "điện", "chịu", "không", "nghiêm", "đưa", "mở", "tạo", "sẽ", "tự", "khi", "với", "hỗ", "trước", "tăng", "tổng", "chỉ", "giao", "đang":
		return true
	}
	return verbs.match(d.n.ts, i) > 0
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
		if list, next := d.n.list(j); len(list) > 0 {
			return d.found(list, leadItem, j, next)
		}
		if l, ok := d.person(j); ok {
			return l
		}
	}
	if list, next := d.n.list(i); len(list) > 0 {
		if k := orderVerbs.match(d.n.ts, next); k > 0 && issuerLike(list) {
			if to, after := d.n.list(d.afterOrder(next + k)); len(to) > 0 {
				return d.found(to, leadItem, next+k, after)
			}
		}
		if d.acts(next) || next < len(d.n.ts) && at(d.n.ts, next).capital() {
			if !(inherited && lowNouns.match(d.n.ts, i) > 0 && !d.n.ts[i].capital()) {
				return d.found(list, leadItem, i, next)
			}
		}
	}
	if clauseOpeners.match(d.n.ts, i) > 0 && !foldedAt(d.n.ts, i, "theo", "doi") {
		if l, ok := d.afterClause(i); ok {
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

// start skips quotes, dashes and "Về phía" before the first word.
func (d duty) start() int {
	i := 0
	for i < len(d.n.ts) && d.n.ts[i].kind == mark {
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
	if at(d.n.ts, j).fold != "dong" || at(d.n.ts, j+1).fold != "chi" {
		return lead{}, false
	}
	k := j + 2
	for k < len(d.n.ts) && d.n.ts[k].capital() {
		k++
	}
	if k == j+2 {
		return lead{}, false
	}
	return d.found(d.n.one(j+2, k, nil), leadItem, j, k), true
}

// afterClause reads the subject behind an opening clause: "Trên cơ sở …, Sở Xây
// dựng chủ trì …", "nếu có vướng mắc, đề nghị các cơ quan … phản ánh".
func (d duty) afterClause(i int) (lead, bool) {
	sentences := 0
	for j := i + 1; j < len(d.n.ts); j++ {
		t := d.n.ts[j]
		if t.text == "." {
			if sentences++; sentences > 1 {
				break
			}
			continue
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
		if prev.low == "của" && next < len(d.n.ts) && verbs.match(d.n.ts, next) > 0 {
			// "Trên cơ sở đề xuất của Sở Y tế, Sở Tài chính tổng hợp": the last
			// after a comma acts.
			if last := d.n.lastAfterComma(j); last > j {
				names, after := d.n.list(last)
				return d.found(names, leadItem, last, after), true
			}
		}
		if governed(d.n.ts, j) || prev.text != "," && prev.text != ":" && prev.text != "." && prev.text != ";" && !plurals[t.low] {
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
		return verbs.match(ts, j-2) == 2 && at(ts, j-1).text != ","
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
		list, next := d.n.list(j + 1)
		if len(list) > 0 && next < len(d.n.ts) && d.acts(next) && at(d.n.ts, next).text != "." {
			return d.found(list, leadItem, j+1, next), true
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
