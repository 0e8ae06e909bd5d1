package tasks

import (
	"slices"

	"tiendo/tasks/calendar"
)

// State is where an assignment stands: the axis that is stored.
type State string

const (
	StateAssigned   State = "assigned"    // chưa thực hiện
	StateInProgress State = "in_progress" // đang thực hiện, from the first report
	StateSubmitted  State = "submitted"   // chờ xác nhận
	StateReturned   State = "returned"    // trả lại, with a reason
	StateCompleted  State = "completed"   // hoàn thành
	StateOnHold     State = "on_hold"     // tạm dừng, by the secretariat
	StateCancelled  State = "cancelled"   // thu hồi, by the secretariat
)

// States lists every state in the order of an assignment's life.
var States = []State{StateAssigned, StateInProgress, StateSubmitted, StateReturned, StateCompleted, StateOnHold, StateCancelled}

// Valid tells whether the state exists.
func (s State) Valid() bool { return slices.Contains(States, s) }

// Open tells whether the agency still owes work: its clock runs.
func (s State) Open() bool {
	return s == StateAssigned || s == StateInProgress || s == StateReturned
}

// Counted tells whether the assignment is in figures and lists of timeliness: what is on hold or cancelled is never overdue and in no
// denominator.
func (s State) Counted() bool { return s != StateOnHold && s != StateCancelled }

// Step is something done to an assignment that may change its state.
type Step string

const (
	StepProgress Step = "progress" // a progress report
	StepSubmit   Step = "submit"   // a report that the duty is done
	StepWithdraw Step = "withdraw" // the agency takes its submission back
	StepConfirm  Step = "confirm"
	StepReturn   Step = "return"
	StepReopen   Step = "reopen" // a completed duty is sent back
)

var transitions = map[Step]map[State]State{
	StepProgress: {StateAssigned: StateInProgress, StateInProgress: StateInProgress, StateReturned: StateReturned},
	StepSubmit:   {StateAssigned: StateSubmitted, StateInProgress: StateSubmitted, StateReturned: StateSubmitted},
	StepWithdraw: {StateSubmitted: StateInProgress},
	StepConfirm:  {StateSubmitted: StateCompleted},
	StepReturn:   {StateSubmitted: StateReturned},
	StepReopen:   {StateCompleted: StateReturned},
}

// After is the state to which the step leads; ok is false when the state does not allow the step.
func (s State) After(step Step) (next State, ok bool) {
	next, ok = transitions[step][s]
	return next, ok
}

// Timeliness is the axis that is computed, from the dates and a day.
type Timeliness string

const (
	NoDeadline Timeliness = "no_deadline"
	OnTrack    Timeliness = "on_track"
	DueSoon    Timeliness = "due_soon" // today or within Rules.DueSoon working days
	Overdue    Timeliness = "overdue"  // from the day after the deadline
	OnTime     Timeliness = "on_time"  // submitted or completed, judged by the day of the report
	Late       Timeliness = "late"
)

// Timelinesses lists every value in the order in which lists show them.
var Timelinesses = []Timeliness{Overdue, DueSoon, OnTrack, NoDeadline, OnTime, Late}

// Valid tells whether the value exists.
func (t Timeliness) Valid() bool { return slices.Contains(Timelinesses, t) }

// Timeliness judges the assignment on a day; "" of one that is not counted. Submitting stops the agency's clock; a return starts it
// again.
func (a Assignment) Timeliness(today, soonUntil calendar.Date) Timeliness {
	switch {
	case !a.State.Counted():
		return ""
	case a.Due.IsZero():
		return NoDeadline
	case !a.State.Open():
		if a.SubmittedOn.After(a.Due) {
			return Late
		}
		return OnTime
	case today.After(a.Due):
		return Overdue
	case a.Due.After(soonUntil):
		return OnTrack
	default:
		return DueSoon
	}
}
