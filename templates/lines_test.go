package templates

import (
	"bytes"
	htmltemplate "html/template"
	"strings"
	"testing"
)

// What is written by hand must be escaped as html/template would.
func TestLinesAreEscaped(t *testing.T) {
	s, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	w := s.Words(DefaultLanguage)
	const evil = `"><script>alert('x')</script>&amp;`
	html, err := w.rows([]TaskRow{{Href: "javascript:alert(1)", Text: evil, Meta: []string{evil}, Note: evil, When: evil, Due: day{2026, 10, 5},
		State: "assigned", Timeliness: "overdue", Action: &Action{Href: `/x?"` + evil, Label: evil}}})
	if err != nil {
		t.Fatal(err)
	}
	html += w.control(Field{Name: "x", Type: "select", Value: evil, Options: []Option{{Value: evil, Label: evil}}})
	for _, bad := range []string{"<script", "javascript:", `"">`} {
		if strings.Contains(string(html), bad) {
			t.Errorf("%q stands in %s", bad, html)
		}
	}
	if n := strings.Count(string(html), "&lt;script&gt;"); n != 8 {
		t.Errorf("the text stands %d times, want 8", n)
	}
	if !strings.Contains(string(html), " selected>") {
		t.Error("the choice is not selected")
	}
}

// Addresses with a scheme are let through as html/template does.
func TestAddressesOfLines(t *testing.T) {
	page := htmltemplate.Must(htmltemplate.New("").Parse(`<a href="{{.}}">`))
	for _, address := range []string{
		"/assignments/1#report", "https://tiendo.example/a?b=c&d=e", "mailto:a@b.example", "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x",
		"vbscript:x", "a/b:c", "#x",
	} {
		var want bytes.Buffer
		if err := page.Execute(&want, address); err != nil {
			t.Fatal(err)
		}
		var m markup
		m.raw(`<a href="`)
		m.href(address)
		m.raw(`">`)
		if got := string(m.html()); got != want.String() {
			t.Errorf("got %s, html/template writes %s", got, want.String())
		}
	}
}
