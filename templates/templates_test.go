package templates

import (
	"bytes"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestABadTemplateStopsTheStart(t *testing.T) {
	for name, c := range map[string]struct{ file, content, want string }{
		"syntax":             {"pages/x.html", `{{define "main"}}{{if}}{{end}}`, "missing value"},
		"unknown function":   {"pages/x.html", `{{define "main"}}{{shout "a"}}{{end}}`, "shout"},
		"no main":            {"pages/x.html", `<p>words</p>`, `does not define "main"`},
		"unsafe place":       {"pages/x.html", `{{define "main"}}<a href='{{if .Title}}x{{else}}'>{{end}}</a>{{end}}`, "branches"},
		"unknown partial":    {"pages/x.html", `{{define "main"}}{{template "nothing" .}}{{end}}`, "nothing"},
		"mail without text":  {"mail/x.html", `{{define "body"}}{{end}}`, "need a .html and a .txt"},
		"mail no subject":    {"mail/x.txt", `{{define "body"}}{{end}}`, `does not define "subject"`},
		"unknown file kind":  {"static/x.exe", `MZ`, "content type"},
		"words out of shape": {"locales/vi/x.toml", `a = `, "x.toml"},
	} {
		_, err := load(with(t, map[string]string{c.file: c.content}))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want something with %q", name, err, c.want)
		}
	}
}

func TestPage(t *testing.T) {
	type data struct {
		Layout
		Words string
	}
	set := mustLoad(t, with(t, map[string]string{
		"pages/words.html":   `{{define "main"}}<h1>{{.Words}}</h1><a href="{{.Words}}">x</a>{{end}}`,
		"pages/broken.html":  `{{define "main"}}<h1>begun</h1>{{date .Title}}{{end}}`,
		"pages/_hidden.html": `{{define "main"}}{{end}}`,
	}))
	var page bytes.Buffer
	evil := `javascript:"<script>alert(1)</script>`
	if err := set.Page(&page, "words", "vi", &data{Layout: Layout{Title: evil, Province: evil, Flash: evil}, Words: evil}); err != nil {
		t.Fatal(err)
	}
	if html := page.String(); strings.Contains(html, "<script>") || strings.Contains(html, `href="javascript:`) {
		t.Errorf("not escaped:\n%s", html)
	}
	for name, c := range map[string]struct {
		page string
		data any
	}{
		"failing half-way": {"broken", data{Layout: Layout{Title: "no date"}}},
		"a map":            {"words", map[string]any{"Words": "x"}},
		"a missing field":  {"words", struct{ Layout }{}},
		"no layout":        {"words", struct{ Words string }{"x"}},
		"no data":          {"words", nil},
		"unknown page":     {"nothing", data{}},
	} {
		var out bytes.Buffer
		if err := set.Page(&out, c.page, "vi", c.data); err == nil || out.Len() != 0 {
			t.Errorf("%s: got %v and %d bytes, want an error and none", name, err, out.Len())
		}
	}
}

func TestMail(t *testing.T) {
	type data struct {
		Letter
		Name  string
		Tasks []LetterTask
	}
	set := mustLoad(t, with(t, map[string]string{
		"mail/x.html": `{{define "body"}}{{template "tasks" .Tasks}}{{end}}`,
		"mail/x.txt":  "{{define \"subject\"}}\nTiếng Việt:\n {{.Name}} {{end}}{{define \"body\"}}{{template \"tasks\" .Tasks}}{{end}}",
	}))
	subject, html, text, err := set.Mail("x", "vi", data{
		Letter: Letter{Kicker: "Nhắc việc", Headline: "Một & hai", Why: "Vì là đầu mối.", Province: "tỉnh A"},
		Name:   "a\r\nBcc: b",
		Tasks: []LetterTask{
			{Href: "https://a.example/1?a=1&b=2", Text: "Việc <một>", When: "thứ Hai 5/10", Late: true, Meta: []string{"VB", "mục 1"}, Note: "Trả lại"},
			{Href: "https://a.example/2", Text: "Việc hai"},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := "Tiếng Việt: a Bcc: b"; subject != want {
		t.Errorf("subject %q, want %q", subject, want)
	}
	for _, want := range []string{"Một &amp; hai", "Việc &lt;một&gt;", `href="https://a.example/1?a=1&amp;b=2"`, "QUÁ HẠN · thứ Hai 5/10"} {
		if !strings.Contains(html, want) {
			t.Errorf("the HTML lacks %s", want)
		}
	}
	want := `Nhắc việc

Một & hai

* QUÁ HẠN · thứ Hai 5/10
  Việc <một>
  VB · mục 1
  Trả lại
  https://a.example/1?a=1&b=2

* Việc hai
  https://a.example/2

--
Vì là đầu mối.
Thư tự động của hệ thống tiendo, tỉnh A. Thư trả lời không có người đọc.
`
	if text != want {
		t.Errorf("text:\n%s\nwant:\n%s", text, want)
	}
	if _, _, _, err := set.Mail("nothing", "vi", data{}); err == nil {
		t.Error("an unknown mail was rendered")
	}
}

func TestStatic(t *testing.T) {
	set := mustLoad(t, embedded)
	handler := set.StaticHandler()
	get := func(method, address string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest(method, address, nil))
		return w
	}
	for name, kind := range map[string]string{"app.css": "text/css", "app.js": "text/javascript", "mark.svg": "image/svg+xml"} {
		address, err := set.Asset(name)
		if err != nil {
			t.Fatal(err)
		}
		w := get(http.MethodGet, address)
		if w.Code != http.StatusOK || w.Body.Len() == 0 || !strings.HasPrefix(w.Header().Get("Content-Type"), kind) || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d, %d bytes, %v", address, w.Code, w.Body.Len(), w.Header())
		}
		if w := get(http.MethodHead, address); w.Code != http.StatusOK || w.Body.Len() != 0 {
			t.Errorf("HEAD %s: %d with %d bytes", address, w.Code, w.Body.Len())
		}
		if w := get(http.MethodPost, address); w.Code != http.StatusMethodNotAllowed {
			t.Errorf("POST %s: %d", address, w.Code)
		}
	}
	for _, address := range []string{"/static/", "/static/app.css", "/static/css/", "/static/css/10-look.css", "/static/../templates.go"} {
		if w := get(http.MethodGet, address); w.Code != http.StatusNotFound {
			t.Errorf("GET %s: %d, want 404", address, w.Code)
		}
	}
	if _, err := set.Asset("nothing.css"); err == nil {
		t.Error("an unknown asset has an address")
	}
	changed := mustLoad(t, with(t, map[string]string{"static/css/10-look.css": "a {}"}))
	if must(set.Asset("app.css")) == must(changed.Asset("app.css")) {
		t.Error("changed content kept its address")
	}
}

func TestBars(t *testing.T) {
	for _, parts := range [][]BarPart{
		{{Class: "done", N: 1}, {Class: "late", N: 2}},
		{{Class: "done", N: 9999}, {Class: "going", N: 1}, {Class: "soon", N: 0}, {Class: "late", N: 1}},
		{{Class: "late", N: 1}},
	} {
		var width float64
		for _, s := range (Bar{parts}).Segments() {
			if math.Abs(s.X-width) > 0.001 {
				t.Errorf("%v: a part begins at %v, the one before ended at %v", parts, s.X, width)
			}
			width += s.Width
		}
		if width < 99.99 || width > 100.01 {
			t.Errorf("%v: %v %% in all", parts, width)
		}
		pixels := 0
		for _, cell := range (LetterBar{parts}).Cells() {
			if cell.Width < 3 || cell.Colour == "" {
				t.Errorf("%v: a cell of %d pixels in %q", parts, cell.Width, cell.Colour)
			}
			pixels += cell.Width
		}
		if pixels != letterBarWidth {
			t.Errorf("%v: %d pixels in all", parts, pixels)
		}
	}
	if cells := (LetterBar{}).Cells(); len(cells) != 0 {
		t.Errorf("nothing makes %v", cells)
	}
}
