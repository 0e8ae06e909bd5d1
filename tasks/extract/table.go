package extract

import (
	"regexp"
	"strings"
)

// grid is a table seen by its columns.
type grid struct {
	Block
	rows  []Row
	width int
}

func newGrid(b Block) grid {
	g := grid{Block: b, rows: b.Rows}
	for _, r := range b.Rows {
		for _, c := range r.Cells {
			g.width = max(g.width, c.Col+max(c.Span, 1))
		}
	}
	return g
}

// at returns the cell of row i that covers column col, nil when there is none.
func (g grid) at(i, col int) *Cell {
	for k := range g.rows[i].Cells {
		c := &g.rows[i].Cells[k]
		if c.Col <= col && col < c.Col+max(c.Span, 1) {
			return c
		}
	}
	return nil
}

// frame reports whether the table only lays out a head or a foot: the national
// name, the recipients and the signature.
func (g grid) frame() bool {
	if len(g.rows) > 8 {
		return false
	}
	if _, ok := g.readHead(); ok {
		return false
	}
	for _, r := range g.rows {
		for _, c := range r.Cells {
			f := foldWords(c.Text)
			if strings.Contains(f, "doc lap tu do hanh phuc") || recipients(f) || signature(f) {
				return true
			}
		}
	}
	return false
}

// recipients reports whether a frame ends the body.
func (g grid) recipients() bool {
	for _, r := range g.rows {
		for _, c := range r.Cells {
			if f := foldWords(c.Text); recipients(f) || signature(f) {
				return true
			}
		}
	}
	return false
}

func signature(f string) bool {
	for _, p := range []string{"kt ", "tm ", "tl ", "tuq ", "q "} {
		if strings.HasPrefix(f, p) {
			return true
		}
	}
	return false
}

var (
	columnNumbers = regexp.MustCompile(`^\(?\d{1,2}\)?$`)
	rowNumber     = regexp.MustCompile(`^[(]?(\d{1,3}|\d{1,2}(?:\.\d{1,3}){1,3}|[IVXLC]{1,6}|[A-ZĐa-zđ])[.)/]?$`)
	plainNumber   = regexp.MustCompile(`^\d{1,3}\.?$|^\d{1,2}(\.\d{1,3}){1,3}\.?$`)
)

// tableTasks makes a task of each row of data; none for a table that is not of
// duties.
func tableTasks(file int, b Block, title string, anchor Anchor) []Task {
	g := newGrid(b)
	c, ok := g.readHead()
	if !ok {
		return nil
	}
	t := &dutyTable{grid: g, columns: c, file: file, anchor: anchor, title: title}
	if t.title == "" {
		t.title = b.Sheet
	}
	t.general()
	for i := c.body; i < len(g.rows); i++ {
		t.row(i)
	}
	return t.tasks
}

// dutyTable walks the rows of a table of duties.
type dutyTable struct {
	grid
	columns
	file    int
	anchor  Anchor
	title   string
	section string
	holder  []string // agencies that the section's row names
	tasks   []Task
	group   int // the column whose words only group duties
	grouped bool
}

// text returns the words of the first column of a role in row i.
func (t *dutyTable) text(i int, r role) (string, bool) {
	col, ok := t.find(r)
	if !ok {
		return "", false
	}
	cell := t.at(i, col)
	if cell == nil {
		return "", false
	}
	if cell.Col < col && t.roleBetween(cell.Col, col) {
		return "", false // a cell merged over from another column
	}
	return strings.TrimSpace(cell.Text), cell.Continued
}

// roleBetween reports whether a cell that begins at from covers an earlier column
// with a role of its own.
func (t *dutyTable) roleBetween(from, to int) bool {
	for col := from; col < to; col++ {
		if r, ok := t.roles[col]; ok && r != roleIgnored {
			return true
		}
	}
	return false
}

// repeatedHead reports whether a row is the head again, or numbers its columns.
func (t *dutyTable) repeatedHead(i int) bool {
	if t.rows[i].Header {
		return true
	}
	same, numbers, cells := 0, 0, 0
	for _, c := range t.rows[i].Cells {
		if c.Text == "" {
			continue
		}
		cells++
		if head, ok := t.heads[c.Col]; ok && foldWords(head) == foldWords(c.Text) {
			same++
		}
		if columnNumbers.MatchString(strings.TrimSpace(c.Text)) {
			numbers++
		}
	}
	return cells > 2 && (same*2 > cells || numbers == cells)
}

func (t *dutyTable) blank(i int) bool {
	for _, c := range t.rows[i].Cells {
		if strings.Trim(c.Text, " .-…\n") != "" {
			return false
		}
	}
	return true
}

// distinct counts the different texts of a row, its number left out.
func distinct(r Row) int {
	seen := map[string]bool{}
	for _, c := range r.Cells {
		if s := strings.TrimSpace(c.Text); s != "" && !rowNumber.MatchString(s) {
			seen[s] = true
		}
	}
	return len(seen)
}

func longest(r Row) string {
	out := ""
	for _, c := range r.Cells {
		if len(c.Text) > len(out) {
			out = c.Text
		}
	}
	return strings.TrimSpace(out)
}

func firstOf(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// general tells the columns of duties that only group: of two, the first when its
// cells are merged over several rows.
func (t *dutyTable) general() {
	cols := t.having(roleTask)
	if len(cols) < 2 {
		return
	}
	t.doubt = true
	over := 0
	for i := t.body; i < len(t.rows); i++ {
		if c := t.at(i, cols[0]); c != nil && (c.Continued || c.Text == "") {
			if next := t.at(i, cols[1]); next != nil && next.Text != "" && !next.Continued {
				over++
			}
		}
	}
	if over > 0 {
		t.roles[cols[0]] = roleIgnored
		t.group, t.grouped = cols[0], true
	}
}
