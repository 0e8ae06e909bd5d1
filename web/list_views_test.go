package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

func TestAssignmentListBeginsWithWhatIsOpen(t *testing.T) {
	r, list := newProvince(t)
	office := r.signIn(officeEmail)
	page := office.get("/assignments").wantNoText("Trạng thái: Chưa xong").wantText("Một nhiệm vụ giao riêng cho mười cơ quan là mười phân công")
	if got, want := page.h1(), "7 phân công chưa xong"; got != want {
		t.Errorf("h1 %q, want %q", got, want)
	}
	for _, done := range []string{"done", "waiting"} {
		if slices.Contains(page.links(), path(list[done])) {
			t.Errorf("%s is listed", done)
		}
	}
	for link, want := range map[string]string{
		"/assignments?state=submitted": "1 phân công khớp với điều kiện lọc", "/assignments?state=completed": "1 phân công khớp với điều kiện lọc",
		"/assignments?state=all": "9 phân công đã giao",
	} {
		if !slices.Contains(page.links(), link) {
			t.Errorf("no link to %s: %q", link, page.links())
		}
		if got := office.get(link).h1(); got != want {
			t.Errorf("%s: %q, want %q", link, got, want)
		}
	}
	// Another group keeps the rest of the filter, and the form sends the group that is shown.
	page = office.get("/assignments?q=khao+sat").wantText("Không có phân công nào khớp với điều kiện lọc.")
	if got, _ := page.value("state"); got != "open" {
		t.Errorf("the form sends the state %q", got)
	}
	if link := "/assignments?q=khao+sat&state=all"; !slices.Contains(page.links(), link) {
		t.Errorf("no link to %s: %q", link, page.links())
	}
	office.get("/assignments?q=khao+sat&state=all").wantText("1 phân công khớp với điều kiện lọc", "Khảo sát")
	// A timeliness of finished work needs no group.
	office.get("/assignments?timeliness=late").wantText("Khảo sát")
}

func TestListOfNothingOpenLeadsToTheRest(t *testing.T) {
	r, a := oneDuty(t)
	r.signIn(focalEmail).submit(a, "Xong")
	page := r.signIn(officeEmail).get("/assignments").wantText("Không có phân công nào chưa xong.")
	if !slices.Contains(page.links(), "/assignments?state=all") {
		t.Errorf("links %q", page.links())
	}
}

func TestDaysOfTheFilter(t *testing.T) {
	r, _ := newProvince(t)
	office := r.signIn(officeEmail)
	office.get("/assignments?due_from=2026-10-01&due_to=2026-10-31").wantText("Hạn từ ngày: 1/10/2026 · Hạn đến ngày: 31/10/2026").wantNoText("2026-10-01 ·")
	page := office.get("/assignments?due_from=2026-10-31&due_to=2026-10-01").want(http.StatusUnprocessableEntity)
	page.wantText("Ngày này sớm hơn ngày bắt đầu; hãy đổi lại hai ngày.")
	if from, _ := page.value("due_from"); from != "2026-10-31" {
		t.Errorf("the filter holds %q", from)
	}
	office.get("/assignments?due_from=2026-10-07&due_to=2026-10-07").want(http.StatusOK).wantText("1 phân công")
}

func TestFiltersFoldUntilOneIsSet(t *testing.T) {
	r, _ := newProvince(t)
	office := r.signIn(officeEmail)
	for query, open := range map[string]bool{"": false, "?sort=newest": false, "?q=quy": true, "?state=all": true, "?timeliness=overdue": true} {
		var folds []bool
		for _, d := range office.get("/assignments" + query).elements("details") {
			if attribute(d, "class") != "fold" {
				continue // what saves them
			}
			folds = append(folds, has(d, "open"))
			if len(elements(d, "select")) == 0 || len(elements(d, "button")) != 1 {
				t.Error("the filters are not in it")
			}
		}
		if !slices.Equal(folds, []bool{open}) {
			t.Errorf("%q: open %v, want %v", query, folds, open)
		}
	}
}

func TestDocumentsCountWhatTheAgencyLeads(t *testing.T) {
	r, _ := newProvince(t)
	r.issue("26/CT-UBND", rigDuty{text: "Việc chung đã quá hạn.", leads: []string{"Sở Nội vụ"}, cooperating: []string{"Sở Tài chính"}, due: "2026-09-02"})
	page := r.signIn(otherEmail).get("/documents").wantText("0 trên 2 phân công hoàn thành; phối hợp 1 phân công", "phối hợp 1 phân công")
	if got, want := page.h1(), "2 văn bản: 1 phân công quá hạn"; got != want {
		t.Errorf("h1 %q, want %q", got, want)
	}
	if n := strings.Count(page.text(), "0 trên"); n != 1 {
		t.Errorf("%d documents count completed work: %s", n, page.text())
	}
	r.signIn(otherEmail).get("/mine").wantText("Sở Tài chính còn 2 việc, 1 việc quá hạn")
	r.signIn(officeEmail).get("/documents").wantNoText("phối hợp 1 phân công")
}

func TestFrozenWeekCountsNoDocumentsOfToday(t *testing.T) {
	r, _ := newProvince(t)
	leader := r.signIn(leaderEmail)
	leader.get("/week").wantText("từ 1 văn bản").wantNoText("Các liên kết mở danh sách hiện tại")
	r.did(r.Weeks.Freeze(r.ctx(), r.today()))
	r.issue("27/CT-UBND", rigDuty{text: "Việc giao sau khi chốt.", leads: []string{"Sở Nội vụ"}, due: "2026-12-01"})
	page := leader.get("/week").wantText("Số liệu chốt thứ Hai 5/10/2026. 9 việc đã giao cho 2 cơ quan.", "Các liên kết mở danh sách hiện tại")
	page.wantNoText("văn bản.")
	if link := "/assignments?agency=" + text(r.agencies["STC"].ID) + "&part=lead&state=all"; !slices.Contains(page.links(), link) {
		t.Errorf("no link to %s: %q", link, page.links())
	}
}

func TestConflictPageNamesWhatItKeepsAndLeadsBack(t *testing.T) {
	r, a := oneDuty(t)
	office := r.signIn(officeEmail)
	doc := "/documents/" + text(a.DocumentID)
	form := office.get(doc).form(doc + "/recall")
	form.Set("version", "99")
	form.Set("reason", "Văn bản ghi nhầm cơ quan")
	page := office.post(doc+"/recall", form).want(http.StatusConflict).wantText("Lý do (đã gõ, để sao lại)", "Về văn bản")
	if !slices.Contains(page.links(), doc) {
		t.Errorf("links %q", page.links())
	}
	// What the person may not see is not linked.
	if p := r.signIn(communeEmail).post(doc+"/recall", form); slices.Contains(p.links(), doc) {
		t.Errorf("%d leads to %q", p.status, p.links())
	}
}
