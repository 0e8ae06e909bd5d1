package notify

import (
	"context"
	"fmt"
	"slices"

	"tiendo/tasks"
	"tiendo/templates"
)

// recipient is somebody whom a notice is for: by his own right, or in the place of another.
type recipient struct {
	tasks.Person
	stands *standing
}

// standing is a deputation in force, with the person who is away.
type standing struct {
	tasks.Deputation
	person tasks.Person
}

// deputationID is 0 of who gets the mail by his own right.
func (r recipient) deputationID() int64 {
	if r.stands == nil {
		return 0
	}
	return r.stands.ID
}

// withDeputies puts deputies beside the people for whom they act today, or in their places. Who gets the notice himself gets it once.
func (p *pass) withDeputies(tx ComposeReader, people []tasks.Person) ([]recipient, error) {
	if p.deputies == nil {
		list, err := tx.DeputationsInForce(p.today)
		if err != nil {
			return nil, fmt.Errorf("deputies: %w", err)
		}
		p.deputies = make(map[int64]tasks.Deputation, len(list))
		for _, d := range list {
			p.deputies[d.PersonID] = d
		}
	}
	var out []recipient
	for _, person := range people {
		if d, away := p.deputies[person.ID]; !away || d.KeepsMails {
			out = append(out, recipient{Person: person})
		}
	}
	for _, person := range people {
		d, away := p.deputies[person.ID]
		if !away || slices.ContainsFunc(out, func(r recipient) bool { return r.ID == d.DeputyID }) {
			continue
		}
		deputy, err := tx.Person(d.DeputyID)
		if err != nil {
			return nil, fmt.Errorf("deputy %d: %w", d.DeputyID, err)
		}
		out = append(out, recipient{deputy, &standing{d, person}})
	}
	return out, nil
}

// stays tells whether the person may still be written to: he may have been disabled since he was looked up, or act for the other no more.
func (p *pass) stays(tx ComposeReader, to recipient, active []int64) (bool, error) {
	if to.ID < 0 {
		return true, nil
	}
	if to.stands == nil || !slices.Contains(active, to.ID) {
		return slices.Contains(active, to.ID), nil
	}
	list, err := tx.DeputationsInForce(p.today)
	return slices.ContainsFunc(list, func(d tasks.Deputation) bool { return d.ID == to.stands.ID }), err
}

// takeBackOver takes back the mails that wait for deputies whose time is over: what is still true is composed for those who are told now.
func (p *pass) takeBackOver(ctx context.Context) error {
	var over []int64
	err := p.store.View(ctx, func(tx ComposeReader) (err error) {
		over, err = tx.OverStands(p.today)
		return err
	})
	if err == nil && len(over) > 0 {
		err = p.store.Update(ctx, func(tx ComposeTx) error { return tx.Withdraw(over) })
	}
	if err != nil {
		return fmt.Errorf("mails of deputies: %w", err)
	}
	return nil
}

// follower is whose own documents and duties a mail tells of.
func (a addressee) follower() int64 {
	if a.stands == nil {
		return a.ID
	}
	return a.stands.PersonID
}

// forDeputy says in a letter for whom and for how long its reader gets it.
func forDeputy(to addressee, l templates.Letter) templates.Letter {
	if to.stands == nil {
		return l
	}
	w, s := to.words, to.stands
	l.InPlace = w.T("mail.deputy.in_place", s.person.Name, written(w.Date(s.From)), written(w.Date(s.To)))
	l.Why = w.T("mail.deputy.why", s.person.Name)
	return l
}
