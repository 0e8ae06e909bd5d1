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
