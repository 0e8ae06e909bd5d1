package extract

import (
	"strings"

	"tiendo/tasks/calendar"
)

// States of a duty as a tracker tells them; "" when its words are not understood.
const (
	StateAssigned   = "assigned"
	StateInProgress = "in_progress"
	StateSubmitted  = "submitted"
	StateReturned   = "returned"
	StateCompleted  = "completed"
	StateOnHold     = "on_hold"
	StateCancelled  = "cancelled"
)

// What a tracker says of a completed duty's time.
const (
	SaidOnTime = "on_time"
	SaidLate   = "late"
)

// Tracker is an office's running list of duties as it was read: every row is a duty of a document, or stands in Left.
type Tracker struct {
	Documents []TrackedDocument
	Left      []TrackerRow
}

// TrackedDocument gathers the rows of one document: of the same number and date. Head.Number is "" for rows that name none.
type TrackedDocument struct {
	Head Head
	Rows []TrackedDuty
}

// TrackedDuty is one row. Task.Due is the first deadline; Task.Source.Row is the row's number on its sheet.
type TrackedDuty struct {
	Task
	Extended    Due    // the deadline now in force, when it was moved; else of kind none
	State       string // one of the states, "" when the words are not understood
	Said        string // SaidOnTime, SaidLate, or ""
	Status      string // the words of the state, as written
	Progress    string // the words of the result, as written
	CompletedOn string // the day on which it was done or reported done, YYYY-MM-DD, "" when no day is told
	Percent     int    // -1 when not told
	Note        string
	Sheet       string
}

// TrackerRow is a row that holds words and was not taken as a duty; Why is a key. Row is 0 for a whole sheet.
type TrackerRow struct {
	Sheet string
	Row   int
	Text  string
	Why   string
}

// Why a row was left.
const (
	LeftNoHead = "tracker_left.no_head" // a sheet without the heads of a tracker
	LeftNoDuty = "tracker_left.no_duty" // a row in which no duty stands
)

// Keys of doubts on a tracker's rows.
const (
	DoubtStatusUnknown  = "tracker.status_unknown"  // args: the words
	DoubtStatusLoose    = "tracker.status_loose"    // args: the words; they tell the state only roughly
	DoubtStatusBlank    = "tracker.status_blank"    // no word of the state
	DoubtStatusDiffers  = "tracker.status_differs"  // args: the words, what disagrees with them
	DoubtDayOfReport    = "tracker.day_of_report"   // args: the words; the day of a document that reports, taken for the day of completion
	DoubtDayUnread      = "tracker.day_unread"      // args: the words; no day of completion can be told from them
	DoubtDayOfWhat      = "tracker.day_of_what"     // args: the column's head; a deadline or the day of completion
	DoubtDocumentAbove  = "tracker.document_above"  // args: the number; the cell is empty, the document of the row above was taken
	DoubtFirstDue       = "tracker.first_due"       // args: the words; only the moved deadline is told
	DoubtMovedInNote    = "tracker.moved_in_note"   // args: the words; a deadline moved in words outside its column
	DoubtAskedToMove    = "tracker.asked_to_move"   // args: the words; asked for and not granted: the deadline stays
	DoubtMovedSeveral   = "tracker.moved_several"   // args: the words; moved more than once, the last day was taken
	DoubtPercentUnread  = "tracker.percent_unread"  // args: the words
	DoubtDocumentUnread = "tracker.document_unread" // args: the words; no number in the column of documents
)

// ReadTracker reads a workbook, or a document with tables, as an office's running tracker. It finds the columns by their heads, on every
// sheet anew, and accounts for every row. The only error is ErrClassified, also when a single cell bears such a mark.
func ReadTracker(src *Source, opts Options) (Tracker, error) {
	if classified(src) {
		return Tracker{}, ErrClassified
	}
	r := trackerReader{calendar: opts.Calendar, at: map[string]int{}}
	for _, b := range src.Blocks {
		if b.Kind != Table {
			continue
		}
		for _, row := range b.Rows {
			for _, c := range row.Cells {
				if len(c.Text) <= 40 && classifiedLine(squeeze(c.Text)) {
					return Tracker{}, ErrClassified
				}
			}
		}
		r.table(b)
	}
	return r.out, nil
}

// trackerReader gathers documents over all sheets.
type trackerReader struct {
	calendar *calendar.Calendar
	out      Tracker
	at       map[string]int // documents by number and date
}

// document finds or begins the document of a row.
func (r *trackerReader) document(h Head) *TrackedDocument {
	number := strings.ToLower(strings.ReplaceAll(h.Number, " ", ""))
	key := number + " " + h.Date
	i, ok := r.at[key]
	if !ok {
		i, ok = r.at[number]
		// The date may stand only once.
		ok = ok && number != "" && (h.Date == "" || r.out.Documents[i].Head.Date == "")
	}
	if !ok {
		i = len(r.out.Documents)
		r.out.Documents = append(r.out.Documents, TrackedDocument{Head: h})
		if _, known := r.at[number]; !known {
			r.at[number] = i
		}
	}
	r.at[key] = i
	d := &r.out.Documents[i]
	d.Head.Date = firstOf(d.Head.Date, h.Date)
	d.Head.Title = firstOf(d.Head.Title, h.Title)
	return d
}

// table reads one sheet or table.
func (r *trackerReader) table(b Block) {
	g := newGrid(b)
	c, ok := g.trackerHead()
	if !ok {
		if len(g.rows) > 0 {
			r.out.Left = append(r.out.Left, TrackerRow{Sheet: b.Sheet, Text: firstWords(longest(g.rows[0]), 12), Why: LeftNoHead})
		}
		return
	}
	t := &trackerTable{grid: g, trackerColumns: c, reader: r}
	for i := c.body; i < len(g.rows); i++ {
		t.row(i)
	}
}
