package tasks

import (
	"slices"
	"time"

	"tiendo/tasks/calendar"
)

// RemarkKind is what a leader's word wants of the agency.
type RemarkKind string

const (
	RemarkNote    RemarkKind = "note"    // chỉ để biết: nothing
	RemarkOrder   RemarkKind = "order"   // ý kiến chỉ đạo: an answer, by a day where one is named
	RemarkExplain RemarkKind = "explain" // yêu cầu giải trình: an explanation by a day
)

// RemarkKinds lists every kind, the one that wants least first.
var RemarkKinds = []RemarkKind{RemarkNote, RemarkOrder, RemarkExplain}

// RemarkState is where a leader's word stands.
type RemarkState string

const (
	RemarkOpen      RemarkState = "open"      // waits for an answer
	RemarkAnswered  RemarkState = "answered"  // waits for the leader
	RemarkAccepted  RemarkState = "accepted"  // the answer was accepted
	RemarkWithdrawn RemarkState = "withdrawn" // needs no answer any more
	RemarkTold      RemarkState = "told"      // needed none
)

// Standing tells whether the word still waits for somebody.
func (s RemarkState) Standing() bool { return s == RemarkOpen || s == RemarkAnswered }

// Remark (bút phê, ý kiến chỉ đạo) is a leader's word on a duty. An order or a demand for an explanation stands until it is answered
// and the answer accepted.
type Remark struct {
	ID           int64
	AssignmentID int64
	Kind         RemarkKind
	State        RemarkState
	PersonID     int64  // who gave it, or recorded it
	Position     string // of that person when he did, as written
	// Authority is whose word it is, as recorded by the secretariat ("Chủ tịch UBND tỉnh"); "" that of PersonID.
	Authority string
	Document  string // number of the paper on which it was given
	Words     string
	Due       calendar.Date // by when to answer; zero when no day was named
	DueSetOn  calendar.Date // the day on which that day was named: earlier steps are not reminded of
	Wide      bool          // the cooperating agencies see it and are told too; else the lead alone
	Round     int           // 1; grows each time it is asked again
	At        time.Time
	ClosedBy  int64
	ClosedAt  time.Time
	Closing   string // what was said when it was accepted or withdrawn
}

// Late tells whether it waits for an answer and the day named has passed.
func (r Remark) Late(today calendar.Date) bool {
	return r.State == RemarkOpen && !r.Due.IsZero() && today.After(r.Due)
}

// RemarkAnswer is what an agency answered; without an agency it is the word by which the leader asked again.
type RemarkAnswer struct {
	ID        int64
	RemarkID  int64
	AgencyID  int64 // the lead for which it was answered; 0 when it was asked again
	PersonID  int64
	Authority string // as in Remark, of one that was asked again
	Words     string
	Document  string        // number of the document that answers, or asks again
	Due       calendar.Date // the day that asking again named
	At        time.Time
	Files     []ReplyFile // what went along with an answer
}

// Again tells whether it is the word by which the leader asked again.
func (a RemarkAnswer) Again() bool { return a.AgencyID == 0 }

// The events of which agencies are told when a leader says something, and he when they answer; Notice.Event holds one.
const (
	EventRemark         = "remark"
	EventRemarkAgain    = "remark_again"
	EventRemarkAnswered = "remark_answered"
)

// RemarkInput is what a leader says, or the secretariat records of what he said.
type RemarkInput struct {
	Kind      RemarkKind
	Words     string
	Due       calendar.Date // needed for an explanation, none for a note
	Wide      bool
	Authority string // by whose word; needed of who is no leader
	Document  string
	Version   int64 // of the assignment as it was shown
}

func (in RemarkInput) check(today calendar.Date, leader bool) (RemarkInput, error) {
	var f fields
	if !slices.Contains(RemarkKinds, in.Kind) {
		f.add("kind", "field.required")
	}
	in.Words = f.text("words", in.Words, true, MaxReasonText)
	if in.Kind == RemarkNote {
		in.Due = calendar.Date{}
	}
	f.answerBy(in.Due, today, in.Kind == RemarkExplain)
	in.Authority = f.line("authority", in.Authority, !leader, MaxAuthority)
	in.Document = f.line("document", in.Document, false, MaxDocumentNumber)
	return in, f.err()
}

// answerBy notes when a day to answer by is missing, past, or further off than anybody means.
func (f *fields) answerBy(due, today calendar.Date, required bool) {
	switch {
	case due.IsZero():
		if required {
			f.add("due", "field.required")
		}
	case due.Before(today):
		f.add("due", "remark.past")
	case due.Year > today.Year+maxMove:
		f.add("due", "extension.too_far")
	}
}

// RemarkAnswerInput is what a lead's focal point or head answers.
type RemarkAnswerInput struct {
	Words    string
	Document string
	Files    []Upload
	Version  int64
}

func (in RemarkAnswerInput) check() (RemarkAnswerInput, error) {
	var f fields
	in.Words = f.text("words", in.Words, true, MaxReportText)
	in.Document = f.line("document", in.Document, false, MaxDocumentNumber)
	in.Files = f.replyFiles(in.Files)
	return in, f.err()
}

// RemarkOutcome is what becomes of a word that stands.
type RemarkOutcome string

const (
	RemarkAccept   RemarkOutcome = "accept"   // the answer closes it
	RemarkAskAgain RemarkOutcome = "again"    // another answer is wanted, by another day where one is named
	RemarkWithdraw RemarkOutcome = "withdraw" // no answer is wanted any more
)

// RemarkSettlement is what a leader, or the secretariat on a word that it recorded, decides on a word that stands.
type RemarkSettlement struct {
	Outcome   RemarkOutcome
	Words     string        // needed to ask again or to withdraw
	Due       calendar.Date // with RemarkAskAgain; needed for an explanation
	Authority string        // of who is no leader: by whose word; "" by that of the first
	Document  string
	Version   int64
}

func (in RemarkSettlement) check(r Remark, today calendar.Date) (RemarkSettlement, error) {
	var f fields
	switch in.Outcome {
	case RemarkAccept, RemarkWithdraw:
		in.Due = calendar.Date{}
	case RemarkAskAgain:
		f.answerBy(in.Due, today, r.Kind == RemarkExplain)
	default:
		f.add("outcome", "field.required")
	}
	in.Words = f.text("words", in.Words, in.Outcome == RemarkAskAgain || in.Outcome == RemarkWithdraw, MaxReasonText)
	in.Authority = f.line("authority", in.Authority, false, MaxAuthority)
	in.Document = f.line("document", in.Document, false, MaxDocumentNumber)
	return in, f.err()
}

// lastAnswer is the newest answer of the remark; ok is false when there is none. The list is the oldest first.
func lastAnswer(list []RemarkAnswer, remark int64) (RemarkAnswer, bool) {
	for _, a := range slices.Backward(list) {
		if a.RemarkID == remark && !a.Again() {
			return a, true
		}
	}
	return RemarkAnswer{}, false
}
