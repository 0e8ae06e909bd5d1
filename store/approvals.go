package store

import "tiendo/tasks"

// HeadApproves implements tasks.ApprovalReader.
func (tx *Tx) HeadApproves(agencyID int64) (bool, error) {
	return tx.exists("SELECT 1 FROM agencies WHERE id = $1 AND head_approves = 1", agencyID)
}

// SetHeadApproves implements tasks.DirectoryTx.
func (tx *Tx) SetHeadApproves(agencyID int64, on bool) error {
	return tx.touch("UPDATE agencies SET head_approves = $1 WHERE id = $2", yesValue(on), agencyID)
}

// HasHead implements tasks.ApprovalReader.
func (tx *Tx) HasHead(agencyID int64) (bool, error) {
	return tx.exists(`SELECT 1 FROM grants g JOIN people p ON p.id = g.person_id WHERE g.agency_id = $1 AND g.role = $2 AND p.active = 1`,
		agencyID, string(tasks.RoleHead))
}

// ReportsAtHead implements tasks.ApprovalReader. The outcome is written out for the partial index of those that wait.
func (tx *Tx) ReportsAtHead(agencyID int64, limit int) ([]tasks.Report, error) {
	return all(tx, readReport, "SELECT "+reportColumns+` FROM reports WHERE outcome = 'at_head' AND agency_id = $1
		AND EXISTS (SELECT 1 FROM assignments a JOIN assignment_agencies p ON p.assignment_id = a.id WHERE a.id = reports.assignment_id
			AND p.agency_id = $1 AND p.part = $2 AND `+isOpen+`)
		ORDER BY id LIMIT $3`, agencyID, string(tasks.PartLead), limit)
}

// UpdateEvidence implements tasks.EvidenceWriter.
func (tx *Tx) UpdateEvidence(r tasks.Report) error {
	return tx.touch("UPDATE reports SET documents = $1, evidence = $2, evidence_words = $3, evidence_by = $4, evidence_at = $5 WHERE id = $6",
		r.Documents, string(r.Judged.State), r.Judged.Words, refValue(r.Judged.By), instantValue(r.Judged.At), r.ID)
}
