package extract

import "strconv"

// clock is the recursive-descent reader of points of time.
type clock struct {
	text string
	ts   []token
	// bare admits "6/2025", "2026" and "2025 - 2030" without "tháng", "năm".
	bare bool
}

// num returns the number at i of at most digits digits.
func (c clock) num(i, digits int) (int, bool) {
	t := at(c.ts, i)
	if t.kind != number || len(t.text) > digits {
		return 0, false
	}
	n, err := strconv.Atoi(t.text)
	return n, err == nil
}

// yearAt reads a year of four digits.
func (c clock) yearAt(i int) (int, bool) {
	n, ok := c.num(i, 4)
	return n, ok && n >= 1990 && n <= 2100
}

// ofYear reads "/2025", "- 2025", "năm 2025", "/năm 2026", ", năm 2025".
func (c clock) ofYear(i int) (year, next int) {
	j := i
	for k := 0; k < 3; k++ {
		t := at(c.ts, j)
		if t.text == "/" || t.text == "-" || t.text == "–" || t.text == "." || t.low == "năm" || t.low == "nám" || t.text == "," && at(c.ts, j+1).low == "năm" {
			j++
		}
	}
	if j == i {
		return 0, i
	}
	if y, ok := c.yearAt(j); ok && at(c.ts, j+1).text != "/" {
		return y, j + 1
	}
	return 0, i
}

// day reads "ngày 15/12/2025", "15/12", "ngày 15 tháng 12 năm 2025".
func (c clock) day(i int) (point, int) {
	j := i
	named := at(c.ts, j).low == "ngày"
	if named {
		j++
	}
	d, ok := c.num(j, 2)
	if !ok || d < 1 || d > 31 {
		return point{}, i
	}
	sep := at(c.ts, j+1)
	if sep.low == "tháng" || sep.fold == "thang" && named {
		m, ok := c.num(j+2, 2)
		if !ok || m < 1 || m > 12 {
			return point{}, i
		}
		if !named && !c.bare && at(c.ts, i-1).kind == number {
			return point{}, i
		}
		y, next := c.ofYear(j + 3)
		if !named && y == 0 {
			return point{}, i
		}
		return point{unit: unitDay, d: d, m: m, y: y}, next
	}
	if sep.text != "/" && sep.text != "-" && sep.text != "." {
		return point{}, i
	}
	m, ok := c.num(j+2, 2)
	if !ok || m < 1 || m > 12 {
		return point{}, i
	}
	if at(c.ts, j+3).text == sep.text {
		if y, ok := c.yearAt(j + 4); ok && at(c.ts, j+5).text != "/" {
			return point{unit: unitDay, d: d, m: m, y: y}, j + 5
		}
		if at(c.ts, j+4).kind == number {
			return point{}, i
		}
	}
	if sep.text != "/" || !named && !c.bare && !deadlineWord(at(c.ts, i-1)) || at(c.ts, j+3).text == "/" {
		return point{}, i
	}
	if at(c.ts, j+3).low == "năm" {
		if y, ok := c.yearAt(j + 4); ok {
			return point{unit: unitDay, d: d, m: m, y: y}, j + 5
		}
	}
	return point{unit: unitDay, d: d, m: m}, j + 3
}

// deadlineWord reports whether the word before a bare "20/11" makes it a day.
func deadlineWord(t token) bool {
	switch t.low {
	case "trước", "nhất", "đến", "hết", "xong", "thành":
		return true
	}
	return false
}

// month reads "tháng 12/2025", "tháng 11 - 12/2025", "tháng 11 năm 2025", bare
// "6/2025".
func (c clock) month(i int) (point, int) {
	j := i
	named := at(c.ts, j).low == "tháng" || at(c.ts, j).fold == "thang" && at(c.ts, j+1).kind == number
	if named {
		j++
	}
	m, ok := c.num(j, 2)
	if !ok || m < 1 || m > 12 || !named && !c.bare {
		return point{}, i
	}
	span := false
	if named {
		// A span of months under one year: the last counts.
		for k := j + 1; ; {
			sep := at(c.ts, k)
			if sep.text != "-" && sep.text != "–" && sep.text != "," && sep.low != "đến" && sep.low != "và" {
				break
			}
			if at(c.ts, k+1).low == "tháng" {
				if sep.low == "và" || sep.text == "," {
					break
				}
				k++
			}
			m2, ok := c.num(k+1, 2)
			if !ok || m2 < 1 || m2 > 12 {
				break
			}
			if sep.low != "và" && sep.text != "," || m2 > m {
				m, j, span = m2, k+1, true
			}
			k += 2
		}
	}
	y, next := c.ofYear(j + 1)
	if !named && (y == 0 || at(c.ts, j+1).text != "/" || at(c.ts, i-1).text == "/") {
		return point{}, i
	}
	return point{unit: unitMonth, m: m, y: y, edge: c.edge(i), span: span}, next
}

// quarter reads "quý IV/2025", "quí IV-2025", "quý III - IV năm 2025".
func (c clock) quarter(i int) (point, int) {
	if l := at(c.ts, i).low; l != "quý" && l != "quí" {
		return point{}, i
	}
	q := quarterNumber(at(c.ts, i+1))
	if q == 0 {
		return point{}, i
	}
	j, span := i+2, false
	for {
		sep := at(c.ts, j)
		if sep.text != "-" && sep.text != "–" && sep.text != "," && sep.low != "và" && sep.low != "đến" {
			break
		}
		k := j + 1
		if l := at(c.ts, k).low; l == "quý" || l == "quí" {
			k++
		}
		q2 := quarterNumber(at(c.ts, k))
		if q2 == 0 || q2 <= q {
			break
		}
		q, j, span = q2, k+1, true
	}
	y, next := c.ofYear(j)
	return point{unit: unitQuarter, q: q, y: y, edge: c.edge(i), span: span}, next
}

func quarterNumber(t token) int {
	switch t.text {
	case "I", "1", "i", "01":
		return 1
	case "II", "2", "ii", "02":
		return 2
	case "III", "3", "iii", "03":
		return 3
	case "IV", "4", "iv", "04":
		return 4
	}
	return 0
}

// half reads "6 tháng đầu năm 2026", "06 tháng cuối năm".
func (c clock) half(i int) (point, int) {
	n, ok := c.num(i, 2)
	if !ok || n != 6 || at(c.ts, i+1).low != "tháng" {
		return point{}, i
	}
	p := point{unit: unitHalf}
	switch at(c.ts, i+2).low {
	case "đầu":
		p.q = 1
	case "cuối":
		p.q = 2
	default:
		return point{}, i
	}
	if at(c.ts, i+3).low != "năm" {
		return point{}, i
	}
	y, next := c.ofYear(i + 3)
	if y == 0 {
		next = i + 4
	}
	p.y = y
	return p, next
}

// year reads "năm 2025", "năm 2025 - 2026", bare "2026" and "2025 - 2035"; of a
// span the last year counts.
func (c clock) year(i int) (point, int) {
	j := i
	named := at(c.ts, j).low == "năm"
	if named {
		j++
	}
	y, ok := c.yearAt(j)
	if !ok || !named && !c.bare {
		return point{}, i
	}
	if !named && (at(c.ts, i-1).text == "/" || at(c.ts, i+1).text == "/") {
		return point{}, i
	}
	j++
	span := false
	for {
		k := j
		switch sep := at(c.ts, k); {
		case sep.text == "-" || sep.text == "–" || sep.text == "," && at(c.ts, k-1).kind == number:
			k++
		case sep.low == "đến" || sep.low == "và":
			k++
			if at(c.ts, k).low == "hết" {
				k++
			}
		default:
			return point{unit: unitYear, y: y, edge: c.edge(i), span: span}, j
		}
		if at(c.ts, k).low == "năm" {
			k++
		}
		y2, ok := c.yearAt(k)
		if !ok || y2 <= y || at(c.ts, k+1).text == "/" {
			return point{unit: unitYear, y: y, edge: c.edge(i), span: span}, j
		}
		y, j, span = y2, k+1, true
	}
}

// hour reads "10 giờ 00", "14h30", "14 giờ," before a day at i, going back.
func (c clock) hour(i int) (hour string, from int) {
	j := i
	if at(c.ts, j-1).text == "," {
		j--
	}
	minutes := 0
	if at(c.ts, j-1).low == "phút" {
		j--
	}
	if n, ok := c.num(j-1, 2); ok && (at(c.ts, j-2).low == "giờ" || at(c.ts, j-2).low == "h" || at(c.ts, j-2).text == ":") && n < 60 {
		minutes, j = n, j-1
	}
	if l := at(c.ts, j-1); l.low != "giờ" && l.low != "h" && l.text != ":" {
		return "", i
	}
	h, ok := c.num(j-2, 2)
	if !ok || h > 24 {
		return "", i
	}
	return twoDigits(h) + ":" + twoDigits(minutes), j - 2
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// point reads one point of time at i; next is i when there is none.
func (c clock) point(i int) (point, int) {
	if p, next := c.day(i); next > i {
		return p, next
	}
	if p, next := c.half(i); next > i {
		return p, next
	}
	if p, next := c.month(i); next > i {
		return p, next
	}
	if p, next := c.quarter(i); next > i {
		return p, next
	}
	return c.year(i)
}

// edge reads "đầu", "giữa", "cuối", "hết" before the point at i.
func (c clock) edge(i int) edge {
	switch at(c.ts, i-1).low {
	case "đầu":
		return early
	case "giữa":
		return middle
	case "cuối", "hết":
		return late
	}
	return whole
}
