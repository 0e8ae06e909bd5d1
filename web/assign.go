package web

import (
	"cmp"
	"context"
	"slices"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// The forms of the page about who has a duty.
const (
	formDecline  = "decline"
	formReassign = "reassign"
	formInsist   = "insist"
)

// assignHref is the address of that page.
func assignHref(id int64) string { return assignmentHref(id) + "/assign" }

// assign shows who has had a duty, and what the person can do about that.
func (s *Server) assign(c *gin.Context, actor tasks.Person) error {
	return s.openLife(c, actor, (*lifeBuilder).assignPage)
}

// decline asks that another agency should lead.
func (s *Server) decline(c *gin.Context, actor tasks.Person) error {
	return s.lifeStep(c, actor, formDecline, (*lifeBuilder).assignPage, func(ctx context.Context, id, version int64, _ calendar.Date, try lifeAttempt) (string, error) {
		proposed, _ := parseParty(try.typed["proposed"])
		return "life.declined", s.Assignments.Decline(ctx, actor, id, tasks.DeclineInput{
			Proposed: proposed, Reason: try.typed["reason"], Document: try.typed["document"], Version: version,
		})
	})
}

// withdrawDecline takes that request back.
func (s *Server) withdrawDecline(c *gin.Context, actor tasks.Person) error {
	return s.lifeStep(c, actor, formWithdraw, (*lifeBuilder).assignPage, func(ctx context.Context, id, version int64, _ calendar.Date, _ lifeAttempt) (string, error) {
		return "life.decline_withdrawn", s.Assignments.WithdrawDecline(ctx, actor, id, version)
	})
}

// insist refuses it.
func (s *Server) insist(c *gin.Context, actor tasks.Person) error {
	return s.lifeStep(c, actor, formInsist, (*lifeBuilder).assignPage, func(ctx context.Context, id, version int64, _ calendar.Date, try lifeAttempt) (string, error) {
		return "life.insisted", s.Assignments.Insist(ctx, actor, id, tasks.PauseInput{
			Reason: try.typed["reason"], Document: try.typed["document"], Authority: try.typed["authority"], Version: version,
		})
	})
}

// reassign gives the duty to other leads.
func (s *Server) reassign(c *gin.Context, actor tasks.Person) error {
	return s.lifeStep(c, actor, formReassign, (*lifeBuilder).assignPage, func(ctx context.Context, id, version int64, due calendar.Date, try lifeAttempt) (string, error) {
		var wrong []tasks.FieldError
		for _, name := range lifePicks {
			wrong = append(wrong, try.picks[name].wrong(name)...)
		}
		if due.IsZero() && try.typed["due"] != "" {
			wrong = append(wrong, tasks.FieldError{Field: "due", Key: "deadline.bad_date"})
		}
		if len(wrong) > 0 {
			if err := s.mayReassign(ctx, actor, id); err != nil {
				return "", err
			}
			return "", tasks.Invalid(wrong...)
		}
		return "life.reassigned", s.Assignments.Reassign(ctx, actor, id, tasks.ReassignInput{
			Leads: try.picks["leads"].agencies(), Cooperating: try.picks["cooperating"].agencies(), Joint: try.typed["joint"] != "", Due: due,
			Reason: try.typed["reason"], Document: try.typed["document"], Authority: try.typed["authority"], Version: version,
		})
	})
}

// mayReassign asks who he is before he is told what is wrong with the form.
func (s *Server) mayReassign(ctx context.Context, actor tasks.Person, id int64) error {
	if _, err := s.Assignments.Life(ctx, actor, id); err != nil {
		return err
	}
	if !actor.Can(tasks.ActionReassign) {
		return tasks.E(tasks.CodeForbidden, "error.forbidden")
	}
	return nil
}

func (b *lifeBuilder) assignPage() lifePage {
	w, v := b.w, b.v
	a := v.Assignment
	p := lifePage{
		Crumbs: b.crumbs("life.assign"), Headline: w.T("life.headline_assign", leadNames(w, v.Agencies, a.Leads)), Facts: b.assignFacts(), Trail: b.assignHistory(),
		HistoryTitle: w.T("life.assign_history"), NoHistory: w.T("life.no_assigns"),
	}
	d, waits := v.Waiting()
	if waits {
		p.Headline = w.T("life.headline_decline", agencyName(w, v.Agencies, d.AgencyID))
		p.Now = b.declined(d)
	}
	if v.MayDecline {
		p.Forms = append(p.Forms, b.form(formDecline, "/decline", true, b.declineFields()))
	}
	if v.Own && (v.MayReassign || v.MayInsist) {
		p.Other = w.T("life.own")
		return p
	}
	if v.MayReassign {
		p.Forms = append(p.Forms, b.reassignForm(d))
	}
	if v.MayInsist {
		p.Forms = append(p.Forms, b.form(formInsist, "/insist", false, b.decisionFields(b.v.NeedsAuthority)))
	}
	return p
}

// declined is the request that waits.
func (b *lifeBuilder) declined(d tasks.Decline) *lifeNow {
	w := b.w
	text := w.T("life.asks", agencyName(w, b.v.Agencies, d.AgencyID))
	if d.ProposedID != 0 {
		text = w.T("life.asks_for", agencyName(w, b.v.Agencies, d.AgencyID), agencyName(w, b.v.Agencies, d.ProposedID))
	}
	now := &lifeNow{
		Title: w.T("life.decline_waits"), Text: b.said(text, "", d.Document), Reason: d.Reason, Who: w.T("life.asked_at", b.who(d.PersonID, d.AgencyID), d.At),
	}
	if b.v.MayWithdraw {
		now.Withdraw = &stepForm{
			Action: assignmentHref(b.v.Assignment.ID) + "/decline/withdraw", Button: w.T("deadline.withdraw"), Text: w.T("life.withdraw_hint"),
			Version: b.v.Assignment.Version,
		}
	}
	return now
}

func (b *lifeBuilder) declineFields() []templates.Field {
	w := b.w
	proposed := templates.Field{Name: "proposed", Type: "select", Label: w.T("life.proposed"), Hint: w.T("life.proposed_hint"), Blank: w.T("life.proposed_none")}
	day := b.today.String()
	for _, agency := range b.v.Agencies {
		if agency.ValidOn(day) && !b.v.Assignment.LedBy(agency.ID) {
			proposed.Options = append(proposed.Options, templates.Option{Value: partyValue(agency.ID, 0), Label: agency.Name})
		}
	}
	slices.SortFunc(proposed.Options, func(x, y templates.Option) int {
		return cmp.Or(cmp.Compare(x.Label, y.Label), cmp.Compare(x.Value, y.Value))
	})
	return []templates.Field{proposed, b.numberField("deadline.ask_document"), b.reasonField("decide.reason")}
}

// reassignForm proposes what was asked for: the proposed agency in place of the one that asks.
func (b *lifeBuilder) reassignForm(d tasks.Decline) lifeForm {
	w, a := b.w, b.v.Assignment
	leads, cooperating := pickOf(a.Leads...), pickOf(a.Cooperating...)
	if d.ProposedID != 0 {
		var now []int64
		for _, id := range a.Leads {
			if id == d.AgencyID {
				id = d.ProposedID
			}
			now = append(now, id)
		}
		leads = pickOf(now...)
		cooperating = pickOf(slices.DeleteFunc(slices.Clone(a.Cooperating), func(id int64) bool { return id == d.ProposedID })...)
	}
	if b.try.form == formReassign {
		leads, cooperating = b.try.picks["leads"], b.try.picks["cooperating"]
	}
	joint := ""
	if len(a.Leads) > 1 {
		joint = "1"
	}
	fe := fieldErrors{}
	if b.try.form == formReassign {
		fe = b.errors
	}
	lead := leads.field(b.book, fe, "leads", "life.new_leads", false)
	lead.Required = true
	fields := []templates.Field{{Name: "joint", Type: "checkbox", Value: joint, Label: w.T("life.joint"), Hint: w.T("life.joint_hint")}}
	if !a.Due.IsZero() {
		fields = append(fields, templates.Field{
			Name: "due", Type: "date", Label: w.T("deadline.new_due"), Hint: w.T("life.reassign_due_hint", a.Due), Narrow: true,
		})
	}
	fields = append(fields, b.decisionFields(b.v.NeedsAuthority)...)
	return b.form(formReassign, "/assign", true, fields, lead, cooperating.field(b.book, fe, "cooperating", "life.new_cooperating", false))
}

func (b *lifeBuilder) assignFacts() []templates.Fact {
	a, w := b.v.Assignment, b.w
	facts := []templates.Fact{{Label: w.T("part.lead"), Text: agencyNames(w, b.v.Agencies, a.Leads)}}
	if len(a.Cooperating) > 0 {
		facts = append(facts, templates.Fact{Label: w.T("part.cooperating"), Text: agencyNames(w, b.v.Agencies, a.Cooperating)})
	}
	for _, l := range b.v.Former {
		facts = append(facts, templates.Fact{
			Label: w.T("life.former"), Text: agencyName(w, b.v.Agencies, l.AgencyID), Note: w.T("life.from_to", l.Since, l.Until),
		})
	}
	if !a.Due.IsZero() {
		facts = append(facts, templates.Fact{Label: w.T("deadline.in_force"), Text: w.T("duty.day", a.Due), Href: deadlineHref(a.ID)})
	}
	return facts
}

// assignHistory is all that was asked and decided about who has the duty, the newest first.
func (b *lifeBuilder) assignHistory() []templates.TrailItem {
	w := b.w
	var items []templates.TrailItem
	for _, d := range b.v.Declines {
		text := w.T("life.did_decline")
		if d.ProposedID != 0 {
			text = w.T("life.did_decline_for", agencyName(w, b.v.Agencies, d.ProposedID))
		}
		items = append(items, templates.TrailItem{At: d.At, Who: b.who(d.PersonID, d.AgencyID), Quote: d.Reason, Text: b.said(text, "", d.Document)})
		switch d.Outcome {
		case tasks.DeclineInsisted, tasks.DeclineLapsed:
			items = append(items, templates.TrailItem{
				At: d.DecidedAt, Who: b.who(d.DecidedBy, 0), Quote: d.Answer, Text: b.said(w.T("life.did_"+string(d.Outcome)), d.Authority, d.Decision),
			})
		case tasks.DeclineWithdrawn:
			items = append(items, templates.TrailItem{At: d.DecidedAt, Who: b.who(d.DecidedBy, d.AgencyID), Text: w.T("deadline.did_withdraw")})
		}
	}
	for _, r := range b.v.Reassignments {
		text := w.T("life.did_reassign", agencyNames(w, b.v.Agencies, r.LeadsBefore), agencyNames(w, b.v.Agencies, r.LeadsAfter))
		if slices.Equal(r.LeadsBefore, r.LeadsAfter) {
			text = w.T("life.did_partners", cmp.Or(agencyNames(w, b.v.Agencies, r.CooperatingAfter), w.T("life.nobody")))
		}
		items = append(items, templates.TrailItem{At: r.At, Who: b.who(r.PersonID, 0), Quote: r.Reason, Text: b.said(text, r.Authority, r.Document)})
	}
	slices.SortStableFunc(items, func(x, y templates.TrailItem) int { return cmp.Or(y.At.Compare(x.At)) })
	return items
}
