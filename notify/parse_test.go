package notify_test

import (
	"mime"
	netmail "net/mail"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"tiendo/notify/lint"
	"tiendo/notify/message"
	"tiendo/tasks"
)

// parsed is a mail as a mail program takes it apart; parse holds each to the lint.
type parsed struct {
	header                        netmail.Header
	kind, from, to, subject, date string
	text, html                    string
	outline                       []string // headings, cells and links of the HTML in order
	links                         []string // of the HTML, each once
	rows                          []string // links to assignments
	more                          string   // what the HTML says of duties left out
	files                         []lint.File
}

func parse(t *testing.T, body string) parsed {
	t.Helper()
	m, err := lint.Read([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	var words mime.WordDecoder
	header := func(name string) string {
		s, err := words.DecodeHeader(m.Header.Get(name))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	p := parsed{
		header: m.Header, kind: header(message.KindHeader), from: header("From"), to: header("To"), subject: m.Subject, date: header("Date"),
		text: m.Text, html: m.HTML, files: m.Files,
	}
	for _, f := range m.Check(baseURL) {
		t.Errorf("mail %q: %s", m.Subject, f)
	}
	p.takeApart(t)
	p.keep(t)
	return p
}

// parsedTo are the mails of the kind that were sent to the address, taken apart.
func (w *world) parsedTo(kind tasks.NoticeKind, to string) (mails []parsed) {
	w.t.Helper()
	for _, r := range w.server.all() {
		if m := parse(w.t, r.body); m.kind == string(kind) && r.to == to {
			mails = append(mails, m)
		}
	}
	return mails
}

func (p *parsed) takeApart(t *testing.T) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(p.html))
	if err != nil {
		t.Fatal(err)
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			if s := strings.TrimSpace(strings.Trim(n.Data, "\u00a0 \n")); s != "" {
				p.outline = append(p.outline, s)
			}
			return
		case n.Type == html.ElementNode && n.Data == "a":
			href := attribute(n, "href")
			s := strings.TrimSpace(content(n))
			p.outline = append(p.outline, s+" <"+href+">")
			if !slices.Contains(p.links, href) {
				p.links = append(p.links, href)
			}
			if strings.HasPrefix(href, baseURL+"/assignments/") {
				p.rows = append(p.rows, href)
			}
			if strings.HasPrefix(s, "và ") {
				p.more = s
			}
			return
		case n.Type == html.ElementNode && (n.Data == "h1" || n.Data == "h2"):
			p.outline = append(p.outline, strings.Repeat("#", int(n.Data[1]-'0'))+" "+strings.TrimSpace(content(n)))
			return
		case n.Type == html.ElementNode && (n.Data == "style" || n.Data == "title"):
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func content(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(content(c))
	}
	return b.String()
}
