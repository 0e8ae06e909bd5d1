package notify

import (
	"time"

	"tiendo/tasks"
)

// mailSettings is where people choose about their mails.
const mailSettings = "/account#mails"

// beforeHour tells whether the day's reminders of the person wait for the hour that he has chosen.
func (p *pass) beforeHour(to recipient) bool {
	return to.RemindAt > 0 && p.now.Before(clock(p.today, to.RemindAt*60, p.rules.Location))
}

// nextReminderHour is the next hour of the instant's day at which somebody wants his reminders; zero when none wait, or on a day off.
func (c *Composer) nextReminderHour(tx ComposeReader, after time.Time) (time.Time, error) {
	var next time.Time
	today := c.rules.Day(after)
	if !c.rules.Calendar.IsWorking(today) {
		return next, nil
	}
	waiting, err := tx.OpenNotices(tasks.NoticeReminder, after, 0, 1)
	if err != nil || len(waiting) == 0 {
		return next, err
	}
	hours, err := tx.ReminderHours()
	for _, hour := range hours {
		if at := clock(today, hour*60, c.rules.Location); at.After(after) {
			next = earliest(next, at)
		}
	}
	return next, err
}

// ReminderHour is the first whole hour of a day at which its reminders are written, on the instant's day or the next on which they are:
// nobody can have them at an hour before it.
func (c *Composer) ReminderHour(now time.Time) int {
	first := c.reminders.next(c.rules.Day(now).Start(c.rules.Location).Add(-time.Nanosecond)).In(c.rules.Location)
	if first.Minute() > 0 {
		return first.Hour() + 1
	}
	return first.Hour()
}

// ReminderHour is the hour before which nobody can have a day's reminders; see Composer.ReminderHour.
func (o *Outbox) ReminderHour() int { return o.Composer.ReminderHour(o.Business()) }
