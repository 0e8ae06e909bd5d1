package tasks_test

import (
	"strings"
	"testing"

	"tiendo/tasks"
)

func (r *rig) reminders() *tasks.Reminders {
	return &tasks.Reminders{Store: r.db.Reminders(), Rules: r.rules, Default: tasks.DefaultLadder(), Now: r.business.now}
}

var province = tasks.Subject{Kind: tasks.SubjectProvince}

// A ladder is set, replaced and taken away for the province, a document and a duty; each holds below where it was set.
func TestLaddersAreSet(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	s := r.reminders()
	id, a := r.issue("1/CT", r.duty(), r.duty())
	document, duty := tasks.Subject{Kind: tasks.SubjectDocument, ID: id}, tasks.Subject{Kind: tasks.SubjectTask, ID: a[0].TaskID}
	in := func(head string, version int64) tasks.LadderInput {
		l := tasks.DefaultLadder().Input()
		l.Head, l.Version = head, version
		return l
	}
	heads := func() (of [3]int) {
		for i, subject := range []tasks.Subject{province, document, duty} {
			of[i] = must(s.Get(ctx, r.secretariat, subject))(t).Holds.Head
		}
		return of
	}
	if got := heads(); got != [3]int{3, 3, 3} {
		t.Errorf("the settings' ladder: %v", got)
	}
	check(t, s.Set(ctx, r.admin, province, in("4", 0)))
	if got := heads(); got != [3]int{4, 4, 4} {
		t.Errorf("the province's ladder: %v", got)
	}
	check(t, s.Set(ctx, r.secretariat, document, in("5", 0)))
	check(t, s.Set(ctx, r.secretariat, duty, in("6", 0)))
	if got := heads(); got != [3]int{4, 5, 6} {
		t.Errorf("own ladders: %v", got)
	}
	refused(t, s.Set(ctx, r.colleague, duty, in("7", 0)), tasks.CodeConflict, "")
	r.at("2026-10-07 09:00")
	check(t, s.Set(ctx, r.colleague, duty, tasks.LadderInput{Version: 1}))
	v := must(s.Get(ctx, r.secretariat, duty))(t)
	if v.Holds.Head != 5 || v.Holds.SetOn != date("2026-10-07") || v.Own.Ladder != nil || v.Own.Version != 2 || v.Due != a[0].Due || v.SetOn != a[0].DueSetOn {
		t.Errorf("taken away: %+v", v)
	}
	check(t, s.Set(ctx, r.secretariat, document, in("5", 1))) // as it was: nothing happens
	if v := must(s.Get(ctx, r.secretariat, document))(t); v.Own.Version != 1 {
		t.Errorf("saved without a change: version %d", v.Own.Version)
	}
	refused(t, s.Set(ctx, r.secretariat, province, in("x", 1)), tasks.CodeInvalid, "")

	for subject, want := range map[tasks.Subject]int{province: 1, document: 1, {Kind: tasks.SubjectAssignment, ID: a[0].ID}: 2, {Kind: tasks.SubjectAssignment, ID: a[1].ID}: 0} {
		actions := r.trail(subject)
		n := 0
		for _, action := range actions {
			if strings.HasSuffix(action, "reminders_set") || action == "reminders.set" {
				n++
			}
		}
		if n != want {
			t.Errorf("%s %d: the trail %q", subject.Kind, subject.ID, actions)
		}
	}
	// It changes no version of the assignment: nobody is kept from what he is typing.
	if now := must(r.assignments.Get(ctx, r.secretariat, a[0].ID))(t).Assignment; now.Version != a[0].Version {
		t.Errorf("version %d after %d", now.Version, a[0].Version)
	}
}

func TestWhoSetsLadders(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	s := r.reminders()
	id, a := r.issue("1/CT", r.duty())
	document, duty := tasks.Subject{Kind: tasks.SubjectDocument, ID: id}, tasks.Subject{Kind: tasks.SubjectTask, ID: a[0].TaskID}
	no, unknown, yes := tasks.CodeForbidden, tasks.CodeNotFound, tasks.Code("")
	for _, tt := range []struct {
		who                      tasks.Person
		province, document, duty tasks.Code
	}{
		{r.secretariat, yes, yes, yes}, {r.admin, yes, unknown, unknown}, {r.leader, no, no, no}, {r.focal, no, no, no}, {r.head, no, no, no}, {r.other, no, unknown, unknown},
	} {
		for subject, want := range map[tasks.Subject]tasks.Code{province: tt.province, document: tt.document, duty: tt.duty} {
			_, err := s.Get(ctx, tt.who, subject)
			set := s.Set(ctx, tt.who, subject, tasks.LadderInput{})
			if want == yes {
				check(t, err)
				check(t, set)
				continue
			}
			refused(t, err, want, "")
			refused(t, set, want, "")
		}
	}
	_, err := s.Get(ctx, r.secretariat, tasks.Subject{Kind: tasks.SubjectTask, ID: 999})
	refused(t, err, tasks.CodeNotFound, "")
}
