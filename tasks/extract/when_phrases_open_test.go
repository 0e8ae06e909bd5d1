package extract

import "testing"

// Periods counted from an event and times tied to one have no day.
func TestPhrasesEvent(t *testing.T) {
	const doc = "2025-02-10"
	checkPhrases(t, []phraseCase{
		{doc, "trong thời hạn 10 ngày kể từ ngày nhận Kế hoạch này", "conditional"},
		{doc, "Chậm nhất trong 20 ngày làm việc, kể từ ngày nhận được kiến nghị", "conditional"},
		{doc, "chậm nhất là 10 ngày làm việc, kể từ ngày nhận được kiến nghị", "conditional"},
		{doc, "chậm nhất 05 ngày làm việc kể từ ngày nhận được kiến nghị", "conditional"},
		{doc, "Trong 03 ngày làm việc kể từ ngày nhận được kiến nghị", "conditional"},
		{doc, "trong thời hạn 02 ngày làm việc kể từ ngày phát hiện", "conditional"},
		{doc, "trong vòng 30 ngày", "conditional ? no_start"},
		// How long it lasts, not by when it is done.
		{doc, "trong thời gian 07 ngày liên tục", "none ? vague"},
		{doc, "Chậm nhất là 30 ngày, trước ngày khai mạc kỳ họp thường lệ của HĐND tỉnh", "conditional"},
		{doc, "Chậm nhất là 15 ngày, trước ngày khai mạc kỳ họp thường lệ của HĐND tỉnh", "conditional"},
		{doc, "sau khi được ban hành", "conditional"},
		{doc, "ngay sau khi Luật Phòng", "conditional"},
		{doc, "Thời gian thực hiện: Sau khi Nghị định quy định chi tiết thi hành một số điều", "conditional"},
		{doc, "Ngay sau kỳ nghỉ Tết", "conditional"},
		{doc, "ngay sau khi tiếp nhận kiến nghị", "conditional"},
		{doc, "khi có yêu cầu", "conditional"},
		{doc, "đột xuất khi có yêu cầu", "conditional"},
		{doc, "hoặc đột xuất theo yêu cầu", "conditional"},
		{doc, "đột xuất khi cần thiết", "conditional"},
	})
}

func TestPhrasesOpenEnded(t *testing.T) {
	const doc = "2025-02-10"
	checkPhrases(t, []phraseCase{
		{doc, "Thường xuyên", "ongoing"},
		{doc, "Nhiệm vụ thường xuyên", "ongoing"},
		{doc, "Thời gian thực hiện: Thực hiện thường xuyên", "ongoing"},
		{doc, "Thời gian thực hiện: Thường xuyên, theo yêu cầu nhiệm vụ", "ongoing + conditional"},
		{doc, "Thời gian thực hiện: Theo kế hoạch công tác tư pháp hàng năm", "conditional"},
		{doc, "Thời gian thực hiện: Theo Kế hoạch bồi dưỡng công chức, viên chức hàng năm", "conditional"},
		{doc, "Thời gian thực hiện: Triển khai đảm bảo theo lộ trình, hướng dẫn của Bộ, ngành", "conditional"},
		{doc, "Thời gian thực hiện: Theo tiến độ xây dựng dự thảo văn bản của cơ quan chủ trì soạn thảo", "conditional"},
		{doc, "Theo kế hoạch", "conditional"},
		{doc, "theo đúng lộ trình, kế hoạch đề ra", "conditional"},
		{doc, "đúng thời hạn", "none ? vague"},
		{doc, "theo đúng quy định", "conditional"},
		{doc, "định kỳ báo cáo", "recurring ? no_frequency"},
		{doc, "theo định kỳ", "recurring ? no_frequency"},
		{doc, "trong thời gian sớm nhất", "none ? vague"},
		{doc, "trong thời gian đến", "none ? vague"},
		{doc, "kịp thời", "none ? vague"},
		{doc, "khẩn trương", "none ? vague"},
		{doc, "ngay từ", "none ? vague"},
		{doc, "24/24 giờ", "ongoing"},
		{doc, "trước, trong và sau Tết", "none ? vague"},
	})
}

// Dates that set no deadline. Where only the sentence shows it, the phrase alone is taken with what it says, and the sentence
// is read below.
func TestPhrasesTraps(t *testing.T) {
	checkPhrases(t, []phraseCase{
		{"2025-11-19", "hoàn thành việc cập nhật cơ sở dữ liệu cán bộ, công chức, viên chức trước ngày 30 tháng 10 năm 2025", "date 2025-10-30 ? past"},
		{"2022-05-19", "kể từ ngày 01/7/2022", "ongoing"},
		{"2025-02-10", "tính từ ngày 15 tháng 12 năm trước kỳ báo cáo đến ngày 14 tháng 12", "none ? vague"},
		{"2025-11-01", "Giao Phó Thủ tướng Chính phủ Trần Hồng Hà trước ngày 15 tháng 11 năm 2025 trực tiếp kiểm tra", "date 2025-11-15"},
		{"2025-02-10", "từ 06 tháng đến 36 tháng tuổi", "none ? vague"},
		{"2025-02-10", "thời điểm 0h00 ngày 01 tháng 01 năm 2026", "none ? vague"},
	})
	checkSentences(t, []phraseCase{
		{"2025-11-19", "Các đơn vị đã được giao hoàn thành việc cập nhật cơ sở dữ liệu cán bộ, công chức, viên chức trước ngày 30 tháng 10 năm 2025 khẩn trương thực hiện.", "none"},
		{"2022-05-19", "Sử dụng hóa đơn điện tử kể từ ngày 01/7/2022 theo quy định.", "none"},
		{"2025-02-10", "Số liệu báo cáo năm tính từ ngày 15 tháng 12 năm trước kỳ báo cáo đến ngày 14 tháng 12 của kỳ báo cáo.", "none"},
		{"2025-11-01", "Giao Phó Thủ tướng Chính phủ Trần Hồng Hà trước ngày 15 tháng 11 năm 2025 trực tiếp kiểm tra", "date 2025-11-15"},
		{"2025-02-10", "Rà soát, tiêm chủng cho trẻ từ 06 tháng đến 36 tháng tuổi trên địa bàn.", "none"},
		{"2025-02-10", "Kiểm kê tài sản công tại thời điểm 0h00 ngày 01 tháng 01 năm 2026.", "none"},
	})
}
