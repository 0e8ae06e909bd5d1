package notify

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// JobCalendar asks for the public holidays of the next year.
const JobCalendar = "calendar"

// calendarSpec is each day of the last three months at the beginning of the office's day: on the first working day of them it is told.
const calendarSpec = "0 8 * 10-12 *"

// WorkingDaysPath is the page on which the calendar is completed.
const WorkingDaysPath = "/working-days"

// CalendarMail asks the secretariat to complete the calendar of a year.
type CalendarMail struct {
	templates.Letter
	Subject string
	Text    string
	Then    string // why it matters
	Button  templates.LetterButton
}

// CalendarJob tells the secretariat, once a year, that the next year's holidays are not known whole.
func CalendarJob(store JobStore, rules tasks.Rules) Job {
	return Job{Name: JobCalendar, Spec: calendarSpec, Run: func(ctx context.Context, now, _ time.Time) error {
		today := rules.Day(now)
		if !rules.Calendar.IsWorking(today) {
			return nil
		}
		return store.Update(ctx, func(tx JobTx) error {
			if err := keepLease(ctx, tx); err != nil {
				return err
			}
			for _, lacking := range rules.LackingYears(today) {
				if lacking.Year == today.Year {
					continue
				}
				if err := tx.AddNotice(tasks.Notice{
					Kind: tasks.NoticeCalendar, Subject: tasks.Subject{Kind: tasks.SubjectProvince}, Role: tasks.RoleSecretariat,
					Occurrence: strconv.Itoa(lacking.Year), Day: today, At: now,
				}); err != nil {
					return err
				}
			}
			return nil
		})
	}}
}

// calendarKind makes one mail a person and year, in office hours, as long as the year is not known.
func calendarKind(p *pass) kind {
	return kind{
		kind: tasks.NoticeCalendar,
		void: func(_ ComposeReader, notices []tasks.Notice) ([]int64, error) {
			var void []int64
			for _, n := range notices {
				year, err := strconv.Atoi(n.Occurrence)
				if err != nil {
					return nil, fmt.Errorf("notice %d: %q is no year", n.ID, n.Occurrence)
				}
				if p.rules.Calendar.WeekdaysOff(year) >= calendar.LawDaysOff {
					void = append(void, n.ID)
				}
			}
			return void, nil
		},
		bundle: func(n tasks.Notice) any { return n.Occurrence },
		ready:  p.open,
		letter: p.lackingYear,
	}
}

func (p *pass) lackingYear(_ ComposeReader, to addressee, notices []tasks.Notice) (*letter, error) {
	w, year := to.words, notices[0].Occurrence
	n, err := strconv.Atoi(year)
	if err != nil {
		return nil, fmt.Errorf("notice %d: %q is no year", notices[0].ID, year)
	}
	headline := w.T("mail.calendar.headline", year)
	data := CalendarMail{
		Letter:  p.frame(to, w.T("mail.calendar.kicker", p.dateLine(w)), headline, w.T("mail.calendar.preheader", year), w.T("mail.calendar.why")),
		Subject: headline,
		Text:    w.T("mail.calendar.text", year, p.rules.Calendar.WeekdaysOff(n), calendar.LawDaysOff),
		Then:    w.T("mail.calendar.then", year),
		Button:  templates.LetterButton{Href: p.link(WorkingDaysPath + "?year=" + year), Label: w.T("mail.calendar.button", year)},
	}
	return &letter{data: &data}, nil
}

// daysEvents tell that a deadline is another day because the calendar changed. Only the newest day of a duty is told.
var daysEvents = []*event{
	{
		name: tasks.EventDeadlineReckoned, class: "deadline", section: "mail.deadline.reckoned", count: "mail.deadline.n_reckoned",
		kicker: "mail.deadline.kicker", button: "mail.deadline.button", holds: reckonedHolds, note: reckonedNote,
	},
}

// reckonedHolds holds as long as the deadline is the day that is told.
func reckonedHolds(n tasks.Notice, row tasks.AssignmentRow) bool {
	_, due, ok := tasks.ReadReckoned(n.Occurrence)
	return ok && row.Due == due && concernsPart(n, row)
}

func reckonedNote(_ *pass, _ ComposeReader, w *templates.Words, l eventLine) (string, error) {
	was, due, ok := tasks.ReadReckoned(l.notice.Occurrence)
	if !ok {
		return "", fmt.Errorf("notice %d: no change of a deadline is named %q", l.notice.ID, l.notice.Occurrence)
	}
	return w.T("mail.deadline.deadline_reckoned", written(w.Date(was)), written(w.Date(due))), nil
}
