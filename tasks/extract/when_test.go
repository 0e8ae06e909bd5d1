package extract

import (
	"slices"
	"strings"
	"testing"

	"tiendo/tasks/calendar"
)

// anchor2025 is a document of 1 November 2025.
var anchor2025 = Anchor{Date: calendar.NewDate(2025, 11, 1), Year: 2025}

// brief writes a deadline as "kind date@time rule + also; doubts".
func brief(d Due, ds []Doubt) string {
	one := func(d Due) string {
		s := d.Kind
		if d.Date != "" {
			s += " " + d.Date
		}
		if d.Time != "" {
			s += "@" + d.Time
		}
		if d.RRule != "" {
			s += " " + d.RRule
		}
		return s
	}
	s := one(d)
	for _, a := range d.Also {
		s += " + " + one(a)
	}
	var keys []string
	for _, d := range ds {
		keys = append(keys, strings.TrimPrefix(d.Key, "due."))
	}
	if len(keys) > 0 {
		s += " ? " + strings.Join(keys, " ")
	}
	return s
}

func TestDeadline(t *testing.T) {
	const (
		quarterEnd = "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"
		halfEnd    = "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1"
		yearEnd    = "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1"
	)
	for _, c := range []struct{ phrase, want string }{
		// A day.
		{"hoàn thành trước ngày 20/01/2026", "date 2026-01-20"},
		{"Thời gian xong trước 01/12/2018", "date 2018-12-01 ? past"},
		{"trước ngày 26/01/2026 (nhằm ngày 24 tháng Chạp năm Tân Sửu)", "date 2026-01-26"},
		{"trước 10 giờ 00 ngày 03/02/2026", "date 2026-02-03@10:00"},
		{"trước 14 giờ, ngày 05/12/2025", "date 2025-12-05@14:00"},
		{"trước ngày 06 tháng 12 năm 2025", "date 2025-12-06"},
		{"Thời gian thực hiện hoàn thành xong trước ngày 05 tháng 12 năm 2025", "date 2025-12-05"},
		{"trong ngày 20 tháng 11 năm 2025", "date 2025-11-20"},
		{"Từ ngày 01/01/2026 đến ngày 31/3/2026", "date 2026-03-31"},
		{"từ ngày 20 tháng 11 năm 2025 đến ngày 03 tháng 12 năm 2025", "date 2025-12-03"},
		{"từ ngày 30/4/2026 đến hết ngày 03/5/2026", "date 2026-05-03"},
		{"18/10/2025", "date 2025-10-18 ? past"},
		{"trước ngày 30-4-2026", "date 2026-04-30"},
		{"trước ngày 20.7.2026", "date 2026-07-20"},
		{"Chậm nhất 17/6/2026", "date 2026-06-17"},
		{"Yêu cầu trình UBND tỉnh (CV 8035/UBND-TH) Trước 08/6/2026", "date 2026-06-08"},
		{"trước ngày 31/02/2026", "date ? bad_date"},

		// A day without its year: the document's, if that is still to come.
		{"trước ngày 20/11", "date 2025-11-20 ? no_year"},
		{"trước ngày 30 tháng 11", "date 2025-11-30 ? no_year"},
		{"chậm nhất ngày 17 tháng 12", "date 2025-12-17 ? no_year"},
		{"trước ngày 15 tháng 6", "date ? no_year"},
		{"từ ngày 15/11 đến ngày 15/12", "date 2025-12-15 ? no_year"},
		{"Từ ngày 15/11 đến ngày 20/11/2025", "date 2025-11-20"},

		// Every year.
		{"trước ngày 15/11 hằng năm", "recurring FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15"},
		{"Trước ngày 15/12 hàng năm", "recurring FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"},
		{"trước ngày 15 tháng 02 hàng năm", "recurring FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=15"},
		{"trước ngày 01/6 và 15/11 hằng năm", "recurring FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1 + recurring FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15 ? further"},
		{"Định kỳ hằng năm (trước ngày 15 tháng 12)", "recurring FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"},
		{"định kỳ hàng năm báo cáo kết quả thực hiện về Sở Nông nghiệp và Môi trường chậm nhất ngày 17 tháng 12", "recurring FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=17"},
		{"Hằng năm", "recurring " + yearEnd + " ? no_day"},
		{"Thường xuyên, hằng năm", "recurring " + yearEnd + " + ongoing ? no_day"},

		// Every month, quarter, half-year.
		{"trước ngày 20 hằng tháng", "recurring FREQ=MONTHLY;BYMONTHDAY=20"},
		{"trước ngày 30 hằng tháng", "recurring FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"},
		{"Định kỳ hàng tháng (trước ngày 16 hàng tháng), 6 tháng (trước ngày 16/6), tổng kết năm (trước ngày 20/11 hàng năm) hoặc khi có yêu cầu",
			"recurring FREQ=MONTHLY;BYMONTHDAY=16 + recurring FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=16 + recurring FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=20 + conditional ? further"},
		{"Định kỳ hàng tháng", "recurring FREQ=MONTHLY;BYMONTHDAY=-1 ? no_day"},
		{"Định kỳ 6 tháng, hàng năm hoặc đột xuất", "recurring " + halfEnd + " + recurring " + yearEnd + " + conditional ? no_day further"},
		{"Định kỳ 06 (sáu) tháng", "recurring " + halfEnd + " ? no_day"},
		{"định kỳ hằng quý", "recurring " + quarterEnd + " ? no_day"},
		{"Thường xuyên, định kỳ hằng quý báo cáo về Sở Tài chính", "recurring " + quarterEnd + " + ongoing ? no_day"},
		{"Báo cáo tháng gửi trước ngày 15 của tháng", "recurring FREQ=MONTHLY;BYMONTHDAY=15"},
		{"Báo cáo quý gửi trước ngày 05 tháng cuối cùng của mỗi quý", "recurring FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=5"},
		{"trước ngày 05 của tháng đầu quý", "recurring FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5"},
		{"trước ngày 01 của tháng tiếp theo sau tháng kỳ báo cáo", "recurring FREQ=MONTHLY;BYMONTHDAY=1"},
		{"trước ngày 20 tháng 11 năm 2025 và hàng tháng", "date 2025-11-20 + recurring FREQ=MONTHLY;BYMONTHDAY=-1 ? no_day further"},
		{"Định kỳ từ ngày 1 đến ngày 5 hằng tháng", "recurring FREQ=MONTHLY;BYMONTHDAY=5"},
		{"Hằng quý, trước ngày 15 của tháng cuối quý", "recurring FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15"},
		{"02 lần/năm", "recurring " + halfEnd + " ? no_day"},

		// Months, quarters, halves, years, spans.
		{"trong tháng 12/2025", "date 2025-12-31"},
		{"Thời gian hoàn thành: Tháng 11 - 12/2025", "date 2025-12-31"},
		{"triển khai ngay trong tháng 12 năm 2025", "date 2025-12-31"},
		{"6/2026", "date 2026-06-30"},
		{"Thang 8/2026", "date 2026-08-31"},
		{"Tháng 12//2026", "date 2026-12-31"},
		{"Quí IV-2025", "date 2025-12-31"},
		{"Quý II/năm 2026", "date 2026-06-30"},
		{"Quý III, IV/2026", "date 2026-12-31"},
		{"6 tháng đầu năm 2026", "date 2026-06-30"},
		{"6 tháng cuối năm 2026", "date 2026-12-31"},
		{"Hoàn thành trong năm 2025", "date 2025-12-31"},
		{"Năm 2025 - 2026", "date 2026-12-31"},
		{"2025 - 2035", "date 2035-12-31"},
		{"2026-2030", "date 2030-12-31"},
		{"Từ nay đến hết năm 2025", "date 2025-12-31"},
		{"Từ năm 2025 đến hết năm 2030", "date 2030-12-31"},
		{"đến cuối năm 2025", "date 2025-12-31"},
		{"giữa năm 2026", "date 2026-06-30"},
		{"giữa tháng 3/2026", "date 2026-03-15"},
		{"cuối tháng 02/2028", "date 2028-02-29"},
		{"Trước tháng 3/2027", "date 2027-02-28"},
		{"trước quý II/2026", "date 2026-03-31"},
		{"trước năm 2030", "date 2029-12-31"},
		{"Thời gian thực hiện: Quý IV năm 2025 và các năm tiếp theo", "ongoing + date 2025-12-31 ? further"},
		{"Từ tháng 10/2025 đến khi kết thúc kiểm kê", "ongoing"},
		{"Thời gian thực hiện: Từ 01/7/2025", "ongoing"},
		{"Năm 2026 và hằng năm đến 2030", "date 2026-12-31 + recurring " + yearEnd + ";UNTIL=20301231 ? no_day further"},
		{"Tháng 01 và tháng 12/2026", "date 2026-01-31 + date 2026-12-31 ? several"},

		// Counted from an event, or tied to one.
		{"trong vòng 15 ngày kể từ ngày ký", "date 2025-11-17"}, // the 16th is a Sunday
		{"chậm nhất 05 ngày làm việc kể từ ngày ban hành Kế hoạch này", "date 2025-11-07"},
		{"trong thời hạn 10 ngày kể từ ngày nhận Kế hoạch này", "conditional"},
		{"chậm nhất 05 ngày làm việc kể từ ngày nhận được kiến nghị", "conditional"},
		{"trong vòng 30 ngày", "conditional ? no_start"},
		{"Chậm nhất là 30 ngày, trước ngày khai mạc kỳ họp thường lệ của HĐND tỉnh", "conditional"},
		{"sau khi được ban hành", "conditional"},
		{"Ngay sau kỳ nghỉ Tết", "conditional"},
		{"đột xuất khi có yêu cầu", "conditional"},
		{"Quý I/2027, sau khi HĐND thông qua Nghị quyết", "date 2027-03-31 + conditional ? event"},
		{"Kỳ họp cuối năm 2026", "conditional"},

		// Open, by another plan, vague.
		{"Nhiệm vụ thường xuyên", "ongoing"},
		{"Thường xuyên, theo yêu cầu nhiệm vụ", "ongoing + conditional"},
		{"24/24 giờ", "ongoing"},
		{"Theo kế hoạch công tác tư pháp hàng năm", "conditional"},
		{"theo đúng lộ trình, kế hoạch đề ra", "conditional"},
		{"định kỳ báo cáo", "recurring ? no_frequency"},
		{"trong thời gian sớm nhất", "none ? vague"},
		{"trước, trong và sau Tết", "none ? vague"},
		{"Chưa xác định thời gian xử lý", "none ? vague"},
		{"", "none"},

		// Not a deadline.
		{"tính từ ngày 15 tháng 12 năm trước kỳ báo cáo đến ngày 14 tháng 12", "none ? vague"},
		{"từ 06 tháng đến 36 tháng tuổi", "none ? vague"},
		{"thời điểm 0h00 ngày 01 tháng 01 năm 2026", "none ? vague"},

		// As trackers write them.
		{"Xin gia hạn hoàn thành trước ngày 20/7/2026", "date 2026-07-20 ? tentative"},
		{"dự kiến hoàn thành 30/6/2026 và trình UBND tỉnh phê duyệt trước 10/7/2026", "date 2026-06-30 + date 2026-07-10 ? tentative several"},
	} {
		d, ds := ReadDeadline(c.phrase, anchor2025)
		if got := brief(d, ds); got != c.want {
			t.Errorf("%q\n got  %s\n want %s", c.phrase, got, c.want)
		}
		if d.RRule != "" {
			if _, err := calendar.ParseRule(d.RRule); err != nil {
				t.Errorf("%q: rule %q: %v", c.phrase, d.RRule, err)
			}
		}
	}
}

func TestDeadlineWithoutDocument(t *testing.T) {
	for _, c := range []struct{ phrase, want string }{
		{"trước ngày 15/12", "date ? no_year"},
		{"trong vòng 15 ngày kể từ ngày ký", "conditional ? no_start"},
		{"Quý IV/2025", "date 2025-12-31"},
	} {
		if got := brief(ReadDeadline(c.phrase, Anchor{})); got != c.want {
			t.Errorf("%q: got %s, want %s", c.phrase, got, c.want)
		}
	}
	// The year comes from the head when it is known.
	if got := brief(ReadDeadline("trước ngày 15/3", Anchor{Year: 2026})); got != "date 2026-03-15 ? no_year" {
		t.Errorf("year of the head: %s", got)
	}
}

// TestDeadlineInSentence holds the traps: dates in a duty that set no deadline.
func TestDeadlineInSentence(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Rà soát theo Quyết định số 766/QĐ-TTg ngày 23/6/2022 của Thủ tướng Chính phủ.", "none"},
		{"Thực hiện chương trình cắt giảm thủ tục năm 2025 và 2026 theo Nghị quyết số 66/NQ-CP ngày 26/3/2025.", "none"},
		{"Tham mưu Chương trình chuyển đổi số giai đoạn 2026 - 2030, tầm nhìn đến năm 2050.", "none"},
		{"Thực hiện các nhiệm vụ được giao trong năm 2025, nhất là cải cách hành chính; hoàn thành trước ngày 25 tháng 11 năm 2025.", "date 2025-11-25"},
		{"Đối với các nhiệm vụ triển khai trong năm 2025, các sở chủ động bố trí kinh phí.", "none"},
		{"Khắc phục các việc đã phải hoàn thành trước ngày 30/10/2025 nhưng chưa xong.", "none"},
		{"Chuyển sang hóa đơn điện tử kể từ ngày 01/7/2026 theo quy định.", "none"},
		{"Kiểm kê tài sản tại thời điểm 0h00 ngày 01 tháng 01 năm 2026.", "none"},
		{"Bố trí trong ngân sách hằng năm và nguồn chi thường xuyên.", "none"},
		{"Báo cáo Chủ tịch UBND tỉnh kết quả thực hiện hằng năm theo quy định.", "recurring FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1 ? no_day"},
		{"Tổng hợp báo cáo UBND tỉnh trước ngày 25/12 hàng năm.", "recurring FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25"},
		{"Thành lập đoàn công tác, hoàn thành trong tháng 12 năm 2025, triển khai thực hiện trong năm 2026.", "date 2025-12-31 + date 2026-12-31 ? several"},
		{"Báo cáo kết quả định kỳ trước ngày 25 hằng tháng; riêng báo cáo năm gửi trước ngày 10/12.", "recurring FREQ=MONTHLY;BYMONTHDAY=25 + date 2025-12-10 ? no_year further"},
		{"Khánh thành dự án vào ngày 19 tháng 12 năm 2025.", "date 2025-12-19"},
		{"Triển khai nộp thuế trên dịch vụ khi hệ thống này đã đáp ứng yêu cầu.", "conditional"},
		{"Khai báo thông tin khi thực hiện dịch vụ công trực tuyến.", "none"},
		{"Báo cáo kết quả về Sở Nội vụ trước 17 giờ 00 ngày 20/12/2025.", "date 2025-12-20@17:00"},
		{"Hoàn thành việc rà soát, không muộn hơn ngày 31/12/2025.", "date 2025-12-31"},
		{"Nếu quá ngày 31/12/2025 chưa giải ngân thì thu hồi vốn.", "none"},
		{"Báo cáo Bộ Nội vụ trước ngày 32/12/2025.", "date ? bad_date"},
		{"Trong tháng này hoàn thành việc rà soát hồ sơ.", "date 2025-11-30"},
		{"Gửi báo cáo trước mùng 5 hằng tháng.", "recurring FREQ=MONTHLY;BYMONTHDAY=5"},
		{"Gửi báo cáo về Sở Y tế vào thứ Năm hằng tuần.", "recurring FREQ=WEEKLY;BYDAY=TH"},
		{"Hoàn thành bàn giao trước ngày 23 tháng Chạp.", "date ? lunar"},
		{"Quyết định này có hiệu lực sau 15 ngày kể từ ngày ký.", "none"},
		{"Sau ngày 01/7/2026, các xã thực hiện theo mô hình mới.", "none"},
		{"Đánh giá kết quả 6 tháng đầu năm 2026 và nhiệm vụ 6 tháng cuối năm.", "none"},
		{"Chuẩn bị cơ sở vật chất cho năm học 2026 - 2027.", "none"},
		{"Tổ chức họp kiểm điểm các đơn vị xếp loại yếu vào cuối tháng 12/2025.", "date 2025-12-31"},
		{"Khắc phục lỗi kết nối giữa hai hệ thống; thời hạn hoàn thành: 20/12/2025.", "date 2025-12-20"},
		{"Rà soát phương án tự chủ, gửi Sở Tài chính thẩm định theo kế hoạch riêng.", "conditional"},
		{"Kiểm tra các cơ sở kinh doanh tại Q3, thành phố.", "none"},
		{"Tuyên truyền thường xuyên, liên tục chính sách về hóa đơn.", "ongoing ? manner"},
	} {
		if got := brief(deadlineIn(c.text, anchor2025)); got != c.want {
			t.Errorf("%q\n got  %s\n want %s", c.text, got, c.want)
		}
	}
}

// TestFurtherDeadlines: a draft keeps one time alone, so that the others must be told with it.
func TestFurtherDeadlines(t *testing.T) {
	_, ds := deadlineIn("Định kỳ trước ngày 01/6 và 15/11 hằng năm báo cáo kết quả thực hiện về Sở Khoa học và Công nghệ.", anchor2025)
	i := slices.IndexFunc(ds, func(d Doubt) bool { return d.Key == DoubtFurther })
	if i < 0 {
		t.Fatalf("no doubt about the second day: %v", ds)
	}
	if got := ds[i].Args[1:]; !slices.Equal(got, []string{"FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15"}) {
		t.Errorf("told %v", got)
	}
}
