package tasks_test

import (
	"slices"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// Who may do what, as people say it.

func grants(p tasks.Person, role tasks.Role, agencies []int64) bool {
	return slices.ContainsFunc(p.Grants, func(g tasks.Grant) bool {
		return g.Role == role && (g.AgencyID == 0 || slices.Contains(agencies, g.AgencyID))
	})
}

func isLead(_ *life, p tasks.Person, a row) bool {
	return p.Active && (grants(p, tasks.RoleFocal, a.leadIDs()) || grants(p, tasks.RoleHead, a.leadIDs()))
}

func isHead(_ *life, p tasks.Person, a row) bool {
	return p.Active && grants(p, tasks.RoleHead, a.leadIDs())
}

func isPartner(_ *life, p tasks.Person, a row) bool {
	return p.Active && (grants(p, tasks.RoleFocal, a.cooperatingIDs()) || grants(p, tasks.RoleHead, a.cooperatingIDs()))
}

func isSecretariat(_ *life, p tasks.Person, _ row) bool {
	return p.Active && grants(p, tasks.RoleSecretariat, nil)
}

func isRuler(l *life, p tasks.Person, a row) bool {
	return isSecretariat(l, p, a) || p.Active && grants(p, tasks.RoleLeader, nil)
}

func asksOthers(l *life, p tasks.Person, a row) bool {
	return isSecretariat(l, p, a) || isLead(l, p, a)
}

// What they type.

// version is mostly that which is there; else none, or another.
func (l *life) version(a row) int64 {
	l.sent = a.version
	switch n := l.random.IntN(100); {
	case n < 8:
		l.sent = 0
	case n < 12:
		l.sent--
	case n < 15:
		l.sent++
	}
	return l.sent
}

func (l *life) words(text string) string {
	if l.chance(8) {
		return "  "
	}
	return text
}

func (l *life) authority() string {
	if l.chance(25) {
		return ""
	}
	return "Chủ tịch UBND tỉnh"
}

// day is around the deadline or today, now and then none or years away.
func (l *life) day(a row) calendar.Date {
	switch n := l.random.IntN(100); {
	case n < 4:
		return calendar.Date{}
	case n < 7:
		return l.today().AddMonths(12 * (6 + l.random.IntN(9)))
	case n < 12:
		return l.today().AddDays(-l.random.IntN(40))
	case a.due != "" && n < 70:
		return laterOf(date(a.due), l.today()).AddDays(1 + l.random.IntN(40))
	}
	return l.today().AddDays(l.random.IntN(90))
}

func laterOf(a, b calendar.Date) calendar.Date {
	if a.After(b) {
		return a
	}
	return b
}

func (l *life) decision(a row) tasks.PauseInput {
	return tasks.PauseInput{Reason: l.words("Theo kết luận họp"), Document: "15/TB-UBND", Authority: l.authority(), Version: l.version(a)}
}

// one is an identifier of the assignment's rows in a table, now and then of another's; 0 without any.
func (l *life) one(a row, query string) int64 {
	ids := l.numbers(query, a.id)
	if len(ids) == 0 || l.chance(3) {
		return int64(l.random.IntN(30))
	}
	return pick(l, ids)
}

func (l *life) some(from []int64, most int) []int64 {
	var out []int64
	for range 1 + l.random.IntN(most) {
		if id := pick(l, from); !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

func reporting(kind tasks.ReportKind, numbered bool) func(*life, tasks.Person, row) func() error {
	return func(l *life, who tasks.Person, a row) func() error {
		in := tasks.ReportInput{Kind: kind, Percent: l.random.IntN(104), Text: l.words("Đã làm"), Version: l.version(a)}
		if numbered {
			in.Documents = "12/BC-SNV"
		}
		return func() error { return l.assignments.Report(l.t.Context(), who, a.id, in) }
	}
}

// choices are submissions that were chosen from a list, and perhaps others.
func (l *life) choices() []tasks.Choice {
	var out []tasks.Choice
	waiting := l.inStates("submitted")
	for range 1 + l.random.IntN(5) {
		a := l.rows[pick(l, l.ids)]
		if len(waiting) > 0 && l.chance(80) {
			a = l.rows[pick(l, waiting)]
		}
		out = append(out, tasks.Choice{ID: a.id, Version: a.version - int64(l.random.IntN(8)/7)})
	}
	return out
}

// eachDecided sees to it that of many what was done is done, and what was refused is as it was.
func (l *life) eachDecided(state tasks.State, done []tasks.Decided, err error) error {
	before := l.rows
	l.look()
	for _, d := range done {
		was, is := before[d.ID], l.rows[d.ID]
		if d.Err != nil && is != was || d.Err == nil && (is.state != string(state) || was.state != "submitted" || d.Version != 0 && d.Version != was.version) {
			l.t.Errorf("%v of many: %+v is %+v", d.Err, was, is)
		}
		if tasks.CodeOf(d.Err) == tasks.CodeInternal {
			l.t.Errorf("of many: %v", d.Err)
		}
	}
	return err
}

// lifeTable lists all that people may try. A new step of the program is one row.
var lifeTable []lifeStep

func init() {
	lifeTable = slices.Concat(reportSteps, deadlineSteps, decisionSteps, talkSteps, documentSteps, takeoverSteps, consultationSteps, peopleSteps, deputySteps, changeSteps)
}

var reportSteps = []lifeStep{
	{name: "progress", weight: 14, by: isLead, from: openWords, to: "in_progress returned", do: reporting(tasks.ReportProgress, false)},
	{name: "submit", weight: 16, by: isLead, from: openWords, to: openWords + " submitted completed", do: reporting(tasks.ReportSubmission, false)},
	{name: "submit with evidence", weight: 12, by: isLead, from: openWords, to: openWords + " submitted completed", do: reporting(tasks.ReportSubmission, true)},
	{name: "withdraw", weight: 4, by: isLead, from: "submitted", to: "in_progress", do: func(l *life, who tasks.Person, a row) func() error {
		v := l.version(a)
		return func() error { return l.assignments.Withdraw(l.t.Context(), who, a.id, v) }
	}},
	{name: "approve", weight: 5, by: isHead, among: "SELECT assignment_id FROM reports WHERE outcome = 'at_head' ORDER BY id", from: openWords, to: "submitted completed", do: func(l *life, who tasks.Person, a row) func() error {
		v := l.version(a)
		return func() error { return l.assignments.Approve(l.t.Context(), who, a.id, v) }
	}},
	{name: "refuse approval", weight: 3, by: isHead, among: "SELECT assignment_id FROM reports WHERE outcome = 'at_head' ORDER BY id", do: func(l *life, who tasks.Person, a row) func() error {
		v := l.version(a)
		return func() error { return l.assignments.RefuseApproval(l.t.Context(), who, a.id, v, l.words("Thiếu")) }
	}},
	{name: "withdraw approval", weight: 2, by: isLead, among: "SELECT assignment_id FROM reports WHERE outcome = 'at_head' ORDER BY id", do: func(l *life, who tasks.Person, a row) func() error {
		v := l.version(a)
		return func() error { return l.assignments.WithdrawApproval(l.t.Context(), who, a.id, v) }
	}},
	{name: "confirm", weight: 10, by: isSecretariat, from: "submitted", to: "completed", do: func(l *life, who tasks.Person, a row) func() error {
		in := tasks.ConfirmInput{Evidence: pick(l, []tasks.EvidenceState{tasks.EvidenceAccepted, tasks.EvidencePending, tasks.EvidenceAccepted, ""}), Version: l.version(a)}
		return func() error { return l.assignments.ConfirmWith(l.t.Context(), who, a.id, in) }
	}},
	{name: "return", weight: 6, by: isSecretariat, from: "submitted", to: "returned", do: func(l *life, who tasks.Person, a row) func() error {
		v := l.version(a)
		return func() error { return l.assignments.Return(l.t.Context(), who, a.id, v, l.words("Thiếu số liệu")) }
	}},
	{name: "return with a new date", weight: 4, by: isSecretariat, from: "submitted", to: "returned", do: func(l *life, who tasks.Person, a row) func() error {
		in := tasks.ReturnInput{Reason: l.words("Thiếu"), Due: l.day(a), Authority: l.authority(), Document: "9/TB", Version: l.version(a)}
		return func() error { return l.assignments.ReturnWith(l.t.Context(), who, a.id, in) }
	}},
	{name: "reopen", weight: 4, by: isSecretariat, from: "completed", to: "returned", do: func(l *life, who tasks.Person, a row) func() error {
		v := l.version(a)
		return func() error { return l.assignments.Reopen(l.t.Context(), who, a.id, v, l.words("Số liệu sai")) }
	}},
	{name: "confirm many", weight: 4, do: func(l *life, who tasks.Person, _ row) func() error {
		chosen, in := l.choices(), tasks.ConfirmInput{Evidence: tasks.EvidenceAccepted}
		return func() error {
			done, err := l.assignments.ConfirmMany(l.t.Context(), who, chosen, in)
			return l.eachDecided(tasks.StateCompleted, done, err)
		}
	}},
	{name: "return many", weight: 3, do: func(l *life, who tasks.Person, _ row) func() error {
		chosen := l.choices()
		return func() error {
			done, err := l.assignments.ReturnMany(l.t.Context(), who, chosen, l.words("Thiếu"))
			return l.eachDecided(tasks.StateReturned, done, err)
		}
	}},
	{name: "judge evidence", weight: 5, by: isSecretariat, among: "SELECT id FROM assignments WHERE evidence <> '' ORDER BY id", do: func(l *life, who tasks.Person, a row) func() error {
		in := tasks.JudgeInput{
			ReportID: l.one(a, "SELECT id FROM reports WHERE documents <> '' AND assignment_id = %d ORDER BY id"),
			State:    pick(l, append(tasks.EvidenceStates, "none")), Words: l.words("Thiếu dấu"), Version: l.version(a),
		}
		return func() error { return l.assignments.JudgeEvidence(l.t.Context(), who, a.id, in) }
	}},
	{name: "add evidence", weight: 5, by: isLead, among: "SELECT id FROM assignments WHERE evidence <> '' ORDER BY id", do: func(l *life, who tasks.Person, a row) func() error {
		in := tasks.EvidenceInput{
			ReportID:  l.one(a, "SELECT id FROM reports WHERE documents <> '' AND assignment_id = %d ORDER BY id"),
			Documents: l.words("13/BC-SNV"), Version: l.version(a),
		}
		return func() error { return l.assignments.AddEvidence(l.t.Context(), who, a.id, in) }
	}},
	{name: "waive confirmation", weight: 3, by: isSecretariat, from: liveWords, do: func(l *life, who tasks.Person, a row) func() error {
		v, waive := l.version(a), l.chance(60)
		return func() error { return l.assignments.WaiveConfirmation(l.t.Context(), who, a.id, v, waive) }
	}},
	{name: "set approval", weight: 2, do: func(l *life, who tasks.Person, _ row) func() error {
		agency, on := pick(l, l.agencies), l.chance(60)
		return func() error { return l.directory.SetApproval(l.t.Context(), who, agency, on) }
	}},
}

var deadlineSteps = []lifeStep{
	{name: "ask extension", weight: 8, by: isLead, from: openWords, do: func(l *life, who tasks.Person, a row) func() error {
		in := tasks.ExtensionInput{Due: l.day(a), Reason: l.words("Chờ số liệu"), Document: "7/SNV", Version: l.version(a)}
		return func() error { return l.assignments.AskExtension(l.t.Context(), who, a.id, in) }
	}},
	{name: "withdraw extension", weight: 2, by: isLead, among: "SELECT assignment_id FROM extensions WHERE outcome = '' ORDER BY id", do: func(l *life, who tasks.Person, a row) func() error {
		v := l.version(a)
		return func() error { return l.assignments.WithdrawExtension(l.t.Context(), who, a.id, v) }
	}},
	{name: "grant extension", weight: 6, by: isRuler, among: "SELECT assignment_id FROM extensions WHERE outcome = '' ORDER BY id", from: liveWords, do: deciding(true)},
	{name: "refuse extension", weight: 3, by: isRuler, among: "SELECT assignment_id FROM extensions WHERE outcome = '' ORDER BY id", from: liveWords, do: deciding(false)},
	{name: "correct deadline", weight: 4, by: isSecretariat, from: liveWords + " completed", do: func(l *life, who tasks.Person, a row) func() error {
		in := tasks.DeadlineCorrectionInput{Due: l.day(a), Reason: l.words("Đánh máy nhầm"), Version: l.version(a)}
		return func() error { return l.assignments.CorrectDeadline(l.t.Context(), who, a.id, in) }
	}},
}

func deciding(grant bool) func(*life, tasks.Person, row) func() error {
	return func(l *life, who tasks.Person, a row) func() error {
		in := tasks.ExtensionDecision{
			Grant: grant, Due: l.day(a), Authority: l.authority(), Document: "8/TB", Answer: l.words("Không có lý do"), Version: l.version(a),
		}
		return func() error { return l.assignments.DecideExtension(l.t.Context(), who, a.id, in) }
	}
}
