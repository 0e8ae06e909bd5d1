package tasks_test

import (
	"slices"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// Of a duty that is over no time is asked: its report is there, and a rule that has ended matters to nobody.
func TestRowsThatEndedNeedNoTime(t *testing.T) {
	r := newRig(t)
	const over = "FREQ=MONTHLY;BYMONTHDAY=5;UNTIL=20260101"
	row := func(state tasks.State) tasks.Draft {
		return tracked(string(state), func(d *tasks.Draft) {
			d.Deadline, d.Cadence, d.Taken.State = calendar.Date{}, over, state
			if d.Taken.Done() {
				d.Taken.CompletedOn = date("2026-01-05")
			}
		})
	}
	var rows []tasks.Draft
	for _, state := range tasks.States {
		rows = append(rows, row(state))
	}
	tr := r.importTracker(tasks.TrackedDocument{Head: tasks.Head{Number: "5/KH-UBND", Date: date("2025-02-02")}, Drafts: rows})
	v := r.takeover(tr.ID)
	var blocked []tasks.State
	for _, d := range v.Drafts {
		if len(v.Problems[d.ID]) > 0 {
			blocked = append(blocked, d.Taken.State)
		}
	}
	want := slices.DeleteFunc(slices.Clone(tasks.States), func(s tasks.State) bool { return s == tasks.StateCompleted || s == tasks.StateCancelled })
	if !slices.Equal(blocked, want) {
		t.Errorf("blocked %v, want %v", blocked, want)
	}
	for _, d := range v.Drafts {
		if slices.Contains(want, d.Taken.State) {
			check(t, r.documents.RemoveDraft(t.Context(), r.secretariat, d.DocumentID, d.ID, 0))
		}
	}
	check(t, r.documents.TakeOver(t.Context(), r.secretariat, tr.ID, "", false))
}

// Nothing is told of a form to those who may not ask, and a name is mapped only where it stands.
func TestTrackerNamesAndDays(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	document := func(number, lead string) tasks.TrackedDocument {
		return tasks.TrackedDocument{Head: tasks.Head{Number: number, Date: date("2026-02-02")}, Drafts: []tasks.Draft{
			tracked("Việc", func(d *tasks.Draft) { d.Leads = []tasks.Party{{Written: lead}} }),
		}}
	}
	tr := r.importTracker(document("5/KH-UBND", "Sở Nội vụ"), document("6/KH-UBND", "Quỹ Hỗ trợ Mẫu"))
	_, err := r.documents.FillDays(ctx, r.focal, tr.ID, date("2026-12-01"))
	refused(t, err, tasks.CodeForbidden, "")
	refused(t, r.documents.MapTrackerName(ctx, r.focal, tr.ID, "", 0, 0, false), tasks.CodeForbidden, "")
	refused(t, r.documents.MapTrackerName(ctx, r.secretariat, tr.ID, "…!", r.stc, 0, true), tasks.CodeInvalid, "field.required")
	check(t, r.documents.MapTrackerName(ctx, r.secretariat, tr.ID, "Quỹ Hỗ trợ Mẫu", r.stc, 0, false))
	order := r.takeover(tr.ID).Order
	for i, want := range []bool{false, true} {
		if trail := r.trail(tasks.Subject{Kind: tasks.SubjectDocument, ID: order[i]}); slices.Contains(trail, "document.name_mapped") != want {
			t.Errorf("trail of document %d: %v", i, trail)
		}
	}
}
