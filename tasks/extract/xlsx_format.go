package extract

import (
	"encoding/xml"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// dayZero is the calendar a workbook counts its days in.
type dayZero int8

const (
	dayZero1900 dayZero = iota // day 1 is 1 January 1900, and 29 February 1900 is counted though it never was
	dayZero1904                // day 0 is 1 January 1904
)

// cellFormat is what a cell's style says about its value.
type cellFormat struct {
	bold bool
	kind valueKind
}

type valueKind int8

const (
	valuePlain valueKind = iota
	valueDay             // shown with day and month
	valueMonth           // shown with month and year only
	valueYear
	valueTime // time of day only
	valuePercent
)

// readCellFormats reads the style part: the formats in the order cells refer to them.
func readCellFormats(pkg *officePackage, part string) ([]cellFormat, error) {
	codes := map[int]string{}
	var bold []bool
	var formats []cellFormat
	err := pkg.xml(part, func(x *xmlReader, _ xml.StartElement) error {
		return x.children(func(el xml.StartElement) error {
			switch el.Name.Local {
			case "numFmts":
				return x.children(func(el xml.StartElement) error {
					codes[attrInt(el, "numFmtId")] = attr(el, "formatCode")
					return x.skip()
				})
			case "fonts":
				return x.children(func(xml.StartElement) error {
					isBold := false
					err := x.children(func(el xml.StartElement) error {
						if el.Name.Local == "b" {
							isBold = toggle(el) > 0
						}
						return x.skip()
					})
					bold = append(bold, isBold)
					return err
				})
			case "cellXfs":
				return x.children(func(el xml.StartElement) error {
					id, font := attrInt(el, "numFmtId"), attrInt(el, "fontId")
					f := cellFormat{kind: kindOfBuiltin(id)}
					if code, ok := codes[id]; ok {
						f.kind = kindOfCode(code)
					}
					f.bold = font >= 0 && font < len(bold) && bold[font]
					formats = append(formats, f)
					return x.skip()
				})
			}
			return x.skip()
		})
	})
	return formats, err
}

func attrInt(el xml.StartElement, name string) int {
	n, err := strconv.Atoi(attr(el, name))
	if err != nil {
		return -1
	}
	return n
}

// kindOfBuiltin knows the number formats that have no code in the file (ECMA-376 part 1, 18.8.30).
func kindOfBuiltin(id int) valueKind {
	switch {
	case id == 9 || id == 10:
		return valuePercent
	case id == 17:
		return valueMonth
	case id >= 14 && id <= 16, id == 22, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return valueDay
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47, id == 55, id == 56:
		return valueTime
	}
	return valuePlain
}

// formatNoise is what a format code shows literally, and its conditions, colours and languages.
var formatNoise = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[[^\]]*\]`)

// kindOfCode tells a format code's kind by its first section.
func kindOfCode(code string) valueKind {
	if strings.EqualFold(code, "general") {
		return valuePlain
	}
	elapsed := strings.Contains(strings.ToLower(code), "[h") || strings.Contains(strings.ToLower(code), "[m")
	code, _, _ = strings.Cut(formatNoise.ReplaceAllString(code, ""), ";")
	code = strings.ToLower(code)
	has := func(letters string) bool { return strings.ContainsAny(code, letters) }
	switch {
	case has("#0?") && !has("ydhs"):
		if has("%") {
			return valuePercent
		}
		return valuePlain
	case has("d"):
		return valueDay
	case has("y") && has("m"):
		return valueMonth
	case has("y"):
		return valueYear
	case has("hs"), elapsed:
		return valueTime
	case has("m"):
		return valueMonth
	}
	return valuePlain
}

// show writes a stored number: dates and times as Vietnamese documents write them, everything else unrounded.
func (f cellFormat) show(raw string, day0 dayZero) string {
	v, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return cleanText(raw)
	}
	switch f.kind {
	case valuePercent:
		return strconv.FormatFloat(math.Round(v*1e6)/1e4, 'f', -1, 64) + "%"
	case valueDay, valueMonth, valueYear, valueTime:
		if t, ok := dayOf(v, day0); ok {
			return t.Format(map[valueKind]string{valueDay: "02/01/2006", valueMonth: "01/2006", valueYear: "2006", valueTime: "15:04"}[f.kind])
		}
	}
	// A spreadsheet holds fifteen digits; what stands behind them is the noise of binary fractions.
	if short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64); err == nil {
		v = short
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// dayOf turns a count of days into a day and time, to the second.
func dayOf(v float64, day0 dayZero) (time.Time, bool) {
	const lastDay = 2_958_466 // 1 January 10000
	if v < 0 || v >= lastDay {
		return time.Time{}, false
	}
	zero := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case day0 == dayZero1904:
		zero = time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)
	case v < 60:
		zero = zero.AddDate(0, 0, 1)
	}
	days, part := math.Modf(v)
	return zero.AddDate(0, 0, int(days)).Add(time.Duration(math.Round(part*86400)) * time.Second), true
}

// isoDay writes an ISO 8601 date cell as dd/mm/yyyy.
func isoDay(raw string) string {
	if len(raw) >= len(time.DateOnly) {
		if t, err := time.Parse(time.DateOnly, raw[:len(time.DateOnly)]); err == nil {
			return t.Format("02/01/2006")
		}
	}
	return cleanText(raw)
}
