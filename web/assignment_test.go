package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"tiendo/tasks"
)

// pdf is the beginning of a file that is told as PDF by its content.
var pdf = []byte("%PDF-1.7\nMau Son")

// at moves the business clock to the instant, "2026-10-05 07:00" in the province's zone.
func (r *rig) at(when string) {
	r.t.Helper()
	r.clock.set(must(time.ParseInLocation("2006-01-02 15:04", when, r.location))(r.t))
}

// oneDuty is a rig with one duty that SNV leads and STC helps with, due on 7 October, on the morning of the 5th.
func oneDuty(t *testing.T) (*rig, tasks.Assignment) {
	t.Helper()
	r := newRig(t)
	_, list := r.issue("10/CT-UBND", rigDuty{
		text:  "Sở Nội vụ trình UBND tỉnh ban hành Quy chế đánh giá người đứng đầu; phối hợp với Sở Tài chính.",
		leads: []string{"Sở Nội vụ"}, cooperating: []string{"Sở Tài chính"}, due: "2026-10-07",
	})
	return r, list[0]
}

func path(a tasks.Assignment, rest ...string) string {
	return fmt.Sprintf("/assignments/%d%s", a.ID, strings.Join(rest, ""))
}

// submit reports the duty as done through the page.
func (c *client) submit(a tasks.Assignment, text string, files ...file) {
	c.t.Helper()
	form := c.get(path(a)).want(http.StatusOK).form(path(a, "/report"))
	form.Set("kind", string(tasks.ReportSubmission))
	form.Set("text", text)
	c.upload(path(a, "/report"), form, files...).wantRedirect(path(a))
}

func TestAssignmentIsReportedConfirmedAndReopened(t *testing.T) {
	r, a := oneDuty(t)
	focal, office := r.signIn(focalEmail), r.signIn(officeEmail)

	page := focal.get(path(a)).want(http.StatusOK)
	page.wantText("Sắp đến hạn", "Chưa thực hiện", "Hạn Thứ Tư, 7 tháng 10 năm 2026, còn 2 ngày làm việc.", "trước ngày 2026-10-07",
		"Sở Tài chính", "Chỉ thị 10/CT-UBND", "Trần Thị Văn: giao nhiệm vụ")
	if !strings.HasPrefix(page.h1(), "Sở Nội vụ trình UBND tỉnh ban hành Quy chế") {
		t.Errorf("h1 %q", page.h1())
	}
	form := page.form(path(a, "/report"))
	form.Set("percent", "40")
	form.Set("text", "Đã dự thảo Quy chế")
	form.Set("documents", "Tờ trình 214/TTr-SNV")
	focal.upload(path(a, "/report"), form, file{"files", "anh hien truong.pdf", pdf}).wantRedirect(path(a))
	page = focal.get(path(a)).wantText("Đã ghi báo cáo tiến độ.", "Đang thực hiện", "Tiến độ 40 %", "Đã dự thảo Quy chế", "Tờ trình 214/TTr-SNV",
		"anh hien truong.pdf", "Nguyễn Thị Đầu, Sở Nội vụ: báo cáo tiến độ", "Trạng thái: Chưa thực hiện → Đang thực hiện", "Tiến độ: 0 % → 40 %")
	i := slices.IndexFunc(page.links(), func(l string) bool { return strings.HasPrefix(l, "/evidence/") })
	if i < 0 {
		t.Fatalf("no link to the evidence among %q", page.links())
	}
	sent := focal.get(page.links()[i]).want(http.StatusOK)
	if sent.body != string(pdf) || !strings.HasPrefix(sent.header.Get("Content-Disposition"), `attachment; filename="anh hien truong.pdf"`) {
		t.Errorf("evidence %q, %q", sent.body, sent.header.Get("Content-Disposition"))
	}

	focal.submit(a, "Đã trình dự thảo kèm Tờ trình")
	focal.get(path(a)).wantText("Chờ xác nhận", "Báo cáo đang chờ xác nhận", "Rút báo cáo")
	inbox := office.get("/inbox").want(http.StatusOK)
	inbox.wantText("Đã trình dự thảo kèm Tờ trình", "Đúng hạn", "mới gửi", "Xem và xác nhận")
	if inbox.h1() != "1 báo cáo chờ xác nhận" {
		t.Errorf("inbox h1 %q", inbox.h1())
	}

	page = office.get(path(a)).wantText("Báo cáo chờ xác nhận", "Gửi ngày 5/10/2026, đúng hạn (hạn 7/10/2026).", "Nguyễn Thị Đầu, Sở Nội vụ")
	ret := page.form(path(a, "/return"))
	ret.Set("reason", "Thiếu danh sách đơn vị")
	office.post(path(a, "/return"), ret).wantRedirect(path(a))
	focal.get("/mine").wantText("Trả lại, cần bổ sung (1)", "Trả lại: Thiếu danh sách đơn vị", "Bổ sung")
	focal.get(path(a)).wantText("trả lại báo cáo", "Trạng thái: Chờ xác nhận → Trả lại", "Thiếu danh sách đơn vị")

	focal.submit(a, "Đã bổ sung danh sách")
	page = office.get(path(a))
	office.post(path(a, "/confirm"), page.form(path(a, "/confirm"))).wantRedirect(path(a))
	page = office.get(path(a)).wantText("Đã xác nhận hoàn thành.", "Hoàn thành", "Xác nhận ngày 5/10/2026, theo báo cáo gửi ngày 5/10/2026.")
	focal.get(path(a)).wantText("Nhiệm vụ đã hoàn thành").wantNoText("Mở lại nhiệm vụ")

	again := page.form(path(a, "/reopen"))
	again.Set("reason", "Văn bản ban hành chưa đúng thể thức")
	office.post(path(a, "/reopen"), again).wantRedirect(path(a))
	focal.get(path(a)).wantText("Trả lại", "Văn bản ban hành chưa đúng thể thức", "Báo cáo kết quả")
}

func TestReportThatIsRefusedKeepsWhatWasTyped(t *testing.T) {
	r, a := oneDuty(t)
	focal := r.signIn(focalEmail)
	form := focal.get(path(a)).form(path(a, "/report"))
	form.Set("percent", "bốn mươi")
	form.Set("text", "")
	form.Set("documents", "214/TTr-SNV <b>")
	page := focal.upload(path(a, "/report"), form, file{"files", "bien-ban.pdf", pdf}).want(http.StatusUnprocessableEntity)
	page.wantText("Cần sửa trước khi gửi", "Tiến độ là số nguyên từ 0 đến 100.", "Mục này chưa có nội dung.", "Hãy chọn lại tệp: bien-ban.pdf.")
	for name, want := range map[string]string{"percent": "bốn mươi", "documents": "214/TTr-SNV <b>", "kind": "progress"} {
		if got, _ := page.value(name); name != "kind" && got != want {
			t.Errorf("%s holds %q, want %q", name, got, want)
		}
	}
	page = focal.upload(path(a, "/report"), url.Values{"kind": {"progress"}, "percent": {"10"}, "text": {"Kèm tệp lạ"}}, file{"files", "may.exe", []byte("MZ\x00\x01")})
	page.want(http.StatusUnprocessableEntity).wantText("Không nhận loại tệp của may.exe.", "Kèm tệp lạ")
	page = focal.post(path(a, "/report"), url.Values{"text": {"Chưa chọn tình hình"}})
	page.want(http.StatusUnprocessableEntity).wantText("Mục này chưa có nội dung.", "Chưa chọn tình hình")
	focal.get(path(a)).wantText("Chưa thực hiện", "Chưa có báo cáo nào.")
}

func TestReportOnAnOlderPageIsAConflict(t *testing.T) {
	r, a := oneDuty(t)
	focal, head := r.signIn(focalEmail), r.signIn(headEmail)
	old := focal.get(path(a)).form(path(a, "/report"))
	now := head.get(path(a)).form(path(a, "/report"))
	now.Set("percent", "10")
	now.Set("text", "Thủ trưởng báo cáo trước")
	head.post(path(a, "/report"), now).wantRedirect(path(a))

	old.Set("percent", "30")
	old.Set("text", "Gõ trên trang cũ")
	page := focal.post(path(a, "/report"), old).want(http.StatusConflict)
	page.wantText("Nhiệm vụ đã thay đổi từ lúc mở trang", "Thủ trưởng báo cáo trước")
	again := page.form(path(a, "/report"))
	if again.Get("text") != "Gõ trên trang cũ" || again.Get("percent") != "30" {
		t.Errorf("the form holds %v", again)
	}
	focal.post(path(a, "/report"), again).wantRedirect(path(a))
}

func TestReportThatTheStateNoLongerAllowsIsKept(t *testing.T) {
	r, a := oneDuty(t)
	focal, head := r.signIn(focalEmail), r.signIn(headEmail)
	old := focal.get(path(a)).form(path(a, "/report"))
	head.submit(a, "Thủ trưởng đã gửi")
	old.Set("text", "Nội dung của đầu mối")
	old.Set("percent", "70")
	page := focal.post(path(a, "/report"), old).want(http.StatusConflict).wantText("Nội dung đã gõ, chưa được lưu", "Báo cáo đang chờ xác nhận")
	if got, _ := page.value("kept_text"); got != "Nội dung của đầu mối" {
		t.Errorf("kept %q", got)
	}
}

func TestDecisionNeedsAReasonAndTheNewestPage(t *testing.T) {
	r, a := oneDuty(t)
	focal, office := r.signIn(focalEmail), r.signIn(officeEmail)
	focal.submit(a, "Xong")
	page := office.get(path(a))
	ret, confirm := page.form(path(a, "/return")), page.form(path(a, "/confirm"))
	ret.Set("reason", "  ")
	page = office.post(path(a, "/return"), ret).want(http.StatusUnprocessableEntity).wantText("Mục này chưa có nội dung.")
	if !strings.Contains(page.body, `<details class="confirm" open>`) {
		t.Error("the form of the return is folded away")
	}
	ret.Set("reason", strings.Repeat("dài ", 400))
	page = office.post(path(a, "/return"), ret).want(http.StatusUnprocessableEntity)
	if got, _ := page.value("reason"); !strings.HasPrefix(got, "dài dài") {
		t.Errorf("the reason holds %q", got)
	}

	withdraw := focal.get(path(a)).form(path(a, "/withdraw"))
	focal.post(path(a, "/withdraw"), withdraw).wantRedirect(path(a))
	focal.get(path(a)).wantText("Đã rút báo cáo.", "Đang thực hiện", "Đã rút lúc")
	ret.Set("reason", "Lý do gõ trên trang cũ")
	page = office.post(path(a, "/return"), ret).want(http.StatusConflict).wantText("Trang này là hiện trạng (“Đang thực hiện”)")
	if got, _ := page.value("kept_reason"); got != "Lý do gõ trên trang cũ" {
		t.Errorf("kept %q", got)
	}
	office.post(path(a, "/confirm"), confirm).want(http.StatusConflict)
	office.post(path(a, "/reopen"), url.Values{"reason": {"Chưa xong"}}).want(http.StatusConflict)
	focal.post(path(a, "/withdraw"), url.Values{}).want(http.StatusConflict)
}

func TestOwnReportIsDecidedBySomebodyElse(t *testing.T) {
	r, a := oneDuty(t)
	standing := r.signIn(standingEmail)
	standing.submit(a, "Tự báo cáo")
	page := standing.get(path(a)).wantText("cần một người khác", "Tự báo cáo").wantNoText("Xác nhận hoàn thành")
	if slices.Contains(page.actions(), "POST "+path(a, "/confirm")) || slices.Contains(page.actions(), "POST "+path(a, "/return")) {
		t.Errorf("offers %q", page.actions())
	}
	standing.post(path(a, "/confirm"), url.Values{}).want(http.StatusForbidden).wantText("cần một người khác")
	standing.post(path(a, "/return"), url.Values{"reason": {"Tự trả"}}).want(http.StatusForbidden)
	office := r.signIn(officeEmail)
	office.post(path(a, "/confirm"), office.get(path(a)).form(path(a, "/confirm"))).wantRedirect(path(a))
	standing.post(path(a, "/reopen"), url.Values{"reason": {"Tự mở"}}).want(http.StatusForbidden)
}

func TestAssignmentOfAnotherAgencyDoesNotExist(t *testing.T) {
	r, a := oneDuty(t)
	r.signIn(focalEmail).submit(a, "DẤU-RIÊNG-SNV", file{"files", "dau-rieng.pdf", pdf})
	evidence := r.evidenceOf(a)
	for _, email := range []string{communeEmail, adminEmail, noRoleEmail} {
		c := r.signIn(email)
		c.get(path(a)).want(http.StatusNotFound).wantNoText("Quy chế", "DẤU-RIÊNG-SNV")
		c.get(evidence).want(http.StatusNotFound)
		for _, rest := range []string{"/report", "/withdraw", "/confirm", "/return", "/reopen"} {
			c.post(path(a, rest), url.Values{"kind": {"progress"}, "percent": {"1"}, "text": {"x"}, "reason": {"x"}}).want(http.StatusNotFound)
		}
	}
	// STC cooperates: it reads, with no names of SNV's people, and can do nothing.
	other := r.signIn(otherEmail)
	page := other.get(path(a)).want(http.StatusOK).wantText("DẤU-RIÊNG-SNV", "dau-rieng.pdf").wantNoText("Nguyễn Thị Đầu", focalEmail)
	if got := page.actions(); !slices.Equal(got, []string{"POST /logout"}) {
		t.Errorf("a cooperating agency is offered %q", got)
	}
	other.get(evidence).want(http.StatusOK)
	other.post(path(a, "/report"), url.Values{"kind": {"progress"}, "percent": {"1"}, "text": {"x"}}).want(http.StatusForbidden)
	other.post(path(a, "/confirm"), url.Values{}).want(http.StatusForbidden)
	leader := r.signIn(leaderEmail)
	if got := leader.get(path(a)).want(http.StatusOK).actions(); !slices.Equal(got, []string{"POST /logout"}) {
		t.Errorf("a leader is offered %q", got)
	}
	leader.post(path(a, "/confirm"), url.Values{}).want(http.StatusForbidden)
	for _, bad := range []string{"/assignments/0", "/assignments/x", "/assignments/999", "/evidence/999", "/evidence/x"} {
		r.signIn(officeEmail).get(bad).want(http.StatusNotFound)
	}
}

// evidenceOf is the address of the assignment's newest file.
func (r *rig) evidenceOf(a tasks.Assignment) string {
	r.t.Helper()
	v := must(r.Assignments.Get(r.ctx(), r.person(officeEmail), a.ID))(r.t)
	for _, report := range v.Reports {
		for _, e := range report.Evidence {
			return fmt.Sprintf("/evidence/%d", e.ID)
		}
	}
	r.t.Fatal("no evidence")
	return ""
}

func TestAssignmentTellsWhichMailWentToWhom(t *testing.T) {
	r, a := oneDuty(t)
	r.runDue() // the first run only notes the time
	r.at("2026-10-06 08:00")
	r.runDue()
	office := r.signIn(officeEmail)
	office.get(path(a)).wantText("Thư “Nhắc việc” tới", focalEmail, "chờ gửi")
	for _, email := range []string{focalEmail, otherEmail, leaderEmail} {
		r.signIn(email).get(path(a)).wantText("Thư “Nhắc việc” tới 2 người (chờ gửi)").wantNoText("@mauson.example")
	}
}

func TestAssignmentUnderACadence(t *testing.T) {
	r := newRig(t)
	_, list := r.issue("11/CT-UBND", rigDuty{text: "Báo cáo định kỳ kết quả cải cách hành chính.", leads: []string{"Sở Nội vụ"}, cadence: "FREQ=MONTHLY;BYMONTHDAY=25"})
	a := list[0]
	focal := r.signIn(focalEmail)
	focal.get(path(a)).wantText("Báo cáo hằng tháng, ngày 25; kỳ tới Chủ Nhật, 25 tháng 10 năm 2026, còn 14 ngày làm việc.", "Hằng tháng, ngày 25").
		wantNoText("Chưa có thời hạn")
	focal.get("/mine").wantText("Theo kỳ báo cáo (1)", "Chủ Nhật 25/10", "báo cáo kỳ tới")
	r.at("2026-10-27 08:00")
	focal.get(path(a)).wantText("Chưa có báo cáo kỳ 25/10/2026, quá 2 ngày làm việc.")
	focal.get("/mine").wantText("Chưa có báo cáo kỳ 25/10/2026", "quá 2 ngày làm việc")
}

func TestJointLeadsAnswerTogether(t *testing.T) {
	r := newRig(t)
	_, list := r.issue("12/CT-UBND", rigDuty{text: "Rà soát thủ tục hành chính.", leads: []string{"Sở Nội vụ", "Sở Tài chính"}, joint: true, due: "2026-10-30"})
	a := list[0]
	other := r.signIn(otherEmail)
	other.get("/mine").wantText("Sở Tài chính còn 1 việc", "(đồng chủ trì)")
	other.submit(a, "Sở Tài chính báo cáo thay")
	page := r.signIn(focalEmail).get(path(a)).wantText("Đồng chủ trì", "Sở Tài chính báo cáo thay").wantNoText("Hoàng Văn Tài")
	if !slices.Contains(page.actions(), "POST "+path(a, "/withdraw")) {
		t.Errorf("the other lead is offered %q", page.actions())
	}
}
