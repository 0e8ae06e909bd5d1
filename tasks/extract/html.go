package extract

import (
	"bytes"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
)

// webPage begins a web page, or a part of one; some programs save one under the name .doc.
var webPage = regexp.MustCompile(`(?is)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|table|div|p|title|h[1-6])[\s>]`)

// webPageReach is how far into a file its first tag is looked for.
const webPageReach = 8 << 10

// declaredEncoding finds the set of letters that a web page names itself; nil when it names none.
func declaredEncoding(data []byte) encoding.Encoding {
	const farEnough = 1024 // HTML Living Standard, 13.2.3.2
	front := data[:min(len(data), farEnough)]
	if !bytes.Contains(bytes.ToLower(front), []byte("charset")) {
		return nil
	}
	e, name, _ := charset.DetermineEncoding(front, "")
	if name == "utf-8" {
		return nil
	}
	return e
}

// readHTML reads a web page: headings, paragraphs, lists with the numbers that a browser would show, tables. Scripts, styles,
// hidden parts, menus, footnotes and the heads and feet of printed pages are left out.
func readHTML(s string, limits Limits) (*Source, error) {
	root, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return nil, err
	}
	r := &htmlReader{limits: limits}
	r.encoding = guessLegacy(plainText(root, 0, limits))
	f := &htmlFlow{}
	if err := r.children(root, f, htmlState{}, 0); err != nil {
		return nil, err
	}
	if err := r.end(f); err != nil {
		return nil, err
	}
	src := &Source{Format: FormatHTML, Blocks: f.blocks}
	for i := range src.Blocks {
		src.Blocks[i].Index = i + 1
	}
	return src, nil
}

// htmlReader walks the tree of a page. What it counts is bounded by limits.
type htmlReader struct {
	limits                       Limits
	encoding                     legacy
	paragraphs, cells, textBytes int
}

// htmlState is what an element hands down to those within it.
type htmlState struct {
	bold  bool
	pre   bool // line ends count
	style string
	align string
	list  *htmlList
}

// htmlFlow is a stretch of blocks: the page, or a cell.
type htmlFlow struct {
	blocks []Block
	words  strings.Builder
	plain  bool   // words that are not bold stand in the paragraph
	inked  bool   // any words stand in it
	label  string // of the list's item that begins with the paragraph
	level  int
	state  htmlState // of the paragraph's first words
}

// htmlSkipped are left out with all within them.
var htmlSkipped = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Head: true, atom.Noscript: true, atom.Template: true, atom.Iframe: true, atom.Object: true,
	atom.Svg: true, atom.Math: true, atom.Select: true, atom.Button: true, atom.Textarea: true, atom.Nav: true, atom.Del: true, atom.Audio: true, atom.Video: true,
}

// htmlInline do not end a paragraph.
var htmlInline = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.B: true, atom.Bdi: true, atom.Bdo: true, atom.Big: true, atom.Cite: true, atom.Code: true, atom.Em: true,
	atom.Font: true, atom.I: true, atom.Ins: true, atom.Label: true, atom.Mark: true, atom.Q: true, atom.S: true, atom.Small: true, atom.Span: true,
	atom.Strong: true, atom.Sub: true, atom.Sup: true, atom.Time: true, atom.Tt: true, atom.U: true, atom.Var: true, atom.Wbr: true, atom.Img: true, atom.Strike: true,
}

func htmlAttr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// htmlStyle is the style attribute without spaces, in lower case: "text-align:center;font-weight:bold".
func htmlStyle(n *html.Node) string {
	return ";" + strings.ToLower(strings.Join(strings.Fields(htmlAttr(n, "style")), ""))
}

var footnoteName = regexp.MustCompile(`^(?:sd)?(?:foot|end)note`)

// htmlLeftOut tells whether an element is no part of the document's words.
func htmlLeftOut(n *html.Node) bool {
	if htmlSkipped[n.DataAtom] {
		return true
	}
	style := htmlStyle(n)
	if strings.Contains(style, ";display:none") || strings.Contains(style, ";mso-hide:all") || strings.Contains(style, "mso-element:footnote") ||
		strings.Contains(style, "mso-element:endnote") || strings.Contains(style, "mso-element:header") || strings.Contains(style, "mso-element:footer") {
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "id", "class":
			if footnoteName.MatchString(a.Val) {
				return true
			}
		case "title":
			if n.DataAtom == atom.Div && (a.Val == "header" || a.Val == "footer") {
				return true
			}
		}
	}
	return false
}

// plainText gathers the words of a page to tell their encoding by.
func plainText(n *html.Node, depth int, limits Limits) string {
	if depth > limits.Depth || n.Type == html.ElementNode && htmlLeftOut(n) {
		return ""
	}
	if n.Type == html.TextNode {
		return n.Data + "\n"
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(plainText(c, depth+1, limits))
	}
	return b.String()
}

func (r *htmlReader) children(n *html.Node, f *htmlFlow, st htmlState, depth int) error {
	if depth > r.limits.Depth {
		return tooLarge(limitDepth, r.limits.Depth)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if err := r.node(c, f, st, depth); err != nil {
			return err
		}
	}
	return nil
}

func (r *htmlReader) node(n *html.Node, f *htmlFlow, st htmlState, depth int) error {
	switch {
	case n.Type == html.TextNode:
		return r.text(n.Data, f, st)
	case n.Type != html.ElementNode:
		return nil
	case htmlLeftOut(n):
		return nil
	case n.DataAtom == atom.Br:
		f.words.WriteByte('\n')
		return nil
	case n.DataAtom == atom.Table:
		return r.tableOrFlow(n, f, st, depth)
	}
	st = st.within(n)
	if htmlInline[n.DataAtom] || n.DataAtom == 0 {
		return r.children(n, f, st, depth+1)
	}
	if err := r.end(f); err != nil {
		return err
	}
	switch n.DataAtom {
	case atom.Ol, atom.Ul, atom.Menu:
		st.list = newHTMLList(n, st.list)
	case atom.Li:
		if st.list != nil {
			f.label, f.level = st.list.next(n), st.list.level
		}
	}
	if err := r.children(n, f, st, depth+1); err != nil {
		return err
	}
	return r.end(f)
}

// within is the state inside of an element.
func (st htmlState) within(n *html.Node) htmlState {
	style := htmlStyle(n)
	switch n.DataAtom {
	case atom.B, atom.Strong, atom.Th:
		st.bold = true
	case atom.Pre:
		st.pre = true
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		st.style, st.bold = "heading"+n.Data[1:], true
	case atom.Center:
		st.align = "center"
	case atom.P, atom.Div, atom.Td:
		st.align = ""
	}
	switch {
	case strings.Contains(style, ";font-weight:bold"), strings.Contains(style, ";font-weight:700"):
		st.bold = true
	case strings.Contains(style, ";font-weight:normal"), strings.Contains(style, ";font-weight:400"):
		st.bold = false
	}
	for _, align := range []string{"center", "right"} {
		if strings.EqualFold(htmlAttr(n, "align"), align) || strings.Contains(style, ";text-align:"+align) {
			st.align = align
		}
	}
	return st
}

func (r *htmlReader) text(s string, f *htmlFlow, st htmlState) error {
	s = r.encoding.decode(s, false)
	r.textBytes += len(s)
	if r.textBytes > r.limits.TextBytes {
		return tooLarge(limitText, r.limits.TextBytes)
	}
	lines := splitLines(s)
	if st.pre {
		f.add(strings.Join(lines, "\n"), st)
	} else {
		f.add(strings.Join(lines, " "), st)
	}
	return nil
}

func (f *htmlFlow) add(s string, st htmlState) {
	if strings.TrimSpace(s) != "" {
		if !f.inked {
			f.state = st
		}
		f.inked = true
		f.plain = f.plain || !st.bold
	}
	f.words.WriteString(s)
}

// end closes the paragraph. A line that a break ends is a paragraph too, unless the next one can only be its rest.
func (r *htmlReader) end(f *htmlFlow) error {
	var paras []string
	for line := range strings.SplitSeq(f.words.String(), "\n") {
		line = cleanText(line)
		if line == "" {
			continue
		}
		if n := len(paras); n > 0 && (startsLower(line) && !listMark.MatchString(line) || dangling.MatchString(paras[n-1])) {
			paras[n-1] += " " + line
			continue
		}
		paras = append(paras, line)
	}
	first := f.state
	for i, text := range paras {
		r.paragraphs++
		if r.paragraphs > r.limits.Paragraphs {
			return tooLarge(limitParas, r.limits.Paragraphs)
		}
		b := Block{Kind: Paragraph, Text: text, Bold: f.inked && !f.plain, Style: first.style, Align: first.align}
		if i == 0 && f.label != "" {
			b.Label, b.Level = f.label, f.level
			if b.Style == "" {
				b.Style = "list"
			}
		}
		f.blocks = append(f.blocks, b)
	}
	if len(paras) > 0 {
		f.label = ""
	}
	f.words.Reset()
	f.plain, f.inked = false, false
	return nil
}
