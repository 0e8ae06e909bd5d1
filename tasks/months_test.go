package tasks_test

import (
	"slices"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

func TestMonthsAndTheirMondays(t *testing.T) {
	for _, c := range []struct {
		month, before, next string
		mondays             []string
	}{
		{"2026-10", "2026-09", "2026-11", []string{"2026-10-05", "2026-10-12", "2026-10-19", "2026-10-26"}},
		{"2026-06", "2026-05", "2026-07", []string{"2026-06-01", "2026-06-08", "2026-06-15", "2026-06-22", "2026-06-29"}},
		{"2026-01", "2025-12", "2026-02", []string{"2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26"}},
		{"2027-02", "2027-01", "2027-03", []string{"2027-02-01", "2027-02-08", "2027-02-15", "2027-02-22"}},
	} {
		m := must(tasks.ParseMonth(c.month))(t)
		var mondays []string
		for _, day := range m.Mondays() {
			mondays = append(mondays, day.String())
		}
		if m.String() != c.month || m.Before().String() != c.before || m.Next().String() != c.next || !slices.Equal(mondays, c.mondays) {
			t.Errorf("%s: %s, %s, %s, %v", c.month, m, m.Before(), m.Next(), mondays)
		}
	}
	for _, bad := range []string{"", "2026", "2026-13", "2026-1", "2026-10-05", "10/2026"} {
		if m, err := tasks.ParseMonth(bad); err == nil {
			t.Errorf("%q is read as %s", bad, m)
		}
	}
}

// A month is the sum of its weeks, whichever of them were frozen, and reads the same later.
func TestMonthAddsUpFromItsWeeks(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	r.at("2026-09-20 08:00")
	var duties []tasks.DraftInput
	for i := range 30 {
		duties = append(duties, r.duty(func(in *tasks.DraftInput) {
			in.Deadline = date("2026-10-01").AddDays(i)
			in.Leads = leads([]int64{r.snv, r.stc}[i%2])
		}))
	}
	_, all := r.issue("1/KH", duties...)
	_, err := r.weeks.Month(ctx, r.leader, tasks.Month{})
	refused(t, err, tasks.CodeNotFound, "")
	reporters := map[int64]tasks.Person{r.snv: r.focal, r.stc: r.other}
	frozen := make(map[string]tasks.Figures)
	done := 0
	for i, monday := range []string{"2026-09-28", "2026-10-05", "2026-10-12", "", "2026-10-26", "2026-11-02"} {
		at := date("2026-09-28").AddDays(7 * i)
		r.at(at.String() + " 07:00")
		if monday != "" {
			check(t, r.weeks.Freeze(ctx, at))
			frozen[monday] = must(r.weeks.Get(ctx, r.leader, at))(t).Province
		}
		// So many are finished in the week.
		for range i + 1 {
			a := all[done]
			check(t, r.do(reporters[a.Leads[0]], a.ID, 0, "submit"))
			check(t, r.do(r.secretariat, a.ID, 0, tasks.StepConfirm))
			done++
		}
	}
	if len(frozen) != 5 || frozen["2026-11-02"].Completed != 15 {
		t.Fatalf("frozen %+v", frozen)
	}
	v := must(r.weeks.Month(ctx, r.leader, tasks.Month{Year: 2026, Month: 10}))(t)
	if v.Since != date("2026-09-28") || len(v.Weeks) != 3 || !slices.Equal(v.Missing, []calendar.Date{date("2026-10-19")}) {
		t.Errorf("weeks %+v since %s, missing %v", v.Weeks, v.Since, v.Missing)
	}
	sum := tasks.FigureChange{}
	for _, w := range v.Weeks {
		if w.Province != frozen[w.Monday.String()] {
			t.Errorf("%s: %+v", w.Monday, w.Province)
		}
		sum.Completed += w.Change.Completed
		sum.Overdue += w.Change.Overdue
		sum.OnTime += w.Change.OnTime
		sum.Assigned += w.Change.Assigned
	}
	last, first := frozen["2026-10-26"], frozen["2026-09-28"]
	if v.Total != sum || v.Total.Completed != 1+2+3+4 || v.Total.Overdue != last.Overdue-first.Overdue || v.Last != last {
		t.Errorf("total %+v, its weeks together %+v", v.Total, sum)
	}
	byAgencies := 0
	for _, a := range v.Agencies {
		byAgencies += a.Change.Completed
		if len(a.Overdue) != 3 {
			t.Errorf("%s: overdue %v", a.Agency.Name, a.Overdue)
		}
	}
	if len(v.Agencies) != 2 || byAgencies != v.Total.Completed {
		t.Errorf("%d agencies have completed %d, the province %d", len(v.Agencies), byAgencies, v.Total.Completed)
	}
	if v.Before != (tasks.Month{Year: 2026, Month: 9}) || v.After != (tasks.Month{Year: 2026, Month: 11}) {
		t.Errorf("before %s, after %s", v.Before, v.After)
	}
	if latest := must(r.weeks.Month(ctx, r.secretariat, tasks.Month{}))(t); latest.Month.String() != "2026-11" || latest.Total.Completed != 5 {
		t.Errorf("the latest month %s, %+v", latest.Month, latest.Total)
	}
	september := must(r.weeks.Month(ctx, r.leader, tasks.Month{Year: 2026, Month: 9}))(t)
	if !september.Since.IsZero() || september.Total != (tasks.FigureChange{}) || len(september.Weeks) != 1 {
		t.Errorf("the first month %+v", september)
	}
	_, err = r.weeks.Month(ctx, r.leader, tasks.Month{Year: 2026, Month: 8})
	refused(t, err, tasks.CodeNotFound, "")
	for _, who := range []tasks.Person{r.focal, r.head, r.admin} {
		_, err := r.weeks.Month(ctx, who, tasks.Month{Year: 2026, Month: 10})
		refused(t, err, tasks.CodeForbidden, "")
	}
}
