package extract

import "testing"

// TestTableForms: column heads in the words that offices choose, and tables that are no duties.
func TestTableForms(t *testing.T) {
	const who, with = "Sở Nội vụ", "Sở Tài chính"
	one := []string{"1: " + who + " + " + with}
	for _, c := range []struct {
		head []string
		body []string
		want []string
	}{
		{[]string{"TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian dự kiến hoàn thành", "Kết quả dự kiến", "Nguồn kinh phí"}, []string{"1", "Xây dựng đề án vị trí việc làm", who, with, "Quý II/2026", "Đề án", "Ngân sách"}, one},
		{[]string{"STT", "Việc cần làm", "Chủ trì", "Phối hợp", "Hạn"}, []string{"1", "Xây dựng đề án vị trí việc làm", who, with, "6/2026"}, one},
		{[]string{"Số TT", "Nội dung công việc", "Đơn vị chịu trách nhiệm chính", "Đơn vị phối hợp", "Tiến độ", "Ghi chú"}, []string{"1", "Xây dựng đề án vị trí việc làm", who, with, "Tháng 6/2026", ""}, one},
		{[]string{"STT", "Giải pháp", "Sản phẩm", "Phụ trách", "Phối hợp thực hiện", "Thời hạn"}, []string{"1", "Xây dựng đề án vị trí việc làm", "Đề án", who, with, "30/6/2026"}, one},
		{[]string{"TT", "Tên hoạt động", "Cơ quan chủ trì", "Cơ quan, đơn vị phối hợp", "Thời điểm hoàn thành"}, []string{"1", "Xây dựng đề án vị trí việc làm", who, with, "30/6/2026"}, one},
		{[]string{"TT", "Tên gọi", "Chủ trì", "Phối hợp", "Thời gian"}, []string{"1", "Xây dựng đề án vị trí việc làm trong các cơ quan hành chính", who, with, "30/6/2026"}, one},
		{[]string{"TT", "Công tác", "Cơ quan chủ trì/Đơn vị thực hiện", "Cơ quan phối hợp", "Thời gian thực hiện"}, []string{"1", "Xây dựng đề án vị trí việc làm", who, with, "Năm 2026"}, one},
		{[]string{"TT", "Tiêu chí", "Điểm tối đa", "Điểm tự chấm", "Đơn vị theo dõi"}, []string{"1", "Ban hành kế hoạch đúng hạn", "1,5", "1,0", who}, nil},
		{[]string{"TT", "Chỉ tiêu", "Đơn vị tính", "Năm 2025", "Năm 2026", "Cơ quan chủ trì"}, []string{"1", "Hồ sơ đúng hạn", "%", "97", "99", who}, nil},
		{[]string{"STT", "Họ và tên", "Chức vụ", "Đơn vị"}, []string{"1", "Lò Văn An", "Giám đốc", who}, nil},
		{[]string{"TT", "Tên thủ tục hành chính", "Thời hạn giải quyết", "Phí, lệ phí", "Căn cứ pháp lý"}, []string{"1", "Cấp giấy phép xây dựng nhà ở riêng lẻ", "15 ngày", "75.000 đồng", "Luật Xây dựng"}, nil},
	} {
		expect(t, c.head[1]+" / "+c.head[2], outlineOf(extracted(t, tableOf(row(c.head...), row(c.body...)))), c.want)
	}
}
