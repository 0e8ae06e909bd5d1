package notify_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// After a week without a mail server: what was issued goes once, every event that is true still goes once, each person gets one
// reminder in the words of the day, and one roll-up and digest of the newest week.
func TestServerAwayForAWeek(t *testing.T) {
	w := newWorld(t, "2026-10-05 06:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	w.person("Hoàng Bình", "binh@nv.vn", focal(interior))
	w.person("Chủ Tịch", "ct@mauson.vn", tasks.Grant{Role: tasks.RoleLeader})
	w.runDue("2026-10-05 06:00")
	_, a := w.issue("10/CT-UBND",
		duty{text: "Việc một", due: "2026-10-15", leads: []int64{interior}},
		duty{text: "Việc hai", due: "2026-10-16", leads: []int64{interior}},
		duty{text: "Việc ba", due: "2026-10-30", leads: []int64{interior}},
	)
	w.stepTo("2026-10-05 12:00")
	w.server.stop()
	w.stepTo("2026-10-06 09:00")
	for _, i := range []int{0, 1} {
		w.submit(an, a[i].ID)
		w.check(w.assignments.Return(t.Context(), w.secretariat, a[i].ID, 0, "Thiếu số liệu"))
	}
	w.stepTo("2026-10-07 09:00")
	w.issue("11/CT-UBND", duty{text: "Việc bốn", due: "2026-12-30", leads: []int64{interior}})
	w.stepTo("2026-10-08 09:00")
	// The second is no longer sent back; of the first it is told anew.
	w.submit(an, a[1].ID)
	w.submit(an, a[0].ID)
	w.check(w.assignments.Return(t.Context(), w.secretariat, a[0].ID, 0, "Vẫn thiếu số liệu"))
	w.stepTo("2026-10-13 14:00")

	server := startMailServer(t)
	w.deliverer.Close()
	w.deliverer = w.newDeliverer(w.db.Outbox(), server.port)
	w.system.add(time.Hour)
	w.stepTo("2026-10-13 15:00")
	equal(t, "after the week", arrivedAs(t, server),
		"digest ct@mauson.vn: Tuần 42: không có việc quá hạn",
		"event an@nv.vn: Sở Nội vụ có 1 việc bị trả lại",
		"event binh@nv.vn: Sở Nội vụ có 1 việc bị trả lại",
		"issued an@nv.vn: Sở Nội vụ được giao 1 việc chủ trì theo Chỉ thị 11/CT-UBND",
		"issued binh@nv.vn: Sở Nội vụ được giao 1 việc chủ trì theo Chỉ thị 11/CT-UBND",
		"reminder an@nv.vn: Sở Nội vụ có 1 việc sắp đến hạn",
		"reminder binh@nv.vn: Sở Nội vụ có 1 việc sắp đến hạn",
		"rollup an@nv.vn: Tuần 42: Sở Nội vụ có 1 việc đến hạn tuần này",
		"rollup binh@nv.vn: Tuần 42: Sở Nội vụ có 1 việc đến hạn tuần này",
	)
	for _, r := range server.all() {
		if m := parse(t, r.body); m.kind == "event" && !strings.Contains(m.text, "Vẫn thiếu số liệu") {
			t.Errorf("the event does not tell the newest reason:\n%s", m.text)
		}
	}
	w.stepTo("2026-10-13 23:00")
	if n := len(server.all()); n != 9 {
		t.Errorf("%d more mails afterwards", n-9)
	}
}

// A reminder that waits for the server tells only what is true when it goes.
func TestWaitingReminderStaysTrue(t *testing.T) {
	w := newWorld(t, "2026-10-05 07:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	_, a := w.issue("10/CT-UBND",
		duty{text: "Việc một", due: "2026-10-15", leads: []int64{interior}},
		duty{text: "Việc hai", due: "2026-10-15", leads: []int64{interior}},
	)
	w.stepTo("2026-10-05 12:00")
	port := w.server.port
	w.server.stop()
	w.stepTo("2026-10-15 08:30")
	equal(t, "composed", w.told(tasks.NoticeReminder)[len(w.told(tasks.NoticeReminder))-1:], "an@nv.vn: Sở Nội vụ có 2 việc cần hoàn thành hôm nay")
	w.submit(an, a[0].ID)
	server := startMailServer(t)
	if server.port == port {
		t.Fatal("the same port")
	}
	w.deliverer = w.newDeliverer(w.db.Outbox(), server.port)
	w.system.add(time.Hour)
	w.stepTo("2026-10-15 10:00")
	var reminders []string
	for _, m := range arrivedAs(t, server) {
		if strings.HasPrefix(m, "reminder") {
			reminders = append(reminders, m)
		}
	}
	equal(t, "sent", reminders, "reminder an@nv.vn: Sở Nội vụ có 1 việc cần hoàn thành hôm nay")
}

// failing reads well but each third time.
type failing struct {
	io.Reader
	reads int
}

func (f *failing) Read(b []byte) (int, error) {
	if f.reads++; f.reads%3 == 0 {
		return 0, errors.New("no random numbers")
	}
	return f.Reader.Read(b)
}

// Somebody whose mail has failed, or was cancelled, gets no other of the same notice while that of a colleague cannot be composed.
func TestFailedMailIsNotComposedAgain(t *testing.T) {
	w := newWorld(t, "2026-10-05 07:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	for _, a := range []string{"gone@nv.vn", "stopped@nv.vn", "later@nv.vn"} {
		w.person("Lê An", a, focal(interior))
	}
	w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-30", leads: []int64{interior}})
	w.random = &failing{w.random, 0}
	w.restart()
	if err := w.scheduler.RunDue(t.Context(), w.business.now()); err == nil {
		t.Fatal("composed without random numbers")
	}
	w.check(w.outbox.Cancel(t.Context(), w.secretariat, w.fates()["stopped@nv.vn"].ID))
	w.server.answer("gone@nv.vn", &gosmtp.SMTPError{Code: 550, Message: "no such user"})
	w.business.add(10 * time.Minute)
	w.deliver()
	w.random = w.random.(*failing).Reader
	w.restart()
	w.check(w.scheduler.RunDue(t.Context(), w.business.now()))
	w.deliver()
	var states []string
	for _, m := range w.mails(tasks.NoticeIssued) {
		states = append(states, m.To+" "+string(m.State))
	}
	equal(t, "mails", states, "gone@nv.vn failed", "stopped@nv.vn cancelled", "later@nv.vn sent")
}

// A mail that failed for a mistyped address goes to the mended one when it is tried again.
func TestRetryAtTheMendedAddress(t *testing.T) {
	w := waiting(t, "an@nv.nv")
	w.server.answer("an@nv.nv", &gosmtp.SMTPError{Code: 550, Message: "no such domain"})
	w.deliver()
	m := w.fates()["an@nv.nv"]
	p := tasks.Person{}
	w.check(w.db.Accounts().View(t.Context(), func(tx tasks.AccountReader) (err error) {
		p, err = tx.Person(m.PersonID)
		return err
	}))
	p.Email = "an@nv.vn"
	_, err := w.accounts.SavePerson(t.Context(), tasks.System, p)
	w.check(err)
	w.check(w.outbox.Retry(t.Context(), w.secretariat, m.ID))
	w.deliver()
	w.sentOnce(w.server, "an@nv.vn")
}

// busy is an outbox whose database is busy for the first marks.
type busy struct {
	notify.OutboxStore
	left int
}

func (b *busy) MarkSent(ctx context.Context, ids []int64, at time.Time) error {
	if b.left--; b.left >= 0 {
		return errors.New("database is locked")
	}
	return b.OutboxStore.MarkSent(ctx, ids, at)
}

// A database that is busy for a moment does not make a mail go twice.
func TestMarkIsTriedAgain(t *testing.T) {
	w := waiting(t, "an@nv.vn")
	w.deliverer = w.newDeliverer(&busy{w.db.Outbox(), 2}, w.server.port)
	if d := w.deliver(); d != (notify.Delivery{Sent: 1}) {
		t.Errorf("delivered %+v", d)
	}
	w.system.add(24 * time.Hour)
	w.deliver()
	w.sentOnce(w.server, "an@nv.vn")
}

// frozen is an outbox whose process stands still after its first claim, for longer than its lease; others go on meanwhile.
type frozen struct {
	notify.OutboxStore
	meanwhile func()
}

func (f *frozen) Claim(ctx context.Context, business, system, until time.Time, today calendar.Date, n int) ([]notify.Mail, error) {
	mails, err := f.OutboxStore.Claim(ctx, business, system, until, today, n)
	if f.meanwhile != nil && len(mails) > 0 {
		run := f.meanwhile
		f.meanwhile = nil
		run()
	}
	return mails, err
}

// A process that stood still gives nothing back that another has claimed since: what that one is sending is not sent by a third.
func TestFrozenWorkerDisturbsNobody(t *testing.T) {
	w := waiting(t, seven...)
	var claimed []notify.Mail
	slow := &frozen{OutboxStore: w.db.Outbox()}
	slow.meanwhile = func() {
		w.system.add(time.Hour)
		var err error
		claimed, err = w.db.Outbox().Claim(t.Context(), w.business.now(), w.system.now(), w.system.now().Add(time.Hour), w.rules.Day(w.business.now()), 100)
		w.check(err)
	}
	awake := w.newDeliverer(slow, w.server.port)
	if _, err := awake.DeliverAll(t.Context()); err != nil {
		t.Error(err)
	}
	awake.Close()
	if len(claimed) != len(seven) {
		t.Fatalf("the other claimed %d mails, want all", len(claimed))
	}
	if d := w.deliver(); d != (notify.Delivery{}) {
		t.Errorf("a third delivered %+v, want nothing: all are the other's", d)
	}
	states := make(map[notify.MailState]int)
	for _, m := range w.fates() {
		states[m.State]++
	}
	if states[notify.MailSending] != len(seven) {
		t.Errorf("states %v, want all in the hands of the other", states)
	}
}

// A one-time link that is used up, replaced or out of time is neither composed nor sent, and no link stays in the outbox.
func TestDeadLinksAreNotSent(t *testing.T) {
	w := newWorld(t, "2026-10-05 07:00")
	p := w.person("Lê An", "an@nv.vn", tasks.Grant{Role: tasks.RoleAdmin})
	ctx := t.Context()
	now := func() { w.check(w.scheduler.RunDue(ctx, w.business.now())) }
	states := func() (all []string) {
		for _, m := range w.mails(tasks.NoticeAccount) {
			all = append(all, string(m.State))
		}
		return all
	}
	w.server.stop()

	// Out of time before it was composed: nothing is written.
	w.check(w.accounts.RequestReset(ctx, p.Email))
	w.system.add(tasks.ResetLife)
	now()
	equal(t, "composed too late", states())

	// Out of time while the server is away.
	w.check(w.accounts.RequestReset(ctx, p.Email))
	now()
	equal(t, "composed", states(), "waiting")
	w.deliver()
	w.system.add(tasks.ResetLife - time.Second)
	now()
	equal(t, "in the last second", states(), "waiting")
	w.system.add(time.Second)
	now()
	equal(t, "out of time", states(), "expired")

	// Replaced: only the newer goes.
	_, err := w.accounts.Invite(ctx, tasks.System, p.ID)
	w.check(err)
	now()
	secret, err := w.accounts.Invite(ctx, tasks.System, p.ID)
	w.check(err)
	now()
	equal(t, "replaced", states(), "expired", "expired", "waiting")

	// Used, as when an admin handed it over.
	w.accounts.Passwords, err = tasks.NewPasswords(1)
	w.check(err)
	_, err = w.accounts.UseToken(ctx, secret, "mot-mat-khau-dai-2026")
	w.check(err)
	now()
	equal(t, "used", states(), "expired", "expired", "expired")

	server := startMailServer(t)
	w.deliverer = w.newDeliverer(w.db.Outbox(), server.port)
	w.system.add(time.Hour)
	w.stepTo("2026-10-06 07:00")
	if n := len(server.all()); n != 0 {
		t.Errorf("%d dead links were sent", n)
	}
}

// The order in which mails are claimed is fair: what was tried waits behind what was not.
func TestClaimOrder(t *testing.T) {
	w := waiting(t, "a@nv.vn", "b@nv.vn", "c@nv.vn")
	out := w.db.Outbox()
	claim := func(n int) (to []string, mails []notify.Mail) {
		mails, err := out.Claim(t.Context(), w.business.now(), w.system.now(), w.system.now().Add(time.Minute), w.rules.Day(w.business.now()), n)
		w.check(err)
		for _, m := range mails {
			to = append(to, m.To)
		}
		return to, mails
	}
	first, mails := claim(1)
	mails[0].NextTry = w.system.now().Add(time.Second)
	w.check(out.Release(t.Context(), mails, "no answer"))
	second, mails := claim(1)
	mails[0].NextTry = w.system.now()
	w.check(out.Release(t.Context(), mails, "no answer"))
	w.system.add(time.Minute)
	third, _ := claim(1)
	fourth, _ := claim(1)
	fifth, _ := claim(1)
	if got := slices.Concat(first, second, third, fourth, fifth); !slices.Equal(got, []string{"a@nv.vn", "b@nv.vn", "c@nv.vn", "b@nv.vn", "a@nv.vn"}) {
		t.Errorf("claimed in the order %v", got)
	}
}
