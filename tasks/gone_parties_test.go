package tasks_test

import (
	"slices"
	"testing"

	"tiendo/tasks"
)

// What asks about a duty names the agencies that there are: who has been merged away neither gets the next period nor reads a restricted duty.
func TestPagesOfADutyNameNoAgencyThatIsNoMore(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	day := date("2026-10-12")
	_, a := r.issue("1/CT", r.recurring("FREQ=MONTHLY;BYMONTHDAY=25", 10, r.snv, r.stc), r.words(surveyText, "2026-10-30", r.syt))
	for i, who := range []tasks.Person{r.focal, r.person("Yến", focalOf(r.syt))} {
		r.report(who, a[2*i].ID, tasks.ReportSubmission, 100)
		check(t, r.assignments.Confirm(ctx, r.secretariat, a[2*i].ID, 0))
	}
	who := func() (next, parties, outside []int64) {
		v := must(r.assignments.Recurring(ctx, r.secretariat, a[0].TaskID, nil))(t)
		for _, n := range v.Newest {
			next = append(next, n.Leads...)
		}
		x := must(r.assignments.RestrictView(ctx, r.secretariat, a[0].TaskID))(t)
		return next, x.Parties, x.Outside
	}
	expect := func(when string, wantNext, wantParties, wantOutside []int64) {
		t.Helper()
		next, parties, outside := who()
		if !slices.Equal(next, wantNext) || !slices.Equal(parties, wantParties) || !slices.Equal(outside, wantOutside) {
			t.Errorf("%s: next %v, parties %v, outside %v, want %v, %v, %v", when, next, parties, outside, wantNext, wantParties, wantOutside)
		}
	}
	r.change(tasks.ChangeInput{Kind: tasks.ChangeMerge, Day: day, Predecessors: []int64{r.snv}, Successors: []int64{r.stc}})
	r.change(tasks.ChangeInput{Kind: tasks.ChangeMerge, Day: day, Predecessors: []int64{r.syt}, Successors: []int64{r.thue}})
	expect("before", []int64{r.snv, r.stc}, []int64{r.snv, r.stc}, []int64{r.syt})
	r.carry("2026-10-12 00:00")
	expect("afterwards", []int64{r.stc}, []int64{r.stc}, nil)
	// Where only those that are no more had it, their names stay.
	if x := must(r.assignments.RestrictView(ctx, r.secretariat, a[2].TaskID))(t); !slices.Equal(x.Parties, []int64{r.syt}) {
		t.Errorf("parties of a duty of the past: %v", x.Parties)
	}
}
