package store

import (
	"strings"
	"unicode"

	"tiendo/tasks"
)

var _ tasks.DocumentTx = (*Tx)(nil)

const documentColumns = `d.id, d.kind, d.number, d.date, d.issuer, d.title, d.year, d.state, d.default_due, d.cadence,
	d.created_by, d.created_at, d.issued_by, d.issued_at, d.revises_id, d.revises_kind, d.revises_choices, d.specialist_id, d.leader_id, d.version`

func readDocument(r scanner) (tasks.Document, error) {
	var d tasks.Document
	err := r.Scan(&d.ID, &d.Kind, &d.Number, day{&d.Date}, &d.Issuer, &d.Title, &d.Year, &d.State, day{&d.DefaultDue}, &d.Cadence,
		ref{&d.CreatedBy}, instant{&d.CreatedAt}, ref{&d.IssuedBy}, instant{&d.IssuedAt},
		ref{&d.Revises.DocumentID}, &d.Revises.Kind, choices{&d.Revises.Choices}, ref{&d.Followers.Specialist}, ref{&d.Followers.Leader}, &d.Version)
	return d, err
}

// numberKey is a number and symbol without case and white space.
func numberKey(number string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, number)
}

// Document implements tasks.DocumentReader.
func (tx *Tx) Document(id int64) (tasks.Document, error) {
	return one(tx, readDocument, "SELECT "+documentColumns+" FROM documents d WHERE d.id = $1"+tx.lock, id)
}

// PeekDocument implements tasks.AssignmentReader.
func (tx *Tx) PeekDocument(id int64) (tasks.Document, error) {
	return one(tx, readDocument, "SELECT "+documentColumns+" FROM documents d WHERE d.id = $1", id)
}

// DocumentsByNumber implements tasks.DocumentReader, the newest first; a blank number finds none.
func (tx *Tx) DocumentsByNumber(number string) ([]tasks.Document, error) {
	key := numberKey(number)
	if key == "" {
		return nil, nil
	}
	return all(tx, readDocument, "SELECT "+documentColumns+" FROM documents d WHERE d.number_key = $1 ORDER BY d.id DESC", key)
}

// CountDocuments implements tasks.WeekReader.
func (tx *Tx) CountDocuments() (int, error) {
	var n int
	err := tx.row("SELECT count(*) FROM documents WHERE state = $1", string(tasks.DocumentIssued)).Scan(&n)
	return n, err
}

// DocumentNames implements tasks.DocumentReader. Each change of a document gives it another version.
func (tx *Tx) DocumentNames(visible []int64, limit int) ([]tasks.DocumentName, error) {
	var w where
	w.and("d.state IN " + in(&w, issuedStates))
	if visible != nil {
		w.and("d.id IN (SELECT document_id FROM assignment_agencies WHERE agency_id IN " + in(&w, visible) + ")")
	}
	newest := " FROM documents d" + w.String() + " ORDER BY d.id DESC LIMIT " + w.arg(limit)
	read := func() ([]tasks.DocumentName, error) {
		return all(tx, func(r scanner) (d tasks.DocumentName, err error) {
			err = r.Scan(&d.ID, &d.Kind, &d.Number, &d.Title)
			return d, err
		}, "SELECT d.id, d.kind, d.number, d.title"+newest, w.args...)
	}
	if visible != nil {
		return read()
	}
	return tx.memos.documents.read(tx, read, "SELECT coalesce(string_agg(id || ':' || version, ','), '') FROM (SELECT d.id, d.version"+newest+") AS newest", w.args...)
}

// Documents implements tasks.DocumentReader.
func (tx *Tx) Documents(q tasks.DocumentQuery) (tasks.DocumentPage, error) {
	var page tasks.DocumentPage
	var w where
	if q.State != "" {
		w.and("d.state = " + w.arg(string(q.State)))
	} else if q.Issued {
		w.and("d.state IN " + in(&w, issuedStates))
	}
	if q.Kind != "" {
		w.and("d.kind = " + w.arg(string(q.Kind)))
	}
	if q.Visible != nil {
		w.and("d.id IN (SELECT document_id FROM assignment_agencies WHERE agency_id IN " + in(&w, q.Visible) + ")")
	}
	begins(&w, "d.id", "document_words", "document_id", q.Words)
	var err error
	if page.Total, err = tx.total("FROM documents d", &w); err != nil {
		return page, err
	}
	order, err := newestFirst(&w, "d.id", q.After)
	if err != nil {
		return page, err
	}
	size := pageSize(q.Limit)
	page.Rows, err = all(tx, func(r scanner) (tasks.DocumentRow, error) {
		d, err := readDocument(r)
		return tasks.DocumentRow{Document: d}, err
	}, "SELECT "+documentColumns+" FROM documents d"+w.String()+order+" LIMIT "+w.arg(size+1), w.args...)
	if err != nil {
		return page, err
	}
	page.Rows, page.Next = cut(page.Rows, size, func(d tasks.DocumentRow) cursor { return cursor{ID: d.ID} })
	return page, tx.countDocumentRows(page.Rows, q)
}

// countDocumentRows fills in what a list says of each document, with one query a count.
func (tx *Tx) countDocumentRows(rows []tasks.DocumentRow, q tasks.DocumentQuery) error {
	if len(rows) == 0 {
		return nil
	}
	at := make(map[int64]*tasks.DocumentRow, len(rows))
	ids := make([]int64, len(rows))
	for i := range rows {
		at[rows[i].ID], ids[i] = &rows[i], rows[i].ID
	}
	count := func(w *where, fields func(*tasks.DocumentRow) []any, query string) error {
		_, err := all(tx, func(r scanner) (id int64, err error) {
			// Which row the counts belong to is known only when they are read, so they are read into a row of their own first.
			var read tasks.DocumentRow
			if err := r.Scan(append([]any{&id}, fields(&read)...)...); err != nil {
				return 0, err
			}
			to := fields(at[id])
			for i, from := range fields(&read) {
				*to[i].(*int) = *from.(*int)
			}
			return id, nil
		}, query, w.args...)
		return err
	}
	var drafts, duties, assigned where
	err := count(&drafts, func(r *tasks.DocumentRow) []any { return []any{&r.Drafts} },
		"SELECT document_id, count(*) FROM drafts WHERE removed = 0 AND document_id IN "+in(&drafts, ids)+" GROUP BY document_id")
	if err != nil {
		return err
	}
	err = count(&duties, func(r *tasks.DocumentRow) []any { return []any{&r.Tasks} },
		"SELECT document_id, count(*) FROM tasks WHERE document_id IN "+in(&duties, ids)+" GROUP BY document_id")
	if err != nil {
		return err
	}
	late := "a.due < " + assigned.arg(q.Today.String()) + " AND " + isOpen
	done := "a.state = " + assigned.arg(string(tasks.StateCompleted))
	assigned.and("a.document_id IN " + in(&assigned, ids))
	leads := "1 = 1"
	if q.Visible != nil {
		own := "a.id IN (SELECT assignment_id FROM assignment_agencies WHERE agency_id IN " + in(&assigned, q.Visible)
		assigned.and(own + ")")
		leads = own + " AND part = " + assigned.arg(string(tasks.PartLead)) + ")"
	}
	return count(&assigned, func(r *tasks.DocumentRow) []any {
		return []any{&r.Assignments, &r.Overdue, &r.Completed, &r.Cooperating}
	}, "SELECT a.document_id, count(*) FILTER (WHERE "+leads+" AND "+isCounted+"), count(*) FILTER (WHERE "+leads+" AND "+late+"), "+
		"count(*) FILTER (WHERE "+leads+" AND "+done+"), count(*) FILTER (WHERE NOT ("+leads+")) FROM assignments a"+
		assigned.String()+" GROUP BY a.document_id")
}

// HasPart implements tasks.DocumentReader.
func (tx *Tx) HasPart(documentID int64, agencies []int64) (bool, error) {
	var w where
	w.and("document_id = " + w.arg(documentID))
	w.and("agency_id IN " + in(&w, agencies))
	return tx.exists("SELECT 1 FROM assignment_agencies"+w.String(), w.args...)
}

// InsertDocument implements tasks.DocumentTx.
func (tx *Tx) InsertDocument(d tasks.Document) (int64, error) {
	chosen, err := choicesValue(d.Revises.Choices)
	if err != nil {
		return 0, err
	}
	id, err := tx.insert(`INSERT INTO documents (kind, number, number_key, date, issuer, title, year, state, default_due, cadence,
		created_by, created_at, issued_by, issued_at, revises_id, revises_kind, revises_choices, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1)`,
		string(d.Kind), d.Number, numberKey(d.Number), dayValue(d.Date), d.Issuer, d.Title, d.Year, string(d.State), dayValue(d.DefaultDue),
		d.Cadence, refValue(d.CreatedBy), d.CreatedAt.UnixMilli(), refValue(d.IssuedBy), instantValue(d.IssuedAt),
		refValue(d.Revises.DocumentID), string(d.Revises.Kind), chosen)
	if err != nil {
		return 0, err
	}
	return id, tx.addWords("document_words", "document_id", id, d.Number, d.Title)
}

// UpdateDocument implements tasks.DocumentTx. A new number or title is found by search at once, in its assignments too.
func (tx *Tx) UpdateDocument(d tasks.Document) error {
	old, err := tx.Document(d.ID)
	if err != nil {
		return err
	}
	chosen, err := choicesValue(d.Revises.Choices)
	if err != nil {
		return err
	}
	err = tx.versioned("documents", d.ID, `UPDATE documents SET kind = $1, number = $2, number_key = $3, date = $4, issuer = $5, title = $6,
		year = $7, state = $8, default_due = $9, cadence = $10, issued_by = $11, issued_at = $12, revises_id = $13, revises_kind = $14,
		revises_choices = $15, version = version + 1 WHERE id = $16 AND version = $17`,
		string(d.Kind), d.Number, numberKey(d.Number), dayValue(d.Date), d.Issuer, d.Title, d.Year, string(d.State), dayValue(d.DefaultDue),
		d.Cadence, refValue(d.IssuedBy), instantValue(d.IssuedAt), refValue(d.Revises.DocumentID), string(d.Revises.Kind), chosen, d.ID, d.Version)
	if err != nil || old.Number == d.Number && old.Title == d.Title {
		return err
	}
	if err := tx.indexWords("document_words", "document_id", d.ID, d.Number, d.Title); err != nil {
		return err
	}
	assignments, err := tx.DocumentAssignments(d.ID)
	if err != nil {
		return err
	}
	for _, a := range assignments {
		if err := tx.indexAssignment(a.ID, a.TaskID); err != nil {
			return err
		}
	}
	return nil
}

// DeleteDocument implements tasks.DocumentTx. One that is no draft is a conflict.
func (tx *Tx) DeleteDocument(id, version int64) error {
	// First of all, so that nothing is deleted of a document that has changed.
	err := tx.versioned("documents", id, "UPDATE documents SET version = version + 1 WHERE id = $1 AND version = $2 AND state = $3",
		id, version, string(tasks.DocumentDraft))
	if err != nil {
		return err
	}
	for _, statement := range []string{
		"DELETE FROM drafts WHERE document_id = $1",
		"DELETE FROM extractions WHERE document_id = $1",
		"DELETE FROM review_visits WHERE document_id = $1",
		"DELETE FROM document_files WHERE document_id = $1",
		"DELETE FROM attachments WHERE document_id = $1",
		"DELETE FROM document_words WHERE document_id = $1",
		"DELETE FROM takeover_documents WHERE document_id = $1",
		"DELETE FROM ladders WHERE subject_kind = 'document' AND subject_id = $1",
		"UPDATE consultations SET document_id = NULL WHERE document_id = $1",
		"UPDATE documents SET revises_id = NULL, revises_kind = '', revises_choices = '', version = version + 1 WHERE revises_id = $1",
		"DELETE FROM documents WHERE id = $1",
	} {
		if err := tx.exec(statement, id); err != nil {
			return err
		}
	}
	return nil
}
