package web

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"sync"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

const keyActor = "actor" // in the gin context

// serve wraps a handler: it finds out who is asking, sends to sign in who must, and turns an error into a page.
func (s *Server) serve(r route) gin.HandlerFunc {
	return func(c *gin.Context) {
		routed(c.Request.Context(), r.path)
		s.recheckDays(c.Request.Context())
		actor, err := s.actor(c)
		if actor.ID == 0 {
			actor = s.welcome(c)
		}
		c.Set(keyLanguage, actor.Language)
		if err != nil && (!r.open || tasks.CodeOf(err) != tasks.CodeUnauthenticated) {
			s.fail(c, actor, err)
			return
		}
		c.Set(keyActor, actor)
		done, err := s.admitForm(c, r, actor)
		if err != nil {
			s.fail(c, actor, err)
			return
		}
		defer done()
		if err := r.handle(c, actor); err != nil {
			s.fail(c, actor, err)
			return
		}
		if r.method == http.MethodPost && !quietRoutes[r.path] && s.Changed != nil {
			s.Changed()
		}
	}
}

// actor is the signed-in person as he is now. A session that has ended is forgotten.
func (s *Server) actor(c *gin.Context) (tasks.Person, error) {
	ctx := c.Request.Context()
	id := s.sessions.GetInt64(ctx, keyPerson)
	if id == 0 {
		return tasks.Person{}, tasks.E(tasks.CodeUnauthenticated, "error.sign_in")
	}
	var p tasks.Person
	err := s.seen(ctx)
	if err == nil {
		p, err = s.Accounts.Current(ctx, id, s.sessions.GetInt64(ctx, keyEpoch))
	}
	if tasks.CodeOf(err) == tasks.CodeUnauthenticated {
		if err := s.sessions.Destroy(ctx); err != nil {
			return tasks.Person{}, fmt.Errorf("end session: %w", err)
		}
	}
	return p, err
}

// statuses is the one table from an error's code to an HTTP status.
var statuses = map[tasks.Code]int{
	tasks.CodeInvalid:         http.StatusUnprocessableEntity,
	tasks.CodeUnauthenticated: http.StatusUnauthorized,
	tasks.CodeForbidden:       http.StatusForbidden,
	tasks.CodeNotFound:        http.StatusNotFound,
	tasks.CodeConflict:        http.StatusConflict,
	tasks.CodeTooLarge:        http.StatusRequestEntityTooLarge,
	tasks.CodeTooMany:         http.StatusTooManyRequests,
	tasks.CodeStorageFull:     http.StatusInsufficientStorage,
	tasks.CodeUnavailable:     http.StatusServiceUnavailable,
	tasks.CodeInternal:        http.StatusInternalServerError,
}

// fail answers with the error's page. Who is not signed in goes to the sign-in form and comes back here.
func (s *Server) fail(c *gin.Context, actor tasks.Person, err error) {
	code := tasks.CodeOf(err)
	note(c, err)
	retryAfter(c, err)
	if code == tasks.CodeUnauthenticated {
		target := "/login"
		if c.Request.Method == http.MethodGet && c.Request.URL.Path != "/" {
			target += "?next=" + url.QueryEscape(c.Request.URL.RequestURI())
		}
		c.Redirect(http.StatusSeeOther, target)
		return
	}
	w := s.words(actor)
	layout := s.layout(c, actor, w.T("error_title."+string(code)))
	page := templates.ErrorPage{Layout: layout, Text: s.explain(actor, err), Action: &templates.Action{Href: "/", Label: w.T("error.back"), Quiet: true}}
	if code == tasks.CodeInternal {
		page.Reference = requestID(c.Request.Context())
	}
	if c.Request.Method == http.MethodPost {
		page.Kept = keptFields(c, w)
		page.Action = cmp.Or(wayBack(c, w, code), page.Action)
	}
	if err := s.render(c, statuses[code], "error", page); err != nil {
		note(c, err)
		c.String(http.StatusInternalServerError, http.StatusText(http.StatusInternalServerError))
	}
}

// explain puts an error into words: its own key's, else those of its code.
func (s *Server) explain(actor tasks.Person, err error) string {
	w := s.words(actor)
	var e *tasks.Error
	if errors.As(err, &e) {
		return w.T(e.Key, args(e.Args)...)
	}
	return w.T("error." + string(tasks.CodeOf(err)))
}

func args(in []string) []any {
	out := make([]any, len(in))
	for i, a := range in {
		out[i] = a
		if d, err := calendar.ParseDate(a); err == nil && !d.IsZero() {
			out[i] = d
		}
	}
	return out
}

// words are those of the person's language.
func (s *Server) words(p tasks.Person) *templates.Words {
	if p.Language == "" {
		return s.Templates.Words(templates.DefaultLanguage)
	}
	return s.Templates.Words(p.Language)
}

// pages are buffers in which pages were written; one that grew beyond maxPage octets is not kept.
var pages = sync.Pool{New: func() any { return new(bytes.Buffer) }}

const maxPage = 1 << 20

// render answers with a page; nothing is sent when it fails.
func (s *Server) render(c *gin.Context, status int, name string, data any) error {
	page := pages.Get().(*bytes.Buffer)
	defer func() {
		if page.Cap() <= maxPage {
			page.Reset()
			pages.Put(page)
		}
	}()
	if err := s.Templates.Page(page, name, c.GetString(keyLanguage), data); err != nil {
		return err
	}
	c.Data(status, "text/html; charset=utf-8", page.Bytes())
	return nil
}

// redirect leads on after a change, with a message for the page that follows. A script that asks for JSON is told where to, since a browser
// does not tell it the fragment of the address to which it was led.
func (s *Server) redirect(c *gin.Context, actor tasks.Person, target, flashKey string, flashArgs ...any) error {
	if flashKey != "" {
		s.setFlash(c, actor, flashKey, flashArgs)
	}
	if c.GetHeader("Accept") == gin.MIMEJSON {
		c.JSON(http.StatusOK, struct {
			Location string `json:"location"`
		}{target})
		return nil
	}
	c.Redirect(http.StatusSeeOther, target)
	return nil
}

// recovered turns a panic into an error page and a log record with its stack.
func (s *Server) recovered(c *gin.Context) {
	defer func() {
		if v := recover(); v != nil {
			if v == http.ErrAbortHandler {
				panic(v)
			}
			s.Log.ErrorContext(c.Request.Context(), "panic", "value", fmt.Sprint(v), "stack", string(debug.Stack()))
			if !c.Writer.Written() {
				s.fail(c, tasks.Person{Language: c.GetString(keyLanguage)}, fmt.Errorf("panic: %v", v))
			}
			c.Abort()
		}
	}()
	c.Next()
}
