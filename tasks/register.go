package tasks

import (
	"encoding/json"
	"time"

	"tiendo/tasks/calendar"
)

// RegisterQuery asks for the register (sổ theo dõi) of a span of days: the assignments that were to be followed in it, that is given
// up to its last day and not completed before its first.
type RegisterQuery struct {
	From, To   calendar.Date // both days included
	DocumentID int64         // 0: all
	AgencyID   int64         // which leads or cooperates, as Part says; 0: all that the actor may see
	Part       Part
	Outgoing   bool // for what leaves the house: restricted duties by their number alone
	After      string
	Limit      int
}

// RegisterRow is a line of the register: the assignment as it stood at the end of RegisterPage.On. What the trail of changes does not
// tell (agencies, the duty's words) is as of today.
type RegisterRow struct {
	AssignmentRow
	Timeliness Timeliness
	// CompletedOn is the day of the confirmation; zero when it was not confirmed up to the day.
	CompletedOn calendar.Date
	// Given tells that it was given within the span; else it was carried over from before.
	Given bool
	// Last is the newest report up to the day, without its evidence; its ID is 0 when there is none.
	Last Report
}

// RegisterPage is one page of the register, in the order in which duties were given.
type RegisterPage struct {
	// On is the day whose end the lines show: the last of the span, or today when that is still to come.
	On   calendar.Date
	Rows []RegisterRow
	Next string
	// Total stops at CountCap+1.
	Total int
}

// RegisterFigures count lines of a register. What was on hold or cancelled is Set aside and in no other figure.
type RegisterFigures struct {
	Figures
	Given   int // of All: given within the span
	Carried int // of All: from before it
	Late    int // of Completed: reported after the deadline
	Aside   int
	// FirstDated are those of Completed that had a first deadline, FirstOnTime those of them reported on or before it.
	FirstDated, FirstOnTime int
}

// AgencyRegister is what an agency leads of a register.
type AgencyRegister struct {
	Agency Agency
	RegisterFigures
}

// RegisterSummary are the figures of a register: of all its lines, each counted once, and of each agency that leads.
type RegisterSummary struct {
	On       calendar.Date
	All      RegisterFigures
	Agencies []AgencyRegister // in the directory's order
}

// add counts a line as it stood on the day.
func (f *RegisterFigures) add(r RegisterRow, on calendar.Date) {
	if !r.State.Counted() {
		f.Aside++
		return
	}
	f.All++
	if r.Given {
		f.Given++
	} else {
		f.Carried++
	}
	if !r.Due.IsZero() && r.Due.Before(on) {
		f.Passed++
	}
	switch r.State {
	case StateSubmitted:
		f.Waiting++
	case StateCompleted:
		f.Completed++
		if r.Timeliness == Late {
			f.Late++
		} else {
			f.OnTime++
		}
		if first := r.First(); !first.IsZero() {
			f.FirstDated++
			if !r.SubmittedOn.After(first) {
				f.FirstOnTime++
			}
		}
	case StateAssigned:
		f.Assigned++
	case StateInProgress:
		f.InProgress++
	case StateReturned:
		f.Returned++
	}
	switch r.Timeliness {
	case Overdue:
		f.Overdue++
	case DueSoon:
		f.DueSoon++
	case NoDeadline:
		if r.State.Open() {
			f.NoDeadline++
		}
	}
}

// asOf turns an assignment back to what it was before the changes, the oldest of which comes first: of each value the first change that
// says what it was before is believed, and what no change tells has not changed.
func (a Assignment) asOf(changes []AuditEntry) Assignment {
	type values struct {
		State       *State         `json:"state"`
		Percent     *int           `json:"percent"`
		Due         *calendar.Date `json:"due"`
		SubmittedOn *calendar.Date `json:"submitted_on"`
	}
	var was values
	for _, e := range changes {
		if e.Before == "" {
			continue
		}
		var v values
		if json.Unmarshal([]byte(e.Before), &v) != nil {
			continue // of a shape that tells nothing of these
		}
		was = values{first(was.State, v.State), first(was.Percent, v.Percent), first(was.Due, v.Due), first(was.SubmittedOn, v.SubmittedOn)}
	}
	set(&a.State, was.State)
	set(&a.Percent, was.Percent)
	set(&a.Due, was.Due)
	set(&a.SubmittedOn, was.SubmittedOn)
	if a.State != StateCompleted {
		a.CompletedAt = time.Time{}
	}
	return a
}

func first[T any](a, b *T) *T {
	if a != nil {
		return a
	}
	return b
}

func set[T any](to *T, value *T) {
	if value != nil {
		*to = *value
	}
}
