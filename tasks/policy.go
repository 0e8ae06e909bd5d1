package tasks

// Action is something that a person may want to do; the policy says who may.
type Action string

const (
	ActionDocumentRead    Action = "document.read"
	ActionDocumentManage  Action = "document.manage" // upload, review, issue, recall
	ActionAssignmentRead  Action = "assignment.read"
	ActionAssignmentList  Action = "assignment.list"  // of the whole province
	ActionReport          Action = "report"           // report, submit, withdraw
	ActionDecide          Action = "decide"           // confirm, return, reopen; never one's own
	ActionExtensionAsk    Action = "extension.ask"    // ask for a later deadline, take the request back
	ActionExtensionDecide Action = "extension.decide" // never of what he reported on or asked for himself
	ActionDeadlineCorrect Action = "deadline.correct" // mend a mistyped one
	ActionWeekRead        Action = "week.read"
	ActionDirectoryRead   Action = "directory.read"
	ActionDirectoryWrite  Action = "directory.write" // agencies, groups, aliases
	ActionPeopleManage    Action = "people.manage"
	ActionOutboxRead      Action = "outbox.read"   // a mail's fate, without its body
	ActionOutboxManage    Action = "outbox.manage" // retry, cancel, end a hold
	ActionHealthRead      Action = "health.read"
)

// Reach is how far a role may do an action.
type Reach uint8

const (
	ReachNone Reach = iota
	ReachLead       // where an agency of the person leads
	ReachPart       // where an agency of the person leads or cooperates
	ReachAll
)

// Policy is the one table of who sees and does what (the design's "Who sees and does what"). What is not in it is refused.
var Policy = map[Action]map[Role]Reach{
	ActionDocumentRead:    {RoleSecretariat: ReachAll, RoleLeader: ReachAll, RoleFocal: ReachPart, RoleHead: ReachPart},
	ActionDocumentManage:  {RoleSecretariat: ReachAll},
	ActionAssignmentRead:  {RoleSecretariat: ReachAll, RoleLeader: ReachAll, RoleFocal: ReachPart, RoleHead: ReachPart},
	ActionAssignmentList:  {RoleSecretariat: ReachAll, RoleLeader: ReachAll},
	ActionReport:          {RoleFocal: ReachLead, RoleHead: ReachLead},
	ActionDecide:          {RoleSecretariat: ReachAll},
	ActionExtensionAsk:    {RoleFocal: ReachLead, RoleHead: ReachLead},
	ActionExtensionDecide: {RoleSecretariat: ReachAll, RoleLeader: ReachAll},
	ActionDeadlineCorrect: {RoleSecretariat: ReachAll},
	ActionWeekRead:        {RoleSecretariat: ReachAll, RoleLeader: ReachAll},
	ActionDirectoryRead:   {RoleSecretariat: ReachAll, RoleAdmin: ReachAll},
	ActionDirectoryWrite:  {RoleSecretariat: ReachAll, RoleAdmin: ReachAll},
	ActionPeopleManage:    {RoleAdmin: ReachAll},
	ActionOutboxRead:      {RoleSecretariat: ReachAll, RoleAdmin: ReachAll},
	ActionOutboxManage:    {RoleSecretariat: ReachAll, RoleAdmin: ReachAll},
	ActionHealthRead:      {RoleAdmin: ReachAll, RoleSecretariat: ReachAll},
}

// Can tells whether the person may do the action everywhere.
func (p Person) Can(action Action) bool {
	if !p.Active {
		return false
	}
	if p.IsSystem() {
		return true
	}
	for _, g := range p.Grants {
		if Policy[action][g.Role] == ReachAll {
			return true
		}
	}
	return false
}

// CanOn tells whether the person may do the action on something that the leads lead and in which the others cooperate.
func (p Person) CanOn(action Action, leads, cooperating []int64) bool {
	if p.Can(action) {
		return true
	}
	if !p.Active {
		return false
	}
	for _, g := range p.Grants {
		own := []int64{g.AgencyID}
		switch Policy[action][g.Role] {
		case ReachLead:
			if intersects(leads, own) {
				return true
			}
		case ReachPart:
			if intersects(leads, own) || intersects(cooperating, own) {
				return true
			}
		}
	}
	return false
}

// Scope lists the agencies to which the person's reach for the action is limited. all is true when there is no limit; an empty
// list without all means: nothing.
func (p Person) Scope(action Action) (agencies []int64, all bool) {
	if p.Can(action) {
		return nil, true
	}
	agencies = []int64{}
	if !p.Active {
		return agencies, false
	}
	for _, g := range p.Grants {
		if r := Policy[action][g.Role]; (r == ReachLead || r == ReachPart) && g.AgencyID != 0 {
			agencies = append(agencies, g.AgencyID)
		}
	}
	return agencies, false
}

// may refuses what the policy does not allow everywhere.
func may(actor Person, action Action) error {
	if actor.Can(action) {
		return nil
	}
	if !actor.Active {
		return E(CodeUnauthenticated, "error.sign_in")
	}
	return E(CodeForbidden, "error.forbidden")
}
