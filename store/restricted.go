package store

import (
	"slices"

	"tiendo/tasks"
)

// RestrictedBeyond implements tasks.RestrictedReader.
func (tx *Tx) RestrictedBeyond(documentID int64, agencies []int64) (bool, error) {
	w := where{args: []any{documentID}}
	ids, err := all(tx, readID, `SELECT t.id FROM tasks t WHERE t.document_id = $1 AND t.restricted = 1 AND NOT EXISTS (
		SELECT 1 FROM assignments a JOIN assignment_agencies p ON p.assignment_id = a.id WHERE a.task_id = t.id AND p.agency_id IN `+in(&w, agencies)+`)
		LIMIT 1`, w.args...)
	return len(ids) > 0, err
}

// DocumentAgencies implements tasks.RestrictedReader.
func (tx *Tx) DocumentAgencies(documentID int64) ([]int64, error) {
	return all(tx, readID, "SELECT DISTINCT agency_id FROM assignment_agencies WHERE document_id = $1 ORDER BY agency_id", documentID)
}

// SetRestricted implements tasks.RestrictedWriter. The draft from which the duty came is marked too: a recall makes it what is issued next.
func (tx *Tx) SetRestricted(taskID int64, restricted bool) error {
	n, err := tx.affect("UPDATE tasks SET restricted = $1 WHERE id = $2 AND restricted <> $1", yesValue(restricted), taskID)
	if err != nil {
		return err
	}
	if n == 0 {
		return tasks.ErrConflict
	}
	// By its version lines of lists that are kept in memory are known to be as they were: see rowMemo.
	if err := tx.exec("UPDATE documents SET version = version + 1 WHERE id = (SELECT document_id FROM tasks WHERE id = $1)", taskID); err != nil {
		return err
	}
	drafts, err := all(tx, readID, `UPDATE drafts SET restricted = $1, version = version + 1 WHERE restricted <> $1 AND removed = 0
		AND document_id = (SELECT document_id FROM tasks WHERE id = $2) AND position = (SELECT position FROM tasks WHERE id = $2) RETURNING id`,
		yesValue(restricted), taskID)
	for _, id := range drafts {
		if err := tx.markItems(id, restricted); err != nil {
			return err
		}
	}
	return err
}

// markItems marks what agencies were asked about a draft as the draft is marked.
func (tx *Tx) markItems(draftID int64, restricted bool) error {
	return tx.exec("UPDATE consultation_items SET restricted = $1 WHERE draft_id = $2 AND restricted <> $1", yesValue(restricted), draftID)
}

// bearsWords are the kinds of mail that may tell the words of a duty.
var bearsWords = []string{string(tasks.NoticeIssued), string(tasks.NoticeEvent), string(tasks.NoticeReminder), string(tasks.NoticeRollUp), string(tasks.NoticeDigest), string(tasks.NoticeLetter)}

// HideFromMails implements tasks.RestrictedWriter.
func (tx *Tx) HideFromMails(taskID int64) error {
	// In the order of composing: notices, then mails. A mail that is being composed from what was true before is waited for.
	var w where
	if tx.lock != "" {
		if _, err := all(tx, readID, "SELECT id FROM notices WHERE state = 'open' AND kind IN "+in(&w, bearsWords)+" ORDER BY id"+tx.lock, w.args...); err != nil {
			return err
		}
	}
	// Which of those that wait tell of the duty cannot be told of all kinds: what stays true of the others is the same composed anew.
	w = where{}
	waiting, err := all(tx, readID, "UPDATE mails SET state = 'expired' WHERE state = 'waiting' AND kind IN "+in(&w, bearsWords)+" RETURNING id", w.args...)
	if err != nil {
		return err
	}
	for chunk := range slices.Chunk(waiting, maxParameters) {
		w = where{}
		if err := tx.exec("UPDATE notices SET state = 'open' WHERE state = 'composed' AND id IN (SELECT notice_id FROM mail_notices WHERE mail_id IN "+
			in(&w, chunk)+")", w.args...); err != nil {
			return err
		}
	}
	about := `m.kind IN ('rollup', 'digest') OR m.kind = 'issued' AND m.document_id = (SELECT document_id FROM tasks WHERE id = $1)
		OR m.id IN (SELECT l.mail_id FROM mail_notices l JOIN notices n ON n.id = l.notice_id WHERE ` + aboutTask + ")"
	failed, err := all(tx, readID, "UPDATE mails AS m SET state = 'cancelled' WHERE m.state = 'failed' AND ("+about+") RETURNING id", taskID)
	if err != nil {
		return err
	}
	if err := tx.eraseBodies(append(waiting, failed...)); err != nil {
		return err
	}
	// The subject of a mail about an event may quote the duty; the outbox is read by those who may not know it.
	quoting, err := all(tx, readID, "UPDATE mails AS m SET subject = '' WHERE m.kind = 'event' AND m.subject <> '' AND ("+about+") RETURNING id", taskID)
	if err != nil {
		return err
	}
	for chunk := range slices.Chunk(quoting, maxParameters) {
		w = where{}
		if err := tx.exec("DELETE FROM mail_words WHERE mail_id IN "+in(&w, chunk), w.args...); err != nil {
			return err
		}
	}
	return nil
}

// aboutTask chooses notices n about an assignment of the task $1: about itself, its periodic reports, leaders' words on it, others' parts in it,
// letters that list it.
const aboutTask = `(n.subject_kind = 'assignment' AND n.subject_id IN (SELECT id FROM assignments WHERE task_id = $1)
	OR n.subject_kind = 'cadence' AND n.subject_id IN (SELECT c.id FROM cadence_notes c JOIN assignments a ON a.id = c.assignment_id WHERE a.task_id = $1)
	OR n.subject_kind = 'remark' AND n.subject_id IN (SELECT r.id FROM remarks r JOIN assignments a ON a.id = r.assignment_id WHERE a.task_id = $1)
	OR n.subject_kind = 'letter' AND n.subject_id IN (SELECT d.letter_id FROM letter_duties d JOIN assignments a ON a.id = d.assignment_id WHERE a.task_id = $1)
	OR n.subject_kind = 'contribution' AND n.subject_id IN (SELECT c.id FROM contributions c JOIN assignments a ON a.id = c.assignment_id WHERE a.task_id = $1))`
