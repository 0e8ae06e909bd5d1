package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// sheet is one sheet of a workbook: column widths in characters, rows of cells. A time.Time becomes a date cell.
type sheet struct {
	name   string
	widths []float64
	rows   [][]any
	merged [][2]string // ranges merged into one bold cell
	spans  [][2]string // ranges merged into one plain cell
	heads  []int       // 1-based rows that are bold
}

const dateFormat = "dd/mm/yyyy"

// workbook writes sheets as an .xlsx whose bytes depend on nothing but the sheets.
func workbook(created string, sheets ...sheet) ([]byte, error) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }() // nothing was spilled to disk: the workbook is small
	if err := f.SetDocProps(&excelize.DocProperties{Creator: "tỉnh Mẫu Sơn", Created: created, Modified: created}); err != nil {
		return nil, fmt.Errorf("set properties: %w", err)
	}
	numFmt := dateFormat
	wrapped := &excelize.Alignment{Vertical: "top", WrapText: true}
	date, err := f.NewStyle(&excelize.Style{CustomNumFmt: &numFmt, Alignment: wrapped})
	if err != nil {
		return nil, fmt.Errorf("date style: %w", err)
	}
	plain, err := f.NewStyle(&excelize.Style{Alignment: wrapped})
	if err != nil {
		return nil, fmt.Errorf("plain style: %w", err)
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}})
	if err != nil {
		return nil, fmt.Errorf("bold style: %w", err)
	}
	for i, s := range sheets {
		if i == 0 {
			err = f.SetSheetName("Sheet1", s.name)
		} else {
			_, err = f.NewSheet(s.name)
		}
		if err != nil {
			return nil, fmt.Errorf("sheet %s: %w", s.name, err)
		}
		if err := s.fill(f, plain, bold, date); err != nil {
			return nil, fmt.Errorf("sheet %s: %w", s.name, err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, fmt.Errorf("write workbook: %w", err)
	}
	return repack(out.Bytes())
}

func (s sheet) fill(f *excelize.File, plain, bold, date int) error {
	for i, w := range s.widths {
		col, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := f.SetColWidth(s.name, col, col, w); err != nil {
			return err
		}
	}
	for r, values := range s.rows {
		for c, v := range values {
			if v == nil || v == "" {
				continue
			}
			name, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				return err
			}
			if err := f.SetCellValue(s.name, name, v); err != nil {
				return err
			}
			style := plain
			if _, ok := v.(time.Time); ok {
				style = date
			} else if slices.Contains(s.heads, r+1) {
				style = bold
			}
			if err := f.SetCellStyle(s.name, name, name, style); err != nil {
				return err
			}
		}
	}
	for _, m := range s.merged {
		if err := f.MergeCell(s.name, m[0], m[1]); err != nil {
			return err
		}
		if err := f.SetCellStyle(s.name, m[0], m[1], bold); err != nil {
			return err
		}
	}
	for _, m := range s.spans {
		if err := f.MergeCell(s.name, m[0], m[1]); err != nil {
			return err
		}
	}
	return nil
}

// repack writes a zip again with its entries in order and one fixed time.
func repack(data []byte) ([]byte, error) {
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("read workbook: %w", err)
	}
	entries := slices.Clone(zr.File)
	slices.SortFunc(entries, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	for _, e := range entries {
		r, err := e.Open()
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", e.Name, err)
		}
		w, err := zw.CreateHeader(&zip.FileHeader{Name: e.Name, Method: zip.Deflate, Modified: zipTime})
		if err != nil {
			return nil, fmt.Errorf("zip %s: %w", e.Name, err)
		}
		if _, err := io.Copy(w, r); err != nil {
			return nil, fmt.Errorf("copy %s: %w", e.Name, err)
		}
		if err := r.Close(); err != nil {
			return nil, fmt.Errorf("close %s: %w", e.Name, err)
		}
	}
	if err := zw.Close(); err != nil {
		return nil, fmt.Errorf("close zip: %w", err)
	}
	return out.Bytes(), nil
}

// cellDate makes a date cell of YYYY-MM-DD, and leaves other words as they are.
func cellDate(s string) any {
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return t
	}
	return s
}
