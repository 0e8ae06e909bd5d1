package tasks_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"tiendo/tasks"
)

// atOnce runs things at the same moment and answers how each ended.
func atOnce(things ...func(ctx context.Context) error) []error {
	errs := make([]error, len(things))
	start := make(chan struct{})
	var wg sync.WaitGroup
	for i, do := range things {
		wg.Go(func() { <-start; errs[i] = do(context.Background()) })
	}
	close(start)
	wg.Wait()
	return errs
}

// Two admins who take each other's office away at the same moment leave one of them.
func TestAnAdminStaysWhateverHappensAtOnce(t *testing.T) {
	r := newRig(t)
	for round := range 10 {
		a, b := r.admin, r.person("Phó"+string(rune('a'+round)), tasks.Grant{Role: tasks.RoleAdmin})
		demote := func(actor, p tasks.Person) func(context.Context) error {
			return func(ctx context.Context) error {
				p.Grants, p.Version = nil, 0
				_, err := r.accounts.SavePerson(ctx, actor, p)
				return err
			}
		}
		errs := atOnce(demote(a, b), demote(b, a))
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Fatalf("round %d: %v and %v, want one of them refused", round, errs[0], errs[1])
		}
		var admins []tasks.Person
		for _, id := range []int64{a.ID, b.ID} {
			if p := must(r.accounts.Person(t.Context(), r.admin, id))(t); p.Has(tasks.RoleAdmin) {
				admins = append(admins, p)
			}
		}
		if len(admins) != 1 {
			t.Fatalf("round %d: %d admins are left", round, len(admins))
		}
		r.admin = admins[0]
	}
}

// A one-time link that is used twice at the same moment sets one password.
func TestALinkWorksOnceWhateverHappensAtOnce(t *testing.T) {
	r := newRig(t)
	for round := range 6 {
		secret := must(r.accounts.Invite(t.Context(), r.admin, r.focal.ID))(t)
		use := func(password string) func(context.Context) error {
			return func(ctx context.Context) error {
				_, err := r.accounts.UseToken(ctx, secret, password)
				return err
			}
		}
		errs := atOnce(use("mật khẩu thứ nhất"), use("mật khẩu thứ hai"))
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Fatalf("round %d: %v and %v, want one of them refused", round, errs[0], errs[1])
		}
	}
}

// Two people who report, and the one who confirms, at the same moment: each step is done once or refused as a conflict.
func TestStepsAtOnce(t *testing.T) {
	r := newRig(t)
	for round := range 6 {
		_, a := r.issue("1/KH", r.duty())
		id := a[0].ID
		submit := func(who tasks.Person) func(context.Context) error {
			return func(ctx context.Context) error {
				return r.assignments.Report(ctx, who, id, tasks.ReportInput{Kind: tasks.ReportSubmission, Percent: 100, Text: "Đã xong"})
			}
		}
		errs := atOnce(submit(r.focal), submit(r.head), submit(r.both))
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
			} else if tasks.CodeOf(err) != tasks.CodeConflict {
				t.Errorf("round %d: %v", round, err)
			}
		}
		if v := r.assignment(id); done != 1 || len(v.Reports) != 1 {
			t.Fatalf("round %d: %d submissions went through, %d reports are there: %v", round, done, len(v.Reports), errors.Join(errs...))
		}
	}
}
