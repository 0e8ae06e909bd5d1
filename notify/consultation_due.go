package notify

import (
	"context"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// Unanswered is an open consultation with the agencies that have not answered.
type Unanswered struct {
	ConsultationID int64
	Agencies       []OwingAgency
	Due            calendar.Date
	SetOn          calendar.Date // the day on which Due was set
}

// OwingAgency is an agency that has not answered.
type OwingAgency struct {
	ID      int64
	AskedOn calendar.Date
}

// consultationLadder reminds of a consultation two working days before its day and on the working day after it.
var consultationLadder = tasks.Ladder{Before: []int{2}, AfterFirst: 1}

// consultationRoles are told of a consultation and reminded of it.
var consultationRoles = []tasks.Role{tasks.RoleFocal, tasks.RoleHead}

// remindOfConsultations writes the newest step of each open consultation for the agencies that have not answered.
func (j Jobs) remindOfConsultations(ctx context.Context, now time.Time) error {
	today := j.Rules.Day(now)
	dueTo := j.Rules.Calendar.Add(today, consultationLadder.Reach()+1)
	return j.Store.Update(ctx, func(tx JobTx) error {
		if err := keepLease(ctx, tx); err != nil {
			return err
		}
		list, err := tx.Unanswered(dueTo)
		if err != nil {
			return err
		}
		for _, u := range list {
			for _, agency := range u.Agencies {
				setOn := u.SetOn
				if agency.AskedOn.After(setOn) {
					setOn = agency.AskedOn
				}
				step, ok := consultationLadder.StepOn(j.Rules.Calendar, u.Due, setOn, today)
				if !ok {
					continue
				}
				for _, role := range consultationRoles {
					if err := tx.AddNotice(tasks.Notice{
						Kind: tasks.NoticeConsultation, Event: tasks.EventConsultationRemind,
						Subject: tasks.Subject{Kind: tasks.SubjectConsultation, ID: u.ConsultationID}, AgencyID: agency.ID, Role: role,
						Occurrence: consultationStep(u.Due, step), Day: today, At: now,
					}); err != nil {
						return err
					}
				}
			}
		}
		return nil
	})
}

// consultationStep names a step of a consultation's day, which may be moved.
func consultationStep(due calendar.Date, step int) string { return due.String() + occurrence(1, step) }
