package directory

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold writes a name so that spellings of the same name become equal: tone
// marks off (so Uỷ is Ủy and Hoà is Hòa), đ is d, lower case, "&" is "va",
// and everything but letters and digits is a single space. It does not matter
// whether s is composed or decomposed Unicode.
func Fold(s string) string { return strings.Join(Words(s), " ") }

// Words returns the folded words of s.
func Words(s string) []string {
	tokens := tokenize(s)
	words := make([]string, 0, len(tokens))
	for _, t := range tokens {
		if t.isWord() {
			words = append(words, t.text)
		}
	}
	return words
}

// token is a folded word, or one mark that can separate names: a comma,
// semicolon, colon, bracket, dash or slash. start and end are its bytes in the
// text.
type token struct {
	text       string
	start, end int
	mark       bool
	// ampersand: an "&", which reads "va" but stands inside names only.
	ampersand bool
}

// isWord reports whether the token counts in a folded name; "&" does, as "va".
func (t token) isWord() bool { return !t.mark }

// tokenize cuts a text into folded words and marks. It folds rune by rune, so
// that each token knows its place in the text as given.
func tokenize(s string) []token {
	var out []token
	var word strings.Builder
	start := -1
	flush := func(end int) {
		if start >= 0 {
			out = append(out, token{text: word.String(), start: start, end: end})
			word.Reset()
			start = -1
		}
	}
	for i, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r):
			// A tone mark of decomposed text belongs to the letter before.
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if start < 0 {
				start = i
			}
			if base := latin()[min(r, latinEnd)]; base != 0 {
				word.WriteRune(base)
				continue
			}
			for _, base := range norm.NFD.String(string(r)) {
				if !unicode.Is(unicode.Mn, base) {
					word.WriteRune(foldRune(base))
				}
			}
		default:
			flush(i)
			size := len(string(r))
			switch r {
			case '&':
				out = append(out, token{text: "va", start: i, end: i + size, ampersand: true})
			case ',', ';', ':', '(', ')', '/', '\n':
				out = append(out, token{text: string(r), start: i, end: i + size, mark: true})
			case '-', '–', '—', '+':
				out = append(out, token{text: "-", start: i, end: i + size, mark: true})
			}
		}
	}
	flush(len(s))
	return out
}

// latinEnd is where Unicode's blocks with Vietnamese letters end.
const latinEnd = 0x1F00

// latin answers what letters and digits up to latinEnd fold to; 0 for those that do not become one letter. Decomposing each letter
// anew took most of the time of folding.
var latin = sync.OnceValue(func() *[latinEnd + 1]rune {
	var table [latinEnd + 1]rune
	for r := range rune(latinEnd) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		var bases []rune
		for _, base := range norm.NFD.String(string(r)) {
			if !unicode.Is(unicode.Mn, base) {
				bases = append(bases, foldRune(base))
			}
		}
		if len(bases) == 1 {
			table[r] = bases[0]
		}
	}
	return &table
})

func foldRune(r rune) rune {
	switch r {
	case 'đ', 'Đ', 'ð', 'Ð':
		return 'd'
	}
	return unicode.ToLower(r)
}
