package calendar_test

import (
	"fmt"
	"strings"
	"testing"

	"tiendo/tasks/calendar"
)

func TestParseCadence(t *testing.T) {
	const monthly, yearly = "FREQ=MONTHLY;BYMONTHDAY=25", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"
	for name, c := range map[string]struct{ in, want string }{
		"one":                 {"rrule:freq=monthly;bymonthday=25", monthly},
		"two":                 {"\r\n RRULE:" + monthly + "\r\n\r\n" + yearly + "\n", monthly + "\n" + yearly},
		"the same twice":      {monthly + "\n" + monthly, monthly},
		"one with its start":  {"DTSTART:20260105\nRRULE:FREQ=DAILY;COUNT=3\n" + yearly, "DTSTART:20260105\nRRULE:FREQ=DAILY;COUNT=3\n" + yearly},
		"none":                {" \n", ""},
		"a start alone":       {"DTSTART:20260105", ""},
		"one of two is wrong": {monthly + "\nFREQ=HOURLY", ""},
		"too many":            {strings.Join([]string{monthly, yearly, "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY"}, "\n"), ""},
	} {
		got, err := calendar.ParseCadence(c.in)
		if (err == nil) != (c.want != "") || got.String() != c.want {
			t.Errorf("%s: %q, %v", name, got, err)
			continue
		}
		if again, err := calendar.ParseCadence(got.String()); c.want != "" && (err != nil || again.String() != c.want) {
			t.Errorf("%s: read again %q, %v", name, again, err)
		}
	}
}

func TestCadenceOfSeveralRules(t *testing.T) {
	c, err := calendar.ParseCadence("FREQ=MONTHLY;BYMONTHDAY=15\nFREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15,20")
	if err != nil {
		t.Fatal(err)
	}
	from, to := calendar.MustParseDate("2026-05-15"), calendar.MustParseDate("2026-07-15")
	const want = "[2026-05-15 2026-06-15 2026-06-20 2026-07-15]"
	if got := c.Between(from, to); fmt.Sprint(got) != want {
		t.Errorf("between %v, want %s", got, want)
	}
	var got []calendar.Date
	for d := from.AddDays(-1); ; {
		next, ok := c.Next(d)
		if !ok || next.After(to) {
			break
		}
		got, d = append(got, next), next
	}
	if fmt.Sprint(got) != want {
		t.Errorf("one by one %v, want %s", got, want)
	}
	if d, ok := calendar.Cadence(nil).Next(from); ok {
		t.Errorf("no rule falls on %s", d)
	}
}

func TestPeriodOfACadence(t *testing.T) {
	for _, c := range []struct {
		rule, due string
		want      calendar.Span
	}{
		{"FREQ=WEEKLY;BYDAY=FR", "2026-11-27", calendar.SpanWeek},
		{"FREQ=WEEKLY;BYDAY=FR", "2027-01-01", calendar.SpanWeek},
		{"FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2026-11-27", calendar.SpanNone},
		{"FREQ=WEEKLY;BYDAY=MO,FR", "2026-11-27", calendar.SpanNone},
		{"FREQ=MONTHLY;BYMONTHDAY=25", "2026-11-25", calendar.SpanMonth},
		{"FREQ=MONTHLY;BYMONTHDAY=-1", "2027-02-28", calendar.SpanMonth},
		{"FREQ=MONTHLY;BYMONTHDAY=10,25", "2026-11-25", calendar.SpanNone},
		{"FREQ=MONTHLY;BYMONTHDAY=25;UNTIL=20261130", "2026-11-25", calendar.SpanMonth},
		{"DTSTART:20261125\nRRULE:FREQ=MONTHLY;BYMONTHDAY=25", "2026-11-25", calendar.SpanMonth},
		{"DTSTART:20261125\nRRULE:FREQ=MONTHLY;COUNT=1", "2026-11-25", calendar.SpanNone},
		{calendar.DefaultCadence, "2026-12-15", calendar.SpanQuarter},
		{"FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15", "2026-12-15", calendar.SpanHalf},
		{"FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", "2026-12-15", calendar.SpanYear},
		{"FREQ=YEARLY;BYMONTH=1,12;BYMONTHDAY=15", "2026-12-15", calendar.SpanHalf},
		{"FREQ=YEARLY;BYMONTH=11,12;BYMONTHDAY=15", "2026-12-15", calendar.SpanNone},
		{"FREQ=MONTHLY;BYMONTHDAY=25", "2026-11-24", calendar.SpanNone},
		// Of two rules each names its own days; on a day of both it is the longer one.
		{"FREQ=MONTHLY;BYMONTHDAY=25\nFREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", "2026-12-25", calendar.SpanMonth},
		{"FREQ=MONTHLY;BYMONTHDAY=25\nFREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", "2026-12-15", calendar.SpanYear},
		{"FREQ=MONTHLY;BYMONTHDAY=15\nFREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", "2026-12-15", calendar.SpanYear},
	} {
		cadence, err := calendar.ParseCadence(c.rule)
		if err != nil {
			t.Fatal(err)
		}
		if _, got := cadence.Period(calendar.MustParseDate(c.due)); got != c.want {
			t.Errorf("%q on %s: %q, want %q", c.rule, c.due, got, c.want)
		}
	}
}

func TestFirstDayOfAPeriod(t *testing.T) {
	for _, c := range []struct{ rule, due, want string }{
		{"FREQ=MONTHLY;BYMONTHDAY=25", "2026-11-25", "2026-10-26"},
		{"FREQ=DAILY", "2026-11-25", "2026-11-25"},
		{"FREQ=YEARLY;INTERVAL=2;BYMONTH=12;BYMONTHDAY=15", "2027-12-15", "2025-12-16"},
		{"FREQ=MONTHLY;BYMONTHDAY=25\nFREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", "2026-12-15", "2025-12-16"},
		{"FREQ=MONTHLY;BYMONTHDAY=25\nFREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", "2026-12-25", "2026-11-26"},
		{"DTSTART:20261125\nRRULE:FREQ=MONTHLY;BYMONTHDAY=25", "2026-11-25", ""},
	} {
		cadence, err := calendar.ParseCadence(c.rule)
		if err != nil {
			t.Fatal(err)
		}
		if since, _ := cadence.Period(calendar.MustParseDate(c.due)); since.String() != c.want {
			t.Errorf("%q on %s: from %s, want %s", c.rule, c.due, since, c.want)
		}
	}
}
