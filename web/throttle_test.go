package web_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"tiendo/web"
)

// behindProxy makes the rig believe X-Forwarded-For, as behind a proxy on this machine.
func behindProxy(s *web.Server) { s.TrustedProxies = []string{"127.0.0.1", "::1"} }

// from is the browser at another address; the last one counts.
func (c *client) from(address string) *client {
	next := c.http.Transport
	c.http.Transport = roundTrip(func(req *http.Request) (*http.Response, error) {
		if req.Header.Get("X-Forwarded-For") == "" {
			req.Header.Set("X-Forwarded-For", address)
		}
		return next.RoundTrip(req)
	})
	return c
}

type roundTrip func(*http.Request) (*http.Response, error)

// RoundTrip implements http.RoundTripper.
func (fn roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return fn(req) }

func TestThrottledSignIn(t *testing.T) {
	r := newRig(t, behindProxy)
	known := r.client().from("198.51.100.7")
	known.post("/login", credentials(focalEmail)).want(http.StatusSeeOther)
	known.post("/logout", nil)

	wrong := url.Values{"email": {focalEmail}, "password": {"không phải đâu"}, "next": {"/account"}}
	var refused *page
	for i := range 12 {
		p := r.client().from("203.0.113.9").post("/login", wrong)
		if i < 10 {
			p.want(http.StatusUnprocessableEntity)
			continue
		}
		refused = p.want(http.StatusTooManyRequests).wantText("Hãy thử lại sau", "Quên mật khẩu")
	}
	if wait, err := strconv.Atoi(refused.header.Get("Retry-After")); err != nil || wait < 1 || wait > 600 {
		t.Errorf("Retry-After %q", refused.header.Get("Retry-After"))
	}
	if email, _ := refused.value("email"); email != focalEmail {
		t.Errorf("the form comes back with %q", email)
	}
	if next, _ := refused.value("next"); next != "/account" || strings.Contains(refused.body, "không phải đâu") {
		t.Errorf("the form comes back with next %q, or with the password", next)
	}
	r.client().from("203.0.113.9").post("/login", credentials(focalEmail)).want(http.StatusTooManyRequests)
	// Others at that address, and the owner wherever she is.
	r.client().from("203.0.113.9").post("/login", credentials(otherEmail)).want(http.StatusSeeOther)
	r.client().from("198.51.100.8").post("/login", credentials(focalEmail)).want(http.StatusSeeOther)
	known.from("203.0.113.9").post("/login", credentials(focalEmail)).want(http.StatusSeeOther)
	// The same answer for a name that nobody has.
	unknown := url.Values{"email": {"khongco@mauson.example"}, "password": {"không phải đâu"}, "next": {"/account"}}
	for i := range 11 {
		p := r.client().from("203.0.113.9").post("/login", unknown)
		if i == 10 {
			p.want(http.StatusTooManyRequests)
			minutes := regexp.MustCompile(`sau \d+ phút`)
			a := minutes.ReplaceAllString(strings.ReplaceAll(p.text(), "khongco@mauson.example", ""), "")
			if b := minutes.ReplaceAllString(strings.ReplaceAll(refused.text(), focalEmail, ""), ""); a != b {
				t.Errorf("known and unknown are told apart: %q, %q", a, b)
			}
		}
	}
	r.skew.add(11 * time.Minute)
	r.client().from("203.0.113.9").post("/login", credentials(focalEmail)).want(http.StatusSeeOther)
}

// Who writes addresses into a header himself gets no new budget by it.
func TestForgedAddresses(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	started := 0
	for name, change := range map[string]func(*web.Server){
		"no proxy": func(s *web.Server) {
			s.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelWarn}))
		},
		"another proxy":  func(s *web.Server) { s.TrustedProxies = []string{"192.0.2.1"} },
		"before a proxy": func(s *web.Server) { behindProxy(s) },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, change)
			started++
			wrong := url.Values{"email": {focalEmail}, "password": {"không phải đâu"}}
			looked := 0
			for i := range 14 {
				forged := fmt.Sprintf("203.0.113.%d", i)
				c := r.client()
				next := c.http.Transport
				c.http.Transport = roundTrip(func(req *http.Request) (*http.Response, error) {
					for _, h := range []string{"X-Real-IP", "Forwarded", "CF-Connecting-IP", "True-Client-IP", "X-Appengine-Remote-Addr"} {
						req.Header.Set(h, forged)
					}
					// The proxy appends the address that it sees to what the visitor wrote.
					req.Header.Set("X-Forwarded-For", forged+", 198.51.100.200")
					return next.RoundTrip(req)
				})
				if c.post("/login", wrong).status == http.StatusUnprocessableEntity {
					looked++
				}
			}
			if looked != 10 {
				t.Errorf("%d of 14 tries were looked at, want 10", looked)
			}
		})
	}
	if started == 0 {
		t.Skip("there is no database")
	}
	if n := strings.Count(log.String(), "trusted_proxies"); n != 1 {
		t.Errorf("the log warns %d times of a proxy that is not trusted: %s", n, log.String())
	}
}

func TestResetRequestsThrottled(t *testing.T) {
	r := newRig(t, behindProxy)
	ask := func(from, email string) *page {
		return r.client().from(from).post("/password/forgot", url.Values{"email": {email}})
	}
	said := make(map[string]bool)
	for range 8 {
		for _, email := range []string{focalEmail, disabledEmail, "khongco@mauson.example"} {
			p := ask("203.0.113.9", email).wantRedirect("/login").follow()
			said[strings.ReplaceAll(p.text(), email, "")] = true
		}
	}
	if len(said) != 1 {
		t.Errorf("%d answers", len(said))
	}
	r.runDue()
	if n := len(r.mails()); n > 3 {
		t.Errorf("%d mails for 8 requests", n)
	}
	for range 6 {
		ask("203.0.113.9", "a@mauson.example")
	}
	p := ask("203.0.113.9", "b@mauson.example").want(http.StatusTooManyRequests).wantText("Hãy chờ")
	if p.header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	ask("198.51.100.8", otherEmail).wantRedirect("/login")
}

func TestUnknownLinksThrottled(t *testing.T) {
	r := newRig(t, behindProxy)
	secret := must(r.Accounts.Invite(r.ctx(), r.person(adminEmail), r.people[focalEmail].ID))(t)
	c := r.client().from("203.0.113.9")
	for i := range 60 {
		c.get(fmt.Sprintf("/password/link/doan-%d", i)).want(http.StatusNotFound)
	}
	if p := c.get("/password/link/doan").want(http.StatusTooManyRequests); p.header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	// A link that holds does, at that address too.
	c.get("/password/link/" + secret).want(http.StatusOK)
	r.client().get("/password/link/doan").want(http.StatusNotFound)
}
