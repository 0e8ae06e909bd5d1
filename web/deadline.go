package web

import (
	"errors"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

type deadlinePage struct {
	templates.Layout
	Crumbs         []templates.Action
	Headline, Lede string
	Timeliness     tasks.Timeliness
	State          tasks.State
	Waiting        *waitingExtension
	Ask            *deadlineForm
	Correct        *deadlineForm
	// Other says that somebody else must decide or correct.
	Other string
	// Kept is what was typed into a form that is no longer on the page.
	Kept  []templates.Field
	Facts []templates.Fact
	Trail []templates.TrailItem
}

// waitingExtension is the request that waits for a decision.
type waitingExtension struct {
	Text, Who, Reason string
	Decide            *deadlineForm
	Withdraw          *stepForm
}

// deadlineForm is a form of the page.
type deadlineForm struct {
	ID, Action, Title, Hint, Button string
	Version                         int64
	Fields                          []templates.Field
}

// deadlineBuilder makes the page of a deadline from what the service read.
type deadlineBuilder struct {
	*Server
	w        *templates.Words
	actor    tasks.Person
	v        tasks.DeadlineView
	try      deadlineAttempt
	errors   fieldErrors
	today    calendar.Date
	problems []templates.Problem
}

func (s *Server) showDeadline(c *gin.Context, actor tasks.Person, id int64, status int, try deadlineAttempt) error {
	v, err := s.Assignments.Deadline(c.Request.Context(), actor, id)
	if err != nil {
		return err
	}
	b := deadlineBuilder{Server: s, w: s.words(actor), actor: actor, v: v, try: try, today: s.Rules.Day(s.Now())}
	b.errors, _ = s.invalid(actor, try.err)
	if _, ok := formDate(try.typed["due"]); !ok && b.errors.byField["due"] != "" {
		b.errors.byField["due"] = b.w.T("deadline.bad_date")
	}
	p := b.page()
	p.Layout = s.layout(c, actor, p.Headline)
	p.Problems = b.problems
	return s.render(c, status, "deadline", p)
}

func (b *deadlineBuilder) page() deadlinePage {
	a, w := b.v.Assignment, b.w
	p := deadlinePage{
		Headline: b.headline(), Lede: dutyTitle(b.v.Task.Text), State: a.State,
		Timeliness: a.Timeliness(b.today, b.Rules.SoonUntil(b.today)), Facts: b.facts(), Trail: b.history(),
		Crumbs: []templates.Action{
			{Href: documentHref(b.v.Document.ID), Label: documentLabel(w, b.v.Document.Kind, b.v.Document.Number)},
			{Href: assignmentHref(a.ID), Label: w.T("deadline.duty")}, {Label: w.T("deadline.title")},
		},
	}
	b.conflict()
	if x, ok := b.v.Waiting(); ok {
		p.Waiting = b.waiting(x)
	}
	if b.v.MayAsk {
		p.Ask = b.form(formAsk, "/extension", b.askFields())
	}
	if b.v.MayCorrect && !b.v.Own {
		p.Correct = b.form(formCorrect, "/deadline/correct", b.correctFields())
	}
	if b.v.Own && (b.v.MayDecide || b.v.MayCorrect) {
		p.Other = w.T("deadline.own")
	}
	p.Kept = b.kept(p)
	return p
}

// conflict says what stands now in place of what the person saw.
func (b *deadlineBuilder) conflict() {
	w, a := b.w, b.v.Assignment
	switch tasks.CodeOf(b.try.err) {
	case tasks.CodeConflict:
		text := w.T("deadline.conflict", a.Due, w.T("state."+string(a.State)))
		if e, ok := errors.AsType[*tasks.Error](b.try.err); ok && e.Key != tasks.ErrConflict.Key {
			text = b.explain(b.actor, b.try.err)
		}
		b.problems = append(b.problems, templates.Problem{Text: text})
	case tasks.CodeStorageFull, tasks.CodeUnavailable:
		b.problems = append(b.problems, templates.Problem{Text: b.explain(b.actor, b.try.err)})
	}
}

func (b *deadlineBuilder) headline() string {
	a, w := b.v.Assignment, b.w
	n := tasks.GrantedExtensions(b.v.Extensions)
	switch {
	case a.Due.IsZero():
		return w.T("deadline.headline_none")
	case n == 0:
		return w.T("deadline.headline", longDate(w, a.Due))
	}
	return w.T("deadline.headline_extended", longDate(w, a.Due), n)
}

func (b *deadlineBuilder) facts() []templates.Fact {
	a, w := b.v.Assignment, b.w
	facts := []templates.Fact{{Label: w.T("part.lead"), Text: agencyNames(w, b.v.Agencies, a.Leads)}}
	if a.Due.IsZero() {
		return facts
	}
	first := templates.Fact{Label: w.T("duty.first_due"), Text: w.T("duty.day", a.First())}
	if a.First() != a.FirstDue {
		first.Note = w.T("deadline.mended", a.FirstDue)
	}
	facts = append(facts, first,
		templates.Fact{Label: w.T("deadline.in_force"), Text: w.T("duty.day", a.Due), Note: w.T("deadline.since", a.DueSetOn)},
		templates.Fact{Label: w.T("deadline.fact"), Text: w.T("deadline.times", tasks.GrantedExtensions(b.v.Extensions))})
	if !a.SubmittedOn.IsZero() {
		facts = append(facts, templates.Fact{Label: w.T("deadline.reported"), Text: w.T("duty.day", a.SubmittedOn),
			Note: w.T("deadline.against", b.against(a.SubmittedOn, a.First()), b.against(a.SubmittedOn, a.Due))})
	}
	decider := "deadline.by_leader"
	if b.Rules.ExtensionBy(b.v.Document.Kind) == tasks.RoleSecretariat {
		decider = "deadline.by_secretariat"
	}
	return append(facts, templates.Fact{Label: w.T("deadline.decider"), Text: w.T(decider)})
}

// against says whether a day keeps a deadline.
func (b *deadlineBuilder) against(day, due calendar.Date) string {
	if day.After(due) {
		return b.w.T("timeliness.late")
	}
	return b.w.T("timeliness.on_time")
}

func (b *deadlineBuilder) waiting(x tasks.Extension) *waitingExtension {
	w := b.w
	card := &waitingExtension{
		Text: b.numbered(w.T("deadline.asks", agencyName(w, b.v.Agencies, x.AgencyID), x.Was, x.Asked), x.Document), Reason: x.Reason,
		Who: w.T("deadline.asked_at", b.who(x.PersonID, x.AgencyID), x.At),
	}
	if b.v.MayDecide && !b.v.Own {
		card.Decide = b.form(formDecide, "/extension/decide", b.decideFields(x))
	}
	if b.v.MayWithdraw {
		card.Withdraw = &stepForm{
			Action: assignmentHref(b.v.Assignment.ID) + "/extension/withdraw", Button: w.T("deadline.withdraw"), Text: w.T("deadline.withdraw_hint"),
			Version: b.v.Assignment.Version,
		}
	}
	return card
}

// numbered adds the number of a document to a sentence.
func (b *deadlineBuilder) numbered(text, number string) string {
	if number == "" {
		return text
	}
	return b.w.T("deadline.numbered", text, number)
}
