package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"tiendo/tasks"
)

// partPath is the address of the newest contribution that the program sees, with what follows.
func partPath(r *rig, a tasks.Assignment, rest string) string {
	r.t.Helper()
	v := must(r.Assignments.Contributions(r.ctx(), tasks.System, a.ID))(r.t)
	return path(a, "/contributions/", strconv.FormatInt(v.Lines[0].ID, 10), rest)
}

func TestAContributionGoesThroughThePages(t *testing.T) {
	r, a := oneDuty(t)
	focal, helper, office, leader := r.signIn(focalEmail), r.signIn(otherEmail), r.signIn(officeEmail), r.signIn(leaderEmail)
	page := path(a, "/contributions")
	focal.get(path(a)).wantText("Phần phối hợp", "Đề nghị phần phối hợp")
	helper.get(path(a)).wantText("Gửi phần phối hợp")
	leader.get(path(a)).wantNoText("Phần phối hợp")
	leader.get(page).wantText("Chưa có phần phối hợp nào").wantNoText("Gửi đề nghị")
	helper.get("/mine").wantNoText("Phần phối hợp chờ gửi")

	form := focal.get(page).wantText("Không sau hạn của nhiệm vụ, 7/10/2026").form(page)
	if form.Get("agencies") == "" {
		t.Errorf("the only cooperating agency is not chosen: %v", form)
	}
	form.Set("due", "31/2/2026")
	form.Set("words", "Số liệu đánh giá")
	form = focal.post(page, form).want(http.StatusUnprocessableEntity).wantText("Ngày chưa đúng", "Số liệu đánh giá").form(page)
	if form.Get("due") != "31/2/2026" || form.Get("agencies") == "" {
		t.Errorf("typed and lost: %v", form)
	}
	form.Set("due", "8/10/2026")
	focal.post(page, form).want(http.StatusUnprocessableEntity).wantText("Ngày gửi không được sau hạn")
	form.Set("due", "6/10/2026")
	stale := url.Values{}
	for k, v := range form {
		stale[k] = v
	}
	focal.post(page, form).wantRedirect(page)
	focal.get(page).wantText("Chờ gửi, hạn 6/10/2026", "Số liệu đánh giá").wantNoText("Nhắc cơ quan này") // asked today
	focal.post(page, stale).want(http.StatusConflict).wantText("Nội dung đã gõ, chưa được lưu", "Số liệu đánh giá")
	helper.get("/mine").wantText("Phần phối hợp chờ gửi (1)", "Số liệu đánh giá")
	helper.get(path(a)).wantText("Chờ gửi, hạn 6/10/2026")

	r.at("2026-10-06 08:00")
	nudge := partPath(r, a, "/nudge")
	focal.post(nudge, focal.get(page).form(nudge)).wantRedirect(page)
	focal.get(page).wantText("Đã nhắc ngày 6/10/2026").wantNoText("Nhắc cơ quan này")

	send := path(a, "/contributions/send")
	form = helper.get(page).wantText("Cơ quan chủ trì chờ phần phối hợp").form(send)
	helper.post(send, form).want(http.StatusUnprocessableEntity)
	form.Set("words", "Biểu tổng hợp")
	form.Set("document", "5/STC")
	helper.post(send, form).wantRedirect(page)
	helper.get("/mine").wantNoText("Phần phối hợp chờ gửi")
	helper.get(page).wantNoText("Quyết định về phần này")
	focal.get(page).wantText("Sở Tài chính gửi lúc", "văn bản 5/STC", "Biểu tổng hợp")
	office.get(path(a)).wantText("Đã gửi, chờ cơ quan chủ trì xem.")

	settle := partPath(r, a, "/settle")
	form = focal.get(page).form(settle)
	form.Set("outcome", "again")
	form.Set("words", "Thiếu biểu hai")
	form.Set("due", "7/10/2026")
	focal.post(settle, form).wantRedirect(page)
	helper.get(page).wantText("đề nghị gửi lại trước ngày 7/10/2026", "Thiếu biểu hai")
	form = helper.get(page).form(send)
	form.Set("words", "Đủ hai biểu")
	helper.post(send, form).wantRedirect(page)
	form = office.get(page).form(settle)
	form.Set("outcome", "accept")
	office.post(settle, form).wantRedirect(page)
	leader.get(page).wantText("chấp nhận lúc", "Đủ hai biểu")
	focal.get(path(a)).wantText("chấp nhận phần phối hợp", "gửi phần phối hợp", "đề nghị phần phối hợp")
}

// What one cooperating agency contributes is nothing for another.
func TestAContributionIsHiddenFromOtherAgencies(t *testing.T) {
	r := newRig(t)
	_, list := r.issue("10/CT-UBND", rigDuty{
		text: "Rà soát thủ tục hành chính.", leads: []string{"Sở Nội vụ"}, cooperating: []string{"Sở Tài chính", "UBND xã An Bình"}, due: "2026-10-30",
	})
	a := list[0]
	ask := func(words string, agency string) {
		t.Helper()
		err := r.Assignments.AskContributions(r.ctx(), r.person(focalEmail), a.ID, tasks.ContributionRequest{
			Agencies: []int64{r.agencies[agency].ID}, Words: words, Due: a.Due,
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	ask("Việc của sở", "STC")
	ask("Việc của xã", "XAB")
	if err := r.Assignments.SendContribution(r.ctx(), r.person(otherEmail), a.ID, tasks.ContributionInput{Words: "Bí mật của sở", Document: "77/STC"}); err != nil {
		t.Fatal(err)
	}
	commune := r.signIn(communeEmail)
	for _, address := range []string{path(a), path(a, "/contributions"), "/mine"} {
		commune.get(address).want(http.StatusOK).wantNoText("Việc của sở", "Bí mật của sở", "77/STC", "Sở Tài chính gửi")
	}
	commune.get(path(a, "/contributions")).wantText("Việc của xã")
	r.signIn(focalEmail).get(path(a, "/contributions")).wantText("Việc của sở", "Bí mật của sở", "Việc của xã")
}
