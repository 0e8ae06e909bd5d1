package notify_test

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// waiting makes a world in which each of the addresses has one mail that may go.
func waiting(t *testing.T, addresses ...string) *world {
	t.Helper()
	w := newWorld(t, "2026-10-05 07:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	for _, a := range addresses {
		w.person("Lê An", a, focal(interior))
	}
	w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-30", leads: []int64{interior}})
	w.runDue("2026-10-05 07:00")
	w.business.add(10 * time.Minute)
	return w
}

func (w *world) deliver() notify.Delivery {
	w.t.Helper()
	d, err := w.deliverer.DeliverAll(w.t.Context())
	w.check(err)
	return d
}

// fates are the states of the issued mails by address.
func (w *world) fates() map[string]notify.Mail {
	fates := make(map[string]notify.Mail)
	for _, m := range w.mails(tasks.NoticeIssued) {
		fates[m.To] = m
	}
	return fates
}

func messageID(t *testing.T, body string) string {
	t.Helper()
	for line := range strings.Lines(body) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.EqualFold(name, "Message-ID") {
			return strings.TrimSpace(value)
		}
	}
	t.Fatal("no Message-ID")
	return ""
}

func TestDeliverAll(t *testing.T) {
	addresses := []string{"a@nv.vn", "b@nv.vn", "c@nv.vn", "d@nv.vn", "e@nv.vn", "f@nv.vn", "g@nv.vn", "h@nv.vn"}
	w := waiting(t, addresses...)
	if d := w.deliver(); d != (notify.Delivery{Sent: 8}) {
		t.Errorf("delivered %+v, want 8 sent", d)
	}
	if d := w.deliver(); d != (notify.Delivery{}) {
		t.Errorf("delivered again: %+v", d)
	}
	got := make(map[string]int)
	for _, r := range w.server.all() {
		got[r.to]++
		if m := w.fates()[r.to]; m.MessageID != messageID(t, r.body) {
			t.Errorf("%s got Message-ID %s, want %s", r.to, messageID(t, r.body), m.MessageID)
		}
	}
	for _, a := range addresses {
		m := w.fates()[a]
		if got[a] != 1 || m.State != notify.MailSent || !m.SentAt.Equal(w.business.now()) {
			t.Errorf("%s: %d mails, state %s at %s", a, got[a], m.State, m.SentAt)
		}
	}
}

func TestDeliverRefusals(t *testing.T) {
	w := waiting(t, "gone@nv.vn", "full@nv.vn", "ok@nv.vn")
	w.server.answer("gone@nv.vn", &gosmtp.SMTPError{Code: 550, EnhancedCode: gosmtp.EnhancedCode{5, 1, 1}, Message: "no such user"})
	w.server.answer("full@nv.vn", &gosmtp.SMTPError{Code: 452, EnhancedCode: gosmtp.EnhancedCode{4, 2, 2}, Message: "mailbox full"})
	if d := w.deliver(); d != (notify.Delivery{Sent: 1, Deferred: 1, Refused: 1}) {
		t.Errorf("delivered %+v, want one of each", d)
	}
	if m := w.fates()["gone@nv.vn"]; m.State != notify.MailFailed || m.Tries != 1 || !strings.Contains(m.LastError, "no such user") {
		t.Errorf("refused mail: %s, %d tries, %q", m.State, m.Tries, m.LastError)
	}
	// Refused for a while: not before its next try, which comes later each time; after the last it has failed.
	last := time.Duration(0)
	for try := 1; try < notify.MaxTries; try++ {
		m := w.fates()["full@nv.vn"]
		wait := m.NextTry.Sub(w.system.now())
		if m.State != notify.MailWaiting || m.Tries != try || wait < last {
			t.Fatalf("after try %d: %s, %d tries, next in %s, before %s", try, m.State, m.Tries, wait, last)
		}
		last = wait
		w.system.add(wait - time.Second)
		if d := w.deliver(); d != (notify.Delivery{}) {
			t.Fatalf("tried too early: %+v", d)
		}
		w.system.add(time.Second)
		w.deliver()
	}
	if m := w.fates()["full@nv.vn"]; m.State != notify.MailFailed || m.Tries != notify.MaxTries {
		t.Errorf("after the last try: %s, %d tries", m.State, m.Tries)
	}
	// A person has it tried again.
	w.server.answer("full@nv.vn", nil)
	w.check(w.outbox.Retry(t.Context(), w.secretariat, w.fates()["full@nv.vn"].ID))
	if d := w.deliver(); d != (notify.Delivery{Sent: 1}) {
		t.Errorf("retried: %+v", d)
	}
}

// A server that cannot be reached uses up no try, however often; its mails go once it is back.
func TestDeliverUnreachable(t *testing.T) {
	w := waiting(t, "a@nv.vn", "b@nv.vn", "c@nv.vn", "d@nv.vn", "e@nv.vn")
	w.server.stop()
	for range 3 * notify.MaxTries {
		d := w.deliver()
		if d.Unreachable == nil || d.Sent+d.Deferred+d.Refused != 0 {
			t.Fatalf("delivered %+v without a server", d)
		}
		w.system.add(time.Hour)
	}
	for to, m := range w.fates() {
		if m.State != notify.MailWaiting || m.Tries != 0 || m.LastError == "" && to == "a@nv.vn" {
			t.Errorf("%s: %s, %d tries, %q", to, m.State, m.Tries, m.LastError)
		}
	}
	server := startMailServer(t)
	w.deliverer = w.newDeliverer(w.db.Outbox(), server.port)
	if d := w.deliver(); d != (notify.Delivery{Sent: 5}) {
		t.Errorf("delivered %+v, want 5 sent", d)
	}
}

// A server that accepts the connection and says nothing is unreachable; delivery does not hang.
func TestDeliverSilentServer(t *testing.T) {
	w := waiting(t, "a@nv.vn")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	w.check(err)
	defer l.Close()
	w.deliverer = w.newDeliverer(w.db.Outbox(), l.Addr().(*net.TCPAddr).Port)
	if d := w.deliver(); d.Unreachable == nil {
		t.Errorf("delivered %+v by a silent server", d)
	}
	if m := w.fates()["a@nv.vn"]; m.State != notify.MailWaiting || m.Tries != 0 {
		t.Errorf("%s, %d tries", m.State, m.Tries)
	}
}

// Without an answer to the whole mail nobody knows whether it arrived: it is repeated under the same Message-ID.
func TestDeliverUncertain(t *testing.T) {
	w := waiting(t, "a@nv.vn")
	w.server.set(func(s *mailServer) { s.dropped = true })
	if d := w.deliver(); d != (notify.Delivery{Deferred: 1}) {
		t.Fatalf("delivered %+v, want one to be repeated", d)
	}
	w.server.set(func(s *mailServer) { s.dropped = false })
	w.system.add(time.Hour)
	if d := w.deliver(); d != (notify.Delivery{Sent: 1}) {
		t.Fatalf("delivered %+v", d)
	}
	got := w.server.all()
	if len(got) != 2 || messageID(t, got[0].body) != messageID(t, got[1].body) || got[0].body != got[1].body {
		t.Errorf("%d mails, want the same twice", len(got))
	}
}

// killed is an outbox whose process dies between the server's answer and the mark.
type killed struct{ notify.OutboxStore }

var errKilled = errors.New("killed")

func (killed) MarkSent(context.Context, []int64, time.Time) error { return errKilled }

func (killed) Release(context.Context, []notify.Mail, string) error { return errKilled }

// A process that dies between the server's 250 and the mark repeats that one mail a worker, with its Message-ID, and loses none.
func TestDeliverKilled(t *testing.T) {
	w := waiting(t, "a@nv.vn", "b@nv.vn", "c@nv.vn")
	dying := w.newDeliverer(killed{w.db.Outbox()}, w.server.port)
	if _, err := dying.DeliverAll(t.Context()); !errors.Is(err, errKilled) {
		t.Fatalf("error %v", err)
	}
	dying.Close()
	if n := len(w.server.all()); n != 1 {
		t.Fatalf("%d mails before the end, want the one in flight", n)
	}
	w.restart()
	if d := w.deliver(); d != (notify.Delivery{}) {
		t.Errorf("delivered %+v under another's lease", d)
	}
	w.system.add(10 * time.Minute)
	if d := w.deliver(); d != (notify.Delivery{Sent: 3}) {
		t.Errorf("delivered %+v after the lease, want all 3", d)
	}
	ids := make(map[string]int)
	for _, r := range w.server.all() {
		ids[messageID(t, r.body)]++
	}
	if len(ids) != 3 || len(w.server.all()) != 4 {
		t.Errorf("%d mails with %d Message-IDs, want 4 with 3", len(w.server.all()), len(ids))
	}
}

// A shut-down finishes the mail in flight, marks it, and gives the rest of the batch back at once.
func TestRunStops(t *testing.T) {
	w := waiting(t, "a@nv.vn", "b@nv.vn")
	hold, began := make(chan struct{}), make(chan struct{}, 4)
	w.server.set(func(s *mailServer) { s.hold, s.began = hold, began })
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); w.deliverer.Run(ctx) }()
	<-began
	stop()
	close(hold)
	<-done
	fates := w.fates()
	if fates["a@nv.vn"].State != notify.MailSent || fates["b@nv.vn"].State != notify.MailWaiting {
		t.Errorf("a %s, b %s; want sent and waiting", fates["a@nv.vn"].State, fates["b@nv.vn"].State)
	}
	if n := len(w.server.all()); n != 1 {
		t.Errorf("%d mails begun, want 1", n)
	}
	if d := w.deliver(); d != (notify.Delivery{Sent: 1}) {
		t.Errorf("afterwards %+v, want the other sent without waiting for a lease", d)
	}
}

// Run sends what is waked for, without being polled.
func TestRunWakes(t *testing.T) {
	w := waiting(t, "a@nv.vn")
	began := make(chan struct{}, 4)
	w.server.set(func(s *mailServer) { s.began = began })
	w.business.add(-10 * time.Minute)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); w.deliverer.Run(ctx) }()
	n, err := w.outbox.EndHolds(ctx, w.secretariat, 0)
	w.check(err)
	if n != 1 {
		t.Errorf("%d holds ended, want 1", n)
	}
	w.deliverer.Wake()
	select {
	case <-began:
	case <-time.After(4 * time.Second):
		t.Error("not sent before the next look at the outbox")
	}
	stop()
	<-done
}
