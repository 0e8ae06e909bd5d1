package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// page is one answer.
type page struct {
	t        *testing.T
	client   *client
	path     string
	status   int
	header   http.Header
	location string // of a redirect, without this host
	body     string
	root     *html.Node
}

// want fails the test when the status is another.
func (p *page) want(status int) *page {
	p.t.Helper()
	if p.status != status {
		p.t.Fatalf("%s: status %d, want %d: %s", p.path, p.status, status, p.text())
	}
	return p
}

// wantRedirect fails the test when the answer does not lead there.
func (p *page) wantRedirect(to string) *page {
	p.t.Helper()
	if p.want(http.StatusSeeOther); p.location != to {
		p.t.Fatalf("%s: leads to %q, want %q", p.path, p.location, to)
	}
	return p
}

// wantText fails the test when the page does not say each of the texts.
func (p *page) wantText(texts ...string) *page {
	p.t.Helper()
	for _, s := range texts {
		if !p.has(s) {
			p.t.Errorf("%s: does not say %q: %s", p.path, s, p.text())
		}
	}
	return p
}

// wantNoText fails the test when the page, its attributes included, holds one of the texts.
func (p *page) wantNoText(texts ...string) *page {
	p.t.Helper()
	for _, s := range texts {
		if strings.Contains(html.UnescapeString(p.body), s) || p.has(s) {
			p.t.Errorf("%s: holds %q", p.path, s)
		}
	}
	return p
}

// follow goes where a redirect leads.
func (p *page) follow() *page {
	p.t.Helper()
	p.want(http.StatusSeeOther)
	return p.client.get(p.location)
}

// doc is the parsed page.
func (p *page) doc() *html.Node {
	if p.root == nil {
		p.root = must(html.Parse(strings.NewReader(p.body)))(p.t)
	}
	return p.root
}

// text is what a person reads on the page, white space made single.
func (p *page) text() string { return textOf(p.doc()) }

// has tells whether the page says the text.
func (p *page) has(s string) bool { return strings.Contains(p.text(), s) }

// h1 is the headline.
func (p *page) h1() string { return p.textOfFirst("h1") }

func (p *page) textOfFirst(element string) string {
	for _, n := range p.elements(element) {
		return textOf(n)
	}
	return ""
}

// elements lists the page's elements of that name, in order.
func (p *page) elements(name string) []*html.Node { return elements(p.doc(), name) }

// links lists where the links in <main> lead.
func (p *page) links() []string {
	var out []string
	for _, main := range p.elements("main") {
		for _, a := range elements(main, "a") {
			out = append(out, attribute(a, "href"))
		}
	}
	return out
}

// value is what the control of that name holds; ok is false when the page has none.
func (p *page) value(name string) (value string, ok bool) {
	for n := range p.doc().Descendants() {
		if n.Type == html.ElementNode && attribute(n, "name") == name && slices.Contains([]string{"input", "textarea", "select"}, n.Data) {
			return strings.Join(sent(n), ","), true
		}
	}
	return "", false
}

// actions lists where the page's forms go: "POST /logout".
func (p *page) actions() []string {
	var out []string
	for _, f := range p.elements("form") {
		out = append(out, strings.ToUpper(attribute(f, "method"))+" "+attribute(f, "action"))
	}
	return out
}

// form is what a browser would send of the form that goes there, buttons left out. The test ends when the page has no such form.
func (p *page) form(action string) url.Values {
	p.t.Helper()
	for _, f := range p.elements("form") {
		if attribute(f, "action") != action {
			continue
		}
		values := make(url.Values)
		add := func(n *html.Node) {
			if name := attribute(n, "name"); n.Type == html.ElementNode && name != "" {
				for _, v := range sent(n) {
					values.Add(name, v)
				}
			}
		}
		for n := range f.Descendants() {
			add(n)
		}
		for n := range p.doc().Descendants() {
			if owner := attribute(n, "form"); owner != "" && owner == attribute(f, "id") {
				add(n)
			}
		}
		return values
	}
	p.t.Fatalf("%s: no form goes to %s; there are %q: %s", p.path, action, p.actions(), p.text())
	return nil
}

// sent lists the values that a control sends.
func sent(n *html.Node) []string {
	switch n.Data {
	case "textarea":
		// A parser drops the newline that the template writes first.
		return []string{rawText(n)}
	case "select":
		var values []string
		options := elements(n, "option")
		for _, o := range options {
			if has(o, "selected") {
				values = append(values, attribute(o, "value"))
			}
		}
		if len(values) == 0 && len(options) > 0 && !has(n, "multiple") {
			values = append(values, attribute(options[0], "value"))
		}
		return values
	case "input":
		switch attribute(n, "type") {
		case "checkbox", "radio":
			if !has(n, "checked") {
				return nil
			}
			if !has(n, "value") {
				return []string{"on"}
			}
		case "file", "submit":
			return nil
		}
		return []string{attribute(n, "value")}
	}
	return nil
}

func elements(root *html.Node, name string) []*html.Node {
	var out []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == name {
			out = append(out, n)
		}
	}
	return out
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

func rawText(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// textOf is the element's text, white space made single; what stands in different blocks or cells is kept apart.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode && (d.Parent == nil || d.Parent.Data != "script" && d.Parent.Data != "style"):
			b.WriteString(d.Data)
		case d.Type == html.ElementNode && !slices.Contains([]string{"a", "b", "strong", "small", "span", "q", "time"}, d.Data):
			b.WriteString(" ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// controlType is the type of the first input of that name; "" when the page has none.
func (p *page) controlType(name string) string {
	for _, n := range p.elements("input") {
		if attribute(n, "name") == name {
			return attribute(n, "type")
		}
	}
	return ""
}
