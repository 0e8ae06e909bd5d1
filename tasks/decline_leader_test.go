package tasks_test

import (
	"testing"

	"tiendo/tasks"
)

// A leader decides who leads what a leader set; the secretariat then records whose word it is. What the settings leave to the secretariat is
// not put before a leader, though he may decide on it.
func TestALeaderDecidesOnDeclines(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	r.assignments.Rules.SecretariatExtends = []tasks.DocumentKind{tasks.KindPlan}
	_, set := r.issue("1/CT", r.duty(), r.duty())
	doc := must(r.documents.Import(ctx, r.secretariat, tasks.NewDocument{
		Head: tasks.Head{Kind: tasks.KindPlan, Number: "9/KH", Date: date("2026-10-02"), Title: "Cải cách hành chính"},
	}))(t)
	must(r.documents.AddDraft(ctx, r.secretariat, doc.ID, 0, r.duty()))(t)
	check(t, r.documents.Issue(ctx, r.secretariat, doc.ID, 0))
	plan := must(r.documents.Get(ctx, r.secretariat, doc.ID))(t).Assignments[0]
	r.at("2026-10-06 08:00")
	for _, id := range []int64{set[0].ID, plan.ID, set[1].ID} {
		check(t, r.assignments.Decline(ctx, r.focal, id, tasks.DeclineInput{Proposed: r.stc, Reason: "Không thuộc chức năng"}))
	}
	waiting := func(who tasks.Person, after int64, limit int) (ids []int64, more bool, last int64) {
		t.Helper()
		list, more, err := r.assignments.WaitingDeclines(ctx, who, after, limit)
		check(t, err)
		for _, d := range list {
			ids, last = append(ids, d.Row.ID), d.ID
		}
		return ids, more, last
	}
	first, more, last := waiting(r.leader, 0, 1)
	if len(first) != 1 || first[0] != set[0].ID || !more {
		t.Errorf("the leader is asked about %v, more %v", first, more)
	}
	if rest, more, _ := waiting(r.leader, last, 1); len(rest) != 1 || rest[0] != set[1].ID || more {
		t.Errorf("then about %v, more %v", rest, more)
	}
	if all, _, _ := waiting(r.secretariat, 0, 10); len(all) != 3 {
		t.Errorf("the secretariat is asked about %v", all)
	}
	_, _, err := r.assignments.WaitingDeclines(ctx, r.focal, 0, 10)
	refused(t, err, tasks.CodeForbidden, "")

	v := must(r.assignments.Life(ctx, r.leader, set[0].ID))(t)
	if !v.MayReassign || !v.MayInsist || v.NeedsAuthority || v.MayHold || v.MayCancel {
		t.Errorf("the leader may %+v", v)
	}
	reason := tasks.PauseInput{Reason: "Thuộc chức năng của Sở"}
	refused(t, r.assignments.Insist(ctx, r.secretariat, set[0].ID, reason), tasks.CodeInvalid, "pause.authority_required")
	check(t, r.assignments.Insist(ctx, r.leader, set[0].ID, reason))
	check(t, r.assignments.Reassign(ctx, r.leader, set[1].ID, tasks.ReassignInput{Leads: []int64{r.stc}, Reason: "Đúng chức năng"}))
	if b := r.assignment(set[1].ID).Assignment; !b.LedBy(r.stc) || b.LedBy(r.snv) {
		t.Errorf("given to %v", b.Leads)
	}
	check(t, r.assignments.Insist(ctx, r.secretariat, plan.ID, reason)) // a plan is the secretariat's own
	if left, _, _ := waiting(r.secretariat, 0, 10); len(left) != 0 {
		t.Errorf("left %v", left)
	}
	// Further agencies are the secretariat's to add.
	err = r.assignments.AddAgencies(ctx, r.leader, set[0].TaskID, tasks.AddAgenciesInput{Agencies: []int64{r.syt}, Reason: "Thêm"})
	refused(t, err, tasks.CodeForbidden, "")
}
