package web_test

import (
	"net/http"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

const surveyWords = "Rà soát, đơn giản hoá thủ tục hành chính thuộc phạm vi quản lý"

// revise imports a draft that revises the document of the earlier number.
func (r *rig) revise(number, earlier string, kind tasks.RevisionKind, duties ...rigDuty) tasks.Document {
	r.t.Helper()
	doc := r.importDocument(number, duties...)
	if err := r.Documents.SetRevises(r.ctx(), r.person(officeEmail), doc.ID, 0, earlier, kind); err != nil {
		r.t.Fatal(err)
	}
	return doc
}

func (r *rig) askLater(who string, a tasks.Assignment, days int) {
	r.t.Helper()
	in := tasks.ExtensionInput{Due: a.Due.AddDays(days), Reason: "Chờ ý kiến bộ"}
	if err := r.Assignments.AskExtension(r.ctx(), r.person(who), a.ID, in); err != nil {
		r.t.Fatal(err)
	}
}

// A document that only repeals says what it ends, and nobody is offered what cannot be done any more.
func TestARepealOnThePages(t *testing.T) {
	r := newRig(t)
	office, focal := r.signIn(officeEmail), r.signIn(focalEmail)
	_, issued := r.issue("1/CT-UBND", rigDuty{text: surveyWords, leads: []string{"Sở Nội vụ"}, due: "2026-10-30"})
	a := issued[0]
	r.askLater(focalEmail, a, 20)
	if err := r.Assignments.Report(r.ctx(), r.person(focalEmail), a.ID, tasks.ReportInput{Kind: tasks.ReportSubmission, Text: "Đã xong"}); err != nil {
		t.Fatal(err)
	}
	focal.get(path(a)).wantText("đang xin lùi đến", "Chờ xác nhận")
	doc := r.revise("2/CT-UBND", "1/CT-UBND", tasks.RevisionRepeals)
	base := "/documents/" + text(doc.ID)
	office.get(base + "/review").want(http.StatusOK).wantText("Kết thúc 1 phân công của 1 cơ quan")
	p := office.get(base+"/issue").want(http.StatusOK).wantText("không giao việc mới: kết thúc 1 phân công của 1 cơ quan", "Kết thúc các phân công")
	office.post(base+"/issue", p.form(base+"/issue")).follow().wantText("Đã kết thúc 1 phân công của 1 cơ quan")

	for _, c := range []*client{focal, office} {
		p := c.get(path(a)).want(http.StatusOK).wantText("Đã xong").wantNoText("đang xin lùi")
		if n := strings.Count(p.text(), "Chờ xác nhận"); n != 2 {
			t.Errorf("the state stands on the page %d times, want into it and out of it in the history alone", n)
		}
		for _, action := range p.actions() {
			if action == path(a, "/confirm") || action == path(a, "/return") || action == path(a, "/withdraw") {
				t.Errorf("%s is offered", action)
			}
		}
		c.get(path(a, "/deadline")).want(http.StatusOK).wantNoText("Rút đề nghị", "Ghi quyết định", "chờ quyết định")
	}
}

// Duties that an amendment took over stand in the comparison with its number.
func TestASecondAmendmentOnThePage(t *testing.T) {
	r := newRig(t)
	duty := rigDuty{text: surveyWords, leads: []string{"Sở Nội vụ"}, due: "2026-10-30"}
	r.issue("1/CT-UBND", duty)
	second := r.revise("2/CT-UBND", "1/CT-UBND", tasks.RevisionAmends, duty)
	if err := r.Documents.Issue(r.ctx(), r.person(officeEmail), second.ID, 0); err != nil {
		t.Fatal(err)
	}
	third := r.revise("3/CT-UBND", "1/CT-UBND", tasks.RevisionAmends, duty)
	office := r.signIn(officeEmail)
	office.get("/documents/"+text(third.ID)+"/revision").want(http.StatusOK).wantText("1 (Chỉ thị 2/CT-UBND)", "1 nhiệm vụ tiếp tục, 0 kết thúc, 0 giao mới")
}

// The pages of a duty that has a cadence in place of its deadline do not speak of one.
func TestADutyThatLostItsDeadlineOnThePages(t *testing.T) {
	r := newRig(t)
	_, issued := r.issue("1/CT-UBND", rigDuty{text: surveyWords, leads: []string{"Sở Nội vụ"}, due: "2026-10-30"})
	a := issued[0]
	r.askLater(focalEmail, a, 20)
	doc := r.revise("2/CT-UBND", "1/CT-UBND", tasks.RevisionAmends, rigDuty{text: surveyWords, leads: []string{"Sở Nội vụ"}, cadence: "FREQ=MONTHLY;BYMONTHDAY=19"})
	if err := r.Documents.Issue(r.ctx(), r.person(officeEmail), doc.ID, 0); err != nil {
		t.Fatal(err)
	}
	for _, email := range []string{focalEmail, officeEmail} {
		c := r.signIn(email)
		c.get(path(a)).want(http.StatusOK).wantText("đóng đề nghị gia hạn").wantNoText("Hạn đầu tiên", "đang xin lùi", "Xin gia hạn")
		c.get(path(a, "/deadline")).want(http.StatusOK).wantText("đề nghị hết hiệu lực", "2/CT-UBND").wantNoText("Rút đề nghị", "Ghi quyết định")
	}
}

// The first deadline is the one by which rates are reckoned, on the page of the duty as on that of its deadline.
func TestTheFirstDeadlineAsCorrected(t *testing.T) {
	r := newRig(t)
	_, issued := r.issue("1/CT-UBND", rigDuty{text: surveyWords, leads: []string{"Sở Nội vụ"}, due: "2026-10-30"})
	in := tasks.DeadlineCorrectionInput{Due: calendar.MustParseDate("2026-11-12"), Reason: "Gõ nhầm"}
	if err := r.Assignments.CorrectDeadline(r.ctx(), r.person(officeEmail), issued[0].ID, in); err != nil {
		t.Fatal(err)
	}
	focal := r.signIn(focalEmail)
	for _, page := range []string{path(issued[0]), path(issued[0], "/deadline")} {
		focal.get(page).want(http.StatusOK).wantText("Hạn đầu tiên 12/11/2026")
	}
}
