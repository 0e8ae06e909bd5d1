package tasks_test

import (
	"testing"

	"tiendo/tasks"
)

func TestTitleInCapitalsIsCalmed(t *testing.T) {
	text := []tasks.SourceBlock{
		{Block: 1, Text: "VỀ VIỆC NÂNG CAO CHỈ SỐ PAPI CỦA TỈNH LAI CHÂU"},
		{Block: 2, Text: "Thời gian qua, tỉnh Lai Châu đã nâng cao Chỉ số PAPI, bảo đảm an toàn; Sở Nội vụ báo cáo về kết quả."},
		{Block: 3, Rows: []tasks.SourceRow{{Cells: []tasks.SourceCell{{Text: "phường Hòa An rà soát việc của phường Hòa An"}}}}},
	}
	for title, want := range map[string]string{
		"VỀ VIỆC NÂNG CAO CHỈ SỐ PAPI CỦA TỈNH LAI CHÂU": "Về việc nâng cao Chỉ số PAPI của tỉnh Lai Châu",
		"BẢO ĐẢM AN TOÀN TẠI PHƯỜNG HÒA AN,":             "Bảo đảm an toàn tại phường Hòa An,",
		"Về việc nâng cao Chỉ số PAPI":                   "Về việc nâng cao Chỉ số PAPI",
		"KẾ HOẠCH 2026":                                  "Kế hoạch 2026",
		"":                                               "",
	} {
		r := newRig(t)
		r.reader.out = tasks.Extraction{Head: tasks.Head{Title: title}, Blocks: [][]tasks.SourceBlock{text}}
		d := must(r.documents.Import(t.Context(), r.secretariat, tasks.NewDocument{Text: "x"}))(t)
		if d.Title != want {
			t.Errorf("%q became %q, want %q", title, d.Title, want)
		}
	}
	// What a person typed stays as he typed it.
	r := newRig(t)
	d := must(r.documents.Import(t.Context(), r.secretariat, tasks.NewDocument{Text: "x", Head: tasks.Head{Title: "KẾ HOẠCH"}}))(t)
	if d.Title != "KẾ HOẠCH" {
		t.Errorf("the typed title became %q", d.Title)
	}
}
