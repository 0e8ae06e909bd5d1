package notify_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/notify/smtp"
	"tiendo/tasks"
)

// marking looks at, or answers, each call that marks mails.
type marking struct {
	notify.OutboxStore
	mark func(ctx context.Context, ids []int64, real func() error) error

	mu     sync.Mutex
	groups []int
}

func (m *marking) MarkSent(ctx context.Context, ids []int64, at time.Time) error {
	m.mu.Lock()
	m.groups = append(m.groups, len(ids))
	m.mu.Unlock()
	return m.mark(ctx, ids, func() error { return m.OutboxStore.MarkSent(ctx, ids, at) })
}

// crowd makes a world with sixteen mails and a deliverer of four workers on the store.
func crowd(t *testing.T, mark func(w *world, ids []int64, real func() error) error) (*world, *marking) {
	t.Helper()
	var addresses []string
	for i := range 16 {
		addresses = append(addresses, fmt.Sprintf("a%02d@nv.vn", i))
	}
	w := waiting(t, addresses...)
	store := &marking{OutboxStore: w.db.Outbox()}
	store.mark = func(_ context.Context, ids []int64, real func() error) error { return mark(w, ids, real) }
	dial := func() (notify.Sender, error) {
		return smtp.New(smtp.Config{Host: "127.0.0.1", Port: w.server.port, Encryption: smtp.None})
	}
	w.deliverer = notify.NewDeliverer(store, dial, w.rules, w.business.now, w.system.now, notify.DeliverySettings{Workers: 4, Batch: 2},
		slog.New(slog.NewTextHandler(io.Discard, nil)))
	return w, store
}

// While one mark is on its way to the disk the other workers finish the mail in hand and begin no other; theirs are then marked together.
func TestMarksWaitForTheDisk(t *testing.T) {
	first := true
	w, store := crowd(t, func(w *world, _ []int64, real func() error) error {
		if first {
			first = false
			for patience := time.Now().Add(10 * time.Second); len(w.server.all()) < 4 && time.Now().Before(patience); {
				time.Sleep(time.Millisecond)
			}
			time.Sleep(100 * time.Millisecond) // for one that comes too early
			if n := len(w.server.all()); n != 4 {
				t.Errorf("%d mails have gone before any was marked, want one a worker", n)
			}
		}
		return real()
	})
	if d := w.deliver(); d != (notify.Delivery{Sent: 16}) || len(w.server.all()) != 16 {
		t.Errorf("delivered %+v, %d arrived", d, len(w.server.all()))
	}
	if store.groups[0] != 1 || store.groups[1] != 3 {
		t.Errorf("marked in groups of %v, want the first alone and the three behind it together", store.groups)
	}
}

// Mails that cannot be marked together are marked each alone.
func TestMarksAlone(t *testing.T) {
	first := true
	w, store := crowd(t, func(w *world, ids []int64, real func() error) error {
		if first {
			first = false
			for patience := time.Now().Add(10 * time.Second); len(w.server.all()) < 4 && time.Now().Before(patience); {
				time.Sleep(time.Millisecond)
			}
			time.Sleep(20 * time.Millisecond)
		}
		if len(ids) > 1 {
			return tasks.ErrNotFound
		}
		return real()
	})
	if d := w.deliver(); d != (notify.Delivery{Sent: 16}) {
		t.Errorf("delivered %+v, want 16 sent", d)
	}
	if !slices.ContainsFunc(store.groups, func(n int) bool { return n > 1 }) {
		t.Errorf("never together: %v", store.groups)
	}
	for to, m := range w.fates() {
		if m.State != notify.MailSent {
			t.Errorf("%s is %s", to, m.State)
		}
	}
}
