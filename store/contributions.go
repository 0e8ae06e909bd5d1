package store

import (
	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

const contributionColumns = `c.id, c.assignment_id, c.agency_id, c.state, c.round, c.asked_by, c.asked_for, c.asked_at, c.words, c.due, c.due_set_on,
	c.nudged_on, c.closed_by, c.closed_at, c.closing`

func readContribution(r scanner) (tasks.Contribution, error) {
	var c tasks.Contribution
	err := r.Scan(&c.ID, &c.AssignmentID, &c.AgencyID, &c.State, &c.Round, ref{&c.AskedBy}, ref{&c.AskedFor}, instant{&c.AskedAt}, &c.Words,
		day{&c.Due}, day{&c.DueSetOn}, day{&c.NudgedOn}, ref{&c.ClosedBy}, instant{&c.ClosedAt}, &c.Closing)
	return c, err
}

// Contributions implements tasks.ContributionReader.
func (tx *Tx) Contributions(assignmentID int64) ([]tasks.Contribution, error) {
	return all(tx, readContribution, "SELECT "+contributionColumns+" FROM contributions c WHERE c.assignment_id = $1 ORDER BY c.id DESC", assignmentID)
}

// Contribution implements notify.ComposeReader.
func (tx *Tx) Contribution(id int64) (tasks.Contribution, error) {
	return one(tx, readContribution, "SELECT "+contributionColumns+" FROM contributions c WHERE c.id = $1", id)
}

const partColumns = "p.id, p.contribution_id, p.again, p.person_id, p.words, p.document, p.due, p.at"

func readPart(r scanner) (tasks.ContributionPart, error) {
	var p tasks.ContributionPart
	err := r.Scan(&p.ID, &p.ContributionID, yes{&p.Again}, ref{&p.PersonID}, &p.Words, &p.Document, day{&p.Due}, instant{&p.At})
	return p, err
}

// ContributionParts implements tasks.ContributionReader.
func (tx *Tx) ContributionParts(assignmentID int64) ([]tasks.ContributionPart, error) {
	return all(tx, readPart, "SELECT "+partColumns+` FROM contribution_parts p JOIN contributions c ON c.id = p.contribution_id
		WHERE c.assignment_id = $1 ORDER BY p.id`, assignmentID)
}

// PartsOfContribution implements notify.ComposeReader.
func (tx *Tx) PartsOfContribution(contributionID int64) ([]tasks.ContributionPart, error) {
	return all(tx, readPart, "SELECT "+partColumns+" FROM contribution_parts p WHERE p.contribution_id = $1 ORDER BY p.id", contributionID)
}

// awaited are the parts that are to be sent: asked for, of agencies that still cooperate in duties that neither rest nor have ended. The
// state is written out, so that an engine can tell that the partial index serves.
const awaited = ` FROM contributions c JOIN assignments a ON a.id = c.assignment_id
	JOIN assignment_agencies p ON p.assignment_id = c.assignment_id AND p.agency_id = c.agency_id
	WHERE c.state = 'asked' AND p.part = 'cooperating' AND a.state NOT IN ('completed', 'cancelled', 'on_hold')`

// AwaitedContributions implements tasks.ContributionReader.
func (tx *Tx) AwaitedContributions(agencyID int64, limit int) ([]tasks.Contribution, error) {
	return all(tx, readContribution, "SELECT "+contributionColumns+awaited+" AND c.agency_id = $1 ORDER BY c.due, c.id LIMIT $2", agencyID, limit)
}

// OpenContributions implements notify.JobReader.
func (tx *Tx) OpenContributions(dueTo calendar.Date, after int64, limit int) ([]notify.ContributionDue, error) {
	return all(tx, func(r scanner) (d notify.ContributionDue, err error) {
		err = r.Scan(&d.ContributionID, &d.AgencyID, &d.Round, day{&d.Due}, day{&d.SetOn})
		return d, err
	}, "SELECT c.id, c.agency_id, c.round, c.due, c.due_set_on"+awaited+" AND c.id > $1 AND c.due <= $2 ORDER BY c.id LIMIT $3", after, dueTo.String(), limit)
}

// InsertContribution implements tasks.ContributionWriter.
func (tx *Tx) InsertContribution(c tasks.Contribution) (int64, error) {
	return tx.insert(`INSERT INTO contributions (assignment_id, agency_id, state, round, asked_by, asked_for, asked_at, words, due, due_set_on,
		nudged_on, closed_by, closed_at, closing) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		c.AssignmentID, c.AgencyID, string(c.State), c.Round, refValue(c.AskedBy), refValue(c.AskedFor), instantValue(c.AskedAt), c.Words,
		dayValue(c.Due), dayValue(c.DueSetOn), dayValue(c.NudgedOn), refValue(c.ClosedBy), instantValue(c.ClosedAt), c.Closing)
}

// UpdateContribution implements tasks.ContributionWriter.
func (tx *Tx) UpdateContribution(c tasks.Contribution) error {
	return tx.touch(`UPDATE contributions SET state = $1, round = $2, due = $3, due_set_on = $4, nudged_on = $5, closed_by = $6, closed_at = $7,
		closing = $8 WHERE id = $9`,
		string(c.State), c.Round, dayValue(c.Due), dayValue(c.DueSetOn), dayValue(c.NudgedOn), refValue(c.ClosedBy), instantValue(c.ClosedAt), c.Closing, c.ID)
}

// InsertContributionPart implements tasks.ContributionWriter.
func (tx *Tx) InsertContributionPart(p tasks.ContributionPart) (int64, error) {
	return tx.insert(`INSERT INTO contribution_parts (contribution_id, again, person_id, words, document, due, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		p.ContributionID, yesValue(p.Again), refValue(p.PersonID), p.Words, p.Document, dayValue(p.Due), p.At.UnixMilli())
}
