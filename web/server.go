package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/templates"
)

// Server holds what the handlers need. Every field is required but Demo, Health, Observe and Changed.
type Server struct {
	Accounts    *tasks.Accounts
	Assignments *tasks.Assignments
	Documents   *tasks.Documents
	Directory   *tasks.Directory
	Weeks       *tasks.Weeks
	Changes     *tasks.AgencyChanges
	Reminders   *tasks.Reminders
	Days        *tasks.WorkingDays
	Letters     *tasks.Letters
	Trail       *tasks.Trail
	Outbox      *notify.Outbox
	Bounces     *notify.Bounces
	Templates   *templates.Set
	Sessions    scs.Store
	Rules       tasks.Rules
	Now         tasks.Clock // business
	System      tasks.Clock
	Log         *slog.Logger
	// Ready answers nil when the program can serve: database reachable, scheduler alive.
	Ready func(context.Context) error
	// Health tells what the page of that name says beside the outbox and the jobs; without it only the database is looked at.
	Health func(context.Context) Health
	// BaseURL is how people reach the program; https makes cookies secure.
	BaseURL *url.URL
	// Province stands beside the product's name.
	Province string
	// Letterhead is what the office's documents begin and end with.
	Letterhead Letterhead
	// TrustedProxies are the addresses whose X-Forwarded-For is believed; none by default.
	TrustedProxies []string
	// Changed is called after each request that changed something of which people may be told: mails may have to be composed. It must not block.
	Changed func()
	// Observe is told of each answered request, for figures; nil: nobody. It must not block.
	Observe func(Request)
	// Demo moves the business clock; nil outside the demo.
	Demo Demo

	sessions *scs.SessionManager
	uploads  turns
	exports  turns
	// What pages made last of the directory and of the names of documents.
	agencies  agencyIndex
	documents documentChoices
	warned    sync.Once // of a proxy that is not trusted
}

// Demo is what the demo's clock bar drives.
type Demo interface {
	// MoveTo steps the business clock to the instant, running what falls due on the way.
	MoveTo(ctx context.Context, to time.Time) error
	// Release lets held mails go at once.
	Release(ctx context.Context) error
	// MailURL is where the mail catcher's page is.
	MailURL() string
}

// Handler builds the whole handler: routes, sessions, protection against cross-origin requests, headers and the request log.
func (s *Server) Handler() (http.Handler, error) {
	if s.BaseURL == nil || s.Log == nil || s.Templates == nil || s.Sessions == nil {
		return nil, errors.New("web: server is not wired")
	}
	s.sessions = s.newSessions()
	engine, err := s.engine()
	if err != nil {
		return nil, err
	}
	origins := http.NewCrossOriginProtection()
	if err := origins.AddTrustedOrigin(s.BaseURL.Scheme + "://" + s.BaseURL.Host); err != nil {
		return nil, fmt.Errorf("web: base_url: %w", err)
	}
	origins.SetDenyHandler(http.HandlerFunc(s.deniedOrigin))
	mux := http.NewServeMux()
	mux.Handle(templates.StaticPath, s.Templates.StaticHandler())
	mux.HandleFunc("GET /healthz", s.healthz)
	mux.HandleFunc("GET /readyz", s.readyz)
	mux.Handle("/", s.sessions.LoadAndSave(engine))
	return s.logged(secured(limited(origins.Handler(mux)))), nil
}

// engine registers every route of the table.
func (s *Server) engine() (*gin.Engine, error) {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	if err := engine.SetTrustedProxies(s.TrustedProxies); err != nil {
		return nil, fmt.Errorf("web: trusted proxies: %w", err)
	}
	engine.RemoteIPHeaders = []string{"X-Forwarded-For"} // what a proxy appends to; others it may pass on as the visitor wrote them
	engine.HandleMethodNotAllowed = true
	engine.RedirectTrailingSlash = false
	// An upload may be a state secret, which must not reach the disk before its head was read (Luật 117/2025/QH15, art. 5(2)).
	engine.MaxMultipartMemory = maxForm
	engine.Use(s.recovered)
	for _, r := range s.routes() {
		engine.Handle(r.method, r.path, s.serve(r))
	}
	engine.NoRoute(s.serve(route{open: true, handle: notFound}))
	engine.NoMethod(s.serve(route{open: true, handle: notFound}))
	return engine, nil
}

func notFound(*gin.Context, tasks.Person) error { return tasks.ErrNotFound }
