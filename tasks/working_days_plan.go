package tasks

import (
	"slices"

	"tiendo/tasks/calendar"
)

// daysPlan is what a change of the table of working days moves. Only what was reckoned in it moves: a deadline that the words of the duty
// come to, as long as it is the first; the one of a draft that nobody has set by hand; the first report of a cadence. Days that were written,
// decided or typed stay as they are.
type daysPlan struct {
	version   int64
	table     []calendar.Exception
	changes   []calendar.Change
	deadlines []movedDue
	drafts    []movedDraft
	notes     []movedNote
}

type movedDue struct {
	id       int64
	was, due calendar.Date
}

type movedDraft struct {
	WordedDraft
	anew WrittenDue
}

// movedNote is the first report of a cadence. It is written when it is to come, and removed when it was.
type movedNote struct {
	id       int64
	was, due calendar.Date
}

// daysBatch is how many rows of one kind are read at once.
const daysBatch = 1000

// reckoner reads words under both calendars, each once.
type reckoner struct {
	before, after DeadlineReader
	known         map[worded]reckoned
}

type worded struct {
	phrase string
	date   calendar.Date
	year   int
}

type reckoned struct{ was, is WrittenDue }

func (k reckoner) read(phrase string, date calendar.Date, year int) reckoned {
	key := worded{phrase, date, year}
	r, ok := k.known[key]
	if !ok {
		head := Head{Date: date, Year: year}
		r.was, _ = k.before.ReadDeadline(phrase, head)
		r.is, _ = k.after.ReadDeadline(phrase, head)
		k.known[key] = r
	}
	return r
}

// moves tells whether the words come to another day.
func (r reckoned) moves() bool {
	return r.was.Kind == DueDate && r.is.Kind == DueDate && !r.was.Date.IsZero() && !r.is.Date.IsZero() && r.was.Date != r.is.Date
}

// plan works out what the change does to the table as it stands.
func (s *WorkingDays) plan(tx WorkingDayReader, in DayChange) (daysPlan, error) {
	var p daysPlan
	var err error
	if p.version, err = tx.DaysVersion(); err != nil {
		return p, err
	}
	days, err := tx.Days()
	if err != nil {
		return p, err
	}
	p.table = in.apply(days)
	p.changes = calendar.Diff(days, p.table)
	moving := slices.DeleteFunc(slices.Clone(p.changes), func(c calendar.Change) bool { return !c.Moves() })
	if len(moving) == 0 {
		return p, nil
	}
	before, after := calendar.New(days), calendar.New(p.table)
	k := reckoner{s.Reading(before), s.Reading(after), make(map[worded]reckoned)}
	if err := p.deadlinesOf(tx, k); err != nil {
		return p, err
	}
	if err := p.draftsOf(tx, k); err != nil {
		return p, err
	}
	return p, p.notesOf(tx, s.Rules, before, after, moving[0].Date)
}

// eachBatch reads rows until there are no more; each answers the identifier of one.
func eachBatch[T any](read func(after int64, limit int) ([]T, error), each func(T) (id int64, err error)) error {
	for after := int64(0); ; {
		rows, err := read(after, daysBatch)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if after, err = each(row); err != nil {
				return err
			}
		}
		if len(rows) < daysBatch {
			return nil
		}
	}
}

func (p *daysPlan) deadlinesOf(tx WorkingDayReader, k reckoner) error {
	return eachBatch(tx.WordedDeadlines, func(d WordedDeadline) (int64, error) {
		if r := k.read(d.Phrase, d.Date, d.Year); r.moves() && r.was.Date == d.Due {
			p.deadlines = append(p.deadlines, movedDue{d.AssignmentID, d.Due, r.is.Date})
		}
		return d.AssignmentID, nil
	})
}

func (p *daysPlan) draftsOf(tx WorkingDayReader, k reckoner) error {
	return eachBatch(tx.WordedDrafts, func(d WordedDraft) (int64, error) {
		r := k.read(d.Written.Phrase, d.Date, d.Year)
		if r.moves() && r.was.sameTime(d.Written) && d.Deadline == d.Written.Date {
			p.drafts = append(p.drafts, movedDraft{d, r.is})
		}
		return d.ID, nil
	})
}

// notesOf finds the cadences whose first report, so many working days after issue, falls on another day of the rule.
func (p *daysPlan) notesOf(tx WorkingDayReader, rules Rules, before, after *calendar.Calendar, first calendar.Date) error {
	was, is := rules, rules
	was.Calendar, is.Calendar = before, after
	// Working days are at least two of a week, but for the longest Tết.
	since := first.AddDays(-4*rules.FirstCadence - 30).Start(rules.Location)
	known := make(map[calendar.Date][2]*firstNotes)
	return eachBatch(func(after int64, limit int) ([]CadenceStart, error) { return tx.CadencesSince(since, after, limit) },
		func(c CadenceStart) (int64, error) {
			issued := rules.Day(c.AssignedAt)
			first, ok := known[issued]
			if !ok {
				first = [2]*firstNotes{was.firstNotes(issued), is.firstNotes(issued)}
				known[issued] = first
			}
			if first[0].after == first[1].after {
				return c.AssignmentID, nil
			}
			old, err1 := first[0].day(c.Cadence)
			due, err2 := first[1].day(c.Cadence)
			if err1 != nil || err2 != nil { // a rule that has ended has nothing to move
				return c.AssignmentID, nil
			}
			if old != due && old == c.First {
				p.notes = append(p.notes, movedNote{c.AssignmentID, old, due})
			}
			return c.AssignmentID, nil
		})
}
