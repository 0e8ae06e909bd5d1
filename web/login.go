package web

import (
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

type loginPage struct {
	templates.Layout
	Email, Password templates.Field
	Next            string // where to go afterwards; "" is the first page
}

// loginForm asks for address and password; who is signed in already goes on.
func (s *Server) loginForm(c *gin.Context, actor tasks.Person) error {
	next := localTarget(c.Query("next"))
	if actor.ID != 0 {
		return s.redirect(c, actor, next, "")
	}
	return s.showLogin(c, actor, http.StatusOK, "", next, "")
}

// showLogin renders the form. wrong are the words why it comes back; they never tell whether the address is known.
func (s *Server) showLogin(c *gin.Context, visitor tasks.Person, status int, email, next, wrong string) error {
	w := s.words(visitor)
	p := loginPage{Layout: s.layout(c, visitor, w.T("sign_in.title"))}
	if next != "/" {
		p.Next = next
	}
	p.Email = templates.Field{
		Name: "email", Type: "email", Label: w.T("sign_in.email"), Value: email, Required: true, Autocomplete: "username", Autofocus: wrong == "",
	}
	p.Password = templates.Field{
		Name: "password", Type: "password", Label: w.T("sign_in.password"), Required: true, Autocomplete: "current-password",
	}
	if wrong != "" {
		p.Email.Error = wrong
	}
	p.Problems = templates.Problems(p.Email, p.Password)
	return s.render(c, status, "login", p)
}

// login starts a session.
func (s *Server) login(c *gin.Context, visitor tasks.Person) error {
	email, next := c.PostForm("email"), localTarget(c.PostForm("next"))
	in, err := s.Accounts.SignInFrom(c.Request.Context(), s.visitor(c), email, c.PostForm("password"))
	switch tasks.CodeOf(err) {
	case tasks.CodeUnauthenticated:
		note(c, err)
		return s.showLogin(c, visitor, http.StatusUnprocessableEntity, email, next, s.explain(visitor, err))
	case tasks.CodeTooMany:
		note(c, err)
		retryAfter(c, err)
		return s.showLogin(c, visitor, http.StatusTooManyRequests, email, next, s.explain(visitor, err))
	}
	if err != nil {
		return err
	}
	if err := s.startSession(c, in.Person); err != nil {
		return err
	}
	s.rememberDevice(c, in.Device)
	return s.redirect(c, in.Person, next, "")
}

// logout ends the session.
func (s *Server) logout(c *gin.Context, actor tasks.Person) error {
	if err := s.sessions.Destroy(c.Request.Context()); err != nil {
		return fmt.Errorf("end session of %d: %w", actor.ID, err)
	}
	return s.redirect(c, actor, "/login", "")
}
