package templatetest

import (
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Vietnamese is the first letter of the text that has a mark, as Vietnamese
// letters have and English ones have not, or is đ (U+0111), which is a letter of its own; "" when there is none.
func Vietnamese(text string) string {
	for _, r := range norm.NFC.String(text) {
		if r == '\u0111' || r == '\u0110' || unicode.IsLetter(r) && marked(r) {
			return string(r)
		}
	}
	return ""
}

// marked tells whether the letter is made of another and of marks.
func marked(r rune) bool {
	for _, part := range norm.NFD.String(string(r)) {
		if unicode.Is(unicode.Mn, part) {
			return true
		}
	}
	return false
}
