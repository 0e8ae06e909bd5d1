package notify_test

import (
	"context"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// A command that composes once leaves the day's reminders alone while an instance is in the middle of writing them, composes
// what people have done, and does all once nobody schedules; afterwards others can schedule at once.
func TestComposeOnce(t *testing.T) {
	w := newWorld(t, "2026-10-05 06:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-07", leads: []int64{interior}}, duty{text: "Việc hai", due: "2026-10-07", leads: []int64{interior}})
	half, goOn := make(chan struct{}), make(chan struct{})
	write := func(occurrence string) func(tx notify.JobTx) error {
		return func(tx notify.JobTx) error {
			return tx.AddNotice(tasks.Notice{
				Kind: tasks.NoticeRollUp, Subject: tasks.Subject{Kind: tasks.SubjectAgency, ID: interior}, AgencyID: interior, Role: tasks.RoleFocal,
				Occurrence: occurrence, Day: w.rules.Day(w.business.now()), At: w.business.now(),
			})
		}
	}
	job := notify.Job{Name: "weekly", Spec: "0 9 * * *", Run: func(ctx context.Context, _, _ time.Time) error {
		if err := w.db.Jobs().Update(ctx, write("2026-10-05")); err != nil {
			return err
		}
		close(half)
		<-goOn
		return w.db.Jobs().Update(ctx, write("2026-10-12"))
	}}
	a, once := w.instance("a", job), w.instance("once")
	w.check(a.RunDue(t.Context(), w.business.now()))
	w.business.set(w.at("2026-10-05 09:00"))
	done := make(chan error)
	go func() { done <- a.RunDue(context.Background(), w.business.now()) }()
	<-half
	w.issue("11/CT-UBND", duty{text: "Việc ba", due: "2026-10-30", leads: []int64{interior}})
	w.check(once.ComposeOnce(t.Context(), w.business.now()))
	if rollUps, issued := w.told(tasks.NoticeRollUp), w.told(tasks.NoticeIssued); len(rollUps) != 0 || len(issued) != 2 {
		t.Errorf("while a schedules: roll-ups %v, issues %v to %s; want none, and both", rollUps, issued, an.Email)
	}
	close(goOn)
	w.check(<-done)

	w.issue("12/CT-UBND", duty{text: "Việc bốn", due: "2026-10-30", leads: []int64{interior}})
	w.check(w.db.Jobs().Update(t.Context(), write("2026-10-19")))
	before := len(w.told(tasks.NoticeRollUp))
	w.check(once.ComposeOnce(t.Context(), w.business.now()))
	if got := len(w.told(tasks.NoticeRollUp)); got != before {
		t.Errorf("%d roll-ups were composed while a has the lease", got-before)
	}
	w.system.add(notify.DefaultLease)
	w.check(once.ComposeOnce(t.Context(), w.business.now()))
	if got := len(w.told(tasks.NoticeRollUp)); got == before {
		t.Error("nothing is composed though nobody schedules")
	}
	b := w.instance("b", job)
	if health, err := b.Health(t.Context()); err != nil || len(health) != 1 {
		t.Fatal(health, err)
	}
	w.check(b.RunDue(t.Context(), w.business.now()))
	if b.Beat().IsZero() || !b.Beat().Equal(w.system.now()) {
		t.Errorf("b's beat is %s: it does not schedule at once", b.Beat())
	}
}
