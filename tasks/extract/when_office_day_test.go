package extract

import (
	"testing"

	"golang.org/x/text/unicode/norm"
)

// Days as offices type, scan and mistype them.
func TestOfficeDay(t *testing.T) {
	const doc = "2025-02-10"
	checkPhrases(t, []phraseCase{
		// Spaces and separators.
		{doc, "trước ngày 30 /6/ 2025", "date 2025-06-30"},
		{doc, "Trước ngày 30 / 6 / 2025", "date 2025-06-30"},
		{doc, "trước 30//6/2025", "date 2025-06-30"},
		{doc, "30.6.2025", "date 2025-06-30"},
		{doc, "30-6-2025", "date 2025-06-30"},
		{doc, "30–6–2025", "date 2025-06-30"},
		{doc, "trước ngày 30/6-2025", "date 2025-06-30"},
		{doc, "trước ngày 30.6", "date 2025-06-30 ? no_year"},
		{doc, "ngày 30/6 năm 2025", "date 2025-06-30"},
		{doc, "ngày 30 tháng 6/2025", "date 2025-06-30"},
		{doc, "trước ngày １５／１２／２０２５", "date 2025-12-15"},
		{doc, "truoc ngay 30 thang 6 nam 2025", "date 2025-06-30"},
		{doc, "TRƯỚC NGÀY 30 THÁNG 6 NĂM 2025", "date 2025-06-30"},
		{doc, "Hạn chót: 30/6/2025.", "date 2025-06-30"},
		{doc, "không muộn hơn ngày 30/6/2025", "date 2025-06-30"},
		{doc, "không quá ngày 30/6/2025", "date 2025-06-30"},
		{doc, "chậm nhất đến hết ngày 30/6/2025", "date 2025-06-30"},
		{doc, "trước mùng 5 tháng 3 năm 2025", "date 2025-03-05"},

		// Letters that a scan put for digits.
		{doc, "trước ngày 3O/6/2025", "date 2025-06-30 ? misread"},
		{doc, "ngày 3O/6", "date 2025-06-30 ? misread no_year"},
		{doc, "trước ngày l5/6/2O25", "date 2025-06-15 ? misread"},
		{doc, "Quý lII/2025", "date 2025-09-30 ? misread"},

		// No such day.
		{doc, "31/6/2025", "date ? bad_date"},
		{doc, "29/02/2025", "date ? bad_date"},
		{doc, "29/02/2028", "date 2028-02-29"},
		{doc, "trước ngày 32/12/2025", "date ? bad_date"},
		{doc, "trước ngày 32 tháng 12 năm 2025", "date ? bad_date"},
		{doc, "trước ngày 15/13/2025", "date ? bad_date"},
		{doc, "trước ngày 0/6/2025", "date ? bad_date"},
		{doc, "trước ngày 30/6/2205", "date ? bad_date"},
		{doc, "trước ngày 30/6/20255", "date ? bad_date"},
		{doc, "trước ngày 31/6", "date ? no_year bad_date"},
		{doc, "trước ngày 306/2025", "none ? vague"},
		// A day left blank in a draft is not the month's last.
		{doc, "trước ngày     tháng 12 năm 2025", "date ? bad_date"},
		{doc, "trước ngày …/12/2025", "none ? vague"},
		{doc, "trước ngày ... tháng 12 năm 2025", "date ? bad_date"},

		// Years of two digits.
		{doc, "trước ngày 30/6/25", "date 2025-06-30 ? short_year"},
		{doc, "30.6.26", "date 2026-06-30 ? short_year"},
		{doc, "30/6/99", "date ? bad_date"},

		// The hour.
		{doc, "trước 17 giờ 00 ngày 20/5", "date 2025-05-20@17:00 ? no_year"},
		{doc, "trước 17h00 ngày 20/5/2025", "date 2025-05-20@17:00"},
		{doc, "trước 17h ngày 20/5/2025", "date 2025-05-20@17:00"},
		{doc, "trước 17h30' ngày 20/5/2025", "date 2025-05-20@17:30"},
		{doc, "trước 16:30 ngày 20/5/2025", "date 2025-05-20@16:30"},
		{doc, "Trước 16g30, ngày 20/5/2025", "date 2025-05-20@16:30"},
		{doc, "trước 9 giờ 30 phút ngày 20/5/2025", "date 2025-05-20@09:30"},
		{doc, "trước 5 giờ chiều ngày 20/5/2025", "date 2025-05-20@17:00"},
		{doc, "ngày 20/5/2025, trước 17 giờ", "date 2025-05-20@17:00"},
		{doc, "ngày 20/5/2025 (trước 17 giờ 00 phút)", "date 2025-05-20@17:00"},
		// The end of the day is the day.
		{doc, "trước 24 giờ 00 ngày 20/5/2025", "date 2025-05-20"},
		{doc, "trước 17 giờ hằng ngày", "recurring@17:00 FREQ=DAILY"},

		// Several days and spans of days.
		{doc, "15/6 - 30/6/2025", "date 2025-06-30"},
		{doc, "15-30/6/2025", "date 2025-06-30"},
		{doc, "từ ngày 5-10/6/2025", "date 2025-06-10"},
		{doc, "từ ngày 15 đến ngày 30/6/2025", "date 2025-06-30"},
		{doc, "Từ ngày 15/11/2025 đến 15/01/2026", "date 2026-01-15"},
		{doc, "Từ ngày ký đến ngày 31/12/2025", "date 2025-12-31"},
		{doc, "30/6 và 31/12/2025", "date 2025-06-30 + date 2025-12-31 ? several"},
		{doc, "30/6; 31/12/2025", "date 2025-06-30 + date 2025-12-31 ? several"},
		{doc, "trước ngày 30/6, 30/9 và 31/12/2025", "date 2025-06-30 + date 2025-09-30 + date 2025-12-31 ? several"},
		// November of the year before January's.
		{"2025-11-01", "trước ngày 20/11 và 15/01/2026", "date 2025-11-20 + date 2026-01-15 ? no_year several"},
		// A beginning is no end.
		{doc, "Sau ngày 30/6/2025", "conditional"},
		{doc, "ngay sau ngày 30/6/2025", "conditional"},

		// The lunar calendar.
		{doc, "ngày 24 tháng Chạp năm Ất Tỵ (tức ngày 11/02/2026)", "date 2026-02-11"},
		{doc, "trước ngày 23 tháng Chạp", "date ? lunar"},
		{doc, "ngày 10/3 âm lịch", "date ? lunar"},
		{doc, "ngày 10/3 (âm lịch) hằng năm", "recurring ? lunar"},
		{doc, "rằm tháng Giêng", "date ? lunar"},
	})
}

// The same words in decomposed form read the same.
func TestOfficeDayDecomposed(t *testing.T) {
	for _, phrase := range []string{"trước ngày 30 tháng 6 năm 2025", "Quý III/2025", "hằng tháng trước ngày 25", "trong vòng 15 ngày kể từ ngày ký", "trước ngày 23 tháng Chạp"} {
		want := brief(ReadDeadline(phrase, anchorOn("2025-02-10")))
		got := brief(ReadDeadline(norm.NFD.String(phrase), anchorOn("2025-02-10")))
		if got != want {
			t.Errorf("%q decomposed: got %s, want %s", phrase, got, want)
		}
	}
}
