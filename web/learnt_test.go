package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// The secretariat sees which names reviews taught, follows them to their documents, and undoes one.
func TestLearntNamesPage(t *testing.T) {
	r := newRig(t)
	ctx := t.Context()
	c := r.signIn(officeEmail)
	c.get("/directory").wantText("Tên gọi đã học khi rà soát")
	p := c.get("/directory/names").want(http.StatusOK).wantText("Tên cơ quan mà người rà soát ghép")
	if p.h1() != "Chưa học tên gọi nào" {
		t.Errorf("headline %q", p.h1())
	}
	var document int64
	for i := range tasks.DefaultPage + 1 {
		d, err := r.Documents.Import(ctx, r.people[officeEmail], tasks.NewDocument{Head: tasks.Head{Number: fmt.Sprintf("%d/CT-UBND", i+1)}})
		if err != nil {
			t.Fatal(err)
		}
		document = d.ID
		if err := r.Documents.MapName(ctx, r.people[officeEmail], d.ID, fmt.Sprintf("Đơn vị <b>số</b> %d", i+1), r.agencies["STC"].ID, 0, true); err != nil {
			t.Fatal(err)
		}
	}
	p = c.get("/directory/names").wantText(fmt.Sprintf("Đã học %d tên gọi khi rà soát", tasks.DefaultPage+1), "Đơn vị <b>số</b> 51", "Sở Tài chính", "Trần Thị Văn").wantNoText("Đơn vị <b>số</b> 1 ")
	if links := strings.Join(p.links(), " "); !strings.Contains(links, fmt.Sprintf("/documents/%d", document)) || !strings.Contains(links, "/directory/names?after=") {
		t.Errorf("links %s", links)
	}
	p = c.get("/directory/names?q=don+51").wantText("1 tên gọi khớp với điều kiện lọc")
	undo := strings.TrimPrefix(p.actions()[len(p.actions())-1], "POST ")
	c.post(undo, p.form(undo)).wantRedirect("/directory/names?q=don+51").follow().wantText("Đã bỏ tên gọi", "Không có tên gọi nào khớp")
	c.post(undo, nil).want(http.StatusNotFound)
	c.get("/directory/names?origin=other").wantNoText("Đơn vị <b>số</b>")
	r.signIn(adminEmail).get("/directory").wantNoText("Tên gọi đã học khi rà soát")
}

// Agencies whose names look alike are told apart where one is chosen.
func TestAgenciesThatLookAlikeAreToldApart(t *testing.T) {
	r := newRig(t)
	_, err := r.Directory.SaveAgency(t.Context(), r.people[officeEmail], tasks.Agency{Code: "STC-CU", Name: "Sở Tài Chính", Kind: directory.KindDepartment, To: "2025-02-28"})
	if err != nil {
		t.Fatal(err)
	}
	c := r.signIn(officeEmail)
	for _, path := range []string{"/people", "/assignments"} {
		c.get(path).want(http.StatusOK).wantText("Sở Tài chính (STC)", "Sở Tài Chính (STC-CU)").wantNoText("Sở Nội vụ (SNV)")
	}
	form := fmt.Sprintf("/directory/agencies/%d", r.agencies["SNV"].ID)
	typed := c.get(form).form(form)
	typed.Set("successor", fmt.Sprintf("a%d", r.agencies["STC"].ID))
	typed.Set("code", "") // refused, so that the choice comes back
	c.post(form, typed).want(http.StatusUnprocessableEntity).wantText("Sở Tài chính (STC)")
	if body := c.get("/suggest/agencies?q=so+tai+chinh").body; !strings.Contains(body, "Sở Tài chính (STC)") {
		t.Errorf("suggested %s", body)
	}
}

// An agency that leads open duties does not end without a successor; the form says how many there are.
func TestAnAgencyWithDutiesIsNotEnded(t *testing.T) {
	r := newRig(t)
	sc := newScene(t, r)
	_ = sc
	c := r.signIn(officeEmail)
	form := fmt.Sprintf("/directory/agencies/%d", r.agencies["SNV"].ID)
	typed := c.get(form).form(form)
	typed.Set("to", "2026-12-31")
	c.post(form, typed).want(http.StatusUnprocessableEntity).wantText("nhiệm vụ chưa hoàn thành. Hãy chọn cơ quan kế thừa")
	typed.Set("successor", fmt.Sprintf("a%d", r.agencies["STC"].ID))
	c.post(form, typed).wantRedirect("/directory")
}
