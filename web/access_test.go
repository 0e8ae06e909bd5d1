package web_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/web"
)

// TestEveryRouteEveryRole asks every route as every visitor. A route that is not in the table fails.
func TestEveryRouteEveryRole(t *testing.T) {
	t.Parallel()
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
	sc.deputyEveryRoute(table)
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
	if err := r.Assignments.GiveRemark(r.ctx(), r.person(leaderEmail), own[0].ID, tasks.RemarkInput{Kind: tasks.RemarkOrder, Words: "Kiểm tra công vụ"}); err != nil {
		t.Fatal(err)
	}
	sc.ids["remark"] = must(r.Assignments.RemarkView(r.ctx(), tasks.System, own[0].ID))(t).Lines[0].ID
	if err := r.Assignments.GiveRemark(r.ctx(), r.person(leaderEmail), own[0].ID, tasks.RemarkInput{Kind: tasks.RemarkOrder, Words: "Kiểm tra công vụ"}); err != nil {
		t.Fatal(err)
	}
	answered := must(r.Assignments.RemarkView(r.ctx(), tasks.System, own[0].ID))(t).Lines[0].ID
	if err := r.Assignments.AnswerRemark(r.ctx(), r.person(focalEmail), own[0].ID, answered, tasks.RemarkAnswerInput{
		Words: "Kiểm tra công vụ", Files: []tasks.Upload{{Name: "tra-loi.pdf", Data: []byte("%PDF-1.7 trả lời")}},
	}); err != nil {
		t.Fatal(err)
	}
	sc.ids["reply"] = must(r.Assignments.RemarkView(r.ctx(), tasks.System, own[0].ID))(t).Lines[0].Answers[0].Files[0].ID
	if err := r.Assignments.AskContributions(r.ctx(), r.person(focalEmail), own[0].ID, tasks.ContributionRequest{
		Agencies: own[0].Cooperating, Words: "Kiểm tra công vụ", Due: own[0].Due,
	}); err != nil {
		t.Fatal(err)
	}
	sc.ids["contribution"] = must(r.Assignments.Contributions(r.ctx(), tasks.System, own[0].ID))(t).Lines[0].ID
	_, several := r.issue("12/CT-UBND", rigDuty{text: "Rà soát thủ tục hành chính", leads: []string{"Sở Nội vụ", "Sở Tài chính"}, due: "2026-10-30"})
	sc.ids["task"] = several[0].TaskID
	_, recurring := r.issue("14/CT-UBND",
		rigDuty{text: "Báo cáo cải cách hành chính", leads: []string{"Sở Nội vụ", "Sở Tài chính"}, cadence: "FREQ=MONTHLY;BYMONTHDAY=25", opens: 10},
		rigDuty{text: "Báo cáo cải cách hành chính", leads: []string{"Sở Nội vụ", "Sở Tài chính"}, cadence: "FREQ=MONTHLY;BYMONTHDAY=25"})
	sc.ids["recurring"], sc.ids["cadenced"] = recurring[0].TaskID, recurring[len(recurring)-1].TaskID
	sc.ids["agency"], sc.ids["group"], sc.ids["person"] = r.agencies["XAB"].ID, r.groups[communesGroup].ID, r.people[communeEmail].ID
	sc.ids["agency-change"] = must(r.Changes.Prepare(r.ctx(), r.person(officeEmail), tasks.ChangeInput{
		Kind: tasks.ChangeMerge, Day: r.today().AddDays(30), Document: "1654/NQ-UBTVQH15", Predecessors: []int64{r.agencies["XAB"].ID}, Successors: []int64{r.agencies["STC"].ID},
	}))(t)
	tracker := r.importTracker(tasks.TrackedDocument{
		Head:   tasks.Head{Kind: tasks.KindPlan, Number: "5/KH-UBND", Title: "Khảo sát sự hài lòng"},
		Drafts: []tasks.Draft{trackedRow("Khảo sát sự hài lòng", tasks.StateInProgress, "2026-11-30")},
	})
	v := must(r.Documents.Takeover(r.ctx(), r.person(officeEmail), tracker.ID))(t)
	sc.ids["takeover"], sc.ids["tracked-document"], sc.ids["tracked-draft"] = tracker.ID, v.Order[0], v.Drafts[0].ID
	consultation, consulted := r.consulted("13/CT-UBND")
	sc.ids["consultation"], sc.ids["letter-file"] = consultation, r.letterOf(consultation, "STC")
	sc.ids["consulted-file"] = must(r.Documents.Review(r.ctx(), r.person(officeEmail), consulted.ID))(t).Files[0].Attachment.ID
	sc.ids["letter"], sc.ids["letter-copy"], sc.ids["letter-draft"] = r.agencyLetters("SNV")
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
		case "saved-view":
			sc.aliases++
			id = must(sc.Assignments.SaveView(sc.ctx(), sc.person(officeEmail), tasks.SavedViewInput{
				Name: fmt.Sprintf("CCHC %d", sc.aliases), Query: "state=all", Shared: true,
			}))(sc.t).ID
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
