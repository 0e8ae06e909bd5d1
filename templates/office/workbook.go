package office

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// Sheet is what stands around a list in a workbook of one sheet: A4 landscape, as wide as the paper, its head repeated on each page.
type Sheet struct {
	// Name is the sheet's; the title when empty.
	Name string
	// Left and Right are the two sides of an official head, line by line; both empty: none.
	Left, Right []string
	// Above stand over the title, in the middle and bold; Title follows in bold; Lines under it.
	Above []string
	Title string
	Lines []string
	// Footer stands at the left of each page's foot, the page's number at the right.
	Footer string
	// After answers what stands below the rows, once they are written; may be nil.
	After func() []string
	// SignLeft and SignRight are the foot of an official list, line by line: the recipients, and the signature.
	SignLeft, SignRight []string
}

// WriteWorkbook writes the list as a workbook. Rows are read one by one; what was written waits, from 16 MiB on in a temporary file, and
// nothing goes to w before the last row was read without an error.
func WriteWorkbook[T any](w io.Writer, s Sheet, t Table[T]) (err error) {
	f := excelize.NewFile()
	defer func() {
		if closed := f.Close(); err == nil {
			err = closed
		}
	}()
	b := &book{f: f, columns: len(t.Columns), sheet: sheetName(s)}
	if err = b.open(s); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	for i, c := range t.Columns {
		if err = b.stream.SetColWidth(i+1, i+1, c.width()); err != nil {
			return fmt.Errorf("write workbook: %w", err)
		}
		b.widths = append(b.widths, c.width())
	}
	b.head(s)
	heads := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		heads[i] = excelize.Cell{StyleID: b.styles[styleHead], Value: cellText(c.Head)}
	}
	headRow := b.row + 1
	// Panes have to be known before the first row is written.
	b.rows = append(b.rows, pending{heads, max(rowHeight, 1.15*b.height(heads))})
	if err = b.begin(headRow); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	if err = writeRows(b, t); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	last := b.row
	if s.After != nil {
		for _, line := range s.After() {
			b.across(styleLine, line)
		}
	}
	b.signature(s)
	if err = b.finish(headRow, last, t.Group != nil, s); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return f.Write(w)
}

func writeRows[T any](b *book, t Table[T]) error {
	group, first := "", true
	for row, err := range t.Rows {
		if err != nil {
			return err
		}
		if t.Group != nil {
			if g := t.Group(row); g != group || first {
				b.across(styleGroup, g)
				group = g
			}
		}
		first = false
		cells := make([]any, len(t.Columns))
		for i, c := range t.Columns {
			cells[i] = b.cell(c.Value(row), c.Center)
		}
		if b.add(cells, b.height(cells)); b.err != nil {
			return b.err
		}
	}
	if first && t.Empty != "" {
		b.across(styleText, t.Empty)
	}
	return b.err
}

// sheetName is a name as workbooks allow it: at most 31 UTF-16 units without some characters.
func sheetName(s Sheet) string {
	name := s.Name
	if name == "" {
		name = s.Title
	}
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r == '\n' || r == '\t' {
			return ' '
		}
		return r
	}, Clean(name))
	name = strings.Trim(strings.Join(strings.Fields(name), " "), "'")
	if units := utf16.Encode([]rune(name)); len(units) > 31 {
		name = strings.TrimSpace(string(utf16.Decode(units[:31])))
		name = strings.TrimRight(name, "\uFFFD'")
	}
	if name == "" {
		return "1"
	}
	return name
}

// serial is an instant as sheets count: days since 30 December 1899, by the clock of its location.
func serial(t time.Time) float64 {
	_, offset := t.Zone()
	return float64(t.Unix()+int64(offset))/86400 + 25569
}

// cell is a value with its style.
func (b *book) cell(value any, center bool) excelize.Cell {
	switch v := value.(type) {
	case string:
		style := styleText
		if center {
			style = styleCentre
		}
		return excelize.Cell{StyleID: b.styles[style], Value: cellText(v)}
	case int, int64:
		return excelize.Cell{StyleID: b.styles[styleNumber], Value: v}
	case float64:
		return excelize.Cell{StyleID: b.styles[styleDecimal], Value: v}
	case time.Time:
		if v.IsZero() {
			return excelize.Cell{StyleID: b.styles[styleInstant]}
		}
		return excelize.Cell{StyleID: b.styles[styleInstant], Value: serial(v)}
	case Date:
		if day, ok := dayOf(v); ok {
			return excelize.Cell{StyleID: b.styles[styleDay], Value: serial(day)}
		}
		return excelize.Cell{StyleID: b.styles[styleDay]}
	case nil:
		return excelize.Cell{StyleID: b.styles[styleText]}
	}
	panic(fmt.Sprintf("office: a cell may not hold %T", value))
}
