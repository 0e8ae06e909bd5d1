package tasks

import "tiendo/tasks/calendar"

// OwnLadder is the ladder that was set for the province, a document or a duty, in the place of the one above it.
type OwnLadder struct {
	Ladder *Ladder // nil: it was taken away, and that of the level above holds again
	// SetOn is the day of that. No step of an earlier day is told by the new ladder: the old one has told of what was to be told then.
	SetOn   calendar.Date
	Version int64
}

// Ladders are all that are in force: a duty's own comes before its document's, that before the province's, that before the default.
type Ladders struct {
	Default   Ladder // of the program's settings
	Province  OwnLadder
	Documents map[int64]OwnLadder
	Tasks     map[int64]OwnLadder
}

// SetLadder is a ladder with the day from which on its steps are told; zero when it always held.
type SetLadder struct {
	Ladder
	SetOn calendar.Date
}

// Of is the ladder of a duty (a task) of a document. Of taskID 0 it is the document's, of documentID 0 the province's.
func (l Ladders) Of(taskID, documentID int64) SetLadder {
	set := SetLadder{Ladder: l.Default}
	for _, own := range []OwnLadder{l.Province, l.Documents[documentID], l.Tasks[taskID]} {
		if own.Ladder != nil {
			set.Ladder = *own.Ladder
		}
		if own.SetOn.After(set.SetOn) {
			set.SetOn = own.SetOn
		}
	}
	return set
}

// Reach is the largest of all ladders.
func (l Ladders) Reach() int {
	reach := l.Of(0, 0).Reach()
	for own := range l.own {
		reach = max(reach, own.Reach())
	}
	return reach
}

// own goes through the ladders of documents and duties.
func (l Ladders) own(yield func(*Ladder) bool) {
	for _, level := range []map[int64]OwnLadder{l.Documents, l.Tasks} {
		for _, own := range level {
			if own.Ladder != nil && !yield(own.Ladder) {
				return
			}
		}
	}
}

// For is the part of the ladder by which a role is reminded, from the same day on; see Ladder.For.
func (s SetLadder) For(role Role) SetLadder { return SetLadder{s.Ladder.For(role), s.SetOn} }

// ForCooperating is the part of the ladder by which cooperating agencies are reminded, from the same day on.
func (s SetLadder) ForCooperating() SetLadder { return SetLadder{s.Ladder.ForCooperating(), s.SetOn} }

// StepOn is Ladder.StepOn without the steps of days before the ladder was set.
func (s SetLadder) StepOn(cal *calendar.Calendar, due, setOn, day calendar.Date) (step int, ok bool) {
	if !s.SetOn.IsZero() {
		if before := s.SetOn.AddDays(-1); before.After(setOn) {
			setOn = before
		}
	}
	return s.Ladder.StepOn(cal, due, setOn, day)
}

// LadderReader reads what was set instead of the program's settings.
type LadderReader interface {
	// Ladders reads all ladders that were set; their Default is left empty.
	Ladders() (Ladders, error)
}

// LadderWriter changes that.
type LadderWriter interface {
	// SetLadder puts the ladder of the province, a document or a task in the place of the one above it; nil takes it away again. The
	// version is that which was read, 0 for none yet; ErrConflict when the stored one is another.
	SetLadder(s Subject, l *Ladder, setOn calendar.Date, version int64) error
}
