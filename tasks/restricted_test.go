package tasks_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"tiendo/tasks"
)

const secretText = "Rà soát nhân sự thuộc diện luân chuyển"

// kept is a document with a restricted duty of snv, in which syt cooperates, and an open one of stc.
func (r *rig) kept() (document int64, a []tasks.Assignment) {
	r.t.Helper()
	return r.issue("1/CT",
		r.duty(func(in *tasks.DraftInput) {
			in.Ref, in.Text, in.Deliverable, in.Cooperating, in.Restricted = "II.1", secretText, "Báo cáo mật độ", leads(r.syt), true
		}),
		r.duty(func(in *tasks.DraftInput) { in.Text, in.Leads = budgetText, leads(r.stc) }))
}

func TestWhoReadsARestrictedDuty(t *testing.T) {
	r := newRig(t)
	id, a := r.kept()
	health := r.person("Yến", focalOf(r.syt))
	for _, c := range []struct {
		who   tasks.Person
		reads bool
	}{{r.secretariat, true}, {r.leader, true}, {r.focal, true}, {r.head, true}, {health, true}, {r.other, false}} {
		v := must(r.documents.Get(t.Context(), c.who, id))(t)
		secret, open := v.Tasks[0], v.Tasks[1]
		if open.Text != budgetText || open.Hidden || open.Restricted {
			t.Errorf("%s: the open duty is %+v", c.who.Name, open)
		}
		if !secret.Restricted || secret.Ref != "II.1" || secret.Hidden == c.reads || (secret.Text == secretText) != c.reads || (secret.Deliverable != "") != c.reads {
			t.Errorf("%s: the restricted duty is %+v", c.who.Name, secret)
		}
		if !c.reads && (secret.Written != tasks.WrittenDue{} || secret.Source != tasks.Place{} || secret.Section != "" || secret.Criteria != nil) {
			t.Errorf("%s: left of the restricted duty %+v", c.who.Name, secret)
		}
		if v.FilesClosed == c.reads {
			t.Errorf("%s: files closed %v", c.who.Name, v.FilesClosed)
		}
		_, err := r.assignments.Get(t.Context(), c.who, a[0].ID)
		if c.reads {
			check(t, err)
		} else {
			refused(t, err, tasks.CodeNotFound, "")
		}
	}
	page := must(r.assignments.List(t.Context(), r.other, tasks.AssignmentQuery{Words: "luan chuyen"}))(t)
	if len(page.Rows) != 0 || page.Total != 0 {
		t.Errorf("another agency finds %d of %d by the words", len(page.Rows), page.Total)
	}
	if page = must(r.assignments.List(t.Context(), r.focal, tasks.AssignmentQuery{Words: "luan chuyen"}))(t); len(page.Rows) != 1 || !page.Rows[0].Restricted || page.Rows[0].Hidden {
		t.Errorf("its own agency finds %+v", page.Rows)
	}
}

func TestFilesOfRestrictedDuties(t *testing.T) {
	r := newRig(t)
	r.reader.out = tasks.Extraction{
		Head: tasks.Head{Kind: tasks.KindDirective, Number: "1/CT", Date: date("2026-10-02"), Title: "Chỉ thị"},
		Drafts: []tasks.Draft{
			{Text: secretText, Leads: []tasks.Party{{Written: "Sở Nội vụ"}}, Source: tasks.Place{Part: "text", Block: 1}},
			{Text: budgetText, Leads: []tasks.Party{{Written: "Sở Tài chính"}}, Source: tasks.Place{Part: "text", Block: 2}},
		},
		Blocks: [][]tasks.SourceBlock{{{Block: 1, Text: secretText}, {Block: 2, Text: budgetText}}},
	}
	doc := must(r.documents.Import(t.Context(), r.secretariat, tasks.NewDocument{Files: []tasks.Upload{{Name: "ct.txt", Data: []byte("Chỉ thị")}}}))(t)
	for i, d := range r.drafts(doc.ID) {
		check(t, r.documents.UpdateDraft(t.Context(), r.secretariat, doc.ID, d.ID, tasks.DraftInput{
			Text: d.Text, Leads: d.Leads, Deadline: date("2026-10-30"), Checked: true, Restricted: i == 0,
		}))
	}
	refused(t, func() error { _, err := r.documents.Correction(t.Context(), tasks.System, doc.ID); return err }(), tasks.CodeConflict, "corrections.restricted")
	r.issueDraft(doc.ID)
	v := must(r.documents.Get(t.Context(), r.secretariat, doc.ID))(t)
	file, own, others := v.Files[0].Attachment.ID, v.Assignments[0], v.Assignments[1]
	open := func(who tasks.Person) error {
		_, f, err := r.documents.OpenFile(t.Context(), who, file)
		if err == nil {
			f.Close()
		}
		return err
	}
	for _, who := range []tasks.Person{r.secretariat, r.leader, r.focal, r.head} {
		check(t, open(who))
	}
	refused(t, open(r.other), tasks.CodeForbidden, "document.file_restricted")
	if got := must(r.documents.Get(t.Context(), r.other, doc.ID))(t); len(got.Files) != 0 || !got.FilesClosed {
		t.Errorf("files %+v", got.Files)
	}
	// Beside the other agency's own duty stands the restricted one.
	if got := must(r.assignments.Get(t.Context(), r.other, others.ID))(t); len(got.Source) != 0 || got.File.ID != 0 {
		t.Errorf("source %+v of %+v", got.Source, got.File)
	}
	if got := must(r.assignments.Get(t.Context(), r.focal, own.ID))(t); len(got.Source) != 2 {
		t.Errorf("source %+v", got.Source)
	}
	// Of two restricted duties each is the others' secret.
	check(t, r.assignments.Restrict(t.Context(), r.secretariat, others.TaskID, tasks.RestrictInput{Restricted: true, Reason: "Cũng vậy"}))
	refused(t, open(r.focal), tasks.CodeForbidden, "document.file_restricted")
	check(t, open(r.leader))
	for _, a := range v.Assignments {
		check(t, r.assignments.Restrict(t.Context(), r.secretariat, a.TaskID, tasks.RestrictInput{Reason: "Đã công bố"}))
	}
	check(t, open(r.other))
	if got := must(r.assignments.Get(t.Context(), r.other, others.ID))(t); len(got.Source) != 2 {
		t.Errorf("source %+v", got.Source)
	}
}

func TestTheMarkIsSetAndLifted(t *testing.T) {
	r := newRig(t)
	_, a := r.issue("1/CT", r.duty(func(in *tasks.DraftInput) { in.Leads = leads(r.snv, r.stc) }))
	task := a[0].TaskID
	set := func(who tasks.Person, restricted bool, reason string) error {
		return r.assignments.Restrict(t.Context(), who, task, tasks.RestrictInput{Restricted: restricted, Reason: reason})
	}
	for _, who := range []tasks.Person{r.leader, r.focal, r.head} {
		refused(t, set(who, true, "Nhân sự"), tasks.CodeForbidden, "")
	}
	refused(t, set(r.admin, true, "Nhân sự"), tasks.CodeNotFound, "")
	refused(t, set(r.secretariat, true, " "), tasks.CodeInvalid, "")
	refused(t, set(r.secretariat, false, "Nhân sự"), tasks.CodeConflict, "")
	check(t, set(r.secretariat, true, "Nhân sự"))
	refused(t, set(r.colleague, true, "Nhân sự"), tasks.CodeConflict, "")
	check(t, set(r.colleague, false, "Đã công bố"))
	for _, one := range a {
		v := r.assignment(one.ID)
		if got := r.trail(tasks.Subject{Kind: tasks.SubjectAssignment, ID: one.ID}); !slices.Equal(got, []string{"assignment.assigned", "assignment.restricted", "assignment.unrestricted"}) {
			t.Errorf("trail %q", got)
		}
		if v.Assignment.Version != one.Version {
			t.Errorf("the version went from %d to %d: a form that is open would be refused", one.Version, v.Assignment.Version)
		}
		if e := v.Trail[1]; e.Before != `{"restricted":false}` || e.After != `{"reason":"Nhân sự","restricted":true}` || e.ActorID != r.secretariat.ID {
			t.Errorf("audit %+v", e)
		}
	}
	v := must(r.assignments.RestrictView(t.Context(), r.secretariat, task))(t)
	if !slices.Equal(v.Parties, []int64{r.snv, r.stc}) || v.Outside != nil || v.Assignments != 2 || v.HasFile {
		t.Errorf("view %+v", v)
	}
	refused(t, func() error { _, err := r.assignments.RestrictView(t.Context(), r.leader, task); return err }(), tasks.CodeForbidden, "")
}

// A mark is not lost by what is done to drafts, and a duty that goes on in another document stays restricted.
func TestTheMarkGoesAlong(t *testing.T) {
	r := newRig(t)
	id := r.draft("1/CT", r.duty(), r.duty(func(in *tasks.DraftInput) { in.Text, in.Restricted = surveyText+"; "+secretText, true }))
	mark := func(want ...bool) {
		t.Helper()
		var got []bool
		for _, d := range r.drafts(id) {
			got = append(got, d.Restricted)
		}
		if !slices.Equal(got, want) {
			t.Errorf("marks %v, want %v", got, want)
		}
	}
	mark(false, true)
	d := r.drafts(id)
	must(r.documents.SplitDraft(t.Context(), r.secretariat, id, d[1].ID, 0, len([]rune(surveyText+";"))))(t)
	mark(false, true, true)
	d = r.drafts(id)
	check(t, r.documents.MergeDraft(t.Context(), r.secretariat, id, tasks.DraftVersion{ID: d[1].ID}, tasks.DraftVersion{ID: d[0].ID}))
	mark(true, true)
	step := must(r.documents.Review(t.Context(), r.secretariat, id))(t).Steps[0]
	must2(r.documents.Undo(t.Context(), r.secretariat, id, step.ID))(t)
	mark(false, true, true)

	_, a := r.issue("2/CT", r.duty(func(in *tasks.DraftInput) { in.Text, in.Restricted = surveyText, true }))
	next := r.revising("3/CT", "2/CT", tasks.RevisionReplaces, r.words(surveyText, "2026-12-01", r.snv))
	r.issueDraft(next)
	v := r.assignment(a[0].ID)
	if v.Assignment.DocumentID != next || !v.Task.Restricted {
		t.Errorf("it goes on in document %d as %+v", v.Assignment.DocumentID, v.Task)
	}
}

// The words of a duty that goes on in a restricted one stand in the earlier document, too.
func TestTheEarlierDocumentKeepsWhatIsRestrictedNow(t *testing.T) {
	r := newRig(t)
	first, a := r.issue("1/CT", r.words(surveyText, "2026-10-30", r.snv), r.words(budgetText, "2026-11-15", r.stc))
	survey := r.words(surveyText, "2026-12-01", r.snv)
	survey.Restricted = true
	r.issueDraft(r.revising("2/CT", "1/CT", tasks.RevisionAmends, survey))
	got := must(r.documents.Get(t.Context(), r.other, first))(t)
	if len(got.Tasks) != 2 || !got.Tasks[0].Hidden || got.Tasks[0].Text != "" || got.Tasks[1].Text != budgetText || !got.FilesClosed {
		t.Errorf("another agency reads %+v", got.Tasks)
	}
	v := r.assignment(a[0].ID)
	if v.Task.Text != surveyText || !strings.Contains(v.Trail[0].After, `"restricted":true`) {
		t.Errorf("it goes on as %+v, with %+v", v.Task, v.Trail[0])
	}
}

func must2[T, U any](v T, _ U, err error) func(testing.TB) T { return must(v, err) }

// What leaves the house is sealed for everybody, and what was read stays as it was.
func TestOutgoingRowsAreSealed(t *testing.T) {
	rows := []tasks.AssignmentRow{{Ref: "1", Text: "mở"}, {
		Assignment: tasks.Assignment{ID: 7}, Restricted: true, Ref: "2", Text: "kín", Deliverable: "kín", DuePhrase: "kín", LastReason: "kín", LastReport: "kín",
	}}
	out := tasks.Outgoing(rows)
	if out[0].Text != "mở" || out[0].Hidden || rows[1].Text != "kín" || rows[1].Hidden {
		t.Errorf("%+v of %+v", out, rows)
	}
	if r := out[1]; r.ID != 7 || r.Ref != "2" || !r.Hidden || r.Text+r.Deliverable+r.DuePhrase+r.LastReason+r.LastReport != "" {
		t.Errorf("sealed %+v", r)
	}
}

// The register tells no more than the number in what leaves the house, and no report either.
func TestTheRegisterThatLeavesTheHouse(t *testing.T) {
	r := newRig(t)
	_, a := r.kept()
	r.report(r.focal, a[0].ID, tasks.ReportProgress, 20)
	for _, outgoing := range []bool{false, true} {
		page := must(r.assignments.Register(t.Context(), r.leader, tasks.RegisterQuery{From: date("2026-10-01"), To: date("2026-10-31"), Outgoing: outgoing}))(t)
		row, name := page.Rows[0], strconv.FormatBool(outgoing)
		if row.ID != a[0].ID || (row.Text == secretText) == outgoing || row.Hidden != outgoing || (row.Last.Text != "") == outgoing || row.Percent != 20 {
			t.Errorf("outgoing %s: %+v", name, row)
		}
		if page.Rows[1].Text != budgetText {
			t.Errorf("outgoing %s: the open one %+v", name, page.Rows[1])
		}
	}
}
