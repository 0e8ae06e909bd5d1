package notify

import (
	"context"
	"errors"
	"fmt"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// Composed is a mail that was composed, for whom, and what it tells of.
type Composed struct {
	Mail   Mail
	Person tasks.Person
	Told   []tasks.Notice
}

// Reason is why a notice was written. It names duties by number and document: what they say is not for every terminal.
type Reason struct {
	Notice       tasks.Notice
	AssignmentID int64 // 0: it is not about a duty
	DocumentKind tasks.DocumentKind
	Number       string        // of the document
	Due          calendar.Date // what the step counts from; zero when there is none
	Stepped      bool          // Step is one of a ladder
	Step         int           // in working days: below 0 before Due, above 0 after it
	Waits        bool          // a report waits for its confirmation; Due is the day by which it was to come
}

// Why reads the reasons of notices, in their order. Of what is gone only the notice stands there.
func (c *Composer) Why(ctx context.Context, notices []tasks.Notice) ([]Reason, error) {
	reasons := make([]Reason, len(notices))
	err := c.store.View(ctx, func(tx ComposeReader) error {
		var ids []int64
		for i, n := range notices {
			r, err := reason(tx, n)
			if err != nil && !errors.Is(err, tasks.ErrNotFound) {
				return err
			}
			if reasons[i] = r; r.AssignmentID != 0 {
				ids = append(ids, r.AssignmentID)
			}
		}
		rows, err := rowsByID(tx, ids)
		for i, r := range reasons {
			if row, ok := rows[r.AssignmentID]; ok {
				reasons[i].DocumentKind, reasons[i].Number = row.DocumentKind, row.DocumentNumber
				if r.Notice.Subject.Kind == tasks.SubjectAssignment {
					reasons[i].Due = row.Due
				}
				if r.Waits {
					reasons[i].Due = confirmBy(c.rules, row.SubmittedOn)
				}
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("why mails were written: %w", err)
	}
	return reasons, nil
}

// reason is what the notice itself and its subject say.
func reason(tx ComposeReader, n tasks.Notice) (Reason, error) {
	r := Reason{Notice: n}
	if n.Kind == tasks.NoticeReminder || n.Event == tasks.EventConsultationRemind {
		r.Step, r.Stepped = stepOf(n.Occurrence)
		_, r.Waits = waitingSince(n.Occurrence)
	}
	switch n.Subject.Kind {
	case tasks.SubjectAssignment:
		r.AssignmentID = n.Subject.ID
	case tasks.SubjectCadence:
		note, err := tx.CadenceNote(n.Subject.ID)
		r.AssignmentID, r.Due = note.AssignmentID, note.Due
		return r, err
	case tasks.SubjectRemark:
		word, err := tx.Remark(n.Subject.ID)
		r.AssignmentID, r.Due = word.AssignmentID, word.Due
		return r, err
	case tasks.SubjectContribution:
		part, err := tx.Contribution(n.Subject.ID)
		r.AssignmentID, r.Due = part.AssignmentID, part.Due
		return r, err
	case tasks.SubjectConsultation:
		asked, err := tx.Consultation(n.Subject.ID)
		r.DocumentKind, r.Number, r.Due = asked.Kind, asked.Number, asked.Due
		return r, err
	}
	return r, nil
}
