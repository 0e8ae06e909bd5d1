package web

import (
	"testing"

	"tiendo/tasks/calendar"
	"tiendo/templates"
)

func TestCadenceWords(t *testing.T) {
	set, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	w := set.Words("vi")
	for rule, want := range map[string]string{
		calendar.DefaultCadence:                                  "hằng quý, ngày 15 tháng cuối quý",
		"FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5":              "hằng quý, ngày 5 tháng đầu quý",
		"FREQ=YEARLY;BYMONTH=2,5,8,11;BYMONTHDAY=-1":             "hằng quý, ngày cuối tháng giữa quý",
		"FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1":             "hằng quý, ngày cuối quý",
		"FREQ=MONTHLY;BYMONTHDAY=20":                             "hằng tháng, ngày 20",
		"FREQ=MONTHLY;BYMONTHDAY=-1":                             "hằng tháng, ngày cuối tháng",
		"FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1":           "hằng tháng, ngày 30",
		"FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=10":                  "hằng quý, ngày 10 tháng đầu quý",
		"FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15":                 "sáu tháng một lần, ngày 15 tháng 6 và tháng 12",
		"FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1":                   "hằng năm, ngày cuối tháng 12",
		"FREQ=YEARLY;BYMONTH=3,6,11;BYMONTHDAY=5":                "ngày 5 các tháng 3, 6, 11",
		"FREQ=WEEKLY;BYDAY=FR":                                   "hằng tuần, Thứ Sáu",
		"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU":                     "2 tuần một lần, Thứ Hai, Chủ Nhật",
		"FREQ=DAILY":                                             "hằng ngày",
		"FREQ=MONTHLY;BYMONTHDAY=20;UNTIL=20261231":              "hằng tháng, ngày 20, đến 31/12/2026",
		"FREQ=MONTHLY;BYDAY=-1FR":                                "FREQ=MONTHLY;BYDAY=-1FR",
		"FREQ=MONTHLY;BYMONTHDAY=10,20":                          "FREQ=MONTHLY;BYMONTHDAY=10,20",
		"FREQ=WEEKLY;BYDAY=FR;BYMONTH=3":                         "FREQ=WEEKLY;BYDAY=FR;BYMONTH=3",
		"DTSTART:20260105\nRRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4": "DTSTART:20260105\nRRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4",
		"": "",
	} {
		if got := cadenceWords(w, rule); got != want {
			t.Errorf("%q is %q, want %q", rule, got, want)
		}
	}
}

// TestCommonCadences: a stored rule is found again among those that the form offers, and each has words.
func TestCommonCadences(t *testing.T) {
	set, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range commonCadences {
		parsed, err := calendar.ParseRule(rule)
		if err != nil {
			t.Errorf("%q: %v", rule, err)
			continue
		}
		if parsed.String() != rule {
			t.Errorf("%q is stored as %q", rule, parsed.String())
		}
		if cadenceWords(set.Words("vi"), rule) == rule {
			t.Errorf("%q has no words", rule)
		}
	}
}
