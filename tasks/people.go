package tasks

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"slices"
	"strings"
)

// People answers one page of people.
func (s *Accounts) People(ctx context.Context, actor Person, q PersonQuery) (PersonPage, error) {
	if err := may(actor, ActionDirectoryRead); err != nil {
		return PersonPage{}, err
	}
	q.Limit = pageSize(q.Limit)
	var page PersonPage
	err := s.Store.View(ctx, func(tx AccountReader) (err error) {
		page, err = tx.People(q)
		return err
	})
	if err != nil {
		return PersonPage{}, fmt.Errorf("list people: %w", err)
	}
	return page, nil
}

// Person reads one person.
func (s *Accounts) Person(ctx context.Context, actor Person, id int64) (Person, error) {
	if err := may(actor, ActionDirectoryRead); err != nil {
		return Person{}, err
	}
	var p Person
	err := s.Store.View(ctx, func(tx AccountReader) (err error) {
		p, err = tx.Person(id)
		return err
	})
	if err != nil {
		return Person{}, fmt.Errorf("read person %d: %w", id, err)
	}
	return p, nil
}

// SavePerson adds a person (ID 0) or changes one. A changed grant or a disabled account ends his sessions; the last active admin
// stays one. What he would leave without anybody is refused: see SavePersonWith.
func (s *Accounts) SavePerson(ctx context.Context, actor Person, in Person) (Person, error) {
	return s.SavePersonWith(ctx, actor, in, Successors{})
}

// SavePersonWith is SavePerson for a change that leaves open duties, posts or drafts behind: they go over to the successors in the same
// transaction. A successor who is missing is a refused field ("successor_focal", "successor_specialist", "successor_leader").
func (s *Accounts) SavePersonWith(ctx context.Context, actor Person, in Person, to Successors) (Person, error) {
	if err := may(actor, ActionPeopleManage); err != nil {
		return Person{}, err
	}
	in, err := checkPerson(in)
	if err != nil {
		return Person{}, err
	}
	var saved Person
	err = s.Store.Update(ctx, func(tx AccountTx) error {
		saved = in
		return s.savePerson(tx, actor, &saved, to)
	})
	if err != nil {
		return Person{}, fmt.Errorf("save person %d: %w", in.ID, err)
	}
	return saved, nil
}

func (s *Accounts) savePerson(tx AccountTx, actor Person, p *Person, to Successors) error {
	if err := checkGrants(tx, p.Grants); err != nil {
		return err
	}
	other, err := tx.PersonByEmail(p.Email)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	if err == nil && other.ID != p.ID {
		return Invalid(FieldError{Field: "email", Key: "person.email_taken", Args: []string{p.Email}})
	}
	if p.ID == 0 {
		return s.addPerson(tx, actor, p)
	}
	return s.changePerson(tx, actor, p, to)
}

func (s *Accounts) addPerson(tx AccountTx, actor Person, p *Person) error {
	var err error
	p.CreatedAt, p.Version = s.Now(), 1
	if p.ID, err = tx.InsertPerson(*p); err != nil {
		return err
	}
	_, err = tx.Audit(entry(s.Now(), actor, "person.added", Subject{SubjectPerson, p.ID}).with(nil, personValues(*p)))
	return err
}

func (s *Accounts) changePerson(tx AccountTx, actor Person, p *Person, to Successors) error {
	before, err := tx.Person(p.ID)
	if err != nil {
		return err
	}
	if p.Version == 0 {
		p.Version = before.Version
	}
	p.CreatedAt, p.Epoch = before.CreatedAt, before.Epoch
	p.RemindAt, p.NoRollUps = before.RemindAt, before.NoRollUps // his own to choose: see SetMailSwitches
	if before.Active != p.Active || before.Email != p.Email || !slices.Equal(before.Grants, p.Grants) {
		p.Epoch++
	}
	if before.Active && before.Has(RoleAdmin) && !(p.Active && p.Has(RoleAdmin)) {
		n, err := tx.CountActive(RoleAdmin)
		if err != nil {
			return err
		}
		if n <= 1 {
			return E(CodeConflict, "person.last_admin")
		}
	}
	if err := s.succeed(tx, actor, before, *p, to); err != nil {
		return err
	}
	if err := tx.UpdatePerson(*p); err != nil {
		return err
	}
	p.Version++
	if before.Active && (!p.Active || lost(before.Grants, p.Grants)) {
		if err := s.takeBackMails(tx, p.ID, !p.Active); err != nil {
			return err
		}
	}
	if !p.Active || before.Email != p.Email {
		// A link that lies in a mailbox that is no longer his, or from before he was disabled, must open nothing.
		if err := tx.DeleteTokens(p.ID); err != nil {
			return err
		}
	}
	if !p.Active {
		// Who is let in again later makes a new one.
		if err := tx.DeleteCalendarFeed(p.ID); err != nil {
			return err
		}
		if err := s.endDeputationsOf(tx, actor, p.ID); err != nil {
			return err
		}
	}
	_, err = tx.Audit(entry(s.Now(), actor, "person.changed", Subject{SubjectPerson, p.ID}).with(personValues(before), personValues(*p)))
	return err
}

// AddWithPassword adds a person with a password at once: the first admin, made on the command line. Only the program itself may.
func (s *Accounts) AddWithPassword(ctx context.Context, actor Person, in Person, password string) (Person, error) {
	if !actor.IsSystem() {
		return Person{}, E(CodeForbidden, "error.forbidden")
	}
	in.ID = 0
	in, err := checkPerson(in)
	if err != nil {
		return Person{}, err
	}
	hash, err := s.hash(ctx, password)
	if err != nil {
		return Person{}, err
	}
	var p Person
	err = s.Store.Update(ctx, func(tx AccountTx) (err error) {
		saved := in
		if err := s.savePerson(tx, actor, &saved, Successors{}); err != nil {
			return err
		}
		p, err = s.storePassword(tx, actor, saved.ID, hash, "person.password_set")
		return err
	})
	if err != nil {
		return Person{}, fmt.Errorf("add person with password: %w", err)
	}
	return p, nil
}

// SetPassword gives a person a password without a link. Only the program itself may: the command line and the demo.
func (s *Accounts) SetPassword(ctx context.Context, actor Person, personID int64, password string) error {
	if !actor.IsSystem() {
		return E(CodeForbidden, "error.forbidden")
	}
	_, err := s.setPassword(ctx, actor, personID, "", password, "person.password_set")
	return err
}

func checkPerson(p Person) (Person, error) {
	var f fields
	p.Email = NormalizeEmail(p.Email)
	if !sendable(p.Email) {
		f.add("email", "field.bad_email")
	}
	p.Name = f.line("name", p.Name, true, 100)
	p.Position = f.line("position", p.Position, false, 200)
	p.Phone = f.line("phone", p.Phone, false, 30)
	if p.Language == "" {
		p.Language = Languages[0]
	}
	if !slices.Contains(Languages, p.Language) {
		f.add("language", "field.required")
	}
	var grants []Grant
	for _, g := range p.Grants {
		if !g.Valid() {
			f.add("grants", "person.bad_grant", string(g.Role))
		}
		if !slices.Contains(grants, g) {
			grants = append(grants, g)
		}
	}
	p.Grants = grants
	return p, f.err()
}

// sendable tells whether mail can go to the address: one bare address (RFC 5322, addr-spec; at most 254 octets, RFC 5321) in ASCII,
// because not every server on the way takes others (RFC 6531).
func sendable(email string) bool {
	a, err := mail.ParseAddress(email)
	return err == nil && a.Address == email && len(email) <= 254 &&
		!strings.ContainsFunc(email, func(r rune) bool { return r <= ' ' || r > '~' })
}

func checkGrants(tx DirectoryReader, grants []Grant) error {
	agencies, err := agencyMap(tx)
	if err != nil {
		return err
	}
	for _, g := range grants {
		if _, ok := agencies[g.AgencyID]; g.AgencyID != 0 && !ok {
			return Invalid(FieldError{Field: "grants", Key: "party.unknown_agency"})
		}
	}
	return nil
}

func personValues(p Person) map[string]any {
	return map[string]any{
		"email": p.Email, "name": p.Name, "position": p.Position, "phone": p.Phone, "language": p.Language, "active": p.Active, "grants": p.Grants,
	}
}
