package extract

import "regexp"

// shortForm is a name that a document gives to somebody for its own use: "(sau đây
// gọi tắt là Trung tâm)".
type shortForm struct{ short, full string }

var defined = regexp.MustCompile(`(?i)\((?:sau đây\s+|dưới đây\s+)?(?:được\s+)?(?:gọi|viết)\s+(?:tắt\s+|chung\s+)?là:?\s+([^()]{2,60})\)`)

// shortForms collects the definitions of names in the order they stand in.
func shortForms(sources []*Source) []shortForm {
	var out []shortForm
	for _, s := range sources {
		for _, b := range s.Blocks {
			for _, m := range defined.FindAllStringSubmatchIndex(b.Text, -1) {
				if full := nameBefore(b.Text[:m[0]]); full != "" {
					out = append(out, shortForm{b.Text[m[2]:m[3]], full})
				}
			}
		}
	}
	return out
}

// definedReach is how many words a name before its definition may have.
const definedReach = 30

// nameBefore returns the name that text ends with, the longest there is.
func nameBefore(text string) string {
	if len(text) > 600 {
		text = lastWords(text, definedReach)
	}
	n := names{text: text, ts: tokenize(text)}
	for i := max(0, len(n.ts)-definedReach); i < len(n.ts); i++ {
		if !n.begins(i) {
			continue
		}
		if got, next := n.item(i); next >= len(n.ts) && len(got) == 1 {
			return got[0]
		}
	}
	return ""
}

// tellShort leaves a doubt for each name of the task that the document defines:
// the name stays as written.
func (t *Task) tellShort(forms []shortForm) {
	d := doubts(t.Doubts)
	for _, list := range [][]string{t.Lead, t.Cooperating} {
		for _, name := range list {
			for _, f := range forms {
				if foldWords(f.short) == foldWords(name) && foldWords(f.full) != foldWords(name) {
					d.add(DoubtLeadShort, name, f.full)
				}
			}
		}
	}
	t.Doubts = d
}
