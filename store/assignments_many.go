package store

import (
	"fmt"
	"slices"
	"strings"

	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// assignedColumns are what an assignment begins with; those in force of the people who follow it come behind, see assigned.
const assignedColumns = `task_id, document_id, state, percent, first_due, due, due_version, due_set_on, cadence, submitted_on, assigned_at, completed_at,
	unconfirmed_by, series_id, period_since, period_due, period_span, own_specialist_id, own_leader_id`

// assigned adds the arguments of an assignment and answers its row of VALUES. Each has its type: PostgreSQL asks for it where a statement
// has several rows, of which some have none.
func assigned(w *where, a tasks.Assignment) string {
	text := func(v any) string { return "CAST(" + w.arg(v) + " AS TEXT)" }
	number := func(v any) string { return "CAST(" + w.arg(v) + " AS BIGINT)" }
	document, specialist, leader := number(a.DocumentID), number(refValue(a.Named.Specialist)), number(refValue(a.Named.Leader))
	inForce := func(own, column string) string {
		return "coalesce(" + own + ", (SELECT " + column + " FROM documents WHERE id = " + document + "))"
	}
	return "(" + strings.Join([]string{
		number(a.TaskID), document, text(string(a.State)), "CAST(" + w.arg(a.Percent) + " AS INTEGER)", text(dayValue(a.FirstDue)), text(dayValue(a.Due)),
		"CAST(" + w.arg(a.DueVersion) + " AS INTEGER)", text(dayValue(a.DueSetOn)), text(a.Cadence), text(dayValue(a.SubmittedOn)), number(a.AssignedAt.UnixMilli()),
		number(instantValue(a.CompletedAt)), number(refValue(a.UnconfirmedBy)), number(refValue(a.SeriesID)), text(dayValue(a.Period.Since)),
		text(dayValue(a.Period.Due)), text(textValue(string(a.Period.Span))), specialist, leader,
		inForce(specialist, "specialist_id"), inForce(leader, "leader_id"), "1",
	}, ", ") + ")"
}

// assignedAtOnce is how many assignments one statement writes.
const assignedAtOnce = 40

// InsertAssignments implements tasks.DocumentTx: many assignments of a task take as many statements as one.
func (tx *Tx) InsertAssignments(list []tasks.Assignment) ([]int64, error) {
	var ids []int64
	for chunk := range slices.Chunk(list, assignedAtOnce) {
		var w where
		rows := make([]string, len(chunk))
		for i, a := range chunk {
			rows[i] = assigned(&w, a)
		}
		written, err := all(tx, readID, "INSERT INTO assignments ("+assignedColumns+", specialist_id, leader_id, version) VALUES "+strings.Join(rows, ", ")+
			" RETURNING id", w.args...)
		if err != nil {
			return nil, err
		}
		if len(written) != len(chunk) {
			return nil, fmt.Errorf("%d of %d assignments were written", len(written), len(chunk))
		}
		slices.Sort(written) // numbered in the order of the rows, told in any
		ids = append(ids, written...)
	}
	var parts []any
	var order []int64
	of := make(map[int64][]int64)
	for i, a := range list {
		if a.ID = ids[i]; of[a.TaskID] == nil {
			order = append(order, a.TaskID)
		}
		parts, of[a.TaskID] = append(parts, partValues(a)...), append(of[a.TaskID], a.ID)
	}
	if err := tx.insertRows("assignment_agencies ("+agencyColumns+")", agencyWidth, parts); err != nil {
		return nil, err
	}
	for _, task := range order {
		if err := tx.indexNew(task, of[task]); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// indexNew makes new assignments of a task findable by its words.
func (tx *Tx) indexNew(taskID int64, ids []int64) error {
	texts, err := tx.searchedTexts(taskID)
	if err != nil {
		return err
	}
	var words []string
	for _, text := range texts {
		words = append(words, directory.Words(text)...)
	}
	slices.Sort(words)
	words = slices.Compact(words)
	for some := range slices.Chunk(words, maxParameters/2) {
		for chunk := range slices.Chunk(ids, maxParameters/2) {
			var w where
			rows := make([]string, len(some))
			for i, word := range some {
				rows[i] = "(CAST(" + w.arg(word) + " AS TEXT))"
			}
			err := tx.exec("INSERT INTO assignment_words (word, assignment_id) SELECT w.column1, a.id FROM (VALUES "+strings.Join(rows, ", ")+
				") AS w CROSS JOIN assignments a WHERE a.id IN "+in(&w, chunk), w.args...)
			if err != nil {
				return fmt.Errorf("words of task %d: %w", taskID, err)
			}
		}
	}
	return nil
}
