package tasks

import (
	"cmp"
	"slices"

	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// takeover is what a change of agencies does to one assignment.
type takeover struct {
	a           Assignment
	heirs       heirs
	leads       []int64
	cooperating []int64
	folded      int64 // the assignment of the same duty that goes on in its stead; 0: it goes on itself
}

// awaited is an opinion that a predecessor is still to give on a draft, and who is asked for it instead; 0: nobody more.
type awaitedOpinion struct{ consultation, predecessor, successor int64 }

// changePlan is all that a change does, as things stand: shown beforehand, carried out on the day.
type changePlan struct {
	takeovers []takeover
	drafts    []Draft
	groups    []Group
	aliases   []Alias
	opinions  []awaitedOpinion
	people    []Person // who get rights, with those that they have then
	mailbox   *Mailbox
	counts    ChangeCounts
}

// dueDay is the change's first day and lastDay the day before, as the directory writes days.
func (c AgencyChange) dueDay() string  { return c.Day.String() }
func (c AgencyChange) lastDay() string { return c.Day.AddDays(-1).String() }

// placeholders stand for those that are not founded yet.
func (c AgencyChange) placeholders() []int64 {
	ids := make([]int64, len(c.Successors))
	for i, x := range c.Successors {
		if ids[i] = x.AgencyID; x.AgencyID == 0 {
			ids[i] = -int64(i + 1)
		}
	}
	return ids
}

// heirsTo are the heirs of the predecessors when the successor at the place takes over.
func (c AgencyChange) heirsTo(successors []int64, place int) heirs {
	if place < 0 || place >= len(successors) {
		place = 0
	}
	h := make(heirs, len(c.Predecessors))
	for _, id := range c.Predecessors {
		h[id] = successors[place]
	}
	return h
}

// plan reckons what a change does; successors are its agencies in their order.
func plan(tx AgencyChangeReader, c AgencyChange, successors []int64) (changePlan, error) {
	p := changePlan{}
	main := c.heirsTo(successors, 0)
	for _, step := range []func() error{
		func() error { return p.assignments(tx, c, successors) },
		func() error { return p.reviews(tx, main) },
		func() error { return p.members(tx, c, successors) },
		func() error { return p.names(tx, c, successors) },
		func() error { return p.consultations(tx, c, successors[0]) },
		func() error { return p.rights(tx, c, successors) },
		func() error { return p.mail(tx, c, successors[0]) },
	} {
		if err := step(); err != nil {
			return p, err
		}
	}
	return p, nil
}

func (p *changePlan) assignments(tx AgencyChangeReader, c AgencyChange, successors []int64) error {
	list, err := tx.UnendedOf(c.Predecessors)
	if err != nil {
		return err
	}
	choices, err := tx.ChangeChoices(c.ID)
	if err != nil {
		return err
	}
	for _, a := range list {
		t := takeover{a: a, heirs: c.heirsTo(successors, choices[a.ID])}
		t.leads, t.cooperating = t.heirs.parts(a)
		p.takeovers = append(p.takeovers, t)
		if a.LedBy(c.Predecessors...) {
			p.counts.Led++
		} else {
			p.counts.Cooperating++
		}
		switch a.State {
		case StateSubmitted:
			p.counts.Submitted++
		case StateOnHold:
			p.counts.Held++
		}
	}
	if p.counts.WaitingCounts, err = tx.CountWaiting(c.Predecessors); err != nil {
		return err
	}
	if p.counts.Stay, err = tx.CountEnded(c.Predecessors); err != nil || !c.Fold {
		return err
	}
	own, err := tx.UnendedOf(successors)
	if err != nil {
		return err
	}
	p.fold(c, own)
	return nil
}

// fold lets of the assignments by which one agency would have the same duty, and the same period of it, several times only one go on: that
// which the agency had itself, else that which is furthest.
func (p *changePlan) fold(c AgencyChange, own []Assignment) {
	type duty struct {
		task, lead int64
		period     calendar.Date
	}
	of := func(a Assignment, leads []int64) (d duty, ok bool) {
		if len(leads) != 1 {
			return d, false
		}
		return duty{a.TaskID, leads[0], a.Period.Due}, true
	}
	goesOn := make(map[duty]Assignment)
	for _, a := range own {
		if d, ok := of(a, a.Leads); ok && !a.LedBy(c.Predecessors...) {
			goesOn[d] = a
		}
	}
	had := make(map[duty]bool)
	for d := range goesOn {
		had[d] = true
	}
	for _, t := range p.takeovers {
		d, ok := of(t.a, t.leads)
		if !ok || !t.a.LedBy(c.Predecessors...) || had[d] {
			continue
		}
		if best, ok := goesOn[d]; !ok || further(t.a, best) {
			goesOn[d] = t.a
		}
	}
	for i, t := range p.takeovers {
		d, ok := of(t.a, t.leads)
		if best := goesOn[d].ID; ok && t.a.LedBy(c.Predecessors...) && best != 0 && best != t.a.ID {
			p.takeovers[i].folded = best
			p.counts.Folded++
		}
	}
}

// further tells whether more was done of the first than of the second; of two alike the one that was assigned first.
func further(a, b Assignment) bool {
	rank := func(s State) int {
		return slices.Index([]State{StateOnHold, StateAssigned, StateReturned, StateInProgress, StateSubmitted}, s)
	}
	return cmp.Or(cmp.Compare(rank(a.State), rank(b.State)), cmp.Compare(a.Percent, b.Percent), cmp.Compare(b.ID, a.ID)) > 0
}

// reviews replaces the predecessors in what is not issued yet.
func (p *changePlan) reviews(tx AgencyChangeReader, h heirs) error {
	drafts, err := tx.UnissuedDrafts()
	if err != nil {
		return err
	}
	for _, d := range drafts {
		leads, led := h.parties(d.Leads, nil)
		cooperating, helped := h.parties(d.Cooperating, leads)
		if !led && !helped {
			continue
		}
		d.Leads, d.Cooperating = leads, cooperating
		p.drafts = append(p.drafts, d)
		if !d.Removed {
			p.counts.Drafts++
		}
	}
	return nil
}

// parties puts those that take over in the place of the others, each once and without those that lead. changed tells whether any had to.
func (h heirs) parties(list, leading []Party) (out []Party, changed bool) {
	var seen []int64
	for _, p := range leading {
		if p.AgencyID != 0 {
			seen = append(seen, p.AgencyID)
		}
	}
	for _, p := range list {
		if next, ok := h[p.AgencyID]; ok && p.AgencyID != 0 {
			changed = true
			p.AgencyID = next
			if slices.Contains(seen, next) {
				continue
			}
		}
		if slices.ContainsFunc(p.Members, func(id int64) bool { _, ok := h[id]; return ok }) {
			changed = true
			p.Members = h.of(p.Members)
		}
		if p.AgencyID != 0 {
			seen = append(seen, p.AgencyID)
		}
		out = append(out, p)
	}
	return out, changed
}

// members ends what the predecessors are in groups and begins what those are that take over.
func (p *changePlan) members(tx AgencyChangeReader, c AgencyChange, successors []int64) error {
	groups, err := tx.Groups()
	if err != nil {
		return err
	}
	for _, g := range groups {
		changed := false
		var members, begun []Membership
		for _, m := range g.Members {
			if !slices.Contains(c.Predecessors, m.AgencyID) || m.To != "" && m.To < c.dueDay() {
				members = append(members, m)
				continue
			}
			changed = true
			for _, id := range successors {
				begun = append(begun, Membership{AgencyID: id, From: max(m.From, c.dueDay()), To: m.To})
			}
			if m.From < c.dueDay() {
				m.To = c.lastDay()
				members = append(members, m)
			}
		}
		if !changed {
			continue
		}
		for _, m := range begun {
			if !slices.ContainsFunc(members, func(o Membership) bool {
				return o.AgencyID == m.AgencyID && (o.To == "" || m.From <= o.To) && (m.To == "" || o.From <= m.To)
			}) {
				members = append(members, m)
			}
		}
		g.Members = members
		p.groups = append(p.groups, g)
		p.counts.Groups++
	}
	return nil
}

// names lists the names of the predecessors by which documents may go on to call the one that takes over from all of them. After a split
// nobody knows which is meant.
func (p *changePlan) names(tx AgencyChangeReader, c AgencyChange, successors []int64) error {
	if len(successors) > 1 {
		return nil
	}
	agencies, err := tx.Agencies()
	if err != nil {
		return err
	}
	aliases, err := tx.Aliases()
	if err != nil {
		return err
	}
	taken := make(map[string]bool) // by others on that day, or by the successor itself
	var names []string
	for _, a := range agencies {
		gone := slices.Contains(c.Predecessors, a.ID)
		for _, name := range []string{a.Name, a.ShortName} {
			if gone {
				names = append(names, name)
			} else if a.ValidOn(c.dueDay()) {
				taken[directory.Fold(name)] = true
			}
		}
	}
	if x := c.Successors[0]; x.AgencyID == 0 {
		taken[directory.Fold(x.Name)], taken[directory.Fold(x.ShortName)] = true, true
	}
	for _, a := range aliases {
		if slices.Contains(c.Predecessors, a.AgencyID) {
			names = append(names, a.Name)
		} else {
			taken[directory.Fold(a.Name)] = true
		}
	}
	for _, name := range names {
		if key := directory.Fold(name); key != "" && !taken[key] {
			taken[key] = true
			p.aliases = append(p.aliases, Alias{Name: name, AgencyID: successors[0]})
		}
	}
	p.counts.Names = len(p.aliases)
	return nil
}

// consultations asks the one that takes over where a predecessor has neither begun nor sent its opinion. What was begun stays with those
// who began it, who may send it.
func (p *changePlan) consultations(tx AgencyChangeReader, c AgencyChange, successor int64) error {
	const all = 1_000_000
	rows, err := tx.Consultations(ConsultationQuery{Agencies: c.Predecessors, Open: true, Limit: all})
	if err != nil || len(rows) == 0 {
		return err
	}
	has := make(map[int64]bool) // that the successor is asked, or need not be
	asked, err := tx.Consultations(ConsultationQuery{Agencies: []int64{successor}, Open: true, Limit: all})
	if err != nil {
		return err
	}
	for _, r := range asked {
		has[r.ID] = true
	}
	for _, r := range rows {
		if r.Own.State() != AnswerNone {
			has[r.ID] = true
		}
	}
	for _, r := range rows {
		if r.Own.State() != AnswerNone {
			continue
		}
		o := awaitedOpinion{consultation: r.ID, predecessor: r.Own.AgencyID}
		if !has[r.ID] {
			has[r.ID] = true
			o.successor = successor
		}
		p.opinions = append(p.opinions, o)
	}
	p.counts.Consultations = len(p.opinions)
	return nil
}

// mail hands the first predecessor's address on to one that takes over and has none.
func (p *changePlan) mail(tx AgencyChangeReader, c AgencyChange, successor int64) error {
	boxes, err := tx.Mailboxes()
	if err != nil {
		return err
	}
	of := func(agency int64) (Mailbox, bool) {
		i := slices.IndexFunc(boxes, func(m Mailbox) bool { return m.AgencyID == agency })
		if i < 0 {
			return Mailbox{AgencyID: agency}, false
		}
		return boxes[i], boxes[i].Address != ""
	}
	own, ok := of(successor)
	for _, id := range c.Predecessors {
		if old, has := of(id); has && !ok {
			own.Address, own.Issued, own.Overdue = old.Address, old.Issued, old.Overdue
			p.mailbox = &own
			p.counts.Mailboxes = 1
			break
		}
	}
	return nil
}
