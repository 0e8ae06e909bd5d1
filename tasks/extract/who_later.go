package extract

import "strings"

// later returns who the clauses behind the byte rest oblige as well: "các sở tổ
// chức thực hiện …; Ủy ban nhân dân các xã, phường xây dựng kế hoạch …". Those
// who only cooperate are left out.
func (d duty) later(rest int) []string {
	var out []string
	for i := 0; i < len(d.n.ts); i++ {
		switch t := d.n.ts[i]; {
		case t.text == "(":
			i = d.n.closing(i) - 1
			continue
		case t.start < rest || t.text != ";" && t.text != ".":
			continue
		}
		list, next := d.n.list(i + 1)
		if len(list) == 0 || next >= len(d.n.ts) || d.n.ts[next].kind != word || !d.acts(next) || bareNoun(list) || foldedAt(d.n.ts, next, "phoi", "hop") {
			continue
		}
		for _, name := range list {
			if !has(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

// further looks at those whom later clauses oblige. The heading above bears out
// who leads as well; the others are left to a person. Whose name stands in one
// already known, or the other way about, is nobody new.
func (t *Task) further(names, heading []string, d *doubts) {
	var left []string
	for _, name := range names {
		switch {
		case known(t.Lead, name) || known(t.Cooperating, name):
		case has(heading, name):
			t.Lead = append(t.Lead, name)
			d.add(DoubtLeadSentence, name)
		default:
			left = append(left, name)
		}
	}
	if len(left) > 0 {
		d.add(DoubtLeadFurther, left...)
	}
}

func known(list []string, name string) bool {
	f := " " + foldWords(name) + " "
	for _, s := range list {
		if s := " " + foldWords(s) + " "; strings.Contains(s, f) || strings.Contains(f, s) {
			return true
		}
	}
	return false
}
