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

type peoplePage struct {
	templates.Layout
	Add     *templates.Action
	Filters templates.FilterForm
	Rows    []personLine
	Empty   templates.Empty
	Pager   templates.Pager
}

type personLine struct {
	Href, Name, Email, Position string
	Roles                       []string
	Disabled, Unreachable       bool
}

// The values of the filter that shows disabled accounts too, and only those whose mails come back.
const (
	withDisabled     = "all"
	unreachableAlone = "unreachable"
)

// peopleList shows the people, by name.
func (s *Server) peopleList(c *gin.Context, actor tasks.Person) error {
	ctx, w := c.Request.Context(), s.words(actor)
	q := personQuery(c)
	page, err := s.Accounts.People(ctx, actor, q)
	if err != nil {
		return err
	}
	e, err := s.Directory.All(ctx, actor)
	if err != nil {
		return err
	}
	agencies := s.bookOf(w, e).agencies
	p := peoplePage{Filters: peopleFilters(w, q, e.Agencies)}
	for _, row := range page.Rows {
		p.Rows = append(p.Rows, personLine{
			Href: personHref(row.ID), Name: row.Name, Email: row.Email, Position: row.Position, Roles: grantWords(w, agencies, row.Grants), Disabled: !row.Active,
			Unreachable: row.Active && !row.Unreachable.IsZero(),
		})
	}
	p.Layout = s.layout(c, actor, peopleHeadline(w, page.Total, p.Filters.Active))
	if actor.Can(tasks.ActionPeopleManage) {
		p.Add = &templates.Action{Href: "/people/new", Label: w.T("person.add")}
	}
	p.Empty = templates.Empty{Text: w.T("person.empty"), Hint: w.T("person.empty_hint")}
	if p.Filters.Active {
		p.Empty = templates.Empty{Text: w.T("person.none_fit"), Hint: w.T("person.none_fit_hint")}
	}
	p.Pager = pagerOf(c, page.Next)
	p.Pager.ExportHref = exportOf(c)
	return s.render(c, http.StatusOK, "people", p)
}

// personQuery is the list that the address asks for.
func personQuery(c *gin.Context) tasks.PersonQuery {
	return tasks.PersonQuery{
		Words: strings.TrimSpace(c.Query("q")), Role: known(tasks.Roles, c.Query("role")), AgencyID: formID(c.Query("agency")),
		Inactive: c.Query("show") == withDisabled, Unreachable: c.Query("show") == unreachableAlone, After: c.Query("after"),
	}
}

func personHref(id int64) string { return "/people/" + strconv.FormatInt(id, 10) }

func peopleHeadline(w *templates.Words, total int, filtered bool) string {
	key := "person.headline"
	if filtered {
		key = "person.headline_fit"
	}
	if total > tasks.CountCap {
		return w.T(key+"_more", tasks.CountCap)
	}
	return w.T(key, total)
}

func peopleFilters(w *templates.Words, q tasks.PersonQuery, agencies []tasks.Agency) templates.FilterForm {
	f := templates.FilterForm{Action: "/people", ClearHref: "/people"}
	f.Active = q.Words != "" || q.Role != "" || q.AgencyID != 0 || q.Inactive || q.Unreachable
	role := templates.Field{Name: "role", Type: "select", Label: w.T("person.role"), Blank: w.T("directory.any"), Value: string(q.Role)}
	for _, r := range tasks.Roles {
		role.Options = append(role.Options, templates.Option{Value: string(r), Label: w.T("role." + string(r))})
	}
	agency := templates.Field{Name: "agency", Type: "select", Label: w.T("person.agency"), Blank: w.T("directory.any"), Value: strconv.FormatInt(q.AgencyID, 10)}
	agency.Options = agencyChoices(agencies)
	show := templates.Field{
		Name: "show", Type: "select", Label: w.T("directory.show"), Blank: w.T("person.show_active"),
		Options: []templates.Option{{Value: withDisabled, Label: w.T("person.show_all")}, {Value: unreachableAlone, Label: w.T("unreachable.show")}},
	}
	if q.Inactive {
		show.Value = withDisabled
	}
	if q.Unreachable {
		show.Value = unreachableAlone
	}
	f.Fields = []templates.Field{{Name: "q", Type: "search", Label: w.T("person.words"), Value: q.Words, MaxLength: 200}, role, agency, show}
	return f
}

// pagerOf links to the next page and back to the first one of the list that was asked for, its filters kept.
func pagerOf(c *gin.Context, next string) templates.Pager {
	var p templates.Pager
	if c.Query("after") != "" {
		p.PrevHref = pageHref(c, "")
	}
	if next != "" {
		p.NextHref = pageHref(c, next)
	}
	return p
}

// pageHref is the list that was asked for, its filters kept, from the cursor on.
func pageHref(c *gin.Context, after string) string {
	q := url.Values{}
	for name, values := range c.Request.URL.Query() {
		if name != "after" && len(values) > 0 && values[0] != "" {
			q.Set(name, values[0])
		}
	}
	if after != "" {
		q.Set("after", after)
	}
	if len(q) == 0 {
		return c.Request.URL.Path
	}
	return c.Request.URL.Path + "?" + q.Encode()
}
