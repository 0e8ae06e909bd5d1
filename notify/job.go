package notify

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// The names of the jobs, under which their last runs are stored.
const (
	JobAgencies  = "agencies"  // carries out changes of agencies
	JobFreeze    = "freeze"    // stores the week's figures
	JobReminders = "reminders" // writes the day's reminders
	JobRollUp    = "rollup"    // writes each agency's weekly summary
	JobMonth     = "month"     // writes each agency's monthly summary
	JobDigest    = "digest"    // writes the leaders' weekly digest
)

// Job is something to be done at the times of a cron specification.
type Job struct {
	Name string
	// Spec is a cron specification of five fields, read in the province's zone.
	Spec string
	// WorkingDays moves a firing on a day off to the same hour of the next working day.
	WorkingDays bool
	// Run does the job as of now; firing is the latest time of Spec that had come, earlier than now after missed ones. It may be
	// run again for the same firing, after a failure or a crash, and must then change nothing that it has done already.
	Run func(ctx context.Context, now, firing time.Time) error
}

// Specs are the cron specifications of the jobs.
type Specs struct {
	Freeze, Reminders, RollUp, Month, Digest string
}

// DefaultSpecs are Monday 07:00 for the figures, 08:00 each day for reminders, Monday 09:00 for summaries and the digest, and 09:00 of the
// first of a month for its summary. Those of 09:00 wait for the next working day on a day off.
func DefaultSpecs() Specs {
	return Specs{Freeze: "0 7 * * MON", Reminders: "0 8 * * *", RollUp: "0 9 * * MON", Month: "0 9 1 * *", Digest: "0 9 * * MON"}
}

// Check refuses specifications that cannot be read or never fire.
func (s Specs) Check() error {
	var errs []error
	for _, job := range []struct{ name, spec string }{
		{JobFreeze, s.Freeze}, {JobReminders, s.Reminders}, {JobRollUp, s.RollUp}, {JobMonth, s.Month}, {JobDigest, s.Digest},
	} {
		if err := CheckSpec(job.spec); err != nil {
			errs = append(errs, fmt.Errorf("job %s: %w", job.name, err))
		}
	}
	return errors.Join(errs...)
}

// CheckSpec refuses a cron specification that cannot be read, never fires, or names a zone or an interval: all jobs run at times
// of day in the province's zone.
func CheckSpec(spec string) error {
	_, err := parseSpec(spec)
	return err
}

func parseSpec(spec string) (cron.Schedule, error) {
	spec = strings.TrimSpace(spec)
	// The parser panics on a zone without fields, and "@every" counts from wherever it is started.
	for _, prefix := range []string{"TZ=", "CRON_TZ=", "@every"} {
		if strings.HasPrefix(spec, prefix) {
			return nil, fmt.Errorf("schedule %q: %s is not allowed; give the five fields of a time in the province's zone", spec, strings.TrimSuffix(prefix, "="))
		}
	}
	schedule, err := cron.ParseStandard(spec)
	if err != nil {
		return nil, fmt.Errorf("schedule %q: %w", spec, err)
	}
	// Next looks five years ahead; 2024 puts a 29 February in reach of "0 7 29 2 *".
	if schedule.Next(time.Date(2024, time.January, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return nil, fmt.Errorf("schedule %q never fires", spec)
	}
	return schedule, nil
}

// timetable is a job with its schedule read.
type timetable struct {
	Job
	schedule cron.Schedule
	rules    tasks.Rules
}

// newTimetable reads a job's specification.
func newTimetable(job Job, rules tasks.Rules) (timetable, error) {
	schedule, err := parseSpec(job.Spec)
	return timetable{Job: job, schedule: schedule, rules: rules}, err
}

// next is the first firing after the instant; zero when the schedule has none within five years.
func (t timetable) next(after time.Time) time.Time {
	zone := t.rules.Location
	if !t.WorkingDays {
		return t.schedule.Next(after.In(zone))
	}
	// Those of the days off before the instant may be moved to behind it.
	since := t.rules.Calendar.OnOrBefore(t.rules.Day(after).AddDays(-1)).AddDays(1).Start(zone).Add(-time.Nanosecond)
	var first time.Time
	for at := t.schedule.Next(since); !at.IsZero() && (first.IsZero() || at.Before(first)); at = t.schedule.Next(at) {
		if moved := t.moved(at); moved.After(after) {
			first = earliest(first, moved)
		}
	}
	return first
}

// moved is the hour of the firing on the first working day from its own on.
func (t timetable) moved(at time.Time) time.Time {
	day := t.rules.Day(at)
	if t.rules.Calendar.IsWorking(day) {
		return at
	}
	d := t.rules.Calendar.OnOrAfter(day)
	return time.Date(d.Year, d.Month, d.Day, at.Hour(), at.Minute(), 0, 0, at.Location())
}

// latest is the last firing in (after, upTo]; ok is false when there is none.
func (t timetable) latest(after, upTo time.Time) (at time.Time, ok bool) {
	for next := t.next(after); !next.IsZero() && !next.After(upTo); next = t.next(next) {
		at, ok = next, true
	}
	return at, ok
}

// firedOn tells whether the job has fired on the day by now.
func (t timetable) firedOn(day calendar.Date, now time.Time) bool {
	_, ok := t.latest(day.Start(t.rules.Location).Add(-time.Nanosecond), now)
	return ok
}

// firesLater tells whether the job fires behind now on the same day.
func (t timetable) firesLater(now time.Time) bool {
	next := t.next(now)
	return !next.IsZero() && t.rules.Day(next) == t.rules.Day(now)
}
