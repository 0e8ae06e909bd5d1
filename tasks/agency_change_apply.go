package tasks

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tiendo/tasks/calendar"
)

// carryOut does all that a change does, in the transaction that the caller holds, and keeps the change as applied.
func (s *AgencyChanges) carryOut(tx AgencyChangeTx, actor Person, c AgencyChange) error {
	now := s.Duties.Now()
	successors, err := s.found(tx, actor, &c)
	if err != nil {
		return err
	}
	p, err := plan(tx, c, successors)
	if err != nil {
		return err
	}
	agencies, err := agencyMap(tx)
	if err != nil {
		return err
	}
	var names []string
	for _, id := range successors {
		names = append(names, agencies[id].Name)
	}
	for i, id := range c.Predecessors {
		a := agencies[id]
		before := a
		a.To, a.SuccessorID = c.lastDay(), successors[0]
		if err := tx.UpdateAgency(a); err != nil {
			return err
		}
		after := map[string]any{"to": a.To, "successor": strings.Join(names, ", "), "document": c.Document, "reason": c.Reason}
		if i == 0 {
			after["duties"] = p.counts.Led + p.counts.Cooperating
		}
		row := entry(now, actor, "agency."+string(c.Kind), Subject{SubjectAgency, id})
		if _, err := tx.Audit(row.with(map[string]any{"to": before.To}, after)); err != nil {
			return err
		}
	}
	for _, step := range []func() error{
		func() error { return s.takeOver(tx, actor, c, p.takeovers) },
		func() error { return s.rewriteDrafts(tx, actor, c, p.drafts) },
		func() error { return s.joinGroups(tx, actor, p.groups) },
		func() error { return s.giveRights(tx, actor, p.people) },
		func() error { return s.askInstead(tx, actor, c, p.opinions) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	for _, a := range p.aliases {
		if err := addAlias(tx, now, actor, a); err != nil {
			return err
		}
	}
	if p.mailbox != nil {
		if err := tx.SetMailbox(*p.mailbox); err != nil {
			return err
		}
		row := entry(now, actor, "agency.mailbox_set", Subject{SubjectAgency, p.mailbox.AgencyID})
		if _, err := tx.Audit(row.with(nil, map[string]any{"email": p.mailbox.Address, "document": c.Document})); err != nil {
			return err
		}
	}
	c.State, c.AppliedAt, c.Moved = ChangeApplied, now, p.counts
	return tx.UpdateAgencyChange(c)
}

// found makes the agencies that the change founds and answers all that take over, in their order. A code that was taken meanwhile gets a
// number behind it: what was confirmed is carried out.
func (s *AgencyChanges) found(tx AgencyChangeTx, actor Person, c *AgencyChange) ([]int64, error) {
	agencies, err := tx.Agencies()
	if err != nil {
		return nil, err
	}
	c.Successors = slices.Clone(c.Successors)
	ids := make([]int64, len(c.Successors))
	for i, x := range c.Successors {
		if x.AgencyID == 0 {
			a := Agency{Code: freeCode(agencies, x.Code), Name: x.Name, ShortName: x.ShortName, Kind: x.Kind, From: c.dueDay(), Version: 1}
			if a.ID, err = tx.InsertAgency(a); err != nil {
				return nil, err
			}
			agencies = append(agencies, a)
			row := entry(s.Duties.Now(), actor, "agency.added", Subject{SubjectAgency, a.ID})
			if _, err := tx.Audit(row.with(nil, a)); err != nil {
				return nil, err
			}
			asks, err := tx.HeadApproves(c.Predecessors[0])
			if err != nil {
				return nil, err
			}
			if asks {
				if err := tx.SetHeadApproves(a.ID, true); err != nil {
					return nil, err
				}
			}
			c.Successors[i].AgencyID, c.Successors[i].Code = a.ID, a.Code
		}
		ids[i] = c.Successors[i].AgencyID
	}
	return ids, nil
}

// freeCode is the code, with a number behind it when another agency has it.
func freeCode(agencies []Agency, code string) string {
	free := code
	for n := 2; slices.ContainsFunc(agencies, func(a Agency) bool { return strings.EqualFold(a.Code, free) }); n++ {
		free = code + "-" + strconv.Itoa(n)
	}
	return free
}

// takeOver moves the assignments, or takes those back that are folded into another.
func (s *AgencyChanges) takeOver(tx AgencyChangeTx, actor Person, c AgencyChange, list []takeover) error {
	for _, t := range list {
		if t.folded == 0 {
			why := ReassignInput{Reason: c.Reason, Document: c.Document}
			if _, err := s.Duties.inherit(tx, actor, t.a.ID, t.heirs, why); err != nil {
				return fmt.Errorf("take over assignment %d: %w", t.a.ID, err)
			}
			continue
		}
		a, err := tx.Assignment(t.a.ID)
		if err != nil {
			return err
		}
		if a.ended() {
			continue
		}
		before := a
		m, err := s.Duties.stop(tx, actor, &a, PauseInput{Reason: c.Reason, Document: c.Document}, StepCancel, PauseCancel, "")
		if err != nil {
			return fmt.Errorf("fold assignment %d: %w", t.a.ID, err)
		}
		m.after["folded_into"] = t.folded
		if err := s.Duties.settle(tx, actor, before, a, StepCancel, m); err != nil {
			return err
		}
	}
	return nil
}

func (s *AgencyChanges) rewriteDrafts(tx AgencyChangeTx, actor Person, c AgencyChange, drafts []Draft) error {
	changed := make(map[int64]int)
	var documents []int64
	for _, d := range drafts {
		if err := tx.UpdateDraft(d); err != nil {
			return err
		}
		if changed[d.DocumentID]++; changed[d.DocumentID] == 1 {
			documents = append(documents, d.DocumentID)
		}
	}
	for _, id := range documents {
		row := entry(s.Duties.Now(), actor, "document.parties_inherited", Subject{SubjectDocument, id})
		if _, err := tx.Audit(row.with(nil, map[string]any{"duties": changed[id], "document": c.Document, "reason": c.Reason})); err != nil {
			return err
		}
	}
	return nil
}

func (s *AgencyChanges) joinGroups(tx AgencyChangeTx, actor Person, groups []Group) error {
	if len(groups) == 0 {
		return nil
	}
	stored, err := tx.Groups()
	if err != nil {
		return err
	}
	for _, g := range groups {
		before := stored[slices.IndexFunc(stored, func(o Group) bool { return o.ID == g.ID })]
		if err := tx.UpdateGroup(g); err != nil {
			return err
		}
		if _, err := tx.Audit(entry(s.Duties.Now(), actor, "group.changed", Subject{SubjectGroup, g.ID}).with(before, g)); err != nil {
			return err
		}
	}
	return nil
}

func (s *AgencyChanges) giveRights(tx AgencyChangeTx, actor Person, people []Person) error {
	for _, p := range people {
		before, err := tx.Person(p.ID)
		if err != nil {
			return err
		}
		after := before
		after.Grants = p.Grants
		after.Epoch++
		if err := tx.UpdatePerson(after); err != nil {
			return err
		}
		row := entry(s.Duties.Now(), actor, "person.changed", Subject{SubjectPerson, p.ID})
		if _, err := tx.Audit(row.with(personValues(before), personValues(after))); err != nil {
			return err
		}
	}
	return nil
}

// askInstead asks those that take over for the opinions that are still to be given.
func (s *AgencyChanges) askInstead(tx AgencyChangeTx, actor Person, c AgencyChange, opinions []awaitedOpinion) error {
	now := s.Duties.Now()
	today := s.Duties.Rules.Day(now)
	for _, o := range opinions {
		if err := tx.DropAskedAgency(o.consultation, o.predecessor); errors.Is(err, ErrNotFound) {
			continue // it was begun meanwhile
		} else if err != nil {
			return err
		}
		if err := tx.NameInItems(o.consultation, o.predecessor, c.Successors[0].AgencyID); err != nil {
			return err
		}
		after := map[string]any{"reason": c.Reason, "document": c.Document}
		if o.successor != 0 {
			if err := tx.AddAskedAgencies(o.consultation, []int64{o.successor}, today, c.Reason); err != nil {
				return err
			}
			for _, role := range []Role{RoleFocal, RoleHead} {
				err := tx.AddNotice(Notice{
					Kind: NoticeConsultation, Event: EventConsultationAsked, Subject: Subject{SubjectConsultation, o.consultation}, AgencyID: o.successor,
					Role: role, Occurrence: EventConsultationAsked, Day: today, At: now,
				})
				if err != nil {
					return err
				}
			}
			after["agency"] = o.successor
		}
		row := entry(now, actor, "consultation.inherited", Subject{SubjectConsultation, o.consultation})
		if _, err := tx.Audit(row.with(map[string]any{"agency": o.predecessor}, after)); err != nil {
			return err
		}
	}
	return nil
}

// CarryOut carries out the changes whose day has come, and gives to those that took over what their predecessors have got since: a duty
// that was reopened, or that a directory's entry by hand left behind. It answers how many changes it carried out. The scheduler runs it
// each day; of several that do one does it. A change that fails keeps no other from being carried out, and is tried again the next time. One
// that the directory has overtaken since it was confirmed stays planned, which is no error: see Stuck.
func (s *AgencyChanges) CarryOut(ctx context.Context) (int, error) {
	today := s.Duties.Rules.Day(s.Duties.Now())
	var ids []int64
	if err := s.Store.View(ctx, func(tx AgencyChangeReader) (err error) {
		ids, err = tx.PlannedChanges(today)
		return err
	}); err != nil {
		return 0, fmt.Errorf("planned changes of agencies: %w", err)
	}
	done := 0
	var errs []error
	for _, id := range ids {
		carried := false
		var err error
		for range 3 { // somebody may write at this moment what it changes too
			err = s.Store.Update(ctx, func(tx AgencyChangeTx) error {
				carried = false
				c, err := tx.AgencyChange(id)
				if err != nil || c.State != ChangePlanned || c.Day.After(today) {
					return err
				}
				if obstacle, err := c.obstacle(tx, today); err != nil || obstacle != nil {
					return err
				}
				carried = true
				return s.carryOut(tx, System, c)
			})
			if !errors.Is(err, ErrConflict) {
				break
			}
		}
		if err == nil && carried {
			done++
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("carry out change of agencies %d: %w", id, err))
		}
	}
	if err := s.sweep(ctx, today); err != nil {
		errs = append(errs, fmt.Errorf("what predecessors have left: %w", err))
	}
	return done, errors.Join(errs...)
}

// sweep moves what has not ended and belongs to agencies that are no more to those that the directory names as taking over.
func (s *AgencyChanges) sweep(ctx context.Context, today calendar.Date) error {
	var list []Assignment
	h := make(heirs)
	var changes []AgencyChange
	if err := s.Store.View(ctx, func(tx AgencyChangeReader) error {
		agencies, err := agencyMap(tx)
		if err != nil {
			return err
		}
		var gone []int64
		for id := range agencies {
			if next := successorOn(agencies, id, today); next != id {
				h[id] = next
				gone = append(gone, id)
			}
		}
		slices.Sort(gone)
		if list, err = tx.UnendedOf(gone); err != nil || len(list) == 0 {
			return err
		}
		changes, err = tx.AgencyChanges(ChangeApplied)
		return err
	}); err != nil {
		return err
	}
	for _, a := range list {
		var why ReassignInput
		for _, c := range changes {
			if a.HasPart(c.Predecessors...) {
				why.Reason, why.Document = c.Reason, c.Document
				break
			}
		}
		err := s.Store.Update(ctx, func(tx AgencyChangeTx) error {
			_, err := s.Duties.inherit(tx, System, a.ID, h, why)
			return err
		})
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
	}
	return nil
}

// successorOn is who has taken over from the agency by the day: itself as long as it exists, or when nobody did that exists.
func successorOn(agencies map[int64]Agency, id int64, day calendar.Date) int64 {
	at := agencies[id]
	for steps := 0; at.To != "" && at.To < day.String() && at.SuccessorID != 0 && steps <= len(agencies); steps++ {
		at = agencies[at.SuccessorID]
	}
	if !at.ValidOn(day.String()) {
		return id
	}
	return at.ID
}
