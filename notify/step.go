package notify

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Delivering sends what may go. A Deliverer is one.
type Delivering interface {
	DeliverAll(ctx context.Context) (Delivery, error)
}

// StepTo moves the business clock to an instant, for the demo, a sample's history and simulated time: to each firing of a job and
// each end of a hold or window of events on the way in turn. At each it runs what is due and delivers all that may go, so that
// afterwards everything is as if the time had passed. A server that cannot be reached stops nothing: its mails wait.
func (s *Scheduler) StepTo(ctx context.Context, set func(time.Time), deliver Delivering, to time.Time) error {
	s.stepMu.Lock()
	defer s.stepMu.Unlock()
	now := s.business()
	if to.Before(now) {
		return fmt.Errorf("step to %s: the clock stands at %s already", to.Format(time.RFC3339), now.Format(time.RFC3339))
	}
	errs := []error{s.stand(ctx, now, deliver)}
	for now.Before(to) {
		if err := ctx.Err(); err != nil {
			return errors.Join(append(errs, err)...)
		}
		next, err := s.nextStep(ctx, now)
		if err != nil {
			return errors.Join(append(errs, err)...)
		}
		if next.IsZero() || next.After(to) {
			next = to
		}
		set(next)
		now = next
		errs = append(errs, s.stand(ctx, now, deliver))
	}
	return errors.Join(errs...)
}

// stand does what is due at the instant at which the clock stands.
func (s *Scheduler) stand(ctx context.Context, now time.Time, deliver Delivering) error {
	if err := s.RunDue(ctx, now); err != nil {
		return fmt.Errorf("at %s: %w", now.Format(time.RFC3339), err)
	}
	if _, err := deliver.DeliverAll(ctx); err != nil {
		return fmt.Errorf("at %s: %w", now.Format(time.RFC3339), err)
	}
	return nil
}
