package tasks_test

import (
	"slices"
	"testing"

	"tiendo/tasks"
)

var scan = tasks.Upload{Name: "bien-ban.pdf", Data: []byte("%PDF-1.7 biên bản")}

// submit reports that the duty is done, with a file.
func (r *rig) submit(who tasks.Person, id int64, files ...tasks.Upload) {
	r.t.Helper()
	check(r.t, r.assignments.Report(r.t.Context(), who, id, tasks.ReportInput{Kind: tasks.ReportSubmission, Text: "Đã xong", Files: files}))
}

func TestEvidenceHasAStateOfItsOwn(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	_, list := r.issue("1/CT", r.duty())
	id := list[0].ID
	r.submit(r.focal, id, scan)
	v := r.assignment(id)
	report := v.Reports[0].ID
	if v.Assignment.Evidence != tasks.EvidencePending || v.Reports[0].EvidenceState() != tasks.EvidencePending {
		t.Fatalf("evidence is %q", v.Assignment.Evidence)
	}
	judge := func(who tasks.Person, state tasks.EvidenceState, words string) error {
		return r.assignments.JudgeEvidence(ctx, who, id, tasks.JudgeInput{ReportID: report, State: state, Words: words})
	}
	refused(t, judge(r.focal, tasks.EvidenceAccepted, ""), tasks.CodeForbidden, "")
	refused(t, judge(r.leader, tasks.EvidenceAccepted, ""), tasks.CodeForbidden, "")
	refused(t, judge(r.admin, tasks.EvidenceAccepted, ""), tasks.CodeNotFound, "")
	refused(t, judge(r.secretariat, "", ""), tasks.CodeInvalid, "field.required")
	refused(t, judge(r.secretariat, tasks.EvidenceWanting, " "), tasks.CodeInvalid, "field.required")
	refused(t, r.assignments.JudgeEvidence(ctx, r.secretariat, id, tasks.JudgeInput{ReportID: report + 9, State: tasks.EvidenceAccepted}), tasks.CodeNotFound, "")
	refused(t, r.assignments.JudgeEvidence(ctx, r.secretariat, id, tasks.JudgeInput{ReportID: report, State: tasks.EvidenceAccepted, Version: v.Assignment.Version + 1}), tasks.CodeConflict, "")
	if got := r.assignment(id); got.Assignment.Version != v.Assignment.Version {
		t.Error("what was refused left a trace")
	}
	refused(t, r.assignments.Confirm(ctx, r.secretariat, id, 0), tasks.CodeInvalid, "confirm.evidence_required")

	check(t, judge(r.secretariat, tasks.EvidenceWanting, "Thiếu chữ ký"))
	if v = r.assignment(id); v.Assignment.Evidence != tasks.EvidenceWanting || v.Assignment.State != tasks.StateSubmitted || v.Reports[0].Judged.Words != "Thiếu chữ ký" {
		t.Errorf("after judging: %+v", v.Reports[0].Judged)
	}
	if n := r.notices(tasks.NoticeEvent); len(n) != 1 || n[0].Event != tasks.EventEvidenceWanting || n[0].AgencyID != r.snv {
		t.Errorf("notices %+v", n)
	}
	page := must(r.assignments.List(ctx, r.secretariat, tasks.AssignmentQuery{Evidence: tasks.EvidenceWanting}))(t)
	none := must(r.assignments.List(ctx, r.focal, tasks.AssignmentQuery{Evidence: tasks.EvidencePending, AgencyID: r.snv}))(t)
	if page.Total != 1 || none.Total != 0 {
		t.Errorf("listed %d wanting, %d pending", page.Total, none.Total)
	}
	add := func(who tasks.Person, in tasks.EvidenceInput) error {
		in.ReportID = report
		return r.assignments.AddEvidence(ctx, who, id, in)
	}
	refused(t, add(r.focal, tasks.EvidenceInput{}), tasks.CodeInvalid, "evidence.nothing")
	refused(t, add(r.focal, tasks.EvidenceInput{Files: []tasks.Upload{{Name: "a.exe", Data: []byte("MZ")}}}), tasks.CodeInvalid, "upload.type")
	refused(t, add(r.secretariat, tasks.EvidenceInput{Documents: "12/BC"}), tasks.CodeForbidden, "")
	refused(t, add(r.other, tasks.EvidenceInput{Documents: "12/BC"}), tasks.CodeNotFound, "")
	check(t, add(r.focal, tasks.EvidenceInput{Documents: "12/BC-SNV", Files: []tasks.Upload{scan}}))
	check(t, add(r.focal, tasks.EvidenceInput{Documents: "13/BC-SNV"}))
	if v = r.assignment(id); v.Assignment.Evidence != tasks.EvidencePending || len(v.Reports[0].Evidence) != 2 || v.Reports[0].Documents != "12/BC-SNV; 13/BC-SNV" {
		t.Errorf("after adding: %+v", v.Reports[0])
	}
	// Confirmed before it was looked at, and looked at later.
	check(t, r.assignments.ConfirmWith(ctx, r.secretariat, id, tasks.ConfirmInput{Evidence: tasks.EvidencePending}))
	if v = r.assignment(id); v.Assignment.State != tasks.StateCompleted || v.Assignment.Evidence != tasks.EvidencePending {
		t.Errorf("confirmed: %+v", v.Assignment)
	}
	check(t, judge(r.colleague, tasks.EvidenceAccepted, ""))
	refused(t, add(r.focal, tasks.EvidenceInput{Documents: "14/BC"}), tasks.CodeConflict, "evidence.accepted")
	want := []string{"assignment.submit", "assignment.evidence_wanting", "assignment.evidence_added", "assignment.evidence_added", "assignment.confirm", "assignment.evidence_accepted"}
	if got := r.trail(tasks.Subject{Kind: tasks.SubjectAssignment, ID: id})[1:]; !slices.Equal(got, want) {
		t.Errorf("trail %q", got)
	}
}

func TestConfirmAcceptsEvidenceWithAWord(t *testing.T) {
	r := newRig(t)
	_, list := r.issue("1/CT", r.duty())
	r.submit(r.both, list[0].ID, scan)
	own := tasks.JudgeInput{ReportID: r.assignment(list[0].ID).Reports[0].ID, State: tasks.EvidenceAccepted}
	refused(t, r.assignments.JudgeEvidence(t.Context(), r.both, list[0].ID, own), tasks.CodeForbidden, "assignment.own_report")
	check(t, r.assignments.ConfirmWith(t.Context(), r.secretariat, list[0].ID, tasks.ConfirmInput{Evidence: tasks.EvidenceAccepted}))
	if v := r.assignment(list[0].ID); v.Assignment.Evidence != tasks.EvidenceAccepted || v.Reports[0].Judged.By != r.secretariat.ID {
		t.Errorf("evidence %+v", v.Reports[0].Judged)
	}
}

func TestReturnWithANewDate(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	_, list := r.issue("1/CT", r.duty(func(in *tasks.DraftInput) { in.Cooperating = leads(r.stc) }))
	id := list[0].ID
	r.submit(r.focal, id)
	in := tasks.ReturnInput{Reason: "Thiếu số liệu", Due: date("2026-11-20"), Authority: "Chủ tịch UBND tỉnh", Document: "90/UBND"}
	for name, c := range map[string]struct {
		change func(*tasks.ReturnInput)
		key    string
	}{
		"no reason":    {func(in *tasks.ReturnInput) { in.Reason = "" }, "field.required"},
		"earlier":      {func(in *tasks.ReturnInput) { in.Due = date("2026-10-30") }, "extension.not_later"},
		"far":          {func(in *tasks.ReturnInput) { in.Due = date("2046-10-30") }, "extension.too_far"},
		"by whose say": {func(in *tasks.ReturnInput) { in.Authority = " " }, "extension.authority_required"},
	} {
		wrong := in
		c.change(&wrong)
		t.Run(name, func(t *testing.T) {
			refused(t, r.assignments.ReturnWith(ctx, r.secretariat, id, wrong), tasks.CodeInvalid, c.key)
		})
	}
	check(t, r.assignments.ReturnWith(ctx, r.secretariat, id, in))
	v := r.assignment(id)
	if a := v.Assignment; a.State != tasks.StateReturned || a.Due != in.Due || a.FirstDue != date("2026-10-30") || a.DueVersion != 2 {
		t.Errorf("assignment %+v", a)
	}
	if x := v.Extensions; len(x) != 1 || x[0].Origin != tasks.OriginReturn || x[0].Outcome != tasks.ExtensionGranted || x[0].Authority != in.Authority {
		t.Errorf("extensions %+v", x)
	}
	told := make(map[string][]int64)
	for _, n := range r.notices(tasks.NoticeEvent) {
		told[n.Event] = append(told[n.Event], n.AgencyID)
	}
	if !slices.Equal(told["return"], []int64{r.snv}) || !slices.Equal(told[tasks.EventExtensionGranted], []int64{r.snv, r.stc}) {
		t.Errorf("told %v", told)
	}
}

func TestADutyThatNeedsNoConfirmation(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	_, list := r.issue("1/CT",
		r.duty(func(in *tasks.DraftInput) { in.Unconfirmed = true }), r.duty(), r.duty(), r.duty())
	if list[0].UnconfirmedBy != r.secretariat.ID || list[1].UnconfirmedBy != 0 {
		t.Fatalf("issued by %d, %d", list[0].UnconfirmedBy, list[1].UnconfirmedBy)
	}
	r.submit(r.focal, list[0].ID)
	v := r.assignment(list[0].ID)
	if v.Assignment.State != tasks.StateCompleted || v.Assignment.SubmittedOn != date("2026-10-05") || v.Assignment.CompletedAt.IsZero() || !v.Reports[0].SelfConfirmed() {
		t.Errorf("assignment %+v, report %+v", v.Assignment, v.Reports[0])
	}
	if got := r.trail(tasks.Subject{Kind: tasks.SubjectAssignment, ID: list[0].ID}); got[len(got)-1] != "assignment.submit_final" {
		t.Errorf("trail %q", got)
	}
	check(t, r.assignments.Reopen(ctx, r.colleague, list[0].ID, 0, "Chưa đạt"))
	if v = r.assignment(list[0].ID); v.Assignment.State != tasks.StateReturned {
		t.Errorf("state %s", v.Assignment.State)
	}
	// Later, by somebody who has not reported; and never for one's own report.
	id := list[1].ID
	refused(t, r.assignments.WaiveConfirmation(ctx, r.focal, id, 0, true), tasks.CodeForbidden, "")
	refused(t, r.assignments.WaiveConfirmation(ctx, r.other, id, 0, true), tasks.CodeNotFound, "")
	check(t, r.assignments.WaiveConfirmation(ctx, r.both, id, list[1].Version, true))
	refused(t, r.assignments.WaiveConfirmation(ctx, r.secretariat, id, list[1].Version, false), tasks.CodeConflict, "")
	refused(t, r.assignments.WaiveConfirmation(ctx, r.secretariat, id, 0, true), tasks.CodeConflict, "")
	r.submit(r.both, id)
	if v = r.assignment(id); v.Assignment.State != tasks.StateSubmitted {
		t.Errorf("who said so completes his own report: %s", v.Assignment.State)
	}
	refused(t, r.assignments.WaiveConfirmation(ctx, r.both, id, 0, false), tasks.CodeForbidden, "confirm.own")
	check(t, r.assignments.WaiveConfirmation(ctx, r.secretariat, id, 0, false))
	check(t, r.assignments.Confirm(ctx, r.secretariat, id, 0))
	refused(t, r.assignments.WaiveConfirmation(ctx, r.secretariat, id, 0, true), tasks.CodeConflict, "")
}

func TestAHeadApprovesFirst(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	_, list := r.issue("1/CT", r.duty(func(in *tasks.DraftInput) { in.Leads, in.Joint = leads(r.snv, r.stc), true }), r.duty())
	refused(t, r.directory.SetApproval(ctx, r.focal, r.snv, true), tasks.CodeForbidden, "")
	refused(t, r.directory.SetApproval(ctx, r.head, r.stc, true), tasks.CodeForbidden, "")
	check(t, r.directory.SetApproval(ctx, r.head, r.snv, true))
	check(t, r.directory.SetApproval(ctx, r.admin, r.stc, true))
	if s := must(r.directory.Approval(ctx, r.focal, r.snv))(t); !s.On || !s.HasHead || s.MaySet {
		t.Errorf("setting %+v", s)
	}
	id := list[0].ID
	r.submit(r.focal, id, scan)
	v := r.assignment(id)
	if v.Assignment.State != tasks.StateAssigned || v.Assignment.Percent != 0 || v.Assignment.Evidence != "" || v.Assignment.Version != list[0].Version+1 {
		t.Errorf("waiting for the head: %+v", v.Assignment)
	}
	n := r.notices(tasks.NoticeEvent)
	if len(n) != 1 || n[0].Event != tasks.EventApprovalAsked || n[0].Role != tasks.RoleHead || n[0].AgencyID != r.snv {
		t.Errorf("notices %+v", n)
	}
	// It is the agency's own: others do not see it.
	if got := must(r.assignments.Get(ctx, r.secretariat, id))(t); len(got.Reports) != 0 {
		t.Errorf("the secretariat sees %+v", got.Reports)
	}
	own := must(r.assignments.Get(ctx, r.head, id))(t)
	if _, ok := own.AtHead(r.head); !ok {
		t.Error("the head does not see it")
	}
	if _, _, err := r.assignments.OpenEvidence(ctx, r.secretariat, own.Reports[0].Evidence[0].ID); tasks.CodeOf(err) != tasks.CodeNotFound {
		t.Errorf("the secretariat opens its file: %v", err)
	}
	if w := must(r.assignments.WaitingApprovals(ctx, r.head, r.snv, 10))(t); len(w) != 1 || w[0].Row.ID != id {
		t.Errorf("waiting %+v", w)
	}
	refused(t, r.assignments.Report(ctx, r.focal, id, tasks.ReportInput{Kind: tasks.ReportSubmission, Text: "Lại"}), tasks.CodeConflict, "approval.one_waits")
	refused(t, r.assignments.Approve(ctx, r.focal, id, 0), tasks.CodeForbidden, "")
	refused(t, r.assignments.Approve(ctx, r.secretariat, id, 0), tasks.CodeForbidden, "")
	refused(t, r.assignments.RefuseApproval(ctx, r.head, id, 0, " "), tasks.CodeInvalid, "field.required")
	check(t, r.assignments.RefuseApproval(ctx, r.head, id, 0, "Bổ sung số liệu"))
	check(t, r.assignments.Report(ctx, r.focal, id, tasks.ReportInput{Kind: tasks.ReportSubmission, Text: "Đã bổ sung", Keep: []int64{own.Reports[0].Evidence[0].ID}}))
	check(t, r.assignments.WithdrawApproval(ctx, r.focal, id, 0))
	r.submit(r.focal, id, scan)
	r.at("2026-11-02 09:00")
	check(t, r.assignments.Approve(ctx, r.head, id, 0))
	v = r.assignment(id)
	if a := v.Assignment; a.State != tasks.StateSubmitted || a.SubmittedOn != date("2026-11-02") || a.Percent != 100 || a.Evidence != tasks.EvidencePending {
		t.Errorf("approved: %+v", a)
	}
	if rep, ok := v.Waiting(); !ok || rep.ApprovedBy != r.head.ID || rep.PersonID != r.focal.ID {
		t.Errorf("report %+v", rep)
	}
	refused(t, r.assignments.Approve(ctx, r.head, id, 0), tasks.CodeConflict, "")
	// An agency without a head goes without, and a head's own report needs nobody's.
	check(t, r.assignments.Return(ctx, r.secretariat, id, 0, "Thiếu"))
	r.submit(r.other, id)
	r.submit(r.head, list[1].ID)
	for _, a := range list {
		if v := r.assignment(a.ID); v.Assignment.State != tasks.StateSubmitted {
			t.Errorf("assignment %d is %s", a.ID, v.Assignment.State)
		}
	}
}

func TestManyAreDecidedEachForItself(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	_, list := r.issue("1/CT", r.duty(), r.duty(), r.duty(), r.duty())
	var chosen []tasks.Choice
	for i, a := range list {
		who := r.focal
		if i == 1 {
			who = r.both
		}
		r.submit(who, a.ID)
		chosen = append(chosen, tasks.Choice{ID: a.ID, Version: a.Version + 1})
	}
	check(t, r.assignments.Withdraw(ctx, r.focal, list[2].ID, 0)) // changed since it was chosen
	chosen = append(chosen, chosen[0], tasks.Choice{ID: 999, Version: 1})
	_, err := r.assignments.ConfirmMany(ctx, r.both, nil, tasks.ConfirmInput{})
	refused(t, err, tasks.CodeInvalid, "confirm.none_chosen")
	_, err = r.assignments.ConfirmMany(ctx, r.both, make([]tasks.Choice, tasks.MaxChoices+1), tasks.ConfirmInput{})
	refused(t, err, tasks.CodeInvalid, "confirm.too_many")
	_, err = r.assignments.ConfirmMany(ctx, r.focal, chosen, tasks.ConfirmInput{})
	refused(t, err, tasks.CodeForbidden, "")
	_, err = r.assignments.ReturnMany(ctx, r.both, chosen, "")
	refused(t, err, tasks.CodeInvalid, "field.required")
	done := must(r.assignments.ConfirmMany(ctx, r.both, chosen[:3], tasks.ConfirmInput{}))(t)
	var codes []tasks.Code
	for _, d := range done {
		if d.Err == nil {
			codes = append(codes, "")
		} else {
			codes = append(codes, tasks.CodeOf(d.Err))
		}
	}
	if want := []tasks.Code{"", tasks.CodeForbidden, tasks.CodeConflict}; !slices.Equal(codes, want) {
		t.Errorf("done %v, want %v", codes, want)
	}
	done = must(r.assignments.ReturnMany(ctx, r.secretariat, chosen[3:], "Thiếu số liệu"))(t)
	if len(done) != 3 || done[0].Err != nil || tasks.CodeOf(done[1].Err) != tasks.CodeConflict || tasks.CodeOf(done[2].Err) != tasks.CodeNotFound {
		t.Errorf("done %v", done)
	}
	for i, want := range []tasks.State{tasks.StateCompleted, tasks.StateSubmitted, tasks.StateInProgress, tasks.StateReturned} {
		if v := r.assignment(list[i].ID); v.Assignment.State != want {
			t.Errorf("assignment %d is %s, want %s", i, v.Assignment.State, want)
		}
	}
}
