package tasks_test

import (
	"slices"
	"strconv"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

func isOffice(p tasks.Person) bool { return p.Active && grants(p, tasks.RoleSecretariat, nil) }

func isAdmin(p tasks.Person) bool { return p.Active && grants(p, tasks.RoleAdmin, nil) }

// takeoverSteps begin with what an office had before.
var takeoverSteps = []lifeStep{
	{name: "take over a tracker", weight: 3, only: isOffice, adds: true, prepares: true, do: func(l *life, who tasks.Person, _ row) func() error {
		if len(l.inStates(liveWords)) > 45 {
			return nil
		}
		tracker := l.importTracker(l.trackedDocument())
		seen := l.takeover(tracker.ID).Seen
		switch n := l.random.IntN(100); {
		case n < 10:
			seen = ""
		case n < 15:
			seen += "x"
		}
		tell := l.chance(30)
		return func() error { return l.documents.TakeOver(l.t.Context(), who, tracker.ID, seen, tell) }
	}},
}

// trackedDocument is a document of a tracker whose rows stand in all states; of some not all is known.
func (l *life) trackedDocument() tasks.TrackedDocument {
	l.number++
	d := tasks.TrackedDocument{Head: tasks.Head{
		Kind: tasks.KindPlan, Number: strconv.Itoa(l.number) + "/KH", Date: l.today().AddDays(-90), Title: "Cải cách hành chính",
	}}
	states := []tasks.State{
		tasks.StateAssigned, tasks.StateInProgress, tasks.StateSubmitted, tasks.StateReturned, tasks.StateCompleted, tasks.StateOnHold, tasks.StateCancelled,
	}
	if l.chance(8) {
		states = append(states, "")
	}
	for i := range 1 + l.random.IntN(3) {
		d.Drafts = append(d.Drafts, tracked(lifeDuties[(l.number+i)%len(lifeDuties)], func(dr *tasks.Draft) {
			t := &tasks.TakenOver{State: pick(l, states), Percent: l.random.IntN(101), Status: "Theo sổ", Sheet: "Sổ", Row: i + 2}
			dr.Taken, dr.Deadline, dr.Leads = t, l.today().AddDays(l.random.IntN(90)-40), l.written(2)
			dr.Joint = len(dr.Leads) > 1 && l.chance(50)
			if l.chance(50) {
				dr.Cooperating = l.written(2)
			}
			if l.chance(20) {
				dr.Deadline = calendar.Date{} // the document's cadence holds
			} else if l.chance(40) {
				t.FirstDue, t.Moved = dr.Deadline.AddDays(-7*l.random.IntN(8)), "Gia hạn"
			}
			if t.Done() && l.chance(95) {
				t.CompletedOn = l.today().AddDays(-l.random.IntN(60))
			}
		}))
	}
	return d
}

// written are agencies as a tracker names them.
func (l *life) written(most int) []tasks.Party {
	var out []tasks.Party
	for _, id := range l.some(l.existing(), most) {
		out = append(out, tasks.Party{Written: l.names[id]})
	}
	return out
}

const openConsultations = "SELECT id FROM consultations WHERE closed_because = '' ORDER BY id"

// consultationSteps ask about drafts; of what is issued nothing changes by that.
var consultationSteps = []lifeStep{
	{name: "ask about a draft", weight: 3, only: isOffice, apart: true, prepares: true, do: func(l *life, who tasks.Person, _ row) func() error {
		if len(l.numbers(openConsultations)) > 4 {
			return nil
		}
		id, in := l.draftDocument(l.secretariat, 1+l.random.IntN(3)), tasks.ConsultationInput{
			Title: l.words("Dự thảo chỉ thị"), Due: l.today().AddDays(l.random.IntN(25) - 1), Agencies: l.some(l.agencies, 4),
		}
		if drafts := l.numbers("SELECT id FROM documents WHERE state = 'draft' ORDER BY id"); l.chance(30) {
			id = pick(l, drafts)
		}
		return func() error {
			_, err := l.documents.OpenConsultation(l.t.Context(), who, id, in)
			return err
		}
	}},
	{name: "answer a draft", weight: 9, apart: true, do: func(l *life, who tasks.Person, _ row) func() error {
		id, ok := l.consultation()
		if !ok {
			return nil
		}
		agency := pick(l, l.agencies)
		if l.chance(85) {
			agency = pick(l, l.numbers("SELECT agency_id FROM consultation_answers WHERE consultation_id = %d ORDER BY agency_id", id))
			own := slices.DeleteFunc(slices.Clone(l.people), func(p tasks.Person) bool { return !answersFor(p, agency) })
			if len(own) > 0 && l.chance(85) {
				who = pick(l, own)
			}
		}
		in := tasks.AnswerInput{Send: l.chance(60), AgreeRest: l.chance(60), Number: l.words("3/STC"), General: pick(l, []string{"", "Nhất trí chung"})}
		for _, item := range l.numbers("SELECT id FROM consultation_items WHERE consultation_id = %d ORDER BY id", id) {
			if l.chance(60) {
				in.Items = append(in.Items, tasks.ItemAnswer{ItemID: item, Stance: tasks.StanceComment, Text: l.words("Đề nghị lùi thời hạn " + strconv.Itoa(l.n))})
			}
		}
		return func() error {
			err := l.documents.AnswerConsultation(l.t.Context(), who, id, agency, in)
			if err == nil && !answersFor(who, agency) {
				l.t.Errorf("%s answered for agency %d", who.Name, agency)
			}
			return err
		}
	}},
	{name: "reply to comments", weight: 5, only: isOffice, apart: true, do: func(l *life, who tasks.Person, _ row) func() error {
		comments := l.numbers("SELECT id FROM consultation_comments WHERE stance = 'comment' ORDER BY id")
		if len(comments) == 0 {
			return nil
		}
		// Sorted by age, and the newest are those without a reply.
		comment := comments[len(comments)-1-l.random.IntN(min(6, len(comments)))]
		id := l.numbers("SELECT consultation_id FROM consultation_comments WHERE id = %d", comment)[0]
		in := []tasks.ReplyInput{{CommentID: comment, Reply: pick(l, append(tasks.CommentReplies, "x")), Text: l.words("Xin giữ nguyên")}}
		return func() error {
			_, err := l.documents.ReplyToComments(l.t.Context(), who, id, in)
			return err
		}
	}},
	{name: "close a consultation", weight: 2, only: isOffice, apart: true, do: func(l *life, who tasks.Person, _ row) func() error {
		id, ok := l.consultation()
		if !ok {
			return nil
		}
		return func() error { return l.documents.CloseConsultation(l.t.Context(), who, id, 0) }
	}},
	{name: "discard a draft", weight: 1, only: isOffice, apart: true, do: func(l *life, who tasks.Person, _ row) func() error {
		drafts := l.numbers("SELECT id FROM documents WHERE state = 'draft' ORDER BY id")
		if len(drafts) < 3 {
			return nil
		}
		id := pick(l, drafts)
		return func() error { return l.documents.Discard(l.t.Context(), who, id, 0) }
	}},
}

// consultation is mostly one that is open.
func (l *life) consultation() (int64, bool) {
	list := l.numbers(openConsultations)
	if len(list) == 0 || l.chance(10) {
		list = l.numbers("SELECT id FROM consultations ORDER BY id")
	}
	if len(list) == 0 {
		return 0, false
	}
	return pick(l, list), true
}

func answersFor(p tasks.Person, agency int64) bool {
	return p.Active && (grants(p, tasks.RoleFocal, []int64{agency}) || grants(p, tasks.RoleHead, []int64{agency}))
}

// peopleSteps are people who come and go.
var peopleSteps = []lifeStep{
	{name: "disable a person", weight: 3, only: isAdmin, many: true, do: func(l *life, who tasks.Person, _ row) func() error {
		p := l.movable(true)
		p.Active = false
		return l.saving(who, p)
	}},
	{name: "enable a person", weight: 4, only: isAdmin, many: true, do: func(l *life, who tasks.Person, _ row) func() error {
		p := l.movable(false)
		p.Active = true
		return l.saving(who, p)
	}},
	{name: "move a person", weight: 3, only: isAdmin, many: true, do: func(l *life, who tasks.Person, _ row) func() error {
		p := l.movable(l.chance(90))
		p.Grants = slices.Clone(p.Grants)
		if len(p.Grants) > 0 && l.chance(60) {
			p.Grants = slices.Delete(p.Grants, 0, 1)
		}
		if len(p.Grants) < 3 {
			g := pick(l, []tasks.Grant{
				{Role: tasks.RoleSecretariat}, focalOf(pick(l, l.agencies)), focalOf(pick(l, l.agencies)), {Role: tasks.RoleHead, AgencyID: pick(l, l.agencies)},
			})
			if !slices.Contains(p.Grants, g) {
				p.Grants = append(p.Grants, g)
			}
		}
		return l.saving(who, p)
	}},
	{name: "name followers of a document", weight: 2, only: isOffice, many: true, do: func(l *life, who tasks.Person, a row) func() error {
		in := tasks.Followers{Specialist: pick(l, l.people).ID, Leader: pick(l, []int64{0, l.leader.ID, l.people[15].ID})}
		return func() error { return l.documents.SetFollowers(l.t.Context(), who, a.document, 0, in) }
	}},
}

// movable is one of the people whom the test itself does not need, mostly one who is active or is not.
func (l *life) movable(active bool) tasks.Person {
	needed := []int64{l.secretariat.ID, l.admin.ID, l.leader.ID}
	free := slices.DeleteFunc(slices.Clone(l.people), func(p tasks.Person) bool { return slices.Contains(needed, p.ID) })
	fit := slices.DeleteFunc(slices.Clone(free), func(p tasks.Person) bool { return p.Active != active })
	if len(fit) > 0 {
		free = fit
	}
	return pick(l, free)
}

// saving changes a person, and looks whether anybody's work was left without somebody.
func (l *life) saving(who, p tasks.Person) func() error {
	l.doing += " and " + p.Name
	var to tasks.Successors
	if l.chance(70) {
		to = tasks.Successors{Focal: pick(l, l.people).ID, Specialist: pick(l, []int64{l.secretariat.ID, pick(l, l.people).ID}), Leader: pick(l, []int64{l.leader.ID, p.ID})}
	}
	served, before := l.served(), l.people[slices.IndexFunc(l.people, func(q tasks.Person) bool { return q.ID == p.ID })]
	return func() error {
		_, err := l.accounts.SavePersonWith(l.t.Context(), who, p, to)
		l.peopleNow()
		if err != nil {
			return err
		}
		now := l.served()
		for _, agency := range l.numbers("SELECT DISTINCT g.agency_id FROM assignment_agencies g WHERE g.part = 'lead' AND g.state NOT IN ('completed', 'cancelled') ORDER BY 1") {
			if slices.Contains(served, agency) && !slices.Contains(now, agency) {
				l.t.Errorf("agency %d has work and nobody is its focal point any more", agency)
			}
		}
		l.postsOf(before, p)
		return nil
	}
}

// served are the agencies that have an active focal point.
func (l *life) served() []int64 {
	return l.numbers("SELECT DISTINCT g.agency_id FROM grants g JOIN people p ON p.id = g.person_id WHERE g.role = 'focal' AND p.active = 1 ORDER BY 1")
}

// postsOf looks whether somebody is still named for what goes on, in a role that he has lost.
func (l *life) postsOf(before, p tasks.Person) {
	for _, post := range []struct {
		column string
		role   tasks.Role
	}{{"specialist_id", tasks.RoleSecretariat}, {"leader_id", tasks.RoleLeader}} {
		if !before.Active || !grants(before, post.role, nil) || p.Active && grants(p, post.role, nil) {
			continue
		}
		for _, id := range l.numbers("SELECT id FROM assignments WHERE %s = %d AND state NOT IN ('completed', 'cancelled')", post.column, p.ID) {
			l.t.Errorf("%s, who is gone, is the %s of %+v\n%s", p.Name, post.column, l.rows[id], l.told(id))
		}
		for _, id := range l.numbers("SELECT id FROM documents WHERE %s = %d AND state <> 'closed'", post.column, p.ID) {
			l.t.Errorf("%s, who is gone, is the %s of document %d", p.Name, post.column, id)
		}
	}
}

// peopleNow reads the people anew.
func (l *life) peopleNow() {
	for i, p := range l.people {
		l.people[i] = must(l.accounts.Person(l.t.Context(), tasks.System, p.ID))(l.t)
	}
}

// agencyNames are the names by identifier.
func (l *life) agencyNames() map[int64]string {
	names := make(map[int64]string)
	for _, id := range l.agencies {
		names[id] = l.texts("SELECT name FROM agencies WHERE id = %d", id)[0]
		if directory.Fold(names[id]) == "" {
			l.t.Fatalf("agency %d has no name", id)
		}
	}
	return names
}
