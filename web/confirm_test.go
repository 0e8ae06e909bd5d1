package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"tiendo/tasks"
)

// submitted issues as many duties of the Interior Department and reports each of them as done.
func submitted(t *testing.T, r *rig, n int, files ...file) []tasks.Assignment {
	t.Helper()
	var duties []rigDuty
	for i := range n {
		duties = append(duties, rigDuty{text: "Nhiệm vụ số " + text(int64(i+1)) + ".", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"})
	}
	_, list := r.issue("20/CT-UBND", duties...)
	focal := r.signIn(focalEmail)
	for _, a := range list {
		focal.submit(a, "Đã xong", files...)
	}
	return list
}

// ticked is the form of a list with the boxes of the assignments ticked.
func (p *page) ticked(list ...tasks.Assignment) url.Values {
	p.t.Helper()
	form := p.form("/assignments/decide")
	for _, n := range p.elements("input") {
		value := attribute(n, "value")
		id, _, _ := strings.Cut(value, ".")
		if attribute(n, "name") == "choice" && slices.ContainsFunc(list, func(a tasks.Assignment) bool { return text(a.ID) == id }) {
			form.Add("choice", value)
		}
	}
	return form
}

func TestSeveralAreConfirmedAtOnce(t *testing.T) {
	r := newRig(t)
	list := submitted(t, r, 4)
	office, focal := r.signIn(officeEmail), r.signIn(focalEmail)
	inbox := office.get("/inbox")
	form := inbox.ticked(list[:3]...)
	if len(form["choice"]) != 3 {
		t.Fatalf("ticked %v", form)
	}
	focal.post(path(list[2], "/withdraw"), focal.get(path(list[2])).form(path(list[2], "/withdraw"))).want(http.StatusSeeOther)
	form.Set("do", "confirm")
	done := office.post("/assignments/decide", form).want(http.StatusOK)
	done.wantText("Đã xác nhận 2 báo cáo, để lại 1 báo cáo", "Nhiệm vụ số 3", "Đã thay đổi từ lúc mở danh sách, hiện là “Đang thực hiện”")
	for i, want := range []tasks.State{tasks.StateCompleted, tasks.StateCompleted, tasks.StateInProgress, tasks.StateSubmitted} {
		if v := must(r.Assignments.Get(r.ctx(), r.person(officeEmail), list[i].ID))(t); v.Assignment.State != want {
			t.Errorf("duty %d is %s, want %s", i+1, v.Assignment.State, want)
		}
	}
	// From the list; a reason is needed, and what was chosen and typed stays.
	page := office.get("/assignments?state=submitted")
	form = page.ticked(list[3])
	form.Set("do", "return")
	again := office.post("/assignments/decide", form).want(http.StatusUnprocessableEntity).wantText("Chưa xử lý báo cáo nào", "Nhiệm vụ số 4")
	form = again.form("/assignments/decide")
	if len(form["choice"]) != 1 || form.Get("from") != "/assignments?state=submitted" {
		t.Errorf("the refused form holds %v", form)
	}
	form.Set("do", "return")
	form.Set("reason", "Thiếu danh sách")
	done = office.post("/assignments/decide", form).want(http.StatusOK).wantText("Đã trả lại 1 báo cáo")
	if !slices.Contains(done.links(), "/assignments?state=submitted") {
		t.Errorf("the result leads to %q", done.links())
	}
	office.post("/assignments/decide", url.Values{"do": {"confirm"}}).want(http.StatusUnprocessableEntity).wantText("Chưa chọn báo cáo nào")
	if v := must(r.Assignments.Get(r.ctx(), r.person(officeEmail), list[3].ID))(t); v.Reports[0].Reason != "Thiếu danh sách" {
		t.Errorf("report %+v", v.Reports[0])
	}
	focal.get("/assignments?state=submitted").wantNoText("/assignments/decide")
}

func TestEvidenceIsLookedAt(t *testing.T) {
	r, a := oneDuty(t)
	focal, office, coop := r.signIn(focalEmail), r.signIn(officeEmail), r.signIn(otherEmail)
	focal.submit(a, "Đã xong", file{"files", "bien-ban.pdf", pdf})
	confirm := func(evidence string) *page {
		form := office.get(path(a)).form(path(a, "/confirm"))
		if evidence != "" {
			form.Set("evidence", evidence)
		}
		return office.post(path(a, "/confirm"), form)
	}
	confirm("").want(http.StatusUnprocessableEntity).wantText("Tài liệu kiểm chứng chưa được nghiệm thu; hãy chọn")

	judge, add := path(a, "/evidence/judge"), path(a, "/evidence/add")
	form := office.get(path(a, "/evidence")).wantText("Tài liệu kiểm chứng chờ thẩm định").form(judge)
	form.Set("state", "wanting")
	office.post(judge, form).want(http.StatusUnprocessableEntity)
	form.Set("words", "Thiếu chữ ký của lãnh đạo")
	stale := cloned(form)
	office.post(judge, form).wantRedirect(path(a, "/evidence")).follow().wantText("Tài liệu kiểm chứng cần bổ sung", "Thiếu chữ ký của lãnh đạo", "Trần Thị Văn")
	stale.Set("words", "Lời của người đến sau")
	office.post(judge, stale).want(http.StatusConflict).wantText("Lời của người đến sau")
	if got := office.post(judge, stale).form(judge).Get("words"); got != "Lời của người đến sau" {
		t.Errorf("the refused form holds %q", got)
	}
	office.get("/assignments?state=all&evidence=wanting").wantText("Cần bổ sung", "Quy chế đánh giá")
	office.get("/assignments?state=all&evidence=accepted").wantNoText("Quy chế đánh giá người đứng đầu;")
	focal.get(path(a)).wantText("Tài liệu kiểm chứng cần bổ sung", "Thiếu chữ ký của lãnh đạo")
	seen := coop.get(path(a, "/evidence")).want(http.StatusOK)
	if len(seen.actions()) > 0 && slices.ContainsFunc(seen.actions(), func(s string) bool { return strings.Contains(s, "/evidence/") }) {
		t.Errorf("a cooperating agency may %q", seen.actions())
	}
	form = focal.get(path(a, "/evidence")).form(add)
	focal.upload(add, form).want(http.StatusUnprocessableEntity).wantText("Hãy chọn tệp hoặc ghi số văn bản")
	form.Set("documents", "12/BC-SNV")
	focal.upload(add, form, file{"files", "co-chu-ky.pdf", pdf}).wantRedirect(path(a, "/evidence")).follow().wantText("Tài liệu kiểm chứng chờ thẩm định", "12/BC-SNV", "co-chu-ky.pdf")
	confirm("accepted").want(http.StatusSeeOther)
	office.get(path(a)).wantText("Đã nghiệm thu", "xác nhận hoàn thành")
}

func cloned(v url.Values) url.Values {
	out := make(url.Values)
	for k, list := range v {
		out[k] = slices.Clone(list)
	}
	return out
}

func TestReturnMovesTheDeadline(t *testing.T) {
	r, a := oneDuty(t)
	focal, office := r.signIn(focalEmail), r.signIn(officeEmail)
	focal.submit(a, "Đã xong")
	form := office.get(path(a)).form(path(a, "/return"))
	form.Set("reason", "Thiếu số liệu")
	form.Set("due", "32/13/2026")
	form.Set("document", "55/UBND")
	refused := office.post(path(a, "/return"), form).want(http.StatusUnprocessableEntity).wantText("Ngày chưa đúng", "hãy ghi theo ý kiến của ai")
	if got := refused.form(path(a, "/return")); got.Get("due") != "32/13/2026" || got.Get("reason") != "Thiếu số liệu" || got.Get("document") != "55/UBND" {
		t.Errorf("the refused form holds %v", got)
	}
	form.Set("due", "20/11/2026")
	form.Set("authority", "Chủ tịch UBND tỉnh")
	office.post(path(a, "/return"), form).want(http.StatusSeeOther)
	focal.get(path(a)).wantText("Hạn Thứ Sáu, 20 tháng 11 năm 2026", "7/10/2026")
	focal.get(path(a, "/deadline")).wantText("đã gia hạn 1 lần", "theo ý kiến của Chủ tịch UBND tỉnh")
}

func TestNoConfirmationNeeded(t *testing.T) {
	r, a := oneDuty(t)
	focal, office, standing := r.signIn(focalEmail), r.signIn(officeEmail), r.signIn(standingEmail)
	form := office.get(path(a)).form(path(a, "/confirmation"))
	stale := cloned(form)
	office.post(path(a, "/confirmation"), form).wantRedirect(path(a)).follow().wantText("nhiệm vụ không cần xác nhận", "Không cần xác nhận")
	standing.post(path(a, "/confirmation"), stale).want(http.StatusConflict)
	focal.get(path(a)).wantText("Nhiệm vụ này không cần xác nhận")
	focal.submit(a, "Đã xong")
	focal.get(path(a)).wantText("Hoàn thành, không cần xác nhận")
	office.get("/inbox").wantText("Không có báo cáo nào chờ xác nhận")
	// At review, before it is issued.
	d := r.importDocument("11/CT-UBND", rigDuty{text: "Kiểm tra công vụ", leads: []string{"Sở Nội vụ"}, due: "2026-11-30"})
	draft := must(r.Documents.Review(r.ctx(), r.person(officeEmail), d.ID))(t).Drafts[0]
	href := "/documents/" + text(d.ID) + "/drafts/" + text(draft.ID)
	form = office.get(href).form(href)
	form.Set("unconfirmed", "1")
	office.post(href, form).want(http.StatusSeeOther)
	if got := office.get(href).form(href).Get("unconfirmed"); got != "1" {
		t.Errorf("the draft's form holds %q", got)
	}
}

func TestHeadApprovesAReport(t *testing.T) {
	r, a := oneDuty(t)
	focal, head, office, admin := r.signIn(focalEmail), r.signIn(headEmail), r.signIn(officeEmail), r.signIn(adminEmail)
	setting := "/directory/agencies/" + text(r.agencies["SNV"].ID) + "/approval"
	if page := head.get("/mine"); !slices.Contains(page.links(), setting) {
		t.Fatalf("a head is led to %q", page.links())
	}
	form := head.get(setting).wantText("báo cáo gửi thẳng").form(setting)
	form.Set("approves", "on")
	head.post(setting, form).wantRedirect(setting).follow().wantText("thủ trưởng duyệt báo cáo trước khi gửi")
	focal.post(setting, form).want(http.StatusForbidden)
	admin.get(setting).want(http.StatusOK)

	focal.get(path(a)).wantText("được thủ trưởng duyệt trước khi gửi")
	focal.submit(a, "Đã trình dự thảo, bí mật nội bộ")
	focal.get(path(a)).wantText("Chờ thủ trưởng duyệt", "Chưa thực hiện")
	for _, other := range []*client{office, r.signIn(otherEmail), r.signIn(leaderEmail)} {
		other.get(path(a)).wantNoText("bí mật nội bộ")
	}
	office.get("/inbox").wantText("Không có báo cáo nào chờ xác nhận")
	head.get("/mine").wantText("1 báo cáo chờ thủ trưởng duyệt", "bí mật nội bộ")
	refuse := path(a, "/approve/refuse")
	form = head.get(path(a)).form(refuse)
	head.post(refuse, form).want(http.StatusUnprocessableEntity)
	form.Set("reason", "Ghi thêm số liệu")
	head.post(refuse, form).wantRedirect(path(a))
	if got := focal.get(path(a)).wantText("Ghi thêm số liệu").form(path(a, "/report")); got.Get("text") != "Đã trình dự thảo, bí mật nội bộ" {
		t.Errorf("the report to be mended holds %v", got)
	}
	office.get(path(a)).wantNoText("Ghi thêm số liệu")
	focal.submit(a, "Đã có số liệu")
	r.clock.add(72 * time.Hour)
	approve := path(a, "/approve")
	head.post(approve, head.get(path(a)).form(approve)).wantRedirect(path(a))
	office.get(path(a)).wantText("Đã có số liệu", "duyệt lúc", "8/10/2026, sau hạn")
}

// Only who may let a report go is asked to: neither its focal point nor, when he stands in for the head, for his own.
func TestOnlyWhoMayApproveIsAskedTo(t *testing.T) {
	r, a := oneDuty(t)
	if err := r.Directory.SetApproval(r.ctx(), r.person(headEmail), r.agencies["SNV"].ID, true); err != nil {
		t.Fatal(err)
	}
	r.signIn(focalEmail).submit(a, "Đã trình dự thảo")
	label := func(email string, asked bool) {
		t.Helper()
		p := r.signIn(email).get("/mine").wantText("1 báo cáo chờ thủ trưởng duyệt")
		if p.has("Xem, duyệt") != asked || p.has("Xem báo cáo") == asked {
			t.Errorf("asked to approve is %v, want %v", !asked, asked)
		}
		if form := r.signIn(email).get(path(a)); slices.Contains(form.actions(), "POST "+path(a, "/approve")) != asked {
			t.Errorf("the duty lets him %q", form.actions())
		}
	}
	label(headEmail, true)
	label(focalEmail, false)
	label(standingEmail, false)
	for i, email := range []string{focalEmail, standingEmail} {
		day := r.today().AddDays(i)
		r.clock.add(time.Duration(i) * 24 * time.Hour)
		must(r.Accounts.AppointDeputy(r.ctx(), tasks.System, r.people[headEmail].ID, tasks.DeputationInput{
			DeputyID: r.people[email].ID, From: day, To: day, Reason: "Đi công tác",
		}))(t)
		label(email, email == standingEmail)
	}
}

func TestWaitingTooLongIsTheOfficesFigure(t *testing.T) {
	r := newRig(t)
	submitted(t, r, 2)
	office, leader := r.signIn(officeEmail), r.signIn(leaderEmail)
	const figure = "báo cáo chờ xác nhận quá 5 ngày làm việc"
	r.clock.set(must(time.Parse(time.RFC3339, "2026-10-12T09:00:00+07:00"))(t)) // the fifth working day
	office.get("/inbox").wantNoText(figure)
	r.clock.add(24 * time.Hour)
	page := office.get("/inbox").wantText("2 " + figure)
	if !slices.Contains(page.links(), "/assignments?state=submitted&waiting=long") {
		t.Errorf("the figure leads to %q", page.links())
	}
	leader.get("/week").wantText("2 " + figure)
	leader.get("/assignments?state=submitted&waiting=long").wantText("Nhiệm vụ số 2")
	r.clock.set(must(time.Parse(time.RFC3339, rigStart))(t))
	leader.get("/assignments?state=submitted&waiting=long").wantNoText("Nhiệm vụ số 2")
}

// TestBoxesConfirmInABrowser ticks two of three submissions and confirms them.
func TestBoxesConfirmInABrowser(t *testing.T) {
	browser := openBrowser(t)
	r := newRig(t)
	list := submitted(t, r, 3)
	page := browser.MustPage(r.http.URL + "/login").Timeout(time.Minute)
	page.MustElement("[name=email]").MustInput(officeEmail)
	page.MustElement("[name=password]").MustInput(rigPassword)
	wait := page.MustWaitNavigation()
	page.MustElement("main form button").MustClick()
	wait()
	page.MustNavigate(r.http.URL + "/inbox").MustWaitLoad()
	for _, a := range list[:2] {
		page.MustElement("#choice-" + text(a.ID)).MustClick()
	}
	wait = page.MustWaitNavigation()
	page.MustElement(`#decide button[value="confirm"]`).MustClick()
	wait()
	page.MustWaitLoad()
	if h := page.MustElement("h1").MustText(); h != "Đã xác nhận 2 báo cáo" {
		t.Errorf("headline %q", h)
	}
	for i, want := range []tasks.State{tasks.StateCompleted, tasks.StateCompleted, tasks.StateSubmitted} {
		if v := must(r.Assignments.Get(r.ctx(), r.person(officeEmail), list[i].ID))(t); v.Assignment.State != want {
			t.Errorf("duty %d is %s, want %s", i+1, v.Assignment.State, want)
		}
	}
}
