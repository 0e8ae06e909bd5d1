package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"

	"tiendo/tasks"
)

// browse opens a window of its own for the person.
func (r *rig) browse(browser *rod.Browser, email string) *rod.Page {
	r.t.Helper()
	page := browser.MustIncognito().MustPage(r.http.URL + "/login").Timeout(time.Minute)
	page.MustElement("[name=email]").MustInput(email)
	page.MustElement("[name=password]").MustInput(rigPassword)
	wait := page.MustWaitNavigation()
	page.Keyboard.MustType(input.Enter)
	wait()
	return page
}

// send fills the form that goes there, as a person does, and sends it.
func send(page *rod.Page, action string, fields map[string]string) {
	form := page.MustElement(`form[action="` + action + `"]`)
	for selector, value := range fields {
		e := form.MustElement(selector)
		if value == "" {
			e.MustEval(`() => this.click()`)
		} else if e.MustProperty("type").Str() == "date" {
			e.MustEval(`v => { this.value = v }`, value)
		} else {
			e.MustInput(value)
		}
	}
	wait := page.MustWaitNavigation()
	form.MustElement("button.btn").MustEval(`() => this.click()`)
	wait()
	page.MustWaitLoad()
}

// TestALeadersWordInTheBrowser goes from the leader's order on the week's page to the agency's answer, and back to the leader, who accepts it.
func TestALeadersWordInTheBrowser(t *testing.T) {
	browser := openBrowser(t)
	r, a := oneDuty(t)
	r.at("2026-10-28 08:00") // fifteen working days after its deadline
	says := func(page *rod.Page, words ...string) {
		t.Helper()
		text := page.MustElement("main").MustText()
		for _, s := range words {
			if !strings.Contains(strings.Join(strings.Fields(text), " "), s) {
				t.Fatalf("%s does not say %q: %s", page.MustInfo().URL, s, text)
			}
		}
	}
	leader := r.browse(browser, leaderEmail)
	says(leader, "Cần quyết định (1)", "Quá hạn từ 15 ngày làm việc")
	leader.MustElementR("#decisions summary", "Yêu cầu giải trình").MustClick()
	send(leader, path(a, "/remarks"), map[string]string{"[name=words]": "Vì sao chưa trình?", "[name=due]": "2026-10-30"})
	if !strings.HasSuffix(leader.MustInfo().URL, "/week") {
		t.Fatalf("the leader is led to %s", leader.MustInfo().URL)
	}

	agency := r.browse(browser, headEmail)
	says(agency, "Lãnh đạo tỉnh chờ trả lời (1)", "Chủ tịch UBND tỉnh yêu cầu giải trình")
	wait := agency.MustWaitNavigation()
	agency.MustElementR("main a.btn", "Trả lời").MustClick()
	wait()
	send(agency, answerPath(r, a), map[string]string{"[name=words]": "Chờ ý kiến bộ", "[name=document]": "7/SNV-VP"})
	says(agency, "Vũ Giám Đốc, Sở Nội vụ trả lời lúc", "Chờ ý kiến bộ", "chờ lãnh đạo xem")

	leader.MustNavigate(r.http.URL + "/week").MustWaitLoad()
	says(leader, "Đã trả lời ý kiến, chờ xem", "Chờ ý kiến bộ")
	leader.MustElementR("#decisions summary", "Chấp nhận").MustClick()
	send(leader, settlePath(r, a), map[string]string{"[name=outcome][value=accept]": ""})
	says(leader, "Tuần")
	if strings.Contains(leader.MustElement("main").MustText(), "chờ xem") {
		t.Error("an answer that was accepted waits on")
	}
	v := must(r.Assignments.RemarkView(r.ctx(), tasks.System, a.ID))(t)
	if v.Lines[0].State != tasks.RemarkAccepted {
		t.Errorf("the word is %s", v.Lines[0].State)
	}
	r.signIn(focalEmail).get(path(a, "/remarks")).want(http.StatusOK).wantText("Bùi Chủ Tịch chấp nhận trả lời")
}
