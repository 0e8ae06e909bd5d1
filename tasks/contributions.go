package tasks

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"tiendo/tasks/calendar"
)

// ContributionReader reads cooperating agencies' parts.
type ContributionReader interface {
	// Contributions lists the parts of an assignment, the newest first.
	Contributions(assignmentID int64) ([]Contribution, error)
	// ContributionParts lists what was sent of them and the words by which they were asked for again, the oldest first.
	ContributionParts(assignmentID int64) ([]ContributionPart, error)
	// PartFiles lists the files that went along with them, the oldest first.
	PartFiles(assignmentID int64) ([]ReplyFile, error)
	// AwaitedContributions lists the parts that the agency is to send, on duties that are under way and in which it cooperates: those with
	// the earliest day first, at most limit.
	AwaitedContributions(agencyID int64, limit int) ([]Contribution, error)
}

// ContributionWriter writes them. A second part of an agency that stands on the same assignment is a conflict.
type ContributionWriter interface {
	InsertContribution(c Contribution) (int64, error)
	UpdateContribution(c Contribution) error // all but who was asked by whom for what first
	InsertContributionPart(p ContributionPart) (int64, error)
}

// contributed is what a step about a part leaves in the trail, and of what which agencies are told; event is "" when none are.
type contributed struct {
	step       string
	agency     int64 // for which the actor acted
	values     map[string]any
	event      string
	occurrence string
	to         []int64
}

// contributionStep runs one step about contributions: it authorises, loads, lets fn do what belongs to the step, saves, and writes the
// audit rows and what agencies must be told. The assignment gets a new version, so that of two people one wins.
func (s *Assignments) contributionStep(ctx context.Context, actor Person, id, version int64, may func(a Assignment) bool,
	fn func(tx AssignmentTx, a Assignment, today calendar.Date) ([]contributed, error),
) error {
	err := s.Store.Update(ctx, func(tx AssignmentTx) error {
		a, err := visible(tx, actor, id)
		if err != nil {
			return err
		}
		if !may(a) {
			return E(CodeForbidden, "error.forbidden")
		}
		if version != 0 && a.Version != version {
			return ErrConflict
		}
		now := s.Now()
		steps, err := fn(tx, a, s.Rules.Day(now))
		if err != nil {
			return err
		}
		if err := tx.UpdateAssignment(a); err != nil {
			return err
		}
		for _, c := range steps {
			row := entry(now, actor, "assignment."+c.step, Subject{SubjectAssignment, id})
			row.AgencyID, row.After = c.agency, encode(c.values)
			if _, err := tx.Audit(row); err != nil {
				return err
			}
			if err := s.tellAgencies(tx, id, moved{event: c.event, occurrence: c.occurrence, to: c.to}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("contribution to assignment %d: %w", id, err)
	}
	return nil
}

// asksParts tells whether the actor may ask the assignment's cooperating agencies for their parts.
func asksParts(actor Person) func(Assignment) bool {
	return func(a Assignment) bool { return actor.CanOn(ActionContributionAsk, a.Leads, nil) }
}

// sendsParts tells whether the actor may send the part of a cooperating agency. Whoever leads does not.
func sendsParts(actor Person) func(Assignment) bool {
	return func(a Assignment) bool { return actor.CanOn(ActionContributionSend, nil, a.Cooperating) }
}

// underWay refuses what is about a duty that rests or has ended.
func underWay(a Assignment) error {
	if a.ended() || a.State == StateOnHold {
		return E(CodeConflict, "contribution.not_in_state", "state."+string(a.State))
	}
	return nil
}

// ContributionOccurrence names a round of a part in a notice: "c12.1".
func ContributionOccurrence(c Contribution) string {
	return "c" + strconv.FormatInt(c.ID, 10) + "." + strconv.Itoa(c.Round)
}

// AskContributions asks cooperating agencies for their parts of a duty: what, and by when. An agency whose part stands already is refused.
func (s *Assignments) AskContributions(ctx context.Context, actor Person, id int64, in ContributionRequest) error {
	return s.contributionStep(ctx, actor, id, in.Version, asksParts(actor), func(tx AssignmentTx, a Assignment, today calendar.Date) ([]contributed, error) {
		if err := underWay(a); err != nil {
			return nil, err
		}
		in, err := in.check(a, today)
		if err != nil {
			return nil, err
		}
		list, err := tx.Contributions(a.ID)
		if err != nil {
			return nil, err
		}
		agency := reportsFor(actor, a)
		var steps []contributed
		for _, of := range in.Agencies {
			if slices.ContainsFunc(list, func(c Contribution) bool { return c.AgencyID == of && c.State.Standing() }) {
				return nil, Invalid(FieldError{Field: "agencies", Key: "contribution.stands"})
			}
			c := Contribution{
				AssignmentID: a.ID, AgencyID: of, State: ContributionAsked, Round: 1, AskedBy: actor.ID, AskedFor: agency, AskedAt: s.Now(),
				Words: in.Words, Due: in.Due, DueSetOn: today,
			}
			if c.ID, err = tx.InsertContribution(c); err != nil {
				return nil, err
			}
			steps = append(steps, contributed{
				step: EventContributionAsked, agency: agency, event: EventContributionAsked, occurrence: ContributionOccurrence(c), to: []int64{of},
				values: map[string]any{"contribution": c.ID, "agency": of, "words": c.Words, "until": c.Due.String()},
			})
		}
		return steps, nil
	})
}

// SendContribution sends a cooperating agency's part, be it asked for or not, and tells the lead.
func (s *Assignments) SendContribution(ctx context.Context, actor Person, id int64, in ContributionInput) error {
	in, invalid := in.check()
	kept, err := s.keepReplies(ctx, actor, id, in.Files, func(tx AssignmentReader, a Assignment) error {
		if !sendsParts(actor)(a) {
			return E(CodeForbidden, "error.forbidden")
		}
		if in.Version != 0 && a.Version != in.Version {
			return ErrConflict
		}
		_, _, err := toSend(tx, actor, a, in.AgencyID)
		return cmp.Or(err, invalid)
	})
	if err != nil {
		return fmt.Errorf("contribution to assignment %d: %w", id, err)
	}
	return s.contributionStep(ctx, actor, id, in.Version, sendsParts(actor), func(tx AssignmentTx, a Assignment, _ calendar.Date) ([]contributed, error) {
		c, stands, err := toSend(tx, actor, a, in.AgencyID)
		if err := cmp.Or(err, invalid); err != nil {
			return nil, err
		}
		c.State = ContributionSent
		if stands {
			err = tx.UpdateContribution(c)
		} else {
			c.ID, err = tx.InsertContribution(c)
		}
		if err != nil {
			return nil, err
		}
		p := ContributionPart{ContributionID: c.ID, PersonID: actor.ID, Words: in.Words, Document: in.Document, At: s.Now()}
		if p.ID, err = tx.InsertContributionPart(p); err != nil {
			return nil, err
		}
		values := map[string]any{"contribution": c.ID, "part": p.ID, "words": p.Words, "document": p.Document}
		if len(kept) > 0 {
			values["files"] = fileNames(in.Files)
		}
		return []contributed{{
			step: EventContributionSent, agency: c.AgencyID, event: EventContributionSent, occurrence: ContributionOccurrence(c) + "." + strconv.FormatInt(p.ID, 10),
			to: a.Leads, values: values,
		}}, insertReplyFiles(tx, kept, p.ID, 0)
	})
}

// toSend is the part that the actor may send for the agency, or for his only one when none is named; stands tells that it was asked for.
func toSend(tx AssignmentReader, actor Person, a Assignment, agency int64) (c Contribution, stands bool, err error) {
	if err := underWay(a); err != nil {
		return c, false, err
	}
	if agency == 0 {
		agency = contributesFor(actor, a)
	}
	if !slices.Contains(a.Cooperating, agency) || !actor.CanOn(ActionContributionSend, nil, []int64{agency}) {
		return c, false, E(CodeForbidden, "error.forbidden")
	}
	list, err := tx.Contributions(a.ID)
	if err != nil {
		return c, false, err
	}
	c, stands = standingPart(list, agency)
	switch {
	case !stands:
		return Contribution{AssignmentID: a.ID, AgencyID: agency}, false, nil
	case c.State == ContributionSent:
		return c, true, E(CodeConflict, "contribution.sent_already")
	}
	return c, true, nil
}

// contributesFor is the cooperating agency for which the person speaks; with several the first.
func contributesFor(actor Person, a Assignment) int64 {
	for _, id := range a.Cooperating {
		if slices.Contains(actor.AgencyIDs(RoleFocal, RoleHead), id) {
			return id
		}
	}
	return 0
}

// standingPart is the part of the agency that somebody still has to do something about; ok is false when there is none.
func standingPart(list []Contribution, agency int64) (c Contribution, ok bool) {
	i := slices.IndexFunc(list, func(c Contribution) bool { return c.AgencyID == agency && c.State.Standing() })
	if i < 0 {
		return Contribution{}, false
	}
	return list[i], true
}

func contributionOf(tx AssignmentReader, a Assignment, id int64) (Contribution, error) {
	list, err := tx.Contributions(a.ID)
	if err != nil {
		return Contribution{}, err
	}
	i := slices.IndexFunc(list, func(c Contribution) bool { return c.ID == id })
	if i < 0 {
		return Contribution{}, ErrNotFound
	}
	return list[i], nil
}

// SettleContribution accepts a part that was sent, asks for it again, or says that none is needed any more. Nobody accepts what he sent
// himself.
func (s *Assignments) SettleContribution(ctx context.Context, actor Person, id, contribution int64, in ContributionSettlement) error {
	return s.contributionStep(ctx, actor, id, in.Version, asksParts(actor), func(tx AssignmentTx, a Assignment, today calendar.Date) ([]contributed, error) {
		c, err := contributionOf(tx, a, contribution)
		if err != nil {
			return nil, err
		}
		if !c.State.Standing() || in.Outcome != ContributionDrop && c.State != ContributionSent {
			return nil, E(CodeConflict, "contribution.settled", "contribution_state."+string(c.State))
		}
		if own, err := ownPart(tx, actor, c); err != nil {
			return nil, err
		} else if own {
			return nil, E(CodeForbidden, "contribution.own")
		}
		in, err := in.check(a, today)
		if err != nil {
			return nil, err
		}
		step := contributed{agency: reportsFor(actor, a), values: map[string]any{"contribution": c.ID, "agency": c.AgencyID, "words": in.Words}}
		now := s.Now()
		switch in.Outcome {
		case ContributionAskAgain:
			if err := underWay(a); err != nil {
				return nil, err
			}
			again := ContributionPart{ContributionID: c.ID, Again: true, PersonID: actor.ID, Words: in.Words, Due: in.Due, At: now}
			if _, err := tx.InsertContributionPart(again); err != nil {
				return nil, err
			}
			c.State, c.Due, c.DueSetOn = ContributionAsked, in.Due, today
			c.Round++
			step.step, step.event, step.occurrence, step.to = EventContributionAgain, EventContributionAgain, ContributionOccurrence(c), []int64{c.AgencyID}
			step.values["until"] = c.Due.String()
		case ContributionAccept:
			c.State, step.step = ContributionAccepted, "contribution_accepted"
		default:
			c.State, step.step = ContributionNotNeeded, "contribution_not_needed"
		}
		if !c.State.Standing() {
			c.ClosedBy, c.ClosedAt, c.Closing = actor.ID, now, in.Words
		}
		return []contributed{step}, tx.UpdateContribution(c)
	})
}

// ownPart tells whether the newest that was sent of the part is the actor's own.
func ownPart(tx AssignmentReader, actor Person, c Contribution) (bool, error) {
	if c.State != ContributionSent || actor.IsSystem() {
		return false, nil
	}
	parts, err := tx.ContributionParts(c.AssignmentID)
	last, ok := lastPart(partsOf(parts, c.ID))
	if err != nil || !ok || actor.Is(last.PersonID) {
		return ok && err == nil, err
	}
	return representedOn(tx, actor, c.AssignmentID)
}

func partsOf(list []ContributionPart, contribution int64) []ContributionPart {
	var out []ContributionPart
	for _, p := range list {
		if p.ContributionID == contribution {
			out = append(out, p)
		}
	}
	return out
}

// NudgeContribution reminds an agency by mail of the part that it is to send, once a working day at most.
func (s *Assignments) NudgeContribution(ctx context.Context, actor Person, id, contribution, version int64) error {
	return s.contributionStep(ctx, actor, id, version, asksParts(actor), func(tx AssignmentTx, a Assignment, today calendar.Date) ([]contributed, error) {
		c, err := contributionOf(tx, a, contribution)
		if err != nil {
			return nil, err
		}
		if err := underWay(a); err != nil {
			return nil, err
		}
		if c.State != ContributionAsked {
			return nil, E(CodeConflict, "contribution.settled", "contribution_state."+string(c.State))
		}
		if s.Rules.sameWorkingDay(c.NudgedOn, today) || s.Rules.sameWorkingDay(c.DueSetOn, today) {
			return nil, E(CodeConflict, "contribution.nudged_already")
		}
		c.NudgedOn = today
		return []contributed{{
			step: EventContributionNudged, agency: reportsFor(actor, a), event: EventContributionNudged,
			occurrence: ContributionOccurrence(c) + "." + today.String(), to: []int64{c.AgencyID},
			values: map[string]any{"contribution": c.ID, "agency": c.AgencyID},
		}}, tx.UpdateContribution(c)
	})
}

// sameWorkingDay tells whether no working day has begun since the day; on a day off it is still the working day before.
func (r Rules) sameWorkingDay(day, today calendar.Date) bool {
	return !day.IsZero() && !day.Before(r.Calendar.OnOrBefore(today))
}
