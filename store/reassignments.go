package store

import (
	"slices"

	"tiendo/tasks"
)

const declineColumns = `x.id, x.assignment_id, x.agency_id, x.person_id, x.proposed_id, x.reason, x.document, x.at, x.outcome, x.decided_by,
	x.decided_at, x.authority, x.decision, x.answer`

func readDecline(r scanner) (tasks.Decline, error) {
	var d tasks.Decline
	err := r.Scan(&d.ID, &d.AssignmentID, &d.AgencyID, &d.PersonID, ref{&d.ProposedID}, &d.Reason, &d.Document, instant{&d.At}, &d.Outcome,
		ref{&d.DecidedBy}, instant{&d.DecidedAt}, &d.Authority, &d.Decision, &d.Answer)
	return d, err
}

// Declines implements tasks.ReassignmentReader.
func (tx *Tx) Declines(assignmentID int64) ([]tasks.Decline, error) {
	return all(tx, readDecline, "SELECT "+declineColumns+" FROM declines x WHERE x.assignment_id = $1 ORDER BY x.id DESC", assignmentID)
}

// Decline implements notify.ComposeReader.
func (tx *Tx) Decline(id int64) (tasks.Decline, error) {
	return one(tx, readDecline, "SELECT "+declineColumns+" FROM declines x WHERE x.id = $1", id)
}

// WaitingDeclines implements tasks.ReassignmentReader. The outcome is written out for the partial index of those that wait.
func (tx *Tx) WaitingDeclines(after int64, limit int) ([]tasks.Decline, error) {
	return all(tx, readDecline, "SELECT "+declineColumns+` FROM declines x JOIN assignments a ON a.id = x.assignment_id
		WHERE x.outcome = '' AND x.id > $1 AND a.state NOT IN ($2, $3) ORDER BY x.id LIMIT $4`,
		after, string(tasks.StateCompleted), string(tasks.StateCancelled), limit)
}

// InsertDecline implements tasks.ReassignmentWriter.
func (tx *Tx) InsertDecline(d tasks.Decline) (int64, error) {
	return tx.insert(`INSERT INTO declines (assignment_id, agency_id, person_id, proposed_id, reason, document, at, outcome, decided_by,
		decided_at, authority, decision, answer) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		d.AssignmentID, d.AgencyID, d.PersonID, refValue(d.ProposedID), d.Reason, d.Document, d.At.UnixMilli(), string(d.Outcome),
		refValue(d.DecidedBy), instantValue(d.DecidedAt), d.Authority, d.Decision, d.Answer)
}

// UpdateDecline implements tasks.ReassignmentWriter; what was asked stays. One that was decided on already is a conflict.
func (tx *Tx) UpdateDecline(d tasks.Decline) error {
	n, err := tx.affect(`UPDATE declines SET outcome = $1, decided_by = $2, decided_at = $3, authority = $4, decision = $5, answer = $6
		WHERE id = $7 AND outcome = ''`,
		string(d.Outcome), refValue(d.DecidedBy), instantValue(d.DecidedAt), d.Authority, d.Decision, d.Answer, d.ID)
	if err == nil && n == 0 {
		return tasks.ErrConflict
	}
	return err
}

const reassignmentColumns = `id, assignment_id, decline_id, person_id, at, day, leads_before, leads_after, cooperating_before,
	cooperating_after, due_before, due_after, reason, document, authority`

func readReassignment(r scanner) (tasks.Reassignment, error) {
	var x tasks.Reassignment
	err := r.Scan(&x.ID, &x.AssignmentID, ref{&x.DeclineID}, ref{&x.PersonID}, instant{&x.At}, day{&x.On}, list[int64]{&x.LeadsBefore},
		list[int64]{&x.LeadsAfter}, list[int64]{&x.CooperatingBefore}, list[int64]{&x.CooperatingAfter}, day{&x.DueBefore}, day{&x.DueAfter},
		&x.Reason, &x.Document, &x.Authority)
	return x, err
}

// Reassignments implements tasks.ReassignmentReader.
func (tx *Tx) Reassignments(assignmentID int64) ([]tasks.Reassignment, error) {
	return all(tx, readReassignment, "SELECT "+reassignmentColumns+" FROM reassignments WHERE assignment_id = $1 ORDER BY id DESC", assignmentID)
}

// Reassignment implements notify.ComposeReader.
func (tx *Tx) Reassignment(id int64) (tasks.Reassignment, error) {
	return one(tx, readReassignment, "SELECT "+reassignmentColumns+" FROM reassignments WHERE id = $1", id)
}

// InsertReassignment implements tasks.ReassignmentWriter.
func (tx *Tx) InsertReassignment(x tasks.Reassignment) (int64, error) {
	var lists [4]string
	for i, ids := range [][]int64{x.LeadsBefore, x.LeadsAfter, x.CooperatingBefore, x.CooperatingAfter} {
		var err error
		if lists[i], err = listValue(ids); err != nil {
			return 0, err
		}
	}
	return tx.insert(`INSERT INTO reassignments (assignment_id, decline_id, person_id, at, day, leads_before, leads_after, cooperating_before,
		cooperating_after, due_before, due_after, reason, document, authority) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		x.AssignmentID, refValue(x.DeclineID), refValue(x.PersonID), x.At.UnixMilli(), x.On.String(), lists[0], lists[1], lists[2], lists[3],
		dayValue(x.DueBefore), dayValue(x.DueAfter), x.Reason, x.Document, x.Authority)
}

// FormerLeads implements tasks.ReassignmentReader.
func (tx *Tx) FormerLeads(assignmentID int64) ([]tasks.FormerLead, error) {
	return all(tx, func(r scanner) (l tasks.FormerLead, err error) {
		err = r.Scan(&l.AssignmentID, &l.AgencyID, day{&l.Since}, day{&l.Until}, &l.ReassignmentID)
		return l, err
	}, `SELECT assignment_id, agency_id, since, until, reassignment_id FROM former_leads WHERE assignment_id = $1
		ORDER BY until, reassignment_id, agency_id`, assignmentID)
}

// InsertFormerLead implements tasks.ReassignmentWriter.
func (tx *Tx) InsertFormerLead(l tasks.FormerLead) error {
	return tx.exec("INSERT INTO former_leads (assignment_id, agency_id, since, until, reassignment_id) VALUES ($1, $2, $3, $4, $5)",
		l.AssignmentID, l.AgencyID, l.Since.String(), l.Until.String(), l.ReassignmentID)
}

// SetParts implements tasks.ReassignmentWriter. The row of an agency that stays is changed, not written anew: others may refer to it.
func (tx *Tx) SetParts(a tasks.Assignment) error {
	now := slices.Concat(a.Leads, a.Cooperating)
	parts, err := tx.parts([]int64{a.ID})
	if err != nil {
		return err
	}
	had := slices.Concat(parts[a.ID].leads, parts[a.ID].cooperating)
	for _, id := range had {
		if slices.Contains(now, id) {
			continue
		}
		if err := tx.exec("DELETE FROM assignment_agencies WHERE assignment_id = $1 AND agency_id = $2", a.ID, id); err != nil {
			return err
		}
	}
	for i, id := range now {
		part := tasks.PartLead
		if i >= len(a.Leads) {
			part = tasks.PartCooperating
		}
		if slices.Contains(had, id) {
			err = tx.exec("UPDATE assignment_agencies SET part = $1, position = $2 WHERE assignment_id = $3 AND agency_id = $4", string(part), i, a.ID, id)
		} else {
			err = tx.insertRows("assignment_agencies ("+agencyColumns+")", agencyWidth,
				[]any{a.ID, id, string(part), i, a.DocumentID, string(a.State), dueValue(a.Due), dayValue(a.SubmittedOn)})
		}
		if err != nil {
			return err
		}
	}
	return nil
}
