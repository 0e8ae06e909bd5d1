package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"tiendo/notify/lint"
	"tiendo/tasks"
)

// Every sort of mail can be looked at, in both languages, and nothing is written by that; who may not read duties sees none.
func TestMailPreviews(t *testing.T) {
	r, _ := newProvince(t)
	r.runDue()
	before := len(r.mails())
	c := r.signIn(officeEmail)
	c.get("/outbox").want(http.StatusOK)
	if !slices.Contains(c.get("/outbox").links(), "/outbox/previews") {
		t.Error("the outbox does not lead to the previews")
	}
	names := r.Outbox.Composer.Previews()
	shown := make(map[tasks.NoticeKind]int)
	for _, name := range names {
		for _, language := range []string{"", "vi", "en"} {
			q := "?" + url.Values{"mail": {name.String()}, "language": {language}}.Encode()
			p := c.get("/outbox/previews" + q).want(http.StatusOK)
			if !strings.Contains(p.body, "<iframe") {
				p.wantText("Chưa có số liệu nào để soạn thư này")
				c.get("/outbox/previews/body" + q).want(http.StatusNotFound)
				continue
			}
			shown[name.Kind]++
			p.wantText("Không thấy điểm nào")
			if !strings.Contains(p.header.Get("Content-Security-Policy"), "frame-src 'self'") || strings.Contains(p.header.Get("Content-Security-Policy"), "unsafe") {
				t.Errorf("%s: policy %q", name, p.header.Get("Content-Security-Policy"))
			}
			body := c.get("/outbox/previews/body" + q).want(http.StatusOK)
			if csp := body.header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "sandbox; default-src 'none'") || !strings.HasSuffix(csp, "frame-ancestors 'self'") || body.header.Get("X-Frame-Options") != "SAMEORIGIN" {
				t.Errorf("%s: policy %q", name, csp)
			}
			if language != "" && !strings.Contains(body.body, `<html lang="`+language+`"`) {
				t.Errorf("%s is not in %q", name, language)
			}
		}
	}
	for _, kind := range []tasks.NoticeKind{tasks.NoticeAccount, tasks.NoticeIssued, tasks.NoticeReminder, tasks.NoticeRollUp} {
		if shown[kind] == 0 {
			t.Errorf("no mail of kind %s is shown", kind)
		}
	}
	r.runDue()
	if after := len(r.mails()); after != before {
		t.Errorf("%d mails before, %d after", before, after)
	}
	c.get("/outbox/previews?mail=event.none").want(http.StatusNotFound)
	c.get("/outbox/previews?language=xx").want(http.StatusOK)
	// The example of a link opens nothing.
	body := c.get("/outbox/previews/body?mail=account.reset").want(http.StatusOK)
	for _, link := range body.links() {
		if at, ok := strings.CutPrefix(link, r.http.URL); ok && strings.Contains(at, "/password/link/") {
			r.client().get(at).want(http.StatusNotFound)
		}
	}
	for _, email := range []string{adminEmail, focalEmail, leaderEmail} {
		r.signIn(email).get("/outbox/previews").want(http.StatusForbidden)
		r.signIn(email).get("/outbox/previews/body?mail=issued").want(http.StatusForbidden)
	}
}

// Of what there is no example of yet the page says what it takes.
func TestMailPreviewsWithoutData(t *testing.T) {
	r := newRig(t)
	c := r.signIn(officeEmail)
	said := make(map[string]string)
	for _, name := range r.Outbox.Composer.Previews() {
		p := c.get("/outbox/previews?mail=" + name.String()).want(http.StatusOK)
		if name.Kind == tasks.NoticeAccount {
			if !strings.Contains(p.body, "<iframe") {
				t.Errorf("%s has no example", name)
			}
			continue
		}
		needs := name.Needs(r.Templates.Words("vi"))
		p.wantText("Chưa có số liệu nào để soạn thư này", needs)
		if other := said[needs]; other != "" {
			t.Errorf("%s and %s need the same: %s", name, other, needs)
		}
		said[needs] = name.String()
		for _, language := range r.Templates.Languages() {
			if words := name.Needs(r.Templates.Words(language)); strings.Contains(words, "[") {
				t.Errorf("%s in %s: %s", name, language, words)
			}
		}
	}
	c.get("/outbox/previews?mail=event.return").wantText("khi đã có ít nhất 1 việc bị trả lại")
}

// A mail shows no more of a restricted duty than its number, also as an example.
func TestMailPreviewsOfRestrictedDuties(t *testing.T) {
	r, list := newProvince(t)
	for _, a := range list {
		_ = r.Assignments.Restrict(r.ctx(), r.person(officeEmail), a.TaskID, tasks.RestrictInput{Restricted: true, Reason: "Việc nội bộ"})
	}
	r.runDue()
	c := r.signIn(officeEmail)
	body := c.get("/outbox/previews/body?mail=reminder.focal").want(http.StatusOK)
	if !strings.Contains(body.body, "Nhiệm vụ hạn chế") || strings.Contains(body.body, "Tổng hợp tự chấm điểm") {
		t.Errorf("a restricted duty is shown: %s", body.text())
	}
}

// What the lint finds is told in words.
func TestLintHasWords(t *testing.T) {
	r := newRig(t)
	for _, rule := range lint.Rules() {
		for _, language := range r.Templates.Languages() {
			if words := r.Templates.Words(language).T("mail_lint." + string(rule)); strings.HasPrefix(words, "[") {
				t.Errorf("%s: no words for %s", language, rule)
			}
		}
	}
}
