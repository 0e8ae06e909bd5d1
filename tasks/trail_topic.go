package tasks

import "strings"

// Topic groups the actions of the trail as people ask for them.
type Topic string

const (
	TopicIssue     Topic = "issue"     // duties given, taken back, carried on, ended
	TopicReport    Topic = "report"    // what agencies report
	TopicDecision  Topic = "decision"  // what the secretariat decides on reports
	TopicDeadline  Topic = "deadline"  // extensions and corrections
	TopicStep      Topic = "step"      // every other step of a duty
	TopicReview    Topic = "review"    // a document's way from its file to its issue
	TopicDirectory Topic = "directory" // agencies, groups, names
	TopicPeople    Topic = "people"    // accounts and their roles
	TopicMail      Topic = "mail"
	TopicOther     Topic = "other"
)

// Topics lists every topic in the order in which a filter offers them.
var Topics = []Topic{TopicIssue, TopicReport, TopicDecision, TopicDeadline, TopicStep, TopicReview, TopicDirectory, TopicPeople, TopicMail, TopicOther}

// topics are those of single actions; else the kind of subject decides, with which an action's name begins.
var topics = map[string]Topic{
	"document.issued": TopicIssue, "document.taken_over": TopicIssue, "document.recalled": TopicIssue,
	"assignment.assigned": TopicIssue, "assignment.taken_over": TopicIssue, "assignment.carried_on": TopicIssue, "assignment.ended": TopicIssue,
	"assignment.progress": TopicReport, "assignment.submit": TopicReport, "assignment.withdraw": TopicReport,
	"assignment.confirm": TopicDecision, "assignment.return": TopicDecision, "assignment.reopen": TopicDecision,
	"assignment.submit_final": TopicReport, "assignment.evidence_added": TopicReport, "assignment.approval_asked": TopicReport,
	"assignment.approval_given": TopicReport, "assignment.approval_given_final": TopicReport, "assignment.approval_refused": TopicReport,
	"assignment.approval_withdrawn": TopicReport, "assignment.evidence_pending": TopicDecision, "assignment.evidence_accepted": TopicDecision,
	"assignment.evidence_wanting": TopicDecision, "assignment.confirmation_waived": TopicDecision, "assignment.confirmation_required": TopicDecision,
	"assignment.deadline_corrected": TopicDeadline, "assignment.due_taken_over": TopicDeadline,
}

// topicsOfKinds are the topics of all other actions by the kind of subject.
var topicsOfKinds = map[SubjectKind]Topic{
	SubjectAssignment: TopicStep, SubjectDocument: TopicReview, SubjectAgency: TopicDirectory, SubjectGroup: TopicDirectory,
	SubjectAlias: TopicDirectory, SubjectPerson: TopicPeople, SubjectMail: TopicMail,
}

// TopicOf is the topic of an action of the trail.
func TopicOf(action string) Topic {
	if t, ok := topics[action]; ok {
		return t
	}
	if strings.HasPrefix(action, string(SubjectAssignment)+".extension") {
		return TopicDeadline
	}
	kind, _, _ := strings.Cut(action, ".")
	if t, ok := topicsOfKinds[SubjectKind(kind)]; ok {
		return t
	}
	return TopicOther
}

// mayConcern tells whether an action can be about a subject of the kind: its name begins with it, but that of what is done to mails.
func mayConcern(action string, kind SubjectKind) bool {
	of, _, _ := strings.Cut(action, ".")
	return of == string(kind) || of == string(SubjectMail)
}
