package store

import "tiendo/tasks"

const reportColumns = `id, assignment_id, agency_id, person_id, kind, percent, text, documents, at, day, outcome, decided_by, decided_at, reason,
	evidence, evidence_words, evidence_by, evidence_at, approved_by, approved_at`

// internal are the outcomes of reports that have not left their agency: see tasks.Report.Internal.
const internal = "'at_head', 'sent_back', 'lapsed'"

func readReport(r scanner) (tasks.Report, error) {
	var p tasks.Report
	err := r.Scan(&p.ID, &p.AssignmentID, ref{&p.AgencyID}, ref{&p.PersonID}, &p.Kind, &p.Percent, &p.Text, &p.Documents,
		instant{&p.At}, day{&p.On}, &p.Outcome, ref{&p.DecidedBy}, instant{&p.DecidedAt}, &p.Reason,
		&p.Judged.State, &p.Judged.Words, ref{&p.Judged.By}, instant{&p.Judged.At}, ref{&p.ApprovedBy}, instant{&p.ApprovedAt})
	return p, err
}

// Reports implements tasks.AssignmentReader.
func (tx *Tx) Reports(assignmentID int64) ([]tasks.Report, error) {
	reports, err := all(tx, readReport, "SELECT "+reportColumns+" FROM reports WHERE assignment_id = $1 ORDER BY id DESC", assignmentID)
	if err != nil {
		return nil, err
	}
	evidence, err := all(tx, readAttachment, "SELECT "+attachmentColumns+
		" FROM attachments t WHERE t.report_id IN (SELECT id FROM reports WHERE assignment_id = $1) ORDER BY t.id", assignmentID)
	if err != nil {
		return nil, err
	}
	of := make(map[int64][]tasks.Attachment)
	for _, e := range evidence {
		of[e.ReportID] = append(of[e.ReportID], e)
	}
	for i := range reports {
		reports[i].Evidence = of[reports[i].ID]
	}
	return reports, nil
}

// Report implements tasks.AssignmentReader.
func (tx *Tx) Report(id int64) (tasks.Report, error) {
	p, err := one(tx, readReport, "SELECT "+reportColumns+" FROM reports WHERE id = $1", id)
	if err != nil {
		return tasks.Report{}, err
	}
	p.Evidence, err = all(tx, readAttachment, "SELECT "+attachmentColumns+" FROM attachments t WHERE t.report_id = $1 ORDER BY t.id", id)
	return p, err
}

// InsertReport implements tasks.AssignmentTx; its evidence is inserted by InsertAttachment.
func (tx *Tx) InsertReport(p tasks.Report) (int64, error) {
	return tx.insert(`INSERT INTO reports (assignment_id, agency_id, person_id, kind, percent, text, documents, at, day, outcome,
		decided_by, decided_at, reason, evidence) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		p.AssignmentID, refValue(p.AgencyID), refValue(p.PersonID), string(p.Kind), p.Percent, p.Text, p.Documents, p.At.UnixMilli(),
		p.On.String(), string(p.Outcome), refValue(p.DecidedBy), instantValue(p.DecidedAt), p.Reason, string(p.Judged.State))
}

// UpdateReport implements tasks.AssignmentTx.
func (tx *Tx) UpdateReport(p tasks.Report) error {
	return tx.touch("UPDATE reports SET outcome = $1, decided_by = $2, decided_at = $3, reason = $4, approved_by = $5, approved_at = $6 WHERE id = $7",
		string(p.Outcome), refValue(p.DecidedBy), instantValue(p.DecidedAt), p.Reason, refValue(p.ApprovedBy), instantValue(p.ApprovedAt), p.ID)
}
