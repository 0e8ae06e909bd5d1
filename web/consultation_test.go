package web_test

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// consulted opens a consultation about a draft of two duties, of Sở Nội vụ and Sở Tài chính.
func (r *rig) consulted(number string) (id int64, draft tasks.Document) {
	r.t.Helper()
	draft = r.importDocument(number,
		rigDuty{text: "Rà soát thủ tục hành chính", leads: []string{"Sở Nội vụ"}, cooperating: []string{"Sở Tài chính"}, due: "2026-11-30"},
		rigDuty{text: "Công khai ngân sách", leads: []string{"Sở Tài chính"}, due: "2026-12-30"})
	v := must(r.Documents.Review(r.ctx(), r.person(officeEmail), draft.ID))(r.t)
	id = must(r.Documents.OpenConsultation(r.ctx(), r.person(officeEmail), draft.ID, tasks.ConsultationInput{
		Title: "Về đẩy mạnh cải cách hành chính", Due: must(calendar.ParseDate("2026-10-20"))(r.t), Agencies: []int64{r.agencies["SNV"].ID, r.agencies["STC"].ID},
		Files: []int64{v.Files[0].Attachment.ID},
	}))(r.t)
	return id, draft
}

// letterOf records a letter with a file for an agency that is asked, and answers the file's identifier.
func (r *rig) letterOf(consultation int64, agency string) int64 {
	r.t.Helper()
	id := r.agencies[agency].ID
	if err := r.Documents.RecordAnswer(r.ctx(), r.person(officeEmail), consultation, id, tasks.LetterInput{
		AnswerInput: tasks.AnswerInput{Number: "9/" + agency, AgreeRest: true}, On: r.today(), Files: []tasks.Upload{{Name: "tra-loi.pdf", Data: []byte("%PDF-1.7 thư trả lời")}},
	}); err != nil {
		r.t.Fatal(err)
	}
	v := must(r.Documents.Consultation(r.ctx(), r.person(officeEmail), consultation))(r.t)
	return v.Letters[len(v.Letters)-1].File.ID
}

func (r *rig) askedItems(id int64) []int64 {
	r.t.Helper()
	var ids []int64
	for _, item := range must(r.Documents.Consultation(r.ctx(), r.person(officeEmail), id))(r.t).Items {
		ids = append(ids, item.ID)
	}
	return ids
}

// The whole way: the secretariat asks, an agency answers item by item, another agrees at once, the secretariat replies and takes the table.
func TestAConsultationFromAskingToTheTable(t *testing.T) {
	r := newRig(t)
	draft := r.importDocument("21/CT-UBND",
		rigDuty{text: "Rà soát thủ tục hành chính", leads: []string{"Sở Nội vụ"}, cooperating: []string{"Sở Tài chính"}, due: "2026-11-30"},
		rigDuty{text: "Công khai ngân sách", leads: []string{"UBND các xã, phường"}, due: "2026-12-30"})
	base := "/documents/" + text(draft.ID)
	office := r.signIn(officeEmail)
	if links := office.get(base + "/review").links(); !slices.Contains(links, base+"/consultation") {
		t.Fatalf("the review does not lead to asking: %v", links)
	}
	form := office.get(base + "/consultation").form(base + "/consultation")
	if got := form["agencies"]; len(got) != 5 || len(form["files"]) != 1 || form.Get("title") == "" {
		t.Fatalf("the form proposes %v, files %v, title %q", got, form["files"], form.Get("title"))
	}
	refusedForm := office.post(base+"/consultation", form).want(http.StatusUnprocessableEntity)
	refusedForm.wantText("Trả lời trước ngày: Mục này chưa có nội dung.")
	form.Set("due", "40/10/2026")
	form.Set("note", "Kính gửi các cơ quan")
	again := office.post(base+"/consultation", form).want(http.StatusUnprocessableEntity)
	if v, _ := again.value("due"); v != "40/10/2026" {
		t.Errorf("what was typed as a day is %q", v)
	}
	if v, _ := again.value("note"); v != "Kính gửi các cơ quan" {
		t.Errorf("the note is %q", v)
	}
	form.Set("due", "20/10/2026")
	form["agencies"] = []string{form["agencies"][0], form["agencies"][1]}
	p := office.post(base+"/consultation", form).follow()
	p.wantText("0 trên 2 cơ quan đã trả lời, 0 ý kiến", "chưa trả lời", "Kính gửi các cơ quan", "Chưa cơ quan nào có ý kiến.")
	page := p.path
	office.get(base + "/consultation").wantRedirect(page)
	if !slices.Contains(office.get(base+"/review").links(), page) {
		t.Error("the review does not lead to the consultation")
	}

	focal := r.signIn(focalEmail)
	mine := focal.get("/mine").wantText("Xin ý kiến dự thảo (1)", "chưa trả lời")
	if !slices.Contains(mine.links(), page+"?agency="+text(r.agencies["SNV"].ID)) {
		t.Errorf("/mine does not lead to the consultation: %v", mine.links())
	}
	ask := focal.get(page).wantText("Sở Nội vụ được xin ý kiến 2 mục", "Chủ trì: UBND các xã, phường", "Rà soát thủ tục hành chính", "Kính gửi các cơ quan")
	for _, link := range ask.links() {
		if strings.Contains(link, "/files/") {
			focal.get(link).want(http.StatusOK)
		}
	}
	focal.get(base).want(http.StatusNotFound)
	answer := ask.form(page + "/answer")
	items := answer["item"]
	answer.Set("text-"+items[0], "Nêu rõ cơ quan phối hợp")
	answer.Set("do", "save")
	focal.post(page+"/answer", answer).follow().wantText("Đã lưu, chưa gửi.")
	office.get(page).wantText("0 trên 2 cơ quan đã trả lời").wantNoText("Nêu rõ cơ quan phối hợp", "đang soạn")
	answer = focal.get(page).form(page + "/answer")
	answer.Set("do", "send")
	incomplete := focal.post(page+"/answer", answer).want(http.StatusUnprocessableEntity)
	incomplete.wantText("Chưa chọn đồng ý hay có ý kiến.")
	if v, _ := incomplete.value("text-" + items[0]); v != "Nêu rõ cơ quan phối hợp" {
		t.Errorf("what was typed is %q", v)
	}
	answer.Set("stance-"+items[1], "agree")
	answer.Set("number", "87/SNV-VP")
	focal.post(page+"/answer", answer).follow().wantText("Sở Nội vụ đã trả lời ngày 5/10/2026", "Đã gửi ý kiến.")
	// A colleague opened the form before: both versions are there, and nothing is lost.
	answer.Set("text-"+items[0], "Bỏ mục này")
	stale := r.signIn(headEmail).post(page+"/answer", answer).want(http.StatusConflict)
	stale.wantText("Người khác của cơ quan vừa lưu", "Có ý kiến: Nêu rõ cơ quan phối hợp")
	if v, _ := stale.value("text-" + items[0]); v != "Bỏ mục này" {
		t.Errorf("what was typed is %q", v)
	}

	other := r.signIn(otherEmail)
	other.get(page).wantNoText("Nêu rõ cơ quan phối hợp", "87/SNV")
	other.get(page + "?agency=" + text(r.agencies["SNV"].ID)).want(http.StatusNotFound)
	agree := other.get(page).form(page + "/answer")
	agree.Set("do", "agree")
	other.post(page+"/answer", agree).follow().wantText("Đã gửi ý kiến.")

	p = office.get(page).wantText("Cả 2 cơ quan đã trả lời, 1 ý kiến", "87/SNV-VP", "Nêu rõ cơ quan phối hợp")
	office.get("/inbox").wantText("Lấy ý kiến dự thảo", "cả 2 cơ quan đã trả lời")
	replies := p.form(page + "/replies")
	comment := replies.Get("comment")
	replies.Set("reply-"+comment, "explained")
	office.post(page+"/replies", replies).want(http.StatusUnprocessableEntity).wantText("Mục này chưa có nội dung.")
	replies.Set("reply-"+comment, "accepted")
	replies.Set("words-"+comment, "Đã bổ sung Sở Tài chính")
	done := office.post(page+"/replies", replies).follow().wantText("Đã lưu 1 nội dung", "Sửa mục này trong dự thảo", "ghi tiếp thu, giải trình (Sở")
	if v := must(r.Documents.Review(r.ctx(), r.person(officeEmail), draft.ID))(t); !slices.Contains(done.links(), base+"/drafts/"+text(v.Drafts[0].ID)) {
		t.Errorf("what was taken up does not lead to the draft: %v", done.links())
	}
	// Somebody else replied meanwhile: what was typed stays beside it.
	replies.Set("reply-"+comment, "explained")
	replies.Set("words-"+comment, "Luật quy định")
	conflict := office.post(page+"/replies", replies).want(http.StatusConflict).wantText("Đã bổ sung Sở Tài chính")
	if v, _ := conflict.value("words-" + comment); v != "Luật quy định" {
		t.Errorf("what was typed is %q", v)
	}

	doc := office.get(page + "/table.docx").want(http.StatusOK)
	body := documentText(t, []byte(doc.body))
	for _, part := range []string{
		"BẢNG TỔNG HỢP, TIẾP THU, GIẢI TRÌNH Ý KIẾN GÓP Ý", "Nêu rõ cơ quan phối hợp", "Tiếp thu. Đã bổ sung Sở Tài chính", "1 cơ quan thống nhất với dự thảo: Sở Tài chính.",
	} {
		if !strings.Contains(body, part) {
			t.Errorf("the table does not say %q", part)
		}
	}

	closing := office.get(page).form(page + "/close")
	office.post(page+"/close", closing).follow().wantText("Đã kết thúc lấy ý kiến.")
	office.get("/inbox").wantNoText("cả 2 cơ quan đã trả lời")
	focal.get("/mine").wantNoText("Xin ý kiến dự thảo (1)")
	focal.get(page).wantText("Nêu rõ cơ quan phối hợp").wantNoText("Đã bổ sung Sở Tài chính")
	answer.Set("text-"+items[0], "Góp ý đến muộn")
	focal.post(page+"/answer", answer).want(http.StatusConflict).wantText("đã kết thúc", "Góp ý đến muộn")
	focal.get("/consultations").wantText("Không có dự thảo nào đang lấy ý kiến", "Chỉ thị 21/CT-UBND")
}

// documentText is what a .docx says.
func documentText(t *testing.T, data []byte) string {
	t.Helper()
	z := must(zip.NewReader(bytes.NewReader(data), int64(len(data))))(t)
	f := must(z.Open("word/document.xml"))(t)
	defer f.Close()
	return string(must(io.ReadAll(f))(t))
}

// Who answers for an agency and is of the secretariat too sees both sides, each at its address.
func TestAConsultationHasTwoSides(t *testing.T) {
	r := newRig(t)
	id, _ := r.consulted("21/CT-UBND")
	page := "/consultations/" + text(id)
	both := r.signIn(standingEmail)
	own := page + "?agency=" + text(r.agencies["SNV"].ID)
	if !slices.Contains(both.get(page).wantText("0 trên 2 cơ quan").links(), own) {
		t.Error("the secretariat's page does not lead to the own answer")
	}
	form := both.get(own).form(page + "/answer")
	item := text(r.askedItems(id)[0])
	form.Set("text-"+item, "Góp ý của chính mình")
	form.Set("do", "agree")
	both.post(page+"/answer", form).wantRedirect(own)
	replies := both.get(page).form(page + "/replies")
	replies.Set("reply-"+replies.Get("comment"), "accepted")
	both.post(page+"/replies", replies).want(http.StatusUnprocessableEntity).wantText("cần một người khác")
	office := r.signIn(officeEmail)
	office.post(page+"/replies", replies).wantRedirect(page + "#comments")
	office.post(page+"/answer", url.Values{"agency": {text(r.agencies["SNV"].ID)}, "do": {"agree"}}).want(http.StatusForbidden)
	office.get(page + "?agency=" + text(r.agencies["SNV"].ID)).want(http.StatusNotFound)
}

// The issued document's page leads the secretariat to what was asked, and agencies nowhere.
func TestAnIssuedDocumentLeadsToItsConsultation(t *testing.T) {
	r := newRig(t)
	id, draft := r.consulted("21/CT-UBND")
	page, base := "/consultations/"+text(id), "/documents/"+text(draft.ID)
	if err := r.Documents.Issue(r.ctx(), r.person(officeEmail), draft.ID, 0); err != nil {
		t.Fatal(err)
	}
	office := r.signIn(officeEmail)
	if !slices.Contains(office.get(base).links(), page) {
		t.Error("the secretariat's page of the document does not lead to the consultation")
	}
	office.get(page).wantText("văn bản đã ban hành")
	if slices.Contains(r.signIn(focalEmail).get(base).links(), page) {
		t.Error("an agency's page of the document leads to the consultation")
	}
	r.signIn(focalEmail).get(page).wantText("Sở Nội vụ không trả lời")
}

// What one agency answers shows on no page of another's people, and a consultation in which they are not asked does not exist for them.
func TestOtherAgenciesOpinionsShowNowhere(t *testing.T) {
	const marker = "DAUHIEUGOPY"
	r := newRig(t)
	id, _ := r.consulted("21/CT-UBND")
	foreign := r.importDocument("22/CT-UBND", rigDuty{text: marker + " thu ngân sách", leads: []string{"Sở Tài chính"}, due: "2026-12-30"})
	hidden := must(r.Documents.OpenConsultation(r.ctx(), r.person(officeEmail), foreign.ID, tasks.ConsultationInput{
		Title: marker + " về ngân sách", Due: must(calendar.ParseDate("2026-10-20"))(t), Agencies: []int64{r.agencies["STC"].ID},
	}))(t)
	in := tasks.AnswerInput{General: marker + " chung", Number: marker + "/STC", Send: true, AgreeRest: true}
	in.Items = []tasks.ItemAnswer{{ItemID: r.askedItems(id)[0], Text: marker + " của Sở Tài chính"}}
	if err := r.Documents.AnswerConsultation(r.ctx(), r.person(otherEmail), id, r.agencies["STC"].ID, in); err != nil {
		t.Fatal(err)
	}
	r.runDue()
	for _, email := range []string{focalEmail, headEmail} {
		c := r.signIn(email)
		crawl(t, c, func(p *page) {
			if strings.Contains(p.unasked(), marker) {
				t.Errorf("%s shows %s another agency's opinion", p.path, email)
			}
		})
		c.get("/consultations/" + text(id)).want(http.StatusOK).wantNoText(marker)
		c.get("/consultations/" + text(hidden)).want(http.StatusNotFound)
	}
	r.signIn(officeEmail).get("/consultations/"+text(id)).wantText(marker+" của Sở Tài chính", marker+"/STC")
	for _, m := range r.rawMails() {
		if (m.to == focalEmail || m.to == headEmail) && strings.Contains(m.text, marker) {
			t.Errorf("a mail to %s (%s) tells another agency's opinion", m.to, m.subject)
		}
	}
}
