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
	return s.showLogin(c, http.StatusOK, "", next, "")
}

// showLogin renders the form. wrong is the key of the words why it comes back; they never tell whether the address is known.
func (s *Server) showLogin(c *gin.Context, status int, email, next, wrong string) error {
	w := s.words(tasks.Person{})
	p := loginPage{Layout: s.layout(c, tasks.Person{}, w.T("sign_in.title"))}
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
		p.Email.Error = w.T(wrong)
	}
	p.Problems = templates.Problems(p.Email, p.Password)
	return s.render(c, status, "login", p)
}

// login starts a session.
func (s *Server) login(c *gin.Context, _ tasks.Person) error {
	email, next := c.PostForm("email"), localTarget(c.PostForm("next"))
	p, err := s.Accounts.SignIn(c.Request.Context(), email, c.PostForm("password"))
	if tasks.CodeOf(err) == tasks.CodeUnauthenticated {
		note(c, err)
		return s.showLogin(c, http.StatusUnprocessableEntity, email, next, keyOf(err))
	}
	if err != nil {
		return err
	}
	if err := s.startSession(c, p); err != nil {
		return err
	}
	return s.redirect(c, p, next, "")
}

// startSession signs the person in under a new token, so that a token known before is worth nothing.
func (s *Server) startSession(c *gin.Context, p tasks.Person) error {
	ctx := c.Request.Context()
	if err := s.sessions.RenewToken(ctx); err != nil {
		return fmt.Errorf("start session of %d: %w", p.ID, err)
	}
	s.sessions.Put(ctx, keyPerson, p.ID)
	s.sessions.Put(ctx, keyEpoch, p.Epoch)
	return nil
}

// logout ends the session.
func (s *Server) logout(c *gin.Context, actor tasks.Person) error {
	if err := s.sessions.Destroy(c.Request.Context()); err != nil {
		return fmt.Errorf("end session of %d: %w", actor.ID, err)
	}
	return s.redirect(c, actor, "/login", "")
}
