package extract

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// margins are how far lines reach to the left and to the right.
type margins struct{ left, right float64 }

// marginsOf measures the lines outside of tables, by the pages' width: an annex may lie on its side. Where there are few lines
// none may be full: the page is then taken to have the same margin on both sides.
func marginsOf(pages []*pdfPage, laid [][]pdfItem) map[int]margins {
	const few = 8
	ends := map[int][2][]float64{}
	for i, items := range laid {
		for _, it := range items {
			if it.line != nil {
				e := ends[int(pages[i].width)]
				ends[int(pages[i].width)] = [2][]float64{append(e[0], it.line.x0), append(e[1], it.line.x1)}
			}
		}
	}
	out := map[int]margins{}
	for width, e := range ends {
		slices.Sort(e[0])
		slices.Sort(e[1])
		n := len(e[0])
		m := margins{e[0][n/100], e[1][n-1-n/100]}
		if n < few {
			m.right = max(m.right, float64(width)-m.left)
		}
		out[width] = m
	}
	return out
}

// continues tells whether a line is the rest of the paragraph whose lines are given. A line that the next one's first word
// would still have fitted into ends a paragraph.
func (m margins) continues(para []pdfLine, line pdfLine) bool {
	const slack, indent = 1.5, 9.0 // points
	before, text := para[len(para)-1], line.text()
	last := before.text()
	if opener.MatchString(text) {
		return false
	}
	mark := listMark.FindStringIndex(last)
	if len(para) == 1 && mark != nil && mark[1] == len(last) {
		return true
	}
	first := line.words[0]
	space := before.size() / 5
	room := m.right - m.left
	if before.x0-m.left < (m.right-before.x1)+indent { // set from the left, or justified
		room = m.right - before.x0
	}
	ended := strings.HasSuffix(last, ".") || strings.HasSuffix(last, ";") || strings.HasSuffix(last, ":")
	if free := room - slack - (before.x1 - before.x0) - space - (first.x1 - first.x0); free >= 0 {
		// Words that must not be parted wrap together, further than the first of them would have to.
		return startsLower(text) && !ended && free < (m.right-m.left)/5
	}
	if mark := listMark.FindStringIndex(text); mark != nil {
		return !ended && startsLower(text[mark[1]:]) || countsOn(para, text)
	}
	centered := math.Abs(before.midX()-line.midX()) < indent && before.x0 > m.left+indent
	margin := before.x0
	if len(para) > 1 {
		margin = min(margin, para[1].x0)
	}
	if !centered && line.x0 > margin+indent && !(len(para) == 1 && listMark.MatchString(para[0].text())) && (ended || !startsLower(text)) {
		return false
	}
	if isUpper(last) && !isUpper(text) && !startsLower(text) && utf8.RuneCountInString(last) > 3 && len(para) == 1 && centered {
		return false
	}
	if gap := line.y0 - before.y1; ended && gap > 0.8*before.height() {
		return false
	}
	return true
}

var counted = regexp.MustCompile(`^(\(?)(\d{1,2}|[a-zđ])([.)]) `)

// countsOn tells whether a number that begins a line goes on counting what began within the lines before it: "(1) …; (2) …" in
// one paragraph.
func countsOn(para []pdfLine, line string) bool {
	m := counted.FindStringSubmatch(line)
	if m == nil {
		return false
	}
	before := ""
	if n, err := strconv.Atoi(m[2]); err == nil {
		before = strconv.Itoa(n - 1)
	} else if i := strings.Index(letterOrder, m[2]); i > 0 {
		r, _ := utf8.DecodeLastRuneInString(letterOrder[:i])
		before = string(r)
	}
	if before == "" {
		return false
	}
	inline := regexp.MustCompile(`[.;:,] ?` + regexp.QuoteMeta(m[1]+before+m[3]) + ` ?\pL`)
	return slices.ContainsFunc(para, func(l pdfLine) bool { return inline.MatchString(l.text()) })
}

// pdfFlow puts the items of the pages together to blocks.
type pdfFlow struct {
	src     *Source
	margins map[int]margins
	limits  Limits
	page    *pdfPage

	para  []pdfLine
	table *pdfTable // the last table, while nothing has followed it
	width int       // of the page on which the paragraph stands

	cells, text int
}

// add takes the next item; first tells that it begins a page.
func (f *pdfFlow) add(it pdfItem, first bool) error {
	if it.table != nil {
		if err := f.endParagraph(); err != nil {
			return err
		}
		if f.table != nil && first && f.table.sameColumns(it.table) {
			f.table.goOn(*it.table)
			return nil
		}
		if err := f.endTable(); err != nil {
			return err
		}
		t := *it.table
		f.table = &t
		return nil
	}
	if err := f.endTable(); err != nil {
		return err
	}
	if width := int(f.page.width); len(f.para) > 0 && (width != f.width || !f.margins[width].continues(f.para, *it.line)) {
		if err := f.endParagraph(); err != nil {
			return err
		}
	}
	f.width = int(f.page.width)
	f.para = append(f.para, *it.line)
	return nil
}

func (f *pdfFlow) end() error {
	if err := f.endParagraph(); err != nil {
		return err
	}
	return f.endTable()
}

func (f *pdfFlow) block(b Block, text int) error {
	b.Index = len(f.src.Blocks) + 1
	f.src.Blocks = append(f.src.Blocks, b)
	f.text += text
	switch {
	case f.text > f.limits.TextBytes:
		return tooLarge(limitText, f.limits.TextBytes)
	case len(f.src.Blocks) > f.limits.Paragraphs:
		return tooLarge(limitParas, f.limits.Paragraphs)
	case f.cells > f.limits.Cells:
		return tooLarge(limitCells, f.limits.Cells)
	}
	return nil
}

func (f *pdfFlow) endParagraph() error {
	if len(f.para) == 0 {
		return nil
	}
	var text strings.Builder
	last := ""
	for _, l := range f.para {
		line := l.text()
		text.WriteString(strings.TrimPrefix(joinWrapped(last, line), last))
		last = line
	}
	m := f.margins[f.width]
	b := Block{Kind: Paragraph, Text: cleanText(text.String())}
	first := f.para[0]
	const indent = 36.0
	if math.Abs(first.midX()-(m.left+m.right)/2) < 6 && first.x0 > m.left+indent {
		b.Align = "center"
	}
	f.para = nil
	if b.Text == "" {
		return nil
	}
	return f.block(b, len(b.Text))
}

func (f *pdfFlow) endTable() error {
	if f.table == nil {
		return nil
	}
	b := Block{Kind: Table, Rows: f.table.rows}
	f.table = nil
	text := 0
	for i := range b.Rows {
		b.Rows[i].Number = i + 1
		f.cells += len(b.Rows[i].Cells)
		for k := range b.Rows[i].Cells {
			c := &b.Rows[i].Cells[k]
			c.Text = cellLines(c.Text)
			text += len(c.Text)
		}
	}
	return f.block(b, text)
}

// cellLines cleans the paragraphs of a cell one by one.
func cellLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = cleanText(lines[i])
	}
	return strings.Join(lines, "\n")
}

// sameColumns tells whether a table that begins a page has the columns of the one that ended the page before: its edges are
// the same, and so are most lines between them. Cells merged in one of the two hide lines that the other has; both then get
// all of them.
func (t *pdfTable) sameColumns(next *pdfTable) bool {
	const near = 4.0
	n, m := len(t.xs), len(next.xs)
	if min(n, m) < 2 || max(n, m) < 3 || math.Abs(t.xs[0]-next.xs[0]) > near || math.Abs(t.xs[n-1]-next.xs[m-1]) > near {
		return false
	}
	all := slices.Clone(t.xs)
	shared := 0
	for _, x := range next.xs {
		if slices.ContainsFunc(t.xs, func(other float64) bool { return math.Abs(x-other) <= near }) {
			shared++
			continue
		}
		all = append(all, x)
	}
	if 2*shared <= min(n, m) {
		return false
	}
	slices.Sort(all)
	t.widen(all)
	next.widen(all)
	return true
}

// widen puts the cells on a grid of more columns.
func (t *pdfTable) widen(all []float64) {
	place := make([]int, len(t.xs))
	for i, x := range t.xs {
		for k := range all {
			if math.Abs(all[k]-x) < math.Abs(all[place[i]]-x) {
				place[i] = k
			}
		}
	}
	for i := range t.rows {
		for k := range t.rows[i].Cells {
			c := &t.rows[i].Cells[k]
			from, to := place[c.Col], place[c.Col+c.Span]
			c.Col, c.Span = from, max(to-from, 1)
		}
	}
	t.xs = all
}

// goOn puts the rows of the next page behind those of this one. A head that is repeated is left out; a row that the page
// cut in two is made whole; a cell merged over rows goes on.
func (t *pdfTable) goOn(next pdfTable) {
	const highestHead = 3
	head := 0
	for head < min(highestHead, len(t.rows), len(next.rows)) && sameRow(t.rows[head], next.rows[head]) {
		t.rows[head].Header = true
		head++
	}
	rows := next.rows[head:]
	if len(rows) == 0 || len(t.rows) == 0 {
		return
	}
	last := t.rows[len(t.rows)-1].Cells
	if t.cut(rows[0]) {
		for k := range last {
			for _, c := range rows[0].Cells {
				if c.Col == last[k].Col && c.Text != "" {
					last[k].Text = joinCut(last[k].Text, c.Text)
				}
			}
		}
		rows = rows[1:]
	} else {
		for _, row := range rows {
			going := false
			for k := range row.Cells {
				c := &row.Cells[k]
				for _, above := range last {
					if c.Text == "" && above.Col == c.Col && above.Span == c.Span && (above.Continued || mergedDown(rows, c.Col)) && above.Text != "" {
						c.Text, c.Continued, going = above.Text, true, true
					}
				}
			}
			if !going {
				break
			}
		}
	}
	t.rows = append(t.rows, rows...)
}

// mergedDown tells whether a page begins with a cell of a column that is merged over rows.
func mergedDown(rows []Row, col int) bool {
	return len(rows) > 1 && slices.ContainsFunc(rows[1].Cells, func(c Cell) bool { return c.Col == col && c.Continued })
}

func sameRow(a, b Row) bool {
	return slices.EqualFunc(a.Cells, b.Cells, func(a, b Cell) bool { return a.Col == b.Col && a.Text == b.Text })
}

// cut tells whether the first row of a page is the rest of the row before it. In a table whose rows are numbered the rest has
// no number; else it begins in the middle of a sentence.
func (t *pdfTable) cut(row Row) bool {
	last := t.rows[len(t.rows)-1].Cells
	if len(row.Cells) != len(last) || len(row.Cells) < 3 {
		return false
	}
	numbered := 0
	for _, r := range t.rows {
		if len(r.Cells) > 0 && r.Cells[0].Text != "" {
			numbered++
		}
	}
	filled, lower := 0, 0
	for i, c := range row.Cells {
		if c.Text == "" {
			continue
		}
		filled++
		if startsLower(c.Text) || i < len(last) && dangling.MatchString(last[i].Text) {
			lower++
		}
	}
	if row.Cells[0].Text == "" && last[0].Text != "" && 10*numbered > 7*len(t.rows) {
		return true
	}
	return filled > 0 && filled < len(row.Cells) && lower == filled
}

// joinCut puts the two halves of a cut cell together.
func joinCut(before, rest string) string {
	if before == "" {
		return rest
	}
	if strings.HasSuffix(before, ".") || strings.HasSuffix(before, ";") || listMark.MatchString(rest) {
		return before + "\n" + rest
	}
	return joinWrapped(before, rest)
}
