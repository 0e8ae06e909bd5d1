package store

import (
	"slices"
	"strconv"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// CarriedOver implements tasks.YearEndReader.
func (tx *Tx) CarriedOver(documentID int64) (map[int64]bool, error) {
	ids, err := all(tx, readID, `SELECT DISTINCT x.assignment_id FROM extensions x JOIN assignments a ON a.id = x.assignment_id
		WHERE a.document_id = $1 AND x.origin = $2`, documentID, string(tasks.OriginYear))
	carried := make(map[int64]bool, len(ids))
	for _, id := range ids {
		carried[id] = true
	}
	return carried, err
}

// Concerning implements tasks.YearEndReader.
func (tx *Tx) Concerning(assignments, people []int64) ([]int64, error) {
	var out []int64
	for chunk := range slices.Chunk(assignments, maxParameters-4*len(people)) {
		var w where
		ids, who := in(&w, chunk), in(&w, people)
		list, err := all(tx, readID, "SELECT assignment_id FROM reports WHERE assignment_id IN "+ids+" AND (person_id IN "+who+" OR approved_by IN "+who+
			") UNION SELECT assignment_id FROM extensions WHERE assignment_id IN "+ids+" AND origin = '' AND person_id IN "+who+
			" UNION SELECT assignment_id FROM declines WHERE assignment_id IN "+ids+" AND person_id IN "+who, w.args...)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

// LockedAssignments implements tasks.YearEndReader. In one order, so that two such transactions wait for each other and nothing worse.
func (tx *Tx) LockedAssignments(ids []int64) ([]tasks.Assignment, error) {
	var out []tasks.Assignment
	for chunk := range slices.Chunk(ids, maxParameters) {
		var w where
		rows, err := all(tx, readAssignment, "SELECT "+assignmentColumns+" FROM assignments a WHERE a.id IN "+in(&w, chunk)+" ORDER BY a.id"+tx.lock, w.args...)
		if err := tx.fillParts(rows, err); err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}

// ClosableDocuments implements tasks.YearEndReader. A document without a year is of that of its date.
func (tx *Tx) ClosableDocuments(year, limit int) ([]tasks.DocumentName, error) {
	return all(tx, func(r scanner) (d tasks.DocumentName, err error) {
		err = r.Scan(&d.ID, &d.Kind, &d.Number, &d.Title)
		return d, err
	}, `SELECT d.id, d.kind, d.number, d.title FROM documents d
		WHERE d.state = $1 AND (d.year > 0 AND d.year <= $2 OR d.year = 0 AND d.date < $3)
		AND NOT EXISTS (SELECT 1 FROM assignments a WHERE a.document_id = d.id AND a.state NOT IN ($4, $5)) ORDER BY d.id LIMIT $6`,
		string(tasks.DocumentIssued), year, strconv.Itoa(year+1)+"-01-01", string(tasks.StateCompleted), string(tasks.StateCancelled), limit)
}

// SetFirstDue implements tasks.YearEndWriter; a first deadline that there is stays.
func (tx *Tx) SetFirstDue(assignmentID int64, due calendar.Date) error {
	return tx.exec("UPDATE assignments SET first_due = $1 WHERE id = $2 AND first_due IS NULL", due.String(), assignmentID)
}

// issuedStates are those of documents whose duties count: what was carried over of a closed one goes on.
var issuedStates = []string{string(tasks.DocumentIssued), string(tasks.DocumentClosed)}
