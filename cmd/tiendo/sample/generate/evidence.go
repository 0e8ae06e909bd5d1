package main

import (
	"slices"
	"time"
)

// letter is a short report or official letter that an agency files as evidence.
type letter struct {
	file, agency, number, place, kind, about, created string
	text                                              []string
	office, signer                                    string
}

func (l letter) document() document {
	return document{
		name: l.file, Title: l.kind + " " + l.number, Author: l.agency, Created: l.created,
		Blocks: slices.Concat(
			[]block{head("ỦY BAN NHÂN DÂN TỈNH MẪU SƠN", l.agency, l.number, l.place)},
			title(l.kind, l.about),
			bodies(l.text...),
			[]block{closing([]string{"- UBND tỉnh;", "- Sở Nội vụ;", "- Lưu: VT."}, l.office, "", "", l.signer)},
		),
	}
}

var evidenceLetters = []letter{
	{
		file: "bao-cao-412-stc-ho-so-qua-han.docx", agency: "SỞ TÀI CHÍNH", number: "412/BC-STC", place: "Mẫu Sơn, ngày 26 tháng 8 năm 2026",
		kind: "BÁO CÁO", about: "Kết quả giải quyết hồ sơ quá hạn", created: "2026-08-26T07:00:00Z",
		text: []string{
			"Qua rà soát, Sở có 14 hồ sơ quá hạn, chủ yếu thuộc lĩnh vực đăng ký hộ kinh doanh và quyết toán vốn. Đến ngày 26/8/2026 đã trả kết quả cả 14 hồ sơ.",
			"Sở đã gửi thư xin lỗi đến từng tổ chức, cá nhân và công khai lý do chậm tại Trung tâm Phục vụ hành chính công tỉnh.",
		},
		office: "GIÁM ĐỐC", signer: "Trịnh Công Sáng",
	},
	{
		file: "bao-cao-230-stp-ra-soat-van-ban.docx", agency: "SỞ TƯ PHÁP", number: "230/BC-STP", place: "Mẫu Sơn, ngày 11 tháng 9 năm 2026",
		kind: "BÁO CÁO", about: "Kết quả rà soát văn bản quy phạm pháp luật sau sắp xếp đơn vị hành chính", created: "2026-09-11T02:00:00Z",
		text: []string{
			"Sở đã rà soát 186 văn bản; đề nghị công bố hết hiệu lực 41 văn bản, sửa đổi 27 văn bản và tiếp tục áp dụng 118 văn bản.",
			"Quyết định công bố danh mục đã được Chủ tịch UBND tỉnh ký ngày 10/9/2026.",
		},
		office: "GIÁM ĐỐC", signer: "Đỗ Minh Phương",
	},
	{
		file: "ket-luan-77-syt-kiem-tra-benh-vien.docx", agency: "SỞ Y TẾ", number: "77/KL-SYT", place: "Mẫu Sơn, ngày 27 tháng 8 năm 2026",
		kind: "KẾT LUẬN", about: "Kiểm tra việc thu, chi tại các cơ sở y tế công lập", created: "2026-08-27T09:00:00Z",
		text: []string{
			"Đoàn kiểm tra đã làm việc tại 04 bệnh viện và 09 trạm y tế, phỏng vấn 312 người bệnh. Có 06 phản ánh phải chi ngoài quy định, tập trung ở khâu làm thủ tục ra viện.",
			"Sở yêu cầu các đơn vị hoàn trả, kiểm điểm 03 viên chức và lắp bảng giá điện tử tại khu tiếp đón.",
		},
		office: "GIÁM ĐỐC", signer: "Trương Bá Lâm",
	},
	{
		file: "bao-cao-58-thac-may-niem-yet.docx", agency: "UBND XÃ THÁC MÂY", number: "58/BC-UBND", place: "Thác Mây, ngày 24 tháng 9 năm 2026",
		kind: "BÁO CÁO", about: "Kết quả niêm yết công khai thủ tục hành chính", created: "2026-09-24T03:00:00Z",
		text: []string{
			"Xã đã niêm yết 312 thủ tục tại trụ sở và bản rút gọn kèm mã QR tại 14/14 nhà văn hóa thôn; số điện thoại đường dây nóng in trên từng bảng.",
		},
		office: "CHỦ TỊCH", signer: "Ma Đình Khải",
	},
	{
		file: "bao-cao-19-lung-trang-niem-yet.docx", agency: "UBND XÃ LŨNG TRĂNG", number: "19/BC-UBND", place: "Lũng Trăng, ngày 28 tháng 9 năm 2026",
		kind: "BÁO CÁO", about: "Kết quả niêm yết thủ tục hành chính", created: "2026-09-28T08:00:00Z",
		text: []string{
			"Xã đã niêm yết thủ tục hành chính tại trụ sở UBND xã và 03 nhà văn hóa thôn.",
		},
		office: "KT. CHỦ TỊCH", signer: "Vàng A Súa",
	},
}

// digitisedFiles is the list of files that Sở Tư pháp has digitised.
func digitisedFiles() ([]byte, error) {
	s := sheet{name: "Số hóa", widths: []float64{6, 40, 16, 16}, heads: []int{1}, rows: [][]any{{"TT", "Loại sổ, hồ sơ", "Số lượng", "Đã số hóa"}}}
	for i, r := range []struct {
		name        string
		count, done int
	}{
		{"Sổ đăng ký khai sinh", 1240, 1240}, {"Sổ đăng ký kết hôn", 830, 830}, {"Sổ đăng ký khai tử", 610, 610}, {"Hồ sơ quốc tịch, lý lịch tư pháp", 2915, 2915},
	} {
		s.rows = append(s.rows, []any{i + 1, r.name, r.count, r.done})
	}
	return workbook("2026-09-22T03:00:00Z", s)
}

// trainingList is the timetable of the training class that Sở Nội vụ opens.
func trainingList() ([]byte, error) {
	day := func(d int) time.Time { return time.Date(2026, time.September, d, 0, 0, 0, 0, time.UTC) }
	s := sheet{name: "Lịch học", widths: []float64{6, 48, 16, 20}, heads: []int{1}, rows: [][]any{
		{"TT", "Chuyên đề", "Ngày", "Số học viên"},
		{1, "Giao tiếp với người dân, xử lý tình huống khó", day(28), 48},
		{2, "Tiếp nhận hồ sơ liên thông trên hệ thống", day(29), 48},
		{3, "Thực hành tại Trung tâm Phục vụ hành chính công tỉnh", day(30), 45},
	}}
	return workbook("2026-09-30T09:00:00Z", s)
}
