package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

// sendBack returns the report that waits, through the page.
func (c *client) sendBack(a tasks.Assignment, reason string) *page {
	c.t.Helper()
	form := c.get(path(a)).form(path(a, "/return"))
	form.Set("reason", reason)
	return c.post(path(a, "/return"), form).want(http.StatusSeeOther)
}

func TestReturnedDutyAsksForItsSubmission(t *testing.T) {
	r, a := oneDuty(t)
	focal, office := r.signIn(focalEmail), r.signIn(officeEmail)
	focal.submit(a, "Đã trình dự thảo")
	office.sendBack(a, "Thiếu danh sách đơn vị")

	page := focal.get(path(a))
	form := page.form(path(a, "/report"))
	if form.Get("kind") != string(tasks.ReportSubmission) || form.Get("percent") != "100" {
		t.Errorf("the form begins with %v", form)
	}
	text := page.text()
	reason, fields := strings.Index(text, "Trần Thị Văn trả lại lúc 07:00 5/10/2026. Lý do: Thiếu danh sách đơn vị"), strings.Index(text, "Báo cáo kết quả")
	if reason < 0 || reason > fields {
		t.Errorf("the reason does not stand above the form: %s", text)
	}
	form.Set("kind", string(tasks.ReportProgress))
	form.Set("percent", "100")
	form.Set("text", "Đang bổ sung")
	focal.upload(path(a, "/report"), form).follow().wantText("Nhiệm vụ vẫn ở trạng thái “Trả lại”", "Thiếu danh sách đơn vị")

	// Of two returns it is the newer that is answered.
	focal.submit(a, "Đã bổ sung")
	office.sendBack(a, "Danh sách chưa có dấu")
	again := focal.get(path(a)).text()
	if i := strings.Index(again, "Danh sách chưa có dấu"); i < 0 || i > strings.Index(again, "Báo cáo kết quả") {
		t.Errorf("the newer reason does not stand above the form: %s", again)
	}
	focal.submit(a, "Đã đóng dấu")
	focal.get(path(a)).wantNoText(`id="returned"`)
}

func TestProgressOfAHundredIsNoSubmission(t *testing.T) {
	r, a := oneDuty(t)
	focal := r.signIn(focalEmail)
	form := focal.get(path(a)).form(path(a, "/report"))
	form.Set("percent", "100")
	form.Set("text", "Gần xong")
	focal.upload(path(a, "/report"), form).follow().wantText("chưa báo cáo hoàn thành", "Đang thực hiện")
}

func TestWithdrawnReportFillsTheForm(t *testing.T) {
	r, a := oneDuty(t)
	focal, office := r.signIn(focalEmail), r.signIn(officeEmail)
	form := focal.get(path(a)).form(path(a, "/report"))
	form.Set("kind", string(tasks.ReportSubmission))
	form.Set("text", "Đã trình dự thảo")
	form.Set("documents", "214/TTr-SNV")
	focal.upload(path(a, "/report"), form, file{"files", "to-trinh.pdf", pdf}, file{"files", "nham.pdf", pdf}).wantRedirect(path(a))
	focal.post(path(a, "/withdraw"), focal.get(path(a)).form(path(a, "/withdraw"))).wantRedirect(path(a))

	page := focal.get(path(a)).wantText("Biểu mẫu điền theo báo cáo đã rút lúc 07:00 5/10/2026", "Tệp của báo cáo đã rút")
	form = page.form(path(a, "/report"))
	if form.Get("kind") != string(tasks.ReportSubmission) || form.Get("text") != "Đã trình dự thảo" || form.Get("documents") != "214/TTr-SNV" || len(form["keep"]) != 2 {
		t.Fatalf("the form holds %v", form)
	}
	// A refused form keeps which files go along.
	form["keep"] = form["keep"][:1]
	form.Set("text", "")
	form = focal.upload(path(a, "/report"), form).want(http.StatusUnprocessableEntity).form(path(a, "/report"))
	if len(form["keep"]) != 1 {
		t.Errorf("the refused form keeps %v", form["keep"])
	}
	form.Set("text", "Đã trình dự thảo, sửa số liệu")
	focal.upload(path(a, "/report"), form, file{"files", "bo-sung.pdf", pdf}).wantRedirect(path(a))

	v := must(r.Assignments.Get(r.ctx(), r.person(officeEmail), a.ID))(t)
	var names []string
	for _, e := range v.Reports[0].Evidence {
		names = append(names, e.Name)
	}
	if slices.Sort(names); !slices.Equal(names, []string{"bo-sung.pdf", "to-trinh.pdf"}) {
		t.Errorf("the new report has %q", names)
	}
	if sent := office.get("/evidence/" + text(v.Reports[0].Evidence[0].ID)).want(http.StatusOK); sent.body != string(pdf) {
		t.Errorf("evidence %q", sent.body)
	}
}

func TestFilesOfOtherReportsDoNotGoAlong(t *testing.T) {
	r := newRig(t)
	_, list := r.issue("12/CT-UBND",
		rigDuty{text: "Rà soát thủ tục hành chính.", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"},
		rigDuty{text: "Bố trí kinh phí.", leads: []string{"Sở Tài chính"}, due: "2026-10-30"})
	other, focal := r.signIn(otherEmail), r.signIn(focalEmail)
	other.submit(list[1], "Xong", file{"files", "mat.pdf", pdf})
	other.post(path(list[1], "/withdraw"), other.get(path(list[1])).form(path(list[1], "/withdraw"))).want(http.StatusSeeOther)
	foreign := must(r.Assignments.Get(r.ctx(), r.person(officeEmail), list[1].ID))(t).Reports[0].Evidence[0].ID

	form := focal.get(path(list[0])).form(path(list[0], "/report"))
	form.Set("text", "Kèm tệp của người khác")
	form.Set("keep", text(foreign))
	focal.upload(path(list[0], "/report"), form).want(http.StatusNotFound)
	if v := must(r.Assignments.Get(r.ctx(), r.person(officeEmail), list[0].ID))(t); len(v.Reports) != 0 {
		t.Errorf("reports %v", v.Reports)
	}
}

func TestDecisionsFollowOneAnother(t *testing.T) {
	r := newRig(t)
	_, list := r.issue("13/CT-UBND",
		rigDuty{text: "Rà soát thủ tục hành chính.", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"},
		rigDuty{text: "Khảo sát sự hài lòng.", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"},
		rigDuty{text: "Công khai kết quả.", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"})
	focal, office := r.signIn(focalEmail), r.signIn(officeEmail)
	for _, a := range list {
		focal.submit(a, "Xong")
	}
	page := office.get(path(list[0]))
	if !slices.Contains(page.links(), "/inbox") {
		t.Errorf("a report that waits does not lead back to the inbox: %q", page.links())
	}
	confirmed := office.post(path(list[0], "/confirm"), page.form(path(list[0], "/confirm"))).wantRedirect("/inbox")
	confirmed.follow().wantText("Đã xác nhận hoàn thành: Rà soát thủ tục hành chính", "2 báo cáo chờ xác nhận")
	office.sendBack(list[1], "Thiếu số liệu").wantRedirect("/inbox").follow().wantText("cơ quan chủ trì sẽ nhận thư: Khảo sát sự hài lòng")
	page = office.get(path(list[2]))
	office.post(path(list[2], "/confirm"), page.form(path(list[2], "/confirm"))).wantRedirect(path(list[2])).follow().wantText("Đã xác nhận hoàn thành.")
}

func TestReportUnderACadenceSaysItsPeriod(t *testing.T) {
	r := newRig(t)
	_, list := r.issue("11/CT-UBND", rigDuty{text: "Báo cáo định kỳ kết quả.", leads: []string{"Sở Nội vụ"}, cadence: "FREQ=MONTHLY;BYMONTHDAY=25"})
	a := list[0]
	focal := r.signIn(focalEmail)
	page := focal.get(path(a)).wantText("Báo cáo gửi hôm nay là báo cáo kỳ 25/10/2026.", "“Đã hoàn thành” kết thúc cả nhiệm vụ")
	form := page.form(path(a, "/report"))
	form.Set("percent", "100")
	form.Set("text", "Báo cáo kỳ")
	focal.upload(path(a, "/report"), form).follow().wantText("Đã ghi báo cáo tiến độ.").wantNoText("chưa báo cáo hoàn thành", "Báo cáo gửi hôm nay là báo cáo kỳ 25/10/2026")
	v := must(r.Assignments.Get(r.ctx(), r.person(officeEmail), a.ID))(t)
	if len(v.Notes) == 0 || v.Notes[0].Due.String() != "2026-10-25" || v.Notes[0].ReportID != v.Reports[0].ID {
		t.Errorf("the report answers %v", v.Notes)
	}
}
