package web_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// archive is a zip file of such parts.
func archive(t *testing.T, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w := must(z.Create(parts[i]))(t)
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Evidence that is not what its name says is refused; what is taken comes back as an attachment of its own type, which no browser
// opens in the program's name.
func TestContentTypeTricks(t *testing.T) {
	r := newRig(t)
	_, own := r.issue("10/CT-UBND", rigDuty{text: "Rà soát", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"})
	path := fmt.Sprintf("/assignments/%d/report", own[0].ID)
	c := r.signIn(focalEmail)
	page := []byte("<!doctype html><script>probe()</script>")
	polyglot := append([]byte("%PDF-1.7\n"), page...)
	for _, tt := range []struct {
		name string
		data []byte
		kind string // "": refused
	}{
		{"bao-cao.pdf", page, ""},
		{"bao-cao.html", page, ""},
		{"bao-cao.htm", polyglot, ""},
		{"bao-cao.xhtml", page, ""},
		{"anh.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="probe()"/>`), ""},
		{"anh.png", []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="probe()"/>`), ""},
		{"anh.svg.png", append([]byte("\x89PNG\r\n\x1a\n"), page...), "image/png"},
		{"ma.js", []byte("probe()"), ""},
		{"ma.pdf.exe", []byte("MZ\x90\x00"), ""},
		{"ma.exe", polyglot, ""},
		{"ma.hta", page, ""},
		{"ma.docx", archive(t, "word/document.xml", "<w:document/>", "word/vbaProject.bin", "x"), ""},
		{"ma.docm", archive(t, "word/document.xml", "<w:document/>"), ""},
		{"goi.jar", archive(t, "META-INF/MANIFEST.MF", "x"), ""},
		{"goi.zip", archive(t, "../../x", "x"), ""},
		{"loi.pdf\x00.html", polyglot, ""},
		{"bao-cao.pdf", polyglot, "application/pdf"},
		{"ghi-chep.txt", page, "text/plain"},
		{"bao-cao.docx", archive(t, "word/document.xml", "<w:document/>"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
	} {
		form := url.Values{"kind": {"progress"}, "percent": {"10"}, "text": {"Đang làm"}}
		p := c.upload(path, form, file{"files", tt.name, tt.data})
		if tt.kind == "" {
			broken := strings.Contains(tt.name, "\x00") // a header that is none
			if p.status != http.StatusUnprocessableEntity || !broken && !p.has("Không nhận loại tệp") {
				t.Errorf("%q: answered %d", tt.name, p.status)
			}
			continue
		}
		p.want(http.StatusSeeOther)
		reports := must(r.Assignments.Get(r.ctx(), r.person(focalEmail), own[0].ID))(t).Reports
		var newest tasks.Attachment
		for _, report := range reports {
			for _, e := range report.Evidence {
				if e.ID > newest.ID {
					newest = e
				}
			}
		}
		got := c.get(fmt.Sprintf("/evidence/%d", newest.ID)).want(http.StatusOK)
		isAttachment(t, got, tt.name, tt.kind)
		if got.body != string(tt.data) {
			t.Errorf("%s: comes back changed", tt.name)
		}
	}
}

// isAttachment holds an answer to be one that a browser saves and neither guesses at nor runs.
func isAttachment(t *testing.T, p *page, name, kind string) {
	t.Helper()
	disposition, params, err := mime.ParseMediaType(p.header.Get("Content-Disposition"))
	if err != nil || disposition != "attachment" || params["filename"] != name {
		t.Errorf("%s: disposition %q: %q, %v", p.path, p.header.Get("Content-Disposition"), params["filename"], err)
	}
	if got, _, _ := mime.ParseMediaType(p.header.Get("Content-Type")); got != kind || p.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%s: type %q, %q", name, p.header.Get("Content-Type"), p.header.Get("X-Content-Type-Options"))
	}
	if csp := p.header.Get("Content-Security-Policy"); !strings.Contains(csp, "sandbox") || !strings.Contains(csp, "default-src 'none'") {
		t.Errorf("%s: policy %q", name, csp)
	}
}

// A file's name is text: it makes no header, no path and no direction of writing.
func TestFileNames(t *testing.T) {
	r := newRig(t)
	c := r.signIn(officeEmail)
	for given, want := range map[string]string{
		"../../etc/passwd.txt":            "passwd.txt",
		`..\..\windows\a.txt`:             "a.txt",
		"/etc/cron.d/a.txt":               "a.txt",
		"a\r\nX-Injected: 1.txt":          "",
		"a\"; filename=\"b.exe.txt":       "",
		"..":                              "tep",
		".":                               "tep",
		"\u202etxt.exe":                   "txt.exe",
		"báo cáo; tháng 9.txt":            "báo cáo; tháng 9.txt",
		"%2e%2e%2fa.txt":                  "%2e%2e%2fa.txt",
		strings.Repeat("dài", 200) + ".t": "",
		"\xff\xfe.txt":                    "",
		"CON.txt":                         "CON.txt",
		"a.txt\x00.exe":                   "",
	} {
		r.reader.answer(tasks.Extraction{Head: tasks.Head{Kind: tasks.KindDirective, Number: "1/CT", Title: "x"}}, nil)
		p := c.upload("/documents", nil, file{"files", given, []byte("Chỉ thị")})
		if strings.Contains(given, "\x00") {
			p.want(http.StatusUnprocessableEntity).wantText("không trọn vẹn")
			continue
		}
		p.want(http.StatusSeeOther)
		id := 0
		if _, err := fmt.Sscanf(p.location, "/documents/%d/review", &id); err != nil {
			t.Fatal(err)
		}
		a := must(r.Documents.Get(r.ctx(), r.person(officeEmail), int64(id)))(t).Files[0].Attachment
		if strings.ContainsAny(a.Name, "/\\\r\n\x00\u202e") || len([]rune(a.Name)) > 150 || a.Name == "" || want != "" && a.Name != want {
			t.Errorf("%q is kept as %q", given, a.Name)
		}
		got := c.get(fmt.Sprintf("/files/%d", a.ID)).want(http.StatusOK)
		isAttachment(t, got, a.Name, "text/plain")
		for _, name := range []string{"X-Injected", "Set-Cookie"} {
			if got.header.Get(name) != "" {
				t.Errorf("%q: a header %s", given, name)
			}
		}
	}
}

// Parts of a form without a name, twice the same name, or a file where text is wanted: the first text of a name counts, nothing else.
func TestOddForms(t *testing.T) {
	r := newRig(t)
	_, own := r.issue("10/CT-UBND", rigDuty{text: "Rà soát", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"})
	path := fmt.Sprintf("/assignments/%d/report", own[0].ID)
	c := r.signIn(focalEmail)
	send := func(parts ...string) *page {
		body := ""
		for _, p := range parts {
			body += "--x\r\n" + p + "\r\n"
		}
		return c.do("POST", path, map[string]string{"Content-Type": "multipart/form-data; boundary=x"}, strings.NewReader(body+"--x--\r\n"))
	}
	field := func(name, value string) string {
		return "Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value
	}
	good := []string{field("kind", "progress"), field("percent", "10"), field("text", "Đang làm")}
	for name, parts := range map[string][]string{
		"a part without a name": append(slices.Clone(good), "Content-Disposition: form-data\r\n\r\nx", "Content-Type: text/plain\r\n\r\nx", "\r\nx"),
		"a name twice":          append(slices.Clone(good), field("text", "Kẻ khác"), field("kind", "submission")),
		"a file as text":        append(slices.Clone(good), "Content-Disposition: form-data; name=\"text\"; filename=\"a.txt\"\r\n\r\nKẻ khác"),
		"an empty file":         append(slices.Clone(good), "Content-Disposition: form-data; name=\"files\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n"),
		"a type of its own":     append(slices.Clone(good), "Content-Disposition: form-data; name=\"files\"; filename=\"a.pdf\"\r\nContent-Type: text/html\r\n\r\n%PDF-1.7"),
	} {
		if p := send(parts...); p.status != http.StatusSeeOther {
			t.Errorf("%s: answered %d: %s", name, p.status, p.text())
		}
	}
	var many []string
	for range 2000 {
		many = append(many, field("a", "1"))
	}
	send(many...).want(http.StatusRequestEntityTooLarge)
	send(strings.Repeat("X-A: "+strings.Repeat("a", 900)+"\r\n", 200)+field("text", "x")).wantOneOf(http.StatusUnprocessableEntity, http.StatusRequestEntityTooLarge)
	var files []string
	for i := range 50 {
		files = append(files, fmt.Sprintf("Content-Disposition: form-data; name=\"files\"; filename=\"%d.pdf\"\r\n\r\n%%PDF-1.7", i))
	}
	send(append(good, files...)...).want(http.StatusUnprocessableEntity).wantText("tối đa")
	for _, report := range must(r.Assignments.Get(r.ctx(), r.person(focalEmail), own[0].ID))(t).Reports {
		if report.Text != "Đang làm" || report.Kind != tasks.ReportProgress {
			t.Errorf("report %+v", report)
		}
		for _, e := range report.Evidence {
			isAttachment(t, c.get(fmt.Sprintf("/evidence/%d", e.ID)), "a.pdf", "application/pdf")
		}
	}
}

// wantOneOf fails the test when the status is none of these.
func (p *page) wantOneOf(statuses ...int) {
	p.t.Helper()
	if !slices.Contains(statuses, p.status) {
		p.t.Errorf("%s: status %d, want one of %v: %s", p.path, p.status, statuses, p.text())
	}
}

// Names that a spreadsheet would take for formulas stand in no workbook that the program writes.
func TestNoFormulasInWorkbooks(t *testing.T) {
	r := newRig(t)
	for i, name := range []string{`=HYPERLINK("http://evil.example","x")`, "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)"} {
		must(r.Directory.SaveAgency(r.ctx(), tasks.System, tasks.Agency{Code: fmt.Sprintf("F%d", i), Name: name, ShortName: name, Kind: directory.KindDepartment}))(t)
	}
	p := r.signIn(officeEmail).get("/directory/book/template").want(http.StatusOK)
	book := must(excelize.OpenReader(strings.NewReader(p.body)))(t)
	defer book.Close()
	cells := 0
	for _, sheet := range book.GetSheetList() {
		for y, row := range must(book.GetRows(sheet))(t) {
			for x, text := range row {
				cell := must(excelize.CoordinatesToCellName(x+1, y+1))(t)
				if formula := must(book.GetCellFormula(sheet, cell))(t); formula != "" || strings.ContainsAny(text[:min(1, len(text))], "=+-@\t\r") {
					t.Errorf("%s!%s: %q, formula %q", sheet, cell, text, formula)
				}
				cells++
			}
		}
	}
	if cells == 0 {
		t.Error("the workbook is empty")
	}
}
