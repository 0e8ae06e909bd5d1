package extract

import "strconv"

// clock reads points of time by recursive descent over the tokens. Each production takes the index it begins at and returns
// the index behind what it read; the same index says that it is not there.
type clock struct {
	text string
	ts   []token
	// bare admits "6/2025", "2026" and "2025 - 2030" without "tháng", "năm".
	bare bool
	// doc is what "năm nay", "tháng này" are said from.
	doc Anchor
}

// point reads one point of time.
//
//	point  = day | half | month | quarter | year
func (c clock) point(i int) (point, int) {
	for _, read := range []func(int) (point, int){c.day, c.half, c.month, c.quarter, c.deictic, c.year} {
		if p, next := read(i); next > i {
			return p, next
		}
	}
	return point{}, i
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

// ofYear reads the year of a month, quarter or day.
//
//	year of = {"/" | "-" | "–" | "." | "năm"} Y | ", năm" Y     — at most three of them
func (c clock) ofYear(i int) (year, next int) {
	j := i
	for range 3 {
		t := at(c.ts, j)
		if t.text == "/" || t.text == "-" || t.text == "–" || t.text == "." || t.low == "năm" || t.text == "," && at(c.ts, j+1).low == "năm" {
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

// month reads a month, or a span of months under one year, of which the last counts.
//
//	month  = ("tháng" | "T" ["."]) M {span M} [year of] | M "/" Y
//	span   = "-" | "–" | "đến" | "," | "và" | "+" | "&"
func (c clock) month(i int) (point, int) {
	j := i
	named := at(c.ts, j).low == "tháng" || at(c.ts, j).fold == "thang" && at(c.ts, j+1).kind == number
	short := c.bare && at(c.ts, j).text == "T"
	if named || short {
		j++
	}
	if short && at(c.ts, j).text == "." {
		j++
	}
	m, after := 0, j
	if named {
		m, after = c.monthNumber(j)
	} else if n, ok := c.num(j, 2); ok {
		m, after = n, j+1
	}
	if after == j || m < 1 || m > 12 || !named && !c.bare {
		return point{}, i
	}
	span := false
	if named {
		for k := after; ; {
			sep := at(c.ts, k)
			if sep.text != "-" && sep.text != "–" && sep.text != "," && sep.text != "+" && sep.text != "&" && sep.low != "đến" && sep.low != "và" {
				break
			}
			if at(c.ts, k+1).low == "tháng" {
				if m2, _ := c.num(k+2, 2); (sep.low == "và" || sep.text == ",") && m2 != m+1 {
					break // two times of the year, not one stretch
				}
				k++
			}
			m2, ok := c.num(k+1, 2)
			if !ok || m2 < 1 || m2 > 12 || at(c.ts, k+2).text == "/" && at(c.ts, k+4).text == "/" {
				break
			}
			if sep.low != "và" && sep.text != "," || m2 > m {
				m, after, span = m2, k+2, true
			}
			k += 2
		}
	}
	y, next := c.ofYear(after)
	if !named && (y == 0 || at(c.ts, after).text != "/" || at(c.ts, i-1).text == "/") {
		return point{}, i
	}
	return point{unit: unitMonth, m: m, y: y, edge: c.edge(i, unitMonth), span: span}, next
}

// quarter reads a quarter, or a span of quarters under one year, of which the last counts.
//
//	quarter = "quý" Q {span ["quý"] Q} [year of] | "Q" ["."] Q year of
//	Q       = Roman, figure or word of 1 to 4
func (c clock) quarter(i int) (point, int) {
	q, j := 0, i+1
	named := at(c.ts, i).low == "quý"
	if named {
		q = quarterNumber(at(c.ts, j))
		j++
	} else if c.bare {
		q, j = c.quarterLetter(i)
	}
	if q == 0 {
		return point{}, i
	}
	mended := named && hasSmallL(at(c.ts, j-1))
	span := false
	for named {
		sep := at(c.ts, j)
		if sep.text != "-" && sep.text != "–" && sep.text != "," && sep.text != "+" && sep.text != "&" && sep.low != "và" && sep.low != "đến" {
			break
		}
		k := j + 1
		if at(c.ts, k).low == "quý" {
			k++
		}
		q2 := quarterNumber(at(c.ts, k))
		if q2 == 0 || q2 <= q {
			break
		}
		q, j, span = q2, k+1, true
	}
	y, next := c.ofYear(j)
	if !named && y == 0 {
		return point{}, i
	}
	return point{unit: unitQuarter, q: q, y: y, edge: c.edge(i, unitQuarter), span: span, mended: mended}, next
}

// quarterLetter reads "Q.III", "QIII", "Q3".
func (c clock) quarterLetter(i int) (q, next int) {
	t := at(c.ts, i)
	if t.kind != word || t.text[0] != 'Q' {
		return 0, i
	}
	if len(t.text) > 1 {
		return quarterNumber(token{text: t.text[1:]}), i + 1
	}
	if at(c.ts, i+1).text == "." {
		i++
	}
	return quarterNumber(at(c.ts, i+1)), i + 2
}

func quarterNumber(t token) int {
	if hasSmallL(t) {
		t.text = romanLetters.Replace(t.text)
	}
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
	switch t.low {
	case "một", "nhất":
		return 1
	case "hai":
		return 2
	case "ba":
		return 3
	case "tư", "bốn":
		return 4
	}
	return 0
}

// half reads the months from an end of a year: "6 tháng đầu năm 2026", "9 tháng đầu năm".
//
//	half   = N "tháng" ("đầu" | "cuối") "năm" [Y]
func (c clock) half(i int) (point, int) {
	n, j := c.numeral(i)
	if j == i || n < 1 || n > 11 {
		return point{}, i
	}
	j = c.spelled(j)
	early := at(c.ts, j+1).low == "đầu"
	if at(c.ts, j).low != "tháng" || !early && at(c.ts, j+1).low != "cuối" || at(c.ts, j+2).low != "năm" {
		return point{}, i
	}
	p := point{unit: unitHalf, q: 1, m: n}
	if !early {
		p.q, p.m = 13-n, 12
	}
	y, next := c.ofYear(j + 2)
	if y == 0 {
		next = j + 3
	}
	p.y = y
	return p, next
}

// year reads a year or a span of years, of which the last counts.
//
//	year   = "năm" Y {("-" | "–" | "," | "đến" ["hết"] | "và") ["năm"] Y}    — the word may be left out of a bare phrase
//	       | ("đầu" | "giữa" | "cuối" | "hết") "năm"                           — of a bare phrase: the document's year
func (c clock) year(i int) (point, int) {
	j := i
	named := at(c.ts, j).low == "năm"
	if named {
		j++
	}
	y, ok := c.yearAt(j)
	if !ok && named && c.bare && c.edge(i, unitYear) != whole && at(c.ts, j).kind != number && at(c.ts, j).low != "học" {
		return point{unit: unitYear, edge: c.edge(i, unitYear)}, j
	}
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
			return point{unit: unitYear, y: y, edge: c.edge(i, unitYear), span: span}, j
		}
		if at(c.ts, k).low == "năm" {
			k++
		}
		y2, ok := c.yearAt(k)
		if !ok || y2 <= y || at(c.ts, k+1).text == "/" {
			return point{unit: unitYear, y: y, edge: c.edge(i, unitYear), span: span}, j
		}
		y, j, span = y2, k+1, true
	}
}

// deictic reads a month, quarter or year said from the day of the document.
//
//	deictic = ("tháng" | "quý" | "năm") ("này" | "nay" | "tới" | "sau")
//
// "sau" only in a bare phrase: in a sentence it goes on ("ba tháng sau khi …").
func (c clock) deictic(i int) (point, int) {
	var u unit
	switch at(c.ts, i).low {
	case "tháng":
		u = unitMonth
	case "quý":
		u = unitQuarter
	case "năm":
		u = unitYear
	default:
		return point{}, i
	}
	if at(c.ts, i-1).kind == number {
		return point{}, i
	}
	switch next := at(c.ts, i+1).low; {
	case next == "này", next == "nay" && u == unitYear:
		p := c.said(u, 0)
		p.edge = c.edge(i, u)
		return p, i + 2
	case next == "tới", next == "sau" && c.bare && at(c.ts, i+2).kind == mark:
		p := c.said(u, 1)
		p.edge = c.edge(i, u)
		return p, i + 2
	}
	return point{}, i
}

// said is the month, quarter or year of the document, shift of them later; without a date of the document it is not known.
func (c clock) said(u unit, shift int) point {
	p := point{unit: u}
	switch d := c.doc.Date; {
	case d.IsZero() && (u != unitYear || c.doc.year() == 0):
		p.adrift = true
	case u == unitYear:
		p.y = c.doc.year() + shift
	case u == unitMonth:
		month := int(d.Month) - 1 + shift
		p.y, p.m = d.Year+month/12, month%12+1
	case u == unitQuarter:
		quarter := (int(d.Month)-1)/3 + shift
		p.y, p.q = d.Year+quarter/4, quarter%4+1
	}
	return p
}

// edge reads what part of the point at i is meant.
//
//	edge   = ["nửa"] ("đầu" | "giữa" | "cuối") | "hết"
//	       | "tuần" [["thứ"] N | "đầu"] ["của"] | N "ngày" ("đầu" | "cuối")    — which days these are is not sure
func (c clock) edge(i int, u unit) edge {
	before, second := at(c.ts, i-1).low, at(c.ts, i-2)
	if before == "của" {
		i--
		before, second = at(c.ts, i-1).low, at(c.ts, i-2)
	}
	if _, next := c.numeral(i - 1); next == i && i > 0 && (second.low == "tuần" || second.low == "thứ" && at(c.ts, i-3).low == "tuần") {
		return unsure
	}
	half := second.low == "nửa"
	days := second.low == "ngày" && at(c.ts, i-3).kind == number
	switch before {
	case "đầu":
		switch {
		case second.low == "tuần" || days || half && u == unitQuarter:
			return unsure
		case half:
			return middle
		}
		return early
	case "giữa":
		if u == unitQuarter {
			return unsure
		}
		return middle
	case "cuối", "hết":
		return late
	}
	return whole
}
