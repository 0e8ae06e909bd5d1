package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

// The secretariat moves the day and asks more agencies; what was typed is not lost when it is refused.
func TestAConsultationIsChanged(t *testing.T) {
	r := newRig(t)
	id, _ := r.consulted("21/CT-UBND")
	page := "/consultations/" + text(id)
	office := r.signIn(officeEmail)
	if links := office.get(page).links(); !slices.Contains(links, page+"/change") {
		t.Fatalf("the page does not lead to changes: %v", links)
	}
	change := office.get(page+"/change").wantText("Lấy ý kiến: hạn trả lời 20/10/2026", "2 cơ quan chưa trả lời nhận thư")
	form := change.form(page + "/due")
	form.Set("due", "31/2/2027")
	form.Set("reason", "Các cơ quan xin thêm thời gian")
	again := office.post(page+"/due", form).want(http.StatusUnprocessableEntity)
	if got := again.form(page + "/due"); got.Get("due") != "31/2/2027" || got.Get("reason") != "Các cơ quan xin thêm thời gian" {
		t.Errorf("typed and lost: %v", got)
	}
	form.Set("due", "30/10/2026")
	office.post(page+"/due", form).follow().wantText("Đã dời hạn", "30 tháng 10 năm 2026", "dời hạn trả lời", "Các cơ quan xin thêm thời gian")
	r.signIn(focalEmail).get(page).wantText("30 tháng 10 năm 2026")
	// The same form again: somebody has moved it meanwhile.
	form.Set("due", "15/11/2026")
	stale := office.post(page+"/due", form).want(http.StatusConflict).wantText("vừa được người khác thay đổi", "Nay hạn trả lời là 30/10/2026")
	if got := stale.form(page + "/due"); got.Get("due") != "2026-11-15" || got.Get("version") == form.Get("version") {
		t.Errorf("after the conflict: %v", got)
	}

	form = office.get(page + "/change").form(page + "/agencies")
	form.Set("reason", "Dự thảo có mục về cấp xã")
	office.post(page+"/agencies", form).want(http.StatusUnprocessableEntity).wantText("Mục này chưa có nội dung.", "Dự thảo có mục về cấp xã")
	form.Set("agencies_text", "Không có cơ quan này")
	office.post(page+"/agencies", form).want(http.StatusUnprocessableEntity).wantText("Không có cơ quan này")
	form.Set("agencies_text", "UBND các xã, phường")
	p := office.post(page+"/agencies", form).follow().wantText("Đã gửi xin ý kiến thêm", "lấy ý kiến thêm ngày 5/10/2026: Dự thảo có mục về cấp xã")
	if p.has("0 trên 2 cơ quan") {
		t.Error("the members of the group are not asked")
	}
	r.signIn(communeEmail).get(page).wantText("Rà soát thủ tục hành chính")

	office.post(page+"/close", office.get(page).form(page+"/close")).follow()
	form.Set("agencies_text", "")
	office.post(page+"/agencies", form).want(http.StatusConflict).wantText("Việc lấy ý kiến đã kết thúc", "Dự thảo có mục về cấp xã")
	office.get(page + "/change").wantText("không đổi được nữa")
}

// A letter is recorded item by item with its file; its agency reads it, another does not.
func TestALetterIsRecordedThroughThePages(t *testing.T) {
	r := newRig(t)
	id, _ := r.consulted("21/CT-UBND")
	page, agency := "/consultations/"+text(id), text(r.agencies["SNV"].ID)
	office := r.signIn(officeEmail)
	address := page + "/letter?agency=" + agency
	if links := office.get(page).links(); !slices.Contains(links, address) {
		t.Fatalf("the page does not lead to recording: %v", links)
	}
	item := text(r.askedItems(id)[0])
	form := office.get(address).wantText("Ghi ý kiến của Sở Nội vụ theo văn bản giấy").form(page + "/letter")
	form.Set("text-"+item, "Nêu rõ cơ quan phối hợp")
	form.Set("number", "412/SNV-CCHC")
	form.Set("day", "31/2/2026")
	letter := file{field: "files", name: "412-snv.pdf", data: []byte("%PDF-1.7 công văn")}
	again := office.upload(page+"/letter", form, letter).want(http.StatusUnprocessableEntity).wantText("412-snv.pdf")
	if got := again.form(page + "/letter"); got.Get("text-"+item) != "Nêu rõ cơ quan phối hợp" || got.Get("number") != "412/SNV-CCHC" || got.Get("day") != "31/2/2026" {
		t.Errorf("typed and lost: %v", got)
	}
	form.Set("day", "5/10/2026")
	office.upload(page+"/letter", form, letter).want(http.StatusUnprocessableEntity).wantText("Chưa chọn đồng ý hay có ý kiến.")
	form.Set("do", "agree")
	p := office.upload(page+"/letter", form, letter).follow().wantText("Đã ghi văn bản trả lời", "đã trả lời bằng văn bản ngày 5/10/2026", "412/SNV-CCHC", "Nêu rõ cơ quan phối hợp", "Sửa văn bản đã ghi")
	i := slices.IndexFunc(p.links(), func(l string) bool { return strings.HasPrefix(l, page+"/letters/") })
	if i < 0 {
		t.Fatalf("the page does not lead to the letter: %v", p.links())
	}
	file := p.links()[i]
	if got := office.get(file).want(http.StatusOK).body; got != "%PDF-1.7 công văn" {
		t.Errorf("the letter is %q", got)
	}
	own := r.signIn(focalEmail).get(page).wantText("Văn bản trả lời", "412/SNV-CCHC", "412-snv.pdf")
	if !slices.Contains(own.links(), file) {
		t.Error("the agency's page does not lead to its letter")
	}
	r.signIn(otherEmail).get(file).want(http.StatusNotFound)
	mend := office.get(address).form(page + "/letter")
	if mend.Get("keep") == "" || mend.Get("day") != "2026-10-05" || mend.Get("text-"+item) != "Nêu rõ cơ quan phối hợp" {
		t.Errorf("the letter to mend shows %v", mend)
	}
	// The agency answers itself meanwhile.
	answer := r.signIn(headEmail).get(page).form(page + "/answer")
	r.signIn(headEmail).post(page+"/answer", answer).follow()
	office.upload(page+"/letter", mend).want(http.StatusConflict).wantText("Nêu rõ cơ quan phối hợp")
	office.get(address).wantText("Cơ quan đã tự gửi ý kiến")
}

// Replies are the secretariat's own until they are published; leaders read all and have no form.
func TestRepliesArePublishedThroughThePages(t *testing.T) {
	r := newRig(t)
	id, draft := r.consulted("21/CT-UBND")
	page := "/consultations/" + text(id)
	focal, office, leader := r.signIn(focalEmail), r.signIn(officeEmail), r.signIn(leaderEmail)
	item := text(r.askedItems(id)[0])
	answer := focal.get(page).form(page + "/answer")
	answer.Set("text-"+item, "Nêu rõ cơ quan phối hợp")
	answer.Set("do", "agree")
	focal.post(page+"/answer", answer).follow()
	replies := office.get(page).wantNoText("Công bố tiếp thu").form(page + "/replies")
	comment := replies.Get("comment")
	replies.Set("reply-"+comment, "partly")
	replies.Set("words-"+comment, "Đã bổ sung Sở Tài chính")
	p := office.post(page+"/replies", replies).follow().wantText("Công bố tiếp thu, giải trình", "1 cơ quan nhận thư")
	focal.get(page).wantNoText("Đã bổ sung Sở Tài chính", "Tiếp thu một phần")
	office.post(page+"/publish", p.form(page+"/publish")).follow().wantText("Đã công bố; 1 cơ quan sẽ nhận thư.", "công bố tiếp thu, giải trình")
	focal.get(page).wantText("Kết quả xem xét: Tiếp thu một phần.", "Đã bổ sung Sở Tài chính", "Tiếp thu, giải trình")
	focal.get("/consultations").wantText("đã có kết quả tiếp thu, giải trình")
	r.signIn(otherEmail).get(page).wantNoText("Đã bổ sung Sở Tài chính")

	list := leader.get("/consultations").wantText("1 trên 2 cơ quan đã trả lời")
	if !slices.Contains(list.links(), page) {
		t.Errorf("the leader's list leads to %v", list.links())
	}
	read := leader.get(page).wantText("Nêu rõ cơ quan phối hợp", "Tiếp thu một phần. Đã bổ sung Sở Tài chính", "chưa trả lời")
	for _, action := range read.actions() {
		if strings.HasPrefix(action, "/consultations") {
			t.Errorf("the leader's page has a form to %s", action)
		}
	}
	if slices.Contains(read.links(), "/documents/"+text(draft.ID)) || slices.Contains(read.links(), page+"/change") {
		t.Errorf("the leader's page leads to what he may not do: %v", read.links())
	}
	if body := said(t, leader.get(page+"/table.docx").want(http.StatusOK).body); !strings.Contains(body, "Nêu rõ cơ quan phối hợp") {
		t.Error("the leader's table lacks the comment")
	}
	if err := r.Documents.Issue(r.ctx(), r.person(officeEmail), draft.ID, 0); err != nil {
		t.Fatal(err)
	}
	focal.get(page).wantText("Kết quả xem xét: Tiếp thu một phần.", "Đã bổ sung Sở Tài chính")
	if !slices.Contains(leader.get("/documents/"+text(draft.ID)).links(), page) {
		t.Error("the issued document does not lead the leader to what was asked")
	}
}

// A recorded answer in the scene of another's pages: nothing of it shows elsewhere.
func TestLettersShowToTheirAgencyAlone(t *testing.T) {
	const marker = "DAUHIEUCONGVAN"
	r := newRig(t)
	id, _ := r.consulted("21/CT-UBND")
	in := tasks.LetterInput{AnswerInput: tasks.AnswerInput{General: marker + " chung", Number: marker + "/STC", AgreeRest: true}, On: r.today()}
	in.Files = []tasks.Upload{{Name: marker + ".pdf", Data: []byte("%PDF-1.7 x")}}
	if err := r.Documents.RecordAnswer(r.ctx(), r.person(officeEmail), id, r.agencies["STC"].ID, in); err != nil {
		t.Fatal(err)
	}
	for _, email := range []string{focalEmail, headEmail} {
		c := r.signIn(email)
		crawl(t, c, func(p *page) {
			if strings.Contains(p.unasked(), marker) {
				t.Errorf("%s shows %s another agency's letter", p.path, email)
			}
		})
	}
	r.signIn(otherEmail).get("/consultations/"+text(id)).wantText(marker+"/STC", marker+".pdf")
}
