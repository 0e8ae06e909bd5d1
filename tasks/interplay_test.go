package tasks_test

import (
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

// What waits for an agency's head, or was sent back by him, is that agency's alone: neither a joint lead's, nor the next lead's, nor the
// register's.
func TestWhatWaitsForAHeadIsItsAgencysAlone(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	check(t, r.directory.SetApproval(ctx, r.head, r.snv, true))
	_, list := r.issue("1/CT", r.duty(func(in *tasks.DraftInput) { in.Leads, in.Joint = leads(r.snv, r.stc), true }))
	id := list[0].ID
	check(t, r.assignments.Report(ctx, r.other, id, tasks.ReportInput{Kind: tasks.ReportProgress, Text: "Đang làm", Percent: 40}))
	check(t, r.assignments.Report(ctx, r.focal, id, tasks.ReportInput{Kind: tasks.ReportSubmission, Text: "nội bộ", Files: []tasks.Upload{scan}}))
	file := must(r.assignments.Get(ctx, r.focal, id))(t).Reports[0].Evidence[0].ID
	hidden := func(when string) {
		t.Helper()
		if got := must(r.assignments.Get(ctx, r.other, id))(t); slices.ContainsFunc(got.Reports, tasks.Report.Internal) {
			t.Errorf("%s: another lead sees %+v", when, got.Reports)
		}
		if _, _, err := r.assignments.OpenEvidence(ctx, r.other, file); tasks.CodeOf(err) != tasks.CodeNotFound {
			t.Errorf("%s: another lead opens its file: %v", when, err)
		}
		for _, who := range []tasks.Person{r.secretariat, r.other} {
			if page := r.register(who, october()); len(page.Rows) != 1 || page.Rows[0].Last.Text != "Đang làm" {
				t.Errorf("%s: the register of %s says %+v", when, who.Name, page.Rows[0].Last)
			}
		}
	}
	hidden("waiting")
	if got := must(r.assignments.Get(ctx, r.focal, id))(t); !slices.ContainsFunc(got.Reports, tasks.Report.Internal) {
		t.Error("its own people do not see it")
	}
	check(t, r.assignments.RefuseApproval(ctx, r.head, id, 0, "Thiếu"))
	hidden("sent back")
	take := tasks.ReportInput{Kind: tasks.ReportProgress, Text: "x", Percent: 50, Keep: []int64{file}}
	refused(t, r.assignments.Report(ctx, r.other, id, take), tasks.CodeNotFound, "")
	check(t, r.assignments.Reassign(ctx, r.secretariat, id, giving(r.stc)))
	hidden("given to another")
}

// The words of a submission are those of the report that waits, whatever was written about later in another agency.
func TestTheListQuotesTheReportThatWaits(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	chief := r.person("Bình", tasks.Grant{Role: tasks.RoleHead, AgencyID: r.stc})
	check(t, r.directory.SetApproval(ctx, r.head, r.snv, true))
	check(t, r.directory.SetApproval(ctx, chief, r.stc, true))
	_, list := r.issue("1/CT", r.duty(func(in *tasks.DraftInput) { in.Leads, in.Joint = leads(r.snv, r.stc), true }))
	id := list[0].ID
	submit := func(who tasks.Person, text string) {
		t.Helper()
		check(t, r.assignments.Report(ctx, who, id, tasks.ReportInput{Kind: tasks.ReportSubmission, Text: text}))
	}
	submit(r.focal, "nộp")
	submit(r.other, "nội bộ")
	check(t, r.assignments.RefuseApproval(ctx, chief, id, 0, "Thiếu"))
	check(t, r.assignments.Approve(ctx, r.head, id, 0))
	page := must(r.assignments.List(ctx, r.secretariat, tasks.AssignmentQuery{}))(t)
	if page.Rows[0].LastReport != "nộp" {
		t.Errorf("the list quotes %q", page.Rows[0].LastReport)
	}
}

// A head who let a report go stands for it: he decides on it no more than the one who wrote it.
func TestWhoApprovedAReportDoesNotDecideOnIt(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	chief := r.person("Bình", tasks.Grant{Role: tasks.RoleHead, AgencyID: r.snv}, tasks.Grant{Role: tasks.RoleSecretariat})
	check(t, r.directory.SetApproval(ctx, chief, r.snv, true))
	_, list := r.issue("1/CT", r.duty())
	id := list[0].ID
	r.submit(r.focal, id, scan)
	check(t, r.assignments.Approve(ctx, chief, id, 0))
	v := must(r.assignments.Get(ctx, chief, id))(t)
	if !v.OwnReport {
		t.Error("his page offers the decision")
	}
	judge := tasks.JudgeInput{ReportID: v.Reports[0].ID, State: tasks.EvidenceAccepted}
	refused(t, r.assignments.JudgeEvidence(ctx, chief, id, judge), tasks.CodeForbidden, "assignment.own_report")
	refused(t, r.assignments.ConfirmWith(ctx, chief, id, tasks.ConfirmInput{Evidence: tasks.EvidenceAccepted}), tasks.CodeForbidden, "assignment.own_report")
	done := must(r.assignments.ConfirmMany(ctx, chief, []tasks.Choice{{ID: id, Version: v.Assignment.Version}}, tasks.ConfirmInput{Evidence: tasks.EvidenceAccepted}))(t)
	if tasks.CodeOf(done[0].Err) != tasks.CodeForbidden {
		t.Errorf("in bulk: %v", done[0].Err)
	}
	refused(t, r.assignments.Return(ctx, chief, id, 0, "Thiếu"), tasks.CodeForbidden, "assignment.own_report")
	refused(t, r.assignments.Cancel(ctx, chief, id, why("Bỏ")), tasks.CodeForbidden, "pause.own")
	refused(t, r.assignments.WaiveConfirmation(ctx, chief, id, 0, true), tasks.CodeForbidden, "confirm.own")
	check(t, r.assignments.ConfirmWith(ctx, r.secretariat, id, tasks.ConfirmInput{Evidence: tasks.EvidenceAccepted}))
	refused(t, r.assignments.Reopen(ctx, chief, id, 0, "Nhầm"), tasks.CodeForbidden, "assignment.own_report")
}

// A submission that was approved by a head was sent on the day of the approval, before a mistaken cancel and after it.
func TestARestoredSubmissionKeepsItsDay(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	check(t, r.directory.SetApproval(ctx, r.head, r.snv, true))
	_, list := r.issue("1/CT", r.duty())
	id := list[0].ID
	r.at("2026-10-29 09:00")
	r.submit(r.focal, id)
	r.at("2026-11-02 09:00")
	check(t, r.assignments.Approve(ctx, r.head, id, 0))
	check(t, r.assignments.Cancel(ctx, r.secretariat, id, why("Nhầm")))
	check(t, r.assignments.Restore(ctx, r.secretariat, id, why("Nhầm")))
	if v := r.assignment(id); v.Assignment.State != tasks.StateSubmitted || v.Assignment.SubmittedOn != date("2026-11-02") || v.Timeliness != tasks.Late {
		t.Errorf("%+v, %s", v.Assignment, v.Timeliness)
	}
}

// What waits for a head of duties that have ended or are another's takes no place from what he can still let go.
func TestWhatAHeadCanLetGoIsNotCrowdedOut(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	check(t, r.directory.SetApproval(ctx, r.head, r.snv, true))
	_, list := r.issue("1/CT", r.duty(), r.duty(), r.duty())
	for _, a := range list {
		r.submit(r.focal, a.ID)
	}
	check(t, r.assignments.Cancel(ctx, r.secretariat, list[0].ID, why("Bỏ")))
	check(t, r.assignments.Reassign(ctx, r.secretariat, list[1].ID, giving(r.stc)))
	waiting := must(r.assignments.WaitingApprovals(ctx, r.head, r.snv, 1))(t)
	if len(waiting) != 1 || waiting[0].Row.ID != list[2].ID {
		t.Errorf("waiting %+v", waiting)
	}
}

// A register of days gone by counts the extensions of that time, whatever moved the deadline later.
func TestRegisterCountsTheExtensionsOfItsTime(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	_, list := r.issue("1/CT", r.duty(), r.duty(), r.duty())
	r.submit(r.focal, list[0].ID)
	check(t, r.assignments.Hold(ctx, r.secretariat, list[1].ID, why("Chờ")))
	r.at("2026-11-03 09:00")
	due := date("2026-12-15")
	check(t, r.assignments.ReturnWith(ctx, r.secretariat, list[0].ID, tasks.ReturnInput{Reason: "Thiếu", Due: due, Authority: "Chủ tịch"}))
	resume := why("Xong")
	resume.Due = due
	check(t, r.assignments.Resume(ctx, r.secretariat, list[1].ID, resume))
	given := giving(r.stc)
	given.Due = due
	check(t, r.assignments.Reassign(ctx, r.secretariat, list[2].ID, given))
	for _, row := range r.register(r.secretariat, october()).Rows {
		if row.Extended != 0 || row.Due != date("2026-10-30") {
			t.Errorf("assignment %d in October: extended %d times, due %s", row.ID, row.Extended, row.Due)
		}
	}
}

func TestNotMoreFilesThanAReportMayHave(t *testing.T) {
	r := newRig(t)
	_, list := r.issue("1/CT", r.duty())
	id := list[0].ID
	r.submit(r.focal, id, scan)
	in := tasks.EvidenceInput{ReportID: r.assignment(id).Reports[0].ID, Files: slices.Repeat([]tasks.Upload{scan}, tasks.MaxReportFiles+1)}
	refused(t, r.assignments.AddEvidence(t.Context(), r.focal, id, in), tasks.CodeInvalid, "upload.too_many")
}

// Who takes over a duty is told of the leader's word that stands on it; who had a part in it before and keeps it is not told less.
func TestANewLeadIsToldOfTheWordThatStands(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.helped("1/CT")
	word := r.say(r.leader, a.ID, tasks.RemarkInput{Kind: tasks.RemarkExplain, Words: "Vì sao chậm?", Due: date("2026-10-09"), Wide: true})
	closed := r.say(r.leader, a.ID, tasks.RemarkInput{Kind: tasks.RemarkOrder, Words: "Làm ngay"})
	check(t, r.assignments.SettleRemark(ctx, r.leader, a.ID, closed.ID, tasks.RemarkSettlement{Outcome: tasks.RemarkWithdraw, Words: "Thôi"}))
	in := giving(r.thue)
	in.Cooperating = []int64{r.stc, r.syt}
	check(t, r.assignments.Reassign(ctx, r.secretariat, a.ID, in))
	var open []int64
	for _, n := range r.notices(tasks.NoticeEvent) {
		if n.Event == tasks.EventRemark && n.Occurrence == tasks.RemarkOccurrence(word) && n.Role == tasks.RoleFocal {
			open = append(open, n.AgencyID)
		}
		if n.AgencyID == r.thue && strings.HasPrefix(n.Occurrence, "m") && n.Occurrence != tasks.RemarkOccurrence(word) {
			t.Errorf("the new lead is told of %+v", n)
		}
	}
	slices.Sort(open)
	if want := []int64{r.stc, r.syt, r.thue}; !slices.Equal(open, want) {
		t.Errorf("told of the word: %v, want %v", open, want)
	}
}

// A cadence that ended with its document does not begin again behind it: the document is opened first.
func TestADutyOfAClosedDocumentIsNotReopened(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	document, list := r.issue("1/CT", r.duty())
	r.submit(r.focal, list[0].ID)
	check(t, r.assignments.Confirm(ctx, r.secretariat, list[0].ID, 0))
	check(t, r.assignments.CloseDocument(ctx, r.secretariat, document, 0))
	refused(t, r.assignments.Reopen(ctx, r.secretariat, list[0].ID, 0, "Sai"), tasks.CodeConflict, "pause.document_closed")
	check(t, r.assignments.ReopenDocument(ctx, r.secretariat, document, 0, "Sai"))
	check(t, r.assignments.Reopen(ctx, r.secretariat, list[0].ID, 0, "Sai"))
}

// The deadline that is proposed for a duty that goes on counts no day twice: what was carried over while it rested has its days already.
func TestARestingDutyThatWasCarriedOver(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	document, list := r.issue("1/CT", r.duty())
	id := list[0].ID
	check(t, r.assignments.Hold(ctx, r.secretariat, id, why("Chờ")))
	r.at("2026-12-14 08:00")
	_, _, err := r.assignments.EndYear(ctx, r.secretariat, document, tasks.YearEndInput{
		Rows:   []tasks.YearEndRow{{AssignmentID: id, Choice: tasks.YearEndCarry, Due: date("2027-06-30")}},
		Reason: "Chuyển tiếp", Authority: "Chủ tịch UBND tỉnh",
	})
	check(t, err)
	if a := r.assignment(id).Assignment; a.State != tasks.StateOnHold || a.Due != date("2027-06-30") || a.FirstDue != date("2026-10-30") {
		t.Errorf("carried over: %+v", a)
	}
	if f := r.figures(); f != (tasks.Figures{}) {
		t.Errorf("it counts: %+v", f)
	}
	r.at("2026-12-16 08:00")
	if v := r.life(r.secretariat, id); v.Proposed != date("2027-07-02") {
		t.Errorf("proposed %s", v.Proposed)
	}
}

// Who answers for several agencies finds each of their rows on one page or the next.
func TestPagesOfConsultationsLoseNoAgency(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	several := r.person("Sơn", focalOf(r.snv), focalOf(r.stc))
	for _, number := range []string{"1/CT", "2/CT"} {
		r.consulted(number)
	}
	rows, after := 0, int64(0)
	for {
		page, more, err := r.documents.Consultations(ctx, several, after, 3)
		check(t, err)
		rows += len(page)
		if !more {
			break
		}
		after = page[len(page)-1].ID
	}
	if rows != 4 {
		t.Errorf("%d rows of two agencies in two consultations", rows)
	}
}
