package office

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

type line struct {
	text, group string
	n           int
	day         testDay
	at          time.Time
}

// testDay is a date as text.
type testDay string

func (d testDay) String() string { return string(d) }

func (d testDay) IsZero() bool { return d == "" }

func lineColumns() []Column[line] {
	return []Column[line]{
		{Head: "Nội dung", Width: 40, Value: func(l line) any { return l.text }},
		{Head: "Số", Width: 8, Value: func(l line) any { return l.n }},
		{Head: "Ngày", Value: func(l line) any { return l.day }},
		{Head: "Lúc", Width: 18, Value: func(l line) any { return l.at }},
		{Head: "=Trống", Value: func(line) any { return nil }},
	}
}

func seq[T any](rows ...T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func open(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestWorkbookIsReadBack(t *testing.T) {
	zone := time.FixedZone("+07", 7*3600)
	rows := []line{
		{text: "=1+1", n: 1234, day: "2026-10-05", at: time.Date(2026, 10, 5, 7, 30, 0, 0, zone)},
		{text: "Rà soát\nhai dòng & <b>", n: -2},
	}
	var out bytes.Buffer
	sheet := Sheet{
		Name: "Sổ", Title: "Sổ theo dõi", Left: []string{"UBND TỈNH", "VĂN PHÒNG"}, Right: []string{"NƯỚC", "Khẩu hiệu"}, Lines: []string{"Tháng 10"},
		Footer: "Một & hai", After: func() []string { return []string{"Hết"} },
	}
	if err := WriteWorkbook(&out, sheet, Table[line]{Columns: lineColumns(), Rows: seq(rows...)}); err != nil {
		t.Fatal(err)
	}
	f := open(t, out.Bytes())
	if got := f.GetSheetList(); len(got) != 1 || got[0] != "Sổ" {
		t.Fatalf("sheets %q", got)
	}
	// The head of the list is in row 7: two of bodies, an empty one, the title, the line, an empty one.
	for cell, want := range map[string]string{
		"A1": "UBND TỈNH", "A2": "VĂN PHÒNG", "A4": "Sổ theo dõi", "A5": "Tháng 10", "A7": "Nội dung", "E7": "'=Trống",
		"A8": "'=1+1", "B8": "1234", "C8": "46300", "D8": "46300.3125", "A9": "Rà soát\nhai dòng & <b>", "B9": "-2", "C9": "", "A10": "Hết",
	} {
		got, err := f.GetCellValue("Sổ", cell, excelize.Options{RawCellValue: true})
		if err != nil || got != want {
			t.Errorf("%s is %q (%v), want %q", cell, got, err, want)
		}
	}
	if got, _ := f.GetCellValue("Sổ", "C8"); got != "05/10/2026" {
		t.Errorf("the day is shown as %q", got)
	}
	if got, _ := f.GetCellValue("Sổ", "D8"); got != "07:30 05/10/2026" {
		t.Errorf("the instant is shown as %q", got)
	}
	for _, cell := range []string{"A8", "A9", "A7"} {
		if formula, _ := f.GetCellFormula("Sổ", cell); formula != "" {
			t.Errorf("%s is the formula %q", cell, formula)
		}
	}
	panes, err := f.GetPanes("Sổ")
	if err != nil || !panes.Freeze || panes.YSplit != 7 {
		t.Errorf("panes %+v (%v)", panes, err)
	}
	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		names[n.Name] = n.RefersTo
	}
	if names["_xlnm.Print_Titles"] != "'Sổ'!$7:$7" || !strings.Contains(names["_xlnm._FilterDatabase"], "$A$7:$E$9") {
		t.Errorf("names %q", names)
	}
	layout, err := f.GetPageLayout("Sổ")
	if err != nil || *layout.Size != 9 || *layout.Orientation != "landscape" || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 {
		t.Errorf("layout %+v (%v)", layout, err)
	}
	if props, err := f.GetSheetProps("Sổ"); err != nil || props.FitToPage == nil || !*props.FitToPage {
		t.Errorf("the sheet is not as wide as the paper: %+v (%v)", props, err)
	}
	if foot, err := f.GetHeaderFooter("Sổ"); err != nil || !strings.Contains(foot.OddFooter, "Một && hai") {
		t.Errorf("footer %+v (%v)", foot, err)
	}
	if width, _ := f.GetColWidth("Sổ", "A"); width != 40 {
		t.Errorf("width %v", width)
	}
}

func TestWorkbookGroups(t *testing.T) {
	var out bytes.Buffer
	table := Table[line]{
		Columns: lineColumns(), Group: func(l line) string { return l.group },
		Rows: seq(line{text: "một", group: "Sở A"}, line{text: "hai", group: "Sở A"}, line{text: "ba", group: "Sở B"}),
	}
	if err := WriteWorkbook(&out, Sheet{Title: "X"}, table); err != nil {
		t.Fatal(err)
	}
	f := open(t, out.Bytes())
	for i, want := range []string{"X", "", "Nội dung", "Sở A", "một", "hai", "Sở B", "ba"} {
		if got, _ := f.GetCellValue("X", fmt.Sprintf("A%d", i+1)); got != want {
			t.Errorf("row %d is %q, want %q", i+1, got, want)
		}
	}
	merged, _ := f.GetMergeCells("X")
	if len(merged) != 3 {
		t.Errorf("%d merged cells, want the title and two groups", len(merged))
	}
}

func TestWorkbookOfNothing(t *testing.T) {
	var out bytes.Buffer
	if err := WriteWorkbook(&out, Sheet{Title: "X"}, Table[line]{Columns: lineColumns(), Rows: seq[line](), Empty: "Không có"}); err != nil {
		t.Fatal(err)
	}
	if got, _ := open(t, out.Bytes()).GetCellValue("X", "A4"); got != "Không có" {
		t.Errorf("row 4 is %q", got)
	}
}

// Nothing is sent of a list that could not be read to its end.
func TestWorkbookWithABrokenList(t *testing.T) {
	broken := errors.New("broken")
	rows := func(yield func(line, error) bool) {
		if yield(line{text: "một"}, nil) {
			yield(line{}, broken)
		}
	}
	var out bytes.Buffer
	err := WriteWorkbook(&out, Sheet{Title: "X"}, Table[line]{Columns: lineColumns(), Rows: rows})
	if !errors.Is(err, broken) || out.Len() != 0 {
		t.Errorf("error %v after %d octets", err, out.Len())
	}
}

func TestWorkbookIsTheSameEachTime(t *testing.T) {
	write := func() []byte {
		var out bytes.Buffer
		if err := WriteWorkbook(&out, Sheet{Title: "X"}, Table[line]{Columns: lineColumns(), Rows: seq(line{text: "một", n: 1})}); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	if !bytes.Equal(write(), write()) {
		t.Error("two workbooks of one list differ")
	}
}

// BenchmarkWorkbook tells how much memory is in use while twenty thousand rows are written.
func BenchmarkWorkbook(b *testing.B) {
	const most = 20_000
	text := strings.Repeat("Rà soát, cắt giảm thủ tục hành chính nội bộ. ", 6)
	for b.Loop() {
		var peak uint64
		rows := func(yield func(line, error) bool) {
			for i := range most {
				if i%5000 == 0 {
					var m runtime.MemStats
					runtime.GC()
					runtime.ReadMemStats(&m)
					peak = max(peak, m.HeapInuse)
				}
				if !yield(line{text: text, n: i, day: "2026-10-05"}, nil) {
					return
				}
			}
		}
		var n counter
		if err := WriteWorkbook(&n, Sheet{Title: "X"}, Table[line]{Columns: lineColumns(), Rows: rows}); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(peak)/(1<<20), "MiB-in-use")
		b.ReportMetric(float64(n)/(1<<20), "MiB-file")
	}
}

type counter int

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}
