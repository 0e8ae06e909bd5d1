package tasks

import "slices"

// Role is what a person may be in the province; a person may have several.
type Role string

const (
	RoleSecretariat Role = "secretariat" // Văn phòng UBND tỉnh and the standing agency of the Ban Chỉ đạo CCHC
	RoleFocal       Role = "focal"       // đầu mối: reports for an agency
	RoleHead        Role = "head"        // head of an agency
	RoleLeader      Role = "leader"      // chairman, vice-chairmen, their secretary
	RoleAdmin       Role = "admin"       // the IT office
)

// Roles lists every role in the order in which a person's first page is chosen.
var Roles = []Role{RoleSecretariat, RoleLeader, RoleFocal, RoleHead, RoleAdmin}

// PerAgency tells whether the role is granted for one agency at a time.
func (r Role) PerAgency() bool { return r == RoleFocal || r == RoleHead }

// Valid tells whether the role exists.
func (r Role) Valid() bool { return slices.Contains(Roles, r) }

// Grant gives a role; AgencyID is 0 unless the role is per agency.
type Grant struct {
	Role     Role
	AgencyID int64
}

// Valid tells whether the role exists and has an agency exactly when it needs one.
func (g Grant) Valid() bool { return g.Role.Valid() && g.Role.PerAgency() == (g.AgencyID != 0) }
