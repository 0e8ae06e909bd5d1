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

type groupPage struct {
	templates.Layout
	Action string
	Fields []templates.Field
	Rows   []memberRow
	Add    templates.Pick
	Since  templates.Field
	Writes bool

	Version int64
	Stored  []templates.Fact // what stands stored, when another has changed it meanwhile
}

// memberRow is one agency's time in the group.
type memberRow struct {
	Index, AgencyID int64
	Name            string
	Keep            bool
	From, To        templates.Field
}

// groupTyped is a group as it was typed.
type groupTyped struct {
	group tasks.Group // days of members as typed
	keep  []bool      // by member: still ticked
	add   partyPick
	since string // the day from which the added ones are members
}

// groupForm shows a group to change, or an empty form.
func (s *Server) groupForm(c *gin.Context, actor tasks.Person) error {
	id, err := newOr(c)
	if err != nil {
		return err
	}
	e, err := s.Directory.All(c.Request.Context(), actor)
	if err != nil {
		return err
	}
	g, err := groupOf(e, id)
	if err != nil {
		return err
	}
	in := groupTyped{group: g, keep: slices.Repeat([]bool{true}, len(g.Members)), since: s.Rules.Day(s.Now()).String()}
	return s.showGroup(c, actor, http.StatusOK, e, in, fieldErrors{})
}

// groupOf finds a group; 0 is a new one.
func groupOf(e tasks.Entries, id int64) (tasks.Group, error) {
	i := slices.IndexFunc(e.Groups, func(g tasks.Group) bool { return g.ID == id })
	switch {
	case id == 0:
		return tasks.Group{}, nil
	case i < 0:
		return tasks.Group{}, tasks.ErrNotFound
	}
	return e.Groups[i], nil
}

func (s *Server) showGroup(c *gin.Context, actor tasks.Person, status int, e tasks.Entries, in groupTyped, fe fieldErrors) error {
	w, book := s.words(actor), s.bookOf(s.words(actor), e)
	title := w.T("directory.group_new")
	stored, ok := book.groups[in.group.ID]
	if ok {
		title = w.T("directory.group_title", stored.Name, len(stored.MembersOn(book.day)))
	}
	p := groupPage{
		Layout: s.layout(c, actor, title), Action: c.Request.URL.Path, Writes: actor.Can(tasks.ActionDirectoryWrite), Version: stored.Version,
	}
	if stored.Version != in.group.Version {
		p.Stored = groupFacts(w, book, stored)
	}
	p.Fields = []templates.Field{
		fe.on(templates.Field{Name: "name", Label: w.T("directory.group_name"), Hint: w.T("directory.group_hint"), Value: in.group.Name, Required: true, MaxLength: 200}),
		fe.on(templates.Field{Name: "code", Label: w.T("directory.code"), Hint: w.T("directory.code_hint"), Value: in.group.Code, Required: true, MaxLength: 30, Narrow: true}),
	}
	p.Problems = fe.problems(p.Fields...)
	for i, m := range in.group.Members {
		row := memberRow{Index: int64(i), AgencyID: m.AgencyID, Name: book.agency(m.AgencyID), Keep: in.keep[i]}
		row.From = memberDay(w, fe, "from", i, "directory.member_from", row.Name, m.From)
		row.To = memberDay(w, fe, "to", i, "directory.member_to", row.Name, m.To)
		p.Rows = append(p.Rows, row)
		p.Problems = append(p.Problems, templates.Problems(row.From, row.To)...)
	}
	p.Add = in.add.field(book, fe, "members", "directory.add_members", false)
	p.Add.Hint = w.T("directory.add_members_hint")
	p.Since = fe.on(dayField(w, "since", "directory.members_since", "", in.since))
	p.Problems = append(p.Problems, templates.Problems(p.Add, p.Since)...)
	return s.render(c, status, "group", p)
}

// groupFacts lists a group as it is stored.
func groupFacts(w *templates.Words, book nameBook, g tasks.Group) []templates.Fact {
	members := make([]string, len(g.Members))
	for i, m := range g.Members {
		members[i] = book.agency(m.AgencyID)
		if span := validWords(w, m.From, m.To); span != "" {
			members[i] += " (" + span + ")"
		}
	}
	return facts(
		templates.Fact{Label: w.T("directory.group_name"), Text: g.Name}, templates.Fact{Label: w.T("directory.code"), Text: g.Code},
		templates.Fact{Label: w.T("directory.group_members"), Text: strings.Join(members, "; ")},
	)
}

// memberDay is the control of one member's first or last day; its error is under the name with the member's place.
func memberDay(w *templates.Words, fe fieldErrors, name string, i int, label, agency, value string) templates.Field {
	f := dayField(w, name, label, "", value)
	f.ID, f.Label, f.Plain = memberControl(name, i), w.T(label, agency), true
	f.Error = fe.byField[f.ID]
	return f
}

func memberControl(name string, i int) string { return "member-" + name + "-" + strconv.Itoa(i) }

// typedGroup reads the form: the members' rows stand in order, each with its agency and two days; a row whose box is not ticked
// is to go.
func typedGroup(c *gin.Context, book nameBook, id, stored int64) (groupTyped, []tasks.FieldError) {
	in := groupTyped{
		group: tasks.Group{ID: id, Code: c.PostForm("code"), Name: c.PostForm("name"), Version: typedVersion(c, stored)},
		add:   typedPick(c, book, "members", false), since: typedDay(c.PostForm("since")),
	}
	wrong := in.add.wrong("members")
	from, to, keep := c.PostFormArray("from"), c.PostFormArray("to"), c.PostFormArray("keep")
	for i, text := range c.PostFormArray("member") {
		m := tasks.Membership{AgencyID: formID(text)}
		if i < len(from) && i < len(to) {
			m.From, m.To = typedDay(from[i]), typedDay(to[i])
		}
		in.group.Members = append(in.group.Members, m)
		in.keep = append(in.keep, slices.Contains(keep, strconv.Itoa(i)))
		if in.keep[i] {
			wrong = append(wrong, wrongSpan(m.From, m.To, memberControl("from", i), memberControl("to", i))...)
		}
	}
	if len(in.add.values) > 0 {
		wrong = append(wrong, wrongSpan(in.since, "", "since", "since")...)
	}
	return in, wrong
}

// wrongSpan says what is wrong with two typed days, under the names of their controls.
func wrongSpan(firstDay, lastDay, from, to string) []tasks.FieldError {
	first, firstOK := formDate(firstDay)
	last, lastOK := formDate(lastDay)
	var wrong []tasks.FieldError
	if !firstOK {
		wrong = append(wrong, tasks.FieldError{Field: from, Key: "field.bad_date"})
	}
	if !lastOK {
		wrong = append(wrong, tasks.FieldError{Field: to, Key: "field.bad_date"})
	}
	if firstOK && lastOK && !first.IsZero() && !last.IsZero() && last.Before(first) {
		wrong = append(wrong, tasks.FieldError{Field: to, Key: "field.before_from"})
	}
	return wrong
}

// saveGroup adds or changes a group with its members.
func (s *Server) saveGroup(c *gin.Context, actor tasks.Person) error {
	id, err := newOr(c)
	if err != nil {
		return err
	}
	e, err := s.Directory.All(c.Request.Context(), actor)
	if err != nil {
		return err
	}
	stored, err := groupOf(e, id)
	if err != nil {
		return err
	}
	in, wrong := typedGroup(c, s.bookOf(s.words(actor), e), id, stored.Version)
	g := tasks.Group{ID: id, Code: in.group.Code, Name: in.group.Name, Version: in.group.Version}
	for i, m := range in.group.Members {
		if in.keep[i] {
			g.Members = append(g.Members, m)
		}
	}
	for _, agency := range in.add.agencies() {
		g.Members = append(g.Members, tasks.Membership{AgencyID: agency, From: in.since})
	}
	if len(wrong) > 0 {
		err = tasks.Invalid(wrong...)
	} else {
		g, err = s.Directory.SaveGroup(c.Request.Context(), actor, g)
	}
	if fe, ok := s.invalid(actor, err); ok {
		return s.showGroup(c, actor, http.StatusUnprocessableEntity, e, in, fe)
	}
	if keyOf(err) == "error.conflict" {
		note(c, err)
		if e, err = s.Directory.All(c.Request.Context(), actor); err != nil {
			return err
		}
		return s.showGroup(c, actor, http.StatusConflict, e, in, fieldErrors{first: s.words(actor).T("directory.stale")})
	}
	if err != nil {
		return err
	}
	return s.redirect(c, actor, groupHref(g.ID), "directory.saved", g.Name)
}
