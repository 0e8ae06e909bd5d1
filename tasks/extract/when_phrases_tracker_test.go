package extract

import "testing"

// Deadlines as offices write them in the trackers they keep themselves.
func TestPhrasesTracker(t *testing.T) {
	const doc = "2026-02-02"
	checkPhrases(t, []phraseCase{
		{doc, "Năm 2026 và hằng năm đến 2030", "date 2026-12-31 + recurring " + everyYearEnd + ";UNTIL=20301231 ? no_day further"},
		{"2025-12-29", "Tháng 01 và tháng 12/2026", "date 2026-01-31 + date 2026-12-31 ? several"},
		{doc, "Quý II/2026, từ 01/7/2026, cuối năm 2026", "date 2026-06-30 + ongoing + date 2026-12-31 ? several"},
		{doc, "Định kỳ 6 tháng, hằng năm", "recurring " + everyHalf + " + recurring " + everyYearEnd + " ? no_day further"},
		{doc, "2027-2030", "date 2030-12-31"},
		{doc, "2027-2028", "date 2028-12-31"},
		{doc, "Quý III/2030", "date 2030-09-30"},
		{doc, "Tháng 12//2026", "date 2026-12-31"},
		{doc, "Thang 8/2026", "date 2026-08-31"},
		{doc, "Quý II/năm 2026", "date 2026-06-30"},
		{doc, "Quý IV/ 2026", "date 2026-12-31"},
		{doc, "Tháng 5/ 2026", "date 2026-05-31"},
		{doc, "Tháng 02/2027", "date 2027-02-28"},
		{doc, "Trước tháng 3/2027", "date 2027-02-28"},
		{doc, "Trước tháng 03/2027", "date 2027-02-28"},
		{doc, "Trước ngày 01/6/2026", "date 2026-06-01"},
		{doc, "Trong quý IV/2026", "date 2026-12-31"},
		{doc, "Trong năm 2026", "date 2026-12-31"},
		{doc, "Trong tháng 6/2026", "date 2026-06-30"},
		{doc, "Kỳ họp cuối năm 2026", "conditional"},
		{doc, "Quý I/2027, sau khi HĐND thông qua Nghị quyết", "date 2027-03-31 + conditional ? event"},
		{doc, "Tháng 9/2026 (sau khi kết thúc kỳ tuyển sinh năm học 2026 – 2027)", "date 2026-09-30 + conditional ? event"},
		{doc, "Sau khi Chính phủ ban hành Nghị định thay thế Nghị định số 32/2024/NĐ-CP. Thời gian hoàn thành trong 6 tháng sau khi Chính phủ ban hành Nghị định", "conditional"},
		{doc, "Sau khi cơ quan Trung ương ban hành văn bản hướng dẫn", "conditional"},
		{doc, "Chưa xác định thời gian xử lý", "none ? vague"},
		{doc, "Chưa đề xuất", "none ? vague"},
		{doc, "Đề xuất giao Sở Xây dựng tham mưu", "none ? vague"},
		{doc, "Trong năm 2026(Đề nghị Sở Tư pháp tổng hợp xây dựng văn bản bãi bỏ chung)", "date 2026-12-31"},
		// The repeal comes after that day: not sure, so it is said.
		{doc, "Tiếp tục áp dụng đến 31/12/2026; sau thời gian này sẽ tiến hành bãi bỏ", "date 2026-12-31 + conditional ? event"},
		{doc, "Xin gia hạn hoàn thành trước ngày 20/7/2026", "date 2026-07-20 ? tentative"},
		{doc, "dự kiến trình UBND tỉnh trước ngày 02/6/2026", "date 2026-06-02 ? tentative"},
		{doc, "dự kiến hoàn thành 30/6/2026 và trình UBND tỉnh phê duyệt trước 10/7/2026", "date 2026-06-30 + date 2026-07-10 ? tentative several"},
		{doc, "hoàn thành trước 25/5/2026", "date 2026-05-25"},
		{doc, "Yêu cầu trình UBND tỉnh (CV 8035/UBND-TH) Trước 08/6/2026", "date 2026-06-08"},
		{doc, "Chậm nhất 17/6/2026", "date 2026-06-17"},
	})
}
