package office

import (
	"strconv"
	"strings"
)

// paragraph writes a paragraph; its rule, if any, is as wide as its part of the text's width.
func paragraph(text string, s Style) string {
	return ruled(text, s, paperShort-marginLeft-marginRight)
}

// ruled is a paragraph in a column so wide.
func ruled(text string, s Style, width int) string {
	out := `<w:p>` + paragraphStyle(s) + run(text, s) + `</w:p>`
	if s.Rule <= 0 {
		return out
	}
	// A paragraph of its own, one point high, whose upper border is the line: a border below the text would be as wide as the column.
	indent := strconv.Itoa(int(float64(width) * (1 - min(s.Rule, 1)) / 2))
	return out + `<w:p><w:pPr><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>` +
		`<w:spacing w:before="50" w:after="0" w:line="60" w:lineRule="exact"/><w:ind w:left="` + indent + `" w:right="` + indent + `"/></w:pPr></w:p>`
}

func twentieths(points float64) string { return strconv.Itoa(int(20 * points)) }

func paragraphStyle(s Style) string {
	var b strings.Builder
	b.WriteString(`<w:pPr>`)
	if s.KeepNext {
		b.WriteString(`<w:keepNext/>`)
	}
	b.WriteString(`<w:spacing w:before="` + twentieths(s.Before) + `" w:after="` + twentieths(s.After) + `"/>`)
	if s.Indent {
		b.WriteString(`<w:ind w:firstLine="` + strconv.Itoa(firstLine) + `"/>`)
	}
	align := s.Align
	if align == "" {
		align = Left
	}
	b.WriteString(`<w:jc w:val="` + string(align) + `"/></w:pPr>`)
	return b.String()
}

// run is the text of one style; tabs and line feeds become Word's.
func run(text string, s Style) string {
	text = Clean(text)
	if text == "" {
		return ""
	}
	var b strings.Builder
	b.WriteString(`<w:r><w:rPr>`)
	if s.Bold {
		b.WriteString(`<w:b/>`)
	}
	if s.Italic {
		b.WriteString(`<w:i/>`)
	}
	size := s.Size
	if size == 0 {
		size = bodySize
	}
	half := strconv.Itoa(int(2 * size))
	b.WriteString(`<w:sz w:val="` + half + `"/><w:szCs w:val="` + half + `"/>`)
	if s.Underline {
		b.WriteString(`<w:u w:val="single"/>`)
	}
	b.WriteString(`</w:rPr>`)
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteString(`<w:br/>`)
		}
		for j, piece := range strings.Split(line, "\t") {
			if j > 0 {
				b.WriteString(`<w:tab/>`)
			}
			if piece != "" {
				b.WriteString(`<w:t xml:space="preserve">` + escaped(piece) + `</w:t>`)
			}
		}
	}
	b.WriteString(`</w:r>`)
	return b.String()
}

// cellSize is the size of text in tables, in points.
const cellSize = 11

// WriteTable writes the list as a table as wide as the text: its head is repeated on each page, and no row is cut between two.
func WriteTable[T any](d *Document, t Table[T]) {
	widths := columnWidths(t.Columns, d.width())
	d.raw(`<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="` + strconv.Itoa(d.width()) + `" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>` +
		grid(widths) + `<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for i, c := range t.Columns {
		d.cell(c.Head, Style{Bold: true, Size: cellSize, Align: Center}, widths[i], 1, true)
	}
	d.raw(`</w:tr>`)
	group, first := "", true
	for row, err := range t.Rows {
		if err != nil && d.err == nil {
			d.err = err
		}
		if d.err != nil {
			return
		}
		if t.Group != nil {
			if g := t.Group(row); g != group || first {
				d.whole(g, Style{Bold: true, Size: cellSize, KeepNext: true}, len(t.Columns))
				group = g
			}
		}
		first = false
		d.raw(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		for i, c := range t.Columns {
			text, centred := plain(c.Value(row))
			style := Style{Size: cellSize}
			if centred || c.Center {
				style.Align = Center
			}
			d.cell(text, style, widths[i], 1, false)
		}
		d.raw(`</w:tr>`)
	}
	if first {
		d.whole(t.Empty, Style{Italic: true, Size: cellSize}, len(t.Columns))
	}
	d.raw(`</w:tbl>`)
}

// Widths of columns in twentieths of a point: of a date, and the least of any.
const (
	paperDate, narrowest = 1200, 600
)

// columnWidths share the width: what dates need, and for the others what is left in their proportion.
func columnWidths[T any](columns []Column[T], width int) []int {
	widths := make([]int, len(columns))
	left, sum, widest := width, 0.0, 0
	for i, c := range columns {
		if c.Width == 0 {
			widths[i] = paperDate
			left -= paperDate
		} else {
			sum += c.Width
		}
	}
	total := 0
	for i, c := range columns {
		if c.Width != 0 {
			widths[i] = max(narrowest, int(float64(left)*c.Width/sum))
		}
		if widths[i] > widths[widest] {
			widest = i
		}
		total += widths[i]
	}
	// Rounding and the least widths are the widest column's.
	widths[widest] += width - total
	return widths
}

// whole is a row that is one cell over all columns.
func (d *Document) whole(text string, s Style, columns int) {
	d.raw(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
	d.cell(text, s, d.width(), columns, false)
	d.raw(`</w:tr>`)
}

func (d *Document) cell(text string, s Style, width, span int, head bool) {
	properties := `<w:tcW w:w="` + strconv.Itoa(width) + `" w:type="dxa"/>`
	if span > 1 {
		properties += `<w:gridSpan w:val="` + strconv.Itoa(span) + `"/>`
	}
	if head {
		properties += `<w:shd w:val="clear" w:color="auto" w:fill="E8E8E8"/><w:vAlign w:val="center"/>`
	}
	d.raw(`<w:tc><w:tcPr>` + properties + `</w:tcPr><w:p>` + paragraphStyle(s) + run(text, s) + `</w:p></w:tc>`)
}
