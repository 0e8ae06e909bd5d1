package web_test

import "tiendo/tasks"

// furnish brings duties of the scene into every state that pages show differently, and lists the addresses of those that the access table does
// not name, by who opens them.
func (sc *scene) furnish() map[string][]string {
	t, ctx := sc.t, sc.ctx()
	t.Helper()
	do := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	office, focal, leader := sc.person(officeEmail), sc.person(focalEmail), sc.person(leaderEmail)
	names := []string{"late", "submitted", "returned", "completed", "held", "cancelled", "declined", "asked", "wanting", "parts", "approval"}
	var duties []rigDuty
	for _, name := range names {
		due := "2026-10-30"
		if name == "late" {
			due = "2026-10-07"
		}
		duties = append(duties, rigDuty{text: "Nhiệm vụ " + name, leads: []string{"Sở Nội vụ"}, cooperating: []string{"Sở Tài chính"}, due: due})
	}
	duties = append(duties, rigDuty{text: "Báo cáo định kỳ", leads: []string{"UBND xã An Bình"}})
	_, list := sc.issue("21/CT-UBND", duties...)
	of := make(map[string]tasks.Assignment)
	for i, name := range names {
		of[name] = list[i]
	}
	done := tasks.ReportInput{Kind: tasks.ReportSubmission, Text: "Đã hoàn thành", Documents: "12/BC-SNV", Files: []tasks.Upload{{Name: "bien-ban.pdf", Data: pdf}}}
	for _, name := range []string{"submitted", "returned", "completed", "wanting"} {
		do(sc.Assignments.Report(ctx, focal, of[name].ID, done))
	}
	do(sc.Assignments.Return(ctx, office, of["returned"].ID, 0, "Thiếu chữ ký"))
	do(sc.Assignments.ConfirmWith(ctx, office, of["completed"].ID, tasks.ConfirmInput{Evidence: tasks.EvidenceAccepted}))
	wanting := must(sc.Assignments.Get(ctx, office, of["wanting"].ID))(t)
	do(sc.Assignments.JudgeEvidence(ctx, office, of["wanting"].ID, tasks.JudgeInput{
		ReportID: wanting.Reports[0].ID, State: tasks.EvidenceWanting, Words: "Thiếu chữ ký", Version: wanting.Assignment.Version,
	}))
	decree := tasks.PauseInput{Reason: "Chờ hướng dẫn", Authority: "Chủ tịch UBND tỉnh", Document: "9/UBND-TH"}
	do(sc.Assignments.Hold(ctx, office, of["held"].ID, decree))
	do(sc.Assignments.Cancel(ctx, office, of["cancelled"].ID, decree))
	do(sc.Assignments.Decline(ctx, focal, of["declined"].ID, tasks.DeclineInput{Reason: "Không thuộc thẩm quyền"}))
	do(sc.Assignments.AskExtension(ctx, focal, of["asked"].ID, tasks.ExtensionInput{Due: of["asked"].Due.AddDays(14), Reason: "Chờ số liệu"}))
	do(sc.Assignments.GiveRemark(ctx, leader, of["late"].ID, tasks.RemarkInput{Kind: tasks.RemarkExplain, Words: "Vì sao chậm?", Due: of["late"].Due}))
	sc.furnishParts(of["parts"])
	do(sc.Directory.SetApproval(ctx, sc.person(headEmail), sc.agencies["SNV"].ID, true))
	do(sc.Assignments.Report(ctx, focal, of["approval"].ID, done))
	sc.furnishConsultation()
	do(sc.Assignments.ChangeSeries(ctx, office, sc.ids["recurring"], tasks.SeriesInput{Rule: "FREQ=MONTHLY;BYMONTHDAY=20", Ahead: 10, Reason: "Đổi ngày báo cáo"}))
	sc.at("2026-10-14 08:00")
	sc.runDue()

	more := make(map[string][]string)
	for _, email := range []string{officeEmail, focalEmail} {
		for _, a := range list {
			more[email] = append(more[email], path(a))
		}
	}
	for _, email := range []string{officeEmail, focalEmail} {
		for rest, name := range map[string]string{"/deadline": "asked", "/assign": "declined", "/pause": "held", "/remarks": "late", "/evidence": "wanting"} {
			more[email] = append(more[email], path(of[name], rest))
		}
	}
	more[leaderEmail] = []string{path(of["asked"], "/deadline"), path(of["late"], "/remarks")}
	more[officeEmail] = append(more[officeEmail], path(of["cancelled"], "/pause"))
	for _, email := range []string{officeEmail, focalEmail, otherEmail} {
		more[email] = append(more[email], path(of["parts"]), path(of["parts"], "/contributions"))
	}
	more[headEmail] = append(more[headEmail], path(of["approval"]))
	return more
}

// furnishParts asks for a contribution, sends it, asks for more and accepts that.
func (sc *scene) furnishParts(a tasks.Assignment) {
	t, ctx, office := sc.t, sc.ctx(), sc.person(officeEmail)
	t.Helper()
	stc := sc.agencies["STC"].ID
	for _, outcome := range []tasks.ContributionOutcome{tasks.ContributionAskAgain, tasks.ContributionAccept} {
		if outcome == tasks.ContributionAskAgain {
			if err := sc.Assignments.AskContributions(ctx, office, a.ID, tasks.ContributionRequest{Agencies: []int64{stc}, Words: "Số liệu quý III", Due: a.Due.AddDays(-5)}); err != nil {
				t.Fatal(err)
			}
		}
		if err := sc.Assignments.SendContribution(ctx, sc.person(otherEmail), a.ID, tasks.ContributionInput{AgencyID: stc, Words: "Số liệu kèm theo", Document: "9/STC-NS"}); err != nil {
			t.Fatal(err)
		}
		part := must(sc.Assignments.Contributions(ctx, tasks.System, a.ID))(t).Lines[0].ID
		err := sc.Assignments.SettleContribution(ctx, office, a.ID, part, tasks.ContributionSettlement{Outcome: outcome, Words: "Thiếu số liệu tháng 9", Due: a.Due.AddDays(-3)})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// furnishConsultation lets an agency answer item by item, and the secretariat reply to one comment.
func (sc *scene) furnishConsultation() {
	t, ctx, office, id := sc.t, sc.ctx(), sc.person(officeEmail), sc.ids["consultation"]
	t.Helper()
	in := tasks.AnswerInput{General: "Nhất trí về bố cục", Number: "31/SNV-VP", Send: true, AgreeRest: true}
	for _, item := range sc.askedItems(id)[:1] {
		in.Items = append(in.Items, tasks.ItemAnswer{ItemID: item, Stance: tasks.StanceComment, Text: "Đề nghị lùi thời hạn một tháng"})
	}
	if err := sc.Documents.AnswerConsultation(ctx, sc.person(focalEmail), id, sc.agencies["SNV"].ID, in); err != nil {
		t.Fatal(err)
	}
	v := must(sc.Documents.Consultation(ctx, office, id))(t)
	reply := tasks.ReplyInput{CommentID: v.Comments[0].ID, Reply: tasks.ReplyPartly, Text: "Lùi hai tuần", Version: v.Comments[0].Version}
	must(sc.Documents.ReplyToComments(ctx, office, id, []tasks.ReplyInput{reply}))(t)
}
