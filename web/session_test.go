package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2/memstore"

	"tiendo/tasks"
	"tiendo/web"
)

// cookieOf is the cookie of that name that an answer sets; the test ends when there is none.
func cookieOf(t *testing.T, p *page, name string) *http.Cookie {
	t.Helper()
	for _, c := range (&http.Response{Header: p.header}).Cookies() {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("%s: no cookie %q among %q", p.path, name, p.header.Values("Set-Cookie"))
	return nil
}

func credentials(email string) url.Values {
	return url.Values{"email": {email}, "password": {rigPassword}}
}

func TestCookies(t *testing.T) {
	for _, tt := range []struct {
		base, prefix string
		secure       bool
	}{{"https://tiendo.mauson.example", "__Host-", true}, {"", "", false}} {
		r := newRig(t, func(s *web.Server) {
			if tt.base != "" {
				s.BaseURL = must(url.Parse(tt.base))(t)
			}
		})
		p := r.client().post("/login", credentials(focalEmail)).want(http.StatusSeeOther)
		for _, name := range []string{"tiendo", "tiendo_device"} {
			c := cookieOf(t, p, tt.prefix+name)
			if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure != tt.secure || c.Path != "/" || c.Domain != "" {
				t.Errorf("%q: %s", tt.base, c.Raw)
			}
		}
		if c := cookieOf(t, p, tt.prefix+"tiendo"); c.MaxAge > 12*3600 {
			t.Errorf("the session's cookie holds %d s", c.MaxAge)
		}
	}
}

// A token that an attacker has planted before is worth nothing after signing in, nor is one after signing out.
func TestSessionFixation(t *testing.T) {
	r := newRig(t)
	victim := r.client()
	// A token that the program itself gave to somebody who is not signed in.
	planted := cookieOf(t, victim.post("/password/forgot", url.Values{"email": {"khongco@mauson.example"}}), "tiendo").Value
	victim.post("/login", credentials(focalEmail)).want(http.StatusSeeOther)
	signedIn := victim.cookie()
	if signedIn == planted {
		t.Fatal("the token stays over signing in")
	}
	r.withCookie(planted).get("/account").wantRedirect("/login?next=%2Faccount")
	r.withCookie(signedIn).get("/account").want(http.StatusOK)

	victim.post("/login", credentials(focalEmail)).want(http.StatusSeeOther)
	r.withCookie(signedIn).get("/account").want(http.StatusSeeOther)
	again := victim.cookie()
	victim.post("/logout", nil).wantRedirect("/login")
	r.withCookie(again).get("/account").want(http.StatusSeeOther)
	if victim.cookie() != "" {
		t.Error("the browser keeps the cookie after signing out")
	}
	for _, made := range []string{"x", strings.Repeat("A", 43), "' OR 1=1 --", strings.Repeat("A", 8000)} {
		r.withCookie(made).get("/account").want(http.StatusSeeOther)
	}
}

// withCookie is a browser that shows this session.
func (r *rig) withCookie(token string) *client {
	c := r.client()
	c.http.Jar.SetCookies(must(url.Parse(c.base))(r.t), []*http.Cookie{{Name: "tiendo", Value: token, Path: "/", Quoted: strings.ContainsAny(token, " ")}})
	return c
}

// Each of these ends what a person has open elsewhere.
func TestWhatEndsSessionsElsewhere(t *testing.T) {
	r := newRig(t)
	change := func(fn func(*tasks.Person)) {
		p := r.person(focalEmail)
		fn(&p)
		must(r.Accounts.SavePerson(r.ctx(), tasks.System, p))(t)
	}
	for _, tt := range []struct {
		name string
		do   func()
	}{
		{"another grant", func() {
			change(func(p *tasks.Person) {
				p.Grants = append(p.Grants, tasks.Grant{Role: tasks.RoleFocal, AgencyID: r.agencies["STC"].ID})
			})
		}},
		{"a grant taken away", func() { change(func(p *tasks.Person) { p.Grants = p.Grants[:1] }) }},
		{"a password set by the program", func() {
			if err := r.Accounts.SetPassword(r.ctx(), tasks.System, r.people[focalEmail].ID, rigPassword); err != nil {
				t.Fatal(err)
			}
		}},
		{"a password set by a link", func() {
			secret := must(r.Accounts.Invite(r.ctx(), r.person(adminEmail), r.people[focalEmail].ID))(t)
			r.client().post("/password/link/"+secret, url.Values{"password": {rigPassword}, "repeat": {rigPassword}}).wantRedirect("/")
		}},
		{"disabled", func() { change(func(p *tasks.Person) { p.Active = false }) }},
	} {
		c := r.signIn(focalEmail)
		c.get("/mine").want(http.StatusOK)
		tt.do()
		for _, path := range []string{"/mine", "/account", "/assignments"} {
			if p := c.get(path); p.status != http.StatusSeeOther || !strings.HasPrefix(p.location, "/login") {
				t.Errorf("after %s: %s answers %d", tt.name, path, p.status)
			}
		}
		if p := c.post("/assignments/1/report", nil); p.status != http.StatusSeeOther {
			t.Errorf("after %s: a report is answered %d", tt.name, p.status)
		}
	}
}

func TestSessionLimits(t *testing.T) {
	// A store that knows only the machine's clock, so that what ends a session is the program's own limits.
	r := newRig(t, func(s *web.Server) { s.Sessions = memstore.New() })
	c := r.signIn(focalEmail)
	for range 6 { // each request within the idle limit
		r.skew.add(115 * time.Minute)
		c.get("/account").want(http.StatusOK)
	}
	r.skew.add(31 * time.Minute) // more than twelve hours since signing in, half an hour since the last request
	c.get("/account").wantRedirect("/login?next=%2Faccount")

	c = r.signIn(focalEmail)
	r.skew.add(121 * time.Minute)
	c.get("/account").wantRedirect("/login?next=%2Faccount")

	// A new password or new grants prolong nothing.
	c = r.signIn(focalEmail)
	form := url.Values{"old": {rigPassword}, "password": {rigPassword + "2"}, "repeat": {rigPassword + "2"}}
	for i := range 7 {
		r.skew.add(100 * time.Minute)
		if i == 5 {
			c.post("/account/password", form).wantRedirect("/account")
		}
		c.get("/account").want(http.StatusOK)
	}
	r.skew.add(30 * time.Minute)
	c.get("/account").want(http.StatusSeeOther)
}

// Reading pages writes that somebody is there at most once a minute.
func TestReadingWritesLittle(t *testing.T) {
	writes := &countingSessions{}
	r := newRig(t, func(s *web.Server) { writes.CtxStore = s.Sessions.(sessionStore); s.Sessions = writes })
	c := r.signIn(focalEmail)
	writes.commits = 0
	for range 20 {
		c.get("/mine").want(http.StatusOK)
	}
	if writes.commits != 0 {
		t.Errorf("20 pages wrote the session %d times", writes.commits)
	}
	for range 3 {
		r.skew.add(61 * time.Second)
		for range 5 {
			c.get("/mine").want(http.StatusOK)
		}
	}
	if writes.commits != 3 {
		t.Errorf("three minutes of reading wrote the session %d times, want 3", writes.commits)
	}
}

type sessionStore interface {
	Find(token string) ([]byte, bool, error)
	Commit(token string, b []byte, expiry time.Time) error
	Delete(token string) error
	FindCtx(ctx context.Context, token string) ([]byte, bool, error)
	CommitCtx(ctx context.Context, token string, b []byte, expiry time.Time) error
	DeleteCtx(ctx context.Context, token string) error
}

type countingSessions struct {
	CtxStore sessionStore
	commits  int
	onCommit func()
}

func (s *countingSessions) Find(token string) ([]byte, bool, error) { return s.CtxStore.Find(token) }
func (s *countingSessions) Commit(token string, b []byte, expiry time.Time) error {
	return s.CtxStore.Commit(token, b, expiry)
}
func (s *countingSessions) Delete(token string) error { return s.CtxStore.Delete(token) }
func (s *countingSessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	return s.CtxStore.FindCtx(ctx, token)
}
func (s *countingSessions) DeleteCtx(ctx context.Context, token string) error {
	return s.CtxStore.DeleteCtx(ctx, token)
}
func (s *countingSessions) CommitCtx(ctx context.Context, token string, b []byte, expiry time.Time) error {
	s.commits++
	if fn := s.onCommit; fn != nil {
		s.onCommit = nil
		fn()
	}
	return s.CtxStore.CommitCtx(ctx, token, b, expiry)
}

// A page that is still being made while the person signs out must not bring his session back to life when it ends.
func TestSignedOutStaysSignedOut(t *testing.T) {
	store := &countingSessions{}
	r := newRig(t, func(s *web.Server) { store.CtxStore = s.Sessions.(sessionStore); s.Sessions = store })
	c := r.signIn(focalEmail)
	token := c.cookie()
	r.skew.add(2 * time.Minute) // the next page writes the session
	ended := false
	store.onCommit = func() {
		ended = true
		r.withCookie(token).post("/logout", nil).wantRedirect("/login")
	}
	c.get("/account").want(http.StatusOK)
	if !ended {
		t.Fatal("the page wrote no session")
	}
	r.withCookie(token).get("/account").want(http.StatusSeeOther)
}
