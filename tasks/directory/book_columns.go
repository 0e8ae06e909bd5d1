package directory

// PeopleSheet is the title of the workbook's sheet of people, for mistakes that are found after reading it.
const PeopleSheet = "Người"

// PersonColumns are the headings of the sheet of people by the name of the field that they fill.
var PersonColumns = map[string]string{
	"name": colPerson, "email": colEmail, "position": colTitle, "phone": colPhone, "grants": colRole,
}
