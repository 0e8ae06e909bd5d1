package web

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// consultationChangePage moves the day of a consultation and adds agencies.
type consultationChangePage struct {
	templates.Layout
	Crumb, BackHref string
	Headline, Lede  string
	Forms           []consultationChangeForm
	Kept            []templates.Field
}

// consultationChangeForm is one of its forms.
type consultationChangeForm struct {
	ID, Title, Hint, Action, Button string
	Version                         int64
	Picks                           []templates.Pick
	Fields                          []templates.Field
}

// The forms of that page.
const (
	changeDue      = "due"
	changeAgencies = "agencies"
)

// changeAttempt is such a form that was refused.
type changeAttempt struct {
	err         error
	form        string
	due, reason string
	pick        partyPick
}

// consultationChange asks what is to be changed of a consultation.
func (s *Server) consultationChange(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	return s.showConsultationChange(c, actor, id, http.StatusOK, changeAttempt{})
}

// moveConsultation moves the day.
func (s *Server) moveConsultation(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	try := changeAttempt{form: changeDue, due: strings.TrimSpace(c.PostForm("due")), reason: c.PostForm("reason")}
	due, ok := formDate(try.due)
	if _, err := s.managedConsultation(c, actor, id); err != nil {
		return err
	}
	if !ok {
		try.err = tasks.Invalid(tasks.FieldError{Field: "due", Key: "document_form.bad_date"})
	} else {
		try.err = s.Documents.MoveConsultation(c.Request.Context(), actor, id, tasks.ConsultationMove{Due: due, Reason: try.reason, Version: formID(c.PostForm("version"))})
	}
	return s.consultationChanged(c, actor, id, try, "consultation_change.moved")
}

// addConsulted asks more agencies.
func (s *Server) addConsulted(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	if _, err := s.managedConsultation(c, actor, id); err != nil {
		return err
	}
	entries, err := s.Directory.All(c.Request.Context(), actor)
	if err != nil {
		return err
	}
	book := s.bookOf(s.words(actor), entries)
	try := changeAttempt{form: changeAgencies, reason: c.PostForm("reason"), pick: typedPick(c, book, "agencies", true)}
	if wrong := try.pick.wrong("agencies"); len(wrong) > 0 {
		try.err = tasks.Invalid(wrong...)
	} else {
		try.err = s.Documents.AddAskedAgencies(c.Request.Context(), actor, id, tasks.AskMore{
			Agencies: book.asked(try.pick), Reason: try.reason, Version: formID(c.PostForm("version")),
		})
	}
	return s.consultationChanged(c, actor, id, try, "consultation_change.added")
}

// consultationChanged leads back to the consultation, or shows the refused form.
func (s *Server) consultationChanged(c *gin.Context, actor tasks.Person, id int64, try changeAttempt, done string) error {
	switch code := tasks.CodeOf(try.err); {
	case try.err == nil:
		return s.redirect(c, actor, consultationHref(id), done)
	case code == tasks.CodeInvalid, code == tasks.CodeConflict, code == tasks.CodeStorageFull, code == tasks.CodeUnavailable:
		note(c, try.err)
		return s.showConsultationChange(c, actor, id, statuses[code], try)
	}
	return try.err
}

// managedConsultation reads a consultation for somebody who manages it.
func (s *Server) managedConsultation(c *gin.Context, actor tasks.Person, id int64) (tasks.ConsultationView, error) {
	v, err := s.Documents.Consultation(c.Request.Context(), actor, id)
	if err == nil && !v.MayManage {
		err = tasks.E(tasks.CodeForbidden, "error.forbidden")
	}
	return v, err
}

func (s *Server) showConsultationChange(c *gin.Context, actor tasks.Person, id int64, status int, try changeAttempt) error {
	v, err := s.managedConsultation(c, actor, id)
	if err != nil {
		return err
	}
	w, k := s.words(actor), v.Consultation
	p := consultationChangePage{Crumb: excerpt(k.Title, 80), BackHref: consultationHref(id), Headline: w.T("consultation_change.headline", k.Due), Lede: k.Title}
	fe, _ := s.invalid(actor, try.err)
	if k.Open() {
		entries, err := s.Directory.All(c.Request.Context(), actor)
		if err != nil {
			return err
		}
		p.Forms = changeForms(w, s.bookOf(w, entries), v, try, fe)
	} else {
		p.Headline = w.T("consultation_change.headline_closed")
		for _, kept := range []struct{ name, label, value string }{{"due", "consultation_change.due", try.due}, {"reason", "decide.reason", try.reason}} {
			if kept.value != "" {
				p.Kept = append(p.Kept, keptField(kept.name, w.T(kept.label), kept.value))
			}
		}
	}
	p.Layout = s.layout(c, actor, p.Headline)
	if try.err != nil && tasks.CodeOf(try.err) != tasks.CodeInvalid {
		words := s.explain(actor, try.err)
		if keyOf(try.err) == tasks.ErrConflict.Key {
			words = w.T("consultation_change.stale", k.Due, len(v.Answers))
		}
		p.Problems = append(p.Problems, templates.Problem{Text: words})
	}
	for _, f := range p.Forms {
		if f.ID != try.form || tasks.CodeOf(try.err) != tasks.CodeInvalid {
			continue
		}
		for _, pick := range f.Picks {
			p.Problems = append(p.Problems, templates.Problems(pick)...)
		}
		p.Problems = append(p.Problems, fe.problems(f.Fields...)...)
	}
	return s.render(c, status, "consultation_change", p)
}

func changeForms(w *templates.Words, book nameBook, v tasks.ConsultationView, try changeAttempt, fe fieldErrors) []consultationChangeForm {
	k := v.Consultation
	reason := func(form string) templates.Field {
		return templates.Field{Name: "reason", ID: "f-" + form + "-reason", Type: "textarea", Rows: 2, Label: w.T("decide.reason"), Required: true, MaxLength: tasks.MaxReasonText}
	}
	move := consultationChangeForm{
		ID: changeDue, Title: w.T("consultation_change.move"), Hint: w.T("consultation_change.move_hint", owingOf(v)), Button: w.T("consultation_change.move_button"),
		Action: consultationHref(k.ID, "/due"), Version: k.Version, Fields: []templates.Field{
			dayField(w, "due", "consultation_change.due", "", dayTyped(k.Due)), reason(changeDue),
		},
	}
	move.Fields[0].Required = true
	var none partyPick
	add := consultationChangeForm{
		ID: changeAgencies, Title: w.T("consultation_change.add"), Hint: w.T("consultation_change.add_hint", k.Due), Button: w.T("consultation_change.add_button"),
		Action: consultationHref(k.ID, "/agencies"), Version: k.Version, Fields: []templates.Field{reason(changeAgencies)},
	}
	pick := none.field(book, fieldErrors{}, "agencies", "consultation_change.agencies", true)
	switch try.form {
	case changeDue:
		move.Fields[0] = fe.on(dayField(w, "due", "consultation_change.due", "", try.due))
		move.Fields[0].Required = true
		move.Fields[1].Value = try.reason
		move.Fields[1] = fe.on(move.Fields[1])
	case changeAgencies:
		pick = try.pick.field(book, fe, "agencies", "consultation_change.agencies", true)
		add.Fields[0].Value = try.reason
		add.Fields[0] = fe.on(add.Fields[0])
	}
	pick.Required = true
	add.Picks = []templates.Pick{pick}
	return []consultationChangeForm{move, add}
}

// owingOf counts the agencies that have not answered.
func owingOf(v tasks.ConsultationView) int {
	n := 0
	for _, a := range v.Answers {
		if a.State() != tasks.AnswerSent {
			n++
		}
	}
	return n
}

// publishReplies lets agencies see what became of their comments.
func (s *Server) publishReplies(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	told, err := s.Documents.PublishReplies(c.Request.Context(), actor, id, formID(c.PostForm("version")))
	if err != nil {
		return err
	}
	return s.redirect(c, actor, consultationHref(id), "consultation.was_published", told)
}
