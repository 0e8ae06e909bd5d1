package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/directory"
	"tiendo/templates"
)

type agencyPage struct {
	templates.Layout
	Action    string
	Fields    []templates.Field
	Successor templates.Pick
	Writes    bool
	Version   int64
	Mailbox   string           // leads to the agency's own address; empty of one to be added
	Approval  string           // leads to whether the head approves reports first; empty of one to be added
	Change    string           // leads to where it is merged, split or renamed with its duties; empty of one to be added, and for who may not
	Letters   *agencyLetters   // of reminder and criticism
	Bounces   *bouncesCard     // mails to the agency's own address that came back
	Stored    []templates.Fact // what stands stored, when another has changed it meanwhile
}

// agencyTyped is an agency as it was typed.
type agencyTyped struct {
	agency    tasks.Agency // From and To as typed
	successor partyPick
}

// newOr reads the identifier of the path; "new" is 0: a thing that is to be added.
func newOr(c *gin.Context) (int64, error) {
	if c.Param("id") == "new" {
		return 0, nil
	}
	return pathID(c, "id")
}

// agencyForm shows an agency to change, or an empty form.
func (s *Server) agencyForm(c *gin.Context, actor tasks.Person) error {
	id, err := newOr(c)
	if err != nil {
		return err
	}
	e, err := s.Directory.All(c.Request.Context(), actor)
	if err != nil {
		return err
	}
	a := e.Agency(id)
	if a.ID != id {
		return tasks.ErrNotFound
	}
	return s.showAgency(c, actor, http.StatusOK, e, agencyTyped{a, pickOf(a.SuccessorID)}, fieldErrors{})
}

func (s *Server) showAgency(c *gin.Context, actor tasks.Person, status int, e tasks.Entries, in agencyTyped, fe fieldErrors) error {
	w, a := s.words(actor), in.agency
	title := w.T("directory.agency_new")
	if a.ID != 0 {
		title = w.T("directory.agency_title", e.Agency(a.ID).Name)
	}
	stored := e.Agency(a.ID)
	approval, mailbox := "", ""
	if a.ID != 0 {
		approval = approvalHref(a.ID)
		mailbox = mailboxHref(a.ID)
	}
	p := agencyPage{
		Layout: s.layout(c, actor, title), Action: c.Request.URL.Path, Writes: actor.Can(tasks.ActionDirectoryWrite), Version: stored.Version,
		Approval: approval, Mailbox: mailbox,
	}
	if a.ID != 0 && actor.Can(tasks.ActionAgencyChange) {
		p.Change = changesPath + "/new?agency=" + idText(a.ID)
	}
	if a.ID != 0 {
		var err error
		if p.Letters, err = s.lettersTo(c.Request.Context(), actor, a.ID); err != nil {
			return err
		}
		if p.Bounces, err = s.mailboxBounces(c, actor, a.ID); err != nil {
			return err
		}
	}
	if stored.Version != a.Version {
		p.Stored = agencyFacts(w, e, stored)
	}
	kind := templates.Field{Name: "kind", Type: "select", Label: w.T("directory.kind"), Value: string(a.Kind), Blank: w.T("directory.choose"), Required: true}
	for _, k := range directory.Kinds() {
		kind.Options = append(kind.Options, templates.Option{Value: string(k), Label: w.T("agency_kind." + string(k))})
	}
	p.Fields = []templates.Field{
		{Name: "name", Label: w.T("directory.name"), Value: a.Name, Required: true, MaxLength: 200},
		{Name: "short_name", Label: w.T("directory.short_name"), Hint: w.T("directory.short_name_hint"), Value: a.ShortName, MaxLength: 100},
		{Name: "code", Label: w.T("directory.code"), Hint: w.T("directory.code_hint"), Value: a.Code, Required: true, MaxLength: 30, Narrow: true},
		kind,
		dayField(w, "from", "directory.from", "directory.from_hint", a.From),
		dayField(w, "to", "directory.to", "directory.to_hint", a.To),
	}
	for i, f := range p.Fields {
		f.Value = strings.TrimSpace(f.Value)
		p.Fields[i] = fe.on(f)
	}
	p.Successor = in.successor.field(s.bookOf(w, e), fe, "successor", "directory.successor", false)
	p.Successor.Hint, p.Successor.Single = w.T("directory.successor_hint"), true
	p.Problems = append(fe.problems(p.Fields...), p.Successor.Problem()...)
	return s.render(c, status, "agency", p)
}

// agencyFacts lists an agency as it is stored.
func agencyFacts(w *templates.Words, e tasks.Entries, a tasks.Agency) []templates.Fact {
	return facts(
		templates.Fact{Label: w.T("directory.name"), Text: a.Name}, templates.Fact{Label: w.T("directory.short_name"), Text: a.ShortName},
		templates.Fact{Label: w.T("directory.code"), Text: a.Code}, templates.Fact{Label: w.T("directory.kind"), Text: w.T("agency_kind." + string(a.Kind))},
		templates.Fact{Label: w.T("directory.from"), Text: shownDay(w, a.From)}, templates.Fact{Label: w.T("directory.to"), Text: shownDay(w, a.To)},
		templates.Fact{Label: w.T("directory.successor"), Text: e.Agency(a.SuccessorID).Name},
	)
}

// facts leaves out what is empty.
func facts(all ...templates.Fact) []templates.Fact {
	return slices.DeleteFunc(all, func(f templates.Fact) bool { return f.Text == "" })
}

// dayField is a control for a day.
func dayField(w *templates.Words, name, label, hint, value string) templates.Field {
	f := dayControl(templates.Field{Name: name, Label: w.T(label), Narrow: true}, value)
	if hint != "" {
		f.Hint = w.T(hint)
	}
	return f
}

// typedDay is a day of a form as ISO text. Text that is no day comes back as it is, for the service to refuse.
func typedDay(text string) string { return isoDay(strings.TrimSpace(text)) }

// typedVersion is the version with which a form was opened; a form that names none goes by what is stored.
func typedVersion(c *gin.Context, stored int64) int64 {
	if v := formID(c.PostForm("version")); v != 0 {
		return v
	}
	return stored
}

// saveAgency adds or changes an agency.
func (s *Server) saveAgency(c *gin.Context, actor tasks.Person) error {
	id, err := newOr(c)
	if err != nil {
		return err
	}
	e, err := s.Directory.All(c.Request.Context(), actor)
	if err != nil {
		return err
	}
	if e.Agency(id).ID != id {
		return tasks.ErrNotFound
	}
	in := agencyTyped{tasks.Agency{
		ID: id, Code: c.PostForm("code"), Name: c.PostForm("name"), ShortName: c.PostForm("short_name"), Kind: directory.Kind(c.PostForm("kind")),
		From: typedDay(c.PostForm("from")), To: typedDay(c.PostForm("to")), Version: typedVersion(c, e.Agency(id).Version),
	}, typedPick(c, s.bookOf(s.words(actor), e), "successor", false)}
	wrong := append(in.successor.wrong("successor"), wrongSpan(in.agency.From, in.agency.To, "from", "to")...)
	switch successors := in.successor.agencies(); {
	case len(successors) > 1:
		wrong = append(wrong, tasks.FieldError{Field: "successor", Key: "directory.one_successor"})
	case len(successors) == 1 && successors[0] == id:
		wrong = append(wrong, tasks.FieldError{Field: "successor", Key: "directory.own_successor"})
	case len(successors) == 1:
		in.agency.SuccessorID = successors[0]
	}
	a := in.agency
	if len(wrong) > 0 {
		err = tasks.Invalid(wrong...)
	} else {
		a, err = s.Directory.SaveAgency(c.Request.Context(), actor, in.agency)
	}
	if fe, ok := s.invalid(actor, err); ok {
		return s.showAgency(c, actor, http.StatusUnprocessableEntity, e, in, fe)
	}
	if keyOf(err) == "error.conflict" {
		note(c, err)
		if e, err = s.Directory.All(c.Request.Context(), actor); err != nil {
			return err
		}
		return s.showAgency(c, actor, http.StatusConflict, e, in, fieldErrors{first: s.words(actor).T("directory.stale")})
	}
	if err != nil {
		return err
	}
	return s.redirect(c, actor, "/directory", "directory.saved", a.Name)
}
