package web

import (
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/directory"
	"tiendo/templates"
)

type directoryPage struct {
	templates.Layout
	Actions   []templates.Action
	Filters   templates.FilterForm
	Tables    []agencyTable
	Groups    []groupLine
	Aliases   []aliasLine
	NoGroups  bool // there are none at all
	ShowNames bool // groups and aliases too: no filter that is of agencies alone
	Writes    bool
	Learnt    bool // may see what reviewers taught
	Add       aliasFields
	Empty     *templates.Empty
	// ExportHref leads to the agencies as a workbook.
	ExportHref string
}

// agencyTable lists the agencies of one kind.
type agencyTable struct {
	Caption string
	Rows    []agencyEntry
}

type agencyEntry struct {
	Href, Name, Code, Short, Valid, Successor string
	Unreached                                 bool
	Returned                                  bool // mails to its own address come back
}

type groupLine struct {
	Href, Name, Code, Members string
}

type aliasLine struct {
	Remove, Name, Of, Question string
}

// aliasFields ask for another name of an agency or group.
type aliasFields struct {
	Name templates.Field
	Of   templates.Pick
	Open bool
}

// directoryFilter narrows the page.
type directoryFilter struct {
	words string
	kind  directory.Kind
	show  string // showActive, showUnreached, showAll
}

const (
	showActive    = ""
	showUnreached = "unreached"
	showAll       = "all"
)

// directory shows agencies, groups and other names.
func (s *Server) directory(c *gin.Context, actor tasks.Person) error {
	return s.showDirectory(c, actor, http.StatusOK, "", partyPick{}, fieldErrors{})
}

// showDirectory renders the page; name and of are what was typed to add another name.
func (s *Server) showDirectory(c *gin.Context, actor tasks.Person, status int, name string, of partyPick, fe fieldErrors) error {
	view, err := s.directoryView(c, actor)
	if err != nil {
		return err
	}
	w, e, filter := view.words, view.entries, view.filter
	p := directoryPage{Layout: s.layout(c, actor, view.headline()), Filters: view.filters(), Tables: view.tables(), Writes: actor.Can(tasks.ActionDirectoryWrite), Learnt: actor.Can(tasks.ActionDocumentManage)}
	if p.ShowNames = filter.kind == "" && filter.show == showActive; p.ShowNames {
		p.Groups, p.Aliases, p.NoGroups = view.groups(), view.aliases(), len(e.Groups) == 0
	}
	if p.Writes {
		p.Actions = []templates.Action{
			{Href: "/directory/agencies/new", Label: w.T("directory.add_agency"), Quiet: len(e.Agencies) == 0},
			{Href: "/directory/groups/new", Label: w.T("directory.add_group"), Quiet: true},
			{Href: "/directory/book", Label: w.T("directory.load_book"), Quiet: len(e.Agencies) > 0},
		}
		if actor.Can(tasks.ActionAgencyChange) && len(e.Agencies) > 0 {
			p.Actions = append(p.Actions, templates.Action{Href: changesPath, Label: w.T("agency_change.link"), Quiet: true})
		}
		if actor.Can(tasks.ActionWorkingDays) {
			p.Actions = append(p.Actions, templates.Action{Href: daysPath, Label: w.T("working_days.link"), Quiet: true})
		}
		p.Add = aliasFields{
			Name: fe.on(templates.Field{Name: "name", Label: w.T("directory.alias_name"), Value: name, Required: true, MaxLength: 200}),
			Of:   of.field(view.book, fe, "party", "directory.alias_of", true),
			Open: status != http.StatusOK,
		}
		p.Add.Of.Required, p.Add.Of.Single = true, true
		p.Problems = append(fe.problems(p.Add.Name), p.Add.Of.Problem()...)
	}
	if len(p.Tables) > 0 {
		p.ExportHref = exportOf(c)
	}
	if len(p.Tables) == 0 && len(p.Groups) == 0 && len(p.Aliases) == 0 {
		p.Empty = view.empty()
	}
	return s.render(c, status, "directory", p)
}

// directoryView is the directory, narrowed as the address asks.
func (s *Server) directoryView(c *gin.Context, actor tasks.Person) (directoryView, error) {
	ctx, w := c.Request.Context(), s.words(actor)
	e, err := s.Directory.All(ctx, actor)
	if err != nil {
		return directoryView{}, err
	}
	reachable, err := s.Directory.Reachable(ctx, actor)
	if err != nil {
		return directoryView{}, err
	}
	var returned map[int64]time.Time
	if actor.Can(tasks.ActionOutboxRead) {
		if returned, err = s.Bounces.Mailboxes(ctx, actor); err != nil {
			return directoryView{}, err
		}
	}
	filter := directoryFilter{
		words: strings.TrimSpace(c.Query("q")), kind: known(directory.Kinds(), c.Query("kind")), show: known([]string{showUnreached, showAll}, c.Query("show")),
	}
	return directoryView{words: w, book: s.bookOf(w, e), entries: e, reachable: reachable, returned: returned, today: s.Rules.Day(s.Now()).String(), filter: filter}, nil
}

// addAlias keeps another name of an agency or group.
func (s *Server) addAlias(c *gin.Context, actor tasks.Person) error {
	ctx := c.Request.Context()
	e, err := s.Directory.All(ctx, actor)
	if err != nil {
		return err
	}
	name, of := c.PostForm("name"), typedPick(c, s.bookOf(s.words(actor), e), "party", true)
	alias := tasks.Alias{Name: name}
	if len(of.values) == 1 {
		alias.AgencyID, alias.GroupID = parseParty(of.values[0])
	}
	if wrong := of.wrong("party"); wrong != nil {
		err = tasks.Invalid(wrong...)
	} else {
		err = s.Directory.AddAlias(ctx, actor, alias)
	}
	if fe, ok := s.invalid(actor, err); ok {
		return s.showDirectory(c, actor, http.StatusUnprocessableEntity, name, of, fe)
	}
	if err != nil {
		return err
	}
	return s.redirect(c, actor, "/directory#names", "directory.alias_added", name)
}

// removeAlias forgets another name.
func (s *Server) removeAlias(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	if err := s.Directory.RemoveAlias(c.Request.Context(), actor, id); err != nil {
		return err
	}
	return s.redirect(c, actor, "/directory#names", "directory.alias_removed")
}
