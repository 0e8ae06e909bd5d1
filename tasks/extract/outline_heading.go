package extract

import "strings"

// backgroundHeads begin the headings of stretches that oblige nobody.
var backgroundHeads = []string{
	"muc dich", "muc tieu", "ket qua chi so", "ket qua cong tac", "ket qua nam", "ket qua trien khai", "ket qua quy", "quan diem", "danh gia chung", "danh gia tinh hinh", "danh gia ket qua", "ket qua dat duoc", "ket qua thuc hien", "ton tai", "nhung ton tai", "han che", "nguyen nhan",
	"pham vi", "doi tuong", "can cu", "thuc trang", "tinh hinh", "boi canh", "su can thiet", "co so phap ly", "dac diem", "khai quat", "chi tieu", "tam nhin", "dinh huong chung", "thoi gian dia diem",
}

// background reports whether the item is the heading of such a stretch.
func (n *node) background() bool {
	if n.mark.kind == markNone || n.mark.kind >= markDash {
		return false
	}
	head := n.text
	if i := strings.IndexAny(head, ":."); i > 0 {
		head = head[:i]
	}
	f := strings.TrimPrefix(foldWords(firstWords(head, 12)), "ve ")
	if f == "yeu cau" || f == "yeu cau chung" {
		return true
	}
	for _, p := range backgroundHeads {
		if strings.HasPrefix(f, p) {
			return n.mark.kind <= markRoman || len(n.children) > 0 || len(n.paras) > 0 || isUpper(head) || len(head) < 60
		}
	}
	return false
}

// heading hands the agencies that a heading names down to its items.
func (in above) heading(n *node) above {
	title := squeeze(n.mark.label + " " + n.text)
	if n.mark.kind == markDash || n.mark.kind == markPlus {
		title = n.text
	}
	if len(title) < 300 {
		in.section = title
	}
	if names, doubt := n.headingLead(); len(names) > 0 {
		in.lead, in.from = names, leadHeading
		in.doubts = nil
		if doubt {
			in.doubts.add(DoubtLeadHeading, n.text)
		}
	}
	return in
}

// headingLead reads the agencies of a heading. doubt says that the heading was
// taken whole, as a name of a kind not known.
func (n *node) headingLead() (list []string, doubt bool) {
	text := strings.TrimRight(n.text, " :.;")
	d := newDuty(text)
	if d.nameAlone() {
		c := names{text: text, ts: d.n.ts, cell: true}
		if got, next := c.list(0); len(got) > 0 && next >= len(c.ts) {
			return got, false
		}
	}
	if l := d.own(false); len(l.names) > 0 && l.from == leadItem {
		return l.names, false
	}
	f := foldWords(firstWords(text, 3))
	if strings.HasPrefix(f, "trach nhiem cua ") {
		if i := strings.Index(fold(text), "cua "); i >= 0 && i+4 < len(text) {
			if _, rest, ok := strings.Cut(text, "của "); ok {
				return []string{rest}, true
			}
		}
	}
	return nil, false
}

// nameAlone reports whether the text is a name and no sentence: no verb in small
// letters but perhaps at its very end.
func (d duty) nameAlone() bool {
	if !d.n.begins(0) || len(d.n.ts) > 60 {
		return false
	}
	for i, t := range d.n.ts {
		if t.text == "(" {
			return i > 0 && d.n.closing(i) >= len(d.n.ts) && newDuty(strings.TrimSpace(d.n.text[:t.start])).nameAlone()
		}
		if t.low == "được" && i > 2 && plurals[d.n.ts[0].low] && len(d.n.ts)-i < 14 && !strings.Contains(foldWords(d.n.text), "trach nhiem") {
			return true // "Các sở, ngành được phân công tại Biểu kèm theo"
		}
		if t.kind == word && !t.capital() {
			if k := verbAt(d.n.ts, i); k > 0 && i+k < len(d.n.ts) && d.n.ts[i+k].text != "(" && modifierAt(d.n.ts, i) == 0 && !afterGroupComma(d.n.ts, i) {
				return false
			}
		}
	}
	return true
}

// afterGroupComma tells the noun of "các cơ quan, tổ chức, đơn vị".
func afterGroupComma(ts []token, i int) bool {
	return foldedAt(ts, i, "to", "chuc") && (at(ts, i-1).text == "," || plurals[at(ts, i-1).low])
}

// namesOnly reports whether the item says who and not what: its paragraphs are
// the duties.
func (n *node) namesOnly() bool {
	text := strings.TrimRight(n.text, " :.;")
	d := newDuty(text)
	if d.nameAlone() {
		return true
	}
	l := d.own(false)
	if len(l.names) == 0 || l.from != leadItem {
		return false
	}
	switch foldWords(text[min(l.rest, len(text)):]) {
	case "", "co trach nhiem", "chiu trach nhiem", "chu tri", "thuc hien", "to chuc thuc hien", "thuc hien cac nhiem vu sau", "co nhiem vu":
		return true
	}
	return false
}
