package extract

import (
	"math"
	"regexp"
	"slices"
	"strings"
)

// pdfGrid is the grid that touching lines make: between xs[i] and xs[i+1] lies column i, between ys[j] and ys[j+1] row j.
type pdfGrid struct {
	box
	xs, ys       []float64
	across, down []stroke
}

// gridsOf finds the grids of a page. A line that touches no other is an underline; a grid of one cell is a frame, or the
// border of a page: neither makes a table.
func gridsOf(p *pdfPage, limits Limits) []pdfGrid {
	if len(p.across)+len(p.down) >= mostRules {
		return nil
	}
	across, down := merged(p.across), merged(p.down)
	group := make([]int, len(across)+len(down)) // a forest: each points to its parent
	for i := range group {
		group[i] = i
	}
	root := func(i int) int {
		for group[i] != i {
			group[i] = group[group[i]]
			i = group[i]
		}
		return i
	}
	for i, h := range across {
		for j, v := range down {
			if v.at >= h.from-thickest && v.at <= h.to+thickest && h.at >= v.from-thickest && h.at <= v.to+thickest {
				group[root(i)] = root(len(across) + j)
			}
		}
	}
	members := map[int]*pdfGrid{}
	var order []int
	of := func(i int) *pdfGrid {
		r := root(i)
		if members[r] == nil {
			members[r] = &pdfGrid{}
			order = append(order, r)
		}
		return members[r]
	}
	for i, h := range across {
		of(i).across = append(of(i).across, h)
	}
	for j, v := range down {
		g := of(len(across) + j)
		g.down = append(g.down, v)
	}
	var out []pdfGrid
	for _, r := range order {
		g := members[r]
		if g.xs, g.ys = places(g.down), places(g.across); len(g.xs) < 2 || len(g.ys) < 2 {
			continue
		}
		cells := (len(g.xs) - 1) * (len(g.ys) - 1)
		if cells < 2 || cells > limits.Cells {
			continue
		}
		g.box = box{g.xs[0], g.ys[0], g.xs[len(g.xs)-1], g.ys[len(g.ys)-1]}
		out = append(out, *g)
	}
	slices.SortStableFunc(out, func(a, b pdfGrid) int { return compareFloat(a.y0, b.y0) })
	return out
}

// places are the distinct places of lines in order.
func places(rules []stroke) []float64 {
	var out []float64
	for _, r := range rules {
		out = append(out, r.at)
	}
	slices.Sort(out)
	return slices.CompactFunc(out, func(a, b float64) bool { return math.Abs(a-b) <= thickest })
}

// covered tells whether one of the lines at a place passes a point along it.
func covered(rules []stroke, at, point float64) bool {
	return slices.ContainsFunc(rules, func(r stroke) bool {
		return r.at >= at-thickest && r.at <= at+thickest && r.from <= point && point <= r.to
	})
}

// pdfCell is a cell of a table, over one or more rows and columns of its grid.
type pdfCell struct {
	box
	row, col, rows, cols int
	words                []pdfWord
}

// cells gives the cells of the grid: squares with no line between them are one cell.
func (g pdfGrid) cells() []*pdfCell {
	cols, rows := len(g.xs)-1, len(g.ys)-1
	owner := make([]*pdfCell, cols*rows)
	var out []*pdfCell
	for row := range rows {
		for col := range cols {
			if owner[row*cols+col] != nil {
				continue
			}
			c := &pdfCell{row: row, col: col, rows: 1, cols: 1}
			midY := (g.ys[row] + g.ys[row+1]) / 2
			for col+c.cols < cols && owner[row*cols+col+c.cols] == nil && !covered(g.down, g.xs[col+c.cols], midY) {
				c.cols++
			}
			for row+c.rows < rows && g.open(row+c.rows, col, c.cols) {
				c.rows++
			}
			for r := range c.rows {
				for k := range c.cols {
					owner[(row+r)*cols+col+k] = c
				}
			}
			c.box = box{g.xs[col], g.ys[row], g.xs[col+c.cols], g.ys[row+c.rows]}
			out = append(out, c)
		}
	}
	return out
}

// open tells whether no line bounds the columns of a cell above a row, and the row has no line down within them.
func (g pdfGrid) open(row, col, cols int) bool {
	midY := (g.ys[row] + g.ys[row+1]) / 2
	for k := col; k < col+cols; k++ {
		if covered(g.across, g.ys[row], (g.xs[k]+g.xs[k+1])/2) || k > col && covered(g.down, g.xs[k], midY) {
			return false
		}
	}
	return true
}

// table reads the words within the grid and returns the others.
func (g pdfGrid) table(words []pdfWord) (pdfTable, []pdfWord) {
	t := pdfTable{box: g.box, xs: g.xs}
	cells := g.cells()
	cols, rows := len(g.xs)-1, len(g.ys)-1
	at := make([]*pdfCell, cols*rows)
	for _, c := range cells {
		for r := range c.rows {
			for k := range c.cols {
				at[(c.row+r)*cols+c.col+k] = c
			}
		}
	}
	var rest []pdfWord
	for _, w := range words {
		if !g.holds(w.midX(), w.midY()) {
			rest = append(rest, w)
			continue
		}
		col := min(max(len(g.xs[:upper(g.xs, w.midX())])-1, 0), cols-1)
		row := min(max(len(g.ys[:upper(g.ys, w.midY())])-1, 0), rows-1)
		c := at[row*cols+col]
		c.words = append(c.words, w)
	}
	t.rows = make([]Row, rows)
	for _, c := range cells {
		text := c.text()
		for r := range c.rows {
			row := &t.rows[c.row+r]
			row.Cells = append(row.Cells, Cell{Col: c.col, Span: c.cols, Text: text, Continued: r > 0})
		}
	}
	for i := range t.rows {
		slices.SortFunc(t.rows[i].Cells, func(a, b Cell) int { return a.Col - b.Col })
	}
	return t, rest
}

// upper counts the places up to a point.
func upper(places []float64, point float64) int {
	n, _ := slices.BinarySearch(places, point)
	return n
}

// text joins the lines of a cell to its paragraphs. How far its words may reach is seen by how far they keep from its edges.
func (c *pdfCell) text() string {
	if len(c.words) == 0 {
		return ""
	}
	lines := linesOf(c.words)
	inset := c.x1 - c.x0
	for _, l := range lines {
		inset = min(inset, l.x0-c.x0, c.x1-l.x1)
	}
	const widest = 8.0 // points that a program leaves beside the words of a cell by itself, rounded up
	inset = min(max(inset, 0), widest)
	m := margins{c.x0 + inset, c.x1 - inset}
	out := lines[0].text()
	para := []pdfLine{lines[0]}
	for _, l := range lines[1:] {
		if m.parted(para[len(para)-1], l) {
			out += l.text()
			para = append(para, l)
			continue
		}
		if m.continues(para, l) {
			out = joinWrapped(out, l.text())
			para = append(para, l)
			continue
		}
		out += "\n" + l.text()
		para = []pdfLine{l}
	}
	return out
}

var dateParts = regexp.MustCompile(`^[\d/]+$`)

// parted tells whether a column too narrow for a date has broken it within its figures: "30/0", "9/2025".
func (m margins) parted(before, line pdfLine) bool {
	a, b := before.words[len(before.words)-1].text, line.words[0].text
	if len(before.words) > 1 || !dateParts.MatchString(a) || !dateParts.MatchString(strings.TrimRight(b, ".,;")) || !strings.Contains(a+b, "/") {
		return false
	}
	digit := (before.x1 - before.x0) / float64(len(a))
	return before.x1-before.x0+digit > m.right-m.left
}
