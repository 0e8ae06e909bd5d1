package lint

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// colourChecks look at what colours alone would say, and at whether words can be read on them.
var colourChecks = []check{
	{"red_alone", each(redAlone)},
	{"contrast", list(func(l *letter) []string { return l.contrast(false) })},
	{"dark_contrast", list(func(l *letter) []string { return l.contrast(true) })},
}

// late is the red of what is overdue, which stands for nothing else.
const late = "#b3261e"

// redAlone: what is red says so in capitals too, in the same element or beside it.
func redAlone(_ *letter, n *html.Node) string {
	if property(n, "color") != late {
		return ""
	}
	if shouts(content(n)) || n.Parent != nil && shouts(content(n.Parent)) {
		return ""
	}
	return tag(n)
}

// shouts tells whether the text has a word of three or more capitals and nothing else: "QUÁ HẠN", "OVERDUE".
func shouts(text string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }), func(word string) bool {
		return len([]rune(word)) >= 3 && word == strings.ToUpper(word)
	})
}

// look is how the words of an element look.
type look struct {
	colour, background string
	size               float64 // pixels
	bold               bool
}

// contrast finds words whose colour is too near to what is behind them (WCAG 2.2, 1.4.3): 4.5 to 1, and 3 to 1 for large ones.
func (l *letter) contrast(dark bool) (found []string) {
	seen := make(map[string]bool)
	var walk func(n *html.Node, from look)
	walk = func(n *html.Node, from look) {
		if n.Type == html.TextNode {
			if strings.TrimSpace(strings.ReplaceAll(n.Data, "\u00a0", " ")) == "" {
				return
			}
			least := 4.5
			if from.size >= 24 || from.bold && from.size >= 18.66 {
				least = 3
			}
			ratio, err := contrast(from.colour, from.background)
			detail := fmt.Sprintf("%.1f: %s / %s", ratio, from.colour, from.background)
			if (err != nil || ratio < least) && !seen[detail] {
				seen[detail] = true
				found = append(found, detail+" "+cut(n.Data, 40))
			}
			return
		}
		if n.Type == html.ElementNode {
			if n.Data == "head" || hidden(n) {
				return
			}
			from = l.looks(n, from, dark)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, from)
		}
	}
	for _, n := range l.elements {
		if n.Data == "body" {
			walk(n, look{colour: "#000000", background: "#ffffff", size: 16})
		}
	}
	return found
}

// looks is how an element's words look, given how those of its parent do.
func (l *letter) looks(n *html.Node, at look, dark bool) look {
	if n.Data == "h1" || n.Data == "h2" || n.Data == "th" || n.Data == "b" || n.Data == "strong" {
		at.bold = true
	}
	if given, ok := attribute(n, "bgcolor"); ok {
		at.background = given
	}
	apply := func(d declaration) {
		value := strings.ToLower(d.value)
		switch d.name {
		case "color":
			at.colour = value
		case "background", "background-color":
			at.background = value
		case "font-weight":
			at.bold = value == "bold" || value >= "600" && len(value) == 3
		case "font-size":
			if size, err := strconv.ParseFloat(strings.TrimSuffix(value, "px"), 64); err == nil {
				at.size = size
			}
		}
	}
	for _, d := range declarations(style(n)) {
		apply(d)
	}
	if !dark {
		return at
	}
	for _, b := range l.styles {
		for _, r := range b.rules {
			if strings.Contains(r.media, darkMedia) && r.fits(n) {
				for _, d := range r.declared {
					apply(d)
				}
			}
		}
	}
	return at
}

// contrast is the ratio between two colours (WCAG 2.2, contrast ratio).
func contrast(a, b string) (float64, error) {
	first, err := luminance(a)
	if err != nil {
		return 0, err
	}
	second, err := luminance(b)
	if err != nil {
		return 0, err
	}
	return (max(first, second) + 0.05) / (min(first, second) + 0.05), nil
}

// luminance is how bright a colour "#rrggbb" is, from 0 to 1 (WCAG 2.2, relative luminance).
func luminance(colour string) (float64, error) {
	digits, ok := strings.CutPrefix(colour, "#")
	n, err := strconv.ParseUint(digits, 16, 32)
	if !ok || len(digits) != 6 || err != nil {
		return 0, fmt.Errorf("%q is not a colour of the form #rrggbb", colour)
	}
	part := func(shift uint, weight float64) float64 {
		c := float64(n>>shift&0xff) / 255
		if c <= 0.04045 {
			return weight * c / 12.92
		}
		return weight * math.Pow((c+0.055)/1.055, 2.4)
	}
	return part(16, 0.2126) + part(8, 0.7152) + part(0, 0.0722), nil
}
