package tasks

import (
	"fmt"
	"slices"
)

// Followers are who watches a document or an assignment: a specialist of the secretariat (chuyên viên theo dõi) and a leader of the
// province (lãnh đạo phụ trách). 0: nobody was named.
type Followers struct{ Specialist, Leader int64 }

// followerRoles are the roles from which followers are named, as fields of a form call them.
var followerRoles = []struct {
	Field string
	Role  Role
}{{"specialist", RoleSecretariat}, {"leader", RoleLeader}}

// Of is who follows in the role; 0 for nobody.
func (f Followers) Of(role Role) int64 {
	switch role {
	case RoleSecretariat:
		return f.Specialist
	case RoleLeader:
		return f.Leader
	}
	return 0
}

func (f Followers) with(role Role, person int64) Followers {
	switch role {
	case RoleSecretariat:
		f.Specialist = person
	case RoleLeader:
		f.Leader = person
	}
	return f
}

// orElse fills what is not named from those of the document.
func (f Followers) orElse(of Followers) Followers {
	if f.Specialist == 0 {
		f.Specialist = of.Specialist
	}
	if f.Leader == 0 {
		f.Leader = of.Leader
	}
	return f
}

// FollowerReader reads who may follow.
type FollowerReader interface {
	// Recipients lists the active people who have the role, for the agency when it is not 0, by name.
	Recipients(role Role, agencyID int64) ([]Person, error)
	// PeopleByID answers the people that exist among the identifiers.
	PeopleByID(ids []int64) (map[int64]Person, error)
}

// FollowerWriter names followers. Both compare the version that was read, and the row's grows by one.
type FollowerWriter interface {
	// SetDocumentFollowers also puts them in force for the document's assignments that have none of their own; their versions stay.
	SetDocumentFollowers(d Document) error
	SetAssignmentFollowers(a Assignment) error
}

// FollowerChoices are the people who may be named.
type FollowerChoices struct{ Specialists, Leaders []Person }

// Of lists those of a role.
func (c FollowerChoices) Of(role Role) []Person {
	if role == RoleLeader {
		return c.Leaders
	}
	return c.Specialists
}

func followerChoices(tx FollowerReader) (c FollowerChoices, err error) {
	if c.Specialists, err = tx.Recipients(RoleSecretariat, 0); err != nil {
		return c, err
	}
	c.Leaders, err = tx.Recipients(RoleLeader, 0)
	return c, err
}

// check refuses who is not active in the role, unless he stands there already.
func (c FollowerChoices) check(in, before Followers) error {
	var f fields
	for _, r := range followerRoles {
		id := in.Of(r.Role)
		if id == 0 || id == before.Of(r.Role) || slices.ContainsFunc(c.Of(r.Role), func(p Person) bool { return p.ID == id }) {
			continue
		}
		f.add(r.Field, "follower.not_one")
	}
	return f.err()
}

// followerIDs lists the people among followers, each once.
func followerIDs(all ...Followers) []int64 {
	var ids []int64
	for _, f := range all {
		for _, id := range []int64{f.Specialist, f.Leader} {
			if id != 0 && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// followerNames are followers as an audit row says them: it must be read long after the people have changed.
func followerNames(tx FollowerReader, f Followers) (map[string]any, error) {
	people, err := tx.PeopleByID(followerIDs(f))
	if err != nil {
		return nil, fmt.Errorf("names of followers: %w", err)
	}
	return map[string]any{"specialist": people[f.Specialist].Name, "leader": people[f.Leader].Name}, nil
}

// followersAudit writes the audit row of a change of followers.
func followersAudit(tx interface {
	FollowerReader
	AuditWriter
}, e AuditEntry, before, after Followers) error {
	was, err := followerNames(tx, before)
	if err != nil {
		return err
	}
	is, err := followerNames(tx, after)
	if err != nil {
		return err
	}
	_, err = tx.Audit(e.with(was, is))
	return err
}
