package extract

import (
	"errors"
	"testing"
)

// TestHeadForms: titles over several lines, numbers that OCR lost, places, spans of years, the document carried out.
func TestHeadForms(t *testing.T) {
	const nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
	for _, c := range []struct {
		name  string
		lines []string
		want  Head
	}{
		{"a title in capitals over three lines, the issuer broken", []string{"ỦY", "BAN NHÂN DÂN", "TỈNH MẪU SƠN", nation, "Độc lập - Tự do - Hạnh phúc", "Số: 31/KH-UBND", "Mẫu Sơn, ngày 06 tháng 3 năm 2026", "KẾ HOẠCH", "TRIỂN KHAI THỰC HIỆN NGHỊ QUYẾT SỐ 76/NQ-CP", "VỀ CẢI CÁCH HÀNH CHÍNH", "GIAI ĐOẠN 2026 - 2030", "Căn cứ Luật Tổ chức chính quyền địa phương;"},
			Head{Kind: KindPARPlan, Number: "31/KH-UBND", Date: "2026-03-06", Issuer: "ỦY BAN NHÂN DÂN TỈNH MẪU SƠN", Title: "TRIỂN KHAI THỰC HIỆN NGHỊ QUYẾT SỐ 76/NQ-CP VỀ CẢI CÁCH HÀNH CHÍNH GIAI ĐOẠN 2026 - 2030", Year: 2026, YearTo: 2030, Place: "Mẫu Sơn", Implements: "76/NQ-CP"}},
		{"a directive without “Về việc”, the seat is a town", []string{"UBND TỈNH MẪU SƠN " + nation, "Số: 02 /CT-UBND Phan Rang - Tháp Chàm, ngày 02 tháng 01 năm 2026", "CHỈ THỊ", "TĂNG CƯỜNG KỶ CƯƠNG HÀNH CHÍNH", "Thực hiện Chỉ thị số 23/CT-TTg ngày 02/9/2025 của Thủ tướng Chính phủ, Chủ tịch UBND tỉnh yêu cầu:"},
			Head{Kind: KindDirective, Number: "02/CT-UBND", Date: "2026-01-02", Issuer: "UBND TỈNH MẪU SƠN", Title: "TĂNG CƯỜNG KỶ CƯƠNG HÀNH CHÍNH", Year: 2026, Place: "Phan Rang - Tháp Chàm", Implements: "23/CT-TTg"}},
		{"a number that OCR lost, a blank day", []string{"UỶ BAN NHÂN DÂN", "TỈNH MẪU SƠN", nation, "Số: Ø2 /CT-UBND", "Mẫu Sơn, ngày   tháng 4 năm 2026", "CHỈ THỊ", "Về việc phòng, chống cháy rừng"},
			Head{Kind: KindDirective, Issuer: "UỶ BAN NHÂN DÂN TỈNH MẪU SƠN", Title: "Về việc phòng, chống cháy rừng", Place: "Mẫu Sơn"}},
		{"a Party plan", []string{"TỈNH UỶ MẪU SƠN", "Số: 134-KH/TU", "Mẫu Sơn, ngày 11 tháng 02 năm 2026", "KẾ HOẠCH", "thực hiện Kết luận số 132-KL/TW của Bộ Chính trị"},
			Head{Kind: KindPlan, Number: "134-KH/TU", Date: "2026-02-11", Issuer: "TỈNH UỶ MẪU SƠN", Title: "thực hiện Kết luận số 132-KL/TW của Bộ Chính trị", Year: 2026, Place: "Mẫu Sơn", Implements: "132-KL/TW"}},
		{"a telegram with its hour", []string{"ỦY BAN NHÂN DÂN TỈNH MẪU SƠN", "Số: 03/CĐ-UBND", "Mẫu Sơn, hồi 17 giờ 30 phút, ngày 08 tháng 9 năm 2026", "CÔNG ĐIỆN", "Về việc ứng phó mưa lớn"},
			Head{Kind: KindDispatch, Number: "03/CĐ-UBND", Date: "2026-09-08", Issuer: "ỦY BAN NHÂN DÂN TỈNH MẪU SƠN", Title: "Về việc ứng phó mưa lớn", Year: 2026, Place: "Mẫu Sơn"}},
		{"a city, a number with gaps", []string{"ỦY BAN NHÂN DÂN", "THÀNH PHỐ SÔNG MÃ", "Số: 75/KH- UBND", "Thành phố Sông Mã, ngày 20 tháng 01 năm 2026", "KẾ HOẠCH", "Cải thiện Chỉ số PAPI năm 2026"},
			Head{Kind: KindPAPIPlan, Number: "75/KH-UBND", Date: "2026-01-20", Issuer: "ỦY BAN NHÂN DÂN THÀNH PHỐ SÔNG MÃ", Title: "Cải thiện Chỉ số PAPI năm 2026", Year: 2026, Place: "Thành phố Sông Mã"}},
	} {
		if got := extracted(t, paragraphs(c.lines...)).Document; got != c.want {
			t.Errorf("%s\n got  %+v\n want %+v", c.name, got, c.want)
		}
	}
}

// TestStamps: the marks of state secrets as offices and scanners set them, and words that are none.
func TestStamps(t *testing.T) {
	sheets := tableOf(row("TT", "Nhiệm vụ"), row("1", "TỐI MẬT"))
	sheets.Blocks[0].Sheet = "Phụ lục"
	for name, c := range map[string]struct {
		source *Source
		secret bool
	}{
		"spaced letters":          {paragraphs("UBND TỈNH MẪU SƠN", "M Ậ T", "KẾ HOẠCH"), true},
		"beside the number":       {paragraphs("UBND TỈNH MẪU SƠN", "Số: 12/KH-UBND (TUYỆT MẬT)", "KẾ HOẠCH"), true},
		"a line of its own":       {paragraphs("Tài liệu mật", "UBND TỈNH MẪU SƠN"), true},
		"on a sheet":              {sheets, true},
		"mật độ":                  {paragraphs("KẾ HOẠCH", "Kiểm soát mật độ xây dựng năm 2026"), false},
		"bảo mật in capitals":     {paragraphs("CHỈ THỊ", "TĂNG CƯỜNG BẢO MẬT THÔNG TIN"), false},
		"a title broken in two":   {paragraphs("CHỈ THỊ", "VỀ CÔNG TÁC BẢO VỆ", "BÍ MẬT NHÀ NƯỚC"), false},
		"“mật” in a duty's words": {paragraphs("1. Sở Nội vụ hướng dẫn bảo vệ tài liệu mật theo quy định."), false},
	} {
		if _, err := Extract([]*Source{c.source}, Options{}); errors.Is(err, ErrClassified) != c.secret {
			t.Errorf("%s: %v", name, err)
		}
	}
}
