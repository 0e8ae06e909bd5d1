package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"
	"time"

	"tiendo/tasks"
)

// say fills the form by which a leader says something.
func (c *client) say(a tasks.Assignment, change url.Values) *page {
	c.t.Helper()
	form := c.get(path(a, "/remarks")).want(http.StatusOK).form(path(a, "/remarks"))
	for name, values := range change {
		form[name] = values
	}
	return c.post(path(a, "/remarks"), form)
}

// answerPath and settlePath are where the forms of the newest word go.
func answerPath(r *rig, a tasks.Assignment) string { return newestWord(r, a) + "/answer" }
func settlePath(r *rig, a tasks.Assignment) string { return newestWord(r, a) + "/settle" }

func newestWord(r *rig, a tasks.Assignment) string {
	r.t.Helper()
	v := must(r.Assignments.RemarkView(r.ctx(), tasks.System, a.ID))(r.t)
	return path(a, "/remarks/", strconv.FormatInt(v.Lines[0].ID, 10))
}

func TestALeadersWordGoesThroughThePages(t *testing.T) {
	r, a := oneDuty(t)
	focal, office, leader, helper := r.signIn(focalEmail), r.signIn(officeEmail), r.signIn(leaderEmail), r.signIn(otherEmail)
	focal.get(path(a)).wantNoText("Ý kiến lãnh đạo", "Ý kiến của lãnh đạo tỉnh")
	leader.get(path(a)).wantText("Cho ý kiến, yêu cầu giải trình")
	office.get(path(a)).wantText("Ghi ý kiến của lãnh đạo")
	focal.get(path(a, "/remarks")).wantText("Lãnh đạo tỉnh chưa có ý kiến nào").wantNoText("Cho ý kiến mới")

	leader.say(a, url.Values{"kind": {"explain"}, "words": {"Vì sao chưa trình?\nBáo cáo rõ."}, "due": {"9/10/2026"}, "wide": {"1"}}).wantRedirect(path(a, "/remarks"))
	for _, c := range []*client{focal, office, leader, helper} {
		c.get(path(a)).wantText("yêu cầu giải trình, trả lời trước ngày 9/10/2026", "Vì sao chưa trình?", "Báo cáo rõ.", "Chờ cơ quan chủ trì trả lời, hạn 9/10/2026")
	}
	helper.get(path(a)).wantNoText("Gửi trả lời", "Quyết định về ý kiến này")
	office.get(path(a)).wantNoText("Gửi trả lời", "Quyết định về ý kiến này") // the leader said it himself
	focal.get("/mine").wantText("Lãnh đạo tỉnh chờ trả lời (1)", "Vì sao chưa trình?", "Trả lời")
	helper.get("/mine").wantNoText("Lãnh đạo tỉnh chờ trả lời")
	office.get("/inbox").wantText("Ý kiến của lãnh đạo", "1 ý kiến chờ cơ quan trả lời")
	office.get("/remarks").wantText("1 ý kiến chờ cơ quan trả lời", "Sở Nội vụ")
	leader.get("/week").wantNoText("Chưa trả lời ý kiến, quá hạn trả lời")

	// Past its day: the lists say so in words, and the leader finds it on the week's page.
	r.clock.add(5 * 24 * time.Hour)
	focal.get("/mine").wantText("QUÁ HẠN TRẢ LỜI")
	office.get("/remarks?state=late").wantText("1 ý kiến quá hạn trả lời")
	focal.get(path(a)).wantText("QUÁ HẠN TRẢ LỜI: hạn 9/10/2026")
	leader.get("/week").wantText("Cần quyết định (1)", "Chưa trả lời ý kiến, quá hạn trả lời", "Nhắc lại, đặt ngày khác")

	action := answerPath(r, a)
	form := focal.get(path(a)).form(action)
	focal.post(action, form).want(http.StatusUnprocessableEntity).wantText("Nội dung trả lời, giải trình")
	form.Set("words", "Chờ ý kiến bộ")
	form.Set("document", "7/SNV-VP")
	focal.post(action, form).wantRedirect(path(a, "/remarks"))
	focal.get(path(a)).wantText("Nguyễn Thị Đầu, Sở Nội vụ trả lời lúc", "văn bản 7/SNV-VP", "Cơ quan đã trả lời, chờ lãnh đạo xem.").wantNoText("Gửi trả lời")
	helper.get(path(a)).wantText("Sở Nội vụ trả lời lúc").wantNoText("Nguyễn Thị Đầu")
	focal.get("/mine").wantNoText("Lãnh đạo tỉnh chờ trả lời")
	// A second answer by who had the page open: what was typed is kept.
	form.Set("words", "Một câu trả lời khác")
	focal.post(action, form).want(http.StatusConflict).wantText("Một câu trả lời khác", "Nội dung đã gõ, chưa được lưu")

	// On the week's page the leader asks again and accepts.
	settle := settlePath(r, a)
	form = leader.get("/week").wantText("Đã trả lời ý kiến, chờ xem", "Chờ ý kiến bộ", "Chấp nhận, yêu cầu trả lời lại").form(settle)
	form.Set("outcome", "again")
	form.Set("words", "Bộ nào?")
	form.Set("due", "31/2/2026")
	page := leader.post(settle, form).want(http.StatusUnprocessableEntity).wantText("Ngày chưa đúng", "Bộ nào?", "Cần quyết định (1)")
	if form = page.form(settle); form.Get("due") != "31/2/2026" || form.Get("outcome") != "again" || form.Get("back") != "week" {
		t.Errorf("typed and lost: %v", form)
	}
	form.Set("due", "16/10/2026")
	leader.post(settle, form).wantRedirect("/week")
	leader.get("/week").wantText("Đã yêu cầu trả lời lại").wantNoText("Cần quyết định")
	form = focal.get(path(a)).wantText("yêu cầu trả lời lại trước ngày 16/10/2026", "Bộ nào?").form(action)
	form.Set("words", "Bộ Nội vụ")
	focal.post(action, form).wantRedirect(path(a, "/remarks"))
	form = leader.get("/week").form(settle)
	form.Set("outcome", "accept")
	leader.post(settle, form).wantRedirect("/week")
	focal.get(path(a)).wantText("trả lời ý kiến của lãnh đạo", "chấp nhận trả lời", "yêu cầu trả lời lại").wantNoText("Ý kiến của lãnh đạo tỉnh")
	focal.get(path(a, "/remarks")).wantText("Lãnh đạo tỉnh có 1 ý kiến", "Bùi Chủ Tịch chấp nhận trả lời lúc")
	office.get("/inbox").wantNoText("ý kiến chờ cơ quan trả lời")
}

func TestTheSecretariatRecordsALeadersWord(t *testing.T) {
	r, a := oneDuty(t)
	focal, office := r.signIn(focalEmail), r.signIn(officeEmail)
	page := office.say(a, url.Values{"kind": {"order"}, "words": {"Trình trong tháng"}, "due": {"mai"}}).want(http.StatusUnprocessableEntity).
		wantText("Trình trong tháng", "Ngày chưa đúng")
	form := page.form(path(a, "/remarks"))
	if form.Get("due") != "mai" || form.Get("kind") != "order" {
		t.Errorf("typed and lost: %v", form)
	}
	form.Set("due", "")
	form.Set("authority", "Phó Chủ tịch UBND tỉnh")
	form.Set("document", "55/UBND-TH")
	form.Set("wide", "1")
	office.post(path(a, "/remarks"), form).wantRedirect(path(a, "/remarks"))
	focal.get(path(a)).wantText("Phó Chủ tịch UBND tỉnh chỉ đạo, văn bản 55/UBND-TH", "Trần Thị Văn ghi lại", "Gửi trả lời")
	form = focal.get(path(a)).form(answerPath(r, a))
	form.Set("words", "Đã trình")
	focal.post(answerPath(r, a), form).wantRedirect(path(a, "/remarks"))
	form = office.get(path(a, "/remarks")).form(settlePath(r, a))
	if form.Get("authority") != "Phó Chủ tịch UBND tỉnh" {
		t.Errorf("the form begins with %v", form)
	}
	form.Set("outcome", "accept")
	office.post(settlePath(r, a), form).wantRedirect(path(a, "/remarks"))
	office.get(path(a, "/remarks")).wantText("Trần Thị Văn chấp nhận trả lời lúc")
}

// The leader decides on a later deadline, and asks for an explanation of what is long overdue, on the week's page.
func TestDecisionsOnTheWeeksPage(t *testing.T) {
	r, a := oneDuty(t)
	focal, leader := r.signIn(focalEmail), r.signIn(leaderEmail)
	focal.askLater(a, "20/10/2026", "Chờ ý kiến bộ").wantRedirect(path(a, "/deadline"))
	decide := path(a, "/extension/decide")
	form := leader.get("/week").wantText("Cần quyết định (1)", "Xin gia hạn, chờ quyết định").form(decide)
	if form.Get("due") != "2026-10-20" || form.Get("back") != "week" {
		t.Errorf("the form begins with %v", form)
	}
	form.Set("decision", "refused")
	form.Set("document", "55/UBND-TH")
	page := leader.post(decide, form).want(http.StatusUnprocessableEntity).wantText("Cần quyết định (1)")
	if form = page.form(decide); form.Get("decision") != "refused" || form.Get("document") != "55/UBND-TH" {
		t.Errorf("typed and lost: %v", form)
	}
	stale := page.form(decide)
	form.Set("answer", "Không có lý do")
	leader.post(decide, form).wantRedirect("/week")
	leader.get("/week").wantText("Đã ghi quyết định không gia hạn").wantNoText("Cần quyết định")
	stale.Set("answer", "Một lý do khác")
	leader.post(decide, stale).want(http.StatusConflict).wantText("Một lý do khác", "Nội dung đã gõ, chưa được lưu")

	// Due on 7 October: fifteen working days later it is the 28th.
	r.at("2026-10-27 08:00")
	leader.get("/week").wantNoText("Quá hạn từ 15 ngày làm việc")
	r.at("2026-10-28 08:00")
	form = leader.get("/week").wantText("Quá hạn từ 15 ngày làm việc", "Yêu cầu giải trình, chỉ đạo").form(path(a, "/remarks"))
	form.Set("words", "Vì sao chậm?")
	leader.post(path(a, "/remarks"), form).want(http.StatusUnprocessableEntity).wantText("Vì sao chậm?", "Cần quyết định (1)")
	form.Set("due", "2026-10-30")
	leader.post(path(a, "/remarks"), form).wantRedirect("/week")
	leader.get("/week").wantNoText("Quá hạn từ 15 ngày làm việc")
	focal.get("/mine").wantText("Vì sao chậm?")
	// Nobody else's form comes back to a page that he may not see.
	form = focal.get(path(a)).form(answerPath(r, a))
	form.Set("back", "week")
	focal.post(answerPath(r, a), form).want(http.StatusUnprocessableEntity).wantText("Nội dung trả lời")
}
