package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tiendo/tasks"
)

// manyDuty issues one duty of three agencies, each for itself, and one of one agency.
func manyDuty(t *testing.T) (*rig, []tasks.Assignment) {
	t.Helper()
	r := newRig(t)
	_, list := r.issue("10/CT-UBND",
		rigDuty{text: "Công khai thủ tục hành chính.", leads: []string{"Sở Nội vụ", "Sở Tài chính", "UBND xã An Bình"}, due: "2026-10-07"},
		rigDuty{text: "Trình Quy chế đánh giá.", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"})
	return r, list
}

func taskPath(a tasks.Assignment, rest ...string) string {
	return fmt.Sprintf("/tasks/%d%s", a.TaskID, strings.Join(rest, ""))
}

// reports writes a progress report.
func (r *rig) reports(email string, a tasks.Assignment, text string) {
	r.t.Helper()
	err := r.Assignments.Report(r.ctx(), r.person(email), a.ID, tasks.ReportInput{Kind: tasks.ReportProgress, Percent: 20, Text: text})
	if err != nil {
		r.t.Fatal(err)
	}
}

func chosen(list ...tasks.Assignment) []string {
	var out []string
	for _, a := range list {
		out = append(out, fmt.Sprintf("%d.%d", a.ID, a.Version))
	}
	return out
}

func TestADutyOfManyAgenciesOnOnePage(t *testing.T) {
	r, a := manyDuty(t)
	office, leader, focal, other := r.signIn(officeEmail), r.signIn(leaderEmail), r.signIn(focalEmail), r.signIn(otherEmail)
	page := taskPath(a[0])
	r.reports(focalEmail, a[0], "Đã công khai 50 thủ tục")
	office.get(page).wantText("1/3 đơn vị đã báo cáo, 0 quá hạn, 2 chưa trả lời", "Sở Nội vụ", "Sở Tài chính", "UBND xã An Bình", "Đã công khai 50 thủ tục", "Đôn đốc cả 2 đơn vị chưa trả lời")
	leader.get(page).wantText("1/3 đơn vị đã báo cáo").wantNoText("Đôn đốc cả", "Giao thêm đơn vị", "Thu hồi của đơn vị")
	office.get(page+"?show=silent").wantText("Sở Tài chính", "UBND xã An Bình").wantNoText("Đã công khai 50 thủ tục")
	office.get(page + "?show=waiting&sort=name").wantText("Không có đơn vị nào khớp")
	focal.get(page).wantRedirect(path(a[0]))
	other.get(page).wantRedirect(path(a[1]))
	r.signIn(adminEmail).get(page).want(http.StatusNotFound)
	office.get(taskPath(a[3])).wantRedirect(path(a[3]))

	// One line a duty in the list, and a way there from the document.
	grouped := office.get("/assignments?group=task").wantText("3 đơn vị: 0 hoàn thành, 2 chưa trả lời", "Gộp theo nhiệm vụ", "Trình Quy chế đánh giá")
	if strings.Count(grouped.text(), "Công khai thủ tục") != 1 {
		t.Errorf("the duty stands more than once:\n%s", grouped.text())
	}
	office.get("/assignments").wantText("Gộp theo nhiệm vụ")
	focal.get("/assignments?group=task").wantNoText("Gộp theo nhiệm vụ", "3 đơn vị")
	office.get(fmt.Sprintf("/documents/%d", a[0].DocumentID)).wantText("Xem các đơn vị")
	other.get(fmt.Sprintf("/documents/%d", a[0].DocumentID)).wantNoText("Xem các đơn vị")

	// Urge: nobody chosen is refused, all that are silent, then once more.
	office.post(taskPath(a[0], "/nudge"), nil).want(http.StatusUnprocessableEntity).wantText("Hãy chọn ít nhất một đơn vị.")
	office.post(taskPath(a[0], "/nudge"), url.Values{"all": {"1"}}).wantRedirect(page)
	office.get(page).wantText("Đã gửi đôn đốc đến 2 đơn vị.", "đôn đốc ngày 5/10/2026")
	office.post(taskPath(a[0], "/nudge"), url.Values{"chosen": chosen(a[1])}).want(http.StatusConflict).wantText("đã được đôn đốc trong ngày làm việc này")
	other.get(path(a[1])).wantText("đôn đốc báo cáo")
	other.get(path(a[1])).wantNoText("UBND xã An Bình")

	book := fmt.Sprint(office.get(taskPath(a[0], "/list.xlsx?show=silent")).want(http.StatusOK).workbook())
	if !strings.Contains(book, "Sở Tài chính") || !strings.Contains(book, "đôn đốc ngày 5/10/2026") || strings.Contains(book, "Đã công khai 50 thủ tục") {
		t.Errorf("the workbook says %s", book)
	}
}

func TestAgenciesComeAndGoOnThePages(t *testing.T) {
	r, a := manyDuty(t)
	office := r.signIn(officeEmail)
	page, add, release := taskPath(a[0]), taskPath(a[0], "/add"), taskPath(a[0], "/release")
	form := office.get(add).wantText("Giao thêm đơn vị").form(add)
	if form.Get("due") != "2026-10-07" {
		t.Errorf("the form begins with %v", form)
	}
	form.Set("agencies_text", "Không có ai")
	form.Set("document", "9/UBND")
	form = office.post(add, form).want(http.StatusUnprocessableEntity).wantText("Không có ai").form(add)
	if form.Get("document") != "9/UBND" {
		t.Errorf("typed and lost: %v", form)
	}
	form.Set("agencies_text", "UBND xã Bình Minh")
	office.post(add, form).want(http.StatusUnprocessableEntity).wantText("UBND xã Bình Minh")
	form.Set("reason", "Bổ sung theo chỉ đạo")
	form.Set("authority", "Chủ tịch UBND tỉnh")
	office.post(add, form).wantRedirect(page)
	office.get(page).wantText("Đã giao nhiệm vụ cho 1 đơn vị.", "0/4 đơn vị đã báo cáo", "UBND xã Bình Minh")

	office.get(release).want(http.StatusUnprocessableEntity).wantText("Hãy chọn ít nhất một đơn vị.")
	query := url.Values{"chosen": chosen(a[1], a[2])}
	form = office.get(release+"?"+query.Encode()).wantText("Sở Tài chính", "UBND xã An Bình", "Chưa thực hiện").wantNoText("Sở Nội vụ").form(release)
	office.post(release, form).want(http.StatusUnprocessableEntity).wantText("Sở Tài chính", "UBND xã An Bình")
	form.Set("reason", "Không thuộc phạm vi")
	form.Set("authority", "Chủ tịch UBND tỉnh")
	stale := url.Values{}
	for k, v := range form {
		stale[k] = v
	}
	office.post(release, form).wantRedirect(page)
	office.get(page).wantText("0/2 đơn vị đã báo cáo", "Đã thu hồi nhiệm vụ của 2 đơn vị.")
	office.post(release, stale).want(http.StatusConflict).wantText("Không thuộc phạm vi")
	r.signIn(otherEmail).get(path(a[1])).wantText("Không thuộc phạm vi")
	office.get(fmt.Sprintf("/documents/%d", a[0].DocumentID)).wantText("giao thêm đơn vị cho một nhiệm vụ", "thu hồi nhiệm vụ của một số đơn vị")
}

// Of joint leads the page says who has reported.
func TestWhoOfTheJointLeadsReported(t *testing.T) {
	r := newRig(t)
	_, list := r.issue("12/CT-UBND", rigDuty{text: "Rà soát thủ tục hành chính.", leads: []string{"Sở Nội vụ", "Sở Tài chính"}, joint: true, due: "2026-10-30"})
	focal := r.signIn(focalEmail)
	focal.get(path(list[0])).wantText("chưa cơ quan nào báo cáo")
	r.reports(focalEmail, list[0], "Đã rà soát")
	focal.get(path(list[0])).wantText("Sở Nội vụ đã báo cáo; Sở Tài chính chưa báo cáo")
}
