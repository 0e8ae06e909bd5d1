package store

import (
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// TaskAssignments implements tasks.DutyReader.
func (tx *Tx) TaskAssignments(taskID int64) ([]tasks.Assignment, error) {
	rows, err := all(tx, readAssignment, "SELECT "+assignmentColumns+" FROM assignments a WHERE a.task_id = $1 ORDER BY a.id", taskID)
	return rows, tx.fillParts(rows, err)
}

// pressing orders the assignments of one duty: what is owed before what waits, is done, rests or was taken back; by deadline.
const pressing = `(CASE a.state WHEN 'submitted' THEN '1' WHEN 'completed' THEN '2' WHEN 'on_hold' THEN '3' WHEN 'cancelled' THEN '4' ELSE '0' END
	|| coalesce(a.due, '9999-99-99'))`

// DutyRows implements tasks.DutyReader. The assignments of one task are few enough to be sorted each time.
func (tx *Tx) DutyRows(q tasks.DutyQuery) ([]tasks.DutyRow, string, error) {
	var w where
	w.and("a.task_id = " + w.arg(q.TaskID))
	if !q.Period.IsZero() {
		w.and("a.period_due = " + w.arg(q.Period.String()))
	}
	switch q.Filter {
	case "":
	case tasks.DutySilent:
		w.and("a.state = 'assigned'")
	case tasks.DutyLate:
		w.and(isOpen + " AND a.due < " + w.arg(q.Today.String()))
	case tasks.DutyWaiting:
		w.and("a.state = 'submitted'")
	default:
		w.and("1 = 0")
	}
	order := pressing
	if q.ByName {
		order = "g.name"
	}
	c, behind, err := parseCursor(q.After)
	if err != nil {
		return nil, "", err
	}
	if behind {
		w.and("(" + order + ", a.id) > (" + w.arg(c.Key) + ", " + w.arg(c.ID) + ")")
	}
	type place struct {
		tasks.DutyRow
		key string
	}
	size := pageSize(q.Limit)
	found, err := all(tx, func(r scanner) (p place, err error) {
		var waits int
		err = r.Scan(append(assignmentFields(&p.Assignment), &p.key, day{&p.ReportedOn}, text{&p.Report}, &p.Extended, &waits, day{&p.NudgedOn})...)
		p.Asks = waits > 0
		return p, err
	}, "SELECT "+assignmentColumns+", "+order+`, l.day, l.text, `+extended+`,
		(SELECT count(*) FROM extensions x WHERE x.assignment_id = a.id AND x.outcome = ''),
		(SELECT max(n.day) FROM nudges n WHERE n.assignment_id = a.id)
		FROM assignments a
		JOIN assignment_agencies p ON p.assignment_id = a.id AND p.position = 0
		JOIN agencies g ON g.id = p.agency_id
		LEFT JOIN reports l ON l.id = (SELECT max(r.id) FROM reports r WHERE r.assignment_id = a.id AND r.outcome NOT IN (`+internal+`))`+
		w.String()+" ORDER BY "+order+", a.id LIMIT "+w.arg(size+1), w.args...)
	if err != nil {
		return nil, "", err
	}
	found, next := cut(found, size, func(p place) cursor { return cursor{p.key, p.ID} })
	rows := make([]tasks.DutyRow, len(found))
	ids := make([]int64, len(found))
	for i, p := range found {
		rows[i], ids[i] = p.DutyRow, p.ID
	}
	parts, err := tx.parts(ids)
	for i := range rows {
		parts[rows[i].ID].fill(&rows[i].Assignment)
	}
	return rows, next, err
}

// dutyCounts are the columns of tasks.DutyFigures; late is the day on which lateness is judged.
func dutyCounts(late string) string {
	return "a.task_id, count(*) FILTER (WHERE " + isCounted + "), count(*) FILTER (WHERE a.state = 'assigned'), count(*) FILTER (WHERE " +
		isOpen + " AND a.due < " + late + `), count(*) FILTER (WHERE a.state = 'submitted'), count(*) FILTER (WHERE a.state = 'completed'),
		count(*) FILTER (WHERE a.state = 'on_hold'), count(*) FILTER (WHERE a.state = 'cancelled')`
}

func dutyCountFields(f *tasks.DutyFigures) []any {
	return []any{&f.TaskID, &f.All, &f.Silent, &f.Overdue, &f.Waiting, &f.Completed, &f.Resting, &f.Released}
}

// PeriodResults implements tasks.DutyReader.
func (tx *Tx) PeriodResults(taskID int64, today calendar.Date, limit int) ([]tasks.PeriodResult, error) {
	var w where
	late := w.arg(today.String())
	return all(tx, func(r scanner) (p tasks.PeriodResult, err error) {
		err = r.Scan(append(dutyCountFields(&p.DutyFigures), &p.OnTime, day{&p.Since}, day{&p.Due}, text{(*string)(&p.Span)})...)
		return p, err
	}, "SELECT "+dutyCounts(late)+`, count(*) FILTER (WHERE a.state = 'completed' AND a.submitted_on <= a.due),
		max(a.period_since), a.period_due, max(a.period_span) FROM assignments a WHERE a.task_id = `+w.arg(taskID)+
		" AND a.period_due IS NOT NULL GROUP BY a.task_id, a.period_due ORDER BY a.period_due DESC LIMIT "+w.arg(limit), w.args...)
}

// DutyFigures implements tasks.DutyReader.
func (tx *Tx) DutyFigures(taskIDs []int64, today calendar.Date) ([]tasks.DutyFigures, error) {
	var w where
	late := w.arg(today.String())
	found, err := all(tx, func(r scanner) (f tasks.DutyFigures, err error) {
		err = r.Scan(dutyCountFields(&f)...)
		return f, err
	}, "SELECT "+dutyCounts(late)+" FROM assignments a WHERE a.task_id IN "+in(&w, taskIDs)+" GROUP BY a.task_id", w.args...)
	if err != nil {
		return nil, err
	}
	out := make([]tasks.DutyFigures, len(taskIDs))
	for i, id := range taskIDs {
		out[i].TaskID = id
		for _, f := range found {
			if f.TaskID == id {
				out[i] = f
			}
		}
	}
	return out, nil
}

// DutyGroups implements tasks.DutyReader: first the page's tasks, then how all their assignments stand, which the filter does not touch.
func (tx *Tx) DutyGroups(q tasks.AssignmentQuery) (page tasks.DutyGroupPage, err error) {
	query, args, err := listTasks(tx, ofAgency(q))
	if err != nil {
		return page, err
	}
	size := pageSize(q.Limit)
	ids, err := all(tx, func(r scanner) (id int64, err error) {
		err = r.Scan(&id, &page.Total)
		return id, err
	}, query, args...)
	if err != nil {
		return page, err
	}
	if len(ids) == 0 && q.After != "" {
		q.After = "" // how many there are is told with the rows
		first, err := tx.DutyGroups(q)
		return tasks.DutyGroupPage{Total: first.Total}, err
	}
	page.Total = min(page.Total, tasks.CountCap+1)
	ids, page.Next = cut(ids, size, func(id int64) cursor { return cursor{ID: id} })
	figures, err := tx.DutyFigures(ids, q.Today)
	if err != nil || len(ids) == 0 {
		return page, err
	}
	var firsts where
	first, err := all(tx, readID, "SELECT min(a.id) FROM assignments a WHERE a.task_id IN "+in(&firsts, ids)+" GROUP BY a.task_id", firsts.args...)
	if err != nil {
		return page, err
	}
	rows, err := tx.AssignmentRows(first)
	if err != nil {
		return page, err
	}
	for _, f := range figures {
		g := tasks.DutyGroup{DutyFigures: f}
		for _, row := range rows {
			if row.TaskID == f.TaskID {
				g.First = row
			}
		}
		page.Rows = append(page.Rows, g)
	}
	return page, nil
}

// Nudged implements tasks.DutyReader.
func (tx *Tx) Nudged(taskID int64, since calendar.Date) (map[int64]bool, error) {
	ids, err := all(tx, readID, `SELECT n.assignment_id FROM nudges n JOIN assignments a ON a.id = n.assignment_id
		WHERE a.task_id = $1 AND n.day >= $2`, taskID, since.String())
	nudged := make(map[int64]bool, len(ids))
	for _, id := range ids {
		nudged[id] = true
	}
	return nudged, err
}

// InsertNudge implements tasks.NudgeWriter.
func (tx *Tx) InsertNudge(assignmentID int64, day calendar.Date, personID, atMilli int64) error {
	return tx.exec("INSERT INTO nudges (assignment_id, day, person_id, at) VALUES ($1, $2, $3, $4)", assignmentID, day.String(), refValue(personID), atMilli)
}
