package extract

import (
	"fmt"
	"testing"
)

func TestRevisions(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Chỉ thị này thay thế Chỉ thị số 05/CT-UBND ngày 10/02/2025 của Chủ tịch Ủy ban nhân dân tỉnh.", []string{"replaces 05/CT-UBND 2025-02-10"}},
		{"Kế hoạch này sửa đổi, bổ sung một số nội dung tại Kế hoạch số 12/KH-UBND ngày 15 tháng 01 năm 2026.", []string{"amends 12/KH-UBND 2026-01-15"}},
		{"Quyết định này có hiệu lực từ ngày ký ban hành và thay thế Quyết định số 100/QĐ-UBND ngày 01/3/2024, Quyết định số 200/QĐ-UBND ngày 05/6/2024.",
			[]string{"replaces 100/QĐ-UBND 2024-03-01", "replaces 200/QĐ-UBND 2024-06-05"}},
		{"Điều 2. Bãi bỏ Kế hoạch số 33/KH-UBND ngày 02/4/2025.", []string{"repeals 33/KH-UBND 2025-04-02"}},
		// None of this document's own.
		{"Căn cứ Nghị định số 45/2019/NĐ-CP được sửa đổi, bổ sung bởi Nghị định số 12/2024/NĐ-CP.", nil},
		{"Sở Nội vụ tham mưu ban hành Quyết định thay thế Quyết định số 15/2022/QĐ-UBND trước ngày 30/6/2026.", nil},
		{"Sau khi Chính phủ ban hành Nghị định thay thế Nghị định số 32/2024/NĐ-CP.", nil},
	} {
		src := &Source{Format: FormatText, Blocks: []Block{
			{Index: 1, Kind: Paragraph, Text: "ỦY BAN NHÂN DÂN TỈNH MẪU SƠN"}, {Index: 2, Kind: Paragraph, Text: "Số: 99/CT-UBND"},
			{Index: 3, Kind: Paragraph, Text: "Mẫu Sơn, ngày 01 tháng 10 năm 2026"}, {Index: 4, Kind: Paragraph, Text: "CHỈ THỊ"},
			{Index: 5, Kind: Paragraph, Text: "Về cải cách hành chính"}, {Index: 6, Kind: Paragraph, Text: c.text},
		}}
		var got []string
		for _, r := range Revisions([]*Source{src}) {
			got = append(got, fmt.Sprintf("%s %s %s", r.Kind, r.Number, r.Date))
		}
		expect(t, c.text, got, c.want)
	}
}
