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
			people, err = tx.Recipients(n.Role, n.AgencyID)
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
