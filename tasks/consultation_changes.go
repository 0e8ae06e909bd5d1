package tasks

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"tiendo/tasks/calendar"
)

// ConsultationMove is another day up to which agencies are to answer.
type ConsultationMove struct {
	Due     calendar.Date
	Reason  string
	Version int64 // of the consultation as it was shown
}

// MoveConsultation moves the day of an open consultation and tells the agencies that have not answered. Today is the earliest: nobody who has
// answered becomes late by it.
func (s *Documents) MoveConsultation(ctx context.Context, actor Person, id int64, in ConsultationMove) error {
	err := s.changeConsultation(ctx, actor, id, in.Version, func(tx DocumentTx, c Consultation, answers []ConsultationAnswer) error {
		var f fields
		today := s.Rules.Day(s.Now())
		in.Reason = f.text("reason", in.Reason, true, MaxReasonText)
		switch {
		case in.Due.IsZero():
			f.add("due", "field.required")
		case in.Due == c.Due:
			f.add("due", "consultation.same_day")
		case in.Due.Before(today):
			f.add("due", "consultation.past")
		case in.Due.Year > today.Year+1:
			f.add("due", "extension.too_far")
		}
		if err := f.err(); err != nil {
			return err
		}
		before := map[string]any{"due": c.Due.String()}
		c.Due, c.DueSetOn = in.Due, today
		if err := tx.UpdateConsultation(c); err != nil {
			return err
		}
		if err := s.auditConsultation(tx, actor, "consultation.moved", id, before, map[string]any{"due": c.Due.String(), "reason": in.Reason}); err != nil {
			return err
		}
		var owing []int64
		for _, a := range answers {
			if a.State() != AnswerSent {
				owing = append(owing, a.AgencyID)
			}
		}
		return s.tellAsked(tx, c, EventConsultationMoved, versioned(EventConsultationMoved, c), owing)
	})
	if err != nil {
		return fmt.Errorf("move consultation %d: %w", id, err)
	}
	return nil
}

// AskMore are agencies that are asked after the opening.
type AskMore struct {
	Agencies []int64
	Reason   string
	Version  int64 // of the consultation as it was shown
}

// AddAskedAgencies asks more agencies what the others were asked, up to the same day, and tells them. Those that were asked already are
// left alone.
func (s *Documents) AddAskedAgencies(ctx context.Context, actor Person, id int64, in AskMore) error {
	err := s.changeConsultation(ctx, actor, id, in.Version, func(tx DocumentTx, c Consultation, answers []ConsultationAnswer) error {
		agencies, err := agencyMap(tx)
		if err != nil {
			return err
		}
		var f fields
		today := s.Rules.Day(s.Now())
		in.Reason = f.text("reason", in.Reason, true, MaxReasonText)
		added := slices.DeleteFunc(once(in.Agencies), func(id int64) bool {
			return slices.ContainsFunc(answers, func(a ConsultationAnswer) bool { return a.AgencyID == id })
		})
		switch {
		case len(in.Agencies) == 0:
			f.add("agencies", "field.required")
		case slices.ContainsFunc(added, func(id int64) bool { return agencies[id].ID == 0 }):
			f.add("agencies", "party.unknown_agency")
		case len(added) == 0:
			f.add("agencies", "consultation.asked_already")
		case c.Due.Before(today):
			f.add("agencies", "consultation.move_first")
		}
		if err := f.err(); err != nil {
			return err
		}
		if err := tx.UpdateConsultation(c); err != nil { // its version
			return err
		}
		if err := tx.AddAskedAgencies(id, added, today, in.Reason); err != nil {
			return err
		}
		if err := s.auditConsultation(tx, actor, "consultation.asked_more", id, nil, map[string]any{"agencies": added, "reason": in.Reason}); err != nil {
			return err
		}
		return s.tellAsked(tx, c, EventConsultationAsked, EventConsultationAsked, added)
	})
	if err != nil {
		return fmt.Errorf("ask more agencies in consultation %d: %w", id, err)
	}
	return nil
}

// PublishReplies lets each agency see what became of its own comments, from now on also of what is changed later, and tells those with replies
// that are new since the last time. It answers how many agencies are told.
func (s *Documents) PublishReplies(ctx context.Context, actor Person, id, version int64) (told int, err error) {
	err = s.Store.Update(ctx, func(tx DocumentTx) error {
		c, answers, err := managed(tx, actor, id, version)
		if err != nil {
			return err
		}
		comments, err := tx.ConsultationComments(id, 0)
		if err != nil {
			return err
		}
		agencies := newlyReplied(c, answers, comments)
		if told = len(agencies); told == 0 {
			return E(CodeConflict, "consultation.nothing_to_publish")
		}
		c.PublishedBy, c.PublishedAt = actor.ID, s.Now()
		if err := tx.UpdateConsultation(c); err != nil {
			return err
		}
		if err := s.auditConsultation(tx, actor, "consultation.published", id, nil, map[string]any{"agencies": agencies}); err != nil {
			return err
		}
		return s.tellAsked(tx, c, EventConsultationReplied, versioned(EventConsultationReplied, c), agencies)
	})
	if err != nil {
		return 0, fmt.Errorf("publish replies of consultation %d: %w", id, err)
	}
	return told, nil
}

// newlyReplied lists the agencies with replies that were given since they were last published.
func newlyReplied(c Consultation, answers []ConsultationAnswer, comments []ConsultationComment) []int64 {
	var out []int64
	for _, a := range answers {
		if a.State() == AnswerSent && slices.ContainsFunc(comments, func(m ConsultationComment) bool {
			return m.AgencyID == a.AgencyID && m.Reply != "" && m.RepliedAt.After(c.PublishedAt)
		}) {
			out = append(out, a.AgencyID)
		}
	}
	return out
}

// managed loads a consultation for somebody who manages it.
func managed(tx DocumentReader, actor Person, id, version int64) (Consultation, []ConsultationAnswer, error) {
	c, answers, _, err := asked(tx, actor, id)
	if err != nil {
		return c, nil, err
	}
	if err := may(actor, ActionConsultationManage); err != nil {
		return c, nil, err
	}
	if version != 0 && c.Version != version {
		return c, nil, ErrConflict
	}
	return c, answers, nil
}

// changeConsultation runs a change of an open consultation.
func (s *Documents) changeConsultation(ctx context.Context, actor Person, id, version int64,
	fn func(tx DocumentTx, c Consultation, answers []ConsultationAnswer) error,
) error {
	return s.Store.Update(ctx, func(tx DocumentTx) error {
		c, answers, err := managed(tx, actor, id, version)
		if err != nil {
			return err
		}
		if !c.Open() {
			return E(CodeConflict, "consultation.closed")
		}
		return fn(tx, c, answers)
	})
}

func (s *Documents) auditConsultation(tx DocumentTx, actor Person, action string, id int64, before, after map[string]any) error {
	_, err := tx.Audit(entry(s.Now(), actor, action, Subject{SubjectConsultation, id}).with(before, after))
	return err
}

// versioned names what happened to a consultation at that version of it.
func versioned(event string, c Consultation) string {
	return event + "-" + strconv.FormatInt(c.Version, 10)
}
