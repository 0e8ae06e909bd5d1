package notify_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// An issue mail that is still held tells what is given when it goes: what has ended, gone to another document or to another agency since it
// was composed is not in it.
func TestHeldIssueMailsFollowTheirDuties(t *testing.T) {
	decided := tasks.PauseInput{Reason: "Nhầm", Document: "12/TB-VP", Authority: "Chủ tịch UBND tỉnh"}
	replace := func(w *world, kind tasks.RevisionKind, agency int64) {
		d, err := w.documents.Import(w.t.Context(), w.secretariat, tasks.NewDocument{Head: tasks.Head{
			Kind: tasks.KindDirective, Number: "11/CT-UBND", Date: w.rules.Day(w.business.now()), Issuer: "UBND tỉnh", Title: "Thay thế",
		}})
		w.check(err)
		_, err = w.documents.AddDraft(w.t.Context(), w.secretariat, d.ID, 0, tasks.DraftInput{
			Text: "Bố trí kinh phí thực hiện cải cách hành chính", Deadline: duty{due: "2026-12-15"}.deadline(), Leads: parties([]int64{agency}), Checked: true,
		})
		w.check(err)
		w.check(w.documents.SetRevises(w.t.Context(), w.secretariat, d.ID, 0, "10/CT-UBND", kind))
		w.check(w.documents.Issue(w.t.Context(), w.secretariat, d.ID, 0))
	}
	for name, c := range map[string]struct {
		change func(w *world, a []tasks.Assignment, interior, finance int64)
		want   []string // of 10/CT-UBND: "to: duties"
	}{
		"nothing": {func(*world, []tasks.Assignment, int64, int64) {}, []string{"an@nv.vn: 1 2", "binh@tc.vn: 2"}},
		"taken back": {func(w *world, a []tasks.Assignment, _, _ int64) {
			w.check(w.assignments.Cancel(w.t.Context(), w.secretariat, a[0].ID, decided))
		}, []string{"an@nv.vn: 2", "binh@tc.vn: 2"}},
		"all taken back": {func(w *world, a []tasks.Assignment, _, _ int64) {
			for i := range a {
				w.check(w.assignments.Cancel(w.t.Context(), w.secretariat, a[i].ID, decided))
			}
		}, nil},
		"given to another": {func(w *world, a []tasks.Assignment, _, _ int64) {
			w.check(w.assignments.Reassign(w.t.Context(), w.secretariat, a[0].ID, tasks.ReassignInput{
				Leads: []int64{w.agency("Sở Y tế", directory.KindDepartment)}, Reason: "Đúng chức năng", Document: "12/TB-VP", Authority: "Chủ tịch UBND tỉnh",
			}))
		}, []string{"an@nv.vn: 2", "binh@tc.vn: 2"}},
		"repealed but for one that goes on elsewhere": {func(w *world, a []tasks.Assignment, interior, _ int64) {
			replace(w, tasks.RevisionReplaces, interior)
		}, nil},
		"amended": {func(w *world, a []tasks.Assignment, interior, _ int64) {
			replace(w, tasks.RevisionAmends, interior)
		}, []string{"an@nv.vn: 1", "binh@tc.vn: "}},
	} {
		for _, composed := range []bool{true, false} {
			t.Run(name, func(t *testing.T) {
				w := newWorld(t, "2026-10-05 07:00")
				interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
				w.person("Lê An", "an@nv.vn", focal(interior))
				w.person("Trần Bình", "binh@tc.vn", focal(finance))
				_, a := w.issue("10/CT-UBND",
					duty{text: "Rà soát thủ tục của ngành mình quản lý", due: "2026-10-30", leads: []int64{interior}},
					duty{text: "Bố trí kinh phí thực hiện cải cách hành chính", due: "2026-11-30", leads: []int64{interior}, cooperating: []int64{finance}},
				)
				if composed {
					w.runDue("2026-10-05 07:01")
				}
				c.change(w, a, interior, finance)
				w.stepTo("2026-10-05 07:40")
				got := make(map[string]string)
				for _, r := range w.server.all() {
					m := parse(t, r.body)
					if m.kind != "issued" || !strings.Contains(m.subject, "10/CT-UBND") {
						continue
					}
					var told []string
					for i, text := range []string{"Rà soát thủ tục", "Bố trí kinh phí"} {
						if strings.Contains(strings.Join(strings.Fields(m.text), " "), text) {
							told = append(told, string(rune('1'+i)))
						}
					}
					if _, twice := got[r.to]; twice {
						t.Errorf("%s has two mails", r.to)
					}
					got[r.to] = strings.Join(told, " ")
				}
				want := make(map[string]string)
				for _, line := range c.want {
					if to, duties, _ := strings.Cut(line, ": "); duties != "" {
						want[to] = duties
					}
				}
				if len(got) != len(want) {
					t.Errorf("composed before %v: told %q, want %q", composed, got, want)
				}
				for to, duties := range want {
					if got[to] != duties {
						t.Errorf("composed before %v: %s is told of %q, want %q", composed, to, got[to], duties)
					}
				}
			})
		}
	}
}

// bodiless is an outbox that has lost what its mails say.
type bodiless struct{ notify.OutboxStore }

func (o bodiless) Claim(ctx context.Context, business, system, leaseUntil time.Time, today calendar.Date, n int) ([]notify.Mail, error) {
	mails, err := o.OutboxStore.Claim(ctx, business, system, leaseUntil, today, n)
	for i := range mails {
		mails[i].Raw = nil
	}
	return mails, err
}

// A mail that says nothing is not sent: it has failed, with the reason, and people see it.
func TestAMailWithoutItsBodyIsNotSent(t *testing.T) {
	w := waiting(t, "a@nv.vn", "b@nv.vn")
	d, err := w.newDeliverer(bodiless{w.db.Outbox()}, w.server.port).DeliverAll(t.Context())
	w.check(err)
	if d != (notify.Delivery{Refused: 2}) || len(w.server.all()) != 0 {
		t.Errorf("delivered %+v, %d mails came", d, len(w.server.all()))
	}
	for to, m := range w.fates() {
		if m.State != notify.MailFailed || m.LastError == "" {
			t.Errorf("%s: %s, %q", to, m.State, m.LastError)
		}
	}
}
