package tasks_test

import (
	"context"
	"strconv"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// decree is a decision on an assignment of which nothing but the usual is typed.
func decree(do func(*tasks.Assignments, context.Context, tasks.Person, int64, tasks.PauseInput) error) func(*life, tasks.Person, row) func() error {
	return func(l *life, who tasks.Person, a row) func() error {
		in := l.decision(a)
		return func() error { return do(l.assignments, l.t.Context(), who, a.id, in) }
	}
}

var decisionSteps = []lifeStep{
	{name: "hold", weight: 5, by: isSecretariat, from: openWords, to: "on_hold", do: decree((*tasks.Assignments).Hold)},
	{name: "resume", weight: 5, by: isSecretariat, from: "on_hold", to: openWords, do: func(l *life, who tasks.Person, a row) func() error {
		in := l.decision(a)
		if l.chance(50) {
			in.Due = l.day(a)
		}
		return func() error { return l.assignments.Resume(l.t.Context(), who, a.id, in) }
	}},
	{name: "cancel", weight: 4, by: isSecretariat, from: liveWords, to: "cancelled", do: decree((*tasks.Assignments).Cancel)},
	{name: "restore", weight: 3, by: isSecretariat, from: "cancelled", to: liveWords, do: decree((*tasks.Assignments).Restore)},
	{name: "decline", weight: 5, by: isLead, from: openWords, do: func(l *life, who tasks.Person, a row) func() error {
		in := tasks.DeclineInput{Proposed: pick(l, append([]int64{0, 999}, l.agencies...)), Reason: l.words("Không thuộc thẩm quyền"), Version: l.version(a)}
		return func() error { return l.assignments.Decline(l.t.Context(), who, a.id, in) }
	}},
	{name: "withdraw decline", weight: 2, by: isLead, among: waitingDeclines, do: func(l *life, who tasks.Person, a row) func() error {
		v := l.version(a)
		return func() error { return l.assignments.WithdrawDecline(l.t.Context(), who, a.id, v) }
	}},
	{name: "insist", weight: 3, by: isRuler, from: liveWords, among: waitingDeclines, do: decree((*tasks.Assignments).Insist)},
	{name: "reassign", weight: 6, by: isRuler, from: openWords, to: openWords, adds: true, do: func(l *life, who tasks.Person, a row) func() error {
		d := l.decision(a)
		in := tasks.ReassignInput{
			Leads: l.some(l.agencies, 3), Joint: l.chance(50), Reason: d.Reason, Document: d.Document, Authority: d.Authority, Version: d.Version,
		}
		if l.chance(60) {
			in.Cooperating = l.some(l.agencies, 3)
		}
		if l.chance(30) {
			in.Due = l.day(a)
		}
		return func() error { return l.assignments.Reassign(l.t.Context(), who, a.id, in) }
	}},
	{name: "name followers", weight: 2, by: isSecretariat, quiet: true, do: func(l *life, who tasks.Person, a row) func() error {
		in, v := tasks.Followers{Specialist: pick(l, l.people).ID, Leader: pick(l, []int64{0, l.leader.ID, l.focal.ID})}, l.version(a)
		return func() error { return l.assignments.NameFollowers(l.t.Context(), who, a.id, v, in) }
	}},
}

const waitingDeclines = "SELECT assignment_id FROM declines WHERE outcome = '' ORDER BY id"

var talkSteps = []lifeStep{
	{name: "give remark", weight: 5, by: isRuler, from: liveWords, do: func(l *life, who tasks.Person, a row) func() error {
		in := tasks.RemarkInput{
			Kind: pick(l, append(tasks.RemarkKinds, "x")), Words: l.words("Khẩn trương"), Due: l.day(a), Wide: l.chance(40), Authority: l.authority(), Version: l.version(a),
		}
		return func() error { return l.assignments.GiveRemark(l.t.Context(), who, a.id, in) }
	}},
	{name: "answer remark", weight: 4, by: isLead, among: "SELECT assignment_id FROM remarks WHERE state = 'open' ORDER BY id", do: func(l *life, who tasks.Person, a row) func() error {
		remark := l.one(a, "SELECT id FROM remarks WHERE assignment_id = %d ORDER BY id")
		in := tasks.RemarkAnswerInput{Words: l.words("Đã rõ"), Version: l.version(a)}
		return func() error { return l.assignments.AnswerRemark(l.t.Context(), who, a.id, remark, in) }
	}},
	{name: "settle remark", weight: 5, by: isRuler, among: "SELECT assignment_id FROM remarks WHERE state IN ('open', 'answered') ORDER BY id", do: func(l *life, who tasks.Person, a row) func() error {
		remark := l.one(a, "SELECT id FROM remarks WHERE assignment_id = %d ORDER BY id")
		in := tasks.RemarkSettlement{
			Outcome: pick(l, []tasks.RemarkOutcome{tasks.RemarkAccept, tasks.RemarkAskAgain, tasks.RemarkWithdraw}), Words: l.words("Chưa rõ"), Due: l.day(a),
			Version: l.version(a),
		}
		return func() error { return l.assignments.SettleRemark(l.t.Context(), who, a.id, remark, in) }
	}},
	{name: "ask contributions", weight: 6, by: asksOthers, from: openWords + " submitted", do: func(l *life, who tasks.Person, a row) func() error {
		from := a.cooperatingIDs()
		if len(from) == 0 || l.chance(8) {
			from = l.agencies
		}
		in := tasks.ContributionRequest{Agencies: l.some(from, 2), Words: l.words("Số liệu quý"), Due: l.day(a), Version: l.version(a)}
		if a.due != "" && l.chance(50) {
			in.Due = date(a.due)
		}
		return func() error { return l.assignments.AskContributions(l.t.Context(), who, a.id, in) }
	}},
	{name: "send contribution", weight: 6, by: isPartner, from: openWords + " submitted", do: func(l *life, who tasks.Person, a row) func() error {
		in := tasks.ContributionInput{Words: l.words("Số liệu kèm theo"), Version: l.version(a)}
		if l.chance(30) {
			in.AgencyID = pick(l, l.agencies)
		}
		return func() error { return l.assignments.SendContribution(l.t.Context(), who, a.id, in) }
	}},
	{name: "settle contribution", weight: 6, by: asksOthers, among: "SELECT assignment_id FROM contributions WHERE state IN ('asked', 'sent') ORDER BY id", do: func(l *life, who tasks.Person, a row) func() error {
		id := l.one(a, "SELECT id FROM contributions WHERE assignment_id = %d ORDER BY id")
		in := tasks.ContributionSettlement{
			Outcome: pick(l, []tasks.ContributionOutcome{tasks.ContributionAccept, tasks.ContributionAskAgain, tasks.ContributionDrop}), Words: l.words("Thiếu"), Due: l.day(a),
			Version: l.version(a),
		}
		return func() error { return l.assignments.SettleContribution(l.t.Context(), who, a.id, id, in) }
	}},
	{name: "nudge contribution", weight: 3, by: asksOthers, among: "SELECT assignment_id FROM contributions WHERE state = 'asked' ORDER BY id", do: func(l *life, who tasks.Person, a row) func() error {
		id, v := l.one(a, "SELECT id FROM contributions WHERE assignment_id = %d ORDER BY id"), l.version(a)
		return func() error { return l.assignments.NudgeContribution(l.t.Context(), who, a.id, id, v) }
	}},
	{name: "nudge", weight: 3, do: func(l *life, who tasks.Person, a row) func() error {
		var chosen []int64
		if l.chance(70) {
			chosen = []int64{a.id}
		}
		return func() error {
			_, err := l.assignments.Nudge(l.t.Context(), who, a.task, chosen)
			return err
		}
	}},
}

var documentSteps = []lifeStep{
	{name: "issue", weight: 3, only: isOffice, adds: true, prepares: true, do: func(l *life, who tasks.Person, _ row) func() error {
		if len(l.inStates(liveWords)) > 45 {
			return nil
		}
		id := l.draftDocument(l.secretariat, 1+l.random.IntN(3))
		return func() error { return l.documents.Issue(l.t.Context(), who, id, 0) }
	}},
	{name: "issue again", weight: 2, only: isOffice, adds: true, many: true, do: func(l *life, who tasks.Person, _ row) func() error {
		drafts := l.numbers("SELECT id FROM documents WHERE state = 'draft' ORDER BY id")
		if len(drafts) == 0 {
			return nil
		}
		id := pick(l, drafts)
		return func() error { return l.documents.Issue(l.t.Context(), who, id, 0) }
	}},
	{name: "recall", weight: 2, only: isOffice, removes: true, do: func(l *life, who tasks.Person, _ row) func() error {
		issued := l.numbers("SELECT id FROM documents WHERE state = 'issued' ORDER BY id")
		if fresh := l.numbers("SELECT id FROM documents d WHERE state = 'issued' AND revises_id IS NULL AND NOT EXISTS (SELECT 1 FROM assignments a WHERE a.document_id = d.id AND a.version > 1) ORDER BY id"); len(fresh) > 0 && l.chance(80) {
			issued = fresh
		}
		id := pick(l, issued)
		return func() error { return l.documents.Recall(l.t.Context(), who, id, 0) }
	}},
	{name: "revise", weight: 3, only: isOffice, adds: true, many: true, prepares: true, do: func(l *life, who tasks.Person, _ row) func() error {
		issued := l.numbers("SELECT id FROM documents WHERE state = 'issued' ORDER BY id")
		id := l.draftDocument(l.secretariat, 1+l.random.IntN(2))
		old := l.texts("SELECT number FROM documents WHERE id = %d", pick(l, issued))[0]
		// Another draft may have the number; that is refused, and the draft stays.
		if err := l.documents.SetRevises(l.t.Context(), l.secretariat, id, 0, old, pick(l, tasks.RevisionKinds)); tasks.CodeOf(err) == tasks.CodeInternal {
			check(l.t, err)
		}
		return func() error { return l.documents.Issue(l.t.Context(), who, id, 0) }
	}},
	{name: "end the year", weight: 4, only: isOffice, many: true, do: func(l *life, who tasks.Person, a row) func() error {
		d := l.decision(a)
		in := tasks.YearEndInput{Reason: d.Reason, Document: d.Document, Authority: d.Authority}
		for _, id := range l.ids {
			if b := l.rows[id]; b.document == a.document && (within(liveWords, b.state) && l.chance(80) || l.chance(10)) {
				in.Rows = append(in.Rows, tasks.YearEndRow{
					AssignmentID: id, Version: b.version, Choice: pick(l, append(tasks.YearEndChoices, tasks.YearEndCarry)), Due: l.day(b),
				})
			}
		}
		return func() error {
			_, _, err := l.assignments.EndYear(l.t.Context(), who, a.document, in)
			return err
		}
	}},
	{name: "close document", weight: 3, only: isOffice, do: func(l *life, who tasks.Person, a row) func() error {
		id := a.document
		closable := l.numbers("SELECT id FROM documents d WHERE state = 'issued' AND NOT EXISTS (SELECT 1 FROM assignments a WHERE a.document_id = d.id AND a.state NOT IN ('completed', 'cancelled')) ORDER BY id")
		if len(closable) > 0 && l.chance(80) {
			id = pick(l, closable)
		}
		return func() error { return l.assignments.CloseDocument(l.t.Context(), who, id, 0) }
	}},
	{name: "reopen document", weight: 2, only: isOffice, do: func(l *life, who tasks.Person, a row) func() error {
		id := a.document
		if closed := l.numbers("SELECT id FROM documents WHERE state = 'closed' ORDER BY id"); len(closed) > 0 && l.chance(80) {
			id = pick(l, closed)
		}
		return func() error { return l.assignments.ReopenDocument(l.t.Context(), who, id, 0, l.words("Còn việc")) }
	}},
	{name: "add agencies", weight: 3, only: isOffice, adds: true, do: func(l *life, who tasks.Person, a row) func() error {
		d := l.decision(a)
		in := tasks.AddAgenciesInput{Agencies: l.some(l.agencies, 2), Reason: d.Reason, Document: d.Document, Authority: d.Authority}
		if l.chance(60) {
			in.Due = l.day(a)
		}
		return func() error { return l.assignments.AddAgencies(l.t.Context(), who, a.task, in) }
	}},
	{name: "release agencies", weight: 2, only: isOffice, do: func(l *life, who tasks.Person, a row) func() error {
		in := l.decision(a)
		chosen := []tasks.Chosen{{ID: a.id, Version: in.Version}}
		for _, id := range l.ids {
			if b := l.rows[id]; b.task == a.task && id != a.id && l.chance(30) {
				chosen = append(chosen, tasks.Chosen{ID: id, Version: b.version})
			}
		}
		return func() error { return l.assignments.ReleaseAgencies(l.t.Context(), who, a.task, chosen, in) }
	}},
	{name: "begin series", weight: 2, only: isOffice, adds: true, do: func(l *life, who tasks.Person, _ row) func() error {
		under := l.numbers("SELECT DISTINCT task_id FROM assignments WHERE cadence <> '' ORDER BY task_id")
		if len(under) == 0 {
			return nil
		}
		task := pick(l, under)
		in := tasks.SeriesInput{Rule: pick(l, lifeRules), Ahead: l.random.IntN(25), Reason: l.words("Từng kỳ")}
		if l.chance(30) {
			in.From = l.today().AddDays(l.random.IntN(60))
		}
		return func() error { return l.assignments.BeginSeries(l.t.Context(), who, task, in) }
	}},
	{name: "change series", weight: 3, only: isOffice, adds: true, do: func(l *life, who tasks.Person, _ row) func() error {
		recurring := l.numbers("SELECT task_id FROM series ORDER BY id")
		if len(recurring) == 0 {
			return nil
		}
		task := pick(l, recurring)
		in := tasks.SeriesInput{Rule: pick(l, lifeRules), Ahead: l.random.IntN(25), Reason: l.words("Đổi kỳ")}
		return func() error { return l.assignments.ChangeSeries(l.t.Context(), who, task, in) }
	}},
	{name: "end series", weight: 1, only: isOffice, do: func(l *life, who tasks.Person, _ row) func() error {
		recurring := l.numbers("SELECT task_id FROM series ORDER BY id")
		if len(recurring) == 0 {
			return nil
		}
		task := pick(l, recurring)
		return func() error { return l.assignments.EndSeries(l.t.Context(), who, task, 0, l.words("Hết kỳ")) }
	}},
}

var lifeRules = []string{"FREQ=MONTHLY;BYMONTHDAY=20", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15", "FREQ=MONTHLY;BYMONTHDAY=5", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=25"}

var lifeDuties = []string{surveyText, budgetText, trainText, pressText}

// draftDocument imports a document with duties of all kinds, which may repeat those of others.
func (l *life) draftDocument(who tasks.Person, duties int) int64 {
	l.number++
	d, err := l.documents.Import(l.t.Context(), who, tasks.NewDocument{Head: tasks.Head{
		Kind: pick(l, []tasks.DocumentKind{tasks.KindDirective, tasks.KindPARPlan, tasks.KindPlan, tasks.KindDispatch}), Number: strconv.Itoa(l.number) + "/CT",
		Date: l.today(), Title: "Đẩy mạnh cải cách hành chính",
	}})
	check(l.t, err)
	for i := range duties {
		in := l.duty(func(in *tasks.DraftInput) {
			in.Text, in.Deadline, in.Unconfirmed = lifeDuties[(l.number+i)%len(lifeDuties)], l.today().AddDays(l.random.IntN(80)-5), l.chance(15)
			in.Leads, in.Joint = leads(l.some(l.existing(), 3)...), l.chance(40)
			if l.chance(70) {
				in.Cooperating = leads(l.some(l.existing(), 3)...)
			}
			if l.chance(30) {
				in.Deadline, in.Cadence = calendar.Date{}, pick(l, lifeRules)
				if l.chance(50) {
					in.Opens = 1 + l.random.IntN(20)
				}
			}
		})
		must(l.documents.AddDraft(l.t.Context(), l.secretariat, d.ID, i, in))(l.t)
	}
	return d.ID
}
