package web

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/templates"
)

// restrictPage asks whether a duty is to be restricted, or is to be no more, and says before what that does.
type restrictPage struct {
	templates.Layout
	Crumbs           []templates.Action
	Headline, Lede   string
	DoesTitle        string
	Does             []string
	Parties          string
	Action, To, Back string
	Fields           []templates.Field
	Button           string
}

// restrictTyped is the form as it was refused.
type restrictTyped struct {
	err error
	in  tasks.RestrictInput
}

func restrictHref(task int64) string { return dutyHref(task, "/restriction") }

// restriction asks whether the duty is to be restricted; of one that is, whether it is to be no more.
func (s *Server) restriction(c *gin.Context, actor tasks.Person) error {
	return s.showRestriction(c, actor, http.StatusOK, restrictTyped{})
}

// restrict does what was asked there.
func (s *Server) restrict(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	in := tasks.RestrictInput{Restricted: c.PostForm("to") == "1", Reason: c.PostForm("reason"), Document: c.PostForm("document")}
	err = s.Assignments.Restrict(c.Request.Context(), actor, id, in)
	if status, ok := refusedStatus(err); ok {
		note(c, err)
		return s.showRestriction(c, actor, status, restrictTyped{err, in})
	}
	if err != nil {
		return err
	}
	flash := "restricted.was_lifted"
	if in.Restricted {
		flash = "restricted.was_set"
	}
	return s.redirect(c, actor, dutyHref(id), flash)
}

func (s *Server) showRestriction(c *gin.Context, actor tasks.Person, status int, try restrictTyped) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	v, err := s.Assignments.RestrictView(c.Request.Context(), actor, id)
	if err != nil {
		return err
	}
	w := s.words(actor)
	p := restrictPage{
		Crumbs: append(s.dutyCrumbs(w, tasks.DutyView{Task: v.Task, Document: v.Document}), templates.Action{Label: w.T("restricted.crumb")}),
		Lede:   oneLine(v.Task.Text), Parties: agencyNames(w, v.Agencies, v.Parties), Action: restrictHref(id), Back: dutyHref(id),
	}
	if v.Task.Restricted {
		p.Headline, p.DoesTitle, p.To, p.Button = w.T("restricted.headline_lift"), w.T("restricted.lift"), "0", w.T("restricted.do_lift")
		p.Does = []string{w.T("restricted.lift_words")}
	} else {
		p.Headline, p.DoesTitle, p.To, p.Button = w.T("restricted.headline_set"), w.T("restricted.does"), "1", w.T("restricted.do_set")
		p.Does = []string{w.T("restricted.does_words"), w.T("restricted.does_mails")}
		switch {
		case v.HasFile && len(v.Outside) > 0:
			p.Does = append(p.Does, w.T("restricted.does_file", agencyNames(w, v.Agencies, v.Outside)))
		case v.HasFile:
			p.Does = append(p.Does, w.T("restricted.does_file_none"))
		}
		p.Does = append(p.Does, w.T("restricted.does_sent"))
	}
	fe, _ := s.invalid(actor, try.err)
	p.Fields = []templates.Field{
		fe.on(templates.Field{
			Name: "reason", Type: "textarea", Rows: 3, Label: w.T("restricted.reason"), Value: try.in.Reason, Required: true, MaxLength: tasks.MaxReasonText,
		}),
		fe.on(templates.Field{Name: "document", Label: w.T("restricted.document"), Value: try.in.Document, MaxLength: tasks.MaxDocumentNumber, Narrow: true}),
	}
	p.Layout = s.layout(c, actor, p.Headline)
	p.Problems = fe.problems(p.Fields...)
	if status == http.StatusConflict {
		p.Problems = append(p.Problems, templates.Problem{Text: w.T("restricted.stale")})
	}
	return s.render(c, status, "restriction", p)
}

// restrictedFacts say who reads a duty, and lead those who may change that to where they do.
func restrictedFacts(w *templates.Words, actor tasks.Person, t tasks.Task) []templates.Fact {
	if may := actor.Can(tasks.ActionRestrict); may || t.Restricted {
		return []templates.Fact{restrictedFact(w, may, t)}
	}
	return nil
}

func restrictedFact(w *templates.Words, may bool, t tasks.Task) templates.Fact {
	f := templates.Fact{Label: w.T("restricted.fact"), Text: w.T("restricted.fact_off")}
	if t.Restricted {
		f.Text = w.T("restricted.fact_on")
	}
	if may {
		f.Href = restrictHref(t.ID)
	}
	return f
}

// hiddenWords stand in place of the words of a duty that are left out: that it is restricted, and its number.
func hiddenWords(w *templates.Words, a tasks.AssignmentRow) string {
	if a.Ref == "" {
		return w.T("restricted.number", a.TaskID)
	}
	return w.T("restricted.item", a.Ref)
}

// calendarTitle names a duty in a calendar.
func calendarTitle(w *templates.Words, a tasks.AssignmentRow) string {
	if a.Hidden {
		return hiddenWords(w, a)
	}
	return dutyTitle(a.Text)
}

// annexWords are the words of a duty in what leaves the house.
func (b registerBook) annexWords(r registerRow) string {
	if r.Hidden {
		return hiddenWords(b.w, r.AssignmentRow)
	}
	return r.Text
}

// mailSubject is the subject of a mail; what quoted a duty that is restricted by now was erased.
func mailSubject(w *templates.Words, m notify.Mail) string {
	if strings.TrimSpace(m.Subject) == "" {
		return w.T("restricted.subject")
	}
	return m.Subject
}

func restrictedDrafts(drafts []tasks.Draft) int {
	n := 0
	for _, d := range drafts {
		if d.Restricted {
			n++
		}
	}
	return n
}
