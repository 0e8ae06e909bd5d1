package calendar_test

import (
	"encoding/json"
	"testing"
	"time"
	_ "time/tzdata"

	"tiendo/tasks/calendar"
)

var day = calendar.MustParseDate

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func TestParseDate(t *testing.T) {
	for in, ok := range map[string]bool{
		"2026-10-05": true, "2024-02-29": true, "2025-02-29": false, "2026-13-01": false, "2026-1-1": false,
		"05/10/2026": false, "": false, "2026-10-05 ": false, "0000-01-01": false, "2026-10-05T00:00:00Z": false,
	} {
		d, err := calendar.ParseDate(in)
		if (err == nil) != ok {
			t.Errorf("ParseDate(%q) = %v, %v", in, d, err)
		}
		if err == nil && d.String() != in {
			t.Errorf("ParseDate(%q).String() = %q", in, d)
		}
	}
}

func TestDateArithmetic(t *testing.T) {
	cases := []struct {
		name string
		got  calendar.Date
		want string
	}{
		{"normalised day", calendar.NewDate(2026, time.April, 31), "2026-05-01"},
		{"normalised month", calendar.NewDate(2026, 13, 1), "2027-01-01"},
		{"over a year", day("2026-12-31").AddDays(1), "2027-01-01"},
		{"back over a leap day", day("2024-03-01").AddDays(-1), "2024-02-29"},
		{"clamped", day("2026-01-31").AddMonths(1), "2026-02-28"},
		{"clamped, leap year", day("2024-01-31").AddMonths(1), "2024-02-29"},
		{"clamped backwards", day("2026-03-31").AddMonths(-1), "2026-02-28"},
		{"a year from a leap day", day("2024-02-29").AddMonths(12), "2025-02-28"},
		{"months back over a year", day("2026-01-15").AddMonths(-13), "2024-12-15"},
		{"end of February", calendar.EndOfMonth(2028, time.February), "2028-02-29"},
		{"end of December", calendar.EndOfMonth(2026, time.December), "2026-12-31"},
		{"quarter 1", calendar.EndOfQuarter(2026, 1), "2026-03-31"},
		{"quarter 4", calendar.EndOfQuarter(2026, 4), "2026-12-31"},
		{"Monday of a Monday", day("2026-10-05").Monday(), "2026-10-05"},
		{"Monday of a Sunday", day("2026-10-11").Monday(), "2026-10-05"},
		{"Monday over New Year", day("2027-01-01").Monday(), "2026-12-28"},
		{"no date stays none", calendar.Date{}.AddDays(3), ""},
		{"no date stays none", calendar.Date{}.AddMonths(3), ""},
	}
	for _, c := range cases {
		if c.got.String() != c.want {
			t.Errorf("%s: %s, want %s", c.name, c.got, c.want)
		}
	}
	if n := day("2026-02-28").DaysUntil(day("2026-03-01")); n != 1 {
		t.Errorf("DaysUntil = %d", n)
	}
	if n := day("2027-01-01").DaysUntil(day("2026-01-01")); n != -365 {
		t.Errorf("DaysUntil = %d", n)
	}
	if y, w := day("2027-01-01").ISOWeek(); y != 2026 || w != 53 {
		t.Errorf("ISOWeek = %d-%d", y, w)
	}
	if w := day("2026-10-05").Weekday(); w != time.Monday {
		t.Errorf("Weekday = %s", w)
	}
}

func TestDateOrder(t *testing.T) {
	dates := []calendar.Date{{}, day("2025-12-31"), day("2026-01-01"), day("2026-01-02"), day("2026-02-01")}
	for i, a := range dates {
		for j, b := range dates {
			if a.Before(b) != (i < j) || a.After(b) != (i > j) || (a.Compare(b) == 0) != (i == j) {
				t.Errorf("order of %q and %q", a, b)
			}
		}
	}
	if !(calendar.Date{}).IsZero() || dates[1].IsZero() {
		t.Error("IsZero")
	}
}

func TestDateOf(t *testing.T) {
	saigon := zone(t, "Asia/Ho_Chi_Minh")
	at := time.Date(2026, 10, 4, 17, 0, 0, 0, time.UTC) // midnight in Việt Nam
	for _, c := range []struct {
		at   time.Time
		loc  *time.Location
		want string
	}{
		{at, saigon, "2026-10-05"},
		{at.Add(-time.Nanosecond), saigon, "2026-10-04"},
		{at, nil, "2026-10-04"},
	} {
		if got := calendar.DateOf(c.at, c.loc); got.String() != c.want {
			t.Errorf("DateOf(%v) = %s, want %s", c.at, got, c.want)
		}
	}
}

func TestStart(t *testing.T) {
	cases := []struct{ zone, day, want string }{
		{"Asia/Ho_Chi_Minh", "2026-10-05", "2026-10-05T00:00:00+07:00"},
		// Clocks skip midnight.
		{"America/Asuncion", "2020-10-04", "2020-10-04T01:00:00-03:00"},
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00"},
		{"Atlantic/Azores", "2020-03-29", "2020-03-29T01:00:00Z"},
		// Midnight comes twice.
		{"America/Havana", "2020-11-01", "2020-11-01T00:00:00-04:00"},
		{"Atlantic/Azores", "2020-10-25", "2020-10-25T00:00:00Z"},
	}
	for _, c := range cases {
		loc := zone(t, c.zone)
		got := day(c.day).Start(loc)
		if got.Format(time.RFC3339) != c.want {
			t.Errorf("%s in %s starts %s, want %s", c.day, c.zone, got.Format(time.RFC3339), c.want)
		}
	}
	if got := day("2026-10-05").Start(nil); !got.Equal(time.Date(2026, 10, 5, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("Start(nil) = %v", got)
	}
}

func TestDateText(t *testing.T) {
	type form struct{ Due, None calendar.Date }
	in := form{Due: day("2026-02-28")}
	b, err := json.Marshal(in)
	if err != nil || string(b) != `{"Due":"2026-02-28","None":""}` {
		t.Fatalf("%s %v", b, err)
	}
	out := form{None: day("2026-01-01")}
	if err := json.Unmarshal(b, &out); err != nil || out != in {
		t.Errorf("%+v %v", out, err)
	}
	if err := json.Unmarshal([]byte(`{"Due":"28/2/2026"}`), &out); err == nil {
		t.Error("a date in another form is no error")
	}
}
