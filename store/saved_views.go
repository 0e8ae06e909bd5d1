package store

import (
	"errors"

	"tiendo/tasks"
)

const viewColumns = "SELECT v.id, v.person_id, v.name, v.query, v.shared, v.at FROM saved_views v WHERE "

func readSavedView(r scanner) (tasks.SavedView, error) {
	var v tasks.SavedView
	err := r.Scan(&v.ID, &v.PersonID, &v.Name, &v.Query, yes{&v.Shared}, instant{&v.At})
	return v, err
}

// SavedView implements tasks.SavedViewReader.
func (tx *Tx) SavedView(id int64) (tasks.SavedView, error) {
	return one(tx, readSavedView, viewColumns+"v.id = $1", id)
}

// SavedViews implements tasks.SavedViewReader.
func (tx *Tx) SavedViews(personID int64, shared bool) ([]tasks.SavedView, error) {
	views, err := all(tx, readSavedView, viewColumns+"v.person_id = $1 ORDER BY v.name, v.id", personID)
	if err != nil || !shared {
		return views, err
	}
	others, err := all(tx, readSavedView, viewColumns+"v.shared = 1 AND v.person_id <> $1 ORDER BY v.name, v.id LIMIT $2", personID, tasks.MaxPage)
	return append(views, others...), err
}

// UsualView implements tasks.SavedViewReader.
func (tx *Tx) UsualView(personID int64) (int64, error) {
	id, err := one(tx, readID, "SELECT view_id FROM usual_views WHERE person_id = $1", personID)
	if errors.Is(err, tasks.ErrNotFound) {
		return 0, nil
	}
	return id, err
}

// InsertSavedView implements tasks.SavedViewWriter.
func (tx *Tx) InsertSavedView(v tasks.SavedView) (int64, error) {
	return tx.insert("INSERT INTO saved_views (person_id, name, query, shared, at) VALUES ($1, $2, $3, $4, $5)",
		v.PersonID, v.Name, v.Query, yesValue(v.Shared), v.At.UnixMilli())
}

// UpdateSavedView implements tasks.SavedViewWriter.
func (tx *Tx) UpdateSavedView(v tasks.SavedView) error {
	return tx.touch("UPDATE saved_views SET name = $1, query = $2, shared = $3 WHERE id = $4", v.Name, v.Query, yesValue(v.Shared), v.ID)
}

// DeleteSavedView implements tasks.SavedViewWriter.
func (tx *Tx) DeleteSavedView(id int64) error {
	if err := tx.exec("DELETE FROM usual_views WHERE view_id = $1", id); err != nil {
		return err
	}
	return tx.touch("DELETE FROM saved_views WHERE id = $1", id)
}

// SetUsualView implements tasks.SavedViewWriter.
func (tx *Tx) SetUsualView(personID, viewID int64) error {
	if viewID == 0 {
		return tx.exec("DELETE FROM usual_views WHERE person_id = $1", personID)
	}
	return tx.exec("INSERT INTO usual_views (person_id, view_id) VALUES ($1, $2) ON CONFLICT (person_id) DO UPDATE SET view_id = excluded.view_id", personID, viewID)
}

// ForgetUsualViews implements tasks.SavedViewWriter.
func (tx *Tx) ForgetUsualViews(v tasks.SavedView) error {
	return tx.exec("DELETE FROM usual_views WHERE view_id = $1 AND person_id <> $2", v.ID, v.PersonID)
}
