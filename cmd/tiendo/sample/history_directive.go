package sample

// directiveHistory is what happened to the duties of Chỉ thị 10/CT-UBND that departments, boards and vertical agencies lead.
func directiveHistory() []Event {
	d := func(ref, agency string) duty { return duty{Directive, ref, agency, ""} }
	return []Event{
		d("1.a", "SCT").submit("09-24 09:12", "Đã phân công Phó Giám đốc phụ trách và 04 công chức theo dõi 11 tiêu chí thành phần; bảng phân công đã gửi Sở Nội vụ.", "1186/SCT-VP", ""),
		d("1.a", "SCT").confirm("09-25 08:40"),
		d("1.a", "SNGV").submit("09-28 10:05", "Sở có 03 tiêu chí mất điểm năm 2025, đã giao Chánh Văn phòng và Thanh tra Sở theo dõi.", "402/SNgV-VP", ""),
		d("1.a", "SNGV").confirm("09-30 14:20"),
		d("1.a", "STP").submit("09-30 15:45", "Đã ban hành quyết định phân công kèm phụ lục 14 tiêu chí, mỗi tiêu chí ghi rõ lãnh đạo và công chức chịu trách nhiệm.", "88/QĐ-STP", ""),
		d("1.a", "STP").confirm("10-01 09:05"),
		d("1.a", "SYT").report("09-22 16:10", 40, "Đã rà soát xong các tiêu chí về thủ tục hành chính; đang thống nhất phân công với các phòng nghiệp vụ."),
		d("1.a", "BQLDA").report("10-02 10:30", 60, "Đã có dự thảo bảng phân công, chờ Giám đốc Ban cho ý kiến."),

		d("2.a", "SNV").report("08-14 09:20", 30, "Đã hoàn thành đề cương Quy chế, gửi lấy ý kiến 28 cơ quan, địa phương."),
		d("2.a", "SNV").report("09-28 16:35", 80, "Đã tiếp thu ý kiến của 25/28 cơ quan. Sở Tư pháp đang thẩm định, dự kiến trình UBND tỉnh chậm khoảng một tuần so với hạn."),
		d("2.b", "SNV").report("09-18 10:15", 25, "Đã thống nhất bộ câu hỏi chấm điểm và luồng duyệt với Sở Khoa học và Công nghệ; đang lập dự toán thuê phần mềm."),
		d("2.c", "SNV").report("08-12 15:00", 20, "Kiểm tra đột xuất tại phường Mẫu Lâm và xã Khe Lạnh; nhắc nhở 02 công chức đi muộn, không đeo thẻ."),
		d("2.c", "SNV").report("09-24 11:10", 45, "Quý III đã kiểm tra 05/12 xã, phường. Còn tình trạng nhận hồ sơ giấy nhưng chưa nhập hệ thống tại 02 xã; đã yêu cầu khắc phục."),
		d("2.d", "SNV").report("09-14 14:30", 50, "Đã mở kho tài liệu kiểm chứng dùng chung; 19 cơ quan, địa phương đã cập nhật."),
		d("2.đ", "SNV").report("09-16 09:00", 40, "Đã chốt nội dung, giảng viên và danh sách 48 học viên từ 12 xã, phường."),
		d("2.đ", "SNV").submit("10-02 16:20", "Lớp bồi dưỡng đã kết thúc ngày 30/9/2026, 45/48 học viên đạt yêu cầu. Gửi kèm lịch học và sĩ số từng buổi.", "1520/BC-SNV", "danh-sach-lop-boi-duong.xlsx"),

		d("3.a", "VPUB").report("08-21 10:00", 45, "Đã đối chiếu xong 9/16 lĩnh vực với các quyết định công bố của bộ, ngành."),
		d("3.a", "VPUB").submit("09-25 16:05", "Chủ tịch UBND tỉnh đã ký quyết định công bố danh mục 416 thủ tục thực hiện tại cấp xã.", "1847/QĐ-UBND", ""),
		d("3.a", "VPUB").sendBack("09-28 09:15", "Danh mục còn thiếu 06 thủ tục lĩnh vực lâm nghiệp đã phân cấp cho xã. Đề nghị bổ sung rồi gửi lại."),
		d("3.a", "VPUB").submit("09-30 10:40", "Đã công bố bổ sung 06 thủ tục lĩnh vực lâm nghiệp, nâng tổng số lên 422 thủ tục.", "1861/QĐ-UBND", ""),
		d("3.a", "VPUB").confirm("10-01 15:30"),
		d("3.b", "VPUB").report("08-04 08:50", 15, "Đã công khai kết quả tháng 7: toàn tỉnh trả đúng hạn 96,2% hồ sơ."),
		d("3.b", "VPUB").report("09-04 09:10", 30, "Đã công khai kết quả tháng 8: đúng hạn 97,1%; 03 xã dưới 90%."),
		d("3.c", "VPUB").report("09-21 14:45", 45, "Đã tái cấu trúc và chạy thử 18/40 dịch vụ, giảm trung bình 03 giấy tờ một hồ sơ."),

		d("4.-1", "SKHCN").report("08-20 09:30", 50, "Hoàn thành phần tra cứu hồ sơ trên điện thoại; đang kiểm thử nhắn tin tự động."),
		d("4.-1", "SKHCN").report("09-29 15:15", 75, "Đang kiểm thử diện rộng tại 04 xã, phường; dự kiến đưa vào sử dụng ngày 14/10."),
		d("4.-2", "SKHCN").submit("09-24 17:05", "Đã kết nối và đồng bộ trạng thái hồ sơ của toàn bộ các cơ quan với Cổng Dịch vụ công quốc gia.", "934/BC-SKHCN", ""),
		d("4.-2", "SKHCN").sendBack("09-29 10:20", "Đối chiếu ngày 28/9 còn hơn 1.100 hồ sơ đất đai không hiện trạng thái trên Cổng quốc gia. Đề nghị xử lý và gửi biên bản đối soát."),
		d("4.-3", "SKHCN").report("09-11 10:00", 50, "Quý III hệ thống gián đoạn 01 lần, 35 phút; đã thay thiết bị cân bằng tải và diễn tập ứng cứu sự cố."),

		d("5", "STC").submit("08-26 15:10", "Đã giải quyết dứt điểm 14/14 hồ sơ quá hạn, gửi thư xin lỗi đến từng tổ chức, cá nhân.", "412/BC-STC", "bao-cao-412-stc-ho-so-qua-han.docx"),
		d("5", "STC").confirm("08-28 09:00"),
		d("5", "SXD").report("08-27 16:40", 65, "Còn 11/32 hồ sơ cấp phép xây dựng quá hạn do phải lấy lại ý kiến về phòng cháy."),
		d("5", "SXD").submit("09-04 14:25", "Đã trả kết quả 32/32 hồ sơ quá hạn; công khai lý do chậm và thư xin lỗi trên trang thông tin của Sở.", "765/BC-SXD", ""),
		d("5", "SXD").confirm("09-08 10:10"),
		d("5", "SNNMT").report("08-28 11:30", 55, "Đã giải quyết 118/214 hồ sơ đất đai quá hạn. Vướng ở khâu đối chiếu bản đồ cũ của các xã vừa sáp nhập."),
		d("5", "SNNMT").report("09-21 09:40", 70, "Còn 64 hồ sơ quá hạn; đã tăng cường 06 viên chức đo đạc cho xã Pác Luông và xã Lũng Trăng."),

		d("7.a", "STP").report("09-25 10:50", 60, "Đã kiểm tra 143/240 văn bản của cấp huyện trước đây; kiến nghị bãi bỏ 52 văn bản."),
		d("9", "SYT").report("09-10 15:20", 50, "Đã khảo sát 1.870 người bệnh tại 13 cơ sở; đang chờ số liệu của Sở Giáo dục và Đào tạo để công bố chung."),
		d("9", "SGDDT").submit("09-30 16:50", "Đã công bố kết quả khảo sát chung hai ngành: người bệnh hài lòng 88,4%, cha mẹ học sinh 91,0%; kèm kế hoạch khắc phục 07 nội dung.", "1290/KH-SGDĐT-SYT", ""),
		d("11.a", "CAT").report("09-16 08:30", 65, "Công an 12 xã, phường đã bố trí cán bộ trực hướng dẫn vào sáng thứ Ba, thứ Năm; kích hoạt thêm 6.240 tài khoản."),
		d("12", "BQLKKT").report("09-23 09:25", 35, "Đã cập nhật quy hoạch phân khu và 21 dự án mời gọi đầu tư; đang dịch hướng dẫn thủ tục sang tiếng Trung, tiếng Anh."),
	}
}

// communeHistory is what happened to the duties of Chỉ thị 10/CT-UBND that communes and wards lead. Xã Phiêng Ban did nothing.
func communeHistory() []Event {
	d := func(ref, agency string) duty { return duty{Directive, ref, agency, ""} }
	return []Event{
		d("1.a", "P-DONGCAU").report("09-25 15:35", 30, "Đã họp phân công, đang chờ Chủ tịch UBND phường ký."),
		d("1.a", "X-DOICHE").submit("09-29 08:45", "Đã phân công Phó Chủ tịch UBND xã phụ trách chung.", "41/UBND-VP", ""),
		d("1.a", "X-DOICHE").sendBack("09-30 09:50", "Chưa có công chức chịu trách nhiệm cho từng tiêu chí như Chỉ thị yêu cầu."),
		d("1.a", "P-THANHKY").submit("10-01 10:15", "Gửi bảng phân công 09 tiêu chí, mỗi tiêu chí một công chức phụ trách.", "112/UBND-VP", ""),

		d("10.a", "P-MAULAM").submit("09-18 09:30", "Đã niêm yết tại trụ sở và 21/21 nhà văn hóa tổ dân phố; gắn mã QR tra cứu.", "207/BC-UBND", ""),
		d("10.a", "P-MAULAM").confirm("09-22 08:35"),
		d("10.a", "X-THACMAY").report("09-09 14:00", 60, "Đã niêm yết tại trụ sở và 08/14 nhà văn hóa thôn."),
		d("10.a", "X-THACMAY").submit("09-24 10:20", "Đã hoàn thành niêm yết tại trụ sở và 14/14 nhà văn hóa thôn.", "58/BC-UBND", "bao-cao-58-thac-may-niem-yet.docx"),
		d("10.a", "X-THACMAY").confirm("09-25 09:10"),
		d("10.a", "X-NALUONG").submit("09-25 08:55", "Hoàn thành niêm yết tại trụ sở và 11 nhà văn hóa thôn, có ảnh chụp lưu tại xã.", "63/BC-UBND", ""),
		d("10.a", "X-NALUONG").confirm("09-28 10:45"),
		d("10.a", "P-THANHKY").submit("09-28 14:30", "Hoàn thành niêm yết tại trụ sở, chợ trung tâm và 16 tổ dân phố.", "109/BC-UBND", ""),
		d("10.a", "P-THANHKY").confirm("09-29 08:30"),
		d("10.a", "X-LUNGTRANG").submit("09-28 16:15", "Đã niêm yết tại trụ sở và các nhà văn hóa thôn.", "19/BC-UBND", "bao-cao-19-lung-trang-niem-yet.docx"),
		d("10.a", "X-LUNGTRANG").sendBack("09-30 11:05", "Báo cáo nêu 03 nhà văn hóa, trong khi xã có 17 thôn. Đề nghị niêm yết đủ và ghi rõ số điện thoại đường dây nóng."),
		d("10.a", "P-DONGCAU").submit("09-29 08:20", "Hoàn thành niêm yết tại các tổ dân phố.", "95/BC-UBND", ""),
		d("10.a", "P-DONGCAU").withdraw("09-29 09:05"),
		d("10.a", "P-DONGCAU").submit("09-30 09:45", "Hoàn thành niêm yết tại trụ sở và 18/18 tổ dân phố (báo cáo ngày 29/9 ghi thiếu số lượng).", "97/BC-UBND", ""),
		d("10.a", "P-DONGCAU").confirm("10-02 08:25"),
		d("10.a", "X-SUOINHAN").submit("09-29 15:50", "Hoàn thành niêm yết tại trụ sở và 09/09 thôn.", "33/BC-UBND", ""),
		d("10.a", "X-SUOINHAN").confirm("10-01 10:00"),
		d("10.a", "X-KHELANH").submit("09-30 16:40", "Hoàn thành niêm yết tại trụ sở và 12/12 thôn, thôn Nà Sỏi dùng bảng tạm.", "71/BC-UBND", ""),
		d("10.a", "X-BANVAI").submit("10-01 09:30", "Hoàn thành niêm yết tại 15/15 thôn; chậm một ngày do mưa lũ chia cắt hai thôn vùng cao.", "46/BC-UBND", ""),
		d("10.a", "X-BANVAI").confirm("10-02 14:10"),
		d("10.a", "X-DOICHE").submit("10-02 11:25", "Hoàn thành niêm yết tại trụ sở và 10/10 thôn.", "43/BC-UBND", ""),
		d("10.a", "X-PACLUONG").report("09-23 10:35", 50, "Đã niêm yết tại trụ sở và 06/13 thôn; đang chờ in thêm bảng."),

		d("10.b", "P-MAULAM").submit("09-21 16:30", "Ngày 19/9 đã tổ chức hội nghị đối thoại với 186 người dân, trả lời tại chỗ 23/27 ý kiến.", "211/TB-UBND", ""),
		d("10.b", "P-MAULAM").confirm("09-23 09:20"),
		d("10.b", "X-NALUONG").report("09-28 15:05", 20, "Đã ban hành kế hoạch, dự kiến đối thoại ngày 24/10."),
	}
}
