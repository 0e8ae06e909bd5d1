package main

import "slices"

// agenciesBook is the workbook from which the province is set up.
func agenciesBook() ([]byte, error) {
	agencies := sheet{name: "Cơ quan", widths: []float64{12, 46, 16, 14, 60, 14, 14, 18}, heads: []int{1}}
	agencies.rows = [][]any{{"Mã", "Tên", "Tên gọi tắt", "Loại", "Tên gọi khác", "Hiệu lực từ", "Hiệu lực đến", "Cơ quan kế thừa (mã)"}}
	for _, a := range agencyRows {
		agencies.rows = append(agencies.rows, []any{a.code, a.name, a.short, a.kind, a.aliases, cellDate(a.from), cellDate(a.to), a.successor})
	}
	groups := sheet{name: "Nhóm", widths: []float64{12, 28, 60, 16, 14, 14}, heads: []int{1}}
	groups.rows = [][]any{{"Mã nhóm", "Tên nhóm", "Tên gọi khác", "Cơ quan (mã)", "Từ ngày", "Đến ngày"}}
	for _, g := range groupRows {
		for _, a := range agencyRows {
			if a.to == "" && slices.Contains(g.kinds, a.kind) {
				groups.rows = append(groups.rows, []any{g.code, g.name, g.aliases, a.code, cellDate(a.from), ""})
			}
		}
	}
	people := sheet{name: "Người", widths: []float64{26, 36, 40, 16, 14, 14}, heads: []int{1}}
	people.rows = [][]any{{"Họ tên", "Thư điện tử", "Chức vụ", "Điện thoại", "Vai trò", "Cơ quan (mã)"}}
	for _, p := range personRows {
		people.rows = append(people.rows, []any{p.name, p.email, p.title, p.phone, p.role, p.agency})
	}
	return workbook("2026-07-01T01:00:00Z", agencies, groups, people)
}

type agencyRow struct {
	code, name, short, kind, aliases, from, to, successor string
}

// Days from which the departments, boards and communes of today exist: the mergers of 2025.
const (
	sinceMerger   = "2025-03-01"
	sinceTwoTiers = "2025-07-01"
)

var agencyRows = []agencyRow{
	{code: "UBND", name: "Ủy ban nhân dân tỉnh Mẫu Sơn", short: "UBND tỉnh", kind: "UBND", aliases: "Ủy ban nhân dân tỉnh"},
	{code: "SNV", name: "Sở Nội vụ", short: "SNV", kind: "Sở", from: sinceMerger},
	{code: "STP", name: "Sở Tư pháp", short: "STP", kind: "Sở"},
	{code: "STC", name: "Sở Tài chính", short: "STC", kind: "Sở", from: sinceMerger},
	{code: "SCT", name: "Sở Công Thương", short: "SCT", kind: "Sở"},
	{code: "SNNMT", name: "Sở Nông nghiệp và Môi trường", short: "SNNMT", kind: "Sở", aliases: "Sở NN&MT", from: sinceMerger},
	{code: "SXD", name: "Sở Xây dựng", short: "SXD", kind: "Sở", from: sinceMerger},
	{code: "SKHCN", name: "Sở Khoa học và Công nghệ", short: "SKHCN", kind: "Sở", from: sinceMerger},
	{code: "SVHTTDL", name: "Sở Văn hóa, Thể thao và Du lịch", short: "SVHTTDL", kind: "Sở", aliases: "Sở VHTT&DL"},
	{code: "SGDDT", name: "Sở Giáo dục và Đào tạo", short: "SGDĐT", kind: "Sở", aliases: "Sở GD&ĐT"},
	{code: "SYT", name: "Sở Y tế", short: "SYT", kind: "Sở"},
	{code: "SDTTG", name: "Sở Dân tộc và Tôn giáo", short: "SDTTG", kind: "Sở", from: sinceMerger},
	{code: "SNGV", name: "Sở Ngoại vụ", short: "SNgV", kind: "Sở"},
	{code: "TTT", name: "Thanh tra tỉnh", short: "TTT", kind: "Sở", aliases: "Thanh tra tỉnh Mẫu Sơn"},
	{code: "VPUB", name: "Văn phòng Ủy ban nhân dân tỉnh", short: "VPUBND", kind: "Sở", aliases: "Văn phòng UBND tỉnh; VPUB"},
	{code: "BQLKKT", name: "Ban Quản lý Khu kinh tế cửa khẩu Mẫu Sơn", short: "BQL KKT", kind: "Ban quản lý", aliases: "Ban Quản lý Khu kinh tế; Ban Quản lý KKT cửa khẩu"},
	{code: "BQLDA", name: "Ban Quản lý dự án đầu tư xây dựng tỉnh", short: "BQLDA", kind: "Ban quản lý", aliases: "Ban QLDA tỉnh; Ban QLDA đầu tư xây dựng tỉnh"},
	{code: "CAT", name: "Công an tỉnh", short: "CAT", kind: "Ngành dọc", aliases: "Công an tỉnh Mẫu Sơn"},
	{code: "THUE", name: "Thuế tỉnh Mẫu Sơn", short: "Thuế tỉnh", kind: "Ngành dọc", aliases: "Cục Thuế tỉnh", from: sinceMerger},
	{code: "KBNN", name: "Kho bạc Nhà nước khu vực XXI", short: "KBNN XXI", kind: "Ngành dọc", aliases: "Kho bạc Nhà nước tỉnh", from: sinceMerger},
	{code: "BAO", name: "Báo và Phát thanh, Truyền hình Mẫu Sơn", short: "Báo và PTTH", kind: "Khác", aliases: "Báo và Phát thanh, Truyền hình tỉnh; Báo và PTTH Mẫu Sơn", from: sinceTwoTiers},
	{code: "MTTQ", name: "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Mẫu Sơn", short: "MTTQ tỉnh", kind: "Đảng - đoàn thể", aliases: "Ủy ban MTTQ Việt Nam tỉnh; Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh; UBMTTQVN tỉnh"},
	{code: "P-MAULAM", name: "UBND phường Mẫu Lâm", short: "P. Mẫu Lâm", kind: "Phường", aliases: "Ủy ban nhân dân phường Mẫu Lâm", from: sinceTwoTiers},
	{code: "P-THANHKY", name: "UBND phường Thanh Kỳ", short: "P. Thanh Kỳ", kind: "Phường", aliases: "Ủy ban nhân dân phường Thanh Kỳ", from: sinceTwoTiers},
	{code: "P-DONGCAU", name: "UBND phường Đông Cầu", short: "P. Đông Cầu", kind: "Phường", aliases: "Ủy ban nhân dân phường Đông Cầu", from: sinceTwoTiers},
	{code: "X-KHELANH", name: "UBND xã Khe Lạnh", short: "X. Khe Lạnh", kind: "Xã", aliases: "Ủy ban nhân dân xã Khe Lạnh", from: sinceTwoTiers},
	{code: "X-BANVAI", name: "UBND xã Bản Vài", short: "X. Bản Vài", kind: "Xã", aliases: "Ủy ban nhân dân xã Bản Vài", from: sinceTwoTiers},
	{code: "X-NALUONG", name: "UBND xã Nà Lương", short: "X. Nà Lương", kind: "Xã", aliases: "Ủy ban nhân dân xã Nà Lương", from: sinceTwoTiers},
	{code: "X-THACMAY", name: "UBND xã Thác Mây", short: "X. Thác Mây", kind: "Xã", aliases: "Ủy ban nhân dân xã Thác Mây", from: sinceTwoTiers},
	{code: "X-DOICHE", name: "UBND xã Đồi Chè", short: "X. Đồi Chè", kind: "Xã", aliases: "Ủy ban nhân dân xã Đồi Chè", from: sinceTwoTiers},
	{code: "X-PACLUONG", name: "UBND xã Pác Luông", short: "X. Pác Luông", kind: "Xã", aliases: "Ủy ban nhân dân xã Pác Luông", from: sinceTwoTiers},
	{code: "X-LUNGTRANG", name: "UBND xã Lũng Trăng", short: "X. Lũng Trăng", kind: "Xã", aliases: "Ủy ban nhân dân xã Lũng Trăng", from: sinceTwoTiers},
	{code: "X-SUOINHAN", name: "UBND xã Suối Nhạn", short: "X. Suối Nhạn", kind: "Xã", aliases: "Ủy ban nhân dân xã Suối Nhạn", from: sinceTwoTiers},
	{code: "X-PHIENGBAN", name: "UBND xã Phiêng Ban", short: "X. Phiêng Ban", kind: "Xã", aliases: "Ủy ban nhân dân xã Phiêng Ban", from: sinceTwoTiers},
	{code: "STTTT", name: "Sở Thông tin và Truyền thông", short: "STTTT", kind: "Sở", aliases: "Sở TT&TT", to: "2025-02-28", successor: "SKHCN"},
	{code: "SKHDT", name: "Sở Kế hoạch và Đầu tư", short: "SKHĐT", kind: "Sở", aliases: "Sở KH&ĐT", to: "2025-02-28", successor: "STC"},
}

// groupRow is a group; its members are the agencies of its kinds that still exist. Vertical agencies are in none.
type groupRow struct {
	code, name, aliases string
	kinds               []string
}

var groupRows = []groupRow{
	{"SBN", "Các sở, ban, ngành", "Các sở, ban, ngành tỉnh; Các sở, ngành; Các sở, ban, ngành cấp tỉnh", []string{"Sở", "Ban quản lý"}},
	{"XP", "UBND các xã, phường", "Ủy ban nhân dân các xã, phường; UBND cấp xã; Các xã, phường", []string{"Xã", "Phường"}},
}
