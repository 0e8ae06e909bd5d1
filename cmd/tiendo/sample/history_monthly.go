package sample

// monthlyHistory is what the communes reported each month by Công văn 845/UBND-KSTT, a period each: nothing came from xã Phiêng Ban, and two
// reports were late.
func monthlyHistory() []Event {
	d := func(agency, period string) duty { return duty{Dispatch, "1", agency, period} }
	const august, september = "2026-08-25", "2026-09-25"
	return []Event{
		d("P-MAULAM", august).submit("08-21 09:15", "Tháng 8 tiếp nhận 1.284 hồ sơ, trả đúng hạn 1.271; 13 hồ sơ đất đai quá hạn do chờ trích đo.", "188/BC-UBND", ""),
		d("P-THANHKY", august).submit("08-21 15:40", "Tháng 8 tiếp nhận 742 hồ sơ, không có hồ sơ quá hạn.", "96/BC-UBND", ""),
		d("X-THACMAY", august).submit("08-24 08:35", "Tháng 8 tiếp nhận 311 hồ sơ, 02 hồ sơ quá hạn đã xin lỗi người dân.", "49/BC-UBND", ""),
		d("X-SUOINHAN", august).submit("08-24 09:50", "Tháng 8 tiếp nhận 158 hồ sơ, không có hồ sơ quá hạn.", "27/BC-UBND", ""),
		d("X-NALUONG", august).submit("08-24 10:20", "Tháng 8 tiếp nhận 264 hồ sơ, 05 hồ sơ quá hạn do công chức tư pháp nghỉ ốm.", "55/BC-UBND", ""),
		d("P-DONGCAU", august).submit("08-24 14:30", "Tháng 8 tiếp nhận 655 hồ sơ, 04 hồ sơ quá hạn lĩnh vực xây dựng.", "81/BC-UBND", ""),
		d("X-DOICHE", august).submit("08-25 08:45", "Tháng 8 tiếp nhận 201 hồ sơ, không có hồ sơ quá hạn.", "36/BC-UBND", ""),
		d("X-KHELANH", august).submit("08-25 09:30", "Tháng 8 tiếp nhận 223 hồ sơ, 03 hồ sơ quá hạn.", "60/BC-UBND", ""),
		d("X-LUNGTRANG", august).submit("08-25 14:15", "Tháng 8 tiếp nhận 97 hồ sơ, không có hồ sơ quá hạn.", "12/BC-UBND", ""),
		d("X-PACLUONG", august).submit("08-25 15:05", "Tháng 8 tiếp nhận 184 hồ sơ, 21 hồ sơ đất đai quá hạn.", "30/BC-UBND", ""),
		d("X-BANVAI", august).submit("08-27 10:10", "Tháng 8 tiếp nhận 176 hồ sơ, 06 hồ sơ quá hạn; báo cáo chậm do mất mạng hai ngày.", "38/BC-UBND", ""),

		d("P-MAULAM", september).submit("09-22 09:40", "Tháng 9 tiếp nhận 1.362 hồ sơ, trả đúng hạn 1.358; còn 04 hồ sơ đất đai quá hạn.", "213/BC-UBND", ""),
		d("P-THANHKY", september).submit("09-22 16:00", "Tháng 9 tiếp nhận 801 hồ sơ, không có hồ sơ quá hạn.", "106/BC-UBND", ""),
		d("X-SUOINHAN", september).submit("09-23 08:55", "Tháng 9 tiếp nhận 149 hồ sơ, không có hồ sơ quá hạn.", "31/BC-UBND", ""),
		d("X-THACMAY", september).submit("09-23 10:30", "Tháng 9 tiếp nhận 342 hồ sơ, 01 hồ sơ quá hạn.", "57/BC-UBND", ""),
		d("P-DONGCAU", september).submit("09-24 09:10", "Tháng 9 tiếp nhận 690 hồ sơ, không có hồ sơ quá hạn.", "93/BC-UBND", ""),
		d("X-NALUONG", september).submit("09-24 14:20", "Tháng 9 tiếp nhận 270 hồ sơ, không có hồ sơ quá hạn.", "62/BC-UBND", ""),
		d("X-DOICHE", september).submit("09-24 16:45", "Tháng 9 tiếp nhận 212 hồ sơ, 02 hồ sơ quá hạn.", "40/BC-UBND", ""),
		d("X-KHELANH", september).submit("09-25 08:40", "Tháng 9 tiếp nhận 240 hồ sơ, không có hồ sơ quá hạn.", "69/BC-UBND", ""),
		d("X-BANVAI", september).submit("09-25 11:05", "Tháng 9 tiếp nhận 181 hồ sơ, 02 hồ sơ quá hạn.", "45/BC-UBND", ""),
		d("X-LUNGTRANG", september).submit("09-25 15:25", "Tháng 9 tiếp nhận 103 hồ sơ, không có hồ sơ quá hạn.", "18/BC-UBND", ""),
		d("X-PACLUONG", september).submit("09-29 09:20", "Tháng 9 tiếp nhận 190 hồ sơ, 17 hồ sơ đất đai quá hạn.", "35/BC-UBND", ""),
	}
}
