package web

import (
	"testing"
	"time"
	"unicode/utf8"

	"tiendo/tasks/calendar"
	"tiendo/templates"
)

func TestDutyTitle(t *testing.T) {
	const long = "niêm yết công khai thủ tục hành chính, phí, lệ phí và số điện thoại đường dây nóng tại trụ sở và nhà văn hóa các thôn, tổ dân phố, " +
		"hoàn thành trước ngày 30 tháng 9 năm 2026 trên toàn tỉnh"
	for in, want := range map[string]string{
		"": "…",
		"  trình UBND tỉnh\tban hành  Quy chế;":                          "Trình UBND tỉnh ban hành Quy chế",
		"Rà soát thủ tục hành chính. Báo cáo UBND tỉnh.":                 "Rà soát thủ tục hành chính",
		"Theo TT. 05 rà soát quy định về cán bộ; hoàn thành trong năm":   "Theo TT. 05 rà soát quy định về cán bộ",
		"Đạt tỷ lệ 85.5 phần trăm hồ sơ đúng hạn trên toàn tỉnh Mẫu Sơn": "Đạt tỷ lệ 85.5 phần trăm hồ sơ đúng hạn trên toàn tỉnh Mẫu Sơn",
		"Dòng đầu của nhiệm vụ\ndòng sau":                                "Dòng đầu của nhiệm vụ",
		long: "Niêm yết công khai thủ tục hành chính, phí, lệ phí và số điện thoại đường dây nóng tại trụ sở và nhà văn hóa các thôn, tổ dân phố…",
	} {
		if got := dutyTitle(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestExcerptCutsBetweenWords(t *testing.T) {
	for in, want := range map[string]string{
		"ngắn":                        "ngắn",
		"mười hai chữ":                "mười hai chữ",
		"cải cách hành chính công":    "cải cách…",
		"mộtchữdàikhôngcókhoảngtrắng": "mộtchữdàikhô…",
	} {
		got := excerpt(in, 12)
		if got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
		if utf8.RuneCountInString(got) > 13 {
			t.Errorf("%q is too long", got)
		}
	}
}

func TestDistanceWordsOverDaysOff(t *testing.T) {
	set, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	w, cal := set.Words("vi"), calendar.New(calendar.Default())
	friday := calendar.NewDate(2026, time.October, 2)
	for _, tt := range []struct {
		today, due calendar.Date
		want       string
	}{
		{friday, friday, "hạn hôm nay"},
		{friday, friday.AddDays(1), "không còn ngày làm việc nào trước hạn"},
		{friday.AddDays(1), friday, "vừa quá hạn"},
		{friday, friday.AddDays(3), "còn 1 ngày làm việc"},
		{friday.AddDays(3), friday, "quá 1 ngày làm việc"},
	} {
		if got := distanceWords(w, cal, tt.today, tt.due); got != tt.want {
			t.Errorf("%s on %s: %q, want %q", tt.due, tt.today, got, tt.want)
		}
	}
}
