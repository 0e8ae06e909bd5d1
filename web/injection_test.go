package web_test

import (
	"bytes"
	"fmt"
	"mime"
	"net/http"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"tiendo/notify"
	"tiendo/notify/lint"
	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// probe is text that becomes an element and attributes wherever it is not escaped. of says where it was planted.
func probe(of string) string { return `"'><tiendo-probe onx=1>` + of }

// longProbe leaves every kind of element that a page may have opened.
func longProbe(of string) string {
	return probe(of) + ` </textarea></title></option></select></style></script><script>probe()</script><img src=x onerror=probe()>` +
		`<svg onload=probe()><a href="javascript:probe()">{{.}}</a>`
}

// planted are the names of the probes that newProbes plants; each must be seen by somebody, else it was planted where nobody looks.
var planted = []string{
	"AGENCY", "SHORT", "ALIAS", "GROUP", "PERSON", "POSITION", "PHONE", "NUMBER", "ISSUER", "TITLE", "DUTY", "DELIVERABLE", "CRITERIA",
	"SECTION", "PHRASE", "WRITTEN", "BLOCK", "DOCFILE", "REPORT", "REPORTDOCS", "EVIDENCE", "REASON",
}

// plantProbes fills every text that people can write, and answers the mails of two weeks.
func plantProbes(t *testing.T, r *rig) (mails []composedMail) {
	t.Helper()
	ctx := r.ctx()
	agency := must(r.Directory.SaveAgency(ctx, tasks.System, tasks.Agency{
		Code: "XSS", Name: longProbe("AGENCY"), ShortName: probe("SHORT"), Kind: directory.KindDepartment,
	}))(t)
	must(r.Directory.SaveGroup(ctx, tasks.System, tasks.Group{Code: "XSSG", Name: longProbe("GROUP"), Members: []tasks.Membership{{AgencyID: agency.ID}}}))(t)
	if err := r.Directory.AddAlias(ctx, tasks.System, tasks.Alias{Name: longProbe("ALIAS"), AgencyID: agency.ID}); err != nil {
		t.Fatal(err)
	}
	for _, email := range []string{focalEmail, headEmail, otherEmail, officeEmail, leaderEmail, adminEmail} {
		p := r.person(email)
		p.Name, p.Position, p.Phone = probe("PERSON")+p.Email, longProbe("POSITION")[:150], probe("PHONE")
		if p.Has(tasks.RoleFocal) || p.Has(tasks.RoleHead) {
			p.Grants = append(p.Grants, tasks.Grant{Role: p.Grants[0].Role, AgencyID: agency.ID})
		}
		must(r.Accounts.SavePerson(ctx, tasks.System, p))(t)
	}
	_, own := r.issueProbes(longProbe("AGENCY"))
	r.importProbes("draft")
	r.runDue()
	focal, office := r.person(focalEmail), r.person(officeEmail)
	for i, a := range own {
		in := tasks.ReportInput{
			Kind: tasks.ReportSubmission, Text: longProbe("REPORT"), Documents: probe("REPORTDOCS"),
			Files: []tasks.Upload{{Name: probe("EVIDENCE") + ".pdf", Data: []byte("%PDF-1.7 <script>")}},
		}
		if err := r.Assignments.Report(ctx, focal, a.ID, in); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			if err := r.Assignments.Return(ctx, office, a.ID, 0, longProbe("REASON")); err != nil {
				t.Fatal(err)
			}
		}
	}
	r.clock.add(2 * time.Hour) // after the hour at which reminders go
	for range 15 {             // reminders, roll-ups, digests
		r.clock.add(23 * time.Hour)
		r.runDue()
		mails = append(mails, r.composed()...) // an hour later
	}
	return mails
}

// importProbes puts a document made of probes before the secretariat.
func (r *rig) importProbes(number string, leads ...string) tasks.Document {
	day := r.today().AddDays(3)
	var drafts []tasks.Draft
	for i := range 3 {
		d := tasks.Draft{
			Ref: probe("")[:10], Section: longProbe("SECTION"), Text: longProbe(fmt.Sprintf("DUTY%d", i)), Deliverable: longProbe("DELIVERABLE"), Criteria: []string{longProbe("CRITERIA")},
			Source:  tasks.Place{Part: "text", Block: 1},
			Written: tasks.WrittenDue{Phrase: longProbe("PHRASE"), Kind: tasks.DueDate, Date: day},
			Doubts:  []tasks.Doubt{{Key: "due.no_year", Args: []string{longProbe("PHRASE")}}},
		}
		for _, name := range leads {
			d.Leads = append(d.Leads, tasks.Party{Written: name})
		}
		if len(leads) == 0 {
			d.Leads = []tasks.Party{{Written: longProbe("WRITTEN")}}
		}
		drafts = append(drafts, d)
	}
	r.reader.answer(tasks.Extraction{
		Head: tasks.Head{
			Kind: tasks.KindDirective, Number: probe("NUMBER") + number, Date: r.today(), Issuer: longProbe("ISSUER"), Title: longProbe("TITLE"), Year: 2026,
		},
		Drafts: drafts, Blocks: [][]tasks.SourceBlock{{{Block: 1, Text: longProbe("BLOCK")}}},
	}, nil)
	in := tasks.NewDocument{Files: []tasks.Upload{{Name: probe("DOCFILE") + ".txt", Data: []byte("<script>probe()</script>")}}}
	return must(r.Documents.Import(r.ctx(), r.person(officeEmail), in))(r.t)
}

func (r *rig) issueProbes(lead string) (tasks.Document, []tasks.Assignment) {
	r.t.Helper()
	doc := r.importProbes("issued", lead)
	if err := r.Documents.Issue(r.ctx(), r.person(officeEmail), doc.ID, 0); err != nil {
		r.t.Fatal(err)
	}
	v := must(r.Documents.Get(r.ctx(), r.person(officeEmail), doc.ID))(r.t)
	return v.Document, v.Assignments
}

// harmless fails the test when one of the probes has become more than text.
func harmless(t *testing.T, where, body string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Errorf("%s: %v", where, err)
		return
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "tiendo-probe", "img", "object", "embed", "base":
			t.Errorf("%s: there is an element <%s>", where, n.Data)
		case "iframe":
			// The example of a mail is shown in one, which may do nothing.
			if sandbox := slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "sandbox" && a.Val == "" }); !sandbox || !strings.HasPrefix(attribute(n, "src"), "/outbox/previews/body?") {
				t.Errorf("%s: a frame that is not ours: %s", where, rawText(n))
			}
		case "script":
			if !strings.HasPrefix(attribute(n, "src"), "/static/") || n.FirstChild != nil {
				t.Errorf("%s: a script that is not ours: %s", where, rawText(n))
			}
		}
		for _, a := range n.Attr {
			value := strings.ToLower(strings.TrimSpace(a.Val))
			scheme, _, _ := strings.Cut(value, ":")
			switch {
			case strings.HasPrefix(a.Key, "on"):
				t.Errorf("%s: <%s> has the attribute %s", where, n.Data, a.Key)
			case slices.Contains([]string{"href", "src", "action", "formaction", "data", "xlink:href", "content"}, a.Key) &&
				slices.Contains([]string{"javascript", "data", "vbscript"}, scheme):
				t.Errorf("%s: <%s %s=%q>", where, n.Data, a.Key, a.Val)
			case a.Key == "style" && strings.Contains(value, "probe"):
				t.Errorf("%s: <%s style=%q>", where, n.Data, a.Val)
			}
		}
	}
}

func isHTML(body string) bool {
	return strings.HasPrefix(strings.ToLower(strings.TrimSpace(body)), "<!doctype html")
}

// TestStoredScripts plants markup in every text, lets everybody look at everything, and reads every mail.
func TestStoredScripts(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	mails := plantProbes(t, r)
	seen := make(map[string]bool)
	look := func(where, body string) {
		if !isHTML(body) {
			return
		}
		harmless(t, where, body)
		plain := html.UnescapeString(body)
		for _, of := range planted {
			if strings.Contains(plain, "tiendo-probe onx=1>"+of) {
				seen[of] = true
			}
		}
	}
	for _, email := range visitors[1:] {
		crawl(t, r.signIn(email), func(p *page) { look(email+" "+p.path, p.body) })
	}
	for _, of := range planted {
		if !seen[of] {
			t.Errorf("nobody sees %s: the probe is planted where nobody looks", of)
		}
	}
	kinds := make(map[string]int)
	for _, m := range mails {
		kinds[m.kind]++
		harmless(t, "mail "+m.kind+" to "+m.to, m.html)
		checkHeaders(t, m)
	}
	for _, kind := range []string{"issued", "reminder", "event", "rollup", "digest"} {
		if kinds[kind] == 0 {
			t.Errorf("no mail of the kind %s among %v", kind, kinds)
		}
	}
}

// TestScriptsInForms sends markup in every field of every form that anybody is shown, and in every parameter.
func TestScriptsInForms(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	plantProbes(t, r)
	tried := make(map[string]bool)
	for _, email := range visitors[1:] {
		c := r.signIn(email)
		var pages []string
		crawl(t, c, func(p *page) {
			if isHTML(p.body) {
				pages = append(pages, p.path)
			}
		})
		for _, path := range pages {
			p := c.get(path)
			for _, f := range p.elements("form") {
				action := attribute(f, "action")
				// The same form stands on many pages; numbers in its address tell only which thing it is about.
				shape := attribute(f, "method") + strings.Map(func(r rune) rune {
					if '0' <= r && r <= '9' {
						return -1
					}
					return r
				}, action)
				if action == "/logout" || tried[email+shape] || strings.HasSuffix(action, "/discard") || strings.HasSuffix(action, "/recall") {
					continue
				}
				tried[email+shape] = true
				values := probed(f)
				var answer *page
				switch {
				case attribute(f, "method") != "post":
					answer = c.get(action + "?" + values.Encode())
				case attribute(f, "enctype") != "":
					answer = c.upload(action, values, file{"files", probe("UPLOAD") + ".exe", []byte("<script>probe()</script>")})
				default:
					answer = c.post(action, values)
				}
				if answer.status >= http.StatusInternalServerError {
					t.Errorf("%s: %s answers %d", email, shape, answer.status)
				}
				for range 3 {
					if answer.status == http.StatusSeeOther {
						answer = answer.follow()
					}
				}
				if isHTML(answer.body) {
					harmless(t, email+" "+shape, answer.body)
				}
			}
		}
	}
	if len(tried) < 60 {
		t.Errorf("only %d forms were tried", len(tried))
	}
	office := r.signIn(officeEmail)
	for _, path := range []string{"/assignments", "/documents", "/people", "/directory", "/outbox", "/inbox", "/mine", "/week", "/suggest/agencies", "/documents/1/review", "/"} {
		for _, value := range []string{longProbe("QUERY"), "javascript:probe()", "%00", "\xff", strings.Repeat("đ", 3000)} {
			query := make(url.Values)
			for _, name := range []string{"q", "words", "after", "state", "agency", "kind", "role", "sort", "timeliness", "show", "status", "document", "part", "lang", "year", "next"} {
				query.Set(name, value)
			}
			p := office.get(path + "?" + query.Encode())
			if p.status >= http.StatusInternalServerError {
				t.Errorf("%s with %.30q answers %d", path, value, p.status)
			}
			if isHTML(p.body) {
				harmless(t, path+"?…", p.body)
			}
		}
		p := office.get(strings.TrimSuffix(path, "/") + "/" + url.PathEscape(longProbe("PATH")))
		harmless(t, path+"/…", p.body)
	}
	// What somebody types before he has signed in, and comes back to him.
	c := r.client()
	for _, email := range []string{longProbe("EMAIL"), `"<tiendo-probe>"@mauson.example`, "javascript:probe()"} {
		for _, p := range []*page{
			c.get("/login?next=" + url.QueryEscape("/"+email)),
			c.post("/login", url.Values{"email": {email}, "password": {email}, "next": {"/" + email}}),
			c.post("/password/forgot", url.Values{"email": {email}}),
			c.get("/login"),
		} {
			if isHTML(p.body) {
				harmless(t, p.path, p.body)
			}
		}
	}
	for _, m := range r.composed() {
		harmless(t, "mail "+m.kind+" to "+m.to, m.html)
		checkHeaders(t, m)
	}
}

// probed is what a browser would send of the form, with a probe in every text.
func probed(f *html.Node) url.Values {
	values := make(url.Values)
	for n := range f.Descendants() {
		name := attribute(n, "name")
		if n.Type != html.ElementNode || name == "" {
			continue
		}
		kind := attribute(n, "type")
		text := n.Data == "textarea" || n.Data == "input" && slices.Contains([]string{"", "text", "search", "email", "tel", "date", "number"}, kind)
		switch {
		case kind == "password":
			values.Add(name, "xin đừng đổi mật khẩu")
		case text:
			values.Add(name, longProbe(name))
		default:
			for _, v := range sent(n) {
				values.Add(name, v)
			}
		}
	}
	return values
}

// composedMail is a mail as it would go out.
type composedMail struct {
	kind, to, html string
	header         mail.Header
	recipients     []string
}

// composed claims every mail that may go and takes it apart.
func (r *rig) composed() []composedMail {
	r.t.Helper()
	r.clock.add(time.Hour) // the end of every hold
	claimed := must(r.db.Outbox().Claim(r.ctx(), r.clock.Now(), r.System(), r.System().Add(time.Minute), r.today(), 10_000))(r.t)
	var mails []composedMail
	for _, m := range claimed {
		mails = append(mails, takeApart(r.t, m))
	}
	return mails
}

func takeApart(t *testing.T, m notify.Mail) composedMail {
	t.Helper()
	msg := must(mail.ReadMessage(bytes.NewReader(m.Raw)))(t)
	out := composedMail{to: m.To, header: msg.Header, kind: msg.Header.Get("X-Tiendo-Kind"), recipients: []string{m.To}}
	out.html = must(lint.Read(m.Raw))(t).HTML
	if out.html == "" {
		t.Fatalf("%s: no HTML", out.kind)
	}
	return out
}

// checkHeaders holds a mail to the headers that the program writes, and to one recipient.
func checkHeaders(t *testing.T, m composedMail) {
	t.Helper()
	known := []string{"From", "To", "Reply-To", "Subject", "Message-Id", "Date", "X-Tiendo-Kind", "Auto-Submitted", "X-Auto-Response-Suppress",
		"Mime-Version", "Content-Type", "Content-Transfer-Encoding", "List-Id", "List-Unsubscribe"}
	for name, values := range m.header {
		if !slices.Contains(known, name) || len(values) != 1 {
			t.Errorf("mail %s to %s: header %s: %q", m.kind, m.to, name, values)
		}
	}
	to, err := m.header.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Address != m.to {
		t.Errorf("mail %s: To %q is not %s alone: %v", m.kind, m.header.Get("To"), m.to, err)
	}
	decoded, err := new(mime.WordDecoder).DecodeHeader(m.header.Get("Subject"))
	if err != nil || strings.ContainsAny(decoded, "\r\n") {
		t.Errorf("mail %s: subject %q, %v", m.kind, decoded, err)
	}
}
