package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"
	"golang.org/x/net/html"

	"tiendo/web"
)

// axeViews are the ways in which each page is looked at: each width and each scheme of colours once. How a page is built is the same in both,
// so that of the second only what depends on width and colours is looked at; no rules: all of them.
var axeViews = []struct {
	width  int
	scheme string
	rules  []string
}{
	{1200, "light", nil},
	{320, "dark", []string{"color-contrast", "link-in-text-block", "scrollable-region-focusable", "summary-name", "target-size"}},
}

// axeFinding is a violation of a rule, as axe-core tells of it.
type axeFinding struct {
	Rule   string `json:"id"`
	Impact string `json:"impact"`
	Help   string `json:"help"`
	Nodes  []struct {
		Target  []any  `json:"target"`
		HTML    string `json:"html"`
		Summary string `json:"failureSummary"`
	} `json:"nodes"`
}

// axeAnswer is what a look at a page gave.
type axeAnswer struct {
	Ran        int          `json:"ran"` // rules that found something to apply to, without fault
	Violations []axeFinding `json:"violations"`
}

// axeLooker is a window in which pages are looked at.
type axeLooker struct {
	t    *testing.T
	page *rod.Page
	// told are the findings that were told of: a part that many pages share is one finding.
	told *sync.Map
}

// look opens the page, or sends the form and looks at what comes back, and fails the test for each serious finding.
func (l *axeLooker) look(v axeVisit, base string) {
	l.t.Helper()
	who, address := v.email, base+v.path
	if v.form == nil {
		if err := l.page.Navigate(address); err != nil {
			l.t.Fatalf("%s at %s: %v", who, address, err)
		}
		l.page.MustWaitLoad()
	} else if got := l.send(address, v.form); got != v.status {
		l.t.Errorf("%s at %s: the form is answered with %d in the browser, with %d outside", who, address, got, v.status)
		return
	}
	l.page.MustEval(`() => { for (const folded of document.querySelectorAll("details")) folded.open = true }`)
	for _, view := range axeViews {
		l.page.MustSetViewport(view.width, 900, 1, false)
		if err := (proto.EmulationSetEmulatedMedia{Features: []*proto.EmulationMediaFeature{
			{Name: "prefers-color-scheme", Value: view.scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
		}}).Call(l.page); err != nil {
			l.t.Fatal(err)
		}
		found := l.run(view.rules)
		if found.Ran == 0 {
			l.t.Errorf("%s at %s: no rule was applied", who, address)
		}
		for _, f := range found.Violations {
			if f.Impact != "serious" && f.Impact != "critical" {
				continue
			}
			for _, n := range f.Nodes {
				if _, before := l.told.LoadOrStore(f.Rule+n.HTML+view.scheme, true); !before {
					l.t.Errorf("%s, %d px, %s: %q at %s: %s: %v\n%s\n%s", f.Rule, view.width, view.scheme, who, address, f.Help, n.Target, n.HTML, n.Summary)
				}
			}
		}
	}
}

// send sends the form to where the window is, as a page of the program would, and answers with which status.
func (l *axeLooker) send(action string, fields url.Values) int {
	l.t.Helper()
	loaded := l.page.MustWaitNavigation()
	l.page.MustEval(`(action, fields) => {
		const form = document.createElement("form");
		form.method = "post";
		form.action = action;
		for (const [name, values] of Object.entries(fields)) {
			for (const value of values) {
				const field = document.createElement("input");
				field.type = "hidden";
				field.name = name;
				field.value = value;
				form.append(field);
			}
		}
		document.body.append(form);
		HTMLFormElement.prototype.submit.call(form);
	}`, action, fields)
	loaded()
	l.page.MustWaitLoad()
	return l.page.MustEval(`() => performance.getEntriesByType("navigation")[0].responseStatus`).Int()
}

// run applies the rules to what the window shows, all without any; that all content stands in landmarks is not among what shuts people out,
// and is slow to see. Nothing is loaded for the rules that pages without sound have no use for. In the frame of a mail that is previewed no
// script may run, which the rules would wait for.
func (l *axeLooker) run(rules []string) axeAnswer {
	l.t.Helper()
	text := l.page.MustEval(`async (rules) => {
		const options = { resultTypes: ["violations"], preload: false, iframes: false, rules: { region: { enabled: false } } };
		if (rules) {
			options.runOnly = { type: "rule", values: rules };
			delete options.rules;
		}
		const found = await axe.run(document, options);
		return JSON.stringify({ ran: found.passes.length, violations: found.violations });
	}`, rules).Str()
	var answer axeAnswer
	if err := json.Unmarshal([]byte(text), &answer); err != nil {
		l.t.Fatal(err)
	}
	return answer
}

// finds fails the test unless barriers that are put on the page are found.
func (l *axeLooker) finds(address string) {
	l.t.Helper()
	l.page.MustNavigate(address).MustWaitLoad()
	l.page.MustEval(`() => {
		const pale = document.createElement("p"), box = document.createElement("input");
		pale.textContent = "Chữ quá nhạt";
		pale.style.setProperty("color", "#ccc");
		document.querySelector("main").append(pale, box);
	}`)
	found := l.run(nil)
	for _, rule := range []string{"color-contrast", "label"} {
		if !slices.ContainsFunc(found.Violations, func(f axeFinding) bool { return f.Rule == rule }) {
			l.t.Fatalf("a fault of %s is not found", rule)
		}
	}
}

// lookable tells whether an answer is a page in which scripts run. A mail that is previewed is none; the lint of mails looks at those.
func lookable(p *page) bool {
	return p.status/100 != 3 && !strings.HasPrefix(p.header.Get("Content-Security-Policy"), "sandbox") && strings.HasPrefix(p.header.Get("Content-Type"), "text/html")
}

// build is how parts of a page are built: their elements with all that makes up how they look and what they are to those who hear them, without
// the words and the places to which they lead.
func build(roots []*html.Node) string {
	var b strings.Builder
	for _, root := range roots {
		for n := range root.Descendants() {
			switch {
			case n.Type == html.TextNode && strings.TrimSpace(n.Data) != "":
				b.WriteString(" text")
			case n.Type == html.ElementNode:
				b.WriteString("\n" + n.Data)
				for _, a := range n.Attr {
					b.WriteString(" " + a.Key)
					if slices.Contains([]string{"class", "role", "type", "tabindex", "lang", "aria-hidden", "aria-current", "scope", "colspan"}, a.Key) {
						b.WriteString("=" + a.Val)
					}
				}
			}
		}
	}
	return b.String()
}

// TestNoSeriousBarrierOnAnyPage looks at every page as everybody who may open it, wide and narrow, light and dark, with the rules of axe-core:
// what would shut people out is an error.
func TestNoSeriousBarrierOnAnyPage(t *testing.T) {
	path := os.Getenv("TIENDO_TEST_AXE")
	if path == "" {
		t.Skip("set TIENDO_TEST_AXE to axe.min.js of axe-core to look for barriers on pages")
	}
	axe := string(must(os.ReadFile(path))(t))
	browser := openBrowser(t)
	r := newRig(t, func(s *web.Server) { s.Demo = standingDemo{} })
	sc := newScene(t, r)
	more := sc.furnish()
	visits := axeVisits{scene: sc, seen: make(map[string]bool)}
	for i, email := range visitors {
		c := sc.browser(email)
		visits.add(email, "/nowhere", nil, c.get("/nowhere"))
		for _, row := range accessTable() {
			if row.method == http.MethodGet && row.want[i] == yes {
				path := sc.path(row.path)
				visits.add(email, path, nil, c.get(path))
			}
		}
		for _, path := range more[email] {
			visits.add(email, path, nil, c.get(path))
		}
	}
	opened := len(visits.list)
	visits.addRefused()
	t.Logf("%d pages, %d refused forms", opened, len(visits.list)-opened)
	if opened < len(visitors)*5 || len(visits.list)-opened < 40 {
		t.Error("only these are looked at")
	}
	var told sync.Map
	t.Run("control", func(t *testing.T) {
		(&axeLooker{t: t, page: axeWindow(t, r, browser, axe, ""), told: &told}).finds(r.http.URL + "/login")
	})
	// Two windows at a time: each half of the visits, which stand by visitor.
	slices.SortStableFunc(visits.list, func(a, b axeVisit) int { return strings.Compare(a.email, b.email) })
	half := len(visits.list) / 2
	for i, part := range [][]axeVisit{visits.list[:half], visits.list[half:]} {
		t.Run("half "+strconv.Itoa(i+1), func(t *testing.T) {
			t.Parallel()
			l := &axeLooker{t: t, told: &told}
			for j, v := range part {
				if j == 0 || v.email != part[j-1].email {
					l.page = axeWindow(t, r, browser, axe, v.email)
					if v.form != nil {
						l.page.MustNavigate(r.http.URL + "/nowhere").MustWaitLoad()
					}
				}
				l.look(v, r.http.URL)
			}
		})
	}
}

// axeWindow is a window in which the person is signed in, with axe-core on every page.
func axeWindow(t *testing.T, r *rig, browser *rod.Browser, axe, email string) *rod.Page {
	t.Helper()
	window := browser.MustIncognito().MustPage("about:blank")
	if email != "" {
		window = r.browse(browser, email).CancelTimeout()
	}
	window = window.Timeout(5 * time.Minute)
	window.MustEvalOnNewDocument(axe)
	t.Cleanup(func() { _ = window.CancelTimeout().Close() })
	return window
}
