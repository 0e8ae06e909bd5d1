package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tiendo/tasks"
)

func TestNothingTypedIsLost(t *testing.T) {
	r := newRig(t)
	office := r.signIn(officeEmail)

	t.Run("import", func(t *testing.T) {
		p := office.upload("/documents", url.Values{"number": {"12/CT-UBND"}, "date": {"31/2/2026"}, "text": {"1. Sở Nội vụ báo cáo."}, "title": {"Về việc thử"}},
			file{"files", "a.txt", []byte("x")}).want(http.StatusUnprocessableEntity)
		p.wantText("Ngày chưa đúng", "Trình duyệt không giữ 1 tệp đã chọn")
		for name, want := range map[string]string{"number": "12/CT-UBND", "date": "31/2/2026", "text": "1. Sở Nội vụ báo cáo.", "title": "Về việc thử"} {
			if got, _ := p.value(name); got != want {
				t.Errorf("%s holds %q, want %q", name, got, want)
			}
		}
		office.upload("/documents", url.Values{}).want(http.StatusUnprocessableEntity).wantText("Chưa có gì để tạo văn bản")
	})

	t.Run("a file that cannot be read", func(t *testing.T) {
		r.reader.answer(tasks.Extraction{}, tasks.Invalid(tasks.FieldError{Field: "files", Key: "file.password"}))
		p := office.upload("/documents", url.Values{"title": {"Về việc thử"}}, file{"files", "a.docx", []byte("x")}).want(http.StatusUnprocessableEntity)
		p.wantText("Tệp có mật khẩu")
		if got, _ := p.value("title"); got != "Về việc thử" {
			t.Errorf("title holds %q", got)
		}
	})

	base := uploadDirective(t, r, office)
	ds := drafts(t, r, base)
	draftPath := base + "/drafts/" + text(ds[0].ID)

	t.Run("draft refused", func(t *testing.T) {
		form := office.get(draftPath).form(draftPath)
		form.Set("text", "")
		form.Set("lead_text", "Sở Thuỷ sản")
		form.Set("cadence", "FREQ=MONTHLY;BYMONTHDAY=20")
		p := office.post(draftPath, form).want(http.StatusUnprocessableEntity)
		p.wantText("Không tìm thấy “Sở Thuỷ sản” trong danh mục")
		if got, _ := p.value("lead_text"); got != "Sở Thuỷ sản" {
			t.Errorf("lead_text holds %q", got)
		}
		form.Del("lead_text")
		p = office.post(draftPath, form).want(http.StatusUnprocessableEntity)
		p.wantText("Mục này chưa có nội dung.", "Chỉ chọn một: thời hạn hoặc kỳ báo cáo.")
		if got, _ := p.value("cadence"); got != "FREQ=MONTHLY;BYMONTHDAY=20" {
			t.Errorf("cadence holds %q", got)
		}
	})

	t.Run("draft changed by another", func(t *testing.T) {
		form := office.get(draftPath).form(draftPath)
		err := r.Documents.UpdateDraft(r.ctx(), r.person(standingEmail), documentID(t, base), ds[0].ID, tasks.DraftInput{Text: "Lời của người khác.", Leads: ds[0].Leads})
		if err != nil {
			t.Fatal(err)
		}
		form.Set("text", "Lời của tôi.")
		p := office.post(draftPath, form).want(http.StatusConflict)
		p.wantText("Người khác vừa sửa nhiệm vụ này", "Lời của người khác.")
		if got, _ := p.value("text"); got != "Lời của tôi." {
			t.Errorf("text holds %q", got)
		}
		office.post(draftPath, p.form(draftPath)).want(http.StatusSeeOther)
		if got := drafts(t, r, base)[0].Text; got != "Lời của tôi." {
			t.Errorf("saving again left %q", got)
		}
		stale := office.post(draftPath+"/check", url.Values{"version": {"1"}}).want(http.StatusConflict)
		stale.wantText("Người khác vừa sửa nhiệm vụ này. Hãy xem bản mới")
	})

	t.Run("draft removed by another", func(t *testing.T) {
		gone := drafts(t, r, base)[2]
		path := base + "/drafts/" + text(gone.ID)
		form := office.get(path).form(path)
		office.post(path+"/remove", url.Values{"version": {text(gone.Version)}}).want(http.StatusSeeOther)
		form.Set("text", "Vẫn cần làm.")
		p := office.post(path, form).want(http.StatusConflict)
		p.wantText("Người khác vừa bỏ nhiệm vụ này")
		office.post(base+"/drafts", p.form(base+"/drafts")).want(http.StatusSeeOther)
		if got := drafts(t, r, base); len(got) != 4 || got[3].Text != "Vẫn cần làm." || len(got[3].LeadAgencies()) != 3 {
			t.Errorf("the duty was not added again: %+v", got)
		}
		office.post(path+"/check", url.Values{"version": {"1"}}).want(http.StatusConflict).wantText("Người khác vừa bỏ nhiệm vụ đó")
	})

	t.Run("head", func(t *testing.T) {
		form := office.get(base + "/review").form(base + "/head")
		const mine = "Trích yếu của tôi"
		form.Set("year", "hai nghìn")
		form.Set("title", mine)
		p := office.post(base+"/head", form).want(http.StatusUnprocessableEntity)
		p.wantText("Năm chưa đúng")
		if got, _ := p.value("title"); got != mine {
			t.Errorf("title holds %q", got)
		}
		form.Set("year", "2026")
		form.Set("version", "1")
		p = office.post(base+"/head", form).want(http.StatusConflict)
		p.wantText("Người khác vừa sửa thông tin văn bản", "Bản đang lưu", "Về tăng cường cải cách hành chính")
		if got, _ := p.value("title"); got != mine {
			t.Errorf("title holds %q", got)
		}
		office.post(base+"/head", p.form(base+"/head")).wantRedirect(base + "/review")
	})

	t.Run("times", func(t *testing.T) {
		first := drafts(t, r, base)[0]
		id := text(first.ID) + "." + text(first.Version)
		p := office.post(base+"/columns", url.Values{"draft": {id}, "cadence": {"other"}, "rule": {"FREQ=HOURLY"}}).want(http.StatusUnprocessableEntity)
		p.wantText("Kỳ báo cáo này không cho ra ngày nào")
		if !strings.Contains(p.body, `value="`+id+`" form="columns-form" data-key=" " checked`) || !strings.Contains(p.body, `value="FREQ=HOURLY"`) {
			t.Error("what was marked and typed is gone")
		}
		office.post(base+"/columns", url.Values{"deadline": {"2026-12-01"}}).want(http.StatusUnprocessableEntity).wantText("Chưa đánh dấu nhiệm vụ nào.")
	})

	t.Run("document issued meanwhile", func(t *testing.T) {
		office.post(base+"/names", url.Values{"written": {"Ban Chỉ đạo chuyển đổi số"}, "party": {"a" + text(r.agencies["STC"].ID)}}).want(http.StatusSeeOther)
		shown := office.get(base + "/issue").form(base + "/issue")
		form := office.get(draftPath).form(draftPath)
		if err := r.Documents.CheckDraft(r.ctx(), r.person(standingEmail), documentID(t, base), drafts(t, r, base)[1].ID, 0, true); err != nil {
			t.Fatal(err)
		}
		p := office.post(base+"/issue", shown).want(http.StatusConflict)
		p.wantText("Bản rà soát vừa thay đổi nên chưa giao")
		office.post(base+"/issue", p.form(base+"/issue")).wantRedirect(base)
		form.Set("text", "Gõ dở.")
		p = office.post(draftPath, form).want(http.StatusConflict)
		p.wantText("Văn bản vừa được giao")
		if got, _ := p.value("text"); got != "Gõ dở." {
			t.Errorf("text holds %q", got)
		}
		office.get(base + "/review").wantRedirect(base)
	})
}
