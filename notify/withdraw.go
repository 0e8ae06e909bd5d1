package notify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"tiendo/tasks"
)

// TakeBack takes back the mails that wait and would tell what is no longer true at the business instant, or go to a deputy whose time is
// over. What stays true of them is composed anew by the instance whose turn that is.
func (c *Composer) TakeBack(ctx context.Context, now time.Time) error {
	p := c.newPass(now)
	errs := []error{p.takeBackOver(ctx)}
	kinds, err := p.stirring(ctx, slices.DeleteFunc(c.kinds(p), func(k kind) bool { return !k.renew }))
	errs = append(errs, err)
	for _, k := range kinds {
		if err := p.withdraw(ctx, k); err != nil {
			errs = append(errs, fmt.Errorf("take back %s: %w", k.kind, err))
		}
	}
	return errors.Join(errs...)
}

// withdraw takes back the mails of the kind that wait and would tell what is out of date; what stays true of them is composed anew.
func (p *pass) withdraw(ctx context.Context, k kind) error {
	var stale []int64
	if err := p.store.View(ctx, func(tx ComposeReader) error {
		stale = nil
		mails, err := tx.Untaken(k.kind)
		if err != nil || len(mails) == 0 {
			return err
		}
		told, err := openNotices(tx, k.kind, p.now)
		if err != nil {
			return err
		}
		// One notice may be in the mails of several people.
		known := make(map[int64]bool)
		var waiting []tasks.Notice
		for _, m := range mails {
			for _, n := range m.Notices {
				if !known[n.ID] {
					known[n.ID] = true
					waiting = append(waiting, n)
				}
			}
		}
		told = append(without(told, identifiers(waiting)), waiting...)
		_, gone := supersede(told, k.newest)
		if k.void != nil {
			void, err := k.void(tx, waiting)
			if err != nil {
				return err
			}
			gone = append(gone, void...)
		}
		awake, err := k.awake(tx, waiting)
		if err != nil {
			return err
		}
		gone = append(gone, identifiers(without(waiting, identifiers(awake)))...)
		for _, m := range mails {
			if len(without(m.Notices, gone)) < len(m.Notices) {
				stale = append(stale, m.ID)
			}
		}
		return nil
	}); err != nil || len(stale) == 0 {
		return err
	}
	return p.store.Update(ctx, func(tx ComposeTx) error { return tx.Withdraw(stale) })
}

// awake leaves out the notices that are not told now.
func (k kind) awake(tx ComposeReader, notices []tasks.Notice) ([]tasks.Notice, error) {
	if k.asleep == nil || len(notices) == 0 {
		return notices, nil
	}
	later, err := k.asleep(tx, notices)
	return without(notices, later), err
}

// makeRoom takes back the mails of the day that have not left for people for whom something has come since: one who takes over from a colleague
// while the server is away is told of all of it in one mail. It tells whether there was one.
func (p *pass) makeRoom(ctx context.Context, k kind, people []int64) (freed bool, err error) {
	var back []int64
	if err := p.store.View(ctx, func(tx ComposeReader) error {
		back = nil
		mails, err := tx.Untaken(k.kind)
		for _, m := range mails {
			if slices.Contains(people, m.Whom) {
				back = append(back, m.ID)
			}
		}
		return err
	}); err != nil || len(back) == 0 {
		return false, err
	}
	return true, p.store.Update(ctx, func(tx ComposeTx) error { return tx.Withdraw(back) })
}
