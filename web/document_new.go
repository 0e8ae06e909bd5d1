package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

type documentNewPage struct {
	templates.Layout
	Files, Text templates.Field
	Head        []templates.Field
	PasteOpen   bool
	HeadOpen    bool
}

// headForm is the head of a document as it was typed.
type headForm struct {
	Kind, Number, Date, Issuer, Title, Year string
}

func headOf(h tasks.Head) headForm {
	f := headForm{Kind: string(h.Kind), Number: h.Number, Date: h.Date.String(), Issuer: h.Issuer, Title: h.Title}
	if h.Year != 0 {
		f.Year = strconv.Itoa(h.Year)
	}
	return f
}

func typedHead(c *gin.Context) headForm {
	return headForm{
		Kind: c.PostForm("kind"), Number: strings.TrimSpace(c.PostForm("number")), Date: strings.TrimSpace(c.PostForm("date")),
		Issuer: c.PostForm("issuer"), Title: c.PostForm("title"), Year: strings.TrimSpace(c.PostForm("year")),
	}
}

// head is what was typed; a day or year that is none comes back as a refused form.
func (f headForm) head() (tasks.Head, error) {
	h := tasks.Head{Kind: tasks.DocumentKind(f.Kind), Number: f.Number, Issuer: f.Issuer, Title: f.Title}
	var wrong []tasks.FieldError
	var ok bool
	if h.Date, ok = formDate(f.Date); !ok {
		wrong = append(wrong, tasks.FieldError{Field: "date", Key: "document_form.bad_date"})
	}
	if f.Year != "" {
		var err error
		if h.Year, err = strconv.Atoi(f.Year); err != nil || h.Year <= 0 {
			wrong = append(wrong, tasks.FieldError{Field: "year", Key: "field.bad_year"})
		}
	}
	if len(wrong) > 0 {
		return h, tasks.Invalid(wrong...)
	}
	return h, nil
}

func (f headForm) empty() bool { return f == headForm{} }

// fields are the controls of the head; blankKind, a key, is the first choice of the kind: none when empty.
func (f headForm) fields(w *templates.Words, fe fieldErrors, prefix, blankKind string) []templates.Field {
	kind := templates.Field{Name: "kind", Type: "select", Label: w.T("document_form.kind"), Value: f.Kind, Options: kindOptions(w), Required: blankKind == ""}
	if blankKind != "" {
		kind.Blank = w.T(blankKind)
	}
	fields := []templates.Field{
		kind,
		{Name: "number", Label: w.T("document_form.number"), Hint: w.T("document_form.number_hint"), Value: f.Number, MaxLength: 100, Narrow: true},
		dayControl(templates.Field{Name: "date", Label: w.T("document_form.date"), Narrow: true}, f.Date),
		{Name: "issuer", Label: w.T("document_form.issuer"), Value: f.Issuer, MaxLength: 300},
		{Name: "title", Type: "textarea", Rows: 2, Label: w.T("document_form.title"), Value: f.Title, MaxLength: tasks.MaxTitle},
		{Name: "year", Label: w.T("document_form.year"), Value: f.Year, InputMode: "numeric", MaxLength: 4, Narrow: true},
	}
	for i := range fields {
		fields[i].ID = prefix + fields[i].Name
		fields[i] = fe.on(fields[i])
	}
	return fields
}

// newDocument asks for files, text, or a head alone.
func (s *Server) newDocument(c *gin.Context, actor tasks.Person) error {
	if !actor.Can(tasks.ActionDocumentManage) {
		return tasks.E(tasks.CodeForbidden, "error.forbidden")
	}
	return s.showNewDocument(c, actor, http.StatusOK, headForm{}, "", 0, fieldErrors{})
}

func (s *Server) showNewDocument(c *gin.Context, actor tasks.Person, status int, h headForm, text string, lost int, fe fieldErrors) error {
	w := s.words(actor)
	p := documentNewPage{Layout: s.layout(c, actor, w.T("document_new.title"))}
	p.Files = fe.on(templates.Field{
		Name: "files", Type: "file", Label: w.T("document_new.files"), Hint: w.T("document_new.files_hint"), Accept: ".docx,.xlsx,.pdf,.doc,.odt,.rtf,.html,.htm,.txt", Multiple: true,
	})
	if lost > 0 {
		again := w.T("document_new.choose_again", lost)
		p.Files.Error = strings.TrimSpace(p.Files.Error + " " + again)
	}
	p.Text = fe.on(templates.Field{
		Name: "text", Type: "textarea", Rows: 10, Label: w.T("document_new.text"), Hint: w.T("document_new.text_hint"), Value: text,
	})
	p.Head = h.fields(w, fe, "f-", "document_new.kind_as_read")
	p.PasteOpen = text != "" || p.Text.Error != ""
	p.HeadOpen = !h.empty() || slices.ContainsFunc(p.Head, func(f templates.Field) bool { return f.Error != "" })
	p.Problems = fe.problems(append([]templates.Field{p.Files, p.Text}, p.Head...)...)
	return s.render(c, status, "document_new", p)
}

// importDocument reads what was handed in. After a refusal everything typed stands again; files have to be chosen anew, as a
// browser does not keep them.
func (s *Server) importDocument(c *gin.Context, actor tasks.Person) error {
	if !actor.Can(tasks.ActionDocumentManage) {
		return tasks.E(tasks.CodeForbidden, "error.forbidden")
	}
	files, err := uploads(c, "files")
	if err != nil {
		return err
	}
	typed, text := typedHead(c), c.PostForm("text")
	head, err := typed.head()
	if err == nil {
		var doc tasks.Document
		doc, err = s.Documents.Import(c.Request.Context(), actor, tasks.NewDocument{Files: files, Text: text, Head: head})
		if err == nil {
			return s.redirect(c, actor, documentHref(doc.ID, "/review"), "document_new.done", documentLabel(s.words(actor), doc.Kind, doc.Number))
		}
	}
	fe, refused := s.refusedImport(actor, err)
	if !refused {
		return err
	}
	note(c, err)
	return s.showNewDocument(c, actor, statuses[tasks.CodeOf(err)], typed, text, len(files), fe)
}

// refusedImport tells whether the person can mend what was wrong, and gives its words. A file's fault that names no field stands
// beside the files.
func (s *Server) refusedImport(actor tasks.Person, err error) (fieldErrors, bool) {
	if fe, ok := s.invalid(actor, err); ok {
		if fe.first != "" {
			fe.byField["files"], fe.first = fe.first, ""
		}
		return fe, true
	}
	switch tasks.CodeOf(err) {
	case tasks.CodeTooLarge, tasks.CodeConflict, tasks.CodeStorageFull, tasks.CodeUnavailable:
		return fieldErrors{byField: map[string]string{"files": s.explain(actor, err)}}, true
	}
	return fieldErrors{}, false
}
