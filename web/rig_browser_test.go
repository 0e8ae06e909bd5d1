package web_test

import (
	"os"
	"sync"
	"testing"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/launcher"
)

// chromium is the browser of all tests, started by the first that needs it.
var chromium struct {
	once     sync.Once
	launcher *launcher.Launcher
	browser  *rod.Browser
	err      error
}

// openBrowser opens a browser of its own, with no cookies, in the Chromium that the environment names; without one the test is skipped.
func openBrowser(t *testing.T) *rod.Browser {
	t.Helper()
	bin := os.Getenv("TIENDO_TEST_BROWSER")
	if bin == "" {
		t.Skip("set TIENDO_TEST_BROWSER to a Chromium to run the browser tests")
	}
	c := &chromium
	c.once.Do(func() {
		c.launcher = launcher.New().Bin(bin).NoSandbox(true).Leakless(false).Headless(true).Set("disable-gpu")
		var address string
		if address, c.err = c.launcher.Launch(); c.err == nil {
			c.browser = rod.New().ControlURL(address)
			c.err = c.browser.Connect()
		}
	})
	if c.err != nil {
		t.Fatal(c.err)
	}
	own := must(c.browser.Incognito())(t)
	t.Cleanup(func() { _ = own.Close() })
	return own
}

// TestMain ends the browser with the tests.
func TestMain(m *testing.M) {
	code := m.Run()
	if c := &chromium; c.launcher != nil {
		if c.browser != nil {
			_ = c.browser.Close()
		}
		c.launcher.Kill()
		c.launcher.Cleanup()
	}
	os.Exit(code)
}
