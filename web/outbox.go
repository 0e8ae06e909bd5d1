package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/templates"
)

type outboxPage struct {
	templates.Layout
	Lede      string
	Figures   []templates.Figure
	Held      bool                   // some mail of the page is held so that its document can be recalled
	RetryAll  *templates.ConfirmForm // nil when none has failed
	Manages   bool
	Previews  bool   // examples of mails may be seen
	Acts      bool   // something can be done about a mail of the page
	Back      string // the address of this list, to come back to
	Unreached []unreachedLine
	// People leads to those whose mails come back; nil when there are none.
	People  *templates.Action
	Filters templates.FilterForm
	Rows    []mailLine
	Empty   templates.Empty
	Pager   templates.Pager
}

// mailLine is the fate of one mail; its body is shown to nobody.
type mailLine struct {
	ID                   int64
	To, Subject          string
	Kind                 tasks.NoticeKind
	State                templates.Chip
	Notes                []string // what happened or is to happen: sent at, held until, tries
	Error                string   // what the server said last
	Document             int64    // of a held mail: the document whose mails can be let go
	Retryable, Stoppable bool
}

// unreachedLine is a notice that nobody can receive.
type unreachedLine struct{ Agency, Text, Href string }

// mailChips mark the states of mails; none is red, which is for overdue duties.
var mailChips = map[notify.MailState]templates.Chip{
	notify.MailWaiting: {Class: "wait", Mark: "◷"}, notify.MailSending: {Class: "go", Mark: "◔"}, notify.MailSent: {Class: "ok", Mark: "✓"},
	notify.MailFailed: {Class: "soon", Mark: "!"}, notify.MailBounced: {Class: "soon", Mark: "↩"}, notify.MailExpired: {Mark: "–"}, notify.MailCancelled: {Mark: "–"},
}

// mailKinds lists the kinds of mail in the order in which the filter offers them.
var mailKinds = []tasks.NoticeKind{
	tasks.NoticeIssued, tasks.NoticeEvent, tasks.NoticeReminder, tasks.NoticeRollUp, tasks.NoticeDigest, tasks.NoticeAccount,
	tasks.NoticeConsultation, tasks.NoticeLetter, tasks.NoticeCalendar, tasks.NoticeUnreachable,
}

// outbox lists the mails, the newest first, and what nobody could be told.
func (s *Server) outbox(c *gin.Context, actor tasks.Person) error {
	ctx, w := c.Request.Context(), s.words(actor)
	q := mailQuery(c)
	page, err := s.Outbox.Page(ctx, actor, q)
	if err != nil {
		return err
	}
	p := outboxPage{Manages: actor.Can(tasks.ActionOutboxManage), Previews: actor.Can(tasks.ActionMailPreview), Back: c.Request.URL.RequestURI(), Filters: outboxFilters(w, q), Pager: pagerOf(c, page.Next)}
	p.Pager.ExportHref = exportOf(c)
	if p.Unreached, err = s.unreached(c, actor); err != nil {
		return err
	}
	if p.People, err = s.unreachablePeople(c, actor); err != nil {
		return err
	}
	for _, state := range notify.MailStates {
		if n := page.Counts[state]; n > 0 {
			p.Figures = append(p.Figures, templates.Figure{Value: n, Text: lowered(w.T("mail_state." + string(state))), Href: "/outbox?state=" + string(state)})
		}
	}
	for _, m := range page.Rows {
		line := s.mailLine(w, m)
		p.Held = p.Held || line.Document != 0
		p.Acts = p.Acts || p.Manages && (line.Retryable || line.Stoppable)
		p.Rows = append(p.Rows, line)
	}
	if n := page.Counts[notify.MailFailed]; n > 0 && p.Manages {
		p.RetryAll = &templates.ConfirmForm{
			Summary: w.T("outbox.retry_all", n), Action: "/outbox/retry", Text: w.T("outbox.retry_all_text"), Button: w.T("outbox.retry_all", n),
			Hidden: []templates.Hidden{{Name: "back", Value: p.Back}},
		}
	}
	p.Layout, p.Lede = s.layout(c, actor, outboxHeadline(w, page.Counts, len(p.Unreached))), w.T("outbox.lede")
	p.Empty = templates.Empty{Text: w.T("outbox.empty"), Hint: w.T("outbox.empty_hint")}
	if p.Filters.Active {
		p.Empty = templates.Empty{Text: w.T("outbox.none_fit")}
	}
	return s.render(c, http.StatusOK, "outbox", p)
}

// mailQuery is the list that the address asks for.
func mailQuery(c *gin.Context) notify.MailQuery {
	return notify.MailQuery{
		State: known(notify.MailStates, c.Query("state")), Kind: known(mailKinds, c.Query("kind")), Words: strings.TrimSpace(c.Query("q")), After: c.Query("after"),
	}
}

// lowered begins a text with a small letter, as inside a sentence.
func lowered(text string) string {
	for i := range text {
		if i > 0 {
			return strings.ToLower(text[:i]) + text[i:]
		}
	}
	return strings.ToLower(text)
}

func outboxHeadline(w *templates.Words, counts map[notify.MailState]int, unreached int) string {
	if unreached > 0 {
		return w.T("outbox.headline_unreached", outboxHeadline(w, counts, 0), unreached)
	}
	failed, waiting := counts[notify.MailFailed], counts[notify.MailWaiting]+counts[notify.MailSending]
	switch {
	case failed > 0:
		return w.T("outbox.headline_failed", failed, waiting)
	case waiting > 0:
		return w.T("outbox.headline_waiting", waiting)
	case counts[notify.MailSent] > 0:
		return w.T("outbox.headline")
	}
	return w.T("outbox.headline_empty")
}

func outboxFilters(w *templates.Words, q notify.MailQuery) templates.FilterForm {
	f := templates.FilterForm{Action: "/outbox", ClearHref: "/outbox", Active: q.Words != "" || q.Kind != "" || q.State != ""}
	kind := templates.Field{Name: "kind", Type: "select", Label: w.T("outbox.kind"), Blank: w.T("directory.any"), Value: string(q.Kind)}
	for _, k := range mailKinds {
		kind.Options = append(kind.Options, templates.Option{Value: string(k), Label: w.T("mail_kind." + string(k))})
	}
	state := templates.Field{Name: "state", Type: "select", Label: w.T("outbox.state"), Blank: w.T("directory.any"), Value: string(q.State)}
	for _, st := range notify.MailStates {
		state.Options = append(state.Options, templates.Option{Value: string(st), Label: w.T("mail_state." + string(st))})
	}
	f.Fields = []templates.Field{{Name: "q", Type: "search", Label: w.T("outbox.words"), Value: q.Words, MaxLength: 200}, kind, state}
	return f
}

// held tells whether the mail may not go yet: its document can be recalled, or the office is closed.
func (s *Server) held(m notify.Mail) bool {
	return m.State == notify.MailWaiting && m.HoldUntil.After(s.Now())
}

func (s *Server) mailLine(w *templates.Words, m notify.Mail) mailLine {
	l := mailLine{
		ID: m.ID, To: m.To, Subject: mailSubject(w, m), Kind: m.Kind, State: mailChips[m.State], Error: m.LastError,
		Retryable: m.State == notify.MailFailed || m.State == notify.MailBounced && m.Kind != tasks.NoticeAccount, Stoppable: m.State == notify.MailWaiting,
	}
	l.State.Text = w.T("mail_state." + string(m.State))
	if m.SentAt.IsZero() {
		l.Notes = append(l.Notes, w.T("outbox.created", m.CreatedAt.In(s.Rules.Location)))
	} else {
		l.Notes = append(l.Notes, w.T("outbox.sent_at", m.SentAt.In(s.Rules.Location)))
	}
	if s.held(m) {
		l.Document = m.DocumentID
		l.Notes = append(l.Notes, w.T("outbox.held_until", m.HoldUntil.In(s.Rules.Location)))
	}
	if m.State == notify.MailWaiting && m.NextTry.After(s.System()) {
		l.Notes = append(l.Notes, w.T("outbox.next_try", m.NextTry.In(s.Rules.Location)))
	}
	if m.Tries > 0 {
		l.Notes = append(l.Notes, w.T("outbox.tries", m.Tries))
	}
	return l
}

// unreached lists what nobody could be told, with the agency that has nobody to tell.
func (s *Server) unreached(c *gin.Context, actor tasks.Person) ([]unreachedLine, error) {
	ctx, w := c.Request.Context(), s.words(actor)
	notices, err := s.Outbox.Unreached(ctx, actor)
	if err != nil || len(notices) == 0 {
		return nil, err
	}
	agencies, err := s.Directory.Names(ctx)
	if err != nil {
		return nil, err
	}
	var lines []unreachedLine
	for _, n := range notices {
		l := unreachedLine{Agency: w.T("role." + string(n.Role)), Text: w.T("outbox.unreached_event", s.Rules.Day(n.At))}
		if n.AgencyID != 0 {
			l.Agency = agencyName(w, agencies, n.AgencyID)
		}
		if n.Kind == tasks.NoticeIssued {
			l.Text = w.T("outbox.unreached_issued", s.Rules.Day(n.At))
		}
		switch {
		case n.Subject.Kind == tasks.SubjectDocument && actor.Can(tasks.ActionDocumentRead):
			l.Href = documentHref(n.Subject.ID)
		case n.Subject.Kind == tasks.SubjectAssignment && actor.Can(tasks.ActionAssignmentRead):
			l.Href = assignmentHref(n.Subject.ID)
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// backToOutbox is the list from which an action came.
func backToOutbox(c *gin.Context) string {
	if back := localTarget(c.PostForm("back")); back == "/outbox" || strings.HasPrefix(back, "/outbox?") {
		return back
	}
	return "/outbox"
}

// retryMail lets a mail that failed be tried again.
func (s *Server) retryMail(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	if err := s.Outbox.Retry(c.Request.Context(), actor, id); err != nil {
		return err
	}
	return s.redirect(c, actor, backToOutbox(c), "outbox.retried")
}

// retryMails lets every mail that failed be tried again.
func (s *Server) retryMails(c *gin.Context, actor tasks.Person) error {
	n, err := s.Outbox.RetryAll(c.Request.Context(), actor)
	if err != nil {
		return err
	}
	return s.redirect(c, actor, backToOutbox(c), "outbox.retried_all", n)
}

// cancelMail stops a mail that waits.
func (s *Server) cancelMail(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	if err := s.Outbox.Cancel(c.Request.Context(), actor, id); err != nil {
		return err
	}
	return s.redirect(c, actor, backToOutbox(c), "outbox.cancelled")
}

// releaseMails ends the hold of a document's mails, or of all.
func (s *Server) releaseMails(c *gin.Context, actor tasks.Person) error {
	var document int64
	if text := c.PostForm("document"); text != "" {
		var err error
		if document, err = strconv.ParseInt(text, 10, 64); err != nil || document <= 0 {
			return tasks.ErrNotFound
		}
	}
	n, err := s.Outbox.EndHolds(c.Request.Context(), actor, document)
	if err != nil {
		return err
	}
	return s.redirect(c, actor, backToOutbox(c), "outbox.released", n)
}
