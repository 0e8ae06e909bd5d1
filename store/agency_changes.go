package store

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// AgencyChanges keeps the changes of agencies and what they move; it implements tasks.AgencyChangeStore.
type AgencyChanges struct{ db *DB }

// AgencyChanges is the store of changes of agencies.
func (db *DB) AgencyChanges() AgencyChanges { return AgencyChanges{db} }

// View implements tasks.AgencyChangeStore.
func (s AgencyChanges) View(ctx context.Context, fn func(tasks.AgencyChangeReader) error) error {
	return s.db.View(ctx, func(tx *Tx) error { return fn(tx) })
}

// Update implements tasks.AgencyChangeStore.
func (s AgencyChanges) Update(ctx context.Context, fn func(tasks.AgencyChangeTx) error) error {
	return s.db.Update(ctx, func(tx *Tx) error { return fn(tx) })
}

const changeColumns = `id, kind, state, day, document, reason, predecessors, successors, people, fold, moved, made_by, made_at, decided_by,
	decided_at, applied_at, version`

func readChange(r scanner) (tasks.AgencyChange, error) {
	var c tasks.AgencyChange
	var moved string
	err := r.Scan(&c.ID, &c.Kind, &c.State, day{&c.Day}, &c.Document, &c.Reason, list[int64]{&c.Predecessors}, list[tasks.SuccessorAgency]{&c.Successors},
		list[tasks.Heir]{&c.People}, yes{&c.Fold}, &moved, ref{&c.MadeBy}, instant{&c.MadeAt}, ref{&c.DecidedBy}, instant{&c.DecidedAt},
		instant{&c.AppliedAt}, &c.Version)
	if err == nil && moved != "" {
		err = json.Unmarshal([]byte(moved), &c.Moved)
	}
	return c, err
}

// changeValues are the values of changeColumns but for the identifier and the version.
func changeValues(c tasks.AgencyChange) ([]any, error) {
	predecessors, err := listValue(c.Predecessors)
	if err != nil {
		return nil, err
	}
	successors, err := listValue(c.Successors)
	if err != nil {
		return nil, err
	}
	people, err := listValue(c.People)
	if err != nil {
		return nil, err
	}
	moved := ""
	if c.State == tasks.ChangeApplied {
		b, err := json.Marshal(c.Moved)
		if err != nil {
			return nil, err
		}
		moved = string(b)
	}
	return []any{
		string(c.Kind), string(c.State), c.Day.String(), c.Document, c.Reason, predecessors, successors, people, yesValue(c.Fold), moved,
		refValue(c.MadeBy), c.MadeAt.UnixMilli(), refValue(c.DecidedBy), instantValue(c.DecidedAt), instantValue(c.AppliedAt),
	}, nil
}

// AgencyChange implements tasks.AgencyChangeReader.
func (tx *Tx) AgencyChange(id int64) (tasks.AgencyChange, error) {
	return one(tx, readChange, "SELECT "+changeColumns+" FROM agency_changes WHERE id = $1"+tx.lock, id)
}

// AgencyChanges implements tasks.AgencyChangeReader.
func (tx *Tx) AgencyChanges(states ...tasks.ChangeState) ([]tasks.AgencyChange, error) {
	var w where
	if len(states) > 0 {
		w.and("state IN " + in(&w, states))
	}
	return all(tx, readChange, "SELECT "+changeColumns+" FROM agency_changes"+w.String()+" ORDER BY id DESC", w.args...)
}

// PlannedChanges implements tasks.AgencyChangeReader. The state is written out for the partial index.
func (tx *Tx) PlannedChanges(upTo calendar.Date) ([]int64, error) {
	return all(tx, readID, "SELECT id FROM agency_changes WHERE state = 'planned' AND day <= $1 ORDER BY day, id", upTo.String())
}

// InsertAgencyChange implements tasks.AgencyChangeTx. It begins with version 1.
func (tx *Tx) InsertAgencyChange(c tasks.AgencyChange) (int64, error) {
	values, err := changeValues(c)
	if err != nil {
		return 0, err
	}
	var w where
	return tx.insert(`INSERT INTO agency_changes (kind, state, day, document, reason, predecessors, successors, people, fold, moved, made_by,
		made_at, decided_by, decided_at, applied_at, version) VALUES `+row(&w, append(values, 1)), w.args...)
}

// UpdateAgencyChange implements tasks.AgencyChangeTx.
func (tx *Tx) UpdateAgencyChange(c tasks.AgencyChange) error {
	values, err := changeValues(c)
	if err != nil {
		return err
	}
	return tx.versioned("agency_changes", c.ID, `UPDATE agency_changes SET kind = $1, state = $2, day = $3, document = $4, reason = $5,
		predecessors = $6, successors = $7, people = $8, fold = $9, moved = $10, made_by = $11, made_at = $12, decided_by = $13, decided_at = $14,
		applied_at = $15, version = version + 1 WHERE id = $16 AND version = $17`, append(values, c.ID, c.Version)...)
}

// ChangeChoices implements tasks.AgencyChangeReader.
func (tx *Tx) ChangeChoices(id int64) (map[int64]int, error) {
	choices := make(map[int64]int)
	_, err := all(tx, func(r scanner) (assignment int64, err error) {
		var successor int
		err = r.Scan(&assignment, &successor)
		choices[assignment] = successor
		return assignment, err
	}, "SELECT assignment_id, successor FROM agency_change_choices WHERE change_id = $1", id)
	return choices, err
}

// SetChangeChoices implements tasks.AgencyChangeTx.
func (tx *Tx) SetChangeChoices(id int64, choices map[int64]int) error {
	var ids []int64
	var values []any
	for assignment, successor := range choices {
		ids = append(ids, assignment)
		values = append(values, id, assignment, successor)
	}
	if len(ids) == 0 {
		return nil
	}
	var w where
	if err := tx.exec("DELETE FROM agency_change_choices WHERE change_id = "+w.arg(id)+" AND assignment_id IN "+in(&w, ids), w.args...); err != nil {
		return err
	}
	return tx.insertRows("agency_change_choices (change_id, assignment_id, successor)", 3, values)
}

// ofAgencies chooses the assignments that have not ended and in which agencies have a part.
func ofAgencies(w *where, agencies []int64) string {
	return "(SELECT assignment_id FROM assignment_agencies WHERE agency_id IN " + in(w, agencies) +
		" AND part IN ('lead', 'cooperating') AND state IN ('assigned', 'in_progress', 'returned', 'submitted', 'on_hold'))"
}

// UnendedOf implements tasks.AgencyChangeReader.
func (tx *Tx) UnendedOf(agencies []int64) ([]tasks.Assignment, error) {
	if len(agencies) == 0 {
		return nil, nil
	}
	var w where
	w.and("a.id IN " + ofAgencies(&w, agencies))
	rows, err := all(tx, readAssignment, "SELECT "+assignmentColumns+" FROM assignments a"+w.String()+" ORDER BY a.id", w.args...)
	return rows, tx.fillParts(rows, err)
}

// CountWaiting implements tasks.AgencyChangeReader.
func (tx *Tx) CountWaiting(agencies []int64) (c tasks.WaitingCounts, err error) {
	if len(agencies) == 0 {
		return c, nil
	}
	var w where
	own := func(table, agency, condition string) string {
		text := "(SELECT count(*) FROM " + table + " x WHERE " + condition + " AND x.assignment_id IN " + ofAgencies(&w, agencies)
		if agency != "" {
			text += " AND x." + agency + " IN " + in(&w, agencies)
		}
		return text + ")"
	}
	counts := []string{
		own("extensions", "agency_id", "x.outcome = ''"), own("declines", "agency_id", "x.outcome = ''"),
		own("reports", "agency_id", "x.outcome = 'at_head'"), own("contributions", "agency_id", "x.state IN ('asked', 'sent')"),
		own("remarks", "", "x.state = 'open'"),
	}
	err = tx.row("SELECT "+strings.Join(counts, ", "), w.args...).Scan(&c.Extensions, &c.Declines, &c.AtHead, &c.Contributions, &c.Remarks)
	return c, err
}

// UnissuedDrafts implements tasks.AgencyChangeReader: removed ones too, which may be brought back.
func (tx *Tx) UnissuedDrafts() ([]tasks.Draft, error) {
	return all(tx, readDraft, "SELECT id, version, "+draftColumns+` FROM drafts
		WHERE document_id IN (SELECT id FROM documents WHERE state = 'draft') ORDER BY document_id, position, id`)
}

// DropAskedAgency implements tasks.AgencyChangeTx.
func (tx *Tx) DropAskedAgency(consultationID, agencyID int64) error {
	return tx.touch("DELETE FROM consultation_answers WHERE consultation_id = $1 AND agency_id = $2 AND saved_at IS NULL AND sent_on IS NULL",
		consultationID, agencyID)
}

// NameInItems implements tasks.AgencyChangeTx.
func (tx *Tx) NameInItems(consultationID, predecessor, successor int64) error {
	items, err := tx.ConsultationItems(consultationID)
	if err != nil {
		return err
	}
	for _, i := range items {
		if !slices.Contains(i.Parties, predecessor) || slices.Contains(i.Parties, successor) {
			continue
		}
		named, err := listValue(append(i.Parties, successor))
		if err != nil {
			return err
		}
		if err := tx.exec("UPDATE consultation_items SET parties = $1 WHERE id = $2", named, i.ID); err != nil {
			return err
		}
	}
	return nil
}

// SetExtensionAgency implements tasks.AgencyChangeTx.
func (tx *Tx) SetExtensionAgency(id, agencyID int64) error {
	return tx.touch("UPDATE extensions SET agency_id = $1 WHERE id = $2 AND outcome = ''", agencyID, id)
}

// SetDeclineAgencies implements tasks.AgencyChangeTx.
func (tx *Tx) SetDeclineAgencies(id, agencyID, proposedID int64) error {
	return tx.touch("UPDATE declines SET agency_id = $1, proposed_id = $2 WHERE id = $3 AND outcome = ''", agencyID, refValue(proposedID), id)
}

// SetReportAgency implements tasks.AgencyChangeTx.
func (tx *Tx) SetReportAgency(id, agencyID int64) error {
	return tx.touch("UPDATE reports SET agency_id = $1 WHERE id = $2 AND outcome = 'at_head'", agencyID, id)
}

// SetContributionAgencies implements tasks.AgencyChangeTx.
func (tx *Tx) SetContributionAgencies(id, agencyID, askedFor int64) error {
	return tx.touch("UPDATE contributions SET agency_id = $1, asked_for = $2 WHERE id = $3", agencyID, refValue(askedFor), id)
}

// CountEnded implements tasks.AgencyChangeReader.
func (tx *Tx) CountEnded(agencies []int64) (int, error) {
	if len(agencies) == 0 {
		return 0, nil
	}
	var w where
	w.and("agency_id IN " + in(&w, agencies))
	w.and("part IN ('lead', 'cooperating')")
	w.and("state IN ('completed', 'cancelled')")
	var n int
	err := tx.row("SELECT count(DISTINCT assignment_id) FROM assignment_agencies"+w.String(), w.args...).Scan(&n)
	return n, err
}
