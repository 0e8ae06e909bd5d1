package extract

import "testing"

func TestZZ(t *testing.T) {
	for _, p := range []string{
		"Sở Nội vụ tham mưu UBND tỉnh ban hành Quyết định được Thường trực Tỉnh ủy thông qua trước ngày 30/6/2026.",
		"UBND các xã rà soát, xử lý các công trình vi phạm xây dựng trước ngày 01/7/2026.",
		"Sở Tài chính tổng hợp báo cáo của các đơn vị gửi trước ngày 20/4/2026.",
		"Sở Nội vụ tổng hợp các kiến nghị nhận được trước ngày 20/4/2026.",
		"Ban QLDA đẩy nhanh tiến độ dự án được giao, hoàn thành trước ngày 20/4/2026.",
		"Các cơ quan, đơn vị được giao chủ trì gửi báo cáo về Sở Nội vụ trước ngày 20/4/2026.",
		"Sở Nội vụ hoàn thiện dự thảo Kế hoạch gửi Sở Tư pháp thẩm định trước ngày 20/4/2026.",
		"Sở Nội vụ có báo cáo trước ngày 20/4/2026.",
		"Sở Nội vụ và các đơn vị liên quan có văn bản trả lời trước ngày 20/4/2026.",
		"Sở Nội vụ phối hợp với các sở có báo cáo trước ngày 20/4/2026.",
		"Yêu cầu Sở Nội vụ, các địa phương có báo cáo kết quả trước ngày 20/4/2026.",
		"Giao Sở Nội vụ theo dõi, đôn đốc, tổng hợp báo cáo UBND tỉnh những việc được giao trước ngày 20/4/2026.",
		"Triển khai các dự án được phê duyệt trước ngày 20/4/2026.",
		"Rà soát các quy hoạch, kế hoạch trình trước ngày 20/4/2026.",
		"Sở Y tế kiểm tra, đề xuất các nội dung trình trước ngày 20/4/2026.",
		"Tổ chức thẩm định và gửi kết quả được phê duyệt trước ngày 20/4/2026.",
		"Công an tỉnh cấp căn cước cho công dân có đơn trước ngày 20/4/2026.",
		"Sở Nội vụ trình UBND tỉnh trước khi hết quý II/2026.",
		"Sở Nội vụ trình UBND tỉnh trước khi kết thúc năm 2026.",
		"Hoàn thành trước thời hạn được giao.",
		"Hoàn thành trước thời hạn ít nhất 10 ngày.",
		"Gửi hồ sơ chậm nhất 5 ngày làm việc trước ngày 30/6/2026, kèm dự thảo.",
		"Gửi báo cáo trước ngày 25 hằng tháng ít nhất 02 ngày.",
		"Gửi báo cáo trước ngày 20/11 hằng năm ít nhất 10 ngày.",
		"Hoàn thành trước ngày 30/6/2026 một số công trình.",
		"Hoàn thành trước ngày 30/6/2026 02 công trình.",
		"Gửi báo cáo trước ngày 30/6/2026, tối thiểu 02 tuần một lần kiểm tra.",
		"Phấn đấu hoàn thành vượt thời hạn 30/6/2026 ít nhất 10 ngày.",
		"Tổ chức từ ngày 01/6/2026 đến trước ngày 30/6/2026 ít nhất 10 ngày.",
		"Gửi Sở Nội vụ trước 17 giờ ngày 30/6/2026 ít nhất 1 ngày.",
		"Trong năm, hoàn thành xây dựng 02 trường học.",
		"Hoàn thành 100% chỉ tiêu được giao trong năm.",
		"Hoàn thành nhiệm vụ trong năm 2026.",
		"Thực hiện trong năm 2026.",
		"Báo cáo tình hình thực hiện trong năm 2026 trước ngày 15/12/2026.",
		"Tuyển dụng đủ biên chế còn thiếu trong năm 2026.",
		"Hướng dẫn cho các đơn vị báo cáo trước ngày 20/4/2026.",
		"Xử lý dứt điểm các khoản nợ đọng đến hạn trước ngày 20/4/2026.",
		"Sở Xây dựng cấp phép đối với công trình khởi công trước ngày 20/4/2026.",
		"Thông báo cho các đơn vị có hồ sơ trước ngày 20/4/2026.",
	} {
		d, ds := deadlineIn(p, anchorOn("2026-03-05"))
		t.Logf("%s: %s", p, brief(d, ds))
	}
	for _, p := range []string{"Yêu cầu các ban quản lý rà soát.", "Yêu cầu các đối tượng vi phạm khắc phục.", "Đề nghị các đồng chí Ủy viên chỉ đạo rà soát.", "Yêu cầu các ngành, các cấp rà soát.", "Yêu cầu các phần việc trên hoàn thành.", "Yêu cầu các ông, bà có tên trên chấp hành."} {
		t.Logf("%s: %q", p, newDuty(p).own(false).names)
	}
}
