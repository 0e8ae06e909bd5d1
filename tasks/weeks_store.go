package tasks

import (
	"context"

	"tiendo/tasks/calendar"
)

// WeekStore opens transactions on the weekly figures.
type WeekStore interface {
	View(ctx context.Context, fn func(WeekReader) error) error
	Update(ctx context.Context, fn func(WeekTx) error) error
}

// LateDuty is one of the worst late duties of a week, as it stood on its Monday.
type LateDuty struct {
	AssignmentID int64
	DaysLate     int // working days
}

// FrozenWeekReader reads the figures of a Monday as they were frozen.
type FrozenWeekReader interface {
	DirectoryReader
	WeekListReader
	// WeekFigures are the frozen figures of a Monday; none when the job did not run for it.
	WeekFigures(monday calendar.Date) ([]WeekFigures, error)
	LateDuties(monday calendar.Date) ([]LateDuty, error)
	AssignmentRows(ids []int64) ([]AssignmentRow, error)
}

// WeekReader reads current and frozen figures.
type WeekReader interface {
	FrozenWeekReader
	LadderReader
	// WaitingExtensions and WaitingDeclines list the requests that wait for a decision, by identifier: at most limit above after.
	WaitingExtensions(after int64, limit int) ([]Extension, error)
	WaitingDeclines(after int64, limit int) ([]Decline, error)
	Figures(q FigureQuery) (Figures, error)
	// AgencyFigures counts for every agency that leads something, by agency.
	AgencyFigures(q FigureQuery) (map[int64]Figures, error)
	// LatestMonday is the newest frozen Monday up to the day; zero when there is none.
	LatestMonday(upTo calendar.Date) (calendar.Date, error)
	Assignments(q AssignmentQuery) (AssignmentPage, error)
	CountDocuments() (int, error) // issued
	// LastWeekSeal is the newest seal of the trail; ErrNotFound before the first.
	LastWeekSeal() (WeekSeal, error)
	// ChainHeads are the newest seals, among the rows with identifiers above after and up to last, of each chain that has any there.
	ChainHeads(after, last int64) ([]ChainHead, error)
}

// WeekTx freezes figures; a Monday that is frozen already stays as it is.
type WeekTx interface {
	WeekReader
	WeekListWriter
	AuditWriter
	FreezeWeek(figures []WeekFigures, worst []LateDuty) error
	// SettleAudit answers the highest identifier of the trail; no row with a lower one appears afterwards. Others wait meanwhile: it
	// is for a transaction of its own.
	SettleAudit() (int64, error)
	// AddWeekSeal is ErrConflict when a later or the same week is sealed already.
	AddWeekSeal(w WeekSeal) error
}
