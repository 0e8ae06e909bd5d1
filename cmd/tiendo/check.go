package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/mail"
	"time"

	"tiendo/cmd/tiendo/convert"
	"tiendo/notify"
	"tiendo/notify/message"
	"tiendo/notify/smtp"
	"tiendo/store"
	"tiendo/tasks/calendar"
)

func runCheck(ctx context.Context, args []string, std streams) error {
	f := flags("check", "", std)
	path := configFlag(f)
	to := f.String("mail", "", "send a test mail to this `address`")
	audit := f.Bool("audit", false, "verify the audit trail against its seals instead: every row, chain and week")
	if err := parse(f, args, 0, 0); err != nil {
		return err
	}
	c := checks{out: std.out}
	cfg, err := loadConfig(*path)
	c.say("configuration", *path, err)
	if err != nil {
		return errChecks
	}
	if *audit {
		return checkAudit(ctx, cfg, &c)
	}
	now := time.Now().In(cfg.location)
	c.say("zone", fmt.Sprintf("%s, now %s", cfg.Zone, now.Format("2006-01-02 15:04 -07:00")), nil)
	a, err := newApp(ctx, cfg, realClocks(), slog.New(slog.DiscardHandler))
	if err != nil {
		c.say("database and schema", "", err)
	} else {
		c.say("database and schema", a.db.Engine()+", "+store.Redact(cfg.Database.DSN), nil)
		c.scheduler(ctx, a)
		c.calendar(a)
		c.say("database closed", "", a.Close())
	}
	c.programs()
	c.smtp(ctx, cfg, *to, now)
	if c.failed {
		return errChecks
	}
	return nil
}

var errChecks = errors.New("something is not right, see above")

type checks struct {
	out    io.Writer
	failed bool
}

func (c *checks) say(what, detail string, err error) {
	if err != nil {
		c.failed = true
		fmt.Fprintf(c.out, "WRONG  %s: %v\n", what, err)
		return
	}
	if detail != "" {
		fmt.Fprintf(c.out, "ok     %s: %s\n", what, detail)
	}
}

// programs says which kinds of files cannot be read for want of a program, and what brings it. Everything else works without.
func (c *checks) programs() {
	missing := convert.Missing()
	for _, p := range missing {
		fmt.Fprintf(c.out, "lacks  %s: files of %s are refused; on Debian: apt-get install --no-install-recommends %s\n", p.Command, p.Formats, p.Package)
	}
	if len(missing) == 0 {
		c.say("programs for files", "PDF, .doc, .odt and .rtf are read", nil)
	}
}

// heartbeat says whether a server is at work. That none runs is no fault of what is checked; that one runs and does not get through is.
func (c *checks) heartbeat(ctx context.Context, a *app) {
	lease, err := a.scheduler.Heartbeat(ctx)
	now := a.clocks.system()
	at := lease.Beat.In(a.rules.Location).Format("2006-01-02 15:04:05")
	switch {
	case err != nil:
		c.say("heartbeat", "", err)
	case lease.Until.After(now) && now.Sub(lease.Beat) > lateBeat:
		c.say("heartbeat", "", fmt.Errorf("%s runs, and its scheduler has not got through since %s: see its log", lease.Holder, at))
	case lease.Until.After(now):
		c.say("heartbeat", at+", "+lease.Holder, nil)
	case lease.Beat.IsZero():
		fmt.Fprintln(c.out, "idle   heartbeat: no server has run on this database yet")
	default:
		fmt.Fprintf(c.out, "idle   heartbeat: no server runs; the last one worked at %s\n", at)
	}
}

// scheduler says when each job ran last and runs next.
func (c *checks) scheduler(ctx context.Context, a *app) {
	c.heartbeat(ctx, a)
	jobs, err := a.scheduler.Health(ctx)
	c.say("scheduler", "", err)
	for _, j := range jobs {
		last := "never"
		if !j.LastRun.IsZero() {
			last = j.LastRun.In(a.rules.Location).Format("2006-01-02 15:04")
		}
		c.say("job "+j.Name, fmt.Sprintf("last looked at %s, next %s", last, j.Next.In(a.rules.Location).Format("2006-01-02 15:04")), nil)
	}
}

// calendar says which years the calendar must be completed for. The program runs all the same.
func (c *checks) calendar(a *app) {
	lacking := a.rules.LackingYears(a.rules.Day(a.clocks.business()))
	for _, l := range lacking {
		fmt.Fprintf(c.out, "lacks  calendar: of %d it knows %d of %d public holidays; complete it at %s%s?year=%d\n",
			l.Year, l.Known, calendar.LawDaysOff, a.config.BaseURL, notify.WorkingDaysPath, l.Year)
	}
	if len(lacking) == 0 {
		c.say("calendar", "the public holidays are known", nil)
	}
}

func (c *checks) smtp(ctx context.Context, cfg config, to string, now time.Time) {
	if cfg.SMTP.Host == "" {
		c.say("mail server", "", errors.New("smtp.host is empty: mails are composed and wait"))
		return
	}
	sender, err := smtp.New(cfg.sender())
	if err == nil {
		defer sender.Close()
		err = sender.Check(ctx)
	}
	if err != nil {
		err = fmt.Errorf("%w: mails are composed and wait; set smtp.host, smtp.port and smtp.encryption right, or ask whoever runs the server", err)
	}
	c.say("mail server", cfg.SMTP.Host, err)
	if to == "" || err != nil {
		return
	}
	c.say("test mail", to, sendTest(ctx, cfg, sender, to, now))
}

func sendTest(ctx context.Context, cfg config, sender *smtp.Sender, to string, now time.Time) error {
	if _, err := mail.ParseAddress(to); err != nil {
		return err
	}
	m := message.Message{
		From: message.Address{Name: cfg.SMTP.FromName, Address: cfg.SMTP.FromAddress}, To: message.Address{Address: to},
		Subject: "tiendo: test mail", Date: now, Kind: "account",
		MessageID: message.NewMessageID(cfg.SMTP.FromAddress, "check", now.Format(time.RFC3339Nano)),
		Text:      "This is a test mail of tiendo check.\n",
	}
	from, rcpt, raw, err := m.Bytes()
	if err != nil {
		return err
	}
	return sender.SendContext(ctx, from, rcpt, bytesWriter(raw))
}

// bytesWriter writes a mail that is bytes already.
type bytesWriter []byte

// WriteTo implements io.WriterTo.
func (b bytesWriter) WriteTo(w io.Writer) (int64, error) {
	n, err := w.Write(b)
	return int64(n), err
}
