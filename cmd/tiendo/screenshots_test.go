//go:build screenshots

package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/go-rod/rod/lib/proto"

	"tiendo/cmd/tiendo/sample"
)

// shots are the pages that are pictured, by who sees them; docs/screenshots runs this.
var shots = []struct{ name, email, path string }{
	{"sign-in", "", "/login"},
	{"inbox", "minh.tv@vpub.mauson.example", "/inbox"},
	{"documents", "minh.tv@vpub.mauson.example", "/documents"},
	{"document", "minh.tv@vpub.mauson.example", "/documents/1"},
	{"new-document", "minh.tv@vpub.mauson.example", "/documents/new"},
	{"review", "minh.tv@vpub.mauson.example", "/documents/6/review"},
	{"issue", "minh.tv@vpub.mauson.example", "/documents/6/issue"},
	{"assignments", "minh.tv@vpub.mauson.example", "/assignments?timeliness=overdue"},
	{"mine", "hoa.nt@snv.mauson.example", "/mine"},
	{"assignment", "hoa.nt@snv.mauson.example", "/assignments/1"},
	{"periods", "minh.tv@vpub.mauson.example", "/tasks/67"},
	{"series", "minh.tv@vpub.mauson.example", "/tasks/67/series"},
	{"consultation", "minh.tv@vpub.mauson.example", "/consultations/1"},
	{"week", "thinh.hd@ubnd.mauson.example", "/week"},
	{"month", "thinh.hd@ubnd.mauson.example", "/month?m=2026-09"},
	{"letters", "minh.tv@vpub.mauson.example", "/letters"},
	{"letter", "minh.tv@vpub.mauson.example", "/letters/1"},
	{"working-days", "minh.tv@vpub.mauson.example", "/working-days?year=2027"},
	{"reminders", "minh.tv@vpub.mauson.example", "/settings/reminders"},
	{"previews", "minh.tv@vpub.mauson.example", "/outbox/previews?mail=digest"},
	{"people", "khanh.vq@vpub.mauson.example", "/people"},
	{"directory", "khanh.vq@vpub.mauson.example", "/directory"},
	{"book", "khanh.vq@vpub.mauson.example", "/directory/book"},
	{"outbox", "khanh.vq@vpub.mauson.example", "/outbox"},
	{"health", "khanh.vq@vpub.mauson.example", "/health"},
}

// TestScreenshots pictures the demo's pages and mails into the folder that TIENDO_SCREENSHOTS names: what a window shows first, the
// whole page, and the page on a phone.
func TestScreenshots(t *testing.T) {
	dir := os.Getenv("TIENDO_SCREENSHOTS")
	if dir == "" {
		t.Fatal("set TIENDO_SCREENSHOTS to a folder")
	}
	b := openBrowser(t)
	d := bootDemo(t, t.TempDir(), mustTime(demoStart), true)
	uploadAgain(t, d)
	if err := d.MoveTo(t.Context(), mustTime("2026-10-05T10:00:00+07:00")); err != nil {
		t.Fatal(err)
	}
	visitors := map[string]*visitor{}
	for _, s := range shots {
		v := visitors[s.email]
		if v == nil {
			v = visit(t, b, d.config.BaseURL)
			visitors[s.email] = v
			if s.email != "" {
				v.open("/login")
				v.signIn(s.email, demoPassword)
			}
		}
		v.open(s.path)
		shoot(t, v, 1280, false, filepath.Join(dir, s.name+".png"))
		shoot(t, v, 1280, true, filepath.Join(dir, s.name+"-whole.png"))
		shoot(t, v, 360, true, filepath.Join(dir, s.name+"-phone.png"))
	}
	v := visit(t, b, d.mailURL)
	caught := d.catcher.Messages()
	for _, kind := range []string{"issued", "reminder", "event", "rollup", "digest"} {
		for i := len(caught) - 1; i >= 0; i-- {
			if m := caught[i]; m.Kind == kind {
				path := filepath.Join(t.TempDir(), "mail.html")
				if err := os.WriteFile(path, []byte(m.HTML), 0o600); err != nil {
					t.Fatal(err)
				}
				v.open("file://" + path)
				shoot(t, v, 760, true, filepath.Join(dir, "mail-"+kind+".png"))
				break
			}
		}
	}
}

// uploadAgain leaves a document to review.
func uploadAgain(t *testing.T, d *demo) {
	who, err := newHistory(d).person(t.Context(), "minh.tv@vpub.mauson.example")
	if err != nil {
		t.Fatal(err)
	}
	doc := sample.Documents()[0]
	if _, err := d.documents.Import(t.Context(), who, newDocument(doc)); err != nil {
		t.Fatal(err)
	}
}

func shoot(t *testing.T, v *visitor, width int, whole bool, path string) {
	if err := v.page.SetViewport(&proto.EmulationSetDeviceMetricsOverride{Width: width, Height: 900, DeviceScaleFactor: 1}); err != nil {
		t.Fatal(err)
	}
	picture, err := v.page.Screenshot(whole, &proto.PageCaptureScreenshot{Format: proto.PageCaptureScreenshotFormatPng})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, picture, 0o644); err != nil {
		t.Fatal(err)
	}
}
