package web

import (
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// layout is what every page has besides its own content.
func (s *Server) layout(c *gin.Context, actor tasks.Person, title string) templates.Layout {
	l := templates.Layout{Title: title, Province: s.Province, Demo: s.demoBar(actor)}
	if actor.ID != 0 {
		l.PersonName, l.AccountHref, l.SignOutAction = actor.Name, "/account", "/logout"
		l.PersonPlace = actor.Position
		l.Standing = s.standing(actor)
		l.Nav = s.nav(actor, c.Request.URL.Path)
		l.Printed = s.words(actor).T("export.printed", s.Now().In(s.Rules.Location), actor.Name)
		l.Alert = s.stalledMails(c, actor)
	} else {
		l.Languages = s.languageLinks(c.Request.URL, s.words(actor).Lang())
	}
	l.Flash, l.Meanwhile = s.takeFlash(c, actor), s.meanwhile(c, actor)
	return l
}

// navigation lists what each may open; the policy decides who sees which.
var navigation = []struct {
	href, key string
	shown     func(tasks.Person) bool
}{
	{"/inbox", "nav.inbox", can(tasks.ActionDecide)},
	{"/week", "nav.week", can(tasks.ActionWeekRead)},
	{"/mine", "nav.mine", hasAgency},
	{"/documents", "nav.documents", readsDocuments},
	{"/assignments", "nav.assignments", can(tasks.ActionAssignmentList)},
	{"/register", "nav.register", readsRegister},
	{"/directory", "nav.directory", can(tasks.ActionDirectoryRead)},
	{"/people", "nav.people", can(tasks.ActionDirectoryRead)},
	{"/outbox", "nav.outbox", can(tasks.ActionOutboxRead)},
	{auditPath, "nav.audit", can(tasks.ActionAuditRead)},
	{"/health", "nav.health", can(tasks.ActionHealthRead)},
}

// under are the pages that belong to an entry of the navigation although their addresses do not begin with its own.
var under = map[string][]string{
	"/week": {"/month"}, "/register": {lettersPath}, "/directory": {daysPath}, "/outbox": {remindersPath},
}

// within tells whether the path is the page's, or below it.
func within(path, page string) bool { return path == page || strings.HasPrefix(path, page+"/") }

func can(a tasks.Action) func(tasks.Person) bool {
	return func(p tasks.Person) bool { return p.Can(a) }
}

func hasAgency(p tasks.Person) bool { return len(p.AgencyIDs(tasks.RoleFocal, tasks.RoleHead)) > 0 }

func readsRegister(p tasks.Person) bool { return p.Can(tasks.ActionRegisterRead) || hasAgency(p) }

func readsDocuments(p tasks.Person) bool { return p.Can(tasks.ActionDocumentRead) || hasAgency(p) }

func (s *Server) nav(actor tasks.Person, path string) []templates.NavItem {
	w := s.words(actor)
	var items []templates.NavItem
	for _, n := range navigation {
		if n.shown(actor) {
			current := within(path, n.href) || slices.ContainsFunc(under[n.href], func(page string) bool { return within(path, page) })
			items = append(items, templates.NavItem{Href: n.href, Label: w.T(n.key), Current: current})
		}
	}
	return items
}

// demoBar shows the demo's clock with the moves that it offers.
func (s *Server) demoBar(actor tasks.Person) *templates.DemoBar {
	if s.Demo == nil {
		return nil
	}
	w, now := s.words(actor), s.Now().In(s.Rules.Location)
	today := s.Rules.Day(now)
	const morning = 7 * time.Hour
	next := func(key string, to time.Time) templates.DemoMove {
		return templates.DemoMove{Value: to.Format(time.RFC3339), Label: w.T(key)}
	}
	return &templates.DemoBar{
		Now: now, ClockAction: "/demo/clock", ReleaseAction: "/demo/release", MailHref: s.Demo.MailURL(),
		Moves: []templates.DemoMove{
			next("demo.next_hour", now.Add(time.Hour)),
			next("demo.next_day", today.AddDays(1).Start(s.Rules.Location).Add(morning)),
			next("demo.next_monday", today.Monday().AddDays(7).Start(s.Rules.Location).Add(morning)),
		},
	}
}
