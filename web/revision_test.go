package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"tiendo/tasks"
)

func TestRevisionPage(t *testing.T) {
	r := newRig(t)
	office := r.signIn(officeEmail)
	const survey, budget = "Rà soát, đơn giản hoá thủ tục hành chính thuộc phạm vi quản lý", "Bố trí kinh phí thực hiện nhiệm vụ cải cách hành chính"
	old, before := r.issue("1/CT-UBND",
		rigDuty{text: survey, leads: []string{"Sở Nội vụ"}, due: "2026-10-30"},
		rigDuty{text: budget, leads: []string{"Sở Tài chính"}, due: "2026-11-15"})
	doc := r.importDocument("2/CT-UBND", rigDuty{text: "Sơ kết sáu tháng công tác tuyên truyền", leads: []string{"Sở Tài chính"}, due: "2026-12-01"},
		rigDuty{text: survey, leads: []string{"Sở Nội vụ"}, due: "2026-11-10"})
	base := "/documents/" + text(doc.ID)
	path, link := base+"/revision", base+"/revision/document"
	office.get(base + "/review").want(http.StatusOK).wantText("Chọn văn bản được thay thế hoặc sửa đổi")

	form := office.get(path).want(http.StatusOK).form(link)
	form.Set("kind", "replaces")
	form.Set("number", "77/CT-UBND")
	p := office.post(link, form).want(http.StatusUnprocessableEntity)
	p.wantText("Không có văn bản nào đã giao mang số 77/CT-UBND.")
	if got, _ := p.value("number"); got != "77/CT-UBND" {
		t.Errorf("number holds %q", got)
	}
	form.Set("number", "1/CT-UBND")
	office.post(link, form).wantRedirect(path)
	p = office.get(path).want(http.StatusOK)
	p.wantText("thay thế", "1/CT-UBND", "1 nhiệm vụ tiếp tục, 1 kết thúc, 1 giao mới", survey, budget)
	office.get(base + "/review").wantText("So sánh từng nhiệm vụ")
	office.get(base+"/issue").want(http.StatusOK).wantText("1 nhiệm vụ tiếp tục, 1 kết thúc, 0 giữ nguyên, 1 giao mới", "không thu hồi được")

	// The second duty of the old document goes on in the first of the new one.
	tasksOf := must(r.Documents.Get(r.ctx(), r.person(officeEmail), old.ID))(t).Tasks
	first, second := text(tasksOf[0].ID), text(tasksOf[1].ID)
	form = p.form(path)
	if form.Get("fate-"+first) != "goes_on" || form.Get("in-"+first) != "2" || form.Get("fate-"+second) != "ends" {
		t.Fatalf("the form holds %v", form)
	}
	form.Set("fate-"+second, "goes_on")
	form.Set("in-"+second, "9")
	p = office.post(path, form).want(http.StatusUnprocessableEntity)
	p.wantText("Hãy ghi số thứ tự của nhiệm vụ mới.")
	form.Set("in-"+second, "1")

	// Somebody else is faster: nothing that was chosen is lost.
	if err := r.Documents.ChooseFates(r.ctx(), r.person(standingEmail), doc.ID, 0, []tasks.DutyChoice{{TaskID: tasksOf[1].ID, Fate: tasks.FateEnds}}); err != nil {
		t.Fatal(err)
	}
	p = office.post(path, form).want(http.StatusConflict)
	p.wantText("Văn bản vừa được người khác thay đổi")
	again := p.form(path)
	if again.Get("fate-"+second) != "goes_on" || again.Get("in-"+second) != "1" {
		t.Errorf("after a conflict the form holds %v", again)
	}
	office.post(path, again).wantRedirect(path)
	issue := office.get(base + "/issue").want(http.StatusOK)
	issue.wantText("2 nhiệm vụ tiếp tục, 0 kết thúc, 0 giữ nguyên, 0 giao mới")
	office.post(base+"/issue", issue.form(base+"/issue")).want(http.StatusSeeOther)
	office.get(base).want(http.StatusOK).wantText("Thay thế", "1/CT-UBND")
	office.get("/documents/"+text(old.ID)).want(http.StatusOK).wantText("Văn bản sửa đổi, thay thế", "2/CT-UBND")
	office.get("/assignments/"+text(before[0].ID)).want(http.StatusOK).wantText("tiếp tục theo văn bản mới", "2/CT-UBND")
	office.get(path).want(http.StatusSeeOther)
	office.post(base+"/recall", url.Values{}).want(http.StatusConflict)
}

func TestLeadsAreToldWhatEnds(t *testing.T) {
	r := newRig(t)
	const budget = "Bố trí kinh phí thực hiện nhiệm vụ cải cách hành chính"
	r.issue("1/CT-UBND", rigDuty{text: budget, leads: []string{"Sở Tài chính"}, due: "2026-11-15"})
	r.runDue()
	r.rawMails()
	doc := r.importDocument("2/CT-UBND", rigDuty{text: "Sơ kết sáu tháng công tác tuyên truyền", leads: []string{"Sở Nội vụ"}, due: "2026-12-01"})
	office := r.person(officeEmail)
	if err := r.Documents.SetRevises(r.ctx(), office, doc.ID, 0, "1/CT-UBND", tasks.RevisionReplaces); err != nil {
		t.Fatal(err)
	}
	if err := r.Documents.Issue(r.ctx(), office, doc.ID, 0); err != nil {
		t.Fatal(err)
	}
	r.clock.add(time.Hour)
	r.runDue()
	told := false
	for _, m := range r.rawMails() {
		if m.to == otherEmail {
			told = told || strings.Contains(m.text, budget) && strings.Contains(m.text, "Kết thúc vì văn bản được thay thế")
		}
	}
	if !told {
		t.Error("the lead of the duty that ended has no mail of it")
	}
}

// A choice names a new duty, not a place among them: when others have removed one meanwhile, what is shown again still means the same.
func TestFatesFollowTheDutyNotItsNumber(t *testing.T) {
	r := newRig(t)
	office, me := r.signIn(officeEmail), r.person(officeEmail)
	const survey, budget = "Rà soát, đơn giản hoá thủ tục hành chính thuộc phạm vi quản lý", "Bố trí kinh phí thực hiện nhiệm vụ cải cách hành chính"
	old, _ := r.issue("1/CT-UBND", rigDuty{text: survey, leads: []string{"Sở Nội vụ"}, due: "2026-10-30"}, rigDuty{text: budget, leads: []string{"Sở Tài chính"}, due: "2026-11-15"})
	doc := r.importDocument("2/CT-UBND", rigDuty{text: "Sơ kết công tác tuyên truyền", leads: []string{"Sở Tài chính"}, due: "2026-12-01"},
		rigDuty{text: survey, leads: []string{"Sở Nội vụ"}, due: "2026-11-10"}, rigDuty{text: "Báo cáo kết quả", leads: []string{"Sở Tài chính"}, due: "2026-11-20"})
	if err := r.Documents.SetRevises(r.ctx(), me, doc.ID, 0, "1/CT-UBND", tasks.RevisionReplaces); err != nil {
		t.Fatal(err)
	}
	path := "/documents/" + text(doc.ID) + "/revision"
	oldTasks := must(r.Documents.Get(r.ctx(), me, old.ID))(t).Tasks
	first, second := text(oldTasks[0].ID), text(oldTasks[1].ID)
	form := office.get(path).want(http.StatusOK).form(path)
	form.Set("fate-"+first, "goes_on")
	form.Set("in-"+first, "2")
	form.Set("fate-"+second, "goes_on")
	form.Set("in-"+second, "1")

	drafts := must(r.Documents.Review(r.ctx(), me, doc.ID))(t).Drafts
	if err := r.Documents.RemoveDraft(r.ctx(), r.person(standingEmail), doc.ID, drafts[0].ID, drafts[0].Version); err != nil {
		t.Fatal(err)
	}
	p := office.post(path, form)
	if p.status != http.StatusUnprocessableEntity && p.status != http.StatusConflict {
		t.Fatalf("answered %d: %s", p.status, p.text())
	}
	p.wantText("nhiệm vụ mới đã chọn không còn")
	again := p.form(path)
	if again.Get("in-"+first) != "1" || again.Get("in-"+second) != "" {
		t.Errorf("in %q and %q, want 1 and nothing", again.Get("in-"+first), again.Get("in-"+second))
	}
	// A number that named nothing is shown again while it still names nothing.
	again.Set("in-"+second, "9")
	if got := office.post(path, again).want(http.StatusUnprocessableEntity).form(path).Get("in-" + second); got != "9" {
		t.Errorf("the number that was typed is %q", got)
	}
	again.Set("in-"+second, "2")
	office.post(path, again).wantRedirect(path)
	for _, row := range must(r.Documents.Revision(r.ctx(), me, doc.ID))(t).Rows {
		if row.Old != nil && row.Old.ID == oldTasks[0].ID && row.New.ID != drafts[1].ID || row.Old != nil && row.Old.ID == oldTasks[1].ID && row.New.ID != drafts[2].ID {
			t.Errorf("duty %d goes on in %d", row.Old.ID, row.New.ID)
		}
	}
}
