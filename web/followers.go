package web

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

type followersPage struct {
	templates.Layout
	Crumbs         []templates.Action
	Headline, Lede string
	Action         string
	Version        int64
	Fields         []templates.Field
}

// followersTried is the form as it was refused.
type followersTried struct {
	err error
	in  tasks.Followers
}

func typedFollowers(c *gin.Context) tasks.Followers {
	return tasks.Followers{Specialist: formID(c.PostForm("specialist")), Leader: formID(c.PostForm("leader"))}
}

// documentFollowers is the form on which followers of a document are named.
func (s *Server) documentFollowers(c *gin.Context, actor tasks.Person) error {
	return s.showDocumentFollowers(c, actor, http.StatusOK, followersTried{})
}

func (s *Server) showDocumentFollowers(c *gin.Context, actor tasks.Person, status int, try followersTried) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	v, err := s.Documents.Followers(c.Request.Context(), actor, id)
	if err != nil {
		return err
	}
	w, d := s.words(actor), v.Document
	label := documentLabel(w, d.Kind, d.Number)
	p := followersPage{
		Crumbs:   []templates.Action{{Href: documentHref(d.ID), Label: label}, {Label: w.T("follower.title")}},
		Headline: w.T("follower.headline_document", label), Lede: w.T("follower.lede_document"),
		Action: documentHref(d.ID, "/followers"), Version: d.Version,
	}
	return s.showFollowers(c, actor, status, p, v, d.Followers, tasks.Followers{}, try)
}

// setDocumentFollowers keeps what was chosen there.
func (s *Server) setDocumentFollowers(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	in := typedFollowers(c)
	err = s.Documents.SetFollowers(c.Request.Context(), actor, id, formID(c.PostForm("version")), in)
	if status, ok := refusedStatus(err); ok {
		note(c, err)
		return s.showDocumentFollowers(c, actor, status, followersTried{err, in})
	}
	if err != nil {
		return err
	}
	return s.redirect(c, actor, documentHref(id), "follower.saved")
}

// assignmentFollowers is the form on which followers of one assignment are named.
func (s *Server) assignmentFollowers(c *gin.Context, actor tasks.Person) error {
	return s.showAssignmentFollowers(c, actor, http.StatusOK, followersTried{})
}

func (s *Server) showAssignmentFollowers(c *gin.Context, actor tasks.Person, status int, try followersTried) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	v, err := s.Assignments.Followers(c.Request.Context(), actor, id)
	if err != nil {
		return err
	}
	w, d := s.words(actor), v.Document
	p := followersPage{
		Crumbs: []templates.Action{
			{Href: documentHref(d.ID), Label: documentLabel(w, d.Kind, d.Number)}, {Href: assignmentHref(id), Label: w.T("deadline.duty")},
			{Label: w.T("follower.title")},
		},
		Headline: w.T("follower.headline_assignment"), Lede: dutyTitle(v.Task.Text),
		Action: assignmentHref(id) + "/followers", Version: v.Assignment.Version,
	}
	return s.showFollowers(c, actor, status, p, v, v.Assignment.Named, d.Followers, try)
}

// nameFollowers keeps what was chosen there.
func (s *Server) nameFollowers(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	in := typedFollowers(c)
	err = s.Assignments.NameFollowers(c.Request.Context(), actor, id, formID(c.PostForm("version")), in)
	if status, ok := refusedStatus(err); ok {
		note(c, err)
		return s.showAssignmentFollowers(c, actor, status, followersTried{err, in})
	}
	if err != nil {
		return err
	}
	return s.redirect(c, actor, assignmentHref(id), "follower.saved")
}

// refusedStatus is that of a form that comes back with what was typed.
func refusedStatus(err error) (int, bool) {
	switch tasks.CodeOf(err) {
	case tasks.CodeInvalid:
		return http.StatusUnprocessableEntity, err != nil
	case tasks.CodeConflict:
		return http.StatusConflict, true
	}
	return 0, false
}

// showFollowers shows the form. fallback is who follows where nobody is named.
func (s *Server) showFollowers(c *gin.Context, actor tasks.Person, status int, p followersPage, v tasks.FollowersView, now, fallback tasks.Followers, try followersTried) error {
	w := s.words(actor)
	shown := now
	if try.err != nil {
		shown = try.in
	}
	fe, _ := s.invalid(actor, try.err)
	field := func(name string, chosen, current, other int64, choices []tasks.Person) templates.Field {
		f := templates.Field{
			Name: name, Type: "select", Label: w.T("follower." + name), Value: idText(chosen), Blank: w.T("follower.nobody"), Options: personOptions(choices),
		}
		if p, ok := v.People[other]; ok {
			f.Blank = w.T("follower.of_document", p.Name)
		}
		// Who stands there and may no longer be named is kept until somebody chooses another.
		if p, ok := v.People[current]; ok && !slices.ContainsFunc(choices, func(c tasks.Person) bool { return c.ID == p.ID }) {
			f.Options = append(f.Options, templates.Option{Value: idText(p.ID), Label: w.T("follower.no_longer", p.Name)})
		}
		if try.err != nil && tasks.CodeOf(try.err) == tasks.CodeConflict {
			text := f.Blank
			if p, ok := v.People[current]; ok {
				text = p.Name
			}
			f.Hint = w.T("follower.now", text)
		}
		return fe.on(f)
	}
	p.Fields = []templates.Field{
		field("specialist", shown.Specialist, now.Specialist, fallback.Specialist, v.Choices.Specialists),
		field("leader", shown.Leader, now.Leader, fallback.Leader, v.Choices.Leaders),
	}
	p.Layout = s.layout(c, actor, p.Headline)
	p.Problems = fe.problems(p.Fields...)
	if tasks.CodeOf(try.err) == tasks.CodeConflict && try.err != nil {
		p.Problems = append(p.Problems, templates.Problem{Text: w.T("follower.stale")})
	}
	return s.render(c, status, "followers", p)
}

func personOptions(people []tasks.Person) []templates.Option {
	var options []templates.Option
	for _, p := range people {
		label := p.Name
		if p.Position != "" {
			label += ", " + p.Position
		}
		options = append(options, templates.Option{Value: idText(p.ID), Label: label})
	}
	return options
}

// followerFacts say who follows, and lead those who may name them to where they do; href is that page.
func followerFacts(w *templates.Words, actor tasks.Person, people map[int64]tasks.Person, f tasks.Followers, href string) []templates.Fact {
	if !actor.Can(tasks.ActionFollowersName) {
		href = ""
	}
	var facts []templates.Fact
	for _, of := range []struct {
		key string
		id  int64
	}{{"follower.specialist", f.Specialist}, {"follower.leader", f.Leader}} {
		p, ok := people[of.id]
		switch {
		case ok:
			fact := templates.Fact{Label: w.T(of.key), Text: p.Name, Note: p.Position, Href: href}
			if !p.Active {
				fact.Note = w.T("person.disabled_word")
			}
			facts = append(facts, fact)
		case href != "":
			facts = append(facts, templates.Fact{Label: w.T(of.key), Text: w.T("follower.name"), Href: href})
		}
	}
	return facts
}

// followerFields are the filters of a list by who follows.
func (f assignmentFilter) followerFields(w *templates.Words, c tasks.FollowerChoices) []templates.Field {
	var fields []templates.Field
	for _, of := range []struct {
		name   string
		value  int64
		people []tasks.Person
	}{{"specialist", f.Specialist, c.Specialists}, {"leader", f.Leader, c.Leaders}} {
		if len(of.people) == 0 {
			continue
		}
		fields = append(fields, templates.Field{
			Name: of.name, Type: "select", Label: w.T("follower." + of.name), Blank: w.T("assignment_list.any"), Value: idText(of.value),
			Options: personOptions(of.people), Required: true,
		})
	}
	return fields
}

// followed adds the filters by who follows for those who see the list of the whole province; others have none.
func (s *Server) followed(c *gin.Context, actor tasks.Person, f assignmentFilter, form *templates.FilterForm) error {
	choices, err := s.Assignments.FollowerChoices(c.Request.Context(), actor)
	if err != nil {
		return err
	}
	w := s.words(actor)
	form.Fields = append(form.Fields, f.followerFields(w, choices)...)
	if actor.Can(tasks.ActionAssignmentList) {
		form.Fields = append(form.Fields, f.reachedField(w))
	}
	return nil
}

// mineViews lead to what the person follows himself, and back to all.
func (f assignmentFilter) mineViews(w *templates.Words, actor tasks.Person) []templates.NavItem {
	own, every := f, f
	own.Specialist, own.Leader = 0, 0
	every.Specialist, every.Leader = 0, 0
	switch {
	case actor.Has(tasks.RoleSecretariat):
		own.Specialist = followsAs(actor, tasks.RoleSecretariat)
	case actor.Has(tasks.RoleLeader):
		own.Leader = followsAs(actor, tasks.RoleLeader)
	default:
		return nil
	}
	return []templates.NavItem{
		{Href: own.href(""), Label: w.T("follower.mine"), Current: f.Specialist == own.Specialist && f.Leader == own.Leader},
		{Href: every.href(""), Label: w.T("follower.all"), Current: f.Specialist == 0 && f.Leader == 0},
	}
}
