package extract

import "testing"

// TestOutlineForms: the habits of numbering, headings and closing orders that offices have.
func TestOutlineForms(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
		want  []string
	}{
		{"automatic numbers that restart, Roman above", []string{
			"I.|NHIỆM VỤ CHUNG", "1.|Các sở, ban, ngành, UBND các xã, phường quán triệt Chỉ thị đến toàn thể công chức.",
			"II.|NHIỆM VỤ CỤ THỂ", "1.|Sở Nội vụ", "a)|Rà soát vị trí việc làm của các cơ quan.", "b)|Kiểm tra việc chấp hành giờ giấc làm việc.",
			"2.|Thanh tra tỉnh", "a)|Thanh tra trách nhiệm người đứng đầu tại 05 sở, ngành.",
		}, []string{"I.1: Các sở, ban, ngành, UBND các xã, phường", "II.1.a: Sở Nội vụ", "II.1.b: Sở Nội vụ", "II.2.a: Thanh tra tỉnh"}},
		{"automatic decimals", []string{
			"1.|NHIỆM VỤ", "1.1.|Sở Y tế công khai giá dịch vụ khám, chữa bệnh.", "1.2.|Giao Sở Tài chính thẩm định giá theo quy định.",
		}, []string{"1.1: Sở Y tế", "1.2: Sở Tài chính"}},
		{"letters are agencies, dashes their duties; pluses below", []string{
			"2. Trách nhiệm cụ thể:", "a) Sở Giáo dục và Đào tạo:", "- Tổ chức dạy bơi cho học sinh tiểu học.", "- Rà soát cơ sở vật chất:", "+ Sửa chữa hàng rào các điểm trường.", "+ Lắp biển cảnh báo quanh hồ, ao.",
			"đ) Công an tỉnh:", "- Tuần tra các tuyến sông trọng điểm.",
		}, []string{"2.a.-1: Sở Giáo dục và Đào tạo", "2.a.-2.+1: Sở Giáo dục và Đào tạo", "2.a.-2.+2: Sở Giáo dục và Đào tạo", "2.đ.-1: Công an tỉnh"}},
		{"letters are duties, each with its agency; a number left out", []string{
			"4. Về đất đai", "a) Giao Sở Nông nghiệp và Môi trường hoàn thiện bảng giá đất.", "b) Ban Quản lý Khu kinh tế tỉnh rà soát quỹ đất sạch.",
			"6. Về đầu tư", "a) Giao Sở Tài chính đôn đốc giải ngân.",
		}, []string{"4.a: Sở Nông nghiệp và Môi trường", "4.b: Ban Quản lý Khu kinh tế tỉnh", "6.a: Sở Tài chính"}},
		{"two owners in one heading", []string{
			"3. Sở Tư pháp; Văn phòng UBND tỉnh:", "a) Thẩm định văn bản đúng hạn.", "b) Cập nhật cơ sở dữ liệu quốc gia về pháp luật.",
			"4. Trách nhiệm của Thủ trưởng các sở, ngành và Chủ tịch UBND các xã, phường", "a) Chỉ đạo rà soát thủ tục nội bộ trong cơ quan.",
		}, []string{"3.a: Sở Tư pháp, Văn phòng UBND tỉnh", "3.b: Sở Tư pháp, Văn phòng UBND tỉnh", "4.a: Thủ trưởng các sở, ngành, Chủ tịch UBND các xã, phường"}},
		{"a standing office heads its items", []string{
			"2. Sở Nội vụ là cơ quan thường trực, có trách nhiệm:", "a) Đôn đốc việc thực hiện Kế hoạch này.", "b) Tham mưu khen thưởng hằng năm.",
		}, []string{"2.a: Sở Nội vụ", "2.b: Sở Nội vụ"}},
		{"a title whose paragraphs say who", []string{
			"1. Nhiệm vụ chung", "Các sở, ban, ngành xây dựng kế hoạch khắc phục của đơn vị mình.", "UBND các xã, phường niêm yết công khai kết quả đánh giá.", "Việc niêm yết phải liên tục trong 30 ngày.",
		}, []string{"1: Các sở, ban, ngành", "1: UBND các xã, phường"}},
		{"inline lists whose items have owners, behind an order", []string{
			"2. Về hạ tầng số, yêu cầu: (1) Sở Khoa học và Công nghệ nâng cấp nền tảng số; (2) Viễn thông Mẫu Sơn bảo đảm đường truyền; (3) UBND các xã, phường bố trí máy tính.",
		}, []string{"2.(1): Sở Khoa học và Công nghệ", "2.(2): Viễn thông Mẫu Sơn", "2.(3): UBND các xã, phường"}},
		{"labelled lines with stars and without marks", []string{
			"1. Công khai bảng giá đất tại trụ sở và trên môi trường mạng", "* Cơ quan chủ trì: Sở Nông nghiệp và Môi trường.", "* Cơ quan phối hợp: UBND các xã, phường.", "* Thời gian thực hiện: Quý I/2026.",
			"2. Lấy ý kiến người dân về dự thảo quy hoạch", "Đơn vị thực hiện: Sở Xây dựng", "Đơn vị phối hợp: Ủy ban MTTQ Việt Nam tỉnh", "Thời hạn hoàn thành: tháng 6/2026",
			"3. Đào tạo kỹ năng số cho người dân", "Chủ trì: Sở Khoa học và Công nghệ. Phối hợp: Tỉnh Đoàn. Thời gian: năm 2026.",
		}, []string{"1: Sở Nông nghiệp và Môi trường + UBND các xã, phường", "2: Sở Xây dựng + Ủy ban MTTQ Việt Nam tỉnh", "3: Sở Khoa học và Công nghệ + Tỉnh Đoàn"}},
		{"labels in a bracket and in a sentence", []string{
			"1. Xây dựng Nghị quyết hỗ trợ doanh nghiệp nhỏ và vừa (Sở Tài chính chủ trì, phối hợp với Sở Tư pháp; hoàn thành trước ngày 30/6/2026).",
			"2. Ban hành danh mục dự án thu hút đầu tư. Cơ quan chủ trì: Sở Tài chính; cơ quan phối hợp: Sở Xây dựng, Sở Công Thương; thời gian hoàn thành: tháng 8/2026.",
			"3. Tổ chức hội nghị đối thoại với doanh nghiệp (giao Sở Công Thương chủ trì).",
			"4. Quan trắc, công bố chất lượng nguồn nước (Sở Nông nghiệp và Môi trường).", "5. Cải thiện chỉ số hài lòng (SIPAS).",
		}, []string{"1: Sở Tài chính + Sở Tư pháp", "2: Sở Tài chính + Sở Xây dựng, Sở Công Thương", "3: Sở Công Thương", "4: Sở Nông nghiệp và Môi trường"}},
		{"closing orders without a number", []string{
			"5. Công an tỉnh bảo đảm an ninh, trật tự các sự kiện.",
			"Giao Chánh Thanh tra tỉnh theo dõi việc thực hiện Chỉ thị này.",
			"Nhận được Chỉ thị này, yêu cầu Thủ trưởng các cơ quan, đơn vị nghiêm túc thực hiện./.",
		}, []string{"5: Công an tỉnh", ": Chánh Thanh tra tỉnh", ": Thủ trưởng các cơ quan, đơn vị"}},
		{"the last order names its subjects first", []string{
			"2. Sở Tài chính cân đối kinh phí thực hiện trong dự toán.",
			"Thủ trưởng các sở, ban, ngành, Chủ tịch UBND các xã, phường chịu trách nhiệm triển khai thực hiện nghiêm Chỉ thị này./.",
		}, []string{"2: Sở Tài chính", ": Thủ trưởng các sở, ban, ngành, Chủ tịch UBND các xã, phường"}},
		{"chapters named in words, their titles on the next line", []string{
			"PHẦN I", "MỤC TIÊU", "1. Các sở, ngành phấn đấu 100% hồ sơ đúng hạn.", "PHẦN II", "NHIỆM VỤ", "1. Sở Nội vụ", "a) Xây dựng đề án vị trí việc làm.",
		}, []string{"II.1.a: Sở Nội vụ"}},
		{"bold headings without any number name agencies", []string{
			"UBND tỉnh yêu cầu các cơ quan thực hiện một số nội dung sau:", "1. Sở Nội vụ:", "- Đôn đốc các cơ quan gửi báo cáo đúng hạn.", "Yêu cầu các cơ quan, đơn vị nghiêm túc thực hiện./.",
		}, []string{"1.-1: Sở Nội vụ", ": các cơ quan, đơn vị"}},
		{"background obliges nobody", []string{
			"I. ĐÁNH GIÁ TÌNH HÌNH", "1. Các sở, ban, ngành đã tích cực triển khai nhiệm vụ được giao.", "2. Sở Xây dựng còn chậm công khai thủ tục.",
			"II. KẾT LUẬN", "1. Giao Sở Xây dựng khẩn trương công khai thủ tục hành chính.",
		}, []string{"II.1: Sở Xây dựng"}},
	} {
		expect(t, c.name, outlineOf(extracted(t, paragraphs(c.lines...))), c.want)
	}
}
