package store

import (
	"slices"
	"strings"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

const feedColumns = "SELECT person_id, hash, cooperating, made_at FROM calendar_feeds WHERE "

func readFeed(r scanner) (tasks.CalendarFeed, error) {
	var f tasks.CalendarFeed
	err := r.Scan(&f.PersonID, &f.Hash, yes{&f.Cooperating}, instant{&f.MadeAt})
	return f, err
}

// CalendarFeed implements tasks.CalendarFeedReader.
func (tx *Tx) CalendarFeed(personID int64) (tasks.CalendarFeed, error) {
	return one(tx, readFeed, feedColumns+"person_id = $1", personID)
}

// CalendarFeedByHash implements tasks.CalendarFeedReader.
func (tx *Tx) CalendarFeedByHash(hash string) (tasks.CalendarFeed, error) {
	return one(tx, readFeed, feedColumns+"hash = $1", hash)
}

// PutCalendarFeed implements tasks.CalendarFeedWriter.
func (tx *Tx) PutCalendarFeed(f tasks.CalendarFeed) error {
	return tx.exec(`INSERT INTO calendar_feeds (person_id, hash, cooperating, made_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash, cooperating = excluded.cooperating, made_at = excluded.made_at`,
		f.PersonID, f.Hash, yesValue(f.Cooperating), f.MadeAt.UnixMilli())
}

// DeleteCalendarFeed implements tasks.CalendarFeedWriter.
func (tx *Tx) DeleteCalendarFeed(personID int64) error {
	return tx.exec("DELETE FROM calendar_feeds WHERE person_id = $1", personID)
}

// CalendarDuties implements tasks.CalendarReader. Of each agency, part and state the index has a piece in the order of deadlines.
func (tx *Tx) CalendarDuties(agencies []int64, cooperating bool, since calendar.Date, limit int) ([]int64, error) {
	parts := []tasks.Part{tasks.PartLead}
	if cooperating {
		parts = append(parts, tasks.PartCooperating)
	}
	var w where
	day := w.arg(since.String())
	var pieces []string
	for _, agency := range agencies {
		id := w.arg(agency)
		for _, part := range parts {
			for _, state := range tasks.States {
				piece := "SELECT assignment_id, due FROM assignment_agencies WHERE agency_id = " + id + " AND part = '" + string(part) + "' AND state = '" + string(state) + "'"
				if state == tasks.StateCompleted || state == tasks.StateCancelled {
					piece += " AND due >= " + day + " AND due < '" + noDue + "'"
				}
				pieces = append(pieces, piece)
			}
		}
	}
	if len(pieces) == 0 {
		return nil, nil
	}
	return all(tx, readID, "SELECT assignment_id FROM ("+strings.Join(pieces, " UNION ")+") AS duties ORDER BY due DESC, assignment_id LIMIT "+w.arg(limit), w.args...)
}

// MissingNotes implements tasks.CalendarReader.
func (tx *Tx) MissingNotes(assignmentIDs []int64, to calendar.Date) ([]tasks.CalendarNote, error) {
	var notes []tasks.CalendarNote
	for chunk := range slices.Chunk(assignmentIDs, maxParameters-1) {
		var w where
		found, err := all(tx, func(r scanner) (n tasks.CalendarNote, err error) {
			err = r.Scan(&n.ID, &n.AssignmentID, day{&n.Due})
			return n, err
		}, "SELECT n.id, n.assignment_id, n.due FROM cadence_notes n JOIN assignments a ON a.id = n.assignment_id WHERE n.assignment_id IN "+in(&w, chunk)+
			" AND n.report_id IS NULL AND n.due <= "+w.arg(to.String())+" AND "+isOpen+" ORDER BY n.id", w.args...)
		if err != nil {
			return nil, err
		}
		notes = append(notes, found...)
	}
	return notes, nil
}

// ChangedAt implements tasks.CalendarReader.
func (tx *Tx) ChangedAt(assignmentIDs []int64) (map[int64]time.Time, error) {
	changed := make(map[int64]time.Time, len(assignmentIDs))
	for chunk := range slices.Chunk(assignmentIDs, maxParameters-1) {
		var w where
		_, err := all(tx, func(r scanner) (_ struct{}, err error) {
			var id int64
			var at time.Time
			err = r.Scan(&id, instant{&at})
			changed[id] = at
			return struct{}{}, err
		}, "SELECT subject_id, max(at) FROM audit WHERE subject_kind = "+w.arg(string(tasks.SubjectAssignment))+" AND subject_id IN "+in(&w, chunk)+
			" GROUP BY subject_id", w.args...)
		if err != nil {
			return nil, err
		}
	}
	return changed, nil
}
