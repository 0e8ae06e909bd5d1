package web_test

import (
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"

	"tiendo/tasks"
	"tiendo/web"
)

// mostPresses is how many keys a focal point presses at most to report, the words of the report left out.
const mostPresses = 25

// typist works with the keyboard alone and counts the keys.
type typist struct {
	t       *testing.T
	page    *rod.Page
	presses int
}

func (k *typist) press(key input.Key) {
	k.t.Helper()
	if k.presses++; k.presses > 200 {
		k.t.Fatalf("lost at %s: the focus is on %s", k.page.MustInfo().URL, k.focus())
	}
	k.page.Keyboard.MustType(key)
}

// focus is the markup of what has the focus.
func (k *typist) focus() string {
	return k.page.MustEval(`() => document.activeElement.outerHTML.slice(0, 200)`).Str()
}

// tabTo goes on until what the selector describes has the focus, which must be seen.
func (k *typist) tabTo(selector string) {
	k.t.Helper()
	for {
		k.press(input.Tab)
		if k.page.MustEval(`(selector) => document.activeElement.matches(selector)`, selector).Bool() {
			break
		}
	}
	if !k.page.MustEval(`() => {
		const at = document.activeElement, box = at.getBoundingClientRect(), ring = getComputedStyle(at);
		return box.top >= 0 && box.bottom <= innerHeight && box.width > 0 && (ring.outlineStyle !== "none" || ring.boxShadow !== "none");
	}`).Bool() {
		k.t.Errorf("the focus is on %s, which is not seen", k.focus())
	}
}

// enter presses the key that follows a link or sends a form, and waits for the page.
func (k *typist) enter() {
	k.t.Helper()
	wait := k.page.MustWaitNavigation()
	k.press(input.Enter)
	wait()
	k.page.MustWaitLoad()
}

// TestAReportTakesFewKeys counts the keys from where signing in leads to the report that was taken.
func TestAReportTakesFewKeys(t *testing.T) {
	browser := openBrowser(t)
	r := newRig(t, func(s *web.Server) { s.Demo = standingDemo{} })
	sc := newScene(t, r) // with a word to answer, a draft to comment and parts to send beside the duties
	page := r.browse(browser, focalEmail).CancelTimeout().Timeout(2 * time.Minute)
	if info := page.MustInfo(); info.URL != r.http.URL+"/mine" {
		t.Fatalf("signing in leads to %s", info.URL)
	}
	before := must(r.Assignments.Get(r.ctx(), r.person(focalEmail), sc.ids["assignment"]))(t)

	k := &typist{t: t, page: page}
	k.tabTo(".skip")
	k.press(input.Enter)
	k.tabTo(`main .skip`)
	k.press(input.Enter)
	k.tabTo(`a[href="/assignments/` + text(sc.ids["assignment"]) + `#report"]`)
	k.enter()
	t.Logf("%d keys to the form", k.presses)
	k.tabTo("#report [name=kind]")
	k.press(input.ArrowDown) // from progress to completion
	k.tabTo("#report [name=text]")
	const words = "Đã rà soát xong 120 thủ tục."
	page.MustInsertText(words)
	k.tabTo("#report button")
	k.enter()

	after := must(r.Assignments.Get(r.ctx(), r.person(focalEmail), sc.ids["assignment"]))(t)
	if len(after.Reports) != len(before.Reports)+1 || after.Reports[0].Text != words || after.Assignment.State != tasks.StateSubmitted {
		t.Fatalf("the report was not taken: %s, %+v", after.Assignment.State, after.Reports[0])
	}
	t.Logf("%d keys", k.presses)
	if k.presses > mostPresses {
		t.Errorf("%d keys, want at most %d", k.presses, mostPresses)
	}
}
