package tasks_test

import (
	"maps"
	"slices"
	"testing"

	"tiendo/store"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// Rates read either way: under the names of their time, or with the predecessors; each assignment once. A recurring duty goes on with the
// one that took over.
func TestFiguresWithPredecessors(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	both := func(in *tasks.DraftInput) { in.Leads, in.Joint = leads(r.snv, r.stc), true }
	stc := func(in *tasks.DraftInput) { in.Leads = leads(r.stc) }
	document, a := r.issue("1/CT", r.duty(), r.duty(both), r.duty(stc), r.duty(both), r.duty(func(in *tasks.DraftInput) { in.Leads = leads(r.thue) }))
	for _, i := range []int{0, 1} {
		r.report(r.focal, a[i].ID, tasks.ReportSubmission, 100)
		check(t, r.assignments.Confirm(ctx, r.secretariat, a[i].ID, 0))
	}
	series, _ := r.issue("2/CT", r.recurring("FREQ=MONTHLY;BYMONTHDAY=-1", 5, r.snv, r.stc))
	r.opening("2026-10-26")
	r.at("2026-10-26 09:00")
	check(t, r.weeks.Freeze(ctx, date("2026-10-26")))
	frozen := must(r.weeks.Get(ctx, r.leader, date("2026-10-26")))(t)
	c := r.change(tasks.ChangeInput{Kind: tasks.ChangeMerge, Day: date("2026-10-26"), Predecessors: []int64{r.snv, r.stc}, Founded: founded("Sở Gộp")})
	next := c.Successors[0].AgencyID

	all := func() []tasks.Assignment {
		var list []tasks.Assignment
		check(t, r.db.View(ctx, func(tx *store.Tx) error {
			for _, id := range []int64{document, series} {
				of, err := tx.DocumentAssignments(id)
				if err != nil {
					return err
				}
				list = append(list, slices.DeleteFunc(of, func(a tasks.Assignment) bool { return a.State == tasks.StateCancelled || a.State == tasks.StateOnHold })...)
			}
			return nil
		}))
		return list
	}
	heir := map[int64]int64{r.snv: next, r.stc: next}
	today := date("2026-10-26")
	counted := func(with bool) map[int64]tasks.Figures {
		out := make(map[int64]tasks.Figures)
		for _, agency := range []int64{r.snv, r.stc, r.thue, next} {
			var list []tasks.Assignment
			for _, a := range all() {
				if with {
					for i, id := range a.Leads {
						if h := heir[id]; h != 0 {
							a.Leads[i] = h
						}
					}
				}
				list = append(list, a)
			}
			if f := count(list, agency, today, calendar.New(calendar.Default())); f.All > 0 {
				out[agency] = f
			}
		}
		return out
	}
	lines := func(list []tasks.AgencyWeek) map[int64]tasks.Figures {
		out := make(map[int64]tasks.Figures)
		for _, l := range list {
			out[l.Agency.ID] = l.Figures
		}
		return out
	}
	if got, want := lines(must(r.weeks.WithPredecessors(ctx, r.leader))(t)), counted(true); !maps.Equal(got, want) || want[next].Completed != 2 {
		t.Errorf("with predecessors %+v\nwant %+v", got, want)
	}
	for agency, want := range counted(false) {
		if got := must(r.assignments.Figures(ctx, r.secretariat, agency))(t); got != want {
			t.Errorf("figures of %d by itself: %+v, want %+v", agency, got, want)
		}
	}
	if got := must(r.weeks.Get(ctx, r.leader, date("2026-10-26")))(t); !slices.EqualFunc(got.Agencies, frozen.Agencies, func(a, b tasks.AgencyWeek) bool {
		return a.Agency.ID == b.Agency.ID && a.Agency.Name == b.Agency.Name && a.Figures == b.Figures
	}) {
		t.Errorf("the week before is another: %+v", got.Agencies)
	}
	refused(t, func() error { _, err := r.weeks.WithPredecessors(ctx, r.focal); return err }(), tasks.CodeForbidden, "")

	// The next period is one assignment of the one that took over.
	r.opening("2026-11-25")
	var got []int64
	for _, a := range all() {
		if a.Period.Due == date("2026-11-30") {
			got = append(got, a.Leads...)
		}
	}
	if !slices.Equal(got, []int64{next}) {
		t.Errorf("the next period is of %v, want %d alone", got, next)
	}
}
