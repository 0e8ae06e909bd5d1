package office

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"io"
	"strconv"
	"strings"
)

// Properties are a document's.
type Properties struct {
	Title string
	// Language is a BCP 47 tag, of spelling and hyphenation; "vi-VN" when empty.
	Language string
	// Landscape lays the first section's pages sideways.
	Landscape bool
}

// Align is how a paragraph stands in its line.
type Align string

// The ways in which a paragraph stands.
const (
	Left    Align = "left"
	Center  Align = "center"
	Right   Align = "right"
	Justify Align = "both"
)

// Style is how a paragraph looks. The zero value is text of 14 points, at the left.
type Style struct {
	Bold, Italic, Underline bool
	Size                    float64 // points; 0: 14
	Align                   Align
	Indent                  bool    // the first line begins 12.7 mm further right
	Before, After           float64 // points between this and its neighbours
	KeepNext                bool    // stays on the page of what follows
	// Rule draws a line below, over that part of the width, in the middle: 0.5 is half of it.
	Rule float64
}

// bodySize is the size of text in points (Nghị định 30/2020/NĐ-CP, annex I, part V: 13 to 14).
const bodySize = 14

// Document is a .docx that is being written. Methods after an error do nothing; Close answers it.
type Document struct {
	zip       *zip.Writer
	body      *bufio.Writer
	landscape bool
	restart   bool // the section counts its pages from 1
	err       error
}

// NewDocument begins a document: A4 with the margins of Nghị định 30/2020/NĐ-CP (annex I, part I), Times New Roman, pages numbered at
// the top in the middle from the second on (annex I, part II, 9e). The parts are written as they come: w gets them at once.
func NewDocument(w io.Writer, p Properties) *Document {
	d := &Document{zip: zip.NewWriter(w), landscape: p.Landscape}
	if p.Language == "" {
		p.Language = "vi-VN"
	}
	for _, part := range parts(p) {
		if d.err != nil {
			return d
		}
		d.part(part.name, part.text)
	}
	if d.err != nil {
		return d
	}
	body, err := d.zip.Create("word/document.xml")
	d.err, d.body = err, bufio.NewWriterSize(body, 1<<15)
	d.raw(xmlHead + `<w:document ` + nameSpaces + `><w:body>`)
	return d
}

func (d *Document) part(name, text string) {
	var w io.Writer
	if w, d.err = d.zip.Create(name); d.err == nil {
		_, d.err = io.WriteString(w, text)
	}
}

// Close ends the last section and the file.
func (d *Document) Close() error {
	d.raw(d.section() + `</w:body></w:document>`)
	if d.err == nil {
		d.err = d.body.Flush()
	}
	if err := d.zip.Close(); d.err == nil {
		d.err = err
	}
	return d.err
}

func (d *Document) raw(text string) {
	if d.err == nil {
		_, d.err = d.body.WriteString(text)
	}
}

// Text writes a paragraph; line feeds of the text stay in it.
func (d *Document) Text(text string, s Style) { d.raw(paragraph(text, s)) }

// Sides writes two columns without lines around them, the left one as wide as share says (0.4: two fifths). Each has paragraphs.
func (d *Document) Sides(share float64, left, right []Line) {
	total := d.width()
	widths := []int{int(float64(total) * share), 0}
	widths[1] = total - widths[0]
	d.raw(`<w:tbl><w:tblPr><w:tblW w:w="` + strconv.Itoa(total) + `" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>` +
		`<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>` + grid(widths) + `<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
	for i, lines := range [][]Line{left, right} {
		d.raw(`<w:tc><w:tcPr><w:tcW w:w="` + strconv.Itoa(widths[i]) + `" w:type="dxa"/></w:tcPr>`)
		for _, l := range lines {
			d.raw(ruled(l.Text, l.Style, widths[i]))
		}
		if len(lines) == 0 {
			d.raw(`<w:p/>`)
		}
		d.raw(`</w:tc>`)
	}
	d.raw(`</w:tr></w:tbl>`)
}

// Line is a paragraph with its style.
type Line struct {
	Text  string
	Style Style
}

// Section ends the section that stands and begins the next on a new page. Its pages are counted from 1: annexes are counted by
// themselves (Nghị định 30/2020/NĐ-CP, annex I, part IV).
func (d *Document) Section(landscape bool) {
	d.raw(`<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>` + d.section() + `</w:pPr></w:p>`)
	d.landscape, d.restart = landscape, true
}

// Lengths in twentieths of a point: A4, and the margins of 20 mm above and below, 30 mm left, 15 mm right.
const (
	paperShort, paperLong              = 11906, 16838
	marginTop, marginLeft, marginRight = 1134, 1701, 850
	marginHeader, firstLine            = 567, 720
)

// width is that of the text.
func (d *Document) width() int {
	if d.landscape {
		return paperLong - marginLeft - marginRight
	}
	return paperShort - marginLeft - marginRight
}

func (d *Document) section() string {
	size := `<w:pgSz w:w="` + strconv.Itoa(paperShort) + `" w:h="` + strconv.Itoa(paperLong) + `"/>`
	if d.landscape {
		size = `<w:pgSz w:w="` + strconv.Itoa(paperLong) + `" w:h="` + strconv.Itoa(paperShort) + `" w:orient="landscape"/>`
	}
	count := ""
	if d.restart {
		count = `<w:pgNumType w:start="1"/>`
	}
	top := strconv.Itoa(marginTop)
	return `<w:sectPr><w:headerReference w:type="default" r:id="rHeader"/><w:headerReference w:type="first" r:id="rFirst"/>` + size +
		`<w:pgMar w:top="` + top + `" w:right="` + strconv.Itoa(marginRight) + `" w:bottom="` + top + `" w:left="` + strconv.Itoa(marginLeft) +
		`" w:header="` + strconv.Itoa(marginHeader) + `" w:footer="` + strconv.Itoa(marginHeader) + `" w:gutter="0"/>` + count + `<w:titlePg/></w:sectPr>`
}

func grid(widths []int) string {
	var b strings.Builder
	b.WriteString(`<w:tblGrid>`)
	for _, w := range widths {
		b.WriteString(`<w:gridCol w:w="` + strconv.Itoa(w) + `"/>`)
	}
	b.WriteString(`</w:tblGrid>`)
	return b.String()
}

// escaped is a cleaned text for the inside of an element.
func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a strings.Builder takes everything
	return b.String()
}
