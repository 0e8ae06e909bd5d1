package tasks

import (
	"context"
	"fmt"
	"strconv"

	"tiendo/tasks/calendar"
)

// YearEndChoice is what becomes of a duty that has not ended when its year does.
type YearEndChoice string

const (
	YearEndLeave YearEndChoice = "leave" // as it is: somebody decides later
	YearEndCarry YearEndChoice = "carry" // chuyển tiếp: goes on, by a new deadline
	YearEndClose YearEndChoice = "close" // kết thúc, không tiếp tục
)

// YearEndChoices lists every choice in the order in which forms offer them.
var YearEndChoices = []YearEndChoice{YearEndLeave, YearEndCarry, YearEndClose}

// YearEndRow is the choice about one assignment.
type YearEndRow struct {
	AssignmentID int64
	Version      int64 // as it was shown
	Choice       YearEndChoice
	Due          calendar.Date // with YearEndCarry
}

// YearEndInput is one decision on many duties of a document.
type YearEndInput struct {
	Rows []YearEndRow
	// Due is of the rows that are carried over and name no deadline of their own; EndYearOfMany alone reads it.
	Due       calendar.Date
	Reason    string
	Document  string
	Authority string
}

// EventCarriedOver is the event of a notice that tells agencies that a duty goes on in the next year.
const EventCarriedOver = "carried_over"

// StepCarry is the step of a duty that goes on in the next year; its state stays.
const StepCarry Step = "carry"

// Unfinished is an assignment that has not ended, as the end of a year sees it.
type Unfinished struct {
	AssignmentRow
	Carried bool // it goes on by a deadline that was decided for that
}

// YearEndView is a document with its assignments that have not ended.
type YearEndView struct {
	Document       Document
	Rows           []Unfinished
	Agencies       map[int64]Agency
	Completed      int
	Cancelled      int
	Open           int  // neither ended nor carried over
	Closable       bool // nothing is left open
	NeedsAuthority bool
}

// YearEnd reads what a document leaves open, by deadline.
func (s *Assignments) YearEnd(ctx context.Context, actor Person, documentID int64) (YearEndView, error) {
	var v YearEndView
	err := s.Store.View(ctx, func(tx AssignmentReader) error {
		d, assignments, err := s.ofYearEnd(tx, actor, documentID)
		if err != nil {
			return err
		}
		v.Document = d
		var ids []int64
		for _, a := range assignments {
			switch {
			case a.State == StateCompleted:
				v.Completed++
			case a.State == StateCancelled:
				v.Cancelled++
			default:
				ids = append(ids, a.ID)
			}
		}
		if v.Agencies, err = agencyMap(tx); err != nil {
			return err
		}
		carried, err := tx.CarriedOver(documentID)
		if err != nil {
			return err
		}
		rows, err := rowsOf(tx, ids)
		if err != nil {
			return err
		}
		today := s.Rules.Day(s.Now())
		for _, id := range ids {
			u := Unfinished{rows[id], carried[id] && goesOn(rows[id].Assignment, today)}
			if !u.Carried {
				v.Open++
			}
			v.Rows = append(v.Rows, u)
		}
		return nil
	})
	if err != nil {
		return YearEndView{}, fmt.Errorf("year end of document %d: %w", documentID, err)
	}
	v.Closable = v.Open == 0 && v.Document.State == DocumentIssued
	v.NeedsAuthority = s.needsAuthority(actor, v.Document)
	return v, nil
}

// goesOn tells whether the deadline to which a duty was carried over is still to come.
func goesOn(a Assignment, today calendar.Date) bool {
	return a.State != StateSubmitted && !a.Due.Before(today)
}

// endable reads a document whose duties the actor may end.
func (s *Assignments) endable(tx AssignmentReader, actor Person, documentID int64) (Document, error) {
	d, err := tx.Document(documentID)
	if err != nil {
		return d, err
	}
	if !actor.Can(ActionDocumentManage) {
		part, err := tx.HasPart(documentID, readingAgencies(actor))
		if err == nil && !part && !actor.Can(ActionDocumentRead) || d.State == DocumentDraft {
			err = ErrNotFound
		}
		if err == nil {
			err = may(actor, ActionDocumentManage)
		}
		return d, err
	}
	if d.State == DocumentDraft {
		return d, E(CodeConflict, "document.not_issued")
	}
	return d, nil
}

func (s *Assignments) ofYearEnd(tx AssignmentReader, actor Person, documentID int64) (Document, []Assignment, error) {
	d, err := s.endable(tx, actor, documentID)
	if err != nil {
		return d, nil, err
	}
	assignments, err := tx.DocumentAssignments(documentID)
	return d, assignments, err
}

func readingAgencies(actor Person) []int64 {
	agencies, _ := actor.Scope(ActionDocumentRead)
	return agencies
}

// EndYear carries over or closes duties of a document that have not ended: one transaction. A row of which another version is there now is a
// conflict; what is wrong with one is named "due-ID" or "choice-ID".
func (s *Assignments) EndYear(ctx context.Context, actor Person, documentID int64, in YearEndInput) (carried, closed int, err error) {
	err = s.Store.Update(ctx, func(tx AssignmentTx) error {
		carried, closed = 0, 0
		doc, assignments, err := s.ofYearEnd(tx, actor, documentID)
		if err != nil {
			return err
		}
		if doc.State != DocumentIssued {
			return E(CodeConflict, "document.not_issued")
		}
		byID := make(map[int64]Assignment, len(assignments))
		for _, a := range assignments {
			byID[a.ID] = a
		}
		decided, f := PauseInput{Reason: in.Reason, Document: in.Document, Authority: in.Authority}.check(s.needsAuthority(actor, doc))
		var rows []YearEndRow
		for _, row := range in.Rows {
			a, there := byID[row.AssignmentID]
			if !there {
				return ErrNotFound
			}
			if row.Choice == YearEndLeave {
				continue
			}
			if row.Version != 0 && row.Version != a.Version {
				return ErrConflict
			}
			row.checkYearEnd(&f, a, s.Rules.Day(s.Now()))
			rows = append(rows, row)
		}
		if len(f) == 0 && len(rows) == 0 {
			f.add("choice", "year_end.nothing")
		}
		if err := f.err(); err != nil {
			return err
		}
		concerned, err := concernedOf(tx, actor, idsOf(rows))
		if err != nil {
			return err
		}
		for _, row := range rows {
			if concerned[row.AssignmentID] {
				return E(CodeForbidden, "pause.own")
			}
			// As the document's duties were read in this transaction, nobody else has changed them since.
			if err := s.endYearOf(tx, actor, byID[row.AssignmentID], row, decided); err != nil {
				return err
			}
			if row.Choice == YearEndCarry {
				carried++
			} else {
				closed++
			}
		}
		return nil
	})
	if err != nil {
		return 0, 0, fmt.Errorf("end year of document %d: %w", documentID, err)
	}
	return carried, closed, nil
}

// endYearOf carries one duty over, or closes it.
func (s *Assignments) endYearOf(tx AssignmentTx, actor Person, a Assignment, row YearEndRow, decided PauseInput) error {
	if row.Choice == YearEndCarry {
		return s.decreeOn(tx, actor, a, row.Version, ActionPause, StepCarry, func(tx AssignmentTx, a *Assignment) (moved, error) {
			return s.carryOver(tx, actor, a, row.Due, decided)
		})
	}
	return s.decreeOn(tx, actor, a, row.Version, ActionPause, StepClose, func(tx AssignmentTx, a *Assignment) (moved, error) {
		return s.stop(tx, actor, a, decided, StepClose, PauseClose, EventCancelled)
	})
}

func idsOf(rows []YearEndRow) []int64 {
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.AssignmentID
	}
	return ids
}

// concernedOf tells of which of the assignments the actor must not decide, as notConcerned does of one.
func concernedOf(tx AssignmentReader, actor Person, ids []int64) (map[int64]bool, error) {
	out := make(map[int64]bool)
	if actor.IsSystem() || len(ids) == 0 {
		return out, nil
	}
	// What others did in the place of somebody who speaks for an agency stands in the trail of each duty.
	if len(actor.Own().AgencyIDs(RoleFocal, RoleHead)) > 0 {
		for _, id := range ids {
			own, err := concerned(tx, actor, id)
			if err != nil {
				return nil, err
			}
			out[id] = own
		}
		return out, nil
	}
	list, err := tx.Concerning(ids, actor.selves())
	for _, id := range list {
		out[id] = true
	}
	return out, err
}

// checkYearEnd notes what is wrong with a choice.
func (r YearEndRow) checkYearEnd(f *fields, a Assignment, today calendar.Date) {
	id := strconv.FormatInt(a.ID, 10)
	switch {
	case a.ended():
		f.add("choice-"+id, "year_end.ended")
	case r.Choice == YearEndCarry && a.State == StateSubmitted:
		f.add("choice-"+id, "year_end.waits")
	case r.Choice == YearEndCarry && r.Due.IsZero():
		f.add("due-"+id, "field.required")
	case r.Choice == YearEndCarry && !r.Due.After(today):
		f.add("due-"+id, "year_end.past")
	case r.Choice == YearEndCarry && !a.Due.IsZero():
		f.later("due-"+id, r.Due, a.Due)
	case r.Choice == YearEndCarry && r.Due.Year > today.Year+maxMove:
		f.add("due-"+id, "extension.too_far")
	case r.Choice != YearEndCarry && r.Choice != YearEndClose:
		f.add("choice-"+id, "field.required")
	}
}

// carryOver gives a duty the deadline by which it goes on in the next year. One under a cadence gets a deadline in its place, as the cadence
// ends with the document.
func (s *Assignments) carryOver(tx AssignmentTx, actor Person, a *Assignment, due calendar.Date, in PauseInput) (moved, error) {
	cadence := a.Cadence
	x, err := s.decideDue(tx, actor, a, due, OriginYear, in)
	if err != nil {
		return moved{}, err
	}
	after := pauseValues(in)
	after["extension"] = x.ID
	if cadence != "" {
		a.Cadence = ""
		after["cadence_was"] = cadence
		if err := tx.DropNotices(a.ID); err != nil {
			return moved{}, err
		}
		if err := tx.DeleteCadenceNotes(a.ID); err != nil {
			return moved{}, err
		}
	}
	if a.FirstDue.IsZero() {
		a.FirstDue = due // its first, as it had none
		if err := tx.SetFirstDue(a.ID, due); err != nil {
			return moved{}, err
		}
	}
	return moved{after: after, event: EventCarriedOver, occurrence: "x" + strconv.FormatInt(x.ID, 10), to: parties(*a)}, nil
}
