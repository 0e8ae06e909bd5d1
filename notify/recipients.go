package notify

import (
	"errors"
	"slices"

	"tiendo/tasks"
)

// addressees are the people whom a notice is for.
type addressees struct {
	secret   bool
	rollUp   bool
	role     tasks.Role
	agencyID int64
	personID int64
}

// addressees names whom the notice is for. What the secretariat is reminded of is for who follows it.
func (p *pass) addressees(n tasks.Notice) addressees {
	key := addressees{n.Kind == tasks.NoticeAccount, n.Kind == tasks.NoticeRollUp, n.Role, n.AgencyID, n.PersonID}
	if followedBy(n) {
		key.personID = p.followed[n.Subject]
	}
	return key
}

func followedBy(n tasks.Notice) bool {
	return n.Kind == tasks.NoticeReminder && n.Role == tasks.RoleSecretariat
}

// askedOneByOne are so many agencies as a pass looks up the people of a role for; then it reads all who have the role.
const askedOneByOne = 4

// inRole lists the active people who have the role, for the agency when it is not 0, by name.
func (p *pass) inRole(tx ComposeReader, role tasks.Role, agency int64) ([]tasks.Person, error) {
	if p.roles == nil {
		p.roles = make(map[tasks.Role]roleHolders)
	}
	r := p.roles[role]
	defer func() { p.roles[role] = r }()
	if r.asked++; agency == 0 || r.asked <= askedOneByOne {
		return tx.Recipients(role, agency)
	}
	if r.all == nil {
		all, err := tx.Recipients(role, 0)
		if err != nil {
			return nil, err
		}
		r.all = make(map[int64][]tasks.Person)
		for _, person := range all {
			for _, g := range person.Grants {
				if g.Role == role {
					r.all[g.AgencyID] = append(r.all[g.AgencyID], person)
				}
			}
		}
	}
	return slices.Clone(r.all[agency]), nil
}

// roleHolders are the people who have a role, by agency, once they were read, and how often somebody of it was looked up.
type roleHolders struct {
	asked int
	all   map[int64][]tasks.Person
}

// holders are the active people of the notice's role and agency now, or its person, and their deputies. A link to set a password is for
// nobody else.
func (p *pass) holders(tx ComposeReader, n tasks.Notice) ([]recipient, error) {
	key := p.addressees(n)
	followed := followedBy(n)
	if people, ok := p.people[key]; ok {
		return people, nil
	}
	var people []tasks.Person
	if n.PersonID != 0 {
		person, err := tx.Person(n.PersonID)
		if err != nil && !errors.Is(err, tasks.ErrNotFound) {
			return nil, err
		}
		if err == nil && person.Active {
			people = []tasks.Person{person}
		}
	} else {
		var err error
		if followed {
			people, err = p.follower(tx, n)
		} else {
			people, err = p.inRole(tx, n.Role, n.AgencyID)
		}
		if err != nil {
			return nil, err
		}
	}
	var to []recipient
	if key.secret {
		for _, person := range people {
			to = append(to, recipient{Person: person})
		}
	} else {
		var err error
		if key.rollUp {
			// Whoever wants none has no deputy for them either.
			people = slices.DeleteFunc(people, func(person tasks.Person) bool { return person.NoRollUps })
		}
		if to, err = p.withDeputies(tx, people); err != nil {
			return nil, err
		}
		if key.rollUp {
			to = slices.DeleteFunc(to, func(r recipient) bool { return r.NoRollUps })
		}
	}
	p.people[key] = to
	return to, nil
}
