package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

const savedViewsPath = "/assignments/views"

// savedViews are the saved views beside the list of assignments.
type savedViews struct {
	Links []templates.NavItem
	Save  *saveView // of filters that no view has
}

// saveView is the form that keeps filters under a name.
type saveView struct {
	Action, Query string
	Fields        []templates.Field
	Open          bool
}

func savedViewHref(id int64, rest ...string) string {
	return savedViewsPath + "/" + strconv.FormatInt(id, 10) + strings.Join(rest, "")
}

// viewQuery is what a view keeps of an address of the list.
func viewQuery(href string) string {
	_, query, _ := strings.Cut(href, "?")
	return query
}

// viewHref is the list with a view's filters. Even those of a bare list are named: the bare address is for the usual view.
func viewHref(query string) string {
	if query == "" {
		query = "state=" + stateOpen
	}
	return "/assignments?" + query
}

// openUsualView leads who chose a view to it when he asks for the bare list; done tells that he was led on.
func (s *Server) openUsualView(c *gin.Context, actor tasks.Person) (done bool, err error) {
	if c.Request.URL.RawQuery != "" {
		return false, nil
	}
	v, ok, err := s.Assignments.UsualView(c.Request.Context(), actor)
	if err != nil || !ok {
		return false, err
	}
	c.Redirect(http.StatusSeeOther, viewHref(v.Query))
	return true, nil
}

// addSavedViews puts the saved views on the page of the list.
func (s *Server) addSavedViews(c *gin.Context, actor tasks.Person, w *templates.Words, f assignmentFilter, p *assignmentListPage) error {
	lines, err := s.Assignments.SavedViews(c.Request.Context(), actor)
	if err != nil {
		return err
	}
	here := viewQuery(f.href(""))
	saved, known := savedViews{}, false
	for _, line := range lines {
		label := line.Name
		if line.PersonID != actor.ID {
			label = w.T("saved_view.of", line.Name, line.Owner.Name)
		}
		saved.Links = append(saved.Links, templates.NavItem{Href: viewHref(line.Query), Label: label, Current: line.Query == here})
		known = known || line.Query == here
		if line.Usual {
			p.nameBareLists()
		}
	}
	if here != "" && !known {
		saved.Save = newSaveView(w, actor, here, tasks.SavedViewInput{}, fieldErrors{})
	}
	if len(saved.Links) > 0 || saved.Save != nil {
		p.Saved = &saved
	}
	return nil
}

// nameBareLists makes links to the list without filters name the usual filter: the bare address leads to the usual view.
func (p *assignmentListPage) nameBareLists() {
	for _, href := range []*string{&p.Filters.ClearHref, &p.Pager.PrevHref} {
		if *href == "/assignments" {
			*href = viewHref("")
		}
	}
	for _, items := range [][]templates.NavItem{p.Views, p.Groupings, p.Mine} {
		for i := range items {
			if items[i].Href == "/assignments" {
				items[i].Href = viewHref("")
			}
		}
	}
}

func newSaveView(w *templates.Words, actor tasks.Person, query string, typed tasks.SavedViewInput, fe fieldErrors) *saveView {
	return &saveView{Action: savedViewsPath, Query: query, Fields: viewFields(w, actor, "", typed, fe), Open: len(fe.byField) > 0}
}

// viewFields ask for a view's name, and whether it is shared; id tells the controls of several forms apart.
func viewFields(w *templates.Words, actor tasks.Person, id string, typed tasks.SavedViewInput, fe fieldErrors) []templates.Field {
	fields := []templates.Field{fe.on(templates.Field{
		ID: "view-name" + id, Name: "name", Label: w.T("saved_view.name"), Value: typed.Name, Required: true, MaxLength: tasks.MaxViewName, Autocomplete: "off",
	})}
	if actor.Can(tasks.ActionViewShare) {
		shared := templates.Field{ID: "view-shared" + id, Name: "shared", Type: "checkbox", Label: w.T("saved_view.share")}
		if typed.Shared {
			shared.Value = shared.SentValue()
		}
		fields = append(fields, shared)
	}
	return fields
}

func typedView(c *gin.Context) tasks.SavedViewInput {
	return tasks.SavedViewInput{Name: c.PostForm("name"), Shared: c.PostForm("shared") != ""}
}

// savedViewsPage lists the views that a person may open, with what he may do to each.
type savedViewsPage struct {
	templates.Layout
	Rows  []savedViewRow
	Save  *saveView // one that was refused
	Empty templates.Empty
}

type savedViewRow struct {
	Href, Name, Who string
	Usual           bool
	UsualAction     string
	UsualLabel      string // what the button says to a screen reader
	Change, Delete  *templates.ConfirmForm
}

// viewTry is a form that was refused: of the view, or with 0 of a new one.
type viewTry struct {
	id    int64
	typed tasks.SavedViewInput
	err   error
}

func (s *Server) savedViewList(c *gin.Context, actor tasks.Person) error {
	return s.showSavedViews(c, actor, http.StatusOK, viewTry{})
}

func (s *Server) showSavedViews(c *gin.Context, actor tasks.Person, status int, try viewTry) error {
	lines, err := s.Assignments.SavedViews(c.Request.Context(), actor)
	if err != nil {
		return err
	}
	w := s.words(actor)
	refused, _ := s.invalid(actor, try.err)
	p := savedViewsPage{Layout: s.layout(c, actor, w.T("saved_view.title"))}
	if try.err != nil && try.id == 0 {
		p.Save = newSaveView(w, actor, try.typed.Query, try.typed, refused)
		p.Save.Open = true
		p.Problems = refused.problems(p.Save.Fields...)
	}
	for _, line := range lines {
		row := savedViewRow{
			Href: viewHref(line.Query), Name: line.Name, Usual: line.Usual, UsualAction: savedViewHref(line.ID, "/usual"),
			UsualLabel: w.T("saved_view.usual_of", line.Name),
		}
		if line.Usual {
			row.UsualLabel = w.T("saved_view.unusual_of", line.Name)
		}
		switch {
		case line.PersonID != actor.ID:
			row.Who = w.T("saved_view.shared_by", line.Owner.Name)
		case line.Shared:
			row.Who = w.T("saved_view.shared")
		}
		if line.MayEdit {
			typed, fe := tasks.SavedViewInput{Name: line.Name, Shared: line.Shared}, fieldErrors{}
			if try.id == line.ID {
				typed, fe = try.typed, refused
			}
			row.Change = &templates.ConfirmForm{
				Summary: w.T("saved_view.change"), Action: savedViewHref(line.ID), Button: w.T("form.save"), Fields: viewFields(w, actor, "-"+idText(line.ID), typed, fe),
				Open: try.id == line.ID,
			}
			if try.id == line.ID {
				p.Problems = append(p.Problems, fe.problems(row.Change.Fields...)...)
			}
			row.Delete = &templates.ConfirmForm{
				Summary: w.T("saved_view.delete"), Text: w.T("saved_view.delete_text", line.Name), Action: savedViewHref(line.ID, "/delete"), Button: w.T("saved_view.delete_button"),
			}
		}
		p.Rows = append(p.Rows, row)
	}
	p.Empty = templates.Empty{
		Text: w.T("saved_view.none"), Hint: w.T("saved_view.none_hint"), Action: &templates.Action{Href: "/assignments", Label: w.T("saved_view.to_list"), Quiet: true},
	}
	return s.render(c, status, "saved_views", p)
}

// saveView keeps the filters of an address of the list under a name. What the list does not know of the address is dropped.
func (s *Server) saveView(c *gin.Context, actor tasks.Person) error {
	typed := typedView(c)
	query, err := url.ParseQuery(c.PostForm("query"))
	if err != nil {
		query = nil
	}
	typed.Query = viewQuery(readAssignmentFilter(query.Get).href(""))
	v, err := s.Assignments.SaveView(c.Request.Context(), actor, typed)
	if err != nil {
		return s.viewRefused(c, actor, viewTry{typed: typed, err: err})
	}
	return s.redirect(c, actor, viewHref(v.Query), "saved_view.saved", v.Name)
}

// viewRefused answers a refused form with the page of views.
func (s *Server) viewRefused(c *gin.Context, actor tasks.Person, try viewTry) error {
	if tasks.CodeOf(try.err) != tasks.CodeInvalid {
		return try.err
	}
	note(c, try.err)
	return s.showSavedViews(c, actor, http.StatusUnprocessableEntity, try)
}

func (s *Server) changeView(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "view")
	if err != nil {
		return err
	}
	typed := typedView(c)
	if err := s.Assignments.ChangeView(c.Request.Context(), actor, id, typed); err != nil {
		return s.viewRefused(c, actor, viewTry{id: id, typed: typed, err: err})
	}
	return s.redirect(c, actor, savedViewsPath, "saved_view.changed")
}

func (s *Server) deleteView(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "view")
	if err != nil {
		return err
	}
	if err := s.Assignments.DeleteView(c.Request.Context(), actor, id); err != nil {
		return err
	}
	return s.redirect(c, actor, savedViewsPath, "saved_view.deleted")
}

// setUsualView lets the list open with the view, or no longer.
func (s *Server) setUsualView(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "view")
	if err != nil {
		return err
	}
	usual := c.PostForm("usual") != ""
	if err := s.Assignments.SetUsualView(c.Request.Context(), actor, id, usual); err != nil {
		return err
	}
	if usual {
		return s.redirect(c, actor, savedViewsPath, "saved_view.usual_set")
	}
	return s.redirect(c, actor, savedViewsPath, "saved_view.usual_ended")
}
