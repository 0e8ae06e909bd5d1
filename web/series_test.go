package web_test

import (
	"net/http"
	"slices"
	"testing"

	"tiendo/tasks"
)

// A recurring duty from the review to its end: chosen at review, seen by those who have it, changed, previewed, ended.
func TestARecurringDutyInTheBrowser(t *testing.T) {
	r := newRig(t)
	office, standing, focal := r.signIn(officeEmail), r.signIn(standingEmail), r.signIn(focalEmail)
	d := r.importDocument("11/CT-UBND", rigDuty{text: "Báo cáo cải cách hành chính", leads: []string{"Sở Nội vụ"}, cadence: "FREQ=MONTHLY;BYMONTHDAY=25"})
	draft := must(r.Documents.Review(r.ctx(), r.person(officeEmail), d.ID))(t).Drafts[0]
	href := "/documents/" + text(d.ID) + "/drafts/" + text(draft.ID)
	form := office.get(href).form(href)
	if form.Get("opens") != "0" {
		t.Errorf("the draft's form begins with %q", form.Get("opens"))
	}
	form.Set("opens", "10")
	form.Set("also", "khi nào thấy cần")
	again := office.post(href, form).want(http.StatusUnprocessableEntity).form(href)
	if again.Get("opens") != "10" || again.Get("also") != "khi nào thấy cần" {
		t.Errorf("what was typed came back as %v", again)
	}
	form.Set("also", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10")
	office.post(href, form).want(http.StatusSeeOther)
	again = office.get(href).form(href)
	if again.Get("opens") != "10" || again.Get("cadence") != "FREQ=MONTHLY;BYMONTHDAY=25" || again.Get("also") == "" {
		t.Errorf("the draft holds %v", again)
	}
	office.post(href, again).want(http.StatusSeeOther) // saved as it is shown
	if got := must(r.Documents.Review(r.ctx(), r.person(officeEmail), d.ID))(t).Drafts[0].Cadence; got != "FREQ=MONTHLY;BYMONTHDAY=25\nFREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10" {
		t.Errorf("cadence %q", got)
	}
	office.get("/documents/" + text(d.ID) + "/review").wantText("mỗi kỳ một nhiệm vụ")
	if err := r.Documents.Issue(r.ctx(), r.person(officeEmail), d.ID, 0); err != nil {
		t.Fatal(err)
	}
	a := must(r.Documents.Get(r.ctx(), r.person(officeEmail), d.ID))(t).Assignments
	if len(a) != 1 {
		t.Fatalf("%d assignments", len(a))
	}
	focal.get(path(a[0])).wantText("tháng 10/2026", "Mỗi kỳ một nhiệm vụ, hằng tháng, ngày 25; hằng năm, ngày 10 tháng 12")
	focal.get("/mine").wantText("kỳ tháng 10/2026")

	page := "/tasks/" + text(a[0].TaskID) + "/series"
	if links := office.get(path(a[0])).links(); !slices.Contains(links, page) {
		t.Fatalf("the secretariat is led to %q", links)
	}
	if links := focal.get(path(a[0])).links(); slices.Contains(links, page) {
		t.Error("a focal point is led to the page")
	}
	form = office.get(page).wantText("kỳ tiếp theo là tháng 11/2026, mở ngày 11/11/2026", "Năm 2026", "Tháng 12/2026").form(page)
	stale := cloned(form)
	form.Set("cadence", "FREQ=WEEKLY;BYDAY=FR")
	form.Set("also", "")
	form.Set("ahead", "2")
	form.Set("preview", "1")
	shown := office.post(page, form).want(http.StatusOK).wantText("Các kỳ tới theo nội dung đang sửa", "Tuần 44/2026", "28/10/2026")
	if got := shown.form(page); got.Get("ahead") != "2" || got.Get("cadence") != "FREQ=WEEKLY;BYDAY=FR" {
		t.Errorf("the preview's form holds %v", got)
	}
	form.Del("preview")
	office.post(page, form).want(http.StatusUnprocessableEntity) // no reason
	form.Set("reason", "Theo chỉ đạo mới")
	office.post(page, form).wantRedirect(page).follow().wantText("Đã đổi định kỳ", "tuần 44/2026", "Theo chỉ đạo mới")
	stale.Set("reason", "Nội dung gõ dở")
	if got := standing.post(page, stale).want(http.StatusConflict).wantText("đã được người khác thay đổi").form(page); got.Get("reason") != "Nội dung gõ dở" {
		t.Errorf("of what was typed is left %v", got)
	}
	end := office.get(page).form(page + "/end")
	office.post(page+"/end", end).want(http.StatusUnprocessableEntity)
	end.Set("reason", "Đã có hệ thống báo cáo riêng")
	office.post(page+"/end", end).wantRedirect(page).follow().wantText("Không mở kỳ mới từ", "Tiếp tục định kỳ")
	focal.get(path(a[0])).wantText("Không mở kỳ mới từ")
	if a, err := r.Assignments.Get(r.ctx(), r.person(officeEmail), a[0].ID); err != nil || a.Assignment.State != tasks.StateAssigned {
		t.Errorf("what was opened: %+v, %v", a.Assignment, err)
	}
}

// A duty under a cadence is given period by period from a form on the duty; its page shows the newest period and what became of the others.
func TestADutyIsGivenPeriodByPeriod(t *testing.T) {
	r := newRig(t)
	office, focal := r.signIn(officeEmail), r.signIn(focalEmail)
	_, a := r.issue("11/CT-UBND", rigDuty{text: "Báo cáo cải cách hành chính", leads: []string{"Sở Nội vụ", "Sở Tài chính"}, cadence: "FREQ=MONTHLY;BYMONTHDAY=25"})
	task := a[0].TaskID
	page, begin := "/tasks/"+text(task)+"/series", "/tasks/"+text(task)+"/series/begin"
	for _, from := range []string{"/tasks/" + text(task), path(a[0])} {
		if links := office.get(from).links(); !slices.Contains(links, page) {
			t.Errorf("%s leads to %q", from, links)
		}
	}
	if links := focal.get(path(a[0])).links(); slices.Contains(links, page) {
		t.Error("a focal point is led to the page")
	}
	form := office.get(page).wantText("giao theo từng kỳ, mỗi kỳ một nhiệm vụ", "trở thành kỳ đầu tiên", "Sở Nội vụ, Sở Tài chính").form(begin)
	if form.Get("cadence") != "FREQ=MONTHLY;BYMONTHDAY=25" || form.Get("ahead") != "10" || form.Get("from") != r.today().String() {
		t.Errorf("the form begins with %v", form)
	}
	try := cloned(form)
	try.Set("preview", "1")
	office.post(begin, try).want(http.StatusOK).wantText("Tháng 10/2026", "25 tháng 10 năm 2026")
	if got := office.post(begin, form).want(http.StatusUnprocessableEntity).form(begin); got.Get("from") != form.Get("from") {
		t.Errorf("of what was typed is left %v", got)
	}
	form.Set("reason", "Xác nhận từng kỳ")
	stale := cloned(form)
	office.post(begin, form).wantRedirect(page).follow().wantText("Đã giao theo từng kỳ", "kỳ tiếp theo là tháng 11/2026")
	if got := office.post(begin, stale).want(http.StatusConflict).form(page); got.Get("reason") != "Xác nhận từng kỳ" {
		t.Errorf("of what was typed is left %v", got)
	}
	focal.get(path(a[0])).wantText("tháng 10/2026", "25/10/2026")

	r.at("2026-11-16 08:00")
	if n, err := r.Assignments.OpenPeriods(r.ctx()); err != nil || n != 2 {
		t.Fatalf("opened %d, %v", n, err)
	}
	matrix := "/tasks/" + text(task)
	newest := office.get(matrix).wantText("Kỳ tháng 11/2026: 0/2 đơn vị đã báo cáo", "Tháng 10/2026", "Các kỳ")
	if links := newest.links(); !slices.Contains(links, matrix+"?period=2026-10-25") || !slices.Contains(links, matrix+"?period=all") || !slices.Contains(links, matrix+"?show=silent") {
		t.Errorf("leads to %q", links)
	}
	nudge := newest.form(matrix + "/nudge")
	if nudge.Get("period") != "2026-11-25" {
		t.Errorf("the form urges %v", nudge)
	}
	nudge.Set("all", "1")
	office.post(matrix+"/nudge", nudge).wantRedirect(matrix + "?period=2026-11-25").follow().wantText("Đã gửi đôn đốc đến 2 đơn vị")
	office.get(matrix + "?period=2026-10-25").wantText("Kỳ tháng 10/2026: 0/2 đơn vị đã báo cáo, 2 quá hạn")
	office.get(matrix + "?period=2026-10-25&show=late").wantText("quá hạn")
	office.get(matrix + "?period=all").wantText("0/4 đơn vị")
	office.get(matrix + "?period=2026-10-26").want(http.StatusNotFound)
	office.get(matrix + "?period=h%C3%B4m").wantText("Kỳ tháng 11/2026")
	if got := office.get(matrix + "/list.xlsx?period=2026-10-25").want(http.StatusOK); got.header.Get("Content-Type") == "" {
		t.Errorf("exports %v", got.header)
	}
}
