package extract

import "strings"

// In many documents the agencies' headings have no number: "Sở Y tế", and under
// it paragraphs or dashes. Such a line becomes an item of its own kind, markName.

// nameHeading reports whether the line n is such a heading: only names, in a part
// where duties have been announced.
func (o *outliner) nameHeading(n *node) bool {
	if n.mark.kind != markNone || n.role != roleNone || len(n.text) > 220 || o.line == nil || o.valueless() {
		return false
	}
	if o.last == nil && !o.announced || o.last != nil && !o.inNames() && !o.bareSection() {
		return false
	}
	text := strings.TrimRight(n.text, " :")
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, ";") || strings.HasSuffix(text, ",") || strings.HasSuffix(text, "/") {
		return false
	}
	return onlyNames(text) && !signs(text)
}

// onlyNames reports whether the whole text is a list of names, behind "Đề nghị",
// "Giao" perhaps.
func onlyNames(text string) bool {
	d := newDuty(text)
	i := d.start()
	if k := orderVerbs.match(d.n.ts, i); k > 0 {
		i = d.afterOrder(i + k)
	}
	if !d.n.begins(d.n.skipAddress(i)) || !newDuty(text[d.n.ts[i].start:]).nameAlone() {
		return false
	}
	cell := names{text: text, ts: d.n.ts, cell: true}
	list, next := cell.list(i)
	return len(list) > 0 && next >= len(cell.ts) && !bareNoun(list)
}

// signs reports whether a line names an office as those who sign do: in capitals.
func signs(text string) bool {
	if !isUpper(text) {
		return false
	}
	f := foldWords(text)
	if signature(f) {
		return true
	}
	for _, office := range []string{"chu tich", "pho chu tich", "chanh van phong", "pho chanh van phong", "giam doc", "pho giam doc", "uy ban nhan dan", "ubnd", "bo truong", "thu tuong"} {
		if strings.HasPrefix(f, office) {
			return true
		}
	}
	return false
}

// valueless reports whether the line before is a label whose value comes next.
func (o *outliner) valueless() bool { return o.line.role != roleNone && o.line.value == "" }

// inNames reports whether the last item stands under a heading without a number.
func (o *outliner) inNames() bool {
	for n := o.last; n != nil; n = n.parent {
		if n.mark.kind == markName {
			return true
		}
	}
	return false
}

// bareSection reports whether the last item is only a title: nothing stands under
// it yet, or only the words that lead in to a list, and it names nobody.
func (o *outliner) bareSection() bool {
	n := o.last
	if len(n.children) > 0 || len(n.text) > titleLength || strings.HasSuffix(n.text, ".") || strings.HasSuffix(n.text, ";") || n.mark.kind >= markLetter {
		return false
	}
	for _, p := range n.paras {
		if !strings.HasSuffix(strings.TrimSpace(p.text), ":") {
			return false
		}
	}
	return len(newDuty(n.text).own(false).names) == 0
}

// addName puts such a heading beside the one before, else under the last title.
func (o *outliner) addName(n *node) {
	n.mark = itemMark{kind: markName}
	n.parent = o.part.root
	if o.last != nil {
		n.parent = o.last
		for a := o.last; a != nil; a = a.parent {
			if a.mark.kind == markName {
				n.parent = a.parent
				break
			}
		}
	}
	n.parent.children = append(n.parent.children, n)
	o.last, o.line = n, n
}

// announcesDuties reports whether a paragraph leads in to the duties of a
// document: "… Chủ tịch UBND tỉnh yêu cầu:", "… thực hiện các nội dung sau:".
func announcesDuties(text string) bool {
	if !strings.HasSuffix(strings.TrimSpace(text), ":") {
		return false
	}
	f := foldWords(text)
	if strings.HasPrefix(f, "kinh gui") || strings.HasSuffix(f, "dien") {
		return false
	}
	return announces(f) || strings.HasSuffix(f, " sau") || strings.HasSuffix(f, "nhu sau") || strings.HasSuffix(f, "chi thi") || strings.HasSuffix(f, "yeu cau") || strings.HasSuffix(f, "chi dao") || strings.HasSuffix(f, "y kien") || strings.HasSuffix(f, "ket luan") || len(above{}.leadIn(text).lead) > 0
}

// settleNames takes the orders that close the document off the paragraphs of the
// last heading without a number, and gives up headings that nothing follows.
func (p *part) settleNames() {
	var last *node
	var walk func(n *node)
	walk = func(n *node) {
		kept := n.children[:0]
		for _, c := range n.children {
			walk(c)
			if c.mark.kind != markName || len(c.children) > 0 || len(c.paras) > 0 {
				kept = append(kept, c)
			}
			if c.mark.kind == markName {
				last = c
			}
		}
		n.children = kept
	}
	walk(p.root)
	if last == nil {
		return
	}
	for last.children != nil {
		last = last.children[len(last.children)-1]
	}
	from := len(last.paras)
	for from > 0 && (from > 1 || len(last.text) > 0 && last.mark.kind != markName) && closes(last.paras[from-1].text) {
		from--
	}
	for _, c := range last.paras[from:] {
		c.parent = nil
		p.closing = append(p.closing, c)
	}
	last.paras = last.paras[:from:from]
}

// plain makes tasks of the paragraphs of a part without any number: those behind
// the words that announce duties which say who must act, and single orders.
func (ds *duties) plain(p *part, in above) {
	announced := false
	for _, n := range p.preamble {
		if announcesDuties(n.text) {
			announced = true
			continue
		}
		l := newDuty(n.text).own(false)
		if announced && len(l.names) > 0 && l.from == leadItem && !thanks.MatchString(foldWords(firstWords(n.text, 40))) {
			ds.leaf(n, nil, above{section: in.section}, n)
		}
	}
}
