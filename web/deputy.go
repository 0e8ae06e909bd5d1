package web

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// deputiesCard is what a person's page says of who acts for him, and for whom he does.
type deputiesCard struct {
	Lines []deputyLine
	// Href leads to the form by which somebody is appointed; "" for those who may not.
	Href string
}

// deputyLine is one deputation in words.
type deputyLine struct {
	Text, Note string
	State      string // what a chip says: in force, to come, over
	Now        bool
	End        *templates.ConfirmForm // nil when there is nothing to end, or not for the reader
}

type deputyPage struct {
	templates.Layout
	Crumbs   []templates.Action
	Headline string
	Action   string
	Fields   []templates.Field // nil when nobody can be appointed
	Why      string            // why not
	Back     string
	Lines    []deputyLine
}

// deputyTyped is the form as it was sent; refusal is why it comes back.
type deputyTyped struct {
	in       tasks.DeputationInput
	from, to string
	wrong    []tasks.FieldError
	refusal  error
}

// deputyPlace is the page of a person on which his deputies stand: his own account, or that of the directory of people.
func deputyPlace(actor tasks.Person, id int64, own bool) string {
	if own && id == actor.ID {
		return "/account"
	}
	return personHref(id)
}

// whoseDeputy is the person of the address: of /account the actor.
func whoseDeputy(c *gin.Context, actor tasks.Person) (id int64, own bool, err error) {
	if c.Param("id") == "" {
		return actor.ID, true, nil
	}
	id, err = pathID(c, "id")
	return id, false, err
}

// deputiesCard reads what stands in force and to come; nil for a person of whom there is nothing to say to the reader.
func (s *Server) deputiesCard(c *gin.Context, actor tasks.Person, id int64, own bool) (*deputiesCard, error) {
	v, err := s.Accounts.Deputations(c.Request.Context(), actor, id)
	if err != nil {
		return nil, err
	}
	place := deputyPlace(actor, id, own)
	var card deputiesCard
	for _, d := range v.Deputations {
		if d.EndedAt.IsZero() && !d.To.Before(v.Today) {
			card.Lines = append(card.Lines, s.deputyLine(actor, v, d, place))
		}
	}
	if len(v.Choices) > 0 {
		card.Href = place + "/deputy"
	}
	if card.Href == "" && card.Lines == nil {
		return nil, nil
	}
	return &card, nil
}

func (s *Server) deputyLine(actor tasks.Person, v tasks.DeputationsView, d tasks.Deputation, place string) deputyLine {
	w := s.words(actor)
	key, other := "deputy.line_away", v.People[d.DeputyID]
	if d.DeputyID == v.Person.ID {
		key, other = "deputy.line_stands", v.People[d.PersonID]
	}
	l := deputyLine{Text: w.T(key, other.Name, d.From, d.To), Now: d.On(v.Today)}
	made := v.People[d.MadeBy].Name
	if d.MadeBy == 0 {
		made = w.T("app.name")
	}
	mails := "deputy.note_mails_too"
	if !d.KeepsMails {
		mails = "deputy.note_mails_alone"
	}
	l.Note = w.T("deputy.note", d.Reason, w.T(mails), made)
	switch {
	case !d.EndedAt.IsZero():
		l.State = w.T("deputy.state_ended", s.Rules.Day(d.EndedAt))
	case l.Now:
		l.State = w.T("deputy.state_now")
	case d.From.After(v.Today):
		l.State = w.T("deputy.state_coming")
	default:
		l.State = w.T("deputy.state_over")
	}
	if v.MayEnd(actor, d) {
		l.End = &templates.ConfirmForm{
			Summary: w.T("deputy.end"), Text: w.T("deputy.end_text", v.People[d.DeputyID].Name, v.People[d.PersonID].Name), Action: place + "/deputy/end",
			Button: w.T("deputy.end_button"),
			Hidden: []templates.Hidden{{Name: "deputation", Value: idText(d.ID)}, {Name: "version", Value: idText(d.Version)}},
		}
	}
	return l
}

// deputy shows who acts for a person, with the form to appoint somebody.
func (s *Server) deputy(c *gin.Context, actor tasks.Person) error {
	typed := deputyTyped{in: tasks.DeputationInput{KeepsMails: true}}
	return s.showDeputy(c, actor, http.StatusOK, typed)
}

func (s *Server) showDeputy(c *gin.Context, actor tasks.Person, status int, typed deputyTyped) error {
	id, own, err := whoseDeputy(c, actor)
	if err != nil {
		return err
	}
	v, err := s.Accounts.Deputations(c.Request.Context(), actor, id)
	if err != nil {
		return err
	}
	w, place := s.words(actor), deputyPlace(actor, id, own)
	fe, _ := s.invalid(actor, typed.refusal)
	p := deputyPage{Headline: deputyHeadline(w, v), Action: place + "/deputy", Back: place}
	p.Crumbs = []templates.Action{{Href: place, Label: w.T("deputy.account")}, {Label: w.T("deputy.title")}}
	if !own {
		p.Crumbs = []templates.Action{{Href: "/people", Label: w.T("nav.people")}, {Href: place, Label: v.Person.Name}, {Label: w.T("deputy.title")}}
	}
	for _, d := range v.Deputations {
		p.Lines = append(p.Lines, s.deputyLine(actor, v, d, place))
	}
	switch {
	case len(v.Choices) > 0:
		agencies, err := s.Directory.Names(c.Request.Context())
		if err != nil {
			return err
		}
		p.Fields = deputyFields(w, v, agencies, typed, fe)
	case v.Choices != nil:
		p.Why = w.T("deputy.nobody")
	}
	p.Layout = s.layout(c, actor, p.Headline)
	p.Problems = fe.problems(p.Fields...)
	if tasks.CodeOf(typed.refusal) == tasks.CodeConflict && typed.refusal != nil {
		p.Problems = append(p.Problems, templates.Problem{Text: s.explain(actor, typed.refusal)})
	}
	return s.render(c, status, "deputy", p)
}

func deputyHeadline(w *templates.Words, v tasks.DeputationsView) string {
	var coming *tasks.Deputation
	for i, d := range v.Deputations {
		if d.PersonID != v.Person.ID || !d.EndedAt.IsZero() || d.To.Before(v.Today) {
			continue
		}
		if d.On(v.Today) {
			return w.T("deputy.headline_now", v.People[d.DeputyID].Name, v.Person.Name, d.To)
		}
		coming = &v.Deputations[i]
	}
	if coming != nil {
		return w.T("deputy.headline_coming", v.People[coming.DeputyID].Name, v.Person.Name, coming.From)
	}
	return w.T("deputy.headline_none", v.Person.Name)
}

func deputyFields(w *templates.Words, v tasks.DeputationsView, agencies map[int64]tasks.Agency, typed deputyTyped, fe fieldErrors) []templates.Field {
	date := func(name, typed string, d calendar.Date) templates.Field {
		f := templates.Field{Name: name, Type: "date", Label: w.T("deputy." + name), Value: typed, Required: true, Narrow: true}
		if !d.IsZero() {
			f.Value = d.String()
		}
		return f
	}
	mails := templates.Field{Name: "keeps_mails", Type: "checkbox", Label: w.T("deputy.keeps_mails"), Hint: w.T("deputy.keeps_mails_hint"), Required: true}
	if typed.in.KeepsMails {
		mails.Value = mails.SentValue()
	}
	mails.Required = false
	fields := []templates.Field{
		{
			Name: "deputy", Type: "select", Label: w.T("deputy.deputy"), Hint: w.T("deputy.deputy_hint"), Blank: w.T("deputy.choose"),
			Options: deputyOptions(w, v, agencies), Value: idText(typed.in.DeputyID), Required: true,
		},
		date("from", typed.from, typed.in.From), date("to", typed.to, typed.in.To),
		{Name: "reason", Label: w.T("deputy.reason"), Hint: w.T("deputy.reason_hint"), Value: typed.in.Reason, Required: true, MaxLength: tasks.MaxReasonText},
		mails,
	}
	for i := range fields {
		fields[i] = fe.on(fields[i])
	}
	return fields
}

// deputyOptions name each person with his agencies, since many places have the same office; colleagues of the person stand first.
func deputyOptions(w *templates.Words, v tasks.DeputationsView, agencies map[int64]tasks.Agency) []templates.Option {
	var near, far []templates.Option
	own := v.Person.Own().AgencyIDs(tasks.RoleFocal, tasks.RoleHead)
	for i, o := range personOptions(v.Choices) {
		gone := func(id int64) bool { return !agencies[id].ValidOn(v.Today.String()) }
		of := slices.DeleteFunc(v.Choices[i].AgencyIDs(tasks.RoleFocal, tasks.RoleHead), gone)
		if len(of) > 0 {
			o.Label += " · " + agencyNames(w, agencies, of)
		}
		if slices.ContainsFunc(of, func(id int64) bool { return slices.Contains(own, id) }) {
			near = append(near, o)
		} else {
			far = append(far, o)
		}
	}
	return append(near, far...)
}

// appointDeputy keeps what was typed there.
func (s *Server) appointDeputy(c *gin.Context, actor tasks.Person) error {
	id, own, err := whoseDeputy(c, actor)
	if err != nil {
		return err
	}
	typed := deputyTyped{from: c.PostForm("from"), to: c.PostForm("to"), in: tasks.DeputationInput{
		DeputyID: formID(c.PostForm("deputy")), Reason: c.PostForm("reason"), KeepsMails: c.PostForm("keeps_mails") != "",
	}}
	for name, day := range map[string]*calendar.Date{"from": &typed.in.From, "to": &typed.in.To} {
		d, ok := formDate(c.PostForm(name))
		if *day = d; !ok {
			typed.wrong = append(typed.wrong, tasks.FieldError{Field: name, Key: "deputy.bad_date"})
		}
	}
	var d tasks.Deputation
	if len(typed.wrong) > 0 {
		// Those who may not appoint learn nothing from a mistyped day.
		if _, err := s.Accounts.Deputations(c.Request.Context(), actor, id); err != nil {
			return err
		}
		err = tasks.Invalid(typed.wrong...)
	} else {
		d, err = s.Accounts.AppointDeputy(c.Request.Context(), actor, id, typed.in)
	}
	if status, ok := refusedStatus(err); ok {
		note(c, err)
		typed.refusal = err
		return s.showDeputy(c, actor, status, typed)
	}
	if err != nil {
		return err
	}
	deputy, err := s.Accounts.Deputations(c.Request.Context(), actor, id)
	if err != nil {
		return err
	}
	return s.redirect(c, actor, deputyPlace(actor, id, own)+"#deputies", "deputy.saved", deputy.People[d.DeputyID].Name, d.From, d.To)
}

// endDeputation ends one before its last day.
func (s *Server) endDeputation(c *gin.Context, actor tasks.Person) error {
	id, own, err := whoseDeputy(c, actor)
	if err != nil {
		return err
	}
	// To those who may not read whose deputies they are, there are none.
	if _, err := s.Accounts.Deputations(c.Request.Context(), actor, id); err != nil {
		return err
	}
	_, err = s.Accounts.EndDeputation(c.Request.Context(), actor, formID(c.PostForm("deputation")), formID(c.PostForm("version")))
	if tasks.CodeOf(err) == tasks.CodeConflict && err != nil {
		note(c, err)
		return s.showDeputy(c, actor, http.StatusConflict, deputyTyped{in: tasks.DeputationInput{KeepsMails: true}, refusal: err})
	}
	if err != nil {
		return err
	}
	return s.redirect(c, actor, deputyPlace(actor, id, own)+"#deputies", "deputy.ended")
}

// standing says for whom the signed-in person acts; "" for nobody.
func (s *Server) standing(actor tasks.Person) string {
	w, text := s.words(actor), ""
	for _, stand := range actor.Stands {
		line := w.T("deputy.standing", stand.Person.Name, stand.To)
		if text != "" {
			line = w.T("deputy.and", text, line)
		}
		text = line
	}
	return text
}

// whoActed is who did what a row of the trail tells, and for whom when he did it in another's place.
func whoActed(w *templates.Words, e tasks.AuditEntry) string {
	if of := e.InsteadOf(); of != "" {
		return w.T("audit_field.in_place", e.ActorName, of)
	}
	return e.ActorName
}

// followsAs is whose documents and duties are "mine" in the role: the person's own, or those of the one for whom he acts when only that
// gives him the role.
func followsAs(actor tasks.Person, role tasks.Role) int64 {
	if !actor.Own().Has(role) {
		for _, s := range actor.Stands {
			if s.Person.Has(role) {
				return s.PersonID
			}
		}
	}
	return actor.ID
}
