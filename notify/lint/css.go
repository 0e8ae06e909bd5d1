package lint

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// declaration is one line of a style.
type declaration struct {
	name, value string
	important   bool
}

// rule is what a style block says of some elements, under a media query or "".
type rule struct {
	media     string
	selectors []string
	declared  []declaration
}

// block is a style element.
type block struct {
	text  string
	rules []rule
	// broken tells that its braces do not match; nested, that an at-rule holds another; at are its at-rules' names.
	broken, nested bool
	at             []string
}

// style is an element's own style.
func style(n *html.Node) string {
	if n == nil || n.Type != html.ElementNode {
		return ""
	}
	value, _ := attribute(n, "style")
	return value
}

// property is the value of a property in an element's own style, in small letters; "" when it is not there.
func property(n *html.Node, name string) string {
	for _, d := range slices.Backward(declarations(style(n))) {
		if d.name == name {
			return strings.ToLower(d.value)
		}
	}
	return ""
}

// declarations reads "a: b; c: d". A semicolon within quotes or brackets ends none.
func declarations(text string) (out []declaration) {
	for _, line := range apart(text, ';') {
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		d := declaration{name: strings.ToLower(strings.TrimSpace(name)), value: strings.TrimSpace(value)}
		if rest, ok := strings.CutSuffix(strings.ToLower(d.value), "!important"); ok {
			d.value, d.important = strings.TrimSpace(d.value[:len(rest)]), true
		}
		out = append(out, d)
	}
	return out
}

// apart splits a text at the separators that are in no quotes and no brackets.
func apart(text string, separator rune) (parts []string) {
	depth, quote, from := 0, rune(0), 0
	for i, r := range text {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '\'' || r == '"':
			quote = r
		case r == '(':
			depth++
		case r == ')':
			depth--
		case r == separator && depth == 0:
			parts = append(parts, text[from:i])
			from = i + 1
		}
	}
	return append(parts, text[from:])
}

// readBlock reads the rules of a style element.
func readBlock(text string) block {
	b := block{text: text}
	b.read(text, "")
	return b
}

func (b *block) read(text, media string) {
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		if rest, ok := strings.CutPrefix(text, "/*"); ok {
			_, after, closed := strings.Cut(rest, "*/")
			b.broken = b.broken || !closed
			text = after
			continue
		}
		open := strings.IndexAny(text, "{;")
		if open < 0 || text[open] == ';' {
			if name, ok := strings.CutPrefix(text, "@"); ok {
				b.at = append(b.at, firstWord(name))
			} else {
				b.broken = true
			}
			if open < 0 {
				return
			}
			text = text[open+1:]
			continue
		}
		head := strings.TrimSpace(text[:open])
		inside, after, ok := braced(text[open:])
		if !ok {
			b.broken = true
			return
		}
		text = after
		if name, ok := strings.CutPrefix(head, "@"); ok {
			b.at = append(b.at, firstWord(name))
			b.nested = b.nested || media != ""
			if firstWord(name) == "media" {
				b.read(inside, strings.TrimSpace(strings.TrimPrefix(name, "media")))
			}
			continue
		}
		r := rule{media: media, declared: declarations(inside)}
		for _, s := range strings.Split(head, ",") {
			r.selectors = append(r.selectors, strings.TrimSpace(s))
		}
		b.rules = append(b.rules, r)
	}
}

// braced is what is between the first brace of the text and the one that closes it.
func braced(text string) (inside, after string, ok bool) {
	depth := 0
	for i, r := range text {
		switch r {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return text[1:i], text[i+1:], true
			}
		}
	}
	return "", "", false
}

func firstWord(text string) string {
	if i := strings.IndexAny(text, " (;{"); i >= 0 {
		text = text[:i]
	}
	return strings.ToLower(text)
}

// value is the value of a property in the rule; "" when it is not there.
func (r rule) value(name string) string {
	for _, d := range slices.Backward(r.declared) {
		if d.name == name {
			return strings.ToLower(d.value)
		}
	}
	return ""
}

// fits tells whether one of the rule's selectors is of the element: by element, class or both, which is all that Gmail keeps for certain.
func (r rule) fits(n *html.Node) bool {
	return slices.ContainsFunc(r.selectors, func(s string) bool {
		name, class, hasClass := strings.Cut(s, ".")
		return (name == "" || name == n.Data) && (!hasClass || slices.Contains(classes(n), class)) && (name != "" || hasClass)
	})
}
