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
	Rows      []YearEndRow
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
		rows, err := tx.AssignmentRows(distinctSorted(ids))
		if err != nil {
			return err
		}
		byID := make(map[int64]AssignmentRow, len(rows))
		for _, r := range rows {
			byID[r.ID] = r
		}
		today := s.Rules.Day(s.Now())
		for _, id := range ids {
			u := Unfinished{byID[id], carried[id] && goesOn(byID[id].Assignment, today)}
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

func (s *Assignments) ofYearEnd(tx AssignmentReader, actor Person, documentID int64) (Document, []Assignment, error) {
	d, err := tx.Document(documentID)
	if err != nil {
		return d, nil, err
	}
	if !actor.Can(ActionDocumentManage) {
		part, err := tx.HasPart(documentID, readingAgencies(actor))
		if err == nil && !part && !actor.Can(ActionDocumentRead) || d.State == DocumentDraft {
			err = ErrNotFound
		}
		if err == nil {
			err = may(actor, ActionDocumentManage)
		}
		return d, nil, err
	}
	if d.State == DocumentDraft {
		return d, nil, E(CodeConflict, "document.not_issued")
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
		for i, row := range in.Rows {
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
			if in.Rows[i].checkYearEnd(&f, a, s.Rules.Day(s.Now())) {
				switch row.Choice {
				case YearEndCarry:
					carried++
				case YearEndClose:
					closed++
				}
			}
		}
		if len(f) == 0 && carried+closed == 0 {
			f.add("choice", "year_end.nothing")
		}
		if err := f.err(); err != nil {
			return err
		}
		for _, row := range in.Rows {
			if row.Choice == YearEndLeave {
				continue
			}
			// Read anew, so that the store knows how it stands.
			a, err := tx.Assignment(row.AssignmentID)
			if err != nil {
				return err
			}
			step, fn := StepClose, func(tx AssignmentTx, a *Assignment) (moved, error) {
				return s.stop(tx, actor, a, decided, StepClose, PauseClose, EventCancelled)
			}
			if row.Choice == YearEndCarry {
				step, fn = StepCarry, func(tx AssignmentTx, a *Assignment) (moved, error) {
					return s.carryOver(tx, actor, a, row.Due, decided)
				}
			}
			own := func(tx AssignmentTx, a *Assignment) (moved, error) {
				if err := notConcerned(tx, actor, a.ID); err != nil {
					return moved{}, err
				}
				return fn(tx, a)
			}
			if err := s.decreeOn(tx, actor, a, row.Version, ActionPause, step, own); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, 0, fmt.Errorf("end year of document %d: %w", documentID, err)
	}
	return carried, closed, nil
}

// checkYearEnd notes what is wrong with a choice.
func (r YearEndRow) checkYearEnd(f *fields, a Assignment, today calendar.Date) bool {
	id, before := strconv.FormatInt(a.ID, 10), len(*f)
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
	return len(*f) == before
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

// CloseDocument ends a document of which nothing is left open: its cadences end with it. What was carried over goes on.
func (s *Assignments) CloseDocument(ctx context.Context, actor Person, documentID, version int64) error {
	v, err := s.YearEnd(ctx, actor, documentID)
	if err != nil {
		return err
	}
	err = s.Store.Update(ctx, func(tx AssignmentTx) error {
		doc, assignments, err := s.ofYearEnd(tx, actor, documentID)
		if err != nil {
			return err
		}
		if version != 0 && doc.Version != version {
			return ErrConflict
		}
		if doc.State != DocumentIssued {
			return E(CodeConflict, "document.not_issued")
		}
		carried, err := tx.CarriedOver(documentID)
		if err != nil {
			return err
		}
		open := 0
		for _, a := range assignments {
			if !a.ended() && !(carried[a.ID] && goesOn(a, s.Rules.Day(s.Now()))) {
				open++
			}
		}
		if open > 0 {
			return E(CodeConflict, "year_end.left_open", strconv.Itoa(open))
		}
		return s.setDocument(tx, actor, doc, DocumentClosed, "document.closed", map[string]any{
			"completed": v.Completed, "cancelled": v.Cancelled, "carried": len(v.Rows),
		})
	})
	if err != nil {
		return fmt.Errorf("close document %d: %w", documentID, err)
	}
	return nil
}

// ReopenDocument undoes the closing of a document, with a reason.
func (s *Assignments) ReopenDocument(ctx context.Context, actor Person, documentID, version int64, reason string) error {
	reason, invalid := checkReason(reason)
	err := s.Store.Update(ctx, func(tx AssignmentTx) error {
		doc, _, err := s.ofYearEnd(tx, actor, documentID)
		if err != nil {
			return err
		}
		if invalid != nil {
			return invalid
		}
		if version != 0 && doc.Version != version {
			return ErrConflict
		}
		if doc.State != DocumentClosed {
			return E(CodeConflict, "document.not_closed")
		}
		if err := s.resumeSeries(tx, doc.ID); err != nil {
			return err
		}
		return s.setDocument(tx, actor, doc, DocumentIssued, "document.reopened", map[string]any{"reason": reason})
	})
	if err != nil {
		return fmt.Errorf("reopen document %d: %w", documentID, err)
	}
	return nil
}

func (s *Assignments) setDocument(tx AssignmentTx, actor Person, d Document, to DocumentState, action string, after map[string]any) error {
	before := map[string]any{"state": d.State}
	d.State, after["state"] = to, to
	if err := tx.UpdateDocument(d); err != nil {
		return err
	}
	_, err := tx.Audit(entry(s.Now(), actor, action, Subject{SubjectDocument, d.ID}).with(before, after))
	return err
}

// ClosableDocuments lists the documents of years that have ended, and from December those of this year, of which every duty has ended: at most
// limit, the oldest first.
func (s *Assignments) ClosableDocuments(ctx context.Context, actor Person, limit int) ([]DocumentName, error) {
	if err := may(actor, ActionDocumentManage); err != nil {
		return nil, err
	}
	today := s.Rules.Day(s.Now())
	year := today.Year - 1
	if today.Month == 12 {
		year = today.Year
	}
	var list []DocumentName
	err := s.Store.View(ctx, func(tx AssignmentReader) (err error) {
		list, err = tx.ClosableDocuments(year, limit)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("documents that can be closed: %w", err)
	}
	return list, nil
}
