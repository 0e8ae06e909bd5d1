package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"tiendo/tasks"
)

// overtaken is a form about an assignment that somebody fills while another person changes the same assignment.
type overtaken struct {
	route string // below /assignments/:id
	who   string
	page  string // below the assignment's address; where the form stands
	typed map[string]string
	// before brings the assignment to where the form is offered.
	before []func(o *overtaking)
	// other is what another person does; nil: a leader's word.
	other    func(o *overtaking)
	by, says string // who that is, and words of his change; "" with a leader's word
	// ended tells that the other's change took the form away: what was typed is kept to be copied.
	ended bool
}

// overtaking is a rig with the assignment of one case.
type overtaking struct {
	*rig
	a tasks.Assignment
}

const othersWords = "Ưu tiên việc này trước ngày 20"

func (o *overtaking) do(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *overtaking) remark(words string) {
	o.t.Helper()
	o.do(o.Assignments.GiveRemark(o.ctx(), o.person(leaderEmail), o.a.ID, tasks.RemarkInput{Kind: tasks.RemarkNote, Words: words, Wide: true}))
}

func (o *overtaking) order() {
	o.t.Helper()
	o.do(o.Assignments.GiveRemark(o.ctx(), o.person(leaderEmail), o.a.ID, tasks.RemarkInput{Kind: tasks.RemarkOrder, Words: "Báo cáo ngay"}))
}

func (o *overtaking) answer() {
	o.t.Helper()
	v := must(o.Assignments.RemarkView(o.ctx(), tasks.System, o.a.ID))(o.t)
	o.do(o.Assignments.AnswerRemark(o.ctx(), o.person(headEmail), o.a.ID, v.Lines[0].ID, tasks.RemarkAnswerInput{Words: "Đang làm"}))
}

func (o *overtaking) submit() {
	o.t.Helper()
	in := tasks.ReportInput{Kind: tasks.ReportSubmission, Text: "Đã xong", Documents: "1/BC-SNV"}
	o.do(o.Assignments.Report(o.ctx(), o.person(focalEmail), o.a.ID, in))
}

func (o *overtaking) confirmed() {
	o.t.Helper()
	o.do(o.Assignments.ConfirmWith(o.ctx(), o.person(officeEmail), o.a.ID, tasks.ConfirmInput{Evidence: tasks.EvidenceAccepted}))
}

func (o *overtaking) headApproves() {
	o.t.Helper()
	o.do(o.Directory.SetApproval(o.ctx(), o.person(headEmail), o.agencies["SNV"].ID, true))
}

func (o *overtaking) asked() {
	o.t.Helper()
	o.do(o.Assignments.AskExtension(o.ctx(), o.person(focalEmail), o.a.ID, tasks.ExtensionInput{Due: o.a.Due.AddDays(7), Reason: "Chờ số liệu"}))
}

func (o *overtaking) declined() {
	o.t.Helper()
	o.do(o.Assignments.Decline(o.ctx(), o.person(focalEmail), o.a.ID, tasks.DeclineInput{Reason: "Không thuộc thẩm quyền"}))
}

var decree = tasks.PauseInput{Reason: "Chờ hướng dẫn của bộ", Authority: "Chủ tịch UBND tỉnh", Document: "9/UBND-TH"}

func (o *overtaking) held() {
	o.t.Helper()
	o.do(o.Assignments.Hold(o.ctx(), o.person(officeEmail), o.a.ID, decree))
}

func (o *overtaking) cancelled() {
	o.t.Helper()
	o.do(o.Assignments.Cancel(o.ctx(), o.person(officeEmail), o.a.ID, decree))
}

func (o *overtaking) partAsked() {
	o.t.Helper()
	o.do(o.Assignments.AskContributions(o.ctx(), o.person(focalEmail), o.a.ID, tasks.ContributionRequest{
		Agencies: o.a.Cooperating, Words: "Số liệu kiểm tra", Due: o.a.Due,
	}))
}

func (o *overtaking) partSent() {
	o.t.Helper()
	o.do(o.Assignments.SendContribution(o.ctx(), o.person(otherEmail), o.a.ID, tasks.ContributionInput{AgencyID: o.agencies["STC"].ID, Words: "Kèm theo số liệu"}))
}

func (o *overtaking) nextDay() { o.clock.add(24 * time.Hour) }

func (o *overtaking) reopened() {
	o.t.Helper()
	o.do(o.Assignments.Reopen(o.ctx(), o.person(officeEmail), o.a.ID, 0, "Thiếu phụ lục"))
}

func (o *overtaking) resumed() {
	o.t.Helper()
	o.do(o.Assignments.Resume(o.ctx(), o.person(officeEmail), o.a.ID, decree))
}

func (o *overtaking) restored() {
	o.t.Helper()
	o.do(o.Assignments.Restore(o.ctx(), o.person(officeEmail), o.a.ID, decree))
}

func overtakenForms() []overtaken {
	type steps = []func(*overtaking)
	reason := map[string]string{"reason": "Lý do đã gõ rất lâu", "document": "77/VP-TH", "authority": "Chủ tịch UBND tỉnh"}
	return []overtaken{
		{route: "report", who: focalEmail, typed: map[string]string{"percent": "40", "text": "Lời báo cáo đã gõ", "documents": "12/BC-SNV"}},
		{route: "withdraw", who: focalEmail, before: steps{(*overtaking).submit}},
		{route: "confirm", who: officeEmail, before: steps{(*overtaking).submit}, typed: map[string]string{"evidence": "accepted"}},
		{route: "return", who: officeEmail, before: steps{(*overtaking).submit}, typed: map[string]string{"reason": "Thiếu chữ ký của lãnh đạo"}},
		{route: "reopen", who: officeEmail, before: steps{(*overtaking).submit, (*overtaking).confirmed}, typed: map[string]string{"reason": "Lý do mở lại đã gõ"},
			other: (*overtaking).reopened, by: "Trần Thị Văn", says: "Thiếu phụ lục", ended: true},
		{route: "confirmation", who: officeEmail},
		{route: "approve", who: headEmail, before: steps{(*overtaking).headApproves, (*overtaking).submit}},
		{route: "approve/refuse", who: headEmail, before: steps{(*overtaking).headApproves, (*overtaking).submit}, typed: map[string]string{"reason": "Chưa đủ số liệu"}},
		{route: "approve/withdraw", who: focalEmail, before: steps{(*overtaking).headApproves, (*overtaking).submit}},
		{route: "evidence/judge", who: officeEmail, page: "/evidence", before: steps{(*overtaking).submit}, typed: map[string]string{"state": "wanting", "words": "Thiếu biên bản họp"}},
		{route: "evidence/add", who: focalEmail, page: "/evidence", before: steps{(*overtaking).submit}, typed: map[string]string{"documents": "15/BC-SNV"}},
		{route: "extension", who: focalEmail, page: "/deadline", typed: map[string]string{"due": "2026-10-21", "reason": "Chờ hướng dẫn", "document": "3/SNV-VP"}},
		{route: "extension/withdraw", who: focalEmail, page: "/deadline", before: steps{(*overtaking).asked}},
		{route: "extension/decide", who: leaderEmail, page: "/deadline", before: steps{(*overtaking).asked}, typed: map[string]string{
			"decision": "refused", "answer": "Không đồng ý gia hạn", "document": "4/UBND-TH"}},
		{route: "deadline/correct", who: officeEmail, page: "/deadline", typed: map[string]string{"due": "2026-10-27", "reason": "Gõ nhầm ngày", "document": "10/CT-UBND"}},
		{route: "hold", who: officeEmail, page: "/pause", typed: reason},
		{route: "resume", who: officeEmail, page: "/pause", before: steps{(*overtaking).held}, typed: reason, other: (*overtaking).resumed, by: "Trần Thị Văn", says: "Chờ hướng dẫn của bộ", ended: true},
		{route: "cancel", who: officeEmail, page: "/pause", typed: reason},
		{route: "restore", who: officeEmail, page: "/pause", before: steps{(*overtaking).cancelled}, typed: map[string]string{"reason": "Lý do khôi phục đã gõ", "document": "77/VP-TH"},
			other: (*overtaking).restored, by: "Trần Thị Văn", says: "Chờ hướng dẫn của bộ", ended: true},
		{route: "assign", who: officeEmail, page: "/assign", typed: reason},
		{route: "insist", who: officeEmail, page: "/assign", before: steps{(*overtaking).declined}, typed: reason},
		{route: "decline", who: focalEmail, page: "/assign", typed: map[string]string{"reason": "Không thuộc chức năng", "document": "5/SNV-VP"}},
		{route: "decline/withdraw", who: focalEmail, page: "/assign", before: steps{(*overtaking).declined}},
		{route: "followers", who: officeEmail, page: "/followers"},
		{route: "remarks", who: officeEmail, page: "/remarks", typed: map[string]string{"kind": "note", "words": "Chủ tịch yêu cầu làm gấp", "authority": "Chủ tịch UBND tỉnh", "document": "6/TB-VP"}},
		{route: "remarks/:remark/answer", who: focalEmail, page: "/remarks", before: steps{(*overtaking).order}, typed: map[string]string{"words": "Đã triển khai một nửa", "document": "7/SNV-VP"}},
		{route: "remarks/:remark/settle", who: leaderEmail, page: "/remarks", before: steps{(*overtaking).order, (*overtaking).answer}, typed: map[string]string{
			"outcome": "again", "words": "Chưa rõ nguyên nhân", "document": "8/UBND-TH"}, other: (*overtaking).asked, by: "Nguyễn Thị Đầu", says: "Chờ số liệu"},
		{route: "contributions", who: focalEmail, page: "/contributions", typed: map[string]string{"words": "Cần số liệu quý III", "due": "2026-10-07"}},
		{route: "contributions/send", who: otherEmail, page: "/contributions", typed: map[string]string{"words": "Số liệu đã gõ", "document": "2/STC-NS"}},
		{route: "contributions/:contribution/settle", who: focalEmail, page: "/contributions", before: steps{(*overtaking).partAsked, (*overtaking).partSent}, typed: map[string]string{
			"outcome": "again", "words": "Thiếu số liệu tháng 9", "due": "2026-10-07"}},
		{route: "contributions/:contribution/nudge", who: focalEmail, page: "/contributions", before: steps{(*overtaking).partAsked, (*overtaking).nextDay}},
	}
}

// TestWhoIsOvertakenSeesBothAndLosesNothing lets two people change the same assignment through every form there is: one wins, the other sees what
// he typed and what changed meanwhile, and goes on from there.
func TestWhoIsOvertakenSeesBothAndLosesNothing(t *testing.T) {
	r := newRig(t)
	forms := overtakenForms()
	for _, route := range r.Routes() {
		rest, ok := strings.CutPrefix(route.Path, "/assignments/:id/")
		if ok && route.Method == http.MethodPost && !slices.ContainsFunc(forms, func(f overtaken) bool { return f.route == rest }) {
			t.Errorf("POST %s is not in the table", route.Path)
		}
	}
	clients := make(map[string]*client)
	for i, f := range forms {
		t.Run(strings.ReplaceAll(f.route, "/", " "), func(t *testing.T) {
			if clients[f.who] == nil {
				clients[f.who] = r.signIn(f.who)
			}
			c := *clients[f.who]
			c.t = t
			o := &overtaking{rig: r}
			t.Cleanup(func() { o.do(r.Directory.SetApproval(r.ctx(), r.person(headEmail), r.agencies["SNV"].ID, false)) })
			action, form := o.fill(f, text(int64(100+i))+"/CT-UBND", &c)
			by, says := "Bùi Chủ Tịch", othersWords
			if f.other != nil {
				by, says = f.by, f.says
			}
			o.overtake(f)
			refused := c.post(action, form).want(http.StatusConflict)
			if told := refused.section("meanwhile-title"); !strings.Contains(told, by) || !strings.Contains(told, says) {
				t.Errorf("%s: of the other's change it says: %s", action, told)
			}
			for field, value := range f.typed {
				if !refused.keeps(value) {
					t.Errorf("%s: what was typed as %s is lost: %q", action, field, value)
				}
			}
			offered := slices.Contains(refused.actions(), "POST "+action)
			if offered == f.ended {
				t.Fatalf("%s: the form is offered: %t", action, offered)
			}
			if offered {
				c.post(action, refused.form(action)).want(http.StatusSeeOther)
			}
		})
	}
}

// fill brings a new assignment to where the form is offered, and answers the form as the person fills it.
func (o *overtaking) fill(f overtaken, number string, c *client) (action string, form url.Values) {
	o.t.Helper()
	_, list := o.issue(number, rigDuty{
		text: "Trình Quy chế đánh giá người đứng đầu", leads: []string{"Sở Nội vụ"}, cooperating: []string{"Sở Tài chính"}, due: o.today().AddDays(2).String(),
	})
	o.a = list[0]
	for _, step := range f.before {
		step(o)
	}
	action = path(o.a, "/", o.filled(f.route))
	form = c.get(path(o.a, f.page)).want(http.StatusOK).form(action)
	for name, value := range f.typed {
		form.Set(name, value)
	}
	switch f.route {
	case "contributions":
		form.Set("agencies", text(o.a.Cooperating[0]))
	case "assign":
		form.Set("leads", text(o.agencies["CAT"].ID))
	}
	return action, form
}

// overtake is what another person does meanwhile.
func (o *overtaking) overtake(f overtaken) {
	o.t.Helper()
	if f.other == nil {
		o.remark(othersWords)
		return
	}
	f.other(o)
}

// filled puts the remark or contribution of the assignment into the route.
func (o *overtaking) filled(route string) string {
	if strings.Contains(route, ":remark") {
		return strings.Replace(route, ":remark", text(must(o.Assignments.RemarkView(o.ctx(), tasks.System, o.a.ID))(o.t).Lines[0].ID), 1)
	}
	if strings.Contains(route, ":contribution") {
		return strings.Replace(route, ":contribution", text(must(o.Assignments.Contributions(o.ctx(), tasks.System, o.a.ID))(o.t).Lines[0].ID), 1)
	}
	return route
}

// keeps tells whether a control of the page holds the value: one of a form, or of what is kept to be copied.
func (p *page) keeps(value string) bool {
	for n := range p.doc().Descendants() {
		if slices.Contains([]string{"input", "textarea", "select"}, n.Data) && slices.Contains(sent(n), value) {
			return true
		}
	}
	return false
}

// TestAllThatWasOvertakenIsTold names each of several changes, and none from before.
func TestAllThatWasOvertakenIsTold(t *testing.T) {
	r, a := oneDuty(t)
	o := &overtaking{r, a}
	o.asked()
	c := r.signIn(officeEmail)
	form := c.get(path(a, "/pause")).form(path(a, "/cancel"))
	form.Set("reason", "Không còn cần")
	o.remark("Lời thứ nhất")
	o.submit()
	o.remark("Lời thứ hai")
	told := c.post(path(a, "/cancel"), form).want(http.StatusConflict).section("meanwhile-title")
	for _, s := range []string{"Lời thứ nhất", "Lời thứ hai", "Nguyễn Thị Đầu", "Bùi Chủ Tịch", "Chưa thực hiện → Chờ xác nhận"} {
		if !strings.Contains(told, s) {
			t.Errorf("does not tell of %q: %s", s, told)
		}
	}
	if strings.Contains(told, "Chờ số liệu") {
		t.Errorf("tells of what was there before: %s", told)
	}
	// A form that was refused for another reason tells of nothing.
	form = c.get(path(a, "/pause")).form(path(a, "/cancel"))
	c.post(path(a, "/cancel"), form).want(http.StatusUnprocessableEntity).wantNoText("Thay đổi từ lúc mở trang")
}

// TestWhatIsNotOnesOwnIsNotTold keeps to itself what the lead asks of one agency, when another is overtaken by it.
func TestWhatIsNotOnesOwnIsNotTold(t *testing.T) {
	r := newRig(t)
	_, list := r.issue("10/CT-UBND", rigDuty{
		text: "Trình Quy chế", leads: []string{"Sở Nội vụ"}, cooperating: []string{"Sở Tài chính", "UBND xã An Bình"}, due: "2026-10-30",
	})
	o := &overtaking{r, list[0]}
	send := path(o.a, "/contributions/send")
	commune := r.signIn(communeEmail)
	form := commune.get(path(o.a, "/contributions")).form(send)
	form.Set("words", "Số liệu của xã")
	o.do(r.Assignments.AskContributions(r.ctx(), r.person(focalEmail), o.a.ID, tasks.ContributionRequest{
		Agencies: []int64{r.agencies["STC"].ID}, Words: "Số liệu riêng của sở", Due: o.a.Due,
	}))
	commune.post(send, form).want(http.StatusConflict).wantText("Số liệu của xã").wantNoText("Số liệu riêng của sở", "Thay đổi từ lúc mở trang")
}

// section is the text of the section of that heading.
func (p *page) section(heading string) string {
	p.t.Helper()
	for _, n := range p.elements("section") {
		if attribute(n, "aria-labelledby") == heading {
			return textOf(n)
		}
	}
	p.t.Fatalf("%s: no section %s: %s", p.path, heading, p.text())
	return ""
}
