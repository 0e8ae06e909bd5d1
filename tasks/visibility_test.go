package tasks_test

import (
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

func TestWhoSeesWhichAssignments(t *testing.T) {
	r := newRig(t)
	stranger := r.person("Khách", focalOf(r.syt))
	off := r.secretariat
	off.Active = false
	document, a := r.issue("1/CT",
		r.duty(func(in *tasks.DraftInput) { in.Cooperating = leads(r.stc) }),
		r.duty(func(in *tasks.DraftInput) { in.Leads, in.Deadline = leads(r.stc), date("2026-10-02") }),
		r.duty(func(in *tasks.DraftInput) { in.Leads, in.Joint = leads(r.snv, r.stc), true }),
	)
	data := tasks.Upload{Name: "a.pdf", Data: []byte("%PDF-")}
	check(t, r.assignments.Report(t.Context(), r.other, a[1].ID, tasks.ReportInput{Kind: tasks.ReportProgress, Text: "x", Files: []tasks.Upload{data}}))
	evidence := r.assignment(a[1].ID).Reports[0].Evidence[0].ID
	all := []int64{a[0].ID, a[1].ID, a[2].ID}
	for name, c := range map[string]struct {
		who      tasks.Person
		sees     []int64
		list     tasks.Code // what a list answers
		figures  int        // of stc; -1 is forbidden
		province bool
		overdue  int // of the document in the list of documents; -1 when it is not there
	}{
		"secretariat": {r.secretariat, all, "", 2, true, 1},
		"leader":      {r.leader, all, "", 2, true, 1},
		"system":      {tasks.System, all, "", 2, true, 1},
		"focal":       {r.focal, []int64{a[0].ID, a[2].ID}, "", -1, false, 0},
		"head":        {r.head, []int64{a[0].ID, a[2].ID}, "", -1, false, 0},
		"other focal": {r.other, all, "", 2, false, 1},
		"both":        {r.both, all, "", 2, true, 1},
		"stranger":    {stranger, nil, "", -1, false, -1},
		"admin":       {r.admin, nil, tasks.CodeForbidden, -1, false, -1},
		"disabled":    {off, nil, tasks.CodeUnauthenticated, -1, false, -1},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			// What a caller puts into the fields that the service sets counts for nothing.
			page, err := r.assignments.List(ctx, c.who, tasks.AssignmentQuery{Visible: []int64{r.stc, 1 << 40}, Sort: tasks.SortNewest})
			if tasks.CodeOf(err) != c.list {
				t.Fatalf("list: %v", err)
			}
			var ids []int64
			for _, row := range slices.Backward(page.Rows) {
				ids = append(ids, row.ID)
			}
			if !slices.Equal(ids, c.sees) || page.Total != len(c.sees) {
				t.Errorf("lists %v, want %v", ids, c.sees)
			}
			for _, id := range all {
				_, err := r.assignments.Get(ctx, c.who, id)
				if slices.Contains(c.sees, id) {
					check(t, err)
				} else {
					refused(t, err, tasks.CodeNotFound, "error.not_found")
				}
			}
			_, f, err := r.assignments.OpenEvidence(ctx, c.who, evidence)
			if slices.Contains(c.sees, a[1].ID) {
				check(t, err)
				check(t, f.Close())
			} else {
				refused(t, err, tasks.CodeNotFound, "")
			}
			v, err := r.documents.Get(ctx, c.who, document)
			if len(c.sees) == 0 {
				refused(t, err, tasks.CodeNotFound, "")
			} else if check(t, err); len(v.Assignments) != len(c.sees) || len(v.Tasks) != 3 {
				t.Errorf("document with %d assignments of %d duties", len(v.Assignments), len(v.Tasks))
			}
			f1, err := r.assignments.Figures(ctx, c.who, r.stc)
			if c.figures < 0 {
				refused(t, err, tasks.CodeForbidden, "")
			} else if check(t, err); f1.All != c.figures {
				t.Errorf("figures of stc %+v", f1)
			}
			if _, err := r.assignments.Figures(ctx, c.who, 0); (err == nil) != c.province {
				t.Errorf("figures of the province: %v", err)
			}
			documents, err := r.documents.List(ctx, c.who, tasks.DocumentQuery{Visible: []int64{1 << 40}, Today: date("2000-01-01")})
			if tasks.CodeOf(err) != c.list {
				t.Errorf("documents: %v", err)
			}
			if c.overdue < 0 {
				if documents.Total != 0 || len(documents.Rows) != 0 {
					t.Errorf("documents %+v", documents)
				}
			} else if len(documents.Rows) != 1 || documents.Rows[0].Overdue != c.overdue || documents.Rows[0].Assignments+documents.Rows[0].Cooperating != len(c.sees) {
				t.Errorf("documents %+v, want %d overdue", documents, c.overdue)
			}
		})
	}
	// A document's file is no evidence and evidence no document's file.
	_, _, err := r.documents.OpenFile(t.Context(), r.secretariat, evidence)
	refused(t, err, tasks.CodeNotFound, "")
}

func TestListTakesWhateverAnAddressNames(t *testing.T) {
	r := newRig(t)
	r.issue("1/CT", r.duty())
	for name, c := range map[string]struct {
		q    tasks.AssignmentQuery
		want int
	}{
		"a state":            {tasks.AssignmentQuery{States: []tasks.State{tasks.StateAssigned}}, 1},
		"another":            {tasks.AssignmentQuery{States: []tasks.State{tasks.StateReturned}}, 0},
		"one that is none":   {tasks.AssignmentQuery{States: []tasks.State{"bogus"}}, 0},
		"a state many times": {tasks.AssignmentQuery{States: slices.Repeat([]tasks.State{tasks.StateAssigned}, 50_000)}, 1},
		"a timeliness":       {tasks.AssignmentQuery{Timeliness: tasks.OnTrack}, 1},
		"none such":          {tasks.AssignmentQuery{Timeliness: "bogus"}, 0},
		"an order":           {tasks.AssignmentQuery{Sort: "bogus", Limit: -5}, 1},
		"words":              {tasks.AssignmentQuery{Words: "ra soat"}, 1},
		"many words":         {tasks.AssignmentQuery{Words: strings.Repeat("rà soát ", 10_000)}, 1},
	} {
		if page := must(r.assignments.List(t.Context(), r.secretariat, c.q))(t); page.Total != c.want || len(page.Rows) != c.want {
			t.Errorf("%s: %d of %d, want %d", name, len(page.Rows), page.Total, c.want)
		}
	}
	_, err := r.assignments.List(t.Context(), r.secretariat, tasks.AssignmentQuery{After: "no cursor"})
	refused(t, err, tasks.CodeInvalid, "error.cursor")
}

func TestDraftsAreTheSecretariatsAlone(t *testing.T) {
	r := newRig(t)
	id := r.draft("1/CT", r.duty())
	for _, who := range []tasks.Person{r.leader, r.focal, r.head, r.admin, {}} {
		_, err := r.documents.Get(t.Context(), who, id)
		refused(t, err, tasks.CodeNotFound, "")
		_, err = r.documents.Review(t.Context(), who, id)
		refused(t, err, tasks.CodeNotFound, "")
		_, err = r.documents.AddDraft(t.Context(), who, id, 0, r.duty())
		refused(t, err, tasks.CodeNotFound, "")
		for _, state := range []tasks.DocumentState{"", tasks.DocumentDraft, "bogus"} {
			if page, err := r.documents.List(t.Context(), who, tasks.DocumentQuery{State: state}); page.Total != 0 || len(page.Rows) != 0 {
				t.Errorf("lists %+v, %v", page.Rows, err)
			}
		}
	}
	if page := must(r.documents.List(t.Context(), r.secretariat, tasks.DocumentQuery{Limit: 1 << 30}))(t); page.Total != 1 {
		t.Errorf("the secretariat lists %d", page.Total)
	}
}
