package web

import (
	"context"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// decision is a duty on which a leader is to decide, with the forms by which he can at once.
type decision struct {
	templates.TaskRow
	Quote string // what the agency says
	Forms []*wordForm
}

// decisionSection is one kind of decision.
type decisionSection struct {
	ID, Title string
	Rows      []decision
	More      *templates.Action
}

// decisions is what waits for a leader on the week's page.
type decisions struct {
	Title    string
	Sections []decisionSection
	Kept     []templates.Field
}

// decisionBuilder gathers what waits for a leader.
type decisionBuilder struct {
	*Server
	ctx   context.Context
	actor tasks.Person
	rows  dutyRows
	forms *wordForms
	// askedAfter and declinedAfter are the requests behind which those for a later deadline and for another lead begin.
	askedAfter, declinedAfter int64
}

// decisionSources list what waits for a leader's decision, the most pressing first. Each subject adds its own; a section without rows is
// not shown.
var decisionSources = []func(*decisionBuilder) (decisionSection, error){
	(*decisionBuilder).unanswered, (*decisionBuilder).extensions, (*decisionBuilder).declined, (*decisionBuilder).answered,
	(*decisionBuilder).longOverdue,
}

// shownDecisions is how many of a kind the week's page shows.
const shownDecisions = 10

// decisions gathers what waits for the leader, and its forms with what was typed.
func (s *Server) decisions(c *gin.Context, actor tasks.Person, rows dutyRows, try remarkAttempt) (decisions, []templates.Problem, error) {
	b := decisionBuilder{
		Server: s, ctx: c.Request.Context(), actor: actor, rows: rows, forms: s.wordForms(actor, try, backWeek),
		askedAfter: formID(c.Query("asked_after")), declinedAfter: formID(c.Query("declined_after")),
	}
	var d decisions
	n, more := 0, false
	for _, source := range decisionSources {
		section, err := source(&b)
		if err != nil {
			return decisions{}, nil, err
		}
		if len(section.Rows) > 0 {
			d.Sections = append(d.Sections, section)
			n += len(section.Rows)
			more = more || section.More != nil
		}
	}
	count := numberWords(rows.w, n)
	if more {
		count = rows.w.T("list.more_than", n)
	}
	d.Title, d.Kept = rows.w.T("decision.title", count), b.forms.kept()
	return d, b.forms.problems, nil
}

// titled gives a form of the page its name there.
func titled(f *wordForm, title string) *wordForm {
	f.Title = title
	return f
}

// extensions are the requests for a later deadline.
func (b *decisionBuilder) extensions() (decisionSection, error) {
	w := b.rows.w
	section := decisionSection{ID: "extensions", Title: w.T("decision.kind_extension")}
	waiting, more, err := b.Assignments.WaitingExtensions(b.ctx, b.actor, b.askedAfter, shownDecisions)
	if err != nil {
		return section, err
	}
	for _, x := range waiting {
		row := b.rows.row(x.Row)
		row.Href = deadlineHref(x.AssignmentID)
		row.Action = &templates.Action{Href: row.Href + "#decide", Label: w.T("deadline.do_decide"), Quiet: true}
		row.Meta = append([]string{w.T("deadline.row", x.Was, x.Asked)}, row.Meta...)
		if x.Row.Extended >= 2 {
			row.Note = w.T("decision.third", x.Row.Extended, x.Row.Extended+1)
		}
		fields := deadlineBuilder{Server: b.Server, w: w, actor: b.actor}
		name := formDecide + "-" + idText(x.AssignmentID)
		form := b.forms.form(name, assignmentHref(x.AssignmentID)+"/extension/decide", "deadline.decide", x.Row.Version, fields.decideFields(x.Extension))
		section.Rows = append(section.Rows, decision{row, excerpt(x.Reason, 240), []*wordForm{titled(form, w.T("decision.decide"))}})
	}
	if more {
		last := waiting[len(waiting)-1].ID
		section.More = &templates.Action{Href: "/week?asked_after=" + idText(last), Label: w.T("deadline.more"), Quiet: true}
	}
	return section, nil
}

// declined are the requests for another lead, for those who decide on them.
func (b *decisionBuilder) declined() (decisionSection, error) {
	section := decisionSection{ID: "declined", Title: b.rows.w.T("life.list_title")}
	list, err := b.declineList(b.ctx, b.rows, "/week", b.declinedAfter)
	for i, row := range list.Rows {
		row.Action.Quiet = true
		a := list.waiting[i].Row.Assignment
		fields := lifeBuilder{Server: b.Server, w: b.rows.w, actor: b.actor}
		form := b.forms.form(formInsist+"-"+idText(a.ID), assignmentHref(a.ID)+"/insist", "life.insist", a.Version, fields.decisionFields(false))
		section.Rows = append(section.Rows, decision{TaskRow: row.TaskRow, Quote: row.Report, Forms: []*wordForm{form}})
	}
	section.More = list.More
	return section, err
}

// unanswered are the orders to which nobody has answered by their day.
func (b *decisionBuilder) unanswered() (decisionSection, error) {
	q, _ := b.remarkQuery(stateLate)
	return b.standing("unanswered", q, "decision.again", remarkListHref(string(tasks.RemarkOpen), 0), "decision.more_open")
}

// answered are those whose answer nobody has looked at.
func (b *decisionBuilder) answered() (decisionSection, error) {
	q := tasks.RemarkQuery{State: tasks.RemarkAnswered}
	return b.standing("answered", q, "decision.settle", remarkListHref(string(tasks.RemarkAnswered), 0), "decision.more_answered")
}

func (b *decisionBuilder) standing(name string, q tasks.RemarkQuery, title, moreHref, moreKey string) (decisionSection, error) {
	w := b.rows.w
	section := decisionSection{ID: name, Title: w.T("decision.kind_" + name)}
	q.Limit = shownDecisions
	list, more, err := b.Assignments.StandingRemarks(b.ctx, b.actor, q)
	if err != nil {
		return section, err
	}
	for _, r := range list {
		row := b.rows.remark(r)
		row.Action = &templates.Action{Href: row.Href, Label: w.T("remark.do_view"), Quiet: true}
		section.Rows = append(section.Rows, decision{TaskRow: row, Forms: []*wordForm{titled(b.forms.settle(r.Row.Assignment, r.Remark), w.T(title))}})
	}
	if more {
		section.More = &templates.Action{Href: moreHref, Label: w.T(moreKey), Quiet: true}
	}
	return section, nil
}

// longOverdue are the duties that have been overdue for long and to which no leader has said anything that stands.
func (b *decisionBuilder) longOverdue() (decisionSection, error) {
	w := b.rows.w
	days, asked, err := b.Weeks.ForLeaders(b.ctx)
	section := decisionSection{ID: "long-overdue", Title: w.T("decision.kind_late", days)}
	if err != nil || days == 0 {
		return section, err
	}
	rows, more, err := b.Assignments.LongOverdue(b.ctx, b.actor, days, asked, shownDecisions)
	if err != nil {
		return section, err
	}
	for _, a := range rows {
		form := titled(b.forms.write(a.Assignment, tasks.RemarkExplain), w.T("decision.ask"))
		section.Rows = append(section.Rows, decision{TaskRow: b.rows.row(a), Forms: []*wordForm{form}})
	}
	if more {
		section.More = &templates.Action{Href: listHref("timeliness", string(tasks.Overdue)), Label: w.T("decision.more_late"), Quiet: true}
	}
	return section, nil
}
