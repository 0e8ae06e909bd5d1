package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// directive is a document as a reader would have read it: a dated duty, one of a name that nobody knows, one of a group, one of two
// agencies in a table.
func directive(t *testing.T) tasks.Extraction {
	t.Helper()
	named := func(names ...string) []tasks.Party {
		var out []tasks.Party
		for _, n := range names {
			out = append(out, tasks.Party{Written: n})
		}
		return out
	}
	return tasks.Extraction{
		Head: tasks.Head{
			Kind: tasks.KindDirective, Number: "10/CT-UBND", Date: must(calendar.ParseDate("2026-10-01"))(t), Issuer: "UBND tỉnh Mẫu Sơn",
			Title: "Về tăng cường cải cách hành chính",
		},
		Drafts: []tasks.Draft{
			{
				Ref: "1.a", Section: "1. Sở Nội vụ", Text: "Tham mưu Kế hoạch năm 2027.", Leads: named("Sở Nội vụ"),
				Written: tasks.WrittenDue{Phrase: "trước ngày 15/11/2026", Kind: tasks.DueDate, Date: must(calendar.ParseDate("2026-11-15"))(t)},
				Source:  tasks.Place{Part: "text", Block: 2},
			},
			{
				Ref: "1.b", Section: "1. Sở Nội vụ", Text: "Kiểm tra công vụ.", Leads: named("Ban Chỉ đạo chuyển đổi số"), Cooperating: named("Sở Tài chính"),
				Written: tasks.WrittenDue{Phrase: "sớm", Kind: tasks.DueNone}, Doubts: []tasks.Doubt{{Key: "due.vague", Args: []string{"sớm"}}},
				Source: tasks.Place{Part: "text", Block: 3},
			},
			{
				Ref: "2", Text: "Niêm yết thủ tục hành chính.", Leads: named("UBND các xã, phường"), Written: tasks.WrittenDue{Kind: tasks.DueNone},
				Source: tasks.Place{Part: "text", Block: 4},
			},
			{
				Ref: "3", Text: "Rà soát quy trình.", Leads: named("Sở Nội vụ", "Sở Tài chính"), Written: tasks.WrittenDue{Kind: tasks.DueNone},
				Source: tasks.Place{Part: "table", Block: 5, Row: 2},
			},
		},
		Blocks: [][]tasks.SourceBlock{{
			{Block: 1, Text: "1. Sở Nội vụ", Heading: true},
			{Block: 2, Text: "a) Tham mưu Kế hoạch năm 2027, trình trước ngày 15/11/2026."},
			{Block: 3, Text: "b) Ban Chỉ đạo chuyển đổi số kiểm tra công vụ, báo cáo sớm."},
			{Block: 4, Text: "2. UBND các xã, phường niêm yết thủ tục hành chính."},
			{Block: 5, Rows: []tasks.SourceRow{
				{Row: 1, Cells: []tasks.SourceCell{{Text: "Nhiệm vụ"}, {Text: "Chủ trì", Span: 2}}},
				{Row: 2, Cells: []tasks.SourceCell{{Text: "Rà soát quy trình"}, {Text: "Sở Nội vụ"}, {Text: "Sở Tài chính"}}},
			}},
		}},
	}
}

// upload imports the directive as the secretariat and answers the address of the document.
func uploadDirective(t *testing.T, r *rig, c *client) string {
	t.Helper()
	r.reader.answer(directive(t), nil)
	p := c.upload("/documents", url.Values{"kind": {""}}, file{"files", "chi-thi-10.txt", []byte("Chỉ thị 10")})
	p.want(http.StatusSeeOther)
	base, ok := strings.CutSuffix(p.location, "/review")
	if !ok {
		t.Fatalf("the import leads to %s, not to the review", p.location)
	}
	return base
}

// drafts reads the drafts of a document as they are stored.
func drafts(t *testing.T, r *rig, base string) []tasks.Draft {
	t.Helper()
	return must(r.Documents.Review(r.ctx(), r.person(officeEmail), documentID(t, base)))(t).Drafts
}

func documentID(t *testing.T, base string) int64 {
	t.Helper()
	return must(strconv.ParseInt(strings.TrimPrefix(base, "/documents/"), 10, 64))(t)
}

func text(n int64) string { return strconv.FormatInt(n, 10) }

func TestReviewToRecall(t *testing.T) {
	r := newRig(t)
	office := r.signIn(officeEmail)
	base := uploadDirective(t, r, office)

	p := office.get(base + "/review").want(http.StatusOK)
	if got, want := p.h1(), "Chỉ thị 10/CT-UBND: đọc được 4 nhiệm vụ, 1 chỗ cần xem"; got != want {
		t.Errorf("headline %q, want %q", got, want)
	}
	p.wantText("1 tên gọi chưa rõ là cơ quan nào", "“Ban Chỉ đạo chuyển đổi số”", "“sớm” không cho biết ngày cụ thể.",
		"(3 cơ quan, mỗi cơ quan một phân công)", "mặc định của văn bản: báo cáo hằng quý, ngày 15 tháng cuối quý", "hạn 15/11/2026")
	for _, link := range []string{"#block-2", "#block-5-row-2"} {
		if !slices.Contains(p.links(), link) {
			t.Errorf("no link to %s", link)
		}
	}
	if slices.Contains(p.links(), base+"/issue") {
		t.Error("a document with an unknown name is offered for issue")
	}
	if !strings.Contains(p.body, "<mark>trước ngày 15/11/2026</mark>") {
		t.Error("the deadline is not marked in the text")
	}

	// A typed name that nobody has comes back with what was typed.
	again := office.post(base+"/names", url.Values{"written": {"Ban Chỉ đạo chuyển đổi số"}, "party_text": {"Sở Thuỷ sản"}}).want(http.StatusUnprocessableEntity)
	again.wantText("Không tìm thấy một cơ quan hay nhóm nào tên “Sở Thuỷ sản”")
	if v, _ := again.value("party_text"); v != "Sở Thuỷ sản" {
		t.Errorf("typed name is %q", v)
	}
	office.post(base+"/names", url.Values{"written": {"Ban Chỉ đạo chuyển đổi số"}, "party_text": {"so noi vu"}, "remember": {"1"}}).
		wantRedirect(base + "/review#drafts")
	ds := drafts(t, r, base)
	if got := ds[1].LeadAgencies(); !slices.Equal(got, []int64{r.agencies["SNV"].ID}) {
		t.Fatalf("the name stands for agencies %v", got)
	}
	if e := must(r.Directory.All(r.ctx(), r.person(officeEmail)))(t); !slices.ContainsFunc(e.Aliases, func(a tasks.Alias) bool { return a.Name == "Ban Chỉ đạo chuyển đổi số" }) {
		t.Error("the name is not remembered")
	}

	office.post(base+"/columns", url.Values{"draft": {text(ds[1].ID), text(ds[3].ID)}, "deadline": {"30/11/2026"}}).wantRedirect(base + "/review#drafts")
	// Two leads together; one commune left out.
	form := office.get(base + "/drafts/" + text(ds[3].ID)).want(http.StatusOK).form(base + "/drafts/" + text(ds[3].ID))
	form.Set("joint", "1")
	office.post(base+"/drafts/"+text(ds[3].ID), form).wantRedirect(base + "/review#draft-" + text(ds[3].ID))
	group := "lead_g" + text(r.groups[communesGroup].ID)
	form = office.get(base + "/drafts/" + text(ds[2].ID)).form(base + "/drafts/" + text(ds[2].ID))
	if len(form[group]) != 3 {
		t.Fatalf("%d members are ticked, want all 3: %v", len(form[group]), form)
	}
	form[group] = []string{text(r.agencies["XAB"].ID), text(r.agencies["PHA"].ID)}
	office.post(base+"/drafts/"+text(ds[2].ID), form).wantRedirect(base + "/review#draft-" + text(ds[2].ID))
	ds = drafts(t, r, base)
	if got, want := ds[2].LeadAgencies(), []int64{r.agencies["XAB"].ID, r.agencies["PHA"].ID}; !slices.Equal(got, want) {
		t.Errorf("the group's agencies are %v, want %v", got, want)
	}
	if ds[2].Leads[0].Written == "" {
		t.Error("the name as written is lost")
	}

	p = office.post(base+"/drafts/"+text(ds[0].ID)+"/check", url.Values{"version": {text(ds[0].Version)}})
	p.wantRedirect(base + "/review#draft-" + text(ds[1].ID))

	issue := office.get(base + "/issue").want(http.StatusOK)
	// 1 + 1 + 2 + 1 joint; SNV, STC, XAB, PHA. The one of the ward has nobody who reads mail.
	if got, want := issue.h1(), "Giao 4 nhiệm vụ: 5 phân công cho 4 cơ quan"; got != want {
		t.Errorf("headline %q, want %q", got, want)
	}
	issue.wantText("Thư không tới được 1 cơ quan", "UBND phường Hòa An", "Theo mặc định của văn bản", "Giao")
	confirm := issue.form(base + "/issue")
	done := office.post(base+"/issue", confirm)
	done.wantRedirect(base)
	p = done.follow().want(http.StatusOK)
	p.wantText("Đã giao 4 nhiệm vụ: 5 phân công cho 4 cơ quan.", "Chỉ thị 10/CT-UBND: 0 trên 5 phân công hoàn thành", "Thu hồi", "Gửi ngay")
	if !strings.Contains(p.body, `id="block-2"`) {
		t.Error("no anchor for links into the text")
	}
	r.runDue()
	office.get(base).wantText("thư giao việc đang được giữ đến 07:10 5/10/2026")

	office.post(base+"/recall", office.get(base).form(base+"/recall")).wantRedirect(base + "/review")
	if got := drafts(t, r, base); len(got) != 4 || !got[3].Joint {
		t.Errorf("the recalled drafts are not those that were issued: %+v", got)
	}
}

func TestReleaseEndsRecall(t *testing.T) {
	r := newRig(t)
	office := r.signIn(officeEmail)
	doc, _ := r.issue("11/CT-UBND", rigDuty{text: "Báo cáo kết quả.", leads: []string{"Sở Nội vụ"}, due: "2026-11-02"})
	base := "/documents/" + text(doc.ID)
	office.post(base+"/release", nil).wantRedirect(base)
	mails := must(r.Outbox.Told(r.ctx(), r.person(officeEmail), tasks.Subject{Kind: tasks.SubjectDocument, ID: doc.ID}, 10))(t)
	if len(mails) == 0 {
		t.Fatal("no mail of the issue was composed")
	}
	for _, m := range mails {
		if m.HoldUntil.After(r.clock.Now()) {
			t.Errorf("mail to %s is still held until %v", m.To, m.HoldUntil)
		}
	}
	office.get(base).wantText("cho gửi ngay thư đang giữ")
	// The same button again finds nothing to do and says so.
	office.post(base+"/release", nil).follow().wantText("Không có thư nào đang giữ")
}
