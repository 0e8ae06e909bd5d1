package web

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// agencyLetterPage is one letter of reminder or criticism.
type agencyLetterPage struct {
	templates.Layout
	Crumbs         []templates.Action
	Headline, Lede string
	State          templates.Chip
	Warnings       []string
	// Draft is the form that changes a draft; Head are its fields for head and foot, folded.
	Draft *letterDraftForm
	// Issue records that it was issued; Mend corrects such a record, Withdraw takes it back, Drop removes a draft.
	Issue          *letterRecordForm
	Mend           *letterRecordForm
	Withdraw, Drop *templates.ConfirmForm
	Document       string // leads to the .docx
	Lines          []letterDutyLine
	LinesTitle     string
	Said           string
	Facts          []templates.Fact
	Files          []documentFile
	Trail          []templates.TrailItem
	Kept           []templates.Field
}

type letterDraftForm struct {
	Action       string
	Version      int64
	Fields, Head []templates.Field
	HeadOpen     bool
	Duties       templates.Field
	More         string
}

// letterRecordForm asks for number, date and signed copies.
type letterRecordForm struct {
	ID, Title, Hint, Action, Button string
	Version                         int64
	Fields                          []templates.Field
	Open                            bool
}

// letterDutyLine is a duty that the letter lists.
type letterDutyLine struct {
	Href, Text, Ref string
	Restricted      bool
	Due             string
	Late            int
	State           tasks.State
}

// agencyLetterTyped is a form of the page that was refused: which, and what was typed.
type agencyLetterTyped struct {
	err    error
	form   string
	get    func(string) string
	many   func(string) []string
	files  []string
	change tasks.LetterChange
}

func (t agencyLetterTyped) is(form string) bool { return t.err != nil && t.form == form }

// agencyLetter shows a letter.
func (s *Server) agencyLetter(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	return s.showAgencyLetter(c, actor, id, http.StatusOK, agencyLetterTyped{})
}

// letterPageBuilder makes the page from what the service read.
type letterPageBuilder struct {
	*Server
	w     *templates.Words
	actor tasks.Person
	v     tasks.LetterView
	try   agencyLetterTyped
	fe    fieldErrors
}

func (s *Server) showAgencyLetter(c *gin.Context, actor tasks.Person, id int64, status int, try agencyLetterTyped) error {
	v, err := s.Letters.Get(c.Request.Context(), actor, id)
	if err != nil {
		return err
	}
	w := s.words(actor)
	b := letterPageBuilder{Server: s, w: w, actor: actor, v: v, try: try}
	b.fe, _ = s.invalid(actor, try.err)
	p := b.page()
	p.Layout = s.layout(c, actor, p.Headline)
	p.Problems = b.problems(p)
	return s.render(c, status, "letter", p)
}

func (b *letterPageBuilder) page() agencyLetterPage {
	w, l := b.w, b.v.Letter
	agency := agencyName(w, b.v.Agencies, l.AgencyID)
	p := agencyLetterPage{
		Crumbs: []templates.Action{{Href: lettersPath, Label: w.T("letters.title")}, {Label: letterLabel(w, l)}},
		State:  letterChip(w, l.State), Facts: b.facts(), LinesTitle: w.T("letters.duties_title", l.Duties, l.AsOf), Said: l.Words,
	}
	key := "letters.page_" + string(l.Kind)
	if p.Headline = w.T(key, l.Number, agency); l.State == tasks.LetterDraft {
		p.Headline = w.T(key+"_draft", agency)
	}
	p.Lede = w.T("letters.page_lede", l.Duties, l.Beyond, l.AsOf)
	for _, line := range b.v.Lines {
		p.Lines = append(p.Lines, b.line(line))
	}
	for _, f := range b.v.Files {
		p.Files = append(p.Files, documentFile{agencyLetterHref(l.ID, "/files/", idText(f.ID)), f.Name, f.Size})
	}
	for _, e := range b.v.Trail {
		p.Trail = append(p.Trail, trailItem(w, b.actor, b.v.Agencies, e))
	}
	if !b.v.Manages {
		return p
	}
	p.Document = agencyLetterHref(l.ID, "/letter.docx")
	switch l.State {
	case tasks.LetterDraft:
		b.draft(&p)
	case tasks.LetterIssued:
		b.issued(&p)
	}
	b.kept(&p)
	return p
}

func (b *letterPageBuilder) line(l tasks.LetterLine) letterDutyLine {
	line := letterDutyLine{
		Ref: strings.Join(letterDutyRef(b.w, l.Row), ", "), Restricted: l.Row.Restricted,
		Due: dayTyped(l.Due), Late: l.Late,
	}
	if line.Text = dutyTitle(l.Row.Text); l.Row.Hidden {
		line.Text = hiddenWords(b.w, l.Row)
		if !l.Open {
			line.Text, line.Restricted = b.w.T("letters.gone"), false
		}
	}
	if l.Open {
		line.Href, line.State = assignmentHref(l.Row.ID), l.Row.State
	}
	return line
}

func (b *letterPageBuilder) facts() []templates.Fact {
	w, l := b.w, b.v.Letter
	who := func(id int64) string { return b.v.People[id].Name }
	list := []templates.Fact{
		{Label: w.T("letters.kind"), Text: w.T("letters.kind_" + string(l.Kind))},
		{Label: w.T("letters.agency"), Text: agencyName(w, b.v.Agencies, l.AgencyID)},
		{Label: w.T("letters.number"), Text: l.Number},
	}
	if !l.Date.IsZero() {
		list = append(list, templates.Fact{Label: w.T("letters.date"), Text: w.T("duty.day", l.Date)})
	}
	list = append(list, templates.Fact{Label: w.T("letters.about"), Text: letterAbout(w, l)})
	if !l.AnswerBy.IsZero() {
		list = append(list, templates.Fact{Label: w.T("letters.answer_by"), Text: w.T("duty.day", l.AnswerBy)})
	}
	if l.State == tasks.LetterWithdrawn {
		list = append(list, templates.Fact{Label: w.T("letters.withdrawn"), Text: w.T("duty.day", b.Rules.Day(l.WithdrawnAt)), Note: l.Reason})
	}
	list = append(list, templates.Fact{Label: w.T("letters.made_by"), Text: who(l.MadeBy)}, templates.Fact{Label: w.T("letters.issued_by"), Text: who(l.IssuedBy)})
	return facts(list...)
}

// letterAbout is what a letter is about: as typed, or as its kind says.
func letterAbout(w *templates.Words, l tasks.Letter) string {
	if l.About != "" {
		return l.About
	}
	return w.T("letters.about_" + string(l.Kind))
}

// kept shows what was typed into a form that the letter's state has no more.
func (b *letterPageBuilder) kept(p *agencyLetterPage) {
	shown := map[string]bool{"draft": p.Draft != nil, "issue": p.Issue != nil, "correct": p.Mend != nil, "withdraw": p.Withdraw != nil}
	if b.try.err == nil || shown[b.try.form] {
		return
	}
	for _, name := range []string{"about", "words", "number", "reason"} {
		if text := strings.TrimSpace(b.try.get(name)); text != "" {
			p.Kept = append(p.Kept, keptField(name, b.w.T("letters."+name), text))
		}
	}
}

func (b *letterPageBuilder) problems(p agencyLetterPage) []templates.Problem {
	if b.try.err == nil {
		return nil
	}
	if tasks.CodeOf(b.try.err) != tasks.CodeInvalid {
		text := b.explain(b.actor, b.try.err)
		if keyOf(b.try.err) == tasks.ErrConflict.Key {
			text = b.w.T("letters.stale")
		}
		return []templates.Problem{{Text: text}}
	}
	var shown []templates.Field
	if p.Draft != nil {
		shown = append(append(append(shown, p.Draft.Fields...), p.Draft.Duties), p.Draft.Head...)
	}
	for _, f := range []*letterRecordForm{p.Issue, p.Mend} {
		if f != nil {
			shown = append(shown, f.Fields...)
		}
	}
	if p.Withdraw != nil {
		shown = append(shown, p.Withdraw.Fields...)
	}
	return b.fe.problems(shown...)
}
