package store

import (
	"fmt"

	"tiendo/notify"
	"tiendo/tasks"
)

// IssueMailSent implements tasks.DocumentReader. A mail that was claimed counts until it is known that the server did not take it,
// so that a worker that died in between is not mistaken for one that did not send.
func (tx *Tx) IssueMailSent(documentID int64) (bool, error) {
	return tx.exists("SELECT 1 FROM mails WHERE document_id = $1 AND kind = $2 AND (handed_out > 0 OR state IN ($3, $4))",
		documentID, string(tasks.NoticeIssued), string(notify.MailSent), string(notify.MailBounced))
}

// ofDocument chooses the notices that issuing the document $1 made, and those about its assignments and their cadence.
const ofDocument = `SELECT id FROM notices WHERE subject_kind = 'document' AND subject_id = $1 AND kind = 'issued'
	UNION SELECT n.id FROM notices n JOIN assignments a ON a.id = n.subject_id WHERE n.subject_kind = 'assignment' AND a.document_id = $1
	UNION SELECT n.id FROM notices n JOIN cadence_notes c ON c.id = n.subject_id JOIN assignments a ON a.id = c.assignment_id
		WHERE n.subject_kind = 'cadence' AND a.document_id = $1`

// DeleteIssue implements tasks.DocumentTx. Assignments that were reported on already, and deadlines that somebody asked to move or
// corrected, are a conflict: nobody's words are thrown away. So is a mail that was sent.
// A mail that waits and told of other documents too (a day's reminders) goes as well; its other notices are open again.
func (tx *Tx) DeleteIssue(documentID int64) error {
	// In the order of composing: notices, then mails. What is composed, claimed or reported at this moment is waited for.
	for _, rows := range []string{
		"SELECT id FROM assignments WHERE document_id = $1",
		"SELECT id FROM notices WHERE id IN (" + ofDocument + ")",
		"SELECT id FROM mails WHERE document_id = $1 OR id IN (SELECT mail_id FROM mail_notices WHERE notice_id IN (" + ofDocument + "))",
	} {
		if _, err := all(tx, readID, rows+" ORDER BY id"+tx.hold, documentID); err != nil {
			return err
		}
	}
	sent, err := tx.IssueMailSent(documentID)
	if err != nil {
		return err
	}
	if sent {
		return fmt.Errorf("delete issue of document %d: a mail was sent already: %w", documentID, tasks.ErrConflict)
	}
	// The reports that came with a tracker are nobody's of ours; they come again when it is taken over again.
	reported, err := tx.exists("SELECT 1 FROM reports r JOIN assignments a ON a.id = r.assignment_id WHERE a.document_id = $1 AND "+
		"(r.person_id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM takeover_documents t WHERE t.document_id = a.document_id))", documentID)
	if err != nil {
		return err
	}
	if reported {
		return fmt.Errorf("delete issue of document %d: reported on already: %w", documentID, tasks.ErrConflict)
	}
	for _, table := range []string{"extensions", "deadline_corrections", "contributions", "reassignments", "pauses", "declines"} {
		moved, err := tx.exists("SELECT 1 FROM "+table+" x JOIN assignments a ON a.id = x.assignment_id WHERE a.document_id = $1", documentID)
		if err != nil {
			return err
		}
		if moved {
			return fmt.Errorf("delete issue of document %d: %s of its duties: %w", documentID, table, tasks.ErrConflict)
		}
	}
	remarked, err := tx.exists("SELECT 1 FROM remarks r JOIN assignments a ON a.id = r.assignment_id WHERE a.document_id = $1", documentID)
	if err != nil {
		return err
	}
	if remarked {
		return fmt.Errorf("delete issue of document %d: a leader has said something on it already: %w", documentID, tasks.ErrConflict)
	}
	mails, err := all(tx, readID, `SELECT id FROM mails WHERE document_id = $1 AND kind = 'issued'
		UNION SELECT m.id FROM mails m JOIN mail_notices l ON l.mail_id = m.id WHERE m.state = 'waiting' AND l.notice_id IN (`+ofDocument+`)`,
		documentID)
	if err != nil {
		return err
	}
	for _, id := range mails {
		if err := tx.deleteMail(id); err != nil {
			return err
		}
	}
	const assigned = "(SELECT id FROM assignments WHERE document_id = $1)"
	for _, statement := range []string{
		"DELETE FROM mail_notices WHERE notice_id IN (" + ofDocument + ")",
		"DELETE FROM notices WHERE id IN (" + ofDocument + ")",
		"DELETE FROM nudges WHERE assignment_id IN " + assigned,
		"DELETE FROM cadence_notes WHERE assignment_id IN " + assigned,
		"DELETE FROM reports WHERE assignment_id IN " + assigned,
		"DELETE FROM late_duties WHERE assignment_id IN " + assigned,
		"DELETE FROM week_duties WHERE assignment_id IN " + assigned,
		"DELETE FROM assignment_words WHERE assignment_id IN " + assigned,
		"DELETE FROM agency_change_choices WHERE assignment_id IN " + assigned,
		"DELETE FROM letter_duties WHERE assignment_id IN " + assigned,
		"DELETE FROM assignment_agencies WHERE document_id = $1",
		"DELETE FROM assignments WHERE document_id = $1",
		"DELETE FROM series_periods WHERE series_id IN (SELECT x.id FROM series x JOIN tasks t ON t.id = x.task_id WHERE t.document_id = $1)",
		"DELETE FROM series WHERE task_id IN (SELECT id FROM tasks WHERE document_id = $1)",
		"DELETE FROM ladders WHERE subject_kind = 'task' AND subject_id IN (SELECT id FROM tasks WHERE document_id = $1)",
		"DELETE FROM tasks WHERE document_id = $1",
	} {
		if err := tx.exec(statement, documentID); err != nil {
			return fmt.Errorf("delete issue of document %d: %w", documentID, err)
		}
	}
	return nil
}
