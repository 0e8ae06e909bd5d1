package simulated_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/notify/smtp"
	"tiendo/store"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

const baseURL = "https://tiendo.example.gov.vn"

// clock is a clock that stands until it is set.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

// house is what the program stands on: a database, a mail server and the time.
type house struct {
	t                *testing.T
	dsn, files       string
	rules            tasks.Rules
	set              *templates.Set
	business, system clock
	server           *farEnd
}

func newHouse(t *testing.T, dsn string, start time.Time) *house {
	t.Helper()
	h := &house{t: t, dsn: dsn, files: filepath.Join(t.TempDir(), "files"), server: newFarEnd(t)}
	h.rules = tasks.DefaultRules(zone, calendar.New(calendar.Default()))
	var err error
	h.set, err = templates.Load(templates.InZone(zone))
	h.check(err)
	h.business.set(start)
	h.system.set(start)
	return h
}

func (h *house) check(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// patience is for how long an answer of the mail server is waited for, on a machine that may be busy.
const patience = 20 * time.Second

// program is one instance of the program.
type program struct {
	name string
	db   *store.DB
	*killer

	documents   *tasks.Documents
	assignments *tasks.Assignments
	directory   *tasks.Directory
	accounts    *tasks.Accounts
	scheduler   *notify.Scheduler
	deliverer   *notify.Deliverer
}

// start starts an instance.
func (h *house) start(name string) *program {
	h.t.Helper()
	p := &program{name: name, killer: &killer{}}
	var err error
	p.db, err = store.Open(h.t.Context(), h.dsn, store.Options{Unsynced: true})
	h.check(err)
	files, err := store.OpenFiles(h.files)
	h.check(err)
	now := h.business.now
	p.documents = &tasks.Documents{Store: p.db.Documents(), Files: files, Rules: h.rules, Now: now}
	p.assignments = &tasks.Assignments{Store: p.db.Assignments(), Files: files, Rules: h.rules, Now: now}
	p.directory = &tasks.Directory{Store: p.db.Directory(), Rules: h.rules, Now: now}
	p.accounts = &tasks.Accounts{Store: p.db.Accounts(), Rules: h.rules, Now: now, System: h.system.now, Random: rand.Reader}
	weeks := &tasks.Weeks{Store: p.db.Weeks(), Rules: h.rules, Now: now}
	composer, err := notify.NewComposer(mortalCompose{p.db.Compose(), p.killer}, h.set, h.rules, notify.Settings{
		BaseURL: baseURL, Province: "tỉnh Mẫu Sơn", FromAddress: "tiendo@mauson.example.gov.vn", FromName: "tiendo",
	}, rand.Reader)
	h.check(err)
	jobs := notify.Jobs{
		Store: mortalJobs{p.db.Jobs(), p.killer}, Rules: h.rules, Ladder: tasks.DefaultLadder(), Weeks: weeks, Cadences: p.assignments,
		Agencies: &tasks.AgencyChanges{Store: p.db.AgencyChanges(), Duties: p.assignments},
	}
	outbox := mortalOutbox{p.db.Outbox(), p.killer}
	log := slog.New(slog.DiscardHandler)
	p.scheduler, err = notify.NewScheduler(mortalJobs{p.db.Jobs(), p.killer}, outbox, composer, jobs.List(notify.DefaultSpecs()), h.rules, now, h.system.now, log)
	h.check(err)
	p.scheduler.Holder = name
	p.deliverer = notify.NewDeliverer(outbox, func() (notify.Sender, error) {
		return smtp.New(smtp.Config{Host: "127.0.0.1", Port: h.server.port, Encryption: smtp.None, Timeout: patience})
	}, h.rules, now, h.system.now, notify.DeliverySettings{SendTimeout: patience}, log)
	p.deliverer.TakeBack = composer.TakeBack
	return p
}

// end ends an instance.
func (p *program) end() error {
	p.deliverer.Close()
	return p.db.Close()
}

// run is what an instance does each minute.
func (p *program) run(ctx context.Context, now time.Time) error {
	if err := p.scheduler.RunDue(ctx, now); err != nil {
		return fmt.Errorf("%s: %w", p.name, err)
	}
	return nil
}

// deliver sends what may go. A server that is up is to be found.
func (p *program) deliver(ctx context.Context, up bool) error {
	done, err := p.deliverer.DeliverAll(ctx)
	if err == nil && up {
		err = done.Unreachable
	}
	if err != nil {
		return fmt.Errorf("%s: %w", p.name, err)
	}
	return nil
}

// together lets every instance do something at the same time; that one of them was killed on the way is no failure.
func together(programs []*program, do func(p *program) error) error {
	errs := make([]error, len(programs))
	var all sync.WaitGroup
	for i, p := range programs {
		all.Go(func() {
			if err := do(p); err != nil && !p.isDead() {
				errs[i] = err
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}
