package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/web"
)

// answer is what a visitor gets: so much of it that the table below can be read.
type answer string

const (
	yes     answer = "yes"     // does it, or refuses what the form holds: 200, 303 to elsewhere than the sign-in form, 409, 422
	signIn  answer = "sign in" // 303 to the sign-in form
	no      answer = "no"      // 403
	unknown answer = "unknown" // 404: to this visitor there is no such thing
)

// The visitors, in the order of the table's columns. "own" leads the assignment that a route is about, "coop" cooperates in it,
// "other" has no part in its document.
var visitors = []string{"", officeEmail, leaderEmail, focalEmail, headEmail, otherEmail, communeEmail, adminEmail, noRoleEmail}

// row is one route with what each visitor gets, in the order of visitors.
type row struct {
	method, pattern string
	path            string // of the request; ":" parts filled by scene.path
	form            url.Values
	want            [9]answer
}

// accessTable says who may do what: written by hand from the design, "Who sees and does what".
func accessTable() []row {
	const (
		y, s, n, u = yes, signIn, no, unknown
	)
	stale := url.Values{"version": {"999"}} // refused as a conflict where it is allowed, so that nothing changes under the next visitor
	staleReason := url.Values{"version": {"999"}, "reason": {"Thiếu danh sách"}}
	everybody := [9]answer{y, y, y, y, y, y, y, y, y}
	signedIn := [9]answer{s, y, y, y, y, y, y, y, y}
	//                       nobody office leader own head coop other admin none
	office := [9]answer{s, y, n, n, n, n, n, n, n}
	draft := [9]answer{s, y, u, u, u, u, u, u, u}
	issued := [9]answer{s, y, n, n, n, n, u, u, u}
	read := [9]answer{s, y, y, y, y, y, u, u, u}
	report := [9]answer{s, n, n, y, y, n, u, u, u}
	decide := [9]answer{s, y, n, n, n, n, u, u, u}
	week := [9]answer{s, y, y, n, n, n, n, n, n}
	directory := [9]answer{s, y, n, n, n, n, n, y, n}
	admin := [9]answer{s, n, n, n, n, n, n, y, n}
	agencies := [9]answer{s, y, y, y, y, y, y, n, n}
	return []row{
		{"GET", "/", "/", nil, signedIn},
		{"GET", "/login", "/login", nil, everybody},
		{"POST", "/login", "/login", url.Values{"email": {"x"}}, everybody},
		{"POST", "/logout", "/logout", nil, [9]answer{s, s, s, s, s, s, s, s, s}},
		{"GET", "/password/forgot", "/password/forgot", nil, everybody},
		{"POST", "/password/forgot", "/password/forgot", url.Values{"email": {"nobody@mauson.example"}}, [9]answer{s, s, s, s, s, s, s, s, s}},
		{"GET", "/password/link/:token", "/password/link/none", nil, [9]answer{u, u, u, u, u, u, u, u, u}},
		{"POST", "/password/link/:token", "/password/link/none", nil, [9]answer{u, u, u, u, u, u, u, u, u}},
		{"GET", "/account", "/account", nil, signedIn},
		{"POST", "/account/password", "/account/password", nil, signedIn},
		{"POST", "/account/language", "/account/language", url.Values{"language": {"vi"}}, signedIn},

		{"GET", "/mine", "/mine", nil, [9]answer{s, n, n, y, y, y, y, n, n}},
		{"GET", "/inbox", "/inbox", nil, [9]answer{s, y, n, n, n, n, n, n, n}},
		{"GET", "/assignments", "/assignments", nil, agencies},
		{"GET", "/assignments/:id", "/assignments/:assignment", nil, read},
		{"POST", "/assignments/:id/report", "/assignments/:assignment/report", nil, report},
		{"POST", "/assignments/:id/withdraw", "/assignments/:assignment/withdraw", stale, report},
		{"POST", "/assignments/:id/confirm", "/assignments/:assignment/confirm", stale, decide},
		{"POST", "/assignments/:id/return", "/assignments/:assignment/return", staleReason, decide},
		{"POST", "/assignments/:id/reopen", "/assignments/:assignment/reopen", staleReason, decide},
		{"GET", "/assignments/:id/deadline", "/assignments/:assignment/deadline", nil, read},
		{"POST", "/assignments/:id/extension", "/assignments/:assignment/extension", stale, report},
		{"POST", "/assignments/:id/extension/withdraw", "/assignments/:assignment/extension/withdraw", stale, report},
		{"POST", "/assignments/:id/extension/decide", "/assignments/:assignment/extension/decide", stale, [9]answer{s, y, y, n, n, n, u, u, u}},
		{"POST", "/assignments/:id/deadline/correct", "/assignments/:assignment/deadline/correct", stale, decide},
		{"GET", "/evidence/:id", "/evidence/:evidence", nil, read},
		{"GET", "/week", "/week", nil, week},
		{"GET", "/week/:monday", "/week/2026-10-05", nil, week},

		{"GET", "/documents", "/documents", nil, agencies},
		{"GET", "/documents/new", "/documents/new", nil, office},
		{"POST", "/documents", "/documents", nil, office},
		{"GET", "/documents/takeover", "/documents/takeover", nil, office},
		{"POST", "/documents/takeover", "/documents/takeover", nil, office},
		{"GET", "/documents/takeover/:takeover", "/documents/takeover/:takeover", nil, office},
		{"POST", "/documents/takeover/:takeover/names", "/documents/takeover/:takeover/names", nil, office},
		{"POST", "/documents/takeover/:takeover/days", "/documents/takeover/:takeover/days", nil, office},
		{"POST", "/documents/takeover/:takeover/issue", "/documents/takeover/:takeover/issue", nil, office},
		{"POST", "/documents/takeover/:takeover/discard", "/documents/takeover/:takeover/discard", nil, office},
		{"GET", "/documents/:id", "/documents/:document", nil, read},
		{"GET", "/documents/:id/review", "/documents/:draft-document/review", nil, draft},
		{"POST", "/documents/:id/head", "/documents/:draft-document/head", stale, draft},
		{"POST", "/documents/:id/drafts", "/documents/:draft-document/drafts", nil, draft},
		{"GET", "/documents/:id/drafts/:draft", "/documents/:draft-document/drafts/:draft", nil, draft},
		{"POST", "/documents/:id/drafts/:draft", "/documents/:draft-document/drafts/:draft", stale, draft},
		{"POST", "/documents/:id/drafts/:draft/check", "/documents/:draft-document/drafts/:draft/check", stale, draft},
		{"POST", "/documents/:id/drafts/:draft/remove", "/documents/:draft-document/drafts/:draft/remove", stale, draft},
		{"POST", "/documents/:id/drafts/:draft/taken", "/documents/:tracked-document/drafts/:tracked-draft/taken", stale, draft},
		{"POST", "/documents/:id/drafts/:draft/leave", "/documents/:tracked-document/drafts/:tracked-draft/leave", stale, draft},
		{"POST", "/documents/:id/drafts/:draft/restore", "/documents/:draft-document/drafts/:draft/restore", stale, draft},
		{"POST", "/documents/:id/drafts/:draft/merge", "/documents/:draft-document/drafts/:draft/merge?above=1.1", stale, draft},
		{"GET", "/documents/:id/drafts/:draft/split", "/documents/:draft-document/drafts/:draft/split", nil, draft},
		{"POST", "/documents/:id/drafts/:draft/split", "/documents/:draft-document/drafts/:draft/split", stale, draft},
		{"POST", "/documents/:id/columns", "/documents/:draft-document/columns", nil, draft},
		{"POST", "/documents/:id/undo", "/documents/:draft-document/undo", nil, draft},
		{"POST", "/documents/:id/here", "/documents/:draft-document/here", nil, draft},
		{"POST", "/documents/:id/names", "/documents/:draft-document/names", nil, draft},
		{"POST", "/documents/:id/names/drop", "/documents/:draft-document/names/drop", nil, draft},
		{"GET", "/documents/:id/revision", "/documents/:draft-document/revision", nil, draft},
		{"POST", "/documents/:id/revision", "/documents/:draft-document/revision", stale, draft},
		{"POST", "/documents/:id/revision/document", "/documents/:draft-document/revision/document", stale, draft},
		{"GET", "/documents/:id/issue", "/documents/:draft-document/issue", nil, draft},
		{"POST", "/documents/:id/issue", "/documents/:draft-document/issue", stale, draft},
		{"POST", "/documents/:id/recall", "/documents/:document/recall", stale, issued},
		{"POST", "/documents/:id/release", "/documents/:document/release", nil, [9]answer{s, y, n, n, n, n, u, u, u}},
		{"POST", "/documents/:id/discard", "/documents/:draft-document/discard", stale, draft},
		{"GET", "/files/:id", "/files/:file", nil, read},

		{"GET", "/directory", "/directory", nil, directory},
		{"GET", "/directory/agencies/:id", "/directory/agencies/:agency", nil, directory},
		{"POST", "/directory/agencies/:id", "/directory/agencies/:agency", nil, directory},
		{"GET", "/directory/groups/:id", "/directory/groups/:group", nil, directory},
		{"POST", "/directory/groups/:id", "/directory/groups/:group", nil, directory},
		{"POST", "/directory/aliases", "/directory/aliases", nil, directory},
		{"POST", "/directory/aliases/:id/remove", "/directory/aliases/:alias/remove", nil, directory},
		{"GET", "/directory/names", "/directory/names", nil, office},
		{"POST", "/directory/names/:id/undo", "/directory/names/:alias/undo", nil, office},
		{"GET", "/directory/book", "/directory/book", nil, directory},
		{"GET", "/directory/book/template", "/directory/book/template", nil, directory},
		{"POST", "/directory/book", "/directory/book", nil, directory},
		{"POST", "/directory/book/load", "/directory/book/load", nil, directory},
		{"GET", "/suggest/agencies", "/suggest/agencies?q=so", nil, directory},
		{"GET", "/people", "/people", nil, directory},
		{"GET", "/people/:id", "/people/:person", nil, directory},
		{"POST", "/people/:id", "/people/:person", nil, admin},
		{"POST", "/people/:id/invite", "/people/:person/invite", nil, admin},
		{"GET", "/outbox", "/outbox", nil, directory},
		{"POST", "/outbox/:id/retry", "/outbox/:failed-mail/retry", nil, directory},
		{"POST", "/outbox/retry", "/outbox/retry", nil, directory},
		{"POST", "/outbox/:id/cancel", "/outbox/:waiting-mail/cancel", nil, directory},
		{"POST", "/outbox/release", "/outbox/release", nil, directory},
		{"GET", "/health", "/health", nil, directory},

		{"POST", "/demo/clock", "/demo/clock", url.Values{"to": {rigStart}}, everybody},
		{"POST", "/demo/release", "/demo/release", nil, everybody},
	}
}

// TestEveryRouteEveryRole asks every route as every visitor. A route that is not in the table fails.
func TestEveryRouteEveryRole(t *testing.T) {
	r := newRig(t, func(s *web.Server) { s.Demo = standingDemo{} })
	sc := newScene(t, r)
	table := accessTable()

	listed := make(map[string]bool)
	for _, row := range table {
		listed[row.method+" "+row.pattern] = true
	}
	for _, route := range r.Routes() {
		if !listed[route.Method+" "+route.Path] {
			t.Errorf("%s %s is not in the table", route.Method, route.Path)
		}
		delete(listed, route.Method+" "+route.Path)
	}
	for left := range listed {
		t.Errorf("%s is in the table and does not exist", left)
	}

	browsers := make(map[string]*client)
	for _, email := range visitors {
		browsers[email] = sc.browser(email)
	}
	for _, row := range table {
		t.Run(row.method+" "+strings.Trim(row.pattern, "/"), func(t *testing.T) {
			for i, email := range visitors {
				c := browsers[email]
				if row.pattern == "/logout" || row.pattern == "/login" {
					c = sc.browser(email) // one that the others do not need
				}
				path := sc.path(row.path)
				var p *page
				if row.method == http.MethodGet {
					p = c.get(path)
				} else {
					p = c.post(path, row.form)
				}
				if got := answerOf(p); got != row.want[i] {
					t.Errorf("%q at %s: %s (status %d, to %q), want %s", email, path, got, p.status, p.location, row.want[i])
				}
			}
		})
	}
}

func answerOf(p *page) answer {
	switch {
	case p.status == http.StatusSeeOther && strings.HasPrefix(p.location, "/login"):
		return signIn
	case p.status == http.StatusForbidden:
		return no
	case p.status == http.StatusNotFound:
		return unknown
	case slices.Contains([]int{http.StatusOK, http.StatusSeeOther, http.StatusConflict, http.StatusUnprocessableEntity}, p.status):
		return yes
	}
	return answer(fmt.Sprintf("status %d", p.status))
}

// standingDemo is a demo whose clock is not moved.
type standingDemo struct{}

func (standingDemo) MoveTo(context.Context, time.Time) error { return nil }
func (standingDemo) Release(context.Context) error           { return nil }
func (standingDemo) MailURL() string                         { return "http://127.0.0.1:1" }

// scene is a province in which every route has something to be about.
type scene struct {
	*rig
	ids     map[string]int64
	aliases int
}

func newScene(t *testing.T, r *rig) *scene {
	sc := &scene{rig: r, ids: make(map[string]int64)}
	doc, own := r.issue("10/CT-UBND",
		rigDuty{text: "Rà soát thủ tục hành chính", leads: []string{"Sở Nội vụ"}, cooperating: []string{"Sở Tài chính"}, due: "2026-10-30"})
	draft := r.importDocument("11/CT-UBND", rigDuty{text: "Kiểm tra công vụ", leads: []string{"Sở Nội vụ"}, due: "2026-11-30"})
	sc.ids["document"], sc.ids["assignment"], sc.ids["draft-document"] = doc.ID, own[0].ID, draft.ID
	review := must(r.Documents.Review(r.ctx(), r.person(officeEmail), draft.ID))(t)
	sc.ids["draft"] = review.Drafts[0].ID
	sc.ids["file"] = must(r.Documents.Get(r.ctx(), r.person(officeEmail), doc.ID))(t).Files[0].Attachment.ID
	sc.report(focalEmail, own[0].ID, tasks.ReportInput{
		Kind: tasks.ReportProgress, Percent: 20, Text: "Đã rà soát đợt một", Files: []tasks.Upload{{Name: "dot-1.pdf", Data: []byte("%PDF-1.7 một")}},
	})
	sc.ids["evidence"] = must(r.Assignments.Get(r.ctx(), r.person(officeEmail), own[0].ID))(t).Reports[0].Evidence[0].ID
	sc.ids["agency"], sc.ids["group"], sc.ids["person"] = r.agencies["XAB"].ID, r.groups[communesGroup].ID, r.people[communeEmail].ID
	tracker := r.importTracker(tasks.TrackedDocument{
		Head:   tasks.Head{Kind: tasks.KindPlan, Number: "5/KH-UBND", Title: "Khảo sát sự hài lòng"},
		Drafts: []tasks.Draft{trackedRow("Khảo sát sự hài lòng", tasks.StateInProgress, "2026-11-30")},
	})
	v := must(r.Documents.Takeover(r.ctx(), r.person(officeEmail), tracker.ID))(t)
	sc.ids["takeover"], sc.ids["tracked-document"], sc.ids["tracked-draft"] = tracker.ID, v.Order[0], v.Drafts[0].ID
	if err := r.Weeks.Freeze(r.ctx(), r.today().Monday()); err != nil {
		t.Fatal(err)
	}
	r.runDue()
	return sc
}

func (sc *scene) report(email string, assignment int64, in tasks.ReportInput) {
	sc.t.Helper()
	if err := sc.Assignments.Report(sc.ctx(), sc.person(email), assignment, in); err != nil {
		sc.t.Fatal(err)
	}
}

func (sc *scene) browser(email string) *client {
	if email == "" {
		return sc.client()
	}
	return sc.signIn(email)
}

// path fills the ":" parts of a path; what a request uses up is made anew for each.
func (sc *scene) path(pattern string) string {
	parts := strings.Split(pattern, "/")
	for i, part := range parts {
		name, ok := strings.CutPrefix(part, ":")
		if !ok {
			continue
		}
		id := sc.ids[name]
		switch name {
		case "alias":
			id = sc.newAlias()
		case "failed-mail":
			id = sc.newMail(true)
		case "waiting-mail":
			id = sc.newMail(false)
		}
		if id == 0 {
			sc.t.Fatalf("%s: there is no %s", pattern, name)
		}
		parts[i] = strconv.FormatInt(id, 10)
	}
	return strings.Join(parts, "/")
}

func (sc *scene) newAlias() int64 {
	sc.t.Helper()
	sc.aliases++
	name := fmt.Sprintf("Tên gọi %d", sc.aliases)
	if err := sc.Directory.AddAlias(sc.ctx(), tasks.System, tasks.Alias{Name: name, AgencyID: sc.agencies["STC"].ID}); err != nil {
		sc.t.Fatal(err)
	}
	for _, a := range must(sc.Directory.All(sc.ctx(), tasks.System))(sc.t).Aliases {
		if a.Name == name {
			return a.ID
		}
	}
	sc.t.Fatalf("alias %s was not kept", name)
	return 0
}

// newMail makes a mail that waits, or one that has failed.
func (sc *scene) newMail(failed bool) int64 {
	sc.t.Helper()
	if _, err := sc.Accounts.Invite(sc.ctx(), tasks.System, sc.people[otherEmail].ID); err != nil {
		sc.t.Fatal(err)
	}
	sc.runDue()
	m := sc.mails()[0]
	if failed {
		if err := sc.db.Outbox().MarkRefused(sc.ctx(), m, notify.Refusal{Reason: "550 no such user"}); err != nil {
			sc.t.Fatal(err)
		}
	}
	return m.ID
}
