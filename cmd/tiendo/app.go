package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"runtime"
	"time"

	"tiendo/cmd/tiendo/convert"
	"tiendo/notify"
	"tiendo/notify/smtp"
	"tiendo/store"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
	"tiendo/web"
)

// clocks are the two clocks that everything is handed.
type clocks struct{ business, system tasks.Clock }

// realClocks tell the time of the machine.
func realClocks() clocks { return clocks{time.Now, time.Now} }

// app is the program as a value: every service wired to one database. A test boots it on a port of its own.
type app struct {
	config    config
	log       *slog.Logger
	clocks    clocks
	db        *store.DB
	files     *store.Files
	rules     tasks.Rules
	calendar  *calendar.Calendar // nil: the one that the program came with, until the database's is read
	templates *templates.Set

	accounts    *tasks.Accounts
	assignments *tasks.Assignments
	documents   *tasks.Documents
	directory   *tasks.Directory
	weeks       *tasks.Weeks
	changes     *tasks.AgencyChanges
	days        *tasks.WorkingDays

	outbox    *notify.Outbox
	bounces   *notify.Bounces
	composer  *notify.Composer
	scheduler *notify.Scheduler
	deliverer *notify.Deliverer
	metrics   *figures
}

// newApp opens the database and wires the services. Close it when done.
func newApp(ctx context.Context, c config, cl clocks, log *slog.Logger) (_ *app, err error) {
	a := &app{config: c, log: log, clocks: cl}
	if a.db, err = store.Open(ctx, c.Database.DSN, store.Options{OnQuery: web.CountQuery, Unsynced: c.unsynced}); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.Close())
		}
	}()
	if a.files, err = store.OpenFiles(c.Files.Dir); err != nil {
		return nil, fmt.Errorf("open files: %w", err)
	}
	if err := a.wire(); err != nil {
		return nil, err
	}
	return a, a.days.Fill(ctx)
}

// on is the same program on another database and under other clocks, for a rehearsal. Who opened the database closes it.
func (a *app) on(db *store.DB, cl clocks) (*app, error) {
	b := &app{config: a.config, log: a.log, clocks: cl, db: db, files: a.files, calendar: a.rules.Calendar}
	return b, b.wire()
}

// wire wires the services to the database.
func (a *app) wire() (err error) {
	c, cl := a.config, a.clocks
	if a.templates, err = templates.Load(templates.InZone(c.location)); err != nil {
		return fmt.Errorf("load templates: %w", err)
	}
	if a.calendar == nil {
		a.calendar = calendar.New(calendar.Default())
	}
	a.rules = tasks.Rules{
		Location: c.location, Calendar: a.calendar, DueSoon: c.Rules.DueSoon, FirstCadence: c.Rules.FirstCadence, ConfirmWithin: c.Rules.ConfirmWithin,
		SecretariatExtends: c.Rules.SecretariatExtends,
	}
	passwords, err := tasks.NewPasswords(max(1, runtime.NumCPU()/2))
	if err != nil {
		return err
	}
	a.accounts = &tasks.Accounts{
		Store: a.db.Accounts(), Passwords: passwords, Rules: a.rules, Now: cl.business, System: cl.system, Random: rand.Reader,
	}
	a.assignments = &tasks.Assignments{Store: a.db.Assignments(), Files: a.files, Rules: a.rules, Now: cl.business}
	read := reader{a.rules.Calendar, convert.New(convert.DefaultLimits())}
	a.changes = &tasks.AgencyChanges{Store: a.db.AgencyChanges(), Duties: a.assignments}
	a.documents = &tasks.Documents{
		Store: a.db.Documents(), Files: a.files, Reader: read, Deadlines: read, Trackers: read, Rules: a.rules, Now: cl.business,
	}
	a.directory = &tasks.Directory{Store: a.db.Directory(), Rules: a.rules, Now: cl.business}
	a.days = &tasks.WorkingDays{
		Store: a.db.WorkingDays(), Rules: a.rules, Now: cl.business, System: cl.system,
		Reading: func(c *calendar.Calendar) tasks.DeadlineReader { return reader{calendar: c} },
	}
	a.weeks = &tasks.Weeks{Store: a.db.Weeks(), Rules: a.rules, Now: cl.business, Ladder: a.config.ladder(), ForewordBefore: a.config.Schedule.Foreword}
	return a.wireMail()
}

// wireMail wires what composes and sends.
func (a *app) wireMail() (err error) {
	c := a.config
	from := c.SMTP.FromAddress
	if from == "" {
		from = "tiendo@localhost"
	}
	settings := notify.Settings{
		BaseURL: c.BaseURL, Province: c.Province, FromAddress: from, FromName: c.SMTP.FromName,
		Hold: c.Schedule.Hold, Office: c.office(), Reminders: c.Schedule.Reminders, RollUp: c.Schedule.RollUp, Month: c.Schedule.Month, Digest: c.Schedule.Digest,
	}
	if a.composer, err = notify.NewComposer(a.db.Compose(), a.templates, a.rules, settings, rand.Reader); err != nil {
		return err
	}
	a.metrics = newFigures()
	a.weeks.Digests = a.composer.NextDigest
	outbox := a.db.Outbox()
	jobs := notify.Jobs{Store: a.db.Jobs(), Rules: a.rules, Ladder: c.ladder(), Weeks: a.weeks, Cadences: a.assignments, Agencies: a.changes}.List(c.specs())
	jobs = append(jobs, notify.CalendarJob(a.db.Jobs(), a.rules), a.maintenance())
	if a.scheduler, err = notify.NewScheduler(a.db.Jobs(), outbox, a.composer, jobs, a.rules, a.clocks.business, a.clocks.system, a.log); err != nil {
		return err
	}
	dial := func() (notify.Sender, error) { return smtp.New(c.sender()) }
	a.deliverer = notify.NewDeliverer(outbox, dial, a.rules, a.clocks.business, a.clocks.system, notify.DeliverySettings{
		Workers: c.SMTP.Workers, SendTimeout: c.SMTP.Timeout, Limits: notify.Limits{Minute: c.SMTP.PerMinute, Hour: c.SMTP.PerHour},
		Observe: a.metrics.mail,
	}, a.log)
	a.deliverer.TakeBack = a.composer.TakeBack
	a.scheduler.Refresh = a.days.Refresh
	a.bounces = &notify.Bounces{Store: a.db.Bounces(), Rules: a.rules, Business: a.clocks.business}
	a.scheduler.Wake, a.scheduler.Observe = a.deliverer.Wake, a.metrics.job
	a.outbox = &notify.Outbox{
		Store: outbox, Composer: a.composer, Scheduler: a.scheduler, Business: a.clocks.business, System: a.clocks.system, Wake: a.deliverer.Wake,
	}
	return nil
}

// Close closes the database.
func (a *app) Close() error { return a.db.Close() }

// handler is the program's pages. demo is nil outside the demo.
func (a *app) handler(demo web.Demo, changed func()) (http.Handler, error) {
	base, err := url.Parse(a.config.BaseURL)
	if err != nil {
		return nil, fmt.Errorf("base_url: %w", err)
	}
	s := &web.Server{
		Accounts: a.accounts, Assignments: a.assignments, Documents: a.documents, Directory: a.directory, Weeks: a.weeks, Changes: a.changes, Days: a.days, Letters: &tasks.Letters{Store: a.db.Letters(), Duties: a.assignments}, Outbox: a.outbox, Bounces: a.bounces,
		Reminders: &tasks.Reminders{Store: a.db.Reminders(), Rules: a.rules, Default: a.config.ladder(), Now: a.clocks.business},
		Trail:     &tasks.Trail{Store: a.db.Trail(), Rules: a.rules}, Templates: a.templates, Sessions: a.db.Sessions(a.clocks.system), Rules: a.rules, Now: a.clocks.business, System: a.clocks.system, Log: a.log,
		Ready: a.ready, Health: a.health, BaseURL: base, Province: a.config.Province, Letterhead: a.config.letterhead(), TrustedProxies: a.config.TrustedProxies, Demo: demo, Changed: changed, Observe: a.metrics.request,
	}
	return s.Handler()
}
