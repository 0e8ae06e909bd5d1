package tasks

import (
	"context"
	"fmt"
	"strconv"
)

// The hours of the day, by the province's clock, from which a person may want the day's reminders.
const (
	FirstReminderHour = 7
	LastReminderHour  = 17
)

// MailSwitches are what a person chooses about his mails. Reminders of duties, issues and what happened to duties come in any case, and so
// does the leaders' digest.
type MailSwitches struct {
	RemindAt  int  // an hour between FirstReminderHour and LastReminderHour; 0: as soon as they are written
	NoRollUps bool // no summaries of his agencies' weeks and months
}

// MailSwitches are those that the person has chosen.
func (p Person) MailSwitches() MailSwitches {
	return MailSwitches{RemindAt: p.RemindAt, NoRollUps: p.NoRollUps}
}

// SetMailSwitches changes what the actor has chosen about his own mails, from the next one on. His sessions go on. An hour out of reach is a
// refused field ("remind_at").
func (s *Accounts) SetMailSwitches(ctx context.Context, actor Person, in MailSwitches) (Person, error) {
	if in.RemindAt != 0 && (in.RemindAt < FirstReminderHour || in.RemindAt > LastReminderHour) {
		return Person{}, Invalid(FieldError{Field: "remind_at", Key: "switches.bad_hour", Args: []string{strconv.Itoa(FirstReminderHour), strconv.Itoa(LastReminderHour)}})
	}
	var p Person
	err := s.Store.Update(ctx, func(tx AccountTx) (err error) {
		if p, err = tx.Person(actor.ID); err != nil || p.MailSwitches() == in {
			return err
		}
		before := p.MailSwitches()
		p.RemindAt, p.NoRollUps = in.RemindAt, in.NoRollUps
		if err := tx.UpdatePerson(p); err != nil {
			return err
		}
		p.Version++
		_, err = tx.Audit(entry(s.Now(), actor, "person.mail_switches", Subject{SubjectPerson, p.ID}).with(before.values(), in.values()))
		return err
	})
	if err != nil {
		return Person{}, fmt.Errorf("mail switches of %d: %w", actor.ID, err)
	}
	return p, nil
}

func (m MailSwitches) values() map[string]any {
	return map[string]any{"remind_at": m.RemindAt, "rollups": !m.NoRollUps}
}
