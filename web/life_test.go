package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

func TestADutyRestsThroughThePages(t *testing.T) {
	r, a := oneDuty(t)
	office, focal := r.signIn(officeEmail), r.signIn(focalEmail)
	focal.get(path(a)).wantNoText("Tạm dừng hoặc thu hồi")
	office.get(path(a)).wantText("Tạm dừng hoặc thu hồi")
	form := office.get(path(a, "/pause")).want(http.StatusOK).wantText("Nhiệm vụ đang được theo dõi").form(path(a, "/hold"))
	form.Set("reason", "Chờ Trung ương hướng dẫn")
	form.Set("document", "12/TB-VP")
	page := office.post(path(a, "/hold"), form).want(http.StatusUnprocessableEntity).wantText("hãy ghi theo ý kiến của ai", "Chờ Trung ương hướng dẫn")
	form = page.form(path(a, "/hold"))
	if form.Get("document") != "12/TB-VP" {
		t.Errorf("typed and lost: %v", form)
	}
	form.Set("authority", "Chủ tịch UBND tỉnh")
	stale := url.Values{"version": {"999"}, "reason": {"Chờ Trung ương hướng dẫn"}, "authority": {"Chủ tịch"}}
	office.post(path(a, "/hold"), stale).want(http.StatusConflict).wantText("Chờ Trung ương hướng dẫn", "Nhiệm vụ đã thay đổi")
	office.post(path(a, "/hold"), form).wantRedirect(path(a))

	for _, c := range []*client{office, focal} {
		c.get(path(a)).wantText("Đang tạm dừng", "Tạm dừng từ Thứ Hai, 5 tháng 10 năm 2026, theo ý kiến của Chủ tịch UBND tỉnh, văn bản 12/TB-VP",
			"Chờ Trung ương hướng dẫn", "tạm dừng nhiệm vụ").wantNoText("Gửi báo cáo")
		c.get(path(a, "/pause")).wantText("Nhiệm vụ đang tạm dừng")
	}
	focal.get(path(a, "/pause")).wantNoText("Cho tiếp tục", "Thu hồi nhiệm vụ")
	office.get("/assignments?state=on_hold").wantText("Tạm dừng", "1 phân công")
	// The form that is gone keeps what was typed.
	office.post(path(a, "/hold"), form).want(http.StatusConflict).wantText("Chờ Trung ương hướng dẫn")

	r.at("2026-10-12 08:00")
	office = r.signIn(officeEmail)
	form = office.get(path(a, "/pause")).form(path(a, "/resume"))
	if form.Get("due") != "2026-10-14" {
		t.Errorf("proposed %v", form)
	}
	form.Set("reason", "Đã có hướng dẫn")
	form.Set("authority", "Chủ tịch UBND tỉnh")
	form.Set("due", "32/10/2026")
	page = office.post(path(a, "/resume"), form).want(http.StatusUnprocessableEntity).wantText("Ngày chưa đúng")
	if form = page.form(path(a, "/resume")); form.Get("due") != "32/10/2026" {
		t.Errorf("typed and lost: %v", form)
	}
	form.Set("due", "15/10/2026")
	office.post(path(a, "/resume"), form).wantRedirect(path(a))
	office.get(path(a)).wantText("Hạn Thứ Năm, 15 tháng 10 năm 2026", "7/10/2026 → 15/10/2026")
	office.get(path(a, "/deadline")).wantText("đã gia hạn 1 lần").wantNoText("Trần Thị Văn, Sở Nội vụ")

	form = office.get(path(a, "/pause")).form(path(a, "/cancel"))
	form.Set("reason", "Không còn cần")
	form.Set("authority", "Chủ tịch UBND tỉnh")
	office.post(path(a, "/cancel"), form).wantRedirect(path(a))
	office.get(path(a)).wantText("Đã thu hồi", "Không còn cần", "Xem hoặc huỷ việc thu hồi")
	form = office.get(path(a, "/pause")).form(path(a, "/restore"))
	form.Set("reason", "Nhầm")
	office.post(path(a, "/restore"), form).wantRedirect(path(a))
	office.get(path(a, "/pause")).wantText("Nhiệm vụ đang được theo dõi", "huỷ việc thu hồi", "tạm dừng, theo ý kiến của Chủ tịch UBND tỉnh")
}

func TestADutyIsDeclinedAndReassignedThroughThePages(t *testing.T) {
	r, a := oneDuty(t)
	focal, office, helper, commune := r.signIn(focalEmail), r.signIn(officeEmail), r.signIn(otherEmail), r.signIn(communeEmail)
	commune.get(path(a)).want(http.StatusNotFound)
	focal.get(path(a)).wantText("Đề nghị chuyển cơ quan khác")
	form := focal.get(path(a, "/assign")).want(http.StatusOK).form(path(a, "/decline"))
	form.Set("proposed", "a"+text(r.agencies["XAB"].ID))
	focal.post(path(a, "/decline"), form).want(http.StatusUnprocessableEntity)
	form.Set("reason", "Thuộc cấp xã")
	form.Set("document", "88/SNV")
	focal.post(path(a, "/decline"), form).wantRedirect(path(a))
	const asks = "Sở Nội vụ đề nghị giao"
	focal.get(path(a)).wantText(asks, "Thuộc cấp xã", "văn bản 88/SNV", "Xem đề nghị")
	focal.get(path(a, "/assign")).wantText("Rút đề nghị").wantNoText("Phân công lại")
	helper.get(path(a, "/assign")).wantText(asks).wantNoText("Nguyễn Thị Đầu", "Rút đề nghị")
	office.get("/inbox").wantText("Đề nghị chuyển cơ quan khác, chờ quyết định", "Thuộc cấp xã", asks)

	page := office.get(path(a, "/assign")).wantText("Phân công lại", "Giữ nguyên phân công")
	form = page.form(path(a, "/assign"))
	if got := form["leads"]; !slices.Equal(got, []string{"a" + text(r.agencies["XAB"].ID)}) {
		t.Errorf("the form proposes %v", form)
	}
	form.Set("leads_text", "Cơ quan không có")
	page = office.post(path(a, "/assign"), form).want(http.StatusUnprocessableEntity).wantText("Cơ quan không có")
	form = page.form(path(a, "/assign"))
	form.Set("leads_text", "")
	form.Set("reason", "Đúng chức năng")
	form.Set("authority", "Chủ tịch UBND tỉnh")
	form.Set("due", "20/10/2026")
	office.post(path(a, "/assign"), form).wantRedirect(path(a))
	office.get(path(a, "/assign")).wantText("Đã chủ trì", "từ 5/10/2026 đến 5/10/2026", "chuyển chủ trì từ Sở Nội vụ sang", "Đúng chức năng")
	office.get("/inbox").wantNoText("Đề nghị chuyển cơ quan khác, chờ quyết định")
	focal.get(path(a)).want(http.StatusNotFound)
	commune.get(path(a)).want(http.StatusOK).wantText("Hạn Thứ Ba, 20 tháng 10 năm 2026", "phân công lại")
}

func TestAYearEndsThroughThePages(t *testing.T) {
	r, a := oneDuty(t)
	office := r.signIn(officeEmail)
	base := "/documents/" + text(a.DocumentID)
	office.get(base).wantText("Chuyển tiếp, kết thúc nhiệm vụ")
	page := office.get(base+"/close").want(http.StatusOK).wantText("chưa kết thúc", "còn để ngỏ")
	form := page.form(base + "/carry")
	form.Set("all", string(tasks.YearEndCarry))
	form.Set("reason", "Tổng kết năm")
	form.Set("authority", "Chủ tịch UBND tỉnh")
	form.Set("due", "31/2/2027")
	page = office.post(base+"/carry", form).want(http.StatusUnprocessableEntity).wantText("Ngày chưa đúng")
	if form = page.form(base + "/carry"); form.Get("due") != "31/2/2027" || form.Get("reason") != "Tổng kết năm" || form.Get("all") != "carry" {
		t.Errorf("typed and lost: %v", form)
	}
	form.Set("due", "30/6/2027")
	stale := url.Values{}
	for name, values := range form {
		stale[name] = values
	}
	stale.Set("version-"+text(a.ID), "999")
	office.post(base+"/carry", stale).want(http.StatusConflict).wantText("Tổng kết năm")
	office.post(base+"/carry", form).wantRedirect(base + "/close")
	if got := office.get(base + "/close.xlsx").want(http.StatusOK).header.Get("Content-Type"); !strings.Contains(got, "spreadsheetml") {
		t.Errorf("the workbook is %s", got)
	}
	page = office.get(base+"/close").wantText("chuyển tiếp đến 30/6/2027", "không còn nhiệm vụ nào để ngỏ")
	office.post(base+"/end", page.form(base+"/end")).wantRedirect(base)
	office.get(base).wantText("Đã kết thúc")
	form = office.get(base + "/close").form(base + "/reopen")
	form.Set("reason", "Đóng nhầm")
	office.post(base+"/reopen", form).wantRedirect(base)
	office.get(base).wantText("mở lại văn bản")
}
