package tasks

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"tiendo/tasks/calendar"
)

// How many duties one call ends the year of at most, and how many go into one transaction.
const (
	MaxYearEnd   = 2000
	yearEndBatch = 200
)

// YearEndLeft is a duty with which nothing was done, and why.
type YearEndLeft struct {
	AssignmentID int64
	Err          error
}

// YearEndOutcome is what became of many duties.
type YearEndOutcome struct {
	Carried, Closed int
	Left            []YearEndLeft
	// Rest are the duties that were beyond MaxYearEnd, or whose turn did not come because the store failed.
	Rest int
}

// EndYearOfMany does as EndYear for as many duties as a document has: Due is the new deadline of those rows that are carried over and name none.
// They are done in transactions of some hundred, each duty wholly or not at all; what cannot be done is left as it is and named, the others
// are done. An error that is none of a duty's comes with what was done before it.
func (s *Assignments) EndYearOfMany(ctx context.Context, actor Person, documentID int64, in YearEndInput) (YearEndOutcome, error) {
	var out YearEndOutcome
	var decided PauseInput
	rows := slices.DeleteFunc(slices.Clone(in.Rows), func(r YearEndRow) bool { return r.Choice == YearEndLeave })
	err := s.Store.View(ctx, func(tx AssignmentReader) (err error) {
		decided, err = s.checkYearEndOf(tx, actor, documentID, in, rows)
		return err
	})
	if err != nil {
		return out, fmt.Errorf("end year of document %d: %w", documentID, err)
	}
	for i, r := range rows {
		if r.Choice == YearEndCarry && r.Due.IsZero() {
			rows[i].Due = in.Due
		}
	}
	if len(rows) > MaxYearEnd {
		rows, out.Rest = rows[:MaxYearEnd], len(rows)-MaxYearEnd
	}
	done := 0
	for batch := range slices.Chunk(rows, yearEndBatch) {
		part, err := s.endYearBatch(ctx, actor, documentID, batch, decided)
		if alone := (*Error)(nil); errors.As(err, &alone) && alone.Code == CodeConflict {
			// One of them stands in the way of the others: each for itself.
			part, err = s.endYearAlone(ctx, actor, documentID, batch, decided)
		}
		out.Carried, out.Closed, out.Left = out.Carried+part.Carried, out.Closed+part.Closed, append(out.Left, part.Left...)
		if err != nil {
			out.Rest += len(rows) - done - part.Carried - part.Closed - len(part.Left)
			return out, fmt.Errorf("end year of document %d: %w", documentID, err)
		}
		done += len(batch)
	}
	return out, nil
}

// checkYearEndOf refuses what is wrong for all: who may not, a document that is not issued, no reason, a common deadline that cannot be.
func (s *Assignments) checkYearEndOf(tx AssignmentReader, actor Person, documentID int64, in YearEndInput, rows []YearEndRow) (PauseInput, error) {
	doc, err := s.endable(tx, actor, documentID)
	if err != nil {
		return PauseInput{}, err
	}
	if doc.State != DocumentIssued {
		return PauseInput{}, E(CodeConflict, "document.not_issued")
	}
	decided, f := PauseInput{Reason: in.Reason, Document: in.Document, Authority: in.Authority}.check(s.needsAuthority(actor, doc))
	common := slices.ContainsFunc(rows, func(r YearEndRow) bool { return r.Choice == YearEndCarry && r.Due.IsZero() })
	switch today := s.Rules.Day(s.Now()); {
	case len(rows) == 0:
		f.add("choice", "year_end.nothing")
	case !common:
	case in.Due.IsZero():
		f.add("due", "field.required")
	case !in.Due.After(today):
		f.add("due", "year_end.past")
	case in.Due.Year > today.Year+maxMove:
		f.add("due", "extension.too_far")
	}
	return decided, f.err()
}

// endYearBatch does the duties in one transaction. Those that cannot be done are found before anything is written for them.
func (s *Assignments) endYearBatch(ctx context.Context, actor Person, documentID int64, rows []YearEndRow, decided PauseInput) (YearEndOutcome, error) {
	var out YearEndOutcome
	err := s.Store.Update(ctx, func(tx AssignmentTx) error {
		out = YearEndOutcome{}
		doc, err := s.endable(tx, actor, documentID)
		if err != nil {
			return err
		}
		if doc.State != DocumentIssued {
			return E(CodeConflict, "document.not_issued")
		}
		list, err := tx.LockedAssignments(idsOf(rows))
		if err != nil {
			return err
		}
		byID := make(map[int64]Assignment, len(list))
		for _, a := range list {
			if a.DocumentID == documentID {
				byID[a.ID] = a
			}
		}
		concerned, err := concernedOf(tx, actor, idsOf(rows))
		if err != nil {
			return err
		}
		for _, row := range rows {
			if why := row.left(byID, concerned, s.Rules.Day(s.Now())); why != nil {
				out.Left = append(out.Left, YearEndLeft{row.AssignmentID, why})
				continue
			}
			if err := s.endYearOf(tx, actor, byID[row.AssignmentID], row, decided); err != nil {
				return fmt.Errorf("assignment %d: %w", row.AssignmentID, err)
			}
			delete(byID, row.AssignmentID) // a second choice about it finds nothing
			if row.Choice == YearEndCarry {
				out.Carried++
			} else {
				out.Closed++
			}
		}
		return nil
	})
	if err != nil {
		return YearEndOutcome{}, err
	}
	return out, nil
}

// left is why nothing is done with a duty; nil when it can be.
func (r YearEndRow) left(byID map[int64]Assignment, concerned map[int64]bool, today calendar.Date) error {
	a, there := byID[r.AssignmentID]
	switch {
	case !there:
		return ErrNotFound
	case r.Version != 0 && r.Version != a.Version:
		return ErrConflict
	case concerned[a.ID]:
		return E(CodeForbidden, "pause.own")
	}
	var f fields
	r.checkYearEnd(&f, a, today)
	return f.err()
}

// endYearAlone does each duty in a transaction of its own.
func (s *Assignments) endYearAlone(ctx context.Context, actor Person, documentID int64, rows []YearEndRow, decided PauseInput) (YearEndOutcome, error) {
	var out YearEndOutcome
	for _, row := range rows {
		one, err := s.endYearBatch(ctx, actor, documentID, []YearEndRow{row}, decided)
		if own := (*Error)(nil); errors.As(err, &own) && own.Code == CodeConflict {
			one.Left, err = []YearEndLeft{{row.AssignmentID, err}}, nil
		}
		if err != nil {
			return out, err
		}
		out.Carried, out.Closed, out.Left = out.Carried+one.Carried, out.Closed+one.Closed, append(out.Left, one.Left...)
	}
	return out, nil
}
