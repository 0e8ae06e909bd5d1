package tasks

import (
	"slices"
	"time"

	"tiendo/tasks/calendar"
)

// ContributionState is where a cooperating agency's part of a duty stands.
type ContributionState string

const (
	ContributionAsked     ContributionState = "asked"      // the agency is to send it
	ContributionSent      ContributionState = "sent"       // the lead is to look at it
	ContributionAccepted  ContributionState = "accepted"   // it is what was needed
	ContributionNotNeeded ContributionState = "not_needed" // none is wanted any more
)

// Standing tells whether somebody still has to do something about it.
func (s ContributionState) Standing() bool { return s == ContributionAsked || s == ContributionSent }

// Contribution (phần phối hợp) is a cooperating agency's part of a duty, with its own date and state. The lead asks for it, or the agency
// sends it by itself.
type Contribution struct {
	ID           int64
	AssignmentID int64
	AgencyID     int64 // the cooperating agency
	State        ContributionState
	Round        int   // how often it was asked for; 0: sent unasked
	AskedBy      int64 // 0 of what was sent unasked
	AskedFor     int64 // the lead for which it was asked; 0: by the secretariat
	AskedAt      time.Time
	Words        string        // what was asked first
	Due          calendar.Date // by when to send it; zero of what was sent unasked
	DueSetOn     calendar.Date // the day on which Due was named: earlier steps are not reminded of
	NudgedOn     calendar.Date // the last day on which the lead reminded of it by hand
	ClosedBy     int64
	ClosedAt     time.Time
	Closing      string // what was said when it was accepted or needed no more
}

// Late tells whether it is still to be sent and its day has passed.
func (c Contribution) Late(today calendar.Date) bool {
	return c.State == ContributionAsked && !c.Due.IsZero() && today.After(c.Due)
}

// ContributionPart is what a cooperating agency sent, or with Again the words by which it was asked once more.
type ContributionPart struct {
	ID             int64
	ContributionID int64
	Again          bool
	PersonID       int64
	Words          string
	Document       string        // number of the paper that was sent
	Due            calendar.Date // the day that asking again named
	At             time.Time
	Files          []ReplyFile // what went along; none of asking again
}

// The events of which agencies are told about contributions; Notice.Event holds one. The last is for the lead.
const (
	EventContributionAsked  = "contribution_asked"
	EventContributionAgain  = "contribution_again"
	EventContributionNudged = "contribution_nudged"
	EventContributionSent   = "contribution_sent"
)

// ContributionRequest is what a lead types to ask cooperating agencies for their parts.
type ContributionRequest struct {
	Agencies []int64
	Words    string
	Due      calendar.Date // not behind the deadline of the duty while that is to come
	Version  int64         // of the assignment as it was shown
}

func (in ContributionRequest) check(a Assignment, today calendar.Date) (ContributionRequest, error) {
	var f fields
	in.Agencies = distinctIDs(in.Agencies)
	if len(in.Agencies) == 0 {
		f.add("agencies", "field.required")
	}
	for _, id := range in.Agencies {
		if !slices.Contains(a.Cooperating, id) {
			f.add("agencies", "contribution.not_cooperating")
			break
		}
	}
	in.Words = f.text("words", in.Words, true, MaxReasonText)
	f.sendBy(in.Due, a, today)
	return in, f.err()
}

// sendBy notes when a day to send a part by is missing, past, or behind the deadline of the duty.
func (f *fields) sendBy(due calendar.Date, a Assignment, today calendar.Date) {
	f.answerBy(due, today, true)
	if !due.IsZero() && !a.Due.IsZero() && !a.Due.Before(today) && due.After(a.Due) {
		f.add("due", "contribution.behind_deadline")
	}
}

// ContributionInput is what a cooperating agency's focal point or head sends.
type ContributionInput struct {
	AgencyID int64 // for which; 0: the person's only one
	Words    string
	Document string
	Files    []Upload
	Version  int64
}

func (in ContributionInput) check() (ContributionInput, error) {
	var f fields
	in.Words = f.text("words", in.Words, true, MaxReportText)
	in.Document = f.line("document", in.Document, false, MaxDocumentNumber)
	in.Files = f.replyFiles(in.Files)
	return in, f.err()
}

// ContributionOutcome is what a lead decides about a part.
type ContributionOutcome string

const (
	ContributionAccept   ContributionOutcome = "accept"
	ContributionAskAgain ContributionOutcome = "again"      // with words, by another day
	ContributionDrop     ContributionOutcome = "not_needed" // none is wanted any more
)

// ContributionSettlement is a lead's decision about a part.
type ContributionSettlement struct {
	Outcome ContributionOutcome
	Words   string        // needed to ask again
	Due     calendar.Date // needed to ask again
	Version int64
}

func (in ContributionSettlement) check(a Assignment, today calendar.Date) (ContributionSettlement, error) {
	var f fields
	switch in.Outcome {
	case ContributionAccept, ContributionDrop:
		in.Due = calendar.Date{}
	case ContributionAskAgain:
		f.sendBy(in.Due, a, today)
	default:
		f.add("outcome", "field.required")
	}
	in.Words = f.text("words", in.Words, in.Outcome == ContributionAskAgain, MaxReasonText)
	return in, f.err()
}

// lastPart is the newest that was sent; ok is false when nothing was. The list is the oldest first.
func lastPart(list []ContributionPart) (ContributionPart, bool) {
	for _, p := range slices.Backward(list) {
		if !p.Again {
			return p, true
		}
	}
	return ContributionPart{}, false
}
