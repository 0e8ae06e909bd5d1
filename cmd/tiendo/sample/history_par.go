package sample

// parHistory is what happened to the duties of Kế hoạch 98/KH-UBND.
func parHistory() []Event {
	d := func(ref, agency string) duty { return duty{PARPlan, ref, agency, ""} }
	return []Event{
		d("III.1", "SNV").report("09-14 16:15", 45, "Đến 14/9: 03/21 nhiệm vụ hoàn thành, trong đó 02 nhiệm vụ chậm hạn; đã nhắc các cơ quan bằng văn bản."),
		d("III.2", "STC").report("09-14 10:40", 50, "Đã bố trí 4,2 tỷ đồng từ nguồn sự nghiệp; phần thuê phần mềm chờ dự toán của Sở Nội vụ."),

		d("1", "SKHCN").submit("09-10 09:35", "Đã ban hành kế hoạch khắc phục các tiêu chí về chính quyền số.", "57/KH-SKHCN", ""),
		d("1", "SKHCN").sendBack("09-14 15:10", "Kế hoạch chưa có tiêu chí 7.4 mà Sở bị trừ 0,75 điểm năm 2025."),
		d("1", "STC").submit("09-15 14:05", "Đã ban hành kế hoạch khắc phục 06 tiêu chí, tập trung vào giải ngân và xử lý tài sản công.", "61/KH-STC", ""),
		d("1", "STC").confirm("09-17 09:30"),
		d("1", "BQLKKT").submit("09-22 10:10", "Đã ban hành kế hoạch khắc phục 03 tiêu chí của Ban.", "18/KH-BQLKKT", ""),
		d("1", "BQLKKT").confirm("09-24 08:50"),
		d("1", "SVHTTDL").report("09-23 15:45", 50, "Đã có dự thảo kế hoạch, đang lấy ý kiến các phòng, đơn vị trực thuộc."),
		d("1", "SYT").report("09-29 09:15", 35, "Đang rà soát các tiêu chí về công khai giá dịch vụ và vị trí việc làm."),
		d("1", "TTT").submit("10-02 15:35", "Đã ban hành kế hoạch khắc phục 02 tiêu chí về công tác kiểm tra.", "29/KH-TTr", ""),

		d("2", "SNV").report("08-27 10:25", 50, "Đã kiểm tra 05 sở và 02 xã; các thiếu sót chủ yếu về lưu hồ sơ kiểm chứng."),
		d("2", "SNV").submit("09-30 17:10", "Đã kiểm tra 06/16 cơ quan cấp tỉnh và 04/12 xã, phường, đạt 35,7%; báo cáo nêu 41 kiến nghị.", "1498/BC-SNV", ""),
		d("3", "SNV").report("09-23 14:20", 40, "Đã phát động cuộc thi ngày 21/9; sau ba ngày có 2.315 lượt dự thi."),
		d("4", "SNV").report("10-01 11:15", 60, "Đã nhận tự chấm điểm của 15/16 cơ quan cấp tỉnh và 09/12 xã, phường; đang thẩm định."),

		d("5", "STP").report("08-13 09:50", 40, "Đã rà soát 92/186 văn bản."),
		d("5", "STP").submit("09-11 10:30", "Đã công bố danh mục 41 văn bản hết hiệu lực, 27 văn bản cần sửa đổi.", "230/BC-STP", "bao-cao-230-stp-ra-soat-van-ban.docx"),
		d("5", "STP").confirm("09-14 08:45"),

		d("7", "VPUB").report("08-28 15:25", 80, "Đã tổng hợp phương án của 11/12 sở, còn chờ Sở Xây dựng."),
		d("7", "VPUB").submit("09-03 10:55", "Chủ tịch UBND tỉnh đã phê duyệt phương án cắt giảm đối với 137 thủ tục, giảm bình quân 34% thời gian.", "1702/QĐ-UBND", ""),
		d("7", "VPUB").confirm("09-07 09:20"),

		d("9", "STP").submit("09-22 11:00", "Đã số hóa toàn bộ sổ hộ tịch và hồ sơ quốc tịch còn hiệu lực; gửi kèm danh mục.", "241/BC-STP", "danh-muc-ho-so-so-hoa.xlsx"),
		d("9", "STP").confirm("09-24 14:35"),
		d("9", "SXD").report("09-24 16:00", 70, "Đã số hóa 8.410/12.050 hồ sơ cấp phép; kho lưu trữ của hai huyện cũ chưa bàn giao đủ."),
		d("9", "SNNMT").submit("09-25 16:55", "Đã số hóa hồ sơ đất đai của 12 xã, phường.", "1033/BC-SNNMT", ""),
		d("9", "SNNMT").sendBack("09-29 14:50", "Thiếu danh mục hồ sơ đã số hóa là sản phẩm bắt buộc; số liệu không khớp với hệ thống."),

		d("10", "SNV").submit("09-17 15:30", "Đã rà soát 36 phòng chuyên môn thuộc 12 xã, phường; đề xuất điều chỉnh biên chế tại 05 xã.", "1432/BC-SNV", ""),
		d("10", "SNV").confirm("09-21 10:30"),
		d("11", "STP").report("09-15 16:20", 40, "Sở Tư pháp đã gửi góp ý dự thảo; Sở Nội vụ đang rà lại 63 nội dung phân cấp với các sở."),
		d("12", "SNV").report("09-25 09:05", 15, "Đã nhận đề án điều chỉnh của 03/16 cơ quan."),
		d("13", "SNV").report("09-30 10:00", 20, "Đã có kế hoạch mở lớp, đang liên hệ giảng viên cho ngày 08/10."),

		d("14", "STC").report("08-19 15:40", 20, "Đến 15/8 toàn tỉnh giải ngân 41,3% kế hoạch vốn; 04 chủ đầu tư dưới 25%."),
		d("14", "STC").report("09-18 14:55", 35, "Đến 15/9 giải ngân đạt 52,6%; đã công khai danh sách chủ đầu tư chậm."),
		d("15", "STC").submit("08-24 16:25", "Trình phương án xử lý 48 trụ sở dôi dư.", "398/TTr-STC", ""),
		d("15", "STC").sendBack("08-27 10:05", "Phương án chưa được cấp có thẩm quyền phê duyệt nên chưa coi là hoàn thành; 07 trụ sở chưa rõ hướng sử dụng."),
		d("15", "STC").submit("09-09 09:55", "UBND tỉnh đã phê duyệt phương án xử lý 48 trụ sở: 29 bố trí lại, 12 bán đấu giá, 07 làm nhà văn hóa.", "1738/QĐ-UBND", ""),
		d("15", "STC").confirm("09-11 15:00"),
		d("16", "BQLDA").report("09-28 11:20", 58, "Giải ngân 612/1.055 tỷ đồng; vướng mặt bằng tại dự án cầu Nà Lương."),

		d("17", "SKHCN").report("09-08 10:20", 60, "Nền tảng đã cài đặt xong; kết nối được 06/12 cơ sở dữ liệu."),
		d("17", "SKHCN").report("09-30 15:20", 85, "Đã kết nối 10/12 cơ sở dữ liệu; còn dữ liệu đất đai và hộ tịch chờ bộ chủ quản mở cổng."),
		d("18", "SKHCN").report("09-30 08:40", 50, "Đã tập huấn cho 06/12 xã, phường; còn các xã biên giới trong tuần 12-16/10."),
		d("19", "CAT").report("09-24 09:45", 72, "Đã cấp tài khoản cho 1.984/2.756 cơ quan, tổ chức."),
		d("21", "SNV").report("09-15 09:25", 50, "Đã khảo sát 3.200 phiếu tại 12 xã, phường; mức hài lòng chung 85,1%."),
	}
}
