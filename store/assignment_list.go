package store

import (
	"slices"
	"strings"

	"tiendo/tasks"
)

const rowColumns = assignmentColumns + ", t.restricted, t.ref, t.text, t.deliverable, t.due_phrase, d.kind, d.number, d.date, " + lastReason + ", " + lastReport +
	", " + nextReport + ", " + extended

// lastReason is why it was returned, lastReport what the agency says of what it submitted; "" in other states.
const (
	lastReason = `coalesce((SELECT r.reason FROM reports r WHERE a.state = 'returned' AND r.assignment_id = a.id AND r.reason <> '' AND r.outcome <> 'sent_back'
		ORDER BY r.id DESC LIMIT 1), '')`
	lastReport = `coalesce((SELECT r.text FROM reports r WHERE a.state = 'submitted' AND r.assignment_id = a.id AND r.kind = 'submission' AND r.outcome = ''
		ORDER BY r.id DESC LIMIT 1), '')`
)

// nextReport is the day of the earliest cadence note without a report.
const nextReport = "(SELECT min(n.due) FROM cadence_notes n WHERE n.assignment_id = a.id AND n.report_id IS NULL)"

// extended is how often the deadline was extended.
const extended = "(SELECT count(*) FROM extensions x WHERE x.assignment_id = a.id AND x.outcome = 'granted')"

func readAssignmentRow(r scanner) (tasks.AssignmentRow, error) {
	var a tasks.AssignmentRow
	err := r.Scan(append(assignmentFields(&a.Assignment), yes{&a.Restricted}, &a.Ref, &a.Text, &a.Deliverable, &a.DuePhrase, &a.DocumentKind, &a.DocumentNumber, day{&a.DocumentDate},
		&a.LastReason, &a.LastReport, day{&a.NextReport}, &a.Extended)...)
	return a, err
}

// Assignments implements tasks.AssignmentReader, tasks.WeekReader and notify.ComposeReader.
func (tx *Tx) Assignments(q tasks.AssignmentQuery) (tasks.AssignmentPage, error) {
	pages, err := tx.AssignmentPages([]tasks.AssignmentQuery{q})
	if err != nil {
		return tasks.AssignmentPage{}, err
	}
	return pages[0], nil
}

// listAssignments is the text of the query for the page's identifiers, of which chooseAssignments made the beginning. Identifiers
// first: the engine would else read and sort all that a line says for every row that was chosen.
func listAssignments(q tasks.AssignmentQuery, from string, w *where) (query string, err error) {
	if q.Sort == tasks.SortReport && q.Extended == 0 { // those extended are few to sort
		return listByReport(q, from, w)
	}
	order, err := orderAssignments(q, w)
	return "SELECT a.id " + from + w.String() + order + " LIMIT " + w.arg(pageSize(q.Limit)+1), err
}

// sortKey answers where a row stands in an order.
func sortKey(sort tasks.Sort) func(tasks.AssignmentRow) cursor {
	switch sort {
	case tasks.SortNewest:
		return func(a tasks.AssignmentRow) cursor { return cursor{ID: a.ID} }
	case tasks.SortIssued:
		return func(a tasks.AssignmentRow) cursor { return cursor{ID: a.ID} }
	case tasks.SortWaiting:
		return func(a tasks.AssignmentRow) cursor { return cursor{a.SubmittedOn.String(), a.ID} }
	case tasks.SortReport:
		return func(a tasks.AssignmentRow) cursor { return cursor{a.NextReport.String(), a.ID} }
	}
	return func(a tasks.AssignmentRow) cursor { return cursor{a.Due.String(), a.ID} }
}

// orderAssignments is the list's ORDER BY; the condition that it begins behind the page before is added.
func orderAssignments(q tasks.AssignmentQuery, w *where) (order string, err error) {
	if q.Sort == tasks.SortIssued {
		return oldestFirst(w, "a.id", q.After)
	}
	if column := sortColumn(q.Sort); column != "" {
		return nullsLast(w, column, "a.id", q.After)
	}
	return newestFirst(w, "a.id", q.After)
}

// sortColumn is what comes before the identifier in an order; "" where nothing does.
func sortColumn(sort tasks.Sort) string {
	switch sort {
	case tasks.SortNewest, tasks.SortIssued:
		return ""
	case tasks.SortWaiting:
		return "a.submitted_on"
	case tasks.SortReport:
		return nextReport
	}
	return "a.due"
}

// allAssignments is the FROM of a list that begins with no agency.
const allAssignments = "FROM assignments a"

// chooseAssignments is the FROM and WHERE of a list, without its page and its words (see search).
func chooseAssignments(q tasks.AssignmentQuery) (from string, w where) {
	from = allAssignments
	if q.AgencyID != 0 {
		// A join, not IN: it begins with the agency's few rows, which CROSS makes sure of. An agency has one part in an assignment at most.
		from = "FROM assignment_agencies p CROSS JOIN assignments a"
		w.and("a.id = p.assignment_id")
		w.and("p.agency_id = " + w.arg(q.AgencyID))
		if q.DocumentID != 0 {
			w.and("p.document_id = " + w.arg(q.DocumentID))
		}
		if q.Part != "" {
			w.and("p.part = " + w.arg(string(q.Part)))
		}
	}
	// Who may see an agency's assignments need not be asked of each of them.
	if q.Visible != nil && (q.AgencyID == 0 || !slices.Contains(q.Visible, q.AgencyID)) {
		w.and("a.id IN (SELECT assignment_id FROM assignment_agencies WHERE agency_id IN " + in(&w, q.Visible) + ")")
	}
	followed(&w, q)
	if q.DocumentID != 0 {
		w.and("a.document_id = " + w.arg(q.DocumentID))
	}
	// Written out states let an index serve that has those alone; none at all are an answer at once.
	if states := q.PossibleStates(); len(states) < len(tasks.States) {
		w.and(stateIs(states))
	}
	if q.Timeliness != "" {
		w.and(timely(&w, q))
	}
	if !q.DueFrom.IsZero() {
		w.and("a.due >= " + w.arg(q.DueFrom.String()))
	}
	if !q.DueTo.IsZero() {
		w.and("a.due <= " + w.arg(q.DueTo.String()))
	}
	if !q.SubmittedTo.IsZero() {
		w.and("a.submitted_on <= " + w.arg(q.SubmittedTo.String()))
	}
	if q.Evidence.Valid() {
		// Written out for the partial index.
		w.and("a.evidence = '" + string(q.Evidence) + "'")
	}
	narrow(&w, q)
	spanned(&w, q)
	return from, w
}

// timely is the condition that tasks.Assignment.Timeliness states, besides that on the state.
func timely(w *where, q tasks.AssignmentQuery) string {
	switch q.Timeliness {
	case tasks.NoDeadline:
		return "a.due IS NULL"
	case tasks.Late:
		return "a.submitted_on > a.due"
	case tasks.OnTime:
		return "a.due IS NOT NULL AND (a.submitted_on IS NULL OR a.submitted_on <= a.due)"
	case tasks.Overdue:
		return "a.due < " + w.arg(q.Today.String())
	case tasks.OnTrack:
		return "a.due >= " + w.arg(q.Today.String()) + " AND a.due > " + w.arg(q.SoonUntil.String())
	case tasks.DueSoon:
		return "a.due >= " + w.arg(q.Today.String()) + " AND a.due <= " + w.arg(q.SoonUntil.String())
	}
	return "1 = 0"
}

// AssignmentRows implements tasks.WeekReader and notify.ComposeReader, in the order asked for; one that does not exist is left out.
func (tx *Tx) AssignmentRows(ids []int64) ([]tasks.AssignmentRow, error) {
	read := make([]tasks.AssignmentRow, 0, len(ids))
	for chunk := range slices.Chunk(ids, maxParameters) {
		var w where
		_, err := all(tx, func(r scanner) (_ struct{}, err error) {
			row, err := readAssignmentRow(r)
			read = append(read, row)
			return struct{}{}, err
		}, "SELECT "+rowColumns+` FROM assignments a JOIN tasks t ON t.id = a.task_id
			JOIN documents d ON d.id = a.document_id WHERE a.id IN `+in(&w, chunk), w.args...)
		if err != nil {
			return nil, err
		}
	}
	at := make(map[int64]int, len(read))
	for i, row := range read {
		at[row.ID] = i
	}
	parts, err := tx.parts(ids)
	if err != nil {
		return nil, err
	}
	rows := make([]tasks.AssignmentRow, 0, len(read))
	for _, id := range ids {
		if i, ok := at[id]; ok {
			parts[id].fill(&read[i].Assignment)
			rows = append(rows, read[i])
		}
	}
	return rows, nil
}

// stateIs is the condition that the state is one of those, written out: with arguments in their place no engine could tell that a
// partial index serves, and SQLite, which looks whether it does with what is bound, prepares the statement anew each time.
func stateIs(states []tasks.State) string {
	switch len(states) {
	case 0:
		return "1 = 0"
	case 1: // not IN: SQLite finds no partial index for that
		return "a.state = '" + string(states[0]) + "'"
	}
	open := openStates()
	names := make([]string, len(states))
	for i, s := range states {
		names[i] = string(s)
	}
	if len(names) == len(open) && !slices.ContainsFunc(open, func(s string) bool { return !slices.Contains(names, s) }) {
		return isOpen
	}
	return "a.state IN ('" + strings.Join(names, "', '") + "')"
}
