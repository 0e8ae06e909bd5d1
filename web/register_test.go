package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/web"
)

// registerRig is a province with a duty that is done, one that is late, and one that leads share.
func registerRig(t *testing.T) *rig {
	t.Helper()
	r := newRig(t, func(s *web.Server) {
		s.Letterhead = web.Letterhead{
			Parent: "Ủy ban nhân dân tỉnh Mẫu Sơn", Issuer: "Văn phòng", Place: "Mẫu Sơn", Symbol: "BC-VP", Recipients: []string{"Các sở, ban, ngành", "Lưu: VT, TH"},
			Title: "Chánh Văn phòng",
		}
	})
	_, made := r.issue("10/CT-UBND",
		rigDuty{text: "Rà soát thủ tục hành chính", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"},
		rigDuty{text: "Công khai ngân sách", leads: []string{"Sở Tài chính"}, due: "2026-10-01"},
		rigDuty{text: "Kiểm tra công vụ", leads: []string{"Sở Nội vụ", "Sở Tài chính"}, joint: true, due: "2026-11-30"})
	in := tasks.ReportInput{Kind: tasks.ReportSubmission, Text: "Đã gửi tờ trình"}
	if err := r.Assignments.Report(r.ctx(), r.person(focalEmail), made[0].ID, in); err != nil {
		t.Fatal(err)
	}
	if err := r.Assignments.Confirm(r.ctx(), r.person(officeEmail), made[0].ID, 0); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRegisterPage(t *testing.T) {
	r := registerRig(t)
	c := r.signIn(officeEmail)
	p := c.get("/register?period=2026-10").want(http.StatusOK).
		wantText("Sổ theo dõi tháng 10 năm 2026: 3 phân công", "Tình hình tính đến ngày 5/10/2026", "Rà soát thủ tục hành chính", "Hoàn thành", "quá hạn", "10/CT-UBND", "Đồng chủ trì")
	for _, link := range []string{"/register.xlsx?period=2026-10", "/register.docx?period=2026-10", "/register/report?period=2026-10"} {
		if !slices.Contains(p.links(), link) {
			t.Errorf("no link to %s: %q", link, p.links())
		}
	}
	c.get("/register?period=2026-q3").want(http.StatusOK).wantText("không có phân công nào")
	c.get("/register?period=span&from=1/10/2026&to=5/10/2026").want(http.StatusOK).wantText("từ ngày 1/10/2026 đến ngày 5/10/2026")
	c.get("/register?period=span").want(http.StatusUnprocessableEntity)
	c.get("/register?period=span&from=hom-qua&to=5/10/2026").want(http.StatusUnprocessableEntity)
	c.get("/register?period=span&from=6/10/2026&to=5/10/2026").want(http.StatusUnprocessableEntity).wantText("sớm hơn ngày đầu kỳ")
	c.get("/register.xlsx?period=span&from=6/10/2026&to=5/10/2026").want(http.StatusUnprocessableEntity)
	c.get("/register.docx?period=span").want(http.StatusUnprocessableEntity)
	c.get("/register?period=2026-10&agency=" + text(r.agencies["STC"].ID)).want(http.StatusOK).wantText("2 phân công").wantNoText("Rà soát thủ tục")
	r.signIn(focalEmail).get("/register?period=2026-10").want(http.StatusOK).wantText("2 phân công").wantNoText("Công khai ngân sách")
}

func TestRegisterWorkbook(t *testing.T) {
	r := registerRig(t)
	rows := r.signIn(officeEmail).get("/register.xlsx?period=2026-10").workbook()
	for _, want := range []string{
		"SỔ THEO DÕI, ĐÔN ĐỐC THỰC HIỆN NHIỆM VỤ", "Tháng 10 năm 2026", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ỦY BAN NHÂN DÂN TỈNH MẪU SƠN",
	} {
		if rowWith(rows, want) == nil {
			t.Errorf("no %q", want)
		}
	}
	done := rowWith(rows, "Rà soát thủ tục hành chính")
	for head, want := range map[string]string{
		"Cơ quan chủ trì": "Sở Nội vụ", "Hạn ban đầu": "30/10/2026", "Hạn hiện nay": "30/10/2026", "Tình trạng": "Hoàn thành\nđúng hạn", "Ngày báo cáo hoàn thành": "05/10/2026", "Số lần gia hạn": "",
	} {
		if got := column(t, rows, done, head); got != want {
			t.Errorf("%s is %q, want %q", head, got, want)
		}
	}
}

// The report has its figures with what they are shares of, and an annex in which each agency has its part.
func TestPeriodicReport(t *testing.T) {
	r := registerRig(t)
	c := r.signIn(officeEmail)
	form := c.get("/register/report?period=2026-10").want(http.StatusOK).wantText(
		"Tổng số nhiệm vụ phải theo dõi: 3; trong đó giao trong kỳ 3, từ kỳ trước chuyển sang 0.", "Đã hoàn thành: 1 trên 3 nhiệm vụ", "đúng hạn 1 trên 1", "Quá hạn: 1 trên 1 nhiệm vụ đã qua hạn")
	for name, want := range map[string]string{
		"parent": "Ủy ban nhân dân tỉnh Mẫu Sơn", "issuer": "Văn phòng", "symbol": "BC-VP", "place": "Mẫu Sơn", "date": "2026-10-05", "recipients": "Các sở, ban, ngành\nLưu: VT, TH",
		"signer_title": "Chánh Văn phòng", "signer": "", "number": "", "about": "Kết quả thực hiện nhiệm vụ tháng 10 năm 2026", "period": "2026-10",
	} {
		if got, _ := form.value(name); strings.ReplaceAll(got, "\r", "") != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	typed := url.Values{
		"period": {"2026-10"}, "file": {"docx"}, "parent": {"UBND tỉnh Mẫu Sơn"}, "issuer": {"Văn phòng"}, "number": {"12"}, "symbol": {"BC-VP"}, "place": {"Mẫu Sơn"},
		"date": {"9/2/2027"}, "about": {"Kết quả <tháng 10>"}, "recipients": {"- Như trên;\r\nLưu: VT"}, "capacity": {"KT. Chánh Văn phòng"}, "signer_title": {"Phó Chánh Văn phòng"},
		"signer": {"Trần Thị Văn"},
	}
	document := said(t, c.post("/register/report", typed).want(http.StatusOK).body)
	for _, want := range []string{
		"UBND TỈNH MẪU SƠN", "VĂN PHÒNG", "Số: 12/BC-VP", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Mẫu Sơn, ngày 09 tháng 02 năm 2027", "BÁO CÁO", "Kết quả <tháng 10>",
		"Nơi nhận:", "- Như trên;", "- Lưu: VT.", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "Trần Thị Văn", "Phụ lục", "KẾT QUẢ THỰC HIỆN NHIỆM VỤ THÁNG 10 NĂM 2026",
		"(Kèm theo Báo cáo số 12/BC-VP ngày 09 tháng 02 năm 2027 của Văn phòng)", "Sở Nội vụ: 2 nhiệm vụ, hoàn thành 1, quá hạn 0", "Sở Tài chính: 2 nhiệm vụ, hoàn thành 0, quá hạn 1",
		"Báo cáo ngày 5/10/2026. Đã gửi tờ trình",
	} {
		if !strings.Contains(document, want) {
			t.Errorf("no %q in the report", want)
		}
	}
	if n := strings.Count(document, "Kiểm tra công vụ"); n != 2 {
		t.Errorf("the joint duty stands %d times, want once for each lead", n)
	}
	typed.Set("file", "xlsx")
	annex := c.post("/register/report", typed).workbook()
	for _, want := range []string{"Phụ lục", "(Kèm theo Báo cáo số 12/BC-VP", "Sở Tài chính: 2 nhiệm vụ", "Công khai ngân sách"} {
		if rowWith(annex, want) == nil {
			t.Errorf("no %q in the annex", want)
		}
	}
}

// A form that is refused comes back with what was typed.
func TestPeriodicReportRefused(t *testing.T) {
	r := registerRig(t)
	c := r.signIn(officeEmail)
	p := c.post("/register/report", url.Values{"period": {"2026-10"}, "date": {"32/13/2026"}, "signer": {"Trần Thị Văn"}, "about": {strings.Repeat("a", 400)}, "recipients": {"Một\nHai"}}).
		want(http.StatusUnprocessableEntity)
	for name, want := range map[string]string{"date": "32/13/2026", "signer": "Trần Thị Văn", "recipients": "Một\nHai"} {
		if got, _ := p.value(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	c.post("/register/report", url.Values{"period": {"span"}, "from": {"1/1/2000"}, "to": {"1/1/2026"}}).want(http.StatusUnprocessableEntity).wantText("quá mười năm")
	c.get("/register/report?period=span").want(http.StatusUnprocessableEntity)
}

// An agency's people make the report of their agency, under its name.
func TestPeriodicReportOfAnAgency(t *testing.T) {
	r := registerRig(t)
	c := r.signIn(focalEmail)
	p := c.get("/register/report?period=2026-10").want(http.StatusOK)
	if got, _ := p.value("issuer"); got != "Sở Nội vụ" {
		t.Errorf("issued by %q", got)
	}
	if got, _ := p.value("symbol"); got != "BC-SNV" {
		t.Errorf("symbol %q", got)
	}
	document := said(t, c.post("/register/report", url.Values{"period": {"2026-10"}}).want(http.StatusOK).body)
	if !strings.Contains(document, "Rà soát thủ tục hành chính") || strings.Contains(document, "Công khai ngân sách") {
		t.Error("the annex is not the agency's")
	}
}
