package tasks_test

import (
	"slices"
	"testing"

	"tiendo/tasks"
)

// Many duties at once: what can be done is done, the others are left and named.
func TestAYearEndsForMany(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	duties := make([]tasks.DraftInput, 6)
	for i := range duties {
		duties[i] = r.duty()
	}
	id, issued := r.issue("1/CT", duties...)
	far, sent, done, own, plain, changed := issued[0], issued[1], issued[2], issued[3], issued[4], issued[5]
	r.at("2026-10-20 08:00")
	r.report(r.focal, done.ID, tasks.ReportSubmission, 100)
	check(t, r.assignments.Confirm(ctx, r.secretariat, done.ID, 0))
	r.report(r.focal, sent.ID, tasks.ReportSubmission, 100)
	r.report(r.both, own.ID, tasks.ReportProgress, 30)
	r.at("2026-12-28 08:00")
	check(t, second2(r.assignments.EndYear(ctx, r.secretariat, id, ending(tasks.YearEndRow{AssignmentID: far.ID, Choice: tasks.YearEndCarry, Due: date("2027-12-31")}))))

	carry := func(ids ...int64) (rows []tasks.YearEndRow) {
		for _, id := range ids {
			rows = append(rows, tasks.YearEndRow{AssignmentID: id, Choice: tasks.YearEndCarry})
		}
		return rows
	}
	all := ending(carry(far.ID, sent.ID, done.ID, own.ID, plain.ID, changed.ID, plain.ID, 9999)...)
	all.Rows[5].Version = 99
	all.Due = date("2027-06-30")
	end := func(who tasks.Person, change func(*tasks.YearEndInput)) error {
		in := all
		change(&in)
		_, err := r.assignments.EndYearOfMany(ctx, who, id, in)
		return err
	}
	for name, c := range map[string]struct {
		err  error
		code tasks.Code
		key  string
	}{
		"nothing":         {end(r.secretariat, func(in *tasks.YearEndInput) { in.Rows = nil }), tasks.CodeInvalid, "year_end.nothing"},
		"no common day":   {end(r.secretariat, func(in *tasks.YearEndInput) { in.Due = tasks.DraftInput{}.Deadline }), tasks.CodeInvalid, "field.required"},
		"a day gone by":   {end(r.secretariat, func(in *tasks.YearEndInput) { in.Due = date("2026-12-28") }), tasks.CodeInvalid, "year_end.past"},
		"a mistyped year": {end(r.secretariat, func(in *tasks.YearEndInput) { in.Due = date("2062-06-30") }), tasks.CodeInvalid, "extension.too_far"},
		"no reason":       {end(r.secretariat, func(in *tasks.YearEndInput) { in.Reason = "" }), tasks.CodeInvalid, "field.required"},
		"nobody's word":   {end(r.secretariat, func(in *tasks.YearEndInput) { in.Authority = "" }), tasks.CodeInvalid, "pause.authority_required"},
		"by the lead":     {end(r.focal, func(*tasks.YearEndInput) {}), tasks.CodeForbidden, "error.forbidden"},
		"by a stranger":   {end(r.other, func(*tasks.YearEndInput) {}), tasks.CodeNotFound, ""},
	} {
		t.Run(name, func(t *testing.T) { refused(t, c.err, c.code, c.key) })
	}
	out := must(r.assignments.EndYearOfMany(ctx, r.both, id, all))(t)
	if out.Carried != 1 || out.Closed != 0 || out.Rest != 0 {
		t.Errorf("%+v", out)
	}
	why := make(map[int64]error)
	for _, l := range out.Left {
		why[l.AssignmentID] = l.Err
	}
	for id, want := range map[int64]struct {
		code tasks.Code
		key  string
	}{
		far.ID: {tasks.CodeInvalid, "extension.not_later"}, sent.ID: {tasks.CodeInvalid, "year_end.waits"}, done.ID: {tasks.CodeInvalid, "year_end.ended"},
		own.ID: {tasks.CodeForbidden, "pause.own"}, changed.ID: {tasks.CodeConflict, "error.conflict"}, plain.ID: {tasks.CodeNotFound, ""}, 9999: {tasks.CodeNotFound, ""},
	} {
		refused(t, why[id], want.code, want.key)
	}
	a := r.assignment(plain.ID).Assignment
	if a.Due != date("2027-06-30") || a.FirstDue != date("2026-10-30") || a.DueVersion != 2 {
		t.Errorf("carried over: %+v", a)
	}
	got := r.trail(tasks.Subject{Kind: tasks.SubjectAssignment, ID: plain.ID})
	if n := len(slices.DeleteFunc(got, func(s string) bool { return s != "assignment.carry" })); n != 1 {
		t.Errorf("carried over %d times", n)
	}
}

func second2[A, B any](_ A, _ B, err error) error { return err }

// More duties than a transaction takes, and than a call: each once, the rest is said.
func TestAYearEndsInBatches(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	drafts := make([]tasks.DraftInput, 3)
	for i := range drafts {
		drafts[i] = r.duty()
	}
	id, issued := r.issue("1/CT", drafts...)
	in := ending()
	in.Due = date("2027-06-30")
	r.at("2026-12-28 08:00")
	for range 150 {
		for _, a := range issued {
			in.Rows = append(in.Rows, tasks.YearEndRow{AssignmentID: a.ID, Choice: tasks.YearEndClose})
		}
	}
	out := must(r.assignments.EndYearOfMany(ctx, r.secretariat, id, in))(t)
	if out.Closed != 3 || len(out.Left) != 447 || out.Rest != 0 {
		t.Errorf("closed %d, left %d, rest %d", out.Closed, len(out.Left), out.Rest)
	}
	for _, a := range issued {
		if s := r.assignment(a.ID).Assignment.State; s != tasks.StateCancelled {
			t.Errorf("duty %d is %s", a.ID, s)
		}
	}
	for range 600 {
		in.Rows = append(in.Rows, in.Rows[:3]...)
	}
	out = must(r.assignments.EndYearOfMany(ctx, r.secretariat, id, in))(t)
	if len(out.Left) != tasks.MaxYearEnd || out.Rest != len(in.Rows)-tasks.MaxYearEnd {
		t.Errorf("left %d, rest %d of %d", len(out.Left), out.Rest, len(in.Rows))
	}
}

// Two at once: each duty is ended once, whoever comes first.
func TestTwoEndAYearAtOnce(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	drafts := make([]tasks.DraftInput, 20)
	for i := range drafts {
		drafts[i] = r.duty()
	}
	id, issued := r.issue("1/CT", drafts...)
	r.at("2026-12-28 08:00")
	in := ending()
	for _, a := range issued {
		in.Rows = append(in.Rows, tasks.YearEndRow{AssignmentID: a.ID, Version: a.Version, Choice: tasks.YearEndClose})
	}
	backwards := in
	backwards.Rows = slices.Clone(in.Rows)
	slices.Reverse(backwards.Rows)
	type result struct {
		out tasks.YearEndOutcome
		err error
	}
	results := make(chan result)
	for _, each := range []tasks.YearEndInput{in, backwards} {
		go func() {
			out, err := r.assignments.EndYearOfMany(ctx, r.secretariat, id, each)
			results <- result{out, err}
		}()
	}
	closed, left := 0, 0
	for range 2 {
		got := <-results
		check(t, got.err)
		closed, left = closed+got.out.Closed, left+len(got.out.Left)
	}
	if closed != 20 || left != 20 {
		t.Errorf("closed %d, left %d", closed, left)
	}
	for _, a := range issued {
		trail := r.trail(tasks.Subject{Kind: tasks.SubjectAssignment, ID: a.ID})
		if n := len(slices.DeleteFunc(trail, func(s string) bool { return s != "assignment.close" })); n != 1 {
			t.Errorf("duty %d was closed %d times", a.ID, n)
		}
	}
}
