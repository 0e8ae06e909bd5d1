package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"tiendo/web"
)

// badValues are what no form should hold.
var badValues = []string{
	"", " ", "\x00", "Sở\x00Nội vụ", "\xff\xfe\xfa", "Sở \xe1\xbb", "\u202eđảo\u202c", "👩‍👩‍👧", "\r\nBcc: ai@do.example\r\n\r\n", "<script>alert(1)</script>", "{{.}}",
	"-1", "0", "101", "99999999999999999999", "-9223372036854775809", "1e309", "NaN", "１２", "٣",
	"31/2/2026", "2026-02-31", "1/1/0", "0000-01-01", "9999-12-31", "10000-01-01", "5/10/26", "2026-10-05T07:00:00+07:00",
	"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", "FREQ=DAILY;INTERVAL=0", "FREQ=YEARLY;INTERVAL=99999999", "FREQ=SECONDLY", "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=MONTHLY;BYDAY=99MO",
	"FREQ=YEARLY;UNTIL=00000101", "FREQ=DAILY;COUNT=999999999999",
	"a999999", "g999999", "a-1", "a", "g", "../../etc/passwd", "=cmd|' /C calc'!A0", "' OR 1=1 --", "%00%ff%zz", "new", "other",
}

// fieldNames are the names of every control of every form, and some of none.
var fieldNames = []string{
	"active", "add", "after", "agency", "book", "cadence", "code", "cooperating", "cooperating_text", "current", "date", "deadline", "default_cadence", "default_due",
	"default_rule", "deliverable", "documents", "draft", "email", "focal", "focal_text", "from", "grants", "head", "head_text", "issuer", "joint", "keep", "kind", "language",
	"lead", "lead_text", "member", "members", "members_text", "name", "next", "number", "party", "party_text", "password", "percent", "phone", "phrase", "position", "reason", "ref",
	"remember", "rule", "short_name", "since", "successor", "successor_text", "text", "title", "to", "version", "written", "year", "step", "at", "khong-co",
}

// Whatever a form or an address holds, the answer is one that a person can use: never a failure of the program.
func TestBadValuesOnEveryRoute(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	office := r.signIn(officeEmail)
	base := uploadDirective(t, r, office)
	draft := text(drafts(t, r, base)[0].ID)
	_, issued := r.issue("10/CT-UBND", rigDuty{text: "Báo cáo", leads: []string{"Sở Nội vụ"}, due: "2026-11-16"})
	ids := map[string][]string{
		"/documents/": {text(documentID(t, base)), "999999", "-1", "99999999999999999999", "0x1", "\x00"}, "/assignments/": {text(issued[0].ID), "999999", "-1", "a\xff"},
		"/directory/agencies/": {text(r.agencies["STC"].ID), "new", "999999", "-1"}, "/directory/groups/": {"1", "new", "999999"},
		"/people/": {text(r.people[noRoleEmail].ID), "new", "999999"}, "": {"1", "999999", "-1", "x"},
	}
	clients := map[string]*client{}
	by := func(email string) *client {
		if clients[email] == nil {
			clients[email] = r.signIn(email)
		}
		return clients[email]
	}
	routes := r.Routes()
	// What ends things comes last.
	slices.SortStableFunc(routes, func(a, b web.Route) int {
		last := func(r web.Route) int {
			if slices.ContainsFunc([]string{"/discard", "/issue", "/recall", "/remove"}, func(end string) bool { return strings.HasSuffix(r.Path, end) }) {
				return 1
			}
			return 0
		}
		return last(a) - last(b)
	})
	requests := 0
	for _, rt := range routes {
		if rt.Path == "/logout" || strings.HasPrefix(rt.Path, "/demo/") {
			continue
		}
		email := officeEmail
		switch {
		case strings.HasPrefix(rt.Path, "/directory"), strings.HasPrefix(rt.Path, "/people"), strings.HasPrefix(rt.Path, "/outbox"), rt.Path == "/health":
			email = adminEmail
		case strings.HasSuffix(rt.Path, "/report"), strings.HasSuffix(rt.Path, "/withdraw"), rt.Path == "/mine":
			email = focalEmail
		case rt.Path == "/account/password":
			email = noRoleEmail
		}
		var known []string
		for prefix, list := range ids {
			if strings.HasPrefix(rt.Path, prefix) && (prefix != "" || known == nil) {
				known = list
			}
		}
		for _, id := range known {
			path := strings.NewReplacer(":id", url.PathEscape(id), ":draft", draft, ":token", "khong-co", ":monday", url.PathEscape(id)).Replace(rt.Path)
			for i, bad := range badValues {
				if id != known[0] && i%8 != 3 {
					continue // every value on the first, some on the others
				}
				values := url.Values{}
				for _, name := range fieldNames {
					values.Set(name, bad)
				}
				start := time.Now()
				var p *page
				if rt.Method == http.MethodGet {
					p = by(email).get(path + "?" + values.Encode() + "&words=" + url.QueryEscape(bad) + "&state=" + url.QueryEscape(bad) + "&q=" + url.QueryEscape(bad))
				} else {
					p = by(email).post(path, values)
				}
				requests++
				if p.status >= http.StatusInternalServerError {
					t.Errorf("%s %s with %q: status %d: %s", rt.Method, path, bad, p.status, p.text())
				}
				if took := time.Since(start); took > 30*time.Second {
					t.Errorf("%s %s with %q took %s", rt.Method, path, bad, took)
				}
				if strings.HasPrefix(p.location, "/login") && !strings.HasPrefix(rt.Path, "/password") && rt.Path != "/login" {
					t.Fatalf("%s %s with %q signed %s out: the rest would try nothing", rt.Method, path, bad, email)
				}
				if !strings.Contains(rt.Path, ":id") && rt.Method == http.MethodGet && i > 12 {
					break
				}
			}
			if !strings.Contains(rt.Path, ":id") && !strings.Contains(rt.Path, ":monday") {
				break
			}
		}
	}
	if requests < 1000 {
		t.Errorf("only %d requests were tried", requests)
	}
	for email, pages := range map[string][]string{
		officeEmail: {"/inbox", "/documents", "/assignments", "/week", "/directory"}, adminEmail: {"/people", "/outbox", "/health"}, focalEmail: {"/mine"},
	} {
		for _, path := range pages {
			by(email).get(path).want(http.StatusOK)
		}
	}
}

// A megabyte in a field is refused beside it, with the limit, or as a whole where the form may not be so large.
func TestVeryLongFields(t *testing.T) {
	r := newRig(t)
	office := r.signIn(officeEmail)
	base := uploadDirective(t, r, office)
	draftPath := base + "/drafts/" + text(drafts(t, r, base)[0].ID)
	long := strings.Repeat("x", 1<<20)
	for _, test := range []struct{ path, field string }{
		{draftPath, "text"}, {draftPath, "deliverable"}, {draftPath, "phrase"}, {draftPath, "ref"}, {base + "/head", "title"}, {base + "/head", "number"}, {base + "/head", "issuer"},
		{"/documents", "title"}, {"/documents", "text"},
	} {
		t.Run(test.path+" "+test.field, func(t *testing.T) {
			form := url.Values{"title": {"Giữ lại"}}
			switch test.path {
			case draftPath:
				form = office.get(draftPath).form(draftPath)
			case base + "/head":
				form = office.get(base + "/review").form(base + "/head")
			}
			form.Set(test.field, long)
			office.post(test.path, form).want(http.StatusUnprocessableEntity).wantText("Nội dung dài quá")
		})
	}
	// Many of them are more than a form without files may hold: the limit is told.
	p := office.post(base+"/head", url.Values{"title": {long}, "number": {long}, "issuer": {long}}).want(http.StatusRequestEntityTooLarge)
	p.wantText("2 MB", "chưa lưu")
}

// More than one request may hold: which limit, and what to do.
func TestUploadBeyondTheLimit(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	office := r.signIn(officeEmail)
	files := make([]file, 7)
	for i := range files {
		files[i] = file{"files", fmt.Sprintf("phụ lục %d.docx", i+1), make([]byte, 19<<20)}
	}
	office.upload("/documents", url.Values{"title": {"Gõ tay"}}, files...).want(http.StatusRequestEntityTooLarge).
		wantText("120 MB", "20 MB", "nút quay lại")
	p := office.upload("/documents", url.Values{"title": {"Gõ tay"}}, file{"files", "to.docx", make([]byte, 21<<20)}).want(http.StatusUnprocessableEntity)
	p.wantText("Tệp to.docx lớn hơn 20 MB")
	if got, _ := p.value("title"); got != "Gõ tay" {
		t.Errorf("title holds %q", got)
	}
}
