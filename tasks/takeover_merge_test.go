package tasks_test

import (
	"testing"

	"tiendo/tasks"
)

// Two rows of a tracker that are one duty: both say where it stands.
func TestMergedRowsKeepWhatBothTold(t *testing.T) {
	done := func(day string) *tasks.TakenOver {
		return &tasks.TakenOver{State: tasks.StateCompleted, CompletedOn: date(day), Percent: 100, Status: "Xong", Sheet: "A", Row: 3}
	}
	for name, c := range map[string]struct {
		upper, lower, want *tasks.TakenOver
	}{
		"other states": {
			&tasks.TakenOver{State: tasks.StateCompleted, CompletedOn: date("2026-06-30"), Percent: 100, Status: "Xong", Row: 3},
			&tasks.TakenOver{State: tasks.StateInProgress, Percent: 40, Status: "Đang làm", Progress: "Đã lấy ý kiến", Note: "Chờ", Row: 4},
			&tasks.TakenOver{Percent: 40, Status: "Xong; Đang làm", Progress: "Đã lấy ý kiến", Note: "Chờ", Row: 3},
		},
		"the same state, the later day": {
			done("2026-06-30"),
			&tasks.TakenOver{State: tasks.StateCompleted, CompletedOn: date("2026-07-15"), Percent: 100, Status: "Hoàn thành", Said: tasks.Late, Sheet: "A", Row: 4},
			&tasks.TakenOver{State: tasks.StateCompleted, CompletedOn: date("2026-07-15"), Percent: 100, Said: tasks.Late, Status: "Xong; Hoàn thành", Sheet: "A", Row: 3},
		},
		"a day that is not known": {
			done("2026-06-30"), &tasks.TakenOver{State: tasks.StateCompleted, Percent: 100, Status: "Xong", Said: tasks.OnTime},
			&tasks.TakenOver{State: tasks.StateCompleted, Percent: 100, Status: "Xong", Sheet: "A", Row: 3},
		},
		"the upper's first deadline with its time": {
			&tasks.TakenOver{State: tasks.StateAssigned, FirstDue: date("2026-06-30"), Moved: "Gia hạn"},
			&tasks.TakenOver{State: tasks.StateAssigned, FirstDue: date("2026-05-31"), Moved: "Lùi"},
			&tasks.TakenOver{State: tasks.StateAssigned, FirstDue: date("2026-06-30"), Moved: "Gia hạn; Lùi"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			tr := r.importTracker(tasks.TrackedDocument{Head: tasks.Head{Number: "5/KH-UBND", Date: date("2026-02-02")}, Drafts: []tasks.Draft{
				tracked("Rà soát thủ tục", func(d *tasks.Draft) { d.Taken = c.upper }), tracked("và công bố", func(d *tasks.Draft) { d.Taken = c.lower }),
			}})
			drafts := r.takeover(tr.ID).Drafts
			doc := drafts[0].DocumentID
			check(t, r.documents.MergeDraft(t.Context(), r.secretariat, doc, tasks.DraftVersion{ID: drafts[1].ID}, tasks.DraftVersion{ID: drafts[0].ID}))
			got := r.takeover(tr.ID).Drafts
			if len(got) != 1 || *got[0].Taken != *c.want {
				t.Errorf("merged %+v, want %+v", got[0].Taken, c.want)
			}
		})
	}
}

// A duty that was added by hand tells nothing of where it stands; taking the step back leaves none of the other's with it.
func TestMergedRowWithOneOfNoTracker(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	tr := r.importTracker(tasks.TrackedDocument{Head: tasks.Head{Number: "5/KH-UBND", Date: date("2026-02-02")}, Drafts: []tasks.Draft{
		tracked("và công bố", func(d *tasks.Draft) { d.Taken.State, d.Taken.Percent = tasks.StateInProgress, 40 }),
	}})
	doc := r.takeover(tr.ID).Order[0]
	must(r.documents.AddDraft(ctx, r.secretariat, doc, 0, r.duty()))(t)
	drafts := r.takeover(tr.ID).Drafts
	check(t, r.documents.MergeDraft(ctx, r.secretariat, doc, tasks.DraftVersion{ID: drafts[1].ID}, tasks.DraftVersion{ID: drafts[0].ID}))
	if got := r.takeover(tr.ID).Drafts; len(got) != 1 || got[0].Taken == nil || got[0].Taken.State != "" || got[0].Taken.Status != "Chưa thực hiện" {
		t.Fatalf("merged %+v", got[0].Taken)
	}
	steps := must(r.documents.Review(ctx, r.secretariat, doc))(t).Steps
	if _, _, err := r.documents.Undo(ctx, r.secretariat, doc, steps[0].ID); err != nil {
		t.Fatal(err)
	}
	if got := r.takeover(tr.ID).Drafts; len(got) != 2 || got[0].Taken != nil || got[1].Taken.State != tasks.StateInProgress {
		t.Errorf("taken back: %+v", got)
	}
}
