package extract

import (
	"strings"
	"testing"
)

// row makes a row of single cells. "=text" is merged with the cell above,
// "text>3" covers three columns.
func row(cells ...string) Row {
	r := Row{}
	col := 0
	for _, text := range cells {
		c := Cell{Col: col, Span: 1}
		if rest, ok := strings.CutPrefix(text, "="); ok {
			c.Continued, text = true, rest
		}
		if i := strings.LastIndexByte(text, '>'); i >= 0 && i == len(text)-2 {
			c.Span, text = int(text[i+1]-'0'), text[:i]
		}
		c.Text = text
		col += c.Span
		r.Cells = append(r.Cells, c)
	}
	return r
}

func tableOf(rows ...Row) *Source {
	for i := range rows {
		rows[i].Number = i + 1
	}
	return &Source{Format: FormatDOCX, Blocks: []Block{{Index: 1, Kind: Table, Rows: rows}}}
}

func TestTables(t *testing.T) {
	for _, c := range []struct {
		name string
		rows []Row
		want []string
	}{
		{"section rows, numbers that restart, a head again", []Row{
			row("STT", "NHIỆM VỤ VÀ GIẢI PHÁP", "CHỦ TRÌ", "PHỐI HỢP", "THỜI GIAN"),
			row("I", "CẢI CÁCH THỂ CHẾ>4"),
			row("1", "Rà soát văn bản quy phạm pháp luật", "Sở Tư pháp", "Các sở, ngành; UBND các xã, phường", "Thường xuyên"),
			row("STT", "NHIỆM VỤ VÀ GIẢI PHÁP", "CHỦ TRÌ", "PHỐI HỢP", "THỜI GIAN"),
			row("II", "CẢI CÁCH THỦ TỤC", "", "", ""),
			row("1", "Công bố thủ tục hành chính", "Sở Nội vụ", "", "Quý IV/2026"),
		}, []string{"1: Sở Tư pháp + Các sở, ngành, UBND các xã, phường", "1: Sở Nội vụ"}},
		{"a head over two rows, numbered columns", []Row{
			row("TT", "Nội dung công việc", "Phân công thực hiện>2", "Thời gian hoàn thành", "Sản phẩm"),
			row("=TT", "=Nội dung công việc", "Chủ trì", "Phối hợp", "=Thời gian hoàn thành", "=Sản phẩm"),
			row("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
			row("1", "Xây dựng kế hoạch cải cách hành chính", "Sở Nội vụ", "Sở Tài chính", "Tháng 01/2026", "Kế hoạch"),
		}, []string{"1: Sở Nội vụ + Sở Tài chính"}},
		{"leads merged over rows; a duty merged over rows is one", []Row{
			row("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"),
			row("1", "Nâng cấp cổng dịch vụ công của tỉnh", "Sở Khoa học và Công nghệ", "30/6/2026"),
			row("2", "Số hóa hồ sơ thủ tục hành chính", "=Sở Khoa học và Công nghệ", "31/12/2026"),
			row("3", "Tập huấn cán bộ một cửa các cấp", "Sở Nội vụ", "Quý II/2026"),
			row("=3", "=Tập huấn cán bộ một cửa các cấp", "Văn phòng UBND tỉnh", "=Quý II/2026"),
		}, []string{"1: Sở Khoa học và Công nghệ", "2: Sở Khoa học và Công nghệ", "3: Sở Nội vụ, Văn phòng UBND tỉnh"}},
		{"a group of duties, then the duties", []Row{
			row("TT", "Nhiệm vụ chung", "Nhiệm vụ cụ thể", "Đơn vị thực hiện", "Thời gian"),
			row("1", "Cải cách tài chính công", "Giao quyền tự chủ cho đơn vị sự nghiệp", "Sở Tài chính", "2026"),
			row("2", "=Cải cách tài chính công", "Giải ngân vốn đầu tư công", "Các chủ đầu tư", "2026"),
		}, []string{"1: Sở Tài chính", "2: Các chủ đầu tư"}},
		{"an agency in the section's row", []Row{
			row("TT", "Nội dung công việc", "Thời hạn", "Sản phẩm", "Ghi chú"),
			row("", "Nhiệm vụ giao Sở Y tế", "", "", ""),
			row("1", "Khảo sát sự hài lòng người bệnh", "Quý III/2026", "Báo cáo", ""),
		}, []string{"1: Sở Y tế"}},
		{"labels inside a cell", []Row{
			row("TT", "Nội dung", "Cơ quan chủ trì, phối hợp", "Thời gian"),
			row("1", "Tuyên truyền cải cách hành chính", "Chủ trì: Sở Nội vụ\nPhối hợp: Báo và phát thanh, truyền hình tỉnh", "Hằng năm"),
		}, []string{"1: Sở Nội vụ + Báo và phát thanh, truyền hình tỉnh"}},
		{"scores are no duties", []Row{
			row("STT", "TIÊU CHÍ THI ĐUA", "ĐIỂM CHUẨN", "HƯỚNG DẪN CHẤM ĐIỂM"),
			row("1", "Tỷ lệ hồ sơ đúng hạn", "20", "Đạt 95% trở lên được 20 điểm"),
		}, nil},
		{"targets are no duties", []Row{
			row("TT", "Chỉ tiêu", "ĐVT", "Năm 2026", "Năm 2027", "Cơ quan chủ trì"),
			row("1", "Diện tích cây công nghiệp", "Ha", "26.120", "27.000", "Sở Nông nghiệp và Môi trường"),
		}, nil},
	} {
		expect(t, c.name, outlineOf(extracted(t, tableOf(c.rows...))), c.want)
	}
}

func TestTableTask(t *testing.T) {
	r := extracted(t, tableOf(
		row("TT", "Tiêu chí, tiêu chí thành phần", "Nhiệm vụ, giải pháp", "Sản phẩm", "Cơ quan chủ trì", "Thời gian hoàn thành"),
		row("A", "CHỈ ĐẠO, ĐIỀU HÀNH>5"),
		row("1.1", "1.1. Kế hoạch cải cách hành chính\n1.2. Báo cáo cải cách hành chính", "Ban hành kế hoạch đúng thời gian", "Quyết định của UBND tỉnh", "Sở Nội vụ", "Trước ngày 31/12/2026"),
	))
	if len(r.Tasks) != 1 {
		t.Fatalf("%d tasks", len(r.Tasks))
	}
	got := r.Tasks[0]
	if got.Ref != "1.1" || got.Section != "A CHỈ ĐẠO, ĐIỀU HÀNH" || got.Text != "Ban hành kế hoạch đúng thời gian" || got.Deliverable != "Quyết định của UBND tỉnh" || got.Due.Date != "2026-12-31" {
		t.Errorf("%+v", got)
	}
	expect(t, "criteria", got.Criteria, []string{"1.1. Kế hoạch cải cách hành chính", "1.2. Báo cáo cải cách hành chính"})
	if got.Source != (Place{Part: PartTable, Block: 1, Row: 3}) {
		t.Errorf("source %+v", got.Source)
	}
}
