package store

import "tiendo/tasks"

const auditColumns = "id, at, actor_id, actor_name, agency_id, action, subject_kind, subject_id, before, after"

func readAudit(r scanner) (tasks.AuditEntry, error) {
	var e tasks.AuditEntry
	err := r.Scan(&e.ID, instant{&e.At}, &e.ActorID, &e.ActorName, &e.AgencyID, &e.Action, &e.Subject.Kind, &e.Subject.ID, &e.Before, &e.After)
	return e, err
}

// Audit implements tasks.AuditWriter.
func (tx *Tx) Audit(e tasks.AuditEntry) (int64, error) {
	return tx.insert(`INSERT INTO audit (at, actor_id, actor_name, agency_id, action, subject_kind, subject_id, before, after)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		e.At.UnixMilli(), e.ActorID, e.ActorName, e.AgencyID, e.Action, string(e.Subject.Kind), e.Subject.ID, e.Before, e.After)
}

// AuditEntry implements notify.ComposeReader and tasks.DocumentReader.
func (tx *Tx) AuditEntry(id int64) (tasks.AuditEntry, error) {
	return one(tx, readAudit, "SELECT "+auditColumns+" FROM audit WHERE id = $1", id)
}

// Steps implements tasks.DocumentReader: before and after of a change of many drafts are large.
func (tx *Tx) Steps(documentID int64, limit int) ([]tasks.AuditEntry, error) {
	return all(tx, readAudit, `SELECT id, at, actor_id, actor_name, agency_id, action, subject_kind, subject_id, '', '' FROM audit
		WHERE subject_kind = $1 AND subject_id = $2 ORDER BY id DESC LIMIT $3`, string(tasks.SubjectDocument), documentID, limit)
}

// Trail implements tasks.DocumentReader and tasks.AssignmentReader.
func (tx *Tx) Trail(s tasks.Subject, limit int) ([]tasks.AuditEntry, error) {
	return all(tx, readAudit, "SELECT "+auditColumns+" FROM audit WHERE subject_kind = $1 AND subject_id = $2 ORDER BY id DESC LIMIT $3",
		string(s.Kind), s.ID, limit)
}
