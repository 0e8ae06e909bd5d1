package tasks_test

import (
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

// A report that waits for the head ends with the agency's lead: when that leads again, it reports anew.
func TestAReportAtTheHeadEndsWithTheLead(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	check(t, r.directory.SetApproval(ctx, r.head, r.snv, true))
	_, list := r.issue("1/CT", r.duty())
	id := list[0].ID
	r.submit(r.focal, id, scan)
	give := func(to int64) {
		t.Helper()
		check(t, r.assignments.Reassign(ctx, r.secretariat, id, tasks.ReassignInput{Leads: []int64{to}, Reason: "Đúng chức năng", Authority: "Chủ tịch"}))
	}
	give(r.stc)
	give(r.snv)
	v := must(r.assignments.Get(ctx, r.head, id))(t)
	if got, waits := v.AtHead(r.head); waits {
		t.Errorf("waits again: %+v", got)
	}
	if len(v.Reports) != 1 || v.Reports[0].Outcome != tasks.OutcomeLapsed || v.Reports[0].DecidedBy != r.secretariat.ID {
		t.Errorf("the agency's reports are %+v", v.Reports)
	}
	refused(t, r.assignments.Approve(ctx, r.head, id, 0), tasks.CodeConflict, "approval.none_waits")
	for _, who := range []tasks.Person{r.secretariat, r.leader} {
		v := must(r.assignments.Get(ctx, who, id))(t)
		if len(v.Reports) != 0 {
			t.Errorf("%s reads what never left the agency: %+v", who.Name, v.Reports)
		}
		if !slices.ContainsFunc(v.Trail, func(e tasks.AuditEntry) bool { return e.Action == "assignment.approval_lapsed" }) {
			t.Error("the history does not tell of it")
		}
	}
	// Its files may go along again.
	check(t, r.assignments.Report(ctx, r.focal, id, tasks.ReportInput{Kind: tasks.ReportSubmission, Text: "Lại", Keep: []int64{v.Reports[0].Evidence[0].ID}}))
	check(t, r.assignments.Approve(ctx, r.head, id, 0))
	// The others of joint leads keep theirs.
	_, joint := r.issue("2/CT", r.duty(func(in *tasks.DraftInput) { in.Leads, in.Joint = leads(r.snv, r.stc), true }))
	r.submit(r.focal, joint[0].ID, scan)
	check(t, r.assignments.Reassign(ctx, r.secretariat, joint[0].ID, tasks.ReassignInput{Leads: []int64{r.snv}, Reason: "Một đầu mối", Authority: "Chủ tịch"}))
	v = must(r.assignments.Get(ctx, r.head, joint[0].ID))(t)
	if _, waits := v.AtHead(r.head); !waits {
		t.Error("the report of a lead that stays does not wait any more")
	}
}

// What an agency takes back before its head has let it go, nobody else reads.
func TestWhatNeverLeftTheAgencyStaysThere(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	check(t, r.directory.SetApproval(ctx, r.head, r.snv, true))
	_, list := r.issue("1/CT", r.duty())
	id := list[0].ID
	r.submit(r.focal, id, scan)
	check(t, r.assignments.WithdrawApproval(ctx, r.focal, id, 0))
	if v := must(r.assignments.Get(ctx, r.secretariat, id))(t); len(v.Reports) != 0 {
		t.Errorf("the secretariat reads %+v", v.Reports)
	}
	own := must(r.assignments.Get(ctx, r.focal, id))(t).Reports
	if len(own) != 1 || own[0].Outcome != tasks.OutcomeLapsed {
		t.Errorf("the agency reads %+v", own)
	}
	if _, _, err := r.assignments.OpenEvidence(ctx, r.secretariat, own[0].Evidence[0].ID); tasks.CodeOf(err) != tasks.CodeNotFound {
		t.Errorf("the secretariat opens its file: %v", err)
	}
}

// A head is told again of what waits for him when a duty that was taken back by mistake goes on.
func TestAHeadIsToldAgainAfterARestore(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	check(t, r.directory.SetApproval(ctx, r.head, r.snv, true))
	_, list := r.issue("1/CT", r.duty())
	id := list[0].ID
	r.submit(r.focal, id)
	asked := func() (occurrences []string) {
		for _, n := range r.notices(tasks.NoticeEvent) {
			if n.Event == tasks.EventApprovalAsked {
				occurrences = append(occurrences, n.Occurrence)
			}
		}
		return occurrences
	}
	why := tasks.PauseInput{Reason: "Nhầm", Authority: "Chủ tịch"}
	check(t, r.assignments.Cancel(ctx, r.secretariat, id, why))
	if got := asked(); len(got) != 0 {
		t.Fatalf("of a duty that was taken back he is told %v", got)
	}
	check(t, r.assignments.Restore(ctx, r.secretariat, id, why))
	if got := asked(); len(got) != 1 || !strings.Contains(got[0], ":l") {
		t.Errorf("told %v", got)
	}
}

// Evidence of which something is wanting is not accepted among others.
func TestWantingEvidenceIsNotAcceptedInBulk(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	_, list := r.issue("1/CT", r.duty(), r.duty(), r.duty())
	var chosen []tasks.Choice
	for i, a := range list {
		if i == 2 {
			r.submit(r.focal, a.ID)
		} else {
			r.submit(r.focal, a.ID, scan)
		}
	}
	wanting := r.assignment(list[1].ID)
	check(t, r.assignments.JudgeEvidence(ctx, r.secretariat, list[1].ID, tasks.JudgeInput{ReportID: wanting.Reports[0].ID, State: tasks.EvidenceWanting, Words: "Thiếu dấu"}))
	for _, a := range list {
		chosen = append(chosen, tasks.Choice{ID: a.ID, Version: r.assignment(a.ID).Assignment.Version})
	}
	keys := func(in tasks.ConfirmInput, chosen ...tasks.Choice) []string {
		t.Helper()
		var out []string
		for _, d := range must(r.assignments.ConfirmMany(ctx, r.secretariat, chosen, in))(t) {
			key := ""
			if d.Err != nil {
				refused(t, d.Err, tasks.CodeInvalid, "")
				key = d.Err.Error()
			}
			out = append(out, key)
		}
		return out
	}
	// By default those with evidence that nobody has judged are left.
	got := keys(tasks.ConfirmInput{Evidence: "none"}, chosen...)
	if got[0] == "" || got[1] == "" || got[2] != "" {
		t.Errorf("left %q", got)
	}
	got = keys(tasks.ConfirmInput{Evidence: tasks.EvidenceAccepted}, chosen[:2]...)
	if got[0] != "" || got[1] == "" {
		t.Errorf("with their evidence: %q", got)
	}
	if a := r.assignment(list[0].ID).Assignment; a.State != tasks.StateCompleted || a.Evidence != tasks.EvidenceAccepted {
		t.Errorf("accepted: %+v", a)
	}
	if a := r.assignment(list[1].ID).Assignment; a.State != tasks.StateSubmitted || a.Evidence != tasks.EvidenceWanting {
		t.Errorf("left: %+v", a)
	}
	check(t, r.assignments.ConfirmWith(ctx, r.secretariat, list[1].ID, tasks.ConfirmInput{Evidence: tasks.EvidenceAccepted})) // looked at by itself
}
