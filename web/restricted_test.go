package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// secrets are planted in a restricted duty: each must be found by those who may read it and by nobody else, and in no mail at all.
var secrets = map[string]string{
	"text": "KINVIEC", "deliverable": "KINSANPHAM", "phrase": "KINTHOIHAN", "report": "KINBAOCAO", "number": "KINSOHIEU", "file": "KINTEP",
	"returned": "KINTRALAI", "remark": "KINBUTPHE", "answer": "KINGIAITRINH", "extension": "KINGIAHAN", "refused": "KINTUCHOI", "decline": "KINDENGHI",
	"insisted": "KINYEUCAU", "asked": "KINPHOIHOP", "sent": "KINDONGGOP", "held": "KINTAMDUNG", "wanting": "KINBOSUNG", "mark": "KINHANCHE",
}

// outsideEmail heads the agency that has another duty of the same document.
const outsideEmail = "giamdoc.stc@mauson.example"

// restrictedRig is a document with a restricted duty of SNV, in which XAB cooperates, beside one of STC; everything that can be said on the
// first holds a secret.
func restrictedRig(t *testing.T) (*rig, tasks.Document, tasks.Assignment) {
	t.Helper()
	r := newRig(t)
	r.addPerson(outsideEmail, "Lý Giám Đốc", tasks.Grant{Role: tasks.RoleHead, AgencyID: r.agencies["STC"].ID})
	doc := r.importDocument("10/CT-UBND",
		rigDuty{text: secrets["text"] + " rà soát nhân sự", leads: []string{"Sở Nội vụ"}, cooperating: []string{"UBND xã An Bình"}, due: "2026-10-12"},
		rigDuty{text: "Công khai ngân sách", leads: []string{"Sở Tài chính"}, due: "2026-10-12"})
	office := r.person(officeEmail)
	d := must(r.Documents.Review(r.ctx(), office, doc.ID))(t).Drafts[0]
	r.did(r.Documents.UpdateDraft(r.ctx(), office, doc.ID, d.ID, tasks.DraftInput{
		Ref: d.Ref, Text: d.Text, Deliverable: secrets["deliverable"], Phrase: secrets["phrase"], Deadline: d.Written.Date, Leads: d.Leads, Cooperating: d.Cooperating,
		Checked: true, Restricted: true,
	}))
	r.did(r.Documents.Issue(r.ctx(), office, doc.ID, 0))
	v := must(r.Documents.Get(r.ctx(), office, doc.ID))(t)
	return r, v.Document, v.Assignments[0]
}

func (r *rig) addPerson(email, name string, grants ...tasks.Grant) {
	r.t.Helper()
	p := must(r.Accounts.SavePerson(r.ctx(), tasks.System, tasks.Person{Email: email, Name: name, Active: true, Grants: grants}))(r.t)
	hash := must(rigHash())(r.t)
	r.did(r.db.Accounts().Update(r.ctx(), func(tx tasks.AccountTx) error { return tx.SetPasswordHash(p.ID, hash) }))
	r.people[email] = p
}

// live lets everything be done to the duty that leaves words, a day or more apart, so that each is told by mail.
func (r *rig) live(a tasks.Assignment) {
	r.t.Helper()
	ctx, office, leader, focal, commune := r.ctx(), r.person(officeEmail), r.person(leaderEmail), r.person(focalEmail), r.person(communeEmail)
	pass := func(d time.Duration) {
		r.clock.add(d)
		r.runDue()
	}
	report := func(state tasks.ReportKind) {
		r.did(r.Assignments.Report(ctx, focal, a.ID, tasks.ReportInput{
			Kind: state, Percent: 50, Text: secrets["report"], Documents: secrets["number"] + "/BC", Files: []tasks.Upload{{Name: secrets["file"] + ".pdf", Data: []byte("%PDF-1.7 kín")}},
		}))
	}
	pass(time.Hour)
	r.did(r.Assignments.GiveRemark(ctx, leader, a.ID, tasks.RemarkInput{Kind: tasks.RemarkExplain, Words: secrets["remark"], Due: date("2026-10-08"), Wide: true}))
	pass(time.Hour)
	r.did(r.Assignments.AskContributions(ctx, focal, a.ID, tasks.ContributionRequest{Agencies: a.Cooperating, Words: secrets["asked"], Due: date("2026-10-09")}))
	pass(24 * time.Hour)
	r.did(r.Assignments.SendContribution(ctx, commune, a.ID, tasks.ContributionInput{Words: secrets["sent"]}))
	r.did(r.Assignments.AskExtension(ctx, focal, a.ID, tasks.ExtensionInput{Due: date("2026-10-20"), Reason: secrets["extension"]}))
	r.did(r.Assignments.DecideExtension(ctx, office, a.ID, tasks.ExtensionDecision{Answer: secrets["refused"], Authority: "Chủ tịch UBND tỉnh"}))
	pass(24 * time.Hour)
	r.did(r.Assignments.Decline(ctx, focal, a.ID, tasks.DeclineInput{Reason: secrets["decline"]}))
	r.did(r.Assignments.Insist(ctx, office, a.ID, tasks.PauseInput{Reason: secrets["insisted"], Authority: "Chủ tịch UBND tỉnh"}))
	pass(time.Hour)
	remark := must(r.Assignments.RemarkView(ctx, office, a.ID))(r.t).Lines[0]
	r.did(r.Assignments.AnswerRemark(ctx, focal, a.ID, remark.ID, tasks.RemarkAnswerInput{Words: secrets["answer"]}))
	pass(24 * time.Hour)
	r.did(r.Assignments.Hold(ctx, office, a.ID, tasks.PauseInput{Reason: secrets["held"], Authority: "Chủ tịch UBND tỉnh"}))
	pass(time.Hour)
	r.did(r.Assignments.Resume(ctx, office, a.ID, tasks.PauseInput{Reason: secrets["held"], Authority: "Chủ tịch UBND tỉnh"}))
	report(tasks.ReportSubmission)
	sent := must(r.Assignments.Get(ctx, office, a.ID))(r.t).Reports[0]
	r.did(r.Assignments.JudgeEvidence(ctx, office, a.ID, tasks.JudgeInput{ReportID: sent.ID, State: tasks.EvidenceWanting, Words: secrets["wanting"]}))
	pass(time.Hour)
	r.did(r.Assignments.Return(ctx, office, a.ID, 0, secrets["returned"]))
	for range 12 { // overdue reminders, roll-ups and digests
		pass(24 * time.Hour)
	}
}

func date(s string) calendar.Date { return calendar.MustParseDate(s) }

// everything is the page's source, of a file that was sent what it holds.
func (p *page) everything() string {
	if strings.HasPrefix(p.body, "PK\x03\x04") {
		return said(p.t, p.body)
	}
	return p.unasked()
}

// lookAround asks for each page of the table of routes, with the identifiers of what there is, and for lists that are narrowed down or sent
// as files.
func (r *rig) lookAround(c *client, visit func(*page)) {
	r.t.Helper()
	for _, row := range accessTable() {
		if row.method != http.MethodGet || !strings.Contains(row.pattern, ":") {
			if row.method == http.MethodGet {
				visit(c.get(row.path))
			}
			continue
		}
		for id := 1; id <= 3; id++ {
			parts := strings.Split(row.path, "/")
			for i, part := range parts {
				if strings.HasPrefix(part, ":") {
					parts[i] = fmt.Sprint(id)
				}
			}
			visit(c.get(strings.Join(parts, "/")))
		}
	}
	for _, path := range []string{
		"/audit?topic=report", "/audit?topic=step", "/audit?topic=issue", "/audit?topic=deadline", "/audit?assignment=1", "/audit?document=1", "/register?period=2026-10",
		"/register.xlsx?period=2026-10", "/register.docx?period=2026-10", "/assignments?words=kinviec", "/assignments?words=kinviec&state=all", "/documents?words=kinviec",
		"/assignments?words=kinviec&agency=" + text(r.agencies["SNV"].ID), "/outbox?q=kin", "/assignments.xlsx?state=all", "/assignments?group=task&state=all",
	} {
		visit(c.get(path))
	}
}

func TestRestrictedDutiesShowNowhere(t *testing.T) {
	r, _, a := restrictedRig(t)
	r.live(a)
	r.did(r.Assignments.Restrict(r.ctx(), r.person(officeEmail), a.TaskID, tasks.RestrictInput{Reason: secrets["mark"]}))
	r.did(r.Assignments.Restrict(r.ctx(), r.person(officeEmail), a.TaskID, tasks.RestrictInput{Restricted: true, Reason: secrets["mark"]}))
	for _, email := range []string{otherEmail, outsideEmail, adminEmail, noRoleEmail} {
		t.Run(email, func(t *testing.T) {
			c := r.signIn(email)
			look := func(p *page) {
				for what, secret := range secrets {
					if strings.Contains(p.everything(), secret) {
						t.Errorf("%s shows the %s", p.path, what)
					}
				}
			}
			if email == otherEmail || email == adminEmail {
				crawl(t, c, look)
			}
			r.lookAround(c, look)
		})
	}
	if body := r.client().get(r.calendarOf(otherEmail, true)).body; strings.Contains(body, "KIN") {
		t.Errorf("another agency's calendar: %s", body)
	}
	// The same walk finds each where it may be read: the secrets are where the walk looks.
	found := make(map[string]bool)
	r.lookAround(r.signIn(officeEmail), func(p *page) { find(found, p) })
	for what := range secrets {
		if !found[what] {
			t.Errorf("the secretariat finds no %s", what)
		}
	}
	for email, unseen := range map[string][]string{leaderEmail: nil, focalEmail: nil, headEmail: nil, communeEmail: {"asked", "sent"}} {
		found, c := make(map[string]bool), r.signIn(email)
		for _, rest := range []string{"", "/evidence", "/deadline", "/assign", "/pause", "/remarks", "/contributions"} {
			find(found, c.get(path(a)+rest).want(http.StatusOK))
		}
		for what := range secrets {
			if !found[what] && !slices.Contains(unseen, what) {
				t.Errorf("%s, who may read the duty, finds no %s", email, what)
			}
		}
	}
}

func find(found map[string]bool, p *page) {
	for what, secret := range secrets {
		found[what] = found[what] || strings.Contains(p.everything(), secret)
	}
}

// No mail and no calendar brings more than number, day and address, to nobody.
func TestNoMailTellsOfARestrictedDuty(t *testing.T) {
	r, _, a := restrictedRig(t)
	r.live(a)
	mails := r.rawMails()
	to := make(map[string]int)
	numbered := 0
	for _, m := range mails {
		to[m.to]++
		for what, secret := range secrets {
			if strings.Contains(m.text, secret) || strings.Contains(m.subject, secret) {
				t.Errorf("the mail %q to %s tells the %s", m.subject, m.to, what)
			}
		}
		if strings.Contains(m.text, "Nhiệm vụ hạn chế, mục 1") && strings.Contains(m.text, path(a)) {
			numbered++
		}
	}
	for _, email := range []string{focalEmail, headEmail, communeEmail, leaderEmail} {
		if to[email] == 0 {
			t.Errorf("no mail went to %s: %v", email, to)
		}
	}
	if numbered < 8 {
		t.Errorf("%d mails name the duty by its number, of %d", numbered, len(mails))
	}
	_, entries := readCalendar(t, r.client().get(r.calendarOf(focalEmail, true)).want(http.StatusOK).body)
	if len(entries) == 0 {
		t.Error("an empty calendar")
	}
	for _, e := range entries {
		if !strings.Contains(e["SUMMARY"], "Nhiệm vụ hạn chế, mục 1") || !strings.Contains(e["DESCRIPTION"], path(a)) || strings.Contains(fmt.Sprint(e), "KIN") {
			t.Errorf("calendar %v", e)
		}
	}
}

// What is marked later is hidden from then on: on pages that were read before, in mails that wait, in subjects of those that were sent.
func TestADutyIsRestrictedAndOpenedAgain(t *testing.T) {
	r := newRig(t)
	doc, list := r.issue("10/CT-UBND",
		rigDuty{text: "KINVIEC rà soát nhân sự", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"},
		rigDuty{text: "Công khai ngân sách", leads: []string{"Sở Tài chính"}, due: "2026-10-30"})
	r.did(r.Assignments.GiveRemark(r.ctx(), r.person(leaderEmail), list[0].ID, tasks.RemarkInput{Kind: tasks.RemarkOrder, Words: "KINBUTPHE"}))
	r.clock.add(time.Hour)
	r.runDue()
	office, other, focal, admin := r.signIn(officeEmail), r.signIn(otherEmail), r.signIn(focalEmail), r.signIn(adminEmail)
	page := "/documents/" + text(doc.ID)
	file := "/files/" + text(must(r.Documents.Get(r.ctx(), r.person(officeEmail), doc.ID))(t).Files[0].Attachment.ID)
	other.get(page).wantText("KINVIEC").wantNoText("Hạn chế")
	other.get(file).want(http.StatusOK)
	office.get("/assignments").wantText("KINVIEC").wantNoText("Hạn chế")
	if !admin.get("/outbox").has("KINVIEC") {
		t.Fatal("no subject quotes the duty: nothing to erase")
	}

	form := "/tasks/" + text(list[0].TaskID) + "/restriction"
	office.get(path(list[0])).wantText("Mọi cơ quan có nhiệm vụ trong văn bản")
	ask := office.get(form).want(http.StatusOK).wantText("Đặt chế độ hạn chế cho nhiệm vụ này?", "Tệp văn bản không còn mở cho: Sở Tài chính")
	typed := ask.form(form)
	office.post(form, typed).want(http.StatusUnprocessableEntity).wantText("Lý do")
	typed.Set("reason", "Liên quan nhân sự")
	office.post(form, typed).want(http.StatusSeeOther).follow().follow().wantText("Đã đặt chế độ hạn chế.", "Hạn chế: chỉ cơ quan có phần việc")
	office.post(form, typed).want(http.StatusConflict).wantText("Người khác vừa thay đổi", "Liên quan nhân sự")

	other.get(page).wantText("Nhiệm vụ hạn chế", "Công khai ngân sách", "Tệp văn bản chỉ mở cho").wantNoText("KINVIEC")
	other.get(file).want(http.StatusForbidden).wantText("Tệp này có nhiệm vụ hạn chế")
	other.get(path(list[1])).want(http.StatusOK).wantNoText("KINVIEC")
	focal.get(file).want(http.StatusOK)
	focal.get(path(list[0])).wantText("KINVIEC", "KINBUTPHE", "Hạn chế", "đặt chế độ hạn chế", "Liên quan nhân sự")
	office.get("/assignments").wantText("KINVIEC", "Hạn chế")
	focal.get("/mine").wantText("KINVIEC", "Hạn chế")
	admin.get("/outbox").wantNoText("KIN").wantText("thư về nhiệm vụ hạn chế")
	admin.get("/outbox?q=kinviec").wantNoText("thư về nhiệm vụ hạn chế")
	r.runDue()
	for _, m := range r.rawMails() {
		if strings.Contains(m.text+m.subject, "KIN") {
			t.Errorf("a mail that waited tells it to %s: %s", m.to, m.subject)
		}
	}

	again := office.get(form).wantText("Bỏ chế độ hạn chế").form(form)
	again.Set("reason", "Đã công bố")
	office.post(form, again).want(http.StatusSeeOther)
	other.get(page).wantText("KINVIEC")
	other.get(file).want(http.StatusOK)
	office.get("/assignments").wantText("KINVIEC").wantNoText("Hạn chế")
}

// A duty is marked at review; the mark is issued with it, and a recall brings it back to the draft.
func TestADraftIsRestricted(t *testing.T) {
	r := newRig(t)
	doc := r.importDocument("10/CT-UBND", rigDuty{text: "Rà soát nhân sự", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"})
	office := r.signIn(officeEmail)
	base := "/documents/" + text(doc.ID)
	draft := base + "/drafts/" + text(must(r.Documents.Review(r.ctx(), r.person(officeEmail), doc.ID))(t).Drafts[0].ID)
	form := office.get(draft).wantText("Nhiệm vụ hạn chế", "Tệp văn bản khi đó chỉ mở cho").form(draft)
	form.Set("restricted", "1")
	office.post(draft, form).want(http.StatusSeeOther)
	office.get(base + "/review").wantText("Hạn chế")
	if got, _ := office.get(draft).value("restricted"); got != "1" {
		t.Errorf("the box has %q", got)
	}
	office.get(base + "/issue").wantText("1 nhiệm vụ hạn chế")
	issue := office.get(base + "/issue").form(base + "/issue")
	office.post(base+"/issue", issue).want(http.StatusSeeOther)
	v := must(r.Documents.Get(r.ctx(), r.person(officeEmail), doc.ID))(t)
	if !v.Tasks[0].Restricted {
		t.Fatal("the mark was lost at issue")
	}
	// Lifted on the duty, it is lifted on the draft to which a recall leads.
	r.did(r.Assignments.Restrict(r.ctx(), r.person(officeEmail), v.Tasks[0].ID, tasks.RestrictInput{Reason: "Nhầm"}))
	r.did(r.Documents.Recall(r.ctx(), r.person(officeEmail), doc.ID, 0))
	if must(r.Documents.Review(r.ctx(), r.person(officeEmail), doc.ID))(t).Drafts[0].Restricted {
		t.Error("the draft is restricted still")
	}
}

// The follow-up book is for those who may read it; the annex of the report leaves the house.
func TestTheAnnexNamesRestrictedDutiesByNumber(t *testing.T) {
	r, _, a := restrictedRig(t)
	r.did(r.Assignments.Report(r.ctx(), r.person(focalEmail), a.ID, tasks.ReportInput{Kind: tasks.ReportProgress, Percent: 10, Text: secrets["report"]}))
	c := r.signIn(leaderEmail)
	for _, file := range []string{"/register.docx", "/register.xlsx"} {
		if body := said(t, c.get(file+"?period=2026-10").want(http.StatusOK).body); !strings.Contains(body, secrets["text"]) {
			t.Errorf("%s hides the duty from a leader", file)
		}
	}
	c.get("/register/report?period=2026-10").wantText("chỉ ghi số mục trong phụ lục")
	for _, kind := range []string{"docx", "xlsx"} {
		body := said(t, c.post("/register/report", url.Values{"period": {"2026-10"}, "file": {kind}}).want(http.StatusOK).body)
		if strings.Contains(body, "KIN") || !strings.Contains(body, "Nhiệm vụ hạn chế, mục 1") || !strings.Contains(body, "Công khai ngân sách") {
			t.Errorf("the annex as %s: %s", kind, body)
		}
	}
}

// Agencies are asked about a restricted draft only when it names them.
func TestRestrictedDraftsInAConsultation(t *testing.T) {
	r := newRig(t)
	id, draft := r.consulted("21/CT-UBND")
	office := r.person(officeEmail)
	d := must(r.Documents.Review(r.ctx(), office, draft.ID))(t).Drafts[1]
	page := "/consultations/" + text(id)
	focal, other := r.signIn(focalEmail), r.signIn(otherEmail)
	file := page + "/files/" + text(must(r.Documents.Review(r.ctx(), office, draft.ID))(t).Files[0].Attachment.ID)
	focal.get(page).wantText("Công khai ngân sách")
	focal.get(file).want(http.StatusOK)
	r.did(r.Documents.UpdateDraft(r.ctx(), office, draft.ID, d.ID, tasks.DraftInput{
		Ref: d.Ref, Text: d.Text, Phrase: d.Written.Phrase, Deadline: d.Deadline, Leads: d.Leads, Checked: true, Restricted: true,
	}))
	focal.get(page).wantText("Nhiệm vụ hạn chế", "Rà soát thủ tục hành chính", "không gửi kèm").wantNoText("Công khai ngân sách")
	focal.get(file).want(http.StatusForbidden)
	other.get(page).wantText("Công khai ngân sách", "Hạn chế")
	other.get(file).want(http.StatusOK)
	form := focal.get(page).form(page + "/answer")
	if len(form["item"]) != 1 {
		t.Errorf("an opinion is asked on %v", form["item"])
	}
	form.Set("do", "agree")
	focal.post(page+"/answer", form).want(http.StatusSeeOther)
	// The same when the draft is gone and only what was asked is left.
	r.did(r.Documents.Discard(r.ctx(), office, draft.ID, 0))
	focal.get(page).wantNoText("Công khai ngân sách")
	other.get(page).wantText("Công khai ngân sách")
}
