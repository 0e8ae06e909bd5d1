package extract

import "testing"

// Months, quarters, years and spans of years end on their last day.
func TestPhrasesPeriod(t *testing.T) {
	checkPhrases(t, []phraseCase{
		{"2025-11-12", "trong tháng 12/2025", "date 2025-12-31"},
		{"2025-11-12", "Tháng 12/2025", "date 2025-12-31"},
		{"2025-11-12", "Thời gian hoàn thành: Tháng 11 - 12/2025", "date 2025-12-31"},
		{"2025-11-12", "trong tháng 11 năm 2025", "date 2025-11-30"},
		{"2025-11-12", "hoàn thành trong tháng 11 năm 2025", "date 2025-11-30"},
		{"2025-08-12", "Hoàn thành trong tháng 9/2025", "date 2025-09-30"},
		{"2025-11-12", "Thời gian hoàn thành trong tháng 12 năm 2025", "date 2025-12-31"},
		{"2025-11-12", "triển khai ngay trong tháng 12 năm 2025", "date 2025-12-31"},
		{"2025-08-12", "Tháng 10/2025", "date 2025-10-31"},
		{"2025-02-10", "6/2025", "date 2025-06-30"},
		{"2024-12-27", "01/2025", "date 2025-01-31"},
		{"2025-02-10", "trong Quý III/2025", "date 2025-09-30"},
		{"2025-02-10", "Quí IV-2025", "date 2025-12-31"},
		{"2025-02-10", "Quý IV/2025", "date 2025-12-31"},
		{"2025-08-12", "Thời gian thực hiện: Quý IV năm 2025 và các năm tiếp theo", "ongoing + date 2025-12-31 ? further"},
		{"2025-02-10", "Hoàn thành trong năm 2025", "date 2025-12-31"},
		{"2025-02-10", "Thời gian thực hiện: Hoàn thành trong năm 2025", "date 2025-12-31"},
		{"2018-02-10", "Trong năm 2018", "date 2018-12-31"},
		{"2025-11-12", "Năm 2026", "date 2026-12-31"},
		{"2025-02-10", "Năm 2025 - 2026", "date 2026-12-31"},
		{"2025-02-10", "Năm 2025-2030", "date 2030-12-31"},
		{"2025-02-10", "2025 - 2030", "date 2030-12-31"},
		{"2025-02-10", "2026-2030", "date 2030-12-31"},
		{"2025-02-10", "2025 - 2035", "date 2035-12-31"},
		{"2025-02-10", "Thời gian thực hiện: Giai đoạn 2026-2030 và những năm tiếp theo", "ongoing + date 2030-12-31 ? further"},
		{"2025-02-10", "Thời gian thực hiện: năm 2026 - 2027", "date 2027-12-31"},
		{"2025-02-10", "Từ nay đến hết năm 2025", "date 2025-12-31"},
		{"2025-02-10", "Từ năm 2025 đến hết năm 2030", "date 2030-12-31"},
		{"2025-09-10", "Từ tháng 10/2025 đến khi kết thúc kiểm kê", "ongoing"},
		{"2025-09-10", "Từ tháng 11/2025 đến khi kết thúc Tổng kiểm kê", "ongoing"},
		{"2025-09-10", "đến hết tháng 3 năm 2026", "date 2026-03-31"},
		{"2025-09-10", "Đến hết năm 2030", "date 2030-12-31"},
		{"2025-09-10", "đến cuối năm 2025", "date 2025-12-31"},
		{"2025-09-10", "Báo cáo giữa kỳ thực hiện Kế hoạch (năm 2030)", "date 2030-12-31"},
	})
}
