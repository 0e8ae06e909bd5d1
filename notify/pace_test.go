package notify_test

import (
	"fmt"
	"io"
	"log/slog"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/notify/smtp"
)

// limited is another program that sends from the world's outbox.
func (w *world) limited(l notify.Limits) *notify.Deliverer {
	dial := func() (notify.Sender, error) {
		return smtp.New(smtp.Config{Host: "127.0.0.1", Port: w.server.port, Encryption: smtp.None, Timeout: 2 * time.Second})
	}
	d := notify.NewDeliverer(w.db.Outbox(), dial, w.rules, w.business.now, w.system.now,
		notify.DeliverySettings{SendTimeout: 2 * time.Second, Batch: 3, Limits: l}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	w.t.Cleanup(d.Close)
	return d
}

func addressesOf(n int) []string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf("p%d@nv.vn", i))
	}
	return all
}

func TestLimitsOfTheMailServerHoldOverAllInstances(t *testing.T) {
	w := waiting(t, addressesOf(12)...)
	limits := notify.Limits{Minute: 3, Hour: 5}
	instances := []*notify.Deliverer{w.limited(limits), w.limited(limits)}
	for i, step := range []struct {
		after time.Duration // since the step before
		sent  int           // by both
		free  time.Duration // until more may go; 0: nothing waits
	}{
		{0, 3, time.Minute},
		{59 * time.Second, 0, time.Second},
		{time.Second, 2, 59 * time.Minute},
		{30 * time.Minute, 0, 29 * time.Minute},
		{29 * time.Minute, 3, time.Minute},
		{time.Minute, 2, 59 * time.Minute},
		{time.Hour, 2, 0},
	} {
		w.system.add(step.after)
		sent := 0
		var free time.Time
		for _, d := range instances {
			done, err := d.DeliverAll(t.Context())
			w.check(err)
			sent += done.Sent
			free = done.Paced
		}
		var want time.Time
		if step.free > 0 {
			want = w.system.now().Add(step.free)
		}
		if sent != step.sent || !free.Equal(want) {
			t.Errorf("step %d: %d sent and more from %s, want %d and %s", i, sent, free, step.sent, want)
		}
	}
	w.sentOnce(w.server, addressesOf(12)...)
}

// A server that cannot be reached has heard of no mail.
func TestOutageUsesUpNoTurn(t *testing.T) {
	w := waiting(t, "a@nv.vn", "b@nv.vn")
	w.server.stop()
	d := w.limited(notify.Limits{Hour: 2})
	for range 5 {
		done, err := d.DeliverAll(t.Context())
		w.check(err)
		if done.Unreachable == nil || !done.Paced.IsZero() {
			t.Fatalf("an outage was told as %+v", done)
		}
		w.system.add(time.Minute)
	}
	w.server = startMailServer(t)
	done, err := w.limited(notify.Limits{Hour: 2}).DeliverAll(t.Context())
	w.check(err)
	if done.Sent != 2 {
		t.Errorf("%+v, want both sent", done)
	}
}
