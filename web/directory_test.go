package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

func TestDirectoryPage(t *testing.T) {
	r := newRig(t)
	r.signIn(focalEmail).get("/directory").want(http.StatusForbidden)
	c := r.signIn(officeEmail)
	p := c.get("/directory").want(http.StatusOK)
	if want := "6 cơ quan, 1 nhóm; 3 cơ quan chưa có ai nhận thư"; p.h1() != want {
		t.Errorf("headline %q, want %q", p.h1(), want)
	}
	p.wantText("Sở Nội vụ", "từ 1/3/2025", "UBND các xã, phường", "3 cơ quan", "Cơ quan ngành dọc (1)")
	c.get("/directory?q=binh+minh").wantText("UBND xã Bình Minh").wantNoText("Sở Nội vụ")
	c.get("/directory?q=snv").wantText("Sở Nội vụ").wantNoText("Sở Tài chính")
	c.get("/directory?show=unreached").wantText("Công an tỉnh", "UBND phường Hòa An").wantNoText("Sở Nội vụ")
	c.get("/directory?kind=ward").wantText("UBND phường Hòa An").wantNoText("UBND xã An Bình")
	c.get("/directory?q=khongco").wantText("Không có cơ quan, nhóm hay tên gọi nào khớp với điều kiện lọc")
}

func TestAgencyForm(t *testing.T) {
	r := newRig(t)
	c := r.signIn(adminEmail)
	form := c.get("/directory/agencies/new").want(http.StatusOK).form("/directory/agencies/new")
	form.Set("name", "Sở Khoa học và Công nghệ")
	form.Set("code", "snv")
	form.Set("from", "31/2/2026")
	form.Set("successor_text", "không có cơ quan này")
	p := c.post("/directory/agencies/new", form).want(http.StatusUnprocessableEntity)
	for name, want := range map[string]string{
		"name": "Sở Khoa học và Công nghệ", "code": "snv", "from": "31/2/2026", "successor_text": "không có cơ quan này",
	} {
		if got, _ := p.value(name); got != want {
			t.Errorf("%s comes back as %q, want %q", name, got, want)
		}
	}
	p.wantText("Chưa rõ “không có cơ quan này” là cơ quan nào", "Ngày chưa đúng")
	form.Del("successor_text")
	c.post("/directory/agencies/new", form).want(http.StatusUnprocessableEntity).wantText("Ngày chưa đúng")
	form.Set("from", "1/3/2025")
	form.Set("kind", "department")
	c.post("/directory/agencies/new", form).want(http.StatusUnprocessableEntity).wantText("Mã snv đã dùng")
	form.Set("code", "SKHCN")
	c.post("/directory/agencies/new", form).wantRedirect("/directory").follow().wantText("Đã lưu Sở Khoa học và Công nghệ", "7 cơ quan")

	edit := fmt.Sprintf("/directory/agencies/%d", r.agencies["STC"].ID)
	form = c.get(edit).want(http.StatusOK).form(edit)
	form.Set("to", "2026-06-30")
	form.Set("successor_text", "so khoa hoc va cong nghe")
	c.post(edit, form).wantRedirect("/directory").follow().wantText("Đã lưu Sở Tài chính")
	c.get("/directory").wantNoText("Sở Tài chính")
	c.get("/directory?show=all").wantText("1/3/2025 đến 30/6/2026", "kế thừa: Sở Khoa học và Công nghệ")
	c.get("/directory/agencies/99999").want(http.StatusNotFound)
	r.signIn(focalEmail).post(edit, form).want(http.StatusForbidden)
}

func TestGroupForm(t *testing.T) {
	r := newRig(t)
	c := r.signIn(officeEmail)
	edit := fmt.Sprintf("/directory/groups/%d", r.groups[communesGroup].ID)
	form := c.get(edit).want(http.StatusOK).form(edit)
	if len(form["member"]) != 3 || len(form["keep"]) != 3 {
		t.Fatalf("members %q, kept %q, want three of each", form["member"], form["keep"])
	}
	form["keep"] = []string{"0", "2"}
	form["to"] = []string{"2025-12-31", "", "sai"}
	form.Set("members_text", "Sở Nội vụ, Sở Tài chính")
	p := c.post(edit, form).want(http.StatusUnprocessableEntity).wantText("Ngày chưa đúng")
	again := p.form(edit)
	if !slices.Equal(again["keep"], []string{"0", "2"}) || !slices.Equal(again["to"], form["to"]) || len(again["members"]) != 2 {
		t.Errorf("the form comes back with keep %q, to %q, members %q", again["keep"], again["to"], again["members"])
	}
	again["to"] = []string{"2025-12-31", "", ""}
	again.Set("since", "2026-10-01")
	c.post(edit, again).wantRedirect(edit)
	g := must(r.Directory.All(r.ctx(), tasks.System))(t).Groups[0]
	want := []tasks.Membership{
		{AgencyID: r.agencies["XAB"].ID, From: "2025-07-01", To: "2025-12-31"}, {AgencyID: r.agencies["PHA"].ID, From: "2025-07-01"},
		{AgencyID: r.agencies["SNV"].ID, From: "2026-10-01"}, {AgencyID: r.agencies["STC"].ID, From: "2026-10-01"},
	}
	if !slices.Equal(g.Members, want) {
		t.Errorf("members %+v, want %+v", g.Members, want)
	}
	if h1 := c.get(edit).h1(); h1 != "UBND các xã, phường: hôm nay có 3 cơ quan" {
		t.Errorf("headline %q", h1)
	}
	form = c.get("/directory/groups/new").want(http.StatusOK).form("/directory/groups/new")
	form.Set("name", "Các sở")
	form.Set("code", "CS")
	form["members"] = []string{fmt.Sprintf("a%d", r.agencies["SNV"].ID), fmt.Sprintf("g%d", g.ID), "a99999"}
	c.post("/directory/groups/new", form).follow().want(http.StatusOK).wantText("Các sở: hôm nay có 1 cơ quan")
}

func TestAliases(t *testing.T) {
	r := newRig(t)
	c := r.signIn(officeEmail)
	form := c.get("/directory").form("/directory/aliases")
	form.Set("name", "Sở NV")
	c.post("/directory/aliases", form).want(http.StatusUnprocessableEntity).wantText("Hãy chọn cơ quan hoặc nhóm")
	form.Set("party_text", "cái gì đó")
	p := c.post("/directory/aliases", form).want(http.StatusUnprocessableEntity)
	if got, _ := p.value("party_text"); got != "cái gì đó" {
		t.Errorf("the typed name comes back as %q", got)
	}
	form.Set("party_text", "Sở Nội vụ")
	p = c.post("/directory/aliases", form).wantRedirect("/directory#names").follow().wantText("Sở NV")
	i := slices.IndexFunc(p.actions(), func(a string) bool { return strings.HasSuffix(a, "/remove") })
	if i < 0 {
		t.Fatalf("no form removes the alias: %q", p.actions())
	}
	remove := strings.TrimPrefix(p.actions()[i], "POST ")
	c.get(remove).want(http.StatusNotFound)
	c.post(remove, nil).wantRedirect("/directory#names")
	if left := must(r.Directory.All(r.ctx(), tasks.System))(t).Aliases; len(left) != 0 {
		t.Errorf("aliases left: %+v", left)
	}
	c.post(remove, nil).want(http.StatusNotFound)
}

func TestSuggest(t *testing.T) {
	r := newRig(t)
	c := r.signIn(officeEmail)
	ask := func(query string) []map[string]string {
		t.Helper()
		p := c.get("/suggest/agencies?" + query).want(http.StatusOK)
		var found []map[string]string
		if err := json.Unmarshal([]byte(p.body), &found); err != nil || found == nil {
			t.Fatalf("%s: %q: %v", query, p.body, err)
		}
		return found
	}
	agency := map[string]string{"value": fmt.Sprintf("a%d", r.agencies["SNV"].ID), "label": "Sở Nội vụ", "note": "Sở, cơ quan chuyên môn"}
	if got := ask(url.Values{"q": {"so noi"}}.Encode()); len(got) == 0 || fmt.Sprint(got[0]) != fmt.Sprint(agency) {
		t.Errorf("so noi: %v, want first %v", got, agency)
	}
	group := fmt.Sprintf("g%d", r.groups[communesGroup].ID)
	isGroup := func(m map[string]string) bool { return m["value"] == group }
	q := url.Values{"q": {"ubnd cac xa"}}
	if got := ask(q.Encode()); !slices.ContainsFunc(got, isGroup) {
		t.Errorf("the group is not offered: %v", got)
	}
	q.Set("kind", "agency")
	if got := ask(q.Encode()); slices.ContainsFunc(got, isGroup) {
		t.Errorf("a group is offered among agencies: %v", got)
	}
	if got := ask("q=zzzz"); len(got) != 0 {
		t.Errorf("zzzz: %v", got)
	}
	r.signIn(focalEmail).get("/suggest/agencies?q=so").want(http.StatusForbidden)
}
