package tasks_test

import (
	"slices"
	"testing"

	"tiendo/tasks"
)

func (r *rig) yearEnd(id int64) tasks.YearEndView {
	r.t.Helper()
	return must(r.assignments.YearEnd(r.t.Context(), r.secretariat, id))(r.t)
}

func ending(rows ...tasks.YearEndRow) tasks.YearEndInput {
	return tasks.YearEndInput{Rows: rows, Reason: "Tổng kết năm", Document: "20/TB-VP", Authority: "Chủ tịch UBND tỉnh"}
}

func TestAYearEnds(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	periodic := func(in *tasks.DraftInput) {
		in.Deadline, in.Cadence = tasks.DraftInput{}.Deadline, "FREQ=MONTHLY;BYMONTHDAY=25"
	}
	id, issued := r.issue("1/CT", r.duty(), r.duty(periodic), r.duty(), r.duty(), r.duty())
	carried, recurring, closed, sent, done := issued[0], issued[1], issued[2], issued[3], issued[4]
	r.at("2026-10-20 08:00")
	r.report(r.focal, done.ID, tasks.ReportSubmission, 100)
	check(t, r.assignments.Confirm(ctx, r.secretariat, done.ID, 0))
	r.at("2026-12-28 08:00")
	r.report(r.focal, sent.ID, tasks.ReportSubmission, 100)

	v := r.yearEnd(id)
	if v.Open != 4 || v.Completed != 1 || v.Closable || len(v.Rows) != 4 || !v.NeedsAuthority {
		t.Fatalf("%+v", v)
	}
	carry := func(a tasks.Assignment, due string) tasks.YearEndRow {
		row := tasks.YearEndRow{AssignmentID: a.ID, Choice: tasks.YearEndCarry}
		if due != "" {
			row.Due = date(due)
		}
		return row
	}
	end := func(in tasks.YearEndInput) error {
		_, _, err := r.assignments.EndYear(ctx, r.secretariat, id, in)
		return err
	}
	stale := carry(carried, "2027-06-30")
	stale.Version = 99
	noReason := ending(carry(carried, "2027-06-30"))
	noReason.Reason = ""
	for name, c := range map[string]struct {
		err  error
		code tasks.Code
		key  string
	}{
		"no day":          {end(ending(carry(carried, ""))), tasks.CodeInvalid, "field.required"},
		"a day gone by":   {end(ending(carry(carried, "2026-12-28"))), tasks.CodeInvalid, "year_end.past"},
		"it waits":        {end(ending(carry(sent, "2027-06-30"))), tasks.CodeInvalid, "year_end.waits"},
		"it is done":      {end(ending(carry(done, "2027-06-30"))), tasks.CodeInvalid, "year_end.ended"},
		"nothing":         {end(ending(tasks.YearEndRow{AssignmentID: carried.ID, Choice: tasks.YearEndLeave})), tasks.CodeInvalid, "year_end.nothing"},
		"no reason":       {end(noReason), tasks.CodeInvalid, "field.required"},
		"another version": {end(ending(stale)), tasks.CodeConflict, "error.conflict"},
		"not of this one": {end(ending(tasks.YearEndRow{AssignmentID: 9999, Choice: tasks.YearEndClose})), tasks.CodeNotFound, ""},
		"by the lead":     {func() error { _, _, err := r.assignments.EndYear(ctx, r.focal, id, ending()); return err }(), tasks.CodeForbidden, "error.forbidden"},
		"left open":       {r.assignments.CloseDocument(ctx, r.secretariat, id, 0), tasks.CodeConflict, "year_end.left_open"},
		"not closed":      {r.assignments.ReopenDocument(ctx, r.secretariat, id, 0, "Nhầm"), tasks.CodeConflict, "document.not_closed"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, c.err, c.code, c.key) })
	}

	n, m, err := r.assignments.EndYear(ctx, r.secretariat, id, ending(carry(carried, "2027-06-30"), carry(recurring, "2027-03-31"),
		tasks.YearEndRow{AssignmentID: closed.ID, Choice: tasks.YearEndClose}))
	check(t, err)
	if n != 2 || m != 1 {
		t.Errorf("carried %d, closed %d", n, m)
	}
	a := r.deadline(carried.ID).Assignment
	if a.Due != date("2027-06-30") || a.FirstDue != date("2026-10-30") || a.DueVersion != 2 || a.State != tasks.StateAssigned {
		t.Errorf("carried over: %+v", a)
	}
	view := r.assignment(recurring.ID)
	if a := view.Assignment; a.Due != date("2027-03-31") || a.FirstDue != date("2027-03-31") || a.Cadence != "" || len(view.Notes) != 0 {
		t.Errorf("carried over from a cadence: %+v, %d notes", a, len(view.Notes))
	}
	if a := r.assignment(closed.ID).Assignment; a.State != tasks.StateCancelled {
		t.Errorf("not carried over: %+v", a)
	}
	if got, want := r.toldEvents(), []string{"cancelled snv", "carried_over snv", "carried_over snv"}; !slices.Equal(got, want) {
		t.Errorf("told %v, want %v", got, want)
	}
	refused(t, r.assignments.CloseDocument(ctx, r.secretariat, id, 0), tasks.CodeConflict, "year_end.left_open")
	check(t, r.assignments.Confirm(ctx, r.secretariat, sent.ID, 0))
	if v = r.yearEnd(id); !v.Closable || v.Open != 0 || v.Cancelled != 1 || len(v.Rows) != 2 {
		t.Fatalf("%+v", v)
	}
	check(t, r.assignments.CloseDocument(ctx, r.secretariat, id, v.Document.Version))
	if d := r.document(id); d.State != tasks.DocumentClosed {
		t.Errorf("document %s", d.State)
	}

	// What was carried over goes on and counts; a closed document's duty is not restored.
	if f := r.figures(); f.All != 4 || f.Completed != 2 || f.Open() != 2 {
		t.Errorf("figures %+v", f)
	}
	r.report(r.focal, carried.ID, tasks.ReportProgress, 10)
	refused(t, r.assignments.Restore(ctx, r.secretariat, closed.ID, why("Nhầm")), tasks.CodeConflict, "pause.document_closed")
	refused(t, r.assignments.ReopenDocument(ctx, r.secretariat, id, 0, " "), tasks.CodeInvalid, "field.required")
	check(t, r.assignments.ReopenDocument(ctx, r.secretariat, id, 0, "Đóng nhầm"))
	check(t, r.assignments.Restore(ctx, r.secretariat, closed.ID, why("Nhầm")))
	got := r.trail(tasks.Subject{Kind: tasks.SubjectDocument, ID: id})
	if !slices.Equal(got[len(got)-2:], []string{"document.closed", "document.reopened"}) {
		t.Errorf("trail %v", got)
	}
}

func TestDocumentsThatCanBeClosed(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	done, issued := r.issue("1/CT", r.duty())
	r.issue("2/CT", r.duty())
	r.report(r.focal, issued[0].ID, tasks.ReportSubmission, 100)
	check(t, r.assignments.Confirm(ctx, r.secretariat, issued[0].ID, 0))
	for day, want := range map[string]int{"2026-11-30": 0, "2026-12-01": 1, "2027-01-04": 1} {
		r.at(day + " 08:00")
		list := must(r.assignments.ClosableDocuments(ctx, r.secretariat, 5))(t)
		if len(list) != want || want == 1 && list[0].ID != done {
			t.Errorf("%s: %+v", day, list)
		}
	}
	if _, err := r.assignments.ClosableDocuments(ctx, r.leader, 5); tasks.CodeOf(err) != tasks.CodeForbidden {
		t.Errorf("the leader: %v", err)
	}
}
