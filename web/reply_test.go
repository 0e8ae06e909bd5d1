package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"tiendo/tasks"
)

var replyLink = regexp.MustCompile(`href="(/assignments/\d+/replies/\d+)"`)

// replyLinks are the addresses of files of replies on the page.
func (p *page) replyLinks() []string {
	var out []string
	for _, m := range replyLink.FindAllStringSubmatch(p.body, -1) {
		out = append(out, m[1])
	}
	return out
}

// Files go along with a part and with an answer; whoever may read those has them.
func TestFilesOfRepliesGoThroughThePages(t *testing.T) {
	r, a := oneDuty(t)
	focal, helper, leader, commune := r.signIn(focalEmail), r.signIn(otherEmail), r.signIn(leaderEmail), r.signIn(communeEmail)
	pdf := []byte("%PDF-1.7 biểu số liệu")
	page, send := path(a, "/contributions"), path(a, "/contributions/send")
	form := helper.get(page).form(send)
	form.Set("words", "Kèm biểu")
	refused := helper.upload(send, form, file{"files", "may.exe", []byte("MZ\x00\x01")}).want(http.StatusUnprocessableEntity).wantText("Kèm biểu", "Hãy chọn lại tệp: may.exe.")
	if n := len(refused.replyLinks()); n != 0 {
		t.Errorf("%d files of what was refused", n)
	}
	helper.upload(send, refused.form(send), file{"files", "biểu tổng hợp.pdf", pdf}).wantRedirect(page)
	links := focal.get(page).wantText("biểu tổng hợp.pdf").replyLinks()
	if len(links) != 1 {
		t.Fatalf("files %q", links)
	}
	got := focal.get(links[0]).want(http.StatusOK)
	if got.body != string(pdf) || !strings.Contains(got.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("got %q with %q", got.body, got.header.Get("Content-Disposition"))
	}
	leader.get(links[0]).want(http.StatusOK)
	commune.get(links[0]).want(http.StatusNotFound)

	leader.say(a, url.Values{"kind": {"explain"}, "words": {"Vì sao chưa trình?"}, "due": {"9/10/2026"}}).wantRedirect(path(a, "/remarks"))
	answer := answerPath(r, a)
	form = focal.get(path(a)).form(answer)
	form.Set("words", "Giải trình kèm theo")
	focal.upload(answer, form, file{"files", "giải trình.pdf", pdf}).wantRedirect(path(a, "/remarks"))
	links = leader.get(path(a)).wantText("giải trình.pdf").replyLinks()
	if len(links) != 1 {
		t.Fatalf("files %q", links)
	}
	leader.get(links[0]).want(http.StatusOK)
	helper.get(links[0]).want(http.StatusNotFound)

	// The answer is accepted where it is read, with one button.
	form = leader.get(path(a)).form(settlePath(r, a))
	if form.Get("outcome") != "accept" || form.Get("back") != "duty" {
		t.Errorf("the shortest form sends %v", form)
	}
	leader.post(settlePath(r, a), form).wantRedirect(path(a))
	leader.get(path(a)).wantText("Đã chấp nhận trả lời").wantNoText("Chấp nhận trả lời")
	leader.post(settlePath(r, a), form).want(http.StatusConflict)
}

// What a leader says to the lead alone is nothing for those who cooperate, on no page.
func TestAWordForTheLeadIsHiddenFromThoseWhoCooperate(t *testing.T) {
	r, a := oneDuty(t)
	leader, helper, focal := r.signIn(leaderEmail), r.signIn(otherEmail), r.signIn(focalEmail)
	leader.get(path(a, "/remarks")).wantText("Cơ quan phối hợp cùng xem", "Không chọn thì chỉ cơ quan chủ trì thấy")
	leader.say(a, url.Values{"kind": {"order"}, "words": {"Chỉ chủ trì biết"}}).wantRedirect(path(a, "/remarks"))
	leader.say(a, url.Values{"kind": {"order"}, "words": {"Các bên cùng biết"}, "wide": {"1"}}).wantRedirect(path(a, "/remarks"))
	for _, address := range []string{path(a), path(a, "/remarks"), path(a, "/contributions"), "/mine"} {
		helper.get(address).want(http.StatusOK).wantNoText("Chỉ chủ trì biết")
	}
	helper.get(path(a, "/remarks")).wantText("Lãnh đạo tỉnh có 1 ý kiến", "Các bên cùng biết", "cơ quan phối hợp cùng xem")
	focal.get(path(a, "/remarks")).wantText("Lãnh đạo tỉnh có 2 ý kiến", "Chỉ chủ trì biết")
	// What was done meanwhile does not tell of it either.
	send := path(a, "/contributions/send")
	form := helper.get(path(a, "/contributions")).form(send)
	form.Set("words", "Biểu tổng hợp")
	leader.say(a, url.Values{"kind": {"order"}, "words": {"Lại chỉ chủ trì biết"}}).wantRedirect(path(a, "/remarks"))
	helper.post(send, form).want(http.StatusConflict).wantText("Biểu tổng hợp").wantNoText("chủ trì biết")
}

// A leader refuses to give a duty to another agency on the week's page, or gives it on its own page.
func TestALeaderDecidesOnADecline(t *testing.T) {
	r, a := oneDuty(t)
	focal, leader, office := r.signIn(focalEmail), r.signIn(leaderEmail), r.signIn(officeEmail)
	ask := func() {
		t.Helper()
		if err := r.Assignments.Decline(r.ctx(), r.person(focalEmail), a.ID, tasks.DeclineInput{Reason: "Không thuộc chức năng", Proposed: r.agencies["STC"].ID}); err != nil {
			t.Fatal(err)
		}
	}
	ask()
	insist := path(a, "/insist")
	form := leader.get("/week").wantText("Cần quyết định (1)", "Không thuộc chức năng").form(insist)
	if form.Get("back") != "week" {
		t.Errorf("the form begins with %v", form)
	}
	form.Set("document", "55/UBND-TH")
	page := leader.post(insist, form).want(http.StatusUnprocessableEntity).wantText("Cần quyết định (1)")
	if form = page.form(insist); form.Get("document") != "55/UBND-TH" {
		t.Errorf("typed and lost: %v", form)
	}
	form.Set("reason", "Đúng Quy chế làm việc")
	leader.post(insist, form).wantRedirect("/week")
	leader.get("/week").wantNoText("Cần quyết định")
	leader.post(insist, form).want(http.StatusConflict).wantText("Đúng Quy chế làm việc")

	ask()
	form = office.get(path(a, "/assign")).form(insist) // the secretariat says whose word it is
	form.Set("reason", "Đúng Quy chế làm việc")
	office.post(insist, form).want(http.StatusUnprocessableEntity)
	assign := path(a, "/assign")
	form = leader.get(assign).wantText("Không thuộc chức năng").form(assign)
	form.Set("reason", "Đúng chức năng")
	leader.post(assign, form).wantRedirect(path(a))
	focal.get("/mine").wantNoText("Không thuộc chức năng")
	if b := must(r.Assignments.Get(r.ctx(), tasks.System, a.ID))(t).Assignment; !b.LedBy(r.agencies["STC"].ID) || b.LedBy(r.agencies["SNV"].ID) {
		t.Errorf("given to %v", b.Leads)
	}
}
