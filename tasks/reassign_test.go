package tasks_test

import (
	"slices"
	"testing"

	"tiendo/tasks"
)

// giving is a decision of the chairman to give a duty to the agencies.
func giving(leads ...int64) tasks.ReassignInput {
	return tasks.ReassignInput{Leads: leads, Reason: "Đúng chức năng", Document: "15/TB-VP", Authority: "Chủ tịch UBND tỉnh"}
}

func TestALeadAsksForAnotherAndGetsOne(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.shared("1/CT") // snv leads, stc cooperates
	r.report(r.focal, a.ID, tasks.ReportProgress, 30)
	r.ask(r.focal, a.ID, "2026-11-20")
	check(t, r.assignments.Decline(ctx, r.focal, a.ID, tasks.DeclineInput{Proposed: r.syt, Reason: "Thuộc ngành y tế", Document: "88/SNV"}))
	v := r.life(r.head, a.ID)
	d, waits := v.Waiting()
	if !waits || d.AgencyID != r.snv || d.ProposedID != r.syt || v.MayDecline || !v.MayWithdraw || v.MayReassign {
		t.Fatalf("%+v: waits %v %+v", v, waits, d)
	}
	if v.Assignment.State != tasks.StateInProgress || v.Assignment.Due != a.Due {
		t.Errorf("asking changed %+v", v.Assignment)
	}
	list, more, err := r.assignments.WaitingDeclines(ctx, r.secretariat, 0, 5)
	check(t, err)
	if len(list) != 1 || more || list[0].ID != d.ID || list[0].Row.Text == "" {
		t.Fatalf("waiting: %+v", list)
	}

	r.at("2026-10-19 09:00")
	in := giving(r.syt)
	in.Cooperating, in.Due = []int64{r.stc, r.snv}, date("2026-12-15")
	check(t, r.assignments.Reassign(ctx, r.secretariat, a.ID, in))
	v = r.life(r.secretariat, a.ID)
	b := v.Assignment
	if !slices.Equal(b.Leads, []int64{r.syt}) || !slices.Equal(b.Cooperating, []int64{r.stc, r.snv}) || b.State != tasks.StateAssigned || b.Percent != 0 ||
		b.Due != date("2026-12-15") || b.FirstDue != date("2026-10-30") || b.DueVersion != 2 {
		t.Errorf("reassigned: %+v", b)
	}
	if d := v.Declines[0]; d.Outcome != tasks.DeclineReassigned || d.DecidedBy != r.secretariat.ID || d.Answer != "Đúng chức năng" {
		t.Errorf("request: %+v", d)
	}
	if l := v.Former; len(l) != 1 || l[0].AgencyID != r.snv || l[0].Since != date("2026-10-05") || l[0].Until != date("2026-10-19") {
		t.Errorf("former leads %+v", l)
	}
	page := r.assignment(a.ID)
	if len(page.Reports) != 1 || page.Reports[0].AgencyID != r.snv {
		t.Errorf("reports %+v", page.Reports)
	}
	if x := page.Extensions[1]; x.Outcome != tasks.ExtensionLapsed {
		t.Errorf("the old lead's request for a later deadline: %+v", x)
	}
	if got, want := r.toldEvents(), []string{"given snv", "given syt", "partners stc"}; !slices.Equal(got, want) {
		t.Errorf("told %v, want %v", got, want)
	}

	// A second change, this time without a request: snv has no part any more.
	r.at("2026-11-02 09:00")
	check(t, r.assignments.Reassign(ctx, r.secretariat, a.ID, giving(r.stc)))
	if _, err := r.assignments.Get(ctx, r.focal, a.ID); tasks.CodeOf(err) != tasks.CodeNotFound {
		t.Errorf("who has no part in it any more reads it: %v", err)
	}
	check(t, r.assignments.Report(ctx, r.other, a.ID, tasks.ReportInput{Kind: tasks.ReportProgress, Percent: 20, Text: "Đã bắt đầu"}))
	v = r.life(r.secretariat, a.ID)
	if l := v.Former; len(l) != 2 || l[1].AgencyID != r.syt || l[1].Since != date("2026-10-19") || l[1].Until != date("2026-11-02") {
		t.Errorf("former leads %+v", l)
	}
	for agency, want := range map[int64]int{r.snv: 0, r.syt: 0, r.stc: 1} {
		if f := must(r.assignments.Figures(ctx, r.secretariat, agency))(t); f.All != want || f.InProgress != want {
			t.Errorf("figures of agency %d: %+v", agency, f)
		}
		q := tasks.AssignmentQuery{AgencyID: agency, Part: tasks.PartLead, States: []tasks.State{tasks.StateInProgress}, DueTo: date("2026-12-31")}
		if page := must(r.assignments.List(ctx, r.secretariat, q))(t); page.Total != want {
			t.Errorf("list of agency %d: %d", agency, page.Total)
		}
	}
}

func TestTheSecretariatInsists(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.shared("1/CT")
	ask := func(who tasks.Person) error {
		return r.assignments.Decline(ctx, who, a.ID, tasks.DeclineInput{Reason: "Không thuộc chức năng"})
	}
	check(t, ask(r.focal))
	refused(t, ask(r.head), tasks.CodeConflict, "decline.one_waits")
	check(t, r.assignments.WithdrawDecline(ctx, r.head, a.ID, 0))
	refused(t, r.assignments.WithdrawDecline(ctx, r.head, a.ID, 0), tasks.CodeConflict, "decline.none_waits")
	check(t, ask(r.head))
	refused(t, r.assignments.Insist(ctx, r.secretariat, a.ID, tasks.PauseInput{}), tasks.CodeInvalid, "field.required")
	check(t, r.assignments.Insist(ctx, r.secretariat, a.ID, tasks.PauseInput{Reason: "Đúng Quy chế làm việc", Authority: "Chủ tịch UBND tỉnh"}))
	v := r.life(r.secretariat, a.ID)
	if d := v.Declines[0]; d.Outcome != tasks.DeclineInsisted || d.Answer != "Đúng Quy chế làm việc" || !v.Assignment.LedBy(r.snv) {
		t.Errorf("%+v %+v", d, v.Assignment)
	}
	if got := r.toldEvents(); !slices.Equal(got, []string{"decline_refused snv"}) {
		t.Errorf("told %v", got)
	}
	check(t, ask(r.focal)) // he may ask again
	want := []string{"assignment.assigned", "assignment.decline", "assignment.decline_withdraw", "assignment.decline", "assignment.insist", "assignment.decline"}
	if got := r.trail(assignmentSubject(a.ID)); !slices.Equal(got, want) {
		t.Errorf("trail %v", got)
	}
}

func TestReassigningIsRefused(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a, sent, own := r.shared("1/CT"), r.shared("2/CT"), r.shared("3/CT")
	r.report(r.focal, sent.ID, tasks.ReportSubmission, 100)
	check(t, r.assignments.Decline(ctx, r.both, own.ID, tasks.DeclineInput{Reason: "Không thuộc chức năng"}))
	nobody, same, stale, noWord, earlier := giving(), giving(r.snv), giving(r.syt), giving(r.syt), giving(r.syt)
	same.Cooperating = []int64{r.stc}
	stale.Version, noWord.Authority, earlier.Due = 99, "", date("2026-10-20")
	decline := func(who tasks.Person, id int64, in tasks.DeclineInput) error {
		return r.assignments.Decline(ctx, who, id, in)
	}
	for name, c := range map[string]struct {
		err  error
		code tasks.Code
		key  string
	}{
		"by the lead":       {r.assignments.Reassign(ctx, r.focal, a.ID, giving(r.syt)), tasks.CodeForbidden, "error.forbidden"},
		"no part":           {r.assignments.Reassign(ctx, r.admin, a.ID, giving(r.syt)), tasks.CodeNotFound, ""},
		"nobody leads":      {r.assignments.Reassign(ctx, r.secretariat, a.ID, nobody), tasks.CodeInvalid, "field.required"},
		"no change":         {r.assignments.Reassign(ctx, r.secretariat, a.ID, same), tasks.CodeInvalid, "reassign.same"},
		"no such agency":    {r.assignments.Reassign(ctx, r.secretariat, a.ID, giving(9999)), tasks.CodeInvalid, "reassign.gone"},
		"whose word":        {r.assignments.Reassign(ctx, r.secretariat, a.ID, noWord), tasks.CodeInvalid, "pause.authority_required"},
		"an earlier day":    {r.assignments.Reassign(ctx, r.secretariat, a.ID, earlier), tasks.CodeInvalid, "extension.not_later"},
		"another version":   {r.assignments.Reassign(ctx, r.secretariat, a.ID, stale), tasks.CodeConflict, "error.conflict"},
		"submitted":         {r.assignments.Reassign(ctx, r.secretariat, sent.ID, giving(r.syt)), tasks.CodeConflict, "assignment.step_not_allowed"},
		"his own request":   {r.assignments.Reassign(ctx, r.both, own.ID, giving(r.syt)), tasks.CodeForbidden, "pause.own"},
		"his own, insisted": {r.assignments.Insist(ctx, r.both, own.ID, why("Không")), tasks.CodeForbidden, "pause.own"},
		"cooperating asks":  {decline(r.other, a.ID, tasks.DeclineInput{Reason: "x"}), tasks.CodeForbidden, "error.forbidden"},
		"office asks":       {decline(r.secretariat, a.ID, tasks.DeclineInput{Reason: "x"}), tasks.CodeForbidden, "error.forbidden"},
		"asks for itself":   {decline(r.focal, a.ID, tasks.DeclineInput{Reason: "x", Proposed: r.snv}), tasks.CodeInvalid, "decline.leads_already"},
		"asks for none":     {decline(r.focal, a.ID, tasks.DeclineInput{Reason: "x", Proposed: 9999}), tasks.CodeInvalid, "reassign.gone"},
		"without a reason":  {decline(r.focal, a.ID, tasks.DeclineInput{}), tasks.CodeInvalid, "field.required"},
		"asks too late":     {decline(r.focal, sent.ID, tasks.DeclineInput{Reason: "x"}), tasks.CodeConflict, "assignment.step_not_allowed"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, c.err, c.code, c.key) })
	}
	if _, _, err := r.assignments.WaitingDeclines(ctx, r.focal, 0, 5); tasks.CodeOf(err) != tasks.CodeForbidden {
		t.Errorf("the lead is asked: %v", err)
	}
	if v := r.life(r.secretariat, a.ID); !v.Assignment.LedBy(r.snv) || len(v.Reassignments) != 0 || len(v.Former) != 0 {
		t.Errorf("a refused step changed %+v", v)
	}
	check(t, r.assignments.Reassign(ctx, r.colleague, own.ID, giving(r.syt)))
}

// Of a duty that each of several agencies has for itself, none gets a second one.
func TestNobodyHasADutyTwice(t *testing.T) {
	r := newRig(t)
	a := r.forMany("1/CT")
	refused(t, r.assignments.Reassign(t.Context(), r.secretariat, a[0].ID, giving(r.stc)), tasks.CodeInvalid, "duty.has_it")
	check(t, r.assignments.Cancel(t.Context(), r.secretariat, a[1].ID, tasks.PauseInput{Reason: "Không còn thuộc phạm vi", Authority: "Chủ tịch"}))
	check(t, r.assignments.Reassign(t.Context(), r.secretariat, a[0].ID, giving(r.stc)))
	// What was taken back is not restored to an agency that has been given the duty again meanwhile.
	refused(t, r.assignments.Restore(t.Context(), r.secretariat, a[1].ID, tasks.PauseInput{Reason: "Vẫn thuộc phạm vi"}), tasks.CodeConflict, "duty.has_it")
	check(t, r.assignments.Reassign(t.Context(), r.secretariat, a[0].ID, giving(r.snv)))
	check(t, r.assignments.Restore(t.Context(), r.secretariat, a[1].ID, tasks.PauseInput{Reason: "Vẫn thuộc phạm vi"}))
}

// Leads that do not share a duty get one each; those that do share it.
func TestSeveralNewLeads(t *testing.T) {
	for name, joint := range map[string]bool{"each its own": false, "joint": true} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			ctx := t.Context()
			document, issued := r.issue("1/CT", r.duty())
			in := giving(r.stc, r.syt)
			in.Joint = joint
			check(t, r.assignments.Reassign(ctx, r.secretariat, issued[0].ID, in))
			got := must(r.documents.Get(ctx, r.secretariat, document))(t).Assignments
			want := [][]int64{{r.stc}, {r.syt}}
			if joint {
				want = [][]int64{{r.stc, r.syt}}
			}
			if len(got) != len(want) {
				t.Fatalf("%d assignments", len(got))
			}
			for i, a := range got {
				if !slices.Equal(a.Leads, want[i]) || a.Due != issued[0].Due || a.FirstDue != issued[0].FirstDue || a.TaskID != issued[0].TaskID {
					t.Errorf("assignment %d: %+v", i, a)
				}
			}
			if got := r.toldEvents(); !slices.Equal(got, []string{"given stc", "given syt", "taken_away snv"}) {
				t.Errorf("told %v", got)
			}
			if f := r.figures(); f.All != len(want) {
				t.Errorf("figures %+v", f)
			}
		})
	}
}
