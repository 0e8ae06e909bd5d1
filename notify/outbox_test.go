package notify_test

import (
	"sync"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/directory"
)

func TestOutboxRights(t *testing.T) {
	w := waiting(t, "an@nv.vn")
	id := w.fates()["an@nv.vn"].ID
	admin := w.person("Quản Trị", "qt@mauson.vn", tasks.Grant{Role: tasks.RoleAdmin})
	leader := w.person("Chủ Tịch", "ct@mauson.vn", tasks.Grant{Role: tasks.RoleLeader})
	closed := admin
	closed.Active = false
	ctx := t.Context()
	calls := map[string]func(tasks.Person) error{
		"page":      func(p tasks.Person) error { _, err := w.outbox.Page(ctx, p, notify.MailQuery{}); return err },
		"told":      func(p tasks.Person) error { _, err := w.outbox.Told(ctx, p, tasks.Subject{}, 10); return err },
		"unreached": func(p tasks.Person) error { _, err := w.outbox.Unreached(ctx, p); return err },
		"health":    func(p tasks.Person) error { _, err := w.outbox.Health(ctx, p); return err },
		"holds":     func(p tasks.Person) error { _, err := w.outbox.EndHolds(ctx, p, 0); return err },
		"retry":     func(p tasks.Person) error { return w.outbox.Retry(ctx, p, id) },
		"cancel":    func(p tasks.Person) error { return w.outbox.Cancel(ctx, p, id) },
	}
	for name, call := range calls {
		for _, tt := range []struct {
			who  string
			p    tasks.Person
			want tasks.Code
		}{
			{"leader", leader, tasks.CodeForbidden},
			{"focal point", w.person("Đầu Mối", name+"@nv.vn", focal(1)), tasks.CodeForbidden},
			{"closed account", closed, tasks.CodeUnauthenticated},
		} {
			if got := tasks.CodeOf(call(tt.p)); got != tt.want {
				t.Errorf("%s by %s: %q, want %q", name, tt.who, got, tt.want)
			}
		}
	}
	if m := w.fates()["an@nv.vn"]; m.State != notify.MailWaiting {
		t.Errorf("the mail is %s", m.State)
	}

	w.check(w.outbox.Cancel(ctx, admin, id))
	if got := tasks.CodeOf(w.outbox.Cancel(ctx, admin, id)); got != tasks.CodeConflict {
		t.Errorf("cancelled twice: %q", got)
	}
	if got := tasks.CodeOf(w.outbox.Retry(ctx, admin, id)); got != tasks.CodeConflict {
		t.Errorf("a cancelled mail retried: %q", got)
	}
	if d := w.deliver(); d != (notify.Delivery{}) {
		t.Errorf("a cancelled mail was delivered: %+v", d)
	}
}

func TestOutboxHealth(t *testing.T) {
	w := waiting(t, "an@nv.vn", "binh@nv.vn")
	w.issue("11/CT-UBND", duty{text: "Việc hai", due: "2026-10-30", leads: []int64{w.agency("Sở Y tế", directory.KindDepartment)}})
	w.business.add(11 * time.Minute)
	w.system.add(11 * time.Minute)
	w.check(w.scheduler.RunDue(t.Context(), w.business.now()))
	h, err := w.outbox.Health(t.Context(), w.secretariat)
	w.check(err)
	if h.Ready != 3 || h.Counts[notify.MailWaiting] != 3 || h.Unreached != 1 || !h.Beat.Equal(w.system.now()) || len(h.Jobs) != 6 {
		t.Errorf("health %+v", h)
	}
	for _, job := range h.Jobs {
		if job.LastRun.IsZero() || !job.Next.After(w.business.now()) {
			t.Errorf("job %+v", job)
		}
	}
}

// A document's mails are released by themselves; what was issued this very minute is composed for it.
func TestEndHolds(t *testing.T) {
	w := newWorld(t, "2026-10-05 07:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	w.person("Lê An", "an@nv.vn", focal(interior))
	first, _ := w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-30", leads: []int64{interior}})
	w.issue("11/CT-UBND", duty{text: "Việc hai", due: "2026-10-30", leads: []int64{interior}})
	n, err := w.outbox.EndHolds(t.Context(), w.secretariat, first)
	w.check(err)
	if d := w.deliver(); n != 1 || d != (notify.Delivery{Sent: 1}) {
		t.Errorf("%d holds ended, delivered %+v; want one", n, d)
	}
	told, err := w.outbox.Told(t.Context(), w.secretariat, tasks.Subject{Kind: tasks.SubjectDocument, ID: first}, 10)
	w.check(err)
	if len(told) != 1 || told[0].State != notify.MailSent {
		t.Errorf("told of the document: %v", told)
	}
}

// To send all that is held at once is meant for issues alone: a mail of events waits for the office all the same.
func TestEndHoldsLeavesMailsOfEvents(t *testing.T) {
	w := newWorld(t, "2026-10-05 08:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	_, a := w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-12-30", leads: []int64{interior}})
	w.stepTo("2026-10-06 16:00")
	w.submit(an, a[0].ID)
	w.check(w.assignments.Return(t.Context(), w.secretariat, a[0].ID, 0, "Thiếu số liệu"))
	w.runDue("2026-10-06 16:30") // composed, and not sent before the office closes
	w.runDue("2026-10-06 18:00")
	w.issue("11/CT-UBND", duty{text: "Việc hai", due: "2026-12-30", leads: []int64{interior}})
	n, err := w.outbox.EndHolds(t.Context(), w.secretariat, 0)
	w.check(err)
	if d := w.deliver(); n != 1 || d != (notify.Delivery{Sent: 1}) {
		t.Errorf("%d holds ended, delivered %+v; want one", n, d)
	}
	w.stepTo("2026-10-07 12:00")
	equal(t, "events", w.sentAt(tasks.NoticeEvent, "an@nv.vn"), "7/10 07:30")
}

// However many compose at once, each person has one mail.
func TestComposeAtOnce(t *testing.T) {
	w := newWorld(t, "2026-10-05 07:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	for _, a := range []string{"a@nv.vn", "b@nv.vn", "c@nv.vn"} {
		w.person("Lê An", a, focal(interior))
	}
	w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-30", leads: []int64{interior}})
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			if err := w.composer.Compose(t.Context(), w.business.now()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := len(w.mails(tasks.NoticeIssued)); n != 3 {
		t.Errorf("%d mails, want 3", n)
	}
}
