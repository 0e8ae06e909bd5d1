package extract

import "strings"

// cooperating returns those named after "phối hợp với", "cùng với", as written.
// The route of a report ("thông qua Sở Tài chính") is not among them.
func cooperating(text string, leads []string) []string {
	n := names{text: text, ts: tokenize(text)}
	var out []string
	for i := 0; i < len(n.ts); i++ {
		j := i + 2
		switch {
		case foldedAt(n.ts, i, "phoi", "hop"):
		case foldedAt(n.ts, i, "chu", "tri") && at(n.ts, i+2).text == "," && at(n.ts, i+3).low == "cùng": // "chủ trì, cùng Sở X …"
			j = i + 3
		case foldedAt(n.ts, i, "chu", "tri") && at(n.ts, i+2).low == "cùng":
		case n.ts[i].low == "cùng" && i > 0 && i < besideReach && at(n.ts, i+1).capital() && len(leads) > 0: // "Sở X cùng Công ty Y …"
			j = i + 1
		default:
			continue
		}
		for j < len(n.ts) {
			switch t := n.ts[j]; {
			case foldedAt(n.ts, j, "chat", "che"), foldedAt(n.ts, j, "thuong", "xuyen"), foldedAt(n.ts, j, "ho", "tro"), foldedAt(n.ts, j, "huong", "dan"):
				j += 2
				continue
			case t.low == "với" || t.low == "cùng" || t.low == "," && foldedAt(n.ts, j+1, "ho", "tro") || t.low == "và" && foldedAt(n.ts, j+1, "huong", "dan"):
				j++
				continue
			}
			break
		}
		list, next := n.list(j)
		if short, end, guessed := n.subject(j); guessed && !strings.HasPrefix(foldWords(short[len(short)-1]), "cac ") {
			list, next = short, end
		}
		for _, name := range list {
			if !has(out, name) && !has(leads, name) {
				out = append(out, name)
			}
		}
		if len(list) > 0 {
			i = next - 1
		}
	}
	return out
}

// besideReach is how far into a duty, in words, "cùng" still joins somebody to the
// one who leads.
const besideReach = 14

// has compares names as folded words.
func has(list []string, name string) bool {
	f := foldWords(name)
	for _, s := range list {
		if foldWords(s) == f {
			return true
		}
	}
	return false
}

// cellNames reads a cell or a labelled line that holds nothing but names. ok is
// false when it was only cut at its separators.
func cellNames(text string) (list []string, ok bool) {
	ok = true
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == ';' || r == '+' || r == '•' }) {
		part = strings.Trim(part, " \t-–*,.")
		if part == "" {
			continue
		}
		n := names{text: part, ts: tokenize(part), cell: true}
		got, next := n.list(0)
		if len(got) == 0 || next < len(n.ts) && !n.ends(next, 0) {
			got, ok = []string{part}, ok && len(got) > 0
		}
		for _, name := range got {
			if !has(list, name) {
				list = append(list, name)
			}
		}
	}
	return list, ok
}

// shared reads a cell or a labelled line that says who leads and who cooperates
// in words: "Sở Nội vụ chủ trì, các sở, ngành phối hợp". ok is false when it
// does not say both.
func shared(text string) (leads, with []string, ok bool) {
	if !strings.Contains(fold(text), "phoi hop") {
		return nil, nil, false
	}
	n := names{text: text, ts: tokenize(text)}
	cooperates := false // "phối hợp với" came before
	for i := 0; i < len(n.ts); i++ {
		if foldedAt(n.ts, i, "phoi", "hop") {
			cooperates = true
			continue
		}
		if !n.begins(i) {
			continue
		}
		list, next := n.list(i)
		for _, name := range list {
			switch {
			case cooperates || foldedAt(n.ts, next, "phoi", "hop") && at(n.ts, next+2).low != "với":
				with = append(with, name)
			default:
				leads = append(leads, name)
			}
		}
		i = max(i, next-1)
	}
	return leads, with, len(leads) > 0 && len(with) > 0
}
