package main

// parRows are the duties of the annex of Kế hoạch 98/KH-UBND, by area of the PAR INDEX.
var parRows = []area{
	{"CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH CẢI CÁCH HÀNH CHÍNH", []duty{
		{text: "Ban hành kế hoạch khắc phục các tiêu chí bị trừ điểm năm 2025 thuộc trách nhiệm của cơ quan", criterion: "1.1. Kế hoạch cải cách hành chính", lead: "Các sở, ban, ngành", cooperating: "Sở Nội vụ", due: "Trước ngày 30/10/2026", product: "Kế hoạch của cơ quan"},
		{text: "Kiểm tra công tác cải cách hành chính tại ít nhất 30% số cơ quan chuyên môn và UBND cấp xã", criterion: "1.3. Kiểm tra công tác cải cách hành chính", lead: "Sở Nội vụ", cooperating: "Văn phòng UBND tỉnh, Thanh tra tỉnh", due: "Quý III/2026", product: "Báo cáo kết quả kiểm tra"},
		{text: "Tổ chức cuộc thi trực tuyến tìm hiểu về cải cách hành chính và dịch vụ công", criterion: "1.4. Tuyên truyền cải cách hành chính", sameLead: true, cooperating: "Báo và Phát thanh, Truyền hình Mẫu Sơn", due: "Trong tháng 10/2026", product: "Cuộc thi, báo cáo tổng kết"},
		{text: "Tổng hợp, thẩm định kết quả tự chấm điểm 9 tháng của các sở, ban, ngành và UBND các xã, phường", criterion: "1.5. Đánh giá, xếp hạng nội bộ", sameLead: true, cooperating: "Văn phòng UBND tỉnh", due: "Trước ngày 07/10/2026", product: "Bảng tổng hợp điểm"},
	}},
	{"CẢI CÁCH THỂ CHẾ", []duty{
		{text: "Công bố danh mục văn bản quy phạm pháp luật của tỉnh hết hiệu lực, cần sửa đổi sau sắp xếp đơn vị hành chính", criterion: "2.2. Rà soát văn bản quy phạm pháp luật", lead: "Sở Tư pháp", cooperating: "Các sở, ban, ngành", due: "Trước ngày 15/9/2026", product: "Quyết định công bố danh mục"},
		{text: "Khảo sát tình hình thi hành pháp luật về đất đai, xây dựng tại các xã, phường", criterion: "2.3. Theo dõi thi hành pháp luật", sameLead: true, cooperating: "Sở Xây dựng, Sở Nông nghiệp và Môi trường", due: "Tháng 11/2026", product: "Báo cáo khảo sát"},
	}},
	{"CẢI CÁCH THỦ TỤC HÀNH CHÍNH", []duty{
		{text: "Trình phê duyệt phương án cắt giảm tối thiểu 30% thời gian giải quyết thủ tục hành chính liên quan đến sản xuất, kinh doanh", criterion: "3.1. Kiểm soát thủ tục hành chính", lead: "Văn phòng UBND tỉnh", cooperating: "Các sở, ban, ngành", due: "Trước ngày 31/8/2026", product: "Quyết định phê duyệt phương án"},
		{text: "Chuẩn hóa, công bố thủ tục hành chính nội bộ giữa các cơ quan hành chính nhà nước trong tỉnh", criterion: "3.2. Công khai thủ tục hành chính", sameLead: true, sameCooperating: true, due: "Quý IV/2026", product: "Quyết định công bố"},
		{text: "Số hóa 100% hồ sơ, kết quả giải quyết thủ tục hành chính còn hiệu lực thuộc lĩnh vực hộ tịch, xây dựng, đất đai", criterion: "3.4. Số hóa hồ sơ", lead: "Các Sở: Tư pháp, Xây dựng, Nông nghiệp và Môi trường", cooperating: "UBND các xã, phường", due: "Chậm nhất ngày 25/9/2026", product: "Danh mục hồ sơ đã số hóa"},
	}},
	{"CẢI CÁCH TỔ CHỨC BỘ MÁY HÀNH CHÍNH", []duty{
		{text: "Rà soát chức năng, nhiệm vụ và biên chế của các phòng chuyên môn thuộc UBND cấp xã", criterion: "4.1. Sắp xếp tổ chức bộ máy", lead: "Sở Nội vụ", cooperating: "UBND các xã, phường", due: "Trước ngày 20/9/2026", product: "Báo cáo rà soát"},
		{text: "Tham mưu sửa đổi quy định phân cấp, ủy quyền giữa UBND tỉnh, các sở và UBND cấp xã", criterion: "4.2. Phân cấp quản lý", lead: "Sở Nội vụ, Sở Tư pháp", cooperating: "Văn phòng UBND tỉnh", due: "Trước ngày 30 tháng 9 năm 2026", product: "Dự thảo quyết định"},
	}},
	{"CẢI CÁCH CHẾ ĐỘ CÔNG VỤ", []duty{
		{text: "Phê duyệt điều chỉnh đề án vị trí việc làm của các cơ quan hành chính theo bộ máy mới", criterion: "5.1. Vị trí việc làm", lead: "Sở Nội vụ", cooperating: "Các sở, ban, ngành", due: "Trong năm 2026", product: "Các quyết định phê duyệt"},
		{text: "Tổ chức lớp bồi dưỡng nghiệp vụ công tác cải cách hành chính cho công chức chuyên trách", criterion: "5.4. Bồi dưỡng công chức", sameLead: true, cooperating: "Sở Tài chính", due: "Trước ngày 09/10/2026", product: "Danh sách lớp, báo cáo kết quả"},
	}},
	{"CẢI CÁCH TÀI CHÍNH CÔNG", []duty{
		{text: "Theo dõi, công khai tiến độ giải ngân vốn đầu tư công của từng chủ đầu tư", criterion: "6.1. Giải ngân vốn đầu tư công", lead: "Sở Tài chính", cooperating: "Kho bạc Nhà nước khu vực XXI", due: "Trước ngày 20 hằng tháng", product: "Báo cáo tháng"},
		{text: "Trình phương án sắp xếp, xử lý trụ sở dôi dư sau sắp xếp đơn vị hành chính", criterion: "6.3. Quản lý tài sản công", sameLead: true, cooperating: "Sở Xây dựng", due: "Trước ngày 25/8/2026", product: "Phương án được phê duyệt"},
		{text: "Hoàn thành giải ngân 100% kế hoạch vốn năm 2026 của các dự án được giao làm chủ đầu tư", criterion: "6.1. Giải ngân vốn đầu tư công", lead: "Ban Quản lý dự án đầu tư xây dựng tỉnh", cooperating: "Sở Tài chính", due: "Trước ngày 31/12/2026", product: "Báo cáo giải ngân"},
	}},
	{"XÂY DỰNG VÀ PHÁT TRIỂN CHÍNH QUYỀN SỐ", []duty{
		{text: "Đưa nền tảng tích hợp, chia sẻ dữ liệu của tỉnh vào vận hành, kết nối ít nhất 12 cơ sở dữ liệu chuyên ngành", criterion: "7.1. Phát triển dữ liệu số", lead: "Sở Khoa học và Công nghệ", cooperating: "Công an tỉnh", due: "Quý III/2026", product: "Biên bản vận hành"},
		{text: "Tập huấn kỹ năng số cho thành viên tổ công nghệ số cộng đồng của 12 xã, phường", criterion: "7.3. Kỹ năng số", sameLead: true, cooperating: "UBND các xã, phường", due: "Trước ngày 16/10/2026", product: "Báo cáo kết quả tập huấn"},
		{text: "Cấp tài khoản định danh điện tử cho 100% cơ quan, tổ chức đang hoạt động trên địa bàn tỉnh", criterion: "7.4. Định danh điện tử", lead: "Công an tỉnh", cooperating: "Thuế tỉnh Mẫu Sơn", due: "Trước ngày 14/10/2026", product: "Báo cáo kết quả"},
	}},
	{"TÁC ĐỘNG CỦA CẢI CÁCH HÀNH CHÍNH", []duty{
		{text: "Tổ chức hội nghị đối thoại với doanh nghiệp, hợp tác xã về thủ tục đầu tư, kinh doanh, thương mại biên giới", criterion: "8.2. Môi trường kinh doanh", lead: "Sở Công Thương, Ban Quản lý Khu kinh tế cửa khẩu Mẫu Sơn", cooperating: "Sở Ngoại vụ", due: "Trong tháng 11/2026", product: "Thông báo kết luận hội nghị"},
		{text: "Khảo sát, công bố mức độ hài lòng của người dân, tổ chức đối với sự phục vụ hành chính", criterion: "8.1. Mức độ hài lòng", lead: "Sở Nội vụ", cooperating: "Ủy ban MTTQ Việt Nam tỉnh", due: "Thường xuyên", product: "Báo cáo khảo sát"},
	}},
}
