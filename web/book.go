package web

import (
	"bytes"
	"encoding/base64"
	"net/http"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/directory"
	"tiendo/templates"
)

type bookPage struct {
	templates.Layout
	Lede   string
	File   templates.Field
	Errors []cellLine
	// Counts and what follows are of a workbook that may be loaded.
	Counts   []templates.Fact
	Carried  string // the workbook itself, base64; "" when it has to be chosen again
	Loadable bool
	Button   string
}

// cellLine is one mistake in a workbook.
type cellLine struct {
	Sheet, Column, Text string
	Row                 int // 0: the sheet as a whole
}

// maxCarried is the size up to which a workbook travels in the form from the preview to the loading.
const maxCarried = 2 << 20

// bookForm asks for a setup workbook.
func (s *Server) bookForm(c *gin.Context, actor tasks.Person) error {
	if err := writesDirectory(actor); err != nil {
		return err
	}
	w := s.words(actor)
	return s.showBook(c, actor, http.StatusOK, bookPage{Layout: s.layout(c, actor, w.T("book.title")), Lede: w.T("book.lede")}, fieldErrors{})
}

func writesDirectory(actor tasks.Person) error {
	if !actor.Can(tasks.ActionDirectoryWrite) {
		return tasks.E(tasks.CodeForbidden, "error.forbidden")
	}
	return nil
}

func (s *Server) showBook(c *gin.Context, actor tasks.Person, status int, p bookPage, fe fieldErrors) error {
	w := s.words(actor)
	p.File = fe.on(templates.Field{
		Name: "file", Type: "file", Label: w.T("book.file"), Hint: w.T("book.file_hint"), Required: true,
		Accept: ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	})
	p.Problems = fe.problems(p.File)
	p.Button = w.T("book.preview")
	if p.Loadable && p.Carried == "" {
		p.Button = w.T("book.load")
	}
	return s.render(c, status, "book", p)
}

// bookTemplate gives the empty workbook.
func (s *Server) bookTemplate(c *gin.Context, actor tasks.Person) error {
	if err := writesDirectory(actor); err != nil {
		return err
	}
	w := s.words(actor)
	words := directory.TemplateWords{Sheet: w.T("book.template.sheet")}
	for _, key := range []string{"whole", "agencies", "groups", "people", "dates", "again"} {
		words.Lines = append(words.Lines, w.T("book.template."+key))
	}
	var file bytes.Buffer
	if err := directory.WriteTemplate(&file, words); err != nil {
		return err
	}
	c.Header("Content-Disposition", attachmentHeader(w.T("book.template.name")))
	c.Data(http.StatusOK, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", file.Bytes())
	return nil
}

// typedBook is the workbook of the form: chosen, or carried along from the preview and then without a name. Without one it is a
// refused form.
func typedBook(c *gin.Context) (tasks.Upload, error) {
	files, err := uploads(c, "file")
	if err != nil {
		return tasks.Upload{}, err
	}
	if len(files) > 0 {
		return files[0], nil
	}
	if carried := c.PostForm("book"); carried != "" {
		if data, err := base64.StdEncoding.DecodeString(carried); err == nil {
			return tasks.Upload{Data: data}, nil
		}
	}
	return tasks.Upload{}, tasks.Invalid(tasks.FieldError{Field: "file", Key: "book.choose"})
}

// planBook says what loading the workbook would do, or what is wrong in it.
func (s *Server) planBook(c *gin.Context, actor tasks.Person) error {
	if err := writesDirectory(actor); err != nil {
		return err
	}
	book, err := typedBook(c)
	var plan tasks.BookPlan
	if err == nil {
		plan, err = s.Directory.PlanBook(c.Request.Context(), actor, book.Data)
	}
	if err != nil {
		return s.refusedBook(c, actor, book.Name, err)
	}
	return s.showPlan(c, actor, book.Data, plan)
}

// refusedBook shows the form again for a file that is no workbook or may not be loaded by this person; name is the file's.
func (s *Server) refusedBook(c *gin.Context, actor tasks.Person, name string, err error) error {
	fe, ok := s.invalid(actor, err)
	switch keyOf(err) {
	case "book.people_forbidden":
		fe, ok = fieldErrors{first: s.explain(actor, err)}, true
	case "upload.too_large":
		fe, ok = fieldErrors{first: s.words(actor).T("upload.too_large", name, tasks.MaxUpload>>20)}, true
	default:
		if fe.first != "" && name != "" {
			fe.first = s.words(actor).T("upload.unreadable", name) + " " + fe.first
		}
	}
	if !ok {
		return err
	}
	note(c, err)
	if fe.first != "" {
		fe = fieldErrors{byField: map[string]string{"file": fe.first}}
	}
	w := s.words(actor)
	return s.showBook(c, actor, http.StatusUnprocessableEntity, bookPage{Layout: s.layout(c, actor, w.T("book.title")), Lede: w.T("book.lede")}, fe)
}

// showPlan is the preview: the mistakes by cell, or what would be added and changed with the button that loads it.
func (s *Server) showPlan(c *gin.Context, actor tasks.Person, data []byte, plan tasks.BookPlan) error {
	w := s.words(actor)
	if len(plan.Errors) > 0 {
		p := bookPage{Layout: s.layout(c, actor, w.T("book.wrong_title", len(plan.Errors))), Lede: w.T("book.wrong_lede")}
		for _, e := range plan.Errors {
			p.Errors = append(p.Errors, cellLine{Sheet: e.Sheet, Row: e.Row, Column: columnWords(w, e.Column), Text: w.T(e.Key, args(e.Args)...)})
		}
		return s.showBook(c, actor, http.StatusUnprocessableEntity, p, fieldErrors{})
	}
	added, changed := plan.NewAgencies+plan.NewGroups+plan.NewPeople, plan.ChangedAgencies+plan.ChangedGroups+plan.ChangedPeople
	p := bookPage{Counts: planFacts(w, plan), Loadable: added+changed > 0}
	if !p.Loadable {
		p.Layout, p.Lede = s.layout(c, actor, w.T("book.nothing_title")), w.T("book.nothing_lede")
		return s.showBook(c, actor, http.StatusOK, p, fieldErrors{})
	}
	p.Layout, p.Lede = s.layout(c, actor, w.T("book.plan_title", added, changed)), w.T("book.plan_lede")
	if len(data) <= maxCarried {
		p.Carried = base64.StdEncoding.EncodeToString(data)
	} else {
		p.Lede = w.T("book.plan_lede_again")
	}
	return s.showBook(c, actor, http.StatusOK, p, fieldErrors{})
}

// columnWords is the heading of a column. What the services refuse goes by the name of a field of theirs.
func columnWords(w *templates.Words, column string) string {
	if key := "book.column." + column; w.Has(key) {
		return w.T(key)
	}
	return column
}

func planFacts(w *templates.Words, plan tasks.BookPlan) []templates.Fact {
	var facts []templates.Fact
	for _, f := range []struct {
		key            string
		added, changed int
	}{
		{"book.agencies", plan.NewAgencies, plan.ChangedAgencies}, {"book.groups", plan.NewGroups, plan.ChangedGroups},
		{"book.people", plan.NewPeople, plan.ChangedPeople},
	} {
		facts = append(facts, templates.Fact{Label: w.T(f.key), Text: w.T("book.new_changed", f.added, f.changed)})
	}
	return facts
}

// loadBook loads the workbook whole or not at all.
func (s *Server) loadBook(c *gin.Context, actor tasks.Person) error {
	if err := writesDirectory(actor); err != nil {
		return err
	}
	book, err := typedBook(c)
	var plan tasks.BookPlan
	if err == nil {
		plan, err = s.Directory.LoadBook(c.Request.Context(), actor, book.Data)
	}
	if err != nil {
		return s.refusedBook(c, actor, book.Name, err)
	}
	if len(plan.Errors) > 0 {
		return s.showPlan(c, actor, book.Data, plan)
	}
	return s.redirect(c, actor, "/directory", "book.loaded", plan.NewAgencies+plan.ChangedAgencies, plan.NewGroups+plan.ChangedGroups,
		plan.NewPeople+plan.ChangedPeople)
}
