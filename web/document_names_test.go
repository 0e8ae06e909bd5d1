package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// TestTypedNamesOneUnknown types several names without a script: the error quotes the piece that nobody has, and nothing is lost.
func TestTypedNamesOneUnknown(t *testing.T) {
	r := newRig(t)
	office := r.signIn(officeEmail)
	base := uploadDirective(t, r, office)
	draft := base + "/drafts/" + text(drafts(t, r, base)[0].ID)
	form := office.get(draft).form(draft)
	form.Set("lead_text", "so tai chinh; abc")
	p := office.post(draft, form).want(http.StatusUnprocessableEntity)
	p.wantText("Không tìm thấy “abc” trong danh mục.")
	if v, _ := p.value("lead_text"); v != "so tai chinh; abc" {
		t.Errorf("what was typed is %q", v)
	}
	form.Set("lead_text", "so tai chinh; so noi")
	office.post(draft, form).wantRedirect(base + "/review#draft-" + text(drafts(t, r, base)[0].ID))
	if got := drafts(t, r, base)[0].LeadAgencies(); len(got) != 2 {
		t.Errorf("leads %v", got)
	}
}

// TestUnknownNames: the flash says for whom a name stands, a name of changing bodies is not remembered unasked, and one that is no
// agency's is dropped.
func TestUnknownNames(t *testing.T) {
	r := newRig(t)
	office := r.signIn(officeEmail)
	read := directive(t)
	read.Drafts[1].Cooperating = []tasks.Party{{Written: "các đơn vị chuyên môn"}}
	read.Drafts[2].Cooperating = []tasks.Party{{Written: "các đơn vị chuyên môn"}}
	r.reader.answer(read, nil)
	base, _ := strings.CutSuffix(office.upload("/documents", url.Values{"kind": {""}}, file{"files", "chi-thi-10.txt", []byte("Chỉ thị 10")}).location, "/review")

	p := office.get(base + "/review").want(http.StatusOK)
	for id, want := range map[string]bool{"name-1-remember": true, "name-2-remember": false} {
		_, after, found := strings.Cut(p.body, `id="`+id+`"`)
		tag, _, _ := strings.Cut(after, ">")
		if !found || strings.Contains(tag, "checked") != want {
			t.Errorf("%s: ticked is not %v: %s", id, want, tag)
		}
	}
	p = office.post(base+"/names", url.Values{"written": {"Ban Chỉ đạo chuyển đổi số"}, "party_text": {"so noi vu"}})
	p.follow().wantText("Đã ghép “Ban Chỉ đạo chuyển đổi số” với Sở Nội vụ.")
	p = office.post(base+"/names/drop", url.Values{"written": {"các đơn vị chuyên môn"}})
	p.wantRedirect(base + "/review#drafts")
	p.follow().wantText("Đã bỏ “các đơn vị chuyên môn” khỏi mọi nhiệm vụ của văn bản.")
	for _, d := range drafts(t, r, base) {
		if len(d.Unmapped()) > 0 {
			t.Errorf("duty %s still names %v", d.Ref, d.Unmapped())
		}
	}
}

// TestReviewMarks: what a row of the review and the text beside it show at a glance.
func TestReviewMarks(t *testing.T) {
	r := newRig(t)
	office := r.signIn(officeEmail)
	read := directive(t)
	read.Drafts[0].Written.Date = must(calendar.ParseDate("2026-09-30"))(t)
	read.Drafts[0].Doubts = []tasks.Doubt{{Key: "due.further", Args: []string{"30/9 và 15/11 hằng năm", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15"}}}
	read.Drafts[1].Written.Date, read.Drafts[1].Written.Kind = must(calendar.ParseDate("2026-12-31"))(t), tasks.DueDate
	read.Blocks[0][2].Text = "Ban Chỉ đạo chuyển đổi số kiểm tra công vụ, báo cáo sớm."
	r.reader.answer(read, nil)
	base, _ := strings.CutSuffix(office.upload("/documents", url.Values{"kind": {""}}, file{"files", "chi-thi-10.txt", []byte("Chỉ thị 10")}).location, "/review")
	p := office.get(base + "/review").want(http.StatusOK)
	if n := strings.Count(p.body, "đã qua: giao xong là quá hạn"); n != 1 {
		t.Errorf("%d rows are marked as past, want 1", n)
	}
	p.wantText("Ngoài “30/9 và 15/11 hằng năm” còn có báo cáo hằng năm, ngày 15 tháng 11")
	source := func(block string) string {
		_, after, _ := strings.Cut(p.body, `<p id="`+block+`"`)
		words, _, _ := strings.Cut(after, "</p>")
		return words
	}
	// "a) Tham mưu …" has a number of its own, the next paragraph has none.
	if got := source("block-2"); !strings.Contains(got, "↔") {
		t.Errorf("a typed number is doubled: %s", got)
	}
	if got := source("block-3"); strings.Contains(got, "↔") || !strings.Contains(got, ">1.b</a>") {
		t.Errorf("no number leads to the duty: %s", got)
	}
}

// TestLookAlikes: two agencies of one name are refused by name, and the error is told with its field.
func TestLookAlikes(t *testing.T) {
	r := newRig(t)
	admin := r.signIn(adminEmail)
	id := text(r.agencies["STC"].ID)
	form := admin.get("/directory/agencies/" + id).want(http.StatusOK).form("/directory/agencies/" + id)
	form.Set("name", "Sở Nội vụ")
	admin.post("/directory/agencies/"+id, form).want(http.StatusUnprocessableEntity).wantText("Đã có cơ quan tên “Sở Nội vụ” trong cùng thời gian: mã SNV.")
	form.Set("name", "")
	p := admin.post("/directory/agencies/"+id, form).want(http.StatusUnprocessableEntity)
	p.wantText("Tên: Mục này chưa có nội dung.")
}
