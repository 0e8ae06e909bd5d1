package extract

import "testing"

// TestSentenceWeighed: of the days in a sentence the one that is the duty's deadline, and none that only tells of figures,
// papers or what came before.
func TestSentenceWeighed(t *testing.T) {
	const doc = "2026-03-05"
	checkSentences(t, []phraseCase{
		{doc, "Sở Y tế tập trung hoàn thành dứt điểm trước ngày 20/4/2026; sau thời gian trên nếu chưa xong thì kiểm điểm.", "date 2026-04-20"},
		{doc, "Công an tỉnh mở đợt cao điểm từ ngày 15/3/2026 đến ngày 15/6/2026.", "date 2026-06-15"},
		{doc, "Sở Nội vụ hoàn thành trước thời điểm 01/7/2026.", "date 2026-07-01"},
		{doc, "Gửi tài liệu về Sở Nội vụ, hạn cuối ngày 30/6/2026.", "date 2026-06-30"},
		{doc, "Gửi tài liệu về Sở Nội vụ, hạn chót là ngày 30/6/2026.", "date 2026-06-30"},
		{doc, "Sở Nội vụ hoàn thiện hồ sơ, thời hạn 30/6/2026.", "date 2026-06-30"},
		{doc, "Sở Y tế kiểm tra các giấy phép hết hạn ngày 30/6/2026.", "none"},
		{doc, "Thanh tra tỉnh xử lý các vụ việc phát sinh trước ngày 01/01/2026, báo cáo kết quả trong quý II/2026.", "date 2026-06-30"},
		{doc, "Sở Tài chính thu hồi các khoản tạm ứng đến ngày 31/12/2025 chưa quyết toán.", "none ? past"},
		{doc, "UBND các xã tổng hợp số liệu từ ngày 15/12/2025 đến ngày 14/6/2026 gửi Sở Nội vụ.", "none"},
		{doc, "Sở Tài chính báo cáo kết quả giải ngân đến hết ngày 30/6/2026 trước ngày 05/7/2026.", "date 2026-07-05"},
		{doc, "Sở Nội vụ gửi báo cáo sơ kết, tổng kết trước ngày 20/6 và 20/12/2026.", "date 2026-06-20 + date 2026-12-20 ? several"},
		{doc, "Sở Nội vụ gửi báo cáo sơ kết, tổng kết trước ngày 20/6 và 20/12.", "date 2026-06-20 + date 2026-12-20 ? no_year no_year further"},
		{doc, "Sở Tư pháp trong thời gian 15 ngày làm việc kể từ ngày ký ban hành Chỉ thị này phải trình UBND tỉnh.", "date 2026-03-26"},
		{doc, "Sở Y tế cập nhật số liệu lên hệ thống hằng ngày.", "recurring FREQ=DAILY"},
		{doc, "Sở Tài chính bố trí kinh phí từ ngân sách hằng năm.", "none"},
		{doc, "Đài tỉnh phát mỗi tuần ít nhất 03 tin, bài từ tháng 5 đến hết tháng 8 năm 2026.", "recurring FREQ=WEEKLY;BYDAY=FR;UNTIL=20260831 + date 2026-08-31 ? no_day further"},
		{doc, "Văn phòng UBND tỉnh báo cáo tại phiên họp thường kỳ tháng.", "recurring FREQ=MONTHLY;BYMONTHDAY=-1 ? no_day"},
		{doc, "Văn phòng UBND tỉnh báo cáo tại phiên họp thường kỳ tháng 4.", "none"},
	})
}

// TestPhraseMonths: months beside each other are one stretch, months at even steps come again each year.
func TestPhraseMonths(t *testing.T) {
	const doc = "2026-03-05"
	checkPhrases(t, []phraseCase{
		{doc, "Tháng 5, tháng 6/2026", "date 2026-06-30"},
		{doc, "Tháng 5 và tháng 10/2026", "date 2026-05-31 + date 2026-10-31 ? several"},
		{doc, "Ngày 15 các tháng 3, 6, 9, 12", "recurring FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15"},
		{doc, "Tháng 3, 6, 9 và 12", "recurring FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1 ? no_day"},
		{doc, "Tháng 3, 4, 5/2026", "date 2026-05-31"},
		{doc, "Theo lộ trình, hoàn thành năm 2027", "date 2027-12-31 + conditional ? event"},
		{doc, "Theo văn bản chỉ đạo", "conditional"},
	})
}
