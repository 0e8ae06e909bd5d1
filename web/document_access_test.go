package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

func TestDocumentsByRole(t *testing.T) {
	r := newRig(t)
	doc, assignments := r.issue("20/CT-UBND",
		rigDuty{text: "Nhiệm vụ của Nội vụ.", leads: []string{"Sở Nội vụ"}, due: "2026-10-20"},
		rigDuty{text: "Nhiệm vụ của Tài chính.", leads: []string{"Sở Tài chính"}, due: "2026-10-21"},
		rigDuty{text: "Nhiệm vụ của xã.", leads: []string{"UBND các xã, phường"}, due: "2026-10-22"},
	)
	issued := "/documents/" + text(doc.ID)
	draft := "/documents/" + text(r.importDocument("21/CT-UBND", rigDuty{text: "Chưa giao.", leads: []string{"Sở Nội vụ"}}).ID)
	v := must(r.Documents.Get(r.ctx(), r.person(officeEmail), doc.ID))(t)
	download := "/files/" + text(v.Files[0].Attachment.ID)

	for _, tc := range []struct {
		email                              string
		list, issued, draft, new, download int
	}{
		{officeEmail, 200, 200, 303, 200, 200},
		{leaderEmail, 200, 200, 404, 403, 200},
		{focalEmail, 200, 200, 404, 403, 200},
		{headEmail, 200, 200, 404, 403, 200},
		{communeEmail, 200, 200, 404, 403, 200},
		{adminEmail, 403, 404, 404, 403, 404},
		{noRoleEmail, 403, 404, 404, 403, 404},
	} {
		c := r.signIn(tc.email)
		for path, want := range map[string]int{
			"/documents": tc.list, issued: tc.issued, draft: tc.draft, "/documents/new": tc.new, download: tc.download,
		} {
			if got := c.get(path).status; got != want {
				t.Errorf("%s GET %s: %d, want %d", tc.email, path, got, want)
			}
		}
		if tc.draft == http.StatusNotFound {
			c.upload("/documents", url.Values{"number": {"99/CT-UBND"}}, file{"files", "a.txt", []byte("x")}).want(http.StatusForbidden)
			for _, path := range []string{"/review", "/drafts/new", "/drafts/1", "/issue"} {
				c.get(draft + path).want(http.StatusNotFound)
			}
			for _, path := range []string{"/head", "/drafts", "/drafts/1", "/drafts/1/check", "/drafts/1/remove", "/drafts/1/restore", "/drafts/1/merge", "/drafts/1/split", "/columns", "/undo", "/here", "/names", "/issue", "/discard"} {
				if got := c.post(draft+path, url.Values{"version": {"1"}}).status; got != http.StatusNotFound {
					t.Errorf("%s POST %s: %d, want 404", tc.email, path, got)
				}
			}
			want := tc.issued
			if want == http.StatusOK {
				want = http.StatusForbidden
			}
			for _, path := range []string{"/recall", "/release"} {
				if got := c.post(issued+path, url.Values{"version": {"1"}}).status; got != want {
					t.Errorf("%s POST %s: %d, want %d", tc.email, path, got, want)
				}
			}
		}
	}

	focal := r.signIn(focalEmail).get(issued)
	focal.wantText("Sở Nội vụ có 1 phân công trong Chỉ thị 20/CT-UBND", "Phần của cơ quan: 1 nhiệm vụ", "Nhiệm vụ của Tài chính.")
	focal.wantNoText("Trần Thị Văn", "Thu hồi", "Gửi ngay", "UBND xã An Bình")
	for _, a := range assignments {
		if shown, own := slices.Contains(focal.links(), "/assignments/"+text(a.ID)), a.LedBy(r.agencies["SNV"].ID); shown != own {
			t.Errorf("assignment %d of %v: shown is %v", a.ID, a.Leads, shown)
		}
	}
	leader := r.signIn(leaderEmail).get(issued)
	leader.wantText("0 trên 5 phân công hoàn thành", "UBND xã An Bình")
	leader.wantNoText("Thu hồi", "Lịch sử")
	r.signIn(leaderEmail).get("/documents").wantNoText("21/CT-UBND")
	if p := r.signIn(officeEmail).get(download); !strings.HasPrefix(p.header.Get("Content-Disposition"), "attachment;") {
		t.Errorf("Content-Disposition is %q", p.header.Get("Content-Disposition"))
	}
}

func TestDocumentList(t *testing.T) {
	r := newRig(t)
	office := r.signIn(officeEmail)
	office.get("/documents").wantText("Không có văn bản nào", "Chưa có văn bản nào.", "Thêm văn bản")
	r.issue("30/CT-UBND", rigDuty{text: "Việc đã quá hạn.", leads: []string{"Sở Nội vụ"}, due: "2026-10-01"})
	r.importDocument("31/CT-UBND", rigDuty{text: "Một.", leads: []string{"Sở Nội vụ"}}, rigDuty{text: "Hai.", leads: []string{"Sở Nội vụ"}})
	p := office.get("/documents")
	if got, want := p.h1(), "2 văn bản: 1 văn bản chờ rà soát, 1 phân công quá hạn"; got != want {
		t.Errorf("headline %q, want %q", got, want)
	}
	p.wantText("Chỉ thị 31/CT-UBND", "2 nhiệm vụ", "Rà soát", "0 trên 1 phân công hoàn thành")
	for query, want := range map[string]string{
		"?state=draft": "31/CT-UBND", "?state=issued": "30/CT-UBND", "?q=30": "30/CT-UBND", "?kind=directive&state=issued": "30/CT-UBND",
	} {
		p := office.get("/documents" + query)
		p.wantText(want)
		other := map[string]string{"30/CT-UBND": "31/CT-UBND", "31/CT-UBND": "30/CT-UBND"}[want]
		p.wantNoText("Chỉ thị " + other)
	}
	office.get("/documents?kind=decision").wantText("Không văn bản nào khớp với điều kiện lọc.", "Bỏ lọc")
	// A value that does not exist filters nothing.
	office.get("/documents?kind=none").wantText("30/CT-UBND", "31/CT-UBND")
}

func TestDocumentByHand(t *testing.T) {
	r := newRig(t)
	office := r.signIn(officeEmail)
	p := office.upload("/documents", url.Values{"kind": {string(tasks.KindConclusion)}, "number": {"45/TB-UBND"}, "title": {"Kết luận họp giao ban"}})
	p.want(http.StatusSeeOther)
	base := strings.TrimSuffix(p.location, "/review")
	review := p.follow()
	review.wantText("Thông báo kết luận 45/TB-UBND: chưa có nhiệm vụ nào", "Văn bản chưa có ngày ban hành.", "Văn bản nhập tay")

	form := office.get(base + "/drafts/new").form(base + "/drafts")
	form.Set("text", "Trình báo cáo quý.")
	form.Set("lead_text", "so noi vu")
	form.Set("cadence", "FREQ=MONTHLY;BYMONTHDAY=20")
	// The group's members can be seen before saving.
	form.Set("add", "cooperating")
	form.Set("cooperating", "g"+text(r.groups[communesGroup].ID))
	shown := office.post(base+"/drafts", form).want(http.StatusOK)
	shown.wantText("Thành viên của UBND các xã, phường", "UBND phường Hòa An")
	if n := len(drafts(t, r, base)); n != 0 {
		t.Fatalf("%d drafts were saved by looking", n)
	}
	form = shown.form(base + "/drafts")
	if form.Get("text") != "Trình báo cáo quý." || form.Get("lead") == "" {
		t.Fatalf("what was typed is gone: %v", form)
	}
	form["cooperating_g"+text(r.groups[communesGroup].ID)] = nil
	office.post(base+"/drafts", form).want(http.StatusUnprocessableEntity).wantText("Chưa chọn thành viên nào của UBND các xã, phường")
	form.Del("cooperating")
	office.post(base+"/drafts", form).want(http.StatusSeeOther)
	office.get(base+"/review").wantText("báo cáo hằng tháng, ngày 20", "1 nhiệm vụ đã rà soát xong")
	// Another one stands before it, where it was put.
	form = office.get(base + "/drafts/new").form(base + "/drafts")
	form.Set("text", "Họp giao ban.")
	form.Set("after", "0")
	office.post(base+"/drafts", form).want(http.StatusSeeOther)
	if ds := drafts(t, r, base); len(ds) != 2 || ds[0].Text != "Họp giao ban." {
		t.Errorf("the duty is not first: %+v", ds)
	}

	head := office.get(base + "/review").form(base + "/head")
	head.Set("date", "1/10/2026")
	head.Set("cadence", "other")
	head.Set("rule", "FREQ=WEEKLY;BYDAY=MO,TH")
	office.post(base+"/head", head).wantRedirect(base + "/review")
	office.get(base + "/review").wantText("ngày 1/10/2026")
	office.get(base + "/drafts/new").wantText("báo cáo hằng tuần, Thứ Hai, Thứ Năm")

	// The number is there already: told, not refused.
	again := office.upload("/documents", url.Values{"number": {"45/tb-ubnd"}}).follow()
	again.wantText("Đã có văn bản cùng số, ký hiệu")
	if !slices.Contains(again.links(), base) {
		t.Error("no link to the document of the same number")
	}
	second := strings.TrimSuffix(again.path, "/review")
	office.post(second+"/discard", again.form(second+"/discard")).wantRedirect("/documents")
	office.get(second + "/review").want(http.StatusNotFound)
}
