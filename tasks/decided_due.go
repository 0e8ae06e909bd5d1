package tasks

import "tiendo/tasks/calendar"

// Origin is what moved a deadline without a lead's request; "" is a request.
type Origin string

const (
	OriginHold     Origin = "hold"     // the duty rested
	OriginYear     Origin = "year"     // it was carried over to the next year
	OriginReturn   Origin = "return"   // a report was sent back with a new date
	OriginReassign Origin = "reassign" // it was given to another lead
)

// moves notes when a day cannot be the new deadline of a duty.
func (f *fields) moves(name string, due calendar.Date, a Assignment) {
	if a.Due.IsZero() {
		f.add(name, "extension.no_deadline")
		return
	}
	f.later(name, due, a.Due)
}

// decideDue moves the deadline by a decision that nobody asked for. It is kept beside the requests, granted as it is made.
func (s *Assignments) decideDue(tx AssignmentTx, actor Person, a *Assignment, due calendar.Date, origin Origin, in PauseInput) (Extension, error) {
	now := s.Now()
	x := Extension{
		AssignmentID: a.ID, AgencyID: a.Leads[0], PersonID: actor.ID, Was: a.Due, Asked: due, At: now, Outcome: ExtensionGranted, Granted: due,
		DecidedBy: actor.ID, DecidedAt: now, Authority: in.Authority, Decision: in.Document, Answer: in.Reason, Origin: origin,
	}
	var err error
	if x.ID, err = tx.InsertExtension(x); err != nil {
		return x, err
	}
	a.setDue(due, s.Rules.Day(now))
	return x, nil
}
