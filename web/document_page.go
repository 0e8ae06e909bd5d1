package web

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/templates"
)

type documentPage struct {
	templates.Layout
	Headline, Subject string
	Figures           []templates.Figure
	Facts             []templates.Fact
	Files             []documentFile
	FilesClosed       bool // kept from the person
	Held              *heldMails
	Recall            *templates.ConfirmForm
	// Own are the duties in which an agency of the person has a part, for those who see nothing of the others but their words.
	Own, Duties []dutyRow
	OwnTitle    string
	DutiesTitle string
	Sources     []sourceFile
	Trail       []templates.TrailItem
}

type documentFile struct {
	Href, Name string
	Size       int64
}

// heldMails tells that the mails of the issue have not gone yet.
type heldMails struct {
	Text    string
	Release string // where "send now" goes; "" for those who may not
}

// dutyRow is one duty with what the person may see of its assignments.
type dutyRow struct {
	ID                              int64
	Ref, Section, Text, Deliverable string
	Time                            string // of all its assignments alike
	Phrase                          string
	SourceHref                      string
	Assignments                     []dutyShare
	Summary                         string // of many assignments
	MatrixHref                      string // the page of a duty that several agencies have
	Restricted, Hidden              bool
}

// dutyShare is one assignment of a duty.
type dutyShare struct {
	Href, Names string
	Part        string // "" when it is led
	State       tasks.State
	Timeliness  tasks.Timeliness
}

// unfolded is how many assignments of a duty are listed at once; more are folded under their sum.
const unfolded = 3

// document shows an issued document whole, and of its assignments what the person may see. A draft is shown on the review screen.
func (s *Server) document(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	v, err := s.Documents.Get(c.Request.Context(), actor, id)
	if err != nil {
		return err
	}
	if v.Document.State == tasks.DocumentDraft {
		return s.redirect(c, actor, documentHref(id, "/review"), "")
	}
	w, d := s.words(actor), v.Document
	p := documentPage{Subject: d.Title, Facts: documentFacts(w, d)}
	p.Facts = append(p.Facts, followerFacts(w, actor, v.Followers, d.Followers, documentHref(id, "/followers"))...)
	for _, f := range v.Files {
		p.Files = append(p.Files, documentFile{"/files/" + strconv.FormatInt(f.Attachment.ID, 10), f.Attachment.Name, f.Attachment.Size})
	}
	s.placeDuties(&p, actor, v)
	counts := s.count(v.Assignments)
	p.Headline = documentSentence(w, v, counts, actor)
	p.Figures = counts.figures(w)
	p.Sources, p.FilesClosed = sourceOf(v.Files, taskSources(w, v)), v.FilesClosed
	if actor.Can(tasks.ActionDocumentManage) {
		if err := s.managing(c, actor, v, &p); err != nil {
			return err
		}
	}
	p.Facts = append(p.Facts, reminderFacts(w, actor.Can(tasks.ActionOwnLadder), tasks.Subject{Kind: tasks.SubjectDocument, ID: id})...)
	p.Facts = append(p.Facts, consultationFacts(w, v.Consultations)...)
	p.Layout = s.layout(c, actor, p.Headline)
	return s.render(c, http.StatusOK, "document_page", p)
}

func documentFacts(w *templates.Words, d tasks.Document) []templates.Fact {
	facts := []templates.Fact{{Label: w.T("document_form.kind"), Text: w.T("document_kind." + string(d.Kind))}}
	add := func(key, text string) {
		if text != "" {
			facts = append(facts, templates.Fact{Label: w.T(key), Text: text})
		}
	}
	add("document_form.number", d.Number)
	if !d.Date.IsZero() {
		add("document_form.date", w.T("document_word.day", d.Date))
	}
	add("document_form.issuer", d.Issuer)
	add("document_form.year", headOf(d.Head).Year)
	add("document_page.issued_at", w.T("document_word.at", d.IssuedAt))
	if d.State == tasks.DocumentClosed {
		add("document_list.state", w.T("document_state."+string(d.State)))
	}
	return facts
}

// shareCounts are the assignments of a document that a person sees, by what matters of them.
type shareCounts struct{ all, completed, waiting, overdue int }

func (s *Server) count(assignments []tasks.Assignment) shareCounts {
	var n shareCounts
	today := s.Rules.Day(s.Now())
	soon := s.Rules.SoonUntil(today)
	for _, a := range assignments {
		if !a.State.Counted() {
			continue // what is on hold or was taken back is in no denominator
		}
		n.all++
		switch {
		case a.State == tasks.StateCompleted:
			n.completed++
		case a.State == tasks.StateSubmitted:
			n.waiting++
		case a.Timeliness(today, soon) == tasks.Overdue:
			n.overdue++
		}
	}
	return n
}

func (n shareCounts) figures(w *templates.Words) []templates.Figure {
	if n.all == 0 {
		return nil
	}
	return []templates.Figure{
		{Value: n.overdue, Text: w.T("document_page.overdue"), Late: n.overdue > 0},
		{Value: n.waiting, Text: w.T("document_page.waiting")},
		{Value: n.completed, Text: w.T("document_page.completed", n.all)},
	}
}

// documentSentence says how the document stands: for an agency's people of their own assignments, for others of all.
func documentSentence(w *templates.Words, v tasks.DocumentView, n shareCounts, actor tasks.Person) string {
	label := documentLabel(w, v.Document.Kind, v.Document.Number)
	if !actor.Can(tasks.ActionAssignmentRead) {
		names := agencyNames(w, v.Agencies, actor.AgencyIDs(tasks.RoleFocal, tasks.RoleHead))
		if n.overdue > 0 {
			return w.T("document_page.own_overdue", names, n.all, label, n.overdue)
		}
		return w.T("document_page.own", names, n.all, label)
	}
	switch {
	case n.all > 0 && n.completed == n.all:
		return w.T("document_page.done", label, len(v.Tasks), n.all)
	case n.overdue > 0:
		return w.T("document_page.late", label, n.completed, n.all, n.overdue)
	}
	return w.T("document_page.going", label, n.completed, n.all)
}

// managing adds what those who manage documents see: mails that wait, the recall, the history.
func (s *Server) managing(c *gin.Context, actor tasks.Person, v tasks.DocumentView, p *documentPage) error {
	w, d := s.words(actor), v.Document
	for _, e := range v.Trail {
		item := templates.TrailItem{At: e.At, Who: whoActed(w, e), Text: e.Action}
		if key := "audit." + e.Action; w.Has(key) {
			item.Text = w.T(key)
		}
		p.Trail = append(p.Trail, item)
	}
	p.Facts = append(p.Facts, revisionsOf(w, v)...)
	p.Facts = append(p.Facts, templates.Fact{Label: w.T("year_end.title"), Text: w.T("year_end.open_page"), Href: documentCloseHref(d.ID)})
	if !v.Recallable {
		return nil
	}
	p.Recall = &templates.ConfirmForm{
		Summary: w.T("document_page.recall"), Text: w.T("document_page.recall_text", len(v.Assignments)), Button: w.T("document_page.recall_button"),
		Action: documentHref(d.ID, "/recall"), Hidden: []templates.Hidden{{Name: "version", Value: versionText(d.Version)}},
	}
	p.Held = &heldMails{Text: w.T("document_page.held_soon")}
	if actor.Can(tasks.ActionOutboxManage) {
		p.Held.Release = documentHref(d.ID, "/release")
	}
	if !actor.Can(tasks.ActionOutboxRead) {
		return nil
	}
	mails, err := s.Outbox.Told(c.Request.Context(), actor, tasks.Subject{Kind: tasks.SubjectDocument, ID: d.ID}, tasks.MaxPage)
	if err != nil {
		return err
	}
	mails = slices.DeleteFunc(mails, func(m notify.Mail) bool { return m.State != notify.MailWaiting || !m.HoldUntil.After(s.Now()) })
	if len(mails) > 0 {
		first := slices.MinFunc(mails, func(a, b notify.Mail) int { return a.HoldUntil.Compare(b.HoldUntil) })
		p.Held.Text = w.T("document_page.held", len(mails), first.HoldUntil)
	}
	return nil
}
