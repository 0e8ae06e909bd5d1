package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/tasks"
)

func TestOutbox(t *testing.T) {
	r := newRig(t)
	c := r.signIn(officeEmail)
	if h1 := c.get("/outbox").want(http.StatusOK).h1(); h1 != "Chưa có thư nào" {
		t.Errorf("headline %q", h1)
	}
	r.issue("10/CT-UBND", rigDuty{text: "Báo cáo kết quả rà soát thủ tục hành chính", leads: []string{"Sở Nội vụ", "Công an tỉnh"}, due: "2026-11-16"})
	r.runDue()
	p := c.get("/outbox").want(http.StatusOK).wantText(focalEmail, "Giao nhiệm vụ", "Chờ gửi", "giữ đến 07:10 5/10/2026 để còn thu hồi được")
	if h1 := p.h1(); h1 != "3 thư đang chờ gửi" { // the focal point, the one who is both, and the secretariat for the police, who have nobody
		t.Errorf("headline %q", h1)
	}
	p.wantNoText("rà soát thủ tục hành chính") // no bodies

	ids := make(map[string]int64)
	for _, m := range r.mails() {
		ids[m.To] = m.ID
	}
	cancel := fmt.Sprintf("/outbox/%d/cancel", ids[standingEmail])
	form := p.form(cancel)
	c.post(cancel, form).wantRedirect("/outbox").follow().wantText("Đã huỷ thư", "Đã huỷ")
	c.post(cancel, form).want(http.StatusConflict)

	p = c.get("/outbox?state=waiting").want(http.StatusOK)
	release := p.form("/outbox/release")
	if release.Get("back") != "/outbox?state=waiting" {
		t.Errorf("the form comes back to %q", release.Get("back"))
	}
	c.post("/outbox/release", release).wantRedirect("/outbox?state=waiting").follow().wantText("Đã cho gửi 2 thư").wantNoText("Gửi ngay thư đang giữ")
	c.post("/outbox/release", url.Values{"back": {"https://evil.example/"}}).wantRedirect("/outbox")

	if err := r.db.Outbox().MarkRefused(r.ctx(), notify.Mail{ID: ids[focalEmail]}, notify.Refusal{Reason: "550 no such mailbox"}); err != nil {
		t.Fatal(err)
	}
	p = c.get("/outbox?state=failed").want(http.StatusOK).wantText("550 no such mailbox", "bị từ chối 1 lần")
	if h1 := p.h1(); h1 != "1 thư không gửi được, 1 thư đang chờ" {
		t.Errorf("headline %q", h1)
	}
	retry := fmt.Sprintf("/outbox/%d/retry", ids[focalEmail])
	c.post(retry, p.form(retry)).wantRedirect("/outbox?state=failed")
	if m := r.mails()[0]; !slices.ContainsFunc(r.mails(), func(m notify.Mail) bool { return m.To == focalEmail && m.State == notify.MailWaiting }) {
		t.Errorf("after trying again: %+v", m)
	}

	// All that failed at once, after a question.
	if err := r.db.Outbox().MarkRefused(r.ctx(), notify.Mail{ID: ids[focalEmail]}, notify.Refusal{Reason: "550 no such mailbox"}); err != nil {
		t.Fatal(err)
	}
	p = c.get("/outbox?state=failed").want(http.StatusOK).wantText("Gửi lại 1 thư không gửi được")
	r.signIn(focalEmail).post("/outbox/retry", nil).want(http.StatusForbidden)
	c.post("/outbox/retry", p.form("/outbox/retry")).wantRedirect("/outbox?state=failed").follow().
		wantText("1 thư sẽ được gửi lại trong ít phút").wantNoText("Gửi lại 1 thư")
	if !slices.ContainsFunc(r.mails(), func(m notify.Mail) bool { return m.To == focalEmail && m.State == notify.MailWaiting }) {
		t.Errorf("after trying all again: %+v", r.mails())
	}

	r.clock.add(time.Hour)
	c.get("/outbox").wantText("Công an tỉnh: giao nhiệm vụ ngày 5/10/2026")
	c.get("/outbox?q=khongco").wantText("Không có thư nào khớp với điều kiện lọc")
	for _, path := range []string{cancel, retry, "/outbox/release"} {
		r.signIn(focalEmail).post(path, nil).want(http.StatusForbidden)
	}
	r.signIn(leaderEmail).get("/outbox").want(http.StatusForbidden)
	// An admin sees the fate of mails, no assignments.
	admin := r.signIn(adminEmail).get("/outbox").want(http.StatusOK).wantText("Công an tỉnh")
	if slices.ContainsFunc(admin.links(), func(h string) bool { return strings.HasPrefix(h, "/documents") || strings.HasPrefix(h, "/assignments") }) {
		t.Errorf("an admin is led to %q", admin.links())
	}
}

func TestOutboxPages(t *testing.T) {
	r := newRig(t)
	for i := range 60 {
		p := tasks.Person{Email: fmt.Sprintf("xa%02d@mauson.example", i), Name: "Công chức", Active: true}
		p = must(r.Accounts.SavePerson(r.ctx(), tasks.System, p))(t)
		must(r.Accounts.Invite(r.ctx(), tasks.System, p.ID))(t)
	}
	r.runDue()
	c := r.signIn(adminEmail)
	first := c.get("/outbox?kind=account").want(http.StatusOK)
	i := slices.IndexFunc(first.links(), func(h string) bool { return strings.Contains(h, "after=") })
	if i < 0 {
		t.Fatalf("no second page: %q", first.links())
	}
	next := first.links()[i]
	if !strings.Contains(next, "kind=account") {
		t.Errorf("the next page %q loses the filter", next)
	}
	second := c.get(next).want(http.StatusOK)
	shown := strings.Count(first.body, "@mauson.example</th>") + strings.Count(second.body, "@mauson.example</th>")
	if shown != 60 {
		t.Errorf("%d mails on two pages, want 60", shown)
	}
}
