package tasks

import "tiendo/tasks/calendar"

// WeekList names what a week keeps beside its figures: what leaders are to decide, what was finished, what falls due.
type WeekList string

const (
	WeekExtensions WeekList = "extension" // a later deadline is asked for at least the third time
	WeekDeclines   WeekList = "decline"   // another lead is asked for
	WeekLong       WeekList = "long"      // overdue for so long that the leaders are asked (Ladder.Leaders)
	WeekFinished   WeekList = "finished"  // confirmed as completed in the week before
	WeekDue        WeekList = "due"       // falls due in the week
)

// WeekLists lists all, decisions first.
var WeekLists = []WeekList{WeekExtensions, WeekDeclines, WeekLong, WeekFinished, WeekDue}

const (
	// WeekListed is how many duties of each list a week keeps.
	WeekListed = 10
	// ThirdExtension is from how many extensions on another one is for the leaders to see, whoever decides on it.
	ThirdExtension = 2
)

// WeekDuty is one duty of a list, as it stood on the Monday.
type WeekDuty struct {
	List         WeekList
	AssignmentID int64
	RequestID    int64         // the request for a later deadline or another lead
	DaysLate     int           // working days
	Day          calendar.Date // the deadline
	Asked        calendar.Date // the deadline asked for
	Times        int           // how often the deadline had been extended
	// Settled tells that the request has been decided on since, or the duty has ended. It is read, not kept.
	Settled bool
}

// WeekTotal is how many there were of a list.
type WeekTotal struct {
	List  WeekList
	Total int
}

// WeekRow is one line of a list.
type WeekRow struct {
	AssignmentRow
	WeekDuty
}

// WeekSection is a list as it was on the Monday.
type WeekSection struct {
	Total int
	Rows  []WeekRow // the first of them
}

// Standing are the rows on which nobody has decided yet.
func (s WeekSection) Standing() []WeekRow {
	var rows []WeekRow
	for _, r := range s.Rows {
		if !r.Settled {
			rows = append(rows, r)
		}
	}
	return rows
}

// WeekListReader reads what a week keeps beside its figures.
type WeekListReader interface {
	// WeekDuties are the duties that a Monday keeps, by list in their order; none of a week before lists were kept.
	WeekDuties(monday calendar.Date) ([]WeekDuty, error)
	WeekTotals(monday calendar.Date) ([]WeekTotal, error)
	// Foreword is what the secretariat says in the digest of a Monday; ErrNotFound when it has said nothing.
	Foreword(monday calendar.Date) (Foreword, error)
}

// WeekListWriter keeps them.
type WeekListWriter interface {
	// KeepWeekLists keeps the lists of a Monday with the figures that are frozen in the same transaction.
	KeepWeekLists(monday calendar.Date, duties []WeekDuty, totals []WeekTotal) error
	// SetForeword replaces what is said in the digest of a Monday as long as its version is the one given (0: nothing was said yet);
	// ErrConflict otherwise.
	SetForeword(f Foreword, version int64) error
}
