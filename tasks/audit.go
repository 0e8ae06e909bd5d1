package tasks

import "time"

// SubjectKind names what an audit row or a notice is about.
type SubjectKind string

const (
	SubjectDocument   SubjectKind = "document"
	SubjectAssignment SubjectKind = "assignment"
	SubjectTask       SubjectKind = "task"    // a duty with all its assignments
	SubjectCadence    SubjectKind = "cadence" // a cadence note
	SubjectRemark     SubjectKind = "remark"  // a leader's word
	// SubjectContribution is a cooperating agency's part.
	SubjectContribution SubjectKind = "contribution"
	SubjectAgency       SubjectKind = "agency"
	SubjectGroup        SubjectKind = "group"
	SubjectAlias        SubjectKind = "alias"
	SubjectPerson       SubjectKind = "person"
	SubjectMail         SubjectKind = "mail"
	SubjectProvince     SubjectKind = "province"
	// SubjectConsultation is the asking of agencies about a draft.
	SubjectConsultation SubjectKind = "consultation"
	// SubjectLetter is a letter of reminder or criticism.
	SubjectLetter SubjectKind = "letter"
)

// Subject is what an audit row or a notice is about; ID is 0 for the province.
type Subject struct {
	Kind SubjectKind
	ID   int64
}

// AuditEntry is one change: who, when, what, before and after. It is written in the transaction of the change and never edited.
// Before and After are JSON objects of the fields that changed, without secrets.
type AuditEntry struct {
	ID        int64
	At        time.Time // business time
	ActorID   int64     // 0: the program itself
	ActorName string    // as it was then
	AgencyID  int64     // for which the actor acted; 0: for the province
	Action    string    // "assignment.return"; its words are in locales under "audit."
	Subject   Subject
	Before    string
	After     string

	by *Person // who acts, until the row is written, when it may be for others
}

// AuditWriter writes audit rows inside a transaction and gives back their identifiers.
type AuditWriter interface {
	Audit(e AuditEntry) (int64, error)
}
