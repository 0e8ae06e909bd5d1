package notify

import (
	"strings"
	"testing"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

func TestCheckSpec(t *testing.T) {
	for _, tt := range []struct {
		spec string
		ok   bool
	}{
		{"0 8 * * *", true},
		{"0 9 * * MON", true},
		{" 30 7 1,15 * * ", true},
		{"@daily", true},
		{"0 7 29 2 *", true},
		{"", false},
		{"0 7 31 2 *", false},
		{"TZ=Asia/Ho_Chi_Minh", false},
		{"CRON_TZ=Asia/Ho_Chi_Minh 0 8 * * *", false},
		{"@every 1h", false},
		{"0 25 * * *", false},
		{"every day", false},
		{"0 8 * *", false},
	} {
		err := CheckSpec(tt.spec)
		if (err == nil) != tt.ok {
			t.Errorf("CheckSpec(%q) = %v, want ok %v", tt.spec, err, tt.ok)
		}
	}
	if err := DefaultSpecs().Check(); err != nil {
		t.Error(err)
	}
	bad := DefaultSpecs()
	bad.Digest = "0 7 31 2 *"
	if err := bad.Check(); err == nil || !strings.Contains(err.Error(), JobDigest) {
		t.Errorf("error %v, want one that names the job", err)
	}
}

func TestTimetable(t *testing.T) {
	zone := time.FixedZone("+07", 7*3600)
	at := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	monday, err := newTimetable(Job{Spec: "0 9 * * MON"}, tasks.Rules{Location: zone})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name       string
		after, now string
		want       string
	}{
		{"a minute before", "2026-10-05 08:00", "2026-10-05 08:59", ""},
		{"the minute itself", "2026-10-05 08:59", "2026-10-05 09:00", "2026-10-05 09:00"},
		{"not again", "2026-10-05 09:00", "2026-10-05 23:00", ""},
		{"three weeks missed", "2026-10-05 09:00", "2026-10-28 10:00", "2026-10-26 09:00"},
		{"clock set back", "2026-10-12 09:00", "2026-10-05 10:00", ""},
	} {
		// Stored instants come back in UTC; firings are still of the province's zone.
		got, ok := monday.latest(at(tt.after).UTC(), at(tt.now).UTC())
		if ok != (tt.want != "") || ok && !got.Equal(at(tt.want)) {
			t.Errorf("%s: %v %v, want %q", tt.name, got, ok, tt.want)
		}
	}
	day := calendar.MustParseDate("2026-10-05")
	if monday.firedOn(day, at("2026-10-05 08:59")) {
		t.Error("fired before its hour")
	}
	if !monday.firedOn(day, at("2026-10-05 09:00")) {
		t.Error("not fired at its hour")
	}
	if monday.firedOn(day.AddDays(1), at("2026-10-06 12:00")) {
		t.Error("fired on a Tuesday")
	}
}

func TestExcerpt(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"ngắn", "ngắn"},
		{"  hai\n dòng ", "hai dòng"},
		{"một hai ba bốn, năm sáu bảy tám chín mười", "một hai ba bốn, năm…"},
		{"một hai ba bốn, (năm sáu bảy tám)", "một hai ba bốn, (năm…"},
		{strings.Repeat("đ", 30), strings.Repeat("đ", 20) + "…"},
	} {
		if got := excerpt(tt.in, 20); got != tt.want {
			t.Errorf("excerpt(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
