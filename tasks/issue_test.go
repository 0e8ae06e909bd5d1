package tasks_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/store"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

func (r *rig) plan(documentID int64) tasks.IssuePlan {
	r.t.Helper()
	return must(r.documents.Review(r.t.Context(), r.secretariat, documentID))(r.t).Plan
}

func TestPlanSaysWhatIssuingDoes(t *testing.T) {
	r := newRig(t)
	id := r.draft("1/CT",
		r.duty(), // one
		r.duty(func(in *tasks.DraftInput) { in.Leads = leads(r.snv, r.stc) }),                                  // two
		r.duty(func(in *tasks.DraftInput) { in.Leads, in.Joint = leads(r.snv, r.stc), true }),                  // one
		r.duty(func(in *tasks.DraftInput) { in.Deadline = calendar.Date{} }),                                   // takes the default
		r.duty(func(in *tasks.DraftInput) { in.Deadline, in.Cooperating = date("2026-10-04"), leads(r.thue) }), // passed
		r.duty(func(in *tasks.DraftInput) { in.Deadline = date("2026-10-05") }),                                // today is not passed
	)
	p := r.plan(id)
	if p.Duties != 6 || p.Assignments != 7 || p.Defaulted != 1 || p.Past != 1 || len(p.Problems) != 0 {
		t.Errorf("plan %+v", p)
	}
	if !slices.Equal(p.Agencies, []int64{r.snv, r.stc, r.thue}) || !slices.Equal(p.Unreachable, []int64{r.thue}) {
		t.Errorf("agencies %v, unreachable %v", p.Agencies, p.Unreachable)
	}
	// Somebody who is disabled reaches nobody.
	off := r.other
	off.Active = false
	must(r.accounts.SavePerson(t.Context(), r.admin, off))(t)
	if p := r.plan(id); !slices.Equal(p.Unreachable, []int64{r.stc, r.thue}) {
		t.Errorf("unreachable %v", p.Unreachable)
	}
}

func TestWhatBlocksIssue(t *testing.T) {
	head := func(change func(*tasks.HeadInput)) tasks.HeadInput {
		in := tasks.HeadInput{Head: tasks.Head{Kind: "plan", Number: "1/KH", Date: date("2026-10-01")}, Cadence: calendar.DefaultCadence}
		change(&in)
		return in
	}
	for name, c := range map[string]struct {
		head  func(*tasks.HeadInput)
		draft func(*tasks.DraftInput)
		key   string
	}{
		"no number":      {head: func(in *tasks.HeadInput) { in.Number = " " }, key: "issue.no_number"},
		"no date":        {head: func(in *tasks.HeadInput) { in.Date = calendar.Date{} }, key: "issue.no_date"},
		"no lead":        {draft: func(in *tasks.DraftInput) { in.Leads = nil }, key: "issue.no_lead"},
		"unknown lead":   {draft: func(in *tasks.DraftInput) { in.Leads = written("Đội bóng") }, key: "issue.unknown_name"},
		"unknown helper": {draft: func(in *tasks.DraftInput) { in.Cooperating = written("Đội bóng") }, key: "issue.unknown_name"},
		"nobody ticked":  {draft: func(in *tasks.DraftInput) { in.Leads = []tasks.Party{{Written: "các sở", GroupID: 1}} }, key: "issue.unknown_name"},
		"a rule that is over": {
			draft: func(in *tasks.DraftInput) { in.Deadline, in.Cadence = calendar.Date{}, "FREQ=MONTHLY;UNTIL=20260901" }, key: "field.bad_rule",
		},
		"a default that is over": {
			head:  func(in *tasks.HeadInput) { in.Cadence = "FREQ=MONTHLY;UNTIL=20260901" },
			draft: func(in *tasks.DraftInput) { in.Deadline = calendar.Date{} }, key: "field.bad_rule",
		},
		"no duties": {key: "issue.no_duties"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			id := r.draft("1/KH")
			if name != "no duties" {
				in := r.duty()
				if c.draft != nil {
					c.draft(&in)
				}
				must(r.documents.AddDraft(t.Context(), r.secretariat, id, 0, in))(t)
			}
			if c.head != nil {
				_, err := r.documents.UpdateHead(t.Context(), r.secretariat, id, head(c.head))
				check(t, err)
			}
			before := len(r.trail(tasks.Subject{Kind: tasks.SubjectDocument, ID: id}))
			err := r.documents.Issue(t.Context(), r.secretariat, id, 0)
			refused(t, err, tasks.CodeInvalid, c.key)
			var e *tasks.Error
			if errors.As(err, &e) && len(r.drafts(id)) > 0 && c.draft != nil && e.Fields[0].Field != "draft-"+strconv.FormatInt(r.drafts(id)[0].ID, 10) {
				t.Errorf("field %q", e.Fields[0].Field)
			}
			if p := r.plan(id); len(p.Problems) != 1 || p.Problems[0].Key != c.key {
				t.Errorf("problems %+v", p.Problems)
			}
			view := must(r.documents.Get(t.Context(), r.secretariat, id))(t)
			if view.Document.State != tasks.DocumentDraft || len(view.Tasks)+len(view.Assignments) != 0 || len(r.notices(tasks.NoticeIssued)) != 0 ||
				len(r.trail(tasks.Subject{Kind: tasks.SubjectDocument, ID: id})) != before {
				t.Errorf("something was written: %+v", view)
			}
		})
	}
}

func TestIssueWritesAnAssignmentALead(t *testing.T) {
	r := newRig(t)
	in := func(change func(*tasks.DraftInput)) tasks.DraftInput { return r.duty(change) }
	id, a := r.issue("1/CT",
		in(func(in *tasks.DraftInput) {
			in.Leads, in.Cooperating = leads(r.snv, r.stc, r.snv), leads(r.thue, r.stc)
		}),
		in(func(in *tasks.DraftInput) {
			in.Leads, in.Joint, in.Cooperating = leads(r.stc, r.snv), true, leads(r.thue, r.thue)
		}),
		in(func(in *tasks.DraftInput) {
			in.Leads = []tasks.Party{{Written: "các sở", GroupID: r.departments, Members: []int64{r.stc, r.syt}}}
			in.Deadline, in.Cadence = calendar.Date{}, "FREQ=MONTHLY;BYMONTHDAY=19"
		}),
		in(func(in *tasks.DraftInput) { in.Deadline, in.Cadence = calendar.Date{}, "FREQ=MONTHLY;BYMONTHDAY=18" }),
		in(func(in *tasks.DraftInput) { in.Deadline = calendar.Date{} }),
	)
	type row struct {
		leads, cooperating []int64
		due, cadence, note string
	}
	// Ten working days after Monday 5 October 2026 is Monday the 19th: a note on the 18th is too early.
	want := []row{
		{[]int64{r.snv}, []int64{r.thue}, "2026-10-30", "", ""},
		{[]int64{r.stc}, []int64{r.thue}, "2026-10-30", "", ""},
		{[]int64{r.stc, r.snv}, []int64{r.thue}, "2026-10-30", "", ""},
		{[]int64{r.stc}, nil, "", "FREQ=MONTHLY;BYMONTHDAY=19", "2026-10-19"},
		{[]int64{r.syt}, nil, "", "FREQ=MONTHLY;BYMONTHDAY=19", "2026-10-19"},
		{[]int64{r.snv}, nil, "", "FREQ=MONTHLY;BYMONTHDAY=18", "2026-11-18"},
		{[]int64{r.snv}, nil, "", calendar.DefaultCadence, "2026-12-15"},
	}
	if len(a) != len(want) {
		t.Fatalf("%d assignments, want %d", len(a), len(want))
	}
	for i, w := range want {
		got := a[i]
		if !slices.Equal(got.Leads, w.leads) || !slices.Equal(got.Cooperating, w.cooperating) || got.Due.String() != w.due ||
			got.FirstDue != got.Due || got.Cadence != w.cadence || got.State != tasks.StateAssigned || got.DueVersion != 1 ||
			got.DueSetOn != date("2026-10-05") || !got.AssignedAt.Equal(r.business.at) {
			t.Errorf("assignment %d: %+v, want %+v", i, got, w)
		}
		notes := r.assignment(got.ID).Notes
		if w.note == "" && len(notes) != 0 || w.note != "" && (len(notes) != 1 || notes[0].Due != date(w.note)) {
			t.Errorf("notes of %d: %+v, want %s", i, notes, w.note)
		}
		if got := r.trail(tasks.Subject{Kind: tasks.SubjectAssignment, ID: got.ID}); !slices.Equal(got, []string{"assignment.assigned"}) {
			t.Errorf("trail of %d: %v", i, got)
		}
	}
	d := r.document(id)
	if d.State != tasks.DocumentIssued || d.IssuedBy != r.secretariat.ID || !d.IssuedAt.Equal(r.business.at) {
		t.Errorf("document %+v", d)
	}
	var told []int64
	for _, n := range r.notices(tasks.NoticeIssued) {
		if n.Subject != (tasks.Subject{Kind: tasks.SubjectDocument, ID: id}) || n.Role != tasks.RoleFocal || n.Day != date("2026-10-05") {
			t.Errorf("notice %+v", n)
		}
		told = append(told, n.AgencyID)
	}
	if want := []int64{r.snv, r.stc, r.syt, r.thue}; !slices.Equal(told, want) {
		t.Errorf("told %v, want each agency once %v", told, want)
	}
	refused(t, r.documents.Issue(t.Context(), r.secretariat, id, 0), tasks.CodeConflict, "document.not_draft")
	refused(t, r.documents.Issue(t.Context(), r.leader, id, 0), tasks.CodeForbidden, "")
	refused(t, r.documents.Issue(t.Context(), r.focal, id, 0), tasks.CodeForbidden, "")
	refused(t, r.documents.Issue(t.Context(), r.admin, id, 0), tasks.CodeNotFound, "")
	// What is issued is no longer reviewed.
	_, err := r.documents.Review(t.Context(), r.secretariat, id)
	refused(t, err, tasks.CodeConflict, "document.not_draft")
	_, err = r.documents.SetColumns(t.Context(), r.secretariat, id, []tasks.DraftVersion{{ID: 1}}, tasks.Columns{Time: true, Deadline: date("2026-10-30")})
	refused(t, err, tasks.CodeConflict, "")
	// Later changes of the group touch nothing issued.
	_, err = r.directory.SaveGroup(t.Context(), r.admin, tasks.Group{ID: r.departments, Code: "SO", Name: "Các sở"})
	check(t, err)
	if got := r.assignment(a[3].ID).Assignment.Leads; !slices.Equal(got, []int64{r.stc}) {
		t.Errorf("leads %v", got)
	}
}

func TestRecallAndIssueAgain(t *testing.T) {
	r := newRig(t)
	id, first := r.issue("1/CT", r.duty(), r.duty(func(in *tasks.DraftInput) { in.Deadline = calendar.Date{} }))
	told := r.notices(tasks.NoticeIssued)
	if v := must(r.documents.Get(t.Context(), r.secretariat, id))(t); !v.Recallable {
		t.Error("not recallable")
	}
	refused(t, r.documents.Recall(t.Context(), r.leader, id, 0), tasks.CodeForbidden, "")
	refused(t, r.documents.Recall(t.Context(), r.secretariat, id, r.document(id).Version+1), tasks.CodeConflict, "error.conflict")
	check(t, r.documents.Recall(t.Context(), r.secretariat, id, r.document(id).Version))
	view := must(r.documents.Get(t.Context(), r.secretariat, id))(t)
	if view.Document.State != tasks.DocumentDraft || view.Document.IssuedBy != 0 || !view.Document.IssuedAt.IsZero() ||
		len(view.Tasks)+len(view.Assignments) != 0 || len(r.drafts(id)) != 2 || len(r.notices(tasks.NoticeIssued)) != 0 {
		t.Errorf("after the recall %+v", view)
	}
	_, err := r.assignments.Get(t.Context(), r.focal, first[0].ID)
	refused(t, err, tasks.CodeNotFound, "")
	_, err = r.documents.Get(t.Context(), r.focal, id)
	refused(t, err, tasks.CodeNotFound, "")
	if got := r.trail(tasks.Subject{Kind: tasks.SubjectAssignment, ID: first[0].ID}); !slices.Equal(got, []string{"assignment.assigned"}) {
		t.Errorf("the audit of what was recalled: %v", got)
	}
	refused(t, r.documents.Recall(t.Context(), r.secretariat, id, 0), tasks.CodeConflict, "document.not_issued")

	check(t, r.documents.Issue(t.Context(), r.secretariat, id, 0))
	again := r.notices(tasks.NoticeIssued)
	if len(again) != len(told) || again[0].Occurrence == told[0].Occurrence {
		t.Errorf("told again %+v, first %+v", again, told)
	}
	second := must(r.documents.Get(t.Context(), r.secretariat, id))(t).Assignments
	if len(second) != 2 || second[0].ID == first[0].ID {
		t.Errorf("an assignment of the recalled issue came back: %+v", second)
	}
	if got := r.trail(tasks.Subject{Kind: tasks.SubjectAssignment, ID: second[0].ID}); !slices.Equal(got, []string{"assignment.assigned"}) {
		t.Errorf("trail %v", got)
	}
	want := []string{"document.imported", "document.draft_added", "document.draft_added", "document.issued", "document.recalled", "document.issued"}
	if got := r.trail(tasks.Subject{Kind: tasks.SubjectDocument, ID: id}); !slices.Equal(got, want) {
		t.Errorf("trail %v", got)
	}
}

func TestRecallTooLate(t *testing.T) {
	for name, c := range map[string]struct {
		meanwhile func(t *testing.T, r *rig, document, assignment int64)
		late      bool
	}{
		"a mail that waits": {func(t *testing.T, r *rig, document, _ int64) { r.mail(document) }, false},
		"a mail claimed": {func(t *testing.T, r *rig, document, _ int64) {
			r.mail(document)
			r.claim()
		}, true},
		"a mail that the server did not take": {func(t *testing.T, r *rig, document, _ int64) {
			r.mail(document)
			m := r.claim()
			m.NextTry = r.system.at.Add(time.Hour)
			check(t, r.db.Outbox().Release(t.Context(), []notify.Mail{m}, "no server"))
		}, false},
		"a report": {func(t *testing.T, r *rig, _, assignment int64) {
			r.report(r.focal, assignment, tasks.ReportProgress, 10)
		}, true},
		"a report withdrawn": {func(t *testing.T, r *rig, _, assignment int64) {
			r.report(r.focal, assignment, tasks.ReportSubmission, 0)
			check(t, r.assignments.Withdraw(t.Context(), r.focal, assignment, 0))
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			id, a := r.issue("1/CT", r.duty())
			c.meanwhile(t, r, id, a[0].ID)
			if v := must(r.documents.Get(t.Context(), r.secretariat, id))(t); v.Recallable == c.late {
				t.Errorf("recallable: %v", v.Recallable)
			}
			err := r.documents.Recall(t.Context(), r.secretariat, id, 0)
			if !c.late {
				check(t, err)
				return
			}
			refused(t, err, tasks.CodeConflict, "document.recall_too_late")
			if got := r.document(id).State; got != tasks.DocumentIssued {
				t.Errorf("state %s", got)
			}
			r.assignment(a[0].ID)
		})
	}
}

// mail stores a mail of the document's issue, without its hold.
func (r *rig) mail(document int64) {
	r.t.Helper()
	var ids []int64
	for _, n := range r.notices(tasks.NoticeIssued) {
		ids = append(ids, n.ID)
	}
	check(r.t, r.db.Update(r.t.Context(), func(tx *store.Tx) error {
		if err := tx.CloseNotices(ids, false); err != nil {
			return err
		}
		return tx.InsertMails([]notify.Mail{{
			Kind: tasks.NoticeIssued, PersonID: r.focal.ID, From: "tiendo@mauson.gov.vn", To: r.focal.Email, Subject: "Giao nhiệm vụ",
			MessageID: "<1@mauson.gov.vn>", DocumentID: document, CreatedAt: r.business.at, Raw: []byte("x"),
		}}, [][]int64{ids})
	}))
}

// claim claims the one mail that may go.
func (r *rig) claim() notify.Mail {
	r.t.Helper()
	mails := must(r.db.Outbox().Claim(r.t.Context(), r.business.at, r.system.at, r.system.at.Add(time.Minute), date("2026-10-05"), 10))(r.t)
	if len(mails) != 1 {
		r.t.Fatalf("claimed %d mails", len(mails))
	}
	return mails[0]
}

// brokenDocuments fails in the middle of an issue.
type brokenDocuments struct {
	tasks.DocumentStore
	fail func(tasks.DocumentTx) tasks.DocumentTx
}

func (s brokenDocuments) Update(ctx context.Context, fn func(tasks.DocumentTx) error) error {
	return s.DocumentStore.Update(ctx, func(tx tasks.DocumentTx) error { return fn(s.fail(tx)) })
}

type noNotices struct{ tasks.DocumentTx }

func (noNotices) AddNotice(tasks.Notice) error { return errBroken }

var errBroken = errors.New("broken")

func TestIssueIsWholeOrNothing(t *testing.T) {
	r := newRig(t)
	id := r.draft("1/CT", r.duty(), r.duty())
	whole := r.documents.Store
	r.documents.Store = brokenDocuments{whole, func(tx tasks.DocumentTx) tasks.DocumentTx { return noNotices{tx} }}
	if err := r.documents.Issue(t.Context(), r.secretariat, id, 0); !errors.Is(err, errBroken) {
		t.Errorf("error %v", err)
	}
	r.documents.Store = whole
	if v := must(r.documents.Get(t.Context(), r.secretariat, id))(t); v.Document.State != tasks.DocumentDraft || len(v.Tasks)+len(v.Assignments) != 0 {
		t.Errorf("half an issue: %+v", v)
	}
	if got := r.trail(tasks.Subject{Kind: tasks.SubjectDocument, ID: id}); slices.Contains(got, "document.issued") {
		t.Errorf("trail %v", got)
	}
}

func TestTwoIssuesAtOnce(t *testing.T) {
	r := newRig(t)
	id := r.draft("1/CT", r.duty())
	errs := make(chan error)
	for range 4 {
		go func() { errs <- r.documents.Issue(context.Background(), r.secretariat, id, 0) }()
	}
	won := 0
	for range 4 {
		if err := <-errs; err == nil {
			won++
		} else {
			refused(t, err, tasks.CodeConflict, "document.not_draft")
		}
	}
	if v := must(r.documents.Get(t.Context(), r.secretariat, id))(t); won != 1 || len(v.Assignments) != 1 {
		t.Errorf("%d won, %d assignments", won, len(v.Assignments))
	}
}
