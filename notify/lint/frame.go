package lint

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// frameChecks look at what a page needs to be read aloud, found in a mailbox and shown on a phone.
var frameChecks = []check{
	{"frame", list(wrongFrame)},
	{"headline", list(wrongHeadings)},
	{"preheader", list(wrongPreheader)},
}

func wrongFrame(l *letter) (found []string) {
	if !strings.HasPrefix(strings.ToLower(strings.TrimSpace(l.HTML)), "<!doctype html>") {
		found = append(found, "doctype")
	}
	var language, title, charset, viewport bool
	for _, n := range l.elements {
		switch n.Data {
		case "html":
			value, _ := attribute(n, "lang")
			language = value != ""
		case "title":
			title = strings.TrimSpace(content(n)) != ""
		case "meta":
			if set, ok := attribute(n, "charset"); ok {
				charset = strings.EqualFold(set, "utf-8")
			}
			if name, _ := attribute(n, "name"); name == "viewport" {
				viewport = true
			}
		}
	}
	for _, want := range []struct {
		there bool
		name  string
	}{{language, "lang"}, {title, "title"}, {charset, "charset"}, {viewport, "viewport"}} {
		if !want.there {
			found = append(found, want.name)
		}
	}
	return found
}

// wrongHeadings: one h1, and no level left out, for those who go from heading to heading.
func wrongHeadings(l *letter) (found []string) {
	first, before := 0, 0
	for _, n := range l.elements {
		if len(n.Data) != 2 || n.Data[0] != 'h' || n.Data[1] < '1' || n.Data[1] > '6' {
			continue
		}
		level := int(n.Data[1] - '0')
		if level == 1 {
			first++
		}
		if level > before+1 {
			found = append(found, fmt.Sprintf("h%d after h%d: %s", level, before, cut(content(n), 40)))
		}
		if strings.TrimSpace(content(n)) == "" {
			found = append(found, "empty "+n.Data)
		}
		before = level
	}
	if first != 1 {
		found = append(found, fmt.Sprintf("h1 × %d", first))
	}
	return found
}

// wrongPreheader: what a mailbox shows beside the subject comes first in the body, hidden from Outlook too, and nothing else is hidden.
func wrongPreheader(l *letter) (found []string) {
	for _, n := range l.elements {
		if n.Data == "body" {
			first := firstElement(n)
			switch {
			case first == nil || !hidden(first):
				found = append(found, "missing")
			case strings.TrimSpace(content(first)) == "":
				found = append(found, "empty")
			case property(first, "mso-hide") != "all":
				found = append(found, "mso-hide")
			}
			continue
		}
		if hidden(n) && !(n.Parent.Data == "body" && n == firstElement(n.Parent)) {
			found = append(found, tag(n))
		}
	}
	return found
}

func firstElement(n *html.Node) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			return c
		}
	}
	return nil
}

// hidden tells whether the element's own style hides it.
func hidden(n *html.Node) bool { return property(n, "display") == "none" }

// elementChecks look at which elements there are.
var elementChecks = []check{
	{ruleElements, each(wrongElement)},
	{"scripts", each(script)},
	{"images", each(wrongImage)},
	{"links", each(wrongLink)},
}

const ruleElements Rule = "elements"

// shown are the elements that every mail program shows as meant.
var shown = []string{
	"html", "head", "meta", "title", "style", "body", "div", "table", "thead", "tbody", "tr", "td", "th", "h1", "h2", "h3", "p", "span", "a", "b", "strong",
	"em", "i", "br", "img", "ul", "ol", "li", "small", "hr", "caption",
}

func wrongElement(_ *letter, n *html.Node) string {
	if slices.Contains(shown, n.Data) {
		return ""
	}
	return tag(n)
}

func script(_ *letter, n *html.Node) string {
	for _, a := range n.Attr {
		if strings.HasPrefix(a.Key, "on") || strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") {
			return tag(n)
		}
	}
	return ""
}

// wrongImage: a picture says what it shows, has its size, and comes with the mail; one from elsewhere is blocked, and tells who reads.
func wrongImage(_ *letter, n *html.Node) string {
	if n.Data != "img" {
		return ""
	}
	alt, _ := attribute(n, "alt")
	source, _ := attribute(n, "src")
	width, _ := attribute(n, "width")
	height, _ := attribute(n, "height")
	if alt == "" || !whole(width) || !whole(height) || !strings.HasPrefix(source, "cid:") {
		return tag(n)
	}
	return ""
}

// wrongLink: a link leads to a page of ours, by its whole address, and says where.
func wrongLink(l *letter, n *html.Node) string {
	if n.Data != "a" {
		return ""
	}
	href, _ := attribute(n, "href")
	if !l.ours(href) || strings.TrimSpace(content(n)) == "" {
		return tag(n)
	}
	return ""
}

// ours tells whether an address lies under the base.
func (l *letter) ours(address string) bool {
	rest, ok := strings.CutPrefix(address, l.base)
	return ok && (rest == "" || rest[0] == '/')
}
