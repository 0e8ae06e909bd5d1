package store

import (
	"strconv"

	"tiendo/tasks"
)

// followed limits a list to what somebody follows.
func followed(w *where, q tasks.AssignmentQuery) {
	if q.Specialist != 0 {
		w.and("a.specialist_id = " + w.arg(q.Specialist))
	}
	if q.Leader != 0 {
		w.and("a.leader_id = " + w.arg(q.Leader))
	}
	if q.NotSpecialist != 0 {
		w.and("(a.specialist_id IS NULL OR a.specialist_id <> " + w.arg(q.NotSpecialist) + ")")
	}
}

// SetDocumentFollowers implements tasks.FollowerWriter.
func (tx *Tx) SetDocumentFollowers(d tasks.Document) error {
	err := tx.versioned("documents", d.ID, "UPDATE documents SET specialist_id = $1, leader_id = $2, version = version + 1 WHERE id = $3 AND version = $4",
		refValue(d.Followers.Specialist), refValue(d.Followers.Leader), d.ID, d.Version)
	if err != nil {
		return err
	}
	return tx.exec(`UPDATE assignments SET specialist_id = coalesce(own_specialist_id, $1), leader_id = coalesce(own_leader_id, $2) WHERE document_id = $3`,
		refValue(d.Followers.Specialist), refValue(d.Followers.Leader), d.ID)
}

// SetAssignmentFollowers implements tasks.FollowerWriter.
func (tx *Tx) SetAssignmentFollowers(a tasks.Assignment) error {
	tx.held = tasks.Assignment{}
	return tx.versioned("assignments", a.ID, `UPDATE assignments SET own_specialist_id = $1, own_leader_id = $2,
		specialist_id = coalesce($1, (SELECT d.specialist_id FROM documents d WHERE d.id = assignments.document_id)),
		leader_id = coalesce($2, (SELECT d.leader_id FROM documents d WHERE d.id = assignments.document_id)),
		version = version + 1 WHERE id = $3 AND version = $4`,
		refValue(a.Named.Specialist), refValue(a.Named.Leader), a.ID, a.Version)
}

// HeldPosts implements tasks.SuccessionTx. What has ended keeps the names of its time.
func (tx *Tx) HeldPosts(personID int64, role tasks.Role) (p tasks.HeldPosts, err error) {
	column := "specialist_id"
	if role == tasks.RoleLeader {
		column = "leader_id"
	}
	read := func(query string, args ...any) []int64 {
		if err != nil {
			return nil
		}
		var ids []int64
		ids, err = all(tx, readID, query, args...)
		return ids
	}
	// Of a closed document duties may go on that were carried over.
	p.Documents = read("SELECT id FROM documents d WHERE "+column+` = $1 AND (state <> $2 OR EXISTS (SELECT 1 FROM assignments a
		WHERE a.document_id = d.id AND a.state NOT IN ($3, $4))) ORDER BY id`,
		personID, string(tasks.DocumentClosed), string(tasks.StateCompleted), string(tasks.StateCancelled))
	p.Assignments = read("SELECT id FROM assignments WHERE own_"+column+" = $1 AND "+column+" = $1 AND state NOT IN ($2, $3) ORDER BY id",
		personID, string(tasks.StateCompleted), string(tasks.StateCancelled))
	if role == tasks.RoleSecretariat {
		// A draft that nobody was named for is its maker's work.
		p.Drafts = read("SELECT id FROM documents WHERE state = $2 AND specialist_id IS NULL AND created_by = $1 ORDER BY id",
			personID, string(tasks.DocumentDraft))
	}
	return p, err
}

// OwesWork implements tasks.SuccessionTx.
func (tx *Tx) OwesWork(agencyID int64) (bool, error) {
	if err := tx.turn("focal points of " + strconv.FormatInt(agencyID, 10)); err != nil {
		return false, err
	}
	var w where
	w.and("p.agency_id = " + w.arg(agencyID))
	w.and("p.part = " + w.arg(string(tasks.PartLead)))
	w.and("p.state NOT IN ('" + string(tasks.StateCompleted) + "', '" + string(tasks.StateCancelled) + "')")
	return tx.exists("SELECT 1 FROM assignment_agencies p"+w.String(), w.args...)
}

// TakeBackMails implements tasks.SuccessionTx. A one-time link is for the person alone and stays, unless he is gone.
func (tx *Tx) TakeBackMails(personID int64, gone bool) error {
	waiting, err := all(tx, readID, "SELECT id FROM mails WHERE person_id = $1 AND kind <> $2 AND "+untakenMail+" ORDER BY id",
		personID, string(tasks.NoticeAccount))
	if err != nil {
		return err
	}
	if err := tx.Withdraw(waiting); err != nil || !gone {
		return err
	}
	// The server may have taken these already, so that they are not written again to others; a failed one could be tried again.
	ended, err := all(tx, readID, "UPDATE mails SET state = 'cancelled', lease_until = NULL WHERE person_id = $1 AND state IN ('waiting', 'failed') RETURNING id", personID)
	if err != nil {
		return err
	}
	return tx.eraseBodies(ended)
}
