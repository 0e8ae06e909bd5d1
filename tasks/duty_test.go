package tasks_test

import (
	"context"
	"slices"
	"strconv"
	"testing"

	"tiendo/store"
	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// matrix reads the whole page of a duty.
func (r *rig) matrix(who tasks.Person, task int64, change ...func(*tasks.DutyQuery)) tasks.DutyView {
	r.t.Helper()
	q := tasks.DutyQuery{TaskID: task}
	for _, c := range change {
		c(&q)
	}
	return must(r.assignments.Duty(r.t.Context(), who, q))(r.t)
}

// forMany issues one duty that snv, stc, syt and thue have, each for itself, due on 30 October.
func (r *rig) forMany(number string) []tasks.Assignment {
	r.t.Helper()
	_, a := r.issue(number, r.duty(func(in *tasks.DraftInput) { in.Leads = leads(r.snv, r.stc, r.syt, r.thue) }))
	return a
}

func assignmentsOf(rows []tasks.DutyRow) []int64 {
	var ids []int64
	for _, row := range rows {
		ids = append(ids, row.ID)
	}
	return ids
}

func TestOneDutyOfManyAgencies(t *testing.T) {
	r := newRig(t)
	a := r.forMany("1/CT")
	task := a[0].TaskID
	third := r.person("Sơn", focalOf(r.syt))
	r.at("2026-10-06 08:00")
	r.report(r.focal, a[0].ID, tasks.ReportSubmission, 100)
	r.report(third, a[2].ID, tasks.ReportProgress, 40)
	check(t, r.assignments.Hold(t.Context(), r.secretariat, a[3].ID, tasks.PauseInput{Reason: "Chờ", Authority: "Chủ tịch"}))
	r.at("2026-11-03 08:00")
	v := r.matrix(r.secretariat, task)
	if want := (tasks.DutyFigures{TaskID: task, All: 3, Silent: 1, Overdue: 2, Waiting: 1, Resting: 1}); v.Figures != want || v.Figures.Reported() != 2 {
		t.Errorf("figures %+v", v.Figures)
	}
	// What is owed first, then what waits, then what rests.
	if got, want := assignmentsOf(v.Rows), []int64{a[1].ID, a[2].ID, a[0].ID, a[3].ID}; !slices.Equal(got, want) {
		t.Errorf("rows %v, want %v", got, want)
	}
	if row := v.Rows[1]; row.ReportedOn != date("2026-10-06") || row.Report != "Đã làm" || row.Percent != 40 || !slices.Equal(row.Leads, []int64{r.syt}) {
		t.Errorf("a row %+v", row)
	}
	for filter, want := range map[tasks.DutyFilter][]int64{
		tasks.DutySilent: {a[1].ID}, tasks.DutyLate: {a[1].ID, a[2].ID}, tasks.DutyWaiting: {a[0].ID}, "loud": nil,
	} {
		if got := assignmentsOf(r.matrix(r.leader, task, func(q *tasks.DutyQuery) { q.Filter = filter }).Rows); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", filter, got, want)
		}
	}
	for _, byName := range []bool{false, true} {
		whole := assignmentsOf(r.matrix(r.leader, task, func(q *tasks.DutyQuery) { q.ByName = byName }).Rows)
		var paged []int64
		for after := ""; ; {
			page := r.matrix(r.leader, task, func(q *tasks.DutyQuery) { q.ByName, q.After, q.Limit = byName, after, 1 })
			paged = append(paged, assignmentsOf(page.Rows)...)
			if after = page.Next; after == "" || len(paged) > 9 {
				break
			}
		}
		if len(whole) != 4 || !slices.Equal(whole, paged) {
			t.Errorf("by name %v: whole %v, in pages %v", byName, whole, paged)
		}
	}
	// An agency sees its own assignment alone; who has no part sees nothing.
	if v := r.matrix(r.other, task); v.Only != a[1].ID || len(v.Rows) > 0 || v.Figures != (tasks.DutyFigures{}) {
		t.Errorf("an agency sees %+v", v)
	}
	_, err := r.assignments.Duty(t.Context(), r.admin, tasks.DutyQuery{TaskID: task})
	refused(t, err, tasks.CodeNotFound, "")
	_, err = r.assignments.Duty(t.Context(), r.secretariat, tasks.DutyQuery{TaskID: 99})
	refused(t, err, tasks.CodeNotFound, "")
}

func TestAgenciesAreUrgedOnceAWorkingDay(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	a := r.forMany("1/CT")
	task := a[0].TaskID
	r.at("2026-10-09 08:00")
	r.report(r.focal, a[0].ID, tasks.ReportProgress, 10)
	for _, who := range []tasks.Person{r.leader, r.focal} {
		_, err := r.assignments.Nudge(ctx, who, task, nil)
		refused(t, err, tasks.CodeForbidden, "")
	}
	if n := must(r.assignments.Nudge(ctx, r.secretariat, task, nil))(t); n != 3 {
		t.Errorf("%d urged", n)
	}
	for i, id := range []int64{a[0].ID, a[1].ID, a[2].ID, a[3].ID} {
		if got := len(r.eventsTo(tasks.EventNudged, id)); got != min(i, 1) {
			t.Errorf("assignment %d: told %d times", i, got)
		}
	}
	// Of those chosen the ones that were urged today are left out; one that has reported may be chosen.
	if n := must(r.assignments.Nudge(ctx, r.colleague, task, []int64{a[0].ID, a[1].ID}))(t); n != 1 {
		t.Errorf("%d urged of the chosen", n)
	}
	for _, at := range []string{"2026-10-09 17:00", "2026-10-11 08:00"} {
		r.at(at)
		_, err := r.assignments.Nudge(ctx, r.secretariat, task, nil)
		refused(t, err, tasks.CodeConflict, "duty.nudged_already")
	}
	r.at("2026-10-12 08:00")
	if n := must(r.assignments.Nudge(ctx, r.secretariat, task, []int64{a[1].ID}))(t); n != 1 {
		t.Errorf("%d urged on the next working day", n)
	}
	if row := r.matrix(r.leader, task).Rows[1]; row.ID != a[1].ID || row.NudgedOn != date("2026-10-12") || row.Version != a[1].Version {
		t.Errorf("urged: %+v", row)
	}
	check(t, r.assignments.Cancel(ctx, r.secretariat, a[3].ID, tasks.PauseInput{Reason: "Thôi", Authority: "Chủ tịch"}))
	r.at("2026-10-13 08:00")
	_, err := r.assignments.Nudge(ctx, r.secretariat, task, []int64{a[3].ID})
	refused(t, err, tasks.CodeConflict, "duty.none_to_nudge")
}

func TestAgenciesAreAddedAndReleased(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	document, a := r.issue("1/CT", r.duty(func(in *tasks.DraftInput) { in.Leads, in.Cooperating = leads(r.snv, r.stc), leads(r.thue) }))
	task := a[0].TaskID
	commune := r.agency("XA", "Xã An", directory.KindCommune)
	r.at("2026-10-07 08:00")
	add := func(who tasks.Person, change func(*tasks.AddAgenciesInput)) error {
		in := tasks.AddAgenciesInput{Agencies: []int64{r.syt, commune}, Reason: "Bổ sung", Document: "9/UBND", Authority: "Chủ tịch"}
		if change != nil {
			change(&in)
		}
		return r.assignments.AddAgencies(ctx, who, task, in)
	}
	for name, c := range map[string]struct {
		err  error
		code tasks.Code
		key  string
	}{
		"an agency":  {add(r.focal, nil), tasks.CodeForbidden, ""},
		"a leader":   {add(r.leader, nil), tasks.CodeForbidden, ""},
		"admin":      {add(r.admin, nil), tasks.CodeNotFound, ""},
		"nobody":     {add(r.secretariat, func(in *tasks.AddAgenciesInput) { in.Agencies = nil }), tasks.CodeInvalid, "field.required"},
		"no reason":  {add(r.secretariat, func(in *tasks.AddAgenciesInput) { in.Reason = "" }), tasks.CodeInvalid, "field.required"},
		"whose word": {add(r.secretariat, func(in *tasks.AddAgenciesInput) { in.Authority = "" }), tasks.CodeInvalid, "pause.authority_required"},
		"has it":     {add(r.secretariat, func(in *tasks.AddAgenciesInput) { in.Agencies = []int64{r.stc} }), tasks.CodeInvalid, "duty.has_it"},
		"unknown":    {add(r.secretariat, func(in *tasks.AddAgenciesInput) { in.Agencies = []int64{999} }), tasks.CodeInvalid, "reassign.gone"},
		"a past day": {add(r.secretariat, func(in *tasks.AddAgenciesInput) { in.Due = date("2026-10-06") }), tasks.CodeInvalid, "extension.past"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, c.err, c.code, c.key) })
	}
	check(t, add(r.secretariat, nil))
	v := r.matrix(r.leader, task)
	if v.Figures.All != 4 {
		t.Fatalf("figures %+v", v.Figures)
	}
	added := v.Rows[3]
	if !slices.Equal(added.Leads, []int64{commune}) || added.Due != date("2026-10-30") || added.FirstDue != added.Due || added.DueSetOn != date("2026-10-07") ||
		!slices.Equal(added.Cooperating, []int64{r.thue}) || added.State != tasks.StateAssigned {
		t.Errorf("added %+v", added)
	}
	if got := r.eventsTo(tasks.EventGiven, added.ID); len(got) != 2 || !slices.Contains(got, commune) || !slices.Contains(got, r.thue) {
		t.Errorf("told %v", got)
	}
	found := must(r.assignments.List(ctx, r.secretariat, tasks.AssignmentQuery{Words: "ra soat", AgencyID: commune}))(t)
	if len(found.Rows) != 1 {
		t.Errorf("the words of an added one are not found: %+v", found)
	}

	// Release: all or none, with the versions as they were shown.
	chosen := []tasks.Chosen{{ID: added.ID, Version: added.Version}, {ID: a[1].ID, Version: a[1].Version}}
	why := tasks.PauseInput{Reason: "Không thuộc phạm vi", Document: "10/UBND", Authority: "Chủ tịch"}
	stale := slices.Clone(chosen)
	stale[1].Version += 5
	refused(t, r.assignments.ReleaseAgencies(ctx, r.secretariat, task, stale, why), tasks.CodeConflict, "")
	refused(t, r.assignments.ReleaseAgencies(ctx, r.leader, task, chosen, why), tasks.CodeForbidden, "")
	refused(t, r.assignments.ReleaseAgencies(ctx, r.secretariat, task, nil, why), tasks.CodeInvalid, "duty.choose")
	_, others := r.issue("2/CT", r.duty())
	refused(t, r.assignments.ReleaseAgencies(ctx, r.secretariat, task, []tasks.Chosen{{ID: others[0].ID}}, why), tasks.CodeNotFound, "")
	if f := r.matrix(r.leader, task).Figures; f.All != 4 || f.Released != 0 {
		t.Errorf("figures after refused releases %+v", f)
	}
	check(t, r.assignments.ReleaseAgencies(ctx, r.secretariat, task, chosen, why))
	if f := r.matrix(r.leader, task).Figures; f.All != 2 || f.Released != 2 {
		t.Errorf("figures %+v", f)
	}
	if got := r.eventsTo(tasks.EventCancelled, a[1].ID); !slices.Equal(got, []int64{r.stc, r.thue}) {
		t.Errorf("told of the release %v", got)
	}
	got := r.trail(tasks.Subject{Kind: tasks.SubjectDocument, ID: document})
	if want := []string{"document.agencies_added", "document.agencies_released"}; !slices.Equal(got[len(got)-2:], want) {
		t.Errorf("trail of the document %v", got)
	}
	// A released agency can be given the duty again, by an assignment of its own.
	check(t, add(r.secretariat, func(in *tasks.AddAgenciesInput) { in.Agencies, in.Due = []int64{r.stc}, date("2026-11-30") }))
	if f := r.matrix(r.leader, task).Figures; f.All != 3 || f.Released != 2 {
		t.Errorf("figures %+v", f)
	}
	if row := r.matrix(r.leader, task).Rows[2]; row.Due != date("2026-11-30") {
		t.Errorf("given again %+v", row)
	}
}

func TestDutiesInOneLineEach(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	many := r.forMany("1/CT")
	_, one := r.issue("2/CT", r.duty(func(in *tasks.DraftInput) { in.Text = "Công khai kết quả" }))
	r.at("2026-10-06 08:00")
	r.report(r.focal, many[0].ID, tasks.ReportSubmission, 100)
	check(t, r.assignments.Confirm(ctx, r.secretariat, many[0].ID, 0))
	r.at("2026-11-03 08:00")
	list := func(change ...func(*tasks.AssignmentQuery)) tasks.DutyGroupPage {
		var q tasks.AssignmentQuery
		for _, c := range change {
			c(&q)
		}
		return must(r.assignments.Duties(ctx, r.leader, q))(t)
	}
	p := list()
	if p.Total != 2 || len(p.Rows) != 2 || p.Rows[0].TaskID != one[0].TaskID || p.Rows[0].All != 1 || p.Rows[1].First.ID != many[0].ID {
		t.Fatalf("duties %+v", p)
	}
	if f := p.Rows[1].DutyFigures; f != (tasks.DutyFigures{TaskID: many[0].TaskID, All: 4, Silent: 3, Overdue: 3, Completed: 1}) {
		t.Errorf("figures %+v", f)
	}
	// A filter chooses duties, not what is counted of them.
	p = list(func(q *tasks.AssignmentQuery) { q.States = []tasks.State{tasks.StateCompleted} })
	if p.Total != 1 || p.Rows[0].TaskID != many[0].TaskID || p.Rows[0].All != 4 {
		t.Errorf("of completed ones %+v", p)
	}
	for words, want := range map[string]int{"cong khai": 1, "ra soat": 1, "khong co": 0} {
		if p = list(func(q *tasks.AssignmentQuery) { q.Words = words }); p.Total != want || len(p.Rows) != want {
			t.Errorf("%s: %+v", words, p)
		}
	}
	p = list(func(q *tasks.AssignmentQuery) { q.AgencyID, q.Part, q.Words = r.stc, tasks.PartLead, "ra soat" })
	if p.Total != 1 {
		t.Errorf("of an agency %+v", p)
	}
	first := list(func(q *tasks.AssignmentQuery) { q.Limit = 1 })
	second := list(func(q *tasks.AssignmentQuery) { q.Limit, q.After = 1, first.Next })
	if len(first.Rows) != 1 || len(second.Rows) != 1 || second.Rows[0].TaskID != many[0].TaskID || second.Next != "" {
		t.Errorf("in pages %+v, %+v", first, second)
	}
	_, err := r.assignments.Duties(ctx, r.focal, tasks.AssignmentQuery{})
	refused(t, err, tasks.CodeForbidden, "")
}

// What is counted of a duty is what a naive count of its assignments gives.
func TestFiguresOfADutyAgainstANaiveCount(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	var agencies []int64
	for i := range 12 {
		agencies = append(agencies, r.agency("X"+strconv.Itoa(i), "Xã "+strconv.Itoa(i), directory.KindCommune))
	}
	_, a := r.issue("1/CT", r.duty(func(in *tasks.DraftInput) { in.Leads = leads(agencies...) }))
	decided := tasks.PauseInput{Reason: "x", Authority: "Chủ tịch"}
	r.at("2026-10-06 08:00")
	for i, x := range a {
		who := r.person("Nguoi"+strconv.Itoa(i), focalOf(agencies[i]))
		steps := map[int]func(){
			1: func() { r.report(who, x.ID, tasks.ReportProgress, 5) },
			2: func() { r.report(who, x.ID, tasks.ReportSubmission, 100) },
			3: func() {
				r.report(who, x.ID, tasks.ReportSubmission, 100)
				check(t, r.assignments.Confirm(ctx, r.secretariat, x.ID, 0))
			},
			4: func() { check(t, r.assignments.Hold(ctx, r.secretariat, x.ID, decided)) },
			5: func() { check(t, r.assignments.Cancel(ctx, r.secretariat, x.ID, decided)) },
		}
		if step := steps[i%6]; step != nil {
			step()
		}
	}
	r.at("2026-11-10 08:00")
	var naive tasks.DutyFigures
	naive.TaskID = a[0].TaskID
	var list []tasks.Assignment
	check(t, r.db.View(context.Background(), func(tx *store.Tx) (err error) {
		list, err = tx.TaskAssignments(a[0].TaskID)
		return err
	}))
	for _, x := range list {
		switch x.State {
		case "on_hold":
			naive.Resting++
			continue
		case "cancelled":
			naive.Released++
			continue
		case "assigned":
			naive.Silent++
		case "submitted":
			naive.Waiting++
		case "completed":
			naive.Completed++
		}
		naive.All++
		if (x.State == "assigned" || x.State == "in_progress" || x.State == "returned") && x.Due.Before(date("2026-11-10")) {
			naive.Overdue++
		}
	}
	if got := r.matrix(r.leader, naive.TaskID).Figures; got != naive || naive.All != 8 {
		t.Errorf("figures %+v, counted %+v", got, naive)
	}
}
