package store

import (
	"slices"

	"tiendo/tasks"
)

// The order of the next report is that of what few assignments have: an open note of their cadence. So the list is put together from two
// pieces, each of which an index has in order: the notes, and behind them the assignments without one.

// unanswered is the condition that nobody has answered the note n, and that it is the earliest such of its assignment.
const unanswered = `n.report_id IS NULL AND NOT EXISTS (SELECT 1 FROM cadence_notes e
	WHERE e.assignment_id = n.assignment_id AND e.report_id IS NULL AND e.due < n.due)`

// awaitsNone is the condition that an assignment has no open note.
const awaitsNone = "NOT EXISTS (SELECT 1 FROM cadence_notes n WHERE n.assignment_id = a.id AND n.report_id IS NULL)"

// listByReport is listAssignments in the order of the next report.
func listByReport(q tasks.AssignmentQuery, from string, w *where) (string, error) {
	c, after, err := parseCursor(q.After)
	if err != nil {
		return "", err
	}
	awaited, rest := where{conds: slices.Clone(w.conds)}, where{conds: slices.Clone(w.conds)}
	awaited.and("n.assignment_id = a.id AND " + unanswered)
	rest.and(awaitsNone)
	switch {
	case after && c.Key == "":
		awaited.and("1 = 0")
		rest.and("a.id > " + w.arg(c.ID))
	case after:
		awaited.and("(n.due, n.assignment_id) > (" + w.arg(c.Key) + ", " + w.arg(c.ID) + ")")
	}
	limit := " LIMIT " + w.arg(pageSize(q.Limit)+1)
	// CROSS keeps SQLite's order: from the notes to their assignments, unless few assignments are chosen from.
	notes := from + " CROSS JOIN cadence_notes n"
	if from == allAssignments && q.DocumentID == 0 {
		notes = "FROM cadence_notes n CROSS JOIN assignments a"
	}
	return "SELECT a.id FROM (SELECT * FROM (SELECT a.id AS id, n.due AS next_report " + notes + awaited.String() + " ORDER BY n.due, n.assignment_id" + limit + ") AS awaited" +
		" UNION ALL SELECT * FROM (SELECT a.id AS id, CAST(NULL AS TEXT) AS next_report " + from + rest.String() + " ORDER BY a.id" + limit + ") AS rest) AS a" +
		" ORDER BY (a.next_report IS NULL), a.next_report, a.id" + limit, nil
}
