package tasks_test

import (
	"errors"
	"slices"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// obstacles are the keys of what keeps a planned change from being carried out.
func (r *rig) obstacles(id int64) []string {
	r.t.Helper()
	var e *tasks.Error
	var keys []string
	if errors.As(r.coming(id).Obstacle, &e) {
		for _, f := range e.Fields {
			keys = append(keys, f.Key)
		}
	}
	return keys
}

// A planned change is checked once more on its day: what the directory says by then may speak against it. It stays planned, tells why, and is
// carried out when the directory is mended.
func TestAPlannedChangeThatTheDirectoryOvertook(t *testing.T) {
	end := func(code, to string, successor func(r *rig) int64) func(r *rig) {
		return func(r *rig) {
			a := r.called(code)
			a.To = to
			if successor != nil {
				a.SuccessorID = successor(r)
			}
			must(r.directory.SaveAgency(r.t.Context(), r.secretariat, a))(r.t)
		}
	}
	onThue := func(r *rig) int64 { return r.thue }
	again := func(code string) func(r *rig) {
		return func(r *rig) {
			a := r.called(code)
			a.To, a.SuccessorID = "", 0
			must(r.directory.SaveAgency(r.t.Context(), r.secretariat, a))(r.t)
		}
	}
	merge := func(r *rig) tasks.ChangeInput {
		return tasks.ChangeInput{Kind: tasks.ChangeMerge, Predecessors: []int64{r.snv}, Successors: []int64{r.stc}}
	}
	rename := func(r *rig) tasks.ChangeInput {
		return tasks.ChangeInput{Kind: tasks.ChangeRename, Predecessors: []int64{r.snv}, Founded: founded("Sở Mới")}
	}
	tests := map[string]struct {
		in         func(r *rig) tasks.ChangeInput
		meanwhile  func(r *rig)
		key        string // "" when it is carried out nevertheless
		mend       func(r *rig)
		successors []string // codes of those that lead the duty in the end
	}{
		"who is to take over has ended":     {merge, end("STC", "2026-10-08", nil), "agency_change.not_then", again("STC"), []string{"STC"}},
		"who is to end has ended before":    {merge, end("SNV", "2026-10-08", func(r *rig) int64 { return r.stc }), "agency_change.not_before", again("SNV"), []string{"STC"}},
		"who is to end goes over to others": {merge, end("SNV", "2026-10-11", onThue), "agency_change.ends_otherwise", again("SNV"), []string{"THUE"}},
		"the same was entered by hand":      {merge, end("SNV", "2026-10-11", func(r *rig) int64 { return r.stc }), "", nil, []string{"STC"}},
		"who is to be founded is there":     {rename, func(r *rig) { r.agency("MOI", "Sở Mới", directory.KindDepartment) }, "directory.name_taken", nil, nil},
		"its code is another's":             {rename, func(r *rig) { r.agency("so moi", "Sở Khác", directory.KindDepartment) }, "", nil, []string{"so moi-2"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			_, list := r.issue("1/CT", r.duty(func(in *tasks.DraftInput) { in.Leads = leads(r.snv) }))
			in := tt.in(r)
			in.Day = date("2026-10-12")
			id := r.change(in).ID
			if got := r.obstacles(id); got != nil {
				t.Fatalf("as it was planned: %v", got)
			}
			tt.meanwhile(r)
			was := r.called("SNV")
			stuck := func() (ids []int64) {
				for _, c := range must(r.changes().Stuck(t.Context(), r.secretariat))(t) {
					ids = append(ids, c.ID)
				}
				return ids
			}
			if got := stuck(); len(got) != 0 {
				t.Errorf("stuck before its day: %v", got)
			}
			done := r.carry("2026-10-12 00:00")
			v := r.coming(id)
			if tt.key != "" {
				if got := r.obstacles(id); done != 0 || v.Change.State != tasks.ChangePlanned || !slices.Equal(got, []string{tt.key}) {
					t.Errorf("%d carried out, it is %s: %v, want %s", done, v.Change.State, got, tt.key)
				}
				if is := r.called("SNV"); is != was {
					t.Errorf("the directory says %+v after %+v", is, was)
				}
				if got := stuck(); !slices.Equal(got, []int64{id}) {
					t.Errorf("stuck: %v", got)
				}
				refused(t, r.changes().Confirm(t.Context(), r.secretariat, id, 0), tasks.CodeInvalid, tt.key)
				if tt.mend == nil {
					return
				}
				// Whoever mends the directory need not wait for the next day.
				tt.mend(r)
				check(t, r.changes().Confirm(t.Context(), r.secretariat, id, 0))
				v = r.coming(id)
			}
			if v.Change.State != tasks.ChangeApplied || v.Obstacle != nil || len(stuck()) != 0 {
				t.Fatalf("it is %s: %v", v.Change.State, v.Obstacle)
			}
			var want []int64
			for _, code := range tt.successors {
				want = append(want, r.called(code).ID)
			}
			if got := r.assignment(list[0].ID).Assignment.Leads; !slices.Equal(got, want) {
				t.Errorf("led by %v, want %v", got, want)
			}
		})
	}
}

// Before its day nobody carries out what was confirmed for it, and whom it does not concern learns nothing of it.
func TestWhoSeesAStuckChange(t *testing.T) {
	r := newRig(t)
	c := r.change(tasks.ChangeInput{Kind: tasks.ChangeMerge, Day: date("2026-10-12"), Predecessors: []int64{r.snv}, Successors: []int64{r.stc}})
	refused(t, r.changes().Confirm(t.Context(), r.secretariat, c.ID, 0), tasks.CodeConflict, "agency_change.confirmed")
	r.at("2026-10-12 09:00")
	for _, who := range []tasks.Person{r.leader, r.focal} {
		if got, err := r.changes().Stuck(t.Context(), who); err != nil || got != nil {
			t.Errorf("%s: %v, %v", who.Name, got, err)
		}
	}
}
