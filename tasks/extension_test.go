package tasks_test

import (
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

// shared is a duty that snv leads and stc helps with, due on 30 October.
func (r *rig) shared(number string) tasks.Assignment {
	r.t.Helper()
	_, issued := r.issue(number, r.duty(func(in *tasks.DraftInput) { in.Cooperating = leads(r.stc) }))
	return issued[0]
}

func (r *rig) ask(who tasks.Person, id int64, due string) {
	r.t.Helper()
	check(r.t, r.assignments.AskExtension(r.t.Context(), who, id, tasks.ExtensionInput{Due: date(due), Reason: "Chờ ý kiến bộ", Document: "214/SNV"}))
}

func (r *rig) deadline(id int64) tasks.DeadlineView {
	r.t.Helper()
	return must(r.assignments.Deadline(r.t.Context(), tasks.System, id))(r.t)
}

// toldEvents lists what events tell agencies of: "event agency", each agency by its code.
func (r *rig) toldEvents() []string {
	r.t.Helper()
	names := map[int64]string{r.snv: "snv", r.stc: "stc", r.syt: "syt"}
	var out []string
	for _, n := range r.notices(tasks.NoticeEvent) {
		out = append(out, n.Event+" "+names[n.AgencyID])
	}
	slices.Sort(out)
	return out
}

func TestAnExtensionIsAskedGrantedAndRefused(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.shared("1/CT")
	r.at("2026-10-12 08:00")
	r.ask(r.focal, a.ID, "2026-11-20")
	v := r.deadline(a.ID)
	x, waits := v.Waiting()
	if !waits || x.Asked != date("2026-11-20") || x.Was != date("2026-10-30") || x.AgencyID != r.snv || x.PersonID != r.focal.ID || x.Reason != "Chờ ý kiến bộ" ||
		x.Document != "214/SNV" || v.Assignment.Due != date("2026-10-30") || v.Assignment.DueVersion != 1 || v.Assignment.Version != a.Version+1 {
		t.Fatalf("asked: %+v of %+v", x, v.Assignment)
	}
	if got := r.toldEvents(); len(got) != 0 {
		t.Errorf("told of a request: %v", got)
	}
	// The clock runs on.
	r.at("2026-11-02 08:00")
	if got := r.assignment(a.ID).Timeliness; got != tasks.Overdue {
		t.Errorf("a request stops the clock: %s", got)
	}
	check(t, r.assignments.DecideExtension(ctx, r.secretariat, a.ID, tasks.ExtensionDecision{
		Grant: true, Due: date("2026-11-15"), Authority: "Chủ tịch UBND tỉnh", Document: "55/UBND-TH",
	}))
	v = r.deadline(a.ID)
	got := v.Assignment
	if got.Due != date("2026-11-15") || got.FirstDue != date("2026-10-30") || got.First() != date("2026-10-30") || got.DueVersion != 2 ||
		got.DueSetOn != date("2026-11-02") || got.State != tasks.StateAssigned {
		t.Errorf("granted: %+v", got)
	}
	x = v.Extensions[0]
	if x.Outcome != tasks.ExtensionGranted || x.Granted != date("2026-11-15") || x.Authority != "Chủ tịch UBND tỉnh" || x.Decision != "55/UBND-TH" ||
		x.DecidedBy != r.secretariat.ID || !x.DecidedAt.Equal(r.business.at) {
		t.Errorf("decision %+v", x)
	}
	if got, want := r.toldEvents(), []string{"extension_granted snv", "extension_granted stc"}; !slices.Equal(got, want) {
		t.Errorf("told %v, want %v", got, want)
	}
	e := r.assignment(a.ID).Trail[0]
	for _, part := range []string{`"due":"2026-11-15"`, `"due_version":2`, `"first_due":"2026-10-30"`, `"authority":"Chủ tịch UBND tỉnh"`, `"document":"55/UBND-TH"`} {
		if e.Action != "assignment.extension_granted" || !strings.Contains(e.After, part) || !strings.Contains(e.Before, `"due":"2026-10-30"`) {
			t.Errorf("audit row %+v lacks %s", e, part)
		}
	}
	page := must(r.assignments.List(ctx, r.secretariat, tasks.AssignmentQuery{}))(t)
	if page.Rows[0].Extended != 1 {
		t.Errorf("the list counts %d extensions", page.Rows[0].Extended)
	}

	// A second one, refused by a leader; then withdrawn.
	r.ask(r.head, a.ID, "2026-12-01")
	refused(t, r.assignments.DecideExtension(ctx, r.leader, a.ID, tasks.ExtensionDecision{}), tasks.CodeInvalid, "field.required")
	check(t, r.assignments.DecideExtension(ctx, r.leader, a.ID, tasks.ExtensionDecision{Due: date("2026-12-01"), Answer: "Đã gia hạn một lần"}))
	v = r.deadline(a.ID)
	if x := v.Extensions[0]; x.Outcome != tasks.ExtensionRefused || !x.Granted.IsZero() || x.Answer != "Đã gia hạn một lần" || v.Assignment.DueVersion != 2 {
		t.Errorf("refused: %+v, %+v", x, v.Assignment)
	}
	r.ask(r.focal, a.ID, "2026-12-02")
	check(t, r.assignments.WithdrawExtension(ctx, r.head, a.ID, 0))
	if n := tasks.GrantedExtensions(r.deadline(a.ID).Extensions); n != 1 {
		t.Errorf("%d extensions granted, want 1", n)
	}
	if got := r.toldEvents(); !slices.Contains(got, "extension_refused snv") || slices.Contains(got, "extension_refused stc") {
		t.Errorf("told %v", got)
	}
	want := []string{"assignment.assigned", "assignment.extension_asked", "assignment.extension_granted", "assignment.extension_asked",
		"assignment.extension_refused", "assignment.extension_asked", "assignment.extension_withdrawn"}
	if got := r.trail(tasks.Subject{Kind: tasks.SubjectAssignment, ID: a.ID}); !slices.Equal(got, want) {
		t.Errorf("trail %v", got)
	}
}

func TestRequestsThatAreRefused(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.shared("1/CT")
	r.at("2026-11-05 08:00")
	in := func(due string) tasks.ExtensionInput {
		return tasks.ExtensionInput{Due: date(due), Reason: "Chờ ý kiến"}
	}
	ask := func(who tasks.Person, in tasks.ExtensionInput) error {
		return r.assignments.AskExtension(ctx, who, a.ID, in)
	}
	stale := in("2026-11-20")
	stale.Version = a.Version + 7
	for name, c := range map[string]struct {
		err  error
		code tasks.Code
		key  string
	}{
		"cooperating":     {ask(r.other, in("2026-11-20")), tasks.CodeForbidden, "error.forbidden"},
		"secretariat":     {ask(r.secretariat, in("2026-11-20")), tasks.CodeForbidden, "error.forbidden"},
		"leader":          {ask(r.leader, in("2026-11-20")), tasks.CodeForbidden, "error.forbidden"},
		"no part":         {ask(r.admin, in("2026-11-20")), tasks.CodeNotFound, ""},
		"the same day":    {ask(r.focal, in("2026-10-30")), tasks.CodeInvalid, "extension.not_later"},
		"a day gone by":   {ask(r.focal, in("2026-11-04")), tasks.CodeInvalid, "extension.past"},
		"a mistyped year": {ask(r.focal, in("2062-11-20")), tasks.CodeInvalid, "extension.too_far"},
		"no reason":       {ask(r.focal, tasks.ExtensionInput{Due: date("2026-11-20")}), tasks.CodeInvalid, "field.required"},
		"another version": {ask(r.focal, stale), tasks.CodeConflict, "error.conflict"},
		"none to decide":  {r.assignments.DecideExtension(ctx, r.leader, a.ID, tasks.ExtensionDecision{Grant: true}), tasks.CodeConflict, "extension.none_waits"},
		"none to take":    {r.assignments.WithdrawExtension(ctx, r.focal, a.ID, 0), tasks.CodeConflict, "extension.none_waits"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, c.err, c.code, c.key) })
	}
	check(t, ask(r.focal, in("2026-11-05")))
	refused(t, ask(r.head, in("2026-11-20")), tasks.CodeConflict, "extension.one_waits")

	decide := func(who tasks.Person, d tasks.ExtensionDecision) error {
		return r.assignments.DecideExtension(ctx, who, a.ID, d)
	}
	yes := tasks.ExtensionDecision{Grant: true, Due: date("2026-11-20"), Authority: "Chủ tịch"}
	for name, c := range map[string]struct {
		err  error
		code tasks.Code
		key  string
	}{
		"the lead":           {decide(r.focal, yes), tasks.CodeForbidden, "error.forbidden"},
		"whose word":         {decide(r.secretariat, tasks.ExtensionDecision{Grant: true, Due: date("2026-11-20")}), tasks.CodeInvalid, "extension.authority_required"},
		"no day":             {decide(r.leader, tasks.ExtensionDecision{Grant: true}), tasks.CodeInvalid, "field.required"},
		"an earlier day":     {decide(r.leader, tasks.ExtensionDecision{Grant: true, Due: date("2026-10-29")}), tasks.CodeInvalid, "extension.not_later"},
		"of another version": {decide(r.leader, tasks.ExtensionDecision{Grant: true, Due: date("2026-11-20"), Version: 99}), tasks.CodeConflict, "error.conflict"},
	} {
		t.Run("decide: "+name, func(t *testing.T) { refused(t, c.err, c.code, c.key) })
	}
	if v := r.deadline(a.ID); v.Assignment.Due != date("2026-10-30") || v.Assignment.DueVersion != 1 {
		t.Errorf("a refused decision moved the deadline: %+v", v.Assignment)
	}
}

func TestNobodyDecidesOnHisOwn(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	asked, reported := r.shared("1/CT"), r.shared("2/CT")
	r.ask(r.both, asked.ID, "2026-11-20")
	r.report(r.both, reported.ID, tasks.ReportProgress, 30)
	r.ask(r.focal, reported.ID, "2026-11-20")
	for _, id := range []int64{asked.ID, reported.ID} {
		refused(t, r.assignments.DecideExtension(ctx, r.both, id, tasks.ExtensionDecision{Grant: true, Due: date("2026-11-20"), Authority: "Chủ tịch"}),
			tasks.CodeForbidden, "extension.own")
		refused(t, r.assignments.CorrectDeadline(ctx, r.both, id, tasks.DeadlineCorrectionInput{Due: date("2026-11-20"), Reason: "Gõ nhầm"}),
			tasks.CodeForbidden, "extension.own")
		check(t, r.assignments.DecideExtension(ctx, r.colleague, id, tasks.ExtensionDecision{Grant: true, Due: date("2026-11-20"), Authority: "Chủ tịch"}))
	}
}

// Who decides for what is a setting: a plan's deadlines are the secretariat's own by default, a directive's the leader's.
func TestWhoDecidesIsASetting(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.shared("1/CT")
	r.ask(r.focal, a.ID, "2026-11-20")
	in := tasks.ExtensionDecision{Grant: true, Due: date("2026-11-20")}
	for _, kind := range tasks.DocumentKinds {
		want := tasks.RoleLeader
		if slices.Contains([]tasks.DocumentKind{tasks.KindPlan, tasks.KindPAPIPlan, tasks.KindPARPlan}, kind) {
			want = tasks.RoleSecretariat
		}
		if got := r.rules.ExtensionBy(kind); got != want {
			t.Errorf("extensions of %s by %s, want %s", kind, got, want)
		}
	}
	list, _, err := r.assignments.WaitingExtensions(ctx, r.leader, 0, 10)
	check(t, err)
	if len(list) != 1 || list[0].AssignmentID != a.ID || list[0].Row.Text == "" {
		t.Errorf("the leader is asked %+v", list)
	}
	refused(t, r.assignments.DecideExtension(ctx, r.secretariat, a.ID, in), tasks.CodeInvalid, "extension.authority_required")
	r.assignments.Rules.SecretariatExtends = []tasks.DocumentKind{tasks.KindDirective}
	list, _, err = r.assignments.WaitingExtensions(ctx, r.leader, 0, 10)
	check(t, err)
	if len(list) != 0 {
		t.Errorf("the leader is asked what is the secretariat's: %+v", list)
	}
	check(t, r.assignments.DecideExtension(ctx, r.secretariat, a.ID, in))
	if x := r.deadline(a.ID).Extensions[0]; x.Authority != "" || x.DecidedBy != r.secretariat.ID {
		t.Errorf("decision %+v", x)
	}
}

// Requests of duties that ended do not wait; what is reopened waits again. Pages of requests are whole.
func TestWaitingRequestsArePaged(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	var want []int64
	for _, number := range []string{"1/CT", "2/CT", "3/CT", "4/CT", "5/CT"} {
		a := r.shared(number)
		r.ask(r.focal, a.ID, "2026-11-20")
		want = append(want, a.ID)
	}
	r.report(r.focal, want[1], tasks.ReportSubmission, 100)
	check(t, r.assignments.Confirm(ctx, r.secretariat, want[1], 0))
	refused(t, r.assignments.DecideExtension(ctx, r.leader, want[1], tasks.ExtensionDecision{Grant: true, Due: date("2026-11-20")}), tasks.CodeConflict, "extension.not_in_state")
	var got []int64
	after := int64(0)
	for {
		page, more, err := r.assignments.WaitingExtensions(ctx, r.secretariat, after, 2)
		check(t, err)
		for _, x := range page {
			got, after = append(got, x.AssignmentID), x.ID
		}
		if !more {
			break
		}
	}
	if !slices.Equal(got, slices.Delete(slices.Clone(want), 1, 2)) {
		t.Errorf("waiting %v of %v", got, want)
	}
	_, _, err := r.assignments.WaitingExtensions(ctx, r.focal, 0, 2)
	refused(t, err, tasks.CodeForbidden, "error.forbidden")
	check(t, r.assignments.Reopen(ctx, r.secretariat, want[1], 0, "Số liệu sai"))
	check(t, r.assignments.DecideExtension(ctx, r.leader, want[1], tasks.ExtensionDecision{Grant: true, Due: date("2026-11-20")}))
}
