package directory_test

import (
	"strings"
	"testing"

	"tiendo/tasks/directory"
)

// The province of the tests: made up, with real kinds of bodies and the
// mergers of 1 March 2025.
const today = "2026-10-05"

type body struct {
	id          int64
	name, short string
	kind        directory.Kind
	from, to    string
	successor   int64
	aliases     string
}

var bodies = []body{
	{id: 1, name: "UBND tỉnh Mẫu Sơn", kind: directory.KindAuthority},
	{id: 2, name: "Văn phòng UBND tỉnh", short: "VPUB", kind: directory.KindDepartment},
	{id: 10, name: "Sở Nội vụ", short: "SNV", kind: directory.KindDepartment, from: "2025-03-01"},
	{id: 11, name: "Sở Tài chính", short: "STC", kind: directory.KindDepartment, from: "2025-03-01"},
	{id: 12, name: "Sở Tư pháp", short: "STP", kind: directory.KindDepartment},
	{id: 13, name: "Sở Xây dựng", kind: directory.KindDepartment, from: "2025-03-01"},
	{id: 14, name: "Sở Y tế", kind: directory.KindDepartment},
	{id: 15, name: "Sở Công Thương", kind: directory.KindDepartment},
	{id: 16, name: "Sở Khoa học và Công nghệ", short: "Sở KH&CN", kind: directory.KindDepartment, from: "2025-03-01"},
	{id: 17, name: "Sở Giáo dục và Đào tạo", kind: directory.KindDepartment},
	{id: 18, name: "Sở Nông nghiệp và Môi trường", kind: directory.KindDepartment, from: "2025-03-01"},
	{id: 19, name: "Sở Văn hóa, Thể thao và Du lịch", kind: directory.KindDepartment},
	{id: 20, name: "Sở Ngoại vụ", kind: directory.KindDepartment},
	{id: 21, name: "Thanh tra tỉnh", kind: directory.KindDepartment},
	{id: 22, name: "Sở Dân tộc và Tôn giáo", kind: directory.KindDepartment, from: "2025-03-01"},
	{id: 30, name: "Ban Quản lý Khu kinh tế cửa khẩu Mẫu Sơn", kind: directory.KindBoard, aliases: "BQL Khu kinh tế"},
	{id: 31, name: "Ban Quản lý dự án đầu tư xây dựng tỉnh", kind: directory.KindBoard},
	{id: 40, name: "Công an tỉnh", kind: directory.KindVertical},
	{id: 41, name: "Thuế tỉnh Mẫu Sơn", kind: directory.KindVertical, aliases: "Cục Thuế tỉnh;Chi cục Thuế"},
	{id: 42, name: "Kho bạc Nhà nước khu vực VI", kind: directory.KindVertical},
	{id: 43, name: "Thi hành án dân sự tỉnh", kind: directory.KindVertical, aliases: "Cục Thi hành án dân sự"},
	{id: 44, name: "Tòa án nhân dân tỉnh", kind: directory.KindVertical},
	{id: 45, name: "Viện kiểm sát nhân dân tỉnh", kind: directory.KindVertical},
	{id: 46, name: "Bộ Chỉ huy Quân sự tỉnh", kind: directory.KindVertical},
	{id: 47, name: "Chi cục Hải quan khu vực VI", kind: directory.KindVertical},
	{id: 50, name: "HĐND tỉnh", kind: directory.KindParty},
	{id: 51, name: "Ủy ban MTTQ Việt Nam tỉnh", kind: directory.KindParty, aliases: "UBMTTQVN tỉnh"},
	{id: 52, name: "Tỉnh đoàn", kind: directory.KindParty},
	{id: 53, name: "Hội Nông dân tỉnh", kind: directory.KindParty},
	{id: 60, name: "Báo và Phát thanh, Truyền hình tỉnh", kind: directory.KindOther, aliases: "Đài Phát thanh và Truyền hình tỉnh"},
	{id: 70, name: "UBND xã Khánh Khê", kind: directory.KindCommune, from: "2025-07-01"},
	{id: 71, name: "UBND xã Ba Sơn", kind: directory.KindCommune, from: "2025-07-01"},
	{id: 72, name: "UBND phường Tam Thanh", kind: directory.KindWard, from: "2025-07-01"},
	{id: 73, name: "Phường Kỳ Lừa", kind: directory.KindWard, from: "2025-07-01"},
	{id: 90, name: "Sở Tài chính", kind: directory.KindDepartment, to: "2025-02-28", successor: 11},
	{id: 91, name: "Sở Kế hoạch và Đầu tư", kind: directory.KindDepartment, to: "2025-02-28", successor: 11},
	{id: 92, name: "Sở Nông nghiệp và Phát triển nông thôn", kind: directory.KindDepartment, to: "2025-02-28", successor: 18},
	{id: 93, name: "Sở Lao động - Thương binh và Xã hội", kind: directory.KindDepartment, to: "2025-02-28", successor: 94},
	{id: 94, name: "Sở Nội vụ và Lao động", kind: directory.KindDepartment, from: "2025-03-01", to: "2025-03-31", successor: 10},
	{id: 95, name: "UBND huyện Cao Lộc", kind: directory.KindOther, to: "2025-06-30"},
}

const (
	groupDepartments = 1
	groupCommunes    = 2
	groupUnits       = 3
)

func province(t *testing.T) *directory.Directory {
	t.Helper()
	var agencies []directory.Agency
	var aliases []directory.Alias
	id := int64(0)
	departments := directory.Group{ID: groupDepartments, Code: "SBN", Name: "Các sở, ban, ngành tỉnh"}
	communes := directory.Group{ID: groupCommunes, Code: "XP", Name: "UBND các xã, phường"}
	for _, b := range bodies {
		agencies = append(agencies, directory.Agency{ID: b.id, Name: b.name, ShortName: b.short, Kind: b.kind, From: b.from, To: b.to, SuccessorID: b.successor})
		for name := range strings.SplitSeq(b.aliases, ";") {
			if name != "" {
				id++
				aliases = append(aliases, directory.Alias{ID: id, Name: name, AgencyID: b.id})
			}
		}
		member := directory.Membership{AgencyID: b.id, From: b.from, To: b.to}
		switch b.kind {
		case directory.KindDepartment, directory.KindBoard:
			departments.Members = append(departments.Members, member)
		case directory.KindCommune, directory.KindWard:
			communes.Members = append(communes.Members, member)
		}
	}
	units := directory.Group{ID: groupUnits, Code: "CQ", Name: "Các cơ quan, đơn vị, địa phương"}
	aliases = append(aliases,
		directory.Alias{ID: id + 1, Name: "Giám đốc các sở, Trưởng các ban, ngành, đơn vị cấp tỉnh", GroupID: groupDepartments},
		directory.Alias{ID: id + 2, Name: "VNPT (và các doanh nghiệp; đơn vị viễn thông)", GroupID: groupUnits},
	)
	return directory.New(agencies, []directory.Group{departments, communes, units}, aliases)
}
