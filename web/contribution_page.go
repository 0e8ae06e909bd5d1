package web

import (
	"context"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

type contributionsPage struct {
	templates.Layout
	Crumbs         []templates.Action
	Headline, Lede string
	State          tasks.State
	Timeliness     tasks.Timeliness
	Send           []*wordForm
	Parts          []contributionItem
	None           string
	Ask            *wordForm
	Kept           []templates.Field
}

// contributionItem is one agency's part with what was said and sent of it.
type contributionItem struct {
	ID, Title, Who string
	Text           []string // paragraphs of what is asked
	State          string
	Late           bool
	Said           []remarkSaid
	Closing        string
	// Other says that somebody else must look at what was sent.
	Other  string
	Nudge  *stepForm
	Settle *wordForm
}

// contributionBuilder puts contributions to one duty into words.
type contributionBuilder struct {
	*Server
	w          *templates.Words
	actor      tasks.Person
	assignment tasks.Assignment
	people     map[int64]tasks.Person
	agencies   map[int64]tasks.Agency
	today      calendar.Date
}

func (s *Server) showContributions(c *gin.Context, actor tasks.Person, id int64, status int, try contributionAttempt) error {
	v, err := s.Assignments.Contributions(c.Request.Context(), actor, id)
	if err != nil {
		return err
	}
	a, w := v.Assignment, s.words(actor)
	forms := s.wordForms(actor, try.remarkAttempt, "")
	b := contributionBuilder{
		Server: s, w: w, actor: actor, assignment: a, people: v.People, agencies: v.Agencies, today: s.Rules.Day(s.Now()),
	}
	p := contributionsPage{
		Headline: contributionsHeadline(w, v), Lede: dutyTitle(v.Task.Text), State: a.State, Timeliness: a.Timeliness(b.today, s.Rules.SoonUntil(b.today)),
		Crumbs: []templates.Action{
			{Href: documentHref(v.Document.ID), Label: documentLabel(w, v.Document.Kind, v.Document.Number)},
			{Href: assignmentHref(a.ID), Label: w.T("deadline.duty")}, {Label: w.T("contribution.title")},
		},
	}
	for _, agency := range v.Sendable {
		p.Send = append(p.Send, b.send(forms, agency, len(v.Sendable) > 1))
	}
	for _, l := range v.Lines {
		item := b.item(l)
		if l.MaySettle {
			item.Settle = b.settle(forms, l)
		}
		p.Parts = append(p.Parts, item)
	}
	if len(p.Parts) == 0 {
		p.None = w.T("contribution.none")
	}
	if len(v.Askable) > 0 {
		p.Ask = b.ask(forms, v.Askable, try)
	}
	p.Kept = forms.kept()
	p.Layout = s.layout(c, actor, p.Headline)
	p.Problems = forms.problems
	return s.render(c, status, "contributions", p)
}

func contributionsHeadline(w *templates.Words, v tasks.ContributionsView) string {
	count := make(map[tasks.ContributionState]int)
	for _, l := range v.Lines {
		count[l.State]++
	}
	switch {
	case len(v.Lines) == 0:
		return w.T("contribution.headline_none")
	case count[tasks.ContributionAsked] > 0 && !v.All:
		return w.T("contribution.headline_owed")
	case count[tasks.ContributionAsked] > 0:
		return w.T("contribution.headline_asked", count[tasks.ContributionAsked], count[tasks.ContributionSent])
	case count[tasks.ContributionSent] > 0:
		return w.T("contribution.headline_sent", count[tasks.ContributionSent])
	}
	return w.T("contribution.headline_done")
}

func (b *contributionBuilder) who(person, agency int64) string {
	return personOf(b.w, b.actor, b.agencies, b.people[person].Name, agency)
}

func (b *contributionBuilder) item(l tasks.ContributionLine) contributionItem {
	w := b.w
	name := agencyName(w, b.agencies, l.AgencyID)
	item := contributionItem{ID: "contribution-" + idText(l.ID), Title: w.T("contribution.unasked", name), Text: paragraphs(l.Words), Closing: l.Closing}
	if l.Round > 0 {
		item.Title = w.T("contribution.asked_of", name)
		item.Who = w.T("contribution.asked_at", b.who(l.AskedBy, l.AskedFor), l.AskedAt)
	}
	for _, p := range l.Parts {
		said := remarkSaid{Text: paragraphs(p.Words), Files: replyLinks(l.AssignmentID, p.Files)}
		if p.Again {
			said.Title = w.T("contribution.again", b.who(p.PersonID, l.AskedFor), p.Due)
		} else if said.Title = w.T("contribution.part", b.who(p.PersonID, l.AgencyID), p.At); p.Document != "" {
			said.Title = w.T("remark.numbered", said.Title, p.Document)
		}
		item.Said = append(item.Said, said)
	}
	item.State, item.Late = b.state(l.Contribution)
	if l.Own {
		item.Other = w.T("contribution.own_page")
	}
	if l.MayNudge {
		item.Nudge = &stepForm{
			Action: contributionHref(l.AssignmentID, l.ID) + "/nudge", Button: w.T("contribution.nudge"), Text: w.T("contribution.nudge_hint"), Version: b.assignment.Version,
		}
	}
	return item
}

// contributionHref is the address of one part; only forms go there.
func contributionHref(assignment, contribution int64) string {
	return contributionsHref(assignment) + "/" + idText(contribution)
}

// state says where the part stands; late tells that its day has passed without it.
func (b *contributionBuilder) state(c tasks.Contribution) (text string, late bool) {
	w, a := b.w, b.assignment
	switch {
	case !c.State.Standing():
		return w.T("contribution.state_"+string(c.State), b.who(c.ClosedBy, c.AskedFor), c.ClosedAt), false
	case a.State == tasks.StateCompleted || a.State == tasks.StateCancelled:
		return w.T("contribution.state_ended"), false
	case c.State == tasks.ContributionSent:
		return w.T("contribution.state_sent"), false
	case a.LedBy(c.AgencyID) || !a.HasPart(c.AgencyID):
		return w.T("contribution.state_left"), false
	}
	key := "contribution.state_asked"
	if late = c.Late(b.today); late {
		key = "contribution.state_late"
	}
	text = w.T(key, c.Due, distanceWords(w, b.Rules.Calendar, b.today, c.Due))
	if !c.NudgedOn.IsZero() {
		text += " " + w.T("contribution.nudged_on", c.NudgedOn)
	}
	return text, late
}

// ask is the form by which the lead asks for parts.
func (b *contributionBuilder) ask(f *wordForms, askable []int64, try contributionAttempt) *wordForm {
	w := b.w
	choice := templates.Field{Name: "agencies", Type: "checkboxes", Label: w.T("contribution.agencies"), Required: true}
	for _, id := range askable {
		choice.Options = append(choice.Options, templates.Option{Value: idText(id), Label: agencyName(w, b.agencies, id)})
	}
	switch {
	case try.form == formAskParts:
		choice.Values = try.agencies
	case len(askable) == 1:
		choice.Values = []string{idText(askable[0])}
	}
	return f.form(formAskParts, contributionsHref(b.assignment.ID), "contribution.ask", b.assignment.Version,
		[]templates.Field{choice, f.words("contribution.words", true), b.due(f)})
}

func (b *contributionBuilder) due(f *wordForms) templates.Field {
	field := f.due("contribution.due")
	field.Required = true
	if due := b.assignment.Due; !due.IsZero() && !due.Before(b.today) {
		field.Hint = b.w.T("contribution.due_hint_before", due)
	}
	return field
}

// send is the form by which an agency sends its part; the agency is named where the person has several.
func (b *contributionBuilder) send(f *wordForms, agency int64, named bool) *wordForm {
	words := f.words("contribution.send_words", true)
	words.MaxLength, words.Rows = tasks.MaxReportText, 4
	form := f.form(sendPartName(agency), contributionsHref(b.assignment.ID)+"/send", "contribution.send", b.assignment.Version, []templates.Field{
		words, f.number("contribution.document"), f.files(sendPartName(agency)), {Name: "agency", Type: "hidden", Value: idText(agency)},
	})
	if named {
		form.Title = b.w.T("contribution.send_for", agencyName(b.w, b.agencies, agency))
	}
	return form
}

// settle is the form by which the lead decides about a part.
func (b *contributionBuilder) settle(f *wordForms, l tasks.ContributionLine) *wordForm {
	w := b.w
	choice := templates.Field{Name: "outcome", Type: "radio", Label: w.T("contribution.settle"), Required: true}
	outcomes := []tasks.ContributionOutcome{tasks.ContributionAccept, tasks.ContributionAskAgain, tasks.ContributionDrop}
	if l.State == tasks.ContributionAsked {
		outcomes = outcomes[2:]
		choice.Value = string(tasks.ContributionDrop)
	}
	for _, o := range outcomes {
		choice.Options = append(choice.Options, templates.Option{Value: string(o), Label: w.T("contribution.settle_" + string(o))})
	}
	words := f.words("contribution.settle_words", false)
	fields := []templates.Field{choice, words}
	if l.State == tasks.ContributionSent {
		fields[1].Hint = w.T("contribution.settle_words_hint")
		due := f.due("contribution.settle_due")
		fields = append(fields, due)
	}
	form := f.form(settlePartName(l.ID), contributionHref(l.AssignmentID, l.ID)+"/settle", "contribution.settle", b.assignment.Version, fields)
	if l.State == tasks.ContributionAsked {
		form.Title = w.T("contribution.settle_not_needed")
	}
	return form
}

// contributionCard stands on a duty's page: where the parts of cooperating agencies stand.
type contributionCard struct {
	Parts  []contributionItem
	Action *templates.Action
}

// contributionCard is nil for those who can neither do nor learn anything about contributions.
func (b *assignmentBuilder) contributionCard() *contributionCard {
	a, w := b.v.Assignment, b.w
	if len(a.Cooperating) == 0 && len(b.v.Contributions) == 0 {
		return nil
	}
	words := contributionBuilder{
		Server: b.Server, w: w, actor: b.actor, assignment: a, people: b.v.People, agencies: b.v.Agencies, today: b.today,
	}
	card := &contributionCard{}
	owed := false
	for _, l := range b.v.Contributions {
		item := words.item(l)
		item.Nudge = nil
		card.Parts = append(card.Parts, item)
		owed = owed || l.State == tasks.ContributionAsked
	}
	running := a.State.Open() || a.State == tasks.StateSubmitted
	asks := running && b.actor.CanOn(tasks.ActionContributionAsk, a.Leads, nil)
	sends := running && b.actor.CanOn(tasks.ActionContributionSend, nil, a.Cooperating)
	action := &templates.Action{Href: contributionsHref(a.ID), Quiet: true}
	switch {
	case sends && owed:
		action.Label, action.Quiet = w.T("contribution.do_send"), false
	case sends && !asks:
		action.Label = w.T("contribution.do_send")
	case asks && len(card.Parts) == 0:
		action.Label = w.T("contribution.do_ask")
	case asks:
		action.Label = w.T("contribution.do_follow")
	case len(card.Parts) == 0:
		return nil
	default:
		action.Label = w.T("contribution.do_view")
	}
	card.Action = action
	return card
}

// jointNote says which of the joint leads have reported.
func (b *assignmentBuilder) jointNote() string {
	w, a := b.w, b.v.Assignment
	var reported, silent []int64
	for _, lead := range a.Leads {
		done := false
		for _, r := range b.v.Reports {
			done = done || r.AgencyID == lead && !r.Internal() && r.Outcome != tasks.OutcomeWithdrawn
		}
		if done {
			reported = append(reported, lead)
		} else {
			silent = append(silent, lead)
		}
	}
	switch {
	case len(reported) == 0:
		return w.T("contribution.joint_none")
	case len(silent) == 0:
		return w.T("contribution.joint_all")
	}
	return w.T("contribution.joint_some", agencyNames(w, b.v.Agencies, reported), agencyNames(w, b.v.Agencies, silent))
}

// mineContributions is the section of parts that the agency is to send; ok is false when there are none.
func (s *Server) mineContributions(ctx context.Context, actor tasks.Person, rows dutyRows) (section dutySection, ok bool, err error) {
	list, more, err := s.Assignments.AwaitedContributions(ctx, actor, rows.self, sectionRows)
	if err != nil || len(list) == 0 {
		return section, false, err
	}
	w := rows.w
	count := numberWords(w, len(list))
	if more {
		count = w.T("list.more_than", len(list))
	}
	section.Title, section.Hint = w.T("contribution.mine_title", count), w.T("contribution.mine_hint")
	for _, c := range list {
		row := templates.TaskRow{
			Href: contributionsHref(c.AssignmentID), Text: dutyTitle(c.Row.Text), Due: c.Due, When: distanceWords(w, rows.rules.Calendar, rows.today, c.Due),
			Meta: []string{leadNames(w, rows.agencies, c.Row.Leads)}, Note: excerpt(c.Words, 200),
			Action: &templates.Action{Href: contributionsHref(c.AssignmentID), Label: w.T("contribution.do_send")},
		}
		row.Meta = append(dutyRef(w, c.Row.DocumentKind, c.Row.DocumentNumber, c.Row.Ref), row.Meta...)
		if c.Late(rows.today) {
			row.Timeliness = string(tasks.Overdue)
		}
		section.Rows = append(section.Rows, row)
	}
	return section, true, nil
}
