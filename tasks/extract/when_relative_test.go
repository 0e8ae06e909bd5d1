package extract

import "testing"

// TestDayOfARelativeClause: a day that tells which papers, tasks or bodies are meant is no deadline of the duty; where it could
// be either, it is told and not taken.
func TestDayOfARelativeClause(t *testing.T) {
	const doc = "2026-03-05"
	checkSentences(t, []phraseCase{
		{doc, "Sở Tài chính cấp bổ sung kinh phí cho các đơn vị có báo cáo trước ngày 20/4/2026.", "none"},
		{doc, "Sở Nội vụ khen thưởng những đơn vị có báo cáo kết quả trước ngày 20/4/2026.", "none"},
		{doc, "Kho bạc Nhà nước tỉnh thanh toán đối với các chủ đầu tư có hồ sơ đề nghị trước ngày 25/4/2026.", "none"},
		{doc, "Sở Nội vụ rà soát những nhiệm vụ được giao trước ngày 01/7/2026.", "none"},
		{doc, "Văn phòng UBND tỉnh theo dõi các nhiệm vụ, kết luận được Chủ tịch UBND tỉnh giao trước ngày 01/7/2026.", "none"},
		{doc, "Sở Xây dựng kiểm tra các dự án được phê duyệt trước ngày 01/5/2026, báo cáo UBND tỉnh trước ngày 30/5/2026.", "date 2026-05-30"},
		{doc, "Trung tâm Phục vụ hành chính công tỉnh giải quyết dứt điểm hồ sơ tiếp nhận trước ngày 15/4/2026.", "none"},
		{doc, "Các hồ sơ tiếp nhận trước ngày 15/4/2026 phải được giải quyết theo quy định cũ.", "none"},
		{doc, "Đối với hồ sơ được tiếp nhận trước ngày 15/4/2026, Sở Tư pháp giải quyết theo quy định cũ.", "none"},
		{doc, "Thanh tra tỉnh xử lý các vụ việc khiếu nại phát sinh trước ngày 01/4/2026.", "none"},
		{doc, "Sở Công Thương thẩm định hồ sơ nộp trước ngày 20/4/2026.", "none ? vague"},
		{doc, "Hoàn thành các nhiệm vụ được giao trước ngày 30/6/2026.", "none ? vague"},

		{doc, "Công an tỉnh cấp căn cước cho công dân có đơn trước ngày 20/4/2026.", "none"},
		{doc, "Sở Tài chính tổng hợp báo cáo của các đơn vị gửi trước ngày 20/4/2026.", "none ? vague"},
		{doc, "Xử lý dứt điểm các khoản nợ đọng đến hạn trước ngày 20/4/2026.", "none"},
		{doc, "Sở Nội vụ xử lý các đơn vị quá thời hạn 20/4/2026 chưa báo cáo.", "none"},

		{doc, "Các đơn vị có báo cáo trước ngày 20/4/2026.", "date 2026-04-20"},
		{doc, "Các đơn vị tiếp nhận trước ngày 20/4/2026.", "date 2026-04-20"},
		{doc, "Tham mưu UBND tỉnh quyết định ban hành trước ngày 20/4/2026.", "date 2026-04-20"},
		{doc, "Đẩy nhanh giải phóng mặt bằng để dự án khởi công trước ngày 20/4/2026.", "date 2026-04-20"},
		{doc, "Sở Nội vụ có báo cáo trước ngày 20/4/2026.", "date 2026-04-20"},
		{doc, "Sở Nội vụ và các đơn vị liên quan có văn bản trả lời trước ngày 20/4/2026.", "date 2026-04-20"},
		{doc, "Sở Nội vụ phối hợp với các sở có báo cáo trước ngày 20/4/2026.", "date 2026-04-20"},
		{doc, "Yêu cầu Sở Nội vụ, các địa phương có báo cáo kết quả trước ngày 20/4/2026.", "date 2026-04-20"},
		{doc, "Giao cho các đơn vị có báo cáo trước ngày 20/4/2026.", "date 2026-04-20"},
		{doc, "Yêu cầu các đơn vị có báo cáo trước ngày 20/4/2026.", "date 2026-04-20"},
		{doc, "Sở Nội vụ đôn đốc các đơn vị có báo cáo trước ngày 20/4/2026.", "date 2026-04-20"},
		{doc, "Gửi dự thảo cho các cơ quan có liên quan trước ngày 20/4/2026.", "date 2026-04-20"},
		{doc, "Các đơn vị được giao nhiệm vụ hoàn thành trước ngày 20/4/2026.", "date 2026-04-20"},
		{doc, "Các đơn vị được giao chủ trì báo cáo trước ngày 20/4/2026.", "date 2026-04-20"},
		{doc, "Kế hoạch phải được phê duyệt trước ngày 20/4/2026.", "date 2026-04-20"},
		{doc, "Bảo đảm các công trình được khởi công trước ngày 20/4/2026.", "date 2026-04-20"},
		{doc, "Sở Tư pháp hoàn thiện hồ sơ trình trước ngày 20/4/2026.", "date 2026-04-20"},
		{doc, "Sở Nội vụ tổ chức bàn giao, tiếp nhận trước ngày 20/4/2026.", "date 2026-04-20"},
	})
}

// TestBeforeAnEvent: what must be done before something happens has no day of its own.
func TestBeforeAnEvent(t *testing.T) {
	const doc = "2026-03-05"
	checkSentences(t, []phraseCase{
		{doc, "Sở Tư pháp thẩm định dự thảo trước khi trình UBND tỉnh.", "conditional"},
		{doc, "Công ty khắc phục các tồn tại trước khi đưa công trình vào sử dụng.", "conditional"},
		{doc, "Sở Y tế tập huấn cho cán bộ trước khi mùa mưa bắt đầu ngày 01/9/2026.", "conditional"},
		{doc, "Lấy ý kiến các sở, ngành trước khi trình UBND tỉnh trước ngày 30/6/2026.", "date 2026-06-30 + conditional ? event"},
		{doc, "Trước khi khởi công, Sở Xây dựng kiểm tra hồ sơ, hoàn thành trước ngày 30/6/2026.", "date 2026-06-30 + conditional ? event"},
		{doc, "Sở Nội vụ rà soát các hồ sơ đã nộp trước khi Luật có hiệu lực.", "none"},
		{doc, "Sở Nội vụ so sánh biên chế hiện nay với trước khi sắp xếp.", "none"},
	})
	checkPhrases(t, []phraseCase{
		{doc, "Trước khi trình HĐND tỉnh", "conditional"},
		{doc, "Trước khi trình HĐND tỉnh ngày 10/7/2026", "conditional"},
	})
}

// TestWithinTheYear: "trong năm" is the end of the document's year where it closes the order to finish, and with a doubt.
func TestWithinTheYear(t *testing.T) {
	const doc = "2026-03-05"
	checkSentences(t, []phraseCase{
		{doc, "Sở Y tế hoàn thành việc lắp đặt camera trong năm 2026.", "date 2026-12-31"},
		{doc, "Sở Y tế công bố kết quả trong năm 2026.", "date 2026-12-31"},
		{doc, "Sở Y tế hoàn thành trong năm nay.", "date 2026-12-31"},
		{doc, "Sở Y tế hoàn thành trong năm.", "date 2026-12-31 ? no_year"},
		{doc, "Sở Y tế hoàn thành việc lắp đặt camera trong năm; báo cáo UBND tỉnh.", "date 2026-12-31 ? no_year"},
		{"", "Sở Y tế hoàn thành việc lắp đặt camera trong năm.", "date ? no_year"},
		{doc, "Sở Nội vụ đánh giá mức độ hoàn thành nhiệm vụ trong năm.", "none"},
		{doc, "Sở Nội vụ báo cáo kết quả thực hiện nhiệm vụ trong năm.", "none"},
		{doc, "Sở Nội vụ báo cáo kết quả thực hiện nhiệm vụ trong năm nay.", "none"},
		{doc, "Sở Tài chính cân đối các khoản phát sinh trong năm.", "none"},
		{doc, "Hoàn thành các nhiệm vụ phát sinh trong năm.", "none"},
		{doc, "Hoàn thành chương trình trong năm học 2026 - 2027.", "none"},
	})
	checkPhrases(t, []phraseCase{
		{doc, "Trong năm", "date 2026-12-31 ? no_year"},
		{doc, "Hoàn thành trong năm", "date 2026-12-31 ? no_year"},
		{doc, "Trong năm nay", "date 2026-12-31"},
		{"", "Trong năm", "date ? no_year"},
	})
}
