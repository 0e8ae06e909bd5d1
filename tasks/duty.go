package tasks

import (
	"context"
	"fmt"
	"slices"

	"tiendo/tasks/calendar"
)

// DutyFilter keeps some of the agencies that have one duty.
type DutyFilter string

const (
	DutySilent  DutyFilter = "silent"  // still to be begun: no report yet
	DutyLate    DutyFilter = "late"    // past the deadline
	DutyWaiting DutyFilter = "waiting" // reported as done, to be confirmed
)

// DutyFilters lists every filter.
var DutyFilters = []DutyFilter{DutySilent, DutyLate, DutyWaiting}

// DutyQuery asks for one page of the assignments of one task.
type DutyQuery struct {
	TaskID int64
	Filter DutyFilter // "": all
	ByName bool       // by the name of the lead; else what presses most first
	// Period is the day on which the period ends that is asked for, of a recurring duty; zero: all periods. Newest asks for the newest one.
	Period calendar.Date
	Newest bool
	// Today is the day on which lateness is judged. Set by the service.
	Today calendar.Date
	After string
	Limit int // 0: DefaultPage
}

// DutyRow is one agency's line of a duty that many have.
type DutyRow struct {
	Assignment
	ReportedOn calendar.Date // the day of the newest report; zero without one
	Report     string        // its words
	Extended   int           // how often the deadline was extended
	Asks       bool          // a request for a later deadline waits
	NudgedOn   calendar.Date // the last day on which it was urged to report
}

// DutyFigures counts the assignments of one task.
type DutyFigures struct {
	TaskID    int64
	All       int // without those that rest or were taken back
	Silent    int // no report yet
	Overdue   int // still owed, past the deadline
	Waiting   int // submitted
	Completed int
	Resting   int // on hold
	Released  int // taken back
}

// Reported counts those that have reported at least once.
func (f DutyFigures) Reported() int { return f.All - f.Silent }

// DutyGroup is one task of a list of duties: how its assignments stand, all of them.
type DutyGroup struct {
	DutyFigures
	First AssignmentRow // the one assigned first, for the words of the duty
}

// DutyGroupPage is one page of such a list, the newest task first.
type DutyGroupPage struct {
	Rows  []DutyGroup
	Next  string
	Total int
}

// DutyReader reads the assignments of one task together.
type DutyReader interface {
	// TaskAssignments lists all assignments of a task, in the order in which they were assigned.
	TaskAssignments(taskID int64) ([]Assignment, error)
	DutyRows(q DutyQuery) (rows []DutyRow, next string, err error)
	// DutyFigures counts the assignments of tasks, in the order of the identifiers.
	DutyFigures(taskIDs []int64, today calendar.Date) ([]DutyFigures, error)
	// PeriodResults tells how each period of a recurring duty stands, the newest first, at most limit.
	PeriodResults(taskID int64, today calendar.Date, limit int) ([]PeriodResult, error)
	// DutyGroups lists the tasks that have an assignment that fits the query.
	DutyGroups(q AssignmentQuery) (DutyGroupPage, error)
	// Nudged tells which assignments of a task were urged on the day or later.
	Nudged(taskID int64, since calendar.Date) (map[int64]bool, error)
}

// DutyView is one task with the agencies that have it, and what the actor may do to them together.
type DutyView struct {
	Task     Task
	Document Document
	Figures  DutyFigures
	Rows     []DutyRow
	Next     string
	Agencies map[int64]Agency
	Trail    []AuditEntry
	// Only is the one assignment that the actor may see, 0 when there are several: then nothing else is read.
	Only int64
	// Due and Cadence are the time that most of them have: that of an agency that is added.
	Due     calendar.Date
	Cadence string

	// Recurs tells that each period is an assignment of its own. Period is the one that is shown, zero: all of Periods, the newest first.
	Recurs  bool
	Period  Period
	Periods []PeriodResult

	MayNudge, MayAdd, MayRelease bool
	MayRestrict                  bool
	NeedsAuthority               bool
}

// Duty reads one task with a page of its assignments. To those who see nothing of it, it does not exist; who sees one assignment alone is
// told which.
func (s *Assignments) Duty(ctx context.Context, actor Person, q DutyQuery) (DutyView, error) {
	var v DutyView
	q.Today, q.Limit = s.Rules.Day(s.Now()), pageSize(q.Limit)
	err := s.Store.View(ctx, func(tx AssignmentReader) (err error) {
		if v.Task, err = tx.Task(q.TaskID); err != nil {
			return err
		}
		list, err := tx.TaskAssignments(q.TaskID)
		if err != nil {
			return err
		}
		if v.Only, err = onlyOne(actor, list); err != nil || v.Only != 0 {
			return err
		}
		if v.Document, err = tx.Document(v.Task.DocumentID); err != nil {
			return err
		}
		if err := v.count(tx, list, &q); err != nil {
			return err
		}
		if v.Rows, v.Next, err = tx.DutyRows(q); err != nil {
			return err
		}
		v.Due, v.Cadence = usualTime(newestOf(list))
		v.Agencies, err = agencyMap(tx)
		return err
	})
	if err != nil {
		return DutyView{}, fmt.Errorf("duty %d: %w", q.TaskID, err)
	}
	if v.Only == 0 {
		issued := v.Document.State == DocumentIssued
		v.MayNudge, v.MayRestrict = actor.Can(ActionNudge), actor.Can(ActionRestrict)
		v.MayAdd, v.MayRelease = issued && actor.Can(ActionDutyAdd), actor.Can(ActionPause)
		v.NeedsAuthority = s.needsAuthority(actor, v.Document)
	}
	return v, nil
}

// onlyOne is the assignment that the actor is to be led to, 0 when he may see the duty as a whole.
func onlyOne(actor Person, list []Assignment) (int64, error) {
	if actor.Can(ActionAssignmentList) && len(list) > 1 {
		return 0, nil
	}
	for _, a := range slices.Concat(newestOf(list), list) { // of a recurring duty its newest period
		if actor.CanOn(ActionAssignmentRead, a.Leads, a.Cooperating) {
			return a.ID, nil
		}
	}
	return 0, ErrNotFound
}

// usualTime is the deadline or cadence that most of the assignments have, those that were taken back left out as long as there are others.
func usualTime(list []Assignment) (calendar.Date, string) {
	type time struct {
		due     calendar.Date
		cadence string
	}
	count := make(map[time]int)
	var usual time
	for _, every := range []bool{false, true} {
		for _, a := range list {
			if a.State == StateCancelled && !every {
				continue
			}
			t := time{a.Due, a.Cadence}
			if count[t]++; count[t] > count[usual] || usual == (time{}) {
				usual = t
			}
		}
		if usual != (time{}) {
			break
		}
	}
	return usual.due, usual.cadence
}

// Duties answers one page of the tasks that have an assignment that fits the query; for those who see the whole province.
func (s *Assignments) Duties(ctx context.Context, actor Person, q AssignmentQuery) (DutyGroupPage, error) {
	if err := may(actor, ActionAssignmentList); err != nil {
		return DutyGroupPage{}, err
	}
	q.Today = s.Rules.Day(s.Now())
	q.SoonUntil, q.Limit, q.Visible = s.Rules.SoonUntil(q.Today), pageSize(q.Limit), nil
	q.spans(s.Rules.Location)
	if len(q.States) > 0 {
		if q.States = distinctStates(q.States); len(q.States) == 0 {
			return DutyGroupPage{}, nil
		}
	}
	var page DutyGroupPage
	err := s.Store.View(ctx, func(tx AssignmentReader) (err error) {
		page, err = tx.DutyGroups(q)
		return err
	})
	if err != nil {
		return DutyGroupPage{}, fmt.Errorf("list duties: %w", err)
	}
	return page, nil
}
