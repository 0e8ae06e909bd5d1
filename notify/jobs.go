package notify

import (
	"context"
	"fmt"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// Freezer stores the figures of a week; a Monday that is stored already stays as it is. tasks.Weeks is one.
type Freezer interface {
	Freeze(ctx context.Context, monday calendar.Date) error
}

// Extender keeps a periodic report ahead of every duty that has a cadence. tasks.Assignments is one.
type Extender interface {
	ExtendCadences(ctx context.Context) (written int, err error)
	// OpenPeriods opens the periods of recurring duties whose time has come.
	OpenPeriods(ctx context.Context) (written int, err error)
}

// Changer carries out the changes of agencies whose day has come. tasks.AgencyChanges is one.
type Changer interface {
	CarryOut(ctx context.Context) (carried int, err error)
}

// Jobs writes the notices that a day asks for.
type Jobs struct {
	Store    JobStore
	Rules    tasks.Rules
	Ladder   tasks.Ladder // of the program's settings; what was set since comes first
	Weeks    Freezer
	Cadences Extender
	Agencies Changer
}

// List gives the jobs at their times, in the order in which they run when several are due.
func (j Jobs) List(specs Specs) []Job {
	return []Job{
		{Name: JobAgencies, Spec: "0 0 * * *", Run: j.agencies},
		{Name: JobFreeze, Spec: specs.Freeze, Run: j.freeze},
		{Name: JobReminders, Spec: specs.Reminders, Run: j.reminders},
		{Name: JobRollUp, Spec: specs.RollUp, WorkingDays: true, Run: j.rollUp},
		{Name: JobMonth, Spec: specs.Month, WorkingDays: true, Run: j.month},
		{Name: JobDigest, Spec: specs.Digest, WorkingDays: true, Run: j.digest},
	}
}

// agencies runs as the day begins: then names change.
func (j Jobs) agencies(ctx context.Context, _, _ time.Time) error {
	_, err := j.Agencies.CarryOut(ctx)
	return err
}

func (j Jobs) freeze(ctx context.Context, _, firing time.Time) error {
	return j.Weeks.Freeze(ctx, j.Rules.Day(firing).Monday())
}

// batch is how many deadlines are looked at in one transaction: others write in between.
const batch = 500

// reminders writes the newest step of each open deadline and of each unanswered cadence note. On a day off it writes none: steps
// are working days, so the next one loses nothing.
func (j Jobs) reminders(ctx context.Context, now, _ time.Time) error {
	if _, err := j.Cadences.ExtendCadences(ctx); err != nil {
		return err
	}
	if _, err := j.Cadences.OpenPeriods(ctx); err != nil {
		return err
	}
	today := j.Rules.Day(now)
	if !j.Rules.Calendar.IsWorking(today) {
		return nil
	}
	if err := j.remindByLadder(ctx, now); err != nil {
		return err
	}
	if err := j.remindOfConsultations(ctx, now); err != nil {
		return fmt.Errorf("remind of consultations: %w", err)
	}
	if err := j.remindOfContributions(ctx, now); err != nil {
		return fmt.Errorf("remind of contributions: %w", err)
	}
	dueTo := j.Rules.Calendar.Add(today, remarkLadder.Reach()+1)
	if err := j.inBatches(ctx, func(tx JobTx, after int64) (int64, int, error) {
		words, err := tx.OpenRemarks(dueTo, after, batch)
		for _, r := range words {
			step, ok := remarkLadder.StepOn(j.Rules.Calendar, r.Due, r.SetOn, today)
			if ok {
				n := tasks.Notice{Subject: tasks.Subject{Kind: tasks.SubjectRemark, ID: r.RemarkID}, Occurrence: remarkOccurrence(r.Round, step)}
				if err := j.remind(tx, now, n, r.Leads); err != nil {
					return 0, 0, err
				}
			}
			after = r.RemarkID
		}
		return after, len(words), err
	}); err != nil {
		return fmt.Errorf("remind of leaders' words: %w", err)
	}
	return nil
}

// inBatches calls fn in a transaction of its own until it has seen less than a whole batch; fn answers the last identifier and
// how many it saw.
func (j Jobs) inBatches(ctx context.Context, fn func(tx JobTx, after int64) (last int64, seen int, err error)) error {
	for after, seen := int64(0), batch; seen == batch; {
		var last int64
		if err := j.Store.Update(ctx, func(tx JobTx) (err error) {
			if err := keepLease(ctx, tx); err != nil {
				return err
			}
			last, seen, err = fn(tx, after)
			return err
		}); err != nil {
			return err
		}
		after = last
	}
	return nil
}

func (j Jobs) remind(tx JobTx, now time.Time, n tasks.Notice, leads []int64) error {
	n.Kind, n.Role, n.Day, n.At = tasks.NoticeReminder, tasks.RoleFocal, j.Rules.Day(now), now
	for _, agency := range leads {
		n.AgencyID = agency
		if err := tx.AddNotice(n); err != nil {
			return err
		}
	}
	return nil
}

// month sums up the month before that of the firing.
func (j Jobs) month(ctx context.Context, now, firing time.Time) error {
	return j.sumUp(ctx, now, tasks.MonthOf(j.Rules.Day(firing)).Before().String())
}

func (j Jobs) rollUp(ctx context.Context, now, firing time.Time) error {
	return j.sumUp(ctx, now, j.Rules.Day(firing).Monday().String())
}

// sumUp writes the summary of a week (its Monday) or of a month for each agency that leads something.
func (j Jobs) sumUp(ctx context.Context, now time.Time, occurrence string) error {
	return j.Store.Update(ctx, func(tx JobTx) error {
		if err := keepLease(ctx, tx); err != nil {
			return err
		}
		agencies, err := tx.LeadingAgencies()
		if err != nil {
			return err
		}
		for _, agency := range agencies {
			for _, role := range []tasks.Role{tasks.RoleFocal, tasks.RoleHead} {
				if err := tx.AddNotice(tasks.Notice{
					Kind: tasks.NoticeRollUp, Subject: tasks.Subject{Kind: tasks.SubjectAgency, ID: agency}, AgencyID: agency, Role: role,
					Occurrence: occurrence, Day: j.Rules.Day(now), At: now,
				}); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (j Jobs) digest(ctx context.Context, now, firing time.Time) error {
	// A first start between the two jobs would leave the digest without figures, and its link without a page.
	if err := j.freeze(ctx, now, firing); err != nil {
		return err
	}
	return j.Store.Update(ctx, func(tx JobTx) error {
		if err := keepLease(ctx, tx); err != nil {
			return err
		}
		return tx.AddNotice(tasks.Notice{
			Kind: tasks.NoticeDigest, Subject: tasks.Subject{Kind: tasks.SubjectProvince}, Role: tasks.RoleLeader,
			Occurrence: j.Rules.Day(firing).Monday().String(), Day: j.Rules.Day(now), At: now,
		})
	})
}
