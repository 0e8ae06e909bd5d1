package tasks

import (
	"time"

	"tiendo/tasks/calendar"
)

// NoticeKind is the kind of mail in which a notice ends.
type NoticeKind string

const (
	NoticeIssued   NoticeKind = "issued"
	NoticeEvent    NoticeKind = "event"
	NoticeReminder NoticeKind = "reminder"
	NoticeRollUp   NoticeKind = "rollup"
	NoticeDigest   NoticeKind = "digest"
	NoticeAccount  NoticeKind = "account"
	// NoticeCalendar asks the secretariat for the public holidays of a year.
	NoticeCalendar NoticeKind = "calendar"
	// NoticeConsultation asks for an opinion on a draft, or reminds of one.
	NoticeConsultation NoticeKind = "consultation"
	// NoticeLetter tells that a letter of reminder or criticism was issued, or withdrawn.
	NoticeLetter NoticeKind = "letter"
	// NoticeUnreachable tells that mails to a person come back.
	NoticeUnreachable NoticeKind = "unreachable"
)

// Notice says: these people (agency + role) must be told this about this subject. It is written in the transaction of what caused
// it; who they are is resolved when the mail is composed. Kind, Subject, AgencyID, Role, PersonID and Occurrence are unique
// together: a second one is silently the first.
type Notice struct {
	ID       int64
	Kind     NoticeKind
	Event    string // of an event or account notice: "return", "reopen", "invited", "reset"
	Subject  Subject
	AgencyID int64 // 0: of no agency
	Role     Role  // "" when PersonID is set
	PersonID int64 // of an account notice: the one person
	// Occurrence tells one telling from another about the same subject: a reminder's step and deadline version ("v1:-5"), a
	// cadence note's step, an event's audit row, a roll-up's or digest's Monday ("2026-10-05").
	Occurrence string
	Day        calendar.Date // the day for which it was written
	At         time.Time     // business time of writing
	Payload    string        // of an account notice: the one-time link's token; erased when composed
}

// NoticeWriter writes notices inside a transaction; one that exists already is left as it is.
type NoticeWriter interface {
	AddNotice(n Notice) error
}
