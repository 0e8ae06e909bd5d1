package simulated_test

import (
	"slices"
	"time"

	"tiendo/tasks/calendar"
)

// day counts days; 1 January 1970 is 0.
type day int

func onDay(s string) day {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		panic(err)
	}
	return day(t.Unix() / 86400)
}

func (d day) noon() time.Time { return time.Unix(int64(d)*86400+43200, 0).UTC() }

func (d day) String() string { return d.noon().Format("2006-01-02") }

func (d day) weekday() time.Weekday { return d.noon().Weekday() }

// date is the day as the services are told it.
func (d day) date() calendar.Date { return calendar.MustParseDate(d.String()) }

// zone is seven hours ahead of UTC all year.
var zone = time.FixedZone("Asia/Ho_Chi_Minh", 7*3600)

func dayOf(t time.Time) day { return day((t.Unix() + 7*3600) / 86400) }

// at is an hour and minute of the day.
func (d day) at(hour, minute int) time.Time {
	return time.Unix(int64(d)*86400, 0).Add(time.Duration(hour*60+minute)*time.Minute - 7*time.Hour).In(zone)
}

// The days off of 2025 beside Saturdays and Sundays, and the Saturday on which one of them was made up for.
var (
	daysOff = days("2025-01-01", "2025-01-27", "2025-01-28", "2025-01-29", "2025-01-30", "2025-01-31", "2025-04-07",
		"2025-04-30", "2025-05-01", "2025-05-02", "2025-09-01", "2025-09-02")
	madeUp = days("2025-04-26")
)

func days(list ...string) []day {
	out := make([]day, len(list))
	for i, s := range list {
		out[i] = onDay(s)
	}
	return out
}

var firstDay, lastDay = onDay("2025-01-01"), onDay("2025-12-31")

// works tells of each day from the end of 2024 on whether offices are open; of 2026, in which plans of late 2025 end, by its weekends alone.
var works = func() map[day]bool {
	all := make(map[day]bool)
	for d := firstDay - 60; d <= lastDay+500; d++ {
		weekend := d.weekday() == time.Saturday || d.weekday() == time.Sunday
		all[d] = !weekend && !slices.Contains(daysOff, d) || slices.Contains(madeUp, d)
	}
	return all
}()

func isWorking(d day) bool { return works[d] }

// upTo is the last working day up to the day, from the first from it on.
func upTo(d day) day {
	for !isWorking(d) {
		d--
	}
	return d
}

func from(d day) day {
	for !isWorking(d) {
		d++
	}
	return d
}

// shift goes so many working days ahead of the day, or back.
func shift(d day, n int) day {
	for ; n > 0; n-- {
		d = from(d + 1)
	}
	for ; n < 0; n++ {
		d = upTo(d - 1)
	}
	return d
}

// rung is a step of a deadline and the day on which it is told.
type rung struct {
	step int
	on   day
}

// rungs lists the steps of a deadline in the order of their days, as far as the last day given: so many working days before the last working
// day up to it, that day, and so many after the deadline.
func rungs(due day, before []int, onDay bool, after, every int, until day) []rung {
	var out []rung
	day := upTo(due)
	for _, n := range before {
		out = append(out, rung{-n, shift(day, -n)})
	}
	if onDay {
		out = append(out, rung{0, day})
	}
	if after > 0 {
		for n := after; ; n += every {
			on := shift(due, n)
			if on > until {
				break
			}
			out = append(out, rung{n, on})
			if every == 0 {
				break
			}
		}
	}
	return out
}

// newest is the last rung whose day has come, unless it lies on or before the day on which the deadline was set.
func newest(list []rung, set, today day) (rung, bool) {
	var last rung
	found := false
	for _, r := range list {
		if r.on <= today && (!found || r.on >= last.on) {
			last, found = r, true
		}
	}
	return last, found && last.on > set
}
