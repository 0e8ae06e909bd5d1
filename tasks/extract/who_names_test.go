package extract

import "testing"

// TestWhoActs: names end before verbs that no list knows, and hold the words that names are made of.
func TestWhoActs(t *testing.T) {
	for _, c := range []struct {
		text    string
		want    []string
		guessed bool
	}{
		{"Sở Nội vụ răn đe các đơn vị chậm gửi báo cáo.", []string{"Sở Nội vụ"}, true},
		{"Giao Sở Tài chính nhắc các chủ đầu tư giải ngân vốn.", []string{"Sở Tài chính"}, true},
		{"Các sở, ban, ngành răn đe những công chức vi phạm giờ giấc.", []string{"Các sở, ban, ngành"}, true},
		{"Công an Tỉnh trấn áp các loại tội phạm.", []string{"Công an Tỉnh"}, true},
		{"Hội Chữ thập đỏ tỉnh vận động quyên góp.", []string{"Hội Chữ thập đỏ tỉnh"}, false},
		{"Hội Người cao tuổi tỉnh nêu gương sáng trong cộng đồng.", []string{"Hội Người cao tuổi tỉnh"}, false},
		{"Thanh tra trách nhiệm người đứng đầu trong tiếp công dân.", nil, false},
		{"Thanh tra tỉnh theo dõi, tổng hợp.", []string{"Thanh tra tỉnh"}, false},
		{"Viễn thông Mẫu Sơn bảo đảm đường truyền cho các xã.", []string{"Viễn thông Mẫu Sơn"}, false},
		{"Sở Kế hoạch và Đầu tư rà soát danh mục dự án.", []string{"Sở Kế hoạch và Đầu tư"}, false},
		{"Người đứng đầu các cơ quan, đơn vị chịu trách nhiệm toàn diện.", []string{"Người đứng đầu các cơ quan, đơn vị"}, false},
		{"Các Sở: Kế hoạch và Đầu tư, Tài chính rà soát nguồn vốn.", []string{"Sở Kế hoạch và Đầu tư", "Sở Tài chính"}, false},
		{"Ban An toàn giao thông tỉnh phát động tháng cao điểm.", []string{"Ban An toàn giao thông tỉnh"}, false},
		{"Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn tỉnh rà soát phương án.", []string{"Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn tỉnh"}, false},
		{"Ban Quản lý Khu kinh tế Mẫu Sơn và các Khu công nghiệp tỉnh rà soát hạ tầng.", []string{"Ban Quản lý Khu kinh tế Mẫu Sơn và các Khu công nghiệp tỉnh"}, false},
		{"Công ty TNHH MTV Khai thác công trình thủy lợi Mẫu Sơn rà soát hồ đập.", []string{"Công ty TNHH MTV Khai thác công trình thủy lợi Mẫu Sơn"}, false},
		{"Các chủ rừng là tổ chức rà soát ranh giới rừng.", []string{"Các chủ rừng là tổ chức"}, false},
		{"Sở Nội vụ là cơ quan thường trực, giúp UBND tỉnh theo dõi.", []string{"Sở Nội vụ"}, false},
		{"Sở Công Thương, các chủ đập vận hành hồ chứa đúng quy trình.", []string{"Sở Công Thương", "các chủ đập"}, false},
		{"Báo và phát thanh, truyền hình tỉnh tăng thời lượng phát sóng.", []string{"Báo và phát thanh, truyền hình tỉnh"}, false},
		{"Ngân hàng Nhà nước - Chi nhánh Mẫu Sơn hướng dẫn các tổ chức tín dụng.", []string{"Ngân hàng Nhà nước - Chi nhánh Mẫu Sơn"}, false},
		{"Các sở, ban, ngành (trừ Công an tỉnh) rà soát vị trí việc làm.", []string{"Các sở, ban, ngành (trừ Công an tỉnh)"}, false},
		{"Uỷ ban nhân dân các xã, phường Quí Sơn, Hoà Bình rà soát hộ nghèo.", []string{"Uỷ ban nhân dân các xã, phường Quí Sơn, Hoà Bình"}, false},
		{"Sở Nông nghiệp & Môi trường rà soát quy hoạch.", []string{"Sở Nông nghiệp & Môi trường"}, false},
		{"Giám đốc Sở Y tế, Chủ tịch UBND các xã, phường chịu trách nhiệm trước Chủ tịch UBND tỉnh.", []string{"Giám đốc Sở Y tế", "Chủ tịch UBND các xã, phường"}, false},
		{"Sở Nội vụ - Cơ quan thường trực Hội đồng Thi đua - Khen thưởng thăm, tặng quà người có công.", []string{"Sở Nội vụ"}, true},
		{"Đồng chí Lò Thị Mai, Phó Chủ tịch UBND tỉnh trực tiếp phụ trách các xã vùng cao.", []string{"Phó Chủ tịch UBND tỉnh"}, false},
		{"Công an tỉnh hỗ trợ công dân kích hoạt định danh điện tử.", []string{"Công an tỉnh"}, false},
		{"UBND các xã, phường chưa quan tâm đúng mức đến hòa giải.", nil, false},
		{"Định kỳ hằng quý, Sở Nội vụ tổng hợp báo cáo UBND tỉnh.", []string{"Sở Nội vụ"}, false},
		{"Đối với các xã vùng cao, UBND các xã chủ động dự trữ lương thực.", []string{"UBND các xã"}, false},
		{"Nhận được Công văn này, đề nghị Tỉnh Đoàn, Hội Nông dân tỉnh triển khai.", []string{"Tỉnh Đoàn", "Hội Nông dân tỉnh"}, false},
	} {
		l := newDuty(c.text).own(false)
		expect(t, c.text, l.names, c.want)
		if l.guessed != c.guessed {
			t.Errorf("%q: guessed %v", c.text, l.guessed)
		}
	}
}

// TestWhoCells: names in a column as offices write them; the words of real documents.
func TestWhoCells(t *testing.T) {
	for _, c := range []struct {
		cell string
		want []string
	}{
		{"Văn phòng HĐND - UBND cấp xã", []string{"Văn phòng HĐND - UBND cấp xã"}},
		{"Ngân hàng Nhà nước Việt Nam - Chi nhánh tỉnh Quảng Ngãi", []string{"Ngân hàng Nhà nước Việt Nam - Chi nhánh tỉnh Quảng Ngãi"}},
		{"Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội", []string{"Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "các tổ chức chính trị - xã hội"}},
		{"Các Sở: Lao động – Thương binh và Xã hội, Xây dựng, Tài chính", []string{"Sở Lao động – Thương binh và Xã hội", "Sở Xây dựng", "Sở Tài chính"}},
		{"Văn phòng UBND tỉnh, Sở Nội vụ, các sở ngành", []string{"Văn phòng UBND tỉnh", "Sở Nội vụ", "các sở ngành"}},
		{"TAND, VKSND tỉnh", []string{"TAND", "VKSND tỉnh"}},
		{"Sở Văn hoá, Thể thao và Du lịch; Báo Quảng Ngãi", []string{"Sở Văn hoá, Thể thao và Du lịch", "Báo Quảng Ngãi"}},
		{"Kho bạc Nhà nước khu vực XI; các chủ đầu tư", []string{"Kho bạc Nhà nước khu vực XI", "các chủ đầu tư"}},
		{"Sở GD&ĐT/Sở Y tế", []string{"Sở GD&ĐT", "Sở Y tế"}},
	} {
		got, _ := cellNames(c.cell)
		expect(t, c.cell, got, c.want)
	}
}

func TestWhoCooperates(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Văn phòng UBND tỉnh chủ trì, cùng với Sở Nội vụ theo dõi, đôn đốc.", []string{"Sở Nội vụ"}},
		{"Sở Nội vụ chủ trì cùng Sở Tài chính, Kho bạc Nhà nước khu vực II rà soát biên chế.", []string{"Sở Tài chính", "Kho bạc Nhà nước khu vực II"}},
		{"Phối hợp với các Sở: Tài chính, Nội vụ trong việc thẩm định.", []string{"Sở Tài chính", "Sở Nội vụ"}},
		{"Tổng hợp, báo cáo UBND tỉnh (qua Sở Tài chính).", nil},
		{"Gửi kết quả về Sở Nội vụ trước ngày 15/12 để tổng hợp.", nil},
	} {
		expect(t, c.text, cooperating(c.text, nil), c.want)
	}
}
