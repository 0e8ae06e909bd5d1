package web_test

import (
	"testing"
	"time"

	"github.com/go-rod/rod/lib/input"
)

// TestTypedWordsOutliveATab closes a tab in the middle of a sentence, takes the words back, saves them, and finds nothing left of them; what is kept
// when somebody signs out is forgotten.
func TestTypedWordsOutliveATab(t *testing.T) {
	browser := openBrowser(t)
	r := newRig(t)
	base := uploadDirective(t, r, r.signIn(officeEmail))
	ds := drafts(t, r, base)
	page := browser.MustPage(r.http.URL + "/login").Timeout(time.Minute)
	signIn := func() {
		page.MustElement("[name=email]").MustInput(officeEmail)
		page.MustElement("[name=password]").MustInput(rigPassword)
		wait := page.MustWaitNavigation()
		page.Keyboard.MustType(input.Enter)
		wait()
	}
	signIn()
	form := r.http.URL + base + "/drafts/" + text(ds[0].ID)
	const typed = "Rà soát và báo cáo"
	offered := func() bool { return page.MustEval(`() => !document.querySelector("[data-kept]").hidden`).Bool() }
	kept := func() int { return page.MustEval(`() => Object.keys(localStorage).length`).Int() }

	page.MustNavigate(form).MustWaitLoad()
	if offered() {
		t.Fatal("words are offered before any were typed")
	}
	page.MustElement("[name=deliverable]").MustInput(typed)
	page.MustWait(`() => Object.keys(localStorage).length === 1`)
	page.MustClose()

	page = browser.MustPage(form).Timeout(time.Minute).MustWaitLoad()
	if !offered() {
		t.Fatal("what was typed in the closed tab is not offered")
	}
	page.MustElement("[data-kept] [data-take]").MustClick()
	if got := page.MustElement("[name=deliverable]").MustProperty("value").Str(); got != typed {
		t.Fatalf("took back %q, want %q", got, typed)
	}
	wait := page.MustWaitNavigation()
	page.MustElement("main form .buttons button.btn:not([type=button])").MustEval(`() => this.form.requestSubmit()`)
	wait()
	page.MustWaitLoad()
	if got := drafts(t, r, base)[0].Deliverable; got != typed {
		t.Fatalf("saved %q", got)
	}
	page.MustWait(`() => Object.keys(localStorage).length === 0`)
	page.MustNavigate(form).MustWaitLoad()
	if offered() || kept() != 0 {
		t.Error("what was saved is offered again")
	}

	page.MustElement("[name=deliverable]").MustInput(" thêm")
	page.MustWait(`() => Object.keys(localStorage).length === 1`)
	wait = page.MustWaitNavigation()
	page.MustElement(`form[action="/logout"] button`).MustClick()
	wait()
	if kept() != 0 {
		t.Error("words are left on the computer after signing out")
	}
}
