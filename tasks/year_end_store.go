package tasks

import "tiendo/tasks/calendar"

// YearEndReader reads what a document leaves open at the end of its year.
type YearEndReader interface {
	// DocumentAssignments and HasPart are as DocumentReader has them.
	DocumentAssignments(documentID int64) ([]Assignment, error)
	HasPart(documentID int64, agencies []int64) (bool, error)
	// Concerning lists those of the assignments on which one of the people reported, be it as a head who approved, or of which one asked for
	// a later deadline or another lead.
	Concerning(assignments, people []int64) ([]int64, error)
	// LockedAssignments reads the assignments, each at most once and in no order, as Assignment does: nobody else changes them before the end
	// of the transaction.
	LockedAssignments(ids []int64) ([]Assignment, error)
	// CarriedOver tells which assignments of the document were carried over.
	CarriedOver(documentID int64) (map[int64]bool, error)
	// ClosableDocuments lists the issued documents of the year or an earlier one of which every assignment has ended, the oldest first.
	ClosableDocuments(year, limit int) ([]DocumentName, error)
}

// YearEndWriter ends documents.
type YearEndWriter interface {
	UpdateDocument(d Document) error // as DocumentTx has it
	// SetFirstDue gives a first deadline to an assignment that had none.
	SetFirstDue(assignmentID int64, due calendar.Date) error
}
