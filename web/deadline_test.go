package web_test

import (
	"net/http"
	"strings"
	"testing"

	"tiendo/tasks"
)

// askLater asks for a later deadline through the page.
func (c *client) askLater(a tasks.Assignment, due, reason string) *page {
	c.t.Helper()
	form := c.get(path(a, "/deadline")).want(http.StatusOK).form(path(a, "/extension"))
	form.Set("due", due)
	form.Set("reason", reason)
	form.Set("document", "214/SNV-VP")
	return c.post(path(a, "/extension"), form)
}

func TestAnExtensionGoesThroughThePages(t *testing.T) {
	r, a := oneDuty(t)
	focal, office, leader, helper := r.signIn(focalEmail), r.signIn(officeEmail), r.signIn(leaderEmail), r.signIn(otherEmail)

	focal.get(path(a)).wantText("Xin gia hạn", "chưa gia hạn lần nào")
	focal.askLater(a, "20/10/2026", "Chờ ý kiến bộ").wantRedirect(path(a, "/deadline"))
	page := focal.get(path(a, "/deadline")).wantText("Đã gửi đề nghị gia hạn", "Sở Nội vụ xin lùi hạn từ 7/10/2026 đến 20/10/2026, văn bản 214/SNV-VP",
		"Chờ ý kiến bộ", "Rút đề nghị", "Hạn Thứ Tư, 7 tháng 10 năm 2026, chưa gia hạn lần nào")
	page.wantNoText("Gửi đề nghị gia hạn", "Ghi quyết định")
	focal.get(path(a)).wantText("đang xin lùi đến 20/10/2026", "Hạn xin lùi đến: 20/10/2026")

	for href, c := range map[string]*client{"/inbox": office, "/week": leader} {
		c.get(href).wantText("Xin gia hạn, chờ quyết định", "Chờ ý kiến bộ", "hạn 7/10/2026, xin đến 20/10/2026", "Xem và quyết định")
	}
	// The date asked for is filled in; whose word it is must be said where a leader decides.
	page = office.get(path(a, "/deadline"))
	form := page.form(path(a, "/extension/decide"))
	if form.Get("due") != "2026-10-20" {
		t.Errorf("the form begins with %v", form)
	}
	form.Set("decision", "granted")
	form.Set("due", "15/10/2026")
	form.Set("answer", "Chỉ một lần")
	page = office.post(path(a, "/extension/decide"), form).want(http.StatusUnprocessableEntity).wantText("hãy ghi theo ý kiến của ai", "Chỉ một lần")
	form = page.form(path(a, "/extension/decide"))
	if form.Get("due") != "2026-10-15" || form.Get("decision") != "granted" {
		t.Errorf("typed and lost: %v", form)
	}
	form.Set("authority", "Chủ tịch UBND tỉnh")
	form.Set("document", "55/UBND-TH")
	office.post(path(a, "/extension/decide"), form).wantRedirect(path(a, "/deadline"))
	for _, c := range []*client{focal, office, leader, helper} {
		c.get(path(a, "/deadline")).wantText("đã gia hạn 1 lần", "Hạn Thứ Năm, 15 tháng 10 năm 2026",
			"Trần Thị Văn: cho gia hạn đến 15/10/2026, theo ý kiến của Chủ tịch UBND tỉnh, văn bản 55/UBND-TH", "Hạn đầu tiên 7/10/2026")
	}
	focal.get(path(a)).wantText("Thời hạn: 7/10/2026 → 15/10/2026", "đã gia hạn 1 lần")
	office.get("/assignments").wantText("đã gia hạn 1 lần")
	office.get("/inbox").wantNoText("Xin gia hạn, chờ quyết định")
	leader.get("/week").wantNoText("Xin gia hạn, chờ quyết định")

	// A cooperating agency sees the deadline and whose agency asked, not who.
	helper.get(path(a, "/deadline")).wantText("Sở Nội vụ: xin lùi hạn").wantNoText("Nguyễn Thị Đầu", "Ghi quyết định", "Đính chính ngày")

	// A leader decides by himself: nobody's word need be named.
	focal.askLater(a, "2026-10-30", "Vẫn chờ").wantRedirect(path(a, "/deadline"))
	form = leader.get(path(a, "/deadline")).form(path(a, "/extension/decide"))
	if _, ok := form["authority"]; ok {
		t.Error("a leader is asked by whose word")
	}
	form.Set("decision", "refused")
	leader.post(path(a, "/extension/decide"), form).want(http.StatusUnprocessableEntity)
	form.Set("answer", "Đã gia hạn một lần")
	leader.post(path(a, "/extension/decide"), form).wantRedirect(path(a, "/deadline"))
	focal.get(path(a, "/deadline")).wantText("Bùi Chủ Tịch: không cho gia hạn", "Đã gia hạn một lần", "Xin gia hạn")

	focal.askLater(a, "2026-10-30", "Lần nữa").wantRedirect(path(a, "/deadline"))
	focal.post(path(a, "/extension/withdraw"), focal.get(path(a, "/deadline")).form(path(a, "/extension/withdraw"))).wantRedirect(path(a, "/deadline"))
	focal.get(path(a, "/deadline")).wantText("Nguyễn Thị Đầu, Sở Nội vụ: rút đề nghị")
}

func TestWhatWasTypedAboutADeadlineIsKept(t *testing.T) {
	r, a := oneDuty(t)
	focal, office := r.signIn(focalEmail), r.signIn(officeEmail)
	page := focal.askLater(a, "31/2/2026", "Chờ ý kiến bộ").want(http.StatusUnprocessableEntity).wantText("Ngày chưa đúng; hãy ghi như 5/10/2026.")
	form := page.form(path(a, "/extension"))
	for name, want := range map[string]string{"due": "31/2/2026", "reason": "Chờ ý kiến bộ", "document": "214/SNV-VP"} {
		if form.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, form.Get(name), want)
		}
	}
	focal.askLater(a, "2026-10-06", "Sớm hơn").want(http.StatusUnprocessableEntity).wantText("Hạn mới phải sau hạn hiện hành.")

	// The deadline moves while the form is open: the page shows what is now, and what was typed.
	stale := focal.get(path(a, "/deadline")).form(path(a, "/extension"))
	fix := office.get(path(a, "/deadline")).form(path(a, "/deadline/correct"))
	fix.Set("due", "9/10/2026")
	fix.Set("reason", "Văn bản ghi ngày 9")
	office.post(path(a, "/deadline/correct"), fix).wantRedirect(path(a, "/deadline"))
	stale.Set("due", "2026-10-20")
	stale.Set("reason", "Chờ ý kiến bộ")
	page = focal.post(path(a, "/extension"), stale).want(http.StatusConflict).wantText("Hiện nay hạn là 9/10/2026", "nội dung đã gõ vẫn còn")
	form = page.form(path(a, "/extension"))
	if form.Get("due") != "2026-10-20" || form.Get("reason") != "Chờ ý kiến bộ" {
		t.Errorf("typed and lost: %v", form)
	}
	focal.post(path(a, "/extension"), form).wantRedirect(path(a, "/deadline"))
	// A form that is no longer on the page leaves what was typed into it.
	stale.Set("reason", "Một đề nghị khác")
	focal.post(path(a, "/extension"), stale).want(http.StatusConflict).wantText("Một đề nghị khác", "Nội dung đã gõ, chưa được lưu")
}

func TestACorrectionIsNoExtension(t *testing.T) {
	r, a := oneDuty(t)
	focal, office := r.signIn(focalEmail), r.signIn(officeEmail)
	focal.get(path(a, "/deadline")).wantNoText("Đính chính ngày ghi nhầm")
	form := office.get(path(a, "/deadline")).form(path(a, "/deadline/correct"))
	form.Set("due", "17/10/2026")
	form.Set("document", "Chỉ thị 10/CT-UBND")
	office.post(path(a, "/deadline/correct"), form).want(http.StatusUnprocessableEntity)
	form.Set("reason", "Gõ nhầm 17 thành 7")
	office.post(path(a, "/deadline/correct"), form).wantRedirect(path(a, "/deadline"))
	page := focal.get(path(a, "/deadline")).wantText("chưa gia hạn lần nào", "đính chính hạn 7/10/2026 thành 17/10/2026, văn bản Chỉ thị 10/CT-UBND",
		"Gõ nhầm 17 thành 7", "đã đính chính; lúc giao ghi 7/10/2026")
	if !strings.HasPrefix(page.h1(), "Hạn Thứ Bảy, 17 tháng 10") {
		t.Errorf("h1 %q", page.h1())
	}
	// Whoever reports on the duty cannot move its deadline, though he is of the secretariat too.
	standing := r.signIn(standingEmail)
	standing.askLater(a, "2026-10-30", "Chờ").wantRedirect(path(a, "/deadline"))
	standing.get(path(a, "/deadline")).wantText("cần một người khác").wantNoText("Ghi quyết định", "Đính chính ngày ghi nhầm")
}

// Who says neither yes nor no has decided nothing.
func TestADecisionMustBeTaken(t *testing.T) {
	r, a := oneDuty(t)
	focal, leader := r.signIn(focalEmail), r.signIn(leaderEmail)
	focal.askLater(a, "2026-10-20", "Chờ ý kiến bộ").wantRedirect(path(a, "/deadline"))
	form := leader.get(path(a, "/deadline")).form(path(a, "/extension/decide"))
	form.Set("answer", "Để xem")
	for _, decision := range []string{"", "maybe", "withdrawn"} {
		form.Set("decision", decision)
		p := leader.post(path(a, "/extension/decide"), form).want(http.StatusUnprocessableEntity).wantText("Kết quả: Mục này chưa có nội dung.", "Để xem")
		if !p.has("Sở Nội vụ xin lùi hạn") {
			t.Errorf("after %q the request waits no more", decision)
		}
	}
	if _, waits := must(r.Assignments.Deadline(r.ctx(), r.person(leaderEmail), a.ID))(t).Waiting(); !waits {
		t.Error("the request was decided")
	}
}
