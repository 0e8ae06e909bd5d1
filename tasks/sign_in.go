package tasks

import (
	"context"
	"fmt"
	"time"
)

// DeviceLife is how long a browser stays known after a sign-in, on the system clock.
const DeviceLife = 180 * 24 * time.Hour

// Entry is a sign-in that succeeded.
type Entry struct {
	Person Person
	// Device is the secret by which the browser shows that it is known from now on; "" when the one it has shown still holds.
	Device string
}

// SignInFrom is SignIn behind the budgets of throttle.go. With CodeTooMany it tells how long to wait.
func (s *Accounts) SignInFrom(ctx context.Context, v Visitor, email, password string) (Entry, error) {
	email = NormalizeEmail(email)
	budgets, err := s.signInBudgets(ctx, v, email)
	var wait time.Duration
	if err == nil {
		wait, err = s.take(ctx, budgets...)
	}
	if err != nil {
		return Entry{}, fmt.Errorf("sign in: %w", err)
	}
	if wait > 0 {
		return Entry{}, tooMany("sign_in.throttled", wait)
	}
	p, err := s.SignIn(ctx, email, password)
	if CodeOf(err) == CodeUnauthenticated {
		return Entry{}, s.sweepNowAndThen(ctx, err)
	}
	entry := Entry{Person: p}
	updated := s.Store.Update(context.WithoutCancel(ctx), func(tx AccountTx) error {
		for _, b := range budgets {
			if err := tx.GiveBack(b.key(), b.every); err != nil {
				return err
			}
		}
		if err != nil {
			return nil // our fault, not a wrong password
		}
		// Who knows the password has mistyped it before.
		for _, b := range budgets {
			if b.limit == limitPlace || b.limit == limitDevice {
				if err := tx.Refill(b.key()); err != nil {
					return err
				}
			}
		}
		var failed error
		entry.Device, failed = s.remember(tx, v, p)
		return failed
	})
	if err != nil {
		return Entry{}, err
	}
	if updated != nil {
		return Entry{}, fmt.Errorf("sign in: %w", updated)
	}
	return entry, nil
}

// signInBudgets are those that a try takes from.
func (s *Accounts) signInBudgets(ctx context.Context, v Visitor, email string) (budgets []budget, err error) {
	err = s.Store.View(ctx, func(tx AccountReader) error {
		device, err := s.knownDevice(tx, v, email)
		if device != "" {
			budgets = []budget{limitDevice.of(email, device)}
		} else {
			budgets = []budget{limitPlace.of(email, v.network()), limitNetwork.of(v.network()), limitName.of(email)}
		}
		return err
	})
	return budgets, err
}

// knownDevice is the hash of the visitor's secret by which the person with this address is known; "" when there is none.
func (s *Accounts) knownDevice(tx ThrottleReader, v Visitor, email string) (hash string, err error) {
	for _, secret := range v.Devices {
		known, err := tx.KnowsDevice(hashToken(secret), email, s.System())
		if err != nil {
			return "", err
		}
		if known {
			hash = hashToken(secret)
		}
	}
	return hash, nil
}

// remember makes the visitor's browser one of the person's. A secret that is not ours is never taken over from the browser.
func (s *Accounts) remember(tx AccountTx, v Visitor, p Person) (secret string, err error) {
	expires := s.System().Add(DeviceLife)
	hash, err := s.knownDevice(tx, v, p.Email)
	if err != nil {
		return "", err
	}
	if hash != "" {
		return "", tx.AddDevice(hash, p.ID, expires)
	}
	if secret, err = s.secret(); err != nil {
		return "", err
	}
	return secret, tx.AddDevice(hashToken(secret), p.ID, expires)
}

// Remember makes the browser of somebody who has signed in by a one-time link one of his: he has shown that the mailbox is his.
func (s *Accounts) Remember(ctx context.Context, v Visitor, p Person) (secret string, err error) {
	err = s.Store.Update(ctx, func(tx AccountTx) (err error) {
		secret, err = s.remember(tx, v, p)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("remember device of %d: %w", p.ID, err)
	}
	return secret, nil
}

// sweepEvery is how often failures at most sweep the throttles.
const sweepEvery = time.Minute

// sweepNowAndThen sweeps once in a while and answers err, unless sweeping fails.
func (s *Accounts) sweepNowAndThen(ctx context.Context, err error) error {
	now := s.System().UnixNano()
	last := s.swept.Load()
	if now-last < int64(sweepEvery) || !s.swept.CompareAndSwap(last, now) {
		return err
	}
	if _, failed := s.SweepThrottles(ctx); failed != nil {
		return failed
	}
	return err
}

// MissedLink counts a one-time link that opened nothing; with CodeTooMany the visitor has tried too many. A link that holds asks no
// budget, so nobody can keep its owner from it.
func (s *Accounts) MissedLink(ctx context.Context, v Visitor) error {
	wait, err := s.take(ctx, limitLink.of(v.network()))
	if err != nil {
		return fmt.Errorf("one-time link: %w", err)
	}
	if wait > 0 {
		return tooMany("error.too_many_for", wait)
	}
	return nil
}
