package tasks

import (
	"context"
	"time"

	"tiendo/tasks/calendar"
)

// TakenOver is what an office's own tracker told of a duty that tiendo goes on with: where it stood on the day of taking over.
type TakenOver struct {
	// State is the state in which the assignment begins; "" until a person has chosen one, where the tracker's words were not understood.
	State State `json:"state"`
	// FirstDue is the first deadline, which is kept for ever; zero when it is the draft's Deadline, the one now in force.
	FirstDue calendar.Date `json:"first_due"`
	// CompletedOn is the day on which the duty was done, or reported done when it waits for confirmation.
	CompletedOn calendar.Date `json:"completed_on"`
	Percent     int           `json:"percent"`
	// Said is OnTime or Late when the tracker says so of a completed duty; the days decide.
	Said Timeliness `json:"said,omitempty"`
	// As the tracker words it: the state, the result, how the deadline was moved, the note.
	Status   string `json:"status,omitempty"`
	Progress string `json:"progress,omitempty"`
	Moved    string `json:"moved,omitempty"`
	Note     string `json:"note,omitempty"`
	Sheet    string `json:"sheet,omitempty"`
	Row      int    `json:"row,omitempty"` // on its sheet, 1-based
}

// Done tells whether the agency has done or reported the duty, so that a day of it must be known.
func (t TakenOver) Done() bool { return t.State == StateCompleted || t.State == StateSubmitted }

// LeftRow is a row of a tracker that was not taken as a duty; Why is a key, Row is 0 for a whole sheet.
type LeftRow struct {
	Sheet string `json:"sheet"`
	Row   int    `json:"row"`
	Text  string `json:"text"`
	Why   string `json:"why"`
}

// Takeover is one tracker that was read. Its file is not kept: it tells every agency's state.
type Takeover struct {
	ID        int64
	Name      string // the file's
	Hash      string // SHA-256 of the file in hexadecimal
	Left      []LeftRow
	CreatedBy int64
	CreatedAt time.Time
}

// TrackedDocument is one document that a tracker's rows belong to, with its duties; each draft has its Taken.
type TrackedDocument struct {
	Head   Head
	Drafts []Draft
}

// TrackerReading is what a TrackerReader found: every row is a draft or stands in Left.
type TrackerReading struct {
	Documents []TrackedDocument
	Left      []LeftRow
}

// TrackerReader reads an office's running tracker. What a person can mend comes back as an Error, as with Reader.
type TrackerReader interface {
	ReadTracker(ctx context.Context, file Upload) (TrackerReading, error)
}

// TakeoverReader reads trackers that were taken over.
type TakeoverReader interface {
	Takeover(id int64) (Takeover, error)
	// TakeoverOf is the tracker that the document came from; 0 when it came from none.
	TakeoverOf(documentID int64) (int64, error)
	// TakeoverDocuments lists the documents of a tracker in its order.
	TakeoverDocuments(id int64) ([]Document, error)
	// TakeoverDrafts lists the drafts of the tracker's documents, in its order.
	TakeoverDrafts(id int64) ([]Draft, error)
}

// TakeoverWriter writes trackers that are taken over.
type TakeoverWriter interface {
	InsertTakeover(t Takeover) (int64, error)
	InsertTakeoverDocument(takeoverID, documentID int64) error
	InsertReport(r Report) (int64, error)
}

// MaxTrackerRows is how many duties a tracker may have: what goes beyond is to be taken over in parts.
const MaxTrackerRows = 5000
