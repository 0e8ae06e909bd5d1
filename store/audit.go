package store

import (
	"slices"

	"tiendo/tasks"
)

const auditColumns = "id, at, actor_id, actor_name, agency_id, action, subject_kind, subject_id, before, after"

func auditFields(e *tasks.AuditEntry) []any {
	return []any{&e.ID, instant{&e.At}, &e.ActorID, &e.ActorName, &e.AgencyID, &e.Action, &e.Subject.Kind, &e.Subject.ID, &e.Before, &e.After}
}

func readAudit(r scanner) (tasks.AuditEntry, error) {
	var e tasks.AuditEntry
	err := r.Scan(auditFields(&e)...)
	return e, err
}

// Audit implements tasks.AuditWriter: the row is sealed behind the newest one of its subject. Of two transactions that add to the same
// chain at the same moment without having read a row that both lock, the second gets tasks.ErrConflict.
func (tx *Tx) Audit(e tasks.AuditEntry) (int64, error) {
	sealing, err := tx.dialect.sealing()
	if err != nil {
		return 0, err
	}
	return sealing.insert(tx, stored(e))
}

// stored is an entry as it is written. The seal is over that.
func stored(e tasks.AuditEntry) tasks.AuditEntry {
	e = e.Complete()
	e.ActorName, e.Action, e.Before, e.After = storableText(e.ActorName), storableText(e.Action), storableText(e.Before), storableText(e.After)
	return e
}

// auditAtOnce is how many rows of the trail one statement writes.
const auditAtOnce = 80

// AuditAll implements tasks.DocumentTx: as Audit does with each, in their order. Where it saves round trips rows of different subjects are
// written together; no statement has two rows of a chain, since none sees what it writes itself.
func (tx *Tx) AuditAll(entries []tasks.AuditEntry) error {
	sealing, err := tx.dialect.sealing()
	if err != nil {
		return err
	}
	entries = slices.Clone(entries)
	for i, e := range entries {
		entries[i] = stored(e)
	}
	for len(entries) > 0 {
		n, seen := 0, make(map[tasks.Subject]bool)
		for n < min(len(entries), auditAtOnce) && !seen[entries[n].Subject] {
			seen[entries[n].Subject] = true
			n++
		}
		if err := sealing.insertAll(tx, entries[:n]); err != nil {
			return err
		}
		entries = entries[n:]
	}
	return nil
}

// AuditEntry implements notify.ComposeReader and tasks.DocumentReader.
func (tx *Tx) AuditEntry(id int64) (tasks.AuditEntry, error) {
	return one(tx, readAudit, "SELECT "+auditColumns+" FROM audit WHERE id = $1", id)
}

// newestOfChain ends a query for the rows of one subject, the newest first, along the index of the chains.
const newestOfChain = " FROM audit WHERE subject_kind = $1 AND subject_id = $2 ORDER BY position DESC, id DESC LIMIT $3"

// Steps implements tasks.DocumentReader: before and after of a change of many drafts are large.
func (tx *Tx) Steps(documentID int64, limit int) ([]tasks.AuditEntry, error) {
	return all(tx, readAudit, "SELECT id, at, actor_id, actor_name, agency_id, action, subject_kind, subject_id, '', ''"+newestOfChain,
		string(tasks.SubjectDocument), documentID, limit)
}

// Trail implements tasks.DocumentReader and tasks.AssignmentReader.
func (tx *Tx) Trail(s tasks.Subject, limit int) ([]tasks.AuditEntry, error) {
	return all(tx, readAudit, "SELECT "+auditColumns+newestOfChain, string(s.Kind), s.ID, limit)
}
