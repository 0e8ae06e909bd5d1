package store

import (
	"time"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

var _ notify.JobTx = (*Tx)(nil)

// LastRuns implements notify.JobReader.
func (tx *Tx) LastRuns() (map[string]time.Time, error) {
	runs := make(map[string]time.Time)
	_, err := all(tx, func(r scanner) (none struct{}, err error) {
		var (
			job string
			at  time.Time
		)
		err = r.Scan(&job, instant{&at})
		runs[job] = at
		return none, err
	}, "SELECT job, at FROM job_runs")
	return runs, err
}

// SetLastRun implements notify.JobTx.
func (tx *Tx) SetLastRun(job string, at time.Time) error {
	return tx.exec("INSERT INTO job_runs (job, at) VALUES ($1, $2) ON CONFLICT (job) DO UPDATE SET at = excluded.at", job, at.UnixMilli())
}

// OpenDeadlines implements notify.JobReader.
func (tx *Tx) OpenDeadlines(dueTo calendar.Date, after int64, limit int) ([]notify.Deadline, error) {
	rows, err := all(tx, func(r scanner) (d notify.Deadline, err error) {
		err = r.Scan(&d.AssignmentID, &d.TaskID, &d.DocumentID, day{&d.Due}, &d.DueVersion, day{&d.DueSetOn})
		return d, err
	}, `SELECT a.id, a.task_id, a.document_id, a.due, a.due_version, a.due_set_on FROM assignments a
		WHERE `+isOpen+" AND a.id > $1 AND a.due <= $2 ORDER BY a.id LIMIT $3", after, dueTo.String(), limit)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(rows))
	for i, d := range rows {
		ids[i] = d.AssignmentID
	}
	parts, err := tx.parts(ids)
	for i, d := range rows {
		rows[i].Leads, rows[i].Cooperating = parts[d.AssignmentID].leads, parts[d.AssignmentID].cooperating
	}
	return rows, err
}

// Submissions implements notify.JobReader.
func (tx *Tx) Submissions(submittedTo calendar.Date, after int64, limit int) ([]notify.Submission, error) {
	return all(tx, func(r scanner) (s notify.Submission, err error) {
		err = r.Scan(&s.AssignmentID, &s.TaskID, &s.DocumentID, day{&s.SubmittedOn})
		return s, err
	}, `SELECT a.id, a.task_id, a.document_id, a.submitted_on FROM assignments a
		WHERE a.state = 'submitted' AND a.id > $1 AND a.submitted_on <= $2 ORDER BY a.id LIMIT $3`, after, submittedTo.String(), limit)
}

// OpenCadenceNotes implements notify.JobReader; a cadence ends with its document. CROSS JOIN keeps SQLite to the order of the tables: beginning
// with the documents it would read every duty again for each batch.
func (tx *Tx) OpenCadenceNotes(dueTo calendar.Date, after int64, limit int) ([]notify.CadenceDue, error) {
	rows, err := all(tx, func(r scanner) (d notify.CadenceDue, err error) {
		err = r.Scan(&d.NoteID, &d.AssignmentID, &d.TaskID, &d.DocumentID, day{&d.Due}, day{&d.SetOn})
		return d, err
	}, `SELECT c.id, c.assignment_id, a.task_id, a.document_id, c.due, a.due_set_on FROM cadence_notes c CROSS JOIN assignments a CROSS JOIN documents d
		WHERE a.id = c.assignment_id AND d.id = a.document_id AND c.report_id IS NULL AND c.id > $1 AND c.due <= $2 AND d.state = $3 AND `+isOpen+` ORDER BY c.id LIMIT $4`,
		after, dueTo.String(), string(tasks.DocumentIssued), limit)
	return withLeads(tx, rows, err, func(d *notify.CadenceDue) (int64, *[]int64) { return d.AssignmentID, &d.Leads })
}

// LeadingAgencies implements notify.JobReader, by identifier. Of a closed document those count that still have something to do.
func (tx *Tx) LeadingAgencies() ([]int64, error) {
	return all(tx, readID, `SELECT DISTINCT p.agency_id FROM assignment_agencies p JOIN documents d ON d.id = p.document_id
		WHERE p.part = $1 AND (d.state = $2 OR d.state = $3 AND p.state NOT IN ($4, $5)) ORDER BY p.agency_id`,
		string(tasks.PartLead), string(tasks.DocumentIssued), string(tasks.DocumentClosed), string(tasks.StateCompleted), string(tasks.StateCancelled))
}

// withLeads fills in who leads the assignment of each row, of rows that were read without an error.
func withLeads[T any](tx *Tx, rows []T, err error, of func(*T) (assignment int64, leads *[]int64)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(rows))
	for i := range rows {
		ids[i], _ = of(&rows[i])
	}
	parts, err := tx.parts(ids)
	for i := range rows {
		id, leads := of(&rows[i])
		*leads = parts[id].leads
	}
	return rows, err
}
