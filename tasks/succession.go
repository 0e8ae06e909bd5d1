package tasks

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Successors are the people to whom the work of one who leaves goes over; 0 where nothing has to.
type Successors struct {
	Focal      int64 // of the agencies that would else have no active focal point
	Specialist int64
	Leader     int64
}

// HeldPosts is what somebody follows in a role that has not ended, by identifier.
type HeldPosts struct {
	Documents   []int64 // that name him; drafts among them
	Assignments []int64 // that name him themselves
	Drafts      []int64 // documents that he made and that name nobody
}

// Empty tells that there is none.
func (p HeldPosts) Empty() bool { return len(p.Documents)+len(p.Assignments)+len(p.Drafts) == 0 }

// SuccessionTx moves what somebody leaves behind.
type SuccessionTx interface {
	FollowerReader
	FollowerWriter
	HeldPosts(personID int64, role Role) (HeldPosts, error)
	// OwesWork tells whether the agency leads an assignment that has not ended. Nobody else is told of the agency before the
	// transaction's end.
	OwesWork(agencyID int64) (bool, error)
	// TakeBackMails takes back the mails that wait for the person and that the server has not taken for certain: what they tell is
	// composed anew for those who are to be told then. gone: nothing at all goes to him any more.
	TakeBackMails(personID int64, gone bool) error
	Document(id int64) (Document, error)
	Assignment(id int64) (Assignment, error)
}

// left is what a person's change leaves without anybody.
type left struct {
	agencies []int64 // whose last active focal point he was
	posts    map[Role]HeldPosts
}

// leaves reckons what the change would leave behind. Nothing is left by one who was no longer active.
func leaves(tx AccountTx, before, after Person) (left, error) {
	l := left{posts: make(map[Role]HeldPosts)}
	if !before.Active {
		return l, nil
	}
	keeps := func(g Grant) bool { return after.Active && slices.Contains(after.Grants, g) }
	for _, id := range before.AgencyIDs(RoleFocal) {
		if keeps(Grant{RoleFocal, id}) {
			continue
		}
		// First, so that of two who take the last two away at the same moment the second sees what the first has left.
		owes, err := tx.OwesWork(id)
		if err != nil {
			return l, err
		}
		others, err := tx.Recipients(RoleFocal, id)
		if err != nil {
			return l, err
		}
		if owes && !slices.ContainsFunc(others, func(p Person) bool { return p.ID != before.ID }) {
			l.agencies = append(l.agencies, id)
		}
	}
	for _, r := range followerRoles {
		if !before.Has(r.Role) || keeps(Grant{Role: r.Role}) {
			continue
		}
		posts, err := tx.HeldPosts(before.ID, r.Role)
		if err != nil {
			return l, err
		}
		if !posts.Empty() {
			l.posts[r.Role] = posts
		}
	}
	return l, nil
}

// succeed gives what the change leaves behind to the successors, in the transaction of the change, before it is written.
func (s *Accounts) succeed(tx AccountTx, actor, before, after Person, to Successors) error {
	l, err := leaves(tx, before, after)
	if err != nil {
		return err
	}
	var f fields
	next := make(map[string]Person)
	for _, need := range []struct {
		field string
		id    int64
		role  Role
		of    func() ([]string, error)
	}{
		{"successor_focal", to.Focal, RoleFocal, func() ([]string, error) { return agencyList(tx, l.agencies) }},
		{"successor_specialist", to.Specialist, RoleSecretariat, l.posts[RoleSecretariat].counts},
		{"successor_leader", to.Leader, RoleLeader, l.posts[RoleLeader].counts},
	} {
		args, err := need.of()
		if err != nil {
			return err
		}
		if len(args) == 0 {
			continue
		}
		if need.id == 0 {
			f.add(need.field, "succession."+string(need.role), args...)
			continue
		}
		p, err := tx.Person(need.id)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		if !p.Active || p.ID == before.ID || !need.role.PerAgency() && !p.Has(need.role) {
			f.add(need.field, "succession.not_one")
		}
		next[need.field] = p
	}
	if err := f.err(); err != nil {
		return err
	}
	if p, ok := next["successor_focal"]; ok {
		if err := s.takeAgencies(tx, actor, before, p, l.agencies); err != nil {
			return err
		}
	}
	for _, r := range followerRoles {
		if p, ok := next["successor_"+r.Field]; ok {
			if err := s.takePosts(tx, actor, before, p, r.Role, l.posts[r.Role]); err != nil {
				return err
			}
		}
	}
	return nil
}

func agencyList(tx DirectoryReader, ids []int64) ([]string, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	agencies, err := agencyMap(tx)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, id := range ids {
		names = append(names, agencies[id].Name)
	}
	return []string{strings.Join(names, ", ")}, nil
}

// counts are the arguments of the words that ask for a successor; none when nothing is held.
func (p HeldPosts) counts() ([]string, error) {
	if p.Empty() {
		return nil, nil
	}
	return []string{fmt.Sprint(len(p.Documents) + len(p.Drafts)), fmt.Sprint(len(p.Assignments))}, nil
}

// takeAgencies makes the successor a focal point of the agencies.
func (s *Accounts) takeAgencies(tx AccountTx, actor, from, to Person, agencies []int64) error {
	was := to
	to.Grants = slices.Clone(to.Grants)
	for _, id := range agencies {
		if g := (Grant{RoleFocal, id}); !slices.Contains(to.Grants, g) {
			to.Grants = append(to.Grants, g)
		}
	}
	to.Epoch++
	if err := tx.UpdatePerson(to); err != nil {
		return err
	}
	after := personValues(to)
	after["succeeds"] = from.Name
	_, err := tx.Audit(entry(s.Now(), actor, "person.succeeded", Subject{SubjectPerson, to.ID}).with(personValues(was), after))
	return err
}

// takePosts names the successor wherever the other was named, and for the drafts that he made.
func (s *Accounts) takePosts(tx AccountTx, actor, from, to Person, role Role, held HeldPosts) error {
	now := s.Now()
	for _, id := range slices.Concat(held.Documents, held.Drafts) {
		d, err := tx.Document(id)
		if err != nil {
			return err
		}
		before := d.Followers
		d.Followers = before.with(role, to.ID)
		if err := tx.SetDocumentFollowers(d); err != nil {
			return err
		}
		if err := followersAudit(tx, entry(now, actor, "document.followers_named", Subject{SubjectDocument, id}), before, d.Followers); err != nil {
			return err
		}
	}
	for _, id := range held.Assignments {
		a, err := tx.Assignment(id)
		if err != nil {
			return err
		}
		before := a.Followers
		a.Named = a.Named.with(role, to.ID)
		if err := tx.SetAssignmentFollowers(a); err != nil {
			return err
		}
		if err := followersAudit(tx, entry(now, actor, "assignment.followers_named", Subject{SubjectAssignment, id}), before, before.with(role, to.ID)); err != nil {
			return err
		}
	}
	_, err := tx.Audit(entry(now, actor, "person.posts_taken", Subject{SubjectPerson, to.ID}).with(nil, map[string]any{
		"succeeds": from.Name, "role": role, "documents": len(held.Documents) + len(held.Drafts), "assignments": len(held.Assignments),
	}))
	return err
}

// lost tells whether a grant was taken away.
func lost(before, after []Grant) bool {
	return slices.ContainsFunc(before, func(g Grant) bool { return !slices.Contains(after, g) })
}
