package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"tiendo/tasks"
)

func TestSignIn(t *testing.T) {
	r := newRig(t)
	c := r.client()
	c.get("/account").wantRedirect("/login?next=%2Faccount")
	form := c.get("/login?next=%2Faccount").want(http.StatusOK).form("/login")
	form.Set("email", "  "+strings.ToUpper(focalEmail)+" ")
	form.Set("password", rigPassword)
	before := c.cookie()
	account := c.post("/login", form).wantRedirect("/account").follow().want(http.StatusOK)
	if c.cookie() == before {
		t.Error("the session keeps its token over signing in")
	}
	account.wantText("Nguyễn Thị Đầu", focalEmail, "Chuyên viên", "Đầu mối · Sở Nội vụ")
	c.get("/login?next=/account").wantRedirect("/account")

	c.post("/logout", nil).wantRedirect("/login")
	c.get("/account").wantRedirect("/login?next=%2Faccount")
}

func TestSignInRefused(t *testing.T) {
	r := newRig(t)
	said := make(map[string]bool)
	for _, email := range []string{focalEmail, "khongco@mauson.example", disabledEmail} {
		c := r.client()
		p := c.post("/login", url.Values{"email": {email}, "password": {"sai mật khẩu rồi"}, "next": {"/account"}}).want(http.StatusUnprocessableEntity)
		if got, _ := p.value("email"); got != email {
			t.Errorf("%s: the form comes back with %q", email, got)
		}
		if got, _ := p.value("next"); got != "/account" {
			t.Errorf("%s: next is %q", email, got)
		}
		if strings.Contains(p.body, "sai mật khẩu rồi") {
			t.Errorf("%s: the page repeats the password", email)
		}
		said[strings.ReplaceAll(p.text(), email, "")] = true
		c.get("/account").want(http.StatusSeeOther)
	}
	if len(said) != 1 {
		t.Errorf("unknown, wrong and disabled are told apart: %d answers", len(said))
	}
	right := url.Values{"email": {disabledEmail}, "password": {rigPassword}}
	r.client().post("/login", right).want(http.StatusUnprocessableEntity)
}

func TestSignInStaysHere(t *testing.T) {
	r := newRig(t)
	for _, tt := range []struct{ next, to string }{
		{"/outbox?state=failed", "/outbox?state=failed"},
		{"", "/"},
		{"https://evil.example/", "/"},
		{"//evil.example/", "/"},
		{`/\evil.example`, "/"},
		{"javascript:alert(1)", "/"},
		{"outbox", "/"},
	} {
		p := r.client().post("/login", url.Values{"email": {officeEmail}, "password": {rigPassword}, "next": {tt.next}})
		if p.status != http.StatusSeeOther || p.header.Get("Location") != tt.to {
			t.Errorf("next %q: %d to %q, want %q", tt.next, p.status, p.header.Get("Location"), tt.to)
		}
	}
}

func TestForgottenPassword(t *testing.T) {
	r := newRig(t)
	c := r.client()
	c.post("/password/forgot", url.Values{"email": {"không phải"}}).want(http.StatusUnprocessableEntity)
	said := make(map[string]bool)
	for _, email := range []string{focalEmail, "khongco@mauson.example", disabledEmail} {
		p := c.post("/password/forgot", url.Values{"email": {email}}).wantRedirect("/login").follow()
		said[strings.ReplaceAll(p.wantText(email).text(), email, "")] = true
	}
	if len(said) != 1 {
		t.Errorf("known and unknown addresses are told apart: %d answers", len(said))
	}
	r.runDue()
	mails := r.mails()
	if len(mails) != 1 || mails[0].To != focalEmail {
		t.Fatalf("mails: %+v, want one to %s", mails, focalEmail)
	}
}

func TestOneTimeLink(t *testing.T) {
	r := newRig(t)
	link := func() string {
		secret := must(r.Accounts.Invite(r.ctx(), r.person(adminEmail), r.people[focalEmail].ID))(t)
		return "/password/link/" + secret
	}
	set := func(password, repeat string) url.Values {
		return url.Values{"password": {password}, "repeat": {repeat}}
	}
	const password = "trời trong xanh mây trắng"

	first := link()
	c := r.client()
	for range 3 { // scanners open links
		p := c.get(first).want(http.StatusOK).wantText("d…@mauson.example").wantNoText(focalEmail)
		p.form(first)
	}
	for _, tt := range []struct {
		name string
		form url.Values
		says string
	}{
		{"too short", set("ngắn", "ngắn"), "ít nhất 10 ký tự"},
		{"not alike", set(password, password+"."), "chưa giống nhau"},
	} {
		if p := c.post(first, tt.form).want(http.StatusUnprocessableEntity); !p.has(tt.says) {
			t.Errorf("%s: page says %s", tt.name, p.text())
		}
	}
	c.post(first, set(password, password)).wantRedirect("/")
	c.get("/account").want(http.StatusOK).wantText("Nguyễn Thị Đầu")
	other := r.client()
	for _, p := range []*page{other.get(first), other.post(first, set(password, password))} {
		p.want(http.StatusNotFound).wantText("không còn dùng được", "chỉ dùng được một lần")
		if !slices.Contains(p.links(), "/password/forgot") {
			t.Errorf("a used link leads only to %q", p.links())
		}
	}
	other.post("/login", url.Values{"email": {focalEmail}, "password": {rigPassword}}).want(http.StatusUnprocessableEntity)
	other.post("/login", url.Values{"email": {focalEmail}, "password": {password}}).wantRedirect("/")

	second, third := link(), link()
	other.get(second).want(http.StatusNotFound)
	other.get(third).want(http.StatusOK)
	r.skew.add(tasks.InvitationLife + time.Minute)
	other.get(third).want(http.StatusNotFound)
	other.get("/password/link/khong-co").want(http.StatusNotFound)
}

func TestChangePassword(t *testing.T) {
	r := newRig(t)
	here, elsewhere := r.signIn(focalEmail), r.signIn(focalEmail)
	const password = "gió mát trăng thanh 2026"
	form := func(old, password, repeat string) url.Values {
		return url.Values{"old": {old}, "password": {password}, "repeat": {repeat}}
	}
	for _, tt := range []struct {
		name string
		form url.Values
		says string
	}{
		{"old one wrong", form("không phải", password, password), "Mật khẩu đang dùng chưa đúng"},
		{"not alike", form(rigPassword, password, password+"x"), "chưa giống nhau"},
		{"too short", form(rigPassword, "ngắn", "ngắn"), "ít nhất 10 ký tự"},
	} {
		p := here.post("/account/password", tt.form).want(http.StatusUnprocessableEntity)
		if !p.has(tt.says) || strings.Contains(p.body, password) {
			t.Errorf("%s: page says %s", tt.name, p.text())
		}
	}
	elsewhere.get("/account").want(http.StatusOK)
	token := here.cookie()
	here.post("/account/password", form(rigPassword, password, password)).wantRedirect("/account").follow().want(http.StatusOK)
	if here.cookie() == token {
		t.Error("the session keeps its token over a new password")
	}
	elsewhere.get("/account").want(http.StatusSeeOther)
}

// cookie is the value of the session's cookie; "" when there is none.
func (c *client) cookie() string {
	for _, k := range c.http.Jar.Cookies(must(url.Parse(c.base))(c.t)) {
		if k.Name == "tiendo" {
			return k.Value
		}
	}
	return ""
}
