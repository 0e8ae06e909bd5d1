package tasks_test

import (
	"slices"
	"strings"
	"testing"

	"tiendo/store"
	"tiendo/tasks"
)

func (r *rig) life(who tasks.Person, id int64) tasks.LifeView {
	r.t.Helper()
	return must(r.assignments.Life(r.t.Context(), who, id))(r.t)
}

// why is a decision of the chairman that the secretariat records.
func why(reason string) tasks.PauseInput {
	return tasks.PauseInput{Reason: reason, Document: "12/TB-VP", Authority: "Chủ tịch UBND tỉnh"}
}

func assignmentSubject(id int64) tasks.Subject {
	return tasks.Subject{Kind: tasks.SubjectAssignment, ID: id}
}

// figures are the province's today.
func (r *rig) figures() tasks.Figures {
	r.t.Helper()
	return must(r.assignments.Figures(r.t.Context(), r.secretariat, 0))(r.t)
}

func TestADutyRestsAndGoesOn(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.shared("1/CT")
	r.report(r.focal, a.ID, tasks.ReportProgress, 40)
	r.at("2026-10-12 08:00")
	check(t, r.assignments.Hold(ctx, r.secretariat, a.ID, why("Chờ Trung ương hướng dẫn")))

	v := r.life(r.secretariat, a.ID)
	last, ok := v.Lasting()
	if v.Assignment.State != tasks.StateOnHold || !ok || last.Was != tasks.StateInProgress || last.Since != date("2026-10-12") ||
		last.Authority != "Chủ tịch UBND tỉnh" || last.Document != "12/TB-VP" {
		t.Fatalf("on hold: %s %+v", v.Assignment.State, last)
	}
	r.at("2026-11-20 08:00") // long after the deadline
	if f := r.figures(); f != (tasks.Figures{}) {
		t.Errorf("a duty on hold is counted: %+v", f)
	}
	if rows := must(r.assignments.List(ctx, r.secretariat, tasks.AssignmentQuery{Timeliness: tasks.Overdue}))(t); rows.Total != 0 {
		t.Errorf("a duty on hold is overdue")
	}
	if rows := must(r.assignments.List(ctx, r.focal, tasks.AssignmentQuery{States: []tasks.State{tasks.StateOnHold}}))(t); rows.Total != 1 {
		t.Errorf("the filter of duties on hold finds %d", rows.Total)
	}
	for name, err := range map[string]error{
		"report": r.assignments.Report(ctx, r.focal, a.ID, tasks.ReportInput{Kind: tasks.ReportProgress, Percent: 50, Text: "Đã làm"}),
		"submit": r.assignments.Report(ctx, r.focal, a.ID, tasks.ReportInput{Kind: tasks.ReportSubmission, Text: "Đã làm"}),
		"hold":   r.assignments.Hold(ctx, r.secretariat, a.ID, why("Lại")),
		"undo":   r.assignments.Restore(ctx, r.secretariat, a.ID, why("Nhầm")),
	} {
		t.Run(name, func(t *testing.T) { refused(t, err, tasks.CodeConflict, "assignment.step_not_allowed") })
	}

	// 39 days on hold: 30 October becomes 8 December.
	v = r.life(r.secretariat, a.ID)
	if v.Proposed != date("2026-12-08") || !v.MayResume || v.MayHold {
		t.Fatalf("proposed %s, may resume %v", v.Proposed, v.MayResume)
	}
	in := why("Đã có hướng dẫn")
	in.Due, in.Version = v.Proposed, v.Assignment.Version
	check(t, r.assignments.Resume(ctx, r.secretariat, a.ID, in))
	got := r.deadline(a.ID)
	if b := got.Assignment; b.State != tasks.StateInProgress || b.Percent != 40 || b.Due != date("2026-12-08") || b.FirstDue != date("2026-10-30") ||
		b.DueVersion != 2 || b.DueSetOn != date("2026-11-20") {
		t.Errorf("resumed: %+v", b)
	}
	if x := got.Extensions; len(x) != 1 || x[0].Origin != tasks.OriginHold || x[0].Outcome != tasks.ExtensionGranted || got.Own {
		t.Errorf("moved by %+v, own %v", x, got.Own)
	}
	refused(t, r.assignments.Resume(ctx, r.secretariat, a.ID, in), tasks.CodeConflict, "error.conflict")
	if f := r.figures(); f.All != 1 || f.Overdue != 0 || f.InProgress != 1 {
		t.Errorf("figures after the hold: %+v", f)
	}
	if got := r.trail(assignmentSubject(a.ID)); !slices.Equal(got[len(got)-2:], []string{"assignment.hold", "assignment.resume"}) {
		t.Errorf("trail %v", got)
	}
	if got, want := r.toldEvents(), []string{"held snv", "held stc", "resumed snv", "resumed stc"}; !slices.Equal(got, want) {
		t.Errorf("told %v, want %v", got, want)
	}
}

func TestADutyIsTakenBackAndRestored(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.shared("1/CT")
	r.ask(r.focal, a.ID, "2026-11-20")
	check(t, r.assignments.Decline(ctx, r.head, a.ID, tasks.DeclineInput{Proposed: r.syt, Reason: "Không thuộc chức năng"}))
	check(t, r.assignments.Hold(ctx, r.secretariat, a.ID, why("Chờ")))
	check(t, r.assignments.Cancel(ctx, r.secretariat, a.ID, why("Không còn cần")))

	v := r.life(r.secretariat, a.ID)
	if v.Assignment.State != tasks.StateCancelled || !v.MayRestore || v.MayCancel || v.MayReassign {
		t.Fatalf("taken back: %+v", v)
	}
	if d := v.Declines[0]; d.Outcome != tasks.DeclineLapsed {
		t.Errorf("the request for another lead: %+v", d)
	}
	if x := r.deadline(a.ID).Extensions[0]; x.Outcome != tasks.ExtensionLapsed {
		t.Errorf("the request for a later deadline: %+v", x)
	}
	trail := strings.Join(r.trail(assignmentSubject(a.ID)), " ")
	for _, action := range []string{"assignment.extension_lapsed", "assignment.decline_lapsed", "assignment.cancel"} {
		if !strings.Contains(trail, action) {
			t.Errorf("no %s in %s", action, trail)
		}
	}
	if got, want := r.toldEvents(), []string{"cancelled snv", "cancelled stc"}; !slices.Equal(got, want) {
		t.Errorf("told %v, want %v: nothing else is told of what has ended", got, want)
	}
	if f := r.figures(); f != (tasks.Figures{}) {
		t.Errorf("what was taken back is counted: %+v", f)
	}
	refused(t, r.assignments.Cancel(ctx, r.secretariat, a.ID, why("Lại")), tasks.CodeConflict, "assignment.step_not_allowed")

	check(t, r.assignments.Restore(ctx, r.secretariat, a.ID, tasks.PauseInput{Reason: "Thu hồi nhầm"}))
	if v = r.life(r.secretariat, a.ID); v.Assignment.State != tasks.StateOnHold || !v.MayResume {
		t.Errorf("restored to %s", v.Assignment.State)
	}
	check(t, r.assignments.Resume(ctx, r.secretariat, a.ID, tasks.PauseInput{Reason: "Làm tiếp"}))
	if b := r.assignment(a.ID).Assignment; b.State != tasks.StateAssigned || b.Due != date("2026-10-30") || b.DueVersion != 1 {
		t.Errorf("resumed: %+v", b)
	}
}

// What waits for confirmation can be taken back, and waits again when that is undone; it cannot rest.
func TestASubmittedDutyIsTakenBack(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.shared("1/CT")
	r.at("2026-10-20 08:00")
	r.report(r.focal, a.ID, tasks.ReportSubmission, 100)
	refused(t, r.assignments.Hold(ctx, r.secretariat, a.ID, why("Chờ")), tasks.CodeConflict, "assignment.step_not_allowed")
	r.at("2026-11-20 08:00")
	check(t, r.assignments.Cancel(ctx, r.secretariat, a.ID, why("Không còn cần")))
	v := r.assignment(a.ID)
	if _, waits := v.Waiting(); waits || !v.Assignment.SubmittedOn.IsZero() {
		t.Error("a report of what was taken back waits")
	}
	check(t, r.assignments.Restore(ctx, r.secretariat, a.ID, tasks.PauseInput{Reason: "Nhầm"}))
	v = r.assignment(a.ID)
	if _, waits := v.Waiting(); !waits || v.Assignment.SubmittedOn != date("2026-10-20") || v.Assignment.State != tasks.StateSubmitted {
		t.Errorf("restored: %+v", v.Assignment)
	}
	check(t, r.assignments.Confirm(ctx, r.secretariat, a.ID, 0))
	refused(t, r.assignments.Cancel(ctx, r.secretariat, a.ID, why("Muộn")), tasks.CodeConflict, "assignment.step_not_allowed")
}

// Reports that fell due while the duty rested are not missing; one that was missing before still is, and one is ahead.
func TestACadenceRests(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	_, issued := r.issue("1/CT", r.duty(func(in *tasks.DraftInput) {
		in.Deadline = tasks.DraftInput{}.Deadline
		in.Cadence = "FREQ=MONTHLY;BYMONTHDAY=25"
	}))
	id := issued[0].ID
	r.at("2026-11-02 08:00") // 25 October is missing
	must(r.assignments.ExtendCadences(ctx))(t)
	check(t, r.assignments.Hold(ctx, r.secretariat, id, why("Chờ")))
	r.at("2027-02-01 08:00")
	if n := must(r.assignments.ExtendCadences(ctx))(t); n != 0 {
		t.Errorf("%d notes were written while the duty rests", n)
	}
	in := why("Tiếp")
	in.Due = date("2027-03-01")
	refused(t, r.assignments.Resume(ctx, r.secretariat, id, in), tasks.CodeInvalid, "extension.no_deadline")
	check(t, r.assignments.Resume(ctx, r.secretariat, id, why("Tiếp")))
	var days []string
	for _, n := range r.assignment(id).Notes {
		days = append(days, n.Due.String())
	}
	if want := []string{"2026-10-25", "2027-02-25"}; !slices.Equal(days, want) {
		t.Errorf("expected reports %v, want %v", days, want)
	}
}

func TestHoldsAreRefused(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a, done, reported := r.shared("1/CT"), r.shared("2/CT"), r.shared("3/CT")
	r.report(r.focal, done.ID, tasks.ReportSubmission, 100)
	check(t, r.assignments.Confirm(ctx, r.secretariat, done.ID, 0))
	r.report(r.both, reported.ID, tasks.ReportProgress, 10)
	stale := why("Chờ")
	stale.Version = a.Version + 7
	far := why("Tiếp")
	far.Due = date("2062-01-01")
	for name, c := range map[string]struct {
		err  error
		code tasks.Code
		key  string
	}{
		"the lead":          {r.assignments.Hold(ctx, r.focal, a.ID, why("Chờ")), tasks.CodeForbidden, "error.forbidden"},
		"the leader":        {r.assignments.Cancel(ctx, r.leader, a.ID, why("Chờ")), tasks.CodeForbidden, "error.forbidden"},
		"no part":           {r.assignments.Hold(ctx, r.admin, a.ID, why("Chờ")), tasks.CodeNotFound, ""},
		"no reason":         {r.assignments.Hold(ctx, r.secretariat, a.ID, tasks.PauseInput{Authority: "Chủ tịch"}), tasks.CodeInvalid, "field.required"},
		"whose word":        {r.assignments.Hold(ctx, r.secretariat, a.ID, tasks.PauseInput{Reason: "Chờ"}), tasks.CodeInvalid, "pause.authority_required"},
		"another version":   {r.assignments.Cancel(ctx, r.secretariat, a.ID, stale), tasks.CodeConflict, "error.conflict"},
		"not on hold":       {r.assignments.Resume(ctx, r.secretariat, a.ID, far), tasks.CodeConflict, "assignment.step_not_allowed"},
		"done":              {r.assignments.Hold(ctx, r.secretariat, done.ID, why("Chờ")), tasks.CodeConflict, "assignment.step_not_allowed"},
		"done, taken back":  {r.assignments.Cancel(ctx, r.secretariat, done.ID, why("Chờ")), tasks.CodeConflict, "assignment.step_not_allowed"},
		"of his own report": {r.assignments.Cancel(ctx, r.both, reported.ID, why("Chờ")), tasks.CodeForbidden, "pause.own"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, c.err, c.code, c.key) })
	}
	check(t, r.assignments.Hold(ctx, r.secretariat, a.ID, why("Chờ")))
	refused(t, r.assignments.Resume(ctx, r.secretariat, a.ID, far), tasks.CodeInvalid, "extension.too_far")
	if b := r.assignment(a.ID).Assignment; b.State != tasks.StateOnHold {
		t.Errorf("a refused step left %s", b.State)
	}
	if got := r.trail(assignmentSubject(done.ID)); slices.Contains(got, "assignment.hold") {
		t.Errorf("a refused step left %v", got)
	}
}

// A duty that ended with its document is cancelled as one that was taken back, but nobody can restore it.
func TestWhatEndedWithItsDocumentIsNotRestored(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.shared("1/CT")
	check(t, r.db.Update(ctx, func(tx *store.Tx) error {
		b, err := tx.Assignment(a.ID)
		check(t, err)
		b.State = tasks.StateCancelled
		return tx.UpdateAssignment(b)
	}))
	if v := r.life(r.secretariat, a.ID); v.MayRestore || v.MayCancel || v.MayHold || v.MayReassign {
		t.Errorf("%+v", v)
	}
	refused(t, r.assignments.Restore(ctx, r.secretariat, a.ID, why("Nhầm")), tasks.CodeConflict, "pause.ended_by_document")
	if f := r.figures(); f != (tasks.Figures{}) {
		t.Errorf("counted: %+v", f)
	}
}
