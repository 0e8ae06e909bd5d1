package tasks

import (
	"context"
	"io"
	"time"
)

// DocumentStore opens transactions on documents. The closure touches nothing but its argument; an error or a panic rolls back.
type DocumentStore interface {
	View(ctx context.Context, fn func(DocumentReader) error) error
	Update(ctx context.Context, fn func(DocumentTx) error) error
}

// DocumentReader reads documents, their drafts and what they are mapped to. A missing row is ErrNotFound.
type DocumentReader interface {
	DirectoryReader
	TakeoverReader
	ConsultationReader
	SeriesReader
	FollowerReader
	RestrictedReader
	Document(id int64) (Document, error)
	// DocumentsByNumber finds those of the same number and symbol, compared without case and white space.
	DocumentsByNumber(number string) ([]Document, error)
	// Documents answers one page, the newest first.
	Documents(q DocumentQuery) (DocumentPage, error)
	// DocumentNames lists the newest documents that were issued, in which one of the agencies has a part; nil: all.
	DocumentNames(visible []int64, limit int) ([]DocumentName, error)
	// DocumentFiles lists the files in reading order; withBlocks tells whether their text is wanted too.
	DocumentFiles(documentID int64, withBlocks bool) ([]DocumentFile, error)
	Attachment(id int64) (Attachment, error)
	// Drafts lists the drafts by position, those left out that a person has removed.
	Drafts(documentID int64) ([]Draft, error)
	// RemovedDrafts lists those that a person has removed, by position.
	RemovedDrafts(documentID int64) ([]Draft, error)
	// Draft answers a removed one too.
	Draft(id int64) (Draft, error)
	// Steps lists the newest audit rows of a document, at most limit, without what was before and after.
	Steps(documentID int64, limit int) ([]AuditEntry, error)
	// AuditEntry answers one audit row.
	AuditEntry(id int64) (AuditEntry, error)
	// Visits lists who has had the document's review open since then, the latest first.
	Visits(documentID int64, since time.Time) ([]Visit, error)
	// Proposal is what extraction proposed when the document was imported; ErrNotFound for one imported before that was kept.
	Proposal(documentID int64) (Proposal, error)
	// Reviewed lists the documents that have files and were issued, or whose drafts are all checked, at or after the instant: that of
	// the issue, of drafts that of the import. By identifier.
	Reviewed(since time.Time) ([]int64, error)
	// Tasks lists the duties of an issued document by position.
	Tasks(documentID int64) ([]Task, error)
	// DocumentAssignments lists every assignment of the document, by task position.
	DocumentAssignments(documentID int64) ([]Assignment, error)
	// HasPart tells whether one of the agencies has a part in an assignment of the document.
	HasPart(documentID int64, agencies []int64) (bool, error)
	// IssueMailSent tells whether a mail of the document's issue has been claimed for delivery or sent.
	IssueMailSent(documentID int64) (bool, error)
	// RevisedBy lists the documents, no drafts, that revise the document.
	RevisedBy(documentID int64) ([]Document, error)
	CadenceNotes(assignmentID int64) ([]CadenceNote, error)
	// Trail lists the audit rows of a subject, the newest first, at most limit.
	Trail(s Subject, limit int) ([]AuditEntry, error)
}

// DocumentTx changes documents. Updates compare the version that was read and answer ErrConflict when it is no longer that.
type DocumentTx interface {
	DocumentReader
	AuditWriter
	NoticeWriter
	TakeoverWriter
	ConsultationWriter
	SeriesWriter
	FollowerWriter
	LadderReader
	LadderWriter
	InsertDocument(d Document) (int64, error)
	UpdateDocument(d Document) error // where id and version; the row's version grows by one
	// DeleteDocument removes a draft document with its drafts, files' rows and attachments.
	DeleteDocument(id, version int64) error
	InsertAttachment(a Attachment) (int64, error)
	InsertDocumentFile(f DocumentFile) (int64, error) // f.Attachment.ID must be set
	InsertDraft(d Draft) (int64, error)
	InsertProposal(p Proposal) error // once a document
	UpdateDraft(d Draft) error
	DeleteDraft(id, version int64) error
	// SetVisit notes that the person has the document's review open.
	SetVisit(documentID, personID int64, at time.Time) error
	// ShiftDrafts moves the drafts behind a position down by one; their versions stay.
	ShiftDrafts(documentID int64, after int) error
	RestrictedWriter
	AliasWriter
	DeleteAlias(id int64) error
	InsertTask(t Task) (int64, error)
	// InsertAssignment also indexes the words of its task and document for search.
	InsertAssignment(a Assignment) (int64, error)
	// InsertAssignments writes several and answers their identifiers, in their order.
	InsertAssignments(list []Assignment) ([]int64, error)
	// AuditAll writes several rows of the trail, as AuditWriter's Audit does one.
	AuditAll(entries []AuditEntry) error
	InsertCadenceNote(n CadenceNote) (int64, error)
	UpdateAssignment(a Assignment) error // as AssignmentTx has it
	// MoveAssignment puts an assignment under another duty: its task, document, cooperating agencies, deadlines and cadence; where id and
	// version. It is found by the words of the new duty from then on.
	MoveAssignment(a Assignment) error
	// DeleteCadenceNotes removes the unanswered notes of an assignment.
	DeleteCadenceNotes(assignmentID int64) error
	Extensions(assignmentID int64) ([]Extension, error) // as ExtensionReader has it
	UpdateExtension(x Extension) error                  // as ExtensionWriter has it
	Declines(assignmentID int64) ([]Decline, error)     // as ReassignmentReader has it
	UpdateDecline(d Decline) error                      // as ReassignmentWriter has it
	// DropNotices drops the notices about an assignment and its cadence of which no mail was made yet.
	DropNotices(assignmentID int64) error
	// DeleteIssue removes the tasks, assignments, cadence notes, notices and mails that issuing the document made.
	DeleteIssue(documentID int64) error
}

// FileStore keeps the bytes of uploads by their hash. Put writes a temporary file, syncs and renames it, so that a file is whole
// or absent.
type FileStore interface {
	Put(ctx context.Context, r io.Reader) (hash string, size int64, err error)
	Open(hash string) (io.ReadSeekCloser, error)
}
