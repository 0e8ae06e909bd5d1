package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

// A focal point appoints a colleague on his own page; the colleague sees it in the header of every page and does the other's work, which the
// history says; he ends it and the work is not his any more.
func TestAppointingADeputy(t *testing.T) {
	r := newRig(t)
	_, list := r.issue("10/CT-UBND", rigDuty{text: "Rà soát thủ tục hành chính", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"})
	duty := "/assignments/" + text(list[0].ID)
	focal := r.signIn(focalEmail)
	p := focal.get("/account")
	p.want(http.StatusOK).wantText("Người thay khi vắng", "Chưa phân công ai thay.")
	if !slices.Contains(p.links(), "/account/deputy") {
		t.Errorf("the account leads to %v", p.links())
	}
	p = focal.get("/account/deputy")
	p.want(http.StatusOK).wantText("Chưa có ai thay Nguyễn Thị Đầu", "Vũ Giám Đốc", "Phạm Thường Trực")
	if strings.Contains(p.text(), "Hoàng Văn Tài") {
		t.Error("people of other agencies are offered")
	}
	today := r.today()
	form := url.Values{
		"deputy": {text(r.people[headEmail].ID)}, "from": {today.AddDays(2).String()}, "to": {today.String()}, "reason": {"Đi tập huấn ở Hà Nội"},
	}
	p = focal.post("/account/deputy", form)
	p.want(http.StatusUnprocessableEntity).wantText("Ngày cuối phải từ ngày bắt đầu trở đi.")
	if !strings.Contains(p.body, "Đi tập huấn ở Hà Nội") || !strings.Contains(p.body, `value="`+today.String()+`"`) {
		t.Error("what was typed is lost")
	}
	form.Set("from", "hôm nay")
	focal.post("/account/deputy", form).want(http.StatusUnprocessableEntity).wantText("Ngày chưa đúng")
	form.Set("from", today.String())
	form.Set("to", today.AddDays(4).String())
	p = focal.post("/account/deputy", form).follow()
	p.want(http.StatusOK).wantText("Vũ Giám Đốc thay từ", "Đang thay", "Chỉ người thay nhận thư.", "Đi tập huấn ở Hà Nội")
	focal.get("/account/deputy").want(http.StatusOK).wantText("Vũ Giám Đốc đang thay Nguyễn Thị Đầu")
	p = focal.post("/account/deputy", form)
	p.want(http.StatusUnprocessableEntity).wantText("Vũ Giám Đốc đã được phân công thay từ 5/10/2026 đến hết 9/10/2026")

	// The office sees it on the person's page, and appoints for somebody else.
	office := r.signIn(officeEmail)
	person := "/people/" + text(r.people[focalEmail].ID)
	office.get(person).want(http.StatusOK).wantText("Người thay khi vắng", "Vũ Giám Đốc thay từ")
	if actions := office.get(person).actions(); !slices.Contains(actions, "POST "+person+"/deputy/end") {
		t.Errorf("the office can do %v", actions)
	}
	office.get("/people/" + text(r.people[headEmail].ID)).want(http.StatusOK).wantText("Thay Nguyễn Thị Đầu từ")
	other := "/people/" + text(r.people[otherEmail].ID)
	form.Set("deputy", text(r.people[noRoleEmail].ID))
	office.post(other+"/deputy", form).follow().want(http.StatusOK).wantText("Ngô Chưa Quyền thay từ")

	deputy := r.signIn(noRoleEmail)
	deputy.get("/").follow().want(http.StatusOK).wantText("Đang thay Hoàng Văn Tài đến hết 9/10/2026")
	deputy.get("/account").want(http.StatusOK).wantText("Thay Hoàng Văn Tài từ", "Chưa được giao vai trò nào")
	_, theirs := r.issue("11/CT-UBND", rigDuty{text: "Lập dự toán", leads: []string{"Sở Tài chính"}, due: "2026-10-30"})
	deputy.get(duty).want(http.StatusNotFound)
	finance := "/assignments/" + text(theirs[0].ID)
	p = deputy.post(finance+"/report", url.Values{"kind": {"progress"}, "percent": {"20"}, "text": {"Đã lập xong phần đầu"}, "version": {text(theirs[0].Version)}}).follow()
	p.want(http.StatusOK).wantText("Ngô Chưa Quyền (thay Hoàng Văn Tài)")
	office.get("/audit").want(http.StatusOK).wantText("Ngô Chưa Quyền (thay Hoàng Văn Tài)", "phân công người thay")

	v := must(r.Accounts.Deputations(r.ctx(), tasks.System, r.people[otherEmail].ID))(t)
	end := url.Values{"deputation": {text(v.Deputations[0].ID)}, "version": {"9"}}
	deputy.post("/account/deputy/end", end).want(http.StatusConflict)
	end.Set("version", text(v.Deputations[0].Version))
	r.signIn(leaderEmail).post("/account/deputy/end", end).want(http.StatusNotFound)
	deputy.post("/account/deputy/end", end).follow().want(http.StatusOK).wantText("Đã chấm dứt việc thay.")
	p = deputy.get(finance)
	p.want(http.StatusNotFound)
	if strings.Contains(p.body, "Đang thay") {
		t.Error("the header says still that he stands in")
	}
	r.signIn(otherEmail).get("/account/deputy").want(http.StatusOK).wantText("Chấm dứt sớm 5/10/2026", "Chưa có ai thay")
}

// The names of deputies are of the people whom a reader may know: another agency's history names the agency alone.
func TestDeputyIsNotNamedToOtherAgencies(t *testing.T) {
	r := newRig(t)
	_, list := r.issue("10/CT-UBND", rigDuty{text: "Rà soát", leads: []string{"Sở Nội vụ"}, cooperating: []string{"Sở Tài chính"}, due: "2026-10-30"})
	must(r.Accounts.AppointDeputy(r.ctx(), tasks.System, r.people[focalEmail].ID, tasks.DeputationInput{
		DeputyID: r.people[noRoleEmail].ID, From: r.today(), To: r.today(), Reason: "Nghỉ phép", KeepsMails: true,
	}))(t)
	r.signIn(noRoleEmail).post("/assignments/"+text(list[0].ID)+"/report", url.Values{"kind": {"progress"}, "percent": {"10"}, "text": {"Đã làm"}}).follow().want(http.StatusOK)
	p := r.signIn(otherEmail).get("/assignments/" + text(list[0].ID))
	p.want(http.StatusOK).wantText("báo cáo tiến độ")
	for _, name := range []string{"Ngô Chưa Quyền", "Nguyễn Thị Đầu"} {
		if strings.Contains(p.body, name) {
			t.Errorf("%s is named", name)
		}
	}
}

// Who acts for somebody of the secretariat, or for a leader, finds that one's own documents first, as that one does.
func TestDeputyFindsWhatTheOtherFollows(t *testing.T) {
	r := newRig(t)
	doc, _ := r.issue("20/CT-UBND", rigDuty{text: "Rà soát thủ tục hành chính", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"})
	r.issue("21/CT-UBND", rigDuty{text: "Công khai thủ tục", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"})
	office, chairman := r.people[officeEmail].ID, r.people[leaderEmail].ID
	if err := r.Documents.SetFollowers(r.ctx(), tasks.System, doc.ID, 0, tasks.Followers{Specialist: office, Leader: chairman}); err != nil {
		t.Fatal(err)
	}
	for person, deputy := range map[int64]string{office: noRoleEmail, chairman: headEmail} {
		must(r.Accounts.AppointDeputy(r.ctx(), tasks.System, person, tasks.DeputationInput{
			DeputyID: r.people[deputy].ID, From: r.today(), To: r.today(), Reason: "Nghỉ phép", KeepsMails: true,
		}))(t)
	}
	specialist, leader := r.signIn(noRoleEmail), r.signIn(headEmail)
	if links := specialist.get("/assignments").links(); !slices.Contains(links, "/assignments?specialist="+text(office)) {
		t.Errorf("the deputy of the office is led to %v", links)
	}
	if links := leader.get("/assignments").links(); !slices.Contains(links, "/assignments?leader="+text(chairman)) {
		t.Errorf("the leader's deputy is led to %v", links)
	}
	leader.get("/week").want(http.StatusOK).wantText("Lĩnh vực phụ trách", "Đang thay Bùi Chủ Tịch")
}

// Who stands in for the head is not offered to approve what he reported himself; he may take it back as before.
func TestADeputyIsNotOfferedHisOwnReportToApprove(t *testing.T) {
	r, a := oneDuty(t)
	snv := r.agencies["SNV"].ID
	if err := r.Directory.SetApproval(r.ctx(), r.person(headEmail), snv, true); err != nil {
		t.Fatal(err)
	}
	focal := r.signIn(focalEmail)
	focal.submit(a, "Đã trình dự thảo")
	_, err := r.Accounts.AppointDeputy(r.ctx(), r.person(headEmail), r.people[headEmail].ID, tasks.DeputationInput{
		DeputyID: r.people[focalEmail].ID, From: r.today(), To: r.today(), Reason: "Đi công tác", KeepsMails: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	actions := focal.get(path(a)).want(http.StatusOK).wantText("Chờ thủ trưởng duyệt").actions()
	if slices.Contains(actions, "POST "+path(a, "/approve")) || !slices.Contains(actions, "POST "+path(a, "/approve/withdraw")) {
		t.Errorf("the deputy who reported is offered %q", actions)
	}
	if actions := r.signIn(headEmail).get(path(a)).actions(); !slices.Contains(actions, "POST "+path(a, "/approve")) {
		t.Errorf("the head is offered %q", actions)
	}
}

// Many places have the same office: those who may act for a person are named with their agency where they have one.
func TestDeputiesAreOfferedWithTheirAgency(t *testing.T) {
	r := newRig(t)
	r.signIn(officeEmail).get("/people/"+text(r.people[headEmail].ID)+"/deputy").want(http.StatusOK).wantText("· Sở Tài chính", "· Sở Nội vụ")
}
