package tasks_test

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"tiendo/tasks"
)

var errGivenUp = errors.New("given up for another transaction")

// twice runs what changes something once in vain before it runs it for good, as a store may that gives a transaction up for another.
func twice[T any](update func(context.Context, func(T) error) error, ctx context.Context, fn func(T) error) error {
	err := update(ctx, func(tx T) error {
		if err := fn(tx); err != nil {
			return err
		}
		return errGivenUp
	})
	if !errors.Is(err, errGivenUp) {
		return err
	}
	return update(ctx, fn)
}

type (
	documentsTwice   struct{ tasks.DocumentStore }
	assignmentsTwice struct{ tasks.AssignmentStore }
	directoryTwice   struct{ tasks.DirectoryStore }
	accountsTwice    struct{ tasks.AccountStore }
)

func (s documentsTwice) Update(ctx context.Context, fn func(tasks.DocumentTx) error) error {
	return twice(s.DocumentStore.Update, ctx, fn)
}

func (s assignmentsTwice) Update(ctx context.Context, fn func(tasks.AssignmentTx) error) error {
	return twice(s.AssignmentStore.Update, ctx, fn)
}

func (s directoryTwice) Update(ctx context.Context, fn func(tasks.DirectoryTx) error) error {
	return twice(s.DirectoryStore.Update, ctx, fn)
}

func (s accountsTwice) Update(ctx context.Context, fn func(tasks.AccountTx) error) error {
	return twice(s.AccountStore.Update, ctx, fn)
}

// givesUp makes every change of the rig's stores run twice.
func (r *rig) givesUp() {
	r.documents.Store = documentsTwice{r.documents.Store}
	r.assignments.Store = assignmentsTwice{r.assignments.Store}
	r.directory.Store = directoryTwice{r.directory.Store}
	r.accounts.Store = accountsTwice{r.accounts.Store}
}

// A store may give a transaction up for another and run what was to be done in it again: that is as if it had run once.
func TestATransactionThatRunsAgainDoesItsWorkOnce(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	r.givesUp()
	focal := r.person("Hạnh", focalOf(r.snv)) // added, then changed
	focal.Name = "Hạnh Nguyễn"
	focal = must(r.accounts.SavePerson(ctx, r.admin, focal))(t)
	if got := must(r.accounts.Person(ctx, r.admin, focal.ID))(t); got.Name != focal.Name || got.Version != focal.Version || got.Epoch != focal.Epoch {
		t.Errorf("stored %+v, answered %+v", got, focal)
	}
	must(r.accounts.AddWithPassword(ctx, tasks.System, tasks.Person{Name: "Tâm", Email: "tam@mauson.gov.vn", Active: true}, "một mật khẩu dài"))(t)

	agency := must(r.directory.SaveAgency(ctx, r.admin, tasks.Agency{Code: "SXD", Name: "Sở Xây dựng", Kind: "department"}))(t)
	agency.Name = "Sở Xây dựng tỉnh"
	agency = must(r.directory.SaveAgency(ctx, r.admin, agency))(t)
	group := must(r.directory.SaveGroup(ctx, r.admin, tasks.Group{Code: "KX", Name: "Khối xây dựng"}))(t)
	group.Members = []tasks.Membership{{AgencyID: agency.ID}}
	must(r.directory.SaveGroup(ctx, r.admin, group))(t)
	planned := must(r.directory.PlanBook(ctx, r.admin, sampleBook(t)))(t)
	if loaded := must(r.directory.LoadBook(ctx, r.admin, sampleBook(t)))(t); loaded.NewAgencies == 0 || !reflect.DeepEqual(loaded, planned) {
		t.Errorf("loaded %+v, planned %+v", loaded, planned)
	}

	_, a := r.issue("1/CT", r.duty(func(in *tasks.DraftInput) { in.Deadline = date("2026-12-31") }))
	if n := must(r.assignments.Nudge(ctx, r.secretariat, a[0].TaskID, nil))(t); n != 1 {
		t.Errorf("%d agencies urged, want 1", n)
	}
	pdf := tasks.Upload{Name: "a.pdf", Data: []byte("%PDF-1.7")}
	check(t, r.assignments.Report(ctx, r.focal, a[0].ID, tasks.ReportInput{Kind: tasks.ReportSubmission, Text: "Đã xong", Files: []tasks.Upload{pdf}}))
	check(t, r.assignments.Withdraw(ctx, r.focal, a[0].ID, 0))
	kept := r.assignment(a[0].ID).Reports[0].Evidence[0].ID
	check(t, r.assignments.Report(ctx, r.focal, a[0].ID, tasks.ReportInput{Kind: tasks.ReportSubmission, Text: "Đã xong", Keep: []int64{kept}}))
	if files := r.assignment(a[0].ID).Reports[0].Evidence; len(files) != 1 {
		t.Errorf("%d files with the report, want the one that was kept", len(files))
	}

	_, periodic := r.issue("2/CT", r.periodic("FREQ=MONTHLY;BYMONTHDAY=20"))
	r.at("2026-10-21 00:10")
	if n := must(r.assignments.ExtendCadences(ctx))(t); n != 1 {
		t.Errorf("%d notes written, want 1", n)
	}
	if notes := r.notes(periodic[0].ID); len(notes) != 2 {
		t.Errorf("notes %v, want two", notes)
	}
}
