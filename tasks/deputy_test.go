package tasks_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"tiendo/store"
	"tiendo/tasks"
)

// appoint lets the deputy act for the person from Monday 5 to Friday 9 October 2026.
func (r *rig) appoint(person, deputy tasks.Person, change ...func(*tasks.DeputationInput)) tasks.Deputation {
	r.t.Helper()
	in := tasks.DeputationInput{DeputyID: deputy.ID, From: date("2026-10-05"), To: date("2026-10-09"), Reason: "Đi công tác", KeepsMails: true}
	for _, c := range change {
		c(&in)
	}
	return must(r.accounts.AppointDeputy(r.t.Context(), tasks.System, person.ID, in))(r.t)
}

// now is the person as he is when he asks for a page.
func (r *rig) now(p tasks.Person) tasks.Person {
	r.t.Helper()
	stored := must(r.accounts.Person(r.t.Context(), tasks.System, p.ID))(r.t)
	return must(r.accounts.Current(r.t.Context(), p.ID, stored.Epoch))(r.t)
}

// insteadOf lists, the oldest thePerson, each action on an assignment with for whom its actor stood in.
func (r *rig) insteadOf(id int64) []string {
	r.t.Helper()
	var out []string
	check(r.t, r.db.View(r.t.Context(), func(tx *store.Tx) error {
		rows, err := tx.Trail(tasks.Subject{Kind: tasks.SubjectAssignment, ID: id}, 1000)
		for _, e := range slices.Backward(rows) {
			out = append(out, strings.TrimPrefix(e.Action, "assignment.")+"="+e.InsteadOf())
		}
		return err
	}))
	return out
}

// A deputy has the rights of the other beside his own while it lasts, and no day longer.
func TestDeputyHasRightsWhileItLasts(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	_, list := r.issue("1/CT", r.duty())
	id := list[0].ID
	all := r.person("Toàn", focalOf(r.snv), tasks.Grant{Role: tasks.RoleSecretariat}, tasks.Grant{Role: tasks.RoleAdmin})
	report := func(who tasks.Person) error {
		return r.assignments.Report(ctx, who, id, tasks.ReportInput{Kind: tasks.ReportProgress, Percent: 10, Text: "Đã làm"})
	}
	refused(t, report(r.now(r.other)), tasks.CodeNotFound, "")

	r.appoint(all, r.other, func(in *tasks.DeputationInput) { in.From = date("2026-10-06") })
	refused(t, report(r.now(r.other)), tasks.CodeNotFound, "") // the day before

	r.at("2026-10-06 00:00")
	deputy := r.now(r.other)
	check(t, report(deputy))
	if got := r.insteadOf(id); !slices.Equal(got, []string{"assigned=", "progress=Toàn"}) {
		t.Errorf("the trail says %v", got)
	}
	if deputy.Can(tasks.ActionPeopleManage) || deputy.Has(tasks.RoleAdmin) {
		t.Error("he administers")
	}
	if !deputy.Can(tasks.ActionDecide) || !deputy.Has(tasks.RoleSecretariat) || !slices.Contains(deputy.AgencyIDs(tasks.RoleFocal), r.snv) {
		t.Errorf("he lacks rights: %v", deputy.Grants)
	}
	if own := deputy.Own(); own.Can(tasks.ActionDecide) || len(own.Grants) != 1 || len(own.Stands) != 0 {
		t.Errorf("his own: %+v", own)
	}
	if _, err := r.accounts.AppointDeputy(ctx, deputy, r.leader.ID, tasks.DeputationInput{}); err == nil {
		t.Error("he appointed by a right that he stands in with")
	}
	r.at("2026-10-09 23:59")
	check(t, report(r.now(r.other)))
	r.at("2026-10-10 00:00")
	refused(t, report(r.now(r.other)), tasks.CodeNotFound, "")
}

// Rows say for whom an actor stood in when nothing else gave him the right, and only then.
func TestTrailNamesForWhom(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	_, list := r.issue("1/CT", r.duty(), r.duty(func(in *tasks.DraftInput) { in.Leads = leads(r.stc) }))
	snv, stc := list[0].ID, list[1].ID
	r.report(r.focal, snv, tasks.ReportSubmission, 100)
	r.report(r.other, stc, tasks.ReportSubmission, 100)
	r.appoint(r.secretariat, r.other)
	r.appoint(r.leader, r.colleague)

	deputy, colleague := r.now(r.other), r.now(r.colleague)
	check(t, r.assignments.Confirm(ctx, deputy, snv, 0))
	refused(t, r.assignments.Confirm(ctx, deputy, stc, 0), tasks.CodeForbidden, "assignment.own_report")
	check(t, r.assignments.Withdraw(ctx, deputy, stc, 0)) // by his own right
	check(t, r.assignments.AskExtension(ctx, deputy, stc, tasks.ExtensionInput{Due: date("2026-11-20"), Reason: "Chờ số liệu"}))
	refused(t, r.assignments.DecideExtension(ctx, deputy, stc, tasks.ExtensionDecision{Grant: true, Due: date("2026-11-20")}), tasks.CodeForbidden, "extension.own")
	// The secretariat's own right is to record a leader's word; without one he decides for the leader.
	check(t, r.assignments.DecideExtension(ctx, colleague, stc, tasks.ExtensionDecision{Grant: true, Due: date("2026-11-20")}))
	check(t, r.assignments.Reopen(ctx, colleague, snv, 0, "Thiếu phụ lục"))
	check(t, r.assignments.GiveRemark(ctx, colleague, snv, tasks.RemarkInput{Kind: tasks.RemarkNote, Words: "Làm sớm", Authority: "Chủ tịch", Document: "3/TB"}))
	check(t, r.assignments.GiveRemark(ctx, colleague, snv, tasks.RemarkInput{Kind: tasks.RemarkNote, Words: "Làm ngay"}))
	want := []string{"assigned=", "submit=", "confirm=Thư", "reopen=", "remark_recorded=", "remark_given=Chương"}
	if got := r.insteadOf(snv); !slices.Equal(got, want) {
		t.Errorf("of snv the trail says %v, want %v", got, want)
	}
	want = []string{"assigned=", "submit=", "withdraw=", "extension_asked=", "extension_granted=Chương"}
	if got := r.insteadOf(stc); !slices.Equal(got, want) {
		t.Errorf("of stc the trail says %v, want %v", got, want)
	}
}

// Nobody decides, as a deputy or after one has acted for him, on what he or the other reported or asked for.
func TestDeputyDecidesOnNothingOfEither(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	input := func(in *tasks.DraftInput) { in.Cooperating = leads(r.stc) }
	reported := func(who tasks.Person) int64 {
		t.Helper()
		_, list := r.issue("1/CT", r.duty(input))
		check(t, r.assignments.Report(ctx, who, list[0].ID, tasks.ReportInput{Kind: tasks.ReportSubmission, Text: "Đã xong", Files: []tasks.Upload{scan}}))
		return list[0].ID
	}
	judge := func(who tasks.Person, id int64) error {
		return r.assignments.JudgeEvidence(ctx, who, id, tasks.JudgeInput{ReportID: r.assignment(id).Reports[0].ID, State: tasks.EvidenceAccepted})
	}
	confirm := func(who tasks.Person, id int64) error {
		return r.assignments.ConfirmWith(ctx, who, id, tasks.ConfirmInput{Evidence: tasks.EvidenceAccepted})
	}
	hold := func(who tasks.Person, id int64) error {
		return r.assignments.Hold(ctx, who, id, tasks.PauseInput{Reason: "Chờ", Document: "3/TB", Authority: "Chủ tịch"})
	}
	waive := func(who tasks.Person, id int64) error { return r.assignments.WaiveConfirmation(ctx, who, id, 0, true) }
	for _, c := range []struct {
		name             string
		person, deputy   tasks.Person // who is away, who acts for him
		reporter, decide func(person, deputy tasks.Person) tasks.Person
	}{
		{"his own, by the other's right", r.secretariat, r.focal, theDeputy, theDeputy},
		{"the other's, by his own right", r.focal, r.secretariat, thePerson, theDeputy},
		{"the deputy's for him, by the person", r.both, r.other, theDeputy, thePerson},
		{"the other's, by the other's right", r.both, r.other, thePerson, theDeputy},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := r.appoint(c.person, c.deputy)
			person, deputy := r.now(c.person), r.now(c.deputy)
			reporter, decider := c.reporter(person, deputy), c.decide(person, deputy)
			id := reported(reporter)
			refused(t, confirm(decider, id), tasks.CodeForbidden, "assignment.own_report")
			refused(t, r.assignments.Return(ctx, decider, id, 0, "Thiếu"), tasks.CodeForbidden, "assignment.own_report")
			refused(t, judge(decider, id), tasks.CodeForbidden, "assignment.own_report")
			refused(t, waive(decider, id), tasks.CodeForbidden, "confirm.own")
			refused(t, hold(decider, id), tasks.CodeForbidden, "pause.own")
			check(t, confirm(r.colleague, id))
			refused(t, r.assignments.Reopen(ctx, decider, id, 0, "Thiếu"), tasks.CodeForbidden, "assignment.own_report")
			must(r.accounts.EndDeputation(ctx, tasks.System, d.ID, 0))(t)
			if c.name == "the deputy's for him, by the person" {
				// Also when the deputy acts no more.
				refused(t, r.assignments.Reopen(ctx, r.now(c.person), id, 0, "Thiếu"), tasks.CodeForbidden, "assignment.own_report")
			}
		})
	}
}

func thePerson(a, _ tasks.Person) tasks.Person { return a }
func theDeputy(_, b tasks.Person) tasks.Person { return b }

// A focal point who stands in for the head does not let his own report go; somebody who reports in the head's place needs no approval.
func TestDeputyOfTheHead(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	check(t, r.directory.SetApproval(ctx, r.secretariat, r.snv, true))
	submit := func(who tasks.Person) (int64, tasks.AssignmentView) {
		_, list := r.issue("1/CT", r.duty())
		r.submit(who, list[0].ID)
		return list[0].ID, must(r.assignments.Get(ctx, who, list[0].ID))(t)
	}
	d := r.appoint(r.head, r.focal)
	id, v := submit(r.now(r.focal))
	if v.Assignment.State != tasks.StateAssigned || v.Reports[0].Outcome != tasks.OutcomeAtHead {
		t.Fatalf("his own report is %s, the duty %s", v.Reports[0].Outcome, v.Assignment.State)
	}
	refused(t, r.assignments.Approve(ctx, r.now(r.focal), id, 0), tasks.CodeForbidden, "assignment.own_report")
	refused(t, r.assignments.RefuseApproval(ctx, r.now(r.focal), id, 0, "Thiếu"), tasks.CodeForbidden, "assignment.own_report")
	check(t, r.assignments.Approve(ctx, r.now(r.head), id, 0))
	must(r.accounts.EndDeputation(ctx, tasks.System, d.ID, 0))(t)

	r.appoint(r.head, r.other)
	if id, v = submit(r.now(r.other)); v.Assignment.State != tasks.StateSubmitted {
		t.Errorf("in the head's place: %s", v.Assignment.State)
	}
	if got := r.insteadOf(id); !slices.Equal(got, []string{"assigned=", "submit=Đức"}) {
		t.Errorf("the trail says %v", got)
	}
	id, _ = submit(r.focal)
	check(t, r.assignments.Approve(ctx, r.now(r.other), id, 0))
	if got := r.insteadOf(id); !slices.Equal(got, []string{"assigned=", "approval_asked=", "approval_given=Đức"}) {
		t.Errorf("the trail says %v", got)
	}
}

func TestAppointDeputy(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	neighbour := r.person("Nga", focalOf(r.snv))
	disabled := r.person("Nghỉ", focalOf(r.snv))
	disabled.Active = false
	disabled = must(r.accounts.SavePerson(ctx, tasks.System, disabled))(t)
	r.appoint(neighbour, r.head, func(in *tasks.DeputationInput) { in.From, in.To = date("2026-11-02"), date("2026-11-06") })
	for _, c := range []struct {
		name          string
		actor, person tasks.Person
		deputy        tasks.Person
		from, to      string
		code          tasks.Code
		key           string
	}{
		{"his own", r.focal, r.focal, neighbour, "2026-10-05", "2026-10-05", "", ""},
		{"the office for another", r.secretariat, r.focal, r.other, "2026-10-12", "2026-10-16", "", ""},
		{"an admin", r.admin, r.leader, r.secretariat, "2026-10-12", "2026-10-16", "", ""},
		{"a leader's, of the office", r.leader, r.leader, r.colleague, "2026-12-01", "2026-12-02", "", ""},
		{"one for two", tasks.System, r.head, neighbour, "2026-10-05", "2026-10-09", "", ""},
		{"somebody else's", r.head, r.focal, neighbour, "2026-10-20", "2026-10-20", tasks.CodeForbidden, ""},
		{"a leader for another", r.leader, r.focal, neighbour, "2026-10-20", "2026-10-20", tasks.CodeForbidden, ""},
		{"himself for another", r.secretariat, r.leader, r.secretariat, "2026-10-20", "2026-10-20", tasks.CodeInvalid, "deputy.not_one"},
		{"himself for himself", r.focal, r.focal, r.focal, "2026-10-20", "2026-10-20", tasks.CodeInvalid, "deputy.not_one"},
		{"of another agency, by himself", r.focal, r.focal, r.other, "2026-10-20", "2026-10-20", tasks.CodeInvalid, "deputy.not_one"},
		{"a disabled one", r.secretariat, r.focal, disabled, "2026-10-20", "2026-10-20", tasks.CodeInvalid, "deputy.not_one"},
		{"for a disabled one", r.secretariat, disabled, r.focal, "2026-10-20", "2026-10-20", tasks.CodeConflict, "deputy.nothing"},
		{"an admin alone has nothing", r.admin, r.admin, r.secretariat, "2026-10-20", "2026-10-20", tasks.CodeConflict, "deputy.nothing"},
		{"a day that is over", r.focal, r.focal, neighbour, "2026-10-04", "2026-10-06", tasks.CodeInvalid, "deputy.past"},
		{"ends before it begins", r.focal, r.focal, neighbour, "2026-10-21", "2026-10-20", tasks.CodeInvalid, "deputy.ends_before"},
		{"no days", r.focal, r.focal, neighbour, "", "", tasks.CodeInvalid, "field.required"},
		{"too long", r.focal, r.focal, neighbour, "2026-10-20", "2027-12-20", tasks.CodeInvalid, "deputy.too_long"},
		{"a second one on a day", r.focal, r.focal, r.head, "2026-10-16", "2026-10-19", tasks.CodeInvalid, "deputy.has_one"},
		{"a deputy who is away", r.secretariat, r.focal, neighbour, "2026-11-06", "2026-11-10", tasks.CodeInvalid, "deputy.away"},
		{"by one who stands in", r.secretariat, r.head, r.focal, "2026-10-30", "2026-11-02", tasks.CodeInvalid, "deputy.stands_in"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := tasks.DeputationInput{DeputyID: c.deputy.ID, Reason: "Đi công tác"}
			if c.from != "" {
				in.From, in.To = date(c.from), date(c.to)
			}
			_, err := r.accounts.AppointDeputy(ctx, c.actor, c.person.ID, in)
			if c.code == "" {
				check(t, err)
				return
			}
			refused(t, err, c.code, c.key)
		})
	}
	if _, err := r.accounts.AppointDeputy(ctx, r.focal, r.focal.ID, tasks.DeputationInput{
		DeputyID: neighbour.ID, From: date("2026-10-20"), To: date("2026-10-20"), Reason: " ",
	}); err == nil {
		t.Error("without a reason")
	}
	v := must(r.accounts.Deputations(ctx, r.focal, r.focal.ID))(t)
	var names []string
	for _, p := range v.Choices {
		names = append(names, p.Name)
	}
	if !slices.Equal(names, []string{"Đức", "Hùng", "Nga"}) || len(v.Deputations) != 2 || v.People[r.other.ID].Name != "Minh" {
		t.Errorf("choices %v, %d deputations", names, len(v.Deputations))
	}
	_, err := r.accounts.Deputations(ctx, r.head, r.focal.ID)
	refused(t, err, tasks.CodeForbidden, "")
	if got := r.trail(tasks.Subject{Kind: tasks.SubjectPerson, ID: r.focal.ID}); !slices.Equal(got, []string{"person.added", "person.deputy_appointed", "person.deputy_appointed"}) {
		t.Errorf("the trail says %v", got)
	}
}

// It ends early by either of the two, by the office, and when one of them is disabled; nobody gets it back by being let in again.
func TestDeputationEnds(t *testing.T) {
	disable := func(r *rig, p tasks.Person) {
		p = must(r.accounts.Person(r.t.Context(), tasks.System, p.ID))(r.t)
		p.Active = false
		p = must(r.accounts.SavePerson(r.t.Context(), tasks.System, p))(r.t)
		p.Active = true
		must(r.accounts.SavePerson(r.t.Context(), tasks.System, p))(r.t)
	}
	end := func(who func(*rig) tasks.Person) func(*rig, tasks.Deputation) {
		return func(r *rig, d tasks.Deputation) {
			must(r.accounts.EndDeputation(r.t.Context(), who(r), d.ID, d.Version))(r.t)
		}
	}
	for name, stop := range map[string]func(*rig, tasks.Deputation){
		"the person":      end(func(r *rig) tasks.Person { return r.focal }),
		"the deputy":      end(func(r *rig) tasks.Person { return r.now(r.other) }),
		"the office":      end(func(r *rig) tasks.Person { return r.secretariat }),
		"person disabled": func(r *rig, _ tasks.Deputation) { disable(r, r.focal) },
		"deputy disabled": func(r *rig, _ tasks.Deputation) { disable(r, r.other) },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			d := r.appoint(r.focal, r.other)
			if len(r.now(r.other).Stands) != 1 {
				t.Fatal("he does not act for him")
			}
			_, err := r.accounts.EndDeputation(t.Context(), r.head, d.ID, 0)
			refused(t, err, tasks.CodeNotFound, "")
			_, err = r.accounts.EndDeputation(t.Context(), r.focal, d.ID, d.Version+1)
			refused(t, err, tasks.CodeConflict, "")
			stop(r, d)
			if p := r.now(r.other); len(p.Stands) != 0 || len(p.Grants) != 1 {
				t.Errorf("he acts on: %+v", p)
			}
			_, err = r.accounts.EndDeputation(t.Context(), r.focal, d.ID, 0)
			refused(t, err, tasks.CodeConflict, "deputy.over")
			trail := r.trail(tasks.Subject{Kind: tasks.SubjectPerson, ID: r.focal.ID})
			if !slices.Contains(trail, "person.deputy_ended") {
				t.Errorf("the trail says %v", trail)
			}
			r.appoint(r.focal, r.other) // the days are free again
		})
	}
}

// Of several who appoint for the same days at the same moment one wins; nobody is away and a deputy on one day.
func TestOneDeputyADay(t *testing.T) {
	r := newRig(t)
	in := func(deputy tasks.Person) tasks.DeputationInput {
		return tasks.DeputationInput{DeputyID: deputy.ID, From: date("2026-10-05"), To: date("2026-10-09"), Reason: "Đi công tác"}
	}
	pairs := [][2]tasks.Person{
		{r.focal, r.other}, {r.focal, r.head}, {r.focal, r.colleague}, {r.other, r.focal}, {r.head, r.focal}, {r.focal, r.leader}, {r.both, r.focal}, {r.leader, r.focal},
	}
	won := make([]bool, len(pairs))
	var wait sync.WaitGroup
	for i, p := range pairs {
		wait.Go(func() {
			_, err := r.accounts.AppointDeputy(t.Context(), tasks.System, p[0].ID, in(p[1]))
			won[i] = err == nil
			if code := tasks.CodeOf(err); err != nil && code != tasks.CodeInvalid && code != tasks.CodeConflict {
				t.Errorf("%s for %s: %v", p[1].Name, p[0].Name, err)
			}
		})
	}
	wait.Wait()
	away, acts := make(map[int64]bool), make(map[int64]bool)
	for i, p := range pairs {
		if !won[i] {
			continue
		}
		if away[p[0].ID] {
			t.Errorf("%s has two deputies", p[0].Name)
		}
		away[p[0].ID], acts[p[1].ID] = true, true
	}
	if len(away) == 0 {
		t.Error("nobody won")
	}
	for id := range away {
		if acts[id] {
			t.Errorf("person %d is away and a deputy", id)
		}
	}
}

// Whatever a row tells, it names for whom it was done; rows about a person's own account are his own.
func TestRowsOfADeputy(t *testing.T) {
	r := newRig(t)
	r.appoint(r.secretariat, r.focal)
	r.appoint(r.head, r.other)
	focal, other, colleague := r.now(r.focal), r.now(r.other), r.now(r.colleague)
	assignment := tasks.Subject{Kind: tasks.SubjectAssignment, ID: 1}
	for _, c := range []struct {
		name  string
		actor tasks.Person
		entry tasks.AuditEntry
		want  string
	}{
		{"a count", focal, tasks.AuditEntry{Action: "mail.all_retried", Subject: tasks.Subject{Kind: tasks.SubjectMail}, After: "3"}, "Thư"},
		{"nothing told", focal, tasks.AuditEntry{Action: "mail.retried", Subject: tasks.Subject{Kind: tasks.SubjectMail}}, "Thư"},
		{"an agency", focal, tasks.AuditEntry{Action: "agency.changed", Subject: tasks.Subject{Kind: tasks.SubjectAgency, ID: r.stc}, After: `{"name":"x"}`}, "Thư"},
		{"his own agency's approval", focal, tasks.AuditEntry{Action: "agency.approval_set", Subject: tasks.Subject{Kind: tasks.SubjectAgency, ID: r.snv}}, "Thư"},
		{"the head's agency", other, tasks.AuditEntry{Action: "agency.approval_set", Subject: tasks.Subject{Kind: tasks.SubjectAgency, ID: r.snv}}, "Đức"},
		{"a document", focal, tasks.AuditEntry{Action: "document.issued", Subject: tasks.Subject{Kind: tasks.SubjectDocument, ID: 1}}, "Thư"},
		{"his own report", focal, tasks.AuditEntry{Action: "assignment.progress", Subject: assignment, AgencyID: r.snv}, ""},
		{"the head's report", other, tasks.AuditEntry{Action: "assignment.progress", Subject: assignment, AgencyID: r.snv}, "Đức"},
		{"his own agency's report", other, tasks.AuditEntry{Action: "assignment.progress", Subject: assignment, AgencyID: r.stc}, ""},
		{"a letter recorded", focal, tasks.AuditEntry{Action: "consultation.letter_recorded", Subject: tasks.Subject{Kind: tasks.SubjectConsultation, ID: 1}, AgencyID: r.snv}, "Thư"},
		{"his language", focal, tasks.AuditEntry{Action: "person.language", Subject: tasks.Subject{Kind: tasks.SubjectPerson, ID: r.focal.ID}}, ""},
		{"nobody's deputy", colleague, tasks.AuditEntry{Action: "document.issued", Subject: tasks.Subject{Kind: tasks.SubjectDocument, ID: 1}}, ""},
	} {
		if got := c.entry.ActedBy(c.actor).Complete(); got.InsteadOf() != c.want || got.ActorID != c.actor.ID || c.want == "" && got.After != c.entry.After {
			t.Errorf("%s: in the place of %q, want %q: %s", c.name, got.InsteadOf(), c.want, got.After)
		}
	}
}
