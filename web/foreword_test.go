package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// The secretariat writes for the next digest until half an hour before it goes; what comes later is kept for the one after.
func TestForewordAndMonthPages(t *testing.T) {
	r := newRig(t)
	at := func(text string) {
		t.Helper()
		r.clock.set(must(time.Parse(time.RFC3339, text+":00+07:00"))(t))
		r.runDue()
	}
	r.issue("20/CT-UBND", rigDuty{text: "Rà soát hồ sơ", leads: []string{"Sở Nội vụ"}, due: "2026-10-07"}, rigDuty{text: "Số hóa", leads: []string{"Sở Nội vụ"}, due: "2026-10-15"})
	at("2026-10-12T07:30")
	office, leader := r.signIn(officeEmail), r.signIn(leaderEmail)
	leader.get("/week").want(http.StatusOK).wantNoText("Lời của Văn phòng")
	page := office.get("/week").want(http.StatusOK).wantText("Lời của Văn phòng trong bản tin tuần 42", "08:30 Thứ Hai 12/10")
	form := page.form("/week/foreword")
	form.Set("text", strings.Repeat("dài ", 200))
	office.post("/week/foreword", form).want(http.StatusUnprocessableEntity).wantText("Cần sửa trước khi gửi")
	form.Set("text", "Họp chiều thứ Năm.\n\nĐề nghị cho ý kiến.")
	late := form
	office.post("/week/foreword", form).wantRedirect("/week#foreword").follow().wantText("Đã lưu lời cho bản tin tuần 42")
	// In the version that was read before.
	late.Set("text", "Lời của người khác, gõ cùng lúc")
	office.post("/week/foreword", late).want(http.StatusConflict).wantText("Lời đang được lưu", "Họp chiều thứ Năm", "Lời của người khác, gõ cùng lúc")

	current := office.get("/week").form("/week/foreword")
	at("2026-10-12T08:30")
	current.Set("text", "Đến muộn nhưng vẫn cần")
	refused := office.post("/week/foreword", current).want(http.StatusConflict).wantText("Bản tin tuần 42 đã chốt", "Đến muộn nhưng vẫn cần")
	next := refused.form("/week/foreword")
	if next.Get("week") != "2026-10-19" || next.Get("text") != "Đến muộn nhưng vẫn cần" {
		t.Errorf("the form goes on as %v", next)
	}
	office.post("/week/foreword", next).wantRedirect("/week#foreword").follow().wantText("tuần 43")
	at("2026-10-12T09:00")
	leader.get("/week/2026-10-12").want(http.StatusOK).wantText("Lời của Văn phòng", "Họp chiều thứ Năm.", "Đến hạn trong tuần (1)", "Số hóa").wantNoText("Đến muộn")
	r.signIn(officeEmail).get("/audit").wantText("viết lời cho bản tin tuần của lãnh đạo")

	for _, monday := range []string{"2026-10-19T09:00", "2026-10-26T09:00", "2026-11-02T09:00"} {
		at(monday)
	}
	leader.get("/week/2026-11-02").wantText("Quá hạn kéo dài, cần lãnh đạo cho ý kiến (1)", "Tháng 11/2026")
	leader.get("/month").want(http.StatusOK).wantText("Tháng 11/2026: hoàn thành 0 việc, 2 việc quá hạn", "thứ Hai 26/10/2026")
	october := leader.get("/month?m=2026-10").want(http.StatusOK).wantText("Tuần 42, thứ Hai 12/10/2026", "Cả tháng")
	for _, href := range []string{"/week/2026-10-12", "/week/2026-10-26", "/month?m=2026-11"} {
		found := false
		for _, l := range october.links() {
			found = found || l == href
		}
		if !found {
			t.Errorf("the month does not lead to %s: %q", href, october.links())
		}
	}
	for page, want := range map[string][]string{
		"/month.xlsx?m=2026-10": {"1", "Sở Nội vụ", "1", "2", "2", "0", "2"}, // three Mondays, done since the first, all
		"/month.xlsx?m=2026-11": {"1", "Sở Nội vụ", "2", "0", "2"},
	} {
		if !slices.Contains(leader.get(strings.Replace(page, ".xlsx", "", 1)).links(), page) {
			t.Errorf("the month does not lead to %s", page)
		}
		rows := leader.get(page).workbook()
		if got := rowWith(rows, "Sở Nội vụ"); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", page, got, want)
		}
		if rowWith(rows, "Sở Tài chính") != nil {
			t.Errorf("%s lists an agency without duties", page)
		}
	}
	if got := leader.get("/month.xlsx").workbook(); column(t, got, rowWith(got, "Sở Nội vụ"), "Quá hạn 2/11") != "2" {
		t.Errorf("the latest month: %q", got)
	}
	for _, bad := range []string{"/month?m=2026-13", "/month?m=x", "/month?m=2020-01", "/month.xlsx?m=2026-13", "/month.xlsx?m=2020-01"} {
		leader.get(bad).want(http.StatusNotFound)
	}
}
