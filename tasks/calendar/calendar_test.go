package calendar_test

import (
	"testing"
	"time"

	"tiendo/tasks/calendar"
)

// The days off and worked of a few weeks are written down here by hand from
// the announcements, so that the table is checked against something else than
// itself.
func TestDefault(t *testing.T) {
	c := calendar.New(calendar.Default())
	cases := []struct {
		from, to string
		off      []string // weekdays not worked
		worked   []string // weekend days worked
	}{
		{"2024-02-05", "2024-02-18", []string{"2024-02-08", "2024-02-09", "2024-02-12", "2024-02-13", "2024-02-14"}, nil},
		{"2024-04-15", "2024-05-05", []string{"2024-04-18", "2024-04-29", "2024-04-30", "2024-05-01"}, []string{"2024-05-04"}},
		{"2025-01-20", "2025-02-09", []string{"2025-01-27", "2025-01-28", "2025-01-29", "2025-01-30", "2025-01-31"}, nil},
		{"2025-04-07", "2025-05-04", []string{"2025-04-07", "2025-04-30", "2025-05-01", "2025-05-02"}, []string{"2025-04-26"}},
		{"2025-08-25", "2025-09-07", []string{"2025-09-01", "2025-09-02"}, nil},
		{"2026-01-01", "2026-01-11", []string{"2026-01-01", "2026-01-02"}, []string{"2026-01-10"}},
		{"2026-02-09", "2026-03-01", []string{"2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20"}, nil},
		{"2026-04-20", "2026-05-10", []string{"2026-04-27", "2026-04-30", "2026-05-01"}, nil},
		{"2026-08-17", "2026-09-06", []string{"2026-08-31", "2026-09-01", "2026-09-02"}, []string{"2026-08-22"}},
		// Announced, not yet law: waits for a person's yes.
		{"2026-11-16", "2026-11-29", nil, nil},
	}
	for _, k := range cases {
		differs := map[string]bool{}
		for _, s := range append(k.off, k.worked...) {
			differs[s] = true
		}
		for d := day(k.from); !d.After(day(k.to)); d = d.AddDays(1) {
			weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
			if want := weekend == differs[d.String()]; c.IsWorking(d) != want {
				t.Errorf("%s %s: working %v, want %v", d, d.Weekday(), !want, want)
			}
		}
	}
	pending := 0
	for _, e := range calendar.Default() {
		if e.Name == "" || e.Date.IsZero() {
			t.Errorf("%+v is not whole", e)
		}
		if e.Pending {
			pending++
			if e.Date != day("2026-11-24") {
				t.Errorf("%s waits", e.Date)
			}
		}
	}
	if pending != 1 {
		t.Errorf("%d pending days", pending)
	}
	calendar.Default()[0].Name = "changed"
	if calendar.Default()[0].Name == "changed" {
		t.Error("Default gives away its own table")
	}
}

// naive counts working days one at a time, from the exceptions alone.
type naive []calendar.Exception

func (n naive) working(d calendar.Date) bool {
	worked := d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
	for _, e := range n {
		if e.Date == d && !e.Pending {
			worked = e.Working
		}
	}
	return worked
}

func (n naive) days(from, to calendar.Date) int {
	sign := 1
	if to.Before(from) {
		from, to, sign = to, from, -1
	}
	count := 0
	for d := from.AddDays(1); !d.After(to); d = d.AddDays(1) {
		if n.working(d) {
			count++
		}
	}
	return sign * count
}

func (n naive) add(d calendar.Date, k int) calendar.Date {
	step := 1
	if k < 0 {
		step, k = -1, -k
	}
	for k > 0 {
		if d = d.AddDays(step); n.working(d) {
			k--
		}
	}
	return d
}

func TestAgainstCountingByHand(t *testing.T) {
	long := []calendar.Exception{}
	for d := day("2025-03-01"); d.Before(day("2025-06-20")); d = d.AddDays(1) {
		long = append(long, calendar.Exception{Date: d})
	}
	for name, exceptions := range map[string][]calendar.Exception{
		"default":             calendar.Default(),
		"none":                nil,
		"months without work": long,
		"said twice": {
			{Date: day("2025-03-04")}, {Date: day("2025-03-05")}, {Date: day("2025-03-04"), Working: true},
			{Date: day("2025-03-08")}, {Date: day("2025-03-10"), Working: true}, {Date: day("2025-03-11"), Pending: true},
		},
	} {
		t.Run(name, func(t *testing.T) {
			n, c := naive(exceptions), calendar.New(exceptions)
			if exceptions == nil {
				c = nil
			}
			for d := day("2024-12-20"); d.Before(day("2025-07-10")); d = d.AddDays(1) {
				if got, want := c.IsWorking(d), n.working(d); got != want {
					t.Fatalf("IsWorking(%s) = %v", d, got)
				}
				for _, k := range []int{-70, -11, -10, -5, -2, -1, 1, 2, 3, 5, 10, 60} {
					if got, want := c.Add(d, k), n.add(d, k); got != want {
						t.Fatalf("Add(%s, %d) = %s, want %s", d, k, got, want)
					}
				}
				for _, k := range []int{-200, -31, -3, -1, 0, 1, 2, 7, 45, 300} {
					to := d.AddDays(k)
					if got, want := c.WorkingDays(d, to), n.days(d, to); got != want {
						t.Fatalf("WorkingDays(%s, %s) = %d, want %d", d, to, got, want)
					}
				}
				after, before := d, d
				for !n.working(after) {
					after = after.AddDays(1)
				}
				for !n.working(before) {
					before = before.AddDays(-1)
				}
				if c.OnOrAfter(d) != after || c.OnOrBefore(d) != before {
					t.Fatalf("around %s: %s and %s, want %s and %s", d, c.OnOrBefore(d), c.OnOrAfter(d), before, after)
				}
				for k := -12; k <= 12; k++ {
					want := before
					if k > 0 {
						want = d
					}
					if k != 0 {
						want = n.add(want, k)
					}
					if got := c.Step(d, k); got != want {
						t.Fatalf("Step(%s, %d) = %s, want %s", d, k, got, want)
					}
				}
			}
		})
	}
}

func TestStep(t *testing.T) {
	c := calendar.New(calendar.Default())
	cases := []struct {
		due  string
		n    int
		want string
	}{
		{"2026-10-15", 0, "2026-10-15"},
		{"2026-10-15", -1, "2026-10-14"},
		{"2026-10-15", -10, "2026-10-01"},
		{"2026-10-15", 1, "2026-10-16"},
		{"2026-10-17", 0, "2026-10-16"},  // a Saturday
		{"2026-10-17", -1, "2026-10-15"}, // before the last working day up to it
		{"2026-10-17", 1, "2026-10-19"},
		{"2026-08-22", 0, "2026-08-22"}, // a Saturday worked for 31 August
		{"2026-08-22", -1, "2026-08-21"},
		{"2026-02-18", 0, "2026-02-13"}, // in Tết
		{"2026-02-18", 1, "2026-02-23"},
	}
	for _, k := range cases {
		if got := c.Step(day(k.due), k.n); got != day(k.want) {
			t.Errorf("Step(%s, %d) = %s, want %s", k.due, k.n, got, k.want)
		}
	}
}

func TestNoDate(t *testing.T) {
	c := calendar.New(nil)
	var none calendar.Date
	if c.IsWorking(none) || !c.OnOrAfter(none).IsZero() || !c.OnOrBefore(none).IsZero() || !c.Add(none, 3).IsZero() ||
		!c.Step(none, -5).IsZero() || c.WorkingDays(none, day("2026-01-01")) != 0 || !c.Period(none, 3, calendar.Month, true).IsZero() {
		t.Error("no date becomes one")
	}
}

func TestCalendarKeepsItsOwnTable(t *testing.T) {
	exceptions := []calendar.Exception{{Date: day("2026-10-05"), Name: "nghỉ"}}
	c := calendar.New(exceptions)
	exceptions[0] = calendar.Exception{}
	if e, ok := c.Exception(day("2026-10-05")); !ok || e.Name != "nghỉ" || c.IsWorking(day("2026-10-05")) {
		t.Error("changed from outside")
	}
	if _, ok := c.Exception(day("2026-10-06")); ok {
		t.Error("an exception that is none")
	}
}

func TestPeriod(t *testing.T) {
	c := calendar.New(calendar.Default())
	cases := []struct {
		name  string
		start string
		n     int
		unit  calendar.Unit
		roll  bool
		want  string
	}{
		{"first day not counted", "2026-10-05", 10, calendar.Day, false, "2026-10-15"},
		{"ends on a Sunday", "2026-10-08", 10, calendar.Day, true, "2026-10-19"},
		{"ends on a Sunday, kept", "2026-10-08", 10, calendar.Day, false, "2026-10-18"},
		{"working days", "2026-10-08", 10, calendar.WorkingDay, true, "2026-10-22"},
		{"working days over a holiday", "2026-08-28", 3, calendar.WorkingDay, false, "2026-09-07"},
		{"working days count a Saturday made up", "2026-08-20", 2, calendar.WorkingDay, false, "2026-08-22"},
		{"weeks", "2026-10-07", 2, calendar.Week, false, "2026-10-21"},
		{"month", "2026-10-05", 1, calendar.Month, false, "2026-11-05"},
		{"month without the day", "2026-01-31", 1, calendar.Month, false, "2026-02-28"},
		{"month without the day, a Saturday", "2026-01-31", 1, calendar.Month, true, "2026-03-02"},
		{"six months", "2026-08-31", 6, calendar.Month, false, "2027-02-28"},
		{"year from a leap day", "2028-02-29", 1, calendar.Year, false, "2029-02-28"},
		{"into Tết", "2026-02-06", 10, calendar.Day, true, "2026-02-23"},
		{"none", "2026-10-05", 0, calendar.Day, false, "2026-10-05"},
	}
	for _, k := range cases {
		if got := c.Period(day(k.start), k.n, k.unit, k.roll); got != day(k.want) {
			t.Errorf("%s: %s, want %s", k.name, got, k.want)
		}
	}
}

func BenchmarkWorkingDays(b *testing.B) {
	c := calendar.New(calendar.Default())
	from, to := day("2024-01-01"), day("2034-01-01")
	for b.Loop() {
		c.WorkingDays(from, to)
	}
}
