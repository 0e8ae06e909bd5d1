package tasks

import "tiendo/tasks/calendar"

// Limits of lists.
const (
	DefaultPage = 50
	MaxPage     = 200
	CountCap    = 1000 // a count stops here: "hơn 1.000"
)

// Sort is the order of a list of assignments.
type Sort string

const (
	SortUrgent  Sort = "urgent"  // deadline, those without one last; the default
	SortNewest  Sort = "newest"  // by assignment, the newest first
	SortWaiting Sort = "waiting" // by the day of the submission, the oldest first
	SortReport  Sort = "report"  // by the next report of the cadence, missed ones first, those without one last
)

// AssignmentQuery asks for one page of assignments. Zero fields do not filter.
type AssignmentQuery struct {
	DocumentID int64
	AgencyID   int64 // leads or cooperates, as Part says
	Part       Part  // with AgencyID: "" either
	States     []State
	Timeliness Timeliness
	DueFrom    calendar.Date
	DueTo      calendar.Date
	Words      string // each must begin a word of the duty, without tone marks
	// SubmittedTo keeps those whose report of completion was sent up to the day; with StateSubmitted: what has waited since.
	SubmittedTo calendar.Date
	// Visible limits the answer to assignments in which one of these agencies has a part; nil: no limit. Set by the service.
	Visible []int64
	// Today and SoonUntil are the days against which timeliness is judged. Set by the service.
	Today     calendar.Date
	SoonUntil calendar.Date
	Sort      Sort
	After     string // the cursor of the page before; "" for the first
	Limit     int    // 0: DefaultPage
}

// AssignmentRow is one line of a list: the assignment with the words of its task and document.
type AssignmentRow struct {
	Assignment
	Ref            string
	Text           string
	Deliverable    string
	DuePhrase      string
	DocumentKind   DocumentKind
	DocumentNumber string
	LastReason     string // of a returned one: why
	LastReport     string // of a submitted one: what the agency says of it
	// NextReport is the earliest report of the cadence that is still missing, be its day past or to come; zero when none is.
	NextReport calendar.Date
	// Extended is how often the deadline was extended.
	Extended int
}

// AssignmentPage is one page of a list. Total stops at CountCap+1: "more than CountCap".
type AssignmentPage struct {
	Rows  []AssignmentRow
	Next  string // cursor of the next page; "" at the end
	Total int
}

// DocumentQuery asks for one page of documents, the newest first.
type DocumentQuery struct {
	State DocumentState
	Kind  DocumentKind
	Words string // of the number or title, without tone marks
	// Visible limits the answer to documents in which one of these agencies has a part, and the counts of assignments to those
	// that they lead; nil: no limit. Set by the service.
	Visible []int64
	Today   calendar.Date // the day on which DocumentRow.Overdue is judged. Set by the service.
	After   string
	Limit   int
}

// DocumentName is what a choice of documents says of one.
type DocumentName struct {
	ID     int64
	Kind   DocumentKind
	Number string
	Title  string
}

// DocumentRow is a document with what a list says of it.
type DocumentRow struct {
	Document
	Drafts      int
	Tasks       int
	Assignments int
	Overdue     int
	Completed   int
	// Cooperating counts the assignments in which the agencies of DocumentQuery.Visible only cooperate.
	Cooperating int
}

// DocumentPage is one page of documents.
type DocumentPage struct {
	Rows  []DocumentRow
	Next  string
	Total int
}
