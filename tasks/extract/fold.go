package extract

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold returns s in small letters without tone and vowel marks, đ as d: the
// form in which spelling variants (Uỷ/Ủy, Hoà/Hòa, Quí/Quý but not i/y) and the
// commonest slips of OCR are the same.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'đ' || r == 'Đ':
			b.WriteByte('d')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// foldWords is fold with everything but letters and digits as single spaces.
func foldWords(s string) string {
	return strings.Join(strings.FieldsFunc(fold(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

// isUpper reports whether s has letters and all but a few of them are capitals.
func isUpper(s string) bool {
	upper, lower := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
	}
	return upper > 1 && lower*8 <= upper
}

// firstIsUpper reports whether the first letter of s is a capital; a quote or
// bracket before it does not count, a digit does.
func firstIsUpper(s string) bool {
	for _, r := range s {
		switch {
		case unicode.IsLetter(r):
			return unicode.IsUpper(r)
		case unicode.IsDigit(r):
			return false
		case !strings.ContainsRune("\"'“”‘’(« ", r):
			return false
		}
	}
	return false
}

// squeeze folds white space and trims.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

func itoa(n int) string { return strconv.Itoa(n) }
