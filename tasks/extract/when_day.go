package extract

import "strings"

// day reads a day of the solar calendar.
//
//	day    = "ngày" ["mùng"] N "tháng" (M [year] | "này")
//	       | "ngày" {blank} "tháng" M year              — left blank: no such day
//	       | ["ngày"] ["mùng"] N sep M [sep Y | "năm" Y]
//	sep    = "/" | "-" | "–" | "."                      — the same twice, or "/" first
//
// N and M of two figures, Y of four, or of two after the same sep. Without a year and without "ngày" only "/" makes a day, and in
// a sentence only behind a word of deadline. A day that has the shape and does not exist is read as one, so that it is told
// rather than its month taken.
func (c clock) day(i int) (point, int) {
	j := i
	named := at(c.ts, j).low == "ngày"
	if named {
		j++
	}
	if at(c.ts, j).low == "mùng" {
		named = true
		j++
	}
	if named {
		if p, next := c.blankDay(j); next > j {
			return p, next
		}
	}
	d, ok := c.num(j, 2)
	if !ok {
		return point{}, i
	}
	if p, next := c.dayInWords(i, j, d, named); next > i {
		return p, next
	}
	sep, k := c.separator(j + 1)
	m, ok := c.num(k, 2)
	if sep == "" || !ok {
		return point{}, i
	}
	sure := named || c.bare || deadlineWord(at(c.ts, i-1))
	p := point{unit: unitDay, d: d, m: m, bad: d < 1 || d > 31 || m < 1 || m > 12}
	if sep2, l := c.separator(k + 1); sep2 == sep || sep == "/" && sep2 != "" {
		if y, ok := c.yearAt(l); ok && at(c.ts, l+1).text != "/" {
			p.y = y
			return p, l + 1
		}
		if at(c.ts, l).kind == number && c.ts[l-1].end == c.ts[l].start || sep2 == sep && at(c.ts, l).kind == number {
			return c.strangeYear(p, i, l, sep == sep2 && sure && (sep == "/" || named || c.bare))
		}
		if sep2 == "/" {
			return point{}, i
		}
	}
	switch {
	case sep != "/" && (sep != "." || !named), !sure, p.bad && !named:
		return point{}, i
	}
	if at(c.ts, k+1).low == "năm" {
		if y, ok := c.yearAt(k + 2); ok {
			p.y = y
			return p, k + 3
		}
	}
	return p, k + 1
}

// dayInWords reads "tháng 12 năm 2025" after the number of a day.
func (c clock) dayInWords(i, j, d int, named bool) (point, int) {
	month := at(c.ts, j+1)
	if month.low != "tháng" && (month.fold != "thang" || !named) {
		return point{}, i
	}
	if at(c.ts, j+2).low == "này" && named {
		p := c.said(unitMonth, 0)
		p.unit, p.d = unitDay, d
		return p, j + 3
	}
	m, k := c.monthNumber(j + 2)
	if k == j+2 || !named && (d < 1 || d > 31 || m < 1 || m > 12) {
		return point{}, i
	}
	if before := at(c.ts, i-1); !named && (!c.bare && before.kind == number || before.low == "tuần" || before.low == "thứ") {
		return point{}, i
	}
	y, next := c.ofYear(k)
	if !named && y == 0 {
		return point{}, i
	}
	return point{unit: unitDay, d: d, m: m, y: y, bad: d < 1 || d > 31 || m < 1 || m > 12}, next
}

// blankDay reads "ngày      tháng 12 năm 2025" behind "ngày".
func (c clock) blankDay(i int) (point, int) {
	j := i
	for j < i+8 && strings.Contains("…._-", at(c.ts, j).text) && at(c.ts, j).text != "" {
		j++
	}
	if at(c.ts, j).low != "tháng" {
		return point{}, i
	}
	m, ok := c.num(j+1, 2)
	if !ok {
		return point{}, i
	}
	y, next := c.ofYear(j + 2)
	if y == 0 {
		return point{}, i
	}
	return point{unit: unitDay, m: m, y: y, bad: true}, next
}

// separator reads the sign between the numbers of a date; the same typed twice counts once.
func (c clock) separator(i int) (sep string, next int) {
	switch sep = at(c.ts, i).text; sep {
	case "/", "-", ".":
	case "–":
		sep = "-"
	default:
		return "", i
	}
	i++
	for n := 0; n < 2 && at(c.ts, i).text == sep; n++ {
		i++
	}
	return sep, i
}

// strangeYear settles a third number that is no year of four figures: of two it is short, of three or five, or of another
// century, it is a slip.
func (c clock) strangeYear(p point, i, third int, taken bool) (point, int) {
	text := c.ts[third].text
	follows := third+1 < len(c.ts) && c.ts[third+1].text == "/"
	if !taken || follows {
		return point{}, i
	}
	switch {
	case len(text) == 2:
		y, _ := c.num(third, 2)
		p.y, p.short = 2000+y, true
	case len(text) >= 3:
		p.y, p.bad = 1, true
	default:
		return point{}, i
	}
	return p, third + 1
}

// deadlineWord reports whether the word before a bare "20/11" makes it a day.
func deadlineWord(t token) bool {
	switch t.low {
	case "trước", "nhất", "đến", "hết", "xong", "thành":
		return true
	}
	return false
}
