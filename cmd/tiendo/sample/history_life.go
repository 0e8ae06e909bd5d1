package sample

// The leaders, and the head who approves what his agency reports as done.
const (
	thinh = "thinh.hd@ubnd.mauson.example"
	ngoc  = "ngoc.ltb@ubnd.mauson.example"
	huy   = "huy.pq@snv.mauson.example"
)

// lifeHistory is what happened besides reports: words of leaders, parts of cooperating agencies, requests, a hold, a head's approval.
func lifeHistory() []Event {
	directive := func(ref, agency string) duty { return duty{Directive, ref, agency, ""} }
	par := func(ref, agency string) duty { return duty{PARPlan, ref, agency, ""} }
	regulation, files, class := directive("2.a", "SNV"), directive("5", "SNNMT"), par("13", "SNV")
	return []Event{
		// The regulation on heads: two agencies were asked for their parts, one was accepted, one waits to be looked at; the chairman urges.
		regulation.ask("09-07 09:10", "STP", "2026-09-16", "Góp ý về thẩm quyền đánh giá và hình thức xử lý trách nhiệm người đứng đầu trong dự thảo Quy chế."),
		regulation.ask("09-07 09:15", "VPUB", "2026-09-18", "Cung cấp số liệu giải quyết hồ sơ của từng cơ quan hai năm gần đây để làm phụ lục chấm điểm."),
		regulation.contribute("09-15 15:30", "STP", "Đề nghị bỏ khoản 3 Điều 8 vì vượt thẩm quyền của UBND tỉnh; các nội dung khác phù hợp.", "977/STP-XDKTVB"),
		regulation.take("09-16 08:50", "STP"),
		regulation.contribute("09-22 10:40", "VPUB", "Gửi bảng số liệu 2024-2025 của 16 cơ quan, 12 xã, phường; số liệu ba xã mới sáp nhập đã quy đổi.", "741/VP-KSTT"),
		regulation.word("10-02 08:20", thinh, DoOrder, "", "Quy chế đã chậm. Giám đốc Sở Nội vụ trực tiếp chỉ đạo, trình UBND tỉnh trong tuần này, không xin lùi thêm."),

		// Land files that are long overdue: an explanation was asked for and given.
		files.word("09-14 10:00", ngoc, DoExplain, "2026-09-21", "Giải trình vì sao còn 96 hồ sơ đất đai quá hạn sau ngày 30/8 và ai chịu trách nhiệm từng hồ sơ."),
		files.answer("09-18 16:20", "96 hồ sơ chậm do phải đối chiếu bản đồ của các xã vừa sáp nhập; 71 hồ sơ thuộc trách nhiệm hai Chi nhánh Văn phòng đăng ký đất đai, đã kiểm điểm. Sở cam kết xong trước ngày 20/10/2026.", "1019/SNNMT-VP"),

		// A week after that answer still late: a letter of reminder went out.
		files.remind("09-25 15:40", "752/VP-KSTT"),

		class.ask("10-01 14:10", "STC", "2026-10-07", "Thẩm định dự toán kinh phí mở lớp để kịp ký hợp đồng giảng viên."),

		directive("12", "BQLDA").decline("09-29 09:10", "STC", "Ban không được giao quản lý quy hoạch và không có dự án mời gọi đầu tư; thông tin dự án đầu tư do Sở Tài chính quản lý.", "366/BQLDA-KH"),
		directive("8", "TTT").hold("09-21 10:20", "Chờ Thanh tra Chính phủ hướng dẫn xây dựng kế hoạch thanh tra năm 2027.", "512/TB-UBND", "Chủ tịch UBND tỉnh"),
		par("17", "SKHCN").extend("09-29 14:40", "2026-10-20", "Hai cơ sở dữ liệu đất đai, hộ tịch do bộ chủ quản quản lý, dự kiến mở cổng kết nối ngày 15/10.", "948/SKHCN-CĐS"),

		directive("10.a", "X-KHELANH").judge("10-01 09:45", DoWanting, "Bổ sung ảnh chụp bảng niêm yết chính thức tại thôn Nà Sỏi thay cho bảng tạm."),
		duty{PAPIPlan, "3", "SNNMT", ""}.judge("10-02 09:05", DoAccept, ""),

		// Sở Nội vụ: from now on its head approves what is reported as done; the first report waits for him.
		par("4", "SNV").event("10-02 16:40", huy, DoApproval),
		par("4", "SNV").submit("10-02 16:55", "Đã thẩm định xong kết quả tự chấm điểm của 16 cơ quan cấp tỉnh và 12 xã, phường; bảng tổng hợp kèm theo.", "1523/BC-SNV", ""),
	}
}

// word is what a leader says of the duty; due may be blank.
func (d duty) word(at, leader, kind, due, text string) Event {
	e := d.event(at, leader, kind)
	e.Due, e.Text = due, text
	return e
}

func (d duty) answer(at, text, number string) Event {
	e := d.event(at, reporters[d.agency], DoAnswer)
	e.Text, e.DocNumber = text, number
	return e
}

// ask asks the cooperating agency for its part.
func (d duty) ask(at, of, due, text string) Event {
	e := d.event(at, reporters[d.agency], DoAsk)
	e.To, e.Due, e.Text = of, due, text
	return e
}

// contribute sends the part of the cooperating agency.
func (d duty) contribute(at, from, text, number string) Event {
	e := d.event(at, reporters[from], DoContribute)
	e.To, e.Text, e.DocNumber = from, text, number
	return e
}

func (d duty) take(at, from string) Event {
	e := d.event(at, reporters[d.agency], DoTake)
	e.To = from
	return e
}

func (d duty) decline(at, proposed, reason, number string) Event {
	e := d.event(at, reporters[d.agency], DoDecline)
	e.To, e.Reason, e.DocNumber = proposed, reason, number
	return e
}

func (d duty) hold(at, reason, number, authority string) Event {
	e := d.event(at, d.secretary(), DoHold)
	e.Reason, e.DocNumber, e.Authority = reason, number, authority
	return e
}

func (d duty) extend(at, due, reason, number string) Event {
	e := d.event(at, reporters[d.agency], DoExtend)
	e.Due, e.Reason, e.DocNumber = due, reason, number
	return e
}

// remind records a letter to the agency, of that day.
func (d duty) remind(at, number string) Event {
	e := d.event(at, minh, DoLetter)
	e.DocNumber = number
	return e
}

func (d duty) judge(at, outcome, words string) Event {
	e := d.event(at, d.secretary(), outcome)
	e.Text = words
	return e
}
