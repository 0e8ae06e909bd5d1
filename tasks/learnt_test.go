package tasks_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"tiendo/tasks"
)

// What reviewers teach is listed with who, when and where, and can be undone; what is reviewed stays.
func TestLearntNamesAreListedAndUndone(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	r.reader.out.Drafts = []tasks.Draft{
		{Ref: "1", Text: "một", Leads: written("Cơ quan tài chính tỉnh")}, {Ref: "2", Text: "hai", Leads: written("Ngành thuế")},
	}
	d := must(r.documents.Import(ctx, r.secretariat, tasks.NewDocument{Text: "x", Head: tasks.Head{Number: "9/CT"}}))(t)
	check(t, r.directory.AddAlias(ctx, r.admin, tasks.Alias{Name: "Ngành y tế", AgencyID: r.syt}))
	check(t, r.documents.MapName(ctx, r.secretariat, d.ID, "Cơ quan tài chính tỉnh", r.stc, 0, true))
	r.at("2026-10-05 08:00")
	check(t, r.documents.MapName(ctx, r.colleague, d.ID, "Ngành thuế", r.thue, 0, true))

	list := func(q tasks.LearntQuery) []string {
		t.Helper()
		var names []string
		for {
			page := must(r.directory.LearntNames(ctx, r.secretariat, q))(t)
			for _, n := range page.Rows {
				names = append(names, fmt.Sprintf("%s/%s/%s", n.Name, n.Person, n.Document.Number))
			}
			if q.After = page.Next; q.After == "" {
				if page.Total != len(names) {
					t.Errorf("total %d of %d", page.Total, len(names))
				}
				return names
			}
		}
	}
	money, tax, health := "Cơ quan tài chính tỉnh/Thư/9/CT", "Ngành thuế/Hải/9/CT", "Ngành y tế/Quân/"
	for _, c := range []struct {
		q    tasks.LearntQuery
		want []string
	}{
		{tasks.LearntQuery{}, []string{tax, money}},
		{tasks.LearntQuery{Limit: 1}, []string{tax, money}},
		{tasks.LearntQuery{Origin: tasks.NamesByHand}, []string{health}},
		{tasks.LearntQuery{Origin: tasks.NamesOfAll, Words: "nganh"}, []string{tax, health}},
		{tasks.LearntQuery{Words: "tinh tai"}, []string{money}},
		{tasks.LearntQuery{Words: "cong an"}, nil},
	} {
		if got := list(c.q); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %q, want %q", c.q, got, c.want)
		}
	}
	first := must(r.directory.LearntNames(ctx, r.secretariat, tasks.LearntQuery{}))(t).Rows[0]
	if !first.At.Equal(r.business.at) || first.DocumentID != d.ID || first.PersonID != r.colleague.ID || first.AgencyID != r.thue {
		t.Errorf("learnt %+v", first)
	}

	for _, who := range []tasks.Person{r.admin, r.leader, r.focal} {
		_, err := r.directory.LearntNames(ctx, who, tasks.LearntQuery{})
		refused(t, err, tasks.CodeForbidden, "")
		refused(t, r.directory.ForgetName(ctx, who, first.ID), tasks.CodeForbidden, "")
	}
	check(t, r.directory.ForgetName(ctx, r.secretariat, first.ID))
	refused(t, r.directory.ForgetName(ctx, r.secretariat, first.ID), tasks.CodeNotFound, "")
	if got := r.trail(tasks.Subject{Kind: tasks.SubjectAlias, ID: first.ID}); !slices.Equal(got, []string{"alias.added", "alias.removed"}) {
		t.Errorf("trail %v", got)
	}
	if got := r.drafts(d.ID)[1].Leads[0]; got.AgencyID != r.thue {
		t.Errorf("the reviewed duty changed: %+v", got)
	}
	again := must(r.documents.Import(ctx, r.secretariat, tasks.NewDocument{Text: "x"}))(t)
	if leads := r.drafts(again.ID); leads[1].Leads[0].Mapped() || !leads[0].Leads[0].Mapped() {
		t.Errorf("the next document: %+v, %+v", leads[0].Leads, leads[1].Leads)
	}
	check(t, r.documents.Discard(ctx, r.secretariat, d.ID, 0))
	if n := must(r.directory.LearntNames(ctx, r.secretariat, tasks.LearntQuery{}))(t).Rows[0]; n.DocumentID != d.ID || n.Document.ID != 0 {
		t.Errorf("of a discarded document: %+v", n)
	}
}

// An agency does not end while it leads duties that nobody would take over.
func TestAnAgencyWithOpenDutiesEndsWithASuccessor(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	r.issue("1/CT", r.duty(), r.duty(), r.duty(func(in *tasks.DraftInput) { in.Leads, in.Cooperating = leads(r.stc), leads(r.snv) }))
	end := func(id, successor int64, to string) error {
		a := must(r.directory.All(ctx, r.secretariat))(t).Agency(id)
		a.To, a.SuccessorID = to, successor
		_, err := r.directory.SaveAgency(ctx, r.secretariat, a)
		return err
	}
	err := end(r.snv, 0, "2026-12-31")
	refused(t, err, tasks.CodeInvalid, "directory.open_duties")
	if e := (*tasks.Error)(nil); !errors.As(err, &e) || len(e.Fields) != 1 || !slices.Equal(e.Fields[0].Args, []string{"2"}) {
		t.Errorf("error %v, want the 2 duties that it leads", err)
	}
	check(t, end(r.thue, 0, "2026-12-31")) // has none
	check(t, end(r.snv, r.stc, "2026-12-31"))
}
