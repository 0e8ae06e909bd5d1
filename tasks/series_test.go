package tasks_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tiendo/store"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// recurring is a duty of which each period is an assignment of its own.
func (r *rig) recurring(rule string, ahead int, agencies ...int64) tasks.DraftInput {
	return r.duty(func(in *tasks.DraftInput) {
		in.Deadline, in.Cadence, in.Opens, in.Leads = calendar.Date{}, rule, ahead, leads(agencies...)
	})
}

// periods are the assignments of a document as "agency due state", by day.
func (r *rig) periods(documentID int64) []string {
	r.t.Helper()
	names := map[int64]string{r.snv: "snv", r.stc: "stc", r.syt: "syt"}
	var out []string
	for _, a := range must(r.documents.Get(r.t.Context(), tasks.System, documentID))(r.t).Assignments {
		if a.FirstDue != a.Period.Due || a.Cadence != "" {
			r.t.Errorf("assignment %d of %+v is due %s, first %s, cadence %q", a.ID, a.Period, a.Due, a.FirstDue, a.Cadence)
		}
		out = append(out, fmt.Sprintf("%s %s %s", a.Due, names[a.Leads[0]], a.State))
	}
	slices.Sort(out)
	return out
}

func (r *rig) opening(at string) int {
	r.t.Helper()
	r.at(at + " 08:00")
	return must(r.assignments.OpenPeriods(r.t.Context()))(r.t)
}

func TestPeriodsOpenAhead(t *testing.T) {
	const monthly = "FREQ=MONTHLY;BYMONTHDAY=25"
	// Issued on Monday 5 October 2026. Ten working days before 25 November is 11 November.
	for name, c := range map[string]struct {
		rule  string
		ahead int
		runs  string
		want  string
	}{
		"at issue the first, however far": {"FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", 10, "", "2026-12-15"},
		"at issue all whose day has come": {"FREQ=WEEKLY;BYDAY=FR", 15, "", "2026-10-23"},
		"not before its day":              {monthly, 10, "2026-11-10", "2026-10-25"},
		"on its day":                      {monthly, 10, "2026-11-11", "2026-10-25 2026-11-25"},
		"once":                            {monthly, 10, "2026-11-11 2026-11-11 2026-11-12", "2026-10-25 2026-11-25"},
		"days missed":                     {monthly, 10, "2027-01-12", "2026-10-25 2026-11-25 2026-12-25 2027-01-25"},
		"on days off too":                 {"FREQ=WEEKLY;BYDAY=SU", 1, "2026-10-31", "2026-10-25 2026-11-01"},
		"until the rule ends":             {monthly + ";UNTIL=20261130", 10, "2027-06-01", "2026-10-25 2026-11-25"},
		"of two rules":                    {monthly + "\nFREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10", 10, "2026-12-20", "2026-10-25 2026-11-25 2026-12-10 2026-12-25"},
		"of two rules on one day":         {monthly + "\nFREQ=YEARLY;BYMONTH=11;BYMONTHDAY=25", 10, "2026-11-20", "2026-10-25 2026-11-25"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			doc, _ := r.issue("1/CT", r.recurring(c.rule, c.ahead, r.snv))
			for day := range strings.FieldsSeq(c.runs) {
				before := len(r.periods(doc))
				if n := r.opening(day); n != len(r.periods(doc))-before {
					t.Errorf("says it opened %d of %d", n, len(r.periods(doc))-before)
				}
			}
			var got []string
			for _, p := range r.periods(doc) {
				got = append(got, strings.Fields(p)[0])
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("periods %v, want %s", got, c.want)
			}
		})
	}
}

func TestAPeriodIsItsOwnDuty(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	doc, a := r.issue("1/CT", r.recurring("FREQ=MONTHLY;BYMONTHDAY=25", 10, r.snv, r.stc))
	r.report(r.focal, a[0].ID, tasks.ReportSubmission, 100)
	if n := r.opening("2026-11-11"); n != 2 {
		t.Fatalf("opened %d", n)
	}
	want := []string{"2026-10-25 snv submitted", "2026-10-25 stc assigned", "2026-11-25 snv assigned", "2026-11-25 stc assigned"}
	if got := r.periods(doc); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	v := r.assignment(a[0].ID)
	if v.Series == nil || v.Series.Rule != "FREQ=MONTHLY;BYMONTHDAY=25" || v.Series.Ahead != 10 {
		t.Errorf("series %+v", v.Series)
	}
	fresh := must(r.assignments.Duty(ctx, r.secretariat, tasks.DutyQuery{TaskID: v.Task.ID}))(t)
	if fresh.Due != date("2026-11-25") || fresh.Figures.All != 4 {
		t.Errorf("usual deadline %s, figures %+v", fresh.Due, fresh.Figures)
	}
	// The newest period tells who has the duty: one that is taken back from stc is not opened for it again.
	var own []tasks.Assignment
	for _, row := range fresh.Rows {
		if row.LedBy(r.stc) && row.Due == date("2026-11-25") {
			own = append(own, row.Assignment)
		}
	}
	check(t, r.assignments.ReleaseAgencies(ctx, r.secretariat, v.Task.ID, []tasks.Chosen{{ID: own[0].ID, Version: own[0].Version}},
		tasks.PauseInput{Reason: "Giao Sở Y tế", Authority: "Chủ tịch"}))
	check(t, r.assignments.AddAgencies(ctx, r.secretariat, v.Task.ID, tasks.AddAgenciesInput{
		Agencies: []int64{r.syt}, Reason: "Thay Sở Tài chính", Authority: "Chủ tịch",
	}))
	r.opening("2026-12-11")
	want = []string{"2026-12-25 snv assigned", "2026-12-25 syt assigned"}
	if got := r.periods(doc); !slices.Equal(got[len(got)-2:], want) {
		t.Errorf("%v, want %v at its end", got, want)
	}
	opened := 0
	for _, n := range r.notices(tasks.NoticeEvent) {
		if n.Event == tasks.EventOpened {
			opened++
		}
	}
	if opened != 3 { // two in November, of which one was taken back, and two in December
		t.Errorf("%d notices of periods that were opened", opened)
	}
}

func TestASeriesChangesTheFutureOnly(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	doc, a := r.issue("1/CT", r.recurring("FREQ=MONTHLY;BYMONTHDAY=25", 10, r.snv))
	task := a[0].TaskID
	r.opening("2026-11-11")
	change := tasks.SeriesInput{Rule: "FREQ=WEEKLY;BYDAY=FR", Ahead: 3, Reason: "Theo chỉ đạo mới"}
	for _, who := range []tasks.Person{r.leader, r.focal, r.head} {
		refused(t, r.assignments.ChangeSeries(ctx, who, task, change), tasks.CodeForbidden, "")
		refused(t, r.assignments.EndSeries(ctx, who, task, 0, "Thôi"), tasks.CodeForbidden, "")
	}
	refused(t, r.assignments.ChangeSeries(ctx, r.other, task, change), tasks.CodeNotFound, "")
	for name, c := range map[string]struct {
		in  func(*tasks.SeriesInput)
		key string
	}{
		"no rule":     {func(in *tasks.SeriesInput) { in.Rule = " " }, "field.required"},
		"no sense":    {func(in *tasks.SeriesInput) { in.Rule = "FREQ=NOW" }, "field.bad_rule"},
		"each day":    {func(in *tasks.SeriesInput) { in.Rule = "FREQ=DAILY" }, "series.too_often"},
		"over":        {func(in *tasks.SeriesInput) { in.Rule = "FREQ=MONTHLY;UNTIL=20261101" }, "series.over"},
		"past":        {func(in *tasks.SeriesInput) { in.Until = date("2026-11-01") }, "extension.past"},
		"not at all":  {func(in *tasks.SeriesInput) { in.Ahead = 0 }, "series.bad_ahead"},
		"too far":     {func(in *tasks.SeriesInput) { in.Ahead = tasks.MaxAhead + 1 }, "series.bad_ahead"},
		"for nothing": {func(in *tasks.SeriesInput) { in.Reason = "" }, "field.required"},
	} {
		in := change
		c.in(&in)
		err := r.assignments.ChangeSeries(ctx, r.secretariat, task, in)
		if refused(t, err, tasks.CodeInvalid, c.key); t.Failed() {
			t.Fatal(name)
		}
	}
	v := must(r.assignments.Recurring(ctx, r.secretariat, task, &change))(t)
	if len(v.Upcoming) != 5 || v.Upcoming[0].Due != date("2026-12-25") || v.Upcoming[0].Opens != date("2026-12-11") || len(v.Preview) != 5 || v.Preview[0].Due != date("2026-11-27") {
		t.Errorf("upcoming %v, preview %v", v.Upcoming, v.Preview)
	}
	change.Version = v.Series.Version
	check(t, r.assignments.ChangeSeries(ctx, r.secretariat, task, change))
	refused(t, r.assignments.ChangeSeries(ctx, r.secretariat, task, change), tasks.CodeConflict, "")
	// 25 November was opened and stays; the first Friday behind it is 27 November.
	r.opening("2026-11-26")
	want := []string{"2026-10-25 snv assigned", "2026-11-25 snv assigned", "2026-11-27 snv assigned"}
	if got := r.periods(doc); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	check(t, r.assignments.EndSeries(ctx, r.secretariat, task, 0, "Không còn cần"))
	refused(t, r.assignments.EndSeries(ctx, r.secretariat, task, 0, "Không còn cần"), tasks.CodeConflict, "series.ended_already")
	if n := r.opening("2027-03-01"); n != 0 {
		t.Errorf("opened %d of a series that has ended", n)
	}
	// It goes on from the day, not with what passed.
	check(t, r.assignments.ChangeSeries(ctx, r.secretariat, task, tasks.SeriesInput{Rule: "FREQ=MONTHLY;BYMONTHDAY=25", Ahead: 20, Reason: "Làm lại"}))
	if got := r.periods(doc); got[len(got)-1] != "2027-03-25 snv assigned" || len(got) != 4 {
		t.Errorf("%v", got)
	}
	got := r.trail(tasks.Subject{Kind: tasks.SubjectDocument, ID: doc})
	if want := []string{"document.series_changed", "document.series_ended", "document.series_changed"}; !slices.Equal(got[len(got)-3:], want) {
		t.Errorf("trail %v", got)
	}
}

func TestASeriesEndsWithItsDocument(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	doc, a := r.issue("1/CT", r.recurring("FREQ=MONTHLY;BYMONTHDAY=25", 10, r.snv))
	r.report(r.focal, a[0].ID, tasks.ReportSubmission, 100)
	check(t, r.do(r.secretariat, a[0].ID, 0, tasks.StepConfirm))
	check(t, r.assignments.CloseDocument(ctx, r.secretariat, doc, 0))
	if n := r.opening("2027-02-12"); n != 0 {
		t.Errorf("opened %d of a closed document", n)
	}
	refused(t, r.assignments.EndSeries(ctx, r.secretariat, a[0].TaskID, 0, "Thôi"), tasks.CodeConflict, "duty.document_closed")
	check(t, r.assignments.ReopenDocument(ctx, r.secretariat, doc, 0, "Còn việc"))
	if r.opening("2027-02-12"); !slices.Equal(r.periods(doc), []string{"2026-10-25 snv completed", "2027-02-25 snv assigned"}) {
		t.Errorf("periods of the time when it was closed: %v", r.periods(doc))
	}
}

func TestARecurringDutyIsRecalled(t *testing.T) {
	r := newRig(t)
	doc, _ := r.issue("1/CT", r.recurring("FREQ=WEEKLY;BYDAY=FR", 20, r.snv))
	check(t, r.documents.Recall(t.Context(), r.secretariat, doc, 0))
	if d := r.drafts(doc); d[0].Opens != 20 {
		t.Errorf("opens %d", d[0].Opens)
	}
	check(t, r.documents.Issue(t.Context(), r.secretariat, doc, 0))
	if got := r.periods(doc); len(got) != 2 {
		t.Errorf("periods %v", got)
	}
}

func TestASeriesGoesOnUnderARevisingDocument(t *testing.T) {
	for name, c := range map[string]struct {
		again tasks.DraftInput
		want  []string // in April 2027, the document's
	}{
		"as it was":        {tasks.DraftInput{}, []string{"2026-10-25 snv assigned", "2026-11-25 snv assigned", "2026-12-25 snv assigned"}},
		"by another rule":  {tasks.DraftInput{Cadence: "FREQ=MONTHLY;BYMONTHDAY=10", Opens: 10}, []string{"2026-10-25 snv assigned", "2026-11-10 snv assigned", "2026-12-10 snv assigned"}},
		"with a deadline":  {tasks.DraftInput{Deadline: date("2026-12-31")}, nil},
		"new periods anew": {tasks.DraftInput{Cadence: "FREQ=MONTHLY;BYMONTHDAY=25", Opens: 10}, []string{"2026-10-25 snv assigned", "2026-11-25 snv assigned", "2026-12-25 snv assigned"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			old, a := r.issue("1/CT", r.recurring("FREQ=MONTHLY;BYMONTHDAY=25", 10, r.snv))
			in := r.duty(func(in *tasks.DraftInput) {
				in.Deadline, in.Cadence, in.Opens = c.again.Deadline, c.again.Cadence, c.again.Opens
			})
			r.at("2026-10-20 09:00")
			revising := r.draft("2/CT", in)
			check(t, r.documents.SetRevises(t.Context(), r.secretariat, revising, 0, "1/CT", tasks.RevisionReplaces))
			check(t, r.documents.Issue(t.Context(), r.secretariat, revising, 0))
			r.opening("2026-12-14")
			if len(r.periods(old)) != 0 {
				t.Errorf("the replaced document still has %v", r.periods(old))
			}
			if c.want == nil {
				v := r.assignment(a[0].ID)
				if v.Assignment.Due != date("2026-12-31") || v.Series == nil || !v.Series.Ended() {
					t.Errorf("due %s, series %+v", v.Assignment.Due, v.Series)
				}
				return
			}
			if got := r.periods(revising); !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

// TestEveryPeriodOnce runs the job on random days for random rules and counts by a calendar of its own.
func TestEveryPeriodOnce(t *testing.T) {
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 1))
	r := newRig(t)
	for n := range 25 {
		r.at("2026-10-05 07:00")
		fits, rule := randomRule(random)
		ahead := 1 + random.IntN(30)
		doc, _ := r.issue(fmt.Sprintf("%d/CT", n), r.recurring(rule, ahead, r.snv))
		// The first falls ten working days after issue or later: on 19 October at the earliest.
		day := date("2026-10-05")
		for range 1 + random.IntN(12) {
			day = day.AddDays(1 + random.IntN(60))
			if random.IntN(3) == 0 {
				r.at(day.String() + " 10:00")
				written := make(chan error, 2)
				for range 2 {
					go func() {
						_, err := r.assignments.OpenPeriods(t.Context())
						written <- err
					}()
				}
				check(t, <-written)
				check(t, <-written)
			} else {
				r.opening(day.String())
			}
		}
		var want []string
		for d := date("2026-10-19"); d.Year < 2032; d = d.AddDays(1) {
			if !fits(d) {
				continue
			}
			opens := d
			for left := ahead; left > 0; {
				if opens = opens.AddDays(-1); r.rules.Calendar.IsWorking(opens) {
					left--
				}
			}
			if !opens.After(day) || len(want) == 0 {
				want = append(want, d.String()+" snv assigned")
			}
		}
		if got := r.periods(doc); !slices.Equal(got, want) {
			t.Fatalf("seed %d: %q %d ahead, last run on %s:\ngot  %v\nwant %v", seed, rule, ahead, day, got, want)
		}
		// The series of this round has been looked at: the next ones run faster without it.
		check(t, r.assignments.EndSeries(t.Context(), r.secretariat, r.taskOf(doc), 0, "Xong"))
	}
}

func (r *rig) taskOf(documentID int64) int64 {
	r.t.Helper()
	return must(r.documents.Get(r.t.Context(), tasks.System, documentID))(r.t).Tasks[0].ID
}

// randomRule is a rule, and by which days it must fall.
func randomRule(random *rand.Rand) (fits func(calendar.Date) bool, rule string) {
	names := []string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}
	weekday, dayOfMonth, month := random.IntN(7), 1+random.IntN(28), 1+random.IntN(12)
	weekly := func(d calendar.Date) bool { return int(d.Weekday()) == weekday }
	monthly := func(d calendar.Date) bool { return d.Day == dayOfMonth }
	yearly := func(d calendar.Date) bool { return d.Day == dayOfMonth && int(d.Month) == month }
	byWeek, byMonth := "FREQ=WEEKLY;BYDAY="+names[weekday], fmt.Sprintf("FREQ=MONTHLY;BYMONTHDAY=%d", dayOfMonth)
	byYear := fmt.Sprintf("FREQ=YEARLY;BYMONTH=%d;BYMONTHDAY=%d", month, dayOfMonth)
	switch random.IntN(5) {
	case 0:
		return weekly, byWeek
	case 1:
		return monthly, byMonth
	case 2:
		return yearly, byYear
	case 3:
		return func(d calendar.Date) bool { return d == calendar.EndOfMonth(d.Year, d.Month) }, "FREQ=MONTHLY;BYMONTHDAY=-1"
	}
	return func(d calendar.Date) bool {
		return d.Day == dayOfMonth || d == calendar.EndOfMonth(d.Year, d.Month) && int(d.Month) == month
	}, byMonth + "\n" + fmt.Sprintf("FREQ=YEARLY;BYMONTH=%d;BYMONTHDAY=-1", month)
}

var _ tasks.SeriesWriter = (*store.Tx)(nil)
