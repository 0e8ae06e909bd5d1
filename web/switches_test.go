package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"testing"

	"tiendo/tasks"
)

// TestMailSwitches goes to the person's own page, chooses, and finds the choice there, with the admin and in the trail.
func TestMailSwitches(t *testing.T) {
	r := newRig(t)
	c := r.signIn(focalEmail)
	p := c.get("/account").want(http.StatusOK).wantText("Thư gửi tới ông/bà", "Theo giờ chung, từ 8 giờ")
	form := p.form("/account/mails")
	if form.Get("remind_at") != "0" || form.Get("rollups") == "" {
		t.Fatalf("the form begins with %v", form)
	}
	// Those that can hold: the job of this province runs at eight.
	var offered []string
	for _, n := range p.elements("option") {
		if attribute(n.Parent, "name") == "remind_at" {
			offered = append(offered, attribute(n, "value"))
		}
	}
	if want := []string{"0", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17"}; !slices.Equal(offered, want) {
		t.Errorf("offered are %q, want %q", offered, want)
	}
	form.Set("remind_at", "14")
	form.Del("rollups")
	p = c.post("/account/mails", form).wantRedirect("/account").follow().wantText("Đã lưu lựa chọn về thư")
	form = p.form("/account/mails")
	if form.Get("remind_at") != "14" || form.Get("rollups") != "" {
		t.Errorf("the form shows %v", form)
	}
	stored := r.person(focalEmail)
	if got := stored.MailSwitches(); got != (tasks.MailSwitches{RemindAt: 14, NoRollUps: true}) {
		t.Errorf("stored %+v", got)
	}
	for _, hour := range []string{"6", "7", "18", "-1", "x", "99999999999999999999"} {
		p = c.post("/account/mails", url.Values{"remind_at": {hour}}).want(http.StatusUnprocessableEntity).wantText("Giờ nhận thư nhắc việc phải từ 8 giờ đến 17 giờ")
		if p.has("Đã lưu lựa chọn") {
			t.Errorf("hour %q was taken", hour)
		}
	}
	if got := r.person(focalEmail).MailSwitches(); got != stored.MailSwitches() {
		t.Errorf("what was refused is stored: %+v", got)
	}
	admin := r.signIn(adminEmail)
	admin.get("/people/"+strconv.FormatInt(stored.ID, 10)).want(http.StatusOK).wantText("Lựa chọn về thư", "Từ 14 giờ", "Không nhận, theo lựa chọn của người này")
	admin.get("/audit").want(http.StatusOK).wantText("đổi lựa chọn về thư")

	// The secretariat is reminded, but has no agency's summaries to do without; leaders and admins have nothing to choose.
	office := r.signIn(officeEmail)
	if form := office.get("/account").form("/account/mails"); form.Has("rollups") {
		t.Errorf("the secretariat chooses %v", form)
	}
	office.post("/account/mails", url.Values{"remind_at": {"9"}}).wantRedirect("/account")
	if got := r.person(officeEmail).MailSwitches(); got != (tasks.MailSwitches{RemindAt: 9}) {
		t.Errorf("stored %+v", got)
	}
	for _, email := range []string{leaderEmail, adminEmail, noRoleEmail} {
		r.signIn(email).get("/account").want(http.StatusOK).wantNoText("Thư gửi tới ông/bà")
	}
}
