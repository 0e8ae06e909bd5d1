package web

import (
	"net/http"
	"net/mail"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

type forgotPage struct {
	templates.Layout
	Email templates.Field
}

// forgotForm asks for the address whose password was forgotten.
func (s *Server) forgotForm(c *gin.Context, actor tasks.Person) error {
	return s.showForgot(c, actor, http.StatusOK, actor.Email, "")
}

func (s *Server) showForgot(c *gin.Context, actor tasks.Person, status int, email, wrong string) error {
	w := s.words(actor)
	p := forgotPage{Layout: s.layout(c, actor, w.T("password.forgot_title"))}
	p.Email = templates.Field{Name: "email", Type: "email", Label: w.T("sign_in.email"), Value: email, Required: true, Autocomplete: "username"}
	if wrong != "" {
		p.Email.Error = w.T(wrong)
	}
	p.Problems = templates.Problems(p.Email)
	return s.render(c, status, "forgot", p)
}

// forgot mails a one-time link when the address is known. The answer is the same when it is not.
func (s *Server) forgot(c *gin.Context, actor tasks.Person) error {
	email := strings.TrimSpace(c.PostForm("email"))
	if a, err := mail.ParseAddress(email); err != nil || a.Address != email {
		return s.showForgot(c, actor, http.StatusUnprocessableEntity, email, "field.bad_email")
	}
	if err := s.Accounts.RequestResetFrom(c.Request.Context(), s.visitor(c), email); err != nil {
		return err
	}
	return s.redirect(c, actor, "/login", "password.reset_sent", email)
}

type linkPage struct {
	templates.Layout
	Action           string
	Account          string // the address, most of its name left out
	Password, Repeat templates.Field
}

// linkForm opens a one-time link: it asks for a password and uses nothing up, since mail scanners open links too.
func (s *Server) linkForm(c *gin.Context, actor tasks.Person) error {
	owner, err := s.Accounts.TokenOwner(c.Request.Context(), c.Param("token"))
	if err != nil {
		return s.deadLink(c, actor, err)
	}
	return s.showLink(c, owner, http.StatusOK, fieldErrors{})
}

func (s *Server) showLink(c *gin.Context, owner tasks.Person, status int, fe fieldErrors) error {
	w := s.words(owner)
	c.Set(keyLanguage, owner.Language)
	p := linkPage{Layout: s.layout(c, tasks.Person{Language: owner.Language}, w.T("password.link_title")), Action: c.Request.URL.Path, Account: masked(owner.Email)}
	p.Languages = nil // it is the owner's
	p.Password, p.Repeat = newPasswordFields(w, fe)
	p.Problems = fe.problems(p.Password, p.Repeat)
	return s.render(c, status, "link", p)
}

// newPasswordFields ask for a new password twice.
func newPasswordFields(w *templates.Words, fe fieldErrors) (password, repeat templates.Field) {
	password = fe.on(templates.Field{
		Name: "password", Type: "password", Label: w.T("password.new"), Hint: w.T("password.hint", tasks.MinPassword), Required: true,
		Autocomplete: "new-password",
	})
	repeat = fe.on(templates.Field{Name: "repeat", Type: "password", Label: w.T("password.repeat"), Required: true, Autocomplete: "new-password"})
	return password, repeat
}

// typedPassword is the new password, refused when it was not typed twice alike.
func typedPassword(c *gin.Context) (string, error) {
	password := c.PostForm("password")
	if password != c.PostForm("repeat") {
		return "", tasks.Invalid(tasks.FieldError{Field: "repeat", Key: "password.differ"})
	}
	return password, nil
}

// masked shows enough of an address for its owner to know it.
func masked(email string) string {
	name, domain, _ := strings.Cut(email, "@")
	for _, first := range name {
		return string(first) + "…@" + domain
	}
	return email
}

// useLink sets the password of the link's owner and signs him in.
func (s *Server) useLink(c *gin.Context, actor tasks.Person) error {
	ctx, token := c.Request.Context(), c.Param("token")
	owner, err := s.Accounts.TokenOwner(ctx, token)
	if err != nil {
		return s.deadLink(c, actor, err)
	}
	password, err := typedPassword(c)
	var p tasks.Person
	if err == nil {
		p, err = s.Accounts.UseToken(ctx, token, password)
	}
	if fe, ok := s.invalid(owner, err); ok {
		return s.showLink(c, owner, http.StatusUnprocessableEntity, fe)
	}
	if err != nil {
		return s.deadLink(c, actor, err)
	}
	if err := s.startSession(c, p); err != nil {
		return err
	}
	device, err := s.Accounts.Remember(ctx, s.visitor(c), p)
	if err != nil {
		return err
	}
	s.rememberDevice(c, device)
	return s.redirect(c, p, "/", "password.set")
}

// deadLink tells who comes with a link that is used up or too old what to do. Any other error stays one.
func (s *Server) deadLink(c *gin.Context, actor tasks.Person, err error) error {
	if keyOf(err) != "link.used" {
		return err
	}
	if err := s.Accounts.MissedLink(c.Request.Context(), s.visitor(c)); err != nil {
		return err
	}
	note(c, err)
	w := s.words(actor)
	return s.render(c, http.StatusNotFound, "error", templates.ErrorPage{
		Layout: s.layout(c, actor, w.T("password.dead_title")), Text: w.T("link.used"),
		Action: &templates.Action{Href: "/password/forgot", Label: w.T("password.new_link")},
	})
}
