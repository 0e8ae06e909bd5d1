package extract

import (
	"encoding/xml"
	"strings"
)

// tableReader builds one table; cells merged downwards are remembered by the column they begin in.
type tableReader struct {
	*docxReader
	rows  []Row
	above map[int]Cell // the first cell of each vertical merge that is still open
}

// rowProps is what a row's properties say.
type rowProps struct {
	before  int // columns of the grid left empty before the first cell
	header  bool
	dropped bool // deleted by a tracked change, or hidden
}

// cellProps is what a cell's properties say.
type cellProps struct {
	span    int
	down    mergeKind
	right   mergeKind
	dropped bool // deleted by a tracked change
}

type mergeKind int8

const (
	mergeNone mergeKind = iota
	mergeFirst
	mergeNext
)

// table reads the open w:tbl and puts it on the flow, unless it has no words at all.
func (r *docxReader) table(f *flow) error {
	if err := r.flush(f); err != nil {
		return err
	}
	t := &tableReader{docxReader: r, above: map[int]Cell{}}
	if err := r.children(t.part); err != nil {
		return err
	}
	for _, row := range t.rows {
		for _, c := range row.Cells {
			if c.Text != "" {
				f.blocks = append(f.blocks, Block{Kind: Table, Rows: t.rows})
				return nil
			}
		}
	}
	return nil
}

// part reads one child of a table, or of a wrapper around rows.
func (t *tableReader) part(el xml.StartElement) error {
	switch tag(el.Name) {
	case "tr":
		return t.row()
	case "sdt", "sdtContent", "customXml", "ins", "moveTo":
		return t.children(t.part)
	case "AlternateContent":
		return t.alternate(func() (bool, error) {
			before := len(t.rows)
			err := t.children(t.part)
			return len(t.rows) > before, err
		})
	}
	return t.skip()
}

func (t *tableReader) row() error {
	var props rowProps
	var cells []Cell
	col := 0
	var part func(el xml.StartElement) error
	part = func(el xml.StartElement) error {
		switch tag(el.Name) {
		case "trPr":
			var err error
			props, err = t.rowProps()
			col = props.before
			return err
		case "tc":
			if props.dropped {
				return t.skip()
			}
			return t.cell(&cells, &col)
		case "sdt", "sdtContent", "customXml":
			return t.children(part)
		}
		return t.skip()
	}
	if err := t.children(part); err != nil {
		return err
	}
	if !props.dropped {
		t.rows = append(t.rows, Row{Number: len(t.rows) + 1, Header: props.header, Cells: cells})
	}
	return nil
}

func (t *tableReader) rowProps() (rowProps, error) {
	var p rowProps
	err := t.children(func(el xml.StartElement) error {
		switch tag(el.Name) {
		case "gridBefore":
			p.before = min(max(valInt(el, 0), 0), t.limits.Cells)
		case "tblHeader":
			p.header = toggle(el) > 0
		case "hidden":
			p.dropped = p.dropped || toggle(el) > 0
		case "del", "moveFrom":
			p.dropped = true
		}
		return t.skip()
	})
	return p, err
}

func (t *tableReader) cellProps() (cellProps, error) {
	p := cellProps{span: 1}
	err := t.children(func(el xml.StartElement) error {
		switch tag(el.Name) {
		case "gridSpan":
			p.span = min(max(valInt(el, 1), 1), t.limits.Cells)
		case "vMerge":
			p.down = mergeKindOf(el)
		case "hMerge":
			p.right = mergeKindOf(el)
		case "cellDel":
			p.dropped = true
		}
		return t.skip()
	})
	return p, err
}

// mergeKindOf: without a value a merge goes on (ECMA-376 part 1, 17.4.84).
func mergeKindOf(el xml.StartElement) mergeKind {
	if attr(el, "val") == "restart" {
		return mergeFirst
	}
	return mergeNext
}

func (t *tableReader) cell(cells *[]Cell, col *int) error {
	t.cells++
	if t.cells > t.limits.Cells {
		return tooLarge(limitCells, t.limits.Cells)
	}
	props := cellProps{span: 1}
	content := &flow{}
	err := t.children(func(el xml.StartElement) error {
		if tag(el.Name) == "tcPr" {
			var err error
			props, err = t.cellProps()
			return err
		}
		return t.block(el, content)
	})
	if err == nil {
		err = t.flush(content)
	}
	if err != nil || props.dropped {
		return err
	}
	text, bold := cellText(content.blocks)
	if last := len(*cells) - 1; props.right == mergeNext && last >= 0 {
		before := &(*cells)[last]
		before.Span += props.span
		before.Text = joinLines(before.Text, text)
		*col += props.span
		return nil
	}
	c := Cell{Col: *col, Span: props.span, Text: text, Bold: bold}
	first, open := t.above[c.Col]
	switch {
	case props.down == mergeNext && open:
		c.Text, c.Bold, c.Continued = first.Text, first.Bold, true
		if err := t.countText(len(c.Text)); err != nil {
			return err
		}
	case props.down == mergeNone:
		delete(t.above, c.Col)
	default:
		t.above[c.Col] = c
	}
	*cells = append(*cells, c)
	*col += props.span
	return nil
}

// cellText joins the paragraphs of a cell by "\n", each with its label before it: a column of running numbers often holds
// nothing else. A table inside of the cell gives one line a row.
func cellText(blocks []Block) (text string, bold bool) {
	var lines []string
	words, plain := false, false
	for _, b := range blocks {
		if b.Kind == Table {
			for _, row := range b.Rows {
				var parts []string
				for _, c := range row.Cells {
					if c.Text != "" && !c.Continued {
						parts = append(parts, cleanText(c.Text))
						plain = plain || !c.Bold
					}
				}
				if len(parts) > 0 {
					words = true
					lines = append(lines, strings.Join(parts, " "))
				}
			}
			continue
		}
		if b.Text != "" {
			words = true
			plain = plain || !b.Bold
		}
		lines = append(lines, strings.TrimSpace(b.Label+" "+b.Text))
	}
	return strings.Join(lines, "\n"), words && !plain
}

func joinLines(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n" + b
}
