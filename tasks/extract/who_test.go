package extract

import "testing"

func TestLead(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Sở Khoa học và Công nghệ chủ trì xây dựng nền tảng số dùng chung.", []string{"Sở Khoa học và Công nghệ"}},
		{"Giao Sở Xây dựng Theo dõi, đôn đốc việc cập nhật số nhà.", []string{"Sở Xây dựng"}},
		{"Đề nghị: Hội Nông dân tỉnh, Liên minh Hợp tác xã tỉnh vận động hội viên tham gia.", []string{"Hội Nông dân tỉnh", "Liên minh Hợp tác xã tỉnh"}},
		{"Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội tuyên truyền.", []string{"Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "các tổ chức chính trị - xã hội"}},
		{"Chủ tịch UBND tỉnh yêu cầu Thủ trưởng các sở, ban, ngành; Chủ tịch UBND các xã, phường tổ chức quán triệt.", []string{"Thủ trưởng các sở, ban, ngành", "Chủ tịch UBND các xã, phường"}},
		{"Các Sở: Nông nghiệp và Môi trường, Giáo dục và Đào tạo, Tài chính có trách nhiệm rà soát.", []string{"Sở Nông nghiệp và Môi trường", "Sở Giáo dục và Đào tạo", "Sở Tài chính"}},
		{"Ủy ban nhân dân các tỉnh: Gia Lai, Lâm Đồng huy động lực lượng hỗ trợ.", []string{"Ủy ban nhân dân các tỉnh: Gia Lai, Lâm Đồng"}},
		{"Ngân hàng Nhà nước Việt Nam - Chi nhánh tỉnh: Chỉ đạo các Ngân hàng thương mại kết nối.", []string{"Ngân hàng Nhà nước Việt Nam - Chi nhánh tỉnh"}},
		{"Sở Tài chính - Cơ quan thường trực Ban Chỉ đạo tổng hợp, báo cáo.", []string{"Sở Tài chính"}},
		{"Sở Y tế (Cơ quan thường trực về an toàn thực phẩm): Phối hợp kiểm tra các chợ.", []string{"Sở Y tế"}},
		{"Trên cơ sở đề xuất của Sở Y tế và UBND các xã, phường, Sở Tài chính tổng hợp, trình UBND tỉnh.", []string{"Sở Tài chính"}},
		{"Trong quá trình thực hiện, nếu có vướng mắc, đề nghị các cơ quan, đơn vị, địa phương phản ánh về Sở Nội vụ.", []string{"các cơ quan, đơn vị, địa phương"}},
		{"Trung tâm Xúc tiến đầu tư, thương mại và du lịch tổ chức hội chợ.", []string{"Trung tâm Xúc tiến đầu tư, thương mại và du lịch"}},
		{"Các cơ quan được phân công chủ trì nhiệm vụ theo Kế hoạch này có trách nhiệm lập dự toán.", []string{"Các cơ quan được phân công chủ trì nhiệm vụ theo Kế hoạch này"}},
		{"Rà soát, đơn giản hóa thủ tục hành chính do Sở Tư pháp chủ trì thực hiện.", []string{"Sở Tư pháp"}},
		{"Các ông (bà): Chánh Văn phòng UBND tỉnh; Giám đốc Bảo hiểm xã hội tỉnh chịu trách nhiệm thi hành.", []string{"Chánh Văn phòng UBND tỉnh", "Giám đốc Bảo hiểm xã hội tỉnh"}},
		{"Bảo hiểm xã hội tỉnh, Bưu điện tỉnh, Cổng Thông tin điện tử tỉnh phối hợp chi trả.", []string{"Bảo hiểm xã hội tỉnh", "Bưu điện tỉnh", "Cổng Thông tin điện tử tỉnh"}},
		{"Tổ chức tập huấn cho cán bộ, công chức các xã, phường.", nil},
		{"Báo cáo UBND tỉnh kết quả thực hiện.", nil},
		{"Bộ trí kinh phí thực hiện theo phân cấp.", nil},
		{"Thống kê, tổng hợp số liệu theo biểu mẫu.", nil},
	} {
		expect(t, c.text, newDuty(c.text).own(false).names, c.want)
	}
}

func TestCooperating(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Chủ trì, phối hợp với Sở Tài chính, Công an tỉnh và các đơn vị có liên quan tham mưu UBND tỉnh.", []string{"Sở Tài chính", "Công an tỉnh", "các đơn vị có liên quan"}},
		{"Phối hợp chặt chẽ với cơ quan Thi hành án dân sự trong việc theo dõi.", []string{"cơ quan Thi hành án dân sự"}},
		{"Chủ trì phối hợp Sở Giao thông vận tải, Đài Phát thanh và Truyền hình tỉnh, Báo Mẫu Sơn tuyên truyền.", []string{"Sở Giao thông vận tải", "Đài Phát thanh và Truyền hình tỉnh", "Báo Mẫu Sơn"}},
		{"Cùng phối hợp tuần tra, kiểm tra rừng.", nil},
		{"Báo cáo UBND tỉnh thông qua Sở Tài chính.", nil},
	} {
		expect(t, c.text, cooperating(c.text, nil), c.want)
	}
}

func TestCellNames(t *testing.T) {
	for _, c := range []struct {
		cell string
		want []string
	}{
		{"Sở KH&CN; các cơ quan, đơn vị liên quan", []string{"Sở KH&CN", "các cơ quan, đơn vị liên quan"}},
		{"Các sở, ngành, UBND xã, phường, đặc khu", []string{"Các sở, ngành", "UBND xã, phường, đặc khu"}},
		{"Sở Nội vụ\nSở Tài chính", []string{"Sở Nội vụ", "Sở Tài chính"}},
		{"- Sở Văn hóa, Thể thao và Du lịch\n- Các doanh nghiệp", []string{"Sở Văn hóa, Thể thao và Du lịch", "Các doanh nghiệp"}},
		{"Các sở, ngành có liên quan theo chức năng, nhiệm vụ được giao", []string{"Các sở, ngành có liên quan"}},
		{"EVN", []string{"EVN"}},
	} {
		got, _ := cellNames(c.cell)
		expect(t, c.cell, got, c.want)
	}
}

func TestShared(t *testing.T) {
	for _, c := range []struct {
		text        string
		leads, with []string
	}{
		{"Sở Nội vụ chủ trì, các sở, ngành phối hợp", []string{"Sở Nội vụ"}, []string{"các sở, ngành"}},
		{"Sở Tư pháp chủ trì, phối hợp với Sở Nội vụ và UBND các xã, phường", []string{"Sở Tư pháp"}, []string{"Sở Nội vụ", "UBND các xã, phường"}},
		{"Sở Tư pháp", nil, nil},
	} {
		leads, with, ok := shared(c.text)
		if ok != (c.leads != nil) {
			t.Errorf("%q: ok %v", c.text, ok)
		}
		if ok {
			expect(t, c.text, leads, c.leads)
			expect(t, c.text, with, c.with)
		}
	}
}
