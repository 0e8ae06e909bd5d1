package tasks

import (
	"slices"
	"strconv"

	"tiendo/tasks/calendar"
)

// StepInherit is what an assignment goes through when another agency takes over from one of its; its state stays.
const StepInherit Step = "inherit"

// EventInherited tells an agency of a duty that it took over from one that is no more; Notice.Event holds it.
const EventInherited = "inherited"

// inherit puts those that take over in the place of an assignment's agencies, with all that waits. One that has ended meanwhile, or has
// none of them, stays as it is; it answers whether anything was moved.
func (s *Assignments) inherit(tx AgencyChangeTx, actor Person, id int64, h heirs, why ReassignInput) (bool, error) {
	a, err := tx.Assignment(id)
	if err != nil {
		return false, err
	}
	before := a
	why.Leads, why.Cooperating = h.parts(a)
	if a.ended() || slices.Equal(why.Leads, a.Leads) && slices.Equal(why.Cooperating, a.Cooperating) {
		return false, nil
	}
	if err := h.requests(tx, s, actor, id, why.Leads); err != nil {
		return false, err
	}
	asked, err := h.contributions(tx, s, actor, id, why)
	if err != nil {
		return false, err
	}
	heads, err := h.atHead(tx, s, actor, a)
	if err != nil {
		return false, err
	}
	r, err := s.reassign(tx, actor, &a, why, true)
	if err != nil {
		return false, err
	}
	if gone := without(before.Cooperating, parties(a)); len(gone) > 0 {
		if err := tx.DropNoticesTo(id, gone); err != nil {
			return false, err
		}
	}
	err = s.settle(tx, actor, before, a, StepInherit, moved{after: map[string]any{
		"reassignment": r.ID, "reason": why.Reason, "document": why.Document, "leads": a.Leads, "cooperating": a.Cooperating,
		"leads_before": r.LeadsBefore, "cooperating_before": r.CooperatingBefore,
	}})
	if err != nil {
		return false, err
	}
	for _, c := range asked {
		m := moved{event: EventContributionAsked, occurrence: ContributionOccurrence(c), to: []int64{c.AgencyID}}
		if err := s.tellAgencies(tx, id, m); err != nil {
			return false, err
		}
	}
	for _, r := range heads {
		if err := s.tellHead(tx, r, ""); err != nil {
			return false, err
		}
	}
	return true, nil
}

// requests makes those that take over the askers of what waits for a decision. A request that another should lead lapses when the one that
// it names leads now.
func (h heirs) requests(tx AgencyChangeTx, s *Assignments, actor Person, id int64, leads []int64) error {
	extensions, err := tx.Extensions(id)
	if err != nil {
		return err
	}
	if x, waits := waitingExtension(extensions); waits && h[x.AgencyID] != 0 {
		if err := tx.SetExtensionAgency(x.ID, h[x.AgencyID]); err != nil {
			return err
		}
	}
	declines, err := tx.Declines(id)
	if err != nil {
		return err
	}
	d, waits := waitingDecline(declines)
	if !waits {
		return nil
	}
	asker, proposed := h.one(d.AgencyID), h.one(d.ProposedID)
	if proposed != 0 && slices.Contains(leads, proposed) {
		return s.lapseDecline(tx, actor, d)
	}
	if asker == d.AgencyID && proposed == d.ProposedID {
		return nil
	}
	return tx.SetDeclineAgencies(d.ID, asker, proposed)
}

// one is who takes over from the agency, or itself.
func (h heirs) one(id int64) int64 {
	if next, ok := h[id]; ok {
		return next
	}
	return id
}

// contributions gives the parts that stand to those that take over; one that leads now, or has a part of its own that stands, needs none
// more. It answers those that are still to be sent.
func (h heirs) contributions(tx AgencyChangeTx, s *Assignments, actor Person, id int64, why ReassignInput) ([]Contribution, error) {
	list, err := tx.Contributions(id)
	if err != nil {
		return nil, err
	}
	slices.Reverse(list) // the oldest first
	stands := make(map[int64]bool)
	for _, c := range list {
		if _, moves := h[c.AgencyID]; !moves && c.State.Standing() {
			stands[c.AgencyID] = true
		}
	}
	var asked []Contribution
	for _, c := range list {
		next, moves := h[c.AgencyID]
		askedFor := h.one(c.AskedFor)
		if !c.State.Standing() || !moves && askedFor == c.AskedFor {
			continue
		}
		if moves && (slices.Contains(why.Leads, next) || stands[next]) {
			c.State, c.ClosedBy, c.ClosedAt, c.Closing = ContributionNotNeeded, actor.ID, s.Now(), why.Reason
			if err := tx.UpdateContribution(c); err != nil {
				return nil, err
			}
			continue
		}
		c.AgencyID, c.AskedFor = h.one(c.AgencyID), askedFor
		if err := tx.SetContributionAgencies(c.ID, c.AgencyID, c.AskedFor); err != nil {
			return nil, err
		}
		stands[c.AgencyID] = true
		if moves && c.State == ContributionAsked {
			asked = append(asked, c)
		}
	}
	return asked, nil
}

// atHead gives what waits for a predecessor's head to the head of the one that takes over, the newest of several; the others are taken
// back. It answers what a head is to be asked.
func (h heirs) atHead(tx AgencyChangeTx, s *Assignments, actor Person, a Assignment) ([]Report, error) {
	reports, err := tx.Reports(a.ID)
	if err != nil {
		return nil, err
	}
	taken := make(map[int64]bool)
	var out []Report
	for _, r := range reports { // the newest first
		if r.Outcome != OutcomeAtHead || !a.LedBy(r.AgencyID) {
			continue
		}
		next, moves := h[r.AgencyID]
		if !moves {
			taken[r.AgencyID] = true
			continue
		}
		if taken[next] {
			r.Outcome, r.DecidedBy, r.DecidedAt = OutcomeWithdrawn, actor.ID, s.Now()
			if err := tx.UpdateReport(r); err != nil {
				return nil, err
			}
			continue
		}
		taken[next] = true
		if err := tx.SetReportAgency(r.ID, next); err != nil {
			return nil, err
		}
		r.AgencyID = next
		out = append(out, r)
	}
	return out, nil
}

// tellInherited tells those that took over, and of others in an assignment with new leads those that stay.
func (s *Assignments) tellInherited(tx AssignmentTx, r Reassignment) error {
	before, after := slices.Concat(r.LeadsBefore, r.CooperatingBefore), slices.Concat(r.LeadsAfter, r.CooperatingAfter)
	occurrence := "r" + strconv.FormatInt(r.ID, 10)
	given := without(after, before)
	for _, id := range r.LeadsAfter {
		if slices.Contains(r.CooperatingBefore, id) {
			given = append(given, id) // from beside to before
		}
	}
	if err := s.tellAgencies(tx, r.AssignmentID, moved{event: EventInherited, occurrence: occurrence, to: given}); err != nil {
		return err
	}
	if slices.Equal(r.LeadsBefore, r.LeadsAfter) {
		return nil
	}
	return s.tellAgencies(tx, r.AssignmentID, moved{event: EventPartners, occurrence: occurrence, to: without(after, given)})
}

// goneOn puts into assignments that stand for who has a duty those that have taken over from agencies that are no more; who would have it
// twice by that has it once.
func goneOn(tx DirectoryReader, list []Assignment, today calendar.Date) ([]Assignment, error) {
	agencies, err := agencyMap(tx)
	if err != nil {
		return nil, err
	}
	h := make(heirs)
	for _, a := range list {
		for _, id := range parties(a) {
			if next := successorOn(agencies, id, today); next != id {
				h[id] = next
			}
		}
	}
	if len(h) == 0 {
		return list, nil
	}
	var out []Assignment
	for _, a := range list {
		before := a
		a.Leads, a.Cooperating = h.parts(before)
		if a.State != StateCancelled && slices.ContainsFunc(out, func(o Assignment) bool {
			return o.State != StateCancelled && sameIDs(o.Leads, a.Leads)
		}) {
			continue
		}
		out = append(out, a)
	}
	return out, nil
}
