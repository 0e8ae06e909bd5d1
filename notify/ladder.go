package notify

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"tiendo/tasks/calendar"
)

// Ladder says on which days a deadline is reminded of, in working days around it.
type Ladder struct {
	Before     []int // that many working days before the day itself, largest first
	OnDay      bool  // on the day itself: the last working day up to the deadline
	AfterFirst int   // the first reminder after it, that many working days after the deadline; 0: none after it
	Every      int   // then every so many working days; 0: only the first
}

// DefaultLadder is 10, 5 and 1 working days before, the day itself, the first working day after, then every 5.
func DefaultLadder() Ladder {
	return Ladder{Before: []int{10, 5, 1}, OnDay: true, AfterFirst: 1, Every: 5}
}

// Check refuses a ladder that cannot be climbed.
func (l Ladder) Check() error {
	for i, n := range l.Before {
		if n < 1 {
			return fmt.Errorf("ladder: %d working days before the deadline: must be at least 1", n)
		}
		if i > 0 && n >= l.Before[i-1] {
			return errors.New("ladder: the days before the deadline must be listed from the largest to the smallest")
		}
	}
	if l.AfterFirst < 0 || l.Every < 0 {
		return errors.New("ladder: days after the deadline may not be negative")
	}
	if l.AfterFirst == 0 && l.Every > 0 {
		return errors.New("ladder: reminders every so many days need a first one after the deadline")
	}
	return nil
}

// Reach is the number of working days by which the earliest step precedes the deadline.
func (l Ladder) Reach() int {
	if len(l.Before) == 0 {
		return 0
	}
	return slices.Max(l.Before)
}

// StepOn is the newest step of the deadline whose day has come: -n is the n-th working day before the deadline's own day, 0 that
// day, +n the n-th working day after the deadline. ok is false while no step has come, and when the newest fell on or before
// setOn, the day on which this version of the deadline was set. A job that runs after missed days thus writes one step, not all.
func (l Ladder) StepOn(cal *calendar.Calendar, due, setOn, day calendar.Date) (step int, ok bool) {
	if due.IsZero() {
		return 0, false
	}
	step, ok = l.newest(cal, due, day)
	if !ok || !cal.Step(due, step).After(setOn) {
		return 0, false
	}
	return step, true
}

func (l Ladder) newest(cal *calendar.Calendar, due, day calendar.Date) (int, bool) {
	if past := cal.WorkingDays(due, day); l.AfterFirst > 0 && past >= l.AfterFirst {
		if l.Every == 0 {
			return l.AfterFirst, true
		}
		return past - (past-l.AfterFirst)%l.Every, true
	}
	if l.OnDay && !cal.Step(due, 0).After(day) {
		return 0, true
	}
	for _, n := range slices.Backward(l.Before) {
		if !cal.Step(due, -n).After(day) {
			return -n, true
		}
	}
	return 0, false
}

// occurrence names a step of a version of a deadline.
func occurrence(version, step int) string {
	return "v" + strconv.Itoa(version) + ":" + strconv.Itoa(step)
}

// versionOf is the version in an occurrence of a deadline's step; 0 when there is none, as of a cadence note.
func versionOf(occurrence string) int {
	var version, step int
	if n, err := fmt.Sscanf(occurrence, "v%d:%d", &version, &step); err != nil || n != 2 {
		return 0
	}
	return version
}
