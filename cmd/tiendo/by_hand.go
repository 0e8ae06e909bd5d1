package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"tiendo/notify"
	"tiendo/store"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

func runRemind(ctx context.Context, args []string, io streams) error {
	return byHand(ctx, "remind", notify.JobReminders, args, io)
}

func runRollUp(ctx context.Context, args []string, io streams) error {
	return byHand(ctx, "rollup", notify.JobRollUp, args, io)
}

func runMonth(ctx context.Context, args []string, io streams) error {
	return byHand(ctx, "month", notify.JobMonth, args, io)
}

func runDigest(ctx context.Context, args []string, io streams) error {
	return byHand(ctx, "digest", notify.JobDigest, args, io)
}

// byHand runs one job now: for good, and the mails go at once, or as a rehearsal that prints who would get what and why.
func byHand(ctx context.Context, command, job string, args []string, io streams) error {
	f := flags(command, "", io)
	path := configFlag(f)
	at := f.String("at", "", "as of this `time`, 2006-01-02 or 2006-01-02T15:04 in the province's zone, instead of now")
	dry := f.Bool("dry-run", false, "change nothing and send nothing; print who would get what and why")
	if err := parse(f, args, 0, 0); err != nil {
		return err
	}
	return withApp(ctx, *path, io, func(a *app) error {
		h := hand{app: a, job: job, now: a.clocks.business(), out: io.out, err: io.err}
		h.firing = h.now
		if *at != "" {
			var err error
			if h.firing, err = readInstant(*at, a.rules.Location); err != nil {
				fmt.Fprintf(io.err, "-at %s: give a day as 2006-01-02, or a time as 2006-01-02T15:04\n", *at)
				return errUsage
			}
		}
		if *dry {
			h.now = h.firing
			return h.rehearse(ctx)
		}
		if err := h.allowed(); err != nil {
			return err
		}
		return h.do(ctx)
	})
}

// readInstant reads a day, which stands for its end, or a time of day.
func readInstant(text string, zone *time.Location) (time.Time, error) {
	if day, err := calendar.ParseDate(text); err == nil {
		return day.AddDays(1).Start(zone).Add(-time.Second), nil
	}
	at, err := time.ParseInLocation("2006-01-02T15:04", text, zone)
	if err != nil {
		at, err = time.Parse(time.RFC3339, text)
	}
	return at, err
}

// hand is one job that a person runs.
type hand struct {
	*app
	job         string
	now, firing time.Time
	out, err    io.Writer
	failed      error // of writing to out
}

// allowed refuses times at which mails would be wrong: the steps of another day, or figures of a day that are not kept.
func (h *hand) allowed() error {
	today, day := h.rules.Day(h.now), h.rules.Day(h.firing)
	switch {
	case day == today:
		h.firing = h.now
		return nil
	case day.After(today):
		return errors.New("-at lies ahead: mails of a later day can only be looked at, with -dry-run")
	case h.job != notify.JobDigest:
		return errors.New("-at is a day gone by: its mails would tell what is no longer so; without -at the newest of each is written, with -dry-run you see what that day would have given as things stand now")
	}
	return nil
}

func (h *hand) do(ctx context.Context) error {
	var count atomic.Int64
	h.composer.Composed = func(notify.Composed) { count.Add(1) }
	stop := h.progress(&count)
	err := h.scheduler.RunNow(ctx, h.job, h.now, h.firing)
	stop()
	if err != nil {
		return err
	}
	mails := int(count.Load())
	untold, err := h.unreached(ctx, h.app)
	if err != nil {
		return err
	}
	h.printf("%s written%s\n", mailsOf(mails), h.whyNone(mails+untold))
	if mails == 0 || h.config.SMTP.Host == "" {
		return h.failed
	}
	d, err := h.deliverer.DeliverAll(ctx)
	if err != nil {
		return fmt.Errorf("deliver: %w", err)
	}
	if d.Unreachable != nil {
		return fmt.Errorf("the mails wait, the mail server cannot be used: %w", d.Unreachable)
	}
	h.printf("%d sent, %d to be tried again, %d refused\n", d.Sent, d.Deferred, d.Refused)
	return h.failed
}

func mailsOf(n int) string {
	if n == 1 {
		return "1 mail"
	}
	return fmt.Sprintf("%d mails", n)
}

// whyNone says why there is nothing to tell.
func (h *hand) whyNone(told int) string {
	switch day := h.rules.Day(h.now); {
	case told > 0:
		return ""
	case !h.rules.Calendar.IsWorking(day):
		return fmt.Sprintf(": %s is a day off", day)
	}
	return ": nothing is to be told that has not been told already"
}

// rehearse runs the job on a copy that is thrown away, and prints what came of it.
func (h *hand) rehearse(ctx context.Context) error {
	fixed := clocks{business: func() time.Time { return h.now }, system: h.clocks.system}
	var page bytes.Buffer
	out := h.out
	h.out = &page
	if err := h.db.Rehearse(ctx, func(db *store.DB) error {
		page.Reset() // it may run again
		a, err := h.on(db, fixed)
		if err != nil {
			return err
		}
		var composed []notify.Composed
		var count atomic.Int64
		a.composer.Composed = func(c notify.Composed) {
			composed = append(composed, c)
			count.Add(1)
		}
		stop := h.progress(&count)
		err = a.scheduler.RehearseNow(ctx, h.job, h.now, h.firing)
		stop()
		if err != nil {
			return err
		}
		for _, c := range composed {
			if err := h.tell(ctx, a, c); err != nil {
				return err
			}
		}
		untold, err := h.unreached(ctx, a)
		if err != nil {
			return err
		}
		h.printf("%s would be written%s. Nothing was changed.\n", mailsOf(len(composed)), h.whyNone(len(composed)+untold))
		return nil
	}); err != nil {
		return err
	}
	_, err := page.WriteTo(out)
	return err
}

func (h *hand) tell(ctx context.Context, a *app, c notify.Composed) error {
	whose := ""
	if c.Mail.Instead != 0 {
		whose = ", as deputy"
	}
	if c.ForOthers() {
		whose += ", in the place of an agency's people without an account"
	}
	h.printf("%s <%s>%s: %s\n", c.Person.Name, c.Mail.To, whose, c.Mail.Subject)
	return h.reasons(ctx, a, c.Told)
}

// unreached prints the notices that nobody can receive, and counts them.
func (h *hand) unreached(ctx context.Context, a *app) (untold int, err error) {
	for _, kind := range notify.KindsByHand(h.job) {
		notices, err := a.composer.Unreached(ctx, kind, h.now)
		if err != nil {
			return 0, err
		}
		untold += len(notices)
		if len(notices) > 0 {
			h.printf("nobody can be told (no active person with that role):\n")
			if err := h.reasons(ctx, a, notices); err != nil {
				return 0, err
			}
		}
	}
	return untold, nil
}

func (h *hand) reasons(ctx context.Context, a *app, notices []tasks.Notice) error {
	reasons, err := a.composer.Why(ctx, notices)
	if err != nil {
		return err
	}
	names, err := a.agencyNames(ctx)
	if err != nil {
		return err
	}
	w := a.templates.Words(commandLanguage)
	for _, r := range reasons {
		h.printf("    %s\n", reasonWords(w, r, names))
	}
	return nil
}

func (h *hand) printf(format string, args ...any) {
	if _, err := fmt.Fprintf(h.out, format, args...); err != nil && h.failed == nil {
		h.failed = err
	}
}
