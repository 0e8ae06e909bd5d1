package notify

import (
	"context"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// JobStore is what the scheduler's jobs read and write.
type JobStore interface {
	View(ctx context.Context, fn func(JobReader) error) error
	Update(ctx context.Context, fn func(JobTx) error) error
}

// Deadline is an open assignment's deadline, as the reminder job sees it.
type Deadline struct {
	AssignmentID int64
	TaskID       int64
	DocumentID   int64
	Leads        []int64
	Cooperating  []int64
	Due          calendar.Date
	DueVersion   int
	DueSetOn     calendar.Date
}

// CadenceDue is an unanswered cadence note of an assignment that is still open.
type CadenceDue struct {
	NoteID       int64
	AssignmentID int64
	TaskID       int64
	DocumentID   int64
	Leads        []int64
	Due          calendar.Date
	SetOn        calendar.Date // the day of issue
}

// Submission is a report that waits for its confirmation.
type Submission struct {
	AssignmentID int64
	TaskID       int64
	DocumentID   int64
	SubmittedOn  calendar.Date
}

// RemarkDue is a leader's word that waits for an answer by a day, on an assignment that has not ended.
type RemarkDue struct {
	RemarkID     int64
	AssignmentID int64
	Leads        []int64
	Round        int
	Due          calendar.Date
	SetOn        calendar.Date // the day on which Due was named
}

// JobReader reads what a day asks for.
type JobReader interface {
	tasks.LadderReader
	// LastRuns are the business instants up to which jobs have run, by name; of those that were never started there is none.
	LastRuns() (map[string]time.Time, error)
	// OpenDeadlines lists, by assignment, those in an open state (tasks.State.Open) that are due up to the day: at most limit with
	// an identifier above after.
	OpenDeadlines(dueTo calendar.Date, after int64, limit int) ([]Deadline, error)
	// OpenCadenceNotes does the same for unanswered cadence notes.
	OpenCadenceNotes(dueTo calendar.Date, after int64, limit int) ([]CadenceDue, error)
	// Submissions lists, by assignment, those that were submitted up to the day and wait for their confirmation.
	Submissions(submittedTo calendar.Date, after int64, limit int) ([]Submission, error)
	// Unanswered lists the open consultations that are due up to the day, each with the agencies that have not answered.
	Unanswered(dueTo calendar.Date) ([]Unanswered, error)
	// OpenRemarks does the same for leaders' words that wait for an answer.
	OpenRemarks(dueTo calendar.Date, after int64, limit int) ([]RemarkDue, error)
	// OpenContributions does the same for parts of cooperating agencies that are to be sent.
	OpenContributions(dueTo calendar.Date, after int64, limit int) ([]ContributionDue, error)
	// LeadingAgencies lists the agencies that lead at least one assignment of an issued document, or one that goes on of a closed one.
	LeadingAgencies() ([]int64, error)
	// Lease reads a lease; ErrNotFound when nobody has had it yet.
	Lease(name string) (Lease, error)
}

// JobTx writes notices and the job's run in one transaction.
type JobTx interface {
	JobReader
	tasks.NoticeWriter
	// AddNotices writes many as AddNotice does one.
	AddNotices(notices []tasks.Notice) error
	SetLastRun(job string, at time.Time) error
	// TakeLease gives the lease to the holder until the system instant, unless another has it beyond now. It answers the lease as it
	// is then.
	TakeLease(name, holder string, now, until time.Time) (Lease, error)
	// SeizeLease gives the holder a lease that is another's, as long as that one has not renewed it; ErrNotFound when it has.
	SeizeLease(name, holder string, from Lease, until time.Time) error
	// KeepLease renews a lease, and keeps others from taking it before the transaction's end; ErrNotFound when it is another's.
	KeepLease(name, holder string, until time.Time) error
	// Beat notes that the holder has done the work; ErrNotFound when the lease is another's.
	Beat(name, holder string, at time.Time) error
}

// ComposeStore is what composing reads and writes.
type ComposeStore interface {
	View(ctx context.Context, fn func(ComposeReader) error) error
	Update(ctx context.Context, fn func(ComposeTx) error) error
}

// ComposeReader reads open notices and what their mails say.
type ComposeReader interface {
	tasks.DirectoryReader
	// OpenNotices lists the open notices of a kind written up to the instant, by identifier: at most limit with an identifier
	// above after.
	OpenNotices(kind tasks.NoticeKind, upTo time.Time, after int64, limit int) ([]tasks.Notice, error)
	// RecentNotices lists the newest notices of a kind, an event ("": any) and a role ("": any), open or not, the newest first.
	RecentNotices(kind tasks.NoticeKind, event string, role tasks.Role, limit int) ([]tasks.Notice, error)
	// Recipients lists the active people who have the role, for the agency when it is not 0.
	Recipients(role tasks.Role, agencyID int64) ([]tasks.Person, error)
	Person(id int64) (tasks.Person, error)
	// StillActive lists those of the people whose account is not closed. None of them is closed before the end of a transaction that writes.
	StillActive(ids []int64) ([]int64, error)
	// ReminderHours lists the hours at which active people want their reminders, each once.
	ReminderHours() ([]int, error)
	// DeputationsInForce lists who acts for whom on the day.
	DeputationsInForce(on calendar.Date) ([]tasks.Deputation, error)
	// OverStands lists the mails that wait, and that the server has not taken for certain, for deputies who act no more on the day.
	OverStands(on calendar.Date) ([]int64, error)
	// BouncesOf lists the mails to the person that came back, the newest first.
	BouncesOf(personID int64, limit int) ([]Bounce, error)
	// Mailed tells, by notice, the people who have a mail of it, whatever became of it, unless it expired.
	Mailed(noticeIDs []int64) (map[int64][]int64, error)
	// MailedSince lists the people for whom a mail of the kind was composed at or after the business instant, be it waiting,
	// being sent, sent or failed: whoever has had the mail of the day.
	MailedSince(kind tasks.NoticeKind, from time.Time) ([]int64, error)
	// Stirring lists those of the kinds of which a notice is open that was written up to the instant, or a mail waits that the server has
	// not taken for certain.
	Stirring(kinds []tasks.NoticeKind, upTo time.Time) ([]tasks.NoticeKind, error)
	// Untaken lists the mails of the kind that wait and that the server has not taken for certain, with what each tells of.
	Untaken(kind tasks.NoticeKind) ([]UntakenMail, error)
	// StillOpen lists those of the notices that exist and are open: a document may have been recalled since they were read. Inside a
	// transaction that writes they stay so until its end, and no mail of theirs is taken back.
	StillOpen(noticeIDs []int64) ([]int64, error)
	Document(id int64) (tasks.Document, error)
	Assignment(id int64) (tasks.Assignment, error)
	AssignmentRows(ids []int64) ([]tasks.AssignmentRow, error)
	// AssignmentsByID reads assignments without the words of their duties; those that are gone are left out.
	AssignmentsByID(ids []int64) (map[int64]tasks.Assignment, error)
	// CadenceNotesByID reads periodic reports that are to be made; those that are gone are left out.
	CadenceNotesByID(ids []int64) (map[int64]tasks.CadenceNote, error)
	// DocumentAssignments lists every assignment of the document, by task position.
	DocumentAssignments(documentID int64) ([]tasks.Assignment, error)
	CadenceNote(id int64) (tasks.CadenceNote, error)
	// Report is a report with its evidence.
	Report(id int64) (tasks.Report, error)
	// Extension and DeadlineCorrection are what moved a deadline, or was refused to.
	Extension(id int64) (tasks.Extension, error)
	DeadlineCorrection(id int64) (tasks.DeadlineCorrection, error)
	// Pause, Decline and Reassignment are what events of a duty's life tell of.
	Pause(id int64) (tasks.Pause, error)
	Decline(id int64) (tasks.Decline, error)
	Reassignment(id int64) (tasks.Reassignment, error)
	// PeekSeries is a recurring duty.
	PeekSeries(id int64) (tasks.Series, error)
	// Remark is a leader's word, AnswersOf what was said on it, the oldest first.
	Remark(id int64) (tasks.Remark, error)
	AnswersOf(remarkID int64) ([]tasks.RemarkAnswer, error)
	// Contribution is a cooperating agency's part, PartsOfContribution what was sent of it, the oldest first.
	Contribution(id int64) (tasks.Contribution, error)
	PartsOfContribution(contributionID int64) ([]tasks.ContributionPart, error)
	CadenceNotes(assignmentID int64) ([]tasks.CadenceNote, error)
	Consultation(id int64) (tasks.Consultation, error)
	ConsultationAnswers(id int64) ([]tasks.ConsultationAnswer, error)
	// Letter is a letter of reminder or criticism, LetterDuties what it lists, the earliest deadline first.
	Letter(id int64) (tasks.Letter, error)
	LetterDuties(letterID int64) ([]tasks.LetterDuty, error)
	Assignments(q tasks.AssignmentQuery) (tasks.AssignmentPage, error)
	Figures(q tasks.FigureQuery) (tasks.Figures, error)
	WeekFigures(monday calendar.Date) ([]tasks.WeekFigures, error)
	LateDuties(monday calendar.Date) ([]tasks.LateDuty, error)
	tasks.WeekListReader
	// LatestMonday is the newest frozen Monday up to the day; zero when there is none.
	LatestMonday(upTo calendar.Date) (calendar.Date, error)
	// AgencyFigures counts for every agency that leads something, by agency.
	AgencyFigures(q tasks.FigureQuery) (map[int64]tasks.Figures, error)
	// WeekSeal is the seal of the trail of a Monday; ErrNotFound when it was not sealed.
	WeekSeal(monday calendar.Date) (tasks.WeekSeal, error)
	CountDocuments() (int, error)
}

// UntakenMail is a mail that waits, with the notices that it was composed from.
type UntakenMail struct {
	ID      int64
	Whom    int64 // a person, or under a negative number the agency whose mailbox it is; 0 of a mail to nobody in the directory
	Notices []tasks.Notice
}

// ComposeTx writes mails and closes their notices in one transaction.
type ComposeTx interface {
	ComposeReader
	// InsertMails stores mails, told being the notices that each tells of.
	InsertMails(mails []Mail, told [][]int64) error
	// Withdraw expires those of the mails that wait still and that the server has not taken for certain, and reopens their notices.
	Withdraw(mailIDs []int64) error
	// HoldMails keeps mails of the kind that wait from going before the business instant.
	HoldMails(kind tasks.NoticeKind, until time.Time) error
	// CloseNotices marks notices composed (a mail was written) or dropped (no longer true, superseded, nobody to tell). The
	// payload of an account notice is erased.
	CloseNotices(ids []int64, dropped bool) error
}

// OutboxStore claims and marks mails. Each method is its own short transaction, so that SMTP is never spoken inside one.
type OutboxStore interface {
	OverdueMails
	Turns
	// Claim leases up to n waiting mails whose hold has ended (business) and whose next try has come (system); mails whose lease
	// ran out are claimed again. Those never tried go first, the oldest before; then the others in the order of their next try.
	Claim(ctx context.Context, business, system, leaseUntil time.Time, today calendar.Date, n int) ([]Mail, error)
	// MarkSent marks mails that the server has taken, all of them or, with an error, none; ErrNotFound when one is not there.
	MarkSent(ctx context.Context, ids []int64, business time.Time) error
	// MarkRefused uses up a try of a mail. ErrNotFound when the mail is no longer under its lease.
	MarkRefused(ctx context.Context, m Mail, r Refusal) error
	// Release gives claimed mails back, each to be claimed again from its NextTry on, without using up a try: the server could not be
	// reached. ErrNotFound when one is no longer under its lease; the others are given back.
	Release(ctx context.Context, mails []Mail, reason string) error
	// Expire marks mails whose ExpiresOn is before the day and that wait, or whose lease has run out (system), and reopens their
	// notices. Mails and notices of one-time links that no longer hold (system) end for good. It answers how many mails.
	Expire(ctx context.Context, today calendar.Date, system time.Time) (int, error)
	// EarliestHold is the next business instant after the given one at which a held mail may go; zero when none waits.
	EarliestHold(ctx context.Context, after time.Time) (time.Time, error)
	// EndHolds lets held mails of the issue of a document (0: of all) go at once, with its audit row. It answers how many. Mails that are
	// held for the office stay held.
	EndHolds(ctx context.Context, documentID int64, business time.Time, audit tasks.AuditEntry) (int, error)
	// Ready counts the mails that may go now but are not sent yet.
	Ready(ctx context.Context, business, system time.Time) (int, error)
	// Page lists mails for the outbox page, the newest first, without their bytes.
	Page(ctx context.Context, q MailQuery) (MailPage, error)
	// Retry lets a mail that failed or came back be tried again from now, at the person's address of now; Cancel stops one that waits. ErrNotFound when its state does not allow it.
	Retry(ctx context.Context, id int64, audit tasks.AuditEntry) error
	Cancel(ctx context.Context, id int64, audit tasks.AuditEntry) error
	// RetryAll does for all failed mails what Retry does for one, with one audit row. It answers how many.
	RetryAll(ctx context.Context, audit tasks.AuditEntry) (int, error)
	// Tellings reads whom mails have told of an assignment: the newest so many mails, and which agencies are to know of it.
	Tellings(ctx context.Context, assignmentID int64, limit int) (Tellings, error)
	// Told lists the mails about a subject, the newest first: which mail told whom when.
	Told(ctx context.Context, s tasks.Subject, limit int) ([]Mail, error)
}

// MailQuery asks for one page of the outbox.
type MailQuery struct {
	State MailState
	Kind  tasks.NoticeKind
	Words string // of the address or subject
	After string
	Limit int
}

// MailPage is one page of the outbox.
type MailPage struct {
	Rows   []Mail
	Next   string
	Total  int
	Counts map[MailState]int
}
