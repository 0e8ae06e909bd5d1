package tasks

import (
	"time"

	"tiendo/tasks/calendar"
)

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
	SortIssued  Sort = "issued"  // by assignment, the oldest first: as a register is written
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
	Evidence   EvidenceState // of the newest report with any
	Number     string        // of the document, as its number and symbol begin; digits alone are the whole number
	// AssignedFrom to CompletedTo are the days on which it was assigned, and confirmed as completed.
	AssignedFrom, AssignedTo   calendar.Date
	CompletedFrom, CompletedTo calendar.Date
	Extended                   int // how often its deadline was extended, at least
	// Unreached keeps those of which nobody of an agency has had the mail that gave it.
	Unreached bool
	Words     string // each must begin a word of the duty, without tone marks
	// Specialist and Leader keep those that the person follows as such, NotSpecialist those that he does not.
	Specialist, Leader, NotSpecialist int64
	// SubmittedTo keeps those whose report of completion was sent up to the day; with StateSubmitted: what has waited since.
	SubmittedTo calendar.Date
	// AssignedSince to CompletedBefore are the instants of the days above. Set by the service.
	AssignedSince, CompletedSince, CompletedBefore time.Time
	// AssignedBefore keeps those assigned before the instant, OpenAfter those not completed before the other. Set by the register.
	AssignedBefore, OpenAfter time.Time
	// Visible limits the answer to assignments in which one of these agencies has a part; nil: no limit. Set by the service.
	Visible []int64
	// Today and SoonUntil are the days against which timeliness is judged. Set by the service.
	Today     calendar.Date
	SoonUntil calendar.Date
	Sort      Sort
	After     string // the cursor of the page before; "" for the first
	Limit     int    // 0: DefaultPage
}

// spans sets the instants of the query's days in the province's zone.
func (q *AssignmentQuery) spans(zone *time.Location) {
	start := func(d calendar.Date, days int) time.Time {
		if d.IsZero() {
			return time.Time{}
		}
		return d.AddDays(days).Start(zone)
	}
	q.AssignedSince, q.CompletedSince, q.CompletedBefore = start(q.AssignedFrom, 0), start(q.CompletedFrom, 0), start(q.CompletedTo, 1)
	if !q.AssignedTo.IsZero() {
		q.AssignedBefore = start(q.AssignedTo, 1)
	}
}

// AssignmentRow is one line of a list: the assignment with the words of its task and document.
type AssignmentRow struct {
	Assignment
	// Restricted (hạn chế): the duty's words are for those who have a part in it. Hidden tells that they were left out: see Sealed.
	Restricted, Hidden bool
	Ref                string
	Text               string
	Deliverable        string
	DuePhrase          string
	DocumentKind       DocumentKind
	DocumentNumber     string
	DocumentDate       calendar.Date
	LastReason         string // of a returned one: why
	LastReport         string // of a submitted one: what the agency says of it
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
	// Issued leaves out drafts. Set by the service.
	Issued bool
	Kind   DocumentKind
	Words  string // of the number or title, without tone marks
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
	Assignments int // without those on hold or cancelled
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

// rowsOf reads the rows of the assignments, each of which may be named more than once.
func rowsOf(tx interface {
	AssignmentRows(ids []int64) ([]AssignmentRow, error)
}, ids []int64) (map[int64]AssignmentRow, error) {
	rows, err := tx.AssignmentRows(distinctSorted(ids))
	if err != nil {
		return nil, err
	}
	byID := make(map[int64]AssignmentRow, len(rows))
	for _, r := range rows {
		byID[r.ID] = r
	}
	return byID, nil
}
