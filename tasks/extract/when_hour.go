package extract

import "strconv"

// hourAt reads an hour at i.
//
//	hour   = H ("giờ" | "h" | "g" | ":") [MM ["phút" | "'"]] [part]
//	part   = "sáng" | "trưa" | "chiều" | "tối"           — from "chiều" on H below 12 is counted on
//
// ok says that there is one; hour is "" for 24:00, the end of the day, and for an hour that no clock shows.
func (c clock) hourAt(i int) (hour string, next int, ok bool) {
	h, isNumber := c.num(i, 2)
	if !isNumber {
		return "", i, false
	}
	next = i + 1
	minutes := 0
	switch t := at(c.ts, next); {
	case t.low == "giờ" || t.low == "h" || t.low == "g":
		next++
		if m, ok := c.num(next, 2); ok && at(c.ts, next+1).text != "/" && at(c.ts, next+1).low != "tháng" {
			minutes = m
			next++
		}
	case t.text == ":":
		m, ok := c.num(next+1, 2)
		if !ok || len(c.ts[next+1].text) != 2 {
			return "", i, false
		}
		minutes = m
		next += 2
	default:
		return "", i, false
	}
	if t := at(c.ts, next); t.low == "phút" || t.text == "'" || t.text == "’" {
		next++
	}
	switch at(c.ts, next).low {
	case "chiều", "tối":
		if h < 12 {
			h += 12
		}
		next++
	case "sáng", "trưa":
		next++
	}
	if h > 23 || minutes > 59 {
		return "", next, true
	}
	return twoDigits(h) + ":" + twoDigits(minutes), next, true
}

// hour reads the hour that ends right before token i, a comma between.
func (c clock) hour(i int) (hour string, from int) {
	end := i
	if at(c.ts, end-1).text == "," {
		end--
	}
	for j := end - 2; j >= 0 && j >= end-5; j-- {
		if h, next, ok := c.hourAt(j); ok && next == end {
			return h, j
		}
	}
	return "", i
}

// hourAfter reads "[,|(] [trước|vào|lúc] hour [)]" behind a day.
func (c clock) hourAfter(i int) (hour string, next int) {
	j := i
	open := at(c.ts, j).text == "("
	if open || at(c.ts, j).text == "," {
		j++
	}
	if l := at(c.ts, j).low; l == "trước" || l == "vào" || l == "lúc" {
		j++
	}
	h, next, ok := c.hourAt(j)
	if l := at(c.ts, next); !ok || l.low == "ngày" || l.text == "," && at(c.ts, next+1).low == "ngày" {
		return "", i
	}
	if open && at(c.ts, next).text == ")" {
		next++
	}
	return h, next
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
