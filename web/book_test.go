package web_test

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tiendo/tasks"
)

// fillBook writes rows into the template as the program gives it, below its example rows.
func fillBook(t *testing.T, c *client, sheets map[string][][]any) []byte {
	t.Helper()
	p := c.get("/directory/book/template").want(http.StatusOK)
	if d := p.header.Get("Content-Disposition"); !strings.HasPrefix(d, "attachment") {
		t.Errorf("the template is disposed as %q", d)
	}
	f := must(excelize.OpenReader(strings.NewReader(p.body)))(t)
	defer f.Close()
	for sheet, rows := range sheets {
		for i, row := range rows {
			if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+3), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestBook(t *testing.T) {
	r := newRig(t)
	c := r.signIn(adminEmail)
	c.get("/directory/book").want(http.StatusOK)
	book := fillBook(t, c, map[string][][]any{
		"Cơ quan": {{"SYT", "Sở Y tế", "SYT", "Sở", "Sở Y tế tỉnh", "01/03/2025"}, {"SNV", "Sở Nội vụ và Lao động", "SNV", "Sở", "", "01/03/2025"}},
		"Nhóm":    {{"CS", "Các sở", "", "SYT"}, {"CS", "Các sở", "", "SNV"}},
		"Người":   {{"Mai Thị Y", "daumoi.syt@mauson.example", "Chuyên viên", "0912", "Đầu mối", "SYT"}},
	})
	p := c.upload("/directory/book", nil, file{"file", "thiet-lap.xlsx", book}).want(http.StatusOK)
	if p.h1() != "Tệp đúng: sẽ thêm 3 mục, sửa 1 mục" {
		t.Errorf("headline %q: %s", p.h1(), p.text())
	}
	if names := r.agencyNames(); slices.Contains(names, "Sở Y tế") {
		t.Fatalf("the preview has loaded: %q", names)
	}
	c.post("/directory/book/load", p.form("/directory/book/load")).wantRedirect("/directory").follow().
		wantText("Đã nạp 2 cơ quan, 1 nhóm, 1 người dùng", "Sở Y tế", "Sở Nội vụ và Lao động", "Các sở", "Sở Y tế tỉnh")
	c.get("/people?q=syt").wantText("Mai Thị Y", "Đầu mối · Sở Y tế")
	again := c.upload("/directory/book", nil, file{"file", "thiet-lap.xlsx", book}).want(http.StatusOK)
	if again.h1() != "Tệp đúng, nhưng mọi thứ trong tệp đã có sẵn" || slices.Contains(again.actions(), "POST /directory/book/load") {
		t.Errorf("the same workbook again: %q, forms %q", again.h1(), again.actions())
	}
	// The secretariat may load agencies, not people.
	office := r.signIn(officeEmail)
	office.upload("/directory/book", nil, file{"file", "thiet-lap.xlsx", book}).want(http.StatusUnprocessableEntity).
		wantText("chỉ bộ phận quản trị được nạp người dùng")
	r.signIn(focalEmail).get("/directory/book").want(http.StatusForbidden)
}

func TestBookWithMistakes(t *testing.T) {
	r := newRig(t)
	c := r.signIn(adminEmail)
	before := r.agencyNames()
	book := fillBook(t, c, map[string][][]any{
		"Cơ quan": {{"SYT", "Sở Y tế", "", "Sở", "", "31/02/2025"}, {"SYT", "Sở Y tế hai", "", "Cục"}},
		"Người":   {{"Mai Thị Y", "không phải thư", "", "", "Đầu mối", "SYT"}, {"Mai Thị Z", "z@mauson.example", "", "", "Đầu mối"}},
	})
	for _, path := range []string{"/directory/book", "/directory/book/load"} {
		p := c.upload(path, nil, file{"file", "thiet-lap.xlsx", book}).want(http.StatusUnprocessableEntity)
		p.wantText("chưa nạp gì")
		var lines []string
		for _, row := range p.elements("tr") {
			lines = append(lines, textOf(row))
		}
		for _, want := range []string{
			"Cơ quan 3 Hiệu lực từ “31/02/2025” không phải là ngày", "Cơ quan 4 Mã Mã SYT đã có ở dòng 3", "Cơ quan 4 Loại Không rõ loại “Cục”",
			"Người 3 Thư điện tử “không phải thư” không phải là địa chỉ thư điện tử", "Người 4 Cơ quan (mã) Vai trò “Đầu mối” cần ghi mã cơ quan",
		} {
			if !slices.ContainsFunc(lines, func(l string) bool { return strings.HasPrefix(l, want) }) {
				t.Errorf("%s: no line says %q: %q", path, want, lines)
			}
		}
	}
	if after := r.agencyNames(); !slices.Equal(before, after) {
		t.Errorf("agencies are now %q", after)
	}
	c.upload("/directory/book", nil, file{"file", "anh.xlsx", []byte("không phải Excel")}).want(http.StatusUnprocessableEntity).
		wantText("Không đọc được tệp này như một tệp Excel")
	c.upload("/directory/book", nil).want(http.StatusUnprocessableEntity).wantText("Chưa chọn tệp")
}

func (r *rig) agencyNames() []string {
	var names []string
	for _, a := range must(r.Directory.All(r.ctx(), tasks.System))(r.t).Agencies {
		names = append(names, a.Name)
	}
	return names
}
