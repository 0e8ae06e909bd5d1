package extract

import (
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// TestWorkbook reads an annex kept as an .xlsx: a title above, a head over two
// rows, merged leads, a section's row, a day kept as a date.
func TestWorkbook(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	const sheet = "Phụ lục"
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.SetSheetName("Sheet1", sheet))
	for i, cells := range [][]any{
		{"PHỤ LỤC: NHIỆM VỤ CẢI THIỆN CHỈ SỐ PAPI NĂM 2026"},
		{"(Kèm theo Kế hoạch số 15/KH-UBND ngày 20/01/2026)"},
		{},
		{"TT", "Chỉ số nội dung", "Nhiệm vụ, giải pháp", "Phân công", nil, "Thời hạn", "Kết quả"},
		{nil, nil, nil, "Chủ trì", "Phối hợp"},
		{"I", "THAM GIA CỦA NGƯỜI DÂN Ở CẤP CƠ SỞ"},
		{1, "Tri thức công dân", "Tuyên truyền pháp luật về bầu cử đến người dân", "Sở Tư pháp", "UBND các xã, phường", "Quý II/2026", "Báo cáo"},
		{2, "Chất lượng bầu cử", "Giám sát việc bầu trưởng thôn, tổ trưởng tổ dân phố", nil, "Sở Nội vụ", time.Date(2026, 9, 30, 0, 0, 0, 0, time.UTC), ""},
		{3, "Đóng góp tự nguyện", "Công khai các khoản đóng góp ở thôn", "UBND các xã, phường", nil, "Thường xuyên", ""},
	} {
		for k, v := range cells {
			if v != nil {
				name, err := excelize.CoordinatesToCellName(k+1, i+1)
				must(err)
				must(f.SetCellValue(sheet, name, v))
			}
		}
	}
	for _, m := range [][2]string{{"A1", "G1"}, {"D4", "E4"}, {"A4", "A5"}, {"B4", "B5"}, {"C4", "C5"}, {"F4", "F5"}, {"G4", "G5"}, {"B6", "G6"}, {"D7", "D8"}} {
		must(f.MergeCell(sheet, m[0], m[1]))
	}
	data, err := f.WriteToBuffer()
	must(err)
	source, err := Read("phu-luc.xlsx", data.Bytes())
	must(err)

	r := extracted(t, source)
	expect(t, "workbook", outlineOf(r), []string{"1: Sở Tư pháp + UBND các xã, phường", "2: Sở Tư pháp + Sở Nội vụ", "3: UBND các xã, phường"})
	if len(r.Tasks) != 3 {
		t.FailNow()
	}
	var dues []string
	for _, task := range r.Tasks {
		dues = append(dues, task.Due.Kind+" "+task.Due.Date)
	}
	expect(t, "dues", dues, []string{"date 2026-06-30", "date 2026-09-30", "ongoing "})
	if got := r.Tasks[1]; got.Source.Row != 8 || got.Source.Part != PartTable || len(got.Criteria) != 1 || got.Criteria[0] != "Chất lượng bầu cử" || got.Section != "I THAM GIA CỦA NGƯỜI DÂN Ở CẤP CƠ SỞ" {
		t.Errorf("%+v", got)
	}
}
