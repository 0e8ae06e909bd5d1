package tasks

import (
	"slices"
	"time"

	"tiendo/tasks/calendar"
)

// PauseKind is how a duty stops being tracked.
type PauseKind string

const (
	PauseHold   PauseKind = "hold"   // tạm dừng: it will go on
	PauseCancel PauseKind = "cancel" // thu hồi: taken back
	PauseClose  PauseKind = "close"  // kết thúc, at the end of a year: not carried over
)

// state is that of a duty while the pause lasts.
func (k PauseKind) state() State {
	if k == PauseHold {
		return StateOnHold
	}
	return StateCancelled
}

// Pause is the secretariat's decision that a duty rests or is taken back, with what ended it. A duty that is taken back while it rests has
// two that last.
type Pause struct {
	ID           int64
	AssignmentID int64
	Kind         PauseKind
	Was          State // the state before: that to which the duty goes back
	Since        calendar.Date
	PersonID     int64 // who recorded it
	At           time.Time
	Reason       string
	Document     string // number of the document that decides
	// Authority is by whose word it was decided ("Chủ tịch UBND tỉnh"); "" by that of who recorded it.
	Authority string
	Lifted    Lift // zero while it lasts
}

// Lift is the end of a pause: the duty goes on.
type Lift struct {
	On        calendar.Date
	PersonID  int64
	At        time.Time
	Reason    string
	Document  string
	Authority string
}

// The steps of pauses. Where resuming and restoring lead depends on the state before.
const (
	StepHold    Step = "hold"
	StepResume  Step = "resume"
	StepCancel  Step = "cancel"
	StepClose   Step = "close" // at the end of a year
	StepRestore Step = "restore"
)

// The events of which agencies are told when a duty rests, goes on or is taken back.
const (
	EventHeld      = "held"
	EventResumed   = "resumed"
	EventCancelled = "cancelled"
	EventRestored  = "restored"
)

// lasting is the pause of the duty's state; ok is false when there is none: a duty may also have ended with its document.
func lasting(a Assignment, list []Pause) (Pause, bool) {
	i := slices.IndexFunc(list, func(p Pause) bool { return p.Lifted.On.IsZero() && p.Kind.state() == a.State })
	if i < 0 {
		return Pause{}, false
	}
	return list[i], true
}

// PauseInput is what the secretariat types to hold a duty, take it back or let it go on.
type PauseInput struct {
	Reason    string
	Document  string // number of the document that decides
	Authority string // by whose word; needed where a leader decides and another records it
	// Due is the new deadline of a duty that goes on after a hold; zero leaves it.
	Due     calendar.Date
	Version int64 // of the assignment as it was shown
}

func (in PauseInput) check(needsAuthority bool) (PauseInput, fields) {
	var f fields
	in.Reason = f.text("reason", in.Reason, true, MaxReasonText)
	in.Document = f.line("document", in.Document, false, MaxDocumentNumber)
	in.Authority = f.line("authority", in.Authority, false, MaxAuthority)
	if needsAuthority && in.Authority == "" {
		f.add("authority", "pause.authority_required")
	}
	return in, f
}

// ProposedDue is the deadline moved by the days for which the duty rested, to a working day; zero without a deadline, and on the day on
// which the duty began to rest.
func (r Rules) ProposedDue(due, since, today calendar.Date) calendar.Date {
	days := since.DaysUntil(today)
	if due.IsZero() || days <= 0 {
		return calendar.Date{}
	}
	return r.Calendar.OnOrAfter(due.AddDays(days))
}
