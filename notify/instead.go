package notify

import (
	"slices"
	"strings"

	"tiendo/tasks"
)

// The ways of a notice, each with those who are told as long as there is nobody of the role before.
const (
	straight    = iota
	fromFocal   // the head in the place of the focal points, then the secretariat
	fromHead    // what an agency's head is told as its focal points are goes to these, and else to the secretariat
	headOrAbove // at once to the secretariat
)

var ways = [...][]tasks.Role{
	fromFocal:   {tasks.RoleFocal, tasks.RoleHead, tasks.RoleSecretariat},
	fromHead:    {tasks.RoleHead, tasks.RoleFocal, tasks.RoleSecretariat},
	headOrAbove: {tasks.RoleHead, tasks.RoleSecretariat},
}

// wayOf is the way of a notice. Summaries of an agency are for its own people alone.
func wayOf(n tasks.Notice) int {
	switch {
	case n.PersonID != 0 || n.AgencyID == 0 || n.Kind == tasks.NoticeRollUp:
		return straight
	case n.Role == tasks.RoleFocal:
		return fromFocal
	case n.Role == tasks.RoleHead && headAlone(n):
		return headOrAbove
	case n.Role == tasks.RoleHead:
		return fromHead
	}
	return straight
}

// way lists the roles of the notice's way.
func way(n tasks.Notice) []tasks.Role {
	if w := wayOf(n); w != straight {
		return ways[w]
	}
	return []tasks.Role{n.Role}
}

// headAlone tells of notices that a focal point cannot take for the head: a reminder is to reach somebody above him, an approval is the
// head's.
func headAlone(n tasks.Notice) bool {
	return n.Kind == tasks.NoticeReminder || n.Event == tasks.EventApprovalAsked
}

// reachKey names those who are told alike, reached are they.
type reachKey struct {
	addressees
	way      int
	followed int64 // who follows what is reminded of
}

type reached struct {
	people []recipient
	role   tasks.Role
}

// recipients are the people whom the notice is for now, or who are told instead, and their deputies; role is theirs. Where mails to all of
// them come back, others are told as well: the one or the other may arrive.
func (p *pass) recipients(tx ComposeReader, n tasks.Notice) (people []recipient, role tasks.Role, err error) {
	key := reachKey{p.addressees(n), wayOf(n), p.followed[n.Subject]}
	if r, ok := p.reached[key]; ok {
		return r.people, r.role, nil
	}
	defer func() {
		if err == nil {
			p.reached[key] = reached{people, role}
		}
	}()
	role = n.Role
	for _, next := range way(n) {
		instead := n
		if instead.Role = next; next == tasks.RoleSecretariat {
			instead.AgencyID = 0
		}
		held, err := p.holders(tx, instead)
		if err != nil {
			return nil, role, err
		}
		if len(held) == 0 {
			continue
		}
		role = next
		if len(people) == 0 {
			people = held
		} else {
			people = slices.Concat(people, slices.DeleteFunc(slices.Clone(held), func(r recipient) bool {
				return slices.ContainsFunc(people, func(before recipient) bool { return before.ID == r.ID })
			}))
		}
		if slices.ContainsFunc(held, reachable) {
			break
		}
	}
	return people, role, nil
}

// reachable tells whether mails to the person arrive, as far as is known.
func reachable(r recipient) bool { return r.Unreachable.IsZero() }

// reaches tells whether somebody of the agency itself is told.
func (p *pass) reaches(tx ComposeReader, n tasks.Notice) (bool, error) {
	people, role, err := p.recipients(tx, n)
	return slices.ContainsFunc(people, reachable) && (role == n.Role || role != tasks.RoleSecretariat), err
}

// waitsForOwn tells whether a notice of which only the secretariat was told waits for somebody of the agency nevertheless: what it was given
// or asked it is told when it has an account.
func waitsForOwn(n tasks.Notice, told tasks.Role) bool {
	return (n.Kind == tasks.NoticeIssued || n.Kind == tasks.NoticeConsultation) && n.Role != told && told == tasks.RoleSecretariat
}

// tells says in which role the person is told of the notice.
func tells(to addressee, n tasks.Notice) tasks.Role {
	person := to.Person
	if to.stands != nil {
		person = to.stands.person
	}
	roles := way(n)
	i := slices.IndexFunc(roles, func(r tasks.Role) bool {
		return r == tasks.RoleSecretariat || slices.Contains(person.Grants, tasks.Grant{Role: r, AgencyID: n.AgencyID})
	})
	if to.isMailbox() || i < 0 {
		return n.Role
	}
	return roles[i]
}

// ForOthers tells whether the person was told of what is for others, of whom there is nobody: as the head of an agency without a focal point,
// or as one of the secretariat.
func (c Composed) ForOthers() bool {
	to := addressee{recipient: recipient{Person: c.Person}}
	return c.Mail.Instead == 0 && slices.ContainsFunc(c.Told, func(n tasks.Notice) bool {
		role := tells(to, n)
		return role != n.Role && role != tasks.RoleFocal
	})
}

// sayInstead puts into a letter why its reader is told what is for others. A focal point who takes the place of a head is told nothing that
// he is not told anyway.
func (p *pass) sayInstead(tx ComposeReader, to addressee, notices []tasks.Notice, data mailData) error {
	missing := make(map[string][]tasks.Notice)
	own := false
	for _, n := range notices {
		switch role := tells(to, n); {
		case role == n.Role || role == tasks.RoleFocal:
			own = true
		case role == tasks.RoleHead:
			missing["focal_to_head"] = append(missing["focal_to_head"], n)
		case n.Role == tasks.RoleFocal:
			missing["focal_to_secretariat"] = append(missing["focal_to_secretariat"], n)
		default:
			missing["head_to_secretariat"] = append(missing["head_to_secretariat"], n)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	// Of an agency without anybody it is enough to say so.
	nobody := agenciesOf(missing["focal_to_secretariat"])
	missing["head_to_secretariat"] = slices.DeleteFunc(missing["head_to_secretariat"], func(n tasks.Notice) bool { return slices.Contains(nobody, n.AgencyID) })
	var sentences []string
	for _, key := range insteadWords {
		if len(missing[key]) == 0 {
			continue
		}
		names, err := p.names(tx, to, agenciesOf(missing[key]))
		if err != nil {
			return err
		}
		sentences = append(sentences, to.words.T("mail.instead."+key, names))
	}
	l := data.frame()
	if l.Instead = strings.Join(sentences, " "); !own && to.stands == nil {
		l.Why = to.words.T("mail.instead.why")
	}
	return nil
}

// insteadWords are the keys of who is missing and who is told, in the order of a letter.
var insteadWords = []string{"focal_to_head", "focal_to_secretariat", "head_to_secretariat"}

// minePath is where the reader sees the duties of his agencies; who has none sees those of all.
func minePath(to addressee) string {
	if len(to.AgencyIDs(tasks.RoleFocal, tasks.RoleHead)) > 0 || to.stands != nil && len(to.stands.person.AgencyIDs(tasks.RoleFocal, tasks.RoleHead)) > 0 {
		return "/mine"
	}
	return "/assignments"
}
