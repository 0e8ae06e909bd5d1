package store

import (
	"slices"
	"strings"

	"tiendo/tasks"
)

var _ tasks.AssignmentTx = (*Tx)(nil)

// isOpen is the condition that tasks.State.Open states, on the alias a.
var isOpen = "a.state IN ('" + strings.Join(openStates(), "', '") + "')"

func openStates() []string {
	var open []string
	for _, s := range tasks.States {
		if s.Open() {
			open = append(open, string(s))
		}
	}
	return open
}

const assignmentColumns = `a.id, a.task_id, a.document_id, a.state, a.percent, a.first_due, a.due, a.due_version, a.due_set_on, a.cadence,
	a.submitted_on, a.assigned_at, a.completed_at, a.version`

func assignmentFields(a *tasks.Assignment) []any {
	return []any{&a.ID, &a.TaskID, &a.DocumentID, &a.State, &a.Percent, day{&a.FirstDue}, day{&a.Due}, &a.DueVersion, day{&a.DueSetOn},
		&a.Cadence, day{&a.SubmittedOn}, instant{&a.AssignedAt}, instant{&a.CompletedAt}, &a.Version}
}

func readAssignment(r scanner) (tasks.Assignment, error) {
	var a tasks.Assignment
	err := r.Scan(assignmentFields(&a)...)
	return a, err
}

// Assignment implements tasks.AssignmentReader.
func (tx *Tx) Assignment(id int64) (tasks.Assignment, error) {
	a, err := one(tx, readAssignment, "SELECT "+assignmentColumns+" FROM assignments a WHERE a.id = $1"+tx.lock, id)
	if err != nil {
		return tasks.Assignment{}, err
	}
	parts, err := tx.parts([]int64{id})
	parts[id].fill(&a)
	return a, err
}

// DocumentAssignments implements tasks.DocumentReader.
func (tx *Tx) DocumentAssignments(documentID int64) ([]tasks.Assignment, error) {
	rows, err := all(tx, readAssignment, "SELECT "+assignmentColumns+
		" FROM assignments a JOIN tasks t ON t.id = a.task_id WHERE a.document_id = $1 ORDER BY t.position, t.id, a.id", documentID)
	return rows, tx.fillParts(rows, err)
}

// fillParts reads the agencies of assignments that were read without an error.
func (tx *Tx) fillParts(rows []tasks.Assignment, err error) error {
	if err != nil {
		return err
	}
	ids := make([]int64, len(rows))
	for i, a := range rows {
		ids[i] = a.ID
	}
	parts, err := tx.parts(ids)
	for i := range rows {
		parts[rows[i].ID].fill(&rows[i])
	}
	return err
}

// partners are the agencies of an assignment, in the order in which they were assigned.
type partners struct{ leads, cooperating []int64 }

func (p partners) fill(a *tasks.Assignment) { a.Leads, a.Cooperating = p.leads, p.cooperating }

// parts reads the agencies of assignments.
func (tx *Tx) parts(ids []int64) (map[int64]partners, error) {
	type part struct {
		assignment, agency int64
		part               tasks.Part
	}
	found := make(map[int64]partners, len(ids))
	for chunk := range slices.Chunk(ids, maxParameters) {
		var w where
		rows, err := all(tx, func(r scanner) (p part, err error) {
			err = r.Scan(&p.assignment, &p.agency, &p.part)
			return p, err
		}, "SELECT assignment_id, agency_id, part FROM assignment_agencies WHERE assignment_id IN "+in(&w, chunk)+
			" ORDER BY assignment_id, position", w.args...)
		if err != nil {
			return found, err
		}
		for _, r := range rows {
			p := found[r.assignment]
			if r.part == tasks.PartLead {
				p.leads = append(p.leads, r.agency)
			} else {
				p.cooperating = append(p.cooperating, r.agency)
			}
			found[r.assignment] = p
		}
	}
	return found, nil
}

// InsertAssignment implements tasks.DocumentTx.
func (tx *Tx) InsertAssignment(a tasks.Assignment) (int64, error) {
	id, err := tx.insert(`INSERT INTO assignments (task_id, document_id, state, percent, first_due, due, due_version, due_set_on, cadence,
		submitted_on, assigned_at, completed_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)`,
		a.TaskID, a.DocumentID, string(a.State), a.Percent, dayValue(a.FirstDue), dayValue(a.Due), a.DueVersion, dayValue(a.DueSetOn),
		a.Cadence, dayValue(a.SubmittedOn), a.AssignedAt.UnixMilli(), instantValue(a.CompletedAt))
	if err != nil {
		return 0, err
	}
	var values []any
	for i, agency := range a.Leads {
		values = append(values, id, agency, string(tasks.PartLead), i, a.DocumentID)
	}
	for i, agency := range a.Cooperating {
		values = append(values, id, agency, string(tasks.PartCooperating), len(a.Leads)+i, a.DocumentID)
	}
	if err := tx.insertRows("assignment_agencies (assignment_id, agency_id, part, position, document_id)", 5, values); err != nil {
		return 0, err
	}
	return id, tx.indexAssignment(id, a.TaskID)
}

// indexAssignment makes an assignment findable by the words of its duty and document.
func (tx *Tx) indexAssignment(id, taskID int64) error {
	texts, err := one(tx, func(r scanner) (t [5]string, err error) {
		err = r.Scan(&t[0], &t[1], &t[2], &t[3], &t[4])
		return t, err
	}, "SELECT t.text, t.ref, t.deliverable, d.number, d.title FROM tasks t JOIN documents d ON d.id = t.document_id WHERE t.id = $1", taskID)
	if err != nil {
		return err
	}
	return tx.indexWords("assignment_words", "assignment_id", id, texts[:]...)
}

// UpdateAssignment implements tasks.AssignmentTx; what was fixed at issue (its duty, agencies and first deadline) stays.
func (tx *Tx) UpdateAssignment(a tasks.Assignment) error {
	return tx.versioned("assignments", a.ID, `UPDATE assignments SET state = $1, percent = $2, due = $3, due_version = $4, due_set_on = $5,
		cadence = $6, submitted_on = $7, completed_at = $8, version = version + 1 WHERE id = $9 AND version = $10`,
		string(a.State), a.Percent, dayValue(a.Due), a.DueVersion, dayValue(a.DueSetOn), a.Cadence, dayValue(a.SubmittedOn),
		instantValue(a.CompletedAt), a.ID, a.Version)
}
