package web_test

import (
	"slices"
	"testing"
	"time"

	"github.com/go-rod/rod/lib/input"
)

// TestReviewByKeys works through the review screen with the keyboard alone, then marks all duties with one tick.
func TestReviewByKeys(t *testing.T) {
	browser := openBrowser(t)
	r := newRig(t)
	base := uploadDirective(t, r, r.signIn(officeEmail))
	ds := drafts(t, r, base)

	page := browser.MustPage(r.http.URL + "/login").Timeout(time.Minute)
	page.MustElement("[name=email]").MustInput(officeEmail)
	page.MustElement("[name=password]").MustInput(rigPassword)
	wait := page.MustWaitNavigation()
	page.Keyboard.MustType(input.Enter)
	wait()
	page.MustNavigate(r.http.URL + base + "/review").MustWaitLoad()

	press := func(keys ...input.Key) {
		t.Helper()
		wait := page.MustWaitNavigation()
		page.Keyboard.MustType(keys...)
		wait()
		page.MustWaitLoad()
	}
	// A step of the review does not leave the page.
	step := func(keys ...input.Key) {
		t.Helper()
		page.Keyboard.MustType(keys...)
		page.MustWait(`() => document.querySelector("main").ariaBusy !== "true"`)
	}
	focused := func() string { return page.MustEval(`() => document.activeElement.id`).Str() }
	page.Keyboard.MustType('j')
	if got, want := focused(), "draft-"+text(ds[0].ID); got != want {
		t.Fatalf("j goes to %q, want %q", got, want)
	}
	page.Keyboard.MustType('n')
	if got, want := focused(), "draft-"+text(ds[1].ID); got != want {
		t.Fatalf("n goes to %q, want the one to look at, %q", got, want)
	}
	page.Keyboard.MustType('k')
	page.Keyboard.MustType('v')
	page.MustWait(`() => location.hash === "#block-2"`)
	page.Keyboard.MustType('j')
	if got, want := focused(), "draft-"+text(ds[1].ID); got != want {
		t.Fatalf("after v, j goes to %q, want the row behind the one left, %q", got, want)
	}
	page.Keyboard.MustType('k')
	page.MustEval(`() => { window.here = true }`)
	step(input.Enter)
	if got := drafts(t, r, base); !got[0].Checked || got[1].Checked {
		t.Errorf("Enter checked %v, %v; want the first alone", got[0].Checked, got[1].Checked)
	}
	if got, want := focused(), "draft-"+text(ds[1].ID); got != want {
		t.Errorf("after Enter the focus is on %q, want the next duty, %q", got, want)
	}
	step('x')
	if !page.MustEval(`() => window.here === true`).Bool() {
		t.Error("a step left the page")
	}
	if got := drafts(t, r, base); len(got) != 3 || got[1].ID != ds[2].ID {
		t.Errorf("x left %d duties", len(got))
	}
	// What is pressed while a step is on its way is taken up behind it: undo, accept, accept, take out, all without waiting.
	step('u', input.Enter, input.Enter, 'x')
	page.MustWait(`() => document.querySelectorAll("[data-row]").length === 3`)
	step()
	if got := drafts(t, r, base); len(got) != 3 || !got[1].Checked || !got[2].Checked || got[1].ID != ds[1].ID || got[2].ID != ds[2].ID {
		t.Errorf("a burst of keys left %+v", got)
	}
	page.MustEval(`(id) => document.getElementById(id).focus()`, "draft-"+text(ds[2].ID))
	press('e')
	if got, want := page.MustInfo().URL, r.http.URL+base+"/drafts/"+text(ds[2].ID); got != want {
		t.Errorf("e leads to %s, want %s", got, want)
	}

	page.MustNavigate(r.http.URL + base + "/review").MustWaitLoad()
	page.MustElement("#columns summary").MustClick()
	page.MustElement("#all").MustClick()
	page.MustElement("#columns-cadence").MustSelect("Hằng tháng, ngày 20")
	wait = page.MustWaitNavigation()
	page.MustElement("#columns .buttons button").MustClick()
	wait()
	for _, d := range drafts(t, r, base) {
		if d.Cadence != "FREQ=MONTHLY;BYMONTHDAY=20" {
			t.Errorf("duty %s has cadence %q and deadline %v", d.Ref, d.Cadence, d.Deadline)
		}
	}

	// What is typed without tone marks becomes a ticked box of the form.
	page.MustNavigate(r.http.URL + base + "/drafts/" + text(ds[2].ID)).MustWaitLoad()
	page.MustElement("[name=lead_text]").MustInput("so tai ch")
	page.MustElement(".suggestions:not([hidden]) li")
	page.Keyboard.MustType(input.ArrowDown, input.Enter)
	if got := page.MustEval(`() => document.querySelectorAll("input[name=lead]:checked").length`).Int(); got != 2 {
		t.Fatalf("%d leads are ticked, want 2", got)
	}
	wait = page.MustWaitNavigation()
	page.MustElement("main form .buttons button").MustClick()
	wait()
	if got := drafts(t, r, base)[2].LeadAgencies(); !slices.Contains(got, r.agencies["STC"].ID) || len(got) != 4 {
		t.Errorf("the saved leads are %v", got)
	}
}
