package store

import (
	"slices"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// spanned adds what tasks.AssignmentQuery.AssignedBefore and OpenAfter ask for.
func spanned(w *where, q tasks.AssignmentQuery) {
	if !q.AssignedBefore.IsZero() {
		w.and("a.assigned_at < " + w.arg(q.AssignedBefore.UnixMilli()))
	}
	if !q.OpenAfter.IsZero() {
		w.and("(a.completed_at IS NULL OR a.completed_at >= " + w.arg(q.OpenAfter.UnixMilli()) + ")")
	}
}

// ChangesSince implements tasks.RegisterReader.
func (tx *Tx) ChangesSince(assignments []int64, at time.Time) (map[int64][]tasks.AuditEntry, error) {
	changes := make(map[int64][]tasks.AuditEntry)
	for chunk := range slices.Chunk(assignments, maxParameters-2) {
		var w where
		entries, err := all(tx, readAudit, "SELECT "+auditColumns+" FROM audit WHERE subject_kind = "+w.arg(string(tasks.SubjectAssignment))+
			" AND subject_id IN "+in(&w, chunk)+" AND at >= "+w.arg(at.UnixMilli())+" ORDER BY id", w.args...)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			changes[e.Subject.ID] = append(changes[e.Subject.ID], e)
		}
	}
	return changes, nil
}

// LastReports implements tasks.RegisterReader.
func (tx *Tx) LastReports(assignments []int64, to calendar.Date) (map[int64]tasks.Report, error) {
	reports := make(map[int64]tasks.Report)
	for chunk := range slices.Chunk(assignments, maxParameters-1) {
		var w where
		read, err := all(tx, readReport, "SELECT "+reportColumns+" FROM reports WHERE id IN (SELECT max(id) FROM reports WHERE assignment_id IN "+
			in(&w, chunk)+" AND outcome NOT IN ("+internal+") AND day <= "+w.arg(to.String())+" GROUP BY assignment_id)", w.args...)
		if err != nil {
			return nil, err
		}
		for _, r := range read {
			reports[r.AssignmentID] = r
		}
	}
	return reports, nil
}
