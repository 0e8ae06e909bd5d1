package tasks_test

import (
	"slices"
	"testing"

	"tiendo/tasks"
)

// revising is a draft that revises the document of the earlier number.
func (r *rig) revising(number, earlier string, kind tasks.RevisionKind, duties ...tasks.DraftInput) int64 {
	r.t.Helper()
	id := r.draft(number, duties...)
	check(r.t, r.documents.SetRevises(r.t.Context(), r.secretariat, id, 0, earlier, kind))
	return id
}

func (r *rig) issueDraft(id int64) {
	r.t.Helper()
	check(r.t, r.documents.Issue(r.t.Context(), r.secretariat, id, 0))
}

// amended is 1/CT of two duties, of which 2/CT has amended the first: snv's part goes on there, stc's was done before.
func (r *rig) amended() (a []tasks.Assignment, first, second int64) {
	r.t.Helper()
	first, a = r.issue("1/CT", r.words(surveyText, "2026-10-30", r.snv, r.stc), r.words(budgetText, "2026-11-15", r.stc))
	r.report(r.other, a[1].ID, tasks.ReportSubmission, 100)
	check(r.t, r.assignments.Confirm(r.t.Context(), r.secretariat, a[1].ID, 0))
	second = r.revising("2/CT", "1/CT", tasks.RevisionAmends, r.words(surveyText+" trong năm", "2026-11-10", r.snv, r.stc))
	r.issueDraft(second)
	return a, first, second
}

func TestASecondAmendmentFindsWhatTheFirstTookOver(t *testing.T) {
	r := newRig(t)
	a, first, second := r.amended()
	third := r.revising("3/CT", "1/CT", tasks.RevisionAmends, r.words(surveyText+" trong năm 2026", "2026-12-01", r.snv, r.stc))
	v := r.revision(third)
	if p := v.Plan; p.GoOn != 1 || p.CarryOn != 1 || p.Done != 1 || p.New != 0 || p.Stay != 1 || p.End != 0 || p.Doubtful != 0 {
		t.Errorf("plan %+v", p)
	}
	if v.Earlier.ID != first || len(v.Amendments) != 1 || v.Amendments[0].ID != second {
		t.Errorf("amendments %+v", v.Amendments)
	}
	if row := v.Rows[0]; row.Old == nil || row.Old.DocumentID != second || row.New == nil {
		t.Fatalf("first row %+v", row)
	}
	check(t, r.documents.ChooseFates(t.Context(), r.secretariat, third, 0, []tasks.DutyChoice{{TaskID: v.Rows[0].Old.ID, Fate: tasks.FateGoesOn, DraftID: v.Drafts[0].ID}}))
	r.issueDraft(third)
	if b := r.assignment(a[0].ID).Assignment; b.DocumentID != third || b.Due != date("2026-12-01") || b.FirstDue != date("2026-10-30") || b.DueVersion != 3 {
		t.Errorf("carried on as %+v", b)
	}
	if b := r.assignment(a[2].ID).Assignment; b.DocumentID != first || b.State != tasks.StateAssigned {
		t.Errorf("the untouched one is %+v", b)
	}
	for id, want := range map[int64]int{first: 2, second: 0, third: 1} {
		if got := must(r.documents.Get(t.Context(), r.secretariat, id))(t).Assignments; len(got) != want {
			t.Errorf("document %d has %d assignments, want %d", id, len(got), want)
		}
	}
	// One more, behind two: what it does not repeat ends wherever it goes on now.
	fourth := r.revising("4/CT", "1/CT", tasks.RevisionReplaces, r.words(pressText, "2026-12-20", r.snv))
	r.issueDraft(fourth)
	for _, i := range []int{0, 2} {
		if b := r.assignment(a[i].ID).Assignment; b.State != tasks.StateCancelled {
			t.Errorf("assignment %d is %+v after its document was replaced", i, b)
		}
	}
	if b := r.assignment(a[1].ID).Assignment; b.State != tasks.StateCompleted {
		t.Errorf("the completed one is %+v", b)
	}
}

// What was decided for a duty falls away when another amendment has carried it on in the meantime.
func TestAnAmendmentBetweenDecisionAndIssue(t *testing.T) {
	r := newRig(t)
	_, a := r.issue("1/CT", r.words(surveyText, "2026-10-30", r.snv))
	third := r.revising("3/CT", "1/CT", tasks.RevisionAmends, r.words(surveyText, "2026-12-01", r.snv))
	v := r.revision(third)
	goes := tasks.DutyChoice{TaskID: v.Rows[0].Old.ID, Fate: tasks.FateGoesOn, DraftID: v.Drafts[0].ID}
	check(t, r.documents.ChooseFates(t.Context(), r.secretariat, third, 0, []tasks.DutyChoice{goes}))
	r.issueDraft(r.revising("2/CT", "1/CT", tasks.RevisionAmends, r.words(surveyText, "2026-11-10", r.snv)))
	refused(t, r.documents.ChooseFates(t.Context(), r.secretariat, third, 0, []tasks.DutyChoice{goes}), tasks.CodeConflict, "")
	r.issueDraft(third)
	got := must(r.documents.Get(t.Context(), r.secretariat, third))(t).Assignments
	if len(got) != 1 || got[0].ID != a[0].ID {
		t.Errorf("%+v, want the one that was there", got)
	}
}

func TestADocumentThatWasReplacedIsRevisedNoMore(t *testing.T) {
	r := newRig(t)
	r.issue("1/CT", r.words(surveyText, "2026-10-30", r.snv))
	r.issueDraft(r.revising("2/CT", "1/CT", tasks.RevisionReplaces, r.words(surveyText, "2026-11-10", r.snv)))
	third := r.revising("3/CT", "1/CT", tasks.RevisionAmends, r.words(surveyText, "2026-12-01", r.snv))
	problems := must(r.documents.Review(t.Context(), r.secretariat, third))(t).Plan.Problems
	i := slices.IndexFunc(problems, func(p tasks.Problem) bool { return p.Key == "issue.revision_over" })
	if i < 0 || !slices.Equal(problems[i].Args, []string{"1/CT", "2/CT"}) {
		t.Fatalf("problems %+v", problems)
	}
	refused(t, r.documents.Issue(t.Context(), r.secretariat, third, 0), tasks.CodeInvalid, "issue.revision_over")
	check(t, r.documents.SetRevises(t.Context(), r.secretariat, third, 0, "2/CT", tasks.RevisionAmends))
	r.issueDraft(third)
}

func TestARepealNeedsNoDuties(t *testing.T) {
	r := newRig(t)
	_, a := r.issue("1/CT", r.words(surveyText, "2026-10-30", r.snv))
	amends := r.revising("2/CT", "1/CT", tasks.RevisionAmends)
	refused(t, r.documents.Issue(t.Context(), r.secretariat, amends, 0), tasks.CodeInvalid, "issue.no_duties")
	repeal := r.revising("3/CT", "1/CT", tasks.RevisionRepeals)
	r.issueDraft(repeal)
	if b := r.assignment(a[0].ID).Assignment; b.State != tasks.StateCancelled {
		t.Errorf("repealed: %+v", b)
	}
	refused(t, r.documents.Issue(t.Context(), r.secretariat, r.draft("4/CT"), 0), tasks.CodeInvalid, "issue.no_duties")
}
