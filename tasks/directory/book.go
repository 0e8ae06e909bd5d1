package directory

// Role is a person's role in the workbook.
type Role string

// The roles a workbook grants.
const (
	RoleSecretariat Role = "secretariat"
	RoleFocal       Role = "focal"
	RoleHead        Role = "head"
	RoleLeader      Role = "leader"
	RoleAdmin       Role = "admin"
)

// needsAgency reports whether the role is granted for one agency.
func (r Role) needsAgency() bool { return r == RoleFocal || r == RoleHead }

// Book is the content of a setup workbook. Agencies and groups refer to each
// other by the codes the book gives them; Row is the row as the spreadsheet
// counts, for what is found out later.
type Book struct {
	Agencies []BookAgency
	Groups   []BookGroup
	People   []BookPerson
}

// BookAgency is a row of the sheet "Cơ quan". From and To are ISO days, "" is
// open; Successor is a code.
type BookAgency struct {
	Row       int
	Code      string
	Name      string
	ShortName string
	Kind      Kind
	Aliases   []string
	From, To  string
	Successor string
}

// BookGroup is a group of the sheet "Nhóm", its rows put together.
type BookGroup struct {
	Row     int
	Code    string
	Name    string
	Aliases []string
	Members []BookMember
}

// BookMember is an agency's time in a group, both days included; "" is open.
type BookMember struct {
	Row      int
	Agency   string
	From, To string
}

// BookPerson is a person of the sheet "Người", known by the e-mail address,
// which is in small letters.
type BookPerson struct {
	Row    int
	Name   string
	Email  string
	Title  string
	Phone  string
	Grants []BookGrant
}

// BookGrant is a role, with the agency's code where there is one.
type BookGrant struct {
	Row    int
	Role   Role
	Agency string
}

// CellError is a mistake in the workbook. Sheet and Column are as headed in
// the file, Row as the spreadsheet counts; Row 0 means the sheet as a whole,
// Column "" the row. Key and Args become words for people elsewhere; the keys
// are the constants beginning with Book.
type CellError struct {
	Sheet  string
	Row    int
	Column string
	Key    string
	Args   []string
}

// Keys of CellError, with their arguments.
const (
	// BookMissingSheet: the workbook has no sheet of this name.
	BookMissingSheet = "book.missing_sheet"
	// BookDuplicateSheet: two sheets have this name.
	BookDuplicateSheet = "book.duplicate_sheet"
	// BookMissingColumn: the sheet lacks the column.
	BookMissingColumn = "book.missing_column"
	// BookUnknownColumn: the sheet has a column nobody reads (its heading).
	BookUnknownColumn = "book.unknown_column"
	// BookDuplicateColumn: the heading stands twice.
	BookDuplicateColumn = "book.duplicate_column"
	// BookTooManyRows: the sheet is longer than allowed (the limit).
	BookTooManyRows = "book.too_many_rows"
	// BookTooManyErrors: reading stopped noting mistakes (the limit).
	BookTooManyErrors = "book.too_many_errors"
	// BookEmpty: the sheet "Cơ quan" has no agency.
	BookEmpty = "book.empty"
	// BookRequired: the cell is empty.
	BookRequired = "book.required"
	// BookTooLong: the text is too long (the limit in characters).
	BookTooLong = "book.too_long"
	// BookDuplicateCode: the code stands above already (code, row).
	BookDuplicateCode = "book.duplicate_code"
	// BookUnknownKind: no kind of agency (as written).
	BookUnknownKind = "book.unknown_kind"
	// BookUnknownRole: no role (as written).
	BookUnknownRole = "book.unknown_role"
	// BookUnknownAgency: no agency of the book has the code (code).
	BookUnknownAgency = "book.unknown_agency"
	// BookOwnSuccessor: an agency is its own successor, at once or in a circle
	// (code).
	BookOwnSuccessor = "book.own_successor"
	// BookBadDate: no date (as written).
	BookBadDate = "book.bad_date"
	// BookDatesReversed: from is later than to (from, to as d/m/yyyy).
	BookDatesReversed = "book.dates_reversed"
	// BookBadEmail: no e-mail address (as written).
	BookBadEmail = "book.bad_email"
	// BookAgencyNeeded: the role is granted for an agency (role as written).
	BookAgencyNeeded = "book.agency_needed"
	// BookDuplicateGrant: the person has this role already (row).
	BookDuplicateGrant = "book.duplicate_grant"
	// BookDuplicateMember: the agency is in the group in these days already
	// (code, row).
	BookDuplicateMember = "book.duplicate_member"
	// BookConflict: the cell says otherwise than an earlier row about the same
	// person or group (that row).
	BookConflict = "book.conflict"
)
