package tasks

import (
	"context"

	"tiendo/tasks/calendar"
)

// AssignmentStore opens transactions on assignments.
type AssignmentStore interface {
	View(ctx context.Context, fn func(AssignmentReader) error) error
	Update(ctx context.Context, fn func(AssignmentTx) error) error
}

// AssignmentReader reads assignments with what belongs to them. A missing row is ErrNotFound.
type AssignmentReader interface {
	DirectoryReader
	ExtensionReader
	RegisterReader
	PauseReader
	ApprovalReader
	ReassignmentReader
	YearEndReader
	RemarkReader
	ContributionReader
	DutyReader
	SeriesReader
	CalendarReader
	SavedViewReader
	FollowerReader
	RestrictedReader
	DutyLetterReader
	Assignment(id int64) (Assignment, error)
	Task(id int64) (Task, error)
	Document(id int64) (Document, error)
	// PeekDocument is Document for what does not change of an issued one, its kind and number: others may write the document meanwhile, and
	// who holds an assignment does not wait for somebody who has its document and wants the assignment.
	PeekDocument(id int64) (Document, error)
	DocumentFiles(documentID int64, withBlocks bool) ([]DocumentFile, error)
	Person(id int64) (Person, error)
	// PeopleByID answers the people that exist among the identifiers.
	PeopleByID(ids []int64) (map[int64]Person, error)
	// Reports lists the reports with their evidence, the newest first.
	Reports(assignmentID int64) ([]Report, error)
	Report(id int64) (Report, error)
	Attachment(id int64) (Attachment, error)
	CadenceNotes(assignmentID int64) ([]CadenceNote, error)
	Assignments(q AssignmentQuery) (AssignmentPage, error)
	// AssignmentPages answers a page of each of the lists.
	AssignmentPages(queries []AssignmentQuery) ([]AssignmentPage, error)
	// Figures counts by the query; one row.
	Figures(q FigureQuery) (Figures, error)
	Trail(s Subject, limit int) ([]AuditEntry, error)
	// EndedCadences lists open assignments whose newest cadence note fell due before the day, so that the next one must be written:
	// at most limit with an identifier above after.
	EndedCadences(before calendar.Date, after int64, limit int) ([]Assignment, error)
}

// AssignmentTx changes assignments.
type AssignmentTx interface {
	AssignmentReader
	ExtensionWriter
	PauseWriter
	EvidenceWriter
	ReassignmentWriter
	YearEndWriter
	RemarkWriter
	ContributionWriter
	ReplyFileWriter
	NudgeWriter
	SeriesWriter
	SavedViewWriter
	FollowerWriter
	RestrictedWriter
	AuditWriter
	NoticeWriter
	UpdateAssignment(a Assignment) error // where id and version; not its agencies
	InsertReport(r Report) (int64, error)
	UpdateReport(r Report) error // its outcome, decision and reason
	InsertAttachment(a Attachment) (int64, error)
	InsertCadenceNote(n CadenceNote) (int64, error)
	UpdateCadenceNote(n CadenceNote) error
	// DeleteCadenceNotes removes the unanswered notes of an assignment that has ended.
	DeleteCadenceNotes(assignmentID int64) error
}
