package web

import (
	"context"

	"tiendo/tasks"
	"tiendo/templates"
)

// lifeCard stands on the page of a duty that rests or was taken back, or of which a lead asks that another should have it.
type lifeCard struct {
	Title, Text, Reason, Who string
	Action                   *templates.Action
}

func (b *assignmentBuilder) lifeCard() *lifeCard {
	w, a := b.w, b.v.Assignment
	life := lifeBuilder{Server: b.Server, w: w, actor: b.actor, v: tasks.LifeView{
		Setting: b.v.Setting, Pauses: b.v.Pauses, Declines: b.v.Declines, People: b.v.People,
	}}
	may := func(action tasks.Action) bool { return b.actor.CanOn(action, a.Leads, a.Cooperating) }
	if last, ok := life.v.Lasting(); ok {
		now := life.lasting(last)
		card := &lifeCard{Title: now.Title, Text: now.Text, Reason: now.Reason, Who: now.Who}
		if may(tasks.ActionPause) {
			card.Action = &templates.Action{Href: pauseHref(a.ID), Label: w.T("life.do_" + string(a.State)), Quiet: true}
		}
		return card
	}
	d, waits := life.v.Waiting()
	if !waits {
		return nil
	}
	now := life.declined(d)
	card := &lifeCard{Title: now.Title, Text: now.Text, Reason: now.Reason, Who: now.Who}
	switch {
	case may(tasks.ActionReassign):
		card.Action = &templates.Action{Href: assignHref(a.ID), Label: w.T("deadline.do_decide")}
	case may(tasks.ActionDecline):
		card.Action = &templates.Action{Href: assignHref(a.ID), Label: w.T("life.see_decline"), Quiet: true}
	}
	return card
}

// lifeFacts lead to the pages about who has the duty and whether it rests, for those who can do something there.
func (b *assignmentBuilder) lifeFacts() []templates.Fact {
	w, a := b.w, b.v.Assignment
	may := func(action tasks.Action) bool { return b.actor.CanOn(action, a.Leads, a.Cooperating) }
	_, waits := tasks.LifeView{Setting: b.v.Setting, Declines: b.v.Declines}.Waiting()
	var facts []templates.Fact
	switch {
	case may(tasks.ActionReassign) && a.State.Open():
		facts = append(facts, templates.Fact{Label: w.T("life.assign"), Text: w.T("life.do_reassign"), Href: assignHref(a.ID)})
	case may(tasks.ActionDecline) && a.State.Open() && !waits:
		facts = append(facts, templates.Fact{Label: w.T("life.assign"), Text: w.T("life.do_decline"), Href: assignHref(a.ID)})
	case len(b.v.Declines) > 0 && (may(tasks.ActionReassign) || may(tasks.ActionDecline)):
		facts = append(facts, templates.Fact{Label: w.T("life.assign"), Text: w.T("life.assign_history"), Href: assignHref(a.ID)})
	}
	if may(tasks.ActionPause) && a.State != tasks.StateCompleted && a.State != tasks.StateOnHold && a.State != tasks.StateCancelled {
		facts = append(facts, templates.Fact{Label: w.T("life.pause"), Text: w.T("life.do_pause"), Href: pauseHref(a.ID)})
	}
	return facts
}

// declineList is what waits for a decision on who should lead.
type declineList struct {
	Rows    []inboxRow
	More    *templates.Action
	waiting []tasks.WaitingDecline // in the order of the rows
}

// declineList lists the requests for another lead, the oldest first, behind the one with the identifier after; none for those who do not
// decide on them.
func (s *Server) declineList(ctx context.Context, d dutyRows, href string, after int64) (declineList, error) {
	if !d.actor.Can(tasks.ActionReassign) {
		return declineList{}, nil
	}
	waiting, more, err := s.Assignments.WaitingDeclines(ctx, d.actor, after, shownExtensions)
	if err != nil {
		return declineList{}, err
	}
	list := declineList{waiting: waiting}
	for _, x := range waiting {
		row := d.row(x.Row)
		row.Href = assignHref(x.AssignmentID)
		row.Action = &templates.Action{Href: row.Href, Label: d.w.T("deadline.do_decide")}
		said := d.w.T("life.asks", agencyName(d.w, d.agencies, x.AgencyID))
		if x.ProposedID != 0 {
			said = d.w.T("life.asks_for", agencyName(d.w, d.agencies, x.AgencyID), agencyName(d.w, d.agencies, x.ProposedID))
		}
		row.Meta = append([]string{said}, row.Meta...)
		list.Rows = append(list.Rows, inboxRow{TaskRow: row, Report: excerpt(x.Reason, 240)})
	}
	if more {
		last := waiting[len(waiting)-1].ID
		list.More = &templates.Action{Href: href + "?declined_after=" + idText(last), Label: d.w.T("deadline.more"), Quiet: true}
	}
	return list, nil
}
