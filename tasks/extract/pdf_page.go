package extract

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// pdfTable is a table on one page.
type pdfTable struct {
	box
	xs   []float64
	rows []Row
}

// pdfItem is a line or a table of a page, in reading order.
type pdfItem struct {
	line  *pdfLine
	table *pdfTable
}

func (it pdfItem) place() box {
	if it.table != nil {
		return it.table.box
	}
	return it.line.box
}

// layOut sorts a page into tables and lines. Columns of a head or a foot that stand side by side without lines around them
// become a table of one row too.
func layOut(p *pdfPage, limits Limits) []pdfItem {
	var items []pdfItem
	rest := p.words
	for _, g := range gridsOf(p, limits) {
		var t pdfTable
		t, rest = g.table(rest)
		if slices.ContainsFunc(t.rows, func(r Row) bool { return slices.ContainsFunc(r.Cells, func(c Cell) bool { return c.Text != "" }) }) {
			items = append(items, pdfItem{table: &t})
		}
	}
	lines := linesOf(rest)
	for len(lines) > 0 {
		if t, n := sideBySide(lines); n > 0 {
			items = append(items, pdfItem{table: &t})
			lines = lines[n:]
			continue
		}
		items = append(items, pdfItem{line: &lines[0]})
		lines = lines[1:]
	}
	slices.SortStableFunc(items, func(a, b pdfItem) int { return compareFloat(a.place().y0, b.place().y0) })
	return items
}

// widestGap cuts a line at its widest space; the gap is 0 for a single word.
func (l pdfLine) widestGap() (left, right []pdfWord, gap float64) {
	at := 0
	for i := 1; i < len(l.words); i++ {
		if g := l.words[i].x0 - l.words[i-1].x1; g > gap {
			at, gap = i, g
		}
	}
	return l.words[:at], l.words[at:], gap
}

// sideBySide reads the two columns at the front of lines: the names of agency and country, number and date, recipients and
// signature. n is the number of lines they take, 0 when there are none.
func sideBySide(lines []pdfLine) (t pdfTable, n int) {
	const widest = 20.0 // points; wider than the spaces of a justified line
	l, r, gap := lines[0].widestGap()
	if gap < widest {
		return t, 0
	}
	left, right := lineOf(l), lineOf(r)
	river := box{x0: left.x1, x1: right.x0}
	columns := [2][]pdfLine{{left}, {right}}
	pairs, last := 1, lines[0].box
	n = 1
	for ; n < len(lines); n++ {
		line := lines[n]
		if line.y0-last.y1 > 2*last.height() {
			break
		}
		next := box{x0: river.x0, x1: river.x1}
		l, r, gap := line.widestGap()
		switch {
		case gap >= widest && lineOf(l).x1 < river.x1-widest/2 && lineOf(r).x0 > river.x0+widest/2:
			next.x0, next.x1 = max(river.x0, lineOf(l).x1), min(river.x1, lineOf(r).x0)
			if next.x1-next.x0 < widest/2 {
				return sideTable(columns, lines[:n], pairs, n)
			}
			columns[0], columns[1] = append(columns[0], lineOf(l)), append(columns[1], lineOf(r))
			pairs++
		case line.x1 <= river.x0+thickest && besides(line, columns[0]):
			columns[0] = append(columns[0], line)
		case line.x0 >= river.x1-thickest && besides(line, columns[1]):
			columns[1] = append(columns[1], line)
		default:
			return sideTable(columns, lines[:n], pairs, n)
		}
		river, last = next, line.box
	}
	return sideTable(columns, lines[:n], pairs, n)
}

// besides tells whether a line alone goes on with a column: it is near the line before it, and set like it.
func besides(line pdfLine, column []pdfLine) bool {
	before := column[len(column)-1]
	const near = 8.0
	return line.y0-before.y1 < 1.2*before.height() && (math.Abs(line.midX()-before.midX()) < near || math.Abs(line.x0-before.x0) < near)
}

var sideOpener = regexp.MustCompile(`^(?:Số|Nơi nhận|Kính gửi) ?:|^(?:ỦY BAN|UỶ BAN|HỘI ĐỒNG|BAN CHỈ ĐẠO)`)

func sideTable(columns [2][]pdfLine, lines []pdfLine, pairs, n int) (pdfTable, int) {
	if pairs < 2 && !sideOpener.MatchString(lines[0].text()) {
		return pdfTable{}, 0
	}
	t := pdfTable{box: lines[0].box, xs: []float64{columns[0][0].x0, columns[1][0].x0, columns[1][0].x1}}
	row := Row{Number: 1}
	for i, column := range columns {
		var parts []string
		for _, l := range column {
			parts = append(parts, l.text())
			t.box = t.around(l.box)
		}
		row.Cells = append(row.Cells, Cell{Col: i, Span: 1, Text: strings.Join(parts, "\n")})
	}
	t.rows = []Row{row}
	return t, n
}

var pageNumber = regexp.MustCompile(`^(?:Trang |trang |Page )?[-–— ]*(\d{1,4})[-–— ]*(?:/ ?\d{1,4})?$`)

// dropFurniture takes off what stands on pages and not in the document: page numbers, heads and feet that repeat, footnotes.
func dropFurniture(pages []*pdfPage, laid [][]pdfItem) {
	offsets := map[int]int{} // page number less the page's place: how often
	edges := func(items []pdfItem, see func(i int)) {
		const deep = 3 // lines of a running head or foot
		for i := range items {
			if i >= deep && i < len(items)-deep {
				continue
			}
			if items[i].line != nil {
				see(i)
			}
		}
	}
	number := func(l *pdfLine) (int, bool) {
		m := pageNumber.FindStringSubmatch(l.text())
		if m == nil {
			return 0, false
		}
		n, err := strconv.Atoi(m[1])
		return n, err == nil
	}
	running := map[string]int{}
	for i, items := range laid {
		edges(items, func(k int) {
			if n, ok := number(items[k].line); ok {
				offsets[n-i]++
			}
			running[runningKey(pages[i], items[k].line)]++
		})
	}
	for i, items := range laid {
		gone := map[int]bool{}
		edges(items, func(k int) {
			n, ok := number(items[k].line)
			outer := k == 0 || k == len(items)-1
			often := running[runningKey(pages[i], items[k].line)]
			gone[k] = ok && outer && (offsets[n-i] > 1 || n == i+1) || often > 2 && 2*often > len(pages)
		})
		kept := items[:0:0]
		for k, it := range items {
			if !gone[k] {
				kept = append(kept, it)
			}
		}
		below := footnotes(pages[i], kept)
		laid[i] = slices.DeleteFunc(kept, func(it pdfItem) bool { return it.line != nil && it.line.y0 >= below })
	}
}

var digits = regexp.MustCompile(`\d+`)

// runningKey is alike for the lines of a running head or foot on all their pages: words without numbers, and the height.
func runningKey(p *pdfPage, l *pdfLine) string {
	return digits.ReplaceAllString(foldWords(l.text()), "#") + "@" + strconv.Itoa(int(math.Round((l.y0-p.height)/4))) + "x" + strconv.Itoa(int(p.height))
}

// footnotes finds where a page's footnotes begin: a short line that is drawn at the left above words smaller than the page's.
func footnotes(p *pdfPage, items []pdfItem) float64 {
	below := math.Inf(1)
	var sizes []float64
	left := math.Inf(1)
	for _, it := range items {
		if it.line != nil {
			left = min(left, it.line.x0)
			for range utf8.RuneCountInString(it.line.text()) {
				sizes = append(sizes, it.line.size())
			}
		}
	}
	if len(sizes) == 0 {
		return below
	}
	slices.Sort(sizes)
	usual := sizes[len(sizes)/2]
	for _, r := range p.across {
		if r.at < p.height/2 || r.to-r.from > p.width/2 || r.from > left+thickest || r.from < left-thickest {
			continue
		}
		small, any := true, false
		for _, it := range items {
			switch {
			case it.place().y0 < r.at-thickest:
			case it.table != nil:
				small = false
			default:
				any = true
				small = small && (it.line.size() < 0.93*usual)
			}
		}
		if any && small {
			below = min(below, r.at-thickest)
		}
	}
	return below
}
