package tasks_test

import (
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

// The agencies of the thing acted on.
const (
	leading, joint, helping, outside = int64(1), int64(2), int64(3), int64(4)
)

// rights is the design's "Who sees and does what", by hand: "all" is everywhere; "lead" and "part" are where an agency of the person
// leads, or leads or cooperates; "" is never.
var rights = map[tasks.Action]map[tasks.Role]string{
	tasks.ActionDocumentRead:     {"secretariat": "all", "leader": "all", "focal": "part", "head": "part", "admin": ""},
	tasks.ActionDocumentManage:   {"secretariat": "all", "leader": "", "focal": "", "head": "", "admin": ""},
	tasks.ActionAssignmentRead:   {"secretariat": "all", "leader": "all", "focal": "part", "head": "part", "admin": ""},
	tasks.ActionAssignmentList:   {"secretariat": "all", "leader": "all", "focal": "", "head": "", "admin": ""},
	tasks.ActionReport:           {"secretariat": "", "leader": "", "focal": "lead", "head": "lead", "admin": ""},
	tasks.ActionEvidenceJudge:    {"secretariat": "all", "leader": "", "focal": "", "head": "", "admin": ""},
	tasks.ActionApprove:          {"secretariat": "", "leader": "", "focal": "", "head": "lead", "admin": ""},
	tasks.ActionApprovalSet:      {"secretariat": "all", "leader": "", "focal": "", "head": "lead", "admin": "all"},
	tasks.ActionDecide:           {"secretariat": "all", "leader": "", "focal": "", "head": "", "admin": ""},
	tasks.ActionExtensionAsk:     {"secretariat": "", "leader": "", "focal": "lead", "head": "lead", "admin": ""},
	tasks.ActionExtensionDecide:  {"secretariat": "all", "leader": "all", "focal": "", "head": "", "admin": ""},
	tasks.ActionDeadlineCorrect:  {"secretariat": "all", "leader": "", "focal": "", "head": "", "admin": ""},
	tasks.ActionPause:            {"secretariat": "all", "leader": "", "focal": "", "head": "", "admin": ""},
	tasks.ActionDecline:          {"secretariat": "", "leader": "", "focal": "lead", "head": "lead", "admin": ""},
	tasks.ActionReassign:         {"secretariat": "all", "leader": "all", "focal": "", "head": "", "admin": ""},
	tasks.ActionDutyAdd:          {"secretariat": "all", "leader": "", "focal": "", "head": "", "admin": ""},
	tasks.ActionRemarkWrite:      {"secretariat": "all", "leader": "all", "focal": "", "head": "", "admin": ""},
	tasks.ActionRemarkAnswer:     {"secretariat": "", "leader": "", "focal": "lead", "head": "lead", "admin": ""},
	tasks.ActionRemarkSettle:     {"secretariat": "all", "leader": "all", "focal": "", "head": "", "admin": ""},
	tasks.ActionContributionAsk:  {"secretariat": "all", "leader": "", "focal": "lead", "head": "lead", "admin": ""},
	tasks.ActionContributionSend: {"secretariat": "", "leader": "", "focal": "part", "head": "part", "admin": ""},
	tasks.ActionNudge:            {"secretariat": "all", "leader": "", "focal": "", "head": "", "admin": ""},
	tasks.ActionSeries:           {"secretariat": "all", "leader": "", "focal": "", "head": "", "admin": ""},
	tasks.ActionRestrict:         {"secretariat": "all", "leader": "", "focal": "", "head": "", "admin": ""},
	tasks.ActionRestrictedRead:   {"secretariat": "all", "leader": "all", "focal": "part", "head": "part", "admin": ""},
	tasks.ActionAgencyChange:     {"secretariat": "all", "leader": "", "focal": "", "head": "", "admin": ""},
	tasks.ActionFollowersName:    {"secretariat": "all", "leader": "", "focal": "", "head": "", "admin": ""},
	tasks.ActionWeekRead:         {"secretariat": "all", "leader": "all", "focal": "", "head": "", "admin": ""},
	tasks.ActionForeword:         {"secretariat": "all", "leader": "", "focal": "", "head": "", "admin": ""},
	tasks.ActionRegisterRead:     {"secretariat": "all", "leader": "all", "focal": "part", "head": "part", "admin": ""},
	tasks.ActionLetterRead:       {"secretariat": "all", "leader": "all", "focal": "part", "head": "part", "admin": ""},
	tasks.ActionLetterManage:     {"secretariat": "all", "leader": "", "focal": "", "head": "", "admin": ""},
	tasks.ActionCalendarFeed:     {"secretariat": "", "leader": "", "focal": "part", "head": "part", "admin": ""},
	tasks.ActionViewShare:        {"secretariat": "all", "leader": "", "focal": "", "head": "", "admin": ""},
	tasks.ActionDirectoryRead:    {"secretariat": "all", "leader": "", "focal": "", "head": "", "admin": "all"},
	tasks.ActionDirectoryWrite:   {"secretariat": "all", "leader": "", "focal": "", "head": "", "admin": "all"},
	tasks.ActionPeopleManage:     {"secretariat": "", "leader": "", "focal": "", "head": "", "admin": "all"},
	tasks.ActionDeputyAppoint:    {"secretariat": "all", "leader": "", "focal": "", "head": "", "admin": "all"},
	tasks.ActionOutboxRead:       {"secretariat": "all", "leader": "", "focal": "", "head": "", "admin": "all"},
	tasks.ActionMailPreview:      {"secretariat": "all", "leader": "", "focal": "", "head": "", "admin": ""},
	tasks.ActionOutboxManage:     {"secretariat": "all", "leader": "", "focal": "", "head": "", "admin": "all"},
	tasks.ActionReminders:        {"secretariat": "all", "leader": "", "focal": "", "head": "", "admin": "all"},
	tasks.ActionOwnLadder:        {"secretariat": "all", "leader": "", "focal": "", "head": "", "admin": ""},
	tasks.ActionWorkingDays:      {"secretariat": "all", "leader": "", "focal": "", "head": "", "admin": "all"},
	tasks.ActionHealthRead:       {"secretariat": "all", "leader": "", "focal": "", "head": "", "admin": "all"},
	tasks.ActionAuditRead:        {"secretariat": "all", "leader": "all", "focal": "", "head": "", "admin": "all"},

	tasks.ActionConsultationRead:   {"secretariat": "all", "leader": "all", "focal": "", "head": "", "admin": ""},
	tasks.ActionConsultationManage: {"secretariat": "all", "leader": "", "focal": "", "head": "", "admin": ""},
	tasks.ActionConsultationAnswer: {"secretariat": "", "leader": "", "focal": "part", "head": "part", "admin": ""},

	"never.heard": {"secretariat": "", "leader": "", "focal": "", "head": "", "admin": ""},
}

func TestPolicy(t *testing.T) {
	for action := range tasks.Policy {
		if _, ok := rights[action]; !ok {
			t.Errorf("%s is not in the table of this test", action)
		}
	}
	for action, byRole := range rights {
		if len(byRole) != len(tasks.Roles) {
			t.Fatalf("%s: the table does not name every role", action)
		}
		for role, reach := range byRole {
			for agency, where := range map[int64]string{leading: "all lead part", joint: "all lead part", helping: "all part", outside: "all"} {
				p := tasks.Person{ID: 9, Active: true, Grants: []tasks.Grant{{Role: role}}}
				if role.PerAgency() {
					p.Grants[0].AgencyID = agency
				}
				want := reach != "" && slices.Contains(strings.Fields(where), reach)
				if got := p.CanOn(action, []int64{leading, joint}, []int64{helping}); got != want {
					t.Errorf("%s of agency %d, %s: %v, want %v", role, agency, action, got, want)
				}
				if got := p.Can(action); got != (reach == "all") {
					t.Errorf("%s everywhere, %s: %v", role, action, got)
				}
				agencies, all := p.Scope(action)
				wantScope := []int64{}
				if reach == "lead" || reach == "part" {
					wantScope = []int64{agency}
				}
				if all != (reach == "all") || !all && (agencies == nil || !slices.Equal(agencies, wantScope)) {
					t.Errorf("scope of %s, %s: %v %v", role, action, agencies, all)
				}
				p.Active = false
				agencies, all = p.Scope(action)
				if p.Can(action) || p.CanOn(action, []int64{agency}, nil) || all || agencies == nil || len(agencies) > 0 {
					t.Errorf("a disabled %s may %s", role, action)
				}
			}
		}
	}
}

func TestRightsAddUp(t *testing.T) {
	p := tasks.Person{ID: 9, Active: true, Grants: []tasks.Grant{
		{Role: tasks.RoleFocal, AgencyID: leading}, {Role: tasks.RoleHead, AgencyID: helping}, {Role: tasks.RoleAdmin},
	}}
	if !p.CanOn(tasks.ActionReport, []int64{leading}, nil) || !p.CanOn(tasks.ActionReport, []int64{helping}, nil) {
		t.Error("cannot report for both agencies")
	}
	if p.CanOn(tasks.ActionReport, []int64{outside}, []int64{leading, helping}) {
		t.Error("reports where another agency leads")
	}
	if !p.Can(tasks.ActionPeopleManage) || p.Can(tasks.ActionDocumentManage) {
		t.Error("an admin's rights are wrong")
	}
	if agencies, all := p.Scope(tasks.ActionAssignmentRead); all || !slices.Equal(agencies, []int64{leading, helping}) {
		t.Errorf("scope %v %v", agencies, all)
	}
	if (tasks.Person{}).Can(tasks.ActionDocumentRead) || (tasks.Person{Active: true}).CanOn(tasks.ActionReport, nil, nil) {
		t.Error("nobody may do something")
	}
	// A grant without its agency, as a damaged row would have it, reaches nothing, not even what has no agency.
	broken := tasks.Person{ID: 9, Active: true, Grants: []tasks.Grant{{Role: tasks.RoleFocal}}}
	if agencies, _ := broken.Scope(tasks.ActionAssignmentRead); len(agencies) > 0 || broken.CanOn(tasks.ActionAssignmentRead, []int64{leading}, nil) {
		t.Error("a grant of no agency reaches something")
	}
	named := tasks.Person{ID: 7, Name: tasks.System.Name, Active: true}
	if named.IsSystem() || named.Can(tasks.ActionReport) || !tasks.System.Can(tasks.ActionDecide) {
		t.Error("who the program is, is not told by the name alone")
	}
}

func TestGrantsNeedAnAgencyExactlyWhenTheRoleDoes(t *testing.T) {
	for _, role := range append(slices.Clone(tasks.Roles), "king") {
		perAgency := role == "focal" || role == "head"
		if got := (tasks.Grant{Role: role, AgencyID: 1}).Valid(); got != perAgency {
			t.Errorf("%s of an agency: %v", role, got)
		}
		if got := (tasks.Grant{Role: role}).Valid(); got != (!perAgency && role != "king") {
			t.Errorf("%s of none: %v", role, got)
		}
	}
}
