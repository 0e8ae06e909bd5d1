package web

import (
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

type remarksPage struct {
	templates.Layout
	Crumbs         []templates.Action
	Headline, Lede string
	State          tasks.State
	Timeliness     tasks.Timeliness
	Words          []remarkItem
	Write          *wordForm
	Kept           []templates.Field
}

// remarkItem is one word with what was said on it.
type remarkItem struct {
	ID, Title, Who string
	Text           []string // paragraphs
	State          string
	Late           bool
	Said           []remarkSaid
	Closing        string
	// Other says that somebody else must look at the answer.
	Other  string
	Answer *wordForm
	Settle *wordForm
	// Accept is the shortest way to close an answered word.
	Accept *acceptForm
}

// acceptForm accepts an answer as it is.
type acceptForm struct {
	Action  string
	Version int64
}

// remarkSaid is an answer, or the word by which it was asked again.
type remarkSaid struct {
	Title string
	Text  []string
	Files []evidenceLink
}

// remarkBuilder puts leaders' words on one duty into words.
type remarkBuilder struct {
	*Server
	w          *templates.Words
	actor      tasks.Person
	assignment tasks.Assignment
	people     map[int64]tasks.Person
	agencies   map[int64]tasks.Agency
	forms      *wordForms
	today      calendar.Date
}

func (s *Server) showRemarks(c *gin.Context, actor tasks.Person, id int64, status int, try remarkAttempt) error {
	v, err := s.Assignments.RemarkView(c.Request.Context(), actor, id)
	if err != nil {
		return err
	}
	a, w := v.Assignment, s.words(actor)
	b := remarkBuilder{
		Server: s, w: w, actor: actor, assignment: a, people: v.People, agencies: v.Agencies, forms: s.wordForms(actor, try, ""), today: s.Rules.Day(s.Now()),
	}
	p := remarksPage{
		Headline: remarksHeadline(w, v.Lines), Lede: dutyTitle(v.Task.Text), State: a.State, Timeliness: a.Timeliness(b.today, s.Rules.SoonUntil(b.today)),
		Crumbs: []templates.Action{
			{Href: documentHref(v.Document.ID), Label: documentLabel(w, v.Document.Kind, v.Document.Number)},
			{Href: assignmentHref(a.ID), Label: w.T("deadline.duty")}, {Label: w.T("remark.title")},
		},
	}
	for _, l := range v.Lines {
		p.Words = append(p.Words, b.item(l))
	}
	if v.MayWrite {
		p.Write = b.forms.write(a, "")
	}
	p.Kept = b.forms.kept()
	p.Layout = s.layout(c, actor, p.Headline)
	p.Problems = b.forms.problems
	return s.render(c, status, "remarks", p)
}

func remarksHeadline(w *templates.Words, lines []tasks.RemarkLine) string {
	open, answered := 0, 0
	for _, l := range lines {
		switch l.State {
		case tasks.RemarkOpen:
			open++
		case tasks.RemarkAnswered:
			answered++
		}
	}
	switch {
	case len(lines) == 0:
		return w.T("remark.headline_none")
	case open > 0:
		return w.T("remark.headline_open", len(lines), open)
	case answered > 0:
		return w.T("remark.headline_answered", len(lines), answered)
	}
	return w.T("remark.headline", len(lines))
}

// remarkTitle says who said it and what he wants, by the day that stands now.
func remarkTitle(w *templates.Words, r tasks.Remark, whose string) string {
	if r.Due.IsZero() {
		return w.T("remark."+string(r.Kind), whose)
	}
	return w.T("remark."+string(r.Kind)+"_by", whose, r.Due)
}

func (b *remarkBuilder) item(l tasks.RemarkLine) remarkItem {
	w, giver := b.w, b.people[l.PersonID]
	first := l.Remark
	if l.Round > 1 {
		first.Due = calendar.Date{} // the day that stands now was named later
	}
	item := remarkItem{
		ID: "remark-" + idText(l.ID), Title: b.numbered(remarkTitle(w, first, whoseWord(l.Authority, l.Position, giver)), l.Document),
		Text: paragraphs(l.Words), Who: w.T("remark.given_at", giver.Name, l.At),
	}
	if l.Authority != "" {
		item.Who = w.T("remark.recorded_at", giver.Name, l.At)
	}
	if l.Wide {
		item.Who = item.Who + " · " + w.T("remark.is_wide")
	}
	item.State, item.Late = b.state(l)
	for _, a := range l.Answers {
		item.Said = append(item.Said, b.said(a))
	}
	item.Closing = l.Closing
	if l.OwnAnswer {
		item.Other = w.T("remark.own_answer")
	}
	if l.MayAnswer {
		item.Answer = b.forms.answer(b.assignment, l.Remark)
	}
	if l.MaySettle {
		item.Settle = b.forms.settle(b.assignment, l.Remark)
	}
	return item
}

func (b *remarkBuilder) numbered(text, number string) string {
	if number == "" {
		return text
	}
	return b.w.T("remark.numbered", text, number)
}

// state says where the word stands; late tells that its day has passed without an answer.
func (b *remarkBuilder) state(l tasks.RemarkLine) (text string, late bool) {
	w := b.w
	ended := b.assignment.State == tasks.StateCompleted || b.assignment.State == tasks.StateCancelled
	switch {
	case l.State == tasks.RemarkTold:
		return w.T("remark.state_told"), false
	case l.State == tasks.RemarkAccepted || l.State == tasks.RemarkWithdrawn:
		return w.T("remark.state_"+string(l.State), b.people[l.ClosedBy].Name, l.ClosedAt), false
	case ended:
		return w.T("remark.state_ended"), false
	case l.State == tasks.RemarkAnswered:
		return w.T("remark.state_answered"), false
	case l.Due.IsZero():
		return w.T("remark.state_open"), false
	}
	key := "remark.state_open_by"
	if late = l.Late(b.today); late {
		key = "remark.state_late"
	}
	return w.T(key, l.Due, distanceWords(w, b.Rules.Calendar, b.today, l.Due)), late
}

func (b *remarkBuilder) said(a tasks.RemarkAnswer) remarkSaid {
	w, who := b.w, b.people[a.PersonID]
	if !a.Again() {
		by := personOf(w, b.actor, b.agencies, who.Name, a.AgencyID)
		return remarkSaid{
			Title: b.numbered(w.T("remark.answer", by, a.At), a.Document), Text: paragraphs(a.Words), Files: replyLinks(b.assignment.ID, a.Files),
		}
	}
	title := w.T("remark.again", whoseWord(a.Authority, who.Position, who))
	if !a.Due.IsZero() {
		title = w.T("remark.again_by", whoseWord(a.Authority, who.Position, who), a.Due)
	}
	return remarkSaid{Title: b.numbered(title, a.Document), Text: paragraphs(a.Words)}
}

// paragraphs are the lines of a text that say something.
func paragraphs(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// remarkCard is what stands at the top of a duty's page: words that wait for somebody, and those for information.
type remarkCard struct {
	Words []remarkItem
	All   templates.Action
}

// remarkCard shows what leaders said that still matters; nil when nothing does.
func (b *assignmentBuilder) remarkCard() *remarkCard {
	a := b.v.Assignment
	words := remarkBuilder{
		Server: b.Server, w: b.w, actor: b.actor, assignment: a, people: b.v.People, agencies: b.v.Agencies,
		forms: b.wordForms(b.actor, remarkAttempt{}, ""), today: b.today,
	}
	card := remarkCard{All: templates.Action{Href: remarksHref(a.ID), Label: b.w.T("remark.all")}}
	for _, l := range b.v.Remarks {
		if l.State.Standing() || l.State == tasks.RemarkTold && a.State.Open() {
			item := words.item(l)
			if l.MaySettle && l.State == tasks.RemarkAnswered {
				item.Accept = &acceptForm{Action: remarkHref(a.ID, l.ID) + "/settle", Version: a.Version}
			}
			card.Words = append(card.Words, item)
		}
	}
	if len(card.Words) == 0 {
		return nil
	}
	return &card
}

// remarkFacts lead to what leaders said, and to where they can; none for those who can neither say nor learn anything.
func (b *assignmentBuilder) remarkFacts() []templates.Fact {
	w, a := b.w, b.v.Assignment
	f := templates.Fact{Label: w.T("remark.fact"), Text: w.T("remark.fact_count", len(b.v.Remarks)), Href: remarksHref(a.ID)}
	open := 0
	for _, l := range b.v.Remarks {
		if l.State == tasks.RemarkOpen {
			open++
		}
	}
	if open > 0 {
		f.Note = w.T("remark.fact_open", open)
	}
	mayWrite := b.actor.Can(tasks.ActionRemarkWrite) && a.State != tasks.StateCompleted && a.State != tasks.StateCancelled
	switch {
	case len(b.v.Remarks) > 0:
		return []templates.Fact{f}
	case !mayWrite:
		return nil
	case b.actor.Has(tasks.RoleLeader):
		f.Text = w.T("remark.fact_give")
	default:
		f.Text = w.T("remark.fact_record")
	}
	f.Note = w.T("remark.fact_none")
	return []templates.Fact{f}
}
