package notify

import (
	"fmt"
	"time"
)

// readHours reads when the day's mails begin, by kind.
func (c *Composer) readHours() error {
	for _, read := range []struct {
		into *[]timetable
		job  Job
	}{
		{&c.rollUps, Job{Name: JobRollUp, Spec: c.settings.RollUp, WorkingDays: true}},
		{&c.rollUps, Job{Name: JobMonth, Spec: c.settings.Month, WorkingDays: true}},
		{&c.digests, Job{Name: JobDigest, Spec: c.settings.Digest, WorkingDays: true}},
	} {
		t, err := newTimetable(read.job, c.rules)
		if err != nil {
			return fmt.Errorf("job %s: %w", read.job.Name, err)
		}
		*read.into = append(*read.into, t)
	}
	var err error
	c.reminders, err = newTimetable(Job{Name: JobReminders, Spec: c.settings.Reminders}, c.rules)
	return err
}

// opened tells whether mails that the jobs have written may go now: on working days alone, and on those on which one of them fires not
// before it has. What an earlier day has left goes at the hour of the reminders.
func (c *Composer) opened(p *pass, jobs ...timetable) bool {
	if !c.rules.Calendar.IsWorking(p.today) {
		return false
	}
	fired := c.reminders.firedOn(p.today, p.now)
	for _, job := range jobs {
		switch {
		case job.firedOn(p.today, p.now):
			fired = true
		case job.firesLater(p.now):
			return false
		}
	}
	return fired
}

// NextDigest is when the next digest goes behind the instant; zero when none does within five years.
func (c *Composer) NextDigest(after time.Time) time.Time {
	var first time.Time
	for _, job := range c.digests {
		first = earliest(first, job.next(after))
	}
	return first
}
