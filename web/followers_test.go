package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

func TestFollowersAreNamedAndShown(t *testing.T) {
	r := newRig(t)
	doc, list := r.issue("20/CT-UBND",
		rigDuty{text: "Rà soát thủ tục hành chính", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"},
		rigDuty{text: "Công khai thủ tục", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"})
	office, focal, leader := r.signIn(officeEmail), r.signIn(focalEmail), r.signIn(leaderEmail)
	me, chairman := text(r.people[officeEmail].ID), text(r.people[leaderEmail].ID)
	documentPath := "/documents/" + text(doc.ID)
	if !slices.Contains(office.get(documentPath).links(), documentPath+"/followers") || slices.Contains(focal.get(documentPath).links(), documentPath+"/followers") {
		t.Error("the document's page leads the wrong people to naming followers")
	}
	form := office.get(documentPath + "/followers").want(http.StatusOK).form(documentPath + "/followers")
	stale := form
	form.Set("leader", chairman)
	office.post(documentPath+"/followers", form).follow().want(http.StatusOK).wantText("Đã lưu người theo dõi", "Lãnh đạo phụ trách", "Bùi Chủ Tịch")
	// Another who had the form open sees what stands now, and his own choice.
	stale.Del("leader")
	stale.Set("specialist", me)
	again := office.post(documentPath+"/followers", stale).want(http.StatusConflict).wantText("Người khác vừa thay đổi", "Đang lưu: Bùi Chủ Tịch")
	if got, _ := again.value("specialist"); got != me && again.form(documentPath+"/followers").Get("specialist") != me {
		t.Errorf("the specialist comes back as %q", got)
	}

	own := path(list[0], "/followers")
	form = office.get(own).want(http.StatusOK).wantText("Như văn bản: Bùi Chủ Tịch").form(own)
	form.Set("specialist", text(r.people[focalEmail].ID))
	office.post(own, form).want(http.StatusUnprocessableEntity).wantText("hãy chọn người khác")
	form.Set("specialist", me)
	office.post(own, form).follow().want(http.StatusOK).wantText("Chuyên viên theo dõi", r.people[officeEmail].Name, "Bùi Chủ Tịch", "chỉ định người theo dõi nhiệm vụ")
	focal.get(path(list[0])).want(http.StatusOK).wantText("Chuyên viên theo dõi", r.people[officeEmail].Name)

	office.get("/assignments?specialist="+me).wantText("Rà soát thủ tục", "Của tôi").wantNoText("Công khai thủ tục")
	office.get("/assignments?group=task&specialist=" + me).wantText("Rà soát thủ tục").wantNoText("Công khai thủ tục")
	leader.get("/assignments?leader="+chairman).wantText("Rà soát thủ tục", "Công khai thủ tục")
	if links := leader.get("/assignments").links(); !slices.Contains(links, "/assignments?leader="+chairman) {
		t.Errorf("a leader's list does not lead to his own: %v", links)
	}
	if p := focal.get("/assignments"); strings.Contains(p.text(), "Của tôi") {
		t.Error("a focal point is offered what he follows")
	}
	leader.get("/week").want(http.StatusOK).wantText("Lĩnh vực phụ trách")
	office.get("/week").want(http.StatusOK).wantNoText("Lĩnh vực phụ trách")
}

func TestInboxShowsMineFirst(t *testing.T) {
	r := newRig(t)
	list := submitted(t, r, 3)
	office := r.signIn(officeEmail)
	office.get("/inbox").wantNoText("Của tôi")
	if err := r.Assignments.NameFollowers(r.ctx(), r.person(officeEmail), list[2].ID, 0, tasks.Followers{Specialist: r.people[officeEmail].ID}); err != nil {
		t.Fatal(err)
	}
	p := office.get("/inbox").want(http.StatusOK).wantText("Của tôi (1)", "3 báo cáo")
	text := p.text()
	if third, first := strings.Index(text, "Nhiệm vụ số 3"), strings.Index(text, "Nhiệm vụ số 1"); third < 0 || first < 0 || third > first {
		t.Errorf("mine does not come first:\n%s", text)
	}
	if n := strings.Count(text, "Nhiệm vụ số 3"); n != 1 {
		t.Errorf("mine stands there %d times", n)
	}
	if got := p.ticked(list...)["choice"]; len(got) != 3 {
		t.Errorf("boxes %v, want three", got)
	}
	office.get("/inbox?of=mine").want(http.StatusOK).wantText("Nhiệm vụ số 3").wantNoText("Nhiệm vụ số 1")
}

func TestLastFocalPointIsDisabledWithSuccessor(t *testing.T) {
	r := newRig(t)
	r.issue("20/CT-UBND", rigDuty{text: "Rà soát ngân sách", leads: []string{"Sở Tài chính"}, due: "2026-10-30"})
	c := r.signIn(adminEmail)
	href := r.personHref(otherEmail)
	form := c.get(href).want(http.StatusOK).wantNoText("Bàn giao").form(href)
	form.Del("active")
	p := c.post(href, form).want(http.StatusUnprocessableEntity).wantText("Bàn giao", "Sở Tài chính còn nhiệm vụ mà không còn đầu mối nào khác")
	form = p.form(href)
	if form.Get("active") != "" || !form.Has("successor_focal") {
		t.Errorf("the form comes back with %v", form)
	}
	form.Set("successor_focal", text(r.people[headEmail].ID))
	c.post(href, form).follow().want(http.StatusOK).wantText("tài khoản đã khoá")
	if heir := r.person(headEmail); !slices.Contains(heir.Grants, tasks.Grant{Role: tasks.RoleFocal, AgencyID: r.agencies["STC"].ID}) {
		t.Errorf("the successor has %v", heir.Grants)
	}
	r.signIn(headEmail).get("/assignments").want(http.StatusOK).wantText("Rà soát ngân sách")
}

func TestAgencyMailbox(t *testing.T) {
	r := newRig(t)
	c := r.signIn(officeEmail)
	agency := "/directory/agencies/" + text(r.agencies["SNV"].ID)
	if !slices.Contains(c.get(agency).links(), agency+"/mailbox") {
		t.Error("the agency's page does not lead to its mailbox")
	}
	form := c.get(agency + "/mailbox").want(http.StatusOK).wantText("chưa có hộp thư văn thư").form(agency + "/mailbox")
	form.Set("address", "vanthu")
	p := c.post(agency+"/mailbox", form).want(http.StatusUnprocessableEntity).wantText("Địa chỉ thư điện tử chưa đúng")
	form = p.form(agency + "/mailbox")
	if form.Get("address") != "vanthu" {
		t.Errorf("the address comes back as %q", form.Get("address"))
	}
	form.Set("address", "vanthu@snv.example")
	c.post(agency+"/mailbox", form).want(http.StatusUnprocessableEntity).wantText("Hãy chọn ít nhất một loại thư")
	form["kinds"] = []string{"issued"}
	c.post(agency+"/mailbox", form).follow().want(http.StatusOK).wantText("Đã lưu hộp thư của Sở Nội vụ")
	form["kinds"] = []string{"overdue"} // with the version of before
	c.post(agency+"/mailbox", form).want(http.StatusConflict).wantText("Người khác vừa thay đổi", "Đang lưu: vanthu@snv.example")
	_, m, err := r.Directory.Mailbox(r.ctx(), r.person(officeEmail), r.agencies["SNV"].ID)
	if err != nil || !m.Issued || m.Overdue {
		t.Errorf("stored %+v, %v", m, err)
	}
}
