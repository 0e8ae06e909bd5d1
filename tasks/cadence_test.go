package tasks_test

import (
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// notes are a duty's cadence notes as "due", or "due<answered on".
func (r *rig) notes(id int64) []string {
	r.t.Helper()
	var out []string
	for _, n := range r.assignment(id).Notes {
		s := n.Due.String()
		if n.ReportID != 0 {
			s += "<" + n.AnsweredOn.String()
		}
		out = append(out, s)
	}
	return out
}

func TestCadenceNotesAreAnswered(t *testing.T) {
	// Issued on 5 October 2026, reports on the 20th of each month: the first note is of 20 October.
	for name, c := range map[string]struct {
		moves string // "date" runs the daily job, "date!" reports
		want  string
	}{
		"nothing":                    {"2026-10-20", "2026-10-20"},
		"early":                      {"2026-10-06!", "2026-10-20<2026-10-06 2026-11-20"},
		"on the day":                 {"2026-10-20!", "2026-10-20<2026-10-20 2026-11-20"},
		"twice in a period":          {"2026-10-06! 2026-10-20!", "2026-10-20<2026-10-06 2026-11-20"},
		"in each period":             {"2026-10-20! 2026-10-21! 2026-11-21!", "2026-10-20<2026-10-20 2026-11-20<2026-10-21 2026-12-20<2026-11-21 2027-01-20"},
		"missed":                     {"2026-10-21", "2026-10-20 2026-11-20"},
		"late, also since that date": {"2026-10-21 2026-10-22!", "2026-10-20<2026-10-22 2026-11-20<2026-10-22 2026-12-20"},
		"late before the job ran":    {"2026-10-22!", "2026-10-20<2026-10-22 2026-11-20<2026-10-22 2026-12-20"},
		"the program was off":        {"2027-01-05", "2026-10-20 2026-11-20 2026-12-20 2027-01-20"},
		"off, then a report":         {"2027-01-05!", "2026-10-20<2027-01-05 2026-11-20<2027-01-05 2026-12-20<2027-01-05 2027-01-20<2027-01-05 2027-02-20"},
		"the job twice a day":        {"2026-10-21 2026-10-21", "2026-10-20 2026-11-20"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			_, a := r.issue("1/CT", r.duty(func(in *tasks.DraftInput) { in.Deadline, in.Cadence = calendar.Date{}, "FREQ=MONTHLY;BYMONTHDAY=20" }))
			for _, move := range strings.Fields(c.moves) {
				day, report := strings.CutSuffix(move, "!")
				r.at(day + " 09:00")
				if report {
					r.report(r.focal, a[0].ID, tasks.ReportProgress, 20)
					continue
				}
				before := len(r.notes(a[0].ID))
				written := must(r.assignments.ExtendCadences(t.Context()))(t)
				if after := len(r.notes(a[0].ID)); written != after-before {
					t.Errorf("says it wrote %d notes, %d became %d", written, before, after)
				}
			}
			if got := strings.Join(r.notes(a[0].ID), " "); got != c.want {
				t.Errorf("notes %s, want %s", got, c.want)
			}
		})
	}
}

func TestCadenceEndsWithTheDutyAndBeginsAgain(t *testing.T) {
	r := newRig(t)
	_, a := r.issue("1/CT", r.duty(func(in *tasks.DraftInput) { in.Deadline, in.Cadence = calendar.Date{}, "FREQ=MONTHLY;BYMONTHDAY=20" }))
	id := a[0].ID
	step := func(at string, who tasks.Person, s tasks.Step, want ...string) {
		t.Helper()
		r.at(at + " 09:00")
		check(t, r.do(who, id, 0, s))
		must(r.assignments.ExtendCadences(t.Context()))(t)
		if got := r.notes(id); !slices.Equal(got, want) {
			t.Errorf("after %s: %v, want %v", s, got, want)
		}
	}
	step("2026-10-19", r.focal, tasks.StepSubmit, "2026-10-20<2026-10-19", "2026-11-20")
	step("2026-10-22", r.secretariat, tasks.StepConfirm, "2026-10-20<2026-10-19")
	r.at("2027-02-01 09:00")
	if n := must(r.assignments.ExtendCadences(t.Context()))(t); n != 0 {
		t.Errorf("%d notes for a completed duty", n)
	}
	step("2027-02-02", r.secretariat, tasks.StepReopen, "2026-10-20<2026-10-19", "2027-02-20")
	if n, ok := tasks.MissedCadence(r.assignment(id).Notes, date("2027-02-20")); ok {
		t.Errorf("missed on its day: %+v", n)
	}
	if n, ok := tasks.MissedCadence(r.assignment(id).Notes, date("2027-02-21")); !ok || n.Due != date("2027-02-20") {
		t.Errorf("missed %+v %v", n, ok)
	}
}

func TestACadenceThatIsOverWritesNoMore(t *testing.T) {
	r := newRig(t)
	_, a := r.issue("1/CT", r.duty(func(in *tasks.DraftInput) {
		in.Deadline, in.Cadence = calendar.Date{}, "FREQ=MONTHLY;BYMONTHDAY=20;UNTIL=20261031"
	}))
	r.at("2026-10-21 09:00")
	if n := must(r.assignments.ExtendCadences(t.Context()))(t); n != 0 {
		t.Errorf("wrote %d", n)
	}
	r.report(r.focal, a[0].ID, tasks.ReportProgress, 50)
	if got := r.notes(a[0].ID); !slices.Equal(got, []string{"2026-10-20<2026-10-21"}) {
		t.Errorf("notes %v", got)
	}
}
