package tasks_test

import (
	"slices"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// words is a duty of these words.
func (r *rig) words(text, due string, agencies ...int64) tasks.DraftInput {
	return r.duty(func(in *tasks.DraftInput) {
		in.Text, in.Leads, in.Deadline = text, leads(agencies...), calendar.Date{}
		if due != "" {
			in.Deadline = date(due)
		}
	})
}

const (
	surveyText = "Rà soát, đơn giản hoá thủ tục hành chính thuộc phạm vi quản lý của ngành"
	budgetText = "Bố trí kinh phí thực hiện nhiệm vụ cải cách hành chính trong dự toán năm"
	trainText  = "Tổ chức tập huấn nghiệp vụ cho công chức làm việc tại bộ phận một cửa"
	pressText  = "Đăng tải tin bài tuyên truyền trên cổng thông tin điện tử của tỉnh"
)

// revises imports a draft that says it revises 1/CT, and adds the duties.
func (r *rig) revises(kind tasks.RevisionKind, duties ...tasks.DraftInput) int64 {
	r.t.Helper()
	r.reader.out.Revisions = []tasks.NamedRevision{{Kind: kind, Number: "1/ct", Date: date("2026-10-02")}}
	d, err := r.documents.Import(r.t.Context(), r.secretariat, tasks.NewDocument{
		Files: []tasks.Upload{{Name: "a.txt", Data: []byte("x")}},
		Head:  tasks.Head{Kind: tasks.KindDirective, Number: "2/CT", Date: date("2026-10-05"), Title: "Thay thế"},
	})
	check(r.t, err)
	for i, in := range duties {
		must(r.documents.AddDraft(r.t.Context(), r.secretariat, d.ID, i, in))(r.t)
	}
	return d.ID
}

func (r *rig) revision(id int64) tasks.RevisionView {
	r.t.Helper()
	return must(r.documents.Revision(r.t.Context(), r.secretariat, id))(r.t)
}

func TestReplacedDutiesAreCarriedOn(t *testing.T) {
	r := newRig(t)
	oldID, a := r.issue("1/CT", r.words(surveyText, "2026-10-30", r.snv, r.stc), r.words(budgetText, "2026-11-15", r.stc), r.words(trainText, "2026-11-20", r.snv))
	r.report(r.focal, a[0].ID, tasks.ReportProgress, 40)
	id := r.revises(tasks.RevisionReplaces, r.words(surveyText+" trong năm", "2026-11-10", r.snv, r.syt), r.words(pressText, "2026-12-01", r.stc), r.words(trainText, "", r.snv))

	v := r.revision(id)
	if v.Earlier.ID != oldID || v.Document.Revises.Kind != tasks.RevisionReplaces || v.Plan.Doubtful != 0 {
		t.Fatalf("earlier %d, %+v, plan %+v", v.Earlier.ID, v.Document.Revises, v.Plan)
	}
	if p := v.Plan; p.GoOn != 2 || p.CarryOn != 2 || p.End != 2 || p.New != 1 || p.Stay != 0 || !slices.Equal(p.Leaves, []int64{r.stc}) {
		t.Errorf("plan %+v", p)
	}
	check(t, r.documents.Issue(t.Context(), r.secretariat, id, 0))

	got := must(r.documents.Get(t.Context(), r.secretariat, id))(t)
	if len(got.Assignments) != 4 || len(got.Tasks) != 3 || got.Recallable || got.Earlier.ID != oldID {
		t.Fatalf("%d assignments of %d duties, recallable %v", len(got.Assignments), len(got.Tasks), got.Recallable)
	}
	on := r.assignment(a[0].ID)
	if b := on.Assignment; b.DocumentID != id || b.TaskID != got.Tasks[0].ID || b.State != tasks.StateInProgress || b.Percent != 40 ||
		b.FirstDue != date("2026-10-30") || b.Due != date("2026-11-10") || b.DueVersion != 2 || b.DueSetOn != date("2026-10-05") {
		t.Errorf("carried on as %+v", b)
	}
	if on.Task.Text != surveyText+" trong năm" || len(on.Reports) != 1 {
		t.Errorf("its duty is %q with %d reports", on.Task.Text, len(on.Reports))
	}
	if trail := r.trail(tasks.Subject{Kind: tasks.SubjectAssignment, ID: a[0].ID}); !slices.Equal(trail, []string{"assignment.assigned", "assignment.progress", "assignment.carried_on"}) {
		t.Errorf("trail %v", trail)
	}
	// A duty that names no time of its own keeps the one in force.
	if b := r.assignment(a[3].ID).Assignment; b.DocumentID != id || b.Due != date("2026-11-20") || b.DueVersion != 1 || b.Cadence != "" {
		t.Errorf("kept as %+v", b)
	}
	for _, i := range []int{1, 2} {
		b := r.assignment(a[i].ID)
		if b.Assignment.State != tasks.StateCancelled || b.Assignment.DocumentID != oldID || b.Trail[0].Action != "assignment.ended" {
			t.Errorf("assignment %d is %+v after %s", i, b.Assignment, b.Trail[0].Action)
		}
	}
	// Found under its new document by those who have a part in it, and by its new words.
	page := must(r.assignments.List(t.Context(), r.focal, tasks.AssignmentQuery{Words: "2/CT", Limit: tasks.MaxPage}))(t)
	if len(page.Rows) != 2 {
		t.Errorf("%d rows found by the new number", len(page.Rows))
	}
	told := make(map[int64]bool)
	for _, n := range r.notices(tasks.NoticeIssued) {
		told[n.AgencyID] = told[n.AgencyID] || n.Subject.ID == id
	}
	ended := 0
	for _, n := range r.notices(tasks.NoticeEvent) {
		if n.Event == tasks.EventEnded && n.AgencyID == r.stc {
			ended++
		}
	}
	if !told[r.snv] || !told[r.stc] || !told[r.syt] || ended != 2 {
		t.Errorf("told %v", told)
	}
	refused(t, r.documents.Recall(t.Context(), r.secretariat, id, 0), tasks.CodeConflict, "document.recall_revision")
	refused(t, r.documents.Recall(t.Context(), r.secretariat, oldID, 0), tasks.CodeConflict, "document.recall_revision")
	if by := must(r.documents.Get(t.Context(), r.secretariat, oldID))(t).RevisedBy; len(by) != 1 || by[0].ID != id {
		t.Errorf("revised by %+v", by)
	}
}

func TestAmendmentLeavesTheRest(t *testing.T) {
	r := newRig(t)
	_, a := r.issue("1/CT", r.words(surveyText, "2026-10-30", r.snv), r.words(budgetText, "2026-11-15", r.stc))
	id := r.revises(tasks.RevisionAmends, r.words(surveyText, "2026-11-10", r.snv))
	if p := r.revision(id).Plan; p.GoOn != 1 || p.Stay != 1 || p.End != 0 || p.New != 0 {
		t.Errorf("plan %+v", p)
	}
	check(t, r.documents.Issue(t.Context(), r.secretariat, id, 0))
	if b := r.assignment(a[1].ID).Assignment; b.State != tasks.StateAssigned || b.Version != a[1].Version {
		t.Errorf("untouched one is %+v", b)
	}
	if b := r.assignment(a[0].ID).Assignment; b.DocumentID != id || b.FirstDue != date("2026-10-30") || b.Due != date("2026-11-10") {
		t.Errorf("amended one is %+v", b)
	}
}

func TestCadenceChangesWithTheDuty(t *testing.T) {
	r := newRig(t)
	periodic := func(rule string) tasks.DraftInput {
		return r.duty(func(in *tasks.DraftInput) { in.Text, in.Deadline, in.Cadence = surveyText, calendar.Date{}, rule })
	}
	_, a := r.issue("1/CT", periodic("FREQ=MONTHLY;BYMONTHDAY=19"))
	id := r.revises(tasks.RevisionReplaces, r.words(surveyText, "2026-11-10", r.snv))
	check(t, r.documents.Issue(t.Context(), r.secretariat, id, 0))
	v := r.assignment(a[0].ID)
	if b := v.Assignment; b.Cadence != "" || b.Due != date("2026-11-10") || b.FirstDue != date("2026-11-10") || len(v.Notes) != 0 {
		t.Errorf("with a deadline now: %+v, notes %v", b, v.Notes)
	}
}

func TestFatesAreDecidedByAPerson(t *testing.T) {
	r := newRig(t)
	oldID, a := r.issue("1/CT", r.words(surveyText, "2026-10-30", r.snv), r.words(budgetText, "2026-11-15", r.stc))
	vague := "Rà soát, đơn giản hoá thủ tục hành chính và công bố danh mục dịch vụ công trực tuyến"
	id := r.revises(tasks.RevisionReplaces, r.words(vague, "2026-11-10", r.snv), r.words(pressText, "2026-11-11", r.stc))
	v := r.revision(id)
	if v.Plan.Doubtful != 1 || !v.Rows[0].Doubtful() {
		t.Fatalf("plan %+v, first row %+v", v.Plan, v.Rows[0])
	}
	refused(t, r.documents.Issue(t.Context(), r.secretariat, id, 0), tasks.CodeInvalid, "issue.revision_doubt")

	first, second := v.Rows[0].Old.ID, int64(0)
	for _, row := range v.Rows {
		if row.Old != nil && row.Old.ID != first {
			second = row.Old.ID
		}
	}
	choose := func(who tasks.Person, version int64, c ...tasks.DutyChoice) error {
		return r.documents.ChooseFates(t.Context(), who, id, version, c)
	}
	press := v.Drafts[1].ID
	ends, goes := tasks.DutyChoice{TaskID: first, Fate: tasks.FateEnds}, tasks.DutyChoice{TaskID: second, Fate: tasks.FateGoesOn, DraftID: press}
	refused(t, choose(r.leader, 0, ends), tasks.CodeNotFound, "")
	refused(t, choose(r.secretariat, v.Document.Version+1, ends), tasks.CodeConflict, "")
	refused(t, choose(r.secretariat, 0, tasks.DutyChoice{TaskID: first, Fate: tasks.FateStays}), tasks.CodeInvalid, "field.required")
	refused(t, choose(r.secretariat, 0, tasks.DutyChoice{TaskID: first, Fate: tasks.FateGoesOn}), tasks.CodeInvalid, "revision.no_duty")
	refused(t, choose(r.secretariat, 0, goes, tasks.DutyChoice{TaskID: first, Fate: tasks.FateGoesOn, DraftID: press}), tasks.CodeInvalid, "revision.twice")
	check(t, choose(r.secretariat, v.Document.Version, ends, goes))
	if p := r.revision(id).Plan; p.Doubtful != 0 || p.GoOn != 1 || p.End != 1 || p.CarryOn != 1 {
		t.Errorf("plan %+v", p)
	}
	check(t, r.documents.Issue(t.Context(), r.secretariat, id, 0))
	if b := r.assignment(a[1].ID); b.Assignment.DocumentID != id || b.Task.Text != pressText {
		t.Errorf("carried on in %q", b.Task.Text)
	}
	if b := r.assignment(a[0].ID).Assignment; b.State != tasks.StateCancelled || b.DocumentID != oldID {
		t.Errorf("ended as %+v", b)
	}
	if got := must(r.documents.Get(t.Context(), r.secretariat, id))(t).Assignments; len(got) != 2 {
		t.Errorf("%d assignments, want a new one and the one carried on", len(got))
	}
}

func TestCompletedDutyIsGivenAnew(t *testing.T) {
	r := newRig(t)
	_, a := r.issue("1/CT", r.words(surveyText, "2026-10-30", r.snv))
	r.report(r.focal, a[0].ID, tasks.ReportSubmission, 100)
	check(t, r.assignments.Confirm(t.Context(), r.secretariat, a[0].ID, 0))
	id := r.revises(tasks.RevisionReplaces, r.words(surveyText, "2026-12-10", r.snv))
	if p := r.revision(id).Plan; p.Stay != 1 || p.CarryOn+p.End+p.Done != 0 {
		t.Errorf("plan %+v", p)
	}
	check(t, r.documents.Issue(t.Context(), r.secretariat, id, 0))
	got := must(r.documents.Get(t.Context(), r.secretariat, id))(t).Assignments
	if len(got) != 1 || got[0].ID == a[0].ID || r.assignment(a[0].ID).Assignment.State != tasks.StateCompleted {
		t.Errorf("%+v", got)
	}
}

func TestWhichDocumentIsRevised(t *testing.T) {
	r := newRig(t)
	oldID, _ := r.issue("1/CT", r.duty())
	id := r.draft("2/CT", r.duty())
	set := func(number string, kind tasks.RevisionKind) error {
		return r.documents.SetRevises(t.Context(), r.secretariat, id, 0, number, kind)
	}
	refused(t, set("9/CT", tasks.RevisionAmends), tasks.CodeInvalid, "revision.unknown_number")
	refused(t, set("2/CT", tasks.RevisionAmends), tasks.CodeInvalid, "revision.unknown_number")
	refused(t, set("1/CT", "crosses out"), tasks.CodeInvalid, "field.required")
	refused(t, r.documents.SetRevises(t.Context(), r.focal, id, 0, "1/CT", tasks.RevisionAmends), tasks.CodeNotFound, "")
	check(t, set(" 1/ct ", tasks.RevisionAmends))
	if v := r.revision(id); v.Earlier.ID != oldID || v.Document.Revises.Kind != tasks.RevisionAmends {
		t.Errorf("revises %+v", v.Document.Revises)
	}
	check(t, set("", ""))
	if v := r.revision(id); v.Earlier.ID != 0 || len(v.Rows) != 0 {
		t.Errorf("revises %+v", v.Document.Revises)
	}
	// What is read of a document of another day is not this one.
	r.reader.out.Revisions = []tasks.NamedRevision{{Kind: tasks.RevisionReplaces, Number: "1/CT", Date: date("2025-10-02")}}
	d := must(r.documents.Import(t.Context(), r.secretariat, tasks.NewDocument{Files: []tasks.Upload{{Name: "a.txt", Data: []byte("x")}}, Head: tasks.Head{Number: "3/CT"}}))(t)
	if d.Revises.DocumentID != 0 {
		t.Errorf("revises %+v", d.Revises)
	}
}
