package main

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/extract"
)

// trackerFile is an office's running tracker of n duties: heads over two rows, documents merged over five duties each, a section, every
// state in turn, days as days and as words, each fifth deadline moved.
func trackerFile(t testing.TB, n int) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	set := func(cell string, v any) {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	merge := func(from, to string) {
		if err := f.MergeCell("Sheet1", from, to); err != nil {
			t.Fatal(err)
		}
	}
	set("A1", "SỔ THEO DÕI NHIỆM VỤ UBND TỈNH GIAO")
	for cell, head := range map[string]string{
		"A3": "STT", "B3": "Văn bản giao nhiệm vụ", "B4": "Số, ký hiệu", "C4": "Ngày", "D3": "Nội dung nhiệm vụ", "E3": "Cơ quan chủ trì",
		"F3": "Cơ quan phối hợp", "G3": "Thời hạn", "G4": "Ban đầu", "H4": "Gia hạn", "I3": "Tình trạng", "J3": "Ngày hoàn thành", "K3": "Ghi chú",
	} {
		set(cell, head)
	}
	merge("B3", "C3")
	merge("G3", "H3")
	for _, col := range []string{"A", "D", "E", "F", "I", "J", "K"} {
		merge(col+"3", col+"4")
	}
	set("A5", "I. LĨNH VỰC CẢI CÁCH HÀNH CHÍNH")
	merge("A5", "K5")
	states := []string{"Chưa thực hiện", "Đang thực hiện", "Hoàn thành đúng hạn", "Hoàn thành quá hạn", "Chờ thẩm định"}
	for i := range n {
		row, at := 6+i, func(col string) string { return fmt.Sprint(col, 6+i) }
		set(at("A"), i+1)
		if i%5 == 0 {
			set(at("B"), fmt.Sprintf("%d/CT-UBND", 10+i/5))
			set(at("C"), fmt.Sprintf("%02d/3/2026", 1+i/5%28))
			last := min(row+4, 5+n)
			if last > row {
				merge(at("B"), fmt.Sprint("B", last))
				merge(at("C"), fmt.Sprint("C", last))
			}
		}
		set(at("D"), fmt.Sprintf("Nhiệm vụ %d: rà soát, tổng hợp và báo cáo Ủy ban nhân dân tỉnh", i+1))
		set(at("E"), []string{"Sở Nội vụ", "Sở Tài chính", "Văn phòng UBND tỉnh"}[i%3])
		set(at("F"), "Các sở, ban, ngành")
		set(at("G"), []any{"30/6/2026", "Trước ngày 30/9/2026", "Quý II/2026", "Tháng 6/2026", "30/9/2026"}[i%5])
		if i%5 == 1 {
			set(at("H"), "Gia hạn đến ngày 31/12/2026")
		}
		set(at("I"), states[i%5])
		switch i % 5 {
		case 2:
			set(at("J"), "20/6/2026")
		case 3:
			set(at("J"), "15/7/2026")
		case 4:
			set(at("J"), "25/9/2026")
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestTrackerFile reads a whole workbook through the adapter and begins with it: 40 rows and 500.
func TestTrackerFile(t *testing.T) {
	for _, n := range []int{40, 500} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			data := trackerFile(t, n)
			start := time.Now()
			got, err := (reader{calendar: calendar.New(calendar.Default())}).ReadTracker(t.Context(), tasks.Upload{Name: "so.xlsx", Data: data})
			if err != nil {
				t.Fatal(err)
			}
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("%d rows took %v", n, took)
			}
			if len(got.Documents) != n/5 || len(got.Left) != 0 {
				t.Fatalf("%d documents, left %+v", len(got.Documents), got.Left)
			}
			want := []tasks.TakenOver{
				{State: tasks.StateAssigned},
				{State: tasks.StateInProgress, FirstDue: calendar.MustParseDate("2026-09-30"), Moved: "Gia hạn đến ngày 31/12/2026"},
				{State: tasks.StateCompleted, CompletedOn: calendar.MustParseDate("2026-06-20"), Percent: 100, Said: tasks.OnTime},
				{State: tasks.StateCompleted, CompletedOn: calendar.MustParseDate("2026-07-15"), Percent: 100, Said: tasks.Late},
				{State: tasks.StateSubmitted, CompletedOn: calendar.MustParseDate("2026-09-25")},
			}
			dues := []string{"2026-06-30", "2026-12-31", "2026-06-30", "2026-06-30", "2026-09-30"}
			for k, doc := range got.Documents {
				if doc.Head.Number != fmt.Sprintf("%d/CT-UBND", 10+k) || doc.Head.Date.IsZero() || len(doc.Drafts) != 5 {
					t.Fatalf("document %d: %+v with %d duties", k, doc.Head, len(doc.Drafts))
				}
				for i, d := range doc.Drafts {
					w := want[i]
					w.Status, w.Sheet, w.Row = d.Taken.Status, "Sheet1", 6+5*k+i
					if *d.Taken != w || d.Deadline.String() != dues[i] || len(d.Doubts) != 0 || len(d.Leads) != 1 {
						t.Errorf("row %d: %+v, due %s, doubts %v; want %+v, %s", w.Row, *d.Taken, d.Deadline, d.Doubts, w, dues[i])
					}
				}
			}
		})
	}
}

// BenchmarkTracker reads trackers of growing length: ten times the rows take about ten times as long.
func BenchmarkTracker(b *testing.B) {
	for _, n := range []int{100, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			src, err := extract.Read("so.xlsx", trackerFile(b, n))
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, err := extract.ReadTracker(src, extract.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
