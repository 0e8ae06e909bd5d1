package store

import (
	"slices"
	"strings"

	"tiendo/tasks"
)

var _ tasks.AssignmentTx = (*Tx)(nil)

// isOpen is the condition that tasks.State.Open states, on the alias a.
var isOpen = "a.state IN ('" + strings.Join(openStates(), "', '") + "')"

// isCounted is the condition that tasks.State.Counted states, on the alias a.
var isCounted = "a.state NOT IN ('" + string(tasks.StateOnHold) + "', '" + string(tasks.StateCancelled) + "')"

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
	a.submitted_on, a.assigned_at, a.completed_at, a.version, a.first_mended, a.unconfirmed_by, a.evidence,
	a.series_id, a.period_since, a.period_due, a.period_span,
	a.specialist_id, a.leader_id, a.own_specialist_id, a.own_leader_id`

func assignmentFields(a *tasks.Assignment) []any {
	return []any{&a.ID, &a.TaskID, &a.DocumentID, &a.State, &a.Percent, day{&a.FirstDue}, day{&a.Due}, &a.DueVersion, day{&a.DueSetOn},
		&a.Cadence, day{&a.SubmittedOn}, instant{&a.AssignedAt}, instant{&a.CompletedAt}, &a.Version, day{&a.FirstMended}, ref{&a.UnconfirmedBy}, text{(*string)(&a.Evidence)},
		ref{&a.SeriesID}, day{&a.Period.Since}, day{&a.Period.Due}, text{(*string)(&a.Period.Span)},
		ref{&a.Followers.Specialist}, ref{&a.Followers.Leader}, ref{&a.Named.Specialist}, ref{&a.Named.Leader}}
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
	tx.held = a
	parts, err := tx.parts([]int64{id})
	parts[id].fill(&a)
	return a, err
}

// DocumentAssignments implements tasks.DocumentReader.
func (tx *Tx) DocumentAssignments(documentID int64) ([]tasks.Assignment, error) {
	rows, err := all(tx, readAssignment, "SELECT "+assignmentColumns+
		" FROM assignments a JOIN tasks t ON t.id = a.task_id WHERE a.document_id = $1 ORDER BY t.position, t.id, a.id"+tx.lockOf("a"), documentID)
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
	ids, err := tx.InsertAssignments([]tasks.Assignment{a})
	if err != nil {
		return 0, err
	}
	return ids[0], nil
}

// insertParts writes the agencies of an assignment, in order.
func (tx *Tx) insertParts(a tasks.Assignment) error {
	return tx.insertRows("assignment_agencies ("+agencyColumns+")", agencyWidth, partValues(a))
}

// partValues are the rows of assignment_agencies of an assignment, in order.
func partValues(a tasks.Assignment) (values []any) {
	for i, agency := range a.Leads {
		values = append(values, a.ID, agency, string(tasks.PartLead), i, a.DocumentID, string(a.State), dueValue(a.Due), dayValue(a.SubmittedOn))
	}
	for i, agency := range a.Cooperating {
		values = append(values, a.ID, agency, string(tasks.PartCooperating), len(a.Leads)+i, a.DocumentID, string(a.State), dueValue(a.Due), dayValue(a.SubmittedOn))
	}
	return values
}

// agencyColumns are those of assignment_agencies; the last three are the assignment's own, kept beside the agency for its lists.
const (
	agencyColumns = "assignment_id, agency_id, part, position, document_id, state, due, submitted_on"
	agencyWidth   = 8
)

// indexAssignment makes an assignment findable by the words of its duty and document.
func (tx *Tx) indexAssignment(id, taskID int64) error {
	texts, err := tx.searchedTexts(taskID)
	if err != nil {
		return err
	}
	return tx.indexWords("assignment_words", "assignment_id", id, texts[:]...)
}

// searchedTexts are those by whose words the assignments of a task are found.
func (tx *Tx) searchedTexts(taskID int64) ([5]string, error) {
	return one(tx, func(r scanner) (t [5]string, err error) {
		err = r.Scan(&t[0], &t[1], &t[2], &t[3], &t[4])
		return t, err
	}, "SELECT t.text, t.ref, t.deliverable, d.number, d.title FROM tasks t JOIN documents d ON d.id = t.document_id WHERE t.id = $1", taskID)
}

// changingColumns are those of an assignment that may change after issue.
var changingColumns = []string{"state", "percent", "due", "due_version", "due_set_on", "cadence", "submitted_on", "completed_at", "first_mended", "unconfirmed_by", "evidence"}

func changingValues(a tasks.Assignment) []any {
	return []any{string(a.State), a.Percent, dayValue(a.Due), a.DueVersion, dayValue(a.DueSetOn), a.Cadence, dayValue(a.SubmittedOn), instantValue(a.CompletedAt), dayValue(a.FirstMended), refValue(a.UnconfirmedBy), textValue(string(a.Evidence))}
}

// UpdateAssignment implements tasks.AssignmentTx; what was fixed at issue (its duty, agencies and first deadline) stays. Columns that
// are as the transaction has read them are not written: an engine works on each index of every column that is.
func (tx *Tx) UpdateAssignment(a tasks.Assignment) error {
	known := tx.held.ID == a.ID && tx.held.Version == a.Version
	before := changingValues(tx.held)
	set := "version = version + 1"
	var w where
	for i, v := range changingValues(a) {
		if !known || v != before[i] {
			set += ", " + changingColumns[i] + " = " + w.arg(v)
		}
	}
	was := tx.held
	tx.held = tasks.Assignment{}
	err := tx.versioned("assignments", a.ID, "UPDATE assignments SET "+set+" WHERE id = "+w.arg(a.ID)+" AND version = "+w.arg(a.Version), w.args...)
	if err != nil || known && a.State == was.State && a.Due == was.Due && a.SubmittedOn == was.SubmittedOn {
		return err
	}
	return tx.exec("UPDATE assignment_agencies SET state = $1, due = $2, submitted_on = $3 WHERE assignment_id = $4",
		string(a.State), dueValue(a.Due), dayValue(a.SubmittedOn), a.ID)
}
