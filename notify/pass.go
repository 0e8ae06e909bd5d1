package notify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"tiendo/notify/message"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// kind is how the notices of one kind become mails.
type kind struct {
	kind tasks.NoticeKind
	// newest names what a notice tells of: of those that are open under the same name only the newest is told, the others are
	// dropped. nil: each is told.
	newest func(tasks.Notice) any
	// void lists those of the notices that are no longer true; they are dropped. nil: all stay true.
	void func(tx ComposeReader, notices []tasks.Notice) ([]int64, error)
	// asleep lists those that are not told now, but stay open: nobody can do anything about them yet. nil: none.
	asleep func(tx ComposeReader, notices []tasks.Notice) ([]int64, error)
	// renew: a mail that waits because the server cannot be reached is taken back when a part of it is told anew or no longer true.
	renew bool
	// bundle names the mail of a person that the notice goes into.
	bundle func(tasks.Notice) any
	// later lists the people who are to get no mail of this kind yet. nil: none.
	later func(tx ComposeReader) ([]int64, error)
	// waits tells whether a person's mail is written at a later hour of the day. nil: at once.
	waits func(recipient) bool
	// ready tells whether a person's mail may be written yet. nil: at once.
	ready func([]tasks.Notice) bool
	// letter writes the content of a person's mail. A nil letter says that there is nothing to tell; the notices are dropped.
	letter func(tx ComposeReader, to addressee, notices []tasks.Notice) (*letter, error)
}

// addressee is the person whom a mail is for, with the words of his language.
type addressee struct {
	recipient
	words *templates.Words
}

// letter is the content of a mail before it is rendered.
type letter struct {
	data       mailData // of the template that is named like the kind
	documentID int64
	holdUntil  time.Time
	expiresOn  calendar.Date
	files      []message.Attachment
}

// pass is one call of Compose: an instant, and what was looked up for it.
type pass struct {
	*Composer
	now    time.Time
	today  calendar.Date
	people map[addressees][]recipient
	roles  map[tasks.Role]roleHolders
	// reached are those who are told, the substitutes of whom there is nobody among them.
	reached map[reachKey]reached
	bodies  map[int64]tasks.Agency
	// mailboxes are those of agencies, read once a pass.
	mailboxes map[int64]tasks.Mailbox
	// deputies are the deputations in force, by who is away, read once a pass.
	deputies map[int64]tasks.Deputation
	// figures are those of today, frozen those of Mondays, by agency; each read once a pass.
	figures map[int64]tasks.Figures
	frozen  map[calendar.Date]map[int64]tasks.Figures
	// followed tells, by what the secretariat is reminded of, the specialist who follows it; 0: nobody.
	followed map[tasks.Subject]int64
}

func (c *Composer) newPass(now time.Time) *pass {
	return &pass{Composer: c, now: now, today: c.rules.Day(now), people: make(map[addressees][]recipient), reached: make(map[reachKey]reached)}
}

// agency is the agency of the identifier, read once a pass.
func (p *pass) agency(tx ComposeReader, id int64) (tasks.Agency, error) {
	if p.bodies == nil {
		agencies, err := tx.Agencies()
		if err != nil {
			return tasks.Agency{}, err
		}
		p.bodies = make(map[int64]tasks.Agency, len(agencies))
		for _, a := range agencies {
			p.bodies[a.ID] = a
		}
	}
	a, ok := p.bodies[id]
	if !ok {
		return tasks.Agency{}, fmt.Errorf("agency %d: %w", id, tasks.ErrNotFound)
	}
	return a, nil
}

func (p *pass) compose(ctx context.Context, k kind) error {
	if k.renew {
		if err := p.withdraw(ctx, k); err != nil {
			return err
		}
	}
	pl, err := p.planned(ctx, k)
	if err != nil {
		return err
	}
	if len(pl.full) > 0 {
		if freed, err := p.makeRoom(ctx, k, pl.full); err != nil {
			return err
		} else if freed {
			if pl, err = p.planned(ctx, k); err != nil {
				return err
			}
		}
	}
	if len(pl.dropped)+len(pl.done) > 0 {
		if err := p.store.Update(ctx, func(tx ComposeTx) error {
			done, err := tx.StillOpen(pl.done)
			if err != nil {
				return err
			}
			mailed, err := tx.Mailed(done)
			if err != nil {
				return err
			}
			return errors.Join(closeNotices(tx, pl.dropped, true), closeTold(tx, done, pl.wanted, mailed))
		}); err != nil {
			return err
		}
	}
	return p.writeAll(ctx, k, slices.DeleteFunc(pl.bundles, func(b bundle) bool { return k.ready != nil && !k.ready(b.notices) }), pl.wanted)
}

// writeOne composes the mail of a person with what there is still to tell him; the answer tells of nothing when that is nothing.
func (p *pass) writeOne(tx ComposeTx, k kind, person recipient, notices []tasks.Notice) (none Composed, err error) {
	if k.void != nil {
		void, err := k.void(tx, notices)
		if err != nil {
			return none, err
		}
		if err := closeNotices(tx, void, true); err != nil {
			return none, err
		}
		notices = without(notices, void)
	}
	if notices, err = k.awake(tx, notices); err != nil || len(notices) == 0 {
		return none, err
	}
	to := addressee{recipient: person, words: p.set.Words(person.Language)}
	l, err := k.letter(tx, to, notices)
	if err != nil {
		return none, err
	}
	if l == nil {
		return none, closeNotices(tx, identifiers(notices), true)
	}
	if err := p.sayInstead(tx, to, notices, l.data); err != nil {
		return none, err
	}
	if to.isMailbox() {
		forMailbox(to, l.data)
	}
	m, err := p.render(k.kind, to, *l)
	if err != nil {
		return none, err
	}
	return Composed{Mail: m, Person: person.Person, Told: notices}, nil
}

// stillToTell are, bundle by bundle, the notices that are open yet and of which the person has no mail, of who may still be written to:
// since they were read a document may have been recalled, an account closed, or somebody else may have composed.
// mailed tells, by notice, who has a mail of it; nobody takes one back before the transaction ends.
func (p *pass) stillToTell(tx ComposeReader, bundles []bundle) (still []bundle, mailed map[int64][]int64, err error) {
	var ids, people []int64
	for _, b := range bundles {
		ids, people = append(ids, identifiers(b.notices)...), append(people, b.person.ID)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	active, err := tx.StillActive(people)
	if err != nil {
		return nil, nil, err
	}
	open, err := tx.StillOpen(ids)
	if err != nil {
		return nil, nil, err
	}
	if mailed, err = tx.Mailed(ids); err != nil {
		return nil, nil, err
	}
	for _, b := range bundles {
		stays, err := p.stays(tx, b.person, active)
		if err != nil {
			return nil, nil, err
		}
		if !stays {
			continue
		}
		tell := bundle{person: b.person}
		for _, n := range b.notices {
			if _, ok := slices.BinarySearch(open, n.ID); ok && !slices.Contains(mailed[n.ID], b.person.ID) {
				tell.notices = append(tell.notices, n)
			}
		}
		if len(tell.notices) > 0 {
			still = append(still, tell)
		}
	}
	return still, mailed, nil
}

// closeTold closes those of the notices of which everybody wanted has a mail. Who has one is read in the transaction that closes, after
// StillOpen: a mail that was there when the others were planned may have been taken back since.
func closeTold(tx ComposeTx, ids []int64, wanted, mailed map[int64][]int64) error {
	var told []int64
	for _, id := range ids {
		if everyone(wanted[id], mailed[id]) {
			told = append(told, id)
		}
	}
	return closeNotices(tx, told, false)
}

func closeNotices(tx ComposeTx, ids []int64, dropped bool) error {
	if len(ids) == 0 {
		return nil
	}
	return tx.CloseNotices(ids, dropped)
}

func identifiers(notices []tasks.Notice) []int64 {
	ids := make([]int64, len(notices))
	for i, n := range notices {
		ids[i] = n.ID
	}
	return ids
}

// without leaves out the notices of the identifiers.
func without(notices []tasks.Notice, ids []int64) []tasks.Notice {
	gone := make(map[int64]bool, len(ids))
	for _, id := range ids {
		gone[id] = true
	}
	var rest []tasks.Notice
	for _, n := range notices {
		if !gone[n.ID] {
			rest = append(rest, n)
		}
	}
	return rest
}
