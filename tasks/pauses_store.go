package tasks

import "tiendo/tasks/calendar"

// PauseReader reads when duties rested or were taken back.
type PauseReader interface {
	// Pauses lists those of an assignment, the newest first.
	Pauses(assignmentID int64) ([]Pause, error)
}

// PauseWriter writes them. A second one of a kind that lasts is a conflict.
type PauseWriter interface {
	InsertPause(p Pause) (int64, error)
	LiftPause(p Pause) error // its end; one that has ended is a conflict
	// DeleteNotesBetween removes the unanswered cadence notes due on from or later and before until.
	DeleteNotesBetween(assignmentID int64, from, until calendar.Date) error
	DropNotices(assignmentID int64) error // as DocumentTx has it
	// DropNoticesTo drops of them those to the agencies.
	DropNoticesTo(assignmentID int64, agencies []int64) error
}

// ReassignmentReader reads who has led what, and who does not want to.
type ReassignmentReader interface {
	// Declines lists the requests of an assignment, the newest first.
	Declines(assignmentID int64) ([]Decline, error)
	// WaitingDeclines lists the requests that wait for a decision on duties that are neither completed nor cancelled, the oldest first: at
	// most limit with an identifier above after.
	WaitingDeclines(after int64, limit int) ([]Decline, error)
	// Reassignments lists those of an assignment, the newest first.
	Reassignments(assignmentID int64) ([]Reassignment, error)
	// FormerLeads lists who led an assignment before, by day.
	FormerLeads(assignmentID int64) ([]FormerLead, error)
}

// ReassignmentWriter writes them. A second request that waits on the same assignment is a conflict.
type ReassignmentWriter interface {
	InsertDecline(d Decline) (int64, error)
	UpdateDecline(d Decline) error // its outcome and decision
	InsertReassignment(r Reassignment) (int64, error)
	InsertFormerLead(l FormerLead) error
	// SetParts writes the agencies of an assignment, after UpdateAssignment has given it its version.
	SetParts(a Assignment) error
	// InsertAssignment and InsertCadenceNote are as DocumentTx has them.
	InsertAssignment(a Assignment) (int64, error)
}
