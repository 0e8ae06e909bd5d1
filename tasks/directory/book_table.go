package directory

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"
)

// Limits of a workbook.
const (
	// MaxBookRows is the most rows a sheet may have under its headings.
	MaxBookRows = 20_000
	// maxBookErrors: a person mends these first and tries again.
	maxBookErrors = 500
	// maxCell is the longest text of a cell, in characters.
	maxCell = 500
	// maxCells keeps a sheet of few rows and many columns small in memory.
	maxCells = 2_000_000
	// maxUnzipped is the most bytes a workbook may unfold to; a full one of
	// 20,000 rows a sheet takes about a tenth.
	maxUnzipped = 128 << 20
)

// row is a row of a sheet with its cells under the column's heading.
type row struct {
	number int
	cells  map[string]string
}

// table is a sheet that was read.
type table struct {
	sheet sheet
	rows  []row
	// as1904: days are counted from 1904, as old workbooks of Macs do.
	as1904 bool
}

// bookReader gathers what is wrong while it reads.
type bookReader struct {
	errors []CellError
	full   bool
}

func (b *bookReader) note(e CellError) {
	if b.full {
		return
	}
	if len(b.errors) == maxBookErrors {
		b.full = true
		e = CellError{Key: BookTooManyErrors, Args: []string{strconv.Itoa(maxBookErrors)}}
	}
	b.errors = append(b.errors, e)
}

// at notes a mistake in a cell.
func (b *bookReader) at(s sheet, r int, column, key string, args ...string) {
	b.note(CellError{Sheet: s.title, Row: r, Column: column, Key: key, Args: args})
}

// What a file that is no workbook may be instead.
var (
	// ErrEmptyFile: no octets at all.
	ErrEmptyFile = errors.New("empty file")
	// ErrPassword: locked by a password.
	ErrPassword = errors.New("locked by a password")
	// ErrOldWorkbook: Excel before 2007 (.xls).
	ErrOldWorkbook = errors.New("workbook of Excel before 2007")
)

// compoundFile begins an OLE compound file (MS-CFB 2.2): an old workbook, or a
// new one inside of an encrypted package (MS-OFFCRYPTO 2.3.1), whose stream is
// named in UTF-16.
const (
	compoundFile     = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	encryptedPackage = "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"
)

// openBook opens a workbook within the limits. A damaged file is an error,
// whatever the library makes of it.
func openBook(data []byte) (f *excelize.File, err error) {
	switch {
	case len(data) == 0:
		return nil, ErrEmptyFile
	case bytes.HasPrefix(data, []byte(compoundFile)) && bytes.Contains(data, []byte(encryptedPackage)):
		return nil, ErrPassword
	case bytes.HasPrefix(data, []byte(compoundFile)):
		return nil, ErrOldWorkbook
	}
	defer func() {
		if p := recover(); p != nil {
			f, err = nil, fmt.Errorf("open workbook: %v", p)
		}
	}()
	f, err = excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		RawCellValue:      true,
		UnzipSizeLimit:    maxUnzipped,
		UnzipXMLSizeLimit: maxUnzipped,
	})
	if err != nil {
		return nil, fmt.Errorf("open workbook: %w", err)
	}
	return f, nil
}

// table reads the sheet of this title. Mistakes in its shape are noted; a
// table with no rows is returned when it cannot be read further.
func (b *bookReader) table(f *excelize.File, s sheet) (t table, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("read sheet %q: %v", s.title, p)
		}
	}()
	t = table{sheet: s}
	if props, err := f.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		t.as1904 = *props.Date1904
	}
	var names []string
	for _, name := range f.GetSheetList() {
		if Fold(name) == Fold(s.title) {
			names = append(names, name)
		}
	}
	switch {
	case len(names) == 0:
		b.at(s, 0, "", BookMissingSheet)
		return t, nil
	case len(names) > 1:
		b.at(s, 0, "", BookDuplicateSheet)
		return t, nil
	}
	rows, err := f.Rows(names[0])
	if err != nil {
		return t, fmt.Errorf("read sheet %q: %w", s.title, err)
	}
	defer rows.Close()

	var heads []string // by column, "" where there is none
	stray := map[int]bool{}
	cells := 0
	headRow := 0
	for number := 1; rows.Next(); number++ {
		values, err := rows.Columns()
		if err != nil {
			return t, fmt.Errorf("read sheet %q row %d: %w", s.title, number, err)
		}
		cells += len(values)
		for i := range values {
			values[i] = clean(values[i])
		}
		if !slices.ContainsFunc(values, func(v string) bool { return v != "" }) {
			continue
		}
		if heads == nil {
			var ok bool
			if heads, ok = b.heads(s, number, values); !ok {
				return t, nil
			}
			headRow = number
			continue
		}
		if number > headRow+MaxBookRows || cells > maxCells {
			b.at(s, number, "", BookTooManyRows, strconv.Itoa(MaxBookRows))
			return t, nil
		}
		r := row{number: number, cells: map[string]string{}}
		for i, v := range values {
			switch {
			case v == "":
			case i < len(heads) && heads[i] != "":
				r.cells[heads[i]] = v
			case !stray[i]:
				stray[i] = true
				name, _ := excelize.ColumnNumberToName(i + 1)
				b.at(s, number, name, BookUnknownColumn, name)
			}
		}
		if len(r.cells) == 0 || strings.HasPrefix(Fold(r.cells[s.columns[0]])+" ", Fold(exampleMark)+" ") {
			continue
		}
		for _, column := range slices.Sorted(maps.Keys(r.cells)) {
			if utf8.RuneCountInString(r.cells[column]) > maxCell {
				b.at(s, number, column, BookTooLong, strconv.Itoa(maxCell))
				r.cells[column] = string([]rune(r.cells[column])[:maxCell])
			}
		}
		t.rows = append(t.rows, r)
	}
	if err := rows.Error(); err != nil {
		return t, fmt.Errorf("read sheet %q: %w", s.title, err)
	}
	if heads == nil {
		_, _ = b.heads(s, 1, nil)
	}
	return t, nil
}

// headings written in other ways.
var otherHeads = map[string]string{"email": colEmail, "e mail": colEmail}

// heads tells which column is which; false when the sheet cannot be read so.
func (b *bookReader) heads(s sheet, number int, values []string) ([]string, bool) {
	ok := true
	heads := make([]string, len(values))
	for i, v := range values {
		if v == "" {
			continue
		}
		at := slices.IndexFunc(s.columns, func(column string) bool {
			return Fold(column) == Fold(v) || otherHeads[Fold(v)] == column
		})
		switch {
		case at < 0:
			b.at(s, number, v, BookUnknownColumn, v)
			ok = false
		case slices.Contains(heads, s.columns[at]):
			b.at(s, number, v, BookDuplicateColumn, v)
			ok = false
		default:
			heads[i] = s.columns[at]
		}
	}
	for _, column := range s.required {
		if !slices.Contains(heads, column) {
			b.at(s, number, column, BookMissingColumn, column)
			ok = false
		}
	}
	return heads, ok
}

// clean puts a cell's text in one form: composed, single spaces.
func clean(s string) string {
	return strings.Join(strings.Fields(norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD"))), " ")
}
