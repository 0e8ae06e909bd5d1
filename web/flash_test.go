package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tiendo/web"
)

// flashOf is what the page says of what was just done; "" when it says nothing.
func flashOf(p *page) string {
	for _, n := range p.elements("p") {
		if attribute(n, "class") == "flash" {
			return textOf(n)
		}
	}
	return ""
}

// setCookie puts a cookie into the browser as another site of the same domain might.
func (c *client) setCookie(name, value string) {
	c.http.Jar.SetCookies(must(url.Parse(c.base))(c.t), []*http.Cookie{{Name: name, Value: value, Path: "/"}})
}

const flashName = "tiendo_flash"

// A report costs the session no writing: its message goes by a cookie, is shown once, and survives a page that only leads on.
func TestMessageForTheNextPage(t *testing.T) {
	writes := &countingSessions{}
	r := newRig(t, func(s *web.Server) { writes.CtxStore = s.Sessions.(sessionStore); s.Sessions = writes })
	_, issued := r.issue("7/CT-UBND", rigDuty{text: "Rà soát thủ tục hành chính", leads: []string{"Sở Nội vụ"}, due: "2026-12-01"})
	c := r.signIn(focalEmail)
	writes.commits = 0
	form := url.Values{"kind": {"progress"}, "percent": {"10"}, "text": {"Đang làm"}}
	p := c.post(path(issued[0], "/report"), form).wantRedirect(path(issued[0]))
	cookie := cookieOf(t, p, flashName)
	if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.MaxAge <= 0 || cookie.MaxAge > 60 || cookie.Path != "/" || cookie.Domain != "" {
		t.Errorf("cookie %s", cookie.Raw)
	}
	if writes.commits != 0 {
		t.Errorf("a report wrote the session %d times", writes.commits)
	}
	c.get("/").want(http.StatusSeeOther) // leads on, and takes nothing
	c.get("/evidence/99999/x").want(http.StatusNotFound)
	if got := flashOf(c.get("/account")); got != "" {
		t.Errorf("a page after the error's says %q again", got)
	}
	p = c.post(path(issued[0], "/report"), form).follow()
	if got := flashOf(p); got != "Đã ghi báo cáo tiến độ." {
		t.Errorf("the page says %q", got)
	}
	if cookieOf(t, p, flashName).MaxAge >= 0 {
		t.Error("the cookie stays after it was shown")
	}
	if got := flashOf(c.get(path(issued[0]))); got != "" {
		t.Errorf("the next page says %q", got)
	}
	if writes.commits != 0 {
		t.Errorf("the session was written %d times", writes.commits)
	}
}

// The page after a redirect by way of another page shows the message.
func TestMessageSurvivesRedirect(t *testing.T) {
	r := newRig(t)
	c := r.signIn(focalEmail)
	p := c.post("/account/language", url.Values{"language": {"en"}}).wantRedirect("/account")
	cookieOf(t, p, flashName)
	p = c.get("/").follow()
	if got := flashOf(p); got == "" || strings.HasPrefix(got, "[") {
		t.Errorf("the page says %q", got)
	}
}

// Nobody can plant words: neither made up, nor changed, nor another session's, nor those of before another sign-in.
func TestPlantedMessage(t *testing.T) {
	r := newRig(t)
	c, other := r.signIn(focalEmail), r.signIn(officeEmail)
	value := func(c *client) string {
		return cookieOf(t, c.post("/account/language", url.Values{"language": {"vi"}}), flashName).Value
	}
	own := value(c)
	text, sum, _ := strings.Cut(own, ".")
	theirs, theirSum, _ := strings.Cut(value(other), ".")
	for name, planted := range map[string]string{
		"another session's": theirs + "." + theirSum, "another's words": theirs[:len(theirs)-2] + "." + sum, "another's sum": text + "." + theirSum,
		"no sum": text, "empty sum": text + ".", "changed": "x" + own, "nothing": ".", "no base64": "%%%.%%%", "long": strings.Repeat("A", 8000) + "." + sum,
	} {
		c.setCookie(flashName, planted)
		if got := flashOf(c.get("/account").want(http.StatusOK)); got != "" {
			t.Errorf("%s: the page says %q", name, got)
		}
	}
	c.setCookie(flashName, own)
	if flashOf(c.get("/account")) == "" {
		t.Error("the session's own message is not shown")
	}
	c.post("/logout", nil)
	c.setCookie(flashName, own)
	if got := flashOf(c.get("/login").want(http.StatusOK)); got != "" {
		t.Errorf("the page of nobody says %q", got)
	}
	c.post("/login", credentials(focalEmail)).want(http.StatusSeeOther)
	c.setCookie(flashName, own)
	if got := flashOf(c.get("/account")); got != "" {
		t.Errorf("after another sign-in the page says %q", got)
	}
}

// Arguments are escaped where they are shown; what is too long for a cookie goes by the session.
func TestMessageArguments(t *testing.T) {
	r := newRig(t)
	c := r.signIn(officeEmail)
	form := c.get("/directory").form("/directory/aliases")
	form.Set("party_text", "Sở Nội vụ")
	for name, byCookie := range map[string]bool{`<b onclick="x">Sở NV</b>`: true, "100": true, strings.Repeat("ộ", 190): false} {
		form.Set("name", name)
		p := c.post("/directory/aliases", form).wantRedirect("/directory#names")
		if got := len(p.header.Values("Set-Cookie")) > 0 && strings.Contains(strings.Join(p.header.Values("Set-Cookie"), "\n"), flashName); got != byCookie {
			t.Errorf("%.30s: by cookie: %v", name, got)
		}
		if got := flashOf(p.follow()); !strings.Contains(got, name) {
			t.Errorf("the page says %q", got)
		}
	}
}

// Who is not signed in sees his message too.
func TestMessageOfNobody(t *testing.T) {
	r := newRig(t)
	c := r.client()
	p := c.post("/password/forgot", url.Values{"email": {"khongco@mauson.example"}}).wantRedirect("/login").follow()
	if got := flashOf(p); !strings.Contains(got, "khongco@mauson.example") {
		t.Errorf("the page says %q", got)
	}
	if got := flashOf(c.get("/login")); got != "" {
		t.Errorf("and again %q", got)
	}
}
