package notify

import (
	"tiendo/templates"
)

// mailData is what a mail's template is filled in with, for one mail alone: it may be changed until that is rendered.
type mailData interface {
	// frame is what every mail has beside its content.
	frame() *templates.Letter
}

func (d *Duties) frame() *templates.Letter           { return &d.Letter }
func (m *AccountMail) frame() *templates.Letter      { return &m.Letter }
func (m *CalendarMail) frame() *templates.Letter     { return &m.Letter }
func (m *ConsultationMail) frame() *templates.Letter { return &m.Letter }

// duties are those that a mail lists, whatever it says besides.
func (d *Duties) duties() *Duties { return d }

// Section is a list of duties under a heading.
type Section struct {
	Title string
	Tasks []templates.LetterTask
}

// More tells of what a mail leaves out, and where it is.
type More struct {
	Text, Href string
	Left       int // duties or agencies that are left out
}

// Duties is a mail that lists duties.
type Duties struct {
	templates.Letter
	Subject  string
	Sections []Section
	More     *More // nil when all are listed
	Button   templates.LetterButton
	File     string // what is said of the file that comes with it; "" of none
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

// RollUpMail sums up an agency's week or month.
type RollUpMail struct {
	Duties
	Figures []templates.LetterFigure
	// Standing says what waits and where the agency stands among those of its sort; "" where there is nothing to say.
	Standing string
	Compared string // what the changes are against
}

// BriefLine is a duty in two lines: its words, and what is to be known of it.
type BriefLine struct {
	Href, Text string
	Late       string // how late it is, in words; "" when it is not
	Meta       []string
	Inline     bool // in one line, where there is room
}

// Brief is a short list of duties.
type Brief struct {
	Title string
	Lines []BriefLine
	More  *More
}

// DigestMail is the leaders' week on one screen: the province's figures, what they are to decide, the worst late duties, each agency with
// a bar, what was finished and what falls due.
type DigestMail struct {
	Duties
	Figures []templates.LetterFigure
	// Foreword is what the secretariat says, by paragraph.
	Foreword []string
	// Pressing stands above the agencies, News below them.
	Pressing, News []Brief
	Agencies       []AgencyLine
	Rest           *More // agencies that are not listed
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
