package extract

import (
	"regexp"
	"strconv"
	"strings"
)

// markKind is a kind of number before an item. The order is the usual nesting.
type markKind byte

const (
	markNone    markKind = iota
	markPart             // Phần I, PHẦN THỨ NHẤT
	markUpper            // A.
	markRoman            // I.
	markName             // an agency's heading without a number
	markArticle          // Điều 1.
	markNumber           // 1.
	markDecimal          // 1.1.
	markThird            // 1.1.1.
	markOrdinal          // Thứ nhất,
	markLetter           // a)
	markStar             // *
	markParen            // (1), 1)
	markLittle           // (i)
	markDash             // -
	markPlus             // +
)

// itemMark is the number of an item: what it is called in a reference, and its
// place in its sequence where that can be told.
type itemMark struct {
	kind  markKind
	label string
	n     int
}

const upperLetters = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"

var markPatterns = []struct {
	kind markKind
	re   *regexp.Regexp
}{
	{markArticle, regexp.MustCompile(`^(?i:điều)\s+(\d{1,3})\s*(?:[.:]\s*|\s)([` + upperLetters + `])`)},
	{markPart, regexp.MustCompile(`^(?i:phần)\s+((?:thứ\s+|THỨ\s+)?(?:[IVX]{1,4}|[\pL]+))(?:[.:]\s*|$)(\S|$)`)},
	{markOrdinal, regexp.MustCompile(`^(Thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười) là)\s*[,:]\s*(\S)`)},
	{markThird, regexp.MustCompile(`^(\d{1,2}\.\d{1,2}\.\d{1,2})\.?\s*([^\d\s.,/%])`)},
	{markDecimal, regexp.MustCompile(`^(\d{1,2}\.\d{1,2})\.?\s*([^\d\s.,/%])`)},
	{markNumber, regexp.MustCompile(`^(\d{1,2})\s?\.\s*([^\d\s.])`)},
	{markParen, regexp.MustCompile(`^\((\d{1,2})\)\s*(\S)`)},
	{markParen, regexp.MustCompile(`^(\d{1,2})\)\s*(\S)`)},
	{markLittle, regexp.MustCompile(`^\(((?:i{1,3}|iv|v|vi{1,3}|ix|x))\)\s*(\S)`)},
	{markRoman, regexp.MustCompile(`^([IVX]{1,5})\s?[.)]\s*([^\d\s.])`)},
	{markUpper, regexp.MustCompile(`^([A-HĐ])\s?[.)]\s+(\S)`)},
	{markLetter, regexp.MustCompile(`^([a-zđ])\s?\)\s*(\S)`)},
	{markLetter, regexp.MustCompile(`^([a-zđ])\.\s+(\S)`)},
	{markPlus, regexp.MustCompile(`^([+])\s*(\S)`)},
	{markStar, regexp.MustCompile(`^([*])\s*([^*\s])`)},
	{markDash, regexp.MustCompile(`^([-–—−•●▪◦·])\s*([^\s\-–—−•])`)},
}

// readMark reads the number typed at the start of s and returns what follows it.
func readMark(s string) (itemMark, string) {
	for _, p := range markPatterns {
		m := p.re.FindStringSubmatchIndex(s)
		if m == nil {
			continue
		}
		label, end := s[m[2]:m[3]], m[4]
		return newMark(p.kind, label), strings.TrimSpace(s[end:])
	}
	return itemMark{}, s
}

func newMark(kind markKind, label string) itemMark {
	m := itemMark{kind: kind, label: label}
	switch kind {
	case markNumber, markParen, markArticle:
		m.n, _ = strconv.Atoi(label)
	case markDecimal, markThird:
		m.n, _ = strconv.Atoi(label[strings.LastIndexByte(label, '.')+1:])
	case markRoman:
		m.n = romanNumber(label)
	case markLetter:
		m.n = strings.Index(letterOrder, label) + 1
	case markLittle:
		m.n = romanNumber(strings.ToUpper(label))
	}
	switch kind {
	case markParen, markLittle:
		m.label = "(" + label + ")"
	case markArticle:
		m.label = "Điều " + label
	case markDash:
		m.label = "-"
	}
	return m
}

// letterOrder is the order of letters before items; đ takes two bytes, so places
// only grow.
const letterOrder = "abcdđefghijklmnopqrstuvwxyz"

func romanNumber(s string) int {
	values := map[byte]int{'I': 1, 'V': 5, 'X': 10}
	n := 0
	for i := range len(s) {
		v := values[s[i]]
		if i+1 < len(s) && values[s[i+1]] > v {
			v = -v
		}
		n += v
	}
	return n
}
