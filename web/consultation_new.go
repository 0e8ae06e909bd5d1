package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

type consultationNewPage struct {
	templates.Layout
	ReviewHref, Document string
	Action               string
	Version              int64
	Headline, Lede       string
	Fields               []templates.Field
	Agencies             templates.Pick
	Note                 templates.Field
	Stored               string // what another did meanwhile
}

// consultationTyped is the form as it was typed.
type consultationTyped struct {
	title, due, note string
	agencies         partyPick
	files            []int64
}

// consultationForm asks what agencies are to be asked, about a draft document.
func (s *Server) consultationForm(c *gin.Context, actor tasks.Person) error {
	return s.ofDraft(c, actor, func(r tasks.Review) error { return s.proposeConsultation(c, actor, r) })
}

// proposeConsultation shows the form with the agencies that the draft names.
func (s *Server) proposeConsultation(c *gin.Context, actor tasks.Person, r tasks.Review) error {
	if i := slices.IndexFunc(r.Consultations, tasks.Consultation.Open); i >= 0 {
		return s.redirect(c, actor, consultationHref(r.Consultations[i].ID), "")
	}
	w := s.words(actor)
	in := consultationTyped{title: w.T("consultation_form.default_title", documentLabel(w, r.Document.Kind, r.Document.Number))}
	if r.Document.Title != "" {
		in.title = w.T("consultation_form.default_titled", documentLabel(w, r.Document.Kind, r.Document.Number), r.Document.Title)
	}
	var agencies []int64
	for _, d := range r.Drafts {
		for _, a := range slices.Concat(d.LeadAgencies(), d.CooperatingAgencies()) {
			if !slices.Contains(agencies, a) {
				agencies = append(agencies, a)
			}
		}
	}
	in.agencies = pickOf(agencies...)
	for _, f := range r.Files {
		in.files = append(in.files, f.Attachment.ID)
	}
	return s.showConsultationForm(c, actor, http.StatusOK, r, in, fieldErrors{}, r.Document.Version)
}

func (s *Server) showConsultationForm(c *gin.Context, actor tasks.Person, status int, r tasks.Review, in consultationTyped, fe fieldErrors, version int64) error {
	w := s.words(actor)
	book := s.reviewBook(w, r)
	base := documentHref(r.Document.ID)
	p := consultationNewPage{
		ReviewHref: base + "/review", Document: documentLabel(w, r.Document.Kind, r.Document.Number), Action: base + "/consultation", Version: version,
		Headline: w.T("consultation_form.headline", len(r.Drafts)), Lede: w.T("consultation_form.lede"),
	}
	p.Fields = []templates.Field{
		fe.on(templates.Field{Name: "title", Type: "textarea", Rows: 2, Label: w.T("consultation_form.title"), Value: in.title, Required: true, MaxLength: tasks.MaxConsultationTitle}),
		fe.on(dayField(w, "due", "consultation_form.due", "consultation_form.due_hint", in.due)),
	}
	p.Fields[1].Required = true
	if len(r.Files) > 0 {
		files := templates.Field{Name: "files", Type: "checkboxes", Label: w.T("consultation_form.files"), Hint: w.T("consultation_form.files_hint")}
		for _, f := range r.Files {
			files.Options = append(files.Options, templates.Option{Value: idText(f.Attachment.ID), Label: f.Attachment.Name})
		}
		for _, id := range in.files {
			files.Values = append(files.Values, idText(id))
		}
		p.Fields = append(p.Fields, fe.on(files))
	}
	p.Agencies = in.agencies.field(book, fe, "agencies", "consultation_form.agencies", true)
	p.Agencies.Hint, p.Agencies.Required = w.T("consultation_form.agencies_hint"), true
	p.Note = fe.on(templates.Field{
		Name: "note", Type: "textarea", Label: w.T("consultation_form.note"), Hint: w.T("consultation_form.note_hint"), Value: in.note, MaxLength: tasks.MaxConsultationNote,
	})
	p.Layout = s.layout(c, actor, p.Headline)
	p.Problems = append(fe.problems(p.Fields...), templates.Problems(p.Agencies, p.Note)...)
	return s.render(c, status, "consultation_new", p)
}

// openConsultation asks the agencies. Of a group those are asked that are its members today.
func (s *Server) openConsultation(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	r, err := s.Documents.Review(ctx, actor, id)
	if err != nil {
		return err
	}
	w := s.words(actor)
	book := s.reviewBook(w, r)
	in := consultationTyped{
		title: c.PostForm("title"), due: strings.TrimSpace(c.PostForm("due")), note: c.PostForm("note"),
		agencies: typedPick(c, book, "agencies", true), files: formIDs(c.PostFormArray("files")),
	}
	due, ok := formDate(in.due)
	wrong := in.agencies.wrong("agencies")
	if !ok {
		wrong = append(wrong, tasks.FieldError{Field: "due", Key: "document_form.bad_date"})
	}
	version := formID(c.PostForm("version"))
	var opened int64
	if len(wrong) > 0 {
		err = tasks.Invalid(wrong...)
	} else {
		opened, err = s.Documents.OpenConsultation(ctx, actor, id, tasks.ConsultationInput{
			Title: in.title, Due: due, Note: in.note, Agencies: book.asked(in.agencies), Files: in.files, Version: version,
		})
	}
	if err == nil {
		return s.redirect(c, actor, consultationHref(opened), "consultation_form.done")
	}
	note(c, err)
	if fe, ok := s.invalid(actor, err); ok {
		return s.showConsultationForm(c, actor, http.StatusUnprocessableEntity, r, in, fe, version)
	}
	if tasks.CodeOf(err) != tasks.CodeConflict {
		return err
	}
	fe := fieldErrors{first: w.T("consultation_form.changed", len(r.Drafts))}
	if keyOf(err) != tasks.ErrConflict.Key {
		fe.first = s.explain(actor, err)
	}
	return s.showConsultationForm(c, actor, http.StatusConflict, r, in, fe, r.Document.Version)
}

// asked are the agencies of a pick, those of its groups that are members on the day among them.
func (b nameBook) asked(p partyPick) []int64 {
	var out []int64
	for _, v := range p.values {
		for _, id := range b.whole(parseParty(v)).Agencies() {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}
