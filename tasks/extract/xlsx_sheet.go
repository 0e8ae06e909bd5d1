package extract

import (
	"encoding/xml"
	"slices"
	"strconv"
	"strings"
)

// The grid of a sheet (ECMA-376 part 1, 18.3.1.73 and the limits of Excel).
const (
	lastSheetRow    = 1_048_576
	lastSheetColumn = 16_384
)

// sheetReader gathers the rows of one sheet.
type sheetReader struct {
	*workbook
	*xmlReader
	rows   []Row
	merges []cellRange
}

// cellRange is a range of cells, rows 1-based, columns 0-based, both ends in it.
type cellRange struct{ top, bottom, left, right int }

func (w *workbook) readSheet(part string, sheet sheetEntry) ([]Row, error) {
	s := &sheetReader{workbook: w}
	err := w.pkg.xml(part, func(x *xmlReader, _ xml.StartElement) error {
		s.xmlReader = x
		return x.children(func(el xml.StartElement) error {
			switch el.Name.Local {
			case "sheetData":
				return s.readRows()
			case "mergeCells":
				return x.children(func(el xml.StartElement) error {
					if r, ok := parseRange(attr(el, "ref")); ok {
						s.merges = append(s.merges, r)
					}
					return x.skip()
				})
			}
			return x.skip()
		})
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(s.rows, func(a, b Row) int { return a.Number - b.Number })
	for _, m := range s.merges {
		if err := s.fill(m); err != nil {
			return nil, err
		}
	}
	for i := range s.rows {
		n := s.rows[i].Number
		s.rows[i].Header = sheet.headFrom > 0 && n >= sheet.headFrom && n <= sheet.headTo
	}
	return s.rows, nil
}

func (s *sheetReader) readRows() error {
	number := 0
	return s.children(func(el xml.StartElement) error {
		if el.Name.Local != "row" {
			return s.skip()
		}
		number++
		if n, err := strconv.Atoi(attr(el, "r")); err == nil {
			number = n
		}
		if number < 1 || number > lastSheetRow {
			return s.skip()
		}
		row := Row{Number: number}
		col := -1
		err := s.children(func(el xml.StartElement) error {
			if el.Name.Local != "c" {
				return s.skip()
			}
			col++
			if _, c, ok := parseCellName(attr(el, "r")); ok {
				col = c
			}
			cell, err := s.readCell(el)
			if err != nil || cell.Text == "" || col >= lastSheetColumn {
				return err
			}
			cell.Col = col
			row.Cells = append(row.Cells, cell)
			return s.count(cell.Text)
		})
		if err == nil && len(row.Cells) > 0 {
			slices.SortStableFunc(row.Cells, func(a, b Cell) int { return a.Col - b.Col })
			s.rows = append(s.rows, row)
		}
		return err
	})
}

// readCell reads the open cell; one without a value has no words.
func (s *sheetReader) readCell(c xml.StartElement) (Cell, error) {
	var raw string
	err := s.children(func(el xml.StartElement) error {
		var err error
		switch el.Name.Local {
		case "v":
			raw, err = s.text()
			return err
		case "is":
			raw, err = richText(s.xmlReader)
			return err
		}
		return s.skip()
	})
	cell := Cell{Span: 1}
	var format cellFormat
	if i, err := strconv.Atoi(attr(c, "s")); err == nil && i >= 0 && i < len(s.formats) {
		format = s.formats[i]
	}
	switch attr(c, "t") {
	case "s":
		if i, err := strconv.Atoi(strings.TrimSpace(raw)); err == nil && i >= 0 && i < len(s.strings) {
			cell.Text = cleanLines(s.strings[i])
		}
	case "inlineStr", "str", "e":
		cell.Text = cleanLines(raw)
	case "b":
		cell.Text = map[string]string{"1": "TRUE", "0": "FALSE"}[strings.TrimSpace(raw)]
	case "d":
		cell.Text = isoDay(strings.TrimSpace(raw))
	default:
		cell.Text = format.show(strings.TrimSpace(raw), s.day0)
	}
	cell.Bold = format.bold && cell.Text != ""
	return cell, err
}

// cleanLines cleans each line of a cell by itself; lines without words go.
func cleanLines(s string) string {
	lines := splitLines(s)
	kept := lines[:0]
	for _, line := range lines {
		if line = cleanText(line); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// fill repeats a merged range's first cell in the rows below it. Rows that hold nothing else stay left out.
func (s *sheetReader) fill(m cellRange) error {
	byNumber := func(r Row, n int) int { return r.Number - n }
	at, found := slices.BinarySearchFunc(s.rows, m.top, byNumber)
	if !found {
		return nil
	}
	i := slices.IndexFunc(s.rows[at].Cells, func(c Cell) bool { return c.Col == m.left })
	if i < 0 {
		return nil
	}
	first := s.rows[at].Cells[i]
	first.Span = m.right - m.left + 1
	for ; at < len(s.rows) && s.rows[at].Number <= m.bottom; at++ {
		row := &s.rows[at]
		row.Cells = slices.DeleteFunc(row.Cells, func(c Cell) bool { return c.Col >= m.left && c.Col <= m.right })
		place, _ := slices.BinarySearchFunc(row.Cells, m.left, func(c Cell, col int) int { return c.Col - col })
		c := first
		c.Continued = row.Number > m.top
		row.Cells = slices.Insert(row.Cells, place, c)
		if err := s.count(c.Text); err != nil {
			return err
		}
	}
	return nil
}

func parseRange(ref string) (cellRange, bool) {
	from, to, both := strings.Cut(ref, ":")
	top, left, ok := parseCellName(from)
	if !ok || !both {
		return cellRange{}, false
	}
	bottom, right, ok := parseCellName(to)
	return cellRange{top: top, bottom: bottom, left: left, right: right}, ok && bottom >= top && right >= left
}

// parseCellName reads "C12" as row 12, 0-based column 2.
func parseCellName(name string) (row, col int, ok bool) {
	i := 0
	for i < len(name) && name[i] >= 'A' && name[i] <= 'Z' {
		col = col*26 + int(name[i]-'A') + 1
		if col > lastSheetColumn {
			return 0, 0, false
		}
		i++
	}
	row, err := strconv.Atoi(name[i:])
	return row, col - 1, err == nil && col > 0 && row > 0 && row <= lastSheetRow
}
