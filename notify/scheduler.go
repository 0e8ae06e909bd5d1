package notify

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/robfig/cron/v3"

	"tiendo/tasks"
)

// Composing turns open notices into mails as of a business instant. A Composer is one.
type Composing interface {
	Compose(ctx context.Context, now time.Time) error
	// ComposeEvents composes what people have caused, and leaves what jobs have written to the instance that runs them.
	ComposeEvents(ctx context.Context, now time.Time) error
	// ComposeOf composes what is open of the kinds, whatever the hour.
	ComposeOf(ctx context.Context, now time.Time, kinds ...tasks.NoticeKind) error
	// NextWindow is the first instant after the given one at which a window of events closes; zero when none is open.
	NextWindow(ctx context.Context, after time.Time) (time.Time, error)
}

// Scheduler runs the jobs whose time has come and has their notices composed. It keeps no state of its own but the stored last
// runs, so that a restart, a missed day or a clock that jumps loses nothing and repeats nothing. Of several instances on one
// database the one that has the lease runs the jobs; each composes what its own people have caused, which several may do at once.
type Scheduler struct {
	// Holder names this instance, Lease is for how long its silence is borne, Every is the time between runs, at least a second; zero:
	// at each full minute. Set them before Start.
	Holder string
	Lease  time.Duration
	Every  time.Duration

	store    JobStore
	outbox   OutboxStore
	compose  Composing
	rules    tasks.Rules
	business tasks.Clock
	system   tasks.Clock
	log      *slog.Logger
	jobs     []timetable

	mu     sync.Mutex // one RunDue at a time
	stepMu sync.Mutex // one StepTo at a time

	beatMu sync.Mutex
	beat   time.Time // system time of the last RunDue that succeeded, in whichever instance

	cronMu sync.Mutex
	cron   *cron.Cron
	stop   context.CancelFunc

	// Refresh, when set, is called before each RunDue does anything: other instances may have changed what jobs go by.
	Refresh func(ctx context.Context) error
	// Wake, when set, is called after each RunDue: mails may wait.
	Wake func()
	// Observe, when set, is told of each run of a job, for figures. It must not block.
	Observe func(job string, took time.Duration, err error)
}

// NewScheduler reads the jobs' specifications; an error names the one that cannot be used.
func NewScheduler(store JobStore, outbox OutboxStore, compose Composing, jobs []Job, rules tasks.Rules, business, system tasks.Clock, log *slog.Logger) (*Scheduler, error) {
	s := &Scheduler{Holder: instance(), Lease: DefaultLease, store: store, outbox: outbox, compose: compose, rules: rules, business: business, system: system, log: log}
	for _, job := range jobs {
		t, err := newTimetable(job, rules)
		if err != nil {
			return nil, fmt.Errorf("job %s: %w", job.Name, err)
		}
		s.jobs = append(s.jobs, t)
	}
	return s, nil
}

// RunDue runs each job that has fired since its last run: once, however many firings were missed, as of now. Reminders that were
// not sent on their day are then expired, which reopens their notices, and open notices are composed. A failing job is tried again
// at the next call and keeps no other from running. While another instance has the lease only events
// are composed.
func (s *Scheduler) RunDue(ctx context.Context, now time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.Refresh != nil {
		if err := s.Refresh(ctx); err != nil {
			return err
		}
	}
	lease, mine, err := s.takeLease(ctx)
	if err != nil {
		return err
	}
	var errs []error
	compose := s.compose.ComposeEvents
	if mine {
		errs = s.runJobs(ctx, now)
		if mine = !errors.Is(errors.Join(errs...), ErrLeaseLost); mine {
			compose = s.compose.Compose
		}
	}
	if err := compose(ctx, now); err != nil {
		errs = append(errs, fmt.Errorf("compose mails: %w", err))
	}
	if s.Wake != nil {
		s.Wake()
	}
	if mine && len(errs) == 0 {
		lease.Beat = s.system()
		// Lost in the meantime is no error: the other one's beats count.
		err := s.store.Update(ctx, func(tx JobTx) error { return tx.Beat(schedulerLease, s.Holder, lease.Beat) })
		if err != nil && !errors.Is(err, tasks.ErrNotFound) {
			return fmt.Errorf("beat of the scheduler: %w", err)
		}
	}
	if !mine || len(errs) == 0 {
		s.beatMu.Lock()
		s.beat = lease.Beat
		s.beatMu.Unlock()
	}
	return errors.Join(errs...)
}

// runJobs is what one instance does for all: the jobs, then the reminders of days gone by.
func (s *Scheduler) runJobs(ctx context.Context, now time.Time) (errs []error) {
	last, err := s.lastRuns(ctx)
	if err != nil {
		return []error{fmt.Errorf("last runs of jobs: %w", err)}
	}
	for _, job := range s.jobs {
		err := s.runJob(s.fenced(ctx), job, now, last)
		if errors.Is(err, ErrLeaseLost) {
			s.log.WarnContext(ctx, "lease lost", "job", job.Name, "instance", s.Holder)
			return append(errs, fmt.Errorf("job %s: %w", job.Name, err))
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("job %s: %w", job.Name, err))
		}
	}
	// Expired before composing: what a reminder left over is then part of this day's mail.
	if n, err := s.outbox.Expire(ctx, s.rules.Day(now), s.system()); err != nil {
		errs = append(errs, fmt.Errorf("expire mails: %w", err))
	} else if n > 0 {
		s.log.InfoContext(ctx, "mails expired", "count", n)
	}
	return errs
}

func (s *Scheduler) lastRuns(ctx context.Context) (last map[string]time.Time, err error) {
	err = s.store.View(ctx, func(tx JobReader) error {
		last, err = tx.LastRuns()
		return err
	})
	return last, err
}

// runJob runs the job when it has fired since its last run. One that was never run starts from now.
func (s *Scheduler) runJob(ctx context.Context, job timetable, now time.Time, last map[string]time.Time) error {
	if before, started := last[job.Name]; started {
		firing, ok := job.latest(before, now)
		if !ok {
			return nil
		}
		begun := s.system()
		err := guarded(func() error { return job.Run(ctx, now, firing) })
		if s.Observe != nil {
			s.Observe(job.Name, s.system().Sub(begun), err)
		}
		if err != nil {
			return err
		}
		s.log.InfoContext(ctx, "job run", "job", job.Name, "firing", firing, "now", now, "took", s.system().Sub(begun))
	}
	return s.store.Update(ctx, func(tx JobTx) error {
		if err := keepLease(ctx, tx); err != nil {
			return err
		}
		return tx.SetLastRun(job.Name, now)
	})
}

// guarded makes a panic of fn an error, so that one broken job or mail keeps no other from being done.
func guarded(fn func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return fn()
}

// NextFiring is the first time after the instant at which a job fires; zero when none does within five years.
func (s *Scheduler) NextFiring(after time.Time) time.Time {
	var first time.Time
	for _, job := range s.jobs {
		first = earliest(first, job.next(after))
	}
	return first
}

// nextStep is the first instant after the given one at which something is to be done: a job, the end of a hold or of a window of
// events; zero when there is none.
func (s *Scheduler) nextStep(ctx context.Context, after time.Time) (time.Time, error) {
	hold, err := s.outbox.EarliestHold(ctx, after)
	if err != nil {
		return time.Time{}, fmt.Errorf("next end of a hold: %w", err)
	}
	window, err := s.compose.NextWindow(ctx, after)
	if err != nil {
		return time.Time{}, fmt.Errorf("next window of events: %w", err)
	}
	return earliest(earliest(s.NextFiring(after), hold), window), nil
}

// earliest is the earlier of two instants, of which a zero one is none.
func earliest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// JobHealth tells when a job ran last and when it fires next, in business time.
type JobHealth struct {
	Name    string
	Spec    string
	LastRun time.Time // zero before its first start
	Next    time.Time
}

// Health tells of each job, in the order in which they run.
func (s *Scheduler) Health(ctx context.Context) ([]JobHealth, error) {
	health := make([]JobHealth, len(s.jobs))
	now := s.business()
	last, err := s.lastRuns(ctx)
	if err != nil {
		return nil, fmt.Errorf("health of jobs: %w", err)
	}
	for i, job := range s.jobs {
		health[i] = JobHealth{Name: job.Name, Spec: job.Spec, LastRun: last[job.Name], Next: job.next(now)}
	}
	return health, nil
}

// Beat is the system time at which RunDue last ended without an error in the instance that schedules, as far as this one knows;
// zero when it has not yet.
func (s *Scheduler) Beat() time.Time {
	s.beatMu.Lock()
	defer s.beatMu.Unlock()
	return s.beat
}

// Start calls RunDue at once and then each minute (Every), until Stop or the end of the context.
func (s *Scheduler) Start(ctx context.Context) error {
	s.cronMu.Lock()
	defer s.cronMu.Unlock()
	if s.cron != nil {
		return errors.New("scheduler: started already")
	}
	ctx, cancel := context.WithCancel(ctx)
	tick := func() {
		if err := s.RunDue(ctx, s.business()); err != nil && ctx.Err() == nil {
			s.log.ErrorContext(ctx, "scheduler", "error", err)
		}
	}
	logger := cronLog{s.log}
	// Recover stands inside: SkipIfStillRunning would never run a job again that ended in a panic.
	chain := cron.NewChain(cron.SkipIfStillRunning(logger), cron.Recover(logger))
	job := chain.Then(cron.FuncJob(tick))
	c := cron.New(cron.WithLocation(s.rules.Location), cron.WithLogger(logger))
	if s.Every > 0 {
		c.Schedule(cron.Every(s.Every), job)
	} else if _, err := c.AddJob("* * * * *", job); err != nil {
		cancel()
		return fmt.Errorf("scheduler: %w", err)
	}
	s.cron, s.stop = c, cancel
	job.Run()
	c.Start()
	return nil
}

// Stop lets a running RunDue finish and starts none any more. When the context ends first, what runs is cancelled; its
// transactions are rolled back and done at the next start. Another instance may take over at once.
func (s *Scheduler) Stop(ctx context.Context) error {
	s.cronMu.Lock()
	defer s.cronMu.Unlock()
	if s.cron == nil {
		return nil
	}
	defer func() { s.cron, s.stop = nil, nil }()
	defer s.stop()
	done := s.cron.Stop()
	select {
	case <-done.Done():
		if err := s.releaseLease(ctx); err != nil {
			return fmt.Errorf("scheduler: give the lease back: %w", err)
		}
		return nil
	case <-ctx.Done():
		s.stop()
		<-done.Done()
		return fmt.Errorf("scheduler: stopped in the middle: %w", ctx.Err())
	}
}

// cronLog hands what cron says to slog.
type cronLog struct{ log *slog.Logger }

func (l cronLog) Info(msg string, kv ...any) { l.log.Debug("cron: "+msg, kv...) }

func (l cronLog) Error(err error, msg string, kv ...any) {
	l.log.Error("cron: "+msg, append([]any{"error", err}, kv...)...)
}
