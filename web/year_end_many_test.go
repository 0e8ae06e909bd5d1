package web_test

import (
	"net/http"
	"strings"
	"testing"

	"tiendo/tasks"
)

// One choice for more duties than the page shows: the count is said, what could not be done is named, and the report tells what became of all.
func TestAYearEndsForAllOfAFilter(t *testing.T) {
	r := newRig(t)
	duties := make([]rigDuty, 103)
	for i := range duties {
		duties[i] = rigDuty{text: "Rà soát thủ tục " + text(int64(i+1)), leads: []string{"Sở Nội vụ"}, due: "2026-11-30"}
	}
	duties[102].leads = []string{"Sở Tài chính"}
	doc, issued := r.issue("31/CT-UBND", duties...)
	waits := issued[101]
	if err := r.Assignments.Report(r.ctx(), r.person(focalEmail), waits.ID, tasks.ReportInput{Kind: tasks.ReportSubmission, Text: "Đã xong"}); err != nil {
		t.Fatal(err)
	}
	base := "/documents/" + text(doc.ID)
	filter := "?agency=" + text(r.agencies["SNV"].ID)
	office := r.signIn(officeEmail)
	page := office.get(base+"/close"+filter).wantText("Có 102 nhiệm vụ; trang này hiện 100 nhiệm vụ đầu", "Áp dụng lựa chọn chung cho cả 102 nhiệm vụ khớp điều kiện lọc")
	form := page.form(base + "/carry")
	first := form["row"][0]
	form.Set("whole", "1")
	form.Set("all", string(tasks.YearEndCarry))
	form.Set("choice-"+first, string(tasks.YearEndClose))
	form.Set("reason", "Tổng kết năm")
	form.Set("authority", "Chủ tịch UBND tỉnh")
	form.Set("due", "31/2/2027")
	page = office.post(base+"/carry", form).want(http.StatusUnprocessableEntity).wantText("Ngày chưa đúng")
	if again := page.form(base + "/carry"); again.Get("whole") != "1" || again.Get("due") != "31/2/2027" || again.Get("choice-"+first) != "close" || again.Get("agency") == "" {
		t.Errorf("typed and lost: %v", again)
	}
	form.Set("due", "")
	office.post(base+"/carry", form).want(http.StatusUnprocessableEntity).wantText("Mục này chưa có nội dung.", "Tổng kết năm")
	form.Set("due", "30/6/2027")
	form.Set("count", "99")
	page = office.post(base+"/carry", form).want(http.StatusConflict).wantText("Nay có 102 nhiệm vụ khớp điều kiện lọc", "Tổng kết năm")
	form.Set("count", page.form(base+"/carry").Get("count"))
	done := office.post(base+"/carry", form).want(http.StatusOK)
	done.wantText("Đã chuyển tiếp 100 nhiệm vụ, kết thúc 1 nhiệm vụ", "Để nguyên 1 nhiệm vụ", "Rà soát thủ tục 102", "đang chờ xác nhận")
	page = office.get(base + "/close").wantText("còn 2 nhiệm vụ chưa kết thúc")
	if page.has("Áp dụng lựa chọn chung cho cả 3") {
		t.Error("what is carried over already counts")
	}

	body := said(t, office.get(base+"/close.docx").want(http.StatusOK).body)
	for _, part := range []string{
		"Các nhiệm vụ chưa hoàn thành theo Chỉ thị 31/CT-UBND", "Tổng số nhiệm vụ được giao: 103; trong đó đã hoàn thành 0, thu hồi hoặc không tiếp tục 1, chưa hoàn thành 102.",
		"chuyển tiếp sang năm sau 100, còn để ngỏ 2; quá hạn 0", "Chuyển tiếp đến 30/6/2027", "Chờ xác nhận báo cáo", "Chưa quyết định", "Rà soát thủ tục 103", "Độc lập - Tự do - Hạnh phúc",
	} {
		if !strings.Contains(body, part) {
			t.Errorf("the report does not say %q", part)
		}
	}
	body = said(t, office.get(base+"/close.docx?agency="+text(r.agencies["STC"].ID)).want(http.StatusOK).body)
	if !strings.Contains(body, "Báo cáo này gồm 1 nhiệm vụ chưa hoàn thành") || strings.Contains(body, "Rà soát thủ tục 102") || !strings.Contains(body, "Rà soát thủ tục 103") {
		t.Error("the report does not keep to the filter")
	}

	// The report leaves the house: of a restricted duty it has the number alone.
	hide := tasks.RestrictInput{Restricted: true, Reason: "Có thông tin nội bộ"}
	if err := r.Assignments.Restrict(r.ctx(), r.person(officeEmail), issued[102].TaskID, hide); err != nil {
		t.Fatal(err)
	}
	office.get(base + "/close?agency=" + text(r.agencies["STC"].ID)).want(http.StatusOK).wantText("Rà soát thủ tục 103 Hạn chế")
	body = said(t, office.get(base+"/close.docx").want(http.StatusOK).body)
	if strings.Contains(body, "Rà soát thủ tục 103") || !strings.Contains(body, "Nhiệm vụ hạn chế") {
		t.Error("the report tells the words of a restricted duty")
	}
}
