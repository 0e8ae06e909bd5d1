package lint

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// textChecks look at the words: none missing, and the same ones in the plain text.
var textChecks = []check{
	{"gaps", list(gaps)},
	{"text_words", list(missingInText)},
	{"text_links", each(linkMissingInText)},
	{"text_markup", list(markupInText)},
}

var (
	unworded = regexp.MustCompile(`\[[a-z][a-z0-9_]*(\.[a-z0-9_]+)+\]`) // a key without words
	unfilled = regexp.MustCompile(`\{(\d+|[a-zA-Z]+)\}`)
	ofGo     = regexp.MustCompile(`<no value>|ZgotmplZ|%!|0001-01-01|\b1/1/0001\b|\{\{`)
)

// gaps are words that are missing or not filled in.
func gaps(l *letter) (found []string) {
	for _, text := range []string{l.Subject, l.Text, l.shownText(), l.HTML} {
		for _, re := range []*regexp.Regexp{unworded, unfilled, ofGo} {
			if re == unfilled && text == l.HTML {
				continue // a style block has braces
			}
			if hit := re.FindString(text); hit != "" {
				found = append(found, hit)
			}
		}
	}
	return found
}

// shownText is what the HTML shows.
func (l *letter) shownText() string {
	var b strings.Builder
	for _, n := range l.elements {
		for c := n.FirstChild; c != nil && n.Data != "style" && n.Data != "title"; c = c.NextSibling {
			if c.Type == html.TextNode {
				b.WriteString(c.Data + "\n")
			}
		}
	}
	return b.String()
}

// missingInText are words of the HTML that the plain text does not have. Sentences and headings stand there as they are; the cells of a
// table with headings may be told otherwise, but each of their words is there.
func missingInText(l *letter) (found []string) {
	text := plainWords(l.Text)
	words := make(map[string]bool)
	for _, w := range strings.Fields(text) {
		words[w] = true
	}
	for _, n := range l.elements {
		if n.Data == "style" || n.Data == "title" || n.Data == "th" {
			continue
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type != html.TextNode || preheader(c) {
				continue
			}
			said := plainWords(c.Data)
			if said == "" || strings.Contains(" "+text+" ", " "+said+" ") {
				continue
			}
			if inData(c) && allIn(strings.Fields(said), words) {
				continue
			}
			found = append(found, cut(c.Data, 60))
		}
	}
	return found
}

// plainWords are the words and numbers of a text in small letters, with one space between them.
func plainWords(text string) string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) }), " "))
}

func allIn(some []string, all map[string]bool) bool {
	for _, w := range some {
		if !all[w] {
			return false
		}
	}
	return true
}

// preheader tells whether the text is what is hidden: it repeats something of the mail in other words.
func preheader(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Type == html.ElementNode && hidden(p) {
			return true
		}
	}
	return false
}

// inData tells whether the text is in a table with headings.
func inData(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Type == html.ElementNode && p.Data == "table" && headed(p) {
			return true
		}
	}
	return false
}

func linkMissingInText(l *letter, n *html.Node) string {
	if n.Data != "a" {
		return ""
	}
	if href, _ := attribute(n, "href"); !strings.Contains(l.Text, href) {
		return href
	}
	return ""
}

var markup = regexp.MustCompile(`</?(a|b|br|p|td|tr|table|span|div|h[1-6])[ />]|&(amp|lt|gt|nbsp|#34|#39);`)

func markupInText(l *letter) []string {
	// A duty may have such words of its own; then the HTML shows them too.
	hit := markup.FindString(l.Text)
	if hit == "" || strings.Contains(l.shownText(), hit) {
		return nil
	}
	return []string{hit}
}
