package tasks_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// deputySteps are people who act for others.
var deputySteps = []lifeStep{
	{name: "appoint a deputy", weight: 3, apart: true, do: func(l *life, who tasks.Person, _ row) func() error {
		person := pick(l, l.people)
		if l.chance(60) {
			person = l.people[slices.IndexFunc(l.people, func(p tasks.Person) bool { return p.ID == who.ID })]
		}
		in := tasks.DeputationInput{
			DeputyID: pick(l, l.people).ID, From: l.today().AddDays(l.random.IntN(4) - l.random.IntN(2)), Reason: l.words("Đi công tác"), KeepsMails: l.chance(50),
		}
		in.To = in.From.AddDays(l.random.IntN(30) - 1)
		own := who.Active && (who.ID == person.ID || isAdmin(l.own(who)) || isOffice(l.own(who)))
		return func() error {
			_, err := l.accounts.AppointDeputy(l.t.Context(), l.acting(who), person.ID, in)
			if err == nil && !own {
				l.t.Errorf("%s appointed a deputy of %s", who.Name, person.Name)
			}
			return err
		}
	}},
	{name: "end a deputation", weight: 1, apart: true, do: func(l *life, who tasks.Person, _ row) func() error {
		lasting := l.numbers("SELECT id FROM deputies WHERE ended_at IS NULL ORDER BY id")
		if len(lasting) == 0 {
			return nil
		}
		id := pick(l, lasting)
		return func() error {
			_, err := l.accounts.EndDeputation(l.t.Context(), l.acting(who), id, 0)
			return err
		}
	}},
}

// own is the person with his own rights.
func (l *life) own(p tasks.Person) tasks.Person {
	return l.people[slices.IndexFunc(l.people, func(o tasks.Person) bool { return o.ID == p.ID })]
}

// standsFor are those for whom the person acts today, by what the table says.
func (l *life) standsFor(id int64) []int64 {
	today := l.today().String()
	return l.numbers(`SELECT d.person_id FROM deputies d JOIN people p ON p.id = d.person_id JOIN people q ON q.id = d.deputy_id
		WHERE d.deputy_id = %d AND d.ended_at IS NULL AND d.from_day <= '%s' AND d.to_day >= '%s' AND p.active = 1 AND q.active = 1 ORDER BY d.id`, id, today, today)
}

// entitled is the person with the rights that he has today: his own, and but for an admin's those of whom he acts for.
func (l *life) entitled(p tasks.Person) tasks.Person {
	p.Grants = slices.Clone(p.Grants)
	for _, other := range l.standsFor(p.ID) {
		for _, g := range l.own(tasks.Person{ID: other}).Grants {
			if g.Role != tasks.RoleAdmin && !slices.Contains(p.Grants, g) {
				p.Grants = append(p.Grants, g)
			}
		}
	}
	return p
}

// acting is the person as the services meet him when he is signed in; who is disabled comes as he was.
func (l *life) acting(p tasks.Person) tasks.Person {
	if p = l.own(p); !p.Active {
		return p
	}
	return l.rig.now(p)
}

// sentBy is who sent what waits for confirmation.
func (l *life) sentBy(a row) []int64 {
	return l.numbers("SELECT coalesce(person_id, 0) FROM reports WHERE assignment_id = %d AND kind = 'submission' AND outcome = '' ORDER BY id", a.id)
}

// notHisOwn sees to it that nobody decides on what he sent himself, or somebody for whom he acts today.
func (l *life) notHisOwn(name string, who tasks.Person, sentBy []int64) {
	if !slices.Contains([]string{"confirm", "return", "return with a new date"}, name) {
		return
	}
	for _, id := range append(l.standsFor(who.ID), who.ID) {
		if slices.Contains(sentBy, id) {
			l.t.Errorf("%s decided on what %d sent, for whom he acts", who.Name, id)
		}
	}
}

// changeSteps are agencies that merge or get another name, and duties whose words are hidden.
var changeSteps = []lifeStep{
	{name: "change agencies", weight: 1, only: isOffice, many: true, do: func(l *life, who tasks.Person, _ row) func() error {
		if len(l.numbers("SELECT id FROM agency_changes WHERE state = 'applied'")) >= 3 {
			return nil
		}
		in := tasks.ChangeInput{Kind: tasks.ChangeRename, Day: l.today(), Document: "1/NQ-HĐND", Reason: l.words("Sắp xếp bộ máy"), Predecessors: []int64{pick(l, l.agencies)}}
		code := "MOI" + strconv.Itoa(l.n)
		if l.chance(50) {
			in.Kind, in.Predecessors, in.Successors = tasks.ChangeMerge, l.some(l.agencies, 2), []int64{pick(l, l.agencies)}
		} else {
			in.Founded = []tasks.SuccessorAgency{{Code: code, Name: "Cơ quan mới " + strconv.Itoa(l.n)}}
		}
		if l.chance(10) {
			in.Day = calendar.Date{}
		}
		changes := tasks.AgencyChanges{Store: l.db.AgencyChanges(), Duties: l.assignments}
		return func() error {
			id, err := changes.Prepare(l.t.Context(), who, in)
			if err != nil {
				return err
			}
			err = changes.Confirm(l.t.Context(), who, id, 0)
			if err != nil {
				// What was prepared stays; it is given up, so that the step as a whole is refused or done.
				l.t.Errorf("prepared, but not confirmed: %v", err)
				return err
			}
			l.agencies = append(l.agencies, l.numbers("SELECT id FROM agencies WHERE code = '%s'", code)...)
			l.names = l.agencyNames()
			l.peopleNow()
			l.nothingWith(in.Predecessors, in.Successors)
			return nil
		}
	}},
	{name: "restrict", weight: 2, only: isOffice, apart: true, do: func(l *life, who tasks.Person, a row) func() error {
		in := tasks.RestrictInput{Restricted: l.chance(60), Reason: l.words("Nội dung nhạy cảm")}
		return func() error { return l.assignments.Restrict(l.t.Context(), who, a.task, in) }
	}},
}

// nothingWith looks whether the agencies that are no more still have something that has not ended.
func (l *life) nothingWith(gone, stay []int64) {
	for _, agency := range gone {
		if slices.Contains(stay, agency) {
			continue
		}
		for _, id := range l.numbers("SELECT assignment_id FROM assignment_agencies WHERE agency_id = %d AND state NOT IN ('completed', 'cancelled') ORDER BY assignment_id", agency) {
			l.t.Errorf("agency %d is no more and has a part in %d", agency, id)
		}
		for _, id := range l.numbers("SELECT contributions.id FROM contributions JOIN assignments a ON a.id = assignment_id WHERE agency_id = %d AND contributions.state = 'asked' AND a.state NOT IN ('completed', 'cancelled') ORDER BY 1", agency) {
			l.t.Errorf("agency %d is no more and is asked for contribution %d", agency, id)
		}
	}
}

// existing are the agencies that there are today: no others are offered where a duty is given.
func (l *life) existing() []int64 {
	return l.numbers("SELECT id FROM agencies WHERE id IN (%s) AND coalesce(valid_to, '9999') >= '%s' ORDER BY id",
		strings.Trim(strings.ReplaceAll(fmt.Sprint(l.agencies), " ", ","), "[]"), l.today().String())
}

// inherited tells whether all that changed is that others take the place of an agency that is no more.
func (l *life) inherited(was, is row) bool {
	parts := append(was.leadIDs(), was.cooperatingIDs()...)
	gone := l.numbers("SELECT id FROM agencies WHERE valid_to <> '' AND valid_to < '%s'", l.today().String())
	was.version, was.leads, was.cooperating = was.version+1, is.leads, is.cooperating
	return was == is && slices.ContainsFunc(parts, func(id int64) bool { return slices.Contains(gone, id) }) &&
		!slices.ContainsFunc(append(is.leadIDs(), is.cooperatingIDs()...), func(id int64) bool { return slices.Contains(gone, id) })
}
