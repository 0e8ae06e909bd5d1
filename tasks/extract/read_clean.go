package extract

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// cleanText gives words as they are compared and shown: NFC, every run of white space one space, none at the ends. What has
// no width goes; places of symbol fonts (U+F020 to U+F0FF) become the mark they show where it is a list's mark, else a space.
func cleanText(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case r == '\u00ad' || r == '\ufeff' || r >= '\u200b' && r <= '\u200f' || r == '\u2060':
			continue
		case r == '\uf0b7':
			r = '•'
		case r == '\uf02d':
			r = '-'
		case r == '\uf02b':
			r = '+'
		case unicode.IsSpace(r) || unicode.IsControl(r) || r >= '\uf000' && r <= '\uf0ff' || r == unicode.ReplacementChar:
			space = true
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	return norm.NFC.String(b.String())
}
