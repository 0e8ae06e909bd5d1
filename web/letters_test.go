package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// lateDuty issues a duty of the agency that is long overdue.
func (r *rig) lateDuty(number, text, agency string) tasks.Assignment {
	r.t.Helper()
	_, a := r.issue(number, rigDuty{text: text, leads: []string{agency}, due: r.today().AddDays(-40).String()})
	return a[0]
}

// agencyLetters makes a letter to the agency that was issued, with its copy, and a draft.
func (r *rig) agencyLetters(code string) (issued, copied, draft int64) {
	r.t.Helper()
	agency, office := r.agencies[code], r.person(officeEmail)
	r.lateDuty("15/CT-UBND", "Rà soát thủ tục hành chính", agency.Name)
	prepare := func() int64 {
		return must(r.Letters.Prepare(r.ctx(), office, tasks.LettersInput{Kind: tasks.LetterReminder, Beyond: 5, Agencies: []int64{agency.ID}}))(r.t)[0]
	}
	issued = prepare()
	if err := r.Letters.Issue(r.ctx(), office, issued, tasks.LetterRecord{
		Number: "77/UBND-VP", Date: r.today(), Files: []tasks.Upload{{Name: "77.pdf", Data: []byte("%PDF-1.7 bản ký")}},
	}); err != nil {
		r.t.Fatal(err)
	}
	copied = must(r.Letters.Get(r.ctx(), office, issued))(r.t).Files[0].ID
	return issued, copied, prepare()
}

// From who is late to a letter that stands on its duties: drafts are made, changed, downloaded, recorded; what is refused comes back as typed.
func TestALetterThroughThePages(t *testing.T) {
	r := newRig(t)
	a := r.lateDuty("10/CT-UBND", "Rà soát thủ tục hành chính", "Sở Nội vụ")
	secret := r.lateDuty("11/CT-UBND", "Nội dung nhạy cảm", "Sở Nội vụ")
	r.lateDuty("12/CT-UBND", "Số hóa hồ sơ", "Sở Tài chính")
	if err := r.Assignments.Restrict(r.ctx(), r.person(officeEmail), secret.TaskID, tasks.RestrictInput{Restricted: true, Reason: "Hạn chế"}); err != nil {
		t.Fatal(err)
	}
	office := r.signIn(officeEmail)
	office.get("/register").wantText("Sổ đôn đốc, phê bình")
	p := office.get("/letters").wantText("2 cơ quan có 3 nhiệm vụ chậm quá 5 ngày làm việc", "Sở Nội vụ", "chưa có văn bản")
	office.get("/letters?beyond=200").wantText("Không cơ quan nào chậm quá 200 ngày làm việc")
	office.get("/letters?beyond=x").want(http.StatusUnprocessableEntity).wantText("Ghi số ngày từ 0 đến 250")
	office.get("/letters?from=32/1").want(http.StatusUnprocessableEntity).wantText("Từ ngày")

	form := p.form("/letters")
	office.post("/letters", form).want(http.StatusUnprocessableEntity).wantText("Chọn ít nhất một cơ quan.")
	snv := text(r.agencies["SNV"].ID)
	form["agency"] = []string{snv, text(r.agencies["STC"].ID)}
	form.Set("kind", "criticism")
	office.post("/letters", form).follow().wantText("Đã lập 2 dự thảo.", "Dự thảo ngày")
	office.post("/letters", form).want(http.StatusConflict).wantText("Không lập được dự thảo nào")
	r.signIn(leaderEmail).get("/letters").wantText("đang có dự thảo").wantNoText("Lập dự thảo cho cơ quan đã chọn")
	r.signIn(focalEmail).get("/letters").wantText("Chưa có văn bản đôn đốc, phê bình nào.").wantNoText("Cơ quan chậm", "Sở Tài chính")

	page := "/letters/1"
	draft := office.get(page).wantText("Dự thảo phê bình gửi Sở Nội vụ", "Rà soát thủ tục hành chính", "Nội dung nhạy cảm")
	form = draft.form(page)
	if got := form["duty"]; len(got) != 2 {
		t.Fatalf("chosen %q", got)
	}
	typed := "Đề nghị báo cáo tại phiên họp"
	form.Set("words", typed)
	form.Set("answer_by", "31/2/2027")
	form.Set("issuer", "ỦY BAN NHÂN DÂN TỈNH MẪU SƠN")
	again := office.post(page, form).want(http.StatusUnprocessableEntity).form(page)
	if again.Get("words") != typed || again.Get("answer_by") != "31/2/2027" {
		t.Errorf("typed and lost: %v", again)
	}
	form.Set("answer_by", calendar.Date.String(r.today().AddDays(20)))
	stale := form.Get("version")
	office.post(page, form).follow().wantText("Đã lưu dự thảo", typed)
	form.Set("version", stale)
	form.Set("words", "Bản của người khác")
	if kept := office.post(page, form).want(http.StatusConflict).wantText("Người khác vừa sửa văn bản này").form(page); kept.Get("words") != "Bản của người khác" || kept.Get("version") == stale {
		t.Errorf("after the conflict: %v", kept)
	}

	// The document leaves the house: of the restricted duty it has the number alone.
	words := documentText(t, []byte(office.get(page+"/letter.docx").want(http.StatusOK).body))
	for _, want := range []string{"Kính gửi: Sở Nội vụ", "V/v phê bình", "ỦY BAN NHÂN DÂN TỈNH MẪU SƠN", "Rà soát thủ tục hành chính", typed, "Như trên", "Nhiệm vụ hạn chế", "10/CT-UBND", "yêu cầu", "./."} {
		if !strings.Contains(words, want) {
			t.Errorf("the document lacks %q", want)
		}
	}
	if strings.Contains(words, "nhạy cảm") {
		t.Error("the document says what is restricted")
	}

	record := office.get(page).form(page + "/issue")
	record.Set("number", "512/UBND-VP")
	record.Set("date", r.today().AddDays(1).String())
	back := office.upload(page+"/issue", record, file{"files", "512.pdf", []byte("%PDF-1.7 ký")}).want(http.StatusUnprocessableEntity).wantText("Ngày này chưa đến.", "512.pdf").form(page + "/issue")
	if back.Get("number") != "512/UBND-VP" {
		t.Errorf("typed and lost: %v", back)
	}
	record.Set("date", r.today().String())
	office.upload(page+"/issue", record, file{"files", "512.pdf", []byte("%PDF-1.7 ký")}).follow().wantText("Đã ghi nhận", "Công văn phê bình 512/UBND-VP gửi Sở Nội vụ", "512.pdf", "ghi nhận văn bản đã ban hành")
	// The form of the draft, sent after that: what was typed is there to be copied.
	office.post(page, form).want(http.StatusConflict).wantText("Văn bản đã được ghi nhận ban hành", "Bản của người khác")

	// It stands on its duties, on the agency's pages and in the counts.
	duty := "/assignments/" + text(a.ID)
	if links := office.get(duty).wantText("Phê bình số 512/UBND-VP", "khi đó chậm").links(); !slices.Contains(links, page) {
		t.Errorf("the duty does not lead to the letter: %v", links)
	}
	focal := r.signIn(focalEmail)
	focal.get(duty).wantText("Phê bình số 512/UBND-VP")
	focal.get("/mine").wantText("Văn bản đôn đốc, phê bình (1)", "Phê bình số 512/UBND-VP")
	focal.get(page).wantText("Rà soát thủ tục hành chính", typed).wantNoText("Thu hồi văn bản", "Tải công văn")
	focal.get(page + "/files/1").want(http.StatusOK)
	r.signIn(otherEmail).get(page).want(http.StatusNotFound)
	office.get("/directory/agencies/" + snv).wantText("Văn bản đôn đốc, phê bình (1)")
	leader := r.signIn(leaderEmail)
	leader.get("/letters/counts").wantText("0 văn bản đôn đốc, 1 văn bản phê bình", "Sở Nội vụ", "Tháng "+text(int64(r.today().Month)))
	leader.get("/letters/counts?year=2020").wantText("chưa có văn bản đôn đốc, phê bình nào")
	if row := rowWith(leader.get("/letters/counts.xlsx").want(http.StatusOK).workbook(), "Sở Nội vụ"); row == nil || row[2] != "0" || row[3] != "1" {
		t.Errorf("counted %q", row)
	}
	if row := rowWith(leader.get("/letters.xlsx").want(http.StatusOK).workbook(), "512/UBND-VP"); row == nil || !slices.Contains(row, "Phê bình") || !slices.Contains(row, "Đã ban hành") {
		t.Errorf("exported %q", row)
	}
	if row := rowWith(focal.get("/letters.xlsx").workbook(), "Sở Tài chính"); row != nil {
		t.Errorf("another agency's draft is exported: %q", row)
	}
	office.get("/audit?kind=letter").wantText("lập dự thảo văn bản đôn đốc", "ghi nhận văn bản đã ban hành", "512/UBND-VP")

	// It is mended and withdrawn.
	mend := office.get(page).form(page + "/correct")
	mend.Set("number", "513/UBND-VP")
	office.upload(page+"/correct", mend).want(http.StatusUnprocessableEntity).wantText("Lý do sửa")
	mend.Set("reason", "Ghi nhầm số")
	office.upload(page+"/correct", mend).follow().wantText("Đã sửa.", "513/UBND-VP", "512.pdf", "Ghi nhầm số")
	withdraw := office.get(page).form(page + "/withdraw")
	office.post(page+"/withdraw", withdraw).want(http.StatusUnprocessableEntity)
	withdraw.Set("reason", "Gửi nhầm cơ quan")
	office.post(page+"/withdraw", withdraw).follow().wantText("Đã thu hồi văn bản.", "Gửi nhầm cơ quan")
	focal.get(duty).wantNoText("513/UBND-VP")
	focal.get(page).wantText("Đã thu hồi", "Gửi nhầm cơ quan")

	drop := office.get("/letters/2").form("/letters/2/drop")
	office.post("/letters/2/drop", drop).follow().wantText("Đã bỏ dự thảo.")
	office.get("/letters/2").want(http.StatusNotFound)
}

// A letter of many duties has them in an annex; who is not under the chairman is asked, not ordered. In English it says the same.
func TestALetterOfManyDuties(t *testing.T) {
	r := newRig(t)
	var duties []rigDuty
	for range 8 {
		duties = append(duties, rigDuty{text: "Đối chiếu số liệu thu ngân sách", leads: []string{"Sở Nội vụ"}, due: r.today().AddDays(-30).String()})
	}
	r.issue("10/CT-UBND", duties...)
	id := must(r.Letters.Prepare(r.ctx(), r.person(officeEmail), tasks.LettersInput{Kind: tasks.LetterReminder, Beyond: 5, Agencies: []int64{r.agencies["SNV"].ID}}))(t)[0]
	office := r.signIn(officeEmail)
	words := documentText(t, []byte(office.get("/letters/"+text(id)+"/letter.docx").want(http.StatusOK).body))
	for _, want := range []string{"Phụ lục", "DANH MỤC NHIỆM VỤ QUÁ HẠN CỦA SỞ NỘI VỤ", "có danh mục kèm theo", "Kèm theo Công văn"} {
		if !strings.Contains(words, want) {
			t.Errorf("the document lacks %q", want)
		}
	}
	if n := strings.Count(words, "Đối chiếu số liệu"); n != 8 {
		t.Errorf("%d duties are listed, want 8", n)
	}
}
