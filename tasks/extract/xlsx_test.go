package extract

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

func workbookBytes(tb testing.TB, fill func(f *excelize.File)) []byte {
	tb.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var buf bytes.Buffer
	must(tb, f.Write(&buf))
	return buf.Bytes()
}

func unzip(tb testing.TB, data []byte) map[string][]byte {
	tb.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(tb, err)
	parts := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		must(tb, err)
		parts[f.Name], err = io.ReadAll(r)
		must(tb, err)
	}
	return parts
}

// sampleWorkbook has what a plan's annex has: a heading over the table, merged cells, dates, a hidden sheet.
func sampleWorkbook(tb testing.TB) []byte {
	return workbookBytes(tb, func(f *excelize.File) {
		must(tb, f.SetSheetName("Sheet1", "Phụ lục"))
		style := func(s *excelize.Style) int {
			id, err := f.NewStyle(s)
			must(tb, err)
			return id
		}
		text := "dd/mm/yyyy;@"
		month := `"tháng" mm/yyyy`
		day := style(&excelize.Style{NumFmt: 14})
		ownDay := style(&excelize.Style{CustomNumFmt: &text})
		ownMonth := style(&excelize.Style{CustomNumFmt: &month})
		percent := style(&excelize.Style{NumFmt: 10})
		bold := style(&excelize.Style{Font: &excelize.Font{Bold: true}})
		for cell, v := range map[string]any{
			"A1": "KẾ HOẠCH  CẢI CÁCH", "A3": "STT", "B3": "Nhiệm vụ", "C3": "Hạn", "D3": "Tỷ lệ",
			"A4": 1, "B4": "Rà soát\n\n thủ tục ", "C4": time.Date(2026, 12, 15, 0, 0, 0, 0, time.UTC), "D4": 0.975,
			"A5": 2, "C5": time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), "D5": 0.1 + 0.2,
			"A7": 3, "B7": "Sở Nội vụ", "C7": time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC), "D7": true,
		} {
			must(tb, f.SetCellValue("Phụ lục", cell, v))
		}
		must(tb, f.SetCellStyle("Phụ lục", "C4", "C4", day))
		must(tb, f.SetCellStyle("Phụ lục", "C5", "C5", ownDay))
		must(tb, f.SetCellStyle("Phụ lục", "C7", "C7", ownMonth))
		must(tb, f.SetCellStyle("Phụ lục", "D4", "D4", percent))
		must(tb, f.SetCellStyle("Phụ lục", "A3", "D3", bold))
		must(tb, f.MergeCell("Phụ lục", "A1", "D1"))
		must(tb, f.MergeCell("Phụ lục", "B4", "B6"))
		must(tb, f.SetRowVisible("Phụ lục", 5, false))
		must(tb, f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'Phụ lục'!$A:$A,'Phụ lục'!$3:$3", Scope: "Phụ lục"}))
		for _, name := range []string{"Ẩn", "Danh mục"} {
			_, err := f.NewSheet(name)
			must(tb, err)
			must(tb, f.SetCellValue(name, "B2", "trong "+name))
		}
		must(tb, f.SetSheetVisible("Ẩn", false))
	})
}

func TestReadXLSX(t *testing.T) {
	src, err := Read("phụ lục.xlsx", sampleWorkbook(t))
	must(t, err)
	if src.Format != FormatXLSX || len(src.Blocks) != 2 {
		t.Fatalf("%s, %d blocks", src.Format, len(src.Blocks))
	}
	wantLines(t, src.Blocks[:1],
		"|---KẾ HOẠCH CẢI CÁCH",
		"|STT|Nhiệm vụ|Hạn|Tỷ lệ",
		"|1|Rà soát⏎thủ tục|15/12/2026|97.5%",
		"|2|^Rà soát⏎thủ tục|01/03/2026|0.3",
		"|3|Sở Nội vụ|10/2026|TRUE")
	wantLines(t, src.Blocks[1:], "|trong Danh mục")
	b := src.Blocks[0]
	if b.Sheet != "Phụ lục" || b.Index != 1 || src.Blocks[1].Index != 3 {
		t.Errorf("sheet %q, index %d and %d", b.Sheet, b.Index, src.Blocks[1].Index)
	}
	var numbers []int
	for _, r := range b.Rows {
		numbers = append(numbers, r.Number)
		if r.Header != (r.Number == 3) {
			t.Errorf("row %d: header %v", r.Number, r.Header)
		}
		for _, c := range r.Cells {
			if c.Bold != (r.Number == 3) {
				t.Errorf("row %d, column %d: bold %v", r.Number, c.Col, c.Bold)
			}
		}
	}
	if len(numbers) != 5 || numbers[0] != 1 || numbers[1] != 3 || numbers[4] != 7 {
		t.Errorf("rows %v", numbers)
	}
	if c := src.Blocks[1].Rows[0].Cells[0]; c.Col != 1 {
		t.Errorf("column %d, want 1", c.Col)
	}
}

// TestReadXLSXCutSheet holds that a sheet which ends too early is an error and not a shorter sheet.
func TestReadXLSXCutSheet(t *testing.T) {
	parts := map[string]string{}
	for name, content := range unzip(t, sampleWorkbook(t)) {
		parts[name] = string(content)
	}
	const sheet = "xl/worksheets/sheet1.xml"
	parts[sheet] = parts[sheet][:strings.Index(parts[sheet], `<row r="7"`)]
	_, err := Read("a.xlsx", zipOf(t, parts))
	wantKey(t, err, KeyDamaged)
}

// TestReadXLSXSparse reads a sheet of few bytes that names the grid's last row and column, under a merge of the whole grid.
func TestReadXLSXSparse(t *testing.T) {
	parts := map[string]string{}
	for name, content := range unzip(t, workbookBytes(t, func(*excelize.File) {})) {
		parts[name] = string(content)
	}
	parts["xl/worksheets/sheet1.xml"] = `<worksheet><sheetData><row r="2"><c r="B2" t="inlineStr"><is><t>đầu</t></is></c></row>` +
		`<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>cuối</t></is></c></row></sheetData>` +
		`<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="B2:XFC1048576"/></mergeCells></worksheet>`
	data := zipOf(t, parts)
	start := time.Now()
	src, err := Read("a.xlsx", data)
	must(t, err)
	if rows := src.Blocks[0].Rows; len(rows) != 2 || rows[1].Number != 1_048_576 || len(rows[1].Cells) != 2 || !rows[1].Cells[0].Continued || rows[1].Cells[1].Col != 16_383 {
		t.Errorf("rows %+v", rows)
	}
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("took %v", took)
	}
}

func TestCellFormat(t *testing.T) {
	tests := []struct {
		code, raw, want string
		day0            dayZero
	}{
		{"General", "12.5", "12.5", 0},
		{"0.00%", "0.125", "12.5%", 0},
		{"dd/mm/yyyy", "46371", "15/12/2026", 0},
		{"dd/mm/yyyy", "44909", "15/12/2026", dayZero1904},
		{"[$-42A]dd mmmm yyyy;@", "46371", "15/12/2026", 0},
		{"m/d/yy h:mm", "46371.75", "15/12/2026", 0},
		{`"ngày "d`, "46371", "15/12/2026", 0},
		{"mm/yyyy", "46371", "12/2026", 0},
		{"yyyy", "46371", "2026", 0},
		{"hh:mm", "0.75", "18:00", 0},
		{`#,##0" đ"`, "1500000", "1500000", 0},
		{`0 "ngày"`, "5", "5", 0},
		{"[Red]0.0", "1.5", "1.5", 0},
		{"dd/mm/yyyy", "1", "01/01/1900", 0},
		{"dd/mm/yyyy", "-5", "-5", 0},
		{"dd/mm/yyyy", "1e300", "1" + strings.Repeat("0", 300), 0},
		{"dd/mm/yyyy", "quý II", "quý II", 0},
	}
	for _, test := range tests {
		if got := (cellFormat{kind: kindOfCode(test.code)}).show(test.raw, test.day0); got != test.want {
			t.Errorf("%s of %s = %q, want %q", test.raw, test.code, got, test.want)
		}
	}
}
