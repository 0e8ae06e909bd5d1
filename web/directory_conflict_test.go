package web_test

import (
	"net/http"
	"testing"

	"tiendo/tasks"
)

// Two people change the same agency or group: the second sees both versions, loses nothing that he typed, and decides.
func TestDirectoryConflicts(t *testing.T) {
	r := newRig(t)
	admin := r.signIn(adminEmail)
	other := r.person(adminEmail)

	t.Run("agency", func(t *testing.T) {
		a := r.agencies["STC"]
		path := "/directory/agencies/" + text(a.ID)
		form := admin.get(path).form(path)
		theirs := a
		theirs.Version, theirs.Name, theirs.ShortName = 0, "Sở Tài chính và Ngân sách", "STCNS"
		saved, err := r.Directory.SaveAgency(r.ctx(), other, theirs)
		if err != nil {
			t.Fatal(err)
		}
		const mine = "Sở Tài chính, lời của tôi"
		form.Set("name", mine)
		p := admin.post(path, form).want(http.StatusConflict)
		p.wantText("Người khác vừa sửa mục này", "Bản đang lưu", theirs.Name, theirs.ShortName)
		if got, _ := p.value("name"); got != mine {
			t.Errorf("name holds %q", got)
		}
		// A mistake in between does not make the change of the other pass unseen.
		again := p.form(path)
		again.Set("code", "")
		again.Set("version", form.Get("version"))
		p = admin.post(path, again).want(http.StatusUnprocessableEntity).wantText("Mục này chưa có nội dung.", "Bản đang lưu", theirs.Name)
		again = p.form(path)
		again.Set("code", a.Code)
		admin.post(path, again).want(http.StatusSeeOther)
		stored := must(r.Directory.All(r.ctx(), other))(t).Agency(a.ID)
		if stored.Name != mine || stored.Version != saved.Version+1 {
			t.Errorf("stored is %+v", stored)
		}
		_, err = r.Directory.SaveAgency(r.ctx(), other, saved)
		if tasks.CodeOf(err) != tasks.CodeConflict {
			t.Errorf("the service took an old version: %v", err)
		}
	})

	t.Run("group", func(t *testing.T) {
		var g tasks.Group
		for _, g = range r.groups {
			break
		}
		path := "/directory/groups/" + text(g.ID)
		form := admin.get(path).form(path)
		theirs := g
		theirs.Version, theirs.Members = 0, append(theirs.Members[:0:0], tasks.Membership{AgencyID: r.agencies["STC"].ID, From: "2026-07-01"})
		if _, err := r.Directory.SaveGroup(r.ctx(), other, theirs); err != nil {
			t.Fatal(err)
		}
		const mine = "Nhóm, lời của tôi"
		form.Set("name", mine)
		p := admin.post(path, form).want(http.StatusConflict)
		p.wantText("Người khác vừa sửa mục này", "Bản đang lưu", "1/7/2026")
		if got, _ := p.value("name"); got != mine {
			t.Errorf("name holds %q", got)
		}
		if got, want := len(p.form(path)["member"]), len(form["member"]); got != want {
			t.Errorf("%d typed members are on the form, want %d", got, want)
		}
		admin.post(path, p.form(path)).want(http.StatusSeeOther)
		p = admin.get(path)
		if got, _ := p.value("name"); got != mine {
			t.Errorf("stored is %q", got)
		}
	})
}
