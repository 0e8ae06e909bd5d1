package web_test

import (
	"cmp"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"tiendo/tasks"
	"tiendo/templates/templatetest"
	"tiendo/web"
)

// rigData lists what people have typed into the province of the tests, and what documents say: it stays as it is in every language.
func rigData(r *rig) []string {
	data := []string{
		r.Province, "UBND tỉnh Mẫu Sơn", "Về đẩy mạnh cải cách hành chính", markers["person"] + " Tài", "Các sở ngành liên quan", "Sở Xây dựng", "Sở Lạ",
		"Rà soát thủ tục hành chính", "Công khai ngân sách", "thu ngân sách", "Kiểm tra công vụ", "Đã rà soát đợt một", "Đã gửi tờ trình",
		markers["report"] + " đã xong", "thiếu biểu", "Thiếu danh sách", "trước ngày 20", "định kỳ", "“UBND các xã, phường”",
		"Tên gọi 1", "Tên gọi 2", "Tên gọi 3", "Tên gọi 4", "Tên gọi 5", "Tên gọi 6", "Tên gọi 7", "Tên gọi 8", "Tên gọi 9", "Chỉ thị 1",
		"Khảo sát sự hài lòng", "Như sổ", "“Cộng”", "Báo cáo cải cách hành chính",
	}
	for _, a := range r.agencies {
		data = append(data, a.Name)
	}
	for _, g := range r.groups {
		data = append(data, g.Name)
	}
	for _, p := range rigPeople {
		data = append(data, p.name, p.position)
	}
	data = slices.DeleteFunc(data, func(s string) bool { return s == "" })
	// The longest first, so that no part of one is taken out before.
	slices.SortFunc(data, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return data
}

// one finds a plural after the number one.
var one = regexp.MustCompile(`(?:^|[^\d,.])1 (?:working |overdue |open |other |assigned )?(?:tasks|days|agencies|assignments|reports|mails|groups|people|documents|points)\b`)

// readEnglish fails the test for what of a page an English reader could not read: every text, and every attribute that is read out.
func readEnglish(t *testing.T, data []string, p *page) {
	t.Helper()
	if !strings.HasPrefix(p.header.Get("Content-Type"), "text/html") || p.status == http.StatusSeeOther {
		return
	}
	p.wantLanguage("en")
	read := func(text string) {
		left := strings.Join(strings.Fields(text), " ")
		for _, d := range data {
			if templatetest.Vietnamese(left) == "" {
				break
			}
			left = strings.ReplaceAll(left, d, "")
		}
		if letter := templatetest.Vietnamese(left); letter != "" {
			t.Errorf("%s: Vietnamese is left: %q", p.path, left)
		}
		if found := one.FindString(text); found != "" {
			t.Errorf("%s: %q in %q", p.path, found, text)
		}
	}
	for n := range p.doc().Descendants() {
		if foreign(n) {
			continue
		}
		if n.Type == html.TextNode {
			read(n.Data)
		}
		for _, a := range n.Attr {
			if slices.Contains([]string{"alt", "aria-label", "label", "placeholder", "title"}, a.Key) {
				read(a.Val)
			}
		}
	}
}

// foreign tells whether a node is said to be in another language, as a link to the Vietnamese page is.
func foreign(n *html.Node) bool {
	for a := range n.Ancestors() {
		if a.Data != "html" && attribute(a, "lang") != "" {
			return true
		}
	}
	return false
}

// speakEnglish gives everybody English and keeps it as the visitors' choice.
func (r *rig) speakEnglish() {
	r.t.Helper()
	for _, in := range rigPeople {
		p := r.person(in.email)
		p.Language = "en"
		must(r.Accounts.SavePerson(r.ctx(), tasks.System, p))(r.t)
	}
}

// english is a browser in English: of the person, or of a visitor who has chosen it.
func (r *rig) english(email string) *client {
	r.t.Helper()
	if email != "" {
		return r.signIn(email)
	}
	c := r.client()
	c.get("/login?lang=en").want(http.StatusOK)
	return c
}

// TestEveryAnswerIsEnglish asks every route as every visitor, all of whom read English: pages, refused forms, conflicts, and what
// is said after a change.
func TestEveryAnswerIsEnglish(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(s *web.Server) { s.Demo = standingDemo{} })
	r.speakEnglish()
	sc := newScene(t, r)
	data := append(rigData(r), markersText()...)
	shown := make(map[string]bool)
	for _, email := range visitors {
		c := r.english(email)
		for _, row := range accessTable() {
			if row.pattern == "/logout" || row.pattern == "/login" || row.pattern == "/account/language" {
				continue
			}
			path := sc.path(row.path)
			var p *page
			if row.method == http.MethodGet {
				p = c.get(path)
			} else {
				p = c.post(path, row.form)
			}
			readEnglish(t, data, p)
			if p.status == http.StatusOK {
				shown[row.pattern] = true
			}
			if p.status == http.StatusSeeOther && strings.HasPrefix(p.location, "/") && email != "" {
				readEnglish(t, data, p.follow())
			}
		}
	}
	for _, row := range accessTable() {
		if row.method == http.MethodGet && !shown[row.pattern] && !slices.Contains([]string{"/", "/login", "/password/link/:token", "/calendar/:token"}, row.pattern) {
			t.Errorf("nobody was shown %s", row.pattern)
		}
	}
}

// TestEveryPageIsEnglish walks through a province with duties in every state as people of every role.
func TestEveryPageIsEnglish(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.speakEnglish()
	plant(t, r)
	_, more := r.issue("13/CT-UBND",
		rigDuty{text: "Kiểm tra công vụ", leads: []string{"Sở Nội vụ", "Sở Tài chính"}, joint: true, cooperating: []string{"UBND xã An Bình"}, due: "2026-12-30"},
		rigDuty{text: "Rà soát thủ tục hành chính", leads: []string{"UBND các xã, phường"}, cadence: "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15"},
		rigDuty{text: "Rà soát thủ tục hành chính", leads: []string{"Sở Nội vụ"}},
		rigDuty{text: "Công khai ngân sách", leads: []string{"Sở Nội vụ"}, due: r.today().String()})
	for i, in := range []tasks.ReportInput{
		{Kind: tasks.ReportProgress, Percent: 35, Text: "Đã rà soát đợt một"},
		{Kind: tasks.ReportSubmission, Text: "Đã gửi tờ trình", Documents: "214/TTr-SNV"},
	} {
		id := more[0].ID
		if i == 1 {
			id = more[len(more)-1].ID
		}
		if err := r.Assignments.Report(r.ctx(), r.person(focalEmail), id, in); err != nil {
			t.Fatal(err)
		}
	}
	r.importDocument("14/CT-UBND", rigDuty{text: "Kiểm tra công vụ", leads: []string{"Các sở ngành liên quan"}}, rigDuty{text: "Công khai ngân sách"})
	r.runDue()
	data := append(rigData(r), markersText()...)
	pages := 0
	for _, email := range visitors {
		c := r.english(email)
		crawl(t, c, func(p *page) {
			pages++
			readEnglish(t, data, p)
		})
	}
	if pages < 300 {
		t.Errorf("only %d pages were read", pages)
	}
	for _, m := range r.mails() {
		subject := m.Subject
		for _, d := range data {
			subject = strings.ReplaceAll(subject, d, "")
		}
		if letter := templatetest.Vietnamese(subject); letter != "" {
			t.Errorf("a mail to %s says %q", m.To, m.Subject)
		}
	}
}

// english finds a word that no Vietnamese text of the program has.
var english = regexp.MustCompile(`(?i)\b(?:the|and|of|with|is|are|was|not|yet|from|this|your|task|tasks|agency|agencies|document|documents|report|reports|page|` +
	`overdue|deadline|save|send|open|add|edit|new|next|error|people|person|password|sign|week|mail|mails|waiting|sent)\b`)

// TestEveryPageIsVietnamese finds English that is left in the code, by the same walk in Vietnamese.
func TestEveryPageIsVietnamese(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	plant(t, r)
	r.importDocument("14/CT-UBND", rigDuty{text: "Kiểm tra công vụ", leads: []string{"Các sở ngành liên quan"}}, rigDuty{text: "Công khai ngân sách"})
	address := regexp.MustCompile(`https?://\S+|\S+@\S+|\(devel\)|\S+\.txt`)
	for _, email := range []string{"", officeEmail, leaderEmail, focalEmail, adminEmail} {
		c := r.client()
		if email != "" {
			c = r.signIn(email)
		}
		crawl(t, c, func(p *page) {
			if !strings.HasPrefix(p.header.Get("Content-Type"), "text/html") || p.status == http.StatusSeeOther {
				return
			}
			p.wantLanguage("vi")
			for n := range p.doc().Descendants() {
				if n.Type != html.TextNode || foreign(n) || n.Parent.Data == "style" {
					continue
				}
				if found := english.FindString(address.ReplaceAllString(n.Data, "")); found != "" {
					t.Errorf("%s: English is left: %q in %q", p.path, found, strings.TrimSpace(n.Data))
				}
			}
		})
	}
}

// TestRefusedFormsAreEnglish sends what is wrong in the ways that people are wrong.
func TestRefusedFormsAreEnglish(t *testing.T) {
	r := newRig(t)
	r.speakEnglish()
	sc := newScene(t, r)
	data := rigData(r)
	office, focal, admin := r.english(officeEmail), r.english(focalEmail), r.english(adminEmail)
	assignment, draft := "/assignments/"+text(sc.ids["assignment"]), "/documents/"+text(sc.ids["draft-document"])
	for _, tt := range []struct {
		c    *client
		path string
		form url.Values
		says string
	}{
		{focal, assignment + "/report", url.Values{"kind": {"progress"}, "percent": {"120"}}, "Progress is a whole number from 0 to 100."},
		{focal, assignment + "/report", url.Values{"kind": {"submission"}}, "This entry is empty."},
		{focal, "/account/password", url.Values{"old": {rigPassword}, "password": {"short"}, "repeat": {"short"}}, "The password needs at least 10 characters."},
		{office, "/documents", url.Values{}, "There is nothing to make a document from."},
		{office, draft + "/head", url.Values{"version": {"1"}, "kind": {"directive"}, "date": {"31/2/2026"}, "year": {"26"}}, "This is not a date"},
		{office, draft + "/columns", url.Values{}, "No task is marked."},
		{office, draft + "/names", url.Values{"written": {"Sở Lạ"}, "party_text": {"Sở Lạ"}}, ""},
		{office, assignment + "/confirm", url.Values{}, "The task has changed since the page was opened"},
		{office, assignment + "/return", url.Values{}, ""},
		{office, "/directory/agencies/new", url.Values{"code": {"SNV"}, "name": {"Sở Xây dựng"}, "kind": {"department"}}, "The code SNV is already used; choose another."},
		{admin, "/people/new", url.Values{"email": {focalEmail}, "name": {"Ngô Chưa Quyền"}}, "belongs to another person."},
		{admin, "/people/new", url.Values{"email": {"x"}, "name": {""}}, "The e-mail address is not right"},
		{office, "/directory/book", url.Values{}, "No file chosen"},
	} {
		p := tt.c.post(tt.path, tt.form)
		if p.status == http.StatusSeeOther || p.status < http.StatusBadRequest {
			t.Errorf("%s: status %d", tt.path, p.status)
			continue
		}
		readEnglish(t, data, p)
		p.wantText(tt.says)
	}
	for name, content := range map[string]string{"bien-ban.doc": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "trong.txt": ""} {
		readEnglish(t, append(data, name), office.upload("/documents", nil, file{"files", name, []byte(content)}))
	}
	// The workbook's instructions are English; its sheets and columns stay as the reader of the workbook knows them.
	book := fillBook(t, admin, map[string][][]any{
		"Cơ quan": {{"SYT", "Sở Y tế", "SYT", "Sở", "Sở Y tế tỉnh", "01/03/2025"}},
		"Người":   {{"Mai Thị Y", "daumoi.syt@mauson.example", "Chuyên viên", "0912", "Đầu mối", "SYT"}},
	})
	p := admin.upload("/directory/book", nil, file{"file", "setup.xlsx", book}).want(http.StatusOK)
	readEnglish(t, append(data, "Sở Y tế", "Mai Thị Y"), p)
	p.wantText("The file is correct: 2 entries to add, 0 to change")
	wrong := fillBook(t, admin, map[string][][]any{"Cơ quan": {{"SYT", "Sở Y tế", "", "Cục", "", "31/02/2025"}}})
	admin.upload("/directory/book", nil, file{"file", "setup.xlsx", wrong}).want(http.StatusUnprocessableEntity).wantLanguage("en").
		wantText("2 places in the file to correct; nothing was loaded", "is not a date; write it as 01/03/2025")
}

func markersText() []string {
	var out []string
	for _, m := range markers {
		out = append(out, m)
	}
	return out
}
