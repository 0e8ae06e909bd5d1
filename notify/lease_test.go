package notify_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/store"
	"tiendo/tasks"
	"tiendo/tasks/directory"
	"tiendo/templates"
)

// instance is another instance of the program on the world's database, with connections of its own.
func (w *world) instance(name string, jobs ...notify.Job) *notify.Scheduler {
	w.t.Helper()
	db, err := store.Open(w.t.Context(), w.dsn, store.Options{})
	w.check(err)
	w.t.Cleanup(func() { db.Close() })
	s, err := notify.NewScheduler(db.Jobs(), db.Outbox(), w.composerOn(db), jobs, w.rules, w.business.now, w.system.now,
		slog.New(slog.NewTextHandler(io.Discard, nil)))
	w.check(err)
	s.Holder = name
	return s
}

func (w *world) composerOn(db *store.DB) *notify.Composer {
	w.t.Helper()
	set, err := templates.Load(templates.InZone(w.rules.Location))
	w.check(err)
	c, err := notify.NewComposer(db.Compose(), set, w.rules, notify.Settings{
		BaseURL: baseURL, Province: "tỉnh Mẫu Sơn", FromAddress: "tiendo@mauson.example.gov.vn", FromName: "tiendo",
	}, rand.Reader)
	w.check(err)
	return c
}

// One instance runs the jobs; another takes over once the first has been silent for its lease, and gives nothing back.
func TestOneInstanceSchedules(t *testing.T) {
	w := newWorld(t, "2026-10-06 07:00")
	var ran []string
	job := func(name string) notify.Job {
		return notify.Job{Name: "daily", Spec: "0 8 * * *", Run: func(_ context.Context, now, _ time.Time) error {
			ran = append(ran, name+" "+now.In(w.rules.Location).Format("2/1"))
			return nil
		}}
	}
	a, b := w.instance("a", job("a")), w.instance("b", job("b"))
	due := func(s *notify.Scheduler, at string) {
		t.Helper()
		w.business.set(w.at(at))
		w.check(s.RunDue(t.Context(), w.business.now()))
	}
	due(a, "2026-10-06 07:00")
	due(b, "2026-10-06 08:00")
	equal(t, "while a has the lease", ran)
	if !b.Beat().Equal(a.Beat()) || a.Beat().IsZero() {
		t.Errorf("a's beat is %s, b knows of %s", a.Beat(), b.Beat())
	}
	due(a, "2026-10-06 08:00")
	w.system.add(notify.DefaultLease - time.Second)
	due(b, "2026-10-07 08:00")
	equal(t, "a second before the lease's end", ran, "a 6/10")
	w.system.add(time.Second)
	due(b, "2026-10-07 08:01")
	due(a, "2026-10-07 08:01")
	due(a, "2026-10-08 08:00")
	due(b, "2026-10-08 08:00")
	equal(t, "after it", ran, "a 6/10", "b 7/10", "b 8/10")

	// One that is stopped gives the lease back at once.
	b.Every = time.Hour
	w.check(b.Start(t.Context()))
	w.check(b.Stop(t.Context()))
	due(a, "2026-10-09 08:00")
	equal(t, "after b was stopped", ran, "a 6/10", "b 7/10", "b 8/10", "a 9/10")
}

// An instance that was frozen in the middle of a job wakes up when another has taken over: it writes nothing more.
func TestAFrozenInstanceWritesNothing(t *testing.T) {
	w := newWorld(t, "2026-10-05 06:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	w.person("Lê An", "an@nv.vn", focal(interior))
	w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-11-30", leads: []int64{interior}})
	jobs := notify.Jobs{Store: w.db.Jobs(), Rules: w.rules, Ladder: tasks.DefaultLadder(), Weeks: w.weeks, Cadences: w.assignments, Agencies: &tasks.AgencyChanges{Store: w.db.AgencyChanges(), Duties: w.assignments}}
	freeze, frozen, thaw := true, make(chan struct{}), make(chan struct{})
	rollUp := func() notify.Job {
		all := jobs.List(notify.DefaultSpecs())
		return all[slices.IndexFunc(all, func(j notify.Job) bool { return j.Name == notify.JobRollUp })]
	}
	slow := rollUp()
	run := slow.Run
	slow.Run = func(ctx context.Context, now, firing time.Time) error {
		if freeze {
			close(frozen)
			<-thaw
		}
		return run(ctx, now, firing)
	}
	a, b := w.instance("a", slow), w.instance("b", rollUp())
	w.check(a.RunDue(t.Context(), w.business.now())) // the first start
	freezeAt := w.at("2026-10-05 09:00")
	w.business.set(freezeAt)
	woken := make(chan error)
	go func() { woken <- a.RunDue(context.Background(), freezeAt) }()
	<-frozen
	w.system.add(notify.DefaultLease)
	w.business.set(w.at("2026-10-12 09:00"))
	w.check(b.RunDue(t.Context(), w.business.now()))
	equal(t, "b took over", w.told(tasks.NoticeRollUp), "an@nv.vn: "+w.mails(tasks.NoticeRollUp)[0].Subject)
	close(thaw)
	if err := <-woken; !errors.Is(err, notify.ErrLeaseLost) {
		t.Errorf("a ended with %v", err)
	}
	freeze = false
	w.check(a.RunDue(t.Context(), w.business.now()))
	w.check(b.RunDue(t.Context(), w.business.now()))
	if n := len(w.told(tasks.NoticeRollUp)); n != 1 {
		t.Errorf("%d roll-ups after a woke up: that of the week before is old", n)
	}
	w.check(w.db.Jobs().View(t.Context(), func(tx notify.JobReader) error {
		runs, err := tx.LastRuns()
		if last := runs[notify.JobRollUp]; !last.Equal(w.business.now()) {
			t.Errorf("last run %s: a set it back", last)
		}
		return err
	}))
}

// Several instances that compose at once write one mail a person and day, document, window or week.
func TestComposingAtOnce(t *testing.T) {
	w := newWorld(t, "2026-10-05 07:00")
	var agencies []int64
	for i := range 4 {
		a := w.agency(fmt.Sprintf("Sở %d", i), directory.KindDepartment)
		agencies = append(agencies, a)
		for j := range 3 {
			w.person(fmt.Sprintf("Người %d %d", i, j), fmt.Sprintf("n%d.%d@x.vn", i, j), focal(a), head(a))
		}
	}
	w.person("Lãnh đạo", "ld@x.vn", tasks.Grant{Role: tasks.RoleLeader})
	var duties []duty
	for i := range 12 {
		duties = append(duties, duty{text: fmt.Sprint("Việc ", i), due: "2026-10-16", leads: []int64{agencies[i%4], agencies[(i+1)%4]}, joint: i%2 == 0})
	}
	w.issue("1/CT", duties...)
	w.issue("2/CT", duties[:5]...)
	w.runDue("2026-10-05 07:00") // the first start of the jobs
	jobs := notify.Jobs{Store: w.db.Jobs(), Rules: w.rules, Ladder: tasks.DefaultLadder(), Weeks: w.weeks, Cadences: w.assignments, Agencies: &tasks.AgencyChanges{Store: w.db.AgencyChanges(), Duties: w.assignments}}
	composers := []*notify.Composer{w.composer}
	for range 3 {
		db, err := store.Open(t.Context(), w.dsn, store.Options{})
		w.check(err)
		t.Cleanup(func() { db.Close() })
		composers = append(composers, w.composerOn(db))
	}
	for day := range 3 {
		now := w.at("2026-10-12 09:00").AddDate(0, 0, 2*day)
		w.business.set(now)
		for _, j := range jobs.List(notify.DefaultSpecs()) {
			w.check(j.Run(t.Context(), now, now))
		}
		var wg sync.WaitGroup
		errs := make([]error, len(composers))
		for i, c := range composers {
			wg.Go(func() { errs[i] = c.Compose(context.Background(), now) })
		}
		wg.Wait()
		w.check(errors.Join(errs...))
		w.check(w.composer.Compose(t.Context(), now))
	}
	count := make(map[string]int)
	for _, kind := range []tasks.NoticeKind{tasks.NoticeIssued, tasks.NoticeReminder, tasks.NoticeRollUp, tasks.NoticeDigest} {
		mails := w.mails(kind)
		if len(mails) == 0 {
			t.Errorf("no mail of %s", kind)
		}
		for _, m := range mails {
			key := fmt.Sprint(kind, " ", m.To, " ", m.DocumentID)
			if kind == tasks.NoticeReminder {
				key += " " + w.rules.Day(m.CreatedAt).String()
			}
			if kind == tasks.NoticeRollUp {
				key += " " + m.Subject
			}
			if count[key]++; count[key] > 1 {
				t.Errorf("%s: %d mails", key, count[key])
			}
		}
	}
	if open, err := w.composer.Unreached(t.Context(), tasks.NoticeIssued, w.business.now()); err != nil || len(open) > 0 {
		t.Errorf("open after all was composed: %d, %v", len(open), err)
	}
}
