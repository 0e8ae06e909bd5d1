package tasks

import (
	"slices"
	"time"

	"tiendo/tasks/calendar"
)

// DefaultAhead is how many working days before its day a period of a recurring duty is opened, unless a person says otherwise.
const DefaultAhead = 10

// Bounds of what may be asked of a recurring duty.
const (
	MaxAhead = 120 // working days
	// mostPeriods is how many periods a year one may have at most: a week each.
	mostPeriods = 54
)

// Period is one time round of a recurring duty: from its first day to the day on which it ends and its result is due. The zero Period is
// that of a duty that does not recur.
type Period struct {
	Since, Due calendar.Date
	Span       calendar.Span // by what it is called: of "month" by the month of Due
}

// IsZero tells that the duty does not recur.
func (p Period) IsZero() bool { return p.Due.IsZero() }

// Series is a duty that comes again: each period is an assignment of its own to each who has the duty, opened ahead of its day and ended
// by itself.
type Series struct {
	ID     int64
	TaskID int64
	Rule   string // RFC 5545: the days on which periods end, a rule a line
	// Ahead is how many working days before its day a period is opened.
	Ahead int
	// Until is the last day on which a period may end; zero: as long as the rule goes.
	Until calendar.Date
	// Settled is the day up to which all is done: no period that ends on it or before is opened any more.
	Settled calendar.Date
	EndedOn calendar.Date // zero while it goes on
	EndedBy int64         // 0: the program itself
	Reason  string        // why it ended, or was changed last
	Version int64
}

// Ended tells whether no more periods are opened.
func (x Series) Ended() bool { return !x.EndedOn.IsZero() }

// SeriesReader reads recurring duties.
type SeriesReader interface {
	// TaskSeries answers the series of a task; ErrNotFound for one that does not recur.
	TaskSeries(taskID int64) (Series, error)
	// Series answers one; in a transaction that writes nobody else changes it meanwhile.
	Series(id int64) (Series, error)
	// DocumentSeries lists those of a document.
	DocumentSeries(documentID int64) ([]Series, error)
	// NewestPeriod lists the assignments of the newest period that has any, in the order in which they were assigned.
	NewestPeriod(seriesID int64) ([]Assignment, error)
	// Periods lists the periods that were opened, the newest first, at most limit.
	Periods(seriesID int64, limit int) ([]Period, error)
	// LastingSeries lists those of issued documents that have not ended: at most limit with an identifier above after.
	LastingSeries(after int64, limit int) ([]Series, error)
}

// SeriesWriter writes them.
type SeriesWriter interface {
	InsertSeries(x Series) (int64, error)
	UpdateSeries(x Series) error // where id and version
	// JoinPeriod makes an assignment the one of a period; its deadline is written with the assignment itself.
	JoinPeriod(assignmentID, seriesID int64, p Period) error
	// InsertPeriod tells false when the period was opened before.
	InsertPeriod(seriesID int64, p Period, opened calendar.Date) (bool, error)
}

// upcoming answers the periods of the series in order, those that are settled left out.
func (x Series) upcoming() (func() (Period, bool), error) {
	rule, err := calendar.ParseCadence(x.Rule)
	if err != nil {
		return nil, err
	}
	last := x.Settled
	return func() (Period, bool) {
		day, ok := rule.Next(last)
		if !ok || !x.Until.IsZero() && day.After(x.Until) {
			return Period{}, false
		}
		p := Period{Due: day}
		if p.Since, p.Span = rule.Period(day); p.Since.IsZero() {
			p.Since = last.AddDays(1)
		}
		last = day
		return p, true
	}, nil
}

// opens is the day on which a period is opened.
func (r Rules) opens(x Series, p Period) calendar.Date { return r.Calendar.Add(p.Due, -x.Ahead) }

// toOpen lists the periods that must be open by the day, the earliest first, and at least the first so many.
func (r Rules) toOpen(x Series, today calendar.Date, least int) ([]Period, error) {
	next, err := x.upcoming()
	if err != nil {
		return nil, err
	}
	var out []Period
	for len(out) < calendar.MaxOccurrences {
		p, ok := next()
		if !ok || len(out) >= least && r.opens(x, p).After(today) {
			break
		}
		out = append(out, p)
	}
	return out, nil
}

// again is the assignment of a period for those who had the one before: the duty begins anew.
func (a Assignment) again(x Series, p Period) Assignment {
	fresh := a // what does not belong to the life of one period goes on as it is
	fresh.ID, fresh.Version, fresh.State, fresh.Percent = 0, 0, StateAssigned, 0
	fresh.TaskID, fresh.SeriesID, fresh.Period = x.TaskID, x.ID, p
	fresh.FirstDue, fresh.FirstMended, fresh.Due, fresh.DueVersion, fresh.Cadence = p.Due, calendar.Date{}, p.Due, 1, ""
	fresh.SubmittedOn, fresh.CompletedAt, fresh.Evidence = calendar.Date{}, time.Time{}, ""
	fresh.Leads, fresh.Cooperating = slices.Clone(a.Leads), slices.Clone(a.Cooperating)
	return fresh
}

// newestOf are the assignments of a duty that stand for it now: of one that recurs those of the newest period.
func newestOf(list []Assignment) []Assignment {
	var newest calendar.Date
	for _, a := range list {
		if a.Period.Due.After(newest) {
			newest = a.Period.Due
		}
	}
	return slices.DeleteFunc(slices.Clone(list), func(a Assignment) bool { return a.Period.Due != newest })
}

// checkSeries notes what is wrong with the rule of a recurring duty: it must fall again after the day, and not too often for each
// time to be an assignment.
func (f *fields) series(name, rule string, after, until calendar.Date) {
	c, err := calendar.ParseCadence(rule)
	if err != nil {
		f.add(name, "field.bad_rule")
		return
	}
	first, ok := c.Next(after)
	switch {
	case !ok || !until.IsZero() && first.After(until):
		f.add(name, "series.over")
	case len(c.Between(first, first.AddMonths(12))) > mostPeriods:
		f.add(name, "series.too_often")
	}
}
