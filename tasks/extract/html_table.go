package extract

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlRow is a row of a table as it is written: cells, and whether it stands in the table's head.
type htmlRow struct {
	cells  []*html.Node
	header bool
}

// htmlRows gives the rows of a table without those of tables within it, and whether there are such.
func htmlRows(n *html.Node, header bool) (rows []htmlRow, nested bool) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Thead, atom.Tbody, atom.Tfoot:
			if htmlLeftOut(c) {
				continue
			}
			inner, deep := htmlRows(c, c.DataAtom == atom.Thead)
			rows, nested = append(rows, inner...), nested || deep
		case atom.Tr:
			if htmlLeftOut(c) {
				continue
			}
			row := htmlRow{header: header}
			for cell := c.FirstChild; cell != nil; cell = cell.NextSibling {
				if (cell.DataAtom == atom.Td || cell.DataAtom == atom.Th) && !htmlLeftOut(cell) {
					row.cells = append(row.cells, cell)
					nested = nested || holdsTable(cell)
				}
			}
			rows = append(rows, row)
		}
	}
	return rows, nested
}

func holdsTable(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.DataAtom == atom.Table {
			return true
		}
	}
	return false
}

// tableOrFlow reads a table; one that only lays out a page, of one column or around other tables, is read as what it holds.
func (r *htmlReader) tableOrFlow(n *html.Node, f *htmlFlow, st htmlState, depth int) error {
	if err := r.end(f); err != nil {
		return err
	}
	rows, nested := htmlRows(n, false)
	widest := 0
	for _, row := range rows {
		widest = max(widest, len(row.cells))
	}
	if nested || widest < 2 {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if err := r.node(c, f, st, depth+1); err != nil {
				return err
			}
		}
		return r.end(f)
	}
	table, err := r.table(rows, depth)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(table, func(row Row) bool { return slices.ContainsFunc(row.Cells, func(c Cell) bool { return c.Text != "" }) }) {
		f.blocks = append(f.blocks, Block{Kind: Table, Rows: table})
	}
	return nil
}

// going is a cell merged over the rows below it.
type going struct {
	cell Cell
	rows int
}

func (r *htmlReader) table(rows []htmlRow, depth int) ([]Row, error) {
	const widestSpan = 1000 // HTML Living Standard, 4.9.11
	var out []Row
	open := map[int]going{} // by the first column
	for i, row := range rows {
		made := Row{Number: i + 1, Header: row.header}
		col := 0
		covered := func() error {
			for {
				g, ok := open[col]
				if !ok {
					return nil
				}
				if err := r.countCell(g.cell); err != nil {
					return err
				}
				g.cell.Continued = true
				made.Cells = append(made.Cells, g.cell)
				if g.rows--; g.rows == 0 {
					delete(open, col)
				} else {
					open[col] = g
				}
				col += g.cell.Span
			}
		}
		for _, n := range row.cells {
			if err := covered(); err != nil {
				return nil, err
			}
			c, err := r.cell(n, depth)
			if err != nil {
				return nil, err
			}
			c.Col, c.Span = col, htmlSpan(n, "colspan", widestSpan)
			for k := 1; k < c.Span; k++ { // no cell covers one that comes down from above
				if _, taken := open[col+k]; taken {
					c.Span = k
				}
			}
			if err := r.countCell(c); err != nil {
				return nil, err
			}
			made.Cells = append(made.Cells, c)
			if down := min(htmlSpan(n, "rowspan", len(rows)), len(rows)-i); down > 1 {
				open[col] = going{c, down - 1}
			}
			col += c.Span
		}
		if err := covered(); err != nil {
			return nil, err
		}
		r.below(open, col, &made)
		out = append(out, made)
	}
	return out, nil
}

// below takes on what comes down from above behind a gap: a row may end before it.
func (r *htmlReader) below(open map[int]going, col int, row *Row) {
	var rest []int
	for c := range open {
		if c >= col && !slices.ContainsFunc(row.Cells, func(have Cell) bool { return have.Col == c }) {
			rest = append(rest, c)
		}
	}
	slices.Sort(rest)
	for _, c := range rest {
		g := open[c]
		g.cell.Continued = true
		row.Cells = append(row.Cells, g.cell)
		if g.rows--; g.rows == 0 {
			delete(open, c)
		} else {
			open[c] = g
		}
	}
}

// htmlSpan reads rowspan or colspan; 0 reaches to the end.
func htmlSpan(n *html.Node, name string, most int) int {
	v, err := strconv.Atoi(strings.TrimSpace(htmlAttr(n, name)))
	switch {
	case err != nil || v < 0:
		return 1
	case v == 0 && name == "rowspan" || v > most:
		return max(most, 1)
	}
	return max(v, 1)
}

func (r *htmlReader) countCell(c Cell) error {
	r.cells++
	r.textBytes += len(c.Text)
	switch {
	case r.cells > r.limits.Cells:
		return tooLarge(limitCells, r.limits.Cells)
	case r.textBytes > r.limits.TextBytes:
		return tooLarge(limitText, r.limits.TextBytes)
	}
	return nil
}

func (r *htmlReader) cell(n *html.Node, depth int) (Cell, error) {
	f := &htmlFlow{}
	if err := r.children(n, f, htmlState{}.within(n), depth+1); err != nil {
		return Cell{}, err
	}
	if err := r.end(f); err != nil {
		return Cell{}, err
	}
	text, bold := cellText(f.blocks)
	return Cell{Text: text, Bold: bold}, nil
}
