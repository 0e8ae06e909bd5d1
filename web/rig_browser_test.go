package web_test

import (
	"os"
	"testing"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/launcher"
)

// openBrowser starts the browser that the environment names, for as long as the test runs; without one the test is skipped.
func openBrowser(t *testing.T) *rod.Browser {
	t.Helper()
	bin := os.Getenv("TIENDO_TEST_BROWSER")
	if bin == "" {
		t.Skip("set TIENDO_TEST_BROWSER to a Chromium to run the browser tests")
	}
	l := launcher.New().Bin(bin).NoSandbox(true).Leakless(false).Headless(true).Set("disable-gpu")
	browser := rod.New().ControlURL(must(l.Launch())(t)).MustConnect()
	t.Cleanup(func() {
		_ = browser.Close()
		l.Kill()
		l.Cleanup()
	})
	return browser
}
