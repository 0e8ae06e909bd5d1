package tasks

import (
	"slices"
	"time"

	"tiendo/tasks/calendar"
)

// ExtensionOutcome is what became of a request for a later deadline; "" while it waits.
type ExtensionOutcome string

const (
	ExtensionGranted   ExtensionOutcome = "granted" // the date asked for, or another
	ExtensionRefused   ExtensionOutcome = "refused" // with a reason
	ExtensionWithdrawn ExtensionOutcome = "withdrawn"
	ExtensionLapsed    ExtensionOutcome = "lapsed" // a later document left the duty no deadline to extend, it was taken back, or others lead it now
)

// Extension (gia hạn) is a lead's request for a later deadline, with what was decided on it. Asking does not stop the clock.
type Extension struct {
	ID           int64
	AssignmentID int64
	AgencyID     int64         // the lead for which it was asked
	PersonID     int64         // who asked
	Was          calendar.Date // the deadline in force when it was asked
	Asked        calendar.Date
	Reason       string
	Document     string // number of the letter that asks
	At           time.Time
	Outcome      ExtensionOutcome
	Granted      calendar.Date // zero unless granted
	DecidedBy    int64         // who decided, or recorded the decision
	DecidedAt    time.Time
	// Authority is by whose word it was decided, as recorded by the secretariat ("Chủ tịch UBND tỉnh"); "" by that of DecidedBy.
	Authority string
	Decision  string // number of the document that decides
	Answer    string // why it was refused; or a remark
	// Origin is what moved the deadline when no lead asked; "" is a request.
	Origin Origin
}

// The events of which agencies are told when a deadline changes or stays; Notice.Event holds one.
const (
	EventExtensionGranted  = "extension_granted"
	EventExtensionRefused  = "extension_refused"
	EventDeadlineCorrected = "deadline_corrected"
)

// maxMove is how many years a deadline may be moved at once, or corrected away from today: beyond it a year was mistyped.
const maxMove = 5

// Limits of the texts of a request and its decision, in characters.
const (
	MaxAuthority      = 200
	MaxDocumentNumber = 200
)

// ExtensionInput is what a lead's focal point or head types to ask for a later deadline.
type ExtensionInput struct {
	Due      calendar.Date
	Reason   string
	Document string // number of the letter that asks
	Version  int64  // of the assignment as it was shown
}

func (in ExtensionInput) check(a Assignment, today calendar.Date) (ExtensionInput, error) {
	var f fields
	f.later("due", in.Due, a.Due)
	if !in.Due.IsZero() && in.Due.Before(today) && in.Due.After(a.Due) {
		f.add("due", "extension.past")
	}
	in.Reason = f.text("reason", in.Reason, true, MaxReasonText)
	in.Document = f.line("document", in.Document, false, MaxDocumentNumber)
	return in, f.err()
}

// ExtensionDecision is what becomes of the request that waits.
type ExtensionDecision struct {
	Grant     bool
	Due       calendar.Date // with Grant: the date asked for, or another behind the deadline in force
	Authority string        // by whose word; needed where a leader decides and another records it
	Document  string        // number of the document that decides
	Answer    string        // needed to refuse
	Version   int64         // of the assignment as it was shown
}

func (in ExtensionDecision) check(a Assignment, needsAuthority bool) (ExtensionDecision, error) {
	var f fields
	if in.Grant {
		f.later("due", in.Due, a.Due)
	} else {
		in.Due = calendar.Date{}
	}
	in.Authority = f.line("authority", in.Authority, false, MaxAuthority)
	if needsAuthority && in.Authority == "" {
		f.add("authority", "extension.authority_required")
	}
	in.Document = f.line("document", in.Document, false, MaxDocumentNumber)
	in.Answer = f.text("answer", in.Answer, !in.Grant, MaxReasonText)
	return in, f.err()
}

// later notes when a new deadline is missing, not behind the one in force, or further off than anybody means.
func (f *fields) later(name string, due, old calendar.Date) {
	switch {
	case due.IsZero():
		f.add(name, "field.required")
	case !due.After(old):
		f.add(name, "extension.not_later")
	case due.Year > old.Year+maxMove:
		f.add(name, "extension.too_far")
	}
}

// ExtensionBy is the role that decides on extensions of the duties of a document of the kind: the leader, unless the settings leave
// the kind to the secretariat. A leader may always decide; the secretariat records his word, naming him.
func (r Rules) ExtensionBy(kind DocumentKind) Role {
	if slices.Contains(r.SecretariatExtends, kind) {
		return RoleSecretariat
	}
	return RoleLeader
}

// DefaultSecretariatExtends are the kinds whose extensions the secretariat decides on by itself unless settings say otherwise: plans.
// What a leader set with a directive, conclusion, dispatch or decision is his to move.
func DefaultSecretariatExtends() []DocumentKind {
	return []DocumentKind{KindPARPlan, KindPAPIPlan, KindPlan}
}

// First is the first deadline by which rates are reckoned: FirstDue, or what a correction made of it.
func (a Assignment) First() calendar.Date {
	if !a.FirstMended.IsZero() {
		return a.FirstMended
	}
	return a.FirstDue
}

// setDue makes a new version of the deadline: reminders of earlier steps fall away.
func (a *Assignment) setDue(due, today calendar.Date) {
	a.Due, a.DueSetOn = due, today
	a.DueVersion++
}

// ended tells whether nothing about the deadline can matter any more.
func (a Assignment) ended() bool { return a.State == StateCompleted || a.State == StateCancelled }

// waitingExtension is the request that waits for a decision; ok is false when there is none.
func waitingExtension(list []Extension) (Extension, bool) {
	i := slices.IndexFunc(list, func(x Extension) bool { return x.Outcome == "" })
	if i < 0 {
		return Extension{}, false
	}
	return list[i], true
}

// pendingExtension is the request on which somebody can still decide; ok is false when there is none.
func pendingExtension(a Assignment, list []Extension) (Extension, bool) {
	if a.ended() {
		return Extension{}, false
	}
	return waitingExtension(list)
}

// GrantedExtensions counts the requests that moved the deadline.
func GrantedExtensions(list []Extension) int {
	n := 0
	for _, x := range list {
		if x.Outcome == ExtensionGranted {
			n++
		}
	}
	return n
}
