package tasks

import (
	"context"
	"slices"
	"strconv"

	"tiendo/tasks/calendar"
)

// Reassign gives a duty that is still owed to other leads, which answers the request that waits for that, or nobody's. What was reported,
// asked and decided stays with the assignment. Several leads that do not share it get an assignment each: the first keeps this one.
func (s *Assignments) Reassign(ctx context.Context, actor Person, id int64, in ReassignInput) error {
	return s.decree(ctx, actor, id, in.Version, ActionReassign, StepReassign, func(tx AssignmentTx, a *Assignment) (moved, error) {
		if !a.State.Open() {
			return moved{}, notNow(StepReassign, *a)
		}
		if err := notConcerned(tx, actor, a.ID); err != nil {
			return moved{}, err
		}
		doc, err := tx.PeekDocument(a.DocumentID)
		if err != nil {
			return moved{}, err
		}
		agencies, err := agencyMap(tx)
		if err != nil {
			return moved{}, err
		}
		in, err := in.check(*a, agencies, s.Rules.Day(s.Now()), s.needsAuthority(actor, doc))
		if err != nil {
			return moved{}, err
		}
		if err := notTwice(tx, *a, in.Leads, agencies); err != nil {
			return moved{}, err
		}
		others := in.Leads[1:]
		if in.Joint {
			others = nil
		} else {
			in.Leads = in.Leads[:1]
		}
		r, err := s.reassign(tx, actor, a, in, false)
		if err != nil {
			return moved{}, err
		}
		for _, lead := range others {
			if err := s.giveToo(tx, actor, *a, lead, in, r, doc.Number); err != nil {
				return moved{}, err
			}
		}
		after := pauseValues(PauseInput{Reason: in.Reason, Document: in.Document, Authority: in.Authority})
		after["reassignment"], after["leads"], after["cooperating"] = r.ID, a.Leads, a.Cooperating
		after["leads_before"], after["cooperating_before"] = r.LeadsBefore, r.CooperatingBefore
		return moved{after: after}, nil
	})
}

// notTwice refuses leads that have the duty of the same period already, in an assignment of their own.
func notTwice(tx AssignmentReader, a Assignment, leads []int64, agencies map[int64]Agency) error {
	have, err := haveIt(tx, a, leads)
	if err != nil {
		return err
	}
	var f fields
	for _, lead := range have {
		f.add("leads", "duty.has_it", agencies[lead].Name)
	}
	return f.err()
}

// haveIt lists those of the leads that have the duty of the same period in another assignment.
func haveIt(tx AssignmentReader, a Assignment, leads []int64) ([]int64, error) {
	list, err := tx.TaskAssignments(a.TaskID)
	if err != nil {
		return nil, err
	}
	var have []int64
	for _, lead := range leads {
		if slices.ContainsFunc(list, func(b Assignment) bool {
			return b.ID != a.ID && b.Period == a.Period && b.State != StateCancelled && b.LedBy(lead)
		}) {
			have = append(have, lead)
		}
	}
	return have, nil
}

// reassign changes who has which part in an assignment, whatever its state; whoever calls it saves the assignment. A request that waits is
// answered by it, and a duty that none of its leads has worked on is not begun. With keep the state and the requests stay, as when an
// agency's successor goes on with its work.
func (s *Assignments) reassign(tx AssignmentTx, actor Person, a *Assignment, in ReassignInput, keep bool) (Reassignment, error) {
	now := s.Now()
	today := s.Rules.Day(now)
	r := Reassignment{
		AssignmentID: a.ID, PersonID: actor.ID, At: now, On: today, LeadsBefore: a.Leads, LeadsAfter: in.Leads,
		CooperatingBefore: a.Cooperating, CooperatingAfter: in.Cooperating, DueBefore: a.Due, DueAfter: a.Due,
		Reason: in.Reason, Document: in.Document, Authority: in.Authority,
	}
	if !in.Due.IsZero() {
		r.DueAfter = in.Due
	}
	declines, err := tx.Declines(a.ID)
	if err != nil {
		return r, err
	}
	if d, waits := waitingDecline(declines); waits && !keep {
		r.DeclineID = d.ID
		d.Outcome, d.DecidedBy, d.DecidedAt = DeclineReassigned, actor.ID, now
		d.Authority, d.Decision, d.Answer = in.Authority, in.Document, in.Reason
		if err := tx.UpdateDecline(d); err != nil {
			return r, err
		}
	}
	earlier, err := tx.Reassignments(a.ID)
	if err != nil {
		return r, err
	}
	if r.ID, err = tx.InsertReassignment(r); err != nil {
		return r, err
	}
	gone := without(a.Leads, in.Leads)
	for _, id := range gone {
		l := FormerLead{AssignmentID: a.ID, AgencyID: id, Since: s.leadsSince(*a, id, earlier), Until: today, ReassignmentID: r.ID}
		if err := tx.InsertFormerLead(l); err != nil {
			return r, err
		}
	}
	if len(gone) > 0 {
		// What the leads were still to be told is not theirs any more; what they asked for is not the new ones' request.
		if err := tx.DropNoticesTo(a.ID, gone); err != nil {
			return r, err
		}
		if !keep {
			if err := s.lapseExtension(tx, actor, a.ID); err != nil {
				return r, err
			}
		}
		if err := s.lapseApprovals(tx, actor, a.ID, gone); err != nil {
			return r, err
		}
	}
	if !keep && len(gone) == len(a.Leads) {
		a.State, a.Percent = StateAssigned, 0
	}
	a.Leads, a.Cooperating = in.Leads, in.Cooperating
	if !in.Due.IsZero() {
		decided := PauseInput{Reason: in.Reason, Document: in.Document, Authority: in.Authority}
		if _, err := s.decideDue(tx, actor, a, in.Due, OriginReassign, decided); err != nil {
			return r, err
		}
	}
	tell := s.tellReassigned
	if keep {
		tell = s.tellInherited
	}
	if err := tell(tx, r); err != nil {
		return r, err
	}
	return r, s.tellStanding(tx, *a, without(r.LeadsAfter, r.LeadsBefore))
}

// tellStanding tells new leads of the words of leaders that still wait for an answer: it is theirs to give now.
func (s *Assignments) tellStanding(tx AssignmentTx, a Assignment, leads []int64) error {
	if len(leads) == 0 || a.ended() {
		return nil
	}
	words, err := tx.Remarks(a.ID)
	if err != nil {
		return err
	}
	for _, word := range words {
		if word.State != RemarkOpen {
			continue
		}
		event := EventRemark
		if word.Round > 1 {
			event = EventRemarkAgain
		}
		if err := s.tellOf(tx, a.ID, event, word, leads); err != nil {
			return err
		}
	}
	return nil
}

// tellReassigned tells who lost a part, who got one, and those of whom the partners are others now.
func (s *Assignments) tellReassigned(tx AssignmentTx, r Reassignment) error {
	before, after := slices.Concat(r.LeadsBefore, r.CooperatingBefore), slices.Concat(r.LeadsAfter, r.CooperatingAfter)
	occurrence := "r" + strconv.FormatInt(r.ID, 10)
	var given, stay []int64
	for _, id := range after {
		if !slices.Contains(before, id) || slices.Contains(r.LeadsAfter, id) != slices.Contains(r.LeadsBefore, id) {
			given = append(given, id)
		} else {
			stay = append(stay, id)
		}
	}
	for _, m := range []moved{
		{event: EventGiven, occurrence: occurrence, to: given},
		{event: EventTakenAway, occurrence: occurrence, to: without(before, after)},
		{event: EventPartners, occurrence: occurrence, to: stay},
	} {
		if err := s.tellAgencies(tx, r.AssignmentID, m); err != nil {
			return err
		}
	}
	return nil
}

// leadsSince is the day from which an agency has led the assignment.
func (s *Assignments) leadsSince(a Assignment, agency int64, earlier []Reassignment) calendar.Date {
	for _, r := range earlier { // the newest first
		if slices.Contains(r.LeadsAfter, agency) && !slices.Contains(r.LeadsBefore, agency) {
			return r.On
		}
	}
	return s.Rules.Day(a.AssignedAt)
}

// giveToo makes an assignment of the same duty for another lead.
func (s *Assignments) giveToo(tx AssignmentTx, actor Person, a Assignment, lead int64, in ReassignInput, r Reassignment, number string) error {
	now := s.Now()
	own := Assignment{
		TaskID: a.TaskID, DocumentID: a.DocumentID, Leads: []int64{lead}, Cooperating: a.Cooperating, State: StateAssigned,
		FirstDue: a.Due, Due: a.Due, DueVersion: 1, DueSetOn: s.Rules.Day(now), Cadence: a.Cadence, AssignedAt: now, UnconfirmedBy: a.UnconfirmedBy,
		SeriesID: a.SeriesID, Period: a.Period,
	}
	var err error
	if own.ID, err = tx.InsertAssignment(own); err != nil {
		return err
	}
	_, err = tx.Audit(entry(now, actor, "assignment.assigned", Subject{SubjectAssignment, own.ID}).with(nil, map[string]any{
		"leads": own.Leads, "due": own.Due.String(), "cadence": own.Cadence, "document": number, "reason": in.Reason, "of": a.ID,
	}))
	if err != nil {
		return err
	}
	if own.Cadence != "" {
		if err := beginCadence(tx, own, s.Rules.Day(now)); err != nil {
			return err
		}
	}
	return s.tellAgencies(tx, own.ID, moved{
		event: EventGiven, occurrence: "r" + strconv.FormatInt(r.ID, 10), to: slices.Concat(own.Leads, own.Cooperating),
	})
}

func distinctSorted(ids []int64) []int64 {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}
