package main

import "slices"

// directive is Chỉ thị 10/CT-UBND. Its numbers are typed, as most offices type them.
func directive() document {
	return document{
		name:    "chi-thi-10.docx",
		Title:   "Chỉ thị 10/CT-UBND",
		Author:  "Văn phòng UBND tỉnh Mẫu Sơn",
		Created: "2026-07-06T08:00:00Z",
		Blocks: slices.Concat(
			[]block{head("ỦY BAN NHÂN DÂN", "TỈNH MẪU SƠN", "10/CT-UBND", "Mẫu Sơn, ngày 06 tháng 7 năm 2026")},
			title("CHỈ THỊ", "Về việc tăng cường công tác cải cách hành chính, nâng cao Chỉ số PAR INDEX và Chỉ số PAPI năm 2026 trên địa bàn tỉnh Mẫu Sơn"),
			directivePreamble(),
			directiveDepartments(),
			directiveOthers(),
			directiveEnd(),
		),
	}
}

func directivePreamble() []block {
	return bodies(
		"Năm 2025, cải cách hành chính của tỉnh Mẫu Sơn có chuyển biến: bộ máy chính quyền địa phương hai cấp vận hành ổn định, phần lớn hồ sơ được trả đúng hẹn, nhiều dịch vụ công được nộp tại nhà. Tuy vậy, kết quả công bố cho thấy Chỉ số cải cách hành chính (PAR INDEX) của tỉnh chỉ tăng nhẹ, Chỉ số hiệu quả quản trị và hành chính công (PAPI) giảm ở ba trong tám nội dung, nhất là công khai, minh bạch và trách nhiệm giải trình với người dân.",
		"Nguyên nhân chủ yếu là một số người đứng đầu còn giao khoán việc cải cách hành chính cho bộ phận tham mưu; việc kiểm tra, chấn chỉnh chưa đến nơi đến chốn; số liệu báo cáo giữa các cơ quan còn vênh nhau; nhiều xã, phường lúng túng khi nhận thêm thẩm quyền mới.",
		"Thực hiện Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ và để khắc phục các hạn chế nêu trên, Chủ tịch Ủy ban nhân dân tỉnh chỉ thị:",
	)
}

func directiveDepartments() []block {
	return slices.Concat(
		[]block{heading("1. Thủ trưởng các sở, ban, ngành; Chủ tịch UBND các xã, phường")},
		bodies(
			"a) Rà soát từng tiêu chí, tiêu chí thành phần của cơ quan, địa phương mình bị mất điểm trong năm 2025; phân công một lãnh đạo và một công chức chịu trách nhiệm đối với mỗi tiêu chí; gửi bảng phân công về Sở Nội vụ trước ngày 31/10/2026.",
		),
		[]block{heading("2. Sở Nội vụ")},
		bodies(
			"a) Chủ trì, phối hợp với Văn phòng UBND tỉnh, Sở Tư pháp tham mưu UBND tỉnh ban hành Quy chế đánh giá trách nhiệm của người đứng đầu trong thực hiện cải cách hành chính, hoàn thành trước ngày 30/9/2026.",
			"b) Chủ trì, phối hợp với Sở KH&CN xây dựng phần mềm chấm điểm cải cách hành chính của các cơ quan, địa phương, đưa vào sử dụng trong tháng 11/2026.",
			"c) Kiểm tra đột xuất việc chấp hành kỷ luật, kỷ cương hành chính tại các xã, phường; báo cáo kết quả hằng quý về UBND tỉnh.",
			"d) Thường xuyên hướng dẫn các cơ quan, địa phương cập nhật hồ sơ, tài liệu kiểm chứng của từng tiêu chí PAR INDEX.",
			"đ) Mở lớp bồi dưỡng kỹ năng giao tiếp và xử lý tình huống cho công chức Trung tâm Phục vụ hành chính công cấp xã, hoàn thành trước ngày 09/10/2026.",
		),
		[]block{heading("3. Văn phòng UBND tỉnh")},
		bodies(
			"a) Rà soát, trình Chủ tịch UBND tỉnh công bố lại danh mục thủ tục hành chính đã phân cấp cho cấp xã; hoàn thành trong quý III/2026.",
			"b) Công khai trên Cổng Thông tin điện tử tỉnh kết quả giải quyết hồ sơ của từng cơ quan, địa phương trước ngày 05 hằng tháng.",
			"c) Chủ trì, phối hợp với Trung tâm Chuyển đổi số tỉnh tái cấu trúc quy trình của 40 dịch vụ công trực tuyến có nhiều hồ sơ nhất, chậm nhất ngày 15/11/2026.",
		),
		[]block{heading("4. Sở Khoa học và Công nghệ")},
		bodies(
			"- Nâng cấp Hệ thống thông tin giải quyết thủ tục hành chính của tỉnh để người dân theo dõi được hồ sơ trên điện thoại, hoàn thành trước ngày 15 tháng 10 năm 2026.",
			"- Hoàn thành kết nối, đồng bộ trạng thái hồ sơ của tỉnh với Cổng Dịch vụ công quốc gia, báo cáo UBND tỉnh chậm nhất ngày 25/9/2026.",
			"- Bảo đảm đường truyền, máy chủ và an toàn thông tin cho Trung tâm Phục vụ hành chính công các cấp; thực hiện thường xuyên.",
		),
		[]block{heading("5. Giám đốc các Sở: Tài chính, Xây dựng, Nông nghiệp và Môi trường")},
		bodies(
			"Rà soát toàn bộ hồ sơ quá hạn còn tồn tại cơ quan, công khai lý do chậm, xin lỗi tổ chức, cá nhân bằng văn bản và giải quyết dứt điểm từng hồ sơ; hoàn thành trước ngày 30/8/2026.",
		),
		[]block{heading("6. Sở Tài chính")},
		bodies(
			"a) Tham mưu UBND tỉnh bố trí kinh phí cải cách hành chính trong dự toán ngân sách năm 2027, trình trước ngày 30 tháng 11 năm 2026.",
			"b) Hướng dẫn UBND cấp xã khoán chi hành chính và sử dụng kinh phí tiết kiệm đúng quy định.",
		),
	)
}

func directiveOthers() []block {
	return slices.Concat(
		[]block{heading("7. Sở Tư pháp")},
		bodies(
			"a) Kiểm tra các văn bản quy phạm pháp luật do HĐND, UBND cấp huyện trước đây ban hành còn hiệu lực, đề xuất phương án xử lý, báo cáo UBND tỉnh trước ngày 10/10.",
			"b) Chủ trì, phối hợp với Công an tỉnh mở rộng chứng thực bản sao điện tử tại 100% xã, phường.",
		),
		[]block{
			headed("8. Thanh tra tỉnh: ", "Đưa nội dung trách nhiệm giải quyết thủ tục hành chính vào kế hoạch thanh tra năm 2027, trình Chủ tịch UBND tỉnh phê duyệt trước ngày 15/12/2026."),
			heading("9. Sở Y tế, Sở Giáo dục và Đào tạo"),
		},
		bodies(
			"Tổ chức lấy ý kiến hài lòng của người bệnh, cha mẹ học sinh tại các cơ sở công lập trên địa bàn tỉnh, công bố kết quả và kế hoạch khắc phục trong quý III/2026.",
		),
		[]block{heading("10. UBND các xã, phường")},
		bodies(
			"a) Niêm yết công khai thủ tục hành chính, phí, lệ phí và số điện thoại đường dây nóng tại trụ sở và nhà văn hóa các thôn, tổ dân phố, hoàn thành trước ngày 30 tháng 9 năm 2026.",
			"b) Tổ chức ít nhất 01 hội nghị đối thoại trực tiếp giữa Chủ tịch UBND cấp xã với Nhân dân trên địa bàn, hoàn thành trước ngày 15 tháng 11 năm 2026.",
		),
		[]block{heading("11. Đề nghị các cơ quan ngành dọc trên địa bàn tỉnh")},
		bodies(
			"a) Công an tỉnh: Hỗ trợ UBND cấp xã hướng dẫn người dân kích hoạt, sử dụng tài khoản định danh điện tử khi nộp hồ sơ trực tuyến, hoàn thành trước ngày 30/10/2026.",
			"b) Thuế tỉnh Mẫu Sơn: Định kỳ 6 tháng công khai kết quả giải quyết hồ sơ thuế của người dân, doanh nghiệp, gửi Văn phòng UBND tỉnh tổng hợp.",
			"c) Kho bạc Nhà nước khu vực XXI: Rút ngắn thời gian kiểm soát chi đối với hồ sơ thanh toán trực tuyến, báo cáo kết quả trước ngày 20/11/2026.",
		),
		[]block{heading("12. Ban Quản lý Khu kinh tế cửa khẩu Mẫu Sơn, Ban Quản lý dự án đầu tư xây dựng tỉnh")},
		bodies(
			"Cập nhật đầy đủ thông tin quy hoạch, dự án, hướng dẫn thủ tục đầu tư trên trang thông tin điện tử của đơn vị để doanh nghiệp tra cứu thuận lợi.",
		),
		[]block{headed("13. ", "Giao Sở Nội vụ theo dõi, đôn đốc, tổng hợp kết quả thực hiện Chỉ thị này, báo cáo Chủ tịch UBND tỉnh trước ngày 20/12/2026.")},
	)
}

func directiveEnd() []block {
	return []block{
		body("Yêu cầu Thủ trưởng các sở, ban, ngành, Chủ tịch UBND các xã, phường nghiêm túc triển khai thực hiện Chỉ thị này; nếu có khó khăn, vướng mắc, kịp thời báo cáo UBND tỉnh (qua Sở Nội vụ) để xem xét, chỉ đạo./."),
		closing([]string{
			"- Thường trực Tỉnh ủy, HĐND tỉnh (b/c);",
			"- Chủ tịch, các PCT UBND tỉnh;",
			"- Ủy ban MTTQ Việt Nam tỉnh;",
			"- Các sở, ban, ngành;",
			"- Các cơ quan ngành dọc trên địa bàn tỉnh;",
			"- UBND các xã, phường;",
			"- Cổng Thông tin điện tử tỉnh;",
			"- Lưu: VT, NC.",
		}, "CHỦ TỊCH", "", "", "Hoàng Đức Thịnh"),
	}
}
