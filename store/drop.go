package store

import "tiendo/tasks"

// aboutAssignment chooses notices about the assignment $1: about itself, its periodic reports, leaders' words on it, others' parts in it.
const aboutAssignment = `(subject_kind = 'assignment' AND subject_id = $1
	OR subject_kind = 'cadence' AND subject_id IN (SELECT id FROM cadence_notes WHERE assignment_id = $1)
	OR subject_kind = 'remark' AND subject_id IN (SELECT id FROM remarks WHERE assignment_id = $1)
	OR subject_kind = 'contribution' AND subject_id IN (SELECT id FROM contributions WHERE assignment_id = $1))`

// DropNotices implements tasks.DocumentTx. Mails of the issue that wait and tell of the assignment are withdrawn.
func (tx *Tx) DropNotices(assignmentID int64) error {
	if err := tx.withdrawIssued(assignmentID); err != nil {
		return err
	}
	return tx.exec("UPDATE notices SET state = $2 WHERE state = $3 AND "+aboutAssignment, assignmentID, noticeDropped, noticeOpen)
}

// DropNoticesTo implements tasks.PauseWriter. The mails of the issue are withdrawn as with DropNotices: what stays true is composed anew.
func (tx *Tx) DropNoticesTo(assignmentID int64, agencies []int64) error {
	if err := tx.withdrawIssued(assignmentID); err != nil {
		return err
	}
	w := where{args: []any{assignmentID, noticeDropped, noticeOpen}}
	return tx.exec("UPDATE notices SET state = $2 WHERE state = $3 AND "+aboutAssignment+" AND agency_id IN "+in(&w, agencies), w.args...)
}

// withdrawIssued withdraws the issue mails of the assignment's document to its agencies that nobody has taken yet. What stays true of them
// is composed anew.
func (tx *Tx) withdrawIssued(assignmentID int64) error {
	// In the order of composing: notices, then mails. A mail that is being composed from what was true before is waited for.
	const issued = ` FROM notices n JOIN assignments a ON a.document_id = n.subject_id JOIN assignment_agencies p ON p.assignment_id = a.id
		AND p.agency_id = n.agency_id WHERE a.id = $1 AND n.subject_kind = 'document' AND n.kind = 'issued'`
	if tx.lock != "" {
		if _, err := all(tx, readID, "SELECT n.id"+issued+" ORDER BY n.id"+tx.lockOf("n"), assignmentID); err != nil {
			return err
		}
	}
	mails, err := all(tx, readID, "SELECT m.id FROM mails m WHERE m.state = 'waiting' AND m.handed_out = 0 AND m.kind = $2 AND m.document_id = "+
		"(SELECT document_id FROM assignments WHERE id = $1) AND m.id IN (SELECT l.mail_id FROM mail_notices l WHERE l.notice_id IN (SELECT n.id"+
		issued+")) ORDER BY m.id", assignmentID, string(tasks.NoticeIssued))
	if err != nil || len(mails) == 0 {
		return err
	}
	return tx.Withdraw(mails)
}
