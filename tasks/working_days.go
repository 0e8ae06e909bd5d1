package tasks

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"tiendo/tasks/calendar"
)

// WorkingDays is the service of the province's calendar: public holidays and days worked to make up for others. Rules.Calendar, which
// everything reckons with, holds what it read last.
type WorkingDays struct {
	Store WorkingDayStore
	Rules Rules
	Now   Clock // business
	// System is by which Recheck tells how long ago it looked.
	System Clock
	// Reading reads the words of deadlines as a calendar has them.
	Reading func(c *calendar.Calendar) DeadlineReader

	mu      sync.Mutex
	version int64 // of the table in Rules.Calendar; 0: the one that the program came with
	checked time.Time
}

// WorkingDayStore keeps the table of days.
type WorkingDayStore interface {
	View(ctx context.Context, fn func(WorkingDayReader) error) error
	Update(ctx context.Context, fn func(WorkingDayTx) error) error
}

// WorkingDayReader reads the table, and what hangs on it.
type WorkingDayReader interface {
	// DaysVersion counts the changes of the table; 0 before it was first written.
	DaysVersion() (int64, error)
	// Days lists the table by day, pending ones too.
	Days() ([]calendar.Exception, error)
	// WordedDeadlines lists, by identifier, the assignments that have not ended, whose deadline in force is their first and that of words:
	// at most limit above after.
	WordedDeadlines(after int64, limit int) ([]WordedDeadline, error)
	// WordedDrafts does the same for drafts, not removed, of documents under review whose deadline is as it was read.
	WordedDrafts(after int64, limit int) ([]WordedDraft, error)
	// CadencesSince does the same for assignments with a cadence that were assigned at or after the instant.
	CadencesSince(at time.Time, after int64, limit int) ([]CadenceStart, error)
	// OpenDueOn counts the assignments in an open state that are due on one of the days.
	OpenDueOn(days []calendar.Date) (int, error)
	AssignmentRows(ids []int64) ([]AssignmentRow, error)
}

// WorkingDayTx changes the table with everything that hangs on it.
type WorkingDayTx interface {
	WorkingDayReader
	AuditWriter
	NoticeWriter
	// TurnOfDays lets one transaction after the other change the table.
	TurnOfDays() error
	// SetDays writes the table whose version is the given one, whole; its version grows by one. ErrConflict when it has another.
	SetDays(version int64, days []calendar.Exception) error
	Assignment(id int64) (Assignment, error)
	UpdateAssignment(a Assignment) error
	Document(id int64) (Document, error)
	UpdateDocument(d Document) error
	Draft(id int64) (Draft, error)
	UpdateDraft(d Draft) error
	CadenceNotes(assignmentID int64) ([]CadenceNote, error)
	InsertCadenceNote(n CadenceNote) (int64, error)
	DeleteNotesBetween(assignmentID int64, from, until calendar.Date) error
}

// WordedDeadline is an assignment whose deadline may have been read from words.
type WordedDeadline struct {
	AssignmentID int64
	Due          calendar.Date
	Phrase       string
	Date         calendar.Date // of the document
	Year         int           // that the document is for
}

// WordedDraft is a draft whose deadline was read from words, with the head on which they hang.
type WordedDraft struct {
	Draft
	Date calendar.Date
	Year int
}

// CadenceStart is an assignment with a cadence, and its first note.
type CadenceStart struct {
	AssignmentID int64
	Cadence      string
	AssignedAt   time.Time
	First        calendar.Date
}

// Fill writes the table that the program comes with into a database that has none, and reads the table.
func (s *WorkingDays) Fill(ctx context.Context) error {
	var version int64
	if err := s.Store.View(ctx, func(tx WorkingDayReader) (err error) {
		version, err = tx.DaysVersion()
		return err
	}); err != nil {
		return fmt.Errorf("working days: %w", err)
	}
	if version == 0 {
		if err := s.Store.Update(ctx, func(tx WorkingDayTx) error {
			if err := tx.TurnOfDays(); err != nil {
				return err
			}
			if version, err := tx.DaysVersion(); err != nil || version != 0 {
				return err
			}
			return tx.SetDays(0, calendar.Default())
		}); err != nil {
			return fmt.Errorf("fill the table of working days: %w", err)
		}
	}
	return s.Refresh(ctx)
}

// Refresh brings Rules.Calendar up to the table, which another instance may have changed. It costs the reading of a number when nobody has.
func (s *WorkingDays) Refresh(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.refresh(ctx)
}

func (s *WorkingDays) refresh(ctx context.Context) error {
	var days []calendar.Exception
	version := s.version
	err := s.Store.View(ctx, func(tx WorkingDayReader) (err error) {
		if version, err = tx.DaysVersion(); err != nil || version == s.version || version == 0 {
			return err
		}
		days, err = tx.Days()
		return err
	})
	if err != nil {
		return fmt.Errorf("read working days: %w", err)
	}
	if version != s.version && version != 0 {
		s.Rules.Calendar.Replace(days)
		s.version = version
	}
	s.checked = s.System()
	return nil
}

// Recheck is Refresh when the last one was at least so long ago, and nobody else is at it.
func (s *WorkingDays) Recheck(ctx context.Context, every time.Duration) error {
	if !s.mu.TryLock() {
		return nil
	}
	defer s.mu.Unlock()
	if since := s.System().Sub(s.checked); since >= 0 && since < every {
		return nil
	}
	return s.refresh(ctx)
}

// take puts a table that was just written into use, unless a later one is already.
func (s *WorkingDays) take(version int64, days []calendar.Exception) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if version > s.version {
		s.Rules.Calendar.Replace(days)
		s.version = version
	}
}

// LackingYear is a year of which the calendar does not know the public holidays whole.
type LackingYear struct {
	Year  int
	Known int // of calendar.LawDaysOff
}

// announcedFrom is the month from which the next year is expected to be known: the Prime Minister decides on Tết and the National Day in it.
const announcedFrom = time.October

// LackingYears lists the years of which a day needs to know the public holidays and the calendar does not: its own, from October on the next.
func (r Rules) LackingYears(today calendar.Date) []LackingYear {
	years := []int{today.Year}
	if today.Month >= announcedFrom {
		years = append(years, today.Year+1)
	}
	var lacking []LackingYear
	for _, year := range years {
		if known := r.Calendar.WeekdaysOff(year); known < calendar.LawDaysOff {
			lacking = append(lacking, LackingYear{year, known})
		}
	}
	return lacking
}

// Lacking lists the years that the calendar must be completed for, for those who may.
func (s *WorkingDays) Lacking(actor Person) []LackingYear {
	if !actor.Can(ActionWorkingDays) {
		return nil
	}
	return s.Rules.LackingYears(s.Rules.Day(s.Now()))
}

// WorkingYear is a year of the table.
type WorkingYear struct {
	Year    int
	Days    []calendar.Exception // of the year, pending ones too
	Years   []int                // that the table has days of, and this year and the next
	Known   int                  // weekdays off, of calendar.LawDaysOff
	Made    int                  // weekend days worked
	Pending int
	Version int64
}

// Lacks tells whether the holidays of the year are not known whole.
func (y WorkingYear) Lacks() bool { return y.Known < calendar.LawDaysOff }

// Year reads a year of the table; 0 is the present one.
func (s *WorkingDays) Year(ctx context.Context, actor Person, year int) (WorkingYear, error) {
	days, version, err := s.Table(ctx, actor)
	if err != nil {
		return WorkingYear{}, err
	}
	this := s.Rules.Day(s.Now()).Year
	if year == 0 {
		year = this
	}
	v := WorkingYear{Year: year, Years: []int{year, this, this + 1}, Version: version}
	c := calendar.New(days)
	v.Known = c.WeekdaysOff(year)
	for _, e := range days {
		v.Years = append(v.Years, e.Date.Year)
		if e.Date.Year != year {
			continue
		}
		v.Days = append(v.Days, e)
		switch {
		case e.Pending:
			v.Pending++
		case e.Working:
			v.Made++
		}
	}
	slices.Sort(v.Years)
	v.Years = slices.Compact(v.Years)
	return v, nil
}

// Table reads the whole table by day, with its version.
func (s *WorkingDays) Table(ctx context.Context, actor Person) (days []calendar.Exception, version int64, err error) {
	if err := may(actor, ActionWorkingDays); err != nil {
		return nil, 0, err
	}
	err = s.Store.View(ctx, func(tx WorkingDayReader) (err error) {
		if version, err = tx.DaysVersion(); err != nil {
			return err
		}
		days, err = tx.Days()
		return err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("read working days: %w", err)
	}
	return days, version, nil
}
