package extract

import (
	"strings"
	"unicode/utf8"
)

// whenText is the form in which the grammar of deadlines reads words: cleaned, NFC, full-width signs as their ASCII ones.
func whenText(s string) string {
	return cleanText(strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			return r - '！' + '!'
		}
		return r
	}, s))
}

// whenTokens are the tokens of a text with its slips mended: variants of spelling brought to one, letters that a scan put for
// digits read as digits (and marked so). A phrase typed wholly without marks gets those of the words of time when typed is set.
func whenTokens(text string, typed bool) []token {
	ts := tokenize(text)
	unmarked := typed && isASCII(text)
	for i := range ts {
		t := &ts[i]
		if t.kind != word {
			continue
		}
		if form, ok := variants[t.low]; ok {
			t.low = form
		} else if form, ok := unmarkedWords[t.low]; ok && unmarked {
			t.low = form
		}
	}
	return mendDigits(text, ts)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// variants are other spellings of the words of time.
var variants = map[string]string{
	"quí": "quý", "qúy": "quý", "qúi": "quý", "hàng": "hằng", "mồng": "mùng", "nám": "năm",
}

// unmarkedWords are the words of time as they are typed without marks.
var unmarkedWords = map[string]string{
	"ngay": "ngày", "thang": "tháng", "nam": "năm", "quy": "quý", "tuan": "tuần", "gio": "giờ", "truoc": "trước", "den": "đến", "het": "hết",
	"cuoi": "cuối", "dau": "đầu", "giua": "giữa", "cham": "chậm", "muon": "muộn", "nhat": "nhất", "tu": "từ", "hang": "hằng", "moi": "mỗi",
	"lan": "lần", "va": "và", "hoac": "hoặc", "cua": "của", "ke": "kể", "vong": "vòng", "han": "hạn", "la": "là",
}

// mendDigits joins what a scan cut out of one number: "3O", "l5", "2O25", where the number is part of a date.
func mendDigits(text string, ts []token) []token {
	out := ts[:0]
	for i := 0; i < len(ts); {
		j, digits, letters := i, 0, 0
		for j < len(ts) && (j == i || ts[j].start == ts[j-1].end) {
			if ts[j].kind == number {
				digits++
			} else if ts[j].kind == word && strings.Trim(ts[j].text, "OoIl") == "" {
				letters++
			} else {
				break
			}
			j++
		}
		if j-i > 4 {
			out = append(out, ts[i:j]...)
			i = j
			continue
		}
		if digits == 0 || letters == 0 || ts[j-1].end-ts[i].start > 4 || !partOfDate(at(out, len(out)-1)) && !partOfDate(at(ts, j)) {
			out = append(out, ts[i])
			i++
			continue
		}
		t := token{text: digitLetters.Replace(text[ts[i].start:ts[j-1].end]), start: ts[i].start, end: ts[j-1].end, kind: number, mended: true}
		t.low, t.fold = t.text, t.text
		out = append(out, t)
		i = j
	}
	return out
}

var digitLetters = strings.NewReplacer("O", "0", "o", "0", "I", "1", "l", "1")

// partOfDate reports whether the token beside a number makes it one of a date.
func partOfDate(t token) bool {
	switch t.low {
	case "ngày", "tháng", "năm", "/":
		return true
	}
	return false
}

// numerals are the small numbers in words; "mười năm" is ten years, "mười lăm" fifteen.
var numerals = map[string]int{
	"một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}

// numeral reads a count at i: figures of at most three digits, or words up to ninety-nine: "ba", "mười lăm", "hai mươi".
func (c clock) numeral(i int) (n, next int) {
	if n, ok := c.num(i, 3); ok {
		return n, i + 1
	}
	first, ok := numerals[at(c.ts, i).low]
	switch {
	case at(c.ts, i).low == "mười":
		n = 10
	case ok && at(c.ts, i+1).low == "mươi":
		n, i = 10*first, i+1
	case ok:
		return first, i + 1
	default:
		return 0, i
	}
	unit := at(c.ts, i+1)
	if d, ok := numerals[unit.low]; ok && unit.low != "năm" {
		return n + d, i + 2
	}
	return n, i + 1
}

// spelled goes over the words of a number repeated in brackets: "15 (mười lăm)".
func (c clock) spelled(i int) int {
	if at(c.ts, i).text != "(" {
		return i
	}
	for j := i + 1; j < i+6; j++ {
		if at(c.ts, j).text == ")" {
			return j + 1
		}
		if at(c.ts, j).kind == mark {
			break
		}
	}
	return i
}

// monthNumber reads the number of a month at i, in figures or words; "tháng năm" could as well be "the month, year …" and is
// left to figures.
func (c clock) monthNumber(i int) (m, next int) {
	if m, ok := c.num(i, 2); ok {
		return m, i + 1
	}
	l := at(c.ts, i).low
	if l == "năm" || l == "một" {
		return 0, i
	}
	if m, next = c.numeral(i); next > i && m <= 12 && at(c.ts, next).low != "lần" {
		return m, next
	}
	return 0, i
}
