package tasks_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"tiendo/store"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// count is a naive count over assignments, one by one and day by day, of those that the agency leads (0: all).
func count(assignments []tasks.Assignment, agency int64, today calendar.Date, cal *calendar.Calendar) tasks.Figures {
	var f tasks.Figures
	for _, a := range assignments {
		if agency != 0 && !slices.Contains(a.Leads, agency) {
			continue
		}
		f.All++
		open := a.State == "assigned" || a.State == "in_progress" || a.State == "returned"
		switch a.State {
		case "assigned":
			f.Assigned++
		case "in_progress":
			f.InProgress++
		case "returned":
			f.Returned++
		case "submitted":
			f.Waiting++
		case "completed":
			f.Completed++
			if a.Due == (calendar.Date{}) || a.SubmittedOn.String() <= a.Due.String() {
				f.OnTime++
			}
		}
		if a.Due == (calendar.Date{}) {
			if open {
				f.NoDeadline++
			}
			continue
		}
		if a.Due.String() < today.String() {
			f.Passed++
			if open {
				f.Overdue++
			}
			continue
		}
		if !open {
			continue
		}
		working := 0
		for d := today; d != a.Due; d = d.AddDays(1) {
			if cal.IsWorking(d.AddDays(1)) {
				working++
			}
		}
		if working < 5 || working == 5 && cal.IsWorking(a.Due) {
			f.DueSoon++
		}
		sunday := today
		for sunday.Weekday() != time.Sunday {
			sunday = sunday.AddDays(1)
		}
		if a.Due.String() <= sunday.String() {
			f.DueWeek++
		}
	}
	return f
}

func TestWeeksCountLikeAPerson(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	r.at("2026-07-01 08:00")
	random := rand.New(rand.NewPCG(1, 2))
	agencies := []int64{r.snv, r.stc, r.syt}
	var duties []tasks.DraftInput
	for i := range 120 {
		duties = append(duties, r.duty(func(in *tasks.DraftInput) {
			in.Text = fmt.Sprint("nhiệm vụ ", i)
			random.Shuffle(3, func(i, j int) { agencies[i], agencies[j] = agencies[j], agencies[i] })
			in.Leads, in.Joint = leads(agencies[:1+random.IntN(2)]...), random.IntN(2) == 0
			in.Cooperating = leads(agencies[2])
			in.Deadline = date("2026-09-20").AddDays(random.IntN(40))
			if i%10 == 0 {
				in.Deadline, in.Cadence = calendar.Date{}, calendar.DefaultCadence
			}
		}))
	}
	_, all := r.issue("1/KH", duties...)
	must(r.documents.Import(ctx, r.secretariat, tasks.NewDocument{Head: tasks.Head{Number: "bản nháp"}}))(t)
	reporters := map[int64]tasks.Person{r.snv: r.focal, r.stc: r.other, r.syt: r.person("Yến", focalOf(r.syt))}
	for i, a := range all {
		r.at(date("2026-09-18").AddDays(random.IntN(16)).String() + " 09:00")
		who := reporters[a.Leads[0]]
		for _, step := range [][]tasks.Step{{}, {"progress"}, {"submit"}, {"submit", "return"}, {"submit", "confirm"}, {"submit", "confirm", "reopen"}}[i%6] {
			by := who
			if step != "progress" && step != "submit" {
				by = r.secretariat
			}
			check(t, r.do(by, a.ID, 0, step))
		}
	}
	r.at("2026-10-05 06:00")
	today := date("2026-10-05")
	all = must(r.documents.Get(ctx, r.secretariat, all[0].DocumentID))(t).Assignments
	want := count(all, 0, today, r.rules.Calendar)
	if want.All != len(all) || want.Overdue == 0 || want.DueSoon == 0 || want.OnTime == want.Completed || want.NoDeadline == 0 {
		t.Fatalf("the sample shows too little: %+v", want)
	}
	if got := must(r.assignments.Figures(ctx, r.secretariat, 0))(t); got != want {
		t.Errorf("province %+v, want %+v", got, want)
	}
	now := must(r.weeks.Get(ctx, r.leader, calendar.Date{}))(t)
	if now.Frozen || now.Before != nil || now.Province != want || now.Monday != today || now.Documents != 1 {
		t.Errorf("before any Monday was frozen: %+v", now)
	}

	check(t, r.weeks.Freeze(ctx, today))
	// What happens later in the week changes nothing that was frozen, nor does freezing again.
	for _, a := range all {
		if a.State == tasks.StateSubmitted {
			check(t, r.do(r.secretariat, a.ID, 0, tasks.StepConfirm))
		}
	}
	check(t, r.weeks.Freeze(ctx, today))
	r.at("2026-10-11 23:59")
	week := must(r.weeks.Get(ctx, r.leader, calendar.Date{}))(t)
	if !week.Frozen || week.Monday != today || week.Province != want || week.Before != nil {
		t.Errorf("frozen %+v, want %+v", week.Province, want)
	}
	sum, joint := 0, 0
	for _, a := range week.Agencies {
		if wantAgency := count(all, a.Agency.ID, today, r.rules.Calendar); a.Figures != wantAgency {
			t.Errorf("%s %+v, want %+v", a.Agency.Name, a.Figures, wantAgency)
		}
		sum += a.All
	}
	for _, a := range all {
		joint += len(a.Leads) - 1
	}
	if joint == 0 || sum != want.All+joint || len(week.Agencies) != 3 {
		t.Errorf("%d at %d agencies, %d in the province, %d joint", sum, len(week.Agencies), want.All, joint)
	}
	if !slices.IsSortedFunc(week.Agencies, func(a, b tasks.AgencyWeek) int { return b.Overdue - a.Overdue }) {
		t.Error("agencies are not ordered by what is overdue")
	}
	if len(week.Worst) != tasks.WorstLate {
		t.Fatalf("%d worst", len(week.Worst))
	}
	latest := slices.Clone(all)
	latest = slices.DeleteFunc(latest, func(a tasks.Assignment) bool { return !a.State.Open() || a.Due.IsZero() || !a.Due.Before(today) })
	slices.SortStableFunc(latest, func(a, b tasks.Assignment) int { return a.Due.Compare(b.Due) })
	for i, w := range week.Worst {
		days := 0
		for d := w.Due; d != today; d = d.AddDays(1) {
			if r.rules.Calendar.IsWorking(d.AddDays(1)) {
				days++
			}
		}
		if w.Due != latest[i].Due || w.DaysLate != days {
			t.Errorf("worst %d: due %s, %d days late; want %s, %d", i, w.Due, w.DaysLate, latest[i].Due, days)
		}
	}

	r.at("2026-10-12 06:00")
	check(t, r.weeks.Freeze(ctx, date("2026-10-12")))
	next := must(r.weeks.Get(ctx, r.secretariat, calendar.Date{}))(t)
	if next.Monday != date("2026-10-12") || next.Before == nil || *next.Before != want || next.Province.Completed != want.Completed+want.Waiting {
		t.Errorf("the next Monday %+v, before %+v", next.Province, next.Before)
	}
	if again := must(r.weeks.Get(ctx, r.leader, today))(t); again.Monday != today || !reflect.DeepEqual(again.Agencies, week.Agencies) {
		t.Errorf("the first Monday later %+v", again)
	}
	_, err := r.weeks.Get(ctx, r.leader, date("2026-09-28"))
	refused(t, err, tasks.CodeNotFound, "")
	for _, who := range []tasks.Person{r.focal, r.head, r.admin} {
		_, err := r.weeks.Get(ctx, who, calendar.Date{})
		refused(t, err, tasks.CodeForbidden, "")
	}
}

func TestAWeekIsFrozenUnderItsMonday(t *testing.T) {
	r := newRig(t)
	r.issue("1/CT", r.duty())
	r.at("2026-10-07 09:00")
	check(t, r.weeks.Freeze(t.Context(), date("2026-10-07"))) // a late job, or a hand on the command line
	if w := must(r.weeks.Get(t.Context(), r.leader, calendar.Date{}))(t); w.Monday != date("2026-10-05") || w.Province.All != 1 {
		t.Errorf("week %+v", w)
	}
	check(t, r.db.View(t.Context(), func(tx *store.Tx) error {
		if rows := must(tx.WeekFigures(date("2026-10-07")))(t); len(rows) != 0 {
			t.Errorf("frozen on a Wednesday: %+v", rows)
		}
		return nil
	}))
}

func TestRatesNameTheirDenominator(t *testing.T) {
	for _, c := range []struct {
		f                 tasks.Figures
		onTime, completed int
		anyDone, anyAtAll bool
	}{
		{tasks.Figures{}, 0, 0, false, false},
		{tasks.Figures{All: 3}, 0, 0, false, true},
		{tasks.Figures{All: 3, Completed: 3, OnTime: 2}, 67, 100, true, true},
		{tasks.Figures{All: 8, Completed: 1, OnTime: 1}, 100, 13, true, true},
		{tasks.Figures{All: 200, Completed: 1}, 0, 1, true, true},
	} {
		onTime, ok := c.f.OnTimePercent()
		completed, ok2 := c.f.CompletedPercent()
		if onTime != c.onTime || completed != c.completed || ok != c.anyDone || ok2 != c.anyAtAll {
			t.Errorf("%+v: %d%% %v, %d%% %v", c.f, onTime, ok, completed, ok2)
		}
	}
	if open := (tasks.Figures{Assigned: 1, InProgress: 2, Returned: 4, Waiting: 8, Completed: 16}).Open(); open != 7 {
		t.Errorf("open %d", open)
	}
}
