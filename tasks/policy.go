package tasks

// Action is something that a person may want to do; the policy says who may.
type Action string

const (
	ActionDocumentRead     Action = "document.read"
	ActionDocumentManage   Action = "document.manage" // upload, review, issue, recall
	ActionAssignmentRead   Action = "assignment.read"
	ActionAssignmentList   Action = "assignment.list"   // of the whole province
	ActionReport           Action = "report"            // report, submit, withdraw
	ActionEvidenceJudge    Action = "evidence.judge"    // say what evidence is worth; never that of one's own report
	ActionApprove          Action = "approve"           // let a report of the agency go, as its head
	ActionApprovalSet      Action = "approval.set"      // whether an agency's head approves first
	ActionDecide           Action = "decide"            // confirm, return, reopen; never one's own
	ActionExtensionAsk     Action = "extension.ask"     // ask for a later deadline, take the request back
	ActionExtensionDecide  Action = "extension.decide"  // never of what he reported on or asked for himself
	ActionDeadlineCorrect  Action = "deadline.correct"  // mend a mistyped one
	ActionPause            Action = "pause"             // hold, resume, cancel, restore; never of what he reported on or asked for himself
	ActionDecline          Action = "decline"           // ask that another should lead, take the request back
	ActionReassign         Action = "reassign"          // give to other leads, or insist; never of what he reported on or asked for himself
	ActionDutyAdd          Action = "duty.add"          // give a duty to further agencies
	ActionRemarkWrite      Action = "remark.write"      // give a leader's word, or record it with whose it is
	ActionRemarkAnswer     Action = "remark.answer"     // answer it for the lead
	ActionRemarkSettle     Action = "remark.settle"     // accept the answer, ask again, withdraw; never of his own answer
	ActionContributionAsk  Action = "contribution.ask"  // ask cooperating agencies for their parts, accept them
	ActionContributionSend Action = "contribution.send" // send that of one's own agency, which cooperates
	ActionNudge            Action = "nudge"             // urge agencies that have not reported on a duty
	ActionSeries           Action = "series"            // say when a duty recurs, and end that
	ActionFollowersName    Action = "followers.name"    // who follows a document or a duty
	ActionRestrictedRead   Action = "restricted.read"   // read the words of a restricted duty
	ActionRestrict         Action = "restrict"          // set or lift that mark
	ActionWeekRead         Action = "week.read"
	ActionForeword         Action = "foreword"      // say something in the leaders' digest
	ActionRegisterRead     Action = "register.read" // the follow-up book and the periodic report
	ActionLetterRead       Action = "letter.read"   // the letters of reminder and criticism; an agency those to it
	ActionLetterManage     Action = "letter.manage" // prepare, record, withdraw them
	ActionCalendarFeed     Action = "calendar.feed" // have a calendar address
	ActionViewShare        Action = "view.share"    // share a saved view with the secretariat
	ActionDirectoryRead    Action = "directory.read"
	ActionDirectoryWrite   Action = "directory.write" // agencies, groups, aliases
	ActionAgencyChange     Action = "agency.change"   // merge, split and rename agencies, with what that moves
	ActionPeopleManage     Action = "people.manage"
	ActionDeputyAppoint    Action = "deputy.appoint" // say who acts for somebody else; for himself everybody may
	ActionOutboxRead       Action = "outbox.read"    // a mail's fate, without its body
	ActionMailPreview      Action = "mail.preview"   // an example of each mail, made of duties
	ActionOutboxManage     Action = "outbox.manage"  // retry, cancel, end a hold
	ActionHealthRead       Action = "health.read"
	ActionReminders        Action = "reminders"    // when deadlines of the province are reminded of
	ActionOwnLadder        Action = "ladder.own"   // and those of one document or duty
	ActionWorkingDays      Action = "working_days" // public holidays and make-up days
	ActionAuditRead        Action = "audit.read"   // the audit page; of what he may not read else he sees that something was done, not what
	// ActionConsultationRead is to read what every agency says of a draft.
	ActionConsultationRead Action = "consultation.read"
	// ActionConsultationManage is to ask agencies about a draft, and to reply to what they say.
	ActionConsultationManage Action = "consultation.manage"
	ActionConsultationAnswer Action = "consultation.answer" // for an agency that was asked
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
	ActionDocumentRead:     {RoleSecretariat: ReachAll, RoleLeader: ReachAll, RoleFocal: ReachPart, RoleHead: ReachPart},
	ActionDocumentManage:   {RoleSecretariat: ReachAll},
	ActionAssignmentRead:   {RoleSecretariat: ReachAll, RoleLeader: ReachAll, RoleFocal: ReachPart, RoleHead: ReachPart},
	ActionAssignmentList:   {RoleSecretariat: ReachAll, RoleLeader: ReachAll},
	ActionReport:           {RoleFocal: ReachLead, RoleHead: ReachLead},
	ActionEvidenceJudge:    {RoleSecretariat: ReachAll},
	ActionApprove:          {RoleHead: ReachLead},
	ActionApprovalSet:      {RoleSecretariat: ReachAll, RoleAdmin: ReachAll, RoleHead: ReachLead},
	ActionDecide:           {RoleSecretariat: ReachAll},
	ActionExtensionAsk:     {RoleFocal: ReachLead, RoleHead: ReachLead},
	ActionExtensionDecide:  {RoleSecretariat: ReachAll, RoleLeader: ReachAll},
	ActionDeadlineCorrect:  {RoleSecretariat: ReachAll},
	ActionPause:            {RoleSecretariat: ReachAll},
	ActionDecline:          {RoleFocal: ReachLead, RoleHead: ReachLead},
	ActionReassign:         {RoleSecretariat: ReachAll, RoleLeader: ReachAll},
	ActionDutyAdd:          {RoleSecretariat: ReachAll},
	ActionRemarkWrite:      {RoleSecretariat: ReachAll, RoleLeader: ReachAll},
	ActionRemarkAnswer:     {RoleFocal: ReachLead, RoleHead: ReachLead},
	ActionRemarkSettle:     {RoleSecretariat: ReachAll, RoleLeader: ReachAll},
	ActionContributionAsk:  {RoleSecretariat: ReachAll, RoleFocal: ReachLead, RoleHead: ReachLead},
	ActionContributionSend: {RoleFocal: ReachPart, RoleHead: ReachPart},
	ActionNudge:            {RoleSecretariat: ReachAll},
	ActionSeries:           {RoleSecretariat: ReachAll},
	ActionFollowersName:    {RoleSecretariat: ReachAll},
	ActionRestrictedRead:   {RoleSecretariat: ReachAll, RoleLeader: ReachAll, RoleFocal: ReachPart, RoleHead: ReachPart},
	ActionRestrict:         {RoleSecretariat: ReachAll},
	ActionWeekRead:         {RoleSecretariat: ReachAll, RoleLeader: ReachAll},
	ActionForeword:         {RoleSecretariat: ReachAll},
	ActionRegisterRead:     {RoleSecretariat: ReachAll, RoleLeader: ReachAll, RoleFocal: ReachPart, RoleHead: ReachPart},
	ActionLetterRead:       {RoleSecretariat: ReachAll, RoleLeader: ReachAll, RoleFocal: ReachPart, RoleHead: ReachPart},
	ActionLetterManage:     {RoleSecretariat: ReachAll},
	ActionCalendarFeed:     {RoleFocal: ReachPart, RoleHead: ReachPart},
	ActionViewShare:        {RoleSecretariat: ReachAll},
	ActionDirectoryRead:    {RoleSecretariat: ReachAll, RoleAdmin: ReachAll},
	ActionDirectoryWrite:   {RoleSecretariat: ReachAll, RoleAdmin: ReachAll},
	ActionAgencyChange:     {RoleSecretariat: ReachAll},
	ActionPeopleManage:     {RoleAdmin: ReachAll},
	ActionDeputyAppoint:    {RoleSecretariat: ReachAll, RoleAdmin: ReachAll},
	ActionOutboxRead:       {RoleSecretariat: ReachAll, RoleAdmin: ReachAll},
	ActionMailPreview:      {RoleSecretariat: ReachAll},
	ActionOutboxManage:     {RoleSecretariat: ReachAll, RoleAdmin: ReachAll},
	ActionHealthRead:       {RoleAdmin: ReachAll, RoleSecretariat: ReachAll},
	ActionReminders:        {RoleAdmin: ReachAll, RoleSecretariat: ReachAll},
	ActionOwnLadder:        {RoleSecretariat: ReachAll},
	ActionWorkingDays:      {RoleAdmin: ReachAll, RoleSecretariat: ReachAll},
	ActionAuditRead:        {RoleSecretariat: ReachAll, RoleLeader: ReachAll, RoleAdmin: ReachAll},

	ActionConsultationRead:   {RoleSecretariat: ReachAll, RoleLeader: ReachAll},
	ActionConsultationManage: {RoleSecretariat: ReachAll},
	ActionConsultationAnswer: {RoleFocal: ReachPart, RoleHead: ReachPart},
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
