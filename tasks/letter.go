package tasks

import (
	"time"

	"tiendo/tasks/calendar"
)

// A letter (văn bản đôn đốc, phê bình) is what the secretariat writes on paper to an agency that is late: a draft with the list of duties,
// then, once it was signed, its number and date. The register of letters says which agency got which, and how many a month.

// LetterKind is what a letter is for.
type LetterKind string

const (
	LetterReminder  LetterKind = "reminder"  // đôn đốc
	LetterCriticism LetterKind = "criticism" // phê bình
)

// LetterKinds lists every kind in the order in which forms offer them.
var LetterKinds = []LetterKind{LetterReminder, LetterCriticism}

// LetterState is how far a letter has come.
type LetterState string

const (
	LetterDraft     LetterState = "draft"     // the secretariat's own
	LetterIssued    LetterState = "issued"    // its number and date are recorded
	LetterWithdrawn LetterState = "withdrawn" // issued, and taken back since
)

// LetterStates lists every state in the order in which filters offer them.
var LetterStates = []LetterState{LetterDraft, LetterIssued, LetterWithdrawn}

// Events of letters, of which their agency is told.
const (
	EventLetterIssued    = "letter_issued"
	EventLetterWithdrawn = "letter_withdrawn"
)

// Limits of letters.
const (
	// LateBeyond is by how many working days an agency's duty must be late, at least one more, for the agency to be listed: the default.
	LateBeyond    = 5
	MaxLateBeyond = 250
	// MaxLetterDuties is how many duties a letter lists.
	MaxLetterDuties = 200
	// MaxLetterLine and MaxLetterRecipients bound what stands at the head and the foot, in characters and lines.
	MaxLetterLine       = 300
	MaxLetterRecipients = 30
	// letterYear is how far back the date of a letter may lie, in days.
	letterYear = 366
)

// LetterHead is what a letter begins and ends with (Nghị định 30/2020/NĐ-CP, annex I). What is empty is written by hand.
type LetterHead struct {
	Parent     string   `json:"parent,omitempty"`     // the body above the one that issues
	Issuer     string   `json:"issuer,omitempty"`     // the body that issues
	Symbol     string   `json:"symbol,omitempty"`     // behind the number
	Place      string   `json:"place,omitempty"`      // before the date
	Recipients []string `json:"recipients,omitempty"` // line by line
	Capacity   string   `json:"capacity,omitempty"`   // for whom it is signed
	Title      string   `json:"title,omitempty"`      // of who signs
	Name       string   `json:"name,omitempty"`       // of who signs
}

// Letter is one letter to one agency. The same paper to several agencies is a letter to each, under the same number.
type Letter struct {
	ID       int64
	Kind     LetterKind
	State    LetterState
	AgencyID int64
	About    string        // what it is about, under its number; "": as its kind says
	Words    string        // a paragraph of the secretariat's own; "": none
	AnswerBy calendar.Date // by when the agency is to report; zero: no day is named
	Beyond   int           // it was made for duties late by more working days than these
	AsOf     calendar.Date // the day on which its duties were late as they are listed
	Head     LetterHead
	Number   string        // with its symbol, once it was issued
	Date     calendar.Date // which the paper bears
	Duties   int           // how many it lists
	MadeBy   int64
	MadeAt   time.Time
	// IssuedBy recorded it as issued.
	IssuedBy    int64
	IssuedAt    time.Time
	WithdrawnBy int64
	WithdrawnAt time.Time
	Reason      string // of its withdrawal
	Version     int64
}

// LetterDuty is a duty that a letter lists, as it stood on the letter's day.
type LetterDuty struct {
	LetterID     int64
	AssignmentID int64
	Due          calendar.Date
	Late         int // working days after Due on the letter's day
}

// LetterFile is a signed copy of a letter.
type LetterFile struct {
	LetterID int64
	Attachment
}

// LetterQuery asks for one page of the register, the newest first. Zero fields do not filter.
type LetterQuery struct {
	Kind     LetterKind
	State    LetterState
	AgencyID int64
	From, To calendar.Date // of the letter's date; drafts have none
	// Visible limits the answer to letters to these agencies that were issued; nil: no limit. Set by the service.
	Visible []int64
	After   string
	Limit   int
}

// LetterPage is one page of the register. Total stops at CountCap+1.
type LetterPage struct {
	Rows  []Letter
	Next  string
	Total int
}

// LateAgency is an agency that leads duties late by more than a limit.
type LateAgency struct {
	AgencyID int64
	Late     int           // duties beyond the limit
	Oldest   calendar.Date // the earliest deadline of them
}

// LetterCount counts the letters of a month to an agency. Withdrawn ones are in no count.
type LetterCount struct {
	Month    calendar.Date // its first day
	AgencyID int64
	Kind     LetterKind
	Letters  int
	// Numbers are the letters' numbers with their dates: one paper to several agencies has one.
	Numbers []string
}

// LateSince is the last deadline of what is late by more than so many working days on the day.
func (r Rules) LateSince(today calendar.Date, beyond int) calendar.Date {
	return r.Calendar.Add(r.Calendar.OnOrBefore(today), -beyond).AddDays(-1)
}

// LateDays is by how many working days what was due on the one day is late on the other.
func (r Rules) LateDays(due, on calendar.Date) int {
	return max(0, r.Calendar.WorkingDays(due, on))
}
