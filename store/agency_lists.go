package store

import (
	"slices"
	"strconv"
	"strings"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// An agency has its part of a province's assignments: few in one list, years of finished ones in another. assignment_agencies has of
// each agency, part and state what a list needs, in the order of deadlines. So a list is put together from a piece for each, which ends
// with the page, or with what is counted at most.

// noDue is what assignment_agencies has for no deadline: behind every day.
const noDue = "~"

// fewAgencies is up to how many agencies that may be seen lists are put together from theirs.
const fewAgencies = 4

// dueValue is the column due of assignment_agencies.
func dueValue(d calendar.Date) string {
	if d.IsZero() {
		return noDue
	}
	return d.String()
}

// ofAgency is the same list for somebody who sees one agency's assignments: that agency's.
func ofAgency(q tasks.AssignmentQuery) tasks.AssignmentQuery {
	if q.AgencyID == 0 && len(q.Visible) == 1 {
		q.AgencyID, q.Part, q.Visible = q.Visible[0], "", nil
	}
	return q
}

// listAgencies are the agencies whose assignments a list chooses from; none when it chooses otherwise.
func listAgencies(q tasks.AssignmentQuery) []int64 {
	switch {
	case q.DocumentID != 0, q.Evidence != "", !q.AssignedBefore.IsZero(), narrowed(q): // has fewer; what is not beside the agency
		return nil
	case q.AgencyID != 0:
		return []int64{q.AgencyID}
	case len(q.Visible) <= fewAgencies:
		agencies := slices.Clone(q.Visible)
		slices.Sort(agencies)
		return slices.Compact(agencies)
	}
	return nil
}

// agencyPage is the text of the query for a list's page of the assignments of agencies: identifiers and, on the first page, how many
// there are, at least tasks.CountCap+1 if more.
func agencyPage(q tasks.AssignmentQuery, agencies []int64, w *where) (string, error) {
	c, after, err := parseCursor(q.After)
	if err != nil {
		return "", err
	}
	n, order, behind := tasks.CountCap+1, " ORDER BY due, assignment_id", where{args: w.args}
	if after {
		n = pageSize(q.Limit) + 1
	}
	outer := " ORDER BY a.due, a.id"
	if q.Sort == tasks.SortUrgent || q.Sort == "" {
		if after {
			if c.Key == "" {
				c.Key = noDue
			}
			behind.and("(due, assignment_id) > (" + behind.arg(c.Key) + ", " + behind.arg(c.ID) + ")")
		}
	} else {
		n, order = 0, ""
	}
	from := "(" + agencyPieces(q, agencies, &behind, order, n) + ") AS a"
	chosen := where{args: behind.args}
	total := "count(*) OVER ()"
	if q.Sort == tasks.SortReport {
		// Counted below the order: engines would else look for the next report once for each time that the order names it.
		from = "(SELECT a.id, " + nextReport + " AS next_report, " + total + " AS total FROM " + from + ") AS a"
		total = "a.total"
		outer, err = nullsLast(&chosen, "a.next_report", "a.id", q.After)
	} else if order == "" {
		outer, err = orderAssignments(q, &chosen)
	}
	if err != nil {
		return "", err
	}
	if after {
		total = "0"
	}
	text := "SELECT a.id, " + total + " AS total FROM " + from + chosen.String() + outer + " LIMIT " + chosen.arg(pageSize(q.Limit)+1)
	w.args = chosen.args
	return text, nil
}

// agencyTotal is the FROM of what agencyPage counts.
func agencyTotal(q tasks.AssignmentQuery, agencies []int64, w *where) string {
	all := where{args: w.args}
	pieces := agencyPieces(q, agencies, &all, "", tasks.CountCap+1)
	w.args = all.args
	return "FROM (" + pieces + ") AS a"
}

// agencyPieces unites what the agencies have in each part and state, up to limit each; 0 is no limit. The conditions that w has are
// those of every piece; nothing else has arguments in it.
func agencyPieces(q tasks.AssignmentQuery, agencies []int64, w *where, order string, limit int) string {
	parts := []tasks.Part{tasks.PartLead, tasks.PartCooperating}
	if q.AgencyID != 0 && q.Part != "" {
		parts = []tasks.Part{q.Part}
	}
	states := slices.Clone(tasks.States)
	if len(q.States) > 0 {
		states = slices.DeleteFunc(states, func(s tasks.State) bool { return !slices.Contains(q.States, s) })
	}
	states = agencyConditions(q, w, states)
	ending := order
	if limit > 0 {
		ending += " LIMIT " + w.arg(limit)
	}
	// The states and parts are written out: see stateIs.
	const columns = "assignment_id AS id, due, submitted_on"
	all := w.String()
	if all == "" {
		all = " WHERE 1 = 1"
	}
	// One assignment may be several agencies', one agency's only once.
	union := " UNION ALL "
	if len(agencies) > 1 {
		union = " UNION "
	}
	var pieces []string
	for _, agency := range agencies {
		is := " AND agency_id = " + w.arg(agency)
		for _, part := range parts {
			text := "'" + string(part) + "'"
			if part != tasks.PartLead && part != tasks.PartCooperating {
				text = w.arg(string(part))
			}
			for _, state := range states {
				piece := "SELECT " + columns + " FROM assignment_agencies" + all + is + " AND part = " + text + " AND state = '" + string(state) + "'" + ending
				pieces = append(pieces, "SELECT * FROM ("+piece+") AS p"+strconv.Itoa(len(pieces)))
			}
		}
	}
	if len(pieces) == 0 {
		w.args = nil // PostgreSQL refuses arguments that nothing names
		return "SELECT " + columns + " FROM assignment_agencies WHERE 1 = 0"
	}
	return strings.Join(pieces, union)
}

// agencyConditions adds the list's conditions on what assignment_agencies has, as chooseAssignments does on assignments, and answers
// the states that are left.
func agencyConditions(q tasks.AssignmentQuery, w *where, states []tasks.State) []tasks.State {
	dated := false
	day := func(column, compare string, d calendar.Date) {
		w.and(column + compare + w.arg(d.String()))
		dated = dated || column == "due"
	}
	keep := func(open bool) {
		states = slices.DeleteFunc(states, func(s tasks.State) bool { return s.Open() != open })
	}
	if q.Timeliness != "" {
		states = slices.DeleteFunc(states, func(s tasks.State) bool { return !s.Counted() })
	}
	switch q.Timeliness {
	case "":
	case tasks.NoDeadline:
		w.and("due = '" + noDue + "'")
	case tasks.Late:
		keep(false)
		w.and("submitted_on > due")
		dated = true
	case tasks.OnTime:
		keep(false)
		w.and("(submitted_on IS NULL OR submitted_on <= due)")
		dated = true
	case tasks.Overdue:
		keep(true)
		day("due", " < ", q.Today)
	case tasks.OnTrack:
		keep(true)
		day("due", " >= ", q.Today)
		day("due", " > ", q.SoonUntil)
	case tasks.DueSoon:
		keep(true)
		day("due", " >= ", q.Today)
		day("due", " <= ", q.SoonUntil)
	default:
		states = nil
	}
	if !q.DueFrom.IsZero() {
		day("due", " >= ", q.DueFrom)
	}
	if !q.DueTo.IsZero() {
		day("due", " <= ", q.DueTo)
	}
	if dated {
		w.and("due < '" + noDue + "'")
	}
	if !q.SubmittedTo.IsZero() {
		day("submitted_on", " <= ", q.SubmittedTo)
	}
	// Who may see an agency's assignments need not be asked of each of them.
	if q.AgencyID != 0 && q.Visible != nil && !slices.Contains(q.Visible, q.AgencyID) {
		w.and("(SELECT 1 FROM assignment_agencies v WHERE v.assignment_id = assignment_agencies.assignment_id AND v.agency_id IN " + in(w, q.Visible) +
			" LIMIT 1) IS NOT NULL")
	}
	return states
}
