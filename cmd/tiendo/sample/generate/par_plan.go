package main

import "slices"

// parPlan is Kế hoạch 98/KH-UBND on the PAR INDEX: headings and row numbers are Word's own, its annex a table with merged cells.
func parPlan() document {
	return document{
		name:     "ke-hoach-98-par-index.docx",
		Title:    "Kế hoạch 98/KH-UBND",
		Author:   "Sở Nội vụ tỉnh Mẫu Sơn",
		Created:  "2026-07-13T07:00:00Z",
		Numbered: true,
		Blocks: slices.Concat(
			[]block{head("ỦY BAN NHÂN DÂN", "TỈNH MẪU SƠN", "98/KH-UBND", "Mẫu Sơn, ngày 13 tháng 7 năm 2026")},
			title("KẾ HOẠCH", "Nâng cao Chỉ số cải cách hành chính (PAR INDEX) tỉnh Mẫu Sơn năm 2026"),
			bodies(
				"Căn cứ Quyết định số 892/QĐ-BNV ngày 05/12/2024 của Bộ Nội vụ về xác định Chỉ số cải cách hành chính, Ủy ban nhân dân tỉnh ban hành Kế hoạch nâng cao Chỉ số cải cách hành chính (PAR INDEX) tỉnh Mẫu Sơn năm 2026 như sau:",
			),
			parPlanBody(),
			[]block{closing([]string{
				"- Bộ Nội vụ (b/c);",
				"- Thường trực Tỉnh ủy, HĐND tỉnh (b/c);",
				"- Chủ tịch, các PCT UBND tỉnh;",
				"- Các sở, ban, ngành;",
				"- UBND các xã, phường;",
				"- Lưu: VT, SNV.",
			}, "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "", "Lương Thị Bích Ngọc")},
		),
		Annex: slices.Concat(
			[]block{
				para(centered("PHỤ LỤC", 28)),
				para(centered("NHIỆM VỤ NÂNG CAO CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM 2026", 28)),
				para(paragraph{Text: "(Kèm theo Kế hoạch số 98/KH-UBND ngày 13/7/2026 của Ủy ban nhân dân tỉnh Mẫu Sơn)", Italic: true, Align: "center"}),
			},
			[]block{{T: annexTable(parRows)}},
		),
	}
}

func parPlanBody() []block {
	return []block{
		auto(0, "MỤC ĐÍCH, YÊU CẦU"),
		autoHeaded(1, "Mục đích", ""),
		auto(3, "Khắc phục các tiêu chí bị trừ điểm năm 2025, phấn đấu Chỉ số PAR INDEX năm 2026 của tỉnh đạt từ 89 điểm trở lên, thuộc nhóm 15 tỉnh, thành phố dẫn đầu."),
		auto(3, "Nâng mức độ hài lòng của người dân, tổ chức đối với sự phục vụ của cơ quan hành chính lên trên 86%."),
		autoHeaded(1, "Yêu cầu", ""),
		auto(3, "Mỗi nhiệm vụ có một cơ quan chịu trách nhiệm chính, có sản phẩm và mốc thời gian kiểm đếm được."),
		auto(3, "Tài liệu kiểm chứng được lưu ngay khi hoàn thành nhiệm vụ, không dồn đến kỳ tự chấm điểm."),
		auto(0, "NHIỆM VỤ"),
		body("Các nhiệm vụ cụ thể theo tám lĩnh vực của Chỉ số PAR INDEX được giao tại Phụ lục kèm theo Kế hoạch này."),
		auto(0, "TỔ CHỨC THỰC HIỆN"),
		autoHeaded(1, "Sở Nội vụ: ", "Là cơ quan thường trực, theo dõi, đôn đốc việc thực hiện Kế hoạch, tổng hợp báo cáo UBND tỉnh trước ngày 15 tháng cuối quý."),
		autoHeaded(1, "Sở Tài chính: ", "Tham mưu UBND tỉnh bảo đảm kinh phí thực hiện các nhiệm vụ của Kế hoạch theo phân cấp ngân sách hiện hành."),
	}
}

// duty is one row of an annex.
type duty struct {
	text, criterion, lead, cooperating, due, product string
	sameLead                                         bool // the lead's cell goes on from the row above
	sameCooperating                                  bool
}

// area is a section of an annex with its duties.
type area struct {
	name   string
	duties []duty
}

var annexWidths = []int{700, 4500, 1500, 2000, 2100, 1700, 2000}

var annexHeads = []string{"TT", "Nhiệm vụ", "Tiêu chí", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", "Sản phẩm"}

func annexTable(areas []area) *table {
	t := &table{Widths: annexWidths, Lines: true}
	headRow := row{Header: true}
	for i, h := range annexHeads {
		headRow.Cells = append(headRow.Cells, cell{Span: 1, Width: annexWidths[i], Paras: []paragraph{centered(h, 24)}})
	}
	t.Rows = append(t.Rows, headRow)
	wide := 0
	for _, w := range annexWidths[1:] {
		wide += w
	}
	for _, a := range areas {
		t.Rows = append(t.Rows, row{Cells: []cell{
			{Span: 1, Width: annexWidths[0], Paras: []paragraph{{Num: numSections, Align: "center"}}},
			{Span: len(annexWidths) - 1, Width: wide, Paras: []paragraph{{Lead: a.name, Size: 24}}},
		}})
		for i, d := range a.duties {
			t.Rows = append(t.Rows, dutyRow(a.duties, i, d))
		}
	}
	return t
}

func dutyRow(duties []duty, i int, d duty) row {
	below := func(same func(duty) bool) bool { return i+1 < len(duties) && same(duties[i+1]) }
	merge := func(same func(duty) bool) string {
		switch {
		case same(d):
			return "continue"
		case below(same):
			return "restart"
		}
		return ""
	}
	at := func(col int, text, merge string) cell {
		c := cell{Span: 1, Width: annexWidths[col], Merge: merge}
		if text != "" {
			c.Paras = []paragraph{{Text: text, Size: 24}}
		}
		return c
	}
	return row{Cells: []cell{
		{Span: 1, Width: annexWidths[0], Paras: []paragraph{{Num: numRows, Align: "center"}}},
		at(1, d.text, ""),
		at(2, d.criterion, ""),
		at(3, d.lead, merge(func(d duty) bool { return d.sameLead })),
		at(4, d.cooperating, merge(func(d duty) bool { return d.sameCooperating })),
		at(5, d.due, ""),
		at(6, d.product, ""),
	}}
}
