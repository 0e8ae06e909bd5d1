package extract

import (
	"regexp"
	"slices"
	"strings"
)

// Some plans have a column for each quarter or month and tick those in which a
// duty is done.

var tickHead = regexp.MustCompile(`(?i)(?:qu[ýí]\s*(?:IV|I{1,3}|[1-4])|tháng\s*\d{1,2}|\bT\.?\s?\d{1,2})(?:[/ ]\d{4})?$`)

// tick reports whether a cell holds a tick and no words; blank that it holds
// nothing.
func tick(s string) (tick, blank bool) {
	s = strings.TrimSpace(s)
	return slices.Contains([]string{"x", "X", "+", "√", "✓", "✔", "v", "V", "●", "•", "*", "x."}, s), strings.Trim(s, " -–.") == ""
}

// ticked finds columns of times under which rows have ticks alone: three or more
// make one column of deadlines.
func (g grid) ticked(c *columns) {
	found := map[int]string{}
	marks := 0
	for col, text := range c.heads {
		name := tickHead.FindString(strings.TrimSpace(text))
		if name == "" {
			continue
		}
		ours := true
		for i := c.body; i < len(g.rows) && ours; i++ {
			cell := g.at(i, col)
			if cell == nil || g.rows[i].Header || cell.Span > 1 || g.numbersColumns(i) {
				continue
			}
			t, blank := tick(cell.Text)
			if t {
				marks++
			}
			ours = t || blank
		}
		if ours {
			found[col] = squeeze(name)
		}
	}
	if len(found) < 3 || marks == 0 {
		return
	}
	for col := range found {
		c.roles[col] = roleDue
	}
	c.ticks = found
}

// numbersColumns reports whether row i holds nothing but numbers: (1), (2), (3).
func (g grid) numbersColumns(i int) bool {
	for _, c := range g.rows[i].Cells {
		if s := strings.TrimSpace(c.Text); s != "" && !columnNumbers.MatchString(s) {
			return false
		}
	}
	return true
}

// due returns the words of a row's deadline: its cell, or the heads of the columns
// it ticks.
func (t *dutyTable) due(i int) string {
	if len(t.ticks) == 0 {
		due, _ := t.text(i, roleDue)
		return due
	}
	var times []string
	for _, col := range t.having(roleDue) {
		cell := t.at(i, col)
		if cell == nil {
			continue
		}
		if on, _ := tick(cell.Text); on {
			times = append(times, t.ticks[col])
		}
	}
	return strings.Join(times, ", ")
}
