package notify

import (
	"cmp"
	"context"
	"slices"

	"tiendo/tasks"
)

// bundle is one person's mail to be.
type bundle struct {
	person  recipient
	notices []tasks.Notice
}

// plan is what is to be written of one kind.
type plan struct {
	bundles []bundle
	dropped []int64 // superseded or no longer true
	done    []int64 // everybody has a mail already
	// wanted lists, by notice, the people who are to have a mail of it; nobody is one who is not known yet. It is closed with the last one's.
	wanted map[int64][]int64
	// full lists the people who have had the mail of the day, and for whom there is more to tell.
	full []int64
}

// planned reads what there is to write of the kind.
func (p *pass) planned(ctx context.Context, k kind) (pl plan, err error) {
	err = p.store.View(ctx, func(tx ComposeReader) error {
		pl, err = p.plan(tx, k)
		return err
	})
	return pl, err
}

// plan reads the open notices of the kind and puts them into bundles by person.
func (p *pass) plan(tx ComposeReader, k kind) (plan, error) {
	pl := plan{wanted: make(map[int64][]int64)}
	open, err := openNotices(tx, k.kind, p.now)
	if err != nil || len(open) == 0 {
		return pl, err
	}
	open, pl.dropped = supersede(open, k.newest)
	if k.void != nil {
		void, err := k.void(tx, open)
		if err != nil {
			return pl, err
		}
		pl.dropped = append(pl.dropped, void...)
		open = without(open, void)
	}
	if open, err = k.awake(tx, open); err != nil {
		return pl, err
	}
	ids := identifiers(open)
	mailed, err := tx.Mailed(ids)
	if err != nil {
		return pl, err
	}
	var later []int64
	if k.later != nil {
		if later, err = k.later(tx); err != nil {
			return pl, err
		}
	}
	type key struct {
		person     int64
		deputation int64
		bundle     any
	}
	index := make(map[key]int)
	for _, n := range open {
		people, role, err := p.recipients(tx, n)
		if err != nil {
			return pl, err
		}
		if waitsForOwn(n, role) {
			pl.wanted[n.ID] = append(pl.wanted[n.ID], nobody)
		}
		if len(people) == 0 && n.PersonID != 0 {
			// A link for somebody whose account was closed is of no use any more.
			pl.dropped = append(pl.dropped, n.ID)
			continue
		}
		mailbox, err := p.mailbox(tx, n)
		if err != nil {
			return pl, err
		}
		var box []recipient
		for _, person := range mailbox {
			box = append(box, recipient{Person: person})
		}
		if len(people) == 0 && len(box) > 0 {
			// A copy is for the file: the notice waits for somebody who answers.
			pl.wanted[n.ID] = append(pl.wanted[n.ID], nobody)
		}
		for _, person := range slices.Concat(people, box) {
			pl.wanted[n.ID] = append(pl.wanted[n.ID], person.ID)
			if slices.Contains(mailed[n.ID], person.ID) {
				continue
			}
			if k.waits != nil && k.waits(person) {
				continue
			}
			if slices.Contains(later, person.ID) {
				pl.full = append(pl.full, person.ID)
				continue
			}
			at := key{person.ID, person.deputationID(), k.bundle(n)}
			i, ok := index[at]
			if !ok {
				i = len(pl.bundles)
				index[at] = i
				pl.bundles = append(pl.bundles, bundle{person: person})
			}
			pl.bundles[i].notices = append(pl.bundles[i].notices, n)
		}
		if len(mailed[n.ID]) > 0 && everyone(pl.wanted[n.ID], mailed[n.ID]) {
			pl.done = append(pl.done, n.ID)
		}
	}
	// Colleagues stand together: what one is told is read once for all.
	slices.SortStableFunc(pl.bundles, func(a, b bundle) int {
		return cmp.Or(cmp.Compare(a.notices[0].AgencyID, b.notices[0].AgencyID), cmp.Compare(a.person.ID, b.person.ID))
	})
	return pl, nil
}

// supersede keeps the newest notice of each name, by identifier: notices are written in the order of time.
func supersede(open []tasks.Notice, name func(tasks.Notice) any) (kept []tasks.Notice, dropped []int64) {
	if name == nil {
		return open, nil
	}
	newest := make(map[any]int64, len(open))
	for _, n := range open {
		newest[name(n)] = max(newest[name(n)], n.ID)
	}
	for _, n := range open {
		if newest[name(n)] == n.ID {
			kept = append(kept, n)
		} else {
			dropped = append(dropped, n.ID)
		}
	}
	return kept, dropped
}

// nobody is a person who is wanted and has no account yet.
const nobody = 0

// everyone tells whether all who are wanted have a mail.
func everyone(wanted, mailed []int64) bool {
	return !slices.ContainsFunc(wanted, func(person int64) bool { return !slices.Contains(mailed, person) })
}
