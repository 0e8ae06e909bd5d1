package extract

import "testing"

func TestPhrasesEveryYear(t *testing.T) {
	const doc = "2025-02-10"
	checkPhrases(t, []phraseCase{
		{doc, "trước ngày 15/11 hằng năm", "recurring FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15"},
		{doc, "trước ngày 25/12 hàng năm", "recurring FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25"},
		{doc, "Trước ngày 15/12 hàng năm", "recurring FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"},
		{doc, "trước ngày 20/11 hàng năm", "recurring FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=20"},
		{doc, "trước ngày 30/11 hằng năm", "recurring FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30"},
		{doc, "trước ngày 15 tháng 02 hàng năm", "recurring FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=15"},
		{doc, "trước ngày 25 tháng 01 hàng năm", "recurring FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=25"},
		{doc, "trước ngày 01/6 và 15/11 hằng năm", "recurring FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1 + recurring FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15 ? further"},
		{doc, "định kỳ trước ngày 15 tháng 02 hàng năm", "recurring FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=15"},
		{doc, "Định kỳ hằng năm (trước ngày 15 tháng 12)", "recurring FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"},
		{doc, "Định kỳ hằng năm (trước ngày 30 tháng 11)", "recurring FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30"},
		{doc, "định kỳ hàng năm báo cáo kết quả thực hiện về Sở Nông nghiệp và Môi trường chậm nhất ngày 17 tháng 12", "recurring FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=17"},
		{doc, "Hằng năm", "recurring " + everyYearEnd + " ? no_day"},
		{doc, "Hàng năm", "recurring " + everyYearEnd + " ? no_day"},
		{doc, "Thường xuyên, hằng năm", "recurring " + everyYearEnd + " + ongoing ? no_day"},
		{doc, "định kỳ hàng năm", "recurring " + everyYearEnd + " ? no_day"},
		{doc, "Định kỳ hàng năm", "recurring " + everyYearEnd + " ? no_day"},
		{doc, "gửi trước ngày 25/11 hàng năm", "recurring FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=25"},
	})
}

func TestPhrasesShorterCadences(t *testing.T) {
	const doc = "2025-02-10"
	checkPhrases(t, []phraseCase{
		{doc, "trước ngày 20 hằng tháng", "recurring FREQ=MONTHLY;BYMONTHDAY=20"},
		{doc, "trước ngày 15 hằng tháng", "recurring FREQ=MONTHLY;BYMONTHDAY=15"},
		{doc, "trước ngày 16 hàng tháng", "recurring FREQ=MONTHLY;BYMONTHDAY=16"},
		{doc, "trước ngày 18 hàng tháng", "recurring FREQ=MONTHLY;BYMONTHDAY=18"},
		// The year's summary stands for the second half: no day in December may be made up.
		{doc, "Định kỳ hàng tháng (trước ngày 16 hàng tháng), 6 tháng (trước ngày 16/6), tổng kết năm (trước ngày 20/11 hàng năm) hoặc khi có yêu cầu",
			"recurring FREQ=MONTHLY;BYMONTHDAY=16 + recurring FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=16 + recurring FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=20 + conditional ? further"},
		{doc, "định kỳ hàng tháng báo cáo", "recurring " + everyMonth + " ? no_day"},
		{doc, "Định kỳ hàng tháng", "recurring " + everyMonth + " ? no_day"},
		{doc, "định kỳ hằng tháng báo cáo", "recurring " + everyMonth + " ? no_day"},
		{doc, "Định kỳ 6 tháng, hàng năm hoặc đột xuất", "recurring " + everyHalf + " + recurring " + everyYearEnd + " + conditional ? no_day further"},
		{doc, "định kỳ 6 tháng báo cáo kết quả thực hiện", "recurring " + everyHalf + " ? no_day"},
		{doc, "Định kỳ 06 (sáu) tháng", "recurring " + everyHalf + " ? no_day"},
		{doc, "định kỳ hằng quý", "recurring " + everyQuarter + " ? no_day"},
		{doc, "Thường xuyên, định kỳ hằng quý báo cáo về Sở Tài chính", "recurring " + everyQuarter + " + ongoing ? no_day"},
		{doc, "Báo cáo tháng gửi trước ngày 15 của tháng", "recurring FREQ=MONTHLY;BYMONTHDAY=15"},
		{doc, "Báo cáo quý gửi trước ngày 05 tháng cuối cùng của mỗi quý", "recurring FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=5"},
		{doc, "trước ngày 01 của tháng tiếp theo sau tháng kỳ báo cáo", "recurring FREQ=MONTHLY;BYMONTHDAY=1"},
		// A reporting period of several months, how many is not said.
		{doc, "trước ngày 03 của tháng tiếp theo sau tháng cuối cùng của kỳ báo cáo", "recurring ? no_frequency"},
		{"2025-11-01", "trước ngày 20 tháng 11 năm 2025 và hàng tháng", "date 2025-11-20 + recurring " + everyMonth + " ? no_day further"},
		{doc, "Định kỳ từ ngày 1 đến ngày 5 hằng tháng", "recurring FREQ=MONTHLY;BYMONTHDAY=5"},
	})
}
