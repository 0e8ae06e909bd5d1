package tasks

// Setting is an assignment with what every page about it names: its duty, its document and the agencies of the province.
type Setting struct {
	Assignment Assignment
	Task       Task
	Document   Document
	Agencies   map[int64]Agency
}

// setting reads an assignment with its setting. To those whose agencies have no part in it, it does not exist.
func setting(tx AssignmentReader, actor Person, id int64) (v Setting, err error) {
	if v.Assignment, err = visible(tx, actor, id); err != nil {
		return Setting{}, err
	}
	if v.Task, err = tx.Task(v.Assignment.TaskID); err != nil {
		return Setting{}, err
	}
	if v.Document, err = tx.Document(v.Assignment.DocumentID); err != nil {
		return Setting{}, err
	}
	v.Agencies, err = agencyMap(tx)
	return v, err
}

// acting loads an assignment on which the actor may do the action, in the version that he saw; version 0 compares nothing.
func acting(tx AssignmentReader, actor Person, id, version int64, action Action) (Assignment, error) {
	a, err := visible(tx, actor, id)
	if err != nil {
		return Assignment{}, err
	}
	if err := mayOn(actor, action, a); err != nil {
		return Assignment{}, err
	}
	if version != 0 && a.Version != version {
		return Assignment{}, ErrConflict
	}
	return a, nil
}
