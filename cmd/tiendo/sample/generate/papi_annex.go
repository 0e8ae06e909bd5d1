package main

import "fmt"

// papiAnnex is the annex of Kế hoạch 131/KH-UBND: a title over the table, a merged row a section, and cells
// merged over two rows where the same agencies cooperate.
func papiAnnex() ([]byte, error) {
	s := sheet{name: "Phụ lục", widths: []float64{6, 60, 10, 30, 32, 24, 28}}
	s.rows = [][]any{
		{"PHỤ LỤC"},
		{"NHIỆM VỤ CẢI THIỆN CHỈ SỐ PAPI NĂM 2026"},
		{"(Kèm theo Kế hoạch số 131/KH-UBND ngày 20/7/2026 của Ủy ban nhân dân tỉnh Mẫu Sơn)"},
		{},
		{"TT", "Nhiệm vụ", "Tiêu chí", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", "Sản phẩm"},
	}
	s.heads = []int{1, 2, 5}
	for r := 1; r <= 3; r++ {
		s.merged = append(s.merged, [2]string{fmt.Sprintf("A%d", r), fmt.Sprintf("G%d", r)})
	}
	number := 0
	for _, a := range papiRows {
		s.rows = append(s.rows, []any{a.name})
		r := len(s.rows)
		s.heads = append(s.heads, r)
		s.merged = append(s.merged, [2]string{fmt.Sprintf("A%d", r), fmt.Sprintf("G%d", r)})
		for _, d := range a.duties {
			number++
			s.rows = append(s.rows, []any{number, d.text, d.criterion, d.lead, d.cooperating, cellDate(d.due), d.product})
			if d.sameCooperating {
				last := len(s.rows)
				s.spans = append(s.spans, [2]string{fmt.Sprintf("E%d", last-1), fmt.Sprintf("E%d", last)})
			}
		}
	}
	return workbook("2026-07-20T07:00:00Z", s)
}
