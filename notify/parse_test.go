package notify_test

import (
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"tiendo/notify/message"
)

// parsed is a mail as a mail program takes it apart.
type parsed struct {
	kind, from, to, subject, date string
	text, html                    string
	outline                       []string // headings, cells and links of the HTML in order
	links                         []string // of the HTML, each once
	rows                          []string // links to assignments
	more                          string   // what the HTML says of duties left out
}

func parse(t *testing.T, body string) parsed {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(body))
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
	p := parsed{kind: header(message.KindHeader), from: header("From"), to: header("To"), subject: header("Subject"), date: header("Date")}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	r := multipart.NewReader(m.Body, params["boundary"])
	for {
		part, err := r.NextRawPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(string(content), "\r\n", "\n")
		if strings.HasPrefix(part.Header.Get("Content-Type"), "text/html") {
			p.html = text
		} else {
			p.text = text
		}
	}
	p.takeApart(t)
	lint(t, p)
	return p
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

var (
	refused   = regexp.MustCompile(`(?i)display:\s*(flex|grid)|position:|float:|<img|<script|<form|<link|@import|url\(|ZgotmplZ|#ZgotmplZ`)
	fractions = regexp.MustCompile(`width="[^"]*[^0-9%"][^"]*"|width="\d+\.\d+`)
	unworded  = regexp.MustCompile(`\[[a-z_]+\.[a-z_.]+\]`) // a key without words
	headings  = regexp.MustCompile(`<h1[ >]`)
)

// lint holds every mail to what Outlook's Word engine and Gmail show, and to the design's rules.
func lint(t *testing.T, p parsed) {
	t.Helper()
	problem := func(format string, args ...any) {
		t.Helper()
		t.Errorf("mail %q: "+format, append([]any{p.subject}, args...)...)
	}
	if len(p.html) > 100_000 {
		problem("HTML has %d octets", len(p.html))
	}
	late := "QUÁ HẠN"
	switch {
	case strings.Contains(p.html, `<html lang="en"`):
		late = "OVERDUE"
	case !strings.Contains(p.html, `<html lang="vi"`):
		problem("no language")
	}
	if n := len(headings.FindAllString(p.html, -1)); n != 1 {
		problem("%d h1", n)
	}
	for _, re := range []*regexp.Regexp{refused, fractions, unworded} {
		if found := re.FindString(p.html); found != "" {
			problem("HTML holds %s", found)
		}
	}
	if found := unworded.FindString(p.text + p.subject); found != "" {
		problem("text holds %s", found)
	}
	for _, link := range p.links {
		if !strings.HasPrefix(link, baseURL+"/") {
			problem("link %q does not lead to the base URL", link)
		}
		if !strings.Contains(p.text, link) {
			problem("link %q is missing in the plain text", link)
		}
	}
	// What is red says so in words.
	if red := strings.Count(p.html, "color:#b3261e"); red > strings.Count(p.html, late) {
		problem("%d times red, %d times the words", red, strings.Count(p.html, late))
	}
}
