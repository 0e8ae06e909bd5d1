package tasks

import "tiendo/tasks/calendar"

// Figures count assignments. Of an agency: those it leads, jointly or alone; of the province each assignment once.
type Figures struct {
	All        int
	Assigned   int
	InProgress int
	Returned   int
	Waiting    int // submitted
	Completed  int
	OnTime     int // completed, reported on or before the deadline, or without one
	Overdue    int
	DueSoon    int
	DueWeek    int // open, due from the day to the end of its week (Sunday)
	NoDeadline int // open, under a cadence
	Passed     int // deadline passed, whatever became of them: the denominator of Overdue
}

// Open is how many the agencies still owe.
func (f Figures) Open() int { return f.Assigned + f.InProgress + f.Returned }

// OnTimePercent is OnTime / Completed in per cent, rounded; ok is false when nothing was completed.
func (f Figures) OnTimePercent() (percent int, ok bool) { return ratio(f.OnTime, f.Completed) }

// CompletedPercent is Completed / All in per cent, rounded.
func (f Figures) CompletedPercent() (percent int, ok bool) { return ratio(f.Completed, f.All) }

func ratio(part, whole int) (int, bool) {
	if whole == 0 {
		return 0, false
	}
	return (200*part + whole) / (2 * whole), true
}

// WeekFigures are the figures frozen on a Monday: of the province (AgencyID 0) or an agency.
type WeekFigures struct {
	Monday   calendar.Date
	AgencyID int64
	Figures
}

// FigureQuery asks for figures on a day.
type FigureQuery struct {
	Today      calendar.Date
	SoonUntil  calendar.Date
	WeekEnd    calendar.Date
	DocumentID int64 // 0: all issued documents
	AgencyID   int64 // 0: all
	// Heirs counts by agency what those led that each took over from together with its own, each assignment once; agencies that another
	// has taken over from have no line.
	Heirs bool
}
