package sample

// wanted is what a careful reader takes from a document: each duty's ref, its leads and cooperators as written, its deadline.
type wanted struct {
	ref         string
	lead        []string
	cooperating []string
	kind        string // of the deadline, as `tiendo extract` names it
	date        string // YYYY-MM-DD, or the frequency of a recurring one
	codes       []string
}

// closingOrder stands for the ref of the order that closes the directive, which has no number and is known by its words.
const closingOrder = "Yêu cầu Thủ trưởng các sở, ban, ngành"

const (
	departments = "các sở, ban, ngành"
	communes    = "UBND các xã, phường"
)

func list(s ...string) []string { return s }

var wantedDirective = []wanted{
	{"1.a", list("Thủ trưởng các sở, ban, ngành", "Chủ tịch UBND các xã, phường"), nil, "date", "2026-10-31", list("SBN", "XP")},
	{"2.a", list("Sở Nội vụ"), list("Văn phòng UBND tỉnh", "Sở Tư pháp"), "date", "2026-09-30", list("SNV")},
	{"2.b", list("Sở Nội vụ"), list("Sở KH&CN"), "date", "2026-11-30", list("SNV")},
	{"2.c", list("Sở Nội vụ"), nil, "recurring", "quarterly", list("SNV")},
	{"2.d", list("Sở Nội vụ"), nil, "ongoing", "", list("SNV")},
	{"2.đ", list("Sở Nội vụ"), nil, "date", "2026-10-09", list("SNV")},
	{"3.a", list("Văn phòng UBND tỉnh"), nil, "date", "2026-09-30", list("VPUB")},
	{"3.b", list("Văn phòng UBND tỉnh"), nil, "recurring", "monthly", list("VPUB")},
	{"3.c", list("Văn phòng UBND tỉnh"), list("Trung tâm Chuyển đổi số tỉnh"), "date", "2026-11-15", list("VPUB")},
	{"4.-1", list("Sở Khoa học và Công nghệ"), nil, "date", "2026-10-15", list("SKHCN")},
	{"4.-2", list("Sở Khoa học và Công nghệ"), nil, "date", "2026-09-25", list("SKHCN")},
	{"4.-3", list("Sở Khoa học và Công nghệ"), nil, "ongoing", "", list("SKHCN")},
	{"5", list("Giám đốc các Sở: Tài chính, Xây dựng, Nông nghiệp và Môi trường"), nil, "date", "2026-08-30", list("STC", "SXD", "SNNMT")},
	{"6.a", list("Sở Tài chính"), nil, "date", "2026-11-30", list("STC")},
	{"6.b", list("Sở Tài chính"), nil, "none", "", list("STC")},
	{"7.a", list("Sở Tư pháp"), nil, "date", "2026-10-10", list("STP")},
	{"7.b", list("Sở Tư pháp"), list("Công an tỉnh"), "none", "", list("STP")},
	{"8", list("Thanh tra tỉnh"), nil, "date", "2026-12-15", list("TTT")},
	{"9", list("Sở Y tế", "Sở Giáo dục và Đào tạo"), nil, "date", "2026-09-30", list("SYT", "SGDDT")},
	{"10.a", list(communes), nil, "date", "2026-09-30", list("XP")},
	{"10.b", list(communes), nil, "date", "2026-11-15", list("XP")},
	{"11.a", list("Công an tỉnh"), nil, "date", "2026-10-30", list("CAT")},
	{"11.b", list("Thuế tỉnh Mẫu Sơn"), nil, "recurring", "half-yearly", list("THUE")},
	{"11.c", list("Kho bạc Nhà nước khu vực XXI"), nil, "date", "2026-11-20", list("KBNN")},
	{"12", list("Ban Quản lý Khu kinh tế cửa khẩu Mẫu Sơn", "Ban Quản lý dự án đầu tư xây dựng tỉnh"), nil, "none", "", list("BQLKKT", "BQLDA")},
	{"13", list("Sở Nội vụ"), nil, "date", "2026-12-20", list("SNV")},
	{closingOrder, list("Thủ trưởng các sở, ban, ngành", "Chủ tịch UBND các xã, phường"), nil, "none", "", list("SBN", "XP")},
}

var wantedPAR = []wanted{
	{"III.1", list("Sở Nội vụ"), nil, "recurring", "quarterly", list("SNV")},
	{"III.2", list("Sở Tài chính"), nil, "none", "", list("STC")},
	{"1", list(departments), list("Sở Nội vụ"), "date", "2026-10-30", list("SBN")},
	{"2", list("Sở Nội vụ"), list("Văn phòng UBND tỉnh", "Thanh tra tỉnh"), "date", "2026-09-30", list("SNV")},
	{"3", list("Sở Nội vụ"), list("Báo và Phát thanh, Truyền hình Mẫu Sơn"), "date", "2026-10-31", list("SNV")},
	{"4", list("Sở Nội vụ"), list("Văn phòng UBND tỉnh"), "date", "2026-10-07", list("SNV")},
	{"5", list("Sở Tư pháp"), list(departments), "date", "2026-09-15", list("STP")},
	{"6", list("Sở Tư pháp"), list("Sở Xây dựng", "Sở Nông nghiệp và Môi trường"), "date", "2026-11-30", list("STP")},
	{"7", list("Văn phòng UBND tỉnh"), list(departments), "date", "2026-08-31", list("VPUB")},
	{"8", list("Văn phòng UBND tỉnh"), list(departments), "date", "2026-12-31", list("VPUB")},
	{"9", list("Các Sở: Tư pháp, Xây dựng, Nông nghiệp và Môi trường"), list(communes), "date", "2026-09-25", list("STP", "SXD", "SNNMT")},
	{"10", list("Sở Nội vụ"), list(communes), "date", "2026-09-20", list("SNV")},
	{"11", list("Sở Nội vụ", "Sở Tư pháp"), list("Văn phòng UBND tỉnh"), "date", "2026-09-30", list("SNV", "STP")},
	{"12", list("Sở Nội vụ"), list(departments), "date", "2026-12-31", list("SNV")},
	{"13", list("Sở Nội vụ"), list("Sở Tài chính"), "date", "2026-10-09", list("SNV")},
	{"14", list("Sở Tài chính"), list("Kho bạc Nhà nước khu vực XXI"), "recurring", "monthly", list("STC")},
	{"15", list("Sở Tài chính"), list("Sở Xây dựng"), "date", "2026-08-25", list("STC")},
	{"16", list("Ban Quản lý dự án đầu tư xây dựng tỉnh"), list("Sở Tài chính"), "date", "2026-12-31", list("BQLDA")},
	{"17", list("Sở Khoa học và Công nghệ"), list("Công an tỉnh"), "date", "2026-09-30", list("SKHCN")},
	{"18", list("Sở Khoa học và Công nghệ"), list(communes), "date", "2026-10-16", list("SKHCN")},
	{"19", list("Công an tỉnh"), list("Thuế tỉnh Mẫu Sơn"), "date", "2026-10-14", list("CAT")},
	{"20", list("Sở Công Thương", "Ban Quản lý Khu kinh tế cửa khẩu Mẫu Sơn"), list("Sở Ngoại vụ"), "date", "2026-11-30", list("SCT", "BQLKKT")},
	{"21", list("Sở Nội vụ"), list("Ủy ban MTTQ Việt Nam tỉnh"), "ongoing", "", list("SNV")},
}

var wantedPAPI = []wanted{
	{"III.1", list("Văn phòng UBND tỉnh"), list("Báo và Phát thanh, Truyền hình Mẫu Sơn"), "date", "2026-09-15", list("VPUB")},
	{"1", list("Sở Nội vụ"), list("Ủy ban MTTQ Việt Nam tỉnh"), "date", "2026-09-15", list("SNV")},
	{"2", list(communes), list("Sở Tài chính"), "date", "2026-11-30", list("XP")},
	{"3", list("Sở Nông nghiệp và Môi trường"), list(communes), "date", "2026-09-30", list("SNNMT")},
	{"4", list("Sở Tài chính"), list(communes), "date", "2026-09-25", list("STC")},
	{"5", list("Sở Nông nghiệp và Môi trường"), list("Sở Khoa học và Công nghệ"), "date", "2026-12-31", list("SNNMT")},
	{"6", list("Thanh tra tỉnh"), list(communes), "recurring", "quarterly", list("TTT")},
	{"7", list("Sở Tư pháp"), list("Sở Dân tộc và Tôn giáo"), "date", "2026-10-08", list("STP")},
	{"8", list("Sở Y tế"), list("Thanh tra tỉnh"), "date", "2026-08-31", list("SYT")},
	{"9", list("Sở Nội vụ"), list("Văn phòng UBND tỉnh"), "date", "2026-09-30", list("SNV")},
	{"10", list("Sở Nông nghiệp và Môi trường"), list(communes), "date", "2026-09-30", list("SNNMT")},
	{"11", list("Sở Tư pháp"), list(communes), "date", "2026-10-12", list("STP")},
	{"12", list("Sở Y tế"), list("Sở Tài chính"), "date", "2026-12-31", list("SYT")},
	{"13", list("Sở Giáo dục và Đào tạo"), list(communes), "date", "2026-10-15", list("SGDDT")},
	{"14", list("Sở Xây dựng"), list("Sở Y tế"), "date", "2026-09-20", list("SXD")},
	{"15", list("Sở Nông nghiệp và Môi trường"), list(communes), "ongoing", "", list("SNNMT")},
	{"16", list("Văn phòng UBND tỉnh"), list(departments), "date", "2026-10-31", list("VPUB")},
}

var wantedDispatch = []wanted{
	{"1", list(communes), nil, "recurring", "monthly", list("XP")},
	{"2", list("Văn phòng UBND tỉnh"), list("Sở Khoa học và Công nghệ"), "date", "2026-12-10", list("VPUB")},
}

// wantedDraft is that of the draft that goes round for comment.
var wantedDraft = []wanted{
	{"II.1", list("Sở Nội vụ"), list("Văn phòng UBND tỉnh"), "date", "2027-03-31", list("SNV")},
	{"II.2", list("Sở Tư pháp"), nil, "date", "2027-01-31", list("STP")},
	{"II.3", list("Văn phòng UBND tỉnh"), nil, "date", "2027-06-30", list("VPUB")},
	{"II.4", list("Sở Tài chính"), nil, "date", "2027-02-28", list("STC")},
	{"II.5", list("Sở Khoa học và Công nghệ"), list("Công an tỉnh"), "date", "2027-09-30", list("SKHCN")},
	{"II.6", list(communes), nil, "date", "2027-03-31", list("XP")},
}

var wantedTasks = map[string][]wanted{Directive: wantedDirective, PARPlan: wantedPAR, PAPIPlan: wantedPAPI, Dispatch: wantedDispatch, Asked().Document.Name: wantedDraft}
