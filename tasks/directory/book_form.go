package directory

// sheet is the shape of one sheet of the workbook.
type sheet struct {
	title   string
	columns []string
	// required columns have to be there; cells are checked row by row.
	required []string
	example  []string
}

// Headings. They are part of the file's format, like the names of fields in a
// form, and are found by their folded text.
const (
	colCode      = "Mã"
	colName      = "Tên"
	colShort     = "Tên gọi tắt"
	colKind      = "Loại"
	colAliases   = "Tên gọi khác"
	colValidFrom = "Hiệu lực từ"
	colValidTo   = "Hiệu lực đến"
	colSuccessor = "Cơ quan kế thừa (mã)"
	colGroupCode = "Mã nhóm"
	colGroupName = "Tên nhóm"
	colAgency    = "Cơ quan (mã)"
	colFrom      = "Từ ngày"
	colTo        = "Đến ngày"
	colPerson    = "Họ tên"
	colEmail     = "Thư điện tử"
	colTitle     = "Chức vụ"
	colPhone     = "Điện thoại"
	colRole      = "Vai trò"
)

// exampleMark begins the first cell of a template's example row; such rows are
// not read, so nobody has to delete them.
const exampleMark = "Ví dụ"

var (
	agencySheet = sheet{
		title:    "Cơ quan",
		columns:  []string{colCode, colName, colShort, colKind, colAliases, colValidFrom, colValidTo, colSuccessor},
		required: []string{colCode, colName, colKind},
		example:  []string{exampleMark + ": SNV", "Sở Nội vụ", "SNV", "Sở", "Sở Nội vụ tỉnh; Sở NV", "01/03/2025", "", ""},
	}
	groupSheet = sheet{
		title:    "Nhóm",
		columns:  []string{colGroupCode, colGroupName, colAliases, colAgency, colFrom, colTo},
		required: []string{colGroupCode, colGroupName, colAgency},
		example:  []string{exampleMark + ": SBN", "Các sở, ban, ngành", "Các sở, ngành; Các cơ quan chuyên môn", "SNV", "01/03/2025", ""},
	}
	peopleSheet = sheet{
		title:    PeopleSheet,
		columns:  []string{colPerson, colEmail, colTitle, colPhone, colRole, colAgency},
		required: []string{colPerson, colEmail, colRole},
		example:  []string{exampleMark + ": Nguyễn Thị An", "an.nt@example.vn", "Chuyên viên", "0205 3800 000", "Đầu mối", "SNV"},
	}
)

// kindLabels and roleLabels are the words the template offers in a list.
var (
	kindLabels = []string{"Sở", "Ban quản lý", "Ngành dọc", "Xã", "Phường", "Đảng - đoàn thể", "UBND", "Khác"}
	roleLabels = []string{"Văn phòng", "Đầu mối", "Thủ trưởng", "Lãnh đạo", "Quản trị"}
)

// kinds are the words of the column "Loại", folded.
var kinds = map[string]Kind{
	"so": KindDepartment, "department": KindDepartment, "co quan chuyen mon": KindDepartment,
	"ban quan ly": KindBoard, "board": KindBoard,
	"nganh doc": KindVertical, "vertical": KindVertical,
	"xa": KindCommune, "commune": KindCommune,
	"phuong": KindWard, "dac khu": KindWard, "ward": KindWard,
	"dang doan the": KindParty, "party": KindParty,
	"ubnd": KindAuthority, "ubnd tinh": KindAuthority, "authority": KindAuthority,
	"khac": KindOther, "other": KindOther,
}

// roles are the words of the column "Vai trò", folded.
var roles = map[string]Role{
	"van phong": RoleSecretariat, "secretariat": RoleSecretariat,
	"dau moi": RoleFocal, "focal": RoleFocal,
	"thu truong": RoleHead, "head": RoleHead,
	"lanh dao": RoleLeader, "leader": RoleLeader,
	"quan tri": RoleAdmin, "admin": RoleAdmin,
}
