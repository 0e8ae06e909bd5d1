package notify_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// runs records when a job ran and for which firing.
type runs struct {
	w   *world
	got []string
	err error
}

func (r *runs) job(name, spec string) notify.Job {
	return notify.Job{Name: name, Spec: spec, Run: func(_ context.Context, now, firing time.Time) error {
		zone := r.w.rules.Location
		r.got = append(r.got, name+" "+now.In(zone).Format("2/1 15:04")+" for "+firing.In(zone).Format("2/1 15:04"))
		return r.err
	}}
}

func (w *world) schedulerOf(jobs ...notify.Job) *notify.Scheduler {
	w.t.Helper()
	s, err := notify.NewScheduler(w.db.Jobs(), w.db.Outbox(), w.composer, jobs, w.rules, w.business.now, w.system.now,
		slog.New(slog.NewTextHandler(io.Discard, nil)))
	w.check(err)
	return s
}

func TestRunDue(t *testing.T) {
	const daily, weekly = "0 8 * * *", "0 9 * * MON"
	tests := []struct {
		name  string
		calls []string // "restart" closes and opens the database in between
		want  []string
	}{
		{"the first start runs nothing, even at a firing", []string{"2026-10-05 08:00", "2026-10-05 23:59"}, []string{
			"weekly 5/10 23:59 for 5/10 09:00"}},
		{"each firing once", []string{"2026-10-06 07:00", "2026-10-06 07:59", "2026-10-06 08:00", "2026-10-06 08:01", "2026-10-06 23:00"}, []string{
			"daily 6/10 08:00 for 6/10 08:00"}},
		{"the minute was missed", []string{"2026-10-06 07:00", "2026-10-06 08:47"}, []string{"daily 6/10 08:47 for 6/10 08:00"}},
		{"days were missed: once, for the latest", []string{"2026-10-06 12:00", "2026-10-13 08:30"}, []string{
			"daily 13/10 08:30 for 13/10 08:00", "weekly 13/10 08:30 for 12/10 09:00"}},
		{"a restart repeats nothing", []string{"2026-10-06 07:00", "2026-10-06 08:00", "restart", "2026-10-06 08:00", "2026-10-06 08:01"}, []string{
			"daily 6/10 08:00 for 6/10 08:00"}},
		{"a restart loses nothing", []string{"2026-10-06 07:00", "restart", "2026-10-06 09:00"}, []string{"daily 6/10 09:00 for 6/10 08:00"}},
		{"a clock set back repeats nothing", []string{"2026-10-06 07:00", "2026-10-06 08:00", "2026-10-06 07:00", "2026-10-06 08:00"}, []string{
			"daily 6/10 08:00 for 6/10 08:00"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, "2026-10-05 06:00")
			r := &runs{w: w}
			for _, call := range tt.calls {
				if call == "restart" {
					w.restart()
					continue
				}
				now := w.at(call)
				w.business.set(now)
				w.check(w.schedulerOf(r.job("daily", daily), r.job("weekly", weekly)).RunDue(t.Context(), now))
			}
			equal(t, "runs", r.got, tt.want...)
		})
	}
}

// A job that fails is tried again and keeps no other from running.
func TestRunDueFailure(t *testing.T) {
	w := newWorld(t, "2026-10-06 07:00")
	bad, good := &runs{w: w, err: errors.New("disk full")}, &runs{w: w}
	s := w.schedulerOf(bad.job("bad", "0 8 * * *"), good.job("good", "0 8 * * *"))
	w.check(s.RunDue(t.Context(), w.business.now()))
	for _, at := range []string{"2026-10-06 08:00", "2026-10-06 08:01"} {
		if err := s.RunDue(t.Context(), w.at(at)); !errors.Is(err, bad.err) {
			t.Errorf("at %s: error %v, want the job's", at, err)
		}
	}
	bad.err = nil
	w.check(s.RunDue(t.Context(), w.at("2026-10-06 08:02")))
	w.check(s.RunDue(t.Context(), w.at("2026-10-06 08:03")))
	equal(t, "bad", bad.got, "bad 6/10 08:00 for 6/10 08:00", "bad 6/10 08:01 for 6/10 08:00", "bad 6/10 08:02 for 6/10 08:00")
	equal(t, "good", good.got, "good 6/10 08:00 for 6/10 08:00")
}

func TestNextFiring(t *testing.T) {
	w := newWorld(t, "2026-10-05 06:00")
	for _, tt := range []struct{ after, want string }{
		{"2026-10-05 06:00", "2026-10-05 07:00"},
		{"2026-10-05 07:00", "2026-10-05 08:00"},
		{"2026-10-05 09:00", "2026-10-06 00:00"},
		{"2026-10-11 08:00", "2026-10-12 00:00"},
		{"2026-10-12 00:00", "2026-10-12 07:00"},
	} {
		if got := w.scheduler.NextFiring(w.at(tt.after)); !got.Equal(w.at(tt.want)) {
			t.Errorf("after %s: %s, want %s", tt.after, got, tt.want)
		}
	}
}

// Start runs at once, a panicking job kills neither the process nor the schedule, and Stop waits.
func TestStartAndStop(t *testing.T) {
	w := newWorld(t, "2026-10-06 07:00")
	ran := make(chan struct{}, 1)
	s := w.schedulerOf(notify.Job{Name: "panics", Spec: "0 8 * * *", Run: func(context.Context, time.Time, time.Time) error {
		ran <- struct{}{}
		panic("a job went wrong")
	}})
	w.check(s.RunDue(t.Context(), w.business.now()))
	beat := s.Beat()
	w.system.add(time.Hour)
	w.business.set(w.at("2026-10-06 08:00"))
	w.check(s.Start(t.Context()))
	<-ran
	if err := s.Start(t.Context()); err == nil {
		t.Error("started twice")
	}
	w.check(s.Stop(t.Context()))
	if err := s.RunDue(t.Context(), w.business.now()); err == nil || !strings.Contains(err.Error(), "a job went wrong") {
		t.Errorf("error %v, want the job's: it must be tried again", err)
	}
	<-ran
	if !s.Beat().Equal(beat) {
		t.Error("a heartbeat although the job never succeeded")
	}
}

// Missed days write one reminder of a duty, the newest; a day off writes none.
func TestMissedDays(t *testing.T) {
	w := newWorld(t, "2026-10-05 07:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	w.person("Lê An", "an@nv.vn", focal(interior))
	w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-27", leads: []int64{interior}})
	w.runDue("2026-10-05 07:00")
	// Down from the 12th to Saturday the 24th: −10 and −5 have passed.
	w.runDue("2026-10-24 10:00")
	equal(t, "on a Saturday", w.told(tasks.NoticeReminder))
	w.runDue("2026-10-26 08:00")
	equal(t, "on Monday", w.told(tasks.NoticeReminder), "an@nv.vn: Sở Nội vụ có 1 việc sắp đến hạn")
	w.runDue("2026-10-27 08:00")
	equal(t, "on the day", w.told(tasks.NoticeReminder)[1:], "an@nv.vn: Sở Nội vụ có 1 việc cần hoàn thành hôm nay")
}

// A reminder that did not go on its day is told on the next working day, in that day's words, and only if it is still true.
func TestExpiredReminders(t *testing.T) {
	w := newWorld(t, "2026-10-15 07:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	_, a := w.issue("10/CT-UBND",
		duty{text: "Việc một", due: "2026-10-16", leads: []int64{interior}},
		duty{text: "Việc hai", due: "2026-10-16", leads: []int64{interior}},
		duty{text: "Việc ba", due: "2026-10-23", leads: []int64{interior}},
	)
	w.stepTo("2026-10-15 12:00")
	sent := len(w.server.all())
	w.server.stop() // on the evening before Friday the 16th
	w.stepTo("2026-10-17 12:00")
	w.submit(an, a[1].ID)
	w.stepTo("2026-10-18 23:00")
	if n := len(w.server.all()); n != sent {
		t.Fatalf("%d mails sent without a server", n-sent)
	}
	equal(t, "while it was down", w.told(tasks.NoticeReminder), "an@nv.vn: Sở Nội vụ có 2 việc cần hoàn thành hôm nay, 1 việc sắp đến hạn")
	server := startMailServer(t)
	w.deliverer = w.newDeliverer(w.db.Outbox(), server.port)
	w.system.add(time.Hour)
	w.stepTo("2026-10-19 12:00")
	equal(t, "on Monday", w.told(tasks.NoticeReminder)[1:], "an@nv.vn: Sở Nội vụ có 1 việc quá hạn, 1 việc sắp đến hạn")
	states := []notify.MailState{}
	for _, m := range w.mails(tasks.NoticeReminder) {
		states = append(states, m.State)
	}
	if !slices.Equal(states, []notify.MailState{notify.MailExpired, notify.MailSent}) {
		t.Errorf("states %v, want the first expired and the second sent", states)
	}
}
