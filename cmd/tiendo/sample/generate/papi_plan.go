package main

import "slices"

// papiPlan is Kế hoạch 131/KH-UBND on PAPI; its duties stand in a workbook of its own.
func papiPlan() document {
	return document{
		name:    "ke-hoach-131-papi.docx",
		Title:   "Kế hoạch 131/KH-UBND",
		Author:  "Sở Nội vụ tỉnh Mẫu Sơn",
		Created: "2026-07-20T07:00:00Z",
		Blocks: slices.Concat(
			[]block{head("ỦY BAN NHÂN DÂN", "TỈNH MẪU SƠN", "131/KH-UBND", "Mẫu Sơn, ngày 20 tháng 7 năm 2026")},
			title("KẾ HOẠCH", "Cải thiện Chỉ số hiệu quả quản trị và hành chính công cấp tỉnh (PAPI) của tỉnh Mẫu Sơn năm 2026"),
			bodies("Thực hiện Chỉ thị số 10/CT-UBND ngày 06/7/2026 của Ủy ban nhân dân tỉnh, Ủy ban nhân dân tỉnh ban hành Kế hoạch cải thiện Chỉ số PAPI năm 2026 với các nội dung sau:"),
			[]block{heading("I. MỤC TIÊU")},
			bodies(
				"Tổng điểm PAPI năm 2026 tăng ít nhất 1,5 điểm so với năm 2025; không còn nội dung nào nằm trong nhóm thấp của cả nước.",
			),
			[]block{heading("II. NHIỆM VỤ")},
			bodies(
				"Nhiệm vụ theo tám nội dung của Chỉ số PAPI được giao tại Phụ lục kèm theo Kế hoạch này (tệp bảng tính).",
			),
			[]block{heading("III. TỔ CHỨC THỰC HIỆN")},
			bodies(
				"1. Văn phòng UBND tỉnh chủ trì, phối hợp với Báo và Phát thanh, Truyền hình Mẫu Sơn mở chuyên mục hỏi đáp về quyền giám sát của người dân, phát sóng số đầu tiên trước ngày 15/9/2026.",
			),
			[]block{closing([]string{
				"- Thường trực Tỉnh ủy, HĐND tỉnh (b/c);",
				"- Ủy ban MTTQ Việt Nam tỉnh;",
				"- Các sở, ban, ngành;",
				"- UBND các xã, phường;",
				"- Lưu: VT, SNV.",
			}, "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "", "Lương Thị Bích Ngọc")},
		),
	}
}

// papiRows are the duties of the annex of Kế hoạch 131/KH-UBND, by content of PAPI. A due of the form YYYY-MM-DD is written as
// a date cell, any other as text.
var papiRows = []area{
	{"I. THAM GIA CỦA NGƯỜI DÂN Ở CẤP CƠ SỞ", []duty{
		{text: "Hướng dẫn bầu trưởng thôn, tổ trưởng tổ dân phố nhiệm kỳ mới bảo đảm có từ hai ứng viên trở lên", criterion: "1.3", lead: "Sở Nội vụ", cooperating: "Ủy ban MTTQ Việt Nam tỉnh", due: "2026-09-15", product: "Văn bản hướng dẫn"},
		{text: "Công khai các khoản đóng góp tự nguyện và kết quả sử dụng đến từng hộ dân", criterion: "1.4", lead: "UBND các xã, phường", cooperating: "Sở Tài chính", due: "Trong tháng 11/2026", product: "Biên bản niêm yết công khai"},
	}},
	{"II. CÔNG KHAI, MINH BẠCH TRONG VIỆC RA QUYẾT ĐỊNH", []duty{
		{text: "Hướng dẫn lấy ý kiến người dân trước khi lập danh sách hộ nghèo, hộ cận nghèo và công khai kết quả", criterion: "2.2", lead: "Sở Nông nghiệp và Môi trường", cooperating: "UBND các xã, phường", due: "2026-09-30", product: "Văn bản hướng dẫn"},
		{text: "Đôn đốc công khai dự toán, quyết toán thu, chi ngân sách cấp xã theo mẫu thống nhất, dễ hiểu", criterion: "2.3", lead: "Sở Tài chính", sameCooperating: true, due: "2026-09-25", product: "Báo cáo kết quả công khai"},
		{text: "Công khai kế hoạch sử dụng đất, bảng giá đất trên bản đồ số để người dân tra cứu", criterion: "2.4", lead: "Sở Nông nghiệp và Môi trường", cooperating: "Sở Khoa học và Công nghệ", due: "Quý IV/2026", product: "Bản đồ số"},
	}},
	{"III. TRÁCH NHIỆM GIẢI TRÌNH VỚI NGƯỜI DÂN", []duty{
		{text: "Kiểm tra việc tiếp công dân định kỳ và giải quyết khiếu nại của Chủ tịch UBND cấp xã", criterion: "3.2", lead: "Thanh tra tỉnh", cooperating: "UBND các xã, phường", due: "Hằng quý", product: "Báo cáo kiểm tra"},
		{text: "Tổ chức trợ giúp pháp lý lưu động tại các xã biên giới", criterion: "3.3", lead: "Sở Tư pháp", cooperating: "Sở Dân tộc và Tôn giáo", due: "2026-10-08", product: "Báo cáo kết quả"},
	}},
	{"IV. KIỂM SOÁT THAM NHŨNG TRONG KHU VỰC CÔNG", []duty{
		{text: "Kiểm tra, chấn chỉnh tình trạng người bệnh phải chi ngoài quy định tại các cơ sở y tế công lập", criterion: "4.2", lead: "Sở Y tế", cooperating: "Thanh tra tỉnh", due: "2026-08-31", product: "Kết luận kiểm tra"},
		{text: "Công khai chỉ tiêu, điều kiện và kết quả tuyển dụng công chức, viên chức trên Cổng Thông tin điện tử tỉnh", criterion: "4.3", lead: "Sở Nội vụ", cooperating: "Văn phòng UBND tỉnh", due: "Quý III/2026", product: "Chuyên mục tuyển dụng"},
	}},
	{"V. THỦ TỤC HÀNH CHÍNH CÔNG", []duty{
		{text: "Rút ngắn ít nhất một phần ba thời gian cấp giấy chứng nhận quyền sử dụng đất lần đầu", criterion: "5.3", lead: "Sở Nông nghiệp và Môi trường", cooperating: "UBND các xã, phường", due: "Trước ngày 30/9/2026", product: "Quy trình nội bộ mới"},
		{text: "Hướng dẫn chứng thực chữ ký, bản sao cho người cao tuổi, người khuyết tật tại nhà", criterion: "5.1", lead: "Sở Tư pháp", sameCooperating: true, due: "2026-10-12", product: "Văn bản hướng dẫn"},
	}},
	{"VI. CUNG ỨNG DỊCH VỤ CÔNG", []duty{
		{text: "Khắc phục tình trạng chờ khám quá 60 phút tại các bệnh viện tuyến tỉnh", criterion: "6.1", lead: "Sở Y tế", cooperating: "Sở Tài chính", due: "Quý IV/2026", product: "Báo cáo kết quả"},
		{text: "Công khai các khoản thu đầu năm học của các trường tiểu học công lập", criterion: "6.2", lead: "Sở Giáo dục và Đào tạo", cooperating: "UBND các xã, phường", due: "2026-10-15", product: "Bảng công khai"},
	}},
	{"VII. QUẢN TRỊ MÔI TRƯỜNG", []duty{
		{text: "Lắp đặt hệ thống lấy mẫu, công bố chất lượng nước sinh hoạt nông thôn", criterion: "7.3", lead: "Sở Xây dựng", cooperating: "Sở Y tế", due: "2026-09-20", product: "Báo cáo chất lượng nước"},
		{text: "Xử lý phản ánh về rác thải, đốt rác lộ thiên qua ứng dụng phản ánh hiện trường", criterion: "7.1", lead: "Sở Nông nghiệp và Môi trường", cooperating: "UBND các xã, phường", due: "Thường xuyên", product: "Báo cáo quý"},
	}},
	{"VIII. QUẢN TRỊ ĐIỆN TỬ", []duty{
		{text: "Trả lời 100% câu hỏi của người dân trên Cổng Thông tin điện tử tỉnh trong ba ngày làm việc", criterion: "8.3", lead: "Văn phòng UBND tỉnh", cooperating: "Các sở, ban, ngành", due: "Trước ngày 31/10/2026", product: "Báo cáo thống kê"},
	}},
}
