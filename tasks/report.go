package tasks

import (
	"time"

	"tiendo/tasks/calendar"
)

// ReportKind tells a progress report from a submission.
type ReportKind string

const (
	ReportProgress   ReportKind = "progress"
	ReportSubmission ReportKind = "submission" // says that the duty is done, waits for confirmation
)

// Outcome is what became of a submission; "" for progress reports and while it waits.
type Outcome string

const (
	OutcomeConfirmed Outcome = "confirmed"
	OutcomeReturned  Outcome = "returned"
	OutcomeWithdrawn Outcome = "withdrawn"
	OutcomeAtHead    Outcome = "at_head"   // waits for the approval of the agency's head; nothing is submitted yet
	OutcomeSentBack  Outcome = "sent_back" // by the head, with a reason
	OutcomeLapsed    Outcome = "lapsed"    // taken back before the head let it go, or its agency leads the duty no more
)

// Report is what an agency says of its progress, with its evidence.
type Report struct {
	ID           int64
	AssignmentID int64
	AgencyID     int64 // the lead for which the person reported
	PersonID     int64
	Kind         ReportKind
	Percent      int
	Text         string
	Documents    string // numbers of documents that prove it, as typed
	Evidence     []Attachment
	At           time.Time
	On           calendar.Date // the day of At in the province's zone
	Outcome      Outcome
	DecidedBy    int64
	DecidedAt    time.Time
	Reason       string // why it was returned or reopened
	// Judged is what the secretariat says of the evidence.
	Judged Judgement
	// ApprovedBy is the head who approved a report that had to wait for it, ApprovedAt when: the moment of submission.
	ApprovedBy int64
	ApprovedAt time.Time
}

// Limits of what a report may hold.
const (
	MaxReportText     = 5000     // characters
	MaxReportFiles    = 10       // a report
	MaxUpload         = 20 << 20 // octets, one file
	MaxReasonText     = 1000     // characters
	MaxReportDocument = 500      // characters of document numbers
)
