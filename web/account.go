package web

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

type accountPage struct {
	templates.Layout
	Facts    []templates.Fact
	Fields   []templates.Field
	Language templates.Field
	Mails    *mailsCard    // nil for who has nothing to choose
	Calendar *calendarCard // nil for who has no agency
	Deputies *deputiesCard // nil for who has nothing to hand over
}

// accountForm shows the signed-in person what is known of him and lets him change his password and language.
func (s *Server) accountForm(c *gin.Context, actor tasks.Person) error {
	return s.showAccount(c, actor, http.StatusOK, fieldErrors{})
}

func (s *Server) showAccount(c *gin.Context, actor tasks.Person, status int, fe fieldErrors) error {
	return s.showAccountTyped(c, actor, status, fe, accountTyped{})
}

// accountTyped is what the page shows besides what is stored: an hour that was refused, the secret of a calendar that was just made.
type accountTyped struct {
	remindAt *string
	secret   string
}

func (s *Server) showAccountTyped(c *gin.Context, actor tasks.Person, status int, fe fieldErrors, typed accountTyped) error {
	w := s.words(actor)
	agencies, err := s.Directory.Names(c.Request.Context())
	if err != nil {
		return err
	}
	p := accountPage{Layout: s.layout(c, actor, w.T("account.title", actor.Name)), Facts: personFacts(w, agencies, actor.Own())}
	password, repeat := newPasswordFields(w, fe)
	old := fe.on(templates.Field{Name: "old", Type: "password", Label: w.T("password.old"), Required: true, Autocomplete: "current-password"})
	p.Fields = []templates.Field{old, password, repeat}
	p.Language = fe.on(s.languageField(w, actor.Language))
	fields := append(slices.Clone(p.Fields), p.Language)
	if p.Mails = s.mailsCard(actor, typed.remindAt, fe); p.Mails != nil {
		fields = append(fields, p.Mails.RemindAt)
	}
	p.Problems = fe.problems(fields...)
	if p.Deputies, err = s.deputiesCard(c, actor, actor.ID, true); err != nil {
		return err
	}
	if p.Calendar, err = s.calendarCard(c, actor, typed.secret); err != nil {
		return err
	}
	return s.render(c, status, "account", p)
}

// personFacts is what is known of a person.
func personFacts(w *templates.Words, agencies map[int64]tasks.Agency, p tasks.Person) []templates.Fact {
	var facts []templates.Fact
	fact := func(label, text string) {
		if text != "" {
			facts = append(facts, templates.Fact{Label: label, Text: text})
		}
	}
	fact(w.T("sign_in.email"), p.Email)
	fact(w.T("person.position"), p.Position)
	fact(w.T("person.phone"), p.Phone)
	label := w.T("person.roles")
	for _, words := range grantWords(w, agencies, p.Grants) {
		fact(label, words)
		label = ""
	}
	if len(p.Grants) == 0 {
		fact(label, w.T("person.no_roles"))
	}
	return facts
}

// grantWords says each grant in words: the role, and the agency for which it is held.
func grantWords(w *templates.Words, agencies map[int64]tasks.Agency, grants []tasks.Grant) []string {
	words := make([]string, len(grants))
	for i, g := range grants {
		words[i] = w.T("role." + string(g.Role))
		if g.AgencyID != 0 {
			words[i] = w.T("person.role_of", words[i], agencyName(w, agencies, g.AgencyID))
		}
	}
	return words
}

// changePassword sets the actor's new password. Every other session of his ends; this one goes on under a new token.
func (s *Server) changePassword(c *gin.Context, actor tasks.Person) error {
	password, err := typedPassword(c)
	var p tasks.Person
	if err == nil {
		p, err = s.Accounts.ChangePassword(c.Request.Context(), actor, c.PostForm("old"), password)
	}
	if fe, ok := s.invalid(actor, err); ok {
		return s.showAccount(c, actor, http.StatusUnprocessableEntity, fe)
	}
	if err != nil {
		return err
	}
	if err := s.keepSession(c, p); err != nil {
		return err
	}
	return s.redirect(c, p, "/account", "password.changed")
}
