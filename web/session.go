package web

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"

	"tiendo/tasks"
)

// What a session holds.
const (
	keyPerson  = "person"  // the person's identifier
	keyEpoch   = "epoch"   // the person's epoch at sign-in
	keyEntered = "entered" // when he signed in, Unix seconds of the system clock
	keySeen    = "seen"    // when he was last seen, to the minute
	keyFlash   = "flash"   // a message for the next page that no cookie can carry
)

// How long a sign-in holds, whatever happens in it, and how long without a request.
const (
	sessionLife = 12 * time.Hour // one working day
	sessionIdle = 2 * time.Hour
)

// seenEvery is how often it is written down at most that somebody is still there: a list page shall cost no writing.
const seenEvery = time.Minute

func (s *Server) newSessions() *scs.SessionManager {
	m := scs.New()
	m.Store = lenientSessions{s.Sessions, s.Log}
	m.Lifetime = sessionLife
	m.HashTokenInStore = true
	m.ErrorFunc = s.sessionFailed
	m.Cookie.Name = s.cookieName("tiendo")
	m.Cookie.HttpOnly = true
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.Secure = s.secure()
	return m
}

func (s *Server) secure() bool { return s.BaseURL.Scheme == "https" }

// cookieName takes the prefix by which a browser refuses a cookie that did not come over https from this very host (RFC 6265bis,
// section 4.1.3.2): no neighbouring site can plant one.
func (s *Server) cookieName(name string) string {
	if s.secure() {
		return "__Host-" + name
	}
	return name
}

// startSession signs the person in under a new token, so that a token known before is worth nothing.
func (s *Server) startSession(c *gin.Context, p tasks.Person) error {
	return s.goOn(c, p, s.System())
}

// keepSession gives the person, whose other sessions have just ended, a new token for the sign-in that he is in.
func (s *Server) keepSession(c *gin.Context, p tasks.Person) error {
	return s.goOn(c, p, time.Unix(s.sessions.GetInt64(c.Request.Context(), keyEntered), 0))
}

func (s *Server) goOn(c *gin.Context, p tasks.Person, entered time.Time) error {
	ctx := c.Request.Context()
	if err := s.sessions.RenewToken(ctx); err != nil {
		return fmt.Errorf("start session of %d: %w", p.ID, err)
	}
	s.sessions.Put(ctx, keyPerson, p.ID)
	s.sessions.Put(ctx, keyEpoch, p.Epoch)
	s.sessions.Put(ctx, keyEntered, entered.Unix())
	s.sessions.Put(ctx, keySeen, s.System().Unix())
	s.rememberLanguage(c, p.Language)
	return nil
}

// seen notes that the signed-in person is still there, and refuses one who was away for too long or signed in too long ago.
func (s *Server) seen(ctx context.Context) error {
	now := s.System()
	age := func(key string) time.Duration { return now.Sub(time.Unix(s.sessions.GetInt64(ctx, key), 0)) }
	if age(keySeen) > sessionIdle || age(keyEntered) > sessionLife {
		return tasks.E(tasks.CodeUnauthenticated, "error.sign_in")
	}
	if age(keySeen) >= seenEvery {
		s.sessions.Put(ctx, keySeen, now.Unix())
	}
	return nil
}
