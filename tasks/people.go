package tasks

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"slices"
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
// stays one.
func (s *Accounts) SavePerson(ctx context.Context, actor Person, in Person) (Person, error) {
	if err := may(actor, ActionPeopleManage); err != nil {
		return Person{}, err
	}
	in, err := checkPerson(in)
	if err != nil {
		return Person{}, err
	}
	err = s.Store.Update(ctx, func(tx AccountTx) error {
		if err := checkGrants(tx, in.Grants); err != nil {
			return err
		}
		other, err := tx.PersonByEmail(in.Email)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		if err == nil && other.ID != in.ID {
			return Invalid(FieldError{Field: "email", Key: "person.email_taken", Args: []string{in.Email}})
		}
		if in.ID == 0 {
			return s.addPerson(tx, actor, &in)
		}
		return s.changePerson(tx, actor, &in)
	})
	if err != nil {
		return Person{}, fmt.Errorf("save person %d: %w", in.ID, err)
	}
	return in, nil
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

func (s *Accounts) changePerson(tx AccountTx, actor Person, p *Person) error {
	before, err := tx.Person(p.ID)
	if err != nil {
		return err
	}
	if p.Version == 0 {
		p.Version = before.Version
	}
	p.CreatedAt, p.Epoch = before.CreatedAt, before.Epoch
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
	if err := tx.UpdatePerson(*p); err != nil {
		return err
	}
	p.Version++
	_, err = tx.Audit(entry(s.Now(), actor, "person.changed", Subject{SubjectPerson, p.ID}).with(personValues(before), personValues(*p)))
	return err
}

// AddWithPassword adds a person with a password at once: the first admin, made on the command line, and the demo's people.
func (s *Accounts) AddWithPassword(ctx context.Context, actor Person, in Person, password string) (Person, error) {
	var f fields
	f.password("password", password)
	if err := f.err(); err != nil {
		return Person{}, err
	}
	p, err := s.SavePerson(ctx, actor, in)
	if err != nil {
		return Person{}, err
	}
	return s.setPassword(ctx, actor, p.ID, "", password, "person.password_set")
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
	if a, err := mail.ParseAddress(p.Email); err != nil || a.Address != p.Email || len(p.Email) > 254 {
		f.add("email", "field.bad_email")
	}
	p.Name = f.line("name", p.Name, true, 100)
	p.Position = f.line("position", p.Position, false, 200)
	p.Phone = f.line("phone", p.Phone, false, 30)
	if p.Language == "" {
		p.Language = "vi"
	}
	if p.Language != "vi" && p.Language != "en" {
		f.add("language", "field.required")
	}
	for _, g := range p.Grants {
		if !g.Valid() {
			f.add("grants", "person.bad_grant", string(g.Role))
		}
	}
	return p, f.err()
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
