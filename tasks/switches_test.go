package tasks_test

import (
	"slices"
	"testing"

	"tiendo/tasks"
)

// TestSetMailSwitches changes what the actor chooses about his own mails and nothing else, and writes down that it was changed.
func TestSetMailSwitches(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	for _, hour := range []int{-1, 1, 6, 18, 24} {
		_, err := r.accounts.SetMailSwitches(ctx, r.focal, tasks.MailSwitches{RemindAt: hour})
		refused(t, err, tasks.CodeInvalid, "")
	}
	about := tasks.Subject{Kind: tasks.SubjectPerson, ID: r.focal.ID}
	before := must(r.accounts.Person(ctx, r.admin, r.focal.ID))(t)
	trail := len(r.trail(about))

	want := tasks.MailSwitches{RemindAt: 17, NoRollUps: true}
	p := must(r.accounts.SetMailSwitches(ctx, r.focal, want))(t)
	stored := must(r.accounts.Person(ctx, r.admin, r.focal.ID))(t)
	if p.MailSwitches() != want || stored.MailSwitches() != want || stored.Version != p.Version {
		t.Errorf("answered %+v, stored %+v", p, stored)
	}
	if stored.Epoch != before.Epoch || stored.Language != before.Language || !slices.Equal(stored.Grants, before.Grants) {
		t.Errorf("more than the switches has changed: %+v, was %+v", stored, before)
	}
	if got := r.trail(about); len(got) != trail+1 || !slices.Contains(got, "person.mail_switches") {
		t.Errorf("trail %q", got)
	}
	// The same again is no change.
	if p := must(r.accounts.SetMailSwitches(ctx, r.focal, want))(t); p.Version != stored.Version || len(r.trail(about)) != trail+1 {
		t.Errorf("the same again: %+v, trail %q", p, r.trail(about))
	}
	// Whoever mends his name leaves them as they are: they are his own to choose.
	stored.Name, stored.RemindAt, stored.NoRollUps = "Tên Mới", 0, false
	if p := must(r.accounts.SavePerson(ctx, r.admin, stored))(t); p.MailSwitches() != want {
		t.Errorf("saved %+v", p)
	}
	if p := must(r.accounts.SetLanguage(ctx, r.focal, "en"))(t); p.MailSwitches() != want {
		t.Errorf("another language: %+v", p)
	}
	if p := must(r.accounts.SetMailSwitches(ctx, r.focal, tasks.MailSwitches{}))(t); p.MailSwitches() != (tasks.MailSwitches{}) {
		t.Errorf("back to what is usual: %+v", p)
	}
	_, err := r.accounts.SetMailSwitches(ctx, tasks.Person{ID: 4711, Active: true}, want)
	refused(t, err, tasks.CodeNotFound, "")
}
