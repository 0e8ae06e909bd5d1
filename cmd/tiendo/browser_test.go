package main

import (
	"context"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/launcher"
	"github.com/go-rod/rod/lib/proto"
)

// browserVariable names the browser; without it the browser tests are skipped.
const browserVariable = "TIENDO_TEST_BROWSER"

// openBrowser starts a headless browser for one test.
func openBrowser(t testing.TB) *rod.Browser {
	t.Helper()
	bin := os.Getenv(browserVariable)
	if bin == "" {
		t.Skip("set " + browserVariable + " to a Chromium to run the browser tests")
	}
	l := launcher.New().Bin(bin).NoSandbox(true).Leakless(false).Headless(true).
		Set("disable-gpu").Set("disable-quic").Set("no-first-run").Set("disable-background-networking").
		Set("disable-component-update").Set("disable-sync").Set("hide-scrollbars").Set("lang", "vi")
	address, err := l.Launch()
	if err != nil {
		t.Fatalf("start browser: %v", err)
	}
	b := rod.New().ControlURL(address)
	if err := b.Connect(); err != nil {
		t.Fatalf("connect to browser: %v", err)
	}
	t.Cleanup(func() {
		_ = b.Close()
		l.Kill()
		l.Cleanup()
	})
	return b
}

// visitor is one person at a browser of his own.
type visitor struct {
	t    testing.TB
	page *rod.Page
	base string
}

// visit opens a window that shares nothing with other visitors.
func visit(t testing.TB, b *rod.Browser, base string) *visitor {
	t.Helper()
	own, err := b.Incognito()
	if err != nil {
		t.Fatal(err)
	}
	page, err := own.Page(proto.TargetCreateTarget{URL: "about:blank"})
	if err != nil {
		t.Fatal(err)
	}
	page = page.Timeout(2 * time.Minute)
	if err := page.SetViewport(&proto.EmulationSetDeviceMetricsOverride{Width: 1280, Height: 900, DeviceScaleFactor: 1}); err != nil {
		t.Fatal(err)
	}
	return &visitor{t, page, base}
}

// open goes to a path of the program, or to a whole address.
func (v *visitor) open(path string) {
	v.t.Helper()
	if strings.HasPrefix(path, "/") {
		path = v.base + path
	}
	if err := v.page.Navigate(path); err != nil {
		v.t.Fatalf("open %s: %v", path, err)
	}
	v.loaded()
}

func (v *visitor) loaded() {
	v.t.Helper()
	if err := v.page.WaitLoad(); err != nil {
		v.t.Fatal(err)
	}
}

// signIn fills the sign-in form that the page shows.
func (v *visitor) signIn(email, password string) {
	v.t.Helper()
	v.fill("input[name=email]", email)
	v.fill("input[name=password]", password)
	v.submit("form[action^='/login'] button, main form button")
}

func (v *visitor) element(selector string) *rod.Element {
	v.t.Helper()
	e, err := v.page.Timeout(20 * time.Second).Element(selector)
	if err != nil {
		v.t.Fatalf("%s at %s: %v\n%s", selector, v.url(), err, v.text())
	}
	return e.CancelTimeout()
}

// containing finds the first element of a selector that holds the words.
func (v *visitor) containing(selector, words string) *rod.Element {
	v.t.Helper()
	e, err := v.page.Timeout(20*time.Second).ElementR(selector, words)
	if err != nil {
		v.t.Fatalf("%s with %q at %s: %v\n%s", selector, words, v.url(), err, v.text())
	}
	return e.CancelTimeout()
}

func (v *visitor) fill(selector, text string) {
	v.t.Helper()
	e := v.element(selector)
	if err := e.SelectAllText(); err != nil {
		v.t.Fatal(err)
	}
	if err := e.Input(text); err != nil {
		v.t.Fatalf("fill %s: %v", selector, err)
	}
}

// submit presses a button and waits for the page behind it.
func (v *visitor) submit(selector string) {
	v.t.Helper()
	v.press(v.element(selector))
}

func (v *visitor) press(e *rod.Element) {
	v.t.Helper()
	wait := v.page.WaitNavigation(proto.PageLifecycleEventNameLoad)
	if err := e.Click(proto.InputMouseButtonLeft, 1); err != nil {
		v.t.Fatalf("press at %s: %v", v.url(), err)
	}
	wait()
	v.loaded()
}

// text is what the page says.
func (v *visitor) text() string {
	v.t.Helper()
	body, err := v.page.Timeout(20 * time.Second).Element("body")
	if err != nil {
		return "no page: " + err.Error()
	}
	text, err := body.Text()
	if err != nil {
		return "no text: " + err.Error()
	}
	return text
}

// says fails unless the page says the words.
func (v *visitor) says(words string) {
	v.t.Helper()
	if !strings.Contains(v.text(), words) {
		v.t.Fatalf("%s does not say %q:\n%s", v.url(), words, v.text())
	}
}

func (v *visitor) url() string {
	info, err := v.page.Info()
	if err != nil {
		return err.Error()
	}
	return info.URL
}

// bootDemo runs a demo on free ports until the test ends. Without its history it holds people and agencies alone, and its clock
// stands at start.
func bootDemo(t testing.TB, dir string, start time.Time, withHistory bool) *demo {
	t.Helper()
	log := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	ctx, stop := context.WithCancel(t.Context())
	d, err := openDemo(ctx, "127.0.0.1:0", dir, log)
	if err != nil {
		stop()
		t.Fatal(err)
	}
	if withHistory {
		err = d.fill(ctx, streams{out: t.Output(), err: t.Output()})
	} else {
		d.clock.Set(start)
		err = newHistory(d).setUp(ctx)
	}
	if err != nil {
		stop()
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- d.serve(ctx, d.pages, d) }()
	t.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			t.Errorf("serve: %v", err)
		}
		if err := d.close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return d
}
