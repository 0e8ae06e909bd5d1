package main

import (
	"context"
	"errors"
	"time"

	"tiendo/cmd/tiendo/convert"
	"tiendo/notify"
)

// The job that cleans up, by night in the province's zone. After a night in which nothing ran it is made up for at the next start.
const (
	jobMaintenance  = "maintenance"
	maintenanceSpec = "0 3 * * *"
)

// maintenance removes what nobody refers to any more. It runs in the instance that schedules; to run it twice does no harm.
func (a *app) maintenance() notify.Job {
	return notify.Job{Name: jobMaintenance, Spec: maintenanceSpec, Run: func(ctx context.Context, _, _ time.Time) error { return a.sweep(ctx) }}
}

// sweep removes uploads without a row, sessions and one-time links that have run out, throttles that hold nobody back any more, and what
// conversions left that were killed, and shows as reachable again whom mails reach. One that fails keeps no other from being done.
func (a *app) sweep(ctx context.Context) error {
	now := a.clocks.system()
	files, err1 := a.files.Sweep(ctx, now, a.db.FileReferenced)
	access, err2 := a.db.Sessions(a.clocks.system).Sweep(ctx)
	throttles, err3 := a.accounts.SweepThrottles(ctx)
	conversions, err4 := convert.Sweep()
	reachable, err5 := a.bounces.Settle(ctx)
	a.log.InfoContext(ctx, "swept", "files", files, "sessions", access.Sessions, "links", access.Links, "throttles", throttles, "conversions", conversions, "reachable", reachable)
	return errors.Join(err1, err2, err3, err4, err5)
}
