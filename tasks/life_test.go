package tasks_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"tiendo/tasks"
)

func TestTheWholeLife(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	_, issued := r.issue("1/CT", r.duty(func(in *tasks.DraftInput) { in.Leads, in.Joint = leads(r.snv, r.stc), true }))
	id := issued[0].ID
	report := func(who tasks.Person, kind tasks.ReportKind, percent int) func() error {
		return func() error {
			return r.assignments.Report(ctx, who, id, tasks.ReportInput{Kind: kind, Percent: percent, Text: "Đã làm"})
		}
	}
	for _, c := range []struct {
		at          string
		do          func() error
		state       tasks.State
		percent     int
		submittedOn string
		timeliness  tasks.Timeliness
		action      string
		outcome     tasks.Outcome // of the newest report
	}{
		{"2026-10-06 08:00", report(r.focal, tasks.ReportProgress, 30), tasks.StateInProgress, 30, "", tasks.OnTrack, "assignment.progress", ""},
		{"2026-10-28 08:00", report(r.head, tasks.ReportSubmission, 0), tasks.StateSubmitted, 100, "2026-10-28", tasks.OnTime, "assignment.submit", ""},
		// Submitting stops the clock: the deadline passes while the secretariat waits.
		{"2026-11-02 08:00", func() error { return r.assignments.Withdraw(ctx, r.other, id, 0) }, tasks.StateInProgress, 100, "", tasks.Overdue, "assignment.withdraw", tasks.OutcomeWithdrawn},
		{"2026-11-02 09:00", report(r.other, tasks.ReportSubmission, 0), tasks.StateSubmitted, 100, "2026-11-02", tasks.Late, "assignment.submit", ""},
		// A return starts it again.
		{"2026-11-03 08:00", func() error { return r.assignments.Return(ctx, r.secretariat, id, 0, " Thiếu số liệu ") }, tasks.StateReturned, 100, "", tasks.Overdue, "assignment.return", tasks.OutcomeReturned},
		{"2026-11-04 08:00", report(r.focal, tasks.ReportProgress, 80), tasks.StateReturned, 80, "", tasks.Overdue, "assignment.progress", ""},
		{"2026-11-05 08:00", report(r.focal, tasks.ReportSubmission, 0), tasks.StateSubmitted, 100, "2026-11-05", tasks.Late, "assignment.submit", ""},
		{"2026-11-06 08:00", func() error { return r.assignments.Confirm(ctx, r.colleague, id, 0) }, tasks.StateCompleted, 100, "2026-11-05", tasks.Late, "assignment.confirm", tasks.OutcomeConfirmed},
		{"2026-11-09 08:00", func() error { return r.assignments.Reopen(ctx, r.colleague, id, 0, "Số liệu sai") }, tasks.StateReturned, 100, "", tasks.Overdue, "assignment.reopen", tasks.OutcomeReturned},
		{"2026-11-10 08:00", report(r.focal, tasks.ReportSubmission, 0), tasks.StateSubmitted, 100, "2026-11-10", tasks.Late, "assignment.submit", ""},
		{"2026-11-11 08:00", func() error { return r.assignments.Confirm(ctx, r.secretariat, id, 0) }, tasks.StateCompleted, 100, "2026-11-10", tasks.Late, "assignment.confirm", tasks.OutcomeConfirmed},
	} {
		r.at(c.at)
		before := r.assignment(id)
		if err := c.do(); err != nil {
			t.Fatalf("%s at %s: %v", c.action, c.at, err)
		}
		v := r.assignment(id)
		a := v.Assignment
		if a.State != c.state || a.Percent != c.percent || a.SubmittedOn.String() != c.submittedOn || v.Timeliness != c.timeliness ||
			a.Version != before.Assignment.Version+1 || a.FirstDue != date("2026-10-30") || a.CompletedAt.IsZero() == (c.state == tasks.StateCompleted) {
			t.Errorf("%s at %s: %+v, %s", c.action, c.at, a, v.Timeliness)
		}
		if len(v.Trail) != len(before.Trail)+1 || v.Trail[0].Action != c.action || !v.Trail[0].At.Equal(r.business.at) || v.Trail[0].Before == "" || v.Trail[0].After == "" {
			t.Errorf("%s at %s: trail %+v", c.action, c.at, v.Trail[0])
		}
		if v.Reports[0].Outcome != c.outcome {
			t.Errorf("%s at %s: newest report %+v", c.action, c.at, v.Reports[0])
		}
	}
	v := r.assignment(id)
	if got := v.Reports[len(v.Reports)-3]; got.Reason != "Thiếu số liệu" || got.DecidedBy != r.secretariat.ID || got.AgencyID != r.stc || got.On != date("2026-11-02") {
		t.Errorf("returned report %+v", got)
	}
	// Those who lead are told of a return and of a reopening, each time anew.
	events := r.notices(tasks.NoticeEvent)
	if len(events) != 4 {
		t.Fatalf("%d events", len(events))
	}
	for _, step := range []tasks.Step{tasks.StepReturn, tasks.StepReopen} {
		for _, agency := range []int64{r.snv, r.stc} {
			if !slices.ContainsFunc(events, func(n tasks.Notice) bool {
				return n.Event == string(step) && n.AgencyID == agency && n.Role == tasks.RoleFocal && n.Subject.ID == id
			}) {
				t.Errorf("agency %d was not told of the %s", agency, step)
			}
		}
	}
}

// do does each step with valid input.
func (r *rig) do(who tasks.Person, id, version int64, step tasks.Step) error {
	ctx := r.t.Context()
	in := tasks.ReportInput{Kind: tasks.ReportProgress, Percent: 10, Text: "Đã làm", Version: version}
	switch step {
	case tasks.StepProgress:
		return r.assignments.Report(ctx, who, id, in)
	case tasks.StepSubmit:
		in.Kind = tasks.ReportSubmission
		return r.assignments.Report(ctx, who, id, in)
	case tasks.StepWithdraw:
		return r.assignments.Withdraw(ctx, who, id, version)
	case tasks.StepConfirm:
		return r.assignments.Confirm(ctx, who, id, version)
	case tasks.StepReturn:
		return r.assignments.Return(ctx, who, id, version, "Thiếu")
	case tasks.StepReopen:
		return r.assignments.Reopen(ctx, who, id, version, "Sai")
	}
	return errors.New("no such step")
}

var steps = []tasks.Step{tasks.StepProgress, tasks.StepSubmit, tasks.StepWithdraw, tasks.StepConfirm, tasks.StepReturn, tasks.StepReopen}

// into brings a new assignment of snv, with stc cooperating, into a state.
func (r *rig) into(state tasks.State) int64 {
	r.t.Helper()
	if !state.Counted() {
		return r.stopped(state)
	}
	_, a := r.issue("1/CT", r.duty(func(in *tasks.DraftInput) { in.Cooperating = leads(r.stc) }))
	ways := map[tasks.State][]tasks.Step{
		tasks.StateInProgress: {tasks.StepProgress}, tasks.StateSubmitted: {tasks.StepSubmit},
		tasks.StateReturned: {tasks.StepSubmit, tasks.StepReturn}, tasks.StateCompleted: {tasks.StepSubmit, tasks.StepConfirm},
	}
	for _, step := range ways[state] {
		who := r.focal
		if step == tasks.StepReturn || step == tasks.StepConfirm {
			who = r.secretariat
		}
		check(r.t, r.do(who, a[0].ID, 0, step))
	}
	if got := r.assignment(a[0].ID).Assignment.State; got != state {
		r.t.Fatalf("state %s, want %s", got, state)
	}
	return a[0].ID
}

func TestWhoMayDoWhatInWhichState(t *testing.T) {
	r := newRig(t)
	stranger := r.person("Khách", focalOf(r.syt))
	off := r.focal
	off.Active = false
	for _, state := range tasks.States {
		id := r.into(state)
		for _, step := range steps {
			_, fits := state.After(step)
			byAgency := step == tasks.StepProgress || step == tasks.StepSubmit || step == tasks.StepWithdraw
			for name, c := range map[string]struct {
				who  tasks.Person
				want tasks.Code
			}{
				"cooperating": {r.other, tasks.CodeForbidden},
				"leader":      {r.leader, tasks.CodeForbidden},
				"stranger":    {stranger, tasks.CodeNotFound},
				"admin":       {r.admin, tasks.CodeNotFound},
				"disabled":    {off, tasks.CodeNotFound},
				"nobody":      {tasks.Person{}, tasks.CodeNotFound},
				"secretariat": {r.secretariat, map[bool]tasks.Code{true: tasks.CodeForbidden}[byAgency]},
				"focal":       {r.focal, map[bool]tasks.Code{false: tasks.CodeForbidden}[byAgency]},
			} {
				if c.want == "" {
					if fits {
						continue
					}
					c.want = tasks.CodeConflict
				}
				if err := r.do(c.who, id, 0, step); tasks.CodeOf(err) != c.want {
					t.Errorf("%s of %s by %s: %v, want %s", step, state, name, err, c.want)
				}
			}
		}
		if got := r.assignment(id).Assignment.State; got != state {
			t.Errorf("a refused step changed %s to %s", state, got)
		}
	}
}

func TestNobodyDecidesHisOwnReport(t *testing.T) {
	r := newRig(t)
	_, a := r.issue("1/CT", r.duty())
	id := a[0].ID
	check(t, r.do(r.both, id, 0, tasks.StepSubmit))
	refused(t, r.do(r.both, id, 0, tasks.StepConfirm), tasks.CodeForbidden, "assignment.own_report")
	refused(t, r.do(r.both, id, 0, tasks.StepReturn), tasks.CodeForbidden, "assignment.own_report")
	if v := must(r.assignments.Get(t.Context(), r.both, id))(t); !v.OwnReport || !v.MayDecide || !v.MayReport || v.Assignment.State != tasks.StateSubmitted {
		t.Errorf("view %+v", v)
	}
	if v := must(r.assignments.Get(t.Context(), r.secretariat, id))(t); v.OwnReport || !v.MayDecide || v.MayReport {
		t.Errorf("view %+v", v)
	}
	check(t, r.do(r.secretariat, id, 0, tasks.StepConfirm))
	refused(t, r.do(r.both, id, 0, tasks.StepReopen), tasks.CodeForbidden, "assignment.own_report")
	check(t, r.do(r.secretariat, id, 0, tasks.StepReopen))
	// He may decide what a colleague of his agency reported, and take back his own.
	check(t, r.do(r.focal, id, 0, tasks.StepSubmit))
	check(t, r.do(r.both, id, 0, tasks.StepReturn))
	check(t, r.do(r.both, id, 0, tasks.StepSubmit))
	check(t, r.do(r.both, id, 0, tasks.StepWithdraw))
}

func TestALostUpdateIsAConflict(t *testing.T) {
	ways := map[tasks.State][]tasks.Step{
		tasks.StateAssigned: {tasks.StepProgress, tasks.StepSubmit}, tasks.StateCompleted: {tasks.StepReopen},
		tasks.StateSubmitted: {tasks.StepWithdraw, tasks.StepConfirm, tasks.StepReturn},
	}
	r := newRig(t)
	for state, possible := range ways {
		id := r.into(state)
		v := r.assignment(id)
		for _, step := range possible {
			who := r.focal
			if step == tasks.StepConfirm || step == tasks.StepReturn || step == tasks.StepReopen {
				who = r.secretariat
			}
			if err := r.do(who, id, v.Assignment.Version+1, step); !errors.Is(err, tasks.ErrConflict) {
				t.Errorf("%s of another version: %v", step, err)
			}
		}
		if after := r.assignment(id); len(after.Reports) != len(v.Reports) || len(after.Trail) != len(v.Trail) {
			t.Errorf("%s: a conflict left something", state)
		}
	}
	// Two at once with the version that both saw: one wins.
	id := r.into(tasks.StateSubmitted)
	version := r.assignment(id).Assignment.Version
	errs := make(chan error)
	go func() { errs <- r.assignments.Confirm(context.Background(), r.secretariat, id, version) }()
	go func() { errs <- r.assignments.Return(context.Background(), r.colleague, id, version, "Thiếu") }()
	a, b := <-errs, <-errs
	if (a == nil) == (b == nil) || !errors.Is(errors.Join(a, b), tasks.ErrConflict) {
		t.Errorf("both at once: %v, %v", a, b)
	}
}

// brokenAssignments fails where the audit row of a step is written, or the notice behind it.
type brokenAssignments struct {
	tasks.AssignmentStore
	notices bool
}

func (s brokenAssignments) Update(ctx context.Context, fn func(tasks.AssignmentTx) error) error {
	return s.AssignmentStore.Update(ctx, func(tx tasks.AssignmentTx) error { return fn(brokenTx{tx, s.notices}) })
}

type brokenTx struct {
	tasks.AssignmentTx
	notices bool
}

func (tx brokenTx) Audit(e tasks.AuditEntry) (int64, error) {
	if tx.notices {
		return tx.AssignmentTx.Audit(e)
	}
	return 0, errBroken
}

func (tx brokenTx) AddNotice(tasks.Notice) error { return errBroken }

func TestAChangeWithoutItsAuditRowIsNone(t *testing.T) {
	for state, possible := range map[tasks.State][]tasks.Step{
		tasks.StateInProgress: {tasks.StepProgress, tasks.StepSubmit}, tasks.StateSubmitted: {tasks.StepWithdraw, tasks.StepConfirm, tasks.StepReturn},
		tasks.StateCompleted: {tasks.StepReopen},
	} {
		for _, step := range possible {
			r := newRig(t)
			id := r.into(state)
			before := r.assignment(id)
			whole := r.assignments.Store
			for _, notices := range []bool{false, true} {
				if told := step == tasks.StepReturn || step == tasks.StepReopen; notices && !told {
					continue
				}
				r.assignments.Store = brokenAssignments{whole, notices}
				if err := r.do(map[bool]tasks.Person{true: r.focal, false: r.secretariat}[step == tasks.StepProgress || step == tasks.StepSubmit || step == tasks.StepWithdraw], id, 0, step); !errors.Is(err, errBroken) {
					t.Errorf("%s: %v", step, err)
				}
				r.assignments.Store = whole
				after := r.assignment(id)
				if after.Assignment.Version != before.Assignment.Version || len(after.Reports) != len(before.Reports) ||
					len(after.Reports) > 0 && after.Reports[0].Outcome != before.Reports[0].Outcome || len(after.Trail) != len(before.Trail) {
					t.Errorf("%s left half of itself", step)
				}
			}
		}
	}
}
