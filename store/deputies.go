package store

import (
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

const deputationColumns = `d.id, d.person_id, d.deputy_id, d.from_day, d.to_day, d.reason, d.keeps_mails, d.made_by, d.made_at, d.ended_by,
	d.ended_at, d.version`

func readDeputation(r scanner) (tasks.Deputation, error) {
	var d tasks.Deputation
	err := r.Scan(&d.ID, &d.PersonID, &d.DeputyID, day{&d.From}, day{&d.To}, &d.Reason, yes{&d.KeepsMails}, ref{&d.MadeBy}, instant{&d.MadeAt},
		ref{&d.EndedBy}, instant{&d.EndedAt}, &d.Version)
	return d, err
}

// inForce chooses the deputations of a day ($1) that nobody has ended and of which nobody is disabled.
const inForce = ` FROM deputies d JOIN people p ON p.id = d.person_id AND p.active = 1 JOIN people q ON q.id = d.deputy_id AND q.active = 1
	WHERE d.from_day <= $1 AND d.to_day >= $1 AND d.ended_at IS NULL`

// StandsFor implements tasks.DeputyReader.
func (tx *Tx) StandsFor(deputyID int64, on calendar.Date) ([]tasks.Stand, error) {
	list, err := all(tx, readDeputation, "SELECT "+deputationColumns+inForce+" AND d.deputy_id = $2 ORDER BY d.id", on.String(), deputyID)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	ids := make([]int64, len(list))
	for i, d := range list {
		ids[i] = d.PersonID
	}
	people, err := tx.PeopleByID(ids)
	stands := make([]tasks.Stand, len(list))
	for i, d := range list {
		stands[i] = tasks.Stand{Deputation: d, Person: people[d.PersonID]}
	}
	return stands, err
}

// DeputationsInForce implements notify.ComposeReader.
func (tx *Tx) DeputationsInForce(on calendar.Date) ([]tasks.Deputation, error) {
	return all(tx, readDeputation, "SELECT "+deputationColumns+inForce+" ORDER BY d.id", on.String())
}

// Deputation implements tasks.DeputyReader.
func (tx *Tx) Deputation(id int64) (tasks.Deputation, error) {
	return one(tx, readDeputation, "SELECT "+deputationColumns+" FROM deputies d WHERE d.id = $1"+tx.lock, id)
}

// DeputationsOf implements tasks.DeputyReader.
func (tx *Tx) DeputationsOf(personID int64, limit int) ([]tasks.Deputation, error) {
	return all(tx, readDeputation, "SELECT "+deputationColumns+" FROM deputies d WHERE d.person_id = $1 OR d.deputy_id = $1 ORDER BY d.to_day DESC, d.id DESC LIMIT $2",
		personID, limit)
}

// DeputationsToCome implements tasks.DeputyTx: one that is added depends on rows that do not exist yet.
func (tx *Tx) DeputationsToCome(personID int64, from calendar.Date) ([]tasks.Deputation, error) {
	if err := tx.turn("deputies"); err != nil {
		return nil, err
	}
	return all(tx, readDeputation, "SELECT "+deputationColumns+` FROM deputies d WHERE (d.person_id = $1 OR d.deputy_id = $1) AND d.to_day >= $2
		AND d.ended_at IS NULL ORDER BY d.from_day, d.id`, personID, from.String())
}

// InsertDeputation implements tasks.DeputyTx.
func (tx *Tx) InsertDeputation(d tasks.Deputation) (int64, error) {
	return tx.insert(`INSERT INTO deputies (person_id, deputy_id, from_day, to_day, reason, keeps_mails, made_by, made_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)`,
		d.PersonID, d.DeputyID, d.From.String(), d.To.String(), d.Reason, yesValue(d.KeepsMails), refValue(d.MadeBy), d.MadeAt.UnixMilli())
}

// EndDeputation implements tasks.DeputyTx.
func (tx *Tx) EndDeputation(d tasks.Deputation) error {
	return tx.versioned("deputies", d.ID, "UPDATE deputies SET ended_by = $1, ended_at = $2, version = version + 1 WHERE id = $3 AND version = $4",
		refValue(d.EndedBy), d.EndedAt.UnixMilli(), d.ID, d.Version)
}

// OverStands implements notify.ComposeReader.
func (tx *Tx) OverStands(on calendar.Date) ([]int64, error) {
	return all(tx, readID, "SELECT id FROM mails WHERE instead_of IS NOT NULL AND "+untakenMail+` AND instead_of NOT IN (SELECT d.id`+inForce+`)
		ORDER BY id`, on.String())
}
