package tasks

import (
	"errors"

	"tiendo/tasks/calendar"
)

// opens notes when a duty that has a deadline should recur, or how far ahead makes no sense.
func (f *fields) opens(ahead int, cadence string, deadline calendar.Date) {
	switch {
	case ahead == 0:
	case ahead < 0 || ahead > MaxAhead:
		f.add("opens", "series.bad_ahead")
	case !deadline.IsZero():
		f.add("opens", "series.has_deadline")
	case cadence != "":
		f.series("cadence", cadence, calendar.Date{Year: 2001, Month: 1, Day: 1}, calendar.Date{})
	}
}

// recurs tells whether each period of the draft's cadence becomes an assignment of its own. What comes from a tracker stands for what it is.
func (d Draft) recurs() bool { return d.Opens > 0 && d.Taken == nil }

// seriesProblems lists what blocks issue of a recurring duty: nothing says when it recurs, or it does so too often.
func (d Draft) seriesProblems(cadence string, first *firstNotes) []Problem {
	if !d.recurs() {
		return nil
	}
	if cadence == "" {
		return []Problem{{DraftID: d.ID, Key: "series.no_rule", Args: []string{d.Ref}}}
	}
	var f fields
	f.series("cadence", cadence, first.after, calendar.Date{})
	var out []Problem
	for _, e := range f {
		if e.Key != "field.bad_rule" { // told of every cadence
			out = append(out, Problem{DraftID: d.ID, Key: e.Key})
		}
	}
	return out
}

// rounds are the periods with which a recurring duty begins; of any other duty there is one without a name.
type rounds struct {
	series  int64
	periods []Period
}

// each are the assignments of the leads, one a period, with these alone filled in.
func (r rounds) each(shares [][]int64) []Assignment {
	periods := r.periods
	if r.series == 0 {
		periods = []Period{{}}
	}
	var out []Assignment
	for _, leads := range shares {
		for _, p := range periods {
			out = append(out, Assignment{Leads: leads, SeriesID: r.series, Period: p})
		}
	}
	return out
}

// join makes an assignment that goes on one of the series, and answers its deadline: it keeps that of its period, or gets the first one's.
func (r rounds) join(a *Assignment) calendar.Date {
	if a.SeriesID != r.series {
		a.SeriesID, a.Period = r.series, r.periods[0]
		return a.Period.Due
	}
	return a.Due
}

// firstSeries is the series as the draft begins it, with the periods that are opened at once: the first, and those whose day has come.
func (s *Documents) firstSeries(doc Document, d Draft, first *firstNotes) (Series, []Period, error) {
	_, cadence := d.time(doc)
	day, err := first.day(cadence)
	if err != nil {
		return Series{}, nil, err
	}
	x := Series{Rule: cadence, Ahead: d.Opens, Settled: day.AddDays(-1)}
	periods, err := s.Rules.toOpen(x, s.Rules.Day(s.Now()), 1)
	if err == nil && len(periods) > 0 {
		x.Settled = periods[len(periods)-1].Due
	}
	return x, periods, err
}

// firstRounds counts the periods with which a draft begins; what stands in the way of it is told as a problem.
func (s *Documents) firstRounds(doc Document, d Draft, first *firstNotes) int {
	if !d.recurs() {
		return 1
	}
	_, periods, err := s.firstSeries(doc, d, first)
	if err != nil {
		return 1
	}
	return max(1, len(periods))
}

// beginSeries writes the series of a duty that recurs, with its first periods. One of an earlier document that goes on here goes on with its
// periods; a new rule or none changes what is still to come.
func (s *Documents) beginSeries(tx DocumentTx, actor Person, doc Document, d Draft, taskID int64, row RevisionRow, first *firstNotes) (rounds, error) {
	var x Series
	var err error
	if row.Old != nil && row.Fate == FateGoesOn {
		if x, err = tx.TaskSeries(row.Old.ID); err != nil && !errors.Is(err, ErrNotFound) {
			return rounds{}, err
		}
	}
	untimed := d.Deadline.IsZero() && d.Cadence == ""
	switch {
	case x.ID != 0 && !x.Ended() && (d.recurs() || untimed):
		before := x
		if x.TaskID = taskID; d.recurs() && !untimed {
			x.Rule, x.Ahead = d.Cadence, d.Opens
			x.Settled = settledFrom(x, s.Rules.Day(doc.IssuedAt))
		}
		if err := tx.UpdateSeries(x); err != nil {
			return rounds{}, err
		}
		if err := auditSeries(tx, actor, doc, d.Ref, "document.series_moved", &before, x, doc); err != nil {
			return rounds{}, err
		}
		periods, err := tx.Periods(x.ID, 1)
		return rounds{x.ID, periods}, err
	case x.ID != 0 && !x.Ended():
		if err := s.endSeries(tx, actor, doc, x, *row.Old); err != nil {
			return rounds{}, err
		}
	}
	if !d.recurs() {
		return rounds{}, nil
	}
	x, periods, err := s.firstSeries(doc, d, first)
	if err != nil {
		return rounds{}, err
	}
	x.TaskID = taskID
	if x.ID, err = tx.InsertSeries(x); err != nil {
		return rounds{}, err
	}
	for _, p := range periods {
		if _, err := tx.InsertPeriod(x.ID, p, s.Rules.Day(doc.IssuedAt)); err != nil {
			return rounds{}, err
		}
	}
	return rounds{x.ID, periods}, nil
}

// settledFrom is the day up to which a series is settled when its rule becomes another: what was opened stays, and nothing of the past is
// opened after all.
func settledFrom(x Series, today calendar.Date) calendar.Date {
	if yesterday := today.AddDays(-1); yesterday.After(x.Settled) {
		return yesterday
	}
	return x.Settled
}

// leaveSeries ends the series of an earlier document's duty that the new one ends or takes the place of.
func (s *Documents) leaveSeries(tx DocumentTx, actor Person, doc Document, row RevisionRow) error {
	if row.Old == nil || row.Fate == FateGoesOn || row.Fate != FateEnds && !doc.Revises.Kind.ends() {
		return nil
	}
	x, err := tx.TaskSeries(row.Old.ID)
	if errors.Is(err, ErrNotFound) || err == nil && x.Ended() {
		return nil
	}
	if err != nil {
		return err
	}
	return s.endSeries(tx, actor, doc, x, *row.Old)
}

// endSeries ends a series by another document.
func (s *Documents) endSeries(tx DocumentTx, actor Person, doc Document, x Series, old Task) error {
	before := x
	x.EndedOn, x.EndedBy, x.Reason = s.Rules.Day(doc.IssuedAt), actor.ID, doc.Number
	if err := tx.UpdateSeries(x); err != nil {
		return err
	}
	return auditSeries(tx, actor, Document{ID: old.DocumentID, IssuedAt: doc.IssuedAt}, old.Ref, "document.series_ended", &before, x, doc)
}

// auditSeries writes down on the document of a duty what became of its series, and by which document.
func auditSeries(tx AuditWriter, actor Person, of Document, ref, action string, before *Series, after Series, by Document) error {
	was, is := seriesValues(*before), seriesValues(after)
	is["ref"], is["words"], is["document_id"] = ref, by.Number, by.ID
	_, err := tx.Audit(entry(of.IssuedAt, actor, action, Subject{SubjectDocument, of.ID}).with(was, is))
	return err
}

// seriesValues are what can change of a series, for an audit row.
func seriesValues(x Series) map[string]any {
	v := map[string]any{"cadence": x.Rule, "ahead": x.Ahead}
	if !x.Until.IsZero() {
		v["until"] = x.Until.String()
	}
	if x.Ended() {
		v["ended_on"] = x.EndedOn.String()
	}
	return v
}
