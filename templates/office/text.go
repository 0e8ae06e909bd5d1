package office

import (
	"strings"
	"unicode/utf8"
)

// Clean is a text without what XML 1.0 (section 2.2) may not hold: control characters but tab and line feed, surrogates, U+FFFE and
// U+FFFF, and octets that are no UTF-8. Line ends become line feeds. Marks that turn the direction of writing go too: with them a name
// can be made to read as another.
func Clean(text string) string {
	if isClean(text) {
		return text
	}
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case !allowed(r):
			return -1
		}
		return r
	}, text)
}

func isClean(text string) bool {
	for _, r := range text {
		if r == utf8.RuneError || !allowed(r) {
			return false
		}
	}
	return true
}

func allowed(r rune) bool {
	switch {
	case r == '\t', r == '\n':
		return true
	case r < 0x20, 0x7f <= r && r < 0xa0, r == 0xfffe, r == 0xffff:
		return false
	case r == 0x200e, r == 0x200f, 0x202a <= r && r <= 0x202e, 0x2066 <= r && r <= 0x2069:
		return false
	}
	return true
}

// formulaStarts begin a formula in some spreadsheet program, or are skipped on the way to one. The wide forms are read as the narrow
// ones by programs set to an East Asian language.
const formulaStarts = "=+-@＝＋－＠"

// Guard is a text for a cell that can be no formula. In a workbook text cells are none, whatever they begin with; but a sheet that is
// saved as CSV and opened again is read as if it had been typed, and "=…", "+…", "-…" and "@…" then run (CWE-1236). So such a text
// begins with an apostrophe, which typed text may have and no formula. A list's dash becomes the dash that typesetters use instead: it
// reads the same and begins no formula.
func Guard(text string) string {
	text = Clean(text)
	begin := strings.TrimLeft(text, " \t\n\u00a0\u3000")
	if begin == "" {
		return ""
	}
	if rest, ok := strings.CutPrefix(begin, "- "); ok && !strings.ContainsAny(rest[:min(1, len(rest))], formulaStarts) {
		return "– " + rest
	}
	first, _ := utf8.DecodeRuneInString(begin)
	if strings.ContainsRune(formulaStarts, first) {
		return "'" + begin
	}
	if begin != text && (text[0] == '\t' || text[0] == '\n') {
		return begin
	}
	return text
}

// maxCell is how many UTF-16 units a cell of a workbook holds.
const maxCell = 32767

// cellText is a guarded text that fits a cell.
func cellText(text string) string {
	text = Guard(text)
	if len(text) <= maxCell {
		return text
	}
	units := 0
	for i, r := range text {
		if units++; r > 0xffff {
			units++
		}
		if units >= maxCell {
			return text[:i] + "…"
		}
	}
	return text
}
