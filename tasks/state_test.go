package tasks_test

import (
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

func TestStepsAndStates(t *testing.T) {
	const (
		assigned, inProgress = tasks.StateAssigned, tasks.StateInProgress
		submitted, returned  = tasks.StateSubmitted, tasks.StateReturned
		completed            = tasks.StateCompleted
		onHold, cancelled    = tasks.StateOnHold, tasks.StateCancelled
	)
	// The state after each step, "" where the state does not allow it.
	table := map[tasks.Step]map[tasks.State]tasks.State{
		tasks.StepProgress: {assigned: inProgress, inProgress: inProgress, submitted: "", returned: returned, completed: "", onHold: "", cancelled: ""},
		tasks.StepSubmit:   {assigned: submitted, inProgress: submitted, submitted: "", returned: submitted, completed: "", onHold: "", cancelled: ""},
		tasks.StepWithdraw: {assigned: "", inProgress: "", submitted: inProgress, returned: "", completed: "", onHold: "", cancelled: ""},
		tasks.StepConfirm:  {assigned: "", inProgress: "", submitted: completed, returned: "", completed: "", onHold: "", cancelled: ""},
		tasks.StepReturn:   {assigned: "", inProgress: "", submitted: returned, returned: "", completed: "", onHold: "", cancelled: ""},
		tasks.StepReopen:   {assigned: "", inProgress: "", submitted: "", returned: "", completed: returned, onHold: "", cancelled: ""},
		"unknown":          {assigned: "", inProgress: "", submitted: "", returned: "", completed: "", onHold: "", cancelled: ""},
	}
	for step, want := range table {
		if len(want) != len(tasks.States) {
			t.Errorf("%s: the table does not name every state", step)
		}
		for state, next := range want {
			got, ok := state.After(step)
			if got != next || ok != (next != "") {
				t.Errorf("%s of %s: %q %v, want %q", step, state, got, ok, next)
			}
		}
	}
	for state, open := range map[tasks.State]bool{assigned: true, inProgress: true, returned: true, submitted: false, completed: false, onHold: false, cancelled: false} {
		if state.Open() != open || !state.Valid() {
			t.Errorf("%s: open %v, valid %v", state, state.Open(), state.Valid())
		}
	}
	if tasks.State("on_fire").Valid() || tasks.State("").Valid() || tasks.Timeliness("").Valid() {
		t.Error("an unknown state is valid")
	}
}

func TestTimelinessOnItsBoundaries(t *testing.T) {
	// Five working days after Monday 5 October 2026 is Monday the 12th.
	soon := tasks.DefaultRules(zone, calendar.New(calendar.Default())).SoonUntil(date("2026-10-05"))
	if soon != date("2026-10-12") {
		t.Fatalf("due soon until %s", soon)
	}
	// Five working days after Friday 28 August 2026: Independence Day, 2 September, and its neighbour are days off.
	if got := tasks.DefaultRules(zone, calendar.New(calendar.Default())).SoonUntil(date("2026-08-28")); got.Before(date("2026-09-07")) {
		t.Errorf("holidays count as working days: %s", got)
	}
	today := date("2026-10-05")
	for name, c := range map[string]struct {
		state          tasks.State
		due, submitted string
		want           tasks.Timeliness
	}{
		"no deadline":                 {tasks.StateAssigned, "", "", tasks.NoDeadline},
		"no deadline, submitted":      {tasks.StateSubmitted, "", "2026-10-01", tasks.NoDeadline},
		"no deadline, completed":      {tasks.StateCompleted, "", "2026-10-01", tasks.NoDeadline},
		"the day itself":              {tasks.StateAssigned, "2026-10-05", "", tasks.DueSoon},
		"the day after":               {tasks.StateAssigned, "2026-10-04", "", tasks.Overdue},
		"the last day that is soon":   {tasks.StateInProgress, "2026-10-12", "", tasks.DueSoon},
		"the first that is not":       {tasks.StateInProgress, "2026-10-13", "", tasks.OnTrack},
		"returned, late":              {tasks.StateReturned, "2026-10-04", "", tasks.Overdue},
		"submitted on the day":        {tasks.StateSubmitted, "2026-10-02", "2026-10-02", tasks.OnTime},
		"submitted a day late":        {tasks.StateSubmitted, "2026-10-02", "2026-10-03", tasks.Late},
		"submitted, deadline ahead":   {tasks.StateSubmitted, "2026-10-09", "2026-10-05", tasks.OnTime},
		"completed on time long ago":  {tasks.StateCompleted, "2026-01-02", "2026-01-02", tasks.OnTime},
		"completed late":              {tasks.StateCompleted, "2026-01-02", "2026-01-05", tasks.Late},
		"completed, day not recorded": {tasks.StateCompleted, "2026-01-02", "", tasks.OnTime},
	} {
		a := tasks.Assignment{State: c.state}
		check(t, a.Due.UnmarshalText([]byte(c.due)))
		check(t, a.SubmittedOn.UnmarshalText([]byte(c.submitted)))
		if got := a.Timeliness(today, soon); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestTheDayIsThatOfTheProvince(t *testing.T) {
	r := newRig(t)
	_, a := r.issue("1/CT-UBND", r.duty(func(in *tasks.DraftInput) { in.Deadline = date("2026-10-05") }))
	for at, want := range map[string]tasks.Timeliness{
		"2026-10-05 00:00": tasks.DueSoon, "2026-10-05 23:59": tasks.DueSoon, "2026-10-06 00:00": tasks.Overdue, // still the 5th in UTC
	} {
		r.at(at)
		if got := r.assignment(a[0].ID).Timeliness; got != want {
			t.Errorf("at %s %s, want %s", at, got, want)
		}
	}
	r.at("2026-10-06 06:59")
	r.report(r.focal, a[0].ID, tasks.ReportSubmission, 0)
	if got := r.assignment(a[0].ID); got.Assignment.SubmittedOn != date("2026-10-06") || got.Timeliness != tasks.Late {
		t.Errorf("submitted on %s, %s", got.Assignment.SubmittedOn, got.Timeliness)
	}
}
