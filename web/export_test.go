package web_test

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"

	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tiendo/tasks"
	"tiendo/tasks/extract"
)

// workbook opens the answer as a workbook of one sheet and gives its rows as they are shown.
func (p *page) workbook() [][]string {
	p.t.Helper()
	p.want(http.StatusOK)
	if _, params, err := mime.ParseMediaType(p.header.Get("Content-Disposition")); err != nil || !strings.HasSuffix(params["filename"], ".xlsx") {
		p.t.Errorf("%s: sent as %q", p.path, p.header.Get("Content-Disposition"))
	}
	f := must(excelize.OpenReader(strings.NewReader(p.body)))(p.t)
	p.t.Cleanup(func() { f.Close() })
	return must(f.GetRows(f.GetSheetList()[0]))(p.t)
}

// said is all text of a package's parts: what a workbook or document holds, whatever the cell.
func said(t *testing.T, data string) string {
	t.Helper()
	z := must(zip.NewReader(strings.NewReader(data), int64(len(data))))(t)
	var all strings.Builder
	for _, file := range z.File {
		r := must(file.Open())(t)
		d := xml.NewDecoder(r)
		for {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", file.Name, err)
			}
			if text, ok := token.(xml.CharData); ok {
				all.Write(text)
				all.WriteByte(' ')
			}
		}
	}
	return all.String()
}

// rowWith is the first row that holds the text in some cell.
func rowWith(rows [][]string, text string) []string {
	for _, row := range rows {
		if slices.ContainsFunc(row, func(cell string) bool { return strings.Contains(cell, text) }) {
			return row
		}
	}
	return nil
}

// column is what stands in the row below the head.
func column(t *testing.T, rows [][]string, row []string, head string) string {
	t.Helper()
	for _, r := range rows {
		if i := slices.Index(r, head); i >= 0 {
			if i < len(row) {
				return row[i]
			}
			return ""
		}
	}
	t.Fatalf("there is no column %q", head)
	return ""
}

func TestExportOfAssignments(t *testing.T) {
	r := newRig(t)
	r.issue("10/CT-UBND",
		rigDuty{text: "=HYPERLINK(\"http://xau.example\")", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"},
		rigDuty{text: "Công khai ngân sách", leads: []string{"Sở Tài chính"}, due: "2026-10-01"})
	c := r.signIn(officeEmail)
	list := c.get("/assignments?timeliness=overdue").want(http.StatusOK)
	href := "/assignments.xlsx?timeliness=overdue"
	if !slices.Contains(list.links(), href) {
		t.Fatalf("the list does not link to %s: %q", href, list.links())
	}
	rows := c.get(href).workbook()
	if rowWith(rows, "HYPERLINK") != nil {
		t.Error("the filter is not kept")
	}
	late := rowWith(rows, "Công khai ngân sách")
	for head, want := range map[string]string{
		"STT": "1", "Văn bản, mục": "10/CT-UBND", "Chủ trì": "Sở Tài chính", "Hạn ban đầu": "01/10/2026", "Hạn hiện nay": "01/10/2026", "Trạng thái": "Chưa thực hiện",
		"Thời hạn": "Quá hạn", "Tiến độ, %": "0", "Ngày báo cáo": "",
	} {
		if got := column(t, rows, late, head); !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("%s is %q, want %q", head, got, want)
		}
	}
	if rowWith(rows, "Thời hạn: Quá hạn") == nil {
		t.Errorf("the filter is not named: %q", rows[:3])
	}
	if got := rowWith(c.get("/assignments.xlsx").workbook(), "HYPERLINK"); got == nil || got[2] != `'=HYPERLINK("http://xau.example")` {
		t.Errorf("the formula stands as %q", got)
	}
	c.get("/assignments.xlsx?due_from=hom-qua").want(http.StatusUnprocessableEntity)
}

// A list longer than a page comes whole, in the order of its pages, each row once.
func TestExportReadsEveryPage(t *testing.T) {
	r := newRig(t)
	var duties []rigDuty
	for i := range tasks.MaxPage + 30 {
		duties = append(duties, rigDuty{text: fmt.Sprintf("Nhiệm vụ %03d", i), leads: []string{"Sở Nội vụ"}, due: "2026-12-30"})
	}
	r.issue("10/CT-UBND", duties...)
	rows := r.signIn(officeEmail).get("/assignments.xlsx").workbook()
	seen := make(map[string]int)
	for _, row := range rows {
		if len(row) > 2 && strings.HasPrefix(row[2], "Nhiệm vụ ") {
			if seen[row[2]]++; row[0] != fmt.Sprint(len(seen)) {
				t.Errorf("%s is number %s", row[2], row[0])
			}
		}
	}
	if len(seen) != len(duties) {
		t.Errorf("%d rows, want %d", len(seen), len(duties))
	}
}

// Every list that a page shows has its link, and the workbook has what the page has.
func TestEveryListIsExported(t *testing.T) {
	r := newRig(t)
	sc := newScene(t, r)
	sc.newMail(true)
	for _, test := range []struct{ email, page, has string }{
		{officeEmail, "/assignments", "Rà soát thủ tục hành chính"}, {officeEmail, "/documents", "10/CT-UBND"}, {officeEmail, "/week", "Sở Nội vụ"},
		{officeEmail, "/outbox", otherEmail}, {officeEmail, "/register", "Rà soát thủ tục hành chính"}, {focalEmail, "/mine", "Rà soát thủ tục hành chính"},
		{focalEmail, "/register", "Rà soát thủ tục hành chính"}, {adminEmail, "/people", "Đỗ Thị An"}, {adminEmail, "/directory", "UBND xã An Bình"},
	} {
		c := r.signIn(test.email)
		links := c.get(test.page).want(http.StatusOK).wantText(test.has).links()
		i := slices.IndexFunc(links, func(l string) bool { return strings.HasPrefix(l, test.page+".xlsx") })
		if i < 0 {
			t.Errorf("%s does not link to its workbook: %q", test.page, links)
			continue
		}
		if rowWith(c.get(links[i]).workbook(), test.has) == nil {
			t.Errorf("%s does not have %q", links[i], test.has)
		}
	}
}

// What other agencies do shows in no file either: the same markers as on pages.
func TestOtherAgenciesShowInNoFile(t *testing.T) {
	r := newRig(t)
	plant(t, r)
	files := []string{"/assignments.xlsx?state=all", "/documents.xlsx", "/register.xlsx?period=2026", "/register.docx?period=2026", "/register.xlsx?period=2026&agency=2"}
	ask := func(c *client, visit func(path, text string)) {
		for _, path := range files {
			p := c.get(path).want(http.StatusOK)
			visit(path, said(t, p.body))
		}
		for _, file := range []string{"docx", "xlsx"} {
			p := c.post("/register/report", url.Values{"period": {"2026"}, "file": {file}}).want(http.StatusOK)
			visit("report "+file, said(t, p.body))
		}
	}
	for _, email := range []string{focalEmail, headEmail} {
		c := r.signIn(email)
		ask(c, func(path, text string) {
			for what, marker := range markers {
				if strings.Contains(text, marker) {
					t.Errorf("%s of %s shows another agency's %s", path, email, what)
				}
			}
		})
		if text := said(t, c.get("/mine.xlsx").want(http.StatusOK).body); strings.Contains(text, "DAUHIEU") {
			t.Errorf("/mine.xlsx of %s shows a marker", email)
		}
	}
	found := ""
	ask(r.signIn(officeEmail), func(_, text string) { found += text })
	for _, what := range []string{"report", "number", "reason", "duty"} {
		if !strings.Contains(found, markers[what]) {
			t.Errorf("the secretariat's files have no %s: the marker is planted where nobody looks", what)
		}
	}
}

// So many files may be made for a person at once; each gives its turn back.
func TestExportsGiveTheirTurnBack(t *testing.T) {
	r := newRig(t)
	r.issue("10/CT-UBND", rigDuty{text: "Rà soát", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"})
	c := r.signIn(officeEmail)
	for range 5 {
		c.get("/assignments.xlsx").want(http.StatusOK) // each gives its turn back
	}
}

// The documents are such as the program itself reads.
func TestExportedDocumentIsRead(t *testing.T) {
	r := newRig(t)
	r.issue("10/CT-UBND", rigDuty{text: "Rà soát thủ tục & hành chính <b>", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"})
	p := r.signIn(officeEmail).get("/register.docx?period=2026-10").want(http.StatusOK)
	if got := p.header.Get("Content-Type"); !strings.Contains(got, "wordprocessingml") {
		t.Errorf("type %q", got)
	}
	text := fmt.Sprintf("%+v", must(extract.Read("so.docx", []byte(p.body)))(t).Blocks)
	for _, want := range []string{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SỔ THEO DÕI", "Rà soát thủ tục & hành chính <b>", "Sở Nội vụ", "30/10/2026"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in what was read", want)
		}
	}
}
