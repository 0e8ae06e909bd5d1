package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// innerMark finds what may be the number of an item inside a paragraph.
var innerMark = regexp.MustCompile(`(?:^|[\s.;:,])((?:[IVX]{1,4}\.|\d{1,2}\.\d{1,2}(?:\.\d{1,2})?\.|\d{1,2}\.|[a-zđ]\)|-))\s*(["“‘']?[` + upperLetters + `])`)

// runOnLength is the length from which a paragraph is looked at for numbers of
// items inside it: files turned from web pages put whole documents in one.
const runOnLength = 1500

// cutRunOn cuts a paragraph at the numbers of items inside it when they make a
// sequence: 1. after the lead-in, then 2., a) after 1., then b).
func cutRunOn(s string) []string {
	long := len(s) > runOnLength
	var cuts []int
	var open []itemMark // one a kind, the innermost last
	if first, _ := readMark(s); first.kind != markNone {
		open = append(open, first)
	}
	for at := 0; at < len(s); {
		m := innerMark.FindStringSubmatchIndex(s[at:])
		if m == nil {
			break
		}
		from := at + m[2]
		at += m[4]
		if from == 0 {
			continue
		}
		mark, _ := readMark(s[from:])
		if mark.kind == markNone || !long && mark.kind != markLetter {
			continue
		}
		before := strings.TrimRight(s[:from], " ")
		if !follows(open, mark) || !fitBefore(before, mark, long) {
			continue
		}
		for len(open) > 0 && open[len(open)-1].kind >= mark.kind {
			open = open[:len(open)-1]
		}
		open = append(open, mark)
		cuts = append(cuts, from)
	}
	return cutAt(s, cuts)
}

func cutAt(s string, cuts []int) []string {
	var out []string
	from := 0
	for _, c := range cuts {
		out = append(out, strings.TrimSpace(s[from:c]))
		from = c
	}
	return append(out, strings.TrimSpace(s[from:]))
}

// follows reports whether mark is the next of its kind, or the first of a kind
// that is not open.
func follows(open []itemMark, mark itemMark) bool {
	if mark.kind == markDash {
		return true
	}
	for i := len(open) - 1; i >= 0; i-- {
		if open[i].kind != mark.kind {
			continue
		}
		switch step := mark.n - open[i].n; {
		case mark.kind == markDecimal && !samePrefix(open[i].label, mark.label):
			return mark.n == 1
		case mark.kind == markLetter:
			return step >= 1 && step <= 4
		default:
			return step == 1 || step == 2
		}
	}
	return mark.n == 1
}

func samePrefix(a, b string) bool {
	return a[:strings.LastIndexByte(a, '.')+1] == b[:strings.LastIndexByte(b, '.')+1]
}

// fitBefore reports whether what stands before a number lets an item begin: the
// end of a sentence, a colon, or a heading; never "điểm a)", "Điều 2.".
func fitBefore(before string, mark itemMark, long bool) bool {
	if before == "" {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	words := strings.Fields(before)
	switch fold(words[len(words)-1]) {
	case "diem", "khoan", "dieu", "muc", "so", "tiet", "phu", "luc", "va", "chuong", "phan", "bieu", "mau", "ngay", "thang", "quy", "nam":
		return false
	}
	if strings.ContainsRune(".:;/", last) {
		return true
	}
	if mark.kind == markDash {
		return long && !strings.ContainsRune(",", last) && mark.kind == markDash && endsHeading(before)
	}
	return mark.kind == markLetter && long || long && mark.n == 1
}

// endsHeading reports whether a dash may open a list though no mark ends what
// stands before: the text since the last sentence is short.
func endsHeading(before string) bool {
	i := strings.LastIndexAny(before, ".;:")
	return len(before)-i < 240 && !strings.HasSuffix(before, ")")
}

var parenMark = regexp.MustCompile(`(?:^|[\s;:.,])\((\d{1,2})\)\s*`)

// cutParens cuts "…: (1) …; (2) …" into what stands before and the items. ok is
// false when there is no sequence that begins with (1).
func cutParens(s string) (head string, items []string, labels []itemMark, ok bool) {
	var cuts, ends []int
	want := 1
	for _, m := range parenMark.FindAllStringSubmatchIndex(s, -1) {
		mark := newMark(markParen, s[m[2]:m[3]])
		if mark.n != want && (want == 1 || mark.n != want+1) {
			continue
		}
		want = mark.n + 1
		cuts, ends = append(cuts, m[2]-1), append(ends, m[1])
		labels = append(labels, mark)
	}
	if len(cuts) < 2 {
		return "", nil, nil, false
	}
	for i := range cuts {
		to := len(s)
		if i+1 < len(cuts) {
			to = cuts[i+1]
		}
		items = append(items, strings.TrimSpace(s[ends[i]:to]))
	}
	return strings.TrimSpace(s[:cuts[0]]), items, labels, true
}

var sentenceEnd = regexp.MustCompile(`[.]+/?\.?\s+`)

// sentences cuts a text after each full stop that a capital follows.
func sentences(s string) []string {
	var out []string
	from := 0
	for _, m := range sentenceEnd.FindAllStringIndex(s, -1) {
		if firstIsUpper(s[m[1]:]) && !abbreviation(s[:m[0]]) {
			out = append(out, strings.TrimSpace(s[from:m[1]]))
			from = m[1]
		}
	}
	return append(out, strings.TrimSpace(s[from:]))
}

// abbreviation reports whether the full stop after s ends no sentence: "TP.",
// "P.", "KT.".
func abbreviation(s string) bool {
	i := strings.LastIndexAny(s, " (")
	w := s[i+1:]
	return w != "" && len(w) <= 3 && isUpper(w+w)
}

// cutClosing parts the order that closes a document from the last item of a
// paragraph that runs on.
func cutClosing(s string) []string {
	from := 0
	for k, piece := range sentences(s) {
		if k > 0 && len(piece) > 40 {
			d := newDuty(piece)
			list, next := d.n.list(d.start())
			if len(list) > 0 && issuerLike(list) && orderVerbs.match(d.n.ts, next) > 0 || thanks.MatchString(foldWords(firstWords(piece, 12))) {
				return []string{strings.TrimSpace(s[:from]), strings.TrimSpace(s[from:])}
			}
		}
		from = from + strings.Index(s[from:], piece) + len(piece)
	}
	return []string{s}
}

// lastWords returns the last n words of s.
func lastWords(s string, n int) string {
	words := strings.Fields(s)
	return strings.Join(words[max(0, len(words)-n):], " ")
}
