package extract

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// annex is a plan's annex of so many duties in six columns, about four rows to a page as in the longest real ones.
func annex(tb testing.TB, rows int) []byte {
	tb.Helper()
	cell := func(width int, text string) string {
		return fmt.Sprintf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:jc w:val="both"/></w:pPr><w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:t>%s</w:t></w:r></w:p></w:tc>`, width, text)
	}
	row := func(no, duty, lead, with, due, product string) string {
		return "<w:tr>" + cell(700, no) + cell(3300, duty) + cell(1400, lead) + cell(1500, with) + cell(1300, due) + cell(1400, product) + "</w:tr>"
	}
	border := ""
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		border += "<w:" + side + ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`
	}
	var b strings.Builder
	b.WriteString(para(`<w:jc w:val="center"/>`, run("PHỤ LỤC")) + para("", run("Số: 15/KH-UBND ngày 02 tháng 01 năm 2026")) +
		`<w:tbl><w:tblPr><w:tblW w:w="9600" w:type="dxa"/><w:tblBorders>` + border + "</w:tblBorders></w:tblPr><w:tblGrid>")
	for _, w := range []int{700, 3300, 1400, 1500, 1300, 1400} {
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, w)
	}
	b.WriteString("</w:tblGrid>" + row("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn", "Sản phẩm"))
	leads := []string{"Sở Nội vụ", "Sở Tài chính", "Văn phòng UBND tỉnh", "Sở Khoa học và Công nghệ"}
	for i := range rows {
		b.WriteString(row(fmt.Sprint(i+1), fmt.Sprintf("Rà soát, đánh giá việc thực hiện nội dung số %d của kế hoạch cải cách hành chính, đề xuất giải pháp nâng cao chất lượng phục vụ người dân, doanh nghiệp và báo cáo kết quả với Ủy ban nhân dân tỉnh", i+1),
			leads[i%len(leads)], "Các sở, ban, ngành và Ủy ban nhân dân các xã, phường", fmt.Sprintf("%02d/%02d/2026", 1+i%28, 1+i%12), "Báo cáo của Ủy ban nhân dân tỉnh"))
	}
	b.WriteString("</w:tbl>")
	return docxParts{body: b.String()}.bytes(tb)
}

// TestAnnexIsLinear reads annexes of 100 to 10,000 rows: every row is a duty with its date, and the memory taken grows with
// the rows and no faster. Time is measured by docs/annex, for which TIENDO_ANNEX_FOLDER keeps the files.
func TestAnnexIsLinear(t *testing.T) {
	folder := os.Getenv("TIENDO_ANNEX_FOLDER")
	perRow := map[int]float64{}
	for _, rows := range []int{100, 500, 1000, 10_000} {
		data := annex(t, rows)
		if folder != "" {
			must(t, os.WriteFile(filepath.Join(folder, fmt.Sprintf("annex-%d.docx", rows)), data, 0o600))
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		src, err := Read("a.docx", data)
		must(t, err)
		result, err := Extract([]*Source{src}, Options{})
		must(t, err)
		runtime.ReadMemStats(&after)
		perRow[rows] = float64(after.TotalAlloc-before.TotalAlloc) / float64(rows)
		if len(result.Tasks) != rows {
			t.Fatalf("%d rows gave %d duties", rows, len(result.Tasks))
		}
		for i, task := range result.Tasks {
			if want := fmt.Sprintf("2026-%02d-%02d", 1+i%12, 1+i%28); task.Due.Date != want {
				t.Fatalf("row %d: due %+v, want %s", i+1, task.Due, want)
			}
		}
	}
	if perRow[10_000] > 1.5*perRow[500] {
		t.Errorf("octets a row: %v", perRow)
	}
}
