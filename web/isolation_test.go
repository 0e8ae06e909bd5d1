package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

// Markers are planted in what belongs to other agencies; none of them may show to those who have no part in it.
var markers = map[string]string{
	"report":   "DAUHIEUBAOCAO",
	"evidence": "DAUHIEUTEP",
	"number":   "DAUHIEUSO",
	"reason":   "DAUHIEULYDO",
	"person":   "DAUHIEUNGUOI",
	"duty":     "DAUHIEUVIEC", // of a document in which the visitor has no part
}

// TestOtherAgenciesShowNowhere lets people of one agency see everything they can reach, and looks for what belongs to another: in
// the same document, and in one of which they should not even know.
func TestOtherAgenciesShowNowhere(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	plant(t, r)
	for _, email := range []string{focalEmail, headEmail} {
		t.Run(email, func(t *testing.T) {
			c := r.signIn(email)
			crawl(t, c, func(p *page) {
				for what, marker := range markers {
					if strings.Contains(p.unasked(), marker) {
						t.Errorf("%s shows another agency's %s", p.path, what)
					}
				}
			})
		})
	}
	// The same walk by the secretariat finds every marker: the markers are where the walk looks.
	found := make(map[string]bool)
	crawl(t, r.signIn(officeEmail), func(p *page) {
		for what, marker := range markers {
			if strings.Contains(p.unasked(), marker) {
				found[what] = true
			}
		}
	})
	for what := range markers {
		if !found[what] {
			t.Errorf("the secretariat sees no %s: the marker is planted where nobody looks", what)
		}
	}
	for _, m := range r.rawMails() {
		if m.to != focalEmail && m.to != headEmail {
			continue
		}
		for what, marker := range markers {
			if strings.Contains(m.text, marker) {
				t.Errorf("a mail to %s (%s) tells another agency's %s", m.to, m.subject, what)
			}
		}
	}
}

// plant issues a document of two agencies and one of another agency alone, and fills what is not SNV's with markers.
func plant(t *testing.T, r *rig) {
	t.Helper()
	p := r.person(otherEmail)
	p.Name = markers["person"] + " Tài"
	must(r.Accounts.SavePerson(r.ctx(), tasks.System, p))(t)

	_, shared := r.issue("10/CT-UBND",
		rigDuty{text: "Rà soát thủ tục hành chính", leads: []string{"Sở Nội vụ"}, due: "2026-10-06"},
		rigDuty{text: "Công khai ngân sách", leads: []string{"Sở Tài chính"}, due: "2026-10-06"})
	_, foreign := r.issue("12/CT-UBND", rigDuty{text: markers["duty"] + " thu ngân sách", leads: []string{"Sở Tài chính"}, due: "2026-10-06"})
	r.runDue()
	for _, a := range []tasks.Assignment{shared[1], foreign[0]} {
		in := tasks.ReportInput{
			Kind: tasks.ReportSubmission, Text: markers["report"] + " đã xong", Documents: markers["number"] + "/BC-STC",
			Files: []tasks.Upload{{Name: markers["evidence"] + ".pdf", Data: []byte("%PDF-1.7 bằng chứng")}},
		}
		if err := r.Assignments.Report(r.ctx(), r.person(otherEmail), a.ID, in); err != nil {
			t.Fatal(err)
		}
		if err := r.Assignments.Return(r.ctx(), r.person(officeEmail), a.ID, 0, markers["reason"]+": thiếu biểu"); err != nil {
			t.Fatal(err)
		}
	}
	// A week of reminders, roll-ups and the digest.
	for range 8 {
		r.clock.add(24 * 3600e9)
		r.runDue()
	}
}

// crawl opens every page that a person can reach: by links from the first page, and by guessing identifiers.
func crawl(t *testing.T, c *client, visit func(*page)) {
	t.Helper()
	todo := []string{"/", "/mine", "/inbox", "/week", "/documents", "/assignments", "/directory", "/people", "/outbox", "/health", "/account", "/suggest/agencies?q=so"}
	for id := 1; id <= 12; id++ {
		for _, pattern := range []string{"/assignments/%d", "/documents/%d", "/documents/%d/review", "/files/%d", "/evidence/%d", "/people/%d"} {
			todo = append(todo, fmt.Sprintf(pattern, id))
		}
	}
	for _, filter := range []string{"words=dauhieu", "agency=2", "state=returned", "timeliness=overdue"} {
		todo = append(todo, "/assignments?"+filter, "/documents?"+filter)
	}
	const most = 600
	seen := make(map[string]bool)
	for len(todo) > 0 {
		path := todo[0]
		todo = todo[1:]
		if seen[path] {
			continue
		}
		if seen[path] = true; len(seen) > most {
			t.Fatalf("more than %d pages: the walk does not end", most)
		}
		p := c.get(path)
		visit(p)
		if p.status == http.StatusSeeOther {
			todo = append(todo, p.location)
			continue
		}
		if p.status >= http.StatusInternalServerError {
			t.Errorf("%s: status %d", path, p.status)
		}
		if !strings.HasPrefix(p.header.Get("Content-Type"), "text/html") {
			continue
		}
		for _, link := range p.links() {
			u, err := url.Parse(link)
			if err == nil && u.Host == "" && strings.HasPrefix(u.Path, "/") && !strings.HasPrefix(u.Path, "/static/") {
				u.Fragment = ""
				if next := u.String(); !slices.Contains(todo, next) {
					todo = append(todo, next)
				}
			}
		}
	}
}

// unasked is the page's source without the address that the visitor himself asked for: that tells him nothing.
func (p *page) unasked() string { return strings.ReplaceAll(p.body, url.QueryEscape(p.path), "") }
