package web_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"tiendo/tasks"
)

const remindersPath = "/settings/reminders"

// The page shows what a ladder does before it is saved; what was typed is not lost.
func TestRemindersOfTheProvince(t *testing.T) {
	r := newRig(t) // on Monday the 5th of October 2026
	office := r.signIn(officeEmail)
	p := office.get(remindersPath).want(http.StatusOK).wantText("Đang theo cấu hình của chương trình", "Chỉ để xem")
	form := p.form(remindersPath)
	if form.Get("before") != "10, 5, 1" || form.Get("head") != "3" || form.Get("cooperating") != "5, 0" || form.Get("own") != "0" {
		t.Errorf("the form shows %v", form)
	}
	form.Set("own", "1")
	form.Set("example", "2026-11-30")
	form.Set("before", "3, 7")
	form.Set("head", "2")
	form.Set("preview", "1")
	p = office.post(remindersPath, form).want(http.StatusOK)
	// The seventh and third working days before Monday the 30th, the day itself, the first after it.
	p.wantText("30 tháng 11 năm 2026", "19/11, 25/11, 30/11, 1/12, 8/12, 15/12, rồi cứ 5 ngày làm việc", "2/12, 9/12, 16/12, rồi cứ 5 ngày làm việc", "23/11, 30/11", "từ 21/12/2026")
	if got := p.form(remindersPath).Get("before"); got != "3, 7" {
		t.Errorf("typed %q", got)
	}
	office.get(remindersPath).wantText("Đang theo cấu hình của chương trình")

	form.Del("preview")
	form.Set("own", "0")
	office.post(remindersPath, form).want(http.StatusUnprocessableEntity).wantText("Các ô bên dưới đã sửa nhưng chưa được dùng")
	form.Set("own", "1")
	form.Set("head", "hai")
	p = office.post(remindersPath, form).want(http.StatusUnprocessableEntity).wantText("Ghi một số từ 0 đến 250")
	if got := p.form(remindersPath).Get("head"); got != "hai" {
		t.Errorf("typed %q", got)
	}
	form.Set("head", "2")
	office.post(remindersPath, form).wantRedirect(remindersPath).follow().wantText("Đã lưu lịch nhắc", "Đang theo lịch đặt trên trang này từ ngày 5/10/2026")
	// Another had the page open meanwhile.
	form.Set("head", "9")
	p = r.signIn(adminEmail).post(remindersPath, form).want(http.StatusConflict).wantText("Người khác vừa thay đổi")
	form = p.form(remindersPath)
	if form.Get("head") != "9" {
		t.Errorf("typed %q", form.Get("head"))
	}
	r.signIn(adminEmail).post(remindersPath, form).wantRedirect(remindersPath)
	if l := must(r.Reminders.Get(r.ctx(), r.people[officeEmail], tasks.Subject{Kind: tasks.SubjectProvince}))(t).Holds; l.Head != 9 || !slices.Equal(l.Before, []int{7, 3}) {
		t.Errorf("saved %+v", l)
	}
	office.get("/audit").wantText("đặt lịch nhắc việc chung")
}

func TestRemindersOfADocumentAndADuty(t *testing.T) {
	r := newRig(t)
	d, list := r.issue("20/CT-UBND", rigDuty{text: "Rà soát thủ tục.", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"})
	office := r.signIn(officeEmail)
	document, duty := "/documents/"+text(d.ID), "/tasks/"+text(list[0].TaskID)
	for _, from := range []struct{ page, to string }{{document, document + "/reminders"}, {path(list[0]), duty + "/reminders"}} {
		if !slices.Contains(office.get(from.page).links(), from.to) {
			t.Errorf("%s does not lead to %s", from.page, from.to)
		}
		if slices.Contains(r.signIn(focalEmail).get(from.page).links(), from.to) {
			t.Errorf("%s leads a focal point to %s", from.page, from.to)
		}
	}
	form := office.get(document+"/reminders").want(http.StatusOK).wantText("20/CT-UBND", "30 tháng 10 năm 2026", "lịch nhắc chung của tỉnh").form(document + "/reminders")
	form.Set("own", "1")
	form.Set("head", "1")
	office.post(document+"/reminders", form).wantRedirect(document + "/reminders").follow().wantText("Có lịch nhắc riêng, đặt từ ngày 5/10/2026")
	p := office.get(duty+"/reminders").want(http.StatusOK).wantText("Rà soát thủ tục", "thủ trưởng từ 1", "2/11, 9/11, 16/11")
	form = p.form(duty + "/reminders")
	form.Set("own", "1")
	form.Set("head", "0")
	form.Set("leaders", "0")
	office.post(duty+"/reminders", form).wantRedirect(duty + "/reminders").follow().wantText("không nhắc")
	if v := must(r.Reminders.Get(r.ctx(), r.person(officeEmail), tasks.Subject{Kind: tasks.SubjectTask, ID: list[0].TaskID}))(t); v.Holds.Head != 0 || v.Above.Head != 1 {
		t.Errorf("saved %+v", v)
	}
	office.get(path(list[0])).wantText("đặt lịch nhắc của nhiệm vụ", "Nhắc thủ trưởng từ")
}

// What its own ladder keeps from leaders takes no place from what they are asked of.
func TestLeadersAreAskedByEachLadder(t *testing.T) {
	r := newRig(t)
	var quiet []rigDuty
	for i := range 12 {
		quiet = append(quiet, rigDuty{text: fmt.Sprintf("Việc riêng số %d", i+1), leads: []string{"Sở Nội vụ"}, due: "2026-10-08"})
	}
	doc, _ := r.issue("20/CT-UBND", quiet...)
	r.issue("21/CT-UBND", rigDuty{text: "Việc phải xin ý kiến", leads: []string{"Sở Tài chính"}, due: "2026-10-09"})
	of := tasks.Subject{Kind: tasks.SubjectDocument, ID: doc.ID}
	office := r.person(officeEmail)
	v := must(r.Reminders.Get(r.ctx(), office, of))(t)
	in := v.Holds.Input()
	in.Own, in.Leaders, in.Version = true, "0", v.Own.Version
	r.did(r.Reminders.Set(r.ctx(), office, of, in))
	r.clock.set(must(time.Parse(time.RFC3339, "2026-11-20T09:00:00+07:00"))(t))
	page := r.signIn(leaderEmail).get("/week").want(http.StatusOK)
	section := page.text()
	if i := strings.Index(section, "Quá hạn từ 15 ngày làm việc"); i < 0 || !strings.Contains(section[i:], "Việc phải xin ý kiến") {
		t.Error("the leader is not asked of the duty")
	}
}
