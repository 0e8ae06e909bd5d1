package tasks

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"tiendo/tasks/calendar"
)

// Problem is something that stands in the way of issuing; DraftID is 0 when it is the document's.
type Problem struct {
	DraftID int64
	Key     string
	Args    []string
}

// IssuePlan is what issuing would do now.
type IssuePlan struct {
	Duties      int
	Assignments int
	Agencies    []int64 // leads and cooperators, each once
	Unreachable []int64 // of those: nobody gets mail; told, not refused
	Defaulted   int     // duties that take the document's default deadline or cadence
	Past        int     // duties whose deadline has passed already
	Early       int     // duties whose deadline lies before the document's date
	Future      bool    // the document's date is yet to come
	Problems    []Problem
	Revision    RevisionPlan // what becomes of the duties of the document that this one revises
	rows        []RevisionRow
}

// plan reckons what issuing the document would do.
func (s *Documents) plan(tx DocumentReader, d Document, drafts []Draft) (IssuePlan, error) {
	p := IssuePlan{Duties: len(drafts)}
	if d.Number == "" {
		p.Problems = append(p.Problems, Problem{Key: "issue.no_number"})
	}
	if d.Date.IsZero() {
		p.Problems = append(p.Problems, Problem{Key: "issue.no_date"})
	}
	reachable, err := tx.ReachableAgencies()
	if err != nil {
		return IssuePlan{}, err
	}
	today := s.Rules.Day(s.Now())
	p.Future = d.Date.After(today)
	first := s.Rules.firstNotes(today)
	if p.rows, _, err = revised(tx, d, drafts); err != nil {
		return IssuePlan{}, err
	}
	p.Revision = planRevision(p.rows)
	// A document may do nothing but end what an earlier one asked for.
	if len(drafts) == 0 && p.Revision.End == 0 {
		p.Problems = append(p.Problems, Problem{Key: "issue.no_duties"})
	}
	p.Assignments = -p.Revision.Done
	problems, err := reviseProblems(tx, d, p.Revision)
	if err != nil {
		return IssuePlan{}, err
	}
	p.Problems = append(p.Problems, problems...)
	seen := make(map[int64]bool)
	for _, dr := range drafts {
		p.Assignments += len(dr.shares()) * s.firstRounds(d, dr, first)
		open := true
		if dr.Taken != nil {
			p.Problems = append(p.Problems, dr.takenProblems(d, first, today)...)
			open = dr.Taken.State.Open()
		} else {
			p.Problems = append(p.Problems, dr.problems(d, first)...)
		}
		if open && dr.Deadline.IsZero() && dr.Cadence == "" {
			p.Defaulted++
		}
		if due, _ := dr.time(d); open && !due.IsZero() && due.Before(today) {
			p.Past++
		}
		if dr.Early(d) {
			p.Early++
		}
		for _, id := range slices.Concat(dr.LeadAgencies(), dr.CooperatingAgencies()) {
			if seen[id] {
				continue
			}
			seen[id] = true
			p.Agencies = append(p.Agencies, id)
			if !reachable[id] {
				p.Unreachable = append(p.Unreachable, id)
			}
		}
	}
	return p, nil
}

// problems lists what blocks issue of one draft: no lead, a name that stands for nobody, no time, a cadence that is over.
func (d Draft) problems(doc Document, first *firstNotes) []Problem {
	var out []Problem
	for _, name := range d.Unmapped() {
		out = append(out, Problem{DraftID: d.ID, Key: "issue.unknown_name", Args: []string{name, d.Ref}})
	}
	if len(d.Leads) == 0 {
		out = append(out, Problem{DraftID: d.ID, Key: "issue.no_lead", Args: []string{d.Ref}})
	}
	due, cadence := d.time(doc)
	out = append(out, d.seriesProblems(cadence, first)...)
	if cadence == "" {
		if due.IsZero() {
			out = append(out, Problem{DraftID: d.ID, Key: "issue.no_time", Args: []string{d.Ref}})
		}
		return out
	}
	if _, err := first.day(cadence); err != nil {
		out = append(out, Problem{DraftID: d.ID, Key: "field.bad_rule"})
	}
	return out
}

// time is the deadline or cadence that the duty gets: its own, else the document's default.
func (d Draft) time(doc Document) (due calendar.Date, cadence string) {
	switch {
	case !d.Deadline.IsZero():
		return d.Deadline, ""
	case d.Cadence != "":
		return calendar.Date{}, d.Cadence
	case !doc.DefaultDue.IsZero():
		return doc.DefaultDue, ""
	}
	return calendar.Date{}, doc.Cadence
}

// Early tells whether the duty's deadline lies before the date of its document: one of the two is wrong.
func (d Draft) Early(doc Document) bool {
	due, _ := d.time(doc)
	return !due.IsZero() && !doc.Date.IsZero() && due.Before(doc.Date)
}

// shares lists the leads of each assignment that the draft becomes: all together, or each for itself.
func (d Draft) shares() [][]int64 {
	leads := d.LeadAgencies()
	if len(leads) == 0 {
		return nil
	}
	if d.Joint {
		return [][]int64{leads}
	}
	shares := make([][]int64, len(leads))
	for i, id := range leads {
		shares[i] = []int64{id}
	}
	return shares
}

// Issue turns the drafts into assignments: one transaction with audit rows and notices. What blocks it comes back as field errors
// named "draft-ID".
func (s *Documents) Issue(ctx context.Context, actor Person, id, version int64) error {
	err := s.Store.Update(ctx, func(tx DocumentTx) error {
		d, err := manageable(tx, actor, id, DocumentDraft)
		if err != nil {
			return err
		}
		if version != 0 && d.Version != version {
			return ErrConflict
		}
		drafts, err := tx.Drafts(id)
		if err != nil {
			return err
		}
		tracker, err := tx.TakeoverOf(id)
		if err != nil {
			return err
		}
		plan, err := s.plan(tx, d, drafts)
		if err != nil {
			return err
		}
		return s.issue(tx, actor, d, drafts, plan, tracker == 0)
	})
	if err != nil {
		return fmt.Errorf("issue document %d: %w", id, err)
	}
	return nil
}

// issue turns the drafts of one document into assignments, as it was planned in the same transaction. tell writes the notices of issue;
// what comes from a tracker is known to those who have worked on it and is taken over in silence.
func (s *Documents) issue(tx DocumentTx, actor Person, d Document, drafts []Draft, plan IssuePlan, tell bool) error {
	if len(plan.Problems) > 0 {
		return blocked(plan.Problems)
	}
	now := s.Now()
	d.State, d.IssuedBy, d.IssuedAt = DocumentIssued, actor.ID, now
	if err := tx.UpdateDocument(d); err != nil {
		return err
	}
	if err := endConsultations(tx, actor, d.ID, ConsultationIssued, now); err != nil {
		return err
	}
	action := "document.issued"
	if !tell {
		action = "document.taken_over"
	}
	auditID, err := tx.Audit(entry(now, actor, action, Subject{SubjectDocument, d.ID}).
		with(nil, map[string]int{"duties": plan.Duties, "assignments": plan.Assignments, "agencies": len(plan.Agencies)}))
	if err != nil {
		return err
	}
	first := s.Rules.firstNotes(s.Rules.Day(now))
	var ladders Ladders // of what the document revises
	if len(plan.rows) > 0 {
		if ladders, err = tx.Ladders(); err != nil {
			return err
		}
	}
	var trail []AuditEntry // what begins a chain can be written together
	for _, dr := range drafts {
		i := slices.IndexFunc(plan.rows, func(r RevisionRow) bool { return r.New != nil && r.New.ID == dr.ID })
		row := RevisionRow{New: &dr}
		if i >= 0 {
			row = plan.rows[i]
		}
		assigned, err := s.issueDraft(tx, actor, d, dr, row, first, ladders)
		if err != nil {
			return err
		}
		trail = append(trail, assigned...)
	}
	if err := tx.AuditAll(trail); err != nil {
		return err
	}
	if err := keepDocumentLadder(tx, actor, d, plan.rows, ladders); err != nil {
		return err
	}
	for _, row := range plan.rows {
		for _, a := range row.Carry().Ended {
			if err := s.end(tx, actor, d, a); err != nil {
				return err
			}
		}
		if err := s.leaveSeries(tx, actor, d, row); err != nil {
			return err
		}
	}
	if !tell {
		return nil
	}
	for _, agency := range plan.Agencies {
		err := tx.AddNotice(Notice{
			Kind: NoticeIssued, Subject: Subject{SubjectDocument, d.ID}, AgencyID: agency, Role: RoleFocal,
			Occurrence: strconv.FormatInt(auditID, 10), Day: s.Rules.Day(now), At: now,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func blocked(problems []Problem) error {
	var f fields
	for _, p := range problems {
		name := "document"
		if p.DraftID != 0 {
			name = "draft-" + strconv.FormatInt(p.DraftID, 10)
		}
		f.add(name, p.Key, p.Args...)
	}
	return &Error{Code: CodeInvalid, Key: "issue.blocked", Fields: f}
}

// issueDraft writes the task of one draft with its assignments and the first cadence note of each. What goes on of an earlier document's
// duty, as the row says, is carried on instead of given anew. It answers the rows of the trail that are still to be written.
func (s *Documents) issueDraft(
	tx DocumentTx, actor Person, doc Document, d Draft, row RevisionRow, notes *firstNotes, ladders Ladders,
) ([]AuditEntry, error) {
	taskID, err := tx.InsertTask(Task{
		DocumentID: doc.ID, Position: d.Position, Ref: d.Ref, Section: d.Section, Text: d.Text, Deliverable: d.Deliverable,
		Criteria: d.Criteria, Written: d.Written, Source: d.Source, Restricted: d.Restricted || row.Old != nil && row.Old.Restricted && row.Fate == FateGoesOn,
	})
	if err != nil {
		return nil, err
	}
	if d.Taken != nil {
		return nil, s.takeOver(tx, actor, doc, d, taskID, notes)
	}
	due, cadence := d.time(doc)
	today := s.Rules.Day(doc.IssuedAt)
	carry := row.Carry()
	again, err := s.beginSeries(tx, actor, doc, d, taskID, row, notes)
	if err != nil {
		return nil, err
	}
	if err := restrictEarlier(tx, d, row); err != nil {
		return nil, err
	}
	for _, a := range carry.On {
		if err := s.carryOn(tx, actor, doc, d, taskID, *row.Old, a, notes, again); err != nil {
			return nil, err
		}
	}
	if err := keepLadder(tx, row, taskID, ladders); err != nil {
		return nil, err
	}
	fresh := slices.Clone(again.each(carry.Fresh))
	for i := range fresh {
		a := &fresh[i]
		a.TaskID, a.DocumentID, a.Cooperating, a.State = taskID, doc.ID, d.CooperatingAgencies(), StateAssigned
		a.DueVersion, a.DueSetOn, a.AssignedAt, a.UnconfirmedBy = 1, today, doc.IssuedAt, d.UnconfirmedBy
		a.FirstDue, a.Due, a.Cadence = due, due, cadence
		if again.series != 0 {
			a.FirstDue, a.Due, a.Cadence = a.Period.Due, a.Period.Due, ""
		}
	}
	return assign(tx, actor, doc, fresh, notes)
}

// assign writes the assignments that a duty begins with, and answers what the trail is to tell of them.
func assign(tx DocumentTx, actor Person, doc Document, fresh []Assignment, notes *firstNotes) ([]AuditEntry, error) {
	ids, err := tx.InsertAssignments(fresh)
	if err != nil {
		return nil, err
	}
	trail := make([]AuditEntry, len(fresh))
	for i := range fresh {
		a := &fresh[i]
		a.ID = ids[i]
		trail[i] = entry(doc.IssuedAt, actor, "assignment.assigned", Subject{SubjectAssignment, a.ID}).
			with(nil, map[string]any{"leads": a.Leads, "due": a.Due.String(), "cadence": a.Cadence, "document": doc.Number})
	}
	for _, a := range fresh {
		if a.Cadence == "" {
			continue
		}
		first, err := notes.day(a.Cadence)
		if err != nil {
			return nil, err
		}
		if _, err := tx.InsertCadenceNote(CadenceNote{AssignmentID: a.ID, Due: first}); err != nil {
			return nil, err
		}
	}
	return trail, nil
}
