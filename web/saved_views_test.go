package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestSavedViewsThroughThePages(t *testing.T) {
	r, _ := newProvince(t)
	office, colleague := r.signIn(officeEmail), r.signIn(standingEmail)
	if plain := office.get("/assignments").want(http.StatusOK); plain.has("Lưu điều kiện lọc này") || plain.has("Sửa các điều kiện lọc đã lưu") {
		t.Error("the list without filters offers to save them")
	}
	office.get("/assignments/views").wantText("Chưa có điều kiện lọc nào được lưu")
	late := office.get("/assignments?timeliness=overdue&sort=newest&nonsense=1").want(http.StatusOK).wantText("Lưu điều kiện lọc này")
	form := late.form("/assignments/views")
	if got := form.Get("query"); got != "sort=newest&timeliness=overdue" {
		t.Errorf("the filters are %q", got)
	}
	office.post("/assignments/views", form).want(http.StatusUnprocessableEntity).wantText("Cần sửa trước khi gửi")
	form.Set("name", "Quá hạn, mới giao trước")
	form.Set("query", form.Get("query")+"&after=xyz&evil=%22%3E")
	office.post("/assignments/views", form).wantRedirect("/assignments?sort=newest&timeliness=overdue").follow().
		wantText("Đã lưu điều kiện lọc “Quá hạn, mới giao trước”").wantNoText("Lưu điều kiện lọc này")
	kept := office.post("/assignments/views", form).want(http.StatusUnprocessableEntity).wantText("Đã có điều kiện lọc mang tên này").form("/assignments/views")
	if kept.Get("name") != "Quá hạn, mới giao trước" || kept.Get("query") != "sort=newest&timeliness=overdue" {
		t.Errorf("typed and lost: %v", kept)
	}
	form = url.Values{"query": {"q=kinh+phi&state=all"}, "name": {"Kinh phí"}, "shared": {"1"}}
	office.post("/assignments/views", form).wantRedirect("/assignments?q=kinh+phi&state=all").follow().wantText("Bố trí kinh phí")
	// A colleague opens what is shared, and sees nothing else.
	shared := colleague.get("/assignments?state=all").wantText("Kinh phí (Trần Thị Văn)").wantNoText("Quá hạn, mới giao trước")
	if !slices.Contains(shared.links(), "/assignments?q=kinh+phi&state=all") {
		t.Errorf("links %q", shared.links())
	}
	page := colleague.get("/assignments/views").want(http.StatusOK).wantText("Trần Thị Văn chia sẻ").wantNoText("Xoá điều kiện lọc")
	var usual string
	for _, action := range page.actions() {
		if path, ok := strings.CutPrefix(action, "POST /assignments/views/"); ok && strings.HasSuffix(path, "/usual") {
			usual = "/assignments/views/" + path
		}
	}
	colleague.post(usual, page.form(usual)).wantRedirect("/assignments/views").follow().wantText("Từ nay danh sách phân công mở bằng điều kiện lọc này", "Đang mở đầu tiên")
	opened := colleague.get("/assignments").wantRedirect("/assignments?q=kinh+phi&state=all").follow().want(http.StatusOK)
	if slices.Contains(opened.links(), "/assignments") || !slices.Contains(opened.links(), "/assignments?state=open") {
		t.Errorf("no way back to all that is open: %q", opened.links())
	}
	colleague.get("/assignments?state=open").want(http.StatusOK)
	office.get("/assignments").want(http.StatusOK)
	r.signIn(leaderEmail).get("/assignments?state=all").wantNoText("Kinh phí (")

	view := strings.TrimSuffix(usual, "/usual")
	office.post(view, url.Values{"name": {""}}).want(http.StatusUnprocessableEntity)
	office.post(view, url.Values{"name": {"Kinh phí 2026"}, "shared": {"1"}}).wantRedirect("/assignments/views").follow().wantText("Kinh phí 2026", "Đã sửa điều kiện lọc")
	colleague.post(view, url.Values{"name": {"Của tôi"}}).want(http.StatusForbidden)
	r.signIn(focalEmail).post(view, url.Values{"name": {"Của tôi"}}).want(http.StatusNotFound)
	office.post(view+"/delete", nil).wantRedirect("/assignments/views").follow().wantText("Đã xoá điều kiện lọc").wantNoText("Kinh phí 2026")
	colleague.get("/assignments").want(http.StatusOK)
}

func TestListIsNarrowedByMoreFilters(t *testing.T) {
	r, list := newProvince(t)
	_, other := r.issue("21/KH-UBND", rigDuty{text: "Xây dựng kế hoạch kiểm tra.", leads: []string{"Sở Tài chính"}, due: "2026-12-10"})
	office := r.signIn(officeEmail)
	for query, want := range map[string][]string{
		"number=21":      {"other"},
		"number=20%2Fct": {"oldest", "late", "soon", "far", "cadence", "stc_late", "stc"},
		"number=2":       nil,
		"completed_from=14/9/2026&completed_to=2026-09-14": {"done"},
		"completed_from=15/9/2026":                         nil,
		"assigned_from=2026-10-05":                         {"other"},
		"assigned_to=4/10/2026&timeliness=overdue":         {"oldest", "late", "stc_late"},
		"extended=1":            nil,
		"extended=99&number=21": {"other"}, // no such choice: any
		"number=20&state=completed&completed_to=5/10/2026&q=cán+bộ": {"done"},
	} {
		p := office.get("/assignments?" + query).want(http.StatusOK)
		var got []string
		for key, a := range list {
			if slices.Contains(p.links(), path(a)) {
				got = append(got, key)
			}
		}
		if slices.Contains(p.links(), path(other[0])) {
			got = append(got, "other")
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
		// The workbook holds the same lines.
		if len(want) > 0 {
			if lines := exportedDuties(office.get("/assignments.xlsx?" + query)); lines != len(want) {
				t.Errorf("%s: %d lines are exported, want %d", query, lines, len(want))
			}
		}
		if grouped := office.get("/assignments?group=task&" + query).want(http.StatusOK); len(want) > 0 && !strings.HasPrefix(grouped.h1(), fmt.Sprint(len(want))) {
			t.Errorf("%s by duty: %q, want %d", query, grouped.h1(), len(want))
		}
	}
	wrong := office.get("/assignments?completed_from=31/2/2026&assigned_from=2026-10-05&assigned_to=2026-10-01&number=%3Cb%3E").want(http.StatusUnprocessableEntity)
	wrong.wantText("Ngày chưa đúng", "Ngày này sớm hơn ngày bắt đầu")
	if value, _ := wrong.value("number"); value != "<b>" {
		t.Errorf("number %q", value)
	}
}

// exportedDuties counts the lines of a workbook that are of a document.
func exportedDuties(p *page) (lines int) {
	for _, row := range p.workbook() {
		if len(row) > 3 && slices.ContainsFunc(row[:2], func(cell string) bool { return strings.Contains(cell, "-UBND") }) {
			lines++
		}
	}
	return lines
}
