package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

// TestLanguagesAreOne holds the languages that people can choose to those that have words.
func TestLanguagesAreOne(t *testing.T) {
	r := newRig(t)
	want := slices.Sorted(slices.Values(tasks.Languages))
	if got := r.Templates.Languages(); !slices.Equal(got, want) {
		t.Errorf("there are words in %q, people can choose %q", got, want)
	}
}

// language is what <html> says.
func (p *page) language() string {
	for _, n := range p.elements("html") {
		return attribute(n, "lang")
	}
	return ""
}

func (p *page) wantLanguage(lang string) *page {
	p.t.Helper()
	if got := p.language(); got != lang {
		p.t.Errorf("%s: is in %q, want %q: %s", p.path, got, lang, p.text())
	}
	return p
}

// TestVisitorsChooseTheirLanguage goes through the pages before signing in without a script.
func TestVisitorsChooseTheirLanguage(t *testing.T) {
	r := newRig(t)
	c := r.client()
	p := c.get("/login?next=%2Foutbox%3Fstate%3Dfailed").want(http.StatusOK).wantLanguage("vi").wantText("Đăng nhập")
	var link string
	for _, a := range p.elements("a") {
		if attribute(a, "hreflang") == "en" {
			link = attribute(a, "href")
			if attribute(a, "lang") != "en" || textOf(a) != "English" {
				t.Errorf("the link says %q in %q", textOf(a), attribute(a, "lang"))
			}
		}
	}
	p = c.get(link).want(http.StatusOK).wantLanguage("en").wantText("Sign in", "Forgot the password", "Tiếng Việt")
	if next := p.form("/login").Get("next"); next != "/outbox?state=failed" {
		t.Errorf("the choice forgets where to go: next is %q", next)
	}
	// From here on the browser remembers.
	c.get("/password/forgot").wantLanguage("en").wantText("Reset the password")
	c.post("/password/forgot", url.Values{"email": {"nowhere"}}).want(http.StatusUnprocessableEntity).wantLanguage("en").wantText("The e-mail address is not right")
	c.get("/password/link/none").want(http.StatusNotFound).wantLanguage("en").wantText("This link no longer works")
	c.get("/no/such/page").want(http.StatusNotFound).wantLanguage("en").wantText("Page not found")
	c.post("/login", url.Values{"email": {focalEmail}, "password": {"wrong"}}).want(http.StatusUnprocessableEntity).wantLanguage("en").
		wantText("The e-mail address or the password is not right")
	c.get("/login?lang=vi").wantLanguage("vi")
	c.get("/login").wantLanguage("vi")
	// What is no language changes nothing, and comes back nowhere.
	for _, bad := range []string{"fr", "../en", `"><script>`, ""} {
		p := c.get("/login?lang=" + url.QueryEscape(bad)).want(http.StatusOK).wantLanguage("vi")
		if strings.Contains(p.body, "<script>") || len(p.header.Values("Set-Cookie")) != 0 {
			t.Errorf("lang=%s: sets %q", bad, p.header.Values("Set-Cookie"))
		}
	}
	// What browsers are set to does not count.
	req := must(http.NewRequestWithContext(t.Context(), http.MethodGet, r.http.URL+"/login", nil))(t)
	req.Header.Set("Accept-Language", "en-US,en;q=0.9")
	r.client().send(req).wantLanguage("vi")
}

// TestAPersonChoosesHisLanguage changes it in the account, and follows it over signing out and in.
func TestAPersonChoosesHisLanguage(t *testing.T) {
	r := newRig(t)
	c, elsewhere := r.signIn(focalEmail), r.signIn(focalEmail)
	form := c.get("/account").want(http.StatusOK).wantLanguage("vi").form("/account/language")
	if form.Get("language") != "vi" {
		t.Errorf("the form offers %q first", form.Get("language"))
	}
	c.post("/account/language", url.Values{"language": {"tlh"}}).want(http.StatusUnprocessableEntity).wantLanguage("vi")
	form.Set("language", "en")
	token := c.cookie()
	c.post("/account/language", form).wantRedirect("/account").follow().wantLanguage("en").wantText("The language has been changed.", "Signed in: Nguyễn Thị Đầu")
	if c.cookie() != token {
		t.Error("the choice begins a new session")
	}
	elsewhere.get("/mine").want(http.StatusOK).wantLanguage("en").wantText("Sign out") // his other sessions go on
	c.get("/mine?lang=vi").wantLanguage("en")                                          // an address does not change a person's language
	c.get("/people").want(http.StatusForbidden).wantLanguage("en").wantText("This account may not do that")
	c.post("/logout", nil).wantRedirect("/login").follow().wantLanguage("en")
	r.signIn(focalEmail).get("/account").wantLanguage("en")
	r.signIn(headEmail).get("/account").wantLanguage("vi")

	p := r.person(focalEmail)
	if p.Language != "en" || !slices.Equal(p.Grants, r.people[focalEmail].Grants) || p.Epoch != r.people[focalEmail].Epoch {
		t.Errorf("the person is now %+v", p)
	}
	// A browser in which an English-speaking person signed in shows the next visitor English, until somebody else signs in.
	other := r.client()
	other.post("/login", url.Values{"email": {focalEmail}, "password": {rigPassword}}).want(http.StatusSeeOther)
	other.post("/logout", nil)
	other.get("/login").wantLanguage("en")
	other.post("/login", url.Values{"email": {headEmail}, "password": {rigPassword}}).want(http.StatusSeeOther)
	other.post("/logout", nil)
	other.get("/login").wantLanguage("vi")
}

// TestAnAdminChoosesSomebodysLanguage uses the form of people.
func TestAnAdminChoosesSomebodysLanguage(t *testing.T) {
	r := newRig(t)
	c := r.signIn(adminEmail)
	path := "/people/" + text(r.people[headEmail].ID)
	form := c.get(path).want(http.StatusOK).form(path)
	form.Set("language", "en")
	c.post(path, form).wantRedirect(path)
	r.signIn(headEmail).get("/mine").wantLanguage("en")
	if got, _ := c.get("/people/new").want(http.StatusOK).value("language"); got != "vi" {
		t.Errorf("a new person would get %q", got)
	}
}

// TestMailedLinksOpen opens the link of each account mail, as its reader would: the page is in his language.
func TestMailedLinksOpen(t *testing.T) {
	for _, lang := range tasks.Languages {
		r := newRig(t)
		p := r.person(headEmail)
		p.Language = lang
		must(r.Accounts.SavePerson(r.ctx(), tasks.System, p))(t)
		must(r.Accounts.Invite(r.ctx(), r.person(adminEmail), p.ID))(t)
		r.runDue()
		mails := r.rawMails()
		if len(mails) != 1 || mails[0].to != headEmail {
			t.Fatalf("mails: %+v", mails)
		}
		_, rest, ok := strings.Cut(mails[0].text, r.BaseURL.String())
		if !ok {
			t.Fatalf("the mail has no link: %s", mails[0].text)
		}
		link := strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune(" \r\n\"<>", r) })[0]
		words := map[string]string{"vi": "Đặt mật khẩu mới", "en": "Set a new password"}[lang]
		c := r.client()
		p2 := c.get(link).want(http.StatusOK).wantLanguage(lang).wantText(words)
		form := p2.form(link)
		form.Set("password", "a long enough password")
		form.Set("repeat", "another one altogether")
		c.post(link, form).want(http.StatusUnprocessableEntity).wantLanguage(lang)
		form.Set("repeat", "a long enough password")
		c.post(link, form).wantRedirect("/").follow().follow().want(http.StatusOK).wantLanguage(lang)
	}
}
