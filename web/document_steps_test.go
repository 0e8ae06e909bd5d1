package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

func mark(d tasks.Draft) string { return text(d.ID) + "." + text(d.Version) }

// The steps of a review as forms, without a script: merge, split, take out and bring back, each undone.
func TestReviewSteps(t *testing.T) {
	r := newRig(t)
	office := r.signIn(officeEmail)
	base := uploadDirective(t, r, office)
	ds := drafts(t, r, base)
	p := office.get(base + "/review").want(http.StatusOK)
	for _, action := range []string{"/merge?above=" + mark(ds[0]), "/remove", "/check"} {
		if !strings.Contains(p.body, `formaction="`+base+"/drafts/"+text(ds[1].ID)+action+`"`) {
			t.Errorf("no button for %s", action)
		}
	}
	if strings.Contains(p.body, "/drafts/"+text(ds[0].ID)+"/merge") {
		t.Error("the first can be merged with one above")
	}
	draft := base + "/drafts/" + text(ds[1].ID)
	version := url.Values{"version": {text(ds[1].Version)}}

	undo := func() {
		t.Helper()
		p := office.post(base+"/undo", office.get(base+"/review").form(base+"/undo")).want(http.StatusSeeOther)
		if !slices.Contains([]string{base + "/review#draft-" + text(ds[0].ID), base + "/review#draft-" + text(ds[1].ID)}, p.location) {
			t.Errorf("undoing leads to %s, not to what was undone", p.location)
		}
		if got := drafts(t, r, base); len(got) != 4 || got[1].Text != ds[1].Text || got[0].Text != ds[0].Text {
			t.Errorf("not undone: %+v", got)
		}
	}
	office.post(draft+"/merge?above="+mark(ds[0]), version).wantRedirect(base + "/review#draft-" + text(ds[0].ID))
	p = office.get(base + "/review")
	p.wantText("Đã gộp hai nhiệm vụ làm một", "đọc được 3 nhiệm vụ", "1 mục đã bỏ vì không phải nhiệm vụ", "gộp hai nhiệm vụ trong bản rà soát")
	undo()
	// What the page shows has changed since: nothing happens, and it is said.
	office.post(draft+"/merge?above="+mark(ds[0]), version).want(http.StatusConflict).wantText("Người khác vừa sửa nhiệm vụ này")
	office.post(base+"/drafts/"+text(ds[0].ID)+"/merge", version).want(http.StatusUnprocessableEntity).wantText("không có nhiệm vụ nào ở trên")

	office.post(draft+"/remove", nil).wantRedirect(base + "/review#draft-" + text(ds[2].ID))
	office.post(draft+"/restore", nil).wantRedirect(base + "/review#draft-" + text(ds[1].ID))
	office.post(draft+"/restore", nil).want(http.StatusConflict)
	office.post(draft+"/remove", nil)
	undo()

	// Split at a sentence, and at a caret that stands nowhere.
	form := office.get(draft).want(http.StatusOK).form(draft)
	form.Set("text", "Kiểm tra công vụ. Báo cáo kết quả.")
	office.post(draft, form).want(http.StatusSeeOther)
	ds = drafts(t, r, base)
	p = office.get(draft + "/split").want(http.StatusOK)
	p.wantText("Tách nhiệm vụ 1.b thành hai", "Tách từ đây", "Báo cáo kết quả.")
	version = url.Values{"version": {text(ds[1].Version)}, "at": {"18"}}
	office.post(draft+"/split", url.Values{"version": version["version"], "at": {"0"}}).want(http.StatusUnprocessableEntity).wantText("Phải có chữ ở cả hai phần")
	office.post(draft+"/split", url.Values{"version": {"1"}, "at": {"18"}}).want(http.StatusConflict).wantText("Dưới đây là bản mới")
	office.post(draft+"/split", version).wantRedirect(base + "/review#draft-" + text(ds[1].ID))
	if got := drafts(t, r, base); len(got) != 5 || got[1].Text != "Kiểm tra công vụ." || got[2].Text != "Báo cáo kết quả." {
		t.Errorf("split into %+v", got)
	}
	undo()
	office.post(base+"/undo", url.Values{"step": {"999999"}}).want(http.StatusConflict).wantText("Không hoàn tác được")
}

func TestColumns(t *testing.T) {
	r := newRig(t)
	office, colleague := r.signIn(officeEmail), r.person(officeEmail)
	base := uploadDirective(t, r, office)
	ds := drafts(t, r, base)
	form := office.get(base + "/review").form(base + "/columns")
	if len(form["draft"]) != 0 || form.Get("shown") == "" {
		t.Fatalf("form %v", form)
	}
	// All that are shown: a deadline in words, a lead without tone marks added.
	form.Set("rows", "shown")
	form.Set("deadline", "hết quý IV")
	form.Set("lead_text", "so tai chinh")
	form.Set("lead_add", "1")
	office.post(base+"/columns", form).wantRedirect(base + "/review#drafts")
	for _, d := range drafts(t, r, base) {
		if d.Deadline.String() != "2026-12-31" || !slices.Contains(d.LeadAgencies(), r.agencies["STC"].ID) {
			t.Errorf("%s: %v, leads %+v", d.Ref, d.Deadline, d.Leads)
		}
	}
	office.post(base+"/undo", office.get(base+"/review").form(base+"/undo")).want(http.StatusSeeOther)
	for i, d := range drafts(t, r, base) {
		if d.Deadline != ds[i].Deadline || len(d.Leads) != len(ds[i].Leads) {
			t.Errorf("not undone: %+v", d)
		}
	}
	// A cadence in words, and one typed where the deadline goes; the default again.
	ds = drafts(t, r, base)
	for _, c := range []struct{ field, words, want string }{
		{"rule", "hằng tháng, trước ngày 25", "FREQ=MONTHLY;BYMONTHDAY=25"}, {"deadline", "hằng tháng, trước ngày 10", "FREQ=MONTHLY;BYMONTHDAY=10"}, {"cadence", "default", ""},
	} {
		office.post(base+"/columns", url.Values{"draft": {mark(drafts(t, r, base)[1])}, c.field: {c.words}}).want(http.StatusSeeOther)
		if got := drafts(t, r, base)[1]; got.Cadence != c.want || !got.Deadline.IsZero() {
			t.Errorf("%q: cadence %q", c.words, got.Cadence)
		}
	}
	// What is not understood comes back as typed, with what is marked.
	p := office.post(base+"/columns", url.Values{"draft": {mark(ds[0])}, "deadline": {"khi nào xong"}, "lead_text": {"Sở Thuỷ sản"}}).want(http.StatusUnprocessableEntity)
	p.wantText("Chưa hiểu “khi nào xong”")
	if v, _ := p.value("deadline"); v != "khi nào xong" {
		t.Errorf("deadline holds %q", v)
	}
	if v, _ := p.value("lead_text"); v != "Sở Thuỷ sản" {
		t.Errorf("lead holds %q", v)
	}
	office.post(base+"/columns", url.Values{"draft": {mark(ds[0])}}).want(http.StatusUnprocessableEntity).wantText("Chưa ghi điều gì để đặt")

	// Another person changes one of three: the two others are set, the third is listed, marked and not lost.
	ds = drafts(t, r, base)
	if err := r.Documents.CheckDraft(r.ctx(), colleague, documentID(t, base), ds[1].ID, 0, true); err != nil {
		t.Fatal(err)
	}
	p = office.post(base+"/columns", url.Values{"draft": {mark(ds[0]), mark(ds[1]), mark(ds[2])}, "deadline": {"20/12/2026"}}).want(http.StatusConflict)
	p.wantText("Đã đổi ở 2 nhiệm vụ. 1 nhiệm vụ người khác vừa sửa", "1.b: người khác vừa sửa, chưa đổi")
	again := p.form(base + "/columns")
	now := drafts(t, r, base)
	if again.Get("deadline") != "20/12/2026" || !strings.Contains(p.body, `value="`+mark(now[1])+`" form="columns-form" data-key=" " checked`) || strings.Count(p.body, `data-key=" " checked`) != 1 || now[0].Deadline.String() != "2026-12-20" ||
		now[2].Deadline.String() != "2026-12-20" || !now[1].Deadline.IsZero() {
		t.Fatalf("form %v, drafts %+v", again, now)
	}
	again.Set("draft", mark(now[1]))
	office.post(base+"/columns", again).want(http.StatusSeeOther)
	if got := drafts(t, r, base)[1]; got.Deadline.String() != "2026-12-20" {
		t.Errorf("tried again: %v", got.Deadline)
	}
}

func TestReviewShowsAPart(t *testing.T) {
	r := newRig(t)
	office := r.signIn(officeEmail)
	base := uploadDirective(t, r, office)
	ds := drafts(t, r, base)
	office.post(base+"/drafts/"+text(ds[0].ID)+"/check", nil).want(http.StatusSeeOther)
	for show, want := range map[string]int{"": 4, "look": 1, "open": 3, "nonsense": 4} {
		p := office.get(base + "/review?show=" + show).want(http.StatusOK)
		if got := strings.Count(p.body, "data-row"); got != want {
			t.Errorf("show=%s: %d duties, want %d", show, got, want)
		}
		p.wantText("Tất cả (4)", "Cần xem (1)", "Chưa nhận (3)")
	}
	// A step stays in the part that was shown.
	for show, want := range map[string]string{"open": "/review?show=open#draft-" + text(ds[2].ID), "nonsense": "/review#draft-" + text(ds[2].ID)} {
		office.post(base+"/drafts/"+text(ds[1].ID)+"/check", url.Values{"show": {show}}).wantRedirect(base + want)
	}
}

func TestTwoReviewers(t *testing.T) {
	r := newRig(t)
	office := r.signIn(officeEmail)
	base := uploadDirective(t, r, office)
	id := documentID(t, base)
	p := office.get(base + "/review")
	if strings.Contains(p.text(), "cũng đang mở") {
		t.Error("a person is told of himself")
	}
	// The other one, whose rights the system's own account has.
	other := must(r.Accounts.SavePerson(r.ctx(), tasks.System, tasks.Person{
		Name: "Lò Thị Mai", Email: "mai@vpub.mauson.example", Active: true, Grants: []tasks.Grant{{Role: tasks.RoleSecretariat}},
	}))(t)
	must(r.Documents.Visit(r.ctx(), other, id, r.System()))(t)
	if err := r.Documents.CheckDraft(r.ctx(), other, id, drafts(t, r, base)[0].ID, 0, true); err != nil {
		t.Fatal(err)
	}
	here := office.post(base+"/here", url.Values{"step": {"1"}}).want(http.StatusOK)
	for _, want := range []string{`"newer":true`, "Lò Thị Mai cũng đang mở", "Sửa gần nhất: Lò Thị Mai xác nhận đã xem một nhiệm vụ", "tải lại trang"} {
		if !strings.Contains(here.body, want) {
			t.Errorf("%q is not in %s", want, here.body)
		}
	}
	office.get(base+"/review").wantText("Lò Thị Mai cũng đang mở", "Sửa gần nhất: Lò Thị Mai")
}

// Corrected dates: what hangs on the head follows and is shown; a date to come and deadlines before it are warned of.
func TestCorrectedHead(t *testing.T) {
	r := newRig(t)
	office := r.signIn(officeEmail)
	e := directive(t)
	e.Drafts[1].Written = tasks.WrittenDue{Phrase: "trước ngày 30/11", Kind: tasks.DueDate, Date: must(calendar.ParseDate("2026-11-30"))(t)}
	r.reader.answer(e, nil)
	base, _ := strings.CutSuffix(office.upload("/documents", url.Values{"kind": {""}}, file{"files", "x.txt", []byte("x")}).location, "/review")
	ds := drafts(t, r, base)
	form := office.get(base + "/review").form(base + "/head")
	form.Set("date", "2027-11-20")
	form.Set("default_due", "31/12/2027")
	office.post(base+"/head", form).wantRedirect(base + "/review#draft-" + text(ds[1].ID))
	p := office.get(base + "/review")
	p.wantText("1 thời hạn tính theo văn bản được tính lại", "hạn 30/11/2027", "Thời hạn “trước ngày 30/11” được tính lại theo thông tin văn bản: trước là hạn 30/11/2026, nay là hạn 30/11/2027.",
		"Ngày ban hành của văn bản chưa tới", "1 nhiệm vụ có thời hạn trước ngày ban hành", "trước ngày văn bản")
	office.get(base+"/issue").wantText("Ngày ban hành của văn bản chưa tới", "1 nhiệm vụ có thời hạn trước ngày ban hành")
}
