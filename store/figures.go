package store

import "tiendo/tasks"

// figureColumns counts as tasks.Figures says. The conditions on timeliness are those of tasks.Assignment.Timeliness.
func figureColumns(w *where, q tasks.FigureQuery) string {
	count := func(cond string) string { return "count(*) FILTER (WHERE " + cond + ")" }
	is := func(s tasks.State) string { return "a.state = " + w.arg(string(s)) }
	today, soon, weekEnd := w.arg(q.Today.String()), w.arg(q.SoonUntil.String()), w.arg(q.WeekEnd.String())
	return count(isCounted) + ", " + count(is(tasks.StateAssigned)) + ", " + count(is(tasks.StateInProgress)) + ", " +
		count(is(tasks.StateReturned)) + ", " + count(is(tasks.StateSubmitted)) + ", " + count(is(tasks.StateCompleted)) + ", " +
		count(is(tasks.StateCompleted)+" AND (a.due IS NULL OR a.submitted_on IS NULL OR a.submitted_on <= a.due)") + ", " +
		count(isOpen+" AND a.due < "+today) + ", " +
		count(isOpen+" AND a.due >= "+today+" AND a.due <= "+soon) + ", " +
		count(isOpen+" AND a.due >= "+today+" AND a.due <= "+weekEnd) + ", " +
		count(isOpen+" AND a.due IS NULL") + ", " +
		count(isCounted+" AND a.due < "+today)
}

func figureFields(f *tasks.Figures) []any {
	return []any{&f.All, &f.Assigned, &f.InProgress, &f.Returned, &f.Waiting, &f.Completed, &f.OnTime, &f.Overdue, &f.DueSoon, &f.DueWeek,
		&f.NoDeadline, &f.Passed}
}

// ofDocuments limits figures to a document, or to all that were issued: those that are closed have had their year, and may go on in part.
func ofDocuments(w *where, q tasks.FigureQuery) {
	if q.DocumentID != 0 {
		w.and("a.document_id = " + w.arg(q.DocumentID))
		return
	}
	w.and("a.document_id IN (SELECT id FROM documents WHERE state IN " + in(w, issuedStates) + ")")
}

// agencyAssignments is what figures count of the assignments of agencies, all of it in one index.
const agencyAssignments = "(SELECT agency_id, part, document_id, state, nullif(due, '" + noDue + "') AS due, submitted_on FROM assignment_agencies) AS a"

// Figures implements tasks.AssignmentReader, tasks.WeekReader and notify.ComposeReader.
func (tx *Tx) Figures(q tasks.FigureQuery) (tasks.Figures, error) {
	var w where
	columns := figureColumns(&w, q)
	from := " FROM assignments a"
	if q.AgencyID != 0 {
		from = " FROM " + agencyAssignments
		w.and("a.agency_id = " + w.arg(q.AgencyID))
		w.and("a.part = " + w.arg(string(tasks.PartLead)))
	}
	ofDocuments(&w, q)
	var f tasks.Figures
	err := tx.row("SELECT "+columns+from+w.String(), w.args...).Scan(figureFields(&f)...)
	return f, err
}

// heirAssignments is what figures count with those that agencies took over from: of each assignment one line for each agency in which its
// leads have gone on by today.
func heirAssignments(w *where, today string) string {
	gone := w.arg(today)
	return `(WITH RECURSIVE heirs (agency_id, heir) AS (
		SELECT id, id FROM agencies WHERE successor_id IS NULL OR valid_to IS NULL OR valid_to >= ` + gone + `
		UNION ALL SELECT g.id, h.heir FROM heirs h JOIN agencies g ON g.successor_id = h.agency_id WHERE g.valid_to < ` + gone + `)
	SELECT DISTINCT h.heir AS agency_id, p.assignment_id, p.document_id, p.state, nullif(p.due, '` + noDue + `') AS due, p.submitted_on
	FROM assignment_agencies p JOIN heirs h ON h.agency_id = p.agency_id WHERE p.part = 'lead') AS a`
}

// AgencyFigures implements tasks.WeekReader and notify.ComposeReader.
func (tx *Tx) AgencyFigures(q tasks.FigureQuery) (map[int64]tasks.Figures, error) {
	var w where
	columns := figureColumns(&w, q)
	var from string
	if q.Heirs {
		from = heirAssignments(&w, q.Today.String())
	} else {
		from = agencyAssignments
		w.and("a.part = " + w.arg(string(tasks.PartLead)))
	}
	if q.AgencyID != 0 {
		w.and("a.agency_id = " + w.arg(q.AgencyID))
	}
	ofDocuments(&w, q)
	figures := make(map[int64]tasks.Figures)
	_, err := all(tx, func(r scanner) (id int64, err error) {
		var f tasks.Figures
		err = r.Scan(append([]any{&id}, figureFields(&f)...)...)
		figures[id] = f
		return id, err
	}, "SELECT a.agency_id, "+columns+" FROM "+from+w.String()+
		" GROUP BY a.agency_id", w.args...)
	return figures, err
}
