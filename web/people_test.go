package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

func (r *rig) personHref(email string) string { return fmt.Sprintf("/people/%d", r.people[email].ID) }

func TestPeopleList(t *testing.T) {
	r := newRig(t)
	r.signIn(focalEmail).get("/people").want(http.StatusForbidden)
	c := r.signIn(adminEmail)
	p := c.get("/people").want(http.StatusOK).wantText("Nguyễn Thị Đầu", "Đầu mối · Sở Nội vụ", "Chưa được giao vai trò nào").wantNoText("Đinh Đã Nghỉ")
	if p.h1() != "9 người dùng đang hoạt động" {
		t.Errorf("headline %q", p.h1())
	}
	c.get("/people?show=all").wantText("Đinh Đã Nghỉ", "Đã khoá")
	c.get("/people?q=nguyen+thi+dau").wantText("Nguyễn Thị Đầu").wantNoText("Hoàng Văn Tài")
	c.get("/people?role=leader").wantText("Bùi Chủ Tịch").wantNoText("Nguyễn Thị Đầu")
	c.get(fmt.Sprintf("/people?agency=%d", r.agencies["STC"].ID)).wantText("Hoàng Văn Tài").wantNoText("Nguyễn Thị Đầu")
	c.get("/people?q=khongco").wantText("Không có người dùng nào khớp với điều kiện lọc")
}

func TestPeopleListPages(t *testing.T) {
	r := newRig(t)
	for i := range 60 {
		p := tasks.Person{Email: fmt.Sprintf("xa%02d@mauson.example", i), Name: fmt.Sprintf("Công chức %02d", i), Active: true}
		must(r.Accounts.SavePerson(r.ctx(), tasks.System, p))(t)
	}
	c := r.signIn(adminEmail)
	seen := make(map[string]bool)
	path := "/people?q=xa"
	for path != "" {
		p := c.get(path).want(http.StatusOK)
		path = ""
		rows := 0
		for _, href := range p.links() {
			if strings.HasPrefix(href, "/people/") && href != "/people/new" {
				rows++
				seen[href] = true
			}
			if strings.Contains(href, "after=") {
				path = href
			}
		}
		if rows > 50 {
			t.Errorf("%d people on a page", rows)
		}
	}
	if len(seen) != 60 {
		t.Errorf("%d people on all pages, want 60", len(seen))
	}
}

func TestPersonForm(t *testing.T) {
	r := newRig(t)
	c := r.signIn(adminEmail)
	form := c.get("/people/new").want(http.StatusOK).form("/people/new")
	form.Set("name", "Mai Thị Y")
	form.Set("email", "không phải thư")
	form.Set("position", "Phó giám đốc")
	form["grants"] = []string{"leader"}
	form.Set("focal_text", "Sở Nội vụ; Sở Tài chính")
	form.Set("head_text", "không có sở này")
	p := c.post("/people/new", form).want(http.StatusUnprocessableEntity)
	again := p.form("/people/new")
	for name, want := range map[string]string{"name": "Mai Thị Y", "email": "không phải thư", "position": "Phó giám đốc", "grants": "leader", "head_text": "không có sở này"} {
		if got := again.Get(name); got != want {
			t.Errorf("%s comes back as %q, want %q", name, got, want)
		}
	}
	if len(again["focal"]) != 2 {
		t.Fatalf("focal of %q, want two agencies", again["focal"])
	}
	again.Del("head_text")
	c.post("/people/new", again).want(http.StatusUnprocessableEntity).wantText("Địa chỉ thư điện tử chưa đúng")
	again.Set("email", focalEmail)
	c.post("/people/new", again).want(http.StatusUnprocessableEntity).wantText("đã thuộc một người dùng khác")
	again.Set("email", "mai.y@mauson.example")
	c.post("/people/new", again).follow().want(http.StatusOK).wantText("Đã thêm Mai Thị Y")
	got := r.person("mai.y@mauson.example")
	want := []tasks.Grant{{Role: tasks.RoleLeader}, {Role: tasks.RoleFocal, AgencyID: r.agencies["SNV"].ID}, {Role: tasks.RoleFocal, AgencyID: r.agencies["STC"].ID}}
	for _, g := range want {
		if !slices.Contains(got.Grants, g) {
			t.Errorf("grants %+v lack %+v", got.Grants, g)
		}
	}
	if len(got.Grants) != len(want) || !got.Active {
		t.Errorf("saved %+v", got)
	}
}

func TestPersonChangedMeanwhile(t *testing.T) {
	r := newRig(t)
	c := r.signIn(adminEmail)
	href := r.personHref(focalEmail)
	form := c.get(href).form(href)
	other := r.person(focalEmail)
	other.Position = "Phó trưởng phòng"
	must(r.Accounts.SavePerson(r.ctx(), tasks.System, other))(t)
	form.Set("phone", "0912 345 678")
	p := c.post(href, form).want(http.StatusConflict).wantText("Người khác vừa sửa", "Phó trưởng phòng")
	if got, _ := p.value("phone"); got != "0912 345 678" {
		t.Errorf("the phone comes back as %q", got)
	}
	c.post(href, p.form(href)).wantRedirect(href)
	if got := r.person(focalEmail); got.Phone != "0912 345 678" {
		t.Errorf("saved %+v", got)
	}
}

func TestGrantsEndSessions(t *testing.T) {
	r := newRig(t)
	admin, focal := r.signIn(adminEmail), r.signIn(focalEmail)
	href := r.personHref(focalEmail)
	form := admin.get(href).form(href)
	form.Del("focal")
	admin.post(href, form).wantRedirect(href)
	focal.get("/account").want(http.StatusSeeOther)

	// The admin himself goes on.
	own := r.personHref(adminEmail)
	form = admin.get(own).form(own)
	form.Add("grants", "leader")
	admin.post(own, form).wantRedirect(own).follow().want(http.StatusOK)
}

func TestLastAdminStays(t *testing.T) {
	r := newRig(t)
	c := r.signIn(adminEmail)
	href := r.personHref(adminEmail)
	for name, change := range map[string]func(url.Values){
		"no longer admin": func(v url.Values) { v["grants"] = []string{"secretariat"} },
		"disabled":        func(v url.Values) { v.Del("active") },
	} {
		form := c.get(href).form(href)
		change(form)
		p := c.post(href, form).want(http.StatusConflict)
		if !p.has("quản trị duy nhất") {
			t.Errorf("%s: page says %s", name, p.text())
		}
		if again := p.form(href); again.Get("active") != form.Get("active") || !slices.Equal(again["grants"], form["grants"]) {
			t.Errorf("%s: the form comes back as %v", name, again)
		}
	}
	if !r.person(adminEmail).Has(tasks.RoleAdmin) {
		t.Error("the last admin is none any more")
	}
}

func TestInvite(t *testing.T) {
	r := newRig(t)
	c := r.signIn(adminEmail)
	href := r.personHref(noRoleEmail)
	c.get(href).form(href + "/invite")
	p := c.post(href+"/invite", nil).want(http.StatusOK)
	link, ok := p.value("link")
	path, here := strings.CutPrefix(link, r.http.URL)
	if !ok || !here || !strings.HasPrefix(path, "/password/link/") {
		t.Fatalf("the page shows the link %q", link)
	}
	c.get(href).wantNoText(path)
	r.runDue()
	if mails := r.mails(); len(mails) != 1 || mails[0].To != noRoleEmail {
		t.Errorf("mails %+v", mails)
	}
	r.client().post(path, url.Values{"password": {"một hai ba bốn năm"}, "repeat": {"một hai ba bốn năm"}}).wantRedirect("/")
	disabled := r.personHref(disabledEmail)
	if p := c.get(disabled); slices.Contains(p.actions(), "POST "+disabled+"/invite") {
		t.Error("a disabled account is offered an invitation")
	}
	c.post(disabled+"/invite", nil).want(http.StatusConflict).wantText("mở khoá trước khi mời")
}

func TestSecretariatOnlySeesPeople(t *testing.T) {
	r := newRig(t)
	c := r.signIn(officeEmail)
	href := r.personHref(focalEmail)
	p := c.get(href).want(http.StatusOK).wantText("Nguyễn Thị Đầu", focalEmail)
	if got := p.actions(); slices.ContainsFunc(got, func(a string) bool { return strings.Contains(a, "/people/") }) {
		t.Errorf("forms %q", got)
	}
	if got := c.get("/people").links(); slices.Contains(got, "/people/new") {
		t.Errorf("links %q", got)
	}
	c.get("/people/new").want(http.StatusForbidden)
	form := url.Values{"name": {"Kẻ khác"}, "email": {focalEmail}, "active": {"1"}}
	c.post(href, form).want(http.StatusForbidden)
	c.post("/people/new", form).want(http.StatusForbidden)
	c.post(href+"/invite", nil).want(http.StatusForbidden)
	if got := r.person(focalEmail); got.Name != "Nguyễn Thị Đầu" {
		t.Errorf("saved %+v", got)
	}
	r.signIn(focalEmail).get(href).want(http.StatusForbidden)
}
