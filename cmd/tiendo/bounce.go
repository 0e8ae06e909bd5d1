package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"time"

	"tiendo/notify"
	"tiendo/notify/dsn"
	"tiendo/store"
	"tiendo/tasks"
	"tiendo/templates"
)

// The exit codes by which a mail server knows what to do with a message that it has piped into a program (sysexits.h).
const (
	exitDataError     = 65 // the message is none that is wanted: send it back with what was printed
	exitTemporaryFail = 75 // keep it and try again
)

// exitError ends the program with a code of its own.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

func isExit(err error) bool {
	var e *exitError
	return errors.As(err, &e)
}

// exitOf says why, and answers the code. Wrong flags have been told already.
func exitOf(command string, err error, io streams) int {
	var e *exitError
	errors.As(err, &e)
	if !errors.Is(err, errUsage) {
		fmt.Fprintf(io.err, "tiendo %s: %v\n", command, err)
	}
	return e.code
}

// runBounce takes one message from standard input. What is not the message's fault, be it a busy database or a wrong flag, lets the mail
// server keep it: nothing is lost.
func runBounce(ctx context.Context, args []string, std streams) error {
	f := flags("bounce", "< MESSAGE", std)
	path := configFlag(f)
	wait := f.Duration("wait", 20*time.Second, "for so long wait for a database that is busy")
	if err := parse(f, args, 0, 0); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return &exitError{exitTemporaryFail, err}
	}
	report, err := dsn.Read(std.in)
	// A mail server that cannot write all of a message takes that for a failure.
	if _, rest := io.Copy(io.Discard, std.in); rest != nil && err == nil {
		err = rest
	}
	switch {
	case errors.Is(err, dsn.ErrNoReport):
		return &exitError{exitDataError, noReport()}
	case errors.Is(err, dsn.ErrAutomatic):
		_, err = fmt.Fprintln(std.out, "an automatic message that reports on no delivery: dropped")
	case err == nil:
		err = takeBounce(ctx, *path, *wait, report, std.out)
	}
	if err != nil {
		return &exitError{exitTemporaryFail, err}
	}
	return nil
}

// noReport tells whoever has written to the address that nobody reads there, in the languages of the province.
func noReport() error {
	set, err := templates.Load(templates.InZone(time.UTC))
	if err != nil {
		return dsn.ErrNoReport
	}
	var errs []error
	for _, language := range tasks.Languages {
		errs = append(errs, errors.New(set.Words(language).T("bounce.no_report")))
	}
	return errors.Join(errs...)
}

// takeBounce writes the report down. The schema is left as it is: to upgrade it is for those who look on.
func takeBounce(ctx context.Context, configPath string, wait time.Duration, report dsn.Report, out io.Writer) (err error) {
	c, err := loadConfig(configPath)
	if err != nil {
		return err
	}
	db, err := store.Open(ctx, c.Database.DSN, store.Options{AsIs: true, WriteWait: wait})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	want, err := store.SchemaVersion()
	if err != nil {
		return err
	}
	if have, err := db.AppliedSchema(ctx); err != nil || have != want {
		return errors.Join(err, fmt.Errorf("the database has schema %d, this program wants %d: start it once with serve", have, want))
	}
	bounces := notify.Bounces{Store: db.Bounces(), Rules: tasks.Rules{Location: c.location}, Business: time.Now}
	taken, err := bounces.Take(ctx, report)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, takenWords(taken))
	return err
}

func takenWords(t notify.Taken) string {
	switch {
	case t.Mail == 0:
		return "about no mail of ours: dropped"
	case t.Known:
		return fmt.Sprintf("mail %d: known already", t.Mail)
	case t.Unreachable:
		return fmt.Sprintf("mail %d came back; its recipient is shown as unreachable from now on", t.Mail)
	case t.Reachable:
		return fmt.Sprintf("mail %d was delivered; its recipient is reachable again", t.Mail)
	case t.Action == dsn.Failed:
		return fmt.Sprintf("mail %d came back", t.Mail)
	}
	return fmt.Sprintf("mail %d: %s", t.Mail, t.Action)
}
