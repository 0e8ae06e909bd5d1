package tasks

import (
	"encoding/json"
	"strings"
)

// The fields of an audit row that say for whom the actor stood in, when nothing else gave him the right.
const (
	fieldInsteadOf   = "instead_of" // the name, as it was then
	fieldInsteadOfID = "instead_of_id"
)

// auditRights say by which right the steps are done that not every person of the secretariat may do alone, or that others may do too.
// Any other step for an agency needs ActionReport, any other ActionDocumentManage.
var auditRights = map[string]Action{
	"assignment.approval_given":          ActionApprove,
	"assignment.approval_given_final":    ActionApprove,
	"assignment.approval_refused":        ActionApprove,
	"assignment.contribution_asked":      ActionContributionAsk,
	"assignment.contribution_again":      ActionContributionAsk,
	"assignment.contribution_accepted":   ActionContributionAsk,
	"assignment.contribution_not_needed": ActionContributionAsk,
	"assignment.contribution_nudged":     ActionContributionAsk,
	"assignment.contribution_sent":       ActionContributionSend,
	"assignment.extension_granted":       ActionExtensionDecide,
	"assignment.extension_refused":       ActionExtensionDecide,
	"assignment.approval_lapsed":         ActionReassign, // with the lead that leaves
	"assignment.reassign":                ActionReassign,
	"assignment.insist":                  ActionReassign,
	"assignment.remark_given":            ActionRemarkWrite,
	"assignment.remark_recorded":         ActionRemarkWrite,
	"assignment.remark_again":            ActionRemarkSettle,
	"assignment.remark_accepted":         ActionRemarkSettle,
	"assignment.remark_withdrawn":        ActionRemarkSettle,
	"agency.approval_set":                ActionApprovalSet,
	"reminders.set":                      ActionReminders,
	"consultation.saved":                 ActionConsultationAnswer,
	"consultation.answered":              ActionConsultationAnswer,
}

// ActedBy is the row as one of what the actor does now.
func (e AuditEntry) ActedBy(actor Person) AuditEntry {
	e.ActorID, e.ActorName = actor.ID, actor.Name
	if len(actor.Stands) > 0 {
		e.by = &actor
	}
	return e
}

// Complete adds to the row, as it is written, for whom the actor stood in when only that gave him the right to what it tells.
func (e AuditEntry) Complete() AuditEntry {
	if e.by == nil || e.Subject.Kind == SubjectPerson {
		return e
	}
	of, ok := e.insteadOf(e.by.Own(), e.by.Stands)
	if !ok {
		return e
	}
	after := make(map[string]any)
	if e.After != "" && json.Unmarshal([]byte(e.After), &after) != nil {
		after["value"] = e.After // a count
	}
	after[fieldInsteadOf], after[fieldInsteadOfID] = of.Name, of.ID
	e.After = encode(after)
	return e
}

// insteadOf chooses the one who could have done it himself; of several the first.
func (e AuditEntry) insteadOf(own Person, stands []Stand) (Person, bool) {
	// A decision that names nobody by whose word it was taken is a leader's.
	leading := strings.Contains(e.After, `"authority":""`) && !own.Has(RoleLeader)
	enough := e.within(own)
	var found *Person
	for _, s := range stands {
		p := s.Person
		p.Grants = p.handedOver()
		switch {
		case !e.within(p):
		case leading && p.Has(RoleLeader):
			return p, true
		case found == nil && !enough:
			found = &p
		}
	}
	if found == nil {
		return Person{}, false
	}
	return *found, true
}

// within tells whether the person's rights are enough for what the row tells.
func (e AuditEntry) within(p Person) bool {
	action, known := auditRights[e.Action]
	kind, _, _ := strings.Cut(e.Action, ".")
	switch {
	case known:
	case kind == "consultation":
		action = ActionConsultationManage
	case e.AgencyID != 0:
		action = ActionReport
	case kind == "mail":
		action = ActionOutboxManage
	case kind == "agency" || kind == "group" || kind == "alias":
		action = ActionDirectoryWrite
	default:
		action = ActionDocumentManage
	}
	var agencies []int64
	switch {
	case e.AgencyID != 0:
		agencies = []int64{e.AgencyID}
	case e.Subject.Kind == SubjectAgency:
		agencies = []int64{e.Subject.ID}
	}
	return p.CanOn(action, agencies, agencies)
}

// instead is what a row says of whom the actor stood in for.
type instead struct {
	Name string `json:"instead_of"`
	ID   int64  `json:"instead_of_id"`
}

func (e AuditEntry) instead() instead {
	var i instead
	if !strings.Contains(e.After, `"`+fieldInsteadOf+`"`) || json.Unmarshal([]byte(e.After), &i) != nil {
		return instead{}
	}
	return i
}

// InsteadOf is the name of whom the actor stood in for; "" when he acted by a right of his own.
func (e AuditEntry) InsteadOf() string { return e.instead().Name }

func (e AuditEntry) insteadOfID() int64 { return e.instead().ID }
