package tasks

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// MaxDeputyDays is the longest span of a deputation, in calendar days; who is away for longer hands his roles over.
const MaxDeputyDays = 366

// maxDeputations is how many, past ones too, are shown of a person.
const maxDeputations = 50

// DeputationInput is who is to act for a person, and when.
type DeputationInput struct {
	DeputyID   int64
	From, To   calendar.Date
	Reason     string
	KeepsMails bool
}

// DeputationsView is what is known of a person's deputies.
type DeputationsView struct {
	Person Person
	// Deputations are those of the person and those in which he is the deputy, the last to end first.
	Deputations []Deputation
	People      map[int64]Person // those named in them, and who made or ended them
	Today       calendar.Date
	// Choices are the people who may act for him, by name; nil when the actor may not appoint one.
	Choices []Person
}

// MayEnd tells whether the actor may end one of them.
func (v DeputationsView) MayEnd(actor Person, d Deputation) bool {
	return d.EndedAt.IsZero() && !d.To.Before(v.Today) && endsDeputation(actor, d)
}

func appointsFor(actor Person, personID int64) bool {
	// By his own right alone: a deputy does not hand on what he stands in with.
	return actor.ID != 0 && actor.ID == personID || actor.Own().Can(ActionDeputyAppoint)
}

// endsDeputation: also the deputy himself may lay it down.
func endsDeputation(actor Person, d Deputation) bool {
	return appointsFor(actor, d.PersonID) || actor.ID != 0 && actor.ID == d.DeputyID
}

// Deputations reads a person's deputies and for whom he acts: himself, or those who read the directory of people.
func (s *Accounts) Deputations(ctx context.Context, actor Person, personID int64) (DeputationsView, error) {
	if actor.ID == 0 || actor.ID != personID {
		if err := may(actor, ActionDirectoryRead); err != nil {
			return DeputationsView{}, err
		}
	}
	v := DeputationsView{Today: s.Rules.Day(s.Now())}
	err := s.Store.View(ctx, func(tx AccountReader) (err error) {
		if v.Person, err = tx.Person(personID); err != nil {
			return err
		}
		if v.Deputations, err = tx.DeputationsOf(personID, maxDeputations); err != nil {
			return err
		}
		var ids []int64
		for _, d := range v.Deputations {
			ids = append(ids, d.PersonID, d.DeputyID, d.MadeBy, d.EndedBy)
		}
		slices.Sort(ids)
		if v.People, err = tx.PeopleByID(slices.Compact(ids)); err != nil {
			return err
		}
		if appointsFor(actor, personID) {
			v.Choices, err = deputyChoices(tx, actor, v.Person)
		}
		return err
	})
	if err != nil {
		return DeputationsView{}, fmt.Errorf("deputies of person %d: %w", personID, err)
	}
	return v, nil
}

// deputyChoices are the people who may act for the person: to himself his colleagues, since nobody sees other agencies' people; to those
// who appoint for others everybody but themselves.
func deputyChoices(tx AccountReader, actor, person Person) ([]Person, error) {
	if !person.Active || len(person.handedOver()) == 0 {
		return []Person{}, nil
	}
	choices := []Person{}
	add := func(people []Person) {
		for _, p := range people {
			known := slices.ContainsFunc(choices, func(c Person) bool { return c.ID == p.ID })
			if !known && p.Active && p.ID != person.ID && (p.ID != actor.ID || actor.ID == person.ID) {
				choices = append(choices, p)
			}
		}
	}
	if actor.Own().Can(ActionDeputyAppoint) {
		q := PersonQuery{Limit: MaxPage}
		for {
			page, err := tx.People(q)
			if err != nil {
				return nil, err
			}
			add(page.Rows)
			if q.After = page.Next; q.After == "" {
				return choices, nil
			}
		}
	}
	for _, g := range person.handedOver() {
		roles := []Role{RoleFocal, RoleHead}
		if !g.Role.PerAgency() {
			roles = []Role{RoleSecretariat, RoleLeader}
		}
		for _, role := range roles {
			people, err := tx.Recipients(role, g.AgencyID)
			if err != nil {
				return nil, err
			}
			add(people)
		}
	}
	slices.SortFunc(choices, func(a, b Person) int {
		return cmp.Or(strings.Compare(directory.Fold(a.Name), directory.Fold(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	return choices, nil
}

// AppointDeputy lets somebody act for a person on a span of days. A person appoints his own; the secretariat and an admin for others, but
// not themselves. A person has one deputy at a time, who is not away himself then; who acts for somebody has none. Rights are not passed on
// twice.
func (s *Accounts) AppointDeputy(ctx context.Context, actor Person, personID int64, in DeputationInput) (Deputation, error) {
	if !appointsFor(actor, personID) {
		return Deputation{}, E(CodeForbidden, "error.forbidden")
	}
	var d Deputation
	err := s.Store.Update(ctx, func(tx AccountTx) error {
		person, err := tx.Person(personID)
		if err != nil {
			return err
		}
		now := s.Now()
		today := s.Rules.Day(now)
		if d, err = s.checkDeputation(tx, actor, person, in, today); err != nil {
			return err
		}
		d.MadeBy, d.MadeAt, d.Version = actor.ID, now, 1
		if d.ID, err = tx.InsertDeputation(d); err != nil {
			return err
		}
		if d.On(today) && !d.KeepsMails {
			// What still waits for him is composed anew, for his deputy.
			if err := tx.TakeBackMails(personID, false); err != nil {
				return err
			}
		}
		return s.auditDeputation(tx, actor, "person.deputy_appointed", d)
	})
	if err != nil {
		return Deputation{}, fmt.Errorf("appoint deputy of person %d: %w", personID, err)
	}
	return d, nil
}

func (s *Accounts) checkDeputation(tx AccountTx, actor, person Person, in DeputationInput, today calendar.Date) (Deputation, error) {
	var f fields
	d := Deputation{PersonID: person.ID, DeputyID: in.DeputyID, From: in.From, To: in.To, KeepsMails: in.KeepsMails}
	d.Reason = f.line("reason", in.Reason, true, MaxReasonText)
	switch {
	case d.From.IsZero():
		f.add("from", "field.required")
	case d.From.Before(today):
		f.add("from", "deputy.past")
	}
	switch {
	case d.To.IsZero():
		f.add("to", "field.required")
	case d.To.Before(d.From):
		f.add("to", "deputy.ends_before")
	case d.From.AddDays(MaxDeputyDays).Before(d.To):
		f.add("to", "deputy.too_long", strconv.Itoa(MaxDeputyDays))
	}
	switch choices, err := deputyChoices(tx, actor, person); {
	case err != nil:
		return d, err
	case !person.Active || len(person.handedOver()) == 0:
		return d, E(CodeConflict, "deputy.nothing")
	case !slices.ContainsFunc(choices, func(p Person) bool { return p.ID == d.DeputyID }):
		f.add("deputy", "deputy.not_one")
	}
	if err := f.err(); err != nil {
		return d, err
	}
	return d, s.checkOthers(tx, d)
}

// checkOthers refuses a deputation beside which another stands in the way.
func (s *Accounts) checkOthers(tx AccountTx, d Deputation) error {
	var f fields
	for _, id := range []int64{d.PersonID, d.DeputyID} {
		list, err := tx.DeputationsToCome(id, d.From)
		if err != nil {
			return err
		}
		for _, o := range list {
			if !d.overlaps(o) {
				continue
			}
			person, deputy := o.PersonID, o.DeputyID
			people, err := tx.PeopleByID([]int64{person, deputy})
			if err != nil {
				return err
			}
			span := []string{o.From.String(), o.To.String()}
			switch {
			case person == d.PersonID:
				f.add("from", "deputy.has_one", append([]string{people[deputy].Name}, span...)...)
			case deputy == d.PersonID:
				f.add("from", "deputy.stands_in", append([]string{people[person].Name}, span...)...)
			case person == d.DeputyID:
				f.add("deputy", "deputy.away", append([]string{people[person].Name, people[deputy].Name}, span...)...)
			}
			if len(f) > 0 {
				return f.err()
			}
		}
	}
	return nil
}

// EndDeputation ends one before its last day, at once: by the person, his deputy, or those who may appoint for others.
func (s *Accounts) EndDeputation(ctx context.Context, actor Person, id, version int64) (Deputation, error) {
	var d Deputation
	err := s.Store.Update(ctx, func(tx AccountTx) (err error) {
		if d, err = tx.Deputation(id); err != nil {
			return err
		}
		if !endsDeputation(actor, d) {
			return ErrNotFound
		}
		if version != 0 && d.Version != version {
			return ErrConflict
		}
		if !d.EndedAt.IsZero() || d.To.Before(s.Rules.Day(s.Now())) {
			return E(CodeConflict, "deputy.over")
		}
		d, err = s.endDeputation(tx, actor, d)
		return err
	})
	if err != nil {
		return Deputation{}, fmt.Errorf("end deputation %d: %w", id, err)
	}
	return d, nil
}

func (s *Accounts) endDeputation(tx AccountTx, actor Person, d Deputation) (Deputation, error) {
	now := s.Now()
	begun := d.On(s.Rules.Day(now))
	d.EndedBy, d.EndedAt = actor.ID, now
	if err := tx.EndDeputation(d); err != nil {
		return d, err
	}
	d.Version++
	if begun {
		if err := tx.TakeBackMails(d.DeputyID, false); err != nil {
			return d, err
		}
	}
	return d, s.auditDeputation(tx, actor, "person.deputy_ended", d)
}

// endDeputationsOf ends those of somebody who is disabled, on either side: who is let in again later appoints anew.
func (s *Accounts) endDeputationsOf(tx AccountTx, actor Person, personID int64) error {
	list, err := tx.DeputationsToCome(personID, s.Rules.Day(s.Now()))
	if err != nil {
		return err
	}
	for _, d := range list {
		if _, err := s.endDeputation(tx, actor, d); err != nil {
			return err
		}
	}
	return nil
}

// takeBackMails takes back what waits for the person, and for those who act for him today.
func (s *Accounts) takeBackMails(tx AccountTx, personID int64, gone bool) error {
	today := s.Rules.Day(s.Now())
	list, err := tx.DeputationsToCome(personID, today)
	if err != nil {
		return err
	}
	for _, d := range list {
		if d.PersonID == personID && d.On(today) {
			if err := tx.TakeBackMails(d.DeputyID, false); err != nil {
				return err
			}
		}
	}
	return tx.TakeBackMails(personID, gone)
}

// auditDeputation writes the row of who is away, and names the other: it must be read long after the people have changed.
func (s *Accounts) auditDeputation(tx AccountTx, actor Person, action string, d Deputation) error {
	deputy, err := tx.Person(d.DeputyID)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	values := map[string]any{
		"deputation": d.ID, "deputy": deputy.Name, "deputy_id": d.DeputyID, "from": d.From.String(), "to": d.To.String(), "reason": d.Reason,
		"keeps_mails": d.KeepsMails,
	}
	_, err = tx.Audit(entry(s.Now(), actor, action, Subject{SubjectPerson, d.PersonID}).with(nil, values))
	return err
}
