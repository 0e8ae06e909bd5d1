package tasks

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"tiendo/tasks/calendar"
)

// EventOpened tells agencies that a period of a recurring duty has begun; Notice.Event holds it.
const EventOpened = "period_opened"

// OpenPeriods opens every period of a recurring duty whose day for it has come, also those of days on which it did not run: an assignment
// to each who had the newest one, and tells them. It answers how many assignments it wrote; the scheduler runs it each day.
func (s *Assignments) OpenPeriods(ctx context.Context) (int, error) {
	const batch = 200
	today := s.Rules.Day(s.Now())
	written := 0
	for after, seen := int64(0), batch; seen == batch; {
		var list []Series
		err := s.Store.View(ctx, func(tx AssignmentReader) (err error) {
			list, err = tx.LastingSeries(after, batch)
			return err
		})
		if err != nil {
			return written, fmt.Errorf("open periods: %w", err)
		}
		seen = len(list)
		for _, x := range list {
			after = x.ID
			// Most have nothing to open: they are not locked.
			if periods, err := s.Rules.toOpen(x, today, 0); err != nil || len(periods) == 0 {
				if err != nil {
					return written, fmt.Errorf("open periods of series %d: %w", x.ID, err)
				}
				continue
			}
			n, err := s.openSeries(ctx, x.ID, x.TaskID)
			if err != nil {
				return written, fmt.Errorf("open periods of series %d: %w", x.ID, err)
			}
			written += n
		}
	}
	return written, nil
}

// openSeries opens the periods of one series. Who else does the same at this moment waits for it, and finds nothing to do.
func (s *Assignments) openSeries(ctx context.Context, id, taskID int64) (written int, err error) {
	err = s.Store.Update(ctx, func(tx AssignmentTx) error {
		written = 0
		t, err := tx.Task(taskID)
		if err != nil {
			return err
		}
		doc, err := tx.Document(t.DocumentID) // before its series, as who issues has them
		if err != nil {
			return err
		}
		x, err := tx.Series(id)
		if err != nil {
			return err
		}
		if x.TaskID != taskID || x.Ended() || doc.State != DocumentIssued {
			return nil // it has gone on elsewhere, or ended
		}
		written, err = s.open(tx, System, &x, doc, 0)
		return err
	})
	return written, err
}

// open opens the periods that have come and at least the first so many, and settles the series up to the last of them. Where nobody has the
// duty any more the periods pass.
func (s *Assignments) open(tx AssignmentTx, actor Person, x *Series, doc Document, least int) (int, error) {
	now := s.Now()
	today := s.Rules.Day(now)
	periods, err := s.Rules.toOpen(*x, today, least)
	if err != nil || len(periods) == 0 {
		return 0, err
	}
	newest, err := tx.NewestPeriod(x.ID)
	if err != nil {
		return 0, err
	}
	if newest, err = goneOn(tx, newest, today); err != nil {
		return 0, err
	}
	written := 0
	for _, p := range periods {
		fresh, err := tx.InsertPeriod(x.ID, p, today)
		if err != nil {
			return 0, err
		}
		for _, had := range newest {
			if !fresh || had.State == StateCancelled {
				continue
			}
			a := had.again(*x, p)
			a.DocumentID, a.DueSetOn, a.AssignedAt = doc.ID, today, now
			if err := s.openFor(tx, actor, a); err != nil {
				return 0, err
			}
			written++
		}
		x.Settled = p.Due
	}
	if err := tx.UpdateSeries(*x); err != nil {
		return 0, err
	}
	x.Version++
	return written, nil
}

// openFor writes the assignment of a period and tells those who have a part in it.
func (s *Assignments) openFor(tx AssignmentTx, actor Person, a Assignment) error {
	var err error
	if a.ID, err = tx.InsertAssignment(a); err != nil {
		return err
	}
	auditID, err := tx.Audit(entry(a.AssignedAt, actor, "assignment.opened", Subject{SubjectAssignment, a.ID}).with(nil, map[string]any{
		"leads": a.Leads, "cooperating": a.Cooperating, "due": a.Due.String(), "since": a.Period.Since.String(), "series": a.SeriesID,
	}))
	if err != nil {
		return err
	}
	return s.tellAgencies(tx, a.ID, moved{event: EventOpened, occurrence: strconv.FormatInt(auditID, 10), to: parties(a)})
}

// UpcomingPeriod is one that is still to be opened, and when it will be.
type UpcomingPeriod struct {
	Period
	Opens calendar.Date
}

// shownPeriods is how many periods to come are shown.
const shownPeriods = 5

// SeriesView is what the page of a recurring duty shows.
type SeriesView struct {
	Task     Task
	Document Document
	Series   Series
	// Newest are the assignments of the newest period, those of agencies that are no more with those that took over: who gets the next.
	Newest []Assignment
	Opened []Period // the newest first
	// Upcoming are the next periods as the series stands, Preview as it would be changed; both empty when it has ended or would end.
	Upcoming, Preview []UpcomingPeriod
	Agencies          map[int64]Agency
	Trail             []AuditEntry
	MayChange         bool
	// Begins tells that there is no series yet: Newest are the assignments that go on under a cadence and would be the first period, which
	// ends on From or later. Stamp stands for the duty's assignments as they are.
	Begins bool
	From   calendar.Date
	Stamp  int64
}

// SeriesInput is what the secretariat types to change when a duty recurs.
type SeriesInput struct {
	Rule     string // RFC 5545, a rule a line
	Ahead    int    // working days
	Until    calendar.Date
	Reason   string
	Document string
	// From is used when a series begins: the first period ends on this day or later; zero: today.
	From    calendar.Date
	Version int64 // of the series; of one that begins SeriesView.Stamp
}

func (in SeriesInput) check(x Series, today calendar.Date) (SeriesInput, error) {
	var f fields
	rule := f.rule("cadence", in.Rule)
	if in.Rule = rule; rule == "" {
		f.add("cadence", "field.required")
	} else if len(f) == 0 {
		f.series("cadence", rule, settledFrom(x, today), in.Until)
	}
	if in.Ahead < 1 || in.Ahead > MaxAhead {
		f.add("ahead", "series.bad_ahead")
	}
	if !in.Until.IsZero() && in.Until.Before(today) {
		f.add("until", "extension.past")
	}
	in.Reason = f.text("reason", in.Reason, true, MaxReasonText)
	in.Document = f.line("document", in.Document, false, MaxDocumentNumber)
	return in, f.err()
}

// apply changes what is still to come; what was opened stays as it is. A series that has ended goes on.
func (in SeriesInput) apply(x Series, today calendar.Date) Series {
	x.Settled = settledFrom(x, today)
	x.Rule, x.Ahead, x.Until, x.Reason = in.Rule, in.Ahead, in.Until, in.Reason
	x.EndedOn, x.EndedBy = calendar.Date{}, 0
	return x
}

// Recurring reads the series of a duty; try is a change of which the periods are worked out, nil: none. To those who see nothing of the
// duty it does not exist.
func (s *Assignments) Recurring(ctx context.Context, actor Person, taskID int64, try *SeriesInput) (SeriesView, error) {
	var v SeriesView
	today := s.Rules.Day(s.Now())
	err := s.Store.View(ctx, func(tx AssignmentReader) (err error) {
		if v, err = s.recurring(tx, actor, taskID); err != nil {
			return err
		}
		if v.Agencies, err = agencyMap(tx); err != nil || v.Begins {
			return err
		}
		if v.Newest, err = tx.NewestPeriod(v.Series.ID); err != nil {
			return err
		}
		if v.Newest, err = goneOn(tx, v.Newest, today); err != nil {
			return err
		}
		v.Opened, err = tx.Periods(v.Series.ID, DefaultPage)
		return err
	})
	if err == nil && !v.Series.Ended() && v.Document.State == DocumentIssued {
		v.Upcoming, err = s.Rules.preview(v.Series)
	}
	if err == nil && try != nil {
		// What is wrong with the rest of the form does not matter for the dates.
		in, _ := try.check(v.Series, today)
		x := in.apply(v.Series, today)
		if v.Begins {
			in, x, _ = try.checkBegin(v.Series, today)
		}
		if in.Ahead > 0 && in.Ahead <= MaxAhead {
			if _, bad := calendar.ParseCadence(in.Rule); bad == nil {
				v.Preview, err = s.Rules.preview(x)
			}
		}
	}
	if err != nil {
		return SeriesView{}, fmt.Errorf("series of duty %d: %w", taskID, err)
	}
	for _, list := range [][]UpcomingPeriod{v.Upcoming, v.Preview} {
		for i, p := range list {
			if p.Opens.Before(today) {
				list[i].Opens = today // what should be open is opened at once
			}
		}
	}
	return v, nil
}

// recurring reads the series with its duty for somebody who may change it, or let a duty that has a cadence recur.
func (s *Assignments) recurring(tx AssignmentReader, actor Person, taskID int64) (v SeriesView, err error) {
	var list []Assignment
	if list, v.Task, v.Document, err = dutyWith(tx, actor, taskID, ActionSeries); err != nil {
		return v, err
	}
	v.MayChange = v.Document.State == DocumentIssued
	if v.Series, err = tx.TaskSeries(taskID); errors.Is(err, ErrNotFound) {
		err = v.beginning(tx, list, s.Rules.Day(s.Now()))
	}
	return v, err
}

func (r Rules) preview(x Series) ([]UpcomingPeriod, error) {
	next, err := x.upcoming()
	if err != nil {
		return nil, err
	}
	var out []UpcomingPeriod
	for len(out) < shownPeriods {
		p, ok := next()
		if !ok {
			break
		}
		out = append(out, UpcomingPeriod{p, r.opens(x, p)})
	}
	return out, nil
}

// ChangeSeries changes when a duty recurs, or lets one go on that had ended: the periods that are still to come, not those that were opened.
// Those of the new rule whose day to be opened has come are opened at once.
func (s *Assignments) ChangeSeries(ctx context.Context, actor Person, taskID int64, in SeriesInput) error {
	return s.changeSeries(ctx, actor, taskID, in.Version, func(tx AssignmentTx, v SeriesView, today calendar.Date) (Series, string, error) {
		in, err := in.check(v.Series, today)
		return in.apply(v.Series, today), in.Document, err
	})
}

// EndSeries ends a recurring duty, with a reason: no more periods are opened. What was opened goes on to its own end.
func (s *Assignments) EndSeries(ctx context.Context, actor Person, taskID, version int64, reason string) error {
	reason, invalid := checkReason(reason)
	return s.changeSeries(ctx, actor, taskID, version, func(_ AssignmentTx, v SeriesView, today calendar.Date) (Series, string, error) {
		if invalid != nil {
			return Series{}, "", invalid
		}
		if v.Series.Ended() {
			return Series{}, "", E(CodeConflict, "series.ended_already")
		}
		v.Series.EndedOn, v.Series.EndedBy, v.Series.Reason = today, actor.ID, reason
		return v.Series, "", nil
	})
}

// changeSeries runs one change of a series, with its audit row.
func (s *Assignments) changeSeries(ctx context.Context, actor Person, taskID, version int64,
	fn func(tx AssignmentTx, v SeriesView, today calendar.Date) (after Series, document string, err error),
) error {
	err := s.Store.Update(ctx, func(tx AssignmentTx) error {
		v, err := s.recurring(tx, actor, taskID)
		if err != nil {
			return err
		}
		if v.Begins {
			return ErrNotFound
		}
		if version != 0 && v.Series.Version != version {
			return ErrConflict
		}
		if !v.MayChange {
			return E(CodeConflict, "duty.document_closed")
		}
		now := s.Now()
		x, document, err := fn(tx, v, s.Rules.Day(now))
		if err != nil {
			return err
		}
		if err := tx.UpdateSeries(x); err != nil {
			return err
		}
		x.Version++
		action, event := "document.series_changed", EventSeriesChanged
		if x.Ended() {
			action, event = "document.series_ended", EventSeriesEnded
		}
		after := seriesValues(x)
		after["ref"], after["reason"], after["document"] = v.Task.Ref, x.Reason, document
		if _, err := tx.Audit(entry(now, actor, action, Subject{SubjectDocument, v.Document.ID}).with(seriesValues(v.Series), after)); err != nil {
			return err
		}
		newest, err := tx.NewestPeriod(x.ID)
		if err != nil {
			return err
		}
		if err := s.tellSeries(tx, newest, x, event); err != nil {
			return err
		}
		if !x.Ended() {
			_, err = s.open(tx, System, &x, v.Document, 0)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("change series of duty %d: %w", taskID, err)
	}
	return nil
}

// resumeSeries lets the recurring duties of a document that was closed go on from today: the periods of the time between are over.
func (s *Assignments) resumeSeries(tx AssignmentTx, documentID int64) error {
	list, err := tx.DocumentSeries(documentID)
	if err != nil {
		return err
	}
	for _, x := range list {
		x.Settled = settledFrom(x, s.Rules.Day(s.Now()))
		if err := tx.UpdateSeries(x); err != nil {
			return err
		}
	}
	return nil
}

// seriesOf is the series of an assignment, nil when the duty does not recur or has gone on without it.
func seriesOf(tx AssignmentReader, a Assignment) (*Series, error) {
	if a.SeriesID == 0 {
		return nil, nil
	}
	x, err := tx.Series(a.SeriesID)
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	return &x, err
}
