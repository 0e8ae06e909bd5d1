package tasks

import "slices"

// rights gives focal points and heads of the predecessors the same for those that take over. What they had they keep: by it they read what
// stays under the old names.
func (p *changePlan) rights(tx AgencyChangeReader, c AgencyChange, successors []int64) error {
	people, err := grantedPeople(tx, c.Predecessors)
	if err != nil {
		return err
	}
	for _, who := range people {
		place, ok := c.heir(who.ID)
		if !ok {
			continue
		}
		had := len(who.Grants)
		who.Grants = slices.Clone(who.Grants)
		for _, g := range who.Grants[:had] {
			next := Grant{Role: g.Role, AgencyID: successors[place]}
			if slices.Contains(c.Predecessors, g.AgencyID) && !slices.Contains(who.Grants, next) {
				who.Grants = append(who.Grants, next)
			}
		}
		if len(who.Grants) > had {
			p.people = append(p.people, who)
		}
	}
	p.counts.People = len(p.people)
	return nil
}

// grantedPeople lists the active focal points and heads of agencies, each once, by name.
func grantedPeople(tx FollowerReader, agencies []int64) ([]Person, error) {
	var out []Person
	for _, id := range agencies {
		for _, role := range []Role{RoleFocal, RoleHead} {
			list, err := tx.Recipients(role, id)
			if err != nil {
				return nil, err
			}
			for _, who := range list {
				if !slices.ContainsFunc(out, func(o Person) bool { return o.ID == who.ID }) {
					out = append(out, who)
				}
			}
		}
	}
	return out, nil
}
