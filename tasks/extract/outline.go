package extract

import (
	"regexp"
	"strings"
)

// node is an item of a document's outline with its words, the paragraphs without
// a number that follow it, and the items under it.
type node struct {
	file, block int
	mark        itemMark
	index       int // among the dashes or pluses of one parent, from 1
	text        string
	role        role // of a labelled line
	value       string
	bold        bool
	runOn       bool // cut out of a longer paragraph
	parent      *node
	paras       []*node
	children    []*node
}

// part is a stretch of a document with an outline of its own: the body, the plan
// that a decision issues, an annex.
type part struct {
	title    string
	preamble []*node // paragraphs before the first number
	root     *node
	closing  []*node // unnumbered orders after the last number
}

func newPart(title string) *part { return &part{title: title, root: &node{}} }

// outliner builds the parts of a document from its paragraphs.
type outliner struct {
	parts   []*part
	part    *part
	last    *node // the item a paragraph without a number belongs to
	line    *node // the last line, which a broken line goes on
	skip    bool  // between the recipients and the next annex
	headers bool  // the lines under an annex's heading are its title
	// announced says that a paragraph before the first number has led in to duties.
	announced bool
}

func newOutliner() *outliner {
	o := &outliner{}
	o.open("")
	return o
}

func (o *outliner) open(title string) {
	o.part = newPart(title)
	o.parts = append(o.parts, o.part)
	o.last, o.line, o.skip, o.announced = nil, nil, false, false
}

var annexHeading = regexp.MustCompile(`^(phu luc|ke hoach|chuong trinh|de an|danh muc|bang phan cong|phan cong|quy che|bieu|phuong an|quy dinh|bang|noi dung)\b`)

// paragraph takes the next paragraph of file.
func (o *outliner) paragraph(file int, b Block) {
	text := strings.TrimSpace(b.Text)
	folded := foldWords(text)
	if folded == "" || len(folded) <= 3 && strings.Trim(folded, "0123456789") == "" && b.Label == "" {
		return
	}
	if recipients(folded) {
		o.endBody()
		return
	}
	if o.annex(text, folded, b) || o.skip {
		return
	}
	if strings.HasPrefix(text, "[1]") {
		o.skip = true // footnotes turned into text
		return
	}
	text = strings.TrimLeft(text, ":.;, ")
	if b.Label != "" {
		mark, _ := readMark(b.Label + " X")
		if mark.kind == markNone {
			mark = itemMark{kind: markDash, label: "-"}
		}
		o.add(&node{file: file, block: b.Index, mark: mark, text: text, bold: b.Bold})
		return
	}
	pieces := cutRunOn(text)
	if len(pieces) > 2 {
		last := len(pieces) - 1
		pieces = append(pieces[:last:last], cutClosing(pieces[last])...)
	}
	for i, piece := range pieces {
		mark, rest := readMark(piece)
		o.add(&node{file: file, block: b.Index, mark: mark, text: rest, bold: b.Bold, runOn: len(pieces) > 2 || i > 0 && len(text) > runOnLength})
	}
}

// recipients reports whether a paragraph or cell is the list of recipients that
// ends a document.
func recipients(folded string) bool { return strings.HasPrefix(folded, "noi nhan") }

// endBody stops reading until an annex begins.
func (o *outliner) endBody() { o.skip, o.last, o.line = true, nil, nil }

// annex opens a new part at the heading of an annex, or of the plan that a
// decision issues.
func (o *outliner) annex(text, folded string, b Block) bool {
	if o.headers && (isUpper(text) || strings.HasPrefix(text, "(")) && !strings.HasPrefix(text, "I.") {
		if mark, _ := readMark(text); mark.kind == markNone {
			if isUpper(text) {
				o.part.title = squeeze(o.part.title + " " + text)
			}
			return true
		}
	}
	o.headers = false
	if !isUpper(firstWords(text, 2)) || !annexHeading.MatchString(folded) || len(text) > 250 {
		return false
	}
	if !o.skip && !strings.HasPrefix(folded, "phu luc") {
		return false
	}
	o.open(squeeze(text))
	o.headers = true
	return true
}

// add puts a line in its place.
func (o *outliner) add(n *node) {
	n.role, n.value = labelled(n.text)
	if o.goesOn(n) {
		o.line.text = squeeze(o.line.text + " " + unmarked(n))
		return
	}
	if o.nameHeading(n) {
		o.addName(n)
		return
	}
	// Before the first number a dash is a broken line, or one of those addressed.
	if o.last != nil && o.last.text == "" && o.last.mark.kind <= markRoman && n.mark.kind == markNone && o.line == o.last {
		o.last.text = n.text // "PHẦN I", its title on the next line
		return
	}
	broken := o.last == nil && (n.mark.kind == markDash || n.mark.kind == markStar) && (o.line != nil && !strings.HasSuffix(o.line.text, ":") || newDuty(strings.TrimRight(n.text, ".;")).nameAlone())
	o.line = n
	if broken {
		o.part.preamble = append(o.part.preamble, n)
		return
	}
	if n.mark.kind == markNone {
		o.unnumbered(n)
		return
	}
	parent := o.parentOf(n.mark)
	n.parent = parent
	if n.mark.kind == markDash || n.mark.kind == markPlus || n.mark.kind == markStar {
		n.index = 1
		for _, c := range parent.children {
			if c.mark.kind == n.mark.kind && c.role == roleNone {
				n.index++
			}
		}
	}
	parent.children = append(parent.children, n)
	o.last = n
}

// unmarked gives a line back with the dash that was part of its words.
func unmarked(n *node) string {
	if n.mark.kind == markDash {
		return "- " + n.text
	}
	return n.text
}

// goesOn reports whether a line only goes on the line before, which a page or a
// column broke.
func (o *outliner) goesOn(n *node) bool {
	if o.line == nil || n.runOn {
		return false
	}
	prev := strings.TrimRight(o.line.text, " ”\"'")
	if prev == "" {
		return false
	}
	closed := strings.ContainsAny(prev[len(prev)-1:], ".:;!?/,)") && !strings.HasSuffix(prev, ",")
	switch n.mark.kind {
	case markNone:
		return n.role == roleNone && !closed && !firstIsUpper(n.text) && len(n.text) > 0 && n.text[0] != '(' && len(prev) > 60
	case markDash:
		return !closed && len(prev) > 160 && n.role == roleNone && o.line.mark.kind < markDash && o.line.role == roleNone
	}
	return false
}

// unnumbered takes a paragraph without a number.
func (o *outliner) unnumbered(n *node) {
	if o.last == nil {
		o.part.preamble = append(o.part.preamble, n)
		o.announced = o.announced || announcesDuties(n.text)
		return
	}
	if o.inNames() {
		// Which orders close the document shows only at its end: settleNames.
		n.parent = o.last
		if o.last.mark.kind > markNumber && n.role == roleNone && closes(n.text) {
			for n.parent.mark.kind != markName {
				n.parent = n.parent.parent
			}
			o.last = n.parent
		}
		n.parent.paras = append(n.parent.paras, n)
		return
	}
	if n.role == roleNone && !strings.HasSuffix(n.text, ":") && closes(n.text) {
		o.part.closing = append(o.part.closing, n)
		n.parent = section(o.last)
		return
	}
	if len(o.part.closing) > 0 && o.part.closing[len(o.part.closing)-1].block >= o.last.block {
		c := o.part.closing[len(o.part.closing)-1]
		c.text = squeeze(c.text + " " + n.text)
		return
	}
	n.parent = o.last
	o.last.paras = append(o.last.paras, n)
}

// section returns the chapter (A., I.) that n stands in, nil for none.
func section(n *node) *node {
	for n.parent != nil && n.parent.parent != nil {
		n = n.parent
	}
	if n.mark.kind > markRoman {
		return nil
	}
	return n
}

// parentOf returns the item under which a new one with this mark stands.
func (o *outliner) parentOf(mark itemMark) *node {
	if o.last == nil {
		return o.part.root
	}
	for n := o.last; n.parent != nil; n = n.parent {
		if n.mark.kind == mark.kind {
			return n.parent
		}
		if n.mark.kind == markNumber && mark.kind == markDecimal {
			return n
		}
	}
	n := o.last
	for n.parent != nil && n.mark.kind >= mark.kind {
		n = n.parent
	}
	return n
}

var thanks = regexp.MustCompile(`\b(nay thong bao|tran trong thong bao|xin thong bao|thong bao (de|den))\b`)

// closes reports whether a paragraph is the order that closes a document, or the
// duty to report what stands in the way.
func closes(text string) bool {
	f := foldWords(firstWords(text, 14))
	for _, p := range []string{"trong qua trinh", "qua trinh", "tren day la", "yeu cau", "de nghi", "giao ", "can cu", "nhan duoc", "chi thi nay", "cong dien nay", "ke hoach nay", "chuong trinh nay"} {
		if strings.HasPrefix(f, p) {
			return true
		}
	}
	if thanks.MatchString(foldWords(firstWords(text, 40))) {
		return true
	}
	d := newDuty(text)
	i := d.start()
	list, next := d.n.list(i)
	if len(list) > 0 && d.acts(next) && lastSentence(text) {
		return true
	}
	return issuerLike(list) && orderVerbs.match(d.n.ts, next) > 0
}

var thisDocument = regexp.MustCompile(`\b(chi thi|ke hoach|cong dien|thong bao|chuong trinh|quyet dinh|cong van|van ban) nay\b`)

// lastSentence reports whether a text ends a document: it speaks of "Chỉ thị này"
// and has the mark "./." at its end.
func lastSentence(text string) bool {
	text = strings.TrimRight(text, " ”\"")
	return strings.HasSuffix(text, "/.") && thisDocument.MatchString(foldWords(text))
}

// ref returns the path of numbers down to n: "II.1.2.a.-1".
func (n *node) ref() string {
	var path []string
	for ; n != nil && n.parent != nil; n = n.parent {
		label := n.mark.label
		switch n.mark.kind {
		case markNone, markName:
			continue
		case markDash, markPlus, markStar:
			label += itoa(n.index)
		}
		if len(path) > 0 && n.mark.kind == markNumber && strings.HasPrefix(path[0], label+".") {
			continue // "1.2" under "1." says it already
		}
		path = append([]string{label}, path...)
	}
	return strings.Join(path, ".")
}
