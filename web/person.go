package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

type personPage struct {
	templates.Layout
	Facts   []templates.Fact // what stands stored, for who may not change it or when another has changed it meanwhile
	Stale   bool
	Form    *personFields
	Invite  string // where the button that makes a one-time link posts; "" shows none
	Invites string // what the button does
	// Mails is what he has chosen about his mails himself.
	Mails []templates.Fact
	// Deputies is nil for a new person, and for one who has nothing to hand over.
	Deputies *deputiesCard
	// Bounces are the mails to him that came back.
	Bounces *bouncesCard
}

type personFields struct {
	Action      string
	Version     int64
	Fields      []templates.Field
	Roles       templates.Field
	Focal, Head templates.Pick
	Active      templates.Field
	// Succession asks for whom the person's work goes to; nil while none has to.
	Succession *succession
}

// personTyped is a person as he was typed: Grants holds the roles of the whole province alone.
type personTyped struct {
	person      tasks.Person
	focal, head partyPick
	successors  tasks.Successors
}

// provinceRoles are granted without an agency.
func provinceRoles() []tasks.Role {
	return slices.DeleteFunc(slices.Clone(tasks.Roles), tasks.Role.PerAgency)
}

// storedPerson spreads a person's grants over the form.
func storedPerson(p tasks.Person) personTyped {
	in := personTyped{person: p, focal: pickOf(p.AgencyIDs(tasks.RoleFocal)...), head: pickOf(p.AgencyIDs(tasks.RoleHead)...)}
	in.person.Grants = slices.DeleteFunc(slices.Clone(p.Grants), func(g tasks.Grant) bool { return g.Role.PerAgency() })
	return in
}

// whole is the typed person with all his grants.
func (in personTyped) whole() tasks.Person {
	p := in.person
	p.Grants = slices.Clone(p.Grants)
	for _, of := range []struct {
		role tasks.Role
		pick partyPick
	}{{tasks.RoleFocal, in.focal}, {tasks.RoleHead, in.head}} {
		for _, id := range of.pick.agencies() {
			p.Grants = append(p.Grants, tasks.Grant{Role: of.role, AgencyID: id})
		}
	}
	return p
}

// personForm shows a person, with the form to change him for those who may, or an empty form.
func (s *Server) personForm(c *gin.Context, actor tasks.Person) error {
	id, err := newOr(c)
	if err != nil {
		return err
	}
	if id == 0 {
		if !actor.Can(tasks.ActionPeopleManage) {
			return tasks.E(tasks.CodeForbidden, "error.forbidden")
		}
		return s.showPerson(c, actor, http.StatusOK, tasks.Person{}, personTyped{person: tasks.Person{Active: true}}, fieldErrors{})
	}
	p, err := s.Accounts.Person(c.Request.Context(), actor, id)
	if err != nil {
		return err
	}
	return s.showPerson(c, actor, http.StatusOK, p, storedPerson(p), fieldErrors{})
}

func (s *Server) showPerson(c *gin.Context, actor tasks.Person, status int, stored tasks.Person, in personTyped, fe fieldErrors) error {
	w := s.words(actor)
	e, err := s.Directory.All(c.Request.Context(), actor)
	if err != nil {
		return err
	}
	book := s.bookOf(w, e)
	p := personPage{Layout: s.layout(c, actor, personHeadline(w, book.agencies, stored)), Stale: stored.Version != in.person.Version}
	if stored.ID != 0 {
		p.Mails = s.mailFacts(w, stored)
		if p.Deputies, err = s.deputiesCard(c, actor, stored.ID, false); err != nil {
			return err
		}
		if p.Bounces, err = s.bouncesCard(c, actor, stored); err != nil {
			return err
		}
	}
	if !actor.Can(tasks.ActionPeopleManage) || p.Stale {
		p.Facts = personFacts(w, book.agencies, stored)
	}
	if !actor.Can(tasks.ActionPeopleManage) {
		return s.render(c, status, "person", p)
	}
	p.Form = s.personFieldsOf(w, book, in, fe)
	p.Form.Action, p.Form.Version = "/people/new", stored.Version
	if p.Form.Succession, err = s.succession(c.Request.Context(), actor, stored, in.successors, fe); err != nil {
		return err
	}
	if stored.ID != 0 {
		p.Form.Action = personHref(stored.ID)
		if stored.Active {
			p.Invite, p.Invites = personHref(stored.ID)+"/invite", w.T("person.invite_lede", stored.Email)
		}
	}
	f := p.Form
	fields := append(slices.Clone(f.Fields), f.Roles)
	if f.Succession != nil {
		fields = append(fields, f.Succession.Fields...)
	}
	p.Problems = fe.problems(fields...)
	p.Problems = append(p.Problems, templates.Problems(f.Focal, f.Head, f.Active)...)
	return s.render(c, status, "person", p)
}

func personHeadline(w *templates.Words, agencies map[int64]tasks.Agency, p tasks.Person) string {
	switch {
	case p.ID == 0:
		return w.T("person.new")
	case !p.Active:
		return w.T("person.title_disabled", p.Name)
	case len(p.Grants) == 0:
		return w.T("person.title_no_roles", p.Name)
	}
	return w.T("person.title", p.Name, grantWords(w, agencies, p.Grants)[0])
}

func (s *Server) personFieldsOf(w *templates.Words, book nameBook, in personTyped, fe fieldErrors) *personFields {
	p := in.person
	f := &personFields{Fields: []templates.Field{
		{Name: "name", Label: w.T("person.name"), Value: p.Name, Required: true, MaxLength: 100, Autocomplete: "off"},
		{Name: "email", Type: "email", Label: w.T("sign_in.email"), Hint: w.T("person.email_hint"), Value: p.Email, Required: true, MaxLength: 254, Autocomplete: "off"},
		{Name: "position", Label: w.T("person.position"), Value: p.Position, MaxLength: 200, Autocomplete: "off"},
		{Name: "phone", Type: "tel", Label: w.T("person.phone"), Value: p.Phone, MaxLength: 30, Narrow: true, Autocomplete: "off"},
	}}
	f.Fields = append(f.Fields, s.languageField(w, cmp.Or(p.Language, templates.DefaultLanguage)))
	for i := range f.Fields {
		f.Fields[i] = fe.on(f.Fields[i])
	}
	f.Roles = templates.Field{Name: "grants", Type: "checkboxes", Label: w.T("person.province_roles"), Error: fe.byField["grants"]}
	for _, r := range provinceRoles() {
		f.Roles.Options = append(f.Roles.Options, templates.Option{Value: string(r), Label: w.T("role." + string(r))})
		if p.Has(r) {
			f.Roles.Values = append(f.Roles.Values, string(r))
		}
	}
	f.Focal = in.focal.field(book, fe, "focal", "person.focal_of", false)
	f.Head = in.head.field(book, fe, "head", "person.head_of", false)
	f.Active = fe.on(templates.Field{Name: "active", Type: "checkbox", Label: w.T("person.active"), Hint: w.T("person.active_hint"), Required: false})
	if p.Active {
		f.Active.Value = "1"
	}
	return f
}

// typedPerson reads the form; the errors are those that the service cannot see.
func typedPerson(c *gin.Context, book nameBook, id int64) (personTyped, []tasks.FieldError) {
	in := personTyped{person: tasks.Person{
		ID: id, Name: c.PostForm("name"), Email: c.PostForm("email"), Position: c.PostForm("position"), Phone: c.PostForm("phone"),
		Language: c.PostForm("language"), Active: c.PostForm("active") == "1", Version: formID(c.PostForm("version")),
	}, focal: typedPick(c, book, "focal", false), head: typedPick(c, book, "head", false), successors: typedSuccessors(c)}
	for _, r := range provinceRoles() {
		if slices.Contains(c.PostFormArray("grants"), string(r)) {
			in.person.Grants = append(in.person.Grants, tasks.Grant{Role: r})
		}
	}
	return in, append(in.focal.wrong("focal"), in.head.wrong("head")...)
}

// savePerson adds or changes a person.
func (s *Server) savePerson(c *gin.Context, actor tasks.Person) error {
	ctx := c.Request.Context()
	if !actor.Can(tasks.ActionPeopleManage) {
		return tasks.E(tasks.CodeForbidden, "error.forbidden")
	}
	id, err := newOr(c)
	if err != nil {
		return err
	}
	e, err := s.Directory.All(ctx, actor)
	if err != nil {
		return err
	}
	var stored tasks.Person
	if id != 0 {
		if stored, err = s.Accounts.Person(ctx, actor, id); err != nil {
			return err
		}
	}
	in, wrong := typedPerson(c, s.bookOf(s.words(actor), e), id)
	if in.person.Language == "" {
		in.person.Language = stored.Language
	}
	saved := in.whole()
	if len(wrong) > 0 {
		err = tasks.Invalid(wrong...)
	} else {
		saved, err = s.Accounts.SavePersonWith(ctx, actor, saved, in.successors)
	}
	if fe, ok := s.invalid(actor, err); ok {
		return s.showPerson(c, actor, http.StatusUnprocessableEntity, stored, in, fe)
	}
	switch keyOf(err) {
	case "error.conflict", "person.last_admin":
		note(c, err)
		return s.showPerson(c, actor, http.StatusConflict, stored, in, fieldErrors{first: s.personConflict(actor, err)})
	}
	if err != nil {
		return err
	}
	if saved.ID == actor.ID {
		// Changed grants end his sessions; he goes on with this one.
		if err := s.keepSession(c, saved); err != nil {
			return err
		}
	}
	key := "person.saved"
	if id == 0 {
		key = "person.saved_new"
	}
	return s.redirect(c, actor, personHref(saved.ID), key, saved.Name)
}

// personConflict says why a change was refused that the form itself does not show.
func (s *Server) personConflict(actor tasks.Person, err error) string {
	if keyOf(err) == "error.conflict" {
		return s.words(actor).T("person.stale")
	}
	return s.explain(actor, err)
}

type invitePage struct {
	templates.Layout
	Person string
	Link   templates.Field
	Back   string
	Days   int
}

// invite makes a one-time link, mails it, and shows it this once, so that it can be handed over when mail does not work.
func (s *Server) invite(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	ctx, w := c.Request.Context(), s.words(actor)
	secret, err := s.Accounts.Invite(ctx, actor, id)
	if err != nil {
		return err
	}
	p, err := s.Accounts.Person(ctx, actor, id)
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "invite", invitePage{
		Layout: s.layout(c, actor, w.T("person.invited_title", p.Name)), Person: p.Email, Back: "/people/" + strconv.FormatInt(id, 10),
		Days: int(tasks.InvitationLife.Hours() / 24),
		Link: templates.Field{
			Name: "link", Label: w.T("person.link"), Value: s.BaseURL.JoinPath("password", "link", secret).String(), ReadOnly: true, Required: true,
		},
	})
}
