package tasks_test

import (
	"slices"
	"testing"

	"tiendo/tasks"
)

// TestSetLanguage changes the actor's own language and nothing else, and writes down that it was changed.
func TestSetLanguage(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	for _, lang := range []string{"", "fr", "EN", "vi-VN"} {
		_, err := r.accounts.SetLanguage(ctx, r.focal, lang)
		refused(t, err, tasks.CodeInvalid, "")
	}
	about := tasks.Subject{Kind: tasks.SubjectPerson, ID: r.focal.ID}
	before := must(r.accounts.Person(ctx, r.admin, r.focal.ID))(t)
	trail := len(r.trail(about))

	p := must(r.accounts.SetLanguage(ctx, r.focal, "en"))(t)
	stored := must(r.accounts.Person(ctx, r.admin, r.focal.ID))(t)
	if p.Language != "en" || stored.Language != "en" || stored.Version != p.Version {
		t.Errorf("answered %+v, stored %+v", p, stored)
	}
	if stored.Epoch != before.Epoch || stored.Email != before.Email || !slices.Equal(stored.Grants, before.Grants) {
		t.Errorf("more than the language has changed: %+v, was %+v", stored, before)
	}
	if got := r.trail(about); len(got) != trail+1 || !slices.Contains(got, "person.language") {
		t.Errorf("trail %q", got)
	}
	// The same again is no change.
	if p := must(r.accounts.SetLanguage(ctx, r.focal, "en"))(t); p.Version != stored.Version || len(r.trail(about)) != trail+1 {
		t.Errorf("the same language again: %+v, trail %q", p, r.trail(about))
	}
	// Whoever edits the person meanwhile is told, and does not set the language back.
	before.Position = "Trưởng phòng"
	_, err := r.accounts.SavePerson(ctx, r.admin, before)
	refused(t, err, tasks.CodeConflict, "")
	_, err = r.accounts.SetLanguage(ctx, tasks.Person{ID: 4711, Active: true}, "en")
	refused(t, err, tasks.CodeNotFound, "")
}
