package web

import (
	"slices"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

type opinionPage struct {
	templates.Layout
	Headline, Lede, Note string
	Agencies             []templates.NavItem // of the person that were asked, when there are several
	Facts                []templates.Fact
	Files                []documentFile
	FilesClosed          bool // kept from the person
	Items                []opinionItem
	General              *givenOpinion // what was said of the whole; nil when nothing
	GeneralReply         *givenReply   // beside the form: what became of it
	Letters              []documentFile
	// Form is nil when no more answers are taken.
	Form *opinionForm
	// Kept is what was typed into a form that is no longer on the page.
	Kept []templates.Field
}

// opinionForm is what stands around the items.
type opinionForm struct {
	Action, Keep    string
	Agency, Version int64
	General, Number templates.Field
	Sent            bool
}

// opinionItem is one item with what the agency says of it: controls while answers are taken, words later.
type opinionItem struct {
	consultationItem
	Choice, Comment templates.Field
	Opinion         *givenOpinion
	Replied         *givenReply
	Stored          string // what another has saved meanwhile
}

type givenOpinion struct{ Stance, Text string }

// givenReply is what became of a comment, as the agency reads it once the replies are published.
type givenReply struct{ Outcome, Text, Before string }

// opinionAttempt is a form that was refused.
type opinionAttempt struct {
	err error
	in  tasks.AnswerInput
}

// answerConsultation keeps or sends an agency's answer.
func (s *Server) answerConsultation(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	agency, in := formID(c.PostForm("agency")), typedAnswer(c)
	err = s.Documents.AnswerConsultation(c.Request.Context(), actor, id, agency, in)
	if err == nil {
		flash := "consultation.flash_saved"
		if in.Send {
			flash = "consultation.flash_sent"
		}
		return s.redirect(c, actor, consultationHref(id, "?agency=", agency), flash)
	}
	switch code := tasks.CodeOf(err); code {
	case tasks.CodeInvalid, tasks.CodeConflict, tasks.CodeStorageFull, tasks.CodeUnavailable:
		note(c, err)
		return s.showAnswer(c, actor, id, agency, statuses[code], opinionAttempt{err, in})
	}
	return err
}

// typedAnswer reads what was said item by item.
func typedAnswer(c *gin.Context) tasks.AnswerInput {
	do := c.PostForm("do")
	in := tasks.AnswerInput{
		General: c.PostForm("general"), Number: c.PostForm("number"), Version: formID(c.PostForm("version")), Send: do != "save", AgreeRest: do == "agree",
	}
	for _, item := range formIDs(c.PostFormArray("item")) {
		in.Items = append(in.Items, tasks.ItemAnswer{
			ItemID: item, Stance: tasks.Stance(c.PostForm(tasks.ItemField("stance", item))), Text: c.PostForm(tasks.ItemField("text", item)),
		})
	}
	return in
}

func (s *Server) showAnswer(c *gin.Context, actor tasks.Person, id, agency int64, status int, try opinionAttempt) error {
	v, err := s.Documents.OwnConsultation(c.Request.Context(), actor, id, agency)
	if err != nil {
		return err
	}
	w := s.words(actor)
	a, _ := v.Answer(agency)
	p := opinionPage{
		Headline: opinionHeadline(w, v, a, agency), Lede: v.Consultation.Title, Note: v.Consultation.Note, Files: consultationFiles(v), FilesClosed: v.FilesClosed,
	}
	day := templates.Fact{Label: w.T("consultation.until"), Text: longDate(w, v.Consultation.Due)}
	if v.Consultation.Open() && a.State() != tasks.AnswerSent {
		day.Note = distanceWords(w, s.Rules.Calendar, s.Rules.Day(s.Now()), v.Consultation.Due)
	}
	p.Facts = []templates.Fact{
		day, {Label: w.T("consultation.asked_on"), Text: w.T("document_word.day", v.Consultation.OpenedOn)},
		{Label: w.T("consultation.state"), Text: answerWords(w, a, v.Consultation)},
	}
	if !v.Consultation.Open() {
		p.Facts = append(p.Facts, templates.Fact{Label: w.T("consultation.ended"), Text: w.T("consultation.end_" + string(v.Consultation.Closed))})
		if a.Number != "" && !a.Recorded() {
			p.Facts = append(p.Facts, templates.Fact{Label: w.T("consultation.number"), Text: a.Number})
		}
	}
	if a.Recorded() {
		p.Facts = append(p.Facts, templates.Fact{Label: w.T("consultation_letter.fact"), Text: a.Number, Note: w.T("document_word.day", a.LetterOn)})
	}
	if v.Consultation.Published() {
		p.Facts = append(p.Facts, templates.Fact{Label: w.T("consultation.published_fact"), Text: w.T("document_word.day", s.Rules.Day(v.Consultation.PublishedAt))})
	}
	p.Letters = letterFiles(v, agency)
	fe, _ := s.invalid(actor, try.err)
	b := opinionBuilder{w: w, v: v, fe: fe, try: try}
	p.Items, p.GeneralReply = b.items(), b.reply(0)
	if v.Consultation.Open() {
		p.Form = b.form(actor, a, agency)
	} else {
		p.General, p.Kept = b.opinion(0), b.kept()
	}
	if len(v.Own) > 1 {
		for _, id := range v.Own {
			p.Agencies = append(p.Agencies, templates.NavItem{
				Href: consultationHref(v.Consultation.ID, "?agency=", id), Label: agencyName(w, v.Agencies, id), Current: id == agency,
			})
		}
	}
	p.Layout = s.layout(c, actor, p.Headline)
	p.Problems = b.problems(p, s.explain(actor, try.err))
	return s.render(c, status, "consultation_answer", p)
}

func opinionHeadline(w *templates.Words, v tasks.ConsultationView, a tasks.ConsultationAnswer, agency int64) string {
	name := agencyName(w, v.Agencies, agency)
	switch {
	case a.State() == tasks.AnswerSent:
		return w.T("consultation.headline_sent", name, a.SentOn)
	case !v.Consultation.Open():
		return w.T("consultation.headline_closed", name)
	}
	return w.T("consultation.headline_asked", name, len(v.Items), v.Consultation.Due)
}

// opinionBuilder makes the controls of an answer from what is stored, or from what was typed and refused.
type opinionBuilder struct {
	w   *templates.Words
	v   tasks.ConsultationView
	fe  fieldErrors
	try opinionAttempt
}

// said is what is stored of an item; 0 is the whole.
func (b opinionBuilder) said(item int64) tasks.ConsultationComment {
	i := slices.IndexFunc(b.v.Comments, func(c tasks.ConsultationComment) bool { return c.ItemID == item })
	if i < 0 {
		return tasks.ConsultationComment{}
	}
	return b.v.Comments[i]
}

func (b opinionBuilder) typed(item int64) (tasks.ItemAnswer, bool) {
	i := slices.IndexFunc(b.try.in.Items, func(a tasks.ItemAnswer) bool { return a.ItemID == item })
	if i < 0 {
		return tasks.ItemAnswer{}, false
	}
	return b.try.in.Items[i], true
}

func (b opinionBuilder) items() []opinionItem {
	w := b.w
	items := consultationItems(w, b.v.Items)
	out := make([]opinionItem, len(items))
	for i, item := range items {
		row := opinionItem{consultationItem: item, Replied: b.reply(item.ID)}
		if item.Hidden {
			out[i] = opinionItem{consultationItem: item}
			continue
		}
		stored := b.said(item.ID)
		if !b.v.Consultation.Open() {
			row.Opinion = b.opinion(item.ID)
			out[i] = row
			continue
		}
		stance, text := stored.Stance, stored.Text
		if typed, ok := b.typed(item.ID); ok && b.try.err != nil {
			stance, text = typed.Stance, typed.Text
			if tasks.CodeOf(b.try.err) == tasks.CodeConflict && (stance != stored.Stance || text != stored.Text) {
				row.Stored = b.stored(stored)
			}
		}
		row.Choice = b.fe.on(templates.Field{
			Name: tasks.ItemField("stance", item.ID), Type: "radio", Label: w.T("consultation.stance_of", item.Ref), Plain: true, Required: true, Value: string(stance),
			Options: []templates.Option{
				{Value: string(tasks.StanceAgree), Label: w.T("stance.agree")}, {Value: string(tasks.StanceComment), Label: w.T("stance.comment")},
			},
		})
		row.Comment = b.fe.on(templates.Field{
			Name: tasks.ItemField("text", item.ID), Type: "textarea", Rows: 2, Label: w.T("consultation.text_of", item.Ref), Plain: true, Value: text,
			MaxLength: tasks.MaxCommentText, Placeholder: w.T("consultation.text_placeholder"),
		})
		out[i] = row
	}
	return out
}

// stored says what stands of an item now.
func (b opinionBuilder) stored(c tasks.ConsultationComment) string {
	if c.Stance == "" {
		return b.w.T("stance.nothing")
	}
	text := b.w.T("stance." + string(c.Stance))
	if c.Text != "" {
		text = b.w.T("consultation.said", text, c.Text)
	}
	return text
}

// opinion is what was said of an item, to be read; nil of the whole when nothing was.
func (b opinionBuilder) opinion(item int64) *givenOpinion {
	c := b.said(item)
	if c.Stance == "" {
		if item == 0 {
			return nil
		}
		return &givenOpinion{Stance: b.w.T("stance.nothing")}
	}
	return &givenOpinion{Stance: b.w.T("stance." + string(c.Stance)), Text: c.Text}
}

// reply is what became of what was said of an item; nil as long as the agency is not to see it, or there is none.
func (b opinionBuilder) reply(item int64) *givenReply {
	c := b.said(item)
	if !b.v.Consultation.Published() || b.v.MayManage || c.Stance != tasks.StanceComment {
		return nil
	}
	if c.Reply == "" {
		return &givenReply{Outcome: b.w.T("consultation.no_reply_yet")}
	}
	r := &givenReply{Outcome: b.w.T("reply." + string(c.Reply)), Text: c.ReplyText}
	if c.Outdated() {
		r.Before = b.w.T("consultation.replied_before", c.ReplyTo)
	}
	return r
}

// general is the control of what is said of the whole.
func (b opinionBuilder) general() templates.Field {
	text := b.said(0).Text
	if b.try.err != nil {
		text = b.try.in.General
	}
	return b.fe.on(templates.Field{
		Name: "general", Type: "textarea", Label: b.w.T("consultation.general"), Value: text, MaxLength: tasks.MaxCommentText, Required: len(b.v.Items) == 0,
	})
}

func (b opinionBuilder) form(actor tasks.Person, a tasks.ConsultationAnswer, agency int64) *opinionForm {
	w, id := b.w, b.v.Consultation.ID
	number := a.Number
	if b.try.err != nil {
		number = b.try.in.Number
	}
	return &opinionForm{
		Action: consultationHref(id, "/answer"), Keep: keepName(actor, id, "consultation-answer", agency, a.Version), Agency: agency, Version: a.Version,
		Sent:    a.State() == tasks.AnswerSent,
		General: b.general(),
		Number: b.fe.on(templates.Field{
			Name: "number", Label: w.T("consultation.number"), Hint: w.T("consultation.number_hint"), Value: number, MaxLength: tasks.MaxDocumentNumber, Narrow: true,
		}),
	}
}

// kept shows what was typed when no more answers are taken.
func (b opinionBuilder) kept() []templates.Field {
	var out []templates.Field
	add := func(label, text string) {
		if text != "" {
			out = append(out, templates.Field{Name: "kept_" + idText(int64(len(out)+1)), Type: "textarea", Label: label, Value: text, ReadOnly: true, Required: true})
		}
	}
	for _, item := range consultationItems(b.w, b.v.Items) {
		if typed, ok := b.typed(item.ID); ok {
			add(b.w.T("consultation.text_of", item.Ref), typed.Text)
		}
	}
	add(b.w.T("consultation.general"), b.try.in.General)
	return out
}

// problems says why a form was refused.
func (b opinionBuilder) problems(p opinionPage, words string) []templates.Problem {
	switch tasks.CodeOf(b.try.err) {
	case "":
		return nil
	case tasks.CodeConflict:
		if keyOf(b.try.err) == tasks.ErrConflict.Key {
			words = b.w.T("consultation.answer_stale")
		}
		return []templates.Problem{{Text: words}}
	case tasks.CodeInvalid:
		out := b.fe.problems()
		for _, item := range p.Items {
			out = append(out, templates.Problems(item.Choice, item.Comment)...)
		}
		if p.Form != nil {
			out = append(out, templates.Problems(p.Form.General, p.Form.Number)...)
		}
		return out
	}
	return []templates.Problem{{Text: words}}
}
