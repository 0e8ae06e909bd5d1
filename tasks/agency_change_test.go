package tasks_test

import (
	"maps"
	"slices"
	"sync"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// changes is the service on the rig's database.
func (r *rig) changes() *tasks.AgencyChanges {
	return &tasks.AgencyChanges{Store: r.db.AgencyChanges(), Duties: r.assignments}
}

// coming reads a change with what it moves.
func (r *rig) coming(id int64) tasks.ChangeView {
	r.t.Helper()
	return must(r.changes().Get(r.t.Context(), r.secretariat, id, 0))(r.t)
}

// change prepares and confirms one.
func (r *rig) change(in tasks.ChangeInput) tasks.AgencyChange {
	r.t.Helper()
	in.Document = "1654/NQ-UBTVQH15"
	id := must(r.changes().Prepare(r.t.Context(), r.secretariat, in))(r.t)
	check(r.t, r.changes().Confirm(r.t.Context(), r.secretariat, id, 0))
	return r.coming(id).Change
}

// called finds an agency by its code.
func (r *rig) called(code string) tasks.Agency {
	r.t.Helper()
	for _, a := range must(r.directory.List(r.t.Context()))(r.t) {
		if a.Code == code {
			return a
		}
	}
	r.t.Fatalf("no agency %s", code)
	return tasks.Agency{}
}

func founded(names ...string) []tasks.SuccessorAgency {
	var out []tasks.SuccessorAgency
	for _, name := range names {
		out = append(out, tasks.SuccessorAgency{Code: directory.Fold(name), Name: name})
	}
	return out
}

// carry lets the day's job run.
func (r *rig) carry(at string) int {
	r.t.Helper()
	r.at(at)
	return must(r.changes().CarryOut(r.t.Context()))(r.t)
}

// Three agencies become one: two lead an assignment jointly and the third cooperates, and all else that may wait waits.
func TestThreeAgenciesBecomeOne(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	parts := func(joint bool, cooperating []int64, of ...int64) tasks.DraftInput {
		return r.duty(func(in *tasks.DraftInput) {
			in.Leads, in.Joint, in.Cooperating = leads(of...), joint, leads(cooperating...)
		})
	}
	health := r.person("Y", focalOf(r.syt))
	tax := r.person("Thuế", focalOf(r.thue))
	chief := r.person("Trưởng", tasks.Grant{Role: tasks.RoleHead, AgencyID: r.stc})
	_, a := r.issue("1/CT",
		parts(true, []int64{r.syt}, r.snv, r.stc),   // 0: joint leads and the third
		parts(false, nil, r.snv),                    // 1: done
		parts(false, []int64{r.thue}, r.snv),        // 2: a later deadline is asked for
		parts(false, []int64{r.snv}, r.stc),         // 3: a part of one that leads afterwards
		parts(false, []int64{r.snv, r.syt}, r.thue), // 4: two parts that become one
		parts(false, nil, r.snv),                    // 5: waits for confirmation
		parts(false, nil, r.stc),                    // 6: rests
		parts(false, nil, r.snv, r.stc, r.thue),     // 7, 8, 9: the same duty, each for itself
		parts(false, nil, r.stc),                    // 10: waits for the head
		parts(false, nil, r.snv),                    // 11: wants to give it to one that it becomes
		parts(false, nil, r.syt),                    // 12: wants to give it to another
		parts(false, nil, r.thue),                   // 13: somebody else's
		parts(false, nil, r.syt),                    // 14: a leader's word
	)
	id := func(i int) int64 { return a[i].ID }
	r.report(r.focal, id(0), tasks.ReportProgress, 40)
	r.report(r.focal, id(1), tasks.ReportSubmission, 100)
	check(t, r.assignments.Confirm(ctx, r.secretariat, id(1), 0))
	r.ask(r.focal, id(2), "2026-11-20")
	until := date("2026-10-20")
	check(t, r.assignments.AskContributions(ctx, r.other, id(3), tasks.ContributionRequest{Agencies: []int64{r.snv}, Words: "Gửi số liệu", Due: until}))
	check(t, r.assignments.AskContributions(ctx, tax, id(4), tasks.ContributionRequest{Agencies: []int64{r.snv, r.syt}, Words: "Gửi số liệu", Due: until}))
	r.report(r.focal, id(5), tasks.ReportSubmission, 100)
	check(t, r.assignments.Hold(ctx, r.secretariat, id(6), tasks.PauseInput{Reason: "Chờ", Authority: "Chủ tịch UBND tỉnh"}))
	r.report(r.other, id(8), tasks.ReportProgress, 60)
	check(t, r.directory.SetApproval(ctx, r.secretariat, r.stc, true))
	r.report(r.other, id(10), tasks.ReportSubmission, 100)
	check(t, r.assignments.Decline(ctx, r.focal, id(11), tasks.DeclineInput{Proposed: r.stc, Reason: "Thuộc ngành tài chính"}))
	check(t, r.assignments.Decline(ctx, health, id(12), tasks.DeclineInput{Proposed: r.thue, Reason: "Thuộc ngành thuế"}))
	r.say(r.leader, id(14), tasks.RemarkInput{Kind: tasks.RemarkExplain, Words: "Vì sao chậm?", Due: date("2026-10-20")})
	draft := r.draft("2/CT", r.duty(func(in *tasks.DraftInput) {
		in.Leads, in.Cooperating = []tasks.Party{{AgencyID: r.snv, Written: "Sở Nội vụ"}, {AgencyID: r.stc}}, leads(r.syt, r.thue)
	}))
	asked := must(r.documents.OpenConsultation(ctx, r.secretariat, draft, tasks.ConsultationInput{
		Title: "Góp ý", Due: date("2026-12-01"), Agencies: []int64{r.snv, r.stc, r.thue},
	}))(t)
	check(t, r.directory.AddAlias(ctx, r.secretariat, tasks.Alias{Name: "Sở NV", AgencyID: r.snv}))
	check(t, r.directory.SetMailbox(ctx, r.secretariat, tasks.Mailbox{AgencyID: r.snv, Address: "vanthu@snv.example", Issued: true}))

	// Prepared, and left alone as long as its day has not come.
	in := tasks.ChangeInput{
		Kind: tasks.ChangeMerge, Day: date("2026-10-12"), Document: "1654/NQ", Reason: "Sắp xếp tổ chức",
		Predecessors: []int64{r.snv, r.stc, r.syt}, Founded: []tasks.SuccessorAgency{{Code: "SM", Name: "Sở Mới", ShortName: "SM"}},
	}
	change := must(r.changes().Prepare(ctx, r.secretariat, in))(t)
	v := r.coming(change)
	want := tasks.ChangeCounts{
		Led: 11, Cooperating: 1, Submitted: 1, Held: 1, Folded: 1, Drafts: 1, Consultations: 2, Groups: 1, Names: 4, People: 6, Mailboxes: 1, Stay: 1,
		WaitingCounts: tasks.WaitingCounts{Extensions: 1, Declines: 2, AtHead: 1, Contributions: 3, Remarks: 1},
	}
	if v.Counts != want || v.Total != 12 || len(v.Rows) != 12 {
		t.Errorf("preview %+v (%d rows of %d)\nwant    %+v", v.Counts, len(v.Rows), v.Total, want)
	}
	check(t, r.changes().Choose(ctx, r.secretariat, change, tasks.ChangeChoice{People: map[int64]int{r.both.ID: -1}, Fold: true, Version: v.Change.Version}))
	want.People--
	refused(t, r.changes().Confirm(ctx, r.secretariat, change, v.Change.Version), tasks.CodeConflict, "")
	check(t, r.changes().Confirm(ctx, r.secretariat, change, v.Change.Version+1))
	if n := r.carry("2026-10-11 23:59"); n != 0 || r.assignment(id(0)).Assignment.LedBy(r.snv) == false {
		t.Fatalf("carried out %d before its day", n)
	}
	told := len(r.notices(tasks.NoticeEvent))

	// Several instances at once: one of them does it.
	r.at("2026-10-12 00:00")
	var wait sync.WaitGroup
	done := make([]int, 4)
	for i := range done {
		wait.Go(func() { done[i] = must(r.changes().CarryOut(ctx))(t) })
	}
	wait.Wait()
	slices.Sort(done)
	if !slices.Equal(done, []int{0, 0, 0, 1}) {
		t.Fatalf("carried out %v", done)
	}
	if v := r.coming(change); v.Change.State != tasks.ChangeApplied || v.Counts != want {
		t.Errorf("applied %+v\nwant    %+v", v.Counts, want)
	}
	sm := r.called("SM")
	if sm.From != "2026-10-12" || sm.Kind != directory.KindDepartment {
		t.Errorf("founded %+v", sm)
	}
	names := must(r.directory.Names(ctx))(t)
	for _, old := range []int64{r.snv, r.stc, r.syt} {
		if o := names[old]; o.To != "2026-10-11" || o.SuccessorID != sm.ID || o.Name == sm.Name {
			t.Errorf("predecessor %+v", o)
		}
		if trail := r.trail(tasks.Subject{Kind: tasks.SubjectAgency, ID: old}); !slices.Contains(trail, "agency.merge") {
			t.Errorf("trail of a predecessor %v", trail)
		}
	}

	// Who has which part now, and where it stands.
	for i, want := range map[int]struct {
		state       tasks.State
		leads, with []int64
	}{
		0: {tasks.StateInProgress, []int64{sm.ID}, nil}, 1: {tasks.StateCompleted, []int64{r.snv}, nil},
		2: {tasks.StateAssigned, []int64{sm.ID}, []int64{r.thue}}, 3: {tasks.StateAssigned, []int64{sm.ID}, nil},
		4: {tasks.StateAssigned, []int64{r.thue}, []int64{sm.ID}}, 5: {tasks.StateSubmitted, []int64{sm.ID}, nil},
		6: {tasks.StateOnHold, []int64{sm.ID}, nil}, 7: {tasks.StateCancelled, []int64{r.snv}, nil},
		8: {tasks.StateInProgress, []int64{sm.ID}, nil}, 9: {tasks.StateAssigned, []int64{r.thue}, nil},
		10: {tasks.StateAssigned, []int64{sm.ID}, nil}, 11: {tasks.StateAssigned, []int64{sm.ID}, nil},
		12: {tasks.StateAssigned, []int64{sm.ID}, nil}, 13: {tasks.StateAssigned, []int64{r.thue}, nil}, 14: {tasks.StateAssigned, []int64{sm.ID}, nil},
	} {
		got := r.assignment(id(i)).Assignment
		if got.State != want.state || !slices.Equal(got.Leads, want.leads) || !slices.Equal(got.Cooperating, want.with) {
			t.Errorf("duty %d is %s, led by %v with %v, want %+v", i, got.State, got.Leads, got.Cooperating, want)
		}
		if got.FirstDue != a[i].FirstDue || got.Due != a[i].Due {
			t.Errorf("duty %d: its deadline moved to %v", i, got.Due)
		}
	}
	if v := r.assignment(id(0)); v.Assignment.Percent != 40 || v.Reports[0].AgencyID != r.snv {
		t.Errorf("work and its reports: %+v", v.Reports)
	}
	if former := r.life(r.secretariat, id(0)).Former; len(former) != 2 || former[0].Until != date("2026-10-12") {
		t.Errorf("former leads %+v", former)
	}

	// What waited.
	if x := r.deadline(id(2)).Extensions[0]; x.Outcome != "" || x.AgencyID != sm.ID {
		t.Errorf("extension %+v", x)
	}
	states := func(i int) map[int64][]tasks.ContributionState {
		out := make(map[int64][]tasks.ContributionState)
		for _, c := range r.contributions(r.secretariat, id(i)).Lines {
			out[c.AgencyID] = append(out[c.AgencyID], c.State)
		}
		return out
	}
	if got := states(3); !maps.EqualFunc(got, map[int64][]tasks.ContributionState{r.snv: {tasks.ContributionNotNeeded}}, slices.Equal) {
		t.Errorf("part of one that leads now: %v", got)
	}
	if got := states(4); !slices.Equal(got[sm.ID], []tasks.ContributionState{tasks.ContributionAsked}) || !slices.Equal(got[r.syt], []tasks.ContributionState{tasks.ContributionNotNeeded}) {
		t.Errorf("two parts that became one: %v", got)
	}
	list := r.life(r.secretariat, id(11)).Declines
	if list[0].Outcome != tasks.DeclineLapsed {
		t.Errorf("request for one that it became: %+v", list[0])
	}
	list = r.life(r.secretariat, id(12)).Declines
	if list[0].Outcome != "" || list[0].AgencyID != sm.ID || list[0].ProposedID != r.thue {
		t.Errorf("request for another: %+v", list[0])
	}
	who := func(p tasks.Person) tasks.Person { return must(r.accounts.Person(ctx, r.admin, p.ID))(t) }
	check(t, r.assignments.Approve(ctx, who(chief), id(10), 0))
	if got := r.assignment(id(10)).Assignment; got.State != tasks.StateSubmitted {
		t.Errorf("approved by the head of the one that took over: %s", got.State)
	}
	word := r.remarks(who(health), id(14)).Lines[0]
	check(t, r.assignments.AnswerRemark(ctx, who(health), id(14), word.ID, tasks.RemarkAnswerInput{Words: "Vì chờ số liệu"}))
	check(t, r.assignments.WithdrawExtension(ctx, who(r.focal), id(2), 0))

	// People, names, groups, drafts, the opinion.
	if p := who(r.both); slices.ContainsFunc(p.Grants, func(g tasks.Grant) bool { return g.AgencyID == sm.ID }) {
		t.Errorf("who was not to go over: %+v", p.Grants)
	}
	if got := must(r.assignments.Get(ctx, who(r.focal), id(1)))(t); got.Assignment.ID == 0 {
		t.Error("what is filed under the old name cannot be read")
	}
	e := must(r.directory.All(ctx, r.secretariat))(t)
	found := directory.New(e.Agencies, e.Groups, e.Aliases)
	for written, day := range map[string]string{"Sở NV": "2026-10-11", "Sở Nội vụ": "2026-10-11"} {
		if p := found.Resolve(written, day); p[0].AgencyID != r.snv {
			t.Errorf("%s on %s: %+v", written, day, p)
		}
		if p := found.Resolve(written, "2026-10-12"); p[0].AgencyID != sm.ID {
			t.Errorf("%s afterwards: %+v", written, p)
		}
	}
	group := e.Groups[slices.IndexFunc(e.Groups, func(g tasks.Group) bool { return g.ID == r.departments })]
	if before, after := group.MembersOn("2026-10-11"), group.MembersOn("2026-10-12"); !slices.Equal(before, []int64{r.snv, r.stc}) || !slices.Equal(after, []int64{sm.ID}) {
		t.Errorf("members before %v, after %v", before, after)
	}
	d := r.drafts(draft)[0]
	if len(d.Leads) != 1 || d.Leads[0].AgencyID != sm.ID || d.Leads[0].Written != "Sở Nội vụ" || len(d.Cooperating) != 1 || d.Cooperating[0].AgencyID != r.thue {
		t.Errorf("draft: %+v with %+v", d.Leads, d.Cooperating)
	}
	var answering []int64
	for _, x := range r.office(asked).Answers {
		answering = append(answering, x.AgencyID)
	}
	slices.Sort(answering)
	if !slices.Equal(answering, []int64{r.thue, sm.ID}) {
		t.Errorf("asked for an opinion: %v", answering)
	}
	if _, m, err := r.directory.Mailbox(ctx, r.secretariat, sm.ID); err != nil || m.Address != "vanthu@snv.example" || !m.Issued {
		t.Errorf("mailbox %+v, %v", m, err)
	}

	// Those that took over are told, those that are no more are not.
	for _, n := range r.notices(tasks.NoticeEvent)[told:] {
		if n.AgencyID == r.snv || n.AgencyID == r.stc || n.AgencyID == r.syt {
			t.Errorf("one that is no more is told: %+v", n)
		}
	}
	if got := r.eventsTo(tasks.EventInherited, id(0)); !slices.Equal(got, []int64{sm.ID}) {
		t.Errorf("told of what it took over: %v", got)
	}
	if got := r.eventsTo(tasks.EventPartners, id(2)); !slices.Equal(got, []int64{r.thue}) {
		t.Errorf("told who its partner is: %v", got)
	}

	// What comes back later goes over too, and a second run moves nothing.
	check(t, r.assignments.Reopen(ctx, r.secretariat, id(1), 0, "Số liệu sai"))
	r.carry("2026-10-13 00:00")
	if got := r.assignment(id(1)).Assignment; !slices.Equal(got.Leads, []int64{sm.ID}) || got.State != tasks.StateReturned {
		t.Errorf("reopened: %+v", got)
	}
	version := r.assignment(id(0)).Assignment.Version
	r.carry("2026-10-14 00:00")
	if r.assignment(id(0)).Assignment.Version != version {
		t.Error("moved twice")
	}
}

// A split gives what was chosen to whom it was chosen, and all else to the first.
func TestAnAgencyIsSplit(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	_, a := r.issue("1/CT", r.duty(), r.duty(), r.duty(func(in *tasks.DraftInput) { in.Leads, in.Cooperating = leads(r.stc), leads(r.snv) }))
	in := tasks.ChangeInput{
		Kind: tasks.ChangeSplit, Day: date("2026-10-05"), Document: "12/NQ", Predecessors: []int64{r.snv}, Successors: []int64{r.thue},
		Founded: []tasks.SuccessorAgency{{Code: "SHAI", Name: "Sở Hai"}},
	}
	id := must(r.changes().Prepare(ctx, r.secretariat, in))(t)
	check(t, r.changes().Choose(ctx, r.secretariat, id, tasks.ChangeChoice{
		Assignments: map[int64]int{a[1].ID: 1}, People: map[int64]int{r.focal.ID: 1},
	}))
	if v := r.coming(id); v.Rows[0].Place != 0 || v.Rows[1].Place != 1 || v.Change.Chosen(r.focal.ID) != 1 || v.Change.Chosen(r.head.ID) != 0 {
		t.Errorf("choices %+v", v.Rows)
	}
	check(t, r.changes().Confirm(ctx, r.secretariat, id, 0)) // its day is today
	two := r.called("SHAI")
	for i, want := range [][]int64{{r.thue}, {two.ID}, {r.stc}} {
		if got := r.assignment(a[i].ID).Assignment.Leads; !slices.Equal(got, want) {
			t.Errorf("duty %d is led by %v, want %v", i, got, want)
		}
	}
	if got := r.assignment(a[2].ID).Assignment.Cooperating; !slices.Equal(got, []int64{r.thue}) {
		t.Errorf("cooperating: %v", got)
	}
	for p, agency := range map[int64]int64{r.focal.ID: two.ID, r.head.ID: r.thue} {
		person := must(r.accounts.Person(ctx, r.admin, p))(t)
		if !slices.Contains(person.AgencyIDs(tasks.RoleFocal, tasks.RoleHead), agency) {
			t.Errorf("%s: %+v", person.Name, person.Grants)
		}
	}
	refused(t, r.changes().Drop(ctx, r.secretariat, id, 0), tasks.CodeConflict, "agency_change.over")
}

func TestChangesThatMakeNoSense(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	gone := r.agency("CU", "Sở Cũ", directory.KindDepartment)
	old := r.called("CU")
	old.To = "2026-01-31"
	must(r.directory.SaveAgency(ctx, tasks.System, old))(t)
	r.change(tasks.ChangeInput{Kind: tasks.ChangeRename, Day: date("2027-01-01"), Predecessors: []int64{r.syt}, Founded: founded("Sở Sức khoẻ")})
	day := date("2026-11-02")
	for name, test := range map[string]struct {
		in  tasks.ChangeInput
		key string
	}{
		"nothing":                 {tasks.ChangeInput{Kind: tasks.ChangeMerge, Day: day}, "field.required"},
		"no day":                  {tasks.ChangeInput{Kind: tasks.ChangeRename, Predecessors: []int64{r.snv}, Founded: founded("Sở Mới")}, "field.required"},
		"another century":         {tasks.ChangeInput{Kind: tasks.ChangeRename, Day: date("2126-11-02"), Predecessors: []int64{r.snv}, Founded: founded("Sở Mới")}, "agency_change.far"},
		"one merged into a new":   {tasks.ChangeInput{Kind: tasks.ChangeMerge, Day: day, Predecessors: []int64{r.snv}, Founded: founded("Sở Mới")}, "agency_change.merge_several"},
		"merged into two":         {tasks.ChangeInput{Kind: tasks.ChangeMerge, Day: day, Predecessors: []int64{r.snv}, Successors: []int64{r.stc, r.thue}}, "agency_change.merge_one"},
		"split into one":          {tasks.ChangeInput{Kind: tasks.ChangeSplit, Day: day, Predecessors: []int64{r.snv}, Founded: founded("Sở Mới")}, "agency_change.split_several"},
		"renamed to one there is": {tasks.ChangeInput{Kind: tasks.ChangeRename, Day: day, Predecessors: []int64{r.snv}, Successors: []int64{r.stc}}, "agency_change.rename_new"},
		"ended long ago":          {tasks.ChangeInput{Kind: tasks.ChangeMerge, Day: day, Predecessors: []int64{gone}, Successors: []int64{r.stc}}, "agency_change.not_before"},
		"into one that has ended": {tasks.ChangeInput{Kind: tasks.ChangeMerge, Day: day, Predecessors: []int64{r.snv}, Successors: []int64{gone}}, "agency_change.not_then"},
		"a code that is taken":    {tasks.ChangeInput{Kind: tasks.ChangeRename, Day: day, Predecessors: []int64{r.snv}, Founded: []tasks.SuccessorAgency{{Code: "stc", Name: "Sở Mới"}}}, "directory.code_taken"},
		"a name that is taken":    {tasks.ChangeInput{Kind: tasks.ChangeRename, Day: day, Predecessors: []int64{r.snv}, Founded: founded("Sở Tài chính")}, "directory.name_taken"},
		"twice":                   {tasks.ChangeInput{Kind: tasks.ChangeRename, Day: day, Predecessors: []int64{r.syt}, Founded: founded("Sở Mới")}, "agency_change.planned_already"},
	} {
		test.in.Document = "1/NQ"
		_, err := r.changes().Prepare(ctx, r.secretariat, test.in)
		if refused(t, err, tasks.CodeInvalid, test.key); t.Failed() {
			t.Fatal(name)
		}
	}
	// Nobody ends who is to take over: those for whom it does would be left with nobody.
	r.change(tasks.ChangeInput{Kind: tasks.ChangeMerge, Day: day, Predecessors: []int64{r.snv}, Successors: []int64{r.stc}})
	ends := tasks.ChangeInput{Kind: tasks.ChangeRename, Document: "2/NQ", Predecessors: []int64{r.stc}, Founded: founded("Sở Mới")}
	for _, ends.Day = range []calendar.Date{day.AddDays(-1), day} {
		_, err := r.changes().Prepare(ctx, r.secretariat, ends)
		refused(t, err, tasks.CodeInvalid, "agency_change.planned_already")
	}
	ends.Day = day.AddDays(1)
	must(r.changes().Prepare(ctx, r.secretariat, ends))(t)
	for _, who := range []tasks.Person{r.leader, r.admin, r.focal, r.head} {
		_, err := r.changes().Prepare(ctx, who, tasks.ChangeInput{})
		refused(t, err, tasks.CodeForbidden, "")
	}
}

// An agency that the directory lets end with a successor leaves nothing behind either.
func TestAnAgencyEndedByHand(t *testing.T) {
	r := newRig(t)
	_, a := r.issue("1/CT", r.duty())
	old := r.called("SNV")
	old.To, old.SuccessorID = "2026-10-10", r.stc
	must(r.directory.SaveAgency(t.Context(), r.secretariat, old))(t)
	r.carry("2026-10-10 00:00")
	if got := r.assignment(a[0].ID).Assignment.Leads; !slices.Equal(got, []int64{r.snv}) {
		t.Errorf("on its last day: %v", got)
	}
	r.carry("2026-10-11 00:00")
	if got := r.assignment(a[0].ID).Assignment.Leads; !slices.Equal(got, []int64{r.stc}) {
		t.Errorf("afterwards: %v", got)
	}
}
