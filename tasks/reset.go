package tasks

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// RequestReset sends a one-time link when the address is that of an active person; otherwise nothing happens, and nobody can tell.
func (s *Accounts) RequestReset(ctx context.Context, email string) error {
	return s.requestReset(ctx, email, nil)
}

// RequestResetFrom is RequestReset behind two budgets. A network that asks too often gets CodeTooMany. A name that is asked for too
// often gets no further mail and the same answer: the links that were sent last lie in the mailbox, the newest holds, so that a flood
// of requests keeps nobody from resetting his password.
func (s *Accounts) RequestResetFrom(ctx context.Context, v Visitor, email string) error {
	wait, err := s.take(ctx, limitResetNetwork.of(v.network()))
	if err != nil {
		return fmt.Errorf("request password reset: %w", err)
	}
	if wait > 0 {
		return tooMany("error.too_many_for", wait)
	}
	byName := limitResetName.of(NormalizeEmail(email))
	return s.sweepNowAndThen(ctx, s.requestReset(ctx, email, &byName))
}

// requestReset does the same work whoever the address belongs to: one transaction that is committed, with as many statements, so that
// the time it takes does not tell either.
func (s *Accounts) requestReset(ctx context.Context, email string, byName *budget) error {
	err := s.Store.Update(ctx, func(tx AccountTx) error {
		p, err := personByEmail(tx, email)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		known := err == nil
		var wait time.Duration
		if byName != nil {
			if wait, err = s.takeAll(tx, []budget{*byName}); err != nil {
				return err
			}
		}
		if known && p.Active && wait == 0 {
			_, err = s.link(tx, p, p, "reset", ResetLife, true)
			return err
		}
		return s.pretendLink(tx, known)
	})
	if err != nil {
		return fmt.Errorf("request password reset: %w", err)
	}
	return nil
}

// pretendLink costs what link costs and changes nothing. Nobody has the identifier 0.
func (s *Accounts) pretendLink(tx AccountTx, known bool) error {
	secret, err := s.secret()
	if err != nil {
		return err
	}
	statements := 4 // of link
	if !known {
		statements++ // the grants of the person who was not found
	}
	for range statements {
		if err := tx.DeleteTokens(0); err != nil {
			return err
		}
	}
	_ = hashToken(secret)
	return nil
}
