package tasks

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tiendo/tasks/calendar"
)

// EventDeadlineReckoned tells agencies that a deadline is another day because the calendar changed.
const EventDeadlineReckoned = "deadline_reckoned"

// DoubtDaysChanged marks a draft whose deadline was computed anew because the calendar changed.
const DoubtDaysChanged = "review_doubt.days_changed"

// DayPreview is what a change of the table does, or did.
type DayPreview struct {
	Change  DayChange // as it was understood
	Version int64     // of the table on which it was worked out
	Changes []calendar.Change
	// Deadlines are the first that move; Moved counts all. Those who see no assignments see the count alone.
	Deadlines []MovedDeadline
	Moved     int
	// Overdue counts those of Moved that are overdue by it; Recovered those that no longer are.
	Overdue, Recovered int
	Drafts             int
	Notes              int
	// Stay counts the open deadlines that fall on one of the days and stay as they are written.
	Stay int
}

// MovedDeadline is one deadline that a change of the table moves.
type MovedDeadline struct {
	Row      AssignmentRow
	Was, Due calendar.Date
}

// shownMoves is how many deadlines a preview lists.
const shownMoves = 50

// Preview works out what a change of the table would do, and changes nothing.
func (s *WorkingDays) Preview(ctx context.Context, actor Person, in DayChange) (DayPreview, error) {
	if err := may(actor, ActionWorkingDays); err != nil {
		return DayPreview{}, err
	}
	in, err := in.check()
	if err != nil {
		return DayPreview{Change: in}, err
	}
	v := DayPreview{Change: in}
	err = s.Store.View(ctx, func(tx WorkingDayReader) error {
		p, err := s.plan(tx, in)
		if err != nil {
			return err
		}
		v = p.preview(in, s.Rules.Day(s.Now()))
		if err := p.stay(tx, &v); err != nil || !actor.Can(ActionAssignmentList) {
			return err
		}
		return p.rows(tx, &v)
	})
	if err != nil {
		return DayPreview{Change: in}, fmt.Errorf("preview of working days: %w", err)
	}
	return v, nil
}

func (p daysPlan) preview(in DayChange, today calendar.Date) DayPreview {
	v := DayPreview{Change: in, Version: p.version, Changes: p.changes, Moved: len(p.deadlines), Drafts: len(p.drafts), Notes: len(p.notes)}
	for _, m := range p.deadlines {
		switch was, is := today.After(m.was), today.After(m.due); {
		case is && !was:
			v.Overdue++
		case was && !is:
			v.Recovered++
		}
	}
	return v
}

// stay counts what is due on the days whose work changes and keeps its day.
func (p daysPlan) stay(tx WorkingDayReader, v *DayPreview) error {
	var days []calendar.Date
	for _, c := range p.changes {
		if c.Moves() {
			days = append(days, c.Date)
		}
	}
	if len(days) == 0 {
		return nil
	}
	due, err := tx.OpenDueOn(days)
	for _, m := range p.deadlines {
		if slices.Contains(days, m.was) {
			due--
		}
	}
	v.Stay = max(0, due)
	return err
}

func (p daysPlan) rows(tx WorkingDayReader, v *DayPreview) error {
	shown := p.deadlines[:min(shownMoves, len(p.deadlines))]
	ids := make([]int64, len(shown))
	for i, m := range shown {
		ids[i] = m.id
	}
	rows, err := rowsOf(tx, ids)
	if err != nil {
		return err
	}
	for _, m := range shown {
		if row, ok := rows[m.id]; ok {
			v.Deadlines = append(v.Deadlines, MovedDeadline{row, m.was, m.due})
		}
	}
	return nil
}

// Apply makes a change of the table, in one transaction with what it moves. Deadlines keep their version: what was told of them stays told.
// ErrConflict when the table is no longer of the version on which the change was previewed.
func (s *WorkingDays) Apply(ctx context.Context, actor Person, in DayChange, version int64) (DayPreview, error) {
	if err := may(actor, ActionWorkingDays); err != nil {
		return DayPreview{}, err
	}
	in, err := in.check()
	if err != nil {
		return DayPreview{Change: in}, err
	}
	var done daysPlan
	v := DayPreview{Change: in}
	err = s.Store.Update(ctx, func(tx WorkingDayTx) error {
		if err := tx.TurnOfDays(); err != nil {
			return err
		}
		p, err := s.plan(tx, in)
		if err != nil {
			return err
		}
		if p.version != version {
			return ErrConflict
		}
		if len(p.changes) == 0 {
			return Invalid(FieldError{Field: "days", Key: "days.nothing"})
		}
		if err := tx.SetDays(version, p.table); err != nil {
			return err
		}
		if p, err = s.carry(tx, actor, p, version+1); err != nil {
			return err
		}
		done, v = p, p.preview(in, s.Rules.Day(s.Now()))
		before, after := daysValues(p.changes)
		after["document"], after["assignments"] = in.Document, len(p.deadlines)
		after["drafts_moved"], after["first_reports"] = len(p.drafts), len(p.notes)
		_, err = tx.Audit(entry(s.Now(), actor, "working_days.changed", Subject{Kind: SubjectProvince}).with(before, after))
		return err
	})
	if err != nil {
		return v, fmt.Errorf("change working days: %w", err)
	}
	s.take(version+1, done.table)
	return v, nil
}

// daysValues are both sides of a change, a line a day.
func daysValues(changes []calendar.Change) (before, after map[string]any) {
	side := func(of func(calendar.Change) *calendar.Exception) string {
		var lines []string
		for _, c := range changes {
			if e := of(c); e != nil {
				text := c.Date.String() + " " + dayOff
				if e.Working {
					text = c.Date.String() + " " + dayWorking
				}
				if e.Pending {
					text += " pending"
				}
				lines = append(lines, text+" "+e.Name)
			}
		}
		return strings.Join(lines, "; ")
	}
	return map[string]any{"days": side(func(c calendar.Change) *calendar.Exception { return c.Before })},
		map[string]any{"days": side(func(c calendar.Change) *calendar.Exception { return c.After })}
}

// carry moves what the plan says, and answers the plan with what was moved: what others have changed meanwhile stays.
func (s *WorkingDays) carry(tx WorkingDayTx, actor Person, p daysPlan, version int64) (daysPlan, error) {
	moved := p.deadlines[:0:0]
	for _, m := range p.deadlines {
		ok, err := s.moveDue(tx, actor, m, version)
		if err != nil {
			return p, err
		}
		if ok {
			moved = append(moved, m)
		}
	}
	p.deadlines = moved
	if err := s.moveDrafts(tx, actor, p.drafts); err != nil {
		return p, err
	}
	today := s.Rules.Day(s.Now())
	for _, n := range p.notes {
		if err := moveNote(tx, n, today); err != nil {
			return p, err
		}
	}
	return p, nil
}

func (s *WorkingDays) moveDue(tx WorkingDayTx, actor Person, m movedDue, version int64) (bool, error) {
	a, err := tx.Assignment(m.id)
	if err != nil {
		return false, err
	}
	if a.ended() || a.Due != m.was || a.Due != a.First() {
		return false, nil
	}
	before := a
	a.Due, a.FirstMended = m.due, m.due
	if err := tx.UpdateAssignment(a); err != nil {
		return false, err
	}
	now := s.Now()
	row := entry(now, actor, "assignment."+EventDeadlineReckoned, Subject{SubjectAssignment, a.ID})
	if _, err := tx.Audit(row.with(deadlineValues(before), deadlineValues(a))); err != nil {
		return false, err
	}
	if !a.State.Open() && a.State != StateOnHold {
		return true, nil // nobody works on it now
	}
	for _, agency := range parties(a) {
		err := tx.AddNotice(Notice{
			Kind: NoticeEvent, Event: EventDeadlineReckoned, Subject: Subject{SubjectAssignment, a.ID}, AgencyID: agency, Role: RoleFocal,
			Occurrence: ReckonedOccurrence(version, m.was, m.due), Day: s.Rules.Day(now), At: now,
		})
		if err != nil {
			return false, err
		}
	}
	return true, nil
}

// ReckonedOccurrence names in a notice which version of the calendar moved a deadline, from which day to which.
func ReckonedOccurrence(version int64, was, due calendar.Date) string {
	return "k" + strconv.FormatInt(version, 10) + ":" + was.String() + ":" + due.String()
}

// ReadReckoned reads the days out of such an occurrence.
func ReadReckoned(occurrence string) (was, due calendar.Date, ok bool) {
	part := strings.Split(occurrence, ":")
	if len(part) != 3 || !strings.HasPrefix(part[0], "k") {
		return was, due, false
	}
	was, err1 := calendar.ParseDate(part[1])
	due, err2 := calendar.ParseDate(part[2])
	return was, due, err1 == nil && err2 == nil
}

// moveDrafts writes the new deadlines into the reviews, one audit row a document; each is looked at again by whoever reviews.
func (s *WorkingDays) moveDrafts(tx WorkingDayTx, actor Person, drafts []movedDraft) error {
	byDocument := make(map[int64][]movedDraft)
	var documents []int64
	for _, d := range drafts {
		if _, ok := byDocument[d.DocumentID]; !ok {
			documents = append(documents, d.DocumentID)
		}
		byDocument[d.DocumentID] = append(byDocument[d.DocumentID], d)
	}
	slices.Sort(documents)
	for _, id := range documents {
		document, err := tx.Document(id)
		if err != nil {
			return err
		}
		var before, after draftsRecord
		for _, m := range byDocument[id] {
			d, err := tx.Draft(m.ID)
			if err != nil {
				return err
			}
			if document.State != DocumentDraft || d.Version != m.Version {
				return ErrConflict
			}
			before.Drafts = append(before.Drafts, dueRecord(d))
			was := d.when()
			m.anew.Phrase = d.Written.Phrase
			d.Written, d.Deadline, d.Checked = m.anew, m.anew.Date, false
			d.Doubts = slices.DeleteFunc(slices.Clone(d.Doubts), func(o Doubt) bool { return o.Key == DoubtDaysChanged })
			d.Doubts = append(d.Doubts, Doubt{Key: DoubtDaysChanged, Args: []string{d.Written.Phrase, was, d.when()}})
			if err := tx.UpdateDraft(d); err != nil {
				return err
			}
			d.Version++
			after.Drafts = append(after.Drafts, dueRecord(d))
		}
		if err := tx.UpdateDocument(document); err != nil {
			return err
		}
		row := entry(s.Now(), actor, "document.days_changed", Subject{SubjectDocument, id})
		if _, err := tx.Audit(row.with(before, after)); err != nil {
			return err
		}
	}
	return nil
}

// moveNote writes the first report of a cadence for its new day, and takes away the old one that comes too early. A day that is past has been
// told of and stays.
func moveNote(tx WorkingDayTx, n movedNote, today calendar.Date) error {
	notes, err := tx.CadenceNotes(n.id)
	if err != nil {
		return err
	}
	if len(notes) == 0 || notes[0].Due != n.was || notes[0].ReportID != 0 || n.was.Before(today) || n.due.Before(today) {
		return nil
	}
	if n.due.After(n.was) {
		if err := tx.DeleteNotesBetween(n.id, n.was, n.due); err != nil {
			return err
		}
	}
	if slices.ContainsFunc(notes, func(o CadenceNote) bool { return o.Due == n.due }) {
		return nil
	}
	_, err = tx.InsertCadenceNote(CadenceNote{AssignmentID: n.id, Due: n.due})
	return err
}
