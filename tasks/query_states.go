package tasks

import "slices"

// PossibleStates are those of the query's states, of all when it names none, that an assignment can have by what else the query asks for:
// what is overdue is open, what was confirmed on a day is completed.
func (q AssignmentQuery) PossibleStates() []State {
	fits := func(s State) bool {
		switch q.Timeliness {
		case Overdue, DueSoon, OnTrack:
			return s.Open()
		case Late, OnTime:
			return s.Counted() && !s.Open()
		case NoDeadline:
			return s.Counted()
		}
		return true
	}
	completed := !q.CompletedSince.IsZero() || !q.CompletedBefore.IsZero()
	return slices.DeleteFunc(slices.Clone(States), func(s State) bool {
		return len(q.States) > 0 && !slices.Contains(q.States, s) || !fits(s) || completed && s != StateCompleted
	})
}
