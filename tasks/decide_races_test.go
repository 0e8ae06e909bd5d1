package tasks_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"tiendo/tasks"
)

// Who decides on a duty and who does something to its whole document at the same moment do not get into each other's way: each is done, or
// refused for what the other has done. Nobody is told that somebody else has changed what he never saw.
func TestDecisionsBesideTheirDocument(t *testing.T) {
	const rounds = 25
	replaced := func(number, later string) func(*rig) (tasks.Assignment, func(context.Context) error) {
		return func(r *rig) (tasks.Assignment, func(context.Context) error) {
			_, issued := r.issue(number, r.words(surveyText, "2026-10-30", r.snv), r.words(budgetText, "2026-11-15", r.stc), r.words(trainText, "2026-11-15", r.stc))
			r.ask(r.focal, issued[0].ID, "2026-11-20")
			id := r.revising(later, number, tasks.RevisionReplaces, r.words(surveyText, "", r.snv), r.words(trainText, "", r.stc))
			return issued[0], func(ctx context.Context) error { return r.documents.Issue(ctx, r.secretariat, id, 0) }
		}
	}
	for _, test := range []struct {
		name string
		// make answers an assignment, and what is done to its document.
		make   func(number, later string) func(r *rig) (tasks.Assignment, func(context.Context) error)
		decide func(ctx context.Context, r *rig, a tasks.Assignment) error
		one    bool // of the two is refused
	}{
		{"hold or recall", func(number, _ string) func(*rig) (tasks.Assignment, func(context.Context) error) {
			return func(r *rig) (tasks.Assignment, func(context.Context) error) {
				id, issued := r.issue(number, r.duty(), r.duty())
				return issued[0], func(ctx context.Context) error { return r.documents.Recall(ctx, r.secretariat, id, 0) }
			}
		}, func(ctx context.Context, r *rig, a tasks.Assignment) error {
			return r.assignments.Hold(ctx, r.colleague, a.ID, why("Chờ hướng dẫn"))
		}, true},
		{"reassign or recall", func(number, _ string) func(*rig) (tasks.Assignment, func(context.Context) error) {
			return func(r *rig) (tasks.Assignment, func(context.Context) error) {
				id, issued := r.issue(number, r.duty(), r.duty())
				return issued[0], func(ctx context.Context) error { return r.documents.Recall(ctx, r.secretariat, id, 0) }
			}
		}, func(ctx context.Context, r *rig, a tasks.Assignment) error {
			return r.assignments.Reassign(ctx, r.colleague, a.ID, tasks.ReassignInput{
				Leads: []int64{r.stc}, Reason: "Đúng chức năng", Document: "12/TB-VP", Authority: "Chủ tịch UBND tỉnh",
			})
		}, true},
		{"grant and replace", replaced, func(ctx context.Context, r *rig, a tasks.Assignment) error {
			return r.assignments.DecideExtension(ctx, r.leader, a.ID, tasks.ExtensionDecision{Grant: true, Due: date("2026-11-20")})
		}, false},
		{"hold and replace", replaced, func(ctx context.Context, r *rig, a tasks.Assignment) error {
			return r.assignments.Hold(ctx, r.colleague, a.ID, why("Chờ hướng dẫn"))
		}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newRig(t)
			first := 0
			for round := range rounds {
				a, other := test.make(fmt.Sprintf("%d/CT", round), fmt.Sprintf("%d/QĐ", round))(r)
				errs := atOnce(func(ctx context.Context) error { return test.decide(ctx, r, a) }, other)
				for _, err := range errs {
					if errors.Is(err, tasks.ErrConflict) || tasks.CodeOf(err) == tasks.CodeInternal || !test.one && err != nil {
						t.Fatalf("round %d: %v, %v", round, errs[0], errs[1])
					}
				}
				if test.one && (errs[0] == nil) == (errs[1] == nil) {
					t.Fatalf("round %d: %v, %v; want one of them refused", round, errs[0], errs[1])
				}
				if errs[0] == nil {
					first++
				}
			}
			t.Logf("decided in %d rounds of %d", first, rounds)
		})
	}
}
