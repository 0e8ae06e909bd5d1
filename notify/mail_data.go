package notify

import (
	"tiendo/templates"
)

// Section is a list of duties under a heading.
type Section struct {
	Title string
	Tasks []templates.LetterTask
}

// More tells of what a mail leaves out, and where it is.
type More struct{ Text, Href string }

// Duties is a mail that lists duties.
type Duties struct {
	templates.Letter
	Subject  string
	Sections []Section
	More     *More // nil when all are listed
	Button   templates.LetterButton
}

// IssuedMail tells a focal point of all duties of his agencies in a document that was issued.
type IssuedMail struct {
	Duties
	Document string // its kind, number, date and title
}

// EventMail tells of duties that were returned or reopened, and of deadlines that were moved or not.
type EventMail struct{ Duties }

// ReminderMail reminds of deadlines: overdue first, then today's, then those to come, then periodic reports.
type ReminderMail struct{ Duties }

// RollUpMail sums up an agency's week.
type RollUpMail struct {
	Duties
	Figures []templates.LetterFigure
}

// DigestMail is the leaders' week: the province's figures, the worst late duties, and each agency with a bar.
type DigestMail struct {
	Duties
	Figures  []templates.LetterFigure
	Agencies []AgencyLine
	Rest     *More // agencies that are not listed
	// Seal is the week's seal of the trail, in words; "" when the week was not sealed. In a mailbox it proves what the trail was.
	Seal string
}

// AgencyLine is one agency in the digest.
type AgencyLine struct {
	Name    string
	Bar     templates.LetterBar
	Overdue int
	All     int
	Done    int
}

// AccountMail brings a one-time link to set a password.
type AccountMail struct {
	templates.Letter
	Subject string
	Text    string
	Email   string // the sign-in name
	Button  templates.LetterButton
}
