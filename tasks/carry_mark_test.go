package tasks_test

import (
	"strings"
	"testing"

	"tiendo/tasks"
)

// A duty that a new document carries on needs a confirmation, or none, as the review of the new document says; the history tells of the change.
func TestARevisionSaysAnewWhetherADutyIsConfirmed(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	waived := func(in *tasks.DraftInput) { in.Unconfirmed = true }
	survey, train := r.words(surveyText, "2026-10-30", r.snv), r.words(trainText, "2026-11-20", r.snv)
	waived(&survey)
	_, a := r.issue("1/CT", survey, train)
	if a[0].UnconfirmedBy == 0 || a[1].UnconfirmedBy != 0 {
		t.Fatalf("issued %+v", a)
	}
	survey, train = r.words(surveyText, "2026-11-10", r.snv), r.words(trainText, "2026-12-01", r.snv)
	waived(&train)
	id := r.revises(tasks.RevisionReplaces, survey, train)
	check(t, r.documents.Issue(ctx, r.secretariat, id, 0))
	for i, want := range []bool{false, true} {
		v := r.assignment(a[i].ID)
		if got := v.Assignment.UnconfirmedBy != 0; got != want || v.Assignment.DocumentID != id {
			t.Errorf("assignment %d of document %d needs no confirmation: %v", i, v.Assignment.DocumentID, got)
		}
		if e := v.Trail[0]; e.Action != "assignment.carried_on" || !strings.Contains(e.Before, `"unconfirmed"`) || !strings.Contains(e.After, `"unconfirmed"`) {
			t.Errorf("its history ends with %+v", e)
		}
	}
	for i, want := range []tasks.State{tasks.StateSubmitted, tasks.StateCompleted} {
		r.submit(r.focal, a[i].ID)
		if got := r.assignment(a[i].ID).Assignment.State; got != want {
			t.Errorf("assignment %d is %s, want %s", i, got, want)
		}
	}
}

// A duty that goes on in the next year is the same duty of the same document: what was said of its confirmation stands.
func TestAtTheEndOfAYearADutyKeepsHowItIsConfirmed(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	id, a := r.issue("1/CT", r.duty(func(in *tasks.DraftInput) { in.Unconfirmed = true }))
	r.at("2026-12-28 08:00")
	_, _, err := r.assignments.EndYear(ctx, r.secretariat, id, tasks.YearEndInput{
		Rows: []tasks.YearEndRow{{AssignmentID: a[0].ID, Choice: tasks.YearEndCarry, Due: date("2027-03-31")}}, Reason: "Chưa xong", Authority: "Chủ tịch",
	})
	check(t, err)
	r.submit(r.focal, a[0].ID)
	if b := r.assignment(a[0].ID).Assignment; b.UnconfirmedBy != a[0].UnconfirmedBy || b.State != tasks.StateCompleted {
		t.Errorf("carried over as %+v", b)
	}
}
