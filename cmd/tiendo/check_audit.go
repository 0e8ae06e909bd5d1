package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"tiendo/store"
	"tiendo/tasks"
)

// checkAudit verifies the trail and prints the seal of each week, to be compared with those in the leaders' mailboxes. It only reads.
func checkAudit(ctx context.Context, cfg config, c *checks) (err error) {
	// As it is: whoever verifies a trail must not bring it up to date first.
	db, err := store.Open(ctx, cfg.Database.DSN, store.Options{AsIs: true})
	if err != nil {
		c.say("database", "", err)
		return errChecks
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	c.say("database", db.Engine()+", "+store.Redact(cfg.Database.DSN), nil)
	begun := time.Now()
	check, weeks, err := db.VerifyAudit(ctx)
	if err != nil {
		c.say("audit trail", "", err)
		return errChecks
	}
	for _, w := range weeks {
		c.say("seal of "+weekName(w), fmt.Sprintf("%s, %d chains up to row %d", w.Seal, w.Chains, w.LastID), nil)
	}
	breaks, broken := check.End()
	for _, b := range breaks {
		c.say("audit trail", "", breakWords(b, cfg.location))
	}
	if len(breaks) > 0 {
		if broken > 1 {
			c.say("audit trail", "", fmt.Errorf("%d places are broken; the one named is the first", broken))
		}
		return errChecks
	}
	c.say("audit trail", fmt.Sprintf("%d rows in %d chains and %d weeks are as they were sealed (%s)",
		check.Rows, check.Chains, len(weeks), time.Since(begun).Round(time.Millisecond)), nil)
	return nil
}

func weekName(w tasks.WeekSeal) string {
	if w.Monday.IsZero() {
		return "the rows from before there were seals"
	}
	_, number := w.Monday.ISOWeek()
	return fmt.Sprintf("week %d, Monday %s", number, w.Monday)
}

// breakWords says where the trail is broken, and what that means.
func breakWords(b tasks.ChainBreak, zone *time.Location) error {
	if b.Fault == tasks.ChainWeek {
		return fmt.Errorf("the seal of %s, made at %s, is not that of the trail up to row %d: rows up to there were changed, removed or added since",
			weekName(b.Week), b.At.In(zone).Format("2006-01-02 15:04"), b.Week.LastID)
	}
	what := map[tasks.ChainFault]string{
		tasks.ChainUnsealed: "has no seal: the program did not write it",
		tasks.ChainGap:      "does not follow on the row before it: one was removed, or this one was slipped in",
		tasks.ChainOrder:    "has a lower number than the row before it: they were exchanged, or it was slipped in",
		tasks.ChainContent:  "is not as it was sealed: it was changed, or the row before it was",
	}[b.Fault]
	return fmt.Errorf("%s %d, row %d (%s, %s) %s", b.Subject.Kind, b.Subject.ID, b.RowID, b.Action, b.At.In(zone).Format("2006-01-02 15:04"), what)
}
