// Package lint looks at a composed mail for what mail programs make worse than it was meant: Outlook, which lays out with Word's engine
// (https://learn.microsoft.com/previous-versions/office/developer/office-2007/aa338201(v=office.12)), Gmail, which cuts and drops
// (https://developers.google.com/workspace/gmail/design/css), phones, dark mode, screen readers and servers on the way.
package lint

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Rule names what a mail is held to. It is a word of lower-case letters and low lines.
type Rule string

// Finding is a place where a mail breaks a rule.
type Finding struct {
	Rule Rule
	// Detail is what was found, for the one who mends it; never a whole sentence.
	Detail string
}

func (f Finding) String() string { return string(f.Rule) + ": " + f.Detail }

// check is one rule: it yields what breaks it.
type check struct {
	rule Rule
	find func(*letter) iter.Seq[string]
}

// checks are all rules, in the order in which their findings are told.
var checks = slices.Concat(messageChecks, frameChecks, elementChecks, tableChecks, styleChecks, colourChecks, textChecks, fileChecks)

// Rules lists every rule, in the order in which findings are told.
func Rules() []Rule {
	rules := make([]Rule, len(checks))
	for i, c := range checks {
		rules[i] = c.rule
	}
	return rules
}

// letter is a mail with its HTML taken apart, as the rules look at it.
type letter struct {
	*Mail
	base     string // the address under which every link lies
	elements []*html.Node
	styles   []block // the style elements
}

// maxFindings of one rule are enough to mend it.
const maxFindings = 10

// Check answers what breaks the rules, of each the first few. base is the address under which every link has to lie, such as
// "https://tiendo.example.gov.vn".
func (m *Mail) Check(base string) []Finding {
	l := &letter{Mail: m, base: strings.TrimRight(base, "/")}
	root, err := html.Parse(strings.NewReader(m.HTML))
	if err != nil {
		return []Finding{{Rule: ruleElements, Detail: err.Error()}}
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		l.elements = append(l.elements, n)
		if n.Data == "style" {
			l.styles = append(l.styles, readBlock(content(n)))
		}
	}
	var found []Finding
	for _, c := range checks {
		n := 0
		for detail := range c.find(l) {
			found = append(found, Finding{Rule: c.rule, Detail: detail})
			if n++; n == maxFindings {
				break
			}
		}
	}
	return found
}

// each yields what a function finds on each element; "" is nothing.
func each(find func(l *letter, n *html.Node) string) func(*letter) iter.Seq[string] {
	return func(l *letter) iter.Seq[string] {
		return func(yield func(string) bool) {
			for _, n := range l.elements {
				if detail := find(l, n); detail != "" && !yield(detail) {
					return
				}
			}
		}
	}
}

// list yields what a function gathered.
func list(find func(*letter) []string) func(*letter) iter.Seq[string] {
	return func(l *letter) iter.Seq[string] { return slices.Values(find(l)) }
}

// attribute is the value of an attribute; ok tells whether it is there.
func attribute(n *html.Node, name string) (value string, ok bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// classes are the names in an element's class attribute.
func classes(n *html.Node) []string {
	value, _ := attribute(n, "class")
	return strings.Fields(value)
}

// content is the text of an element and of all that is in it.
func content(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// tag shows an element by its start: <td class="x">.
func tag(n *html.Node) string {
	var b strings.Builder
	b.WriteString("<" + n.Data)
	for _, a := range n.Attr {
		fmt.Fprintf(&b, " %s=%q", a.Key, a.Val)
	}
	return cut(b.String(), 90) + ">"
}

// cut shortens a text to so many characters.
func cut(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}
