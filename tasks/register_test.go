package tasks_test

import (
	"fmt"
	"slices"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// october is the register of October 2026.
func october() tasks.RegisterQuery {
	return tasks.RegisterQuery{From: date("2026-10-01"), To: date("2026-10-31")}
}

func (r *rig) register(who tasks.Person, q tasks.RegisterQuery) tasks.RegisterPage {
	r.t.Helper()
	return must(r.assignments.Register(r.t.Context(), who, q))(r.t)
}

// lines says of each row what it is: its duty, state, deadline and timeliness.
func lines(page tasks.RegisterPage) []string {
	var out []string
	for _, row := range page.Rows {
		out = append(out, fmt.Sprintf("%s: %s %s %s", row.Text, row.State, row.Due, row.Timeliness))
	}
	return out
}

func named(text string, due string, leads ...tasks.Party) func(*tasks.DraftInput) {
	return func(in *tasks.DraftInput) {
		in.Text, in.Leads = text, leads
		if in.Deadline = (calendar.Date{}); due != "" {
			in.Deadline = date(due)
		}
	}
}

// A register of days gone by shows duties as they stood then, whatever became of them later.
func TestRegisterShowsTheEndOfItsSpan(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	r.at("2026-09-10 08:00")
	_, before := r.issue("1/CT",
		r.duty(named("sớm", "2026-09-20", leads(r.snv)...)), r.duty(named("trễ", "2026-10-10", leads(r.snv)...)), r.duty(named("lùi", "2026-10-20", leads(r.snv)...)))
	finish := func(id int64) {
		r.report(r.focal, id, tasks.ReportSubmission, 100)
		check(t, r.assignments.Confirm(ctx, r.secretariat, id, 0))
	}
	r.at("2026-09-18 08:00")
	finish(before[0].ID) // completed before the span: in no register of October
	r.at("2026-10-05 08:00")
	_, within := r.issue("2/CT", r.duty(named("chờ", "2026-10-30", leads(r.stc)...)), r.duty(named("mở lại", "2026-10-30", leads(r.stc)...)))
	r.at("2026-10-12 08:00")
	finish(before[1].ID) // after its deadline
	r.report(r.other, within[1].ID, tasks.ReportSubmission, 100)
	check(t, r.assignments.Confirm(ctx, r.secretariat, within[1].ID, 0))
	r.at("2026-10-30 08:00")
	r.report(r.other, within[0].ID, tasks.ReportSubmission, 100)

	want := []string{"trễ: completed 2026-10-10 late", "lùi: assigned 2026-10-20 overdue", "chờ: submitted 2026-10-30 on_time", "mở lại: completed 2026-10-30 on_time"}
	r.at("2026-10-31 20:00")
	if got := lines(r.register(r.secretariat, october())); !slices.Equal(got, want) {
		t.Errorf("on the last day: %q\nwant %q", got, want)
	}
	// What happens in November changes nothing of October.
	r.at("2026-11-03 08:00")
	check(t, r.assignments.Return(ctx, r.secretariat, within[0].ID, 0, "Thiếu danh sách"))
	check(t, r.assignments.Reopen(ctx, r.secretariat, within[1].ID, 0, "Nhầm"))
	r.ask(r.focal, before[2].ID, "2026-12-15")
	check(t, r.assignments.DecideExtension(ctx, r.leader, before[2].ID, tasks.ExtensionDecision{Grant: true, Due: date("2026-12-15")}))
	r.issue("3/CT", r.duty(named("tháng sau", "2026-12-30", leads(r.snv)...)))
	page := r.register(r.secretariat, october())
	if got := lines(page); !slices.Equal(got, want) {
		t.Errorf("in November: %q\nwant %q", got, want)
	}
	if page.On != date("2026-10-31") || page.Total != 4 || page.Next != "" {
		t.Errorf("page of %s, %d rows, next %q", page.On, page.Total, page.Next)
	}
	if row := page.Rows[1]; row.Extended != 0 || row.Given || row.First() != date("2026-10-20") {
		t.Errorf("extended in November: %+v", row)
	}
	if row := page.Rows[0]; row.CompletedOn != date("2026-10-12") || row.Last.Text != "Đã làm" || row.Given || !page.Rows[2].Given {
		t.Errorf("completed late: %+v", row)
	}
	// November's own register has the truth of November.
	november := tasks.RegisterQuery{From: date("2026-11-01"), To: date("2026-11-30")}
	if got, want := lines(r.register(r.secretariat, november)), []string{
		"lùi: assigned 2026-12-15 on_track", "chờ: returned 2026-10-30 overdue", "mở lại: returned 2026-10-30 overdue", "tháng sau: assigned 2026-12-30 on_track",
	}; !slices.Equal(got, want) {
		t.Errorf("November: %q\nwant %q", got, want)
	}
	if page := r.register(r.secretariat, november); page.On != date("2026-11-03") {
		t.Errorf("a span that is not over stands as of %s", page.On)
	}

	sum := must(r.assignments.RegisterSummary(ctx, r.secretariat, october()))(t)
	f := sum.All
	if f.All != 4 || f.Given != 2 || f.Carried != 2 || f.Completed != 2 || f.OnTime != 1 || f.Late != 1 || f.Waiting != 1 || f.Open() != 1 || f.Overdue != 1 || f.Passed != 4 ||
		f.FirstDated != 2 || f.FirstOnTime != 1 || f.Aside != 0 {
		t.Errorf("figures %+v", f)
	}
	var agencies []string
	for _, a := range sum.Agencies {
		agencies = append(agencies, fmt.Sprintf("%s %d/%d", a.Agency.Code, a.Completed, a.RegisterFigures.All))
	}
	slices.Sort(agencies)
	if want := []string{"SNV 1/2", "STC 1/2"}; !slices.Equal(agencies, want) {
		t.Errorf("agencies %q, want %q", agencies, want)
	}
}

// Of joint leads each has the duty in its figures; the province counts it once.
func TestRegisterCountsJointDutiesOnce(t *testing.T) {
	r := newRig(t)
	r.issue("1/CT", r.duty(named("chung", "2026-10-30", leads(r.snv, r.stc)...), func(in *tasks.DraftInput) { in.Joint = true }), r.duty(named("riêng", "2026-10-30", leads(r.stc)...)))
	sum := must(r.assignments.RegisterSummary(t.Context(), r.leader, october()))(t)
	if sum.All.All != 2 || len(sum.Agencies) != 2 || sum.Agencies[0].RegisterFigures.All+sum.Agencies[1].RegisterFigures.All != 3 {
		t.Errorf("summary %+v", sum)
	}
}

func TestRegisterIsReadInPages(t *testing.T) {
	r := newRig(t)
	var duties []tasks.DraftInput
	for i := range 7 {
		duties = append(duties, r.duty(named(fmt.Sprint("việc ", i), "2026-10-30", leads(r.snv)...)))
	}
	r.issue("1/CT", duties...)
	q, seen := october(), []string{}
	for q.Limit = 3; ; {
		page := r.register(r.secretariat, q)
		for _, row := range page.Rows {
			seen = append(seen, row.Text)
		}
		if q.After = page.Next; q.After == "" {
			break
		}
	}
	want := []string{"việc 0", "việc 1", "việc 2", "việc 3", "việc 4", "việc 5", "việc 6"}
	if !slices.Equal(seen, want) {
		t.Errorf("read %q", seen)
	}
}

// Who may see what: agencies' people what their agency has a part in, and no other agency's figures.
func TestRegisterIsTheActors(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	r.issue("1/CT", r.duty(named("của snv", "2026-10-30", leads(r.snv)...), func(in *tasks.DraftInput) { in.Cooperating = leads(r.stc) }),
		r.duty(named("của stc", "2026-10-30", leads(r.stc)...)))
	for _, test := range []struct {
		who      tasks.Person
		q        tasks.RegisterQuery
		rows     []string
		agencies int
	}{
		{r.secretariat, october(), []string{"của snv", "của stc"}, 2},
		{r.leader, october(), []string{"của snv", "của stc"}, 2},
		{r.focal, october(), []string{"của snv"}, 1},
		{r.head, october(), []string{"của snv"}, 1},
		{r.other, october(), []string{"của snv", "của stc"}, 1},
		{r.focal, tasks.RegisterQuery{From: date("2026-10-01"), To: date("2026-10-31"), AgencyID: r.stc, Part: tasks.PartLead}, nil, 0},
		{r.secretariat, tasks.RegisterQuery{From: date("2026-10-01"), To: date("2026-10-31"), AgencyID: r.stc, Part: tasks.PartLead}, []string{"của stc"}, 1},
	} {
		var rows []string
		for _, row := range r.register(test.who, test.q).Rows {
			rows = append(rows, row.Text)
		}
		if !slices.Equal(rows, test.rows) {
			t.Errorf("%s reads %q, want %q", test.who.Name, rows, test.rows)
		}
		if sum := must(r.assignments.RegisterSummary(ctx, test.who, test.q))(t); len(sum.Agencies) != test.agencies || sum.All.All != len(test.rows) {
			t.Errorf("%s: figures of %d agencies and %d duties", test.who.Name, len(sum.Agencies), sum.All.All)
		}
	}
	_, err := r.assignments.Register(ctx, r.admin, october())
	refused(t, err, tasks.CodeForbidden, "")
	_, err = r.assignments.RegisterSummary(ctx, r.admin, october())
	refused(t, err, tasks.CodeForbidden, "")
}

func TestRegisterRefusesSpans(t *testing.T) {
	r := newRig(t)
	for key, q := range map[string]tasks.RegisterQuery{
		"field.required": {From: date("2026-10-01")}, "register.bad_span": {From: date("2026-10-02"), To: date("2026-10-01")},
		"register.long_span": {From: date("2000-01-01"), To: date("2026-10-01")},
	} {
		_, err := r.assignments.Register(t.Context(), r.secretariat, q)
		refused(t, err, tasks.CodeInvalid, key)
	}
}
