package extract

import "testing"

// TestAheadOfADay: so many days ahead of a day is that day less those days; about so many is no day.
func TestAheadOfADay(t *testing.T) {
	const doc = "2026-03-05"
	checkSentences(t, []phraseCase{
		{doc, "Gửi dự thảo về Sở Tư pháp trước thời hạn 30/6/2026 ít nhất 10 ngày.", "date 2026-06-20"},
		{doc, "Gửi dự thảo về Sở Tư pháp trước thời hạn ngày 30/6/2026 tối thiểu 02 tuần.", "date 2026-06-16"},
		{doc, "Gửi dự thảo về Sở Tư pháp trước ngày 30/6/2026 ít nhất 05 (năm) ngày làm việc.", "date 2026-06-23"},
		{doc, "Gửi dự thảo ít nhất 10 ngày trước ngày 30/6/2026.", "date 2026-06-20"},
		{doc, "Gửi dự thảo ít nhất 02 tuần trước ngày 30/6/2026.", "date 2026-06-16"},
		{doc, "Gửi dự thảo chậm nhất 10 ngày trước ngày 30/6/2026.", "date 2026-06-20"},
		{doc, "Hoàn thành trước ít nhất 10 ngày so với thời hạn 30/6/2026.", "date 2026-06-20"},
		{doc, "Hoàn thành sớm hơn thời hạn 30/6/2026 ít nhất 10 ngày.", "date 2026-06-20"},
		{doc, "Gửi dự thảo trước ngày 30/6 ít nhất 10 ngày.", "date 2026-06-20 ? no_year"},
		{doc, "Gửi dự thảo trước thời hạn 30/6/2026 khoảng 10 ngày.", "none ? vague"},
		{doc, "Gửi dự thảo trước thời hạn 30/6/2026 vài ngày.", "none ? vague"},
		{doc, "Gửi dự thảo trước ngày 30/6/2026 từ 05 đến 10 ngày.", "none ? vague"},
		{doc, "Gửi dự thảo trước ngày 30/6/2026 ít nhất 24 giờ.", "none ? vague"},
		{doc, "Gửi dự thảo khoảng 10 ngày trước ngày 30/6/2026.", "none ? vague"},
		{doc, "Phấn đấu hoàn thành vượt thời hạn 30/6/2026 ít nhất 10 ngày.", "none ? vague"},
		{doc, "Gửi báo cáo trước ngày 20/11 hằng năm ít nhất 10 ngày.", "none ? vague"},
		{doc, "Gửi dự thảo trước tháng 7/2026 ít nhất 10 ngày.", "none ? vague"},

		{doc, "Gửi dự thảo trước thời hạn 30/6/2026.", "date 2026-06-30"},
		{doc, "Kiểm tra trước ngày 30/6/2026 ít nhất 02 lần.", "date 2026-06-30"},
		{doc, "Kiểm tra trước ngày 30/6/2026 ít nhất 10 cơ sở.", "date 2026-06-30"},
		{doc, "Gửi dự thảo chậm nhất 10 ngày trước ngày khai mạc kỳ họp.", "conditional"},
	})
	checkPhrases(t, []phraseCase{
		{doc, "Trước thời hạn 30/6/2026 ít nhất 10 ngày", "date 2026-06-20"},
		{doc, "Trước ngày 30/6/2026 khoảng 10 ngày", "none ? vague"},
	})
}
