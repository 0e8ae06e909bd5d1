package sample

// papiHistory is what happened to the duties of Kế hoạch 131/KH-UBND.
func papiHistory() []Event {
	d := func(ref, agency string) duty { return duty{PAPIPlan, ref, agency, ""} }
	return []Event{
		d("III.1", "VPUB").submit("09-14 09:10", "Chuyên mục “Dân hỏi, chính quyền trả lời” đã phát số đầu ngày 12/9 trên truyền hình và báo điện tử.", "720/BC-VPUBND", ""),
		d("III.1", "VPUB").confirm("09-16 10:35"),

		d("1", "SNV").submit("09-09 14:40", "Đã ban hành hướng dẫn bầu trưởng thôn, tổ trưởng tổ dân phố; tập huấn trực tuyến đến 12 xã, phường.", "1377/HD-SNV", ""),
		d("1", "SNV").confirm("09-11 09:35"),
		d("2", "P-MAULAM").submit("09-29 10:50", "Đã niêm yết, phát tờ thông báo đến 3.412 hộ về các khoản đóng góp năm 2026.", "219/BC-UBND", ""),
		d("2", "P-MAULAM").confirm("10-01 14:15"),
		d("2", "X-THACMAY").report("09-30 09:20", 30, "Đã lập danh sách các khoản đóng góp của 05/14 thôn."),
		d("2", "X-BANVAI").report("09-22 14:10", 15, "Đã quán triệt đến trưởng thôn, đang thống nhất mẫu công khai."),

		d("3", "SNNMT").report("09-16 15:55", 45, "Đã dự thảo hướng dẫn, lấy ý kiến 12 xã, phường."),
		d("3", "SNNMT").submit("10-01 16:30", "Đã ban hành hướng dẫn lấy ý kiến người dân và mẫu niêm yết danh sách hộ nghèo, hộ cận nghèo.", "1061/HD-SNNMT", ""),
		d("4", "STC").submit("09-23 11:40", "12/12 xã, phường đã công khai dự toán 2026 và quyết toán 2025 theo mẫu mới.", "447/BC-STC", ""),
		d("4", "STC").confirm("09-25 10:20"),
		d("5", "SNNMT").report("09-24 08:35", 20, "Đã số hóa bảng giá đất của 04/12 xã, phường."),
		d("6", "TTT").report("09-15 10:10", 35, "Quý III kiểm tra 04 xã: 02 Chủ tịch UBND xã tiếp công dân chưa đủ số ngày quy định."),
		d("7", "STP").report("10-02 09:40", 80, "Đã tổ chức 04/05 đợt trợ giúp pháp lý lưu động; đợt cuối tại xã Lũng Trăng ngày 07/10."),
		d("8", "SYT").submit("08-28 10:45", "Đã kết luận kiểm tra 04 bệnh viện, 09 trạm y tế; xử lý 03 viên chức, hoàn trả tiền cho 06 người bệnh.", "77/KL-SYT", "ket-luan-77-syt-kiem-tra-benh-vien.docx"),
		d("8", "SYT").confirm("09-03 09:00"),
		d("10", "SNNMT").report("09-22 16:45", 50, "Đã rút ngắn từ 30 xuống 22 ngày tại hai phường; các xã chưa đủ nhân lực đo đạc."),
		d("12", "SYT").report("09-18 09:05", 35, "Bệnh viện đa khoa tỉnh đã mở thêm 06 bàn khám, thời gian chờ bình quân còn 74 phút."),
		d("13", "SGDDT").report("09-28 08:30", 40, "37/58 trường tiểu học đã công khai các khoản thu."),
		d("14", "SXD").submit("09-24 15:00", "Đã lắp 22 điểm lấy mẫu, công bố kết quả lần đầu trên trang thông tin của Sở.", "803/BC-SXD", ""),
		d("14", "SXD").confirm("09-28 14:25"),
		d("16", "VPUB").report("09-29 16:10", 60, "Từ đầu quý đã trả lời 318/341 câu hỏi đúng ba ngày làm việc (93,3%)."),
	}
}
