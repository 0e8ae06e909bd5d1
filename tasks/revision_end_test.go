package tasks_test

import (
	"slices"
	"testing"

	"tiendo/store"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// periodic is the survey as a duty that is reported on by the rule.
func (r *rig) periodic(rule string) tasks.DraftInput {
	return r.duty(func(in *tasks.DraftInput) { in.Text, in.Deadline, in.Cadence = surveyText, calendar.Date{}, rule })
}

// A submission that nobody can decide on any more waits for nobody.
func TestWhatHasEndedDoesNotWait(t *testing.T) {
	r := newRig(t)
	_, a := r.issue("1/CT", r.words(surveyText, "2026-10-30", r.snv))
	r.ask(r.focal, a[0].ID, "2026-11-20")
	r.report(r.focal, a[0].ID, tasks.ReportSubmission, 100)
	if _, waits := r.assignment(a[0].ID).Waiting(); !waits {
		t.Fatal("what was submitted waits")
	}
	if v := r.deadline(a[0].ID); !v.MayDecide {
		t.Fatal("the request waits")
	}
	r.issueDraft(r.revising("2/CT", "1/CT", tasks.RevisionRepeals))
	if _, waits := r.assignment(a[0].ID).Waiting(); waits {
		t.Error("the submission of a duty that has ended waits")
	}
	refused(t, r.assignments.Confirm(t.Context(), r.secretariat, a[0].ID, 0), tasks.CodeConflict, "")
	v := must(r.assignments.Deadline(t.Context(), r.focal, a[0].ID))(t)
	if _, waits := v.Waiting(); waits || v.MayWithdraw || v.MayDecide {
		t.Errorf("the request of a duty that has ended waits: %+v", v)
	}
}

// A duty that has no deadline any more has none to extend: the request is closed, not left to wait for ever.
func TestARequestEndsWithItsDeadline(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	_, a := r.issue("1/CT", r.words(surveyText, "2026-10-30", r.snv))
	r.ask(r.focal, a[0].ID, "2026-11-20")
	r.issueDraft(r.revising("2/CT", "1/CT", tasks.RevisionAmends, r.periodic("FREQ=MONTHLY;BYMONTHDAY=19")))
	v := r.deadline(a[0].ID)
	x := v.Extensions[0]
	if v.Assignment.Cadence == "" || x.Outcome != tasks.ExtensionLapsed || x.DecidedBy != r.secretariat.ID || x.Decision != "2/CT" || !x.DecidedAt.Equal(r.business.at) {
		t.Errorf("%+v of %+v", x, v.Assignment)
	}
	if list, _, err := r.assignments.WaitingExtensions(ctx, r.secretariat, 0, 10); err != nil || len(list) != 0 {
		t.Errorf("waiting %+v, %v", list, err)
	}
	trail := r.trail(tasks.Subject{Kind: tasks.SubjectAssignment, ID: a[0].ID})
	if !slices.Contains(trail, "assignment.extension_lapsed") {
		t.Errorf("trail %v", trail)
	}
	if e := r.assignment(a[0].ID).Trail; !slices.ContainsFunc(e, func(e tasks.AuditEntry) bool {
		return e.Action == "assignment.extension_lapsed" && e.ActorID == r.secretariat.ID && e.After != ""
	}) {
		t.Errorf("trail %+v", e)
	}
}

// A request on a duty without a deadline, however it came about, can be taken back.
func TestARequestWithoutADeadlineIsWithdrawn(t *testing.T) {
	r := newRig(t)
	_, issued := r.issue("1/CT", r.words(surveyText, "2026-10-30", r.snv))
	id := issued[0].ID
	r.ask(r.focal, id, "2026-11-20")
	check(t, r.db.Update(t.Context(), func(tx *store.Tx) error {
		a, err := tx.Assignment(id)
		if err != nil {
			return err
		}
		a.Due, a.Cadence = calendar.Date{}, "FREQ=MONTHLY;BYMONTHDAY=19"
		return tx.MoveAssignment(a)
	}))
	if v := must(r.assignments.Deadline(t.Context(), r.focal, id))(t); !v.MayWithdraw || v.MayAsk || v.MayDecide {
		t.Errorf("offered %+v", v)
	}
	check(t, r.assignments.WithdrawExtension(t.Context(), r.focal, id, 0))
	if x := r.deadline(id).Extensions[0]; x.Outcome != tasks.ExtensionWithdrawn {
		t.Errorf("%+v", x)
	}
}

// What was still to be told of a report that is no longer expected is not.
func TestRemindersEndWithTheDuty(t *testing.T) {
	r := newRig(t)
	_, a := r.issue("1/CT", r.periodic("FREQ=MONTHLY;BYMONTHDAY=19"))
	notes := r.assignment(a[0].ID).Notes
	if len(notes) != 1 {
		t.Fatalf("notes %+v", notes)
	}
	check(t, r.db.Update(t.Context(), func(tx *store.Tx) error {
		return tx.AddNotice(tasks.Notice{
			Kind: tasks.NoticeReminder, Subject: tasks.Subject{Kind: tasks.SubjectCadence, ID: notes[0].ID}, AgencyID: r.snv, Role: tasks.RoleFocal,
			Occurrence: "-5", Day: date("2026-10-12"), At: r.business.at,
		})
	}))
	if n := r.notices(tasks.NoticeReminder); len(n) != 1 {
		t.Fatalf("reminders %+v", n)
	}
	r.issueDraft(r.revising("2/CT", "1/CT", tasks.RevisionRepeals))
	if n := r.notices(tasks.NoticeReminder); len(n) != 0 {
		t.Errorf("reminders %+v", n)
	}
}
