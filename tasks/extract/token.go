package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word, a number or a mark of a text, with its place in it.
type token struct {
	text  string // as written
	low   string // small letters, marks kept
	fold  string // small letters, marks dropped
	start int    // byte offsets in the text
	end   int
	kind  tokenKind
	// mended says that a scan's letters were read as digits.
	mended bool
}

type tokenKind byte

const (
	word tokenKind = iota
	number
	mark
)

// tokenize cuts s into words (letters, with the '&' inside "KH&CN"), numbers
// (digits) and marks (any other single sign).
func tokenize(s string) []token {
	var out []token
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		j := i + size
		var kind tokenKind
		switch {
		case unicode.IsSpace(r):
			i = j
			continue
		case unicode.IsDigit(r):
			kind = number
			for j < len(s) && s[j] >= '0' && s[j] <= '9' {
				j++
			}
		case unicode.IsLetter(r):
			for j < len(s) {
				next, n := utf8.DecodeRuneInString(s[j:])
				if next == '&' && j+n < len(s) {
					after, _ := utf8.DecodeRuneInString(s[j+n:])
					if !unicode.IsLetter(after) {
						break
					}
				} else if !unicode.IsLetter(next) && !unicode.Is(unicode.Mn, next) {
					break
				}
				j += n
			}
		default:
			kind = mark
		}
		text := s[i:j]
		t := token{text: text, low: strings.ToLower(text), start: i, end: j, kind: kind}
		t.fold = t.low
		if kind == word {
			t.fold = fold(text)
		}
		out = append(out, t)
		i = j
	}
	return out
}

// capital reports whether the word begins with a capital.
func (t token) capital() bool {
	r, _ := utf8.DecodeRuneInString(t.text)
	return t.kind == word && unicode.IsUpper(r)
}

// acronym reports whether the word is all capitals, two or more.
func (t token) acronym() bool {
	if t.kind != word || utf8.RuneCountInString(t.text) < 2 {
		return false
	}
	for _, r := range t.text {
		if unicode.IsLower(r) {
			return false
		}
	}
	return true
}

// at returns token i, or a zero mark past either end.
func at(ts []token, i int) token {
	if i < 0 || i >= len(ts) {
		return token{kind: mark}
	}
	return ts[i]
}

// foldedAt reports whether the folded words stand at i.
func foldedAt(ts []token, i int, words ...string) bool {
	if i < 0 || i+len(words) > len(ts) {
		return false
	}
	for k, w := range words {
		if ts[i+k].fold != w {
			return false
		}
	}
	return true
}

// phraseSet is a set of folded phrases, looked up by their first word.
type phraseSet map[string][][]string

func newPhraseSet(lists ...string) phraseSet {
	set := phraseSet{}
	for _, list := range lists {
		for phrase := range strings.SplitSeq(list, ",") {
			if words := strings.Fields(phrase); len(words) > 0 {
				set[words[0]] = append(set[words[0]], words)
			}
		}
	}
	return set
}

// match returns how many tokens the longest phrase of the set that stands at i
// covers, 0 for none.
func (p phraseSet) match(ts []token, i int) int {
	if i < 0 || i >= len(ts) {
		return 0
	}
	best := 0
	for _, words := range p[ts[i].fold] {
		if len(words) > best && foldedAt(ts, i, words...) {
			best = len(words)
		}
	}
	return best
}
