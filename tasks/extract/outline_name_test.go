package extract

import "testing"

// TestUnnumbered: headings of agencies without a number, and documents without any.
func TestUnnumbered(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
		want  []string
	}{
		{"paragraphs under headings, the order that closes last", []string{
			"Năm 2025, Sở Y tế đã hoàn thành kế hoạch.", "Chủ tịch UBND tỉnh yêu cầu các sở, ngành, địa phương thực hiện các nội dung sau:",
			"Sở Y tế", "Tổ chức tập huấn kỹ năng sơ cấp cứu cho cộng tác viên.", "Yêu cầu các bệnh viện bố trí đủ thuốc điều trị.", "Tăng cường kiểm tra việc thực hiện các quy định.",
			"Đề nghị Tỉnh đoàn, Hội Nông dân tỉnh", "Vận động hội viên tham gia đội xung kích.",
			"Ủy ban nhân dân các xã, phường:", "Thành lập các tổ kiểm tra, rà soát địa bàn.", "Giao Sở Y tế theo dõi, đôn đốc việc thực hiện Chỉ thị này.", "Chỉ thị này có hiệu lực kể từ ngày ký./.",
			"KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lò Văn Sơn",
		}, []string{": Sở Y tế", ": các bệnh viện", ": Sở Y tế", ": Tỉnh đoàn, Hội Nông dân tỉnh", ": Ủy ban nhân dân các xã, phường", ": Sở Y tế"}},
		{"dashes under headings", []string{
			"Chủ tịch UBND tỉnh yêu cầu:", "Sở Xây dựng:", "- Bố trí lực lượng phân luồng giao thông.", "- Khắc phục các điểm sạt lở:", "+ Quốc lộ 2 xong trước ngày 10/3/2026.", "+ Quốc lộ 3 xong trước ngày 12/3/2026.",
			"Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh", "Sẵn sàng lực lượng, phương tiện cứu hộ, cứu nạn.",
		}, []string{"-1: Sở Xây dựng", "-2.+1: Sở Xây dựng", "-2.+2: Sở Xây dựng", ": Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh"}},
		{"numbers under headings under a chapter", []string{
			"I. ĐÁNH GIÁ CHUNG", "Sở Nội vụ", "đã tham mưu UBND tỉnh ban hành kế hoạch.", "II. NHIỆM VỤ, GIẢI PHÁP", "Sở Nội vụ:", "1. Xây dựng kế hoạch kiểm tra công vụ.", "2. Tổng hợp, báo cáo UBND tỉnh hằng quý.",
			"Sở Tài chính:", "1. Bố trí kinh phí thực hiện Kế hoạch.", "III. TỔ CHỨC THỰC HIỆN", "1. Văn phòng UBND tỉnh đôn đốc việc thực hiện.",
		}, []string{"II.1: Sở Nội vụ", "II.2: Sở Nội vụ", "II.1: Sở Tài chính", "III.1: Văn phòng UBND tỉnh"}},
		{"orders in paragraphs, those addressed in lines", []string{
			"Kính gửi:", "Các sở, ban, ngành;", "UBND các xã, phường.", "Thực hiện văn bản của Bộ Nội vụ, Chủ tịch UBND tỉnh có ý kiến như sau:",
			"Yêu cầu các sở, ban, ngành rà soát, báo cáo kết quả về Sở Nội vụ.", "Giao Sở Nội vụ tổng hợp, báo cáo UBND tỉnh.", "UBND các xã, phường tổ chức tuyên truyền đến người dân.",
		}, []string{": các sở, ban, ngành", ": Sở Nội vụ", ": UBND các xã, phường"}},
		{"topics are no labels", []string{
			"Phó Chủ tịch UBND tỉnh kết luận như sau:", "- Về tiến độ dự án: giao Sở Xây dựng đôn đốc nhà thầu.", "- Về kinh phí: Sở Tài chính tham mưu bố trí bổ sung.",
		}, []string{"-1: Sở Xây dựng", "-2: Sở Tài chính"}},
	} {
		expect(t, c.name, outlineOf(extracted(t, paragraphs(c.lines...))), c.want)
	}
}
