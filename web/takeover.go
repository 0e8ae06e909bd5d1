package web

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

type takeoverNewPage struct {
	templates.Layout
	File, Number, Name templates.Field
}

// takeoverHref is the address of a tracker's check with what follows it.
func takeoverHref(id int64, rest string) string { return "/documents/takeover/" + idText(id) + rest }

// newTakeover asks for an office's running tracker.
func (s *Server) newTakeover(c *gin.Context, actor tasks.Person) error {
	if !actor.Can(tasks.ActionDocumentManage) {
		return tasks.E(tasks.CodeForbidden, "error.forbidden")
	}
	return s.showNewTakeover(c, actor, http.StatusOK, s.words(actor).T("takeover.own_number", s.Rules.Day(s.Now())), "", fieldErrors{}, false)
}

func (s *Server) showNewTakeover(c *gin.Context, actor tasks.Person, status int, number, title string, fe fieldErrors, again bool) error {
	w := s.words(actor)
	p := takeoverNewPage{Layout: s.layout(c, actor, w.T("takeover_new.title"))}
	p.File = fe.on(templates.Field{
		Name: "files", Type: "file", Label: w.T("takeover_new.file"), Hint: w.T("takeover_new.file_hint"), Accept: ".xlsx,.docx,.doc,.odt,.pdf", Required: true,
	})
	if again {
		p.File.Error = strings.TrimSpace(p.File.Error + " " + w.T("document_new.choose_again", 1))
	}
	p.Number = fe.on(templates.Field{Name: "number", Label: w.T("takeover_new.number"), Hint: w.T("takeover_new.number_hint"), Value: number, MaxLength: 100})
	p.Name = fe.on(templates.Field{Name: "title", Label: w.T("takeover_new.name"), Value: title, MaxLength: tasks.MaxTitle})
	p.Problems = fe.problems(p.File, p.Number, p.Name)
	return s.render(c, status, "takeover_new", p)
}

// importTakeover reads a tracker. After a refusal what was typed stands again; the file has to be chosen anew.
func (s *Server) importTakeover(c *gin.Context, actor tasks.Person) error {
	if !actor.Can(tasks.ActionDocumentManage) {
		return tasks.E(tasks.CodeForbidden, "error.forbidden")
	}
	files, err := uploads(c, "files")
	if err != nil {
		return err
	}
	in := tasks.TrackerInput{Number: c.PostForm("number"), Title: c.PostForm("title")}
	if len(files) > 0 {
		in.File = files[0]
	}
	var t tasks.Takeover
	if len(files) > 1 {
		err = tasks.Invalid(tasks.FieldError{Field: "files", Key: "takeover.one_file"})
	} else {
		t, err = s.Documents.ImportTracker(c.Request.Context(), actor, in)
	}
	if err == nil {
		return s.redirect(c, actor, takeoverHref(t.ID, ""), "takeover_new.done", t.Name)
	}
	fe, refused := s.refusedImport(actor, err)
	if !refused {
		return err
	}
	note(c, err)
	return s.showNewTakeover(c, actor, statuses[tasks.CodeOf(err)], in.Number, in.Title, fe, len(files) > 0)
}
