package main

import (
	"context"
	"fmt"
	"net"
	"strconv"
	"time"

	"tiendo/notify/smtp"
	"tiendo/web"
)

// lateBeat is how long the scheduler, which runs each minute, may be silent.
const lateBeat = 5 * time.Minute

// ready tells whether the program can do its work: the database answers and the scheduler runs.
func (a *app) ready(ctx context.Context) error {
	if err := a.db.Ping(ctx); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	if beat := a.scheduler.Beat(); beat.IsZero() || a.clocks.system().Sub(beat) > lateBeat {
		return fmt.Errorf("scheduler: last run at %s", beat.Format(time.RFC3339))
	}
	return nil
}

// probe bounds the look at the mail server that the health page takes.
const probe = 5 * time.Second

// health is what only the whole program knows of itself.
func (a *app) health(ctx context.Context) web.Health {
	h := web.Health{Version: versionLine(), Engine: a.db.Engine(), Database: a.db.Ping(ctx)}
	if a.config.SMTP.Host == "" {
		return h
	}
	h.MailServer = a.config.SMTP.Host
	if a.config.SMTP.Port != 0 {
		h.MailServer = net.JoinHostPort(a.config.SMTP.Host, strconv.Itoa(a.config.SMTP.Port))
	}
	ctx, cancel := context.WithTimeout(ctx, probe)
	defer cancel()
	sender, err := smtp.New(a.config.sender())
	if err != nil {
		h.Mail = err
		return h
	}
	h.Mail = sender.Check(ctx)
	return h
}
