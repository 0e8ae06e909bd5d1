package main

import (
	"context"
	"fmt"
)

func runDeliver(ctx context.Context, args []string, io streams) error {
	f := flags("deliver", "", io)
	path := configFlag(f)
	if err := parse(f, args, 0, 0); err != nil {
		return err
	}
	return withApp(ctx, *path, io, func(a *app) error {
		if err := a.scheduler.ComposeOnce(ctx, a.clocks.business()); err != nil {
			return fmt.Errorf("compose: %w", err)
		}
		d, err := a.deliverer.DeliverAll(ctx)
		if err != nil {
			return fmt.Errorf("deliver: %w", err)
		}
		if d.Unreachable != nil {
			return fmt.Errorf("the mail server cannot be used, nothing is lost: %w", d.Unreachable)
		}
		if _, err = fmt.Fprintf(io.out, "%d sent, %d to be tried again, %d refused\n", d.Sent, d.Deferred, d.Refused); err != nil || d.Paced.IsZero() {
			return err
		}
		_, err = fmt.Fprintf(io.out, "the limits under [smtp] let more go from %s\n", d.Paced.In(a.rules.Location).Format("15:04:05"))
		return err
	})
}
