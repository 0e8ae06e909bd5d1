package web_test

import (
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"
)

// TestADutyIsDeclinedAndReassignedInABrowser asks for another lead, and gives the duty to it with the choice of agencies that completes
// what is typed.
func TestADutyIsDeclinedAndReassignedInABrowser(t *testing.T) {
	browser := openBrowser(t)
	r, a := oneDuty(t)
	signIn := func(email string) *rod.Page {
		page := browser.MustIncognito().MustPage(r.http.URL + "/login").Timeout(time.Minute)
		page.MustElement("[name=email]").MustInput(email)
		page.MustElement("[name=password]").MustInput(rigPassword)
		wait := page.MustWaitNavigation()
		page.Keyboard.MustType(input.Enter)
		wait()
		return page
	}
	send := func(page *rod.Page, form string) {
		wait := page.MustWaitNavigation()
		page.MustElement(form + " p > button.btn").MustClick()
		wait()
		page.MustWaitLoad()
	}
	focal := signIn(focalEmail)
	focal.MustNavigate(r.http.URL + path(a)).MustWaitLoad()
	wait := focal.MustWaitNavigation()
	focal.MustElement(`a[href="` + path(a, "/assign") + `"]`).MustClick()
	wait()
	focal.MustElement("#decline select[name=proposed]").MustSelect("UBND xã An Bình")
	focal.MustElement("#decline [name=reason]").MustInput("Thuộc thẩm quyền cấp xã")
	send(focal, "#decline")
	if !focal.MustHasR("#life", "đề nghị giao UBND xã An Bình chủ trì") {
		t.Fatalf("the duty's page does not tell of the request: %s", focal.MustElement("main").MustText())
	}

	office := signIn(officeEmail)
	office.MustNavigate(r.http.URL + "/inbox").MustWaitLoad()
	wait = office.MustWaitNavigation()
	office.MustElement(`.do a[href="` + path(a, "/assign") + `"]`).MustClick()
	wait()
	office.MustWaitLoad()
	office.MustElement("#reassign [name=cooperating_text]").MustInput("bình minh")
	office.MustWait(`() => document.querySelector("[role=listbox] [role=option]") !== null`)
	office.Keyboard.MustType(input.ArrowDown, input.Enter)
	office.MustElement("#reassign [name=authority]").MustInput("Chủ tịch UBND tỉnh")
	office.MustElement("#reassign [name=reason]").MustInput("Đúng thẩm quyền")
	send(office, "#reassign")
	got := must(r.Assignments.Life(r.ctx(), r.person(officeEmail), a.ID))(t)
	if leads := got.Assignment.Leads; len(leads) != 1 || leads[0] != r.agencies["XAB"].ID {
		t.Errorf("led by %v", leads)
	}
	if !got.Assignment.HasPart(r.agencies["XBM"].ID) {
		t.Errorf("the agency that was typed has no part: %v", got.Assignment.Cooperating)
	}
}
