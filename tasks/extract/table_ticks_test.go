package extract

import "testing"

// TestTableTimes: columns of quarters that rows tick, columns of a beginning and an end, and points that are no deadlines.
func TestTableTimes(t *testing.T) {
	const who, with, duty = "Sở Nội vụ", "Các sở, ngành", "Kiểm tra công tác cải cách hành chính"
	for _, c := range []struct {
		name string
		rows [][]string
		want []string
	}{
		{"ticks", [][]string{
			{"STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Quý I", "Quý II", "Quý III", "Quý IV"},
			{"1", duty, who, with, "", "x", "X", ""}, {"2", duty, who, with, "x", "", "", ""}, {"3", duty, who, with, "", "", "", ""},
		}, []string{"2026-09-30", "2026-03-31", ""}},
		{"a column of quarters that holds figures is none of ticks", [][]string{
			{"STT", "Nhiệm vụ", "Chủ trì", "Thời hạn", "Quý I", "Quý II", "Quý III"},
			{"1", duty, who, "30/6/2026", "10", "20", "x"},
		}, []string{"2026-06-30"}},
		{"beginning and end", [][]string{
			{"TT", "Nội dung công việc", "Đơn vị thực hiện", "Bắt đầu", "Kết thúc"}, {"1", duty, who, "01/4/2026", "30/6/2026"},
		}, []string{"2026-06-30"}},
		{"points beside a duty with its deadline", [][]string{
			{"Mã TC", "Tiêu chí thành phần", "Nhiệm vụ, giải pháp", "Điểm chuẩn", "Điểm đạt", "Điểm mất", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn"},
			{"1", "CHỈ ĐẠO, ĐIỀU HÀNH", "", "9,5", "8,95", "0,55", "", "", ""},
			{"1.2.1", "Tỷ lệ nhiệm vụ hoàn thành", duty, "1,0", "0,85", "0,15", who, with, "15/12/2026"},
		}, []string{"2026-12-15"}},
		{"points and who answers for them, no duty", [][]string{
			{"TT", "Tiêu chí", "Điểm chuẩn", "Điểm đạt", "Cơ quan chủ trì", "Thời gian chấm"}, {"1", "Ban hành kế hoạch đúng hạn", "2,0", "1,5", who, "12/2026"},
		}, nil},
	} {
		rows := make([]Row, len(c.rows))
		for i, cells := range c.rows {
			rows[i] = row(cells...)
		}
		source := tableOf(rows...)
		head := paragraphs("ỦY BAN NHÂN DÂN TỈNH MẪU SƠN", "Số: 21/KH-UBND", "Mẫu Sơn, ngày 14 tháng 01 năm 2026", "KẾ HOẠCH", "Cải cách hành chính năm 2026")
		var got []string
		for _, task := range extracted(t, head, source).Tasks {
			got = append(got, task.Due.Date)
		}
		expect(t, c.name, got, c.want)
	}
}
