package extract

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlList counts the items of a list.
type htmlList struct {
	mark  string // kind of number as the type attribute names it; "-" for a sign, "" for none
	n     int
	step  int
	level int
}

// htmlMarks are the kinds of numbers by the names that styles give them.
var htmlMarks = map[string]string{
	"decimal": "1", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I",
	"disc": "-", "circle": "-", "square": "-", "none": "",
}

var listStyle = regexp.MustCompile(`;list-style(?:-type)?:([a-z-]+)`)

func newHTMLList(n *html.Node, outer *htmlList) *htmlList {
	l := &htmlList{mark: "-", step: 1}
	if outer != nil {
		l.level = outer.level + 1
	}
	if n.DataAtom == atom.Ol {
		l.mark = "1"
		if t := htmlAttr(n, "type"); len(t) == 1 && strings.Contains("1aAiI", t) {
			l.mark = t
		}
		start, err := strconv.Atoi(htmlAttr(n, "start"))
		if err != nil {
			start = 1
		}
		for _, a := range n.Attr {
			if a.Key == "reversed" {
				l.step = -1
			}
		}
		l.n = start - l.step
	}
	if m := listStyle.FindStringSubmatch(htmlStyle(n)); m != nil {
		if mark, ok := htmlMarks[m[1]]; ok {
			l.mark = mark
		}
	}
	return l
}

// next is the label of the list's next item.
func (l *htmlList) next(n *html.Node) string {
	l.n += l.step
	if v, err := strconv.Atoi(htmlAttr(n, "value")); err == nil {
		l.n = v
	}
	switch l.mark {
	case "":
		return ""
	case "-":
		return "-"
	}
	number := htmlNumber(l.mark, l.n)
	if number == "" {
		return ""
	}
	return number + "."
}

// htmlNumber writes a number as lists do: "a" after "z" goes on with "aa"; what has no letters is written in figures.
func htmlNumber(mark string, n int) string {
	const mostLetters, mostRoman = 26 * 27, 3999
	switch {
	case (mark == "a" || mark == "A") && n > 0 && n <= mostLetters:
		s := ""
		for ; n > 0; n = (n - 1) / 26 {
			s = string(rune('a'+(n-1)%26)) + s
		}
		if mark == "A" {
			s = strings.ToUpper(s)
		}
		return s
	case (mark == "i" || mark == "I") && n > 0 && n <= mostRoman:
		s := romanNumeral(n)
		if mark == "i" {
			s = strings.ToLower(s)
		}
		return s
	}
	return strconv.Itoa(n)
}
