package tasks

import (
	"context"

	"tiendo/tasks/calendar"
)

// LetterStore opens transactions on letters.
type LetterStore interface {
	View(ctx context.Context, fn func(LetterReader) error) error
	Update(ctx context.Context, fn func(LetterTx) error) error
}

// DutyLetterReader reads what letters say of a duty.
type DutyLetterReader interface {
	// LettersOn lists the letters that were issued and list the assignment, the newest first, each with what it says of it. Withdrawn ones
	// are left out.
	LettersOn(assignmentID int64) ([]DutyLetter, error)
}

// DutyLetter is a letter that lists a duty.
type DutyLetter struct {
	Letter
	Late int // working days of that duty on the letter's day
}

// LetterReader reads letters with what belongs to them. A missing row is ErrNotFound.
type LetterReader interface {
	DirectoryReader
	Letter(id int64) (Letter, error)
	Letters(q LetterQuery) (LetterPage, error)
	// LetterDuties lists what a letter lists, the earliest deadline first.
	LetterDuties(letterID int64) ([]LetterDuty, error)
	LetterFiles(letterID int64) ([]LetterFile, error)
	// NewestLetterHead is the head of the letter that was made last; ErrNotFound before the first.
	NewestLetterHead() (LetterHead, error)
	// LetterDrafts are the drafts by agency.
	LetterDrafts() (map[int64]int64, error)
	// AgencyLetters counts by agency and kind the letters issued since the day, and finds the newest of each agency, whenever it was.
	AgencyLetters(since calendar.Date) (map[int64]AgencyLetters, error)
	// LetterNumbered tells whether another letter to the agency has the number in the year.
	LetterNumbered(agencyID int64, number string, year int, but int64) (bool, error)
	// LateAgencies lists the agencies that lead open duties due up to the day.
	LateAgencies(dueTo calendar.Date) ([]LateAgency, error)
	// LetterCounts counts by month, agency and kind the letters dated within the days, both included.
	LetterCounts(from, to calendar.Date) ([]LetterCount, error)
	Assignments(q AssignmentQuery) (AssignmentPage, error)
	AssignmentRows(ids []int64) ([]AssignmentRow, error)
	PeopleByID(ids []int64) (map[int64]Person, error)
	Trail(s Subject, limit int) ([]AuditEntry, error)
}

// AgencyLetters is what an agency was written.
type AgencyLetters struct {
	Reminders, Criticisms int
	Last                  Letter
}

// LetterTx changes letters.
type LetterTx interface {
	LetterReader
	AuditWriter
	NoticeWriter
	InsertLetter(l Letter) (int64, error)
	UpdateLetter(l Letter) error // where id and version
	// DeleteLetter removes a draft with its duties; where id and version.
	DeleteLetter(l Letter) error
	SetLetterDuties(letterID int64, duties []LetterDuty) error
	InsertLetterFile(f LetterFile) (int64, error)
	DeleteLetterFile(id int64) error
}
