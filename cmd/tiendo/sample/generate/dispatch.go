package main

import "slices"

// dispatch is Công văn 845/UBND-KSTT, which asks the communes for a report each month.
func dispatch() document {
	return document{
		name:    "cong-van-845.docx",
		Title:   "Công văn 845/UBND-KSTT",
		Author:  "Văn phòng UBND tỉnh Mẫu Sơn",
		Created: "2026-08-07T03:00:00Z",
		Blocks: slices.Concat(
			[]block{head("ỦY BAN NHÂN DÂN", "TỈNH MẪU SƠN", "845/UBND-KSTT", "Mẫu Sơn, ngày 07 tháng 8 năm 2026")},
			[]block{para(paragraph{Text: "V/v báo cáo hằng tháng kết quả giải quyết thủ tục hành chính tại cấp xã", Align: "center"})},
			[]block{para(paragraph{Text: "Kính gửi: UBND các xã, phường", Align: "center"})},
			bodies(
				"Để theo dõi kịp thời việc giải quyết thủ tục hành chính sau khi phân cấp, UBND tỉnh yêu cầu:",
				"1. UBND các xã, phường báo cáo kết quả giải quyết thủ tục hành chính trong tháng, nêu rõ số hồ sơ quá hạn và lý do, gửi Văn phòng UBND tỉnh trước ngày 25 hằng tháng.",
				"2. Văn phòng UBND tỉnh chủ trì, phối hợp với Sở Khoa học và Công nghệ đối chiếu số liệu báo cáo với Hệ thống thông tin giải quyết thủ tục hành chính, hoàn thành trước ngày 10/12/2026.",
			),
			[]block{closing([]string{
				"- Như trên;",
				"- Văn phòng UBND tỉnh;",
				"- Sở Khoa học và Công nghệ;",
				"- Lưu: VT, KSTT.",
			}, "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "", "Lương Thị Bích Ngọc")},
		),
	}
}

// draftPlan is the draft of next year's plan, which goes round for comment and is not issued yet.
func draftPlan() document {
	return document{
		name:    "du-thao-ke-hoach-2027.docx",
		Title:   "Dự thảo Kế hoạch cải cách hành chính năm 2027",
		Author:  "Sở Nội vụ tỉnh Mẫu Sơn",
		Created: "2026-09-25T02:00:00Z",
		Blocks: slices.Concat(
			[]block{head("ỦY BAN NHÂN DÂN", "TỈNH MẪU SƠN", "        /KH-UBND", "Mẫu Sơn, ngày     tháng     năm 2026")},
			title("KẾ HOẠCH", "Cải cách hành chính năm 2027 của tỉnh Mẫu Sơn"),
			bodies("Ủy ban nhân dân tỉnh ban hành Kế hoạch cải cách hành chính năm 2027 với các nội dung sau:"),
			[]block{heading("I. MỤC TIÊU")},
			bodies("Chỉ số cải cách hành chính năm 2027 của tỉnh nằm trong nhóm 30 tỉnh, thành phố dẫn đầu."),
			[]block{heading("II. NHIỆM VỤ")},
			bodies(
				"1. Sở Nội vụ chủ trì, phối hợp với Văn phòng UBND tỉnh tham mưu UBND tỉnh ban hành Bộ tiêu chí chấm điểm cải cách hành chính của UBND cấp xã, hoàn thành trước ngày 31/3/2027.",
				"2. Sở Tư pháp rà soát, công bố danh mục văn bản quy phạm pháp luật hết hiệu lực năm 2026, hoàn thành trước ngày 31/01/2027.",
				"3. Văn phòng UBND tỉnh cắt giảm thêm ít nhất 20% thời gian giải quyết đối với thủ tục hành chính nội bộ, hoàn thành trước ngày 30/6/2027.",
				"4. Sở Tài chính tham mưu bố trí kinh phí thuê dịch vụ công nghệ thông tin cho UBND các xã, phường, hoàn thành trước ngày 28/02/2027.",
				"5. Sở Khoa học và Công nghệ chủ trì, phối hợp với Công an tỉnh kết nối Cơ sở dữ liệu quốc gia về dân cư với Hệ thống thông tin giải quyết thủ tục hành chính, hoàn thành trước ngày 30/9/2027.",
				"6. UBND các xã, phường bố trí ít nhất 01 công chức chuyên trách cải cách hành chính, hoàn thành trước ngày 31/3/2027.",
			),
			[]block{closing([]string{
				"- Các sở, ban, ngành;",
				"- UBND các xã, phường;",
				"- Lưu: VT, SNV.",
			}, "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")},
		),
	}
}
