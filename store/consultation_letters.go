package store

import "tiendo/tasks"

// ConsultationLetters implements tasks.ConsultationReader.
func (tx *Tx) ConsultationLetters(id, agencyID int64) ([]tasks.ConsultationLetter, error) {
	var w where
	w.and("l.consultation_id = " + w.arg(id))
	if agencyID != 0 {
		w.and("l.agency_id = " + w.arg(agencyID))
	}
	return all(tx, func(r scanner) (l tasks.ConsultationLetter, err error) {
		f := &l.File
		err = r.Scan(&f.ID, &l.ConsultationID, &l.AgencyID, &f.Name, &f.Hash, &f.Size, &f.Type, ref{&f.CreatedBy}, instant{&f.CreatedAt})
		return l, err
	}, "SELECT l.id, l.consultation_id, l.agency_id, l.name, l.hash, l.size, l.type, l.created_by, l.created_at FROM consultation_letters l"+
		w.String()+" ORDER BY l.agency_id, l.id", w.args...)
}

// InsertConsultationLetter implements tasks.ConsultationWriter.
func (tx *Tx) InsertConsultationLetter(l tasks.ConsultationLetter) error {
	f := l.File
	return tx.exec(`INSERT INTO consultation_letters (consultation_id, agency_id, name, hash, size, type, created_by, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, l.ConsultationID, l.AgencyID, f.Name, f.Hash, f.Size, f.Type, refValue(f.CreatedBy), f.CreatedAt.UnixMilli())
}

// DeleteConsultationLetter implements tasks.ConsultationWriter.
func (tx *Tx) DeleteConsultationLetter(id int64) error {
	return tx.exec("DELETE FROM consultation_letters WHERE id = $1", id)
}

// ConsultationAuthors implements tasks.ConsultationReader.
func (tx *Tx) ConsultationAuthors(id int64) (map[int64][]int64, error) {
	rows, err := all(tx, func(r scanner) (p [2]int64, err error) {
		err = r.Scan(&p[0], &p[1])
		return p, err
	}, "SELECT agency_id, person_id FROM consultation_authors WHERE consultation_id = $1 ORDER BY agency_id, person_id", id)
	authors := make(map[int64][]int64)
	for _, p := range rows {
		authors[p[0]] = append(authors[p[0]], p[1])
	}
	return authors, err
}

// AddConsultationAuthor implements tasks.ConsultationWriter.
func (tx *Tx) AddConsultationAuthor(id, agencyID, personID int64) error {
	return tx.exec("INSERT INTO consultation_authors (consultation_id, agency_id, person_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", id, agencyID, personID)
}
