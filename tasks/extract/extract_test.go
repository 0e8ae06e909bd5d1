package extract

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// paragraphs makes a source of paragraphs; "1.|text" has an automatic number.
func paragraphs(lines ...string) *Source {
	s := &Source{Format: FormatDOCX}
	for i, l := range lines {
		b := Block{Index: i + 1, Kind: Paragraph, Text: l}
		if label, text, ok := strings.Cut(l, "|"); ok {
			b.Label, b.Text = label, text
		}
		s.Blocks = append(s.Blocks, b)
	}
	return s
}

func extracted(t *testing.T, sources ...*Source) Result {
	t.Helper()
	r, err := Extract(sources, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// outlineOf writes tasks as "ref: lead, lead + cooperating".
func outlineOf(r Result) []string {
	var out []string
	for _, t := range r.Tasks {
		s := t.Ref + ": " + strings.Join(t.Lead, ", ")
		if len(t.Cooperating) > 0 {
			s += " + " + strings.Join(t.Cooperating, ", ")
		}
		out = append(out, s)
	}
	return out
}

func expect(t *testing.T, name string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s\n got  %s\n want %s", name, strings.Join(got, "\n      "), strings.Join(want, "\n      "))
	}
}

func TestOutline(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
		want  []string
	}{
		{"letters under agencies, đ, a skipped number, the closing order", []string{
			"Chủ tịch UBND tỉnh yêu cầu Thủ trưởng các sở, ban, ngành thực hiện các nhiệm vụ sau:",
			"1. Sở Nội vụ", "a) Chủ trì, phối hợp với Sở Tài chính xây dựng kế hoạch cải cách hành chính của tỉnh.",
			"d) Theo dõi, đôn đốc các cơ quan thực hiện chế độ báo cáo.", "đ) Tham mưu khen thưởng các tập thể có thành tích tốt.",
			"3. Giao Văn phòng UBND tỉnh theo dõi, đôn đốc việc thực hiện Chỉ thị này.",
			"Yêu cầu Thủ trưởng các sở, ban, ngành; Chủ tịch UBND các xã, phường nghiêm túc triển khai thực hiện. Giao Thanh tra tỉnh kiểm tra việc thực hiện Chỉ thị./.",
		}, []string{
			"1.a: Sở Nội vụ + Sở Tài chính", "1.d: Sở Nội vụ", "1.đ: Sở Nội vụ", "3: Văn phòng UBND tỉnh",
			": Thủ trưởng các sở, ban, ngành, Chủ tịch UBND các xã, phường", ": Thanh tra tỉnh",
		}},
		{"automatic numbers", []string{
			"I.|MỤC ĐÍCH, YÊU CẦU", "1.|Mục đích", "-|Các sở, ngành phải nâng cao nhận thức của cán bộ, công chức.",
			"II.|NHIỆM VỤ", "1.|Sở Tư pháp:", "a)|Rà soát văn bản quy phạm pháp luật của Hội đồng nhân dân tỉnh.", "b)|Hướng dẫn Ủy ban nhân dân các xã, phường tự kiểm tra văn bản.",
			"2.|Các sở, ban, ngành phối hợp chặt chẽ với Sở Tư pháp trong quá trình rà soát văn bản.",
		}, []string{"II.1.a: Sở Tư pháp", "II.1.b: Sở Tư pháp", "II.2: Các sở, ban, ngành + Sở Tư pháp"}},
		{"dashes and pluses, decimals", []string{
			"II. NHIỆM VỤ CỤ THỂ", "1. Trách nhiệm của các cơ quan", "1.1. Sở Xây dựng",
			"- Kiểm tra các công trình cầu yếu trên các tuyến đường tỉnh.", "- Phân công cụ thể như sau:",
			"+ Sở Tài chính: bố trí kinh phí cho các công trình đã kiểm tra.", "+ Công an tỉnh: bảo đảm trật tự an toàn giao thông trên các tuyến.",
			"1.2. Ủy ban nhân dân các xã, phường", "- Thống kê các công trình do địa phương quản lý theo phân cấp.",
		}, []string{"II.1.1.-1: Sở Xây dựng", "II.1.1.-2.+1: Sở Tài chính", "II.1.1.-2.+2: Công an tỉnh", "II.1.2.-1: Ủy ban nhân dân các xã, phường"}},
		{"paragraphs without numbers under an agency", []string{
			"1. Thuế tỉnh", "Xây dựng kế hoạch triển khai nộp thuế điện tử trên địa bàn tỉnh.", "Tổ chức tập huấn cho người nộp thuế trên địa bàn tỉnh.",
			"2. Sở Công Thương: Hướng dẫn các chợ, siêu thị áp dụng hóa đơn điện tử.",
		}, []string{"1: Thuế tỉnh", "1: Thuế tỉnh", "2: Sở Công Thương"}},
		{"labelled lines", []string{
			"II. NỘI DUNG", "1. Tuyên truyền về Chỉ số hài lòng của người dân trên địa bàn tỉnh",
			"- Đơn vị chủ trì: Sở Nội vụ; Báo và phát thanh, truyền hình tỉnh.", "- Đơn vị phối hợp: Các sở, ban, ngành; UBND các xã, phường.", "- Thời gian thực hiện: Quý II/2026.",
			"2. Khảo sát sự hài lòng của người dân đối với dịch vụ công (Chủ trì: Thống kê tỉnh; phối hợp: Sở Nội vụ)",
		}, []string{"II.1: Sở Nội vụ, Báo và phát thanh, truyền hình tỉnh + Các sở, ban, ngành, UBND các xã, phường", "II.2: Thống kê tỉnh + Sở Nội vụ"}},
		{"inline lists with owners", []string{
			"1. Đẩy mạnh cắt giảm thủ tục hành chính: (1) Sở Tư pháp rà soát các văn bản liên quan; (2) Các sở, ngành thống nhất quy trình nội bộ của mình.",
			"2. Sở Y tế: (1) xây dựng kế hoạch tiêm chủng mở rộng của tỉnh; (2) chủ trì, phối hợp với Sở Tài chính mua sắm trang thiết bị.",
			"3. Sở Xây dựng hoàn thành phê duyệt hai chương trình: (1) Hỗ trợ nhà ở cho người có công; (2) Xóa nhà tạm, nhà dột nát.",
		}, []string{"1.(1): Sở Tư pháp", "1.(2): Các sở, ngành", "2.(1): Sở Y tế", "2.(2): Sở Y tế + Sở Tài chính", "3: Sở Xây dựng"}},
		{"articles; a plan after the recipients", []string{
			"Điều 1. Ban hành kèm theo Quyết định này Kế hoạch cải cách hành chính năm 2026.",
			"Điều 2. Chánh Văn phòng UBND tỉnh; Giám đốc các Sở: Nội vụ, Tài chính và Chủ tịch UBND các xã, phường chịu trách nhiệm thi hành Quyết định này./.",
			"Nơi nhận:", "- Sở Nội vụ;", "KẾ HOẠCH", "CẢI CÁCH HÀNH CHÍNH NĂM 2026", "I. NHIỆM VỤ",
			"1. Sở Nội vụ có trách nhiệm theo dõi, tổng hợp kết quả thực hiện Kế hoạch này.",
		}, []string{"Điều 2: Chánh Văn phòng UBND tỉnh, Giám đốc Sở Nội vụ, Giám đốc Sở Tài chính, Chủ tịch UBND các xã, phường", "I.1: Sở Nội vụ"}},
		{"a report's route is neither lead nor cooperator", []string{
			"1. Các sở, ban, ngành báo cáo UBND tỉnh kết quả thực hiện (thông qua Sở Nội vụ) theo quy định.",
		}, []string{"1: Các sở, ban, ngành"}},
		{"clauses with a subject of their own: those the heading names lead too", []string{
			"7. Các sở, ban, ngành tỉnh, Ủy ban nhân dân các xã, phường",
			"Trên cơ sở Kế hoạch này, các sở, ban, ngành Tỉnh tổ chức thực hiện nhiệm vụ được giao; Ủy ban nhân dân các xã, phường căn cứ nhiệm vụ được giao, xây dựng kế hoạch cụ thể để triển khai.",
			"8. Sở Nội vụ", "a) Sở Nội vụ tổng hợp kết quả của tỉnh; Sở Tài chính phối hợp bố trí kinh phí thực hiện.",
		}, []string{"7: các sở, ban, ngành Tỉnh, Ủy ban nhân dân các xã, phường", "8.a: Sở Nội vụ"}},
	} {
		expect(t, c.name, outlineOf(extracted(t, paragraphs(c.lines...))), c.want)
	}
}

// TestLaterClause: a clause that charges somebody whom nothing else names leaves a doubt, so that nobody is lost unseen.
func TestLaterClause(t *testing.T) {
	r := extracted(t, paragraphs("1. Bộ Công an hoàn thành cơ sở dữ liệu quốc gia về cư trú; các bộ, ngành, địa phương rà soát, làm sạch dữ liệu của mình."))
	if len(r.Tasks) != 1 {
		t.Fatalf("%d tasks", len(r.Tasks))
	}
	expect(t, "lead", r.Tasks[0].Lead, []string{"Bộ Công an"})
	if i := slices.IndexFunc(r.Tasks[0].Doubts, func(d Doubt) bool { return d.Key == DoubtLeadFurther }); i < 0 {
		t.Errorf("no doubt about the others: %v", r.Tasks[0].Doubts)
	} else {
		expect(t, "doubt", r.Tasks[0].Doubts[i].Args, []string{"các bộ, ngành, địa phương"})
	}
}

func TestRunTogetherParagraph(t *testing.T) {
	filler := strings.Repeat("Thời gian qua các đơn vị đã nỗ lực khắc phục hậu quả thiên tai, ổn định đời sống Nhân dân. ", 16)
	text := filler + "Thủ tướng Chính phủ yêu cầu: 1. Bộ trưởng Bộ Y tế chỉ đạo khôi phục hoạt động của các cơ sở y tế, hoàn thành trước ngày 30/11/2025. " +
		"2. Bộ Xây dựng: a) Khắc phục các tuyến đường bị sạt lở theo Điều 2. Luật Đường bộ. b) Kiểm tra các công trình cầu yếu. " +
		"3. Văn phòng Chính phủ theo dõi, đôn đốc việc thực hiện Công điện này. Văn phòng Chính phủ trân trọng thông báo để các cơ quan biết, thực hiện./."
	r := extracted(t, paragraphs(text))
	expect(t, "run together", outlineOf(r), []string{"1: Bộ trưởng Bộ Y tế", "2.a: Bộ Xây dựng", "2.b: Bộ Xây dựng", "3: Văn phòng Chính phủ"})
	if got := r.Tasks[0].Due.Date; got != "2025-11-30" {
		t.Errorf("due %q", got)
	}
	if strings.Contains(r.Tasks[3].Text, "trân trọng") {
		t.Errorf("the thanks are no duty: %q", r.Tasks[3].Text)
	}
}

func TestHead(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
		want  Head
	}{
		{"two columns", []string{"ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "TỈNH MẪU SƠN Độc lập - Tự do - Hạnh phúc", "Số: 05 /CT-UBND Mẫu Sơn, ngày 15 tháng 4 năm 2026", "CHỈ THỊ", "Về việc tăng cường kỷ luật, kỷ cương hành chính", "Thực hiện Nghị quyết số 12/NQ-CP ngày 05/01/2026, Chủ tịch UBND tỉnh yêu cầu:"},
			Head{Kind: KindDirective, Number: "05/CT-UBND", Date: "2026-04-15", Issuer: "ỦY BAN NHÂN DÂN TỈNH MẪU SƠN", Title: "Về việc tăng cường kỷ luật, kỷ cương hành chính", Year: 2026, Place: "Mẫu Sơn", Implements: "12/NQ-CP"}},
		{"a draft without number and day", []string{"ỦY BAN NHÂN DÂN", "TỈNH MẪU SƠN", "Số: /KH-UBND", "Mẫu Sơn, ngày tháng 01 năm 2026", "KẾ HOẠCH", "NÂNG CAO CHỈ SỐ CẢI CÁCH HÀNH CHÍNH (PAR INDEX) NĂM 2026", "Thực hiện Quyết định số 100/QĐ-BNV ngày 02 tháng 3 năm 2025 của Bộ Nội vụ."},
			Head{Kind: KindPARPlan, Number: "", Date: "", Issuer: "ỦY BAN NHÂN DÂN TỈNH MẪU SƠN", Title: "NÂNG CAO CHỈ SỐ CẢI CÁCH HÀNH CHÍNH (PAR INDEX) NĂM 2026", Year: 2026, Place: "Mẫu Sơn", Implements: "100/QĐ-BNV"}},
		{"PAPI", []string{"ỦY BAN NHÂN DÂN TỈNH MẪU SƠN", "Số: 7/KH-UBND", "Mẫu Sơn, ngày 09 tháng 02 năm 2026", "KẾ HOẠCH", "CẢI THIỆN CHỈ SỐ PAPI ĐẾN NĂM 2030"},
			Head{Kind: KindPAPIPlan, Number: "7/KH-UBND", Date: "2026-02-09", Issuer: "ỦY BAN NHÂN DÂN TỈNH MẪU SƠN", Title: "CẢI THIỆN CHỈ SỐ PAPI ĐẾN NĂM 2030", Year: 2026, Place: "Mẫu Sơn"}},
		{"an official letter", []string{"SỞ NỘI VỤ", "Số: 1250/SNV-CCHC V/v đôn đốc báo cáo cải cách hành chính", "Mẫu Sơn, ngày 3 tháng 6 năm 2026"},
			Head{Kind: KindDispatch, Number: "1250/SNV-CCHC", Date: "2026-06-03", Issuer: "SỞ NỘI VỤ", Title: "V/v đôn đốc báo cáo cải cách hành chính", Year: 2026, Place: "Mẫu Sơn"}},
	} {
		if got := extracted(t, paragraphs(c.lines...)).Document; got != c.want {
			t.Errorf("%s\n got  %+v\n want %+v", c.name, got, c.want)
		}
	}
}

func TestClassified(t *testing.T) {
	for _, stamp := range []string{"MẬT", "TỐI MẬT", "Tuyệt mật", "Độ mật: Mật", "UBND TỈNH MẪU SƠN MẬT Số: 12/KH-UBND"} {
		_, err := Extract([]*Source{paragraphs("ỦY BAN NHÂN DÂN", stamp, "CHỈ THỊ")}, Options{})
		if !errors.Is(err, ErrClassified) {
			t.Errorf("%q: %v", stamp, err)
		}
	}
	if _, err := Extract([]*Source{paragraphs("CHỈ THỊ", "TĂNG CƯỜNG BẢO VỆ BÍ MẬT NHÀ NƯỚC VÀ BẢO MẬT THÔNG TIN")}, Options{}); err != nil {
		t.Errorf("a title about secrets: %v", err)
	}
}

// TestContract holds the form of the JSON that other programs read.
func TestContract(t *testing.T) {
	r := extracted(t, paragraphs("1. Sở Nội vụ tổng hợp, báo cáo UBND tỉnh trước ngày 15/12."))
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"document":{"kind":"other","number":"","date":"","issuer":"","title":"","year":0},"tasks":[{"ref":"1","section":"","text":"Sở Nội vụ tổng hợp, báo cáo UBND tỉnh trước ngày 15/12.",` +
		`"lead":["Sở Nội vụ"],"cooperating":[],"due":{"phrase":"trước ngày 15/12","kind":"date","date":"","time":"","rrule":"","also":[]},"deliverable":"","criteria":[],` +
		`"source":{"part":"text","block":1,"row":0},"doubts":[{"key":"due.no_year","args":["trước ngày 15/12"]}]}]}`
	if string(b) != want {
		t.Errorf("got  %s\nwant %s", b, want)
	}
	if empty, _ := json.Marshal(extracted(t)); string(empty) != `{"document":{"kind":"","number":"","date":"","issuer":"","title":"","year":0},"tasks":[]}` {
		t.Errorf("no sources: %s", empty)
	}
}

// TestLinear reads a directive and an annex ten times as long in about ten times
// the time.
func TestLinear(t *testing.T) {
	make := func(n int) *Source {
		s := paragraphs()
		table := Block{Kind: Table, Rows: []Row{row("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn")}}
		for i := range n {
			s.Blocks = append(s.Blocks, Block{Index: i + 1, Kind: Paragraph, Text: fmt.Sprintf("%d. Sở Nội vụ chủ trì, phối hợp với Sở Tài chính rà soát, báo cáo trước ngày 15/12/2025.", i%90+1)})
			table.Rows = append(table.Rows, row(fmt.Sprint(i+1), "Rà soát thủ tục hành chính thuộc phạm vi quản lý", "Sở Tư pháp", "Quý IV/2025"))
		}
		table.Index = n + 1
		s.Blocks = append(s.Blocks, table)
		return s
	}
	measure := func(n int) time.Duration {
		s := make(n)
		best := time.Hour
		for range 3 {
			start := time.Now()
			if got := len(extracted(t, s).Tasks); got != 2*n {
				t.Fatalf("%d tasks of %d", got, 2*n)
			}
			best = min(best, time.Since(start))
		}
		return best
	}
	small, large := measure(200), measure(2000)
	if large > 30*small {
		t.Errorf("200: %v, 2000: %v", small, large)
	}
}
