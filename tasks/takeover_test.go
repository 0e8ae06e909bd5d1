package tasks_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

// trackerReader is a stand-in for reading trackers: it answers what a test put into it.
type trackerReader struct{ out tasks.TrackerReading }

func (r trackerReader) ReadTracker(context.Context, tasks.Upload) (tasks.TrackerReading, error) {
	return r.out, nil
}

// tracked is a row of a tracker: snv leads, due at the end of October, before change.
func tracked(text string, change func(*tasks.Draft)) tasks.Draft {
	d := tasks.Draft{
		Text: text, Leads: []tasks.Party{{Written: "Sở Nội vụ"}}, Deadline: date("2026-10-30"), Written: tasks.WrittenDue{Kind: tasks.DueDate, Phrase: "30/10/2026"},
		Taken: &tasks.TakenOver{State: tasks.StateAssigned, Status: "Chưa thực hiện", Sheet: "Sheet1", Row: 7},
	}
	if change != nil {
		change(&d)
	}
	return d
}

// importTracker reads the documents as a tracker.
func (r *rig) importTracker(documents ...tasks.TrackedDocument) tasks.Takeover {
	r.t.Helper()
	r.documents.Trackers = trackerReader{tasks.TrackerReading{Documents: documents, Left: []tasks.LeftRow{{Sheet: "Sheet1", Row: 99, Text: "Cộng", Why: "tracker_left.no_duty"}}}}
	return must(r.documents.ImportTracker(r.t.Context(), r.secretariat, tasks.TrackerInput{
		File: tasks.Upload{Name: "so.xlsx", Data: []byte("x")}, Number: "Sổ theo dõi 2026", Title: "Việc khác",
	}))(r.t)
}

func (r *rig) takeover(id int64) tasks.TakeoverView {
	r.t.Helper()
	return must(r.documents.Takeover(r.t.Context(), r.secretariat, id))(r.t)
}

// TestTakeOver begins a province in the middle of a year: states, first deadlines and days are those of the tracker, figures count them
// rightly, nobody is written to.
func TestTakeOver(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	numbered := tasks.TrackedDocument{Head: tasks.Head{Kind: tasks.KindDirective, Number: "10/CT-UBND", Date: date("2026-03-05"), Title: "Cải cách hành chính"}, Drafts: []tasks.Draft{
		tracked("Chưa làm, quá hạn", func(d *tasks.Draft) { d.Deadline = date("2026-09-30") }),
		tracked("Đang làm, đã gia hạn", func(d *tasks.Draft) {
			d.Taken = &tasks.TakenOver{State: tasks.StateInProgress, Percent: 40, FirstDue: date("2026-06-30"), Moved: "Gia hạn đến 30/10/2026"}
		}),
		tracked("Xong đúng hạn", func(d *tasks.Draft) {
			d.Deadline = date("2026-06-30")
			d.Taken = &tasks.TakenOver{State: tasks.StateCompleted, CompletedOn: date("2026-06-30"), Percent: 100, Status: "Hoàn thành"}
		}),
		tracked("Xong trễ hạn", func(d *tasks.Draft) {
			d.Deadline = date("2026-06-30")
			d.Taken = &tasks.TakenOver{State: tasks.StateCompleted, CompletedOn: date("2026-07-01")}
		}),
		tracked("Chờ xác nhận", func(d *tasks.Draft) {
			d.Taken = &tasks.TakenOver{State: tasks.StateSubmitted, CompletedOn: date("2026-10-01"), Status: "Đã trình", Progress: "Tờ trình số 5"}
		}),
		tracked("Tạm dừng, quá hạn", func(d *tasks.Draft) { d.Deadline, d.Taken.State = date("2026-09-01"), tasks.StateOnHold }),
		tracked("Thu hồi", func(d *tasks.Draft) { d.Deadline, d.Taken.State = date("2026-09-01"), tasks.StateCancelled }),
	}}
	own := tasks.TrackedDocument{Drafts: []tasks.Draft{tracked("Không có thời hạn", func(d *tasks.Draft) { d.Deadline = tasks.Draft{}.Deadline })}}
	tr := r.importTracker(numbered, own)
	v := r.takeover(tr.ID)
	if len(v.Order) != 2 || len(v.Drafts) != 8 || len(v.Problems) != 0 || v.Assignments() != 8 || len(v.Takeover.Left) != 1 || len(v.Takeover.Hash) != 64 {
		t.Fatalf("%+v", v)
	}
	if d := v.Documents[v.Order[1]]; d.Number != "Sổ theo dõi 2026" || d.Title != "Việc khác" || d.Date != date("2026-10-05") {
		t.Errorf("the document of rows without one: %+v", d)
	}
	refused(t, r.documents.TakeOver(ctx, r.focal, tr.ID, "", false), tasks.CodeForbidden, "")
	refused(t, r.documents.TakeOver(ctx, r.secretariat, tr.ID, "1-1-1", false), tasks.CodeConflict, "")
	check(t, r.documents.TakeOver(ctx, r.secretariat, tr.ID, v.Seen, false))
	refused(t, r.documents.TakeOver(ctx, r.secretariat, tr.ID, "", false), tasks.CodeConflict, "takeover.done_before")
	if n := r.notices(tasks.NoticeIssued); len(n) != 0 {
		t.Errorf("%d notices", len(n))
	}

	var got []string
	for _, id := range v.Order {
		for _, a := range must(r.documents.Get(ctx, r.secretariat, id))(t).Assignments {
			av := r.assignment(a.ID)
			got = append(got, fmt.Sprintf("%s|%s|%s|%s>%s v%d|%s|%d|%d reports|%d notes", av.Task.Text, a.State, av.Timeliness, a.FirstDue, a.Due, a.DueVersion, a.SubmittedOn, a.Percent, len(av.Reports), len(av.Notes)))
		}
	}
	want := []string{
		"Chưa làm, quá hạn|assigned|overdue|2026-09-30>2026-09-30 v1||0|0 reports|0 notes",
		"Đang làm, đã gia hạn|in_progress|on_track|2026-06-30>2026-10-30 v2||40|0 reports|0 notes",
		"Xong đúng hạn|completed|on_time|2026-06-30>2026-06-30 v1|2026-06-30|100|1 reports|0 notes",
		"Xong trễ hạn|completed|late|2026-06-30>2026-06-30 v1|2026-07-01|100|1 reports|0 notes",
		"Chờ xác nhận|submitted|on_time|2026-10-30>2026-10-30 v1|2026-10-01|100|1 reports|0 notes",
		"Tạm dừng, quá hạn|on_hold||2026-09-01>2026-09-01 v1||0|0 reports|0 notes",
		"Thu hồi|cancelled||2026-09-01>2026-09-01 v1||0|0 reports|0 notes",
		"Không có thời hạn|assigned|no_deadline|> v1||0|0 reports|1 notes",
	}
	if !slices.Equal(got, want) {
		t.Errorf("assignments:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	wantFigures := tasks.Figures{All: 6, Assigned: 2, InProgress: 1, Waiting: 1, Completed: 2, OnTime: 1, Overdue: 1, NoDeadline: 1, Passed: 3}
	for _, agency := range []int64{0, r.snv} {
		if f := must(r.assignments.Figures(ctx, r.secretariat, agency))(t); f != wantFigures {
			t.Errorf("figures of %d: %+v, want %+v", agency, f, wantFigures)
		}
	}
	for _, timeliness := range tasks.Timelinesses {
		for _, q := range []tasks.AssignmentQuery{{Timeliness: timeliness}, {Timeliness: timeliness, AgencyID: r.snv}} {
			for _, row := range must(r.assignments.List(ctx, r.secretariat, q))(t).Rows {
				if row.Timeliness(date("2026-10-05"), r.rules.SoonUntil(date("2026-10-05"))) != timeliness {
					t.Errorf("%s is listed as %s", row.Text, timeliness)
				}
			}
		}
	}

	// The history has the tracker's words; what waits can be confirmed by whoever took it over, and what was done sent back.
	assignments := must(r.documents.Get(ctx, r.secretariat, v.Order[0]))(t).Assignments
	moved := tasks.Subject{Kind: tasks.SubjectAssignment, ID: assignments[1].ID}
	if got := r.trail(moved); !slices.Equal(got, []string{"assignment.taken_over", "assignment.due_taken_over"}) {
		t.Errorf("trail %v", got)
	}
	if report, ok := r.assignment(assignments[4].ID).Waiting(); !ok || report.Text != "Đã trình\nTờ trình số 5" || report.AgencyID != r.snv {
		t.Errorf("waiting: %+v", report)
	}
	check(t, r.assignments.Confirm(ctx, r.secretariat, assignments[4].ID, 0))
	check(t, r.assignments.Reopen(ctx, r.secretariat, assignments[2].ID, 0, "Chưa đủ minh chứng"))
	if a := r.assignment(assignments[2].ID); a.Assignment.State != tasks.StateReturned || a.Assignment.FirstDue != date("2026-06-30") {
		t.Errorf("reopened: %+v", a.Assignment)
	}
}

// TestTakeOverAsks blocks what is not known: a state not understood, a duty that was done without a day, a name.
func TestTakeOverAsks(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	tr := r.importTracker(tasks.TrackedDocument{Head: tasks.Head{Number: "5/KH-UBND", Date: date("2026-02-02")}, Drafts: []tasks.Draft{
		tracked("Chưa rõ", func(d *tasks.Draft) { d.Taken.State, d.Taken.Status = "", "Ổn" }),
		tracked("Xong", func(d *tasks.Draft) { d.Taken.State, d.Deadline = tasks.StateCompleted, date("2026-06-30") }),
		tracked("Xong trễ", func(d *tasks.Draft) {
			d.Taken.State, d.Taken.Said, d.Deadline = tasks.StateCompleted, tasks.Late, date("2026-06-30")
		}),
		tracked("Tên lạ", func(d *tasks.Draft) { d.Leads = []tasks.Party{{Written: "Quỹ Hỗ trợ Mẫu"}} }),
	}})
	v := r.takeover(tr.ID)
	keys := func() (out []string) {
		v = r.takeover(tr.ID)
		for _, d := range v.Drafts {
			for _, p := range v.Problems[d.ID] {
				out = append(out, p.Key)
			}
		}
		return out
	}
	if got := keys(); !slices.Equal(got, []string{"takeover.no_state", "takeover.no_day", "takeover.no_day", "issue.unknown_name"}) {
		t.Fatalf("problems %v", got)
	}
	if got := v.Unmapped(); !slices.Equal(got, []string{"Quỹ Hỗ trợ Mẫu"}) {
		t.Errorf("unmapped %v", got)
	}
	refused(t, r.documents.TakeOver(ctx, r.secretariat, tr.ID, v.Seen, false), tasks.CodeInvalid, "issue.blocked")
	refused(t, r.documents.Issue(ctx, r.secretariat, v.Order[0], 0), tasks.CodeInvalid, "issue.blocked")

	if n := must(r.documents.FillDays(ctx, r.secretariat, tr.ID, tasks.Draft{}.Deadline))(t); n != 1 {
		t.Errorf("%d days filled", n)
	}
	if got := keys(); !slices.Equal(got, []string{"takeover.no_state", "takeover.no_day", "issue.unknown_name"}) {
		t.Errorf("problems %v", got)
	}
	if d := v.Drafts[1].Taken.CompletedOn; d != date("2026-06-30") {
		t.Errorf("filled with %s", d)
	}
	_, err := r.documents.FillDays(ctx, r.secretariat, tr.ID, date("2026-12-01"))
	refused(t, err, tasks.CodeInvalid, "takeover.day_to_come")

	doc, first := v.Order[0], v.Drafts[0]
	refused(t, r.documents.SetTaken(ctx, r.secretariat, doc, first.ID, tasks.TakenInput{State: "done"}), tasks.CodeInvalid, "takeover.choose_state")
	refused(t, r.documents.SetTaken(ctx, r.secretariat, doc, first.ID, tasks.TakenInput{State: tasks.StateAssigned, Version: 99}), tasks.CodeConflict, "")
	check(t, r.documents.SetTaken(ctx, r.secretariat, doc, first.ID, tasks.TakenInput{
		State: tasks.StateInProgress, FirstDue: date("2026-08-31"), Due: date("2026-12-31"), Percent: 30, Version: first.Version,
	}))
	check(t, r.documents.SetTaken(ctx, r.secretariat, doc, v.Drafts[2].ID, tasks.TakenInput{
		State: tasks.StateCompleted, Due: date("2026-06-30"), CompletedOn: date("2026-07-15"), Percent: 100,
	}))
	check(t, r.documents.MapTrackerName(ctx, r.secretariat, tr.ID, "Quỹ Hỗ trợ Mẫu", r.stc, 0, true))
	if got := keys(); len(got) != 0 {
		t.Errorf("problems %v", got)
	}
	check(t, r.documents.TakeOver(ctx, r.secretariat, tr.ID, v.Seen, true))
	if n := r.notices(tasks.NoticeIssued); len(n) != 2 {
		t.Errorf("%d notices, want one for each agency", len(n))
	}

	// As long as nothing was done to it, it can be taken back, the reports that came with it too.
	check(t, r.documents.Recall(ctx, r.secretariat, doc, 0))
	if v := r.takeover(tr.ID); len(v.Drafts) != 4 || v.Drafts[0].Taken.FirstDue != date("2026-08-31") {
		t.Errorf("after the recall: %+v", v.Drafts)
	}
	check(t, r.documents.DiscardTracker(ctx, r.secretariat, tr.ID, ""))
	if v := r.takeover(tr.ID); len(v.Order) != 0 {
		t.Errorf("%d documents are left", len(v.Order))
	}
}

// TestTrackerRefused says what is wrong with a file that is none.
func TestTrackerRefused(t *testing.T) {
	r := newRig(t)
	r.documents.Trackers = trackerReader{}
	_, err := r.documents.ImportTracker(t.Context(), r.secretariat, tasks.TrackerInput{})
	refused(t, err, tasks.CodeInvalid, "takeover.no_file")
	_, err = r.documents.ImportTracker(t.Context(), r.secretariat, tasks.TrackerInput{File: tasks.Upload{Name: "a.xlsx", Data: []byte("x")}})
	refused(t, err, tasks.CodeInvalid, "takeover.no_rows")
	_, err = r.documents.ImportTracker(t.Context(), r.focal, tasks.TrackerInput{File: tasks.Upload{Name: "a.xlsx", Data: []byte("x")}})
	refused(t, err, tasks.CodeForbidden, "")
}

// stopped takes an assignment of snv, with stc cooperating, over in a state to which no step leads yet.
func (r *rig) stopped(state tasks.State) int64 {
	r.t.Helper()
	tr := r.importTracker(tasks.TrackedDocument{Head: tasks.Head{Number: "1/CT", Date: date("2026-10-02")}, Drafts: []tasks.Draft{
		tracked("Rà soát thủ tục hành chính", func(d *tasks.Draft) {
			d.Taken.State, d.Cooperating = state, []tasks.Party{{Written: "Sở Tài chính"}}
		}),
	}})
	check(r.t, r.documents.TakeOver(r.t.Context(), r.secretariat, tr.ID, "", false))
	return must(r.documents.Get(r.t.Context(), r.secretariat, r.takeover(tr.ID).Order[0]))(r.t).Assignments[0].ID
}
