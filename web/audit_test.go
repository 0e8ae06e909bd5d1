package web_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

// The history of a duty says in words what each step changed.
func TestDutyHistoryInWords(t *testing.T) {
	r := newRig(t)
	_, assignments := r.issue("10/CT-UBND", rigDuty{text: "Rà soát thủ tục hành chính", leads: []string{"Sở Nội vụ"}, due: "2026-11-16"})
	id := assignments[0].ID
	focal := r.person(focalEmail)
	r.did(r.Assignments.Report(r.ctx(), focal, id, tasks.ReportInput{Kind: tasks.ReportProgress, Percent: 40, Text: "Đang tổng hợp"}))
	r.did(r.Assignments.Report(r.ctx(), focal, id, tasks.ReportInput{Kind: tasks.ReportSubmission, Text: "Đã xong"}))
	r.did(r.Assignments.Return(r.ctx(), r.person(officeEmail), id, 0, "Thiếu danh sách kèm theo"))
	path := fmt.Sprintf("/assignments/%d", id)
	for _, email := range []string{officeEmail, focalEmail, leaderEmail} {
		p := r.signIn(email).get(path).want(http.StatusOK)
		p.wantText("Trạng thái: Chưa thực hiện → Đang thực hiện", "Tiến độ: 0 % → 40 %", "Trạng thái: Chờ xác nhận → Trả lại",
			"Thiếu danh sách kèm theo", "Chủ trì: Sở Nội vụ", "Thời hạn: 16/11/2026")
		p.wantNoText("in_progress", "submitted_on", "{\"", "state")
	}
}

func TestAuditPage(t *testing.T) {
	r := newRig(t)
	const marker = "Rà soát thủ tục đặc biệt"
	_, assignments := r.issue("77/CT-UBND", rigDuty{text: marker, leads: []string{"Sở Nội vụ"}, due: "2026-11-16"})
	id := assignments[0].ID
	r.did(r.Assignments.Report(r.ctx(), r.person(focalEmail), id, tasks.ReportInput{Kind: tasks.ReportProgress, Percent: 37, Text: "Lời báo cáo riêng"}))
	r.did(r.Weeks.Freeze(r.ctx(), r.today().Monday()))

	office := r.signIn(officeEmail)
	p := office.get("/audit").want(http.StatusOK)
	p.wantText("báo cáo tiến độ", fmt.Sprintf("nhiệm vụ số %d", id), marker, "Tiến độ: 0 % → 37 %", "Lời báo cáo riêng", "giao nhiệm vụ", "Mã niêm phong nhật ký tuần")
	if h1 := p.h1(); !strings.HasPrefix(h1, "Thay đổi gần nhất lúc") {
		t.Errorf("headline %q", h1)
	}
	focal := r.person(focalEmail)
	for query, test := range map[string]struct{ shown, hidden []string }{
		"topic=report":                   {[]string{"báo cáo tiến độ"}, []string{"giao nhiệm vụ ·"}},
		"topic=people":                   {[]string{"tài khoản"}, []string{marker}},
		"kind=agency":                    {[]string{"thêm cơ quan"}, []string{marker, "thêm tài khoản"}},
		fmt.Sprintf("assignment=%d", id): {[]string{marker}, []string{"thêm cơ quan"}},
		fmt.Sprintf("document=%d", assignments[0].DocumentID): {[]string{marker, "giao nhiệm vụ · văn bản"}, []string{"thêm cơ quan"}},
		fmt.Sprintf("person=%d", focal.ID):                    {[]string{"báo cáo tiến độ"}, []string{"giao nhiệm vụ ·"}},
		fmt.Sprintf("agency=%d", r.agencies["SNV"].ID):        {[]string{"báo cáo tiến độ"}, []string{"giao nhiệm vụ ·"}},
		"from=2026-10-06":               {[]string{"Không có thay đổi nào khớp với điều kiện lọc"}, []string{marker}},
		"from=2026-10-05&to=2026-10-05": {[]string{marker}, nil},
		"to=2026-10-04":                 {nil, []string{marker}},
		"topic=nothing&kind=nothing":    {[]string{marker}, nil},
		fmt.Sprintf("topic=report&person=%d&to=5/10/2026", focal.ID): {[]string{"báo cáo tiến độ"}, []string{"thêm cơ quan"}},
	} {
		office.get("/audit?" + query).want(http.StatusOK).wantText(test.shown...).wantNoText(test.hidden...)
	}
	office.get("/audit?assignment=abc").want(http.StatusUnprocessableEntity).wantText("Số nhiệm vụ là chữ số")
	office.get("/audit?from=2026-10-06&to=2026-10-05").want(http.StatusUnprocessableEntity)
	office.get("/audit?after=nonsense").want(http.StatusUnprocessableEntity)

	// A leader reads what was done to duties and documents, and not what is in people's accounts.
	leader := r.signIn(leaderEmail)
	leader.get("/audit").want(http.StatusOK).wantText(marker, "Tiến độ: 0 % → 37 %").wantNoText(adminEmail)

	// An administrator learns who did something and when, nothing of the duties themselves, and cannot ask for those of one.
	admin := r.signIn(adminEmail)
	for _, query := range []string{"", "?topic=report", "?topic=issue", "?kind=assignment", "?kind=document"} {
		admin.get("/audit"+query).want(http.StatusOK).wantNoText(marker, "Lời báo cáo riêng", "37 %", "77/CT-UBND", fmt.Sprintf("nhiệm vụ số %d", id))
	}
	admin.get("/audit?topic=report").wantText("báo cáo tiến độ · nhiệm vụ")
	admin.get("/audit?topic=people").wantText(focalEmail)
	for _, query := range []string{fmt.Sprintf("assignment=%d", id), fmt.Sprintf("document=%d", assignments[0].DocumentID), fmt.Sprintf("agency=%d", r.agencies["SNV"].ID)} {
		admin.get("/audit?" + query).want(http.StatusNotFound)
	}

	// Those of agencies have no such page, and of duties in which they have no part no history.
	for _, email := range []string{focalEmail, headEmail, otherEmail, communeEmail} {
		r.signIn(email).get("/audit").want(http.StatusForbidden).wantNoText(marker)
	}
	r.signIn(otherEmail).get(fmt.Sprintf("/assignments/%d", id)).want(http.StatusNotFound).wantNoText(marker)
}

// Pages follow each other without a row twice or left out.
func TestAuditPagesFollow(t *testing.T) {
	r := newRig(t)
	_, assignments := r.issue("10/CT-UBND", rigDuty{text: "Rà soát", leads: []string{"Sở Nội vụ"}, due: "2026-11-16"})
	for i := range 60 {
		r.did(r.Assignments.Report(r.ctx(), r.person(focalEmail), assignments[0].ID, tasks.ReportInput{Kind: tasks.ReportProgress, Percent: i + 1, Text: fmt.Sprintf("Lần thứ %d.", i+1)}))
	}
	office := r.signIn(officeEmail)
	p := office.get("/audit?topic=report").want(http.StatusOK).wantText("Lần thứ 60.", "Lần thứ 11.").wantNoText("Lần thứ 10.")
	links := p.links()
	i := slices.IndexFunc(links, func(href string) bool { return strings.Contains(href, "after=") })
	if i < 0 {
		t.Fatal("there is no next page")
	}
	office.get(links[i]).want(http.StatusOK).wantText("Lần thứ 10.", "Lần thứ 1.").wantNoText("Lần thứ 11.")
}
