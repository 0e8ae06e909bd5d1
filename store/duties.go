package store

import "tiendo/tasks"

const taskColumns = dutyColumns + ", restricted"

func readTask(r scanner) (tasks.Task, error) {
	var t tasks.Task
	err := r.Scan(&t.ID, &t.DocumentID, &t.Position, &t.Ref, &t.Section, &t.Text, &t.Deliverable, list[string]{&t.Criteria},
		&t.Written.Phrase, &t.Written.Kind, day{&t.Written.Date}, &t.Written.Time, &t.Written.RRule,
		&t.Source.File, &t.Source.Part, &t.Source.Block, &t.Source.Row, yes{&t.Restricted})
	return t, err
}

// Task implements tasks.AssignmentReader.
func (tx *Tx) Task(id int64) (tasks.Task, error) {
	return one(tx, readTask, "SELECT id, "+taskColumns+" FROM tasks WHERE id = $1", id)
}

// Tasks implements tasks.DocumentReader.
func (tx *Tx) Tasks(documentID int64) ([]tasks.Task, error) {
	return all(tx, readTask, "SELECT id, "+taskColumns+" FROM tasks WHERE document_id = $1 ORDER BY position, id", documentID)
}

// InsertTask implements tasks.DocumentTx.
func (tx *Tx) InsertTask(t tasks.Task) (int64, error) {
	criteria, err := listValue(t.Criteria)
	if err != nil {
		return 0, err
	}
	var w where
	return tx.insert("INSERT INTO tasks ("+taskColumns+") VALUES "+row(&w, []any{t.DocumentID, t.Position, t.Ref, t.Section, t.Text,
		t.Deliverable, criteria, t.Written.Phrase, string(t.Written.Kind), dayValue(t.Written.Date), t.Written.Time, t.Written.RRule,
		t.Source.File, t.Source.Part, t.Source.Block, t.Source.Row, yesValue(t.Restricted)}), w.args...)
}
