package web

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
)

// moveClock moves the demo's business clock to the form's "to" (RFC 3339) and answers when everything that falls due on the way has
// run and been sent. A browser goes back to its page, a script gets the new time.
func (s *Server) moveClock(c *gin.Context, _ tasks.Person) error {
	// A script that does not escape the plus of "+07:00" sends what a form reads as a space.
	to, err := time.Parse(time.RFC3339, strings.ReplaceAll(c.PostForm("to"), " ", "+"))
	if err != nil {
		return &tasks.Error{Code: tasks.CodeInvalid, Key: "demo.bad_time", Err: err}
	}
	if to.Before(s.Now()) {
		return tasks.E(tasks.CodeInvalid, "demo.backwards")
	}
	if err := s.Demo.MoveTo(c.Request.Context(), to); err != nil {
		return err
	}
	return s.demoDone(c)
}

// releaseAll lets every held mail go at once.
func (s *Server) releaseAll(c *gin.Context, _ tasks.Person) error {
	if err := s.Demo.Release(c.Request.Context()); err != nil {
		return err
	}
	return s.demoDone(c)
}

func (s *Server) demoDone(c *gin.Context) error {
	if !strings.Contains(c.GetHeader("Accept"), "text/html") {
		c.String(http.StatusOK, s.Now().In(s.Rules.Location).Format(time.RFC3339)+"\n")
		return nil
	}
	target := "/"
	if from, err := url.Parse(c.GetHeader("Referer")); err == nil && from.Host == c.Request.Host {
		target = localTarget(from.RequestURI())
	}
	c.Redirect(http.StatusSeeOther, target)
	return nil
}

// localTarget is a path of this program to go to next, "/" when the text is none: never another host.
func localTarget(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.IsAbs() || u.Host != "" || u.User != nil || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(text, "//") || strings.Contains(text, `\`) {
		return "/"
	}
	return u.RequestURI()
}
