package store

import (
	"slices"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

const remarkColumns = `r.id, r.assignment_id, r.kind, r.state, r.person_id, r.position, r.authority, r.document, r.words, r.due, r.due_set_on,
	r.wide, r.round, r.at, r.closed_by, r.closed_at, r.closing`

func readRemark(s scanner) (tasks.Remark, error) {
	var r tasks.Remark
	err := s.Scan(&r.ID, &r.AssignmentID, &r.Kind, &r.State, ref{&r.PersonID}, &r.Position, &r.Authority, &r.Document, &r.Words, day{&r.Due},
		day{&r.DueSetOn}, yes{&r.Wide}, &r.Round, instant{&r.At}, ref{&r.ClosedBy}, instant{&r.ClosedAt}, &r.Closing)
	return r, err
}

// Remarks implements tasks.RemarkReader.
func (tx *Tx) Remarks(assignmentID int64) ([]tasks.Remark, error) {
	return all(tx, readRemark, "SELECT "+remarkColumns+" FROM remarks r WHERE r.assignment_id = $1 ORDER BY r.id DESC", assignmentID)
}

// Remark implements tasks.RemarkReader and notify.ComposeReader.
func (tx *Tx) Remark(id int64) (tasks.Remark, error) {
	return one(tx, readRemark, "SELECT "+remarkColumns+" FROM remarks r WHERE r.id = $1", id)
}

const remarkAnswerColumns = "n.id, n.remark_id, n.agency_id, n.person_id, n.authority, n.words, n.document, n.due, n.at"

func readRemarkAnswer(s scanner) (tasks.RemarkAnswer, error) {
	var a tasks.RemarkAnswer
	err := s.Scan(&a.ID, &a.RemarkID, ref{&a.AgencyID}, ref{&a.PersonID}, &a.Authority, &a.Words, &a.Document, day{&a.Due}, instant{&a.At})
	return a, err
}

// RemarkAnswers implements tasks.RemarkReader.
func (tx *Tx) RemarkAnswers(assignmentID int64) ([]tasks.RemarkAnswer, error) {
	return all(tx, readRemarkAnswer, "SELECT "+remarkAnswerColumns+` FROM remark_answers n JOIN remarks r ON r.id = n.remark_id
		WHERE r.assignment_id = $1 ORDER BY n.id`, assignmentID)
}

// LastAnswers implements tasks.RemarkReader.
func (tx *Tx) LastAnswers(remarkIDs []int64) (map[int64]tasks.RemarkAnswer, error) {
	last := make(map[int64]tasks.RemarkAnswer)
	for chunk := range slices.Chunk(remarkIDs, maxParameters) {
		var w where
		answers, err := all(tx, readRemarkAnswer, "SELECT "+remarkAnswerColumns+` FROM remark_answers n WHERE n.id IN (
			SELECT max(id) FROM remark_answers WHERE agency_id IS NOT NULL AND remark_id IN `+in(&w, chunk)+" GROUP BY remark_id)", w.args...)
		if err != nil {
			return nil, err
		}
		for _, a := range answers {
			last[a.RemarkID] = a
		}
	}
	return last, nil
}

// AnswersOf implements notify.ComposeReader.
func (tx *Tx) AnswersOf(remarkID int64) ([]tasks.RemarkAnswer, error) {
	return all(tx, readRemarkAnswer, "SELECT "+remarkAnswerColumns+" FROM remark_answers n WHERE n.remark_id = $1 ORDER BY n.id", remarkID)
}

// standing is the condition of a remark that waits for somebody on a duty that has not ended. The states are written out, so that an
// engine can tell that the partial index serves.
const standing = "r.state IN ('open', 'answered') AND a.state NOT IN ('" + string(tasks.StateCompleted) + "', '" + string(tasks.StateCancelled) + "')"

// remarks adds the conditions that the query asks for.
func (w *where) remarks(q tasks.RemarkQuery) {
	w.and(standing)
	if q.State != "" {
		w.and("r.state = " + w.arg(string(q.State)))
	}
	if !q.DueBefore.IsZero() {
		w.and("r.due < " + w.arg(q.DueBefore.String()))
	}
	if q.Leads != nil {
		w.and("EXISTS (SELECT 1 FROM assignment_agencies p WHERE p.assignment_id = r.assignment_id AND p.part = " +
			w.arg(string(tasks.PartLead)) + " AND p.agency_id IN " + in(w, q.Leads) + ")")
	}
}

// noDay orders what has no day behind what has one.
const noDay = "9999-99-99"

// StandingRemarks implements tasks.RemarkReader.
func (tx *Tx) StandingRemarks(q tasks.RemarkQuery) ([]tasks.Remark, error) {
	var w where
	w.remarks(q)
	if q.After != 0 {
		last, err := tx.Remark(q.After)
		if err != nil {
			return nil, err
		}
		due := noDay
		if !last.Due.IsZero() {
			due = last.Due.String()
		}
		at := w.arg(due)
		w.and("(coalesce(r.due, '" + noDay + "') > " + at + " OR coalesce(r.due, '" + noDay + "') = " + at + " AND r.id > " + w.arg(q.After) + ")")
	}
	return all(tx, readRemark, "SELECT "+remarkColumns+" FROM remarks r JOIN assignments a ON a.id = r.assignment_id"+w.String()+
		" ORDER BY coalesce(r.due, '"+noDay+"'), r.id LIMIT "+w.arg(q.Limit), w.args...)
}

// CountRemarks implements tasks.RemarkReader.
func (tx *Tx) CountRemarks(q tasks.RemarkQuery) (int, error) {
	var w where
	w.remarks(q)
	var n int
	err := tx.row("SELECT count(*) FROM (SELECT 1 AS one FROM remarks r JOIN assignments a ON a.id = r.assignment_id"+w.String()+" LIMIT "+
		w.arg(tasks.CountCap+1)+") AS counted", w.args...).Scan(&n)
	return n, err
}

// Remarked implements tasks.RemarkReader.
func (tx *Tx) Remarked(assignmentIDs []int64) (map[int64]bool, error) {
	found := make(map[int64]bool)
	for chunk := range slices.Chunk(assignmentIDs, maxParameters) {
		var w where
		ids, err := all(tx, readID, "SELECT r.assignment_id FROM remarks r JOIN assignments a ON a.id = r.assignment_id WHERE "+standing+
			" AND r.assignment_id IN "+in(&w, chunk), w.args...)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			found[id] = true
		}
	}
	return found, nil
}

// InsertRemark implements tasks.RemarkWriter.
func (tx *Tx) InsertRemark(r tasks.Remark) (int64, error) {
	return tx.insert(`INSERT INTO remarks (assignment_id, kind, state, person_id, position, authority, document, words, due, due_set_on, wide,
		round, at, closed_by, closed_at, closing) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
		r.AssignmentID, string(r.Kind), string(r.State), refValue(r.PersonID), r.Position, r.Authority, r.Document, r.Words, dayValue(r.Due),
		dayValue(r.DueSetOn), yesValue(r.Wide), r.Round, r.At.UnixMilli(), refValue(r.ClosedBy), instantValue(r.ClosedAt), r.Closing)
}

// UpdateRemark implements tasks.RemarkWriter; what was said first stays.
func (tx *Tx) UpdateRemark(r tasks.Remark) error {
	return tx.touch("UPDATE remarks SET state = $1, due = $2, due_set_on = $3, round = $4, closed_by = $5, closed_at = $6, closing = $7 WHERE id = $8",
		string(r.State), dayValue(r.Due), dayValue(r.DueSetOn), r.Round, refValue(r.ClosedBy), instantValue(r.ClosedAt), r.Closing, r.ID)
}

// InsertRemarkAnswer implements tasks.RemarkWriter.
func (tx *Tx) InsertRemarkAnswer(a tasks.RemarkAnswer) (int64, error) {
	return tx.insert(`INSERT INTO remark_answers (remark_id, agency_id, person_id, authority, words, document, due, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		a.RemarkID, refValue(a.AgencyID), refValue(a.PersonID), a.Authority, a.Words, a.Document, dayValue(a.Due), a.At.UnixMilli())
}

// OpenRemarks implements notify.JobReader.
func (tx *Tx) OpenRemarks(dueTo calendar.Date, after int64, limit int) ([]notify.RemarkDue, error) {
	rows, err := all(tx, func(s scanner) (d notify.RemarkDue, err error) {
		err = s.Scan(&d.RemarkID, &d.AssignmentID, &d.Round, day{&d.Due}, day{&d.SetOn})
		return d, err
	}, `SELECT r.id, r.assignment_id, r.round, r.due, r.due_set_on FROM remarks r JOIN assignments a ON a.id = r.assignment_id
		WHERE r.state = 'open' AND `+standing+` AND r.id > $1 AND r.due <= $2 ORDER BY r.id LIMIT $3`, after, dueTo.String(), limit)
	return withLeads(tx, rows, err, func(d *notify.RemarkDue) (int64, *[]int64) { return d.AssignmentID, &d.Leads })
}
