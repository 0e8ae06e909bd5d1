package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"tiendo/web"
)

func runServe(ctx context.Context, args []string, io streams) error {
	f := flags("serve", "", io)
	path := configFlag(f)
	if err := parse(f, args, 0, 0); err != nil {
		return err
	}
	c, err := loadConfig(*path)
	if err != nil {
		return err
	}
	h, err := c.Log.handler(os.Stderr)
	if err != nil {
		return err
	}
	collectLater()
	a, err := newApp(ctx, c, realClocks(), slog.New(h))
	if err != nil {
		return err
	}
	ln, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return errors.Join(fmt.Errorf("listen: %w", err), a.Close())
	}
	figures, err := a.serveMetrics()
	if err != nil {
		return errors.Join(err, ln.Close(), a.Close())
	}
	fmt.Fprintf(io.out, "tiendo serves %s\n", c.BaseURL)
	return errors.Join(a.serve(ctx, ln, nil), figures.Close(), a.Close())
}

// How long each part of shutting down may take.
const (
	finishRequests = 20 * time.Second
	finishJobs     = 20 * time.Second
	headerTimeout  = 10 * time.Second
	requestTimeout = 5 * time.Minute // an upload over a slow line
	maxHeader      = 64 << 10        // octets of a request's head
)

// server bounds how long a client may keep a connection busy.
func (a *app) server(handler http.Handler) *http.Server {
	return &http.Server{
		Handler: handler, ReadHeaderTimeout: headerTimeout, ReadTimeout: requestTimeout, WriteTimeout: requestTimeout,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(a.log.Handler(), slog.LevelWarn),
	}
}

// serve answers requests, runs the scheduler and sends mails until ctx ends. Then it stops accepting, finishes the requests, stops
// the scheduler and finishes the mail in flight, in this order; the caller closes the database.
func (a *app) serve(ctx context.Context, ln net.Listener, demo web.Demo) error {
	changes := make(chan struct{}, 1)
	handler, err := a.handler(demo, func() { wake(changes) })
	if err != nil {
		return err
	}
	server := a.server(handler)
	background, stopBackground := context.WithCancel(context.WithoutCancel(ctx))
	defer stopBackground()
	mailCtx, stopMail := context.WithCancel(context.WithoutCancel(ctx))
	defer stopMail()

	if err := a.scheduler.Start(background); err != nil {
		return fmt.Errorf("start scheduler: %w", err)
	}
	var wg sync.WaitGroup
	wg.Go(func() { a.composeOnChange(background, changes) })
	if a.config.SMTP.Host != "" {
		wg.Go(func() { a.deliverer.Run(mailCtx) })
	} else {
		a.log.Info("smtp.host is empty: mails are composed and wait")
	}

	failed := make(chan error, 1)
	go func() { failed <- server.Serve(ln) }()
	wg.Go(afterStart)
	select {
	case err = <-failed:
		err = fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
		a.log.Info("stopping")
		timeout, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishRequests)
		err = server.Shutdown(timeout)
		cancel()
	}
	timeout, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishJobs)
	err = errors.Join(err, a.scheduler.Stop(timeout))
	cancel()
	stopBackground()
	stopMail()
	wg.Wait()
	return err
}

func wake(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default: // one is waiting already, and will see this change too
	}
}

// composeOnChange composes soon after something was changed, so that nobody waits for the minute to end.
func (a *app) composeOnChange(ctx context.Context, changes <-chan struct{}) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-changes:
			if err := a.scheduler.RunDue(ctx, a.clocks.business()); err != nil && ctx.Err() == nil {
				a.log.Error("compose after a change", "error", err)
			}
		}
	}
}
