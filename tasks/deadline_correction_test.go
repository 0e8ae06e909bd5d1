package tasks_test

import (
	"slices"
	"testing"

	"tiendo/tasks"
)

func TestAMistypedDeadlineIsCorrected(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.shared("1/CT")
	r.at("2026-10-12 08:00")
	correct := func(who tasks.Person, due, reason string) error {
		in := tasks.DeadlineCorrectionInput{Reason: reason, Document: "Mục II.1"}
		if due != "" {
			in.Due = date(due)
		}
		return r.assignments.CorrectDeadline(ctx, who, a.ID, in)
	}
	refused(t, correct(r.leader, "2026-10-20", "Gõ nhầm"), tasks.CodeForbidden, "error.forbidden")
	refused(t, correct(r.focal, "2026-10-20", "Gõ nhầm"), tasks.CodeForbidden, "error.forbidden")
	refused(t, correct(r.secretariat, "2026-10-30", "Gõ nhầm"), tasks.CodeInvalid, "extension.same")
	refused(t, correct(r.secretariat, "2026-10-20", " "), tasks.CodeInvalid, "field.required")
	refused(t, correct(r.secretariat, "", "Gõ nhầm"), tasks.CodeInvalid, "field.required")
	check(t, correct(r.secretariat, "2026-10-20", "Gõ nhầm ngày"))
	v := r.deadline(a.ID)
	got := v.Assignment
	// What was issued is kept for ever; rates reckon with the mended one.
	if got.Due != date("2026-10-20") || got.FirstDue != date("2026-10-30") || got.First() != date("2026-10-20") || got.DueVersion != 2 || got.DueSetOn != date("2026-10-12") {
		t.Errorf("corrected: %+v", got)
	}
	if c := v.Corrections[0]; c.Was != date("2026-10-30") || c.Due != date("2026-10-20") || !c.OfFirst || c.Reason != "Gõ nhầm ngày" || c.PersonID != r.secretariat.ID {
		t.Errorf("correction %+v", c)
	}
	if tasks.GrantedExtensions(v.Extensions) != 0 {
		t.Error("a correction counts as an extension")
	}
	if got, want := r.toldEvents(), []string{"deadline_corrected snv", "deadline_corrected stc"}; !slices.Equal(got, want) {
		t.Errorf("told %v, want %v", got, want)
	}
	// Of an extension that was mistyped the first deadline stays as it is.
	r.ask(r.focal, a.ID, "2026-11-20")
	check(t, r.assignments.DecideExtension(ctx, r.leader, a.ID, tasks.ExtensionDecision{Grant: true, Due: date("2026-11-22")}))
	check(t, correct(r.colleague, "2026-11-20", "Quyết định ghi ngày 20"))
	v = r.deadline(a.ID)
	if got := v.Assignment; got.Due != date("2026-11-20") || got.First() != date("2026-10-20") || got.DueVersion != 4 || v.Corrections[0].OfFirst {
		t.Errorf("corrected again: %+v", got)
	}
	// A duty that was done late by a mistyped day is in time after the correction, and nobody is told of what has ended.
	b := r.shared("2/CT")
	r.at("2026-11-03 08:00")
	r.report(r.focal, b.ID, tasks.ReportSubmission, 100)
	check(t, r.assignments.Confirm(ctx, r.secretariat, b.ID, 0))
	before := len(r.notices(tasks.NoticeEvent))
	check(t, r.assignments.CorrectDeadline(ctx, r.secretariat, b.ID, tasks.DeadlineCorrectionInput{Due: date("2026-11-30"), Reason: "Văn bản ghi tháng 11"}))
	if v := r.assignment(b.ID); v.Timeliness != tasks.OnTime || len(r.notices(tasks.NoticeEvent)) != before {
		t.Errorf("%s, %d events more", v.Timeliness, len(r.notices(tasks.NoticeEvent))-before)
	}
}

// A correction mends a mistyped year, it does not make one.
func TestACorrectionToAnotherYear(t *testing.T) {
	r := newRig(t)
	_, issued := r.issue("1/CT", r.duty(func(in *tasks.DraftInput) { in.Deadline = date("2062-10-30") }))
	correct := func(due string) error {
		return r.assignments.CorrectDeadline(t.Context(), r.secretariat, issued[0].ID, tasks.DeadlineCorrectionInput{Due: date(due), Reason: "Gõ nhầm năm"})
	}
	refused(t, correct("2090-10-30"), tasks.CodeInvalid, "extension.too_far")
	check(t, correct("2026-10-30"))
	refused(t, correct("2062-10-30"), tasks.CodeInvalid, "extension.too_far")
	refused(t, correct("1926-10-30"), tasks.CodeInvalid, "extension.too_far")
	check(t, correct("2031-12-31"))
}

func TestADutyWithoutADeadlineHasNoneToMove(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	_, issued := r.issue("1/CT", tasks.DraftInput{Text: "Báo cáo hằng tháng", Cadence: "FREQ=MONTHLY;BYMONTHDAY=25", Leads: leads(r.snv), Checked: true})
	id := issued[0].ID
	refused(t, r.assignments.AskExtension(ctx, r.focal, id, tasks.ExtensionInput{Due: date("2026-11-20"), Reason: "Chờ"}), tasks.CodeConflict, "extension.no_deadline")
	refused(t, r.assignments.CorrectDeadline(ctx, r.secretariat, id, tasks.DeadlineCorrectionInput{Due: date("2026-11-20"), Reason: "Nhầm"}), tasks.CodeConflict, "extension.no_deadline")
	v := must(r.assignments.Deadline(ctx, r.focal, id))(t)
	if v.MayAsk || v.MayCorrect {
		t.Errorf("offered %+v", v)
	}
}
