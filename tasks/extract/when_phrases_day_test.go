package extract

import "testing"

// Fixed days: trước, chậm nhất, đến, trong ngày; spans of days.
func TestPhrasesFixedDay(t *testing.T) {
	checkPhrases(t, []phraseCase{
		{"2024-12-27", "hoàn thành trước ngày 20/01/2025", "date 2025-01-20"},
		{"2018-08-15", "Thời gian xong trước 01/12/2018", "date 2018-12-01"},
		{"2022-01-10", "trước ngày 26/01/2022 (nhằm ngày 24 tháng Chạp năm Tân Sửu)", "date 2022-01-26"},
		{"2022-01-10", "trước 10 giờ 00 ngày 03/02/2022", "date 2022-02-03@10:00"},
		{"2022-01-10", "trước 10 giờ 00 ngày 05/02/2022", "date 2022-02-05@10:00"},
		{"2025-10-20", "Trước ngày 30/11/2025", "date 2025-11-30"},
		{"2025-10-20", "Trước ngày 15/11/2025", "date 2025-11-15"},
		{"2025-10-20", "Thời hạn hoàn thành: Trước ngày 31/12/2025", "date 2025-12-31"},
		{"2025-12-30", "Thời gian hoàn thành: Trước ngày 15/4/2026", "date 2026-04-15"},
		{"2025-12-30", "Thời gian hoàn thành: Trước ngày 31/5/2026", "date 2026-05-31"},
		{"2025-11-12", "trước ngày 26/11/2025", "date 2025-11-26"},
		{"2025-11-12", "trước ngày 31 tháng 12 năm 2025", "date 2025-12-31"},
		{"2025-11-12", "trước ngày 16 tháng 12 năm 2025", "date 2025-12-16"},
		{"2025-11-12", "trước ngày 06 tháng 12 năm 2025", "date 2025-12-06"},
		{"2025-11-12", "hoàn thành trước ngày 25 tháng 11 năm 2025", "date 2025-11-25"},
		{"2025-11-12", "hoàn thành trước ngày 22 tháng 12 năm 2025", "date 2025-12-22"},
		{"2025-11-12", "Thời gian thực hiện hoàn thành xong trước ngày 05 tháng 12 năm 2025", "date 2025-12-05"},
		{"2025-11-12", "Thời gian hoàn thành trước ngày 31 tháng 12 năm 2025", "date 2025-12-31"},
		{"2025-11-12", "Thời hạn ban hành: trước ngày 31 tháng 12 năm 2026", "date 2026-12-31"},
		{"2025-11-12", "gửi kết quả rà soát về Bộ Công an trước ngày 15 tháng 12 năm 2025", "date 2025-12-15"},
		{"2025-11-12", "hoàn thành trước ngày 30/11/2025", "date 2025-11-30"},
		{"2025-11-12", "hoàn thành trước ngày 31/01/2026", "date 2026-01-31"},
		{"2025-11-12", "trong ngày 20 tháng 11 năm 2025", "date 2025-11-20"},
		{"2025-11-12", "Từ ngày 01/01/2026 đến ngày 31/3/2026", "date 2026-03-31"},
		{"2025-11-12", "Từ ngày 15/11/2025 đến ngày 15/12/2025", "date 2025-12-15"},
		{"2025-11-12", "từ ngày 20 tháng 11 năm 2025 đến ngày 03 tháng 12 năm 2025", "date 2025-12-03"},
		{"2025-06-16", "Thời gian thực hiện: Từ 01/7/2025", "ongoing"},
		{"2025-09-12", "18/10/2025", "date 2025-10-18"},
		{"2025-11-12", "18/10/2025", "date 2025-10-18 ? past"},
		{"2025-02-10", "30/06/2025", "date 2025-06-30"},
		{"2012-04-05", "trước ngày 30-4-2012", "date 2012-04-30"},
		{"2012-04-05", "thực hiện từ ngày 18-4-2012", "ongoing"},
		{"2019-05-02", "trước ngày 24/5/2019", "date 2019-05-24"},
		{"2017-11-27", "trước 14 giờ, ngày 05/12/2017", "date 2017-12-05@14:00"},
		{"2020-06-30", "trước ngày 20.7.2020", "date 2020-07-20"},
		{"2017-05-15", "trước ngày 05/6/2017", "date 2017-06-05"},
		{"2021-09-28", "trước ngày 01/11/2021", "date 2021-11-01"},
		{"2010-08-02", "trước ngày 15 tháng 10 năm 2010", "date 2010-10-15"},
		{"2020-04-22", "từ ngày 30/4/2020 đến hết ngày 03/5/2020", "date 2020-05-03"},
		{"2020-04-22", "kể từ 00 giờ ngày 23/4/2020 cho đến khi UBND tỉnh có thông báo mới", "ongoing"},
		{"2017-11-10", "kể từ ngày 20 tháng 11 năm 2017", "ongoing"},
	})
}

// A day and a month: the year is the document's while that day is still to come; else none is sure.
func TestPhrasesDayWithoutYear(t *testing.T) {
	checkPhrases(t, []phraseCase{
		{"2025-11-01", "trước ngày 20/11", "date 2025-11-20 ? no_year"},
		{"2018-02-10", "trước ngày 20/11", "date 2018-11-20 ? no_year"},
		{"2025-11-20", "trước ngày 20/11", "date 2025-11-20 ? no_year"},
		{"2025-11-21", "trước ngày 20/11", "date ? no_year"},
		{"", "trước ngày 20/11", "date ? no_year"},
		{"2025-11-01", "trước ngày 30 tháng 11", "date 2025-11-30 ? no_year"},
		{"2025-11-01", "trước ngày 15 tháng 12", "date 2025-12-15 ? no_year"},
		{"2025-11-01", "chậm nhất ngày 17 tháng 12", "date 2025-12-17 ? no_year"},
		{"2025-02-10", "trước ngày 15 tháng 6", "date 2025-06-15 ? no_year"},
		{"2025-11-01", "trước ngày 15 tháng 6", "date ? no_year"},
		{"2025-11-01", "trước ngày 01 tháng 12", "date 2025-12-01 ? no_year"},
		{"2025-11-01", "từ ngày 15/11 đến ngày 15/12", "date 2025-12-15 ? no_year"},
		{"2025-12-20", "từ ngày 15/11 đến ngày 15/12", "date ? no_year"},
		{"2025-11-01", "đến ngày 15/12", "date 2025-12-15 ? no_year"},
		{"2025-11-01", "Từ ngày 15/11 đến ngày 20/11/2025", "date 2025-11-20"},
		{"2025-05-05", "gửi trước ngày 05/6", "date 2025-06-05 ? no_year"},
	})
}
