package web

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

type consultationPage struct {
	templates.Layout
	Headline, Lede, Note string
	OwnHref              string // where the person answers for an agency of his; "" for most
	Figures              []templates.Figure
	Facts                []templates.Fact
	Files                []documentFile
	Agencies             []askedAgency
	Unreachable          string
	Replies              repliesForm
	Export               *templates.Action
	Change               *templates.Action
	Published            string // since when agencies see the replies
	Publish, Close       *templates.ConfirmForm
	Trail                []templates.TrailItem
}

// askedAgency is one row of who has answered what.
type askedAgency struct {
	Name, State, Number string
	Sent, Late          bool
	Agreed, Comments    int
	Added               string // why it was asked later than the others
	Letters             []documentFile
	Record              *templates.Action // its letter
}

// repliesForm is every comment with what the secretariat makes of it, in one form: what is typed beside several is kept together.
type repliesForm struct {
	Action, Keep string // Action is empty for those who only read
	Items        []repliedItem
	Comments     int // on all pages
	Page         int
	Pager        templates.Pager
}

// mostReplies is how many comments a page shows, give or take those of one item.
const mostReplies = 150

// turn leaves only the items of a page, counted from 1; one beyond the last is the last.
func (f *repliesForm) turn(page int, href string) {
	var pages [][]repliedItem
	shown := 0
	for _, item := range f.Items {
		if len(pages) == 0 || shown >= mostReplies {
			pages, shown = append(pages, nil), 0
		}
		pages[len(pages)-1] = append(pages[len(pages)-1], item)
		shown += len(item.Comments)
	}
	if len(pages) < 2 {
		return
	}
	f.Page = min(max(page, 1), len(pages))
	f.Items = pages[f.Page-1]
	if f.Page > 1 {
		f.Pager.PrevHref = href + idText(int64(f.Page-1)) + "#comments"
	}
	if f.Page < len(pages) {
		f.Pager.NextHref = href + idText(int64(f.Page+1)) + "#comments"
	}
}

// repliedItem is an item with the comments on it; the last one stands for the whole.
type repliedItem struct {
	consultationItem
	Whole    bool
	EditHref string // where the draft is changed, as long as it can be
	Comments []repliedComment
}

type repliedComment struct {
	ID, Version  int64
	Agency, Text string
	Said         string // the reply, for those who only read
	Reply, Words templates.Field
	Before       string // a reply to words that the agency has changed since
	Stored       string // what another has replied meanwhile
	EditHref     string // where what was taken up is written into the draft
}

// repliesAttempt is a form of replies that was refused.
type repliesAttempt struct {
	err     error
	replies []tasks.ReplyInput
}

func (t repliesAttempt) typed(comment int64) (tasks.ReplyInput, bool) {
	i := slices.IndexFunc(t.replies, func(r tasks.ReplyInput) bool { return r.CommentID == comment })
	if t.err == nil || i < 0 {
		return tasks.ReplyInput{}, false
	}
	return t.replies[i], true
}

// replyToComments keeps what the secretariat makes of comments.
func (s *Server) replyToComments(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	var replies []tasks.ReplyInput
	for _, comment := range formIDs(c.PostFormArray("comment")) {
		replies = append(replies, tasks.ReplyInput{
			CommentID: comment, Reply: tasks.CommentReply(c.PostForm(tasks.ItemField("reply", comment))), Text: c.PostForm(tasks.ItemField("words", comment)),
			Version: formID(c.PostForm(tasks.ItemField("version", comment))),
		})
	}
	kept, err := s.Documents.ReplyToComments(c.Request.Context(), actor, id, replies)
	if err == nil {
		back := "#comments"
		if page := formID(c.PostForm("page")); page > 1 {
			back = "?page=" + idText(page) + back
		}
		return s.redirect(c, actor, consultationHref(id, back), "consultation.replied", kept)
	}
	switch code := tasks.CodeOf(err); code {
	case tasks.CodeInvalid, tasks.CodeConflict, tasks.CodeStorageFull, tasks.CodeUnavailable:
		note(c, err)
		return s.showConsultation(c, actor, id, statuses[code], repliesAttempt{err, replies})
	}
	return err
}

func (s *Server) showConsultation(c *gin.Context, actor tasks.Person, id int64, status int, try repliesAttempt) error {
	v, err := s.Documents.Consultation(c.Request.Context(), actor, id)
	if err != nil {
		return err
	}
	w, k := s.words(actor), v.Consultation
	p := consultationPage{Lede: k.Title, Note: k.Note, Files: consultationFiles(v)}
	sent, comments := 0, 0
	for _, a := range v.Answers {
		row := askedAgency{
			Name: agencyName(w, v.Agencies, a.AgencyID), State: w.T("consultation.none"), Sent: a.State() == tasks.AnswerSent, Late: a.Late(k.Due),
		}
		if row.Sent {
			sent++
			// What is not sent is the agency's own: only what is says more than that there is nothing.
			row.State, row.Number = answerWords(w, a, k), a.Number
			row.Letters = letterFiles(v, a.AgencyID)
		}
		if !a.AskedOn.IsZero() {
			row.Added = w.T("consultation.added_on", a.AskedOn, a.AskedWhy)
		}
		if v.MayManage && k.Open() && !slices.Contains(v.Own, a.AgencyID) && (!row.Sent || a.Recorded()) {
			row.Record = &templates.Action{Href: letterHref(id, a.AgencyID), Label: w.T("consultation_letter.record"), Quiet: true}
			if row.Sent {
				row.Record.Label = w.T("consultation_letter.mend")
			}
		}
		for _, m := range v.Comments {
			switch {
			case m.AgencyID != a.AgencyID:
			case m.Stance == tasks.StanceAgree:
				row.Agreed++
			case m.Stance == tasks.StanceComment:
				row.Comments++
				comments++
			}
		}
		p.Agencies = append(p.Agencies, row)
	}
	slices.SortStableFunc(p.Agencies, func(a, b askedAgency) int { return compareYes(a.Sent, b.Sent) })
	p.Headline = w.T("consultation.headline", sent, len(v.Answers), comments)
	if k.Open() && sent == len(v.Answers) {
		p.Headline = w.T("consultation.headline_all", sent, comments)
	}
	p.Facts = s.consultationDetails(w, v)
	if len(v.Unreachable) > 0 {
		p.Unreachable = w.T("consultation.unreachable", len(v.Unreachable), someAgencies(w, v.Agencies, v.Unreachable))
	}
	if len(v.Own) > 0 {
		p.OwnHref = consultationHref(id, "?agency=", v.Own[0])
	}
	p.Replies = s.repliesForm(actor, w, v, try)
	p.Replies.turn(int(min(formID(cmp.Or(c.PostForm("page"), c.Query("page"))), 1<<30)), consultationHref(id, "?page="))
	if sent > 0 {
		p.Export = &templates.Action{Href: consultationHref(id, "/table.docx"), Label: w.T("consultation.export"), Quiet: true}
	}
	if v.MayManage {
		s.consultationSteps(&p, w, v, len(v.Answers)-sent)
	}
	if k.Published() {
		p.Published = w.T("consultation.is_published", k.PublishedAt)
	}
	p.Trail = consultationTrail(w, v)
	p.Layout = s.layout(c, actor, p.Headline)
	p.Problems = s.repliesProblems(actor, p.Replies, try.err)
	return s.render(c, status, "consultation", p)
}

// consultationSteps are what the secretariat may do with the whole.
func (s *Server) consultationSteps(p *consultationPage, w *templates.Words, v tasks.ConsultationView, owing int) {
	k := v.Consultation
	version := []templates.Hidden{{Name: "version", Value: versionText(k.Version)}}
	if k.Open() {
		p.Change = &templates.Action{Href: consultationHref(k.ID, "/change"), Label: w.T("consultation_change.link"), Quiet: true}
		p.Close = &templates.ConfirmForm{
			Summary: w.T("consultation.close"), Text: w.T("consultation.close_text", owing), Button: w.T("consultation.close_button"),
			Action: consultationHref(k.ID, "/close"), Hidden: version,
		}
	}
	if n := len(v.Unpublished); n > 0 {
		key := "consultation.publish"
		if k.Published() {
			key = "consultation.publish_again"
		}
		p.Publish = &templates.ConfirmForm{
			Summary: w.T(key), Text: w.T(key+"_text", n, unreplied(v)), Button: w.T(key), Action: consultationHref(k.ID, "/publish"), Hidden: version,
		}
	}
}

// unreplied counts the comments that nobody has replied to as they stand.
func unreplied(v tasks.ConsultationView) int {
	n := 0
	for _, m := range v.Comments {
		if m.Stance == tasks.StanceComment && (m.Reply == "" || m.Outdated()) {
			n++
		}
	}
	return n
}

// consultationTrail is what happened, with what was changed. The words of answers stand above, not here.
func consultationTrail(w *templates.Words, v tasks.ConsultationView) []templates.TrailItem {
	var items []templates.TrailItem
	words := auditWords{w: w, agencies: v.Agencies}
	for _, e := range v.Trail {
		item := templates.TrailItem{At: e.At, Who: whoActed(w, e), Text: w.T("audit." + e.Action)}
		agency := auditAgency(words, auditObject(e.After)["agency"]) // of a reply, whose comment it is about
		if e.AgencyID != 0 {
			agency = agencyName(w, v.Agencies, e.AgencyID)
		}
		if agency != "" {
			item.Text = w.T("consultation.trail_for", item.Text, agency)
		}
		switch e.Action {
		case "consultation.moved", "consultation.asked_more", "consultation.published", "consultation.recorded":
			item.Changes, item.Quote = words.changes(e)
		}
		items = append(items, item)
	}
	return items
}

// compareYes orders what is not before what is.
func compareYes(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// consultationDetails are what a consultation is about and how long it runs.
func (s *Server) consultationDetails(w *templates.Words, v tasks.ConsultationView) []templates.Fact {
	k := v.Consultation
	doc := templates.Fact{Label: w.T("consultation.document"), Text: documentLabel(w, k.Kind, k.Number), Note: k.Subject}
	if k.DocumentID != 0 && (v.MayManage || k.Closed == tasks.ConsultationIssued) {
		doc.Href = documentHref(k.DocumentID)
	}
	day := templates.Fact{Label: w.T("consultation.until"), Text: longDate(w, k.Due)}
	if k.Open() {
		day.Note = distanceWords(w, s.Rules.Calendar, s.Rules.Day(s.Now()), k.Due)
	}
	facts := []templates.Fact{
		doc, day, {Label: w.T("consultation.asked_on"), Text: w.T("document_word.day", k.OpenedOn)},
		{Label: w.T("consultation.items"), Text: w.T("document_word.duties", len(v.Items))},
	}
	if !k.Open() {
		facts = append(facts, templates.Fact{Label: w.T("consultation.ended"), Text: w.T("consultation.end_" + string(k.Closed)), Note: w.T("document_word.at", k.ClosedAt)})
	}
	return facts
}

// repliesForm puts the comments beside their items; an item on which nobody has commented is left out.
func (s *Server) repliesForm(actor tasks.Person, w *templates.Words, v tasks.ConsultationView, try repliesAttempt) repliesForm {
	id := v.Consultation.ID
	versions := int64(0)
	var form repliesForm
	if v.MayManage {
		form.Action = consultationHref(id, "/replies")
	}
	fe := s.fieldWords(actor, try.err)
	items := append(consultationItems(w, v.Items), consultationItem{})
	for i, item := range items {
		row := repliedItem{consultationItem: item, Whole: item.ID == 0}
		if !row.Whole && v.Drafts[v.Items[i].DraftID] {
			row.EditHref = documentHref(v.Consultation.DocumentID, "/drafts/", v.Items[i].DraftID)
		}
		for _, m := range v.Comments {
			if m.ItemID != item.ID || m.Stance != tasks.StanceComment {
				continue
			}
			versions += m.Version
			row.Comments = append(row.Comments, s.repliedComment(w, v, m, try, fe, row.EditHref))
		}
		if len(row.Comments) > 0 {
			form.Comments += len(row.Comments)
			form.Items = append(form.Items, row)
		}
	}
	form.Keep = keepName(actor, id, "consultation-replies", int64(form.Comments), versions)
	return form
}

func (s *Server) repliedComment(w *templates.Words, v tasks.ConsultationView, m tasks.ConsultationComment, try repliesAttempt, fe fieldErrors, edit string) repliedComment {
	row := repliedComment{ID: m.ID, Version: m.Version, Agency: agencyName(w, v.Agencies, m.AgencyID), Text: m.Text}
	reply, text := m.Reply, m.ReplyText
	if row.Said = w.T("consultation.no_reply_yet"); reply != "" && !m.Outdated() {
		row.Said = strings.TrimSpace(w.T("reply."+string(reply)) + ". " + text)
	}
	if m.Outdated() {
		row.Before = w.T("consultation.outdated", w.T("reply."+string(m.Reply)), m.ReplyText, m.ReplyTo)
		reply, text = "", ""
	}
	if reply == tasks.ReplyAccepted || reply == tasks.ReplyPartly {
		row.EditHref = edit
	}
	if typed, ok := try.typed(m.ID); ok {
		if tasks.CodeOf(try.err) == tasks.CodeConflict && typed.Version != m.Version && m.Reply != "" {
			row.Stored = w.T("consultation.replied_now", w.T("reply."+string(m.Reply)), m.ReplyText)
		}
		reply, text = typed.Reply, typed.Text
	}
	choice := templates.Field{
		Name: tasks.ItemField("reply", m.ID), Type: "select", Label: w.T("consultation.reply_to", row.Agency), Plain: true, Value: string(reply), Blank: w.T("consultation.no_reply_yet"),
	}
	for _, r := range tasks.CommentReplies {
		choice.Options = append(choice.Options, templates.Option{Value: string(r), Label: w.T("reply." + string(r))})
	}
	row.Reply = fe.on(choice)
	row.Words = fe.on(templates.Field{
		Name: tasks.ItemField("words", m.ID), Type: "textarea", Rows: 2, Label: w.T("consultation.reply_words", row.Agency), Plain: true, Value: text,
		MaxLength: tasks.MaxCommentText, Placeholder: w.T("consultation.reply_placeholder"),
	})
	return row
}

// fieldWords are the words of an error's fields, whatever its code.
func (s *Server) fieldWords(actor tasks.Person, err error) fieldErrors {
	fe, ok := s.invalid(actor, err)
	if e, is := errors.AsType[*tasks.Error](err); !ok && is {
		fe.byField = make(map[string]string)
		for _, f := range e.Fields {
			fe.byField[f.Field] = s.words(actor).T(f.Key, args(f.Args)...)
		}
	}
	return fe
}

// repliesProblems says why replies were refused.
func (s *Server) repliesProblems(actor tasks.Person, form repliesForm, err error) []templates.Problem {
	if err == nil {
		return nil
	}
	var out []templates.Problem
	if tasks.CodeOf(err) != tasks.CodeInvalid {
		out = append(out, templates.Problem{Text: s.explain(actor, err)})
	}
	for _, item := range form.Items {
		for _, c := range item.Comments {
			out = append(out, templates.Problems(c.Reply, c.Words)...)
		}
	}
	return out
}
