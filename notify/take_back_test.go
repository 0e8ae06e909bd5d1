package notify_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"tiendo/tasks/directory"
)

// waitingReminder is a reminder of two duties that waits while the server is away, one of which is reported in the meantime. The new server
// then takes what comes.
func waitingReminder(t *testing.T) (*world, *mailServer) {
	t.Helper()
	w := newWorld(t, "2026-10-05 07:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	_, a := w.issue("10/CT-UBND",
		duty{text: "Việc một", due: "2026-10-15", leads: []int64{interior}},
		duty{text: "Việc hai", due: "2026-10-15", leads: []int64{interior}},
	)
	w.stepTo("2026-10-05 12:00")
	w.server.stop()
	w.stepTo("2026-10-15 08:30")
	w.submit(an, a[0].ID)
	server := startMailServer(t)
	w.deliverer = w.newDeliverer(w.db.Outbox(), server.port)
	w.system.add(time.Hour)
	w.business.add(time.Hour)
	return w, server
}

func reminders(t *testing.T, server *mailServer) (told []string) {
	t.Helper()
	for _, m := range arrivedAs(t, server) {
		if strings.HasPrefix(m, "reminder") {
			told = append(told, m)
		}
	}
	return told
}

// After an outage an instance that delivers takes back what has become untrue, though it is another's turn to compose.
func TestDeliveryTakesBackWhatIsUntrue(t *testing.T) {
	w, server := waitingReminder(t)
	w.deliver()
	equal(t, "sent by the one that only delivers", reminders(t, server))
	w.check(w.scheduler.RunDue(t.Context(), w.business.now()))
	w.deliver()
	equal(t, "sent after the other has composed", reminders(t, server), "reminder an@nv.vn: Sở Nội vụ có 1 việc cần hoàn thành hôm nay")
}

// That it cannot be found out what is untrue keeps no mail from going.
func TestDeliveryWithoutTheTruth(t *testing.T) {
	for name, fail := range map[string]func(context.Context, time.Time) error{
		"error": func(context.Context, time.Time) error { return errors.New("no answer") },
		"panic": func(context.Context, time.Time) error { panic("no answer") },
	} {
		t.Run(name, func(t *testing.T) {
			w, server := waitingReminder(t)
			w.deliverer.TakeBack = fail
			w.deliver()
			equal(t, "sent", reminders(t, server), "reminder an@nv.vn: Sở Nội vụ có 2 việc cần hoàn thành hôm nay")
		})
	}
}

// Who has nothing to send asks nothing; a round asks once a minute.
func TestDeliveryAsksForTheTruthOnce(t *testing.T) {
	w := waiting(t, "a@nv.vn", "b@nv.vn", "c@nv.vn", "d@nv.vn", "e@nv.vn", "f@nv.vn", "g@nv.vn")
	asked := 0
	w.deliverer.TakeBack = func(context.Context, time.Time) error {
		asked++
		return nil
	}
	if d := w.deliver(); d.Sent != 7 || asked != 1 {
		t.Errorf("sent %d, asked %d times, want 7 and once", d.Sent, asked)
	}
	w.deliver()
	if asked != 1 {
		t.Errorf("asked %d times though nothing waits", asked)
	}
}

// In a round that goes on for minutes the truth is looked for again.
func TestALongRoundAsksAgain(t *testing.T) {
	w := waiting(t, "a@nv.vn", "b@nv.vn", "c@nv.vn", "d@nv.vn", "e@nv.vn", "f@nv.vn", "g@nv.vn")
	asked := 0
	w.deliverer = w.newDeliverer(w.db.Outbox(), w.server.port)
	w.deliverer.TakeBack = func(context.Context, time.Time) error {
		if asked++; asked == 1 {
			w.system.add(2 * time.Minute)
		}
		return nil
	}
	if d := w.deliver(); d.Sent != 7 || asked != 2 {
		t.Errorf("sent %d, asked %d times, want 7 and twice", d.Sent, asked)
	}
}
