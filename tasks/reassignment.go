package tasks

import (
	"slices"
	"strconv"
	"time"

	"tiendo/tasks/calendar"
)

// DeclineOutcome is what became of a lead's request that another should lead; "" while it waits.
type DeclineOutcome string

const (
	DeclineReassigned DeclineOutcome = "reassigned" // to the agency it named, or others
	DeclineInsisted   DeclineOutcome = "insisted"   // giữ nguyên phân công, with a reason
	DeclineWithdrawn  DeclineOutcome = "withdrawn"
	DeclineLapsed     DeclineOutcome = "lapsed" // the duty was taken back
)

// Decline (đề nghị chuyển cơ quan khác) is a lead's request that another should lead, with what was decided on it. Asking does not stop the
// clock.
type Decline struct {
	ID           int64
	AssignmentID int64
	AgencyID     int64 // the lead for which it was asked
	PersonID     int64 // who asked
	ProposedID   int64 // the agency that he thinks is right; 0 when he names none
	Reason       string
	Document     string // number of the letter that asks
	At           time.Time
	Outcome      DeclineOutcome
	DecidedBy    int64 // who decided, or recorded the decision
	DecidedAt    time.Time
	// Authority is by whose word it was decided, as recorded by the secretariat; "" by that of DecidedBy.
	Authority string
	Decision  string // number of the document that decides
	Answer    string // why
}

// Reassignment is a change of the agencies of an assignment, which keeps its reports and history.
type Reassignment struct {
	ID                int64
	AssignmentID      int64
	DeclineID         int64 // the request that it answers; 0 without one
	PersonID          int64 // who decided, or recorded the decision
	At                time.Time
	On                calendar.Date
	LeadsBefore       []int64
	LeadsAfter        []int64
	CooperatingBefore []int64
	CooperatingAfter  []int64
	DueBefore         calendar.Date
	DueAfter          calendar.Date
	Reason            string
	Document          string
	Authority         string
}

// FormerLead says from which day to which an agency led an assignment that it leads no more; on Until another took over.
type FormerLead struct {
	AssignmentID   int64
	AgencyID       int64
	Since, Until   calendar.Date
	ReassignmentID int64
}

// The events of which agencies are told when a duty gets another lead, or stays where it is.
const (
	EventDeclineRefused = "decline_refused"
	EventGiven          = "given"      // to an agency that had no part in it, or only cooperated
	EventTakenAway      = "taken_away" // from an agency that led or cooperated
	EventPartners       = "partners"   // others have a part in it now, beside the agency
)

// The steps of declining and reassigning; none changes the state by itself.
const (
	StepDecline         Step = "decline"
	StepDeclineWithdraw Step = "decline_withdraw"
	StepInsist          Step = "insist"
	StepReassign        Step = "reassign"
)

// DeclineInput is what a lead's focal point or head types.
type DeclineInput struct {
	Proposed int64
	Reason   string
	Document string
	Version  int64 // of the assignment as it was shown
}

// ReassignInput is who is to have which part from now on.
type ReassignInput struct {
	Leads       []int64
	Joint       bool // several leads share the assignment; else each gets one of its own
	Cooperating []int64
	Due         calendar.Date // the new deadline; zero leaves it
	Reason      string
	Document    string
	Authority   string // by whose word; needed where a leader decides and another records it
	Version     int64  // of the assignment as it was shown
}

// maxParts bounds how many agencies a form may name.
const maxParts = 500

func (in ReassignInput) check(a Assignment, agencies map[int64]Agency, today calendar.Date, needsAuthority bool) (ReassignInput, error) {
	p, f := PauseInput{Reason: in.Reason, Document: in.Document, Authority: in.Authority}.check(needsAuthority)
	in.Reason, in.Document, in.Authority = p.Reason, p.Document, p.Authority
	in.Leads, in.Cooperating = distinctIDs(in.Leads), without(distinctIDs(in.Cooperating), in.Leads)
	if len(in.Leads) == 0 {
		f.add("leads", "field.required")
	}
	for name, ids := range map[string][]int64{"leads": in.Leads, "cooperating": in.Cooperating} {
		if len(ids) > maxParts {
			f.add(name, "reassign.too_many", strconv.Itoa(maxParts))
		}
		for _, id := range ids {
			had := slices.Contains(a.Leads, id) || slices.Contains(a.Cooperating, id)
			if agency, known := agencies[id]; !known || !had && !agency.ValidOn(today.String()) {
				f.add(name, "reassign.gone", agencies[id].Name)
			}
		}
	}
	if sameIDs(in.Leads, a.Leads) && sameIDs(in.Cooperating, a.Cooperating) && (in.Joint || len(in.Leads) == 1) {
		f.add("leads", "reassign.same")
	}
	if !in.Due.IsZero() {
		f.moves("due", in.Due, a)
	}
	return in, f.err()
}

func distinctIDs(ids []int64) []int64 {
	var out []int64
	for _, id := range ids {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// waitingDecline is the request that waits for a decision; ok is false when there is none.
func waitingDecline(list []Decline) (Decline, bool) {
	i := slices.IndexFunc(list, func(d Decline) bool { return d.Outcome == "" })
	if i < 0 {
		return Decline{}, false
	}
	return list[i], true
}
