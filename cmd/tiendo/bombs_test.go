package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"tiendo/tasks"
)

// packed is a zip file whose parts are written by functions, so that they may be large.
func packed(t *testing.T, parts map[string]func(io.Writer)) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, write := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		write(w)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func words(text string) func(io.Writer) {
	return func(w io.Writer) { _, _ = io.WriteString(w, text) }
}

// repeated writes the text so often that it makes so many octets.
func repeated(before, text string, octets int, after string) func(io.Writer) {
	return func(w io.Writer) {
		chunk := []byte(strings.Repeat(text, 1+(1<<20)/len(text)))
		_, _ = io.WriteString(w, before)
		for n := 0; n < octets; n += len(chunk) {
			_, _ = w.Write(chunk)
		}
		_, _ = io.WriteString(w, after)
	}
}

const (
	wordStart = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`
	wordEnd   = `</w:body></w:document>`
	sheetBook = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`
	sheetRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`
)

// entities is "a billion laughs": ten names, each ten times the one before.
func entities() string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE x [<!ENTITY a0 "ha">`)
	for i := range 10 {
		fmt.Fprintf(&b, `<!ENTITY a%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&a%d;", i), 10))
	}
	b.WriteString(`<!ENTITY file SYSTEM "file:///etc/passwd">]>`)
	return b.String()
}

// TestBombs sends files that unpack to much more than they are: each is refused with words, soon, and within bounded memory.
func TestBombs(t *testing.T) {
	site := bombSite(t)
	book := func(sheet func(io.Writer)) map[string]func(io.Writer) {
		return map[string]func(io.Writer){
			"xl/workbook.xml": words(sheetBook), "xl/_rels/workbook.xml.rels": words(sheetRels), "xl/worksheets/sheet1.xml": sheet,
		}
	}
	const sheetStart = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	for _, tt := range []struct {
		name, file string
		data       []byte
	}{
		{"200 MB in one part", "a.docx", packed(t, map[string]func(io.Writer){"word/document.xml": repeated(wordStart, " ", 200<<20, wordEnd)})},
		{"many paragraphs", "a.docx", packed(t, map[string]func(io.Writer){"word/document.xml": repeated(wordStart, "<w:p><w:r><w:t>a</w:t></w:r></w:p>", 40<<20, wordEnd)})},
		{"one inside another", "a.docx", packed(t, map[string]func(io.Writer){"word/document.xml": repeated(wordStart, "<w:p>", 10<<20, "")})},
		{"one attribute", "a.docx", packed(t, map[string]func(io.Writer){"word/document.xml": repeated(`<w:document x="`, "a", 100<<20, `"/>`)})},
		{"entities", "a.docx", packed(t, map[string]func(io.Writer){"word/document.xml": words(entities() + wordStart + "<w:p><w:r><w:t>&a10;&file;</w:t></w:r></w:p>" + wordEnd)})},
		{"many parts", "a.docx", manyParts(t, 60_000)},
		{"a sheet of 100 MB", "a.xlsx", packed(t, book(repeated(sheetStart, "<row/>", 100<<20, "</sheetData></worksheet>")))},
		{"entities in a sheet", "a.xlsx", packed(t, book(words(entities()+sheetStart+`<row r="1"><c r="A1" t="inlineStr"><is><t>&a10;</t></is></c></row></sheetData></worksheet>`)))},
		{"one cell at the far end", "a.xlsx", packed(t, book(words(sheetStart+`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>`)))},
	} {
		for _, target := range []struct{ path, field string }{{"/documents", "files"}, {"/directory/book", "file"}} {
			t.Run(tt.name+" to "+target.path, func(t *testing.T) {
				if len(tt.data) > tasks.MaxUpload {
					t.Fatalf("%d octets: this would be refused for its size alone", len(tt.data))
				}
				runtime.GC()
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				start := worked(t)
				status, text := site.upload(t, target.path, target.field, tt.file, tt.data)
				took := worked(t) - start
				runtime.ReadMemStats(&after)
				ok := status == http.StatusUnprocessableEntity || status == http.StatusRequestEntityTooLarge
				if tt.name == "one cell at the far end" && status == http.StatusSeeOther {
					ok = true // there is nothing wrong with reading one cell
				}
				if !ok || ok && status != http.StatusSeeOther && !strings.Contains(text, "ệp") {
					t.Errorf("answered %d: %s", status, text)
				}
				if strings.Contains(text, "root:") || strings.Contains(text, "haha") {
					t.Error("an entity was expanded")
				}
				if took > 60*time.Second { // a few seconds; ten times as much under the race detector
					t.Errorf("took %v of the processor", took)
				}
				// What was taken from the system, whenever it was given back.
				most := int64(400 << 20)
				if raceDetector {
					most = 1000 << 20
				}
				if grown := int64(after.HeapSys) - int64(before.HeapSys); grown > most {
					t.Errorf("the heap grew by %d MB", grown>>20)
				}
			})
		}
	}
}

// worked is the processor's time that this process has used: unlike a clock it does not tell what else the machine was doing.
func worked(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func manyParts(t *testing.T, n int) []byte {
	t.Helper()
	parts := make(map[string]func(io.Writer), n)
	for i := range n {
		parts[fmt.Sprintf("p/%d", i)] = words("")
	}
	parts["word/document.xml"] = words(wordStart + wordEnd)
	return packed(t, parts)
}

// site is the whole program with its real reader, and a browser in which the secretariat has signed in.
type site struct {
	url    string
	client *http.Client
}

func bombSite(t *testing.T) site {
	t.Helper()
	dir := t.TempDir()
	c := defaultConfig()
	c.Database.DSN, c.Files.Dir, c.unsynced = "sqlite:"+filepath.Join(dir, "tiendo.db"), filepath.Join(dir, "files"), true
	if err := c.complete(dir); err != nil {
		t.Fatal(err)
	}
	a, err := newApp(t.Context(), c, realClocks(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	person := tasks.Person{Email: "vp@mauson.example", Name: "Văn phòng", Active: true, Grants: []tasks.Grant{{Role: tasks.RoleSecretariat}}}
	if _, err := a.accounts.AddWithPassword(t.Context(), tasks.System, person, demoPassword); err != nil {
		t.Fatal(err)
	}
	handler, err := a.handler(nil, func() {})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(func() {
		server.Close()
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	s := site{server.URL, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	res, err := s.client.PostForm(s.url+"/login", url.Values{"email": {person.Email}, "password": {demoPassword}})
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusSeeOther {
		t.Fatalf("sign in: %d", res.StatusCode)
	}
	return s
}

func (s site) upload(t *testing.T, path, field, name string, data []byte) (status int, text string) {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile(field, name)
	if err == nil {
		_, err = part.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	res, err := s.client.Post(s.url+path, w.FormDataContentType(), &body)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(page)
}
