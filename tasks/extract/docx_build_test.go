package extract

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"
)

const (
	wordRoot = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ` +
		`xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" ` +
		`xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" ` +
		`xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">`
	wordNS = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"`
)

// docxParts are the parts of a Word file under test; empty ones are left out.
type docxParts struct{ body, styles, numbering string }

func (p docxParts) bytes(tb testing.TB) []byte {
	tb.Helper()
	parts := map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ` +
			`ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ` +
			`ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" ` +
			`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml": wordRoot + "<w:body>" + p.body + "<w:sectPr/></w:body></w:document>",
	}
	if p.styles != "" {
		parts["word/styles.xml"] = "<w:styles" + wordNS + ">" + p.styles + "</w:styles>"
	}
	if p.numbering != "" {
		parts["word/numbering.xml"] = "<w:numbering" + wordNS + ">" + p.numbering + "</w:numbering>"
	}
	return zipOf(tb, parts)
}

func (p docxParts) read(t *testing.T) []Block {
	t.Helper()
	src, err := Read("thử.docx", p.bytes(t))
	if err != nil {
		t.Fatal(err)
	}
	return src.Blocks
}

func zipOf(tb testing.TB, parts map[string]string) []byte {
	tb.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, content := range parts {
		w, err := z.Create(name)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return buf.Bytes()
}

// run and para write the commonest markup.
func run(text string) string { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }

func para(props string, runs ...string) string {
	return "<w:p><w:pPr>" + props + "</w:pPr>" + strings.Join(runs, "") + "</w:p>"
}

func numbered(num, lvl, text string) string {
	return para(`<w:numPr><w:ilvl w:val="`+lvl+`"/><w:numId w:val="`+num+`"/></w:numPr>`, run(text))
}

// lines writes blocks one a line: label and words; tables as rows of cells.
func lines(blocks []Block) string {
	var out []string
	for _, b := range blocks {
		if b.Kind == Table {
			out = append(out, rowsText(b.Rows)...)
			continue
		}
		out = append(out, strings.TrimSpace(b.Label+" "+b.Text))
	}
	return strings.Join(out, "\n")
}

func rowsText(rows []Row) []string {
	var out []string
	for _, r := range rows {
		var b strings.Builder
		for _, c := range r.Cells {
			b.WriteString("|")
			b.WriteString(strings.Repeat("-", c.Span-1))
			if c.Continued {
				b.WriteString("^")
			}
			b.WriteString(strings.ReplaceAll(c.Text, "\n", "⏎"))
		}
		out = append(out, b.String())
	}
	return out
}

func wantLines(t *testing.T, blocks []Block, want ...string) {
	t.Helper()
	if got := lines(blocks); got != strings.Join(want, "\n") {
		t.Errorf("read:\n%s\nwant:\n%s", got, strings.Join(want, "\n"))
	}
}

func wantKey(t *testing.T, err error, key string) {
	t.Helper()
	fe, ok := errors.AsType[*FileError](err)
	if !ok {
		t.Fatalf("error %v (%T), want a FileError with %s", err, err, key)
	}
	if fe.Key != key {
		t.Errorf("key %s (%v), want %s", fe.Key, err, key)
	}
}
