package extract

import "strings"

// above is what an item inherits: who must act, labelled lines, the heading.
type above struct {
	lead    []string
	from    leadFrom
	fields  fields
	section string
	doubts  doubts
}

// duties turns the outline of a part into tasks.
type duties struct {
	anchor Anchor
	tasks  []Task
}

func (ds *duties) part(p *part) {
	in := above{section: p.title}
	for _, n := range p.preamble {
		in = in.leadIn(n.text)
	}
	p.settleNames()
	for _, n := range p.root.children {
		ds.node(n, in)
	}
	if len(p.root.children) == 0 {
		ds.plain(p, in)
	}
	for _, n := range p.closing {
		ds.closingOrder(n, in)
	}
}

// leadIn takes who is addressed by "…, Chủ tịch UBND tỉnh yêu cầu các sở, ban,
// ngành thực hiện các nhiệm vụ sau:".
func (in above) leadIn(text string) above {
	text = strings.TrimSpace(text)
	if !strings.HasSuffix(text, ":") {
		return in
	}
	d := newDuty(text)
	var names []string
	for i := range d.n.ts {
		if k := orderVerbs.match(d.n.ts, i); k > 0 {
			if list, _ := d.n.list(d.afterOrder(i + k)); len(list) > 0 {
				names = list
			}
		}
	}
	if len(names) > 0 {
		in.lead, in.from = names, leadIn
	}
	return in
}

// node walks an item: a heading hands down, a leaf is a duty.
func (ds *duties) node(n *node, in above) {
	if n.background() {
		return
	}
	n.openLists()
	own := fields{}
	var items []*node
	for _, c := range n.children {
		if !c.collect(&own) {
			items = append(items, c)
		}
	}
	var paras []*node
	for _, p := range n.paras {
		if p.role != roleNone {
			own.line(p.role, p.value)
		} else {
			paras = append(paras, p)
		}
	}
	in.fields = own.over(in.fields)
	if n.role == roleTask && n.value != "" && len(items) == 0 {
		n.text = n.value
	}
	switch {
	case len(items) > 0:
		in = in.heading(n)
		for _, p := range paras {
			in = in.leadIn(p.text)
		}
		if n.mark.kind == markName {
			ds.beside(n, paras, in)
		}
		ds.orderInHeading(n, in, items)
		for _, c := range items {
			ds.node(c, in)
		}
	case len(paras) > 0 && n.namesOnly():
		in = in.heading(n)
		for _, p := range paras {
			p.mark, p.parent = n.mark, n.parent
			ds.leaf(p, nil, in, n)
		}
	case n.title(paras, in):
		in = in.heading(n)
		for _, p := range joinUnowned(paras) {
			p.mark, p.parent = n.mark, n.parent
			ds.leaf(p, nil, in, n)
		}
	default:
		ds.leaf(n, paras, in, n)
	}
}

// beside makes tasks of the paragraphs that stand beside the items of a heading
// without a number and are no lead-in to them.
func (ds *duties) beside(n *node, paras []*node, in above) {
	for _, p := range paras {
		if !strings.HasSuffix(strings.TrimSpace(p.text), ":") {
			p.mark, p.parent = n.mark, n.parent
			ds.leaf(p, nil, in, n)
		}
	}
}

// titleLength is the longest words of an item that are only the title of the
// paragraphs under it.
const titleLength = 150

// title reports whether the item only names a subject and its paragraphs say who
// does what: "1. Nhiệm vụ chung", then "Các sở, ban, ngành xây dựng …".
func (n *node) title(paras []*node, in above) bool {
	if len(n.text) > titleLength || strings.HasSuffix(n.text, ".") || strings.HasSuffix(n.text, ";") || in.fields.lead != "" {
		return false
	}
	if l := newDuty(n.text).own(false); len(l.names) > 0 {
		return false
	}
	for _, p := range paras {
		if p.owned() {
			return true
		}
	}
	return false
}

// owned reports whether a paragraph names who must act at its start.
func (n *node) owned() bool {
	l := newDuty(n.text).own(false)
	return len(l.names) > 0 && l.from == leadItem
}

// joinUnowned adds the paragraphs that name nobody to the one before.
func joinUnowned(paras []*node) []*node {
	var out []*node
	for _, p := range paras {
		if len(out) > 0 && !p.owned() {
			out[len(out)-1].text += "\n" + p.text
			continue
		}
		out = append(out, p)
	}
	return out
}

// collect takes a labelled line, with the labelled lines under it, into f; false
// when n is an item of its own.
func (n *node) collect(f *fields) bool {
	if n.role == roleNone || n.role == roleTask && len(n.children) > 0 {
		return false
	}
	if n.role == roleTask {
		if n.mark.kind < markDash {
			return false
		}
		f.set(roleTask, n.value)
		return true
	}
	f.line(n.role, n.value)
	for _, c := range n.children {
		if !c.collect(f) && n.role != roleIgnored {
			f.set(n.role, c.text)
		}
	}
	for _, p := range n.paras {
		if p.role != roleNone {
			f.line(p.role, p.value)
		} else if n.value == "" {
			f.set(n.role, p.text)
		}
	}
	return true
}

// orderInHeading keeps the duty of a long heading that obliges of itself: "…
// tiếp tục phân công …, trong đó tập trung một số nhiệm vụ sau: (1) …".
func (ds *duties) orderInHeading(n *node, in above, items []*node) {
	if len(n.text) < 350 || items[0].mark.kind != markParen {
		return
	}
	if l := newDuty(n.text).own(false); len(l.names) > 0 && l.from == leadItem {
		ds.leaf(n, nil, in, n)
	}
}

// openLists makes items of "(1) …; (2) …" inside a leaf's words when they are
// duties: under a name alone, under "các nhiệm vụ sau:", or with owners of their
// own.
func (n *node) openLists() {
	if len(n.children) > 0 || n.mark.kind == markParen {
		return
	}
	head, items, marks, ok := cutParens(n.text)
	if !ok || !strings.HasSuffix(head, ":") {
		return
	}
	trial := &node{text: head}
	f := foldWords(head)
	if !trial.namesOnly() && !announces(f) && !eachOwned(items) {
		return
	}
	n.text = head
	for i, text := range items {
		c := &node{file: n.file, block: n.block, mark: marks[i], text: text, parent: n, runOn: true}
		n.children = append(n.children, c)
	}
}

// announces reports whether folded words end in "các nhiệm vụ sau".
func announces(f string) bool {
	for _, s := range []string{"nhiem vu sau", "noi dung sau", "cong viec sau", "giai phap sau", "sau day", "nhiem vu cu the", "viec sau", "cu the nhu sau", "nhiem vu trong tam"} {
		if strings.HasSuffix(f, s) {
			return true
		}
	}
	return false
}

func eachOwned(items []string) bool {
	for _, text := range items {
		if l := newDuty(text).own(true); len(l.names) == 0 {
			return false
		}
	}
	return true
}
