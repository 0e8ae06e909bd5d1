package tasks

import (
	"context"
	"fmt"

	"tiendo/tasks/calendar"
)

// Reminders says when deadlines are reminded of: for the province, a document or a duty.
type Reminders struct {
	Store   ReminderStore
	Rules   Rules
	Default Ladder // of the program's settings
	Now     Clock
}

// ReminderStore opens transactions on the ladders.
type ReminderStore interface {
	View(ctx context.Context, fn func(ReminderReader) error) error
	Update(ctx context.Context, fn func(ReminderTx) error) error
}

// ReminderReader reads the ladders and what they are of.
type ReminderReader interface {
	AssignmentReader
	LadderReader
}

// ReminderTx changes the ladders.
type ReminderTx interface {
	AssignmentTx
	LadderReader
	LadderWriter
}

// LadderView is the ladder of the province, a document or a duty.
type LadderView struct {
	Subject  Subject
	Document Document // of a document or duty
	Task     Task     // of a duty
	Own      OwnLadder
	// Holds is the ladder in force, Above the one that holds without a ladder of its own.
	Holds, Above SetLadder
	// Due is a deadline of the duty or of the document that is still open, the earliest to come, set on SetOn; zero when there is none.
	Due, SetOn calendar.Date
}

// Get reads a ladder for those who set it. Of a document or duty, of which the actor sees nothing, it does not exist.
func (s *Reminders) Get(ctx context.Context, actor Person, of Subject) (LadderView, error) {
	var v LadderView
	err := s.Store.View(ctx, func(tx ReminderReader) (err error) {
		v, _, err = s.get(tx, actor, of)
		return err
	})
	if err != nil {
		return LadderView{}, fmt.Errorf("ladder of %s %d: %w", of.Kind, of.ID, err)
	}
	return v, nil
}

// get also answers the assignments of a duty.
func (s *Reminders) get(tx ReminderReader, actor Person, of Subject) (v LadderView, list []Assignment, err error) {
	v.Subject = of
	switch of.Kind {
	case SubjectProvince:
		err = may(actor, ActionReminders)
	case SubjectDocument:
		if v.Document, err = ladderDocument(tx, actor, of.ID); err == nil {
			list, err = tx.DocumentAssignments(of.ID)
		}
	case SubjectTask:
		list, v.Task, v.Document, err = dutyWith(tx, actor, of.ID, ActionOwnLadder)
	default:
		err = ErrNotFound
	}
	if err != nil {
		return LadderView{}, nil, err
	}
	ladders, err := tx.Ladders()
	if err != nil {
		return LadderView{}, nil, err
	}
	ladders.Default = s.Default
	v.Holds = ladders.Of(v.Task.ID, v.Document.ID)
	switch of.Kind {
	case SubjectProvince:
		v.Own, v.Above = ladders.Province, SetLadder{Ladder: s.Default}
	case SubjectDocument:
		v.Own, v.Above = ladders.Documents[of.ID], ladders.Of(0, 0)
	case SubjectTask:
		v.Own, v.Above = ladders.Tasks[of.ID], ladders.Of(0, v.Document.ID)
	}
	v.example(list, s.Rules.Day(s.Now()))
	return v, list, nil
}

// ladderDocument reads a document for those who set its ladder; to those who see nothing of it, it does not exist.
func ladderDocument(tx ReminderReader, actor Person, id int64) (Document, error) {
	d, err := tx.Document(id)
	if err != nil || actor.Can(ActionOwnLadder) {
		return d, err
	}
	parts, err := tx.DocumentAgencies(id)
	if err != nil {
		return Document{}, err
	}
	if d.State == DocumentDraft || !actor.CanOn(ActionDocumentRead, parts, parts) {
		return Document{}, ErrNotFound
	}
	return Document{}, may(actor, ActionOwnLadder)
}

// example chooses the deadline by which the page shows what the ladder does.
func (v *LadderView) example(list []Assignment, today calendar.Date) {
	for _, a := range list {
		if !a.State.Open() || a.Due.IsZero() {
			continue
		}
		if v.Due.IsZero() || v.Due.Before(today) && a.Due.After(v.Due) || !a.Due.Before(today) && a.Due.Before(v.Due) {
			v.Due, v.SetOn = a.Due, a.DueSetOn
		}
	}
}

// Set puts a ladder in force from today on; what was told already is not told again. ErrConflict when somebody was faster.
func (s *Reminders) Set(ctx context.Context, actor Person, of Subject, in LadderInput) error {
	err := s.Store.Update(ctx, func(tx ReminderTx) error {
		v, list, err := s.get(tx, actor, of)
		if err != nil {
			return err
		}
		var own *Ladder
		if in.Own {
			l, err := in.Ladder()
			if err != nil {
				return err
			}
			own = &l
		}
		if in.Version != v.Own.Version {
			return ErrConflict
		}
		if sameLadder(own, v.Own.Ladder) {
			return nil
		}
		now := s.Now()
		if err := tx.SetLadder(of, own, s.Rules.Day(now), v.Own.Version); err != nil {
			return err
		}
		return ladderAudit(tx, actor, s.entry(actor, of), list, ladderValues(v.Own.Ladder), ladderValues(own))
	})
	if err != nil {
		return fmt.Errorf("set ladder of %s %d: %w", of.Kind, of.ID, err)
	}
	return nil
}

func (s *Reminders) entry(actor Person, of Subject) AuditEntry {
	action := "reminders.set"
	if of.Kind != SubjectProvince {
		action = string(of.Kind) + ".reminders_set"
	}
	return entry(s.Now(), actor, action, of)
}

// ladderAudit writes the row of a change; that of a duty is in the history of each of its assignments.
func ladderAudit(tx AuditWriter, actor Person, e AuditEntry, list []Assignment, before, after map[string]any) error {
	if e.Subject.Kind != SubjectTask {
		_, err := tx.Audit(e.with(before, after))
		return err
	}
	for _, a := range list {
		if _, err := tx.Audit(entry(e.At, actor, "assignment."+EventReminders, Subject{SubjectAssignment, a.ID}).with(before, after)); err != nil {
			return err
		}
	}
	return nil
}

// EventReminders is the step of a duty's history by which its reminders were set; it changes no version.
const EventReminders = "reminders_set"
