package web_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"tiendo/web"
)

// do sends a request with headers, and "Host" among them.
func (c *client) do(method, path string, header map[string]string, body io.Reader) *page {
	c.t.Helper()
	req := must(http.NewRequestWithContext(c.t.Context(), method, c.base+path, body))(c.t)
	for name, value := range header {
		if name == "Host" {
			req.Host = value
		} else {
			req.Header.Set(name, value)
		}
	}
	return c.send(req)
}

var asForm = map[string]string{"Content-Type": "application/x-www-form-urlencoded"}

// with adds headers to those of a form.
func with(header map[string]string, more ...string) map[string]string {
	out := maps.Clone(header)
	for i := 0; i < len(more); i += 2 {
		out[more[i]] = more[i+1]
	}
	return out
}

// mailPolicy is that of a mail that is previewed.
const mailPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"

// TestHeadersOfEveryAnswer looks at every route, as nobody and as the secretariat, and at what no route answers.
func TestHeadersOfEveryAnswer(t *testing.T) {
	r := newRig(t, func(s *web.Server) { s.Demo = standingDemo{} })
	sc := newScene(t, r)
	check := func(p *page) {
		t.Helper()
		h := p.header
		csp := h.Get("Content-Security-Policy")
		frames := "DENY"
		// A mail has its styles in itself, and stands in a frame of the page that previews it; the sandbox keeps it from everything else.
		if strings.HasPrefix(p.path, "/outbox/previews/body") && p.status == http.StatusOK && csp == mailPolicy {
			csp, frames = "default-src 'none'", "SAMEORIGIN"
		}
		if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s (%d): policy %q", p.path, p.status, csp)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("X-Frame-Options") != frames || h.Get("Referrer-Policy") != "same-origin" {
			t.Errorf("%s (%d): headers %v", p.path, p.status, h)
		}
		if !strings.HasPrefix(p.path, "/static/") && h.Get("Cache-Control") != "no-store" {
			t.Errorf("%s (%d): may be kept: %q", p.path, p.status, h.Get("Cache-Control"))
		}
		if p.status == http.StatusOK && len(p.body) > 0 && h.Get("Content-Type") == "" {
			t.Errorf("%s: no content type", p.path)
		}
	}
	browsers := []*client{sc.client(), sc.signIn(officeEmail)}
	for _, row := range accessTable() {
		for _, c := range browsers {
			if row.pattern == "/logout" {
				continue
			}
			if row.method == http.MethodGet {
				check(c.get(sc.path(row.path)))
			} else {
				check(c.post(sc.path(row.path), row.form))
			}
		}
	}
	for _, c := range browsers {
		for _, path := range []string{"/khong-co", "/static/khong-co", "/healthz", "/readyz", "/documents/0", "/evidence/x"} {
			check(c.get(path))
		}
		check(c.do("PUT", "/documents", nil, nil))
		check(c.do("POST", "/static/x", nil, nil))
		check(c.do("POST", "/login", with(asForm, "Origin", "https://evil.example"), strings.NewReader("")))
		check(c.do("POST", "/login", asForm, strings.NewReader(strings.Repeat("a", 3<<20))))
	}
}

// A form that another site sends does nothing, whatever it says about itself.
func TestOtherSitesCannotAct(t *testing.T) {
	r := newRig(t)
	_, own := r.issue("10/CT-UBND", rigDuty{text: "Rà soát", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"})
	c := r.signIn(focalEmail)
	path := fmt.Sprintf("/assignments/%d/report", own[0].ID)
	body := url.Values{"kind": {"progress"}, "percent": {"50"}, "text": {"Kẻ khác viết"}}.Encode()
	for name, header := range map[string]map[string]string{
		"another origin":              {"Origin": "https://evil.example"},
		"another port":                {"Origin": "http://127.0.0.1:1"},
		"no origin at all":            {"Origin": "null"},
		"cross-site by the browser":   {"Sec-Fetch-Site": "cross-site"},
		"a neighbour":                 {"Sec-Fetch-Site": "same-site", "Origin": "http://x.mauson.example"},
		"its own name in a referer":   {"Origin": "https://evil.example", "Referer": r.http.URL},
		"text that a form can send":   {"Origin": "https://evil.example", "Content-Type": "text/plain"},
		"a method in a header":        {"Sec-Fetch-Site": "cross-site", "X-HTTP-Method-Override": "GET"},
		"a host that looks like ours": {"Origin": strings.Replace(r.http.URL, "127.0.0.1", "127.0.0.1.evil.example", 1)},
	} {
		if p := c.do("POST", path, with(with(asForm), slices.Concat(flat(header))...), strings.NewReader(body)); p.status != http.StatusForbidden {
			t.Errorf("%s: answered %d", name, p.status)
		}
	}
	for name, header := range map[string]map[string]string{
		"this site":      {"Origin": r.http.URL, "Sec-Fetch-Site": "same-origin"},
		"no browser":     {},
		"an old browser": {"Origin": r.http.URL},
	} {
		if p := c.do("POST", path, with(asForm, flat(header)...), strings.NewReader(body)); p.status != http.StatusSeeOther {
			t.Errorf("%s: answered %d: %s", name, p.status, p.text())
		}
	}
	v := must(r.Assignments.Get(r.ctx(), r.person(officeEmail), own[0].ID))(t)
	if len(v.Reports) != 3 {
		t.Errorf("%d reports, want the 3 of this site", len(v.Reports))
	}
}

func flat(header map[string]string) []string {
	var out []string
	for name, value := range header {
		out = append(out, name, value)
	}
	return out
}

// Other methods than a route's own do nothing: neither those that a proxy lets through nor those that a header or field asks for.
func TestOtherMethodsDoNothing(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(s *web.Server) { s.Demo = standingDemo{} })
	sc := newScene(t, r)
	c := sc.signIn(officeEmail)
	before := sc.state()
	for _, row := range accessTable() {
		path := sc.path(row.path)
		for _, method := range []string{"HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "post", "FOO"} {
			p := c.do(method, path, with(asForm, "X-HTTP-Method-Override", "POST", "X-Method-Override", "POST"), strings.NewReader("_method=POST&version=1"))
			if p.status < 400 {
				t.Errorf("%s %s: answered %d", method, path, p.status)
			}
		}
		if row.method == http.MethodPost && row.pattern != "/login" && !slices.ContainsFunc(accessTable(), func(o routeRow) bool {
			return o.method == http.MethodGet && o.pattern == row.pattern
		}) {
			if p := c.get(path + "?_method=POST&version=1"); p.status < 400 {
				t.Errorf("GET %s: answered %d", path, p.status)
			}
		}
	}
	if after := sc.state(); after != before {
		t.Errorf("something was changed: %s, before %s", after, before)
	}
}

type routeRow = row

// state is what the requests of a test could have changed.
func (sc *scene) state() string {
	sc.t.Helper()
	a := must(sc.Assignments.Get(sc.ctx(), sc.person(officeEmail), sc.ids["assignment"]))(sc.t)
	d := must(sc.Documents.Get(sc.ctx(), sc.person(officeEmail), sc.ids["draft-document"]))(sc.t)
	p := sc.person(communeEmail)
	return fmt.Sprint(a.Assignment.Version, len(a.Reports), d.Document.Version, d.Document.State, p.Version, p.Epoch)
}

// Links in mails and pages lead to base_url, whatever host a request names.
func TestHostIsNotBelieved(t *testing.T) {
	r := newRig(t)
	for _, host := range []string{"evil.example", "evil.example:80", "127.0.0.1:1@evil.example"} {
		header := with(asForm, "Host", host, "X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https", "Forwarded", "host=evil.example")
		p := r.client().do("POST", "/password/forgot", header, strings.NewReader(url.Values{"email": {focalEmail}}.Encode()))
		if p.status < 400 && p.location != "/login" || strings.Contains(p.body+p.location, "evil") {
			t.Errorf("%s: %d to %q", host, p.status, p.location)
		}
	}
	admin := r.signIn(adminEmail)
	p := admin.do("POST", r.personHref(noRoleEmail)+"/invite", with(asForm, "Host", "evil.example", "Cookie", "tiendo="+admin.cookie()), strings.NewReader(""))
	if link, _ := p.value("link"); !strings.HasPrefix(link, r.http.URL+"/password/link/") {
		t.Errorf("the page shows the link %q: %d %s", link, p.status, p.text())
	}
	p = admin.do("GET", "/khong-co", map[string]string{"Host": "evil.example", "X-Forwarded-Host": "evil.example"}, nil)
	if strings.Contains(p.body, "evil") {
		t.Error("a page names the host of the request")
	}
	r.runDue()
	mails := r.composed()
	for _, m := range mails {
		if strings.Contains(m.html, "evil") || !strings.Contains(m.html, `href="`+r.http.URL+"/password/link/") {
			t.Errorf("mail to %s: %s", m.to, m.html)
		}
	}
	if len(mails) == 0 {
		t.Error("no mail")
	}
}

// The link that a mail brings opens, is not used up by opening, and stands in no log.
func TestLinkOfTheMail(t *testing.T) {
	var log bytes.Buffer
	r := newRig(t, func(s *web.Server) {
		s.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	r.client().post("/password/forgot", url.Values{"email": {focalEmail}}).wantRedirect("/login")
	r.runDue()
	m := r.composed()[0]
	_, rest, ok := strings.Cut(m.html, `href="`+r.http.URL)
	path, _, _ := strings.Cut(rest, `"`)
	if !ok {
		t.Fatalf("no link: %s", m.html)
	}
	c := r.client()
	for range 3 {
		p := c.get(path).want(http.StatusOK)
		if p.header.Get("Referrer-Policy") != "same-origin" || p.header.Get("Cache-Control") != "no-store" {
			t.Errorf("headers %v", p.header)
		}
		c.do("HEAD", path, nil, nil)
	}
	c.post(path+"?password=x", url.Values{"password": {rigPassword + "2"}, "repeat": {rigPassword + "2"}}).wantRedirect("/")
	c.get(path).want(http.StatusNotFound)
	c.get(strings.TrimSuffix(path, "A") + "/").want(http.StatusNotFound)
	secret := path[strings.LastIndex(path, "/")+1:]
	if len(secret) < 30 || strings.Contains(log.String(), secret) {
		t.Errorf("the log tells the secret %q: %s", secret, log.String())
	}
	if !strings.Contains(log.String(), "/password/link/…") {
		t.Errorf("the log does not show the requests: %s", log.String())
	}
	if strings.Contains(log.String(), rigPassword) {
		t.Error("the log tells a password")
	}
}

func TestRedirectsStayHere(t *testing.T) {
	r := newRig(t, func(s *web.Server) { s.Demo = standingDemo{} })
	here := must(url.Parse(r.http.URL))(t)
	targets := []string{
		"//evil.example", "///evil.example", `/\evil.example`, `\\evil.example`, "https:evil.example", "https:/evil.example", "http://evil.example@" + here.Host,
		"/.//evil.example", "/..//evil.example", "/%2F/evil.example", "/%09/evil.example", "/\t/evil.example", "/\n/evil.example", " //evil.example",
		"javascript:probe()", "data:text/html,x", "/login?next=//evil.example", "@evil.example", "?//evil.example", "#//evil.example", "/%5c/evil.example",
		"/x\r\nSet-Cookie: a=b", "/\x00",
	}
	stays := func(what string, p *page) {
		t.Helper()
		u, err := here.Parse(p.header.Get("Location"))
		if p.status != http.StatusSeeOther || err != nil || u.Host != here.Host || u.Scheme != here.Scheme || strings.HasPrefix(p.header.Get("Location"), "//") {
			t.Errorf("%s: %d to %q", what, p.status, p.header.Get("Location"))
		}
		for _, c := range p.header.Values("Set-Cookie") {
			if !strings.HasPrefix(c, "tiendo") {
				t.Errorf("%s: sets %q", what, c)
			}
		}
	}
	office := r.signIn(officeEmail)
	for _, target := range targets {
		stays("signing in, next "+target, r.client().post("/login", url.Values{"email": {officeEmail}, "password": {rigPassword}, "next": {target}}))
		stays("signed in, next "+target, office.get("/login?next="+url.QueryEscape(target)))
	}
	for _, referer := range []string{"https://evil.example/x", "http://" + here.Host + "//evil.example/", r.http.URL + "@evil.example/", "//evil.example", "javascript:probe()"} {
		stays("demo, from "+referer, office.do("POST", "/demo/release", with(asForm, "Referer", referer), nil))
	}
	for _, path := range []string{"//evil.example/", "//evil.example/%2e%2e", "/%2F%2Fevil.example/", "/mine/", "/assignments/../../evil.example"} {
		p := office.get(path)
		u, err := here.Parse(p.header.Get("Location"))
		if err != nil || u.Host != here.Host {
			t.Errorf("%s leads to %q", path, p.header.Get("Location"))
		}
	}
}

// Nothing outside of what is embedded, and no file but by an attachment's number, can be reached by a path.
func TestPathsLeadNowhere(t *testing.T) {
	r := newRig(t)
	sc := newScene(t, r)
	c := sc.signIn(officeEmail)
	hash := must(r.Documents.Get(r.ctx(), r.person(officeEmail), sc.ids["document"]))(t).Files[0].Attachment.Hash
	for _, path := range []string{
		"/static/", "/static/../go.mod", "/static/%2e%2e/%2e%2e/etc/passwd", "/static/..%2f..%2fetc/passwd", `/static/..\..\etc\passwd`,
		"/static/css/", "/static/css/10-base.css", "/static//etc/passwd", "/static/%00", "/static/app.css",
		"/files/" + hash, "/evidence/" + hash, "/files/" + hash[:2] + "/" + hash, "/files/..%2f..%2ftiendo.db", "/evidence/..%2f1", "/files/1%00", "/files/-1",
		"/files/9223372036854775808", "/files/1e0", "/files/0x1", "/files/+1", "/documents/1/../../files/1%2f..",
	} {
		req := must(http.NewRequestWithContext(t.Context(), http.MethodGet, c.base, nil))(t)
		req.URL.Opaque = "//" + req.URL.Host + path // as it stands, not made tidy
		p := c.send(req)
		for range 2 {
			if p.status/100 == 3 {
				p = c.get(p.location)
			}
		}
		if p.status != http.StatusNotFound && p.status != http.StatusBadRequest {
			t.Errorf("%s: answered %d, %s", path, p.status, p.header.Get("Content-Type"))
		}
	}
}

// raw sends octets and gives back the first line of each answer.
func (r *rig) raw(request string) string {
	r.t.Helper()
	conn := must(net.Dial("tcp", r.http.Listener.Addr().String()))(r.t)
	defer conn.Close()
	if _, err := io.WriteString(conn, request); err != nil {
		r.t.Fatal(err)
	}
	line := must(bufio.NewReader(conn).ReadString('\n'))(r.t)
	return strings.TrimSpace(line)
}

// What two programs on the way could read differently is refused.
func TestAmbiguousRequests(t *testing.T) {
	r := newRig(t)
	for name, request := range map[string]string{
		"two lengths":              "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
		"a length that is none":    "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nabc",
		"another transfer coding":  "POST /login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
		"a space before the colon": "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length : 3\r\n\r\nabc",
		"two hosts":                "GET /login HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
		"no host":                  "GET /login HTTP/1.1\r\n\r\n",
		"a bad chunk":              "POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n",
	} {
		if line := r.raw(request); !strings.HasPrefix(line, "HTTP/1.1 4") && !strings.HasPrefix(line, "HTTP/1.1 501") {
			t.Errorf("%s: %q", name, line)
		}
	}
}
