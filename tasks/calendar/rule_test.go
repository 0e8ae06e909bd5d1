package calendar_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tiendo/tasks/calendar"
)

func texts(dates []calendar.Date) string {
	var out []string
	for _, d := range dates {
		out = append(out, d.String())
	}
	return strings.Join(out, " ")
}

func TestRuleBetween(t *testing.T) {
	cases := []struct{ rule, from, to, want string }{
		{calendar.DefaultCadence, "2026-01-01", "2026-12-31", "2026-03-15 2026-06-15 2026-09-15 2026-12-15"},
		{calendar.DefaultCadence, "2026-03-15", "2026-06-15", "2026-03-15 2026-06-15"},
		{"RRULE:FREQ=MONTHLY;BYMONTHDAY=25", "2026-10-26", "2027-01-31", "2026-11-25 2026-12-25 2027-01-25"},
		{"freq=monthly;bymonthday=-1", "2026-01-01", "2026-04-30", "2026-01-31 2026-02-28 2026-03-31 2026-04-30"},
		{"FREQ=MONTHLY;BYMONTHDAY=31", "2026-01-01", "2026-06-30", "2026-01-31 2026-03-31 2026-05-31"},
		{"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2026-01-01", "2033-01-01", "2028-02-29 2032-02-29"},
		{"FREQ=WEEKLY;BYDAY=MO", "2026-10-05", "2026-10-20", "2026-10-05 2026-10-12 2026-10-19"},
		{"FREQ=WEEKLY", "2026-10-06", "2026-10-20", "2026-10-12 2026-10-19"},
		{"FREQ=DAILY", "2026-10-30", "2026-11-02", "2026-10-30 2026-10-31 2026-11-01 2026-11-02"},
		{"FREQ=MONTHLY;BYDAY=-1FR", "2026-10-01", "2026-12-31", "2026-10-30 2026-11-27 2026-12-25"},
		{"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-10-01", "2026-12-31", "2026-10-30 2026-11-30 2026-12-31"},
		{"FREQ=MONTHLY;INTERVAL=3", "2026-01-02", "2026-12-31", "2026-04-01 2026-07-01 2026-10-01"},
		{"FREQ=YEARLY", "2026-01-01", "2027-12-31", "2026-01-01 2027-01-01"},
		{"FREQ=YEARLY;BYWEEKNO=20", "2026-01-01", "2027-12-31", "2026-05-11 2027-05-17"},
		{"FREQ=YEARLY;BYYEARDAY=-1", "2026-01-01", "2028-12-31", "2026-12-31 2027-12-31 2028-12-31"},
		{"FREQ=MONTHLY;BYMONTHDAY=20;UNTIL=20261120", "2026-10-01", "2027-12-31", "2026-10-20 2026-11-20"},
		{"FREQ=MONTHLY;BYMONTHDAY=20;UNTIL=20261120T235959Z", "2026-10-01", "2027-12-31", "2026-10-20 2026-11-20"},
		{"DTSTART:20260131\nRRULE:FREQ=MONTHLY;COUNT=3", "2026-01-01", "2027-12-31", "2026-01-31 2026-03-31 2026-05-31"},
		{"DTSTART;VALUE=DATE:20260107\nFREQ=WEEKLY;INTERVAL=2", "2025-01-01", "2026-02-05", "2026-01-07 2026-01-21 2026-02-04"},
		{"DTSTART:20261001\nRRULE:FREQ=MONTHLY;BYMONTHDAY=5", "2026-01-01", "2026-12-31", "2026-10-05 2026-11-05 2026-12-05"},
		{calendar.DefaultCadence, "2026-06-15", "2026-03-15", ""},
	}
	for _, c := range cases {
		t.Run(c.rule, func(t *testing.T) {
			r, err := calendar.ParseRule(c.rule)
			if err != nil {
				t.Fatal(err)
			}
			from, to := day(c.from), day(c.to)
			if got := texts(r.Between(from, to)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			var steps []calendar.Date
			for d, ok := r.Next(from.AddDays(-1)); ok && !d.After(to); d, ok = r.Next(d) {
				steps = append(steps, d)
			}
			if got := texts(steps); got != c.want {
				t.Errorf("by Next: got %s", got)
			}
			again, err := calendar.ParseRule(r.String())
			if err != nil || again.String() != r.String() || texts(again.Between(from, to)) != c.want {
				t.Errorf("%q read again: %v, %v", r, again, err)
			}
		})
	}
}

// Where the walk starts must not change what it finds: the same rule from
// 2001 on and from each month on.
func TestRuleFromAnywhere(t *testing.T) {
	for _, s := range []string{
		"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR", "FREQ=WEEKLY;BYDAY=MO,WE,SU;BYSETPOS=2;WKST=SU", "FREQ=MONTHLY;BYDAY=2TH",
		"FREQ=YEARLY;BYWEEKNO=1,53;BYDAY=FR", "FREQ=YEARLY;BYDAY=-1MO", "FREQ=DAILY;INTERVAL=9", "FREQ=YEARLY;INTERVAL=4;BYMONTH=3",
	} {
		r, err := calendar.ParseRule(s)
		if err != nil {
			t.Fatal(err)
		}
		to := day("2016-01-01")
		all := r.Between(day("2001-01-01"), to)
		for from := day("2002-01-01"); from.Before(to); from = from.AddDays(29) {
			i, _ := slices.BinarySearchFunc(all, from, calendar.Date.Compare)
			if got, want := texts(r.Between(from, to)), texts(all[i:]); got != want {
				t.Fatalf("%s from %s:\ngot  %s\nwant %s", s, from, got, want)
			}
		}
	}
}

func TestParseRuleRefuses(t *testing.T) {
	for _, s := range []string{
		"", "RRULE:", "MONTHLY", "FREQ=", "FREQ=HOURLY", "FREQ=MINUTELY;INTERVAL=60", "FREQ=SECONDLY", "FREQ=FORTNIGHTLY",
		"BYMONTHDAY=15", "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=YEARLY;BYMONTH=13",
		"FREQ=MONTHLY;INTERVAL=0", "FREQ=MONTHLY;INTERVAL=-1", "FREQ=DAILY;INTERVAL=100000", "FREQ=MONTHLY;COUNT=3",
		"DTSTART:20260101\nRRULE:FREQ=MONTHLY;COUNT=0", "DTSTART:20260101\nRRULE:FREQ=MONTHLY;COUNT=3;UNTIL=20270101",
		"FREQ=DAILY;BYHOUR=9", "FREQ=YEARLY;BYEASTER=0", "FREQ=MONTHLY;FREQ=DAILY", "FREQ=MONTHLY;UNTIL=soon", "FREQ=MONTHLY;X=1",
		"FREQ=WEEKLY;BYMONTHDAY=1", "FREQ=WEEKLY;BYDAY=2MO", "FREQ=MONTHLY;BYWEEKNO=3", "FREQ=MONTHLY;BYYEARDAY=3", "FREQ=MONTHLY;BYSETPOS=1",
		"FREQ=YEARLY;BYWEEKNO=3;BYDAY=1MO", "FREQ=WEEKLY;BYDAY=XX", "DTSTART:2026\nRRULE:FREQ=DAILY", "X\nFREQ=DAILY", "DTSTART:20260101\nFREQ=DAILY\nX",
		// These never fire.
		"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=4,6,9,11",
		"FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", "FREQ=DAILY;INTERVAL=7;BYDAY=TU", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
		"FREQ=DAILY;UNTIL=19990101", "FREQ=MONTHLY;INTERVAL=12;BYMONTH=2",
	} {
		start := time.Now()
		if r, err := calendar.ParseRule(s); err == nil {
			t.Errorf("%q gives %q", s, r)
		} else if !r.IsZero() {
			t.Errorf("%q: an error and a rule", s)
		}
		if took := time.Since(start); took > 30*time.Second {
			t.Errorf("%q took %v", s, took)
		}
	}
}

func TestRuleText(t *testing.T) {
	for in, want := range map[string]string{
		"rrule:freq=monthly; bymonthday=15;":                    "FREQ=MONTHLY;BYMONTHDAY=15",
		"FREQ=MONTHLY;INTERVAL=1;BYDAY=+2MO":                    "FREQ=MONTHLY;BYDAY=2MO",
		"FREQ=DAILY;UNTIL=20270101T000000Z":                     "FREQ=DAILY;UNTIL=20270101",
		"DTSTART:20260105T080000\r\nRRULE:FREQ=WEEKLY;COUNT=10": "DTSTART:20260105\nRRULE:FREQ=WEEKLY;COUNT=10",
	} {
		r, err := calendar.ParseRule(in)
		if err != nil || r.String() != want {
			t.Errorf("%q: %q, %v; want %q", in, r, err, want)
		}
		b, _ := r.MarshalText()
		var back calendar.Rule
		if err := back.UnmarshalText(b); err != nil || back.String() != want {
			t.Errorf("%q back: %q, %v", in, back, err)
		}
	}
	var none calendar.Rule
	if _, ok := none.Next(day("2026-01-01")); ok || !none.IsZero() || none.String() != "" || none.Between(day("2026-01-01"), day("2027-01-01")) != nil {
		t.Error("the zero rule fires")
	}
	if err := none.UnmarshalText(nil); err != nil || !none.IsZero() {
		t.Error("no text is a rule")
	}
	if err := none.UnmarshalText([]byte("x")); err == nil {
		t.Error("x is a rule")
	}
}

func TestRuleLimits(t *testing.T) {
	r, err := calendar.ParseRule("FREQ=DAILY")
	if err != nil {
		t.Fatal(err)
	}
	if n := len(r.Between(day("2026-01-01"), day("2099-01-01"))); n != calendar.MaxOccurrences {
		t.Errorf("%d dates", n)
	}
	if d, ok := r.Next(day("9000-01-01")); ok {
		t.Errorf("fires on %s", d)
	}
	if d, ok := r.Next(calendar.Date{}); !ok || d != day("2001-01-01") {
		t.Errorf("first fires on %s, %v", d, ok)
	}
}
