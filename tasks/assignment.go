package tasks

import (
	"time"

	"tiendo/tasks/calendar"
)

// Task is one duty of an issued document: its words, deliverable and deadline as written.
type Task struct {
	ID          int64
	DocumentID  int64
	Position    int
	Ref         string
	Section     string
	Text        string
	Deliverable string
	Criteria    []string
	Written     WrittenDue
	Source      Place
	// Restricted (hạn chế): its words are for those who have a part in it. Hidden tells that they were left out: see Task.Sealed.
	Restricted, Hidden bool
}

// Part is how an agency takes part in an assignment.
type Part string

const (
	PartLead        Part = "lead"        // chủ trì; several leads are joint leads (đồng chủ trì)
	PartCooperating Part = "cooperating" // phối hợp
)

// Assignment is one task × one lead (an agency, or several as joint leads) × one period: what is tracked.
type Assignment struct {
	ID          int64
	TaskID      int64
	DocumentID  int64
	Leads       []int64 // agencies; at least one
	Cooperating []int64
	State       State
	Percent     int // 0 to 100, of the last report
	// FirstDue is the deadline at issue and never changes; Due is the one in force. Both zero: no deadline, Cadence holds.
	FirstDue calendar.Date
	// FirstMended is the first deadline as a correction mended it; zero when none had to. See First.
	FirstMended calendar.Date
	Due         calendar.Date
	DueVersion  int           // 1 at issue; grows with each change of the deadline
	DueSetOn    calendar.Date // the day on which this version was set: reminders of earlier steps are not written
	Cadence     string        // RFC 5545; "" with a deadline
	// SubmittedOn is the day of the report that waits to be, or was, confirmed; zero otherwise.
	SubmittedOn calendar.Date
	AssignedAt  time.Time
	CompletedAt time.Time // zero until confirmed
	// UnconfirmedBy is who said that the duty needs no confirmation: a submission completes it at once. 0: it needs one.
	UnconfirmedBy int64
	// Evidence is the state of that of the newest report with any; "" without.
	Evidence EvidenceState
	// SeriesID and Period are those of a recurring duty; zero of one that does not recur.
	SeriesID int64
	Period   Period
	// Followers are those in force; Named those who were named for the assignment itself, not for its document.
	Followers, Named Followers
	Version          int64
}

// LedBy tells whether any of the agencies leads the assignment.
func (a Assignment) LedBy(agencies ...int64) bool { return intersects(a.Leads, agencies) }

// HasPart tells whether any of the agencies leads or cooperates.
func (a Assignment) HasPart(agencies ...int64) bool {
	return intersects(a.Leads, agencies) || intersects(a.Cooperating, agencies)
}

func intersects(a, b []int64) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}

// CadenceNote is one period of a cadence: on Due a report is expected. ReportID is 0 until one answers it.
type CadenceNote struct {
	ID           int64
	AssignmentID int64
	Due          calendar.Date
	ReportID     int64
	AnsweredOn   calendar.Date
}
