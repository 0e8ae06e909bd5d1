package extract

import (
	"testing"

	"tiendo/tasks/calendar"
)

func TestOfficePeriod(t *testing.T) {
	const doc = "2025-02-10"
	checkPhrases(t, []phraseCase{
		{doc, "T6/2025", "date 2025-06-30"},
		{doc, "T.6/2025", "date 2025-06-30"},
		{doc, "Q.III/2025", "date 2025-09-30"},
		{doc, "QIII/2025", "date 2025-09-30"},
		{doc, "Q3/2025", "date 2025-09-30"},
		{doc, "Qúy II/2025", "date 2025-06-30"},
		{doc, "quý ba năm 2025", "date 2025-09-30"},
		{doc, "Quý III", "date 2025-09-30 ? no_year"},
		{"2025-11-01", "Quý III", "date ? no_year"},
		{doc, "Tháng 6", "date 2025-06-30 ? no_year"},
		{doc, "Tháng 6 hoặc tháng 7/2025", "date 2025-06-30 + date 2025-07-31 ? several"},
		{doc, "Tháng 11/2025 - 02/2026", "date 2026-02-28"},
		{doc, "Quý IV/2025 - Quý I/2026", "date 2026-03-31"},
		{doc, "Quý III đến quý IV/2025", "date 2025-12-31"},
		{doc, "6 tháng đầu năm", "date 2025-06-30 ? no_year"},
		{doc, "06 tháng cuối năm 2025", "date 2025-12-31"},
		{doc, "9 tháng đầu năm 2025", "date 2025-09-30"},
		{doc, "nửa đầu năm 2026", "date 2026-06-30"},
		{doc, "nửa cuối năm 2026", "date 2026-12-31"},
		{doc, "trước cuối năm", "date 2025-12-31 ? no_year"},
		{doc, "đầu quý III/2025", "date 2025-07-01"},
		{doc, "cuối quý II/2025", "date 2025-06-30"},
		{doc, "đầu tháng 3/2026", "date 2026-03-01"},
		{doc, "nửa đầu tháng 3/2026", "date 2026-03-15"},
		{doc, "tuần cuối tháng 6/2025", "date 2025-06-30"},
		// Which days the words cover is not sure.
		{doc, "giữa quý III/2025", "date ? vague"},
		{doc, "tuần 2 tháng 6/2025", "date ? vague"},
		{doc, "tuần đầu tháng 6/2025", "date ? vague"},
		{doc, "Năm học 2025 - 2026", "none ? vague"},
		{doc, "Trước Tết Nguyên đán năm 2026", "conditional"},
		{doc, "Tháng 4+5/2025", "date 2025-05-31"},
		{doc, "Từ tháng 6 đến tháng 9/2025", "date 2025-09-30"},
		{doc, "Theo tiến độ, hoàn thành trước 31/12/2025", "date 2025-12-31 + conditional ? event"},
		{doc, "Trước 2030", "date 2029-12-31"},
		{doc, "Đến năm 2030", "date 2030-12-31"},
		// Said from the day of the document.
		{doc, "trong năm nay", "date 2025-12-31"},
		{doc, "trong tháng này", "date 2025-02-28"},
		{doc, "trong tháng tới", "date 2025-03-31"},
		{doc, "hết quý này", "date 2025-03-31"},
		{"", "trong tháng này", "date ? no_start"},
		{doc, "tuần sau", "none ? vague"},
	})
}

func TestOfficeCounted(t *testing.T) {
	const doc = "2025-02-10" // a Monday
	checkPhrases(t, []phraseCase{
		// Civil Code 2015, art. 147(2): the first day is not counted; 148(5): a day off moves on.
		{doc, "trong vòng 15 ngày kể từ ngày ký", "date 2025-02-25"},
		{"2025-01-31", "trong vòng 15 ngày kể từ ngày ký", "date 2025-02-17"}, // the 15th is a Saturday
		{"", "trong vòng 15 ngày kể từ ngày ký", "conditional ? no_start"},
		{doc, "trong vòng 05 ngày làm việc kể từ ngày ban hành", "date 2025-02-17"},
		{doc, "trong thời hạn 15 (mười lăm) ngày kể từ ngày ban hành Kế hoạch này", "date 2025-02-25"},
		{doc, "trong vòng mười lăm ngày kể từ ngày ký", "date 2025-02-25"},
		{"2025-01-31", "trong vòng 01 tháng kể từ ngày ký ban hành", "date 2025-02-28"},
		{doc, "chậm nhất 02 tuần kể từ ngày ký", "date 2025-02-24"},
		{doc, "không quá 10 ngày kể từ ngày ký", "date 2025-02-20"},
		{doc, "trong vòng 15 ngày kể từ ngày 01/6/2025", "date 2025-06-16"},
		{doc, "trong vòng 15 ngày kể từ ngày 01/6", "date 2025-06-16 ? no_year"},
		{doc, "trong vòng 24 giờ kể từ khi nhận được thông tin", "conditional"},
		{doc, "kể từ ngày Quyết định này có hiệu lực", "conditional"},
		{doc, "trong 07 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ", "conditional"},
	})
}

// Public holidays and swapped days of the calendar count: 30 April and 1 May 2025 were days off, 2 May too, worked for on
// Saturday 26 April.
func TestOfficeCountedWithHolidays(t *testing.T) {
	anchor := func(doc string) Anchor {
		a := anchorOn(doc)
		a.Calendar = calendar.New(calendar.Default())
		return a
	}
	for _, c := range []phraseCase{
		{"2025-04-16", "trong vòng 15 ngày kể từ ngày ký", "date 2025-05-05"},
		{"2025-04-25", "trong vòng 05 ngày làm việc kể từ ngày ký", "date 2025-05-06"},
		{"2025-04-16", "trước ngày 01/5/2025", "date 2025-05-01"}, // a day that is said stays
	} {
		if got := brief(ReadDeadline(c.phrase, anchor(c.doc))); got != c.want {
			t.Errorf("%q in a document of %s: got %s, want %s", c.phrase, c.doc, got, c.want)
		}
	}
}

func TestOfficeCadence(t *testing.T) {
	const doc = "2025-02-10"
	checkPhrases(t, []phraseCase{
		{doc, "hằng tháng trước ngày 25", "recurring FREQ=MONTHLY;BYMONTHDAY=25"},
		{doc, "Hằng tháng (ngày 25)", "recurring FREQ=MONTHLY;BYMONTHDAY=25"},
		{doc, "ngày 25 mỗi tháng", "recurring FREQ=MONTHLY;BYMONTHDAY=25"},
		{doc, "mùng 5 hằng tháng", "recurring FREQ=MONTHLY;BYMONTHDAY=5"},
		{doc, "ngày cuối cùng của tháng", "recurring FREQ=MONTHLY;BYMONTHDAY=-1"},
		{doc, "ngày làm việc cuối cùng hằng tháng", "recurring FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"},
		{doc, "trước ngày 05 tháng đầu tiên của quý sau", "recurring FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5"},
		{doc, "Hằng quý (trước ngày 25 của tháng cuối quý)", "recurring FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25"},
		// Once, or each month? It does not say.
		{doc, "trước ngày 10 tháng sau", "recurring FREQ=MONTHLY;BYMONTHDAY=10 ? no_frequency"},
		{doc, "Định kỳ 6 tháng (trước ngày 16/6)", "recurring FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=16 ? one_half"},
		{doc, "trước ngày 15 tháng 6 và trước ngày 15 tháng 12 hằng năm", "recurring FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15 + recurring FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15 ? further"},
		{doc, "trước ngày 29/02 hằng năm", "recurring FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"},
		{doc, "Định kỳ hằng năm báo cáo trước ngày 31/6", "recurring ? bad_date"},
		{doc, "trước ngày 31/6 hằng năm", "recurring ? bad_date"},
		{doc, "Hằng tuần", "recurring " + everyWeek + " ? no_day"},
		{doc, "thứ Năm hằng tuần", "recurring FREQ=WEEKLY;BYDAY=TH"},
		{doc, "Trước 16 giờ thứ 5 hàng tuần", "recurring@16:00 FREQ=WEEKLY;BYDAY=TH"},
		{doc, "thứ Hai và thứ Năm hằng tuần", "recurring FREQ=WEEKLY;BYDAY=MO,TH"},
		{doc, "trong quý I hằng năm", "recurring FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=-1"},
		{doc, "trong tháng 01 hàng năm", "recurring FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=-1"},
		{doc, "Hằng năm (quý IV)", "recurring FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1"},
		{doc, "hằng năm vào tháng 6", "recurring FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1"},
		{doc, "đầu tháng 6 hằng năm", "recurring FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1"},
		{doc, "tháng 6 và tháng 12 hằng năm", "recurring FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1 + recurring FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1 ? further"},
		{doc, "01 tháng/01 lần", "recurring " + everyMonth + " ? no_day"},
		{doc, "hằng ngày", "recurring FREQ=DAILY"},
		{doc, "3 tháng một lần", "recurring " + everyQuarter + " ? no_day"},
		{doc, "ba tháng/lần", "recurring " + everyQuarter + " ? no_day"},
		{doc, "02 tháng/lần", "recurring FREQ=YEARLY;BYMONTH=2,4,6,8,10,12;BYMONTHDAY=-1 ? no_day"},
		{doc, "mỗi năm hai lần", "recurring " + everyHalf + " ? no_day"},
		{doc, "2 lần/năm", "recurring " + everyHalf + " ? no_day"},
		{doc, "01 lần/quý", "recurring " + everyQuarter + " ? no_day"},
		{doc, "định kỳ hằng tháng, quý, 6 tháng và năm", "recurring " + everyMonth + " + recurring " + everyQuarter + " + recurring " + everyHalf + " + recurring " + everyYearEnd + " ? no_day further"},
		{doc, "hằng tháng, thường xuyên", "recurring " + everyMonth + " + ongoing ? no_day"},
		{doc, "Hằng năm, bắt đầu từ năm 2026", "recurring " + everyYearEnd + " + ongoing ? no_day"},
		{doc, "hằng quý đến hết năm 2026", "recurring " + everyQuarter + ";UNTIL=20261231 ? no_day"},
	})
}
