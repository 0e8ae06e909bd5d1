package tasks

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"tiendo/tasks/calendar"
)

// running lists the assignments of a duty that go on under a cadence: those of which a series can be made.
func running(list []Assignment) []Assignment {
	return slices.DeleteFunc(slices.Clone(list), func(a Assignment) bool { return a.ended() || a.Cadence == "" || a.SeriesID != 0 })
}

// stampOf stands for the assignments of a duty as they are: each change of one raises it.
func stampOf(list []Assignment) int64 {
	stamp := int64(0)
	for _, a := range list {
		stamp += a.Version
	}
	return stamp
}

// beginning is what the page shows of a duty whose cadence may become a series: the rule as it is, nothing settled before the day from
// which the first period is looked for. That is today, or the day behind the last date for which everybody has reported already.
func (v *SeriesView) beginning(tx AssignmentReader, list []Assignment, today calendar.Date) error {
	v.Begins, v.Newest, v.Stamp = true, running(list), stampOf(list)
	if len(v.Newest) == 0 {
		return ErrNotFound
	}
	_, v.Series.Rule = usualTime(v.Newest)
	v.Series.TaskID, v.Series.Ahead = v.Task.ID, DefaultAhead
	answered := calendar.Date{}
	for i, a := range v.Newest {
		notes, err := tx.CadenceNotes(a.ID)
		if err != nil {
			return err
		}
		last := calendar.Date{}
		for _, n := range notes {
			if n.ReportID != 0 {
				last = n.Due
			}
		}
		if i == 0 || last.Before(answered) {
			answered = last
		}
	}
	v.From = today
	if !answered.Before(today) {
		v.From = answered.AddDays(1)
	}
	v.Series.Settled = v.From.AddDays(-1)
	return nil
}

// checkBegin is check for a duty that is to recur from now on.
func (in SeriesInput) checkBegin(x Series, today calendar.Date) (SeriesInput, Series, error) {
	x.Settled = today.AddDays(-1)
	if in.From.After(today) {
		x.Settled = in.From.AddDays(-1)
	}
	checked, err := in.check(x, today)
	var f fields
	switch {
	case in.From.IsZero():
	case in.From.Before(today):
		f.add("from", "extension.past")
	case in.From.Year > today.Year+maxMove:
		f.add("from", "extension.too_far")
	}
	return checked, checked.apply(x, today), alsoWrong(err, f)
}

// alsoWrong puts what else is wrong with a form beside what was found before.
func alsoWrong(err error, f fields) error {
	var e *Error
	if errors.As(err, &e) && e.Code == CodeInvalid {
		f = append(slices.Clone(fields(e.Fields)), f...)
	}
	return f.err()
}

// BeginSeries makes a recurring duty of one that is reported on by a cadence: its assignments that go on are the first period, with what was
// reported and the day on which the period ends as their deadline; each period behind it is opened ahead as an assignment of its own. What
// has ended stays as it is. Version is SeriesView.Stamp of what the person was shown.
func (s *Assignments) BeginSeries(ctx context.Context, actor Person, taskID int64, in SeriesInput) error {
	err := s.Store.Update(ctx, func(tx AssignmentTx) error {
		list, t, doc, err := dutyWith(tx, actor, taskID, ActionSeries)
		if err != nil {
			return err
		}
		if _, err := tx.TaskSeries(taskID); err == nil {
			return E(CodeConflict, "series.recurs_already")
		} else if !errors.Is(err, ErrNotFound) {
			return err
		}
		first := running(list)
		switch {
		case len(first) == 0:
			return ErrNotFound // as its page
		case in.Version != 0 && in.Version != stampOf(list):
			return ErrConflict
		case doc.State != DocumentIssued:
			return E(CodeConflict, "duty.document_closed")
		}
		now := s.Now()
		today := s.Rules.Day(now)
		_, cadence := usualTime(first)
		in, x, err := in.checkBegin(Series{TaskID: taskID}, today)
		if err != nil {
			return err
		}
		periods, err := s.Rules.toOpen(x, today, 1)
		if err != nil {
			return err
		}
		x.Settled = periods[0].Due
		if x.ID, err = tx.InsertSeries(x); err != nil {
			return err
		}
		x.Version = 1
		if _, err := tx.InsertPeriod(x.ID, periods[0], today); err != nil {
			return err
		}
		for i, a := range first {
			if first[i], err = s.joinSeries(tx, actor, a, x, periods[0], in); err != nil {
				return err
			}
		}
		if err := s.tellSeries(tx, first, x, EventSeriesBegun); err != nil {
			return err
		}
		after := seriesValues(x)
		after["ref"], after["reason"], after["document"], after["due"] = t.Ref, in.Reason, in.Document, periods[0].Due.String()
		_, err = tx.Audit(entry(now, actor, "document.series_begun", Subject{SubjectDocument, doc.ID}).with(map[string]any{"cadence": cadence}, after))
		if err == nil {
			_, err = s.open(tx, System, &x, doc, 0)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("begin series of duty %d: %w", taskID, err)
	}
	return nil
}

// joinSeries makes an assignment that went on under a cadence the one of a period. The dates of reports that nobody has sent are none any more.
func (s *Assignments) joinSeries(tx AssignmentTx, actor Person, was Assignment, x Series, p Period, in SeriesInput) (Assignment, error) {
	a, err := tx.Assignment(was.ID) // read anew: what is written next must be what was read last
	if err != nil {
		return a, err
	}
	if a.Version != was.Version {
		return a, ErrConflict
	}
	before := deadlineValues(a)
	before["cadence"] = a.Cadence
	if err := tx.DropNotices(a.ID); err != nil {
		return a, err
	}
	if err := tx.DeleteCadenceNotes(a.ID); err != nil {
		return a, err
	}
	a.SeriesID, a.Period, a.Cadence = x.ID, p, ""
	a.setDue(p.Due, s.Rules.Day(s.Now()))
	if a.FirstDue.IsZero() {
		a.FirstDue = p.Due // its first, as it had none
		if err := tx.SetFirstDue(a.ID, p.Due); err != nil {
			return a, err
		}
	}
	if err := tx.JoinPeriod(a.ID, x.ID, p); err != nil {
		return a, err
	}
	if err := tx.UpdateAssignment(a); err != nil {
		return a, err
	}
	after := deadlineValues(a)
	after["cadence"], after["since"], after["series"], after["reason"], after["document"] = "", p.Since.String(), x.ID, in.Reason, in.Document
	_, err = tx.Audit(entry(s.Now(), actor, "assignment.series_joined", Subject{SubjectAssignment, a.ID}).with(before, after))
	return a, err
}
