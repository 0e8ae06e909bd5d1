package store

import (
	"time"

	"tiendo/tasks"
)

// Visits implements tasks.DocumentReader.
func (tx *Tx) Visits(documentID int64, since time.Time) ([]tasks.Visit, error) {
	return all(tx, func(r scanner) (v tasks.Visit, err error) {
		err = r.Scan(&v.PersonID, &v.Name, instant{&v.At})
		return v, err
	}, `SELECT v.person_id, p.name, v.at FROM review_visits v JOIN people p ON p.id = v.person_id
		WHERE v.document_id = $1 AND v.at >= $2 ORDER BY v.at DESC, v.person_id`, documentID, since.UnixMilli())
}

// SetVisit implements tasks.DocumentTx.
func (tx *Tx) SetVisit(documentID, personID int64, at time.Time) error {
	return tx.exec(`INSERT INTO review_visits (document_id, person_id, at) VALUES ($1, $2, $3)
		ON CONFLICT (document_id, person_id) DO UPDATE SET at = excluded.at`, documentID, personID, at.UnixMilli())
}
