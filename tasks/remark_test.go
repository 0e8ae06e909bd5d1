package tasks_test

import (
	"context"
	"slices"
	"testing"

	"tiendo/store"
	"tiendo/tasks"
)

func (r *rig) remarks(who tasks.Person, id int64) tasks.RemarkView {
	r.t.Helper()
	return must(r.assignments.RemarkView(r.t.Context(), who, id))(r.t)
}

// say gives a leader's word on the assignment and answers it as it stands.
func (r *rig) say(who tasks.Person, id int64, in tasks.RemarkInput) tasks.Remark {
	r.t.Helper()
	check(r.t, r.assignments.GiveRemark(r.t.Context(), who, id, in))
	return r.remarks(r.leader, id).Lines[0].Remark
}

func explain(due string) tasks.RemarkInput {
	return tasks.RemarkInput{Kind: tasks.RemarkExplain, Words: "Vì sao chậm?", Due: date(due)}
}

func TestALeadersWordStandsUntilItIsAnswered(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.shared("1/CT")
	r.at("2026-10-06 08:00")
	word := r.say(r.leader, a.ID, tasks.RemarkInput{Kind: tasks.RemarkExplain, Words: " Vì sao chậm? ", Due: date("2026-10-09"), Wide: true, Version: a.Version})
	if word.State != tasks.RemarkOpen || word.Words != "Vì sao chậm?" || word.PersonID != r.leader.ID || word.DueSetOn != date("2026-10-06") || word.Round != 1 {
		t.Errorf("the word %+v", word)
	}
	told := func(event string) (agencies []int64, roles []tasks.Role) {
		for _, n := range r.notices(tasks.NoticeEvent) {
			if n.Event == event && n.Subject.ID == a.ID {
				agencies, roles = append(agencies, n.AgencyID), append(roles, n.Role)
			}
		}
		slices.Sort(agencies)
		slices.Sort(roles)
		return slices.Compact(agencies), slices.Compact(roles)
	}
	if agencies, roles := told(tasks.EventRemark); !slices.Equal(agencies, []int64{r.snv, r.stc}) || !slices.Equal(roles, []tasks.Role{tasks.RoleFocal, tasks.RoleHead}) {
		t.Errorf("told agencies %v, roles %v", agencies, roles)
	}
	v := r.remarks(r.focal, a.ID)
	if l := v.Lines[0]; !l.MayAnswer || l.MaySettle || v.MayWrite || v.Assignment.Version != a.Version+1 {
		t.Errorf("the lead sees %+v", v)
	}
	if l := r.remarks(r.other, a.ID).Lines[0]; l.MayAnswer || l.MaySettle {
		t.Errorf("the cooperating agency may %+v", l)
	}

	check(t, r.assignments.AnswerRemark(ctx, r.head, a.ID, word.ID, tasks.RemarkAnswerInput{Words: "Chờ bộ", Document: "7/SNV"}))
	if l := r.remarks(r.leader, a.ID).Lines[0]; l.State != tasks.RemarkAnswered || !l.MaySettle || len(l.Answers) != 1 || l.Answers[0].AgencyID != r.snv ||
		l.Answers[0].Words != "Chờ bộ" || l.Answers[0].Document != "7/SNV" || l.Answers[0].PersonID != r.head.ID {
		t.Errorf("answered: %+v", l)
	}
	refused(t, r.assignments.AnswerRemark(ctx, r.focal, a.ID, word.ID, tasks.RemarkAnswerInput{Words: "Lần nữa"}), tasks.CodeConflict, "remark.not_open")

	// The leader is not content: another day, another round, told anew.
	r.at("2026-10-08 08:00")
	check(t, r.assignments.SettleRemark(ctx, r.leader, a.ID, word.ID, tasks.RemarkSettlement{Outcome: tasks.RemarkAskAgain, Words: "Nói rõ hơn", Due: date("2026-10-15")}))
	l := r.remarks(r.focal, a.ID).Lines[0]
	if l.State != tasks.RemarkOpen || l.Due != date("2026-10-15") || l.DueSetOn != date("2026-10-08") || l.Round != 2 || len(l.Answers) != 2 || !l.Answers[1].Again() {
		t.Errorf("asked again: %+v", l)
	}
	if agencies, _ := told(tasks.EventRemarkAgain); !slices.Equal(agencies, []int64{r.snv, r.stc}) {
		t.Errorf("told again %v", agencies)
	}
	check(t, r.assignments.AnswerRemark(ctx, r.focal, a.ID, word.ID, tasks.RemarkAnswerInput{Words: "Đã rõ"}))
	check(t, r.assignments.SettleRemark(ctx, r.leader, a.ID, word.ID, tasks.RemarkSettlement{Outcome: tasks.RemarkAccept, Words: "Được"}))
	if l := r.remarks(r.focal, a.ID).Lines[0]; l.State != tasks.RemarkAccepted || l.ClosedBy != r.leader.ID || l.Closing != "Được" || l.MayAnswer || l.MaySettle {
		t.Errorf("accepted: %+v", l)
	}
	refused(t, r.assignments.SettleRemark(ctx, r.leader, a.ID, word.ID, tasks.RemarkSettlement{Outcome: tasks.RemarkAccept}), tasks.CodeConflict, "remark.settled")
	want := []string{"assignment.remark_given", "assignment.remark_answered", "assignment.remark_again", "assignment.remark_answered", "assignment.remark_accepted"}
	if got := r.trail(tasks.Subject{Kind: tasks.SubjectAssignment, ID: a.ID}); !slices.Equal(got[len(got)-len(want):], want) {
		t.Errorf("trail %v", got)
	}
	if got := r.assignment(a.ID).Assignment; got.State != a.State || got.Due != a.Due {
		t.Errorf("the duty is %+v", got)
	}
}

func TestWhoSaysAnswersAndSettles(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.shared("1/CT")
	r.at("2026-10-06 08:00")
	stranger := r.person("Khách", focalOf(r.syt))
	say := func(who tasks.Person, change func(*tasks.RemarkInput)) error {
		in := explain("2026-10-09")
		if change != nil {
			change(&in)
		}
		return r.assignments.GiveRemark(ctx, who, a.ID, in)
	}
	for name, c := range map[string]struct {
		err  error
		code tasks.Code
		key  string
	}{
		"the lead":          {say(r.focal, nil), tasks.CodeForbidden, "error.forbidden"},
		"cooperating":       {say(r.other, nil), tasks.CodeForbidden, "error.forbidden"},
		"no part":           {say(stranger, nil), tasks.CodeNotFound, ""},
		"admin":             {say(r.admin, nil), tasks.CodeNotFound, ""},
		"whose word":        {say(r.secretariat, nil), tasks.CodeInvalid, "field.required"},
		"no words":          {say(r.leader, func(in *tasks.RemarkInput) { in.Words = " " }), tasks.CodeInvalid, "field.required"},
		"no kind":           {say(r.leader, func(in *tasks.RemarkInput) { in.Kind = "scold" }), tasks.CodeInvalid, "field.required"},
		"no day":            {say(r.leader, func(in *tasks.RemarkInput) { in.Due = date("2026-10-09").AddDays(-5) }), tasks.CodeInvalid, "remark.past"},
		"a mistyped year":   {say(r.leader, func(in *tasks.RemarkInput) { in.Due = date("2062-10-09") }), tasks.CodeInvalid, "extension.too_far"},
		"another version":   {say(r.leader, func(in *tasks.RemarkInput) { in.Version = a.Version + 9 }), tasks.CodeConflict, "error.conflict"},
		"nothing to answer": {r.assignments.AnswerRemark(ctx, r.focal, a.ID, 77, tasks.RemarkAnswerInput{Words: "x"}), tasks.CodeNotFound, ""},
	} {
		t.Run(name, func(t *testing.T) { refused(t, c.err, c.code, c.key) })
	}
	if n := len(r.remarks(r.leader, a.ID).Lines); n != 0 {
		t.Fatalf("%d words were kept of those refused", n)
	}

	recorded := r.say(r.secretariat, a.ID, tasks.RemarkInput{Kind: tasks.RemarkOrder, Words: "Làm ngay", Authority: "Phó Chủ tịch UBND tỉnh", Document: "55/UBND-TH"})
	if recorded.Authority != "Phó Chủ tịch UBND tỉnh" || recorded.Document != "55/UBND-TH" || !recorded.Due.IsZero() {
		t.Errorf("recorded %+v", recorded)
	}
	own := r.say(r.leader, a.ID, explain("2026-10-09"))
	accept := tasks.RemarkSettlement{Outcome: tasks.RemarkAccept}
	settle := func(who tasks.Person, id int64, in tasks.RemarkSettlement) error {
		return r.assignments.SettleRemark(ctx, who, a.ID, id, in)
	}
	answer := func(who tasks.Person, id int64) error {
		return r.assignments.AnswerRemark(ctx, who, a.ID, id, tasks.RemarkAnswerInput{Words: "Đã làm"})
	}
	for name, c := range map[string]struct {
		err  error
		code tasks.Code
		key  string
	}{
		"cooperating answers":     {answer(r.other, own.ID), tasks.CodeForbidden, "error.forbidden"},
		"the leader answers":      {answer(r.leader, own.ID), tasks.CodeForbidden, "error.forbidden"},
		"without words":           {r.assignments.AnswerRemark(ctx, r.focal, a.ID, own.ID, tasks.RemarkAnswerInput{}), tasks.CodeInvalid, "field.required"},
		"accept what is open":     {settle(r.leader, own.ID, accept), tasks.CodeConflict, "remark.settled"},
		"again without words":     {settle(r.leader, own.ID, tasks.RemarkSettlement{Outcome: tasks.RemarkAskAgain, Due: date("2026-10-09")}), tasks.CodeInvalid, "field.required"},
		"an explanation's day":    {settle(r.leader, own.ID, tasks.RemarkSettlement{Outcome: tasks.RemarkAskAgain, Words: "Sao?"}), tasks.CodeInvalid, "field.required"},
		"another's word":          {settle(r.secretariat, own.ID, tasks.RemarkSettlement{Outcome: tasks.RemarkWithdraw, Words: "Thôi"}), tasks.CodeForbidden, "remark.others"},
		"the lead settles":        {settle(r.focal, recorded.ID, accept), tasks.CodeForbidden, "error.forbidden"},
		"nothing that is settled": {settle(r.leader, own.ID, tasks.RemarkSettlement{}), tasks.CodeInvalid, "field.required"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, c.err, c.code, c.key) })
	}
	// Nobody settles his own answer; a colleague may, and the leader whose word it is not as well.
	check(t, answer(r.both, recorded.ID))
	refused(t, settle(r.both, recorded.ID, accept), tasks.CodeForbidden, "remark.own_answer")
	for _, l := range r.remarks(r.both, a.ID).Lines {
		if l.MaySettle || l.OwnAnswer != (l.ID == recorded.ID) {
			t.Errorf("he who answered may %+v", l)
		}
	}
	check(t, settle(r.colleague, recorded.ID, accept))
	check(t, settle(r.leader, own.ID, tasks.RemarkSettlement{Outcome: tasks.RemarkWithdraw, Words: "Đã rõ qua điện thoại"}))
}

// What needs no answer stands for nobody.
func TestARemarkForInformation(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.shared("1/CT")
	word := r.say(r.leader, a.ID, tasks.RemarkInput{Kind: tasks.RemarkNote, Words: "Làm tốt", Due: date("2026-10-09")})
	if word.State != tasks.RemarkTold || !word.Due.IsZero() {
		t.Errorf("the word %+v", word)
	}
	refused(t, r.assignments.AnswerRemark(ctx, r.focal, a.ID, word.ID, tasks.RemarkAnswerInput{Words: "Cảm ơn"}), tasks.CodeConflict, "remark.not_open")
	for _, n := range r.notices(tasks.NoticeEvent) {
		if n.AgencyID != r.snv {
			t.Errorf("agency %d was told", n.AgencyID)
		}
	}
	if f := must(r.assignments.RemarkFigures(ctx, r.leader))(t); f != (tasks.RemarkFigures{}) {
		t.Errorf("figures %+v", f)
	}
}

func TestWhatStandsIsListed(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	r.at("2026-10-06 08:00")
	var ids []int64
	for i, number := range []string{"1/CT", "2/CT", "3/CT", "4/CT"} {
		a := r.shared(number)
		ids = append(ids, a.ID)
		in := explain([]string{"2026-10-20", "2026-10-07", "2026-10-12", "2026-10-08"}[i])
		if i == 2 {
			in = tasks.RemarkInput{Kind: tasks.RemarkOrder, Words: "Làm ngay"} // without a day: last
		}
		check(t, r.assignments.GiveRemark(ctx, r.leader, a.ID, in))
	}
	r.at("2026-10-09 08:00")
	list := func(who tasks.Person, q tasks.RemarkQuery) (got []int64) {
		t.Helper()
		for {
			page, more, err := r.assignments.StandingRemarks(ctx, who, q)
			check(t, err)
			for _, x := range page {
				got, q.After = append(got, x.AssignmentID), x.ID
				if x.Row.ID != x.AssignmentID || x.Person.ID != r.leader.ID {
					t.Errorf("a line without its duty or leader: %+v", x)
				}
			}
			if !more {
				return got
			}
		}
	}
	inOrder := []int64{ids[1], ids[3], ids[0], ids[2]}
	for name, c := range map[string]struct {
		got, want []int64
	}{
		"all, a page at a time": {list(r.leader, tasks.RemarkQuery{Limit: 1}), inOrder},
		"pages of two":          {list(r.secretariat, tasks.RemarkQuery{Limit: 2}), inOrder},
		"the lead's":            {list(r.focal, tasks.RemarkQuery{State: tasks.RemarkOpen, Leads: []int64{r.snv}}), inOrder},
		"another agency's":      {list(r.focal, tasks.RemarkQuery{Leads: []int64{r.stc}}), nil},
		"of who cooperates":     {list(r.other, tasks.RemarkQuery{}), nil},
		"past their day":        {list(r.leader, tasks.RemarkQuery{State: tasks.RemarkOpen, DueBefore: date("2026-10-09")}), inOrder[:2]},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
	}
	_, _, err := r.assignments.StandingRemarks(ctx, r.admin, tasks.RemarkQuery{})
	refused(t, err, tasks.CodeForbidden, "error.forbidden")

	// What was answered waits for the leader; what has ended for nobody, and can be answered all the same.
	word := r.remarks(r.leader, ids[1]).Lines[0]
	check(t, r.assignments.AnswerRemark(ctx, r.focal, ids[1], word.ID, tasks.RemarkAnswerInput{Words: "Xong"}))
	r.report(r.focal, ids[3], tasks.ReportSubmission, 100)
	check(t, r.assignments.Confirm(ctx, r.secretariat, ids[3], 0))
	if f := must(r.assignments.RemarkFigures(ctx, r.secretariat))(t); f != (tasks.RemarkFigures{Open: 2, Late: 0, Answered: 1}) {
		t.Errorf("figures %+v", f)
	}
	page, _, err := r.assignments.StandingRemarks(ctx, r.leader, tasks.RemarkQuery{State: tasks.RemarkAnswered})
	check(t, err)
	if len(page) != 1 || page[0].Answer.Words != "Xong" {
		t.Errorf("answered %+v", page)
	}
	refused(t, r.assignments.GiveRemark(ctx, r.leader, ids[3], explain("2026-10-20")), tasks.CodeConflict, "remark.ended")
	ended := r.remarks(r.focal, ids[3]).Lines[0]
	if ended.State != tasks.RemarkOpen || !ended.MayAnswer {
		t.Errorf("of an ended duty %+v", ended)
	}
	check(t, r.assignments.AnswerRemark(ctx, r.focal, ids[3], ended.ID, tasks.RemarkAnswerInput{Words: "Đã xong từ hôm qua"}))
	refused(t, r.assignments.SettleRemark(ctx, r.leader, ids[3], ended.ID, tasks.RemarkSettlement{Outcome: tasks.RemarkAskAgain, Words: "Sao?", Due: date("2026-10-20")}),
		tasks.CodeConflict, "remark.ended")
	check(t, r.assignments.SettleRemark(ctx, r.leader, ids[3], ended.ID, tasks.RemarkSettlement{Outcome: tasks.RemarkAccept}))
}

// A word of one duty is none of another's; a recall throws none away; of two at once one wins.
func TestWordsAreKept(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	document, list := r.issue("1/CT", r.duty(), r.duty())
	word := r.say(r.leader, list[0].ID, explain("2026-10-09"))
	refused(t, r.assignments.AnswerRemark(ctx, r.focal, list[1].ID, word.ID, tasks.RemarkAnswerInput{Words: "x"}), tasks.CodeNotFound, "")
	if err := r.documents.Recall(ctx, r.secretariat, document, 0); tasks.CodeOf(err) != tasks.CodeConflict {
		t.Errorf("recalled with a leader's word on it: %v", err)
	}
	check(t, r.db.View(ctx, func(tx *store.Tx) error {
		got, err := tx.Remark(word.ID)
		if got != word {
			t.Errorf("read %+v, want %+v", got, word)
		}
		return err
	}))
	version := r.assignment(list[0].ID).Assignment.Version
	errs := make(chan error)
	for range 2 {
		go func() {
			errs <- r.assignments.AnswerRemark(context.Background(), r.focal, list[0].ID, word.ID, tasks.RemarkAnswerInput{Words: "Một", Version: version})
		}()
	}
	a, b := <-errs, <-errs
	if (a == nil) == (b == nil) || tasks.CodeOf(a) != tasks.CodeConflict && tasks.CodeOf(b) != tasks.CodeConflict {
		t.Errorf("two answers at once: %v, %v", a, b)
	}
}
