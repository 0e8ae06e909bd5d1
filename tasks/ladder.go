package tasks

import (
	"errors"
	"fmt"
	"slices"

	"tiendo/tasks/calendar"
)

// Ladder says on which days a deadline is reminded of, and of whom, in working days around it. It holds of a missing periodic report as
// well. Of a number or a list, 0 or none stands for never.
type Ladder struct {
	// Before are the focal points of the leads: that many working days before the day itself, largest first.
	Before     []int `json:"before"`
	OnDay      bool  `json:"on_day"`      // and on the day itself: the last working day up to the deadline
	AfterFirst int   `json:"after_first"` // the first reminder after it, that many working days after the deadline
	// Every so many working days after that, to everybody who has begun to be reminded; 0: only the first.
	Every int `json:"every"`

	Head int `json:"head"` // from that many working days after the deadline on also the heads of the leads
	// Specialist is from how many on also the specialist of the secretariat who follows the duty; the whole of it when nobody does.
	Specialist int `json:"specialist"`
	Leaders    int `json:"leaders"` // from that many on the duty is among the decisions of the leaders' week
	// Cooperating are the focal points of cooperating agencies: that many working days before the day itself, 0 that day; largest first.
	Cooperating []int `json:"cooperating"`
}

// DefaultLadder is 10, 5 and 1 working days before, the day itself, the first working day after, then every 5; the head from the third
// on, the specialist from the tenth, the leaders from the fifteenth; cooperating agencies 5 days before and on the day.
func DefaultLadder() Ladder {
	return Ladder{
		Before: []int{10, 5, 1}, OnDay: true, AfterFirst: 1, Every: 5,
		Head: 3, Specialist: 10, Leaders: 15, Cooperating: []int{5, 0},
	}
}

// Check refuses a ladder that cannot be climbed.
func (l Ladder) Check() error {
	if err := checkDescending("before the deadline", l.Before, 1); err != nil {
		return err
	}
	if err := checkDescending("before the deadline of cooperating agencies", l.Cooperating, 0); err != nil {
		return err
	}
	if min(l.AfterFirst, l.Every, l.Head, l.Specialist, l.Leaders) < 0 {
		return errors.New("ladder: days after the deadline may not be negative")
	}
	if l.Every > 0 && max(l.AfterFirst, l.Head, l.Specialist) == 0 {
		return errors.New("ladder: reminders every so many days need a first one after the deadline")
	}
	return nil
}

func checkDescending(what string, days []int, least int) error {
	for i, n := range days {
		if n < least {
			return fmt.Errorf("ladder: %d working days %s: must be at least %d", n, what, least)
		}
		if i > 0 && n >= days[i-1] {
			return fmt.Errorf("ladder: the days %s must be listed from the largest to the smallest", what)
		}
	}
	return nil
}

// For is the part of the ladder by which the people of a role are reminded: the focal points of the leads by the whole of it, their heads
// and the secretariat from their day on and then every so many days. Nobody else is reminded.
func (l Ladder) For(role Role) Ladder {
	switch role {
	case RoleFocal:
		return Ladder{Before: l.Before, OnDay: l.OnDay, AfterFirst: l.AfterFirst, Every: l.Every}
	case RoleHead:
		return Ladder{AfterFirst: l.Head, Every: l.Every}
	case RoleSecretariat:
		return Ladder{AfterFirst: l.Specialist, Every: l.Every}
	}
	return Ladder{}
}

// ForCooperating is the part of the ladder by which the focal points of cooperating agencies are reminded.
func (l Ladder) ForCooperating() Ladder {
	days := slices.Clone(l.Cooperating)
	onDay := slices.Contains(days, 0)
	return Ladder{Before: slices.DeleteFunc(days, func(n int) bool { return n == 0 }), OnDay: onDay}
}

// Reach is the number of working days by which the earliest step of anybody precedes the deadline.
func (l Ladder) Reach() int {
	return slices.Max(slices.Concat([]int{0}, l.Before, l.Cooperating))
}

// ForLeaders tells whether a duty with the deadline is late enough on the day to be among the decisions of the leaders' week.
func (l Ladder) ForLeaders(cal *calendar.Calendar, due, day calendar.Date) bool {
	return l.Leaders > 0 && !due.IsZero() && cal.WorkingDays(due, day) >= l.Leaders
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
