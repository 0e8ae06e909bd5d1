package tasks_test

import (
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

// A cooperating agency learns of those words alone that are for all who have a part in the duty: neither of the others nor of what becomes
// of them, in the history neither.
func TestAWordIsForTheLeadUnlessItIsSaidForAll(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.shared("1/CT")
	r.at("2026-10-06 08:00")
	narrow := r.say(r.leader, a.ID, tasks.RemarkInput{Kind: tasks.RemarkOrder, Words: "Riêng chủ trì", Due: date("2026-10-09")})
	wide := r.say(r.leader, a.ID, tasks.RemarkInput{Kind: tasks.RemarkOrder, Words: "Cho mọi bên", Due: date("2026-10-09"), Wide: true})
	before := r.assignment(a.ID).Assignment.Version
	for _, word := range []tasks.Remark{narrow, wide} {
		check(t, r.assignments.AnswerRemark(ctx, r.focal, a.ID, word.ID, tasks.RemarkAnswerInput{Words: "Trả lời " + word.Words}))
	}
	check(t, r.assignments.SettleRemark(ctx, r.leader, a.ID, narrow.ID, tasks.RemarkSettlement{Outcome: tasks.RemarkAccept, Words: "Riêng chủ trì được"}))

	for _, who := range []tasks.Person{r.focal, r.head, r.leader, r.secretariat} {
		if n := len(r.remarks(who, a.ID).Lines); n != 2 {
			t.Errorf("%s sees %d words", who.Name, n)
		}
	}
	v := r.remarks(r.other, a.ID)
	if len(v.Lines) != 1 || v.Lines[0].ID != wide.ID || len(v.Lines[0].Answers) != 1 {
		t.Errorf("the cooperating agency sees %+v", v.Lines)
	}
	if _, named := v.People[r.leader.ID]; !named {
		t.Error("who gave the word has no name")
	}
	page := must(r.assignments.Get(ctx, r.other, a.ID))(t)
	if len(page.Remarks) != 1 {
		t.Errorf("its page holds %+v", page.Remarks)
	}
	since := must(r.assignments.Since(ctx, r.other, a.ID, before))(t)
	for name, trail := range map[string][]tasks.AuditEntry{"history": page.Trail, "meanwhile": since} {
		var words int
		for _, e := range trail {
			if strings.Contains(e.After, "Riêng chủ trì") {
				t.Errorf("its %s tells %+v", name, e)
			}
			if strings.HasPrefix(e.Action, "assignment.remark_") {
				words++
			}
		}
		if want := map[string]int{"history": 2, "meanwhile": 1}[name]; words != want {
			t.Errorf("its %s tells %d times of words, want %d", name, words, want)
		}
	}
	if trail := must(r.assignments.Get(ctx, r.focal, a.ID))(t).Trail; len(trail) != len(page.Trail)+3 {
		t.Errorf("the lead's history has %d rows, the other's %d", len(trail), len(page.Trail))
	}
	refused(t, r.assignments.AnswerRemark(ctx, r.other, a.ID, narrow.ID, tasks.RemarkAnswerInput{Words: "x"}), tasks.CodeForbidden, "")
}

// Who gave a word is told of its answer, who recorded one of his; of his own answer nobody is.
func TestWhoGaveAWordIsToldOfTheAnswer(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.shared("1/CT")
	r.at("2026-10-06 08:00")
	given := r.say(r.leader, a.ID, explain("2026-10-09"))
	in := explain("2026-10-09")
	in.Authority = "Phó Chủ tịch UBND tỉnh"
	recorded, own := r.say(r.secretariat, a.ID, in), r.say(r.both, a.ID, in)
	for _, word := range []tasks.Remark{given, recorded, own} {
		check(t, r.assignments.AnswerRemark(ctx, r.both, a.ID, word.ID, tasks.RemarkAnswerInput{Words: "Đã rõ"}))
	}
	var told []int64
	for _, n := range r.notices(tasks.NoticeEvent) {
		if n.Event == tasks.EventRemarkAnswered && n.Subject.ID == a.ID && n.AgencyID == r.snv {
			told = append(told, n.PersonID)
		}
	}
	slices.Sort(told)
	if want := []int64{r.secretariat.ID, r.leader.ID}; !slices.Equal(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
	// Asked again and answered again, he is told again.
	check(t, r.assignments.SettleRemark(ctx, r.leader, a.ID, given.ID, tasks.RemarkSettlement{Outcome: tasks.RemarkAskAgain, Words: "Rõ hơn", Due: date("2026-10-15")}))
	check(t, r.assignments.AnswerRemark(ctx, r.focal, a.ID, given.ID, tasks.RemarkAnswerInput{Words: "Đã rõ hơn"}))
	n := 0
	for _, x := range r.notices(tasks.NoticeEvent) {
		if x.PersonID == r.leader.ID {
			n++
		}
	}
	if n != 2 {
		t.Errorf("the leader is told %d times", n)
	}
}
