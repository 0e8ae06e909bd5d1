package notify

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// ladderRoles are the roles of a lead's people who are reminded by a ladder.
var ladderRoles = []tasks.Role{tasks.RoleFocal, tasks.RoleHead}

// remindByLadder writes the newest steps of open deadlines, of missing periodic reports, and of reports that wait for their confirmation.
func (j Jobs) remindByLadder(ctx context.Context, now time.Time) error {
	var ladders tasks.Ladders
	if err := j.Store.View(ctx, func(tx JobReader) (err error) {
		ladders, err = tx.Ladders()
		return err
	}); err != nil {
		return fmt.Errorf("ladders: %w", err)
	}
	ladders.Default = j.Ladder
	today := j.Rules.Day(now)
	climb := climb{Jobs: j, ladders: ladders, now: now, today: today}
	// The day before which the earliest step of later deadlines cannot have come.
	dueTo := j.Rules.Calendar.Add(today, ladders.Reach()+1)
	if err := j.inBatches(ctx, func(tx JobTx, after int64) (int64, int, error) {
		deadlines, err := tx.OpenDeadlines(dueTo, after, batch)
		var notices []tasks.Notice
		for _, d := range deadlines {
			notices = climb.deadline(notices, d)
			after = d.AssignmentID
		}
		return after, len(deadlines), addNotices(tx, notices, err)
	}); err != nil {
		return fmt.Errorf("remind of deadlines: %w", err)
	}
	if err := j.inBatches(ctx, func(tx JobTx, after int64) (int64, int, error) {
		notes, err := tx.OpenCadenceNotes(dueTo, after, batch)
		var notices []tasks.Notice
		for _, c := range notes {
			notices = climb.cadence(notices, c)
			after = c.NoteID
		}
		return after, len(notes), addNotices(tx, notices, err)
	}); err != nil {
		return fmt.Errorf("remind of periodic reports: %w", err)
	}
	if err := j.inBatches(ctx, func(tx JobTx, after int64) (int64, int, error) {
		waiting, err := tx.Submissions(j.Rules.WaitsLong(today), after, batch)
		var notices []tasks.Notice
		for _, s := range waiting {
			notices = climb.submission(notices, s)
			after = s.AssignmentID
		}
		return after, len(waiting), addNotices(tx, notices, err)
	}); err != nil {
		return fmt.Errorf("remind of reports that wait: %w", err)
	}
	return nil
}

// addNotices writes notices of rows that were read without an error.
func addNotices(tx JobTx, notices []tasks.Notice, err error) error {
	if err != nil || len(notices) == 0 {
		return err
	}
	return tx.AddNotices(notices)
}

// climb is one run of the ladders.
type climb struct {
	Jobs
	ladders tasks.Ladders
	now     time.Time
	today   calendar.Date
}

// deadline adds the newest steps of a deadline to the notices: for the people of the leads, those of cooperating agencies, and the secretariat.
func (c climb) deadline(to []tasks.Notice, d Deadline) []tasks.Notice {
	l := c.ladders.Of(d.TaskID, d.DocumentID)
	step := func(l tasks.SetLadder) (string, bool) {
		step, ok := l.StepOn(c.Rules.Calendar, d.Due, d.DueSetOn, c.today)
		return occurrence(d.DueVersion, step), ok
	}
	subject := tasks.Subject{Kind: tasks.SubjectAssignment, ID: d.AssignmentID}
	to = c.leads(to, subject, d.Leads, l, step)
	if o, ok := step(l.ForCooperating()); ok {
		for _, agency := range d.Cooperating {
			to = append(to, c.notice(subject, agency, tasks.RoleFocal, o))
		}
	}
	return to
}

// cadence does the same for a periodic report, which is the leads' alone.
func (c climb) cadence(to []tasks.Notice, d CadenceDue) []tasks.Notice {
	step := func(l tasks.SetLadder) (string, bool) {
		step, ok := l.StepOn(c.Rules.Calendar, d.Due, d.SetOn, c.today)
		return strconv.Itoa(step), ok
	}
	return c.leads(to, tasks.Subject{Kind: tasks.SubjectCadence, ID: d.NoteID}, d.Leads, c.ladders.Of(d.TaskID, d.DocumentID), step)
}

// leads adds the steps of the leads' people and of the secretariat.
func (c climb) leads(to []tasks.Notice, s tasks.Subject, leads []int64, l tasks.SetLadder, step func(tasks.SetLadder) (string, bool)) []tasks.Notice {
	for _, role := range ladderRoles {
		if o, ok := step(l.For(role)); ok {
			for _, agency := range leads {
				to = append(to, c.notice(s, agency, role, o))
			}
		}
	}
	if o, ok := step(l.For(tasks.RoleSecretariat)); ok {
		to = append(to, c.notice(s, 0, tasks.RoleSecretariat, o))
	}
	return to
}

// submission reminds the secretariat of a report on the first working day after that by which it was to be confirmed, and then every so
// many days as of deadlines.
func (c climb) submission(to []tasks.Notice, s Submission) []tasks.Notice {
	l := c.ladders.Of(s.TaskID, s.DocumentID)
	l.Ladder = tasks.Ladder{AfterFirst: 1, Every: l.Every}
	step, ok := l.StepOn(c.Rules.Calendar, confirmBy(c.Rules, s.SubmittedOn), s.SubmittedOn, c.today)
	if !ok {
		return to
	}
	return append(to, c.notice(tasks.Subject{Kind: tasks.SubjectAssignment, ID: s.AssignmentID}, 0, tasks.RoleSecretariat, waitingOccurrence(s.SubmittedOn, step)))
}

func (c climb) notice(s tasks.Subject, agency int64, role tasks.Role, occurrence string) tasks.Notice {
	return tasks.Notice{Kind: tasks.NoticeReminder, Subject: s, AgencyID: agency, Role: role, Occurrence: occurrence, Day: c.today, At: c.now}
}

// confirmBy is the last day on which what was submitted does not wait too long; see tasks.Rules.WaitsLong.
func confirmBy(r tasks.Rules, submitted calendar.Date) calendar.Date {
	return r.Calendar.Add(submitted, r.ConfirmWithin)
}
