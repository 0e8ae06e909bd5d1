package notify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"tiendo/tasks"
)

// byHand lists the jobs that a person may run, with the kinds of mail that they end in.
var byHand = map[string][]tasks.NoticeKind{
	JobReminders: {tasks.NoticeReminder, tasks.NoticeConsultation},
	JobRollUp:    {tasks.NoticeRollUp},
	JobMonth:     {tasks.NoticeRollUp},
	JobDigest:    {tasks.NoticeDigest},
}

// KindsByHand lists the kinds of mail that a job which may be run by hand ends in; none of another.
func KindsByHand(job string) []tasks.NoticeKind { return slices.Clone(byHand[job]) }

// Waits for an instance that is at work.
const (
	seizeWithin = 90 * time.Second
	seizeEvery  = 250 * time.Millisecond
)

// ErrAtWork is what RunNow ends with when another instance has been in the middle of its jobs all the while.
var ErrAtWork = errors.New("another instance is running its jobs and does not come to an end; look at its log, or try again later")

// RunNow runs one job (reminders, rollup or digest) as of now, whatever its hour, and composes its mails; firing is the time for which it
// runs. What was told already is not told again. While another instance schedules, its lease is taken over between two of its runs and
// given back at the end. When the job would have run by itself is left as it was.
func (s *Scheduler) RunNow(ctx context.Context, name string, now, firing time.Time) error {
	job, kinds, err := s.jobByHand(name)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.seizeLease(ctx); err != nil {
		return err
	}
	err = s.runNow(s.fenced(ctx), job, kinds, now, firing)
	return errors.Join(err, s.releaseLease(context.WithoutCancel(ctx)))
}

// RehearseNow is RunNow on a store of which nothing is kept. It leaves the lease alone: an instance that is in the middle of its jobs could
// not come to an end while the rehearsal, which keeps it from writing, waited for it.
func (s *Scheduler) RehearseNow(ctx context.Context, name string, now, firing time.Time) error {
	job, kinds, err := s.jobByHand(name)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.runNow(ctx, job, kinds, now, firing)
}

func (s *Scheduler) jobByHand(name string) (timetable, []tasks.NoticeKind, error) {
	kinds := byHand[name]
	i := slices.IndexFunc(s.jobs, func(t timetable) bool { return t.Name == name })
	if i < 0 || kinds == nil {
		return timetable{}, nil, fmt.Errorf("job %q cannot be run by hand", name)
	}
	return s.jobs[i], kinds, nil
}

func (s *Scheduler) runNow(ctx context.Context, job timetable, kinds []tasks.NoticeKind, now, firing time.Time) error {
	if err := guarded(func() error { return job.Run(ctx, now, firing) }); err != nil {
		return fmt.Errorf("job %s: %w", job.Name, err)
	}
	if _, err := s.outbox.Expire(ctx, s.rules.Day(now), s.system()); err != nil {
		return fmt.Errorf("expire mails: %w", err)
	}
	if err := s.compose.ComposeOf(ctx, now, kinds...); err != nil {
		return fmt.Errorf("compose mails: %w", err)
	}
	return nil
}

// seizeLease takes the lease, also from an instance that has it and is not in the middle of its jobs.
func (s *Scheduler) seizeLease(ctx context.Context) error {
	lease, mine, err := s.takeLease(ctx)
	for begun := s.system(); err == nil && !mine; lease, mine, err = s.takeLease(ctx) {
		if idle := !lease.Beat.Before(lease.Until.Add(-s.Lease)); idle {
			err := s.store.Update(ctx, func(tx JobTx) error {
				return tx.SeizeLease(schedulerLease, s.Holder, lease, s.system().Add(s.Lease))
			})
			if err == nil {
				return nil
			}
			if !errors.Is(err, tasks.ErrNotFound) {
				return fmt.Errorf("lease of the scheduler: %w", err)
			}
		}
		if s.system().Sub(begun) > seizeWithin {
			return ErrAtWork
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(seizeEvery):
		}
	}
	return err
}

// ComposeOf writes the mails of the kinds, also before their hour; of those that jobs write there are none on a day off. It is for the one
// who has the lease.
func (c *Composer) ComposeOf(ctx context.Context, now time.Time, wanted ...tasks.NoticeKind) error {
	p := c.newPass(now)
	all := c.everyKind(p)
	for i := range all {
		all[i].waits = nil
	}
	ofJobs := []tasks.NoticeKind{tasks.NoticeReminder, tasks.NoticeRollUp, tasks.NoticeDigest}
	return p.composeAll(ctx, slices.DeleteFunc(all, func(k kind) bool {
		return !slices.Contains(wanted, k.kind) || slices.Contains(ofJobs, k.kind) && !c.rules.Calendar.IsWorking(p.today)
	}))
}
