package tasks

import (
	"context"
	"fmt"
	"slices"
)

// RestrictInput sets or lifts the mark of a restricted duty.
type RestrictInput struct {
	Restricted bool
	Reason     string
	Document   string // number of the document that says so; may be blank
}

func (in RestrictInput) check() (RestrictInput, error) {
	var f fields
	in.Reason = f.text("reason", in.Reason, true, MaxReasonText)
	in.Document = f.line("document", in.Document, false, MaxDocumentNumber)
	return in, f.err()
}

// RestrictView is a duty with what its mark does, for those who set it.
type RestrictView struct {
	Task        Task
	Document    Document
	Assignments int
	// Parties are the agencies that have a part in the duty: they read it. Outside are the document's others: of a restricted duty they see
	// the number alone, and they cannot open the document's file. Neither names agencies that are no more, unless nobody else had a part.
	Parties, Outside []int64
	Agencies         map[int64]Agency
	HasFile          bool
	// Only is the one assignment of the duty; 0 when there are several.
	Only int64
}

// RestrictView reads a duty for those who set its mark. To those who see nothing of it, it does not exist.
func (s *Assignments) RestrictView(ctx context.Context, actor Person, taskID int64) (RestrictView, error) {
	var v RestrictView
	err := s.Store.View(ctx, func(tx AssignmentReader) (err error) {
		var list []Assignment
		if list, v.Task, v.Document, err = dutyWith(tx, actor, taskID, ActionRestrict); err != nil {
			return err
		}
		files, err := tx.DocumentFiles(v.Document.ID, false)
		if err != nil {
			return err
		}
		v.HasFile, v.Assignments = len(files) > 0, len(list)
		if len(list) == 1 {
			v.Only = list[0].ID
		}
		var there []int64
		for _, a := range list {
			there = append(there, parties(a)...)
		}
		v.Parties = distinctIDs(there)
		if there, err = tx.DocumentAgencies(v.Document.ID); err != nil {
			return err
		}
		if v.Agencies, err = agencyMap(tx); err != nil {
			return err
		}
		gone := func(id int64) bool { return !v.Agencies[id].ValidOn(s.Rules.Day(s.Now()).String()) }
		v.Outside = slices.DeleteFunc(without(there, v.Parties), gone)
		if left := slices.DeleteFunc(slices.Clone(v.Parties), gone); len(left) > 0 {
			v.Parties = left
		}
		return nil
	})
	if err != nil {
		return RestrictView{}, fmt.Errorf("restriction of duty %d: %w", taskID, err)
	}
	return v, nil
}

// Restrict sets or lifts the mark of a restricted duty, on all its assignments, in the history of each. Mails that wait are composed anew
// without its words; what was sent stays with those who have it. ErrConflict when somebody was faster.
func (s *Assignments) Restrict(ctx context.Context, actor Person, taskID int64, in RestrictInput) error {
	err := s.Store.Update(ctx, func(tx AssignmentTx) error {
		list, err := dutyFor(tx, actor, taskID, ActionRestrict)
		if err != nil {
			return err
		}
		in, err := in.check()
		if err != nil {
			return err
		}
		if err := tx.SetRestricted(taskID, in.Restricted); err != nil {
			return err
		}
		event := EventUnrestricted
		if in.Restricted {
			event = EventRestricted
			if err := tx.HideFromMails(taskID); err != nil {
				return err
			}
		}
		before := map[string]any{"restricted": !in.Restricted}
		after := map[string]any{"restricted": in.Restricted, "reason": in.Reason}
		if in.Document != "" {
			after["document"] = in.Document
		}
		now := s.Now()
		for _, a := range list {
			if _, err := tx.Audit(entry(now, actor, "assignment."+event, Subject{SubjectAssignment, a.ID}).with(before, after)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("restrict duty %d: %w", taskID, err)
	}
	return nil
}
