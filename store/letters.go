package store

import (
	"context"
	"encoding/json"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// Letters keeps letters of reminder and criticism; it implements tasks.LetterStore.
type Letters struct{ db *DB }

// Letters is the store of letters.
func (db *DB) Letters() Letters { return Letters{db} }

// View implements tasks.LetterStore.
func (s Letters) View(ctx context.Context, fn func(tasks.LetterReader) error) error {
	return s.db.View(ctx, func(tx *Tx) error { return fn(tx) })
}

// Update implements tasks.LetterStore.
func (s Letters) Update(ctx context.Context, fn func(tasks.LetterTx) error) error {
	return s.db.updateBriefly(ctx, func(tx *Tx) error { return fn(tx) })
}

var _ tasks.LetterStore = Letters{}

const letterColumns = `l.id, l.kind, l.state, l.agency_id, l.about, l.words, l.answer_by, l.beyond, l.as_of, l.head, l.number, l.dated,
	(SELECT count(*) FROM letter_duties d WHERE d.letter_id = l.id), l.made_by, l.made_at, l.issued_by, l.issued_at, l.withdrawn_by,
	l.withdrawn_at, l.reason, l.version`

func letterFields(l *tasks.Letter) []any {
	return []any{&l.ID, &l.Kind, &l.State, &l.AgencyID, &l.About, &l.Words, day{&l.AnswerBy}, &l.Beyond, day{&l.AsOf}, object[tasks.LetterHead]{&l.Head},
		&l.Number, day{&l.Date}, &l.Duties, ref{&l.MadeBy}, instant{&l.MadeAt}, ref{&l.IssuedBy}, instant{&l.IssuedAt}, ref{&l.WithdrawnBy},
		instant{&l.WithdrawnAt}, &l.Reason, &l.Version}
}

func readLetter(r scanner) (tasks.Letter, error) {
	var l tasks.Letter
	err := r.Scan(letterFields(&l)...)
	return l, err
}

// object is a column of a JSON object that is only ever read whole.
type object[T any] struct{ to *T }

func (c object[T]) Scan(v any) error {
	var s string
	if err := (text{&s}).Scan(v); err != nil || s == "" {
		return err
	}
	return json.Unmarshal([]byte(s), c.to)
}

// Letter implements tasks.LetterReader and notify.ComposeReader.
func (tx *Tx) Letter(id int64) (tasks.Letter, error) {
	return one(tx, readLetter, "SELECT "+letterColumns+" FROM letters l WHERE l.id = $1", id)
}

// Letters implements tasks.LetterReader.
func (tx *Tx) Letters(q tasks.LetterQuery) (tasks.LetterPage, error) {
	var w where
	if q.Kind != "" {
		w.and("l.kind = " + w.arg(string(q.Kind)))
	}
	if q.State != "" {
		w.and("l.state = " + w.arg(string(q.State)))
	}
	if q.AgencyID != 0 {
		w.and("l.agency_id = " + w.arg(q.AgencyID))
	}
	if !q.From.IsZero() {
		w.and("l.dated >= " + w.arg(q.From.String()))
	}
	if !q.To.IsZero() {
		w.and("l.dated <= " + w.arg(q.To.String()))
	}
	if q.Visible != nil {
		w.and("l.agency_id IN " + in(&w, q.Visible))
		w.and("l.state <> " + w.arg(string(tasks.LetterDraft)))
	}
	var page tasks.LetterPage
	var err error
	if page.Total, err = tx.total("FROM letters l", &w); err != nil {
		return page, err
	}
	order, err := newestFirst(&w, "l.id", q.After)
	if err != nil {
		return page, err
	}
	size := pageSize(q.Limit)
	rows, err := all(tx, readLetter, "SELECT "+letterColumns+" FROM letters l"+w.String()+order+" LIMIT "+w.arg(size+1), w.args...)
	page.Rows, page.Next = cut(rows, size, func(l tasks.Letter) cursor { return cursor{ID: l.ID} })
	return page, err
}

// LetterDuties implements tasks.LetterReader and notify.ComposeReader.
func (tx *Tx) LetterDuties(letterID int64) ([]tasks.LetterDuty, error) {
	return all(tx, func(r scanner) (d tasks.LetterDuty, err error) {
		err = r.Scan(&d.LetterID, &d.AssignmentID, day{&d.Due}, &d.Late)
		return d, err
	}, "SELECT letter_id, assignment_id, due, late FROM letter_duties WHERE letter_id = $1 ORDER BY due, assignment_id", letterID)
}

// LetterFiles implements tasks.LetterReader.
func (tx *Tx) LetterFiles(letterID int64) ([]tasks.LetterFile, error) {
	return all(tx, func(r scanner) (f tasks.LetterFile, err error) {
		err = r.Scan(&f.ID, &f.LetterID, &f.Name, &f.Hash, &f.Size, &f.Type, ref{&f.CreatedBy}, instant{&f.CreatedAt})
		return f, err
	}, "SELECT id, letter_id, name, hash, size, type, created_by, created_at FROM letter_files WHERE letter_id = $1 ORDER BY id", letterID)
}

// LettersOn implements tasks.DutyLetterReader.
func (tx *Tx) LettersOn(assignmentID int64) ([]tasks.DutyLetter, error) {
	return all(tx, func(r scanner) (l tasks.DutyLetter, err error) {
		err = r.Scan(append(letterFields(&l.Letter), &l.Late)...)
		return l, err
	}, "SELECT "+letterColumns+`, y.late FROM letter_duties y JOIN letters l ON l.id = y.letter_id
		WHERE y.assignment_id = $1 AND l.state = $2 ORDER BY l.dated DESC, l.id DESC`, assignmentID, string(tasks.LetterIssued))
}

// NewestLetterHead implements tasks.LetterReader.
func (tx *Tx) NewestLetterHead() (tasks.LetterHead, error) {
	return one(tx, func(r scanner) (h tasks.LetterHead, err error) {
		err = r.Scan(object[tasks.LetterHead]{&h})
		return h, err
	}, "SELECT head FROM letters ORDER BY id DESC LIMIT 1")
}

// LetterDrafts implements tasks.LetterReader.
func (tx *Tx) LetterDrafts() (map[int64]int64, error) {
	drafts := make(map[int64]int64)
	_, err := all(tx, func(r scanner) (id int64, err error) {
		var agency int64
		err = r.Scan(&agency, &id)
		drafts[agency] = id
		return id, err
	}, "SELECT agency_id, id FROM letters WHERE state = $1", string(tasks.LetterDraft))
	return drafts, err
}

// LetterNumbered implements tasks.LetterReader.
func (tx *Tx) LetterNumbered(agencyID int64, number string, year int, but int64) (bool, error) {
	first := calendar.Date{Year: year, Month: 1, Day: 1}
	last := calendar.Date{Year: year, Month: 12, Day: 31}
	return tx.exists("SELECT 1 FROM letters WHERE agency_id = $1 AND number = $2 AND dated >= $3 AND dated <= $4 AND state = $5 AND id <> $6",
		agencyID, number, first.String(), last.String(), string(tasks.LetterIssued), but)
}

// letterValues are the values of insert and update, but for the identifier and the version.
func letterValues(l tasks.Letter) ([]any, error) {
	head, err := json.Marshal(l.Head)
	if err != nil {
		return nil, err
	}
	return []any{string(l.Kind), string(l.State), l.AgencyID, l.About, l.Words, dayValue(l.AnswerBy), l.Beyond, l.AsOf.String(), string(head), l.Number,
		dayValue(l.Date), refValue(l.MadeBy), l.MadeAt.UnixMilli(), refValue(l.IssuedBy), instantValue(l.IssuedAt), refValue(l.WithdrawnBy),
		instantValue(l.WithdrawnAt), l.Reason}, nil
}

// InsertLetter implements tasks.LetterTx.
func (tx *Tx) InsertLetter(l tasks.Letter) (int64, error) {
	values, err := letterValues(l)
	if err != nil {
		return 0, err
	}
	return tx.insert(`INSERT INTO letters (kind, state, agency_id, about, words, answer_by, beyond, as_of, head, number, dated, made_by, made_at,
		issued_by, issued_at, withdrawn_by, withdrawn_at, reason, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 1)`, values...)
}

// UpdateLetter implements tasks.LetterTx.
func (tx *Tx) UpdateLetter(l tasks.Letter) error {
	values, err := letterValues(l)
	if err != nil {
		return err
	}
	return tx.versioned("letters", l.ID, `UPDATE letters SET kind = $1, state = $2, agency_id = $3, about = $4, words = $5, answer_by = $6, beyond = $7,
		as_of = $8, head = $9, number = $10, dated = $11, made_by = $12, made_at = $13, issued_by = $14, issued_at = $15, withdrawn_by = $16,
		withdrawn_at = $17, reason = $18, version = version + 1 WHERE id = $19 AND version = $20`, append(values, l.ID, l.Version)...)
}

// DeleteLetter implements tasks.LetterTx. A draft has no files.
func (tx *Tx) DeleteLetter(l tasks.Letter) error {
	// The row is held by its version first: whoever changes the draft at the same moment finds nothing then.
	if err := tx.versioned("letters", l.ID, "UPDATE letters SET version = version + 1 WHERE id = $1 AND version = $2", l.ID, l.Version); err != nil {
		return err
	}
	if err := tx.exec("DELETE FROM letter_duties WHERE letter_id = $1", l.ID); err != nil {
		return err
	}
	return tx.exec("DELETE FROM letters WHERE id = $1", l.ID)
}

// SetLetterDuties implements tasks.LetterTx.
func (tx *Tx) SetLetterDuties(letterID int64, duties []tasks.LetterDuty) error {
	if err := tx.exec("DELETE FROM letter_duties WHERE letter_id = $1", letterID); err != nil {
		return err
	}
	var values []any
	for _, d := range duties {
		values = append(values, letterID, d.AssignmentID, d.Due.String(), d.Late)
	}
	return tx.insertRows("letter_duties (letter_id, assignment_id, due, late)", 4, values)
}

// InsertLetterFile implements tasks.LetterTx.
func (tx *Tx) InsertLetterFile(f tasks.LetterFile) (int64, error) {
	return tx.insert("INSERT INTO letter_files (letter_id, name, hash, size, type, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
		f.LetterID, f.Name, f.Hash, f.Size, f.Type, refValue(f.CreatedBy), f.CreatedAt.UnixMilli())
}

// DeleteLetterFile implements tasks.LetterTx.
func (tx *Tx) DeleteLetterFile(id int64) error {
	return tx.exec("DELETE FROM letter_files WHERE id = $1", id)
}
