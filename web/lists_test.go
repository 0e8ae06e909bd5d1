package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"tiendo/tasks"
)

// province is a rig in which a document of August has duties in every timeliness. It is Monday 5 October, 07:00.
func newProvince(t *testing.T) (*rig, map[string]tasks.Assignment) {
	t.Helper()
	r := newRig(t)
	r.at("2026-08-03 08:00")
	snv, stc := []string{"Sở Nội vụ"}, []string{"Sở Tài chính"}
	duties := []rigDuty{
		{text: "Báo cáo kết quả kiểm tra công vụ quý III.", leads: snv, due: "2026-09-25"},
		{text: "Trình ban hành Quy chế đánh giá người đứng đầu.", leads: snv, due: "2026-09-30"},
		{text: "Tổng hợp tự chấm điểm Chỉ số CCHC.", leads: snv, due: "2026-10-07", cooperating: stc},
		{text: "Tổ chức lớp bồi dưỡng kỹ năng bộ phận một cửa.", leads: snv, due: "2026-11-30"},
		{text: "Duy trì công khai thủ tục hành chính.", leads: snv, cadence: "FREQ=MONTHLY;BYMONTHDAY=15"},
		{text: "Khảo sát sự hài lòng của người dân.", leads: snv, due: "2026-09-20"},
		{text: "Hoàn thiện cơ sở dữ liệu cán bộ.", leads: snv, due: "2026-09-15"},
		{text: "Thanh toán trực tuyến phí, lệ phí.", leads: stc, due: "2026-09-01"},
		{text: "Bố trí kinh phí cải cách hành chính.", leads: stc, due: "2026-10-20", cooperating: snv},
	}
	_, list := r.issue("20/CT-UBND", duties...)
	byName := make(map[string]tasks.Assignment)
	for i, key := range []string{"oldest", "late", "soon", "far", "cadence", "waiting", "done", "stc_late", "stc"} {
		byName[key] = list[i]
	}
	r.at("2026-09-14 09:00")
	r.did(r.Assignments.Report(r.ctx(), r.person(focalEmail), byName["done"].ID, tasks.ReportInput{Kind: tasks.ReportSubmission, Text: "Xong"}))
	r.did(r.Assignments.Confirm(r.ctx(), r.person(officeEmail), byName["done"].ID, 0))
	r.at("2026-09-24 09:00")
	r.did(r.Assignments.Report(r.ctx(), r.person(focalEmail), byName["waiting"].ID, tasks.ReportInput{Kind: tasks.ReportSubmission, Text: "Đã khảo sát 500 phiếu"}))
	r.did(r.Assignments.Report(r.ctx(), r.person(focalEmail), byName["soon"].ID, tasks.ReportInput{Kind: tasks.ReportProgress, Percent: 60, Text: "Đã được 60"}))
	r.at("2026-10-05 07:00")
	return r, byName
}

func (r *rig) did(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

func TestHomeLeadsEachToHisFirstPage(t *testing.T) {
	r := newRig(t)
	for email, want := range map[string]string{
		officeEmail: "/inbox", standingEmail: "/inbox", leaderEmail: "/week", focalEmail: "/mine", headEmail: "/mine", adminEmail: "/health", noRoleEmail: "/account",
	} {
		r.signIn(email).get("/").wantRedirect(want)
	}
	r.client().get("/").wantRedirect("/login")
}

func TestMineShowsTheAgencysDutiesMostUrgentFirst(t *testing.T) {
	r, list := newProvince(t)
	page := r.signIn(focalEmail).get("/mine").want(http.StatusOK)
	if got, want := page.h1(), "Sở Nội vụ còn 5 việc, 2 việc quá hạn"; got != want {
		t.Errorf("h1 %q, want %q", got, want)
	}
	page.wantText("Thứ Hai, 5 tháng 10 năm 2026. Tuần này đến hạn 1 việc.", "1 đã hoàn thành · 100 % đúng hạn", "1 đến hạn trong 5 ngày làm việc",
		"Thứ Sáu 25/9", "quá 6 ngày làm việc", "quá 3 ngày làm việc", "còn 2 ngày làm việc", "đã báo cáo 60 %", "20/CT-UBND · mục 3", "phối hợp: Sở Tài chính",
		"Chưa có báo cáo kỳ 15/9/2026")
	var headings []string
	for _, h := range page.elements("h2") {
		headings = append(headings, textOf(h))
	}
	want := []string{"Quá hạn (2)", "Sắp đến hạn (1)", "Còn trong hạn (1)", "Theo kỳ báo cáo (1)", "Chờ xác nhận (1)", "Phối hợp (1)"}
	if !slices.Equal(headings, want) {
		t.Errorf("sections %q, want %q", headings, want)
	}
	// Each duty stands once, with its action on the row; what another leads can only be looked at.
	for key, rest := range map[string]string{"oldest": "#report", "late": "#report", "soon": "#report", "far": "#report", "cadence": "#report", "waiting": "", "stc": ""} {
		if n := count(page.links(), path(list[key])) + count(page.links(), path(list[key], "#report")); n != 2 {
			t.Errorf("%s is linked %d times, want title and action: %q", key, n, page.links())
		}
		if !slices.Contains(page.links(), path(list[key], rest)) {
			t.Errorf("%s has no action %q", key, rest)
		}
	}
	for _, hidden := range []string{"done", "stc_late"} {
		if slices.Contains(page.links(), path(list[hidden])) {
			t.Errorf("%s is shown", hidden)
		}
	}
	// The figures' links lead to lists that count the same.
	figures := 0
	for _, a := range page.elements("a") {
		if link := attribute(a, "href"); strings.HasPrefix(link, "/assignments?") {
			figures++
			figure, _, _ := strings.Cut(textOf(a), " ")
			if got := page.client.get(link).want(http.StatusOK).h1(); !strings.HasPrefix(got, figure+" phân công") {
				t.Errorf("%s: %q, but the figure is %s", link, got, figure)
			}
		}
	}
	if figures != 6 {
		t.Errorf("%d figures", figures)
	}
	r.signIn(headEmail).get("/mine").want(http.StatusOK).wantText("Quá hạn (2)")
}

func count(list []string, s string) int {
	n := 0
	for _, x := range list {
		if x == s {
			n++
		}
	}
	return n
}

func TestMineIsForThoseWithAnAgency(t *testing.T) {
	r := newRig(t)
	for _, email := range []string{officeEmail, leaderEmail, adminEmail, noRoleEmail} {
		r.signIn(email).get("/mine").want(http.StatusForbidden)
	}
	focal := r.signIn(focalEmail)
	focal.get("/mine").wantText("Sở Nội vụ chưa chủ trì việc nào", "Khi một văn bản giao việc cho cơ quan")
	focal.get("/mine?agency=" + fmt.Sprint(r.agencies["STC"].ID)).want(http.StatusNotFound)
	focal.get("/mine?agency=x").want(http.StatusNotFound)

	p := r.person(focalEmail)
	p.Grants = append(p.Grants, tasks.Grant{Role: tasks.RoleHead, AgencyID: r.agencies["STC"].ID})
	must(r.Accounts.SavePerson(r.ctx(), tasks.System, p))(t)
	focal = r.signIn(focalEmail)
	focal.get("/mine").wantText("Sở Nội vụ chưa chủ trì việc nào", "Sở Tài chính")
	focal.get("/mine?agency=" + fmt.Sprint(r.agencies["STC"].ID)).wantText("Sở Tài chính chưa chủ trì việc nào")
}

func TestMineCutsLongSections(t *testing.T) {
	r := newRig(t)
	var duties []rigDuty
	for i := range 25 {
		duties = append(duties, rigDuty{text: fmt.Sprintf("Nhiệm vụ số %d của kế hoạch.", i), leads: []string{"Sở Nội vụ"}, due: "2026-12-15"})
	}
	r.issue("21/CT-UBND", duties...)
	page := r.signIn(focalEmail).get("/mine").wantText("Còn trong hạn (25)", "Tất cả 25 việc")
	i := slices.IndexFunc(page.links(), func(l string) bool { return strings.Contains(l, "state=working") })
	if i < 0 {
		t.Fatalf("no link to the whole list: %q", page.links())
	}
	page.client.get(page.links()[i]).want(http.StatusOK).wantText("25 phân công khớp với điều kiện lọc")
}

func TestInboxShowsWhatWaitsTheOldestFirst(t *testing.T) {
	r, list := newProvince(t)
	r.did(r.Assignments.Report(r.ctx(), r.person(focalEmail), list["late"].ID, tasks.ReportInput{Kind: tasks.ReportSubmission, Text: "Đã trình muộn"}))
	draft := r.importDocument("22/KH-UBND", rigDuty{text: "Việc chưa giao.", leads: []string{"Sở Nội vụ"}, due: "2026-12-01"})
	office := r.signIn(officeEmail)
	page := office.get("/inbox").want(http.StatusOK)
	if got, want := page.h1(), "2 báo cáo chờ xác nhận, 1 báo cáo chờ quá 5 ngày làm việc"; got != want {
		t.Errorf("h1 %q, want %q", got, want)
	}
	page.wantText("Thứ Năm 24/9", "chờ 7 ngày làm việc", "Đã khảo sát 500 phiếu", "Trễ hạn", "Sở Nội vụ", "Đã trình muộn", "hạn 30/9/2026", "22/KH-UBND", "1 nhiệm vụ")
	text := page.text()
	if strings.Index(text, "Đã khảo sát") > strings.Index(text, "Đã trình muộn") {
		t.Error("the newer report stands first")
	}
	if !slices.Contains(page.links(), fmt.Sprintf("/documents/%d/review", draft.ID)) || !slices.Contains(page.links(), path(list["waiting"], "#waiting")) {
		t.Errorf("links %q", page.links())
	}
	for _, email := range []string{leaderEmail, focalEmail, adminEmail, noRoleEmail} {
		r.signIn(email).get("/inbox").want(http.StatusForbidden).wantNoText("Đã khảo sát")
	}
}

func TestInboxPages(t *testing.T) {
	r := newRig(t)
	var duties []rigDuty
	for i := range tasks.DefaultPage + 1 {
		duties = append(duties, rigDuty{text: fmt.Sprintf("Nhiệm vụ thứ %d.", i), leads: []string{"Sở Nội vụ"}, due: "2026-12-15"})
	}
	_, list := r.issue("25/CT-UBND", duties...)
	for i, a := range list {
		r.did(r.Assignments.Report(r.ctx(), r.person(focalEmail), a.ID, tasks.ReportInput{Kind: tasks.ReportSubmission, Text: fmt.Sprintf("Kết quả %d.", i)}))
	}
	office := r.signIn(officeEmail)
	page := office.get("/inbox").wantText("51 báo cáo chờ xác nhận", "Kết quả 49.").wantNoText("Kết quả 50.")
	i := slices.IndexFunc(page.links(), func(l string) bool { return strings.HasPrefix(l, "/inbox?after=") })
	if i < 0 {
		t.Fatalf("no link to the next page: %q", page.links())
	}
	office.get(page.links()[i]).wantText("51 báo cáo chờ xác nhận", "Kết quả 50.").wantNoText("Kết quả 49.", "Trang sau")
}

func TestInboxNamesAgenciesThatNobodyCouldTell(t *testing.T) {
	r := newRig(t)
	r.issue("24/CT-UBND", rigDuty{text: "Rà soát thủ tục.", leads: []string{"Sở Nội vụ", "UBND xã Bình Minh"}, due: "2026-12-01"})
	office := r.signIn(officeEmail)
	office.get("/inbox").wantNoText("chưa có ai nhận được thư")
	r.clock.add(11 * time.Minute)
	r.runDue()
	office.get("/inbox").wantText("1 cơ quan chưa có ai nhận được thư: UBND xã Bình Minh.")
}

func TestInboxSaysWhenAReportWaitsTooLong(t *testing.T) {
	r, a := oneDuty(t)
	r.signIn(focalEmail).submit(a, "Xong") // on Monday 5 October
	for day, long := range map[string]bool{"2026-10-12 17:00": false, "2026-10-13 07:00": true, "2026-10-11 09:00": false, "2026-10-17 09:00": true} {
		r.at(day)
		want := "1 báo cáo chờ xác nhận"
		if long {
			want += ", 1 báo cáo chờ quá 5 ngày làm việc"
		}
		if got := r.signIn(officeEmail).get("/inbox").h1(); got != want {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
}

func TestAssignmentListFilters(t *testing.T) {
	r, list := newProvince(t)
	office, snv, stc := r.signIn(officeEmail), fmt.Sprint(r.agencies["SNV"].ID), fmt.Sprint(r.agencies["STC"].ID)
	doc := fmt.Sprint(list["far"].DocumentID)
	for query, want := range map[string][]string{
		"":                                      {"stc_late", "oldest", "late", "soon", "stc", "far", "cadence"},
		"state=all":                             {"stc_late", "done", "waiting", "oldest", "late", "soon", "stc", "far", "cadence"},
		"sort=newest&agency=" + stc:             {"stc", "stc_late", "soon"},
		"agency=" + stc + "&part=lead":          {"stc_late", "stc"},
		"timeliness=overdue":                    {"stc_late", "oldest", "late"},
		"timeliness=overdue&agency=" + snv:      {"oldest", "late"},
		"state=submitted":                       {"waiting"},
		"state=undone&timeliness=on_time":       {},
		"timeliness=on_time":                    {"done"},
		"due_from=2026-10-01&due_to=31/10/2026": {"soon", "stc"},
		"q=QUY+CHE":                             {"late"},
		"q=kiem+tra&document=" + doc:            {"oldest"},
		"document=999":                          {},
		"state=nonsense&timeliness=nonsense&sort=nonsense&agency=nonsense": {"stc_late", "oldest", "late", "soon", "stc", "far", "cadence"},
	} {
		page := office.get("/assignments?" + query).want(http.StatusOK)
		var got []string
		for _, link := range page.links() {
			for key, a := range list {
				if link == path(a) && !slices.Contains(got, key) {
					got = append(got, key)
				}
			}
		}
		if !slices.Equal(got, want) && len(got)+len(want) > 0 {
			t.Errorf("%q: %q, want %q", query, got, want)
		}
	}
	page := office.get("/assignments?agency="+snv+"&timeliness=overdue&q=cong").wantText("Cơ quan: Sở Nội vụ", "Thời hạn: Quá hạn")
	if got, _ := page.value("q"); got != "cong" {
		t.Errorf("the filter holds %q", got)
	}
	if got := page.h1(); got != "1 phân công quá hạn" {
		t.Errorf("h1 %q", got)
	}
	page = office.get("/assignments?due_from=32/10/2026").want(http.StatusUnprocessableEntity).wantText("Ngày chưa đúng")
	if got, _ := page.value("due_from"); got != "32/10/2026" {
		t.Errorf("the filter holds %q", got)
	}
	office.get("/assignments?after=rubbish").want(http.StatusUnprocessableEntity)

	// A focal point's list holds what his agency has a part in, whatever the filter says.
	other := r.signIn(otherEmail)
	other.get("/assignments?state=all").wantText("3 phân công đã giao").wantNoText("Quy chế", "Khảo sát")
	other.get("/assignments?agency=" + snv).wantText("2 phân công").wantNoText("Quy chế")
	r.signIn(leaderEmail).get("/assignments?state=all").wantText("9 phân công đã giao").wantNoText("Xem và xác nhận")
	for _, email := range []string{adminEmail, noRoleEmail} {
		r.signIn(email).get("/assignments").want(http.StatusForbidden)
	}
	r.signIn(communeEmail).get("/assignments").wantText("Chưa có nhiệm vụ nào được giao.")
}

func TestAssignmentListPages(t *testing.T) {
	r := newRig(t)
	var duties []rigDuty
	for i := range 60 {
		duties = append(duties, rigDuty{text: fmt.Sprintf("Nhiệm vụ thứ %d.", i), leads: []string{"Sở Nội vụ"}, due: "2026-12-15"})
	}
	r.issue("23/CT-UBND", duties...)
	office := r.signIn(officeEmail)
	page := office.get("/assignments?q=nhiem").wantText("50 phân công trên trang này, tất cả 60")
	i := slices.IndexFunc(page.links(), func(l string) bool { return strings.Contains(l, "after=") })
	if i < 0 {
		t.Fatalf("no link to the next page: %q", page.links())
	}
	second := office.get(page.links()[i]).wantText("10 phân công trên trang này, tất cả 60", "Trang trước")
	if v := must(url.Parse(page.links()[i]))(t).Query(); v.Get("q") != "nhiem" {
		t.Errorf("the next page forgets the filter: %v", v)
	}
	if second.has("Trang sau") {
		t.Error("the last page leads on")
	}
}

func TestWeek(t *testing.T) {
	r, list := newProvince(t)
	leader := r.signIn(leaderEmail)
	page := leader.get("/week").want(http.StatusOK)
	page.wantText("số liệu tính đến 07:00 5/10/2026", "9 việc đã giao cho 2 cơ quan, từ 1 văn bản.")
	if got := page.h1(); got != "Tuần 41: 3 việc quá hạn" {
		t.Errorf("h1 %q", got)
	}
	r.did(r.Weeks.Freeze(r.ctx(), r.today()))
	r.did(r.Assignments.Report(r.ctx(), r.person(focalEmail), list["late"].ID, tasks.ReportInput{Kind: tasks.ReportSubmission, Text: "Đã trình"}))
	r.at("2026-10-12 07:00")
	r.did(r.Weeks.Freeze(r.ctx(), r.today()))
	page = leader.get("/week").want(http.StatusOK)
	// Overdue: oldest, stc_late, and soon, whose deadline passed on the 7th.
	if got := page.h1(); got != "Tuần 42: 3 việc quá hạn, bằng tuần trước" {
		t.Errorf("h1 %q", got)
	}
	page.wantText("Số liệu chốt thứ Hai 12/10/2026.", "2 chờ xác nhận · +1", "1 hoàn thành · 100 % đúng hạn · không đổi",
		"Quá hạn 50 %: 3 trên 6 việc đã qua hạn.", "Hoàn thành 11 %: 1 trên 9 việc đã giao.", "Thanh toán trực tuyến phí, lệ phí", "2 / 7", "1 / 2")
	if strings.Index(page.text(), "Thanh toán trực tuyến") > strings.Index(page.text(), "Báo cáo kết quả kiểm tra") {
		t.Error("the worst does not stand first")
	}
	if want := fmt.Sprintf("/assignments?agency=%d&part=lead&timeliness=overdue", r.agencies["SNV"].ID); !slices.Contains(page.links(), want) {
		t.Errorf("no link to %s: %q", want, page.links())
	}
	before := leader.get("/week/2026-10-05").want(http.StatusOK)
	if got := before.h1(); got != "Tuần 41: 3 việc quá hạn" {
		t.Errorf("h1 %q", got)
	}
	// What became of a late duty since its Monday is said.
	before.wantText("Chờ xác nhận")
	if !slices.Contains(before.links(), "/week/2026-10-12") || !slices.Contains(page.links(), "/week/2026-10-05") {
		t.Errorf("weeks do not lead to each other: %q, %q", before.links(), page.links())
	}
	for _, bad := range []string{"/week/2026-10-06", "/week/2026-09-28", "/week/rubbish"} {
		leader.get(bad).want(http.StatusNotFound)
	}
	r.signIn(officeEmail).get("/week").want(http.StatusOK)
	for _, email := range []string{focalEmail, headEmail, adminEmail, noRoleEmail} {
		r.signIn(email).get("/week").want(http.StatusForbidden).wantNoText("quá hạn")
	}
}

func TestWeekOfAnEmptyProvince(t *testing.T) {
	newRig(t).signIn(leaderEmail).get("/week").want(http.StatusOK).wantText("Tuần 41: không có việc quá hạn", "Chưa có việc nào được giao.")
}
