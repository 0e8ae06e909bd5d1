package tasks_test

import (
	"slices"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

const monthly = "FREQ=MONTHLY;BYMONTHDAY=25"

// under is a duty of several agencies that is reported on by a cadence.
func (r *rig) under(rule string, agencies ...int64) tasks.DraftInput {
	return r.duty(func(in *tasks.DraftInput) {
		in.Deadline, in.Cadence, in.Leads, in.Cooperating = calendar.Date{}, rule, leads(agencies...), leads(r.thue)
	})
}

func TestACadenceBecomesASeries(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	doc, a := r.issue("1/CT", r.under(monthly, r.snv, r.stc, r.syt))
	task := a[0].TaskID
	r.at("2026-10-12 08:00")
	r.report(r.focal, a[0].ID, tasks.ReportProgress, 40)
	third := r.person("Sơn", focalOf(r.syt))
	r.report(third, a[2].ID, tasks.ReportSubmission, 100)
	check(t, r.do(r.secretariat, a[2].ID, 0, tasks.StepConfirm))
	in := tasks.SeriesInput{Rule: monthly, Ahead: 10, Reason: "Xác nhận từng kỳ", Document: "9/TB"}
	for _, who := range []tasks.Person{r.leader, r.focal, r.head} {
		refused(t, r.assignments.BeginSeries(ctx, who, task, in), tasks.CodeForbidden, "")
	}
	stranger := r.person("Lạ", focalOf(r.agency("XB", "Xã Bình", "commune")))
	refused(t, r.assignments.BeginSeries(ctx, stranger, task, in), tasks.CodeNotFound, "")
	v := must(r.assignments.Recurring(ctx, r.secretariat, task, &in))(t)
	if !v.Begins || v.Series.Rule != monthly || len(v.Newest) != 2 || v.From != date("2026-10-12") || v.Preview[0].Due != date("2026-10-25") {
		t.Errorf("before it begins %+v", v)
	}
	for name, c := range map[string]struct {
		change func(*tasks.SeriesInput)
		key    string
	}{
		"no rule":     {func(in *tasks.SeriesInput) { in.Rule = "" }, "field.required"},
		"each day":    {func(in *tasks.SeriesInput) { in.Rule = "FREQ=DAILY" }, "series.too_often"},
		"not ahead":   {func(in *tasks.SeriesInput) { in.Ahead = 0 }, "series.bad_ahead"},
		"for nothing": {func(in *tasks.SeriesInput) { in.Reason = " " }, "field.required"},
		"in the past": {func(in *tasks.SeriesInput) { in.From = date("2026-10-11") }, "extension.past"},
		"over":        {func(in *tasks.SeriesInput) { in.Until = date("2026-10-20") }, "series.over"},
	} {
		wrong := in
		c.change(&wrong)
		if refused(t, r.assignments.BeginSeries(ctx, r.secretariat, task, wrong), tasks.CodeInvalid, c.key); t.Failed() {
			t.Fatal(name)
		}
	}
	in.Version = v.Stamp
	r.report(r.focal, a[0].ID, tasks.ReportProgress, 50)
	refused(t, r.assignments.BeginSeries(ctx, r.secretariat, task, in), tasks.CodeConflict, "")
	in.Version = must(r.assignments.Recurring(ctx, r.secretariat, task, nil))(t).Stamp
	check(t, r.assignments.BeginSeries(ctx, r.secretariat, task, in))
	refused(t, r.assignments.BeginSeries(ctx, r.secretariat, task, in), tasks.CodeConflict, "series.recurs_already")

	// What went on is the first period, with its reports and a deadline; what was done stays under its cadence.
	own := r.assignment(a[0].ID)
	if got := own.Assignment; got.Due != date("2026-10-25") || got.FirstDue != got.Due || got.Cadence != "" || got.DueVersion != 2 || got.State != tasks.StateInProgress ||
		got.Percent != 50 || got.Period.Due != got.Due || got.Period.Since != date("2026-09-26") {
		t.Errorf("the first period %+v", got)
	}
	for _, n := range own.Notes {
		if n.ReportID == 0 {
			t.Errorf("a periodic report is still awaited on %s", n.Due)
		}
	}
	if got := r.assignment(a[2].ID).Assignment; got.SeriesID != 0 || got.State != tasks.StateCompleted {
		t.Errorf("what was done %+v", got)
	}
	if n := r.opening("2026-11-11"); n != 2 {
		t.Errorf("opened %d", n)
	}
	var got []string
	for _, row := range must(r.documents.Get(ctx, tasks.System, doc))(t).Assignments {
		if row.SeriesID != 0 {
			got = append(got, row.Due.String()+" "+string(row.State))
		}
	}
	slices.Sort(got)
	if want := []string{"2026-10-25 assigned", "2026-10-25 in_progress", "2026-11-25 assigned", "2026-11-25 assigned"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	trail := r.trail(tasks.Subject{Kind: tasks.SubjectDocument, ID: doc})
	if trail[len(trail)-1] != "document.series_begun" {
		t.Errorf("trail %v", trail)
	}
	// Those who lead are told each of their own, who cooperates with both once.
	told := map[int64]int{}
	for _, n := range r.notices(tasks.NoticeEvent) {
		if n.Event == tasks.EventSeriesBegun {
			told[n.AgencyID]++
		}
	}
	if len(told) != 3 || told[r.snv] != 1 || told[r.stc] != 1 || told[r.thue] != 1 {
		t.Errorf("told %v", told)
	}
}

func TestTheFirstPeriodOfASeries(t *testing.T) {
	for name, c := range map[string]struct {
		rule, today, reported, from string
		ahead                       int
		want                        []string
	}{
		"the one that runs":                 {monthly, "2026-11-02", "", "", 10, []string{"2026-11-25"}},
		"not the one all have reported on":  {monthly, "2026-11-16", "2026-11-12", "2026-11-26", 10, []string{"2026-12-25"}},
		"with those whose day to open came": {"FREQ=WEEKLY;BYDAY=FR", "2026-11-02", "", "", 15, []string{"2026-11-06", "2026-11-13", "2026-11-20"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			_, a := r.issue("1/CT", r.under(c.rule, r.snv))
			if c.reported != "" {
				r.at(c.reported + " 08:00")
				r.report(r.focal, a[0].ID, tasks.ReportProgress, 40)
			}
			r.at(c.today + " 08:00")
			must(r.assignments.ExtendCadences(t.Context()))(t)
			v := must(r.assignments.Recurring(t.Context(), r.secretariat, a[0].TaskID, nil))(t)
			if c.from != "" && v.From != date(c.from) {
				t.Errorf("proposes from %s, want %s", v.From, c.from)
			}
			check(t, r.assignments.BeginSeries(t.Context(), r.secretariat, a[0].TaskID, tasks.SeriesInput{Rule: v.Series.Rule, Ahead: c.ahead, Reason: "Từng kỳ", From: v.From}))
			var got []string
			for _, p := range must(r.assignments.Recurring(t.Context(), r.secretariat, a[0].TaskID, nil))(t).Opened {
				got = append(got, p.Due.String())
			}
			slices.Sort(got)
			if !slices.Equal(got, c.want) {
				t.Errorf("periods %v, want %v", got, c.want)
			}
		})
	}
}

func TestADutyByPeriods(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	_, a := r.issue("1/CT", r.recurring(monthly, 10, r.snv, r.stc, r.syt))
	task := a[0].TaskID
	r.at("2026-10-20 08:00")
	r.report(r.focal, a[0].ID, tasks.ReportSubmission, 100)
	check(t, r.do(r.secretariat, a[0].ID, 0, tasks.StepConfirm))
	r.at("2026-10-28 08:00")
	r.report(r.person("Sơn", focalOf(r.syt)), a[2].ID, tasks.ReportSubmission, 100)
	check(t, r.do(r.secretariat, a[2].ID, 0, tasks.StepConfirm))
	if n := r.opening("2026-11-11"); n != 3 {
		t.Fatalf("opened %d", n)
	}
	newest := r.matrix(r.secretariat, task, func(q *tasks.DutyQuery) { q.Newest = true })
	if newest.Period.Due != date("2026-11-25") || newest.Figures != (tasks.DutyFigures{TaskID: task, All: 3, Silent: 3}) || len(newest.Rows) != 3 || !newest.Recurs {
		t.Errorf("the newest period %+v", newest)
	}
	old := r.matrix(r.leader, task, func(q *tasks.DutyQuery) { q.Period = date("2026-10-25") })
	if want := (tasks.DutyFigures{TaskID: task, All: 3, Silent: 1, Overdue: 1, Completed: 2}); old.Figures != want || len(old.Rows) != 3 || old.Rows[0].ID != a[1].ID {
		t.Errorf("the one before %+v", old)
	}
	if got := old.Periods; len(got) != 2 || got[0].Due != date("2026-11-25") || got[1].OnTime != 1 || got[1].DutyFigures != old.Figures {
		t.Errorf("periods %+v", got)
	}
	if all := r.matrix(r.leader, task); all.Figures.All != 6 || len(all.Rows) != 6 || !all.Period.IsZero() {
		t.Errorf("all of them %+v", all.Figures)
	}
	_, err := r.assignments.Duty(ctx, r.leader, tasks.DutyQuery{TaskID: task, Period: date("2026-10-26")})
	refused(t, err, tasks.CodeNotFound, "")
	// Who has one alone is led to the newest, and urging those of one period leaves the others.
	if v := r.matrix(r.other, task); v.Only != newest.Rows[1].ID {
		t.Errorf("led to %d of %v", v.Only, assignmentsOf(newest.Rows))
	}
	if n := must(r.assignments.NudgePeriod(ctx, r.secretariat, task, date("2026-10-25")))(t); n != 1 {
		t.Errorf("%d urged of the period before", n)
	}
	if n := must(r.assignments.NudgePeriod(ctx, r.secretariat, task, calendar.Date{}))(t); n != 3 {
		t.Errorf("%d urged of all", n)
	}
}
