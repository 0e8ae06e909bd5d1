package extract

import (
	"slices"
	"strings"
)

// leaf makes a task of an item that nothing stands under. at is the item whose
// number it has.
func (ds *duties) leaf(n *node, paras []*node, in above, at *node) {
	text := n.text
	if in.fields.content != "" {
		text = squeeze(text + " " + in.fields.content)
	}
	for _, p := range paras {
		text += "\n" + p.text
	}
	t := Task{Ref: at.ref(), Section: in.section, Text: text, Source: Place{File: n.file, Part: PartText, Block: n.block}}
	if f, ok := bracketFields(text); ok {
		in.fields = f.over(in.fields)
	} else if f, ok := sentenceFields(text); ok {
		in.fields = f.over(in.fields)
	}
	var d doubts
	if !ds.who(&t, text, in, &d) || !obliges(text, t.Lead) {
		return
	}
	ds.when(&t, text, in.fields.due, &d)
	t.Deliverable = in.fields.deliverable
	if n.runOn {
		d.add(DoubtRunOn)
	}
	t.Doubts = d
	ds.tasks = append(ds.tasks, t)
}

// who fills leads and cooperators; false when nobody is named anywhere.
func (ds *duties) who(t *Task, text string, in above, d *doubts) bool {
	if leads, with, ok := shared(in.fields.lead); ok {
		t.Lead, t.Cooperating = leads, with
	} else if in.fields.lead != "" {
		t.Lead = fieldNames(in.fields.lead)
		if len(t.Lead) == 0 {
			d.add(DoubtLeadUnread, in.fields.lead)
		}
	}
	var further []string
	if len(t.Lead) == 0 {
		own := newDuty(text)
		l := own.own(len(in.lead) > 0 && in.from == leadHeading)
		switch {
		case len(l.names) > 0 && (l.from == leadItem || len(in.lead) == 0 || in.from == leadIn):
			t.Lead = l.names
			if l.from == leadItem {
				further = own.later(l.rest)
			}
			if l.guessed {
				d.add(DoubtLeadEnd, l.names...)
			}
			if l.from == leadSentence {
				d.add(DoubtLeadSentence, l.names...)
			}
		case len(in.lead) > 0:
			t.Lead = slices.Clone(in.lead)
			*d = append(*d, in.doubts...)
			if in.from == leadIn {
				d.add(DoubtLeadIn, in.lead...)
			}
		default:
			if t.Lead = own.inBracket(); len(t.Lead) == 0 {
				return false
			}
			d.add(DoubtLeadSentence, t.Lead...)
		}
	}
	if in.fields.cooperating != "" {
		t.Cooperating = append(t.Cooperating, fieldNames(in.fields.cooperating)...)
	}
	for _, name := range cooperating(text, t.Lead) {
		if !has(t.Cooperating, name) {
			t.Cooperating = append(t.Cooperating, name)
		}
	}
	var heading []string
	if in.from == leadHeading {
		heading = in.lead
	}
	t.further(further, heading, d)
	return true
}

// fieldNames reads the names of a labelled line; of a line that is a sentence,
// the subject of each clause.
func fieldNames(s string) []string {
	if len(s) < 220 {
		list, _ := cellNames(s)
		return list
	}
	var out []string
	for clause := range strings.SplitSeq(sentences(s)[0], ";") {
		n := names{text: clause, ts: tokenize(clause)}
		list, _ := n.list(0)
		for _, name := range list {
			if !has(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

// when fills the deadline: the labelled line's, one named inside the words, or
// what the sentence sets.
func (ds *duties) when(t *Task, text, field string, d *doubts) {
	if label, value := innerDeadline(text); label != "" {
		field = value
	}
	var found []Doubt
	if field != "" {
		t.Due, found = ReadDeadline(sentences(field)[0], ds.anchor)
	} else {
		t.Due, found = deadlineIn(text, ds.anchor)
	}
	*d = append(*d, found...)
}

// innerDeadline finds "Thời gian hoàn thành: …" inside the words of a duty.
func innerDeadline(text string) (label, value string) {
	for _, s := range sentences(text) {
		if r, v := labelled(s); r == roleDue && v != "" {
			return s, v
		}
	}
	return "", ""
}

// obliges reports whether the words say what is to be done and do not only name
// somebody or say what a paper is.
func obliges(text string, lead []string) bool {
	d := newDuty(text)
	if d.nameAlone() && !d.acted() || len(d.n.ts) < 6 {
		return false
	}
	f := foldWords(firstWords(text, 8))
	for _, p := range []string{"kinh phi", "nguon kinh phi", "quyet dinh nay", "ke hoach nay co hieu luc", "chi thi nay co hieu luc", "ban hanh kem theo", "phe duyet kem theo"} {
		if strings.HasPrefix(f, p) {
			return false
		}
	}
	return len(lead) > 0
}

// acted reports whether a text without a known verb still says what is to be done:
// behind the names, and well before its end, stands a word that names do not hold.
func (d duty) acted() bool {
	narrow := d.n
	narrow.strict = true
	_, end := narrow.list(d.start())
	return len(d.n.ts)-end > 5 && (narrow.opensDuty(end) || d.acts(end) && d.n.ts[end].kind == word)
}

// closingOrder makes tasks of the orders after the last item: one for each
// sentence that orders somebody anew.
func (ds *duties) closingOrder(n *node, in above) {
	if thanks.MatchString(foldWords(firstWords(n.text, 60))) && !strings.HasPrefix(foldWords(n.text), "yeu cau") {
		return
	}
	var pieces []string
	for _, s := range sentences(n.text) {
		d := newDuty(s)
		if k := orderVerbs.match(d.n.ts, d.start()); k > 0 && len(pieces) > 0 {
			if list, _ := d.n.list(d.afterOrder(d.start() + k)); len(list) > 0 {
				pieces = append(pieces, s)
				continue
			}
		}
		if len(pieces) == 0 {
			pieces = append(pieces, s)
		} else {
			pieces[len(pieces)-1] += " " + s
		}
	}
	for _, s := range pieces {
		piece := &node{file: n.file, block: n.block, text: s, runOn: n.runOn}
		ds.leaf(piece, nil, above{section: in.section}, n.parent)
	}
}
