package tasks

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// ContributionLine is a cooperating agency's part with what was sent of it, and what the actor may do about it now.
type ContributionLine struct {
	Contribution
	Parts     []ContributionPart // the oldest first
	MaySettle bool
	MayNudge  bool
	// Own tells that the actor sent it himself, so that somebody else must look at it.
	Own bool
}

// ContributionsView is what cooperating agencies contribute to one assignment, as far as the actor may see it: the lead and those who see
// the whole province all of it, a cooperating agency its own.
type ContributionsView struct {
	Setting
	Lines  []ContributionLine // the newest first
	People map[int64]Person
	// Askable are the cooperating agencies that the actor may ask now, Sendable those for which he may send a part now.
	Askable, Sendable []int64
	All               bool // the actor sees the parts of every cooperating agency
}

// Contributions reads the contributions to one assignment. To those whose agencies have no part in it, it does not exist.
func (s *Assignments) Contributions(ctx context.Context, actor Person, id int64) (ContributionsView, error) {
	var v ContributionsView
	err := s.Store.View(ctx, func(tx AssignmentReader) (err error) {
		if v.Setting, err = setting(tx, actor, id); err != nil {
			return err
		}
		if v.Lines, err = s.contributionLines(tx, actor, v.Assignment); err != nil {
			return err
		}
		v.People, err = tx.PeopleByID(contributionPeople(v.Lines))
		return err
	})
	if err != nil {
		return ContributionsView{}, fmt.Errorf("contributions to assignment %d: %w", id, err)
	}
	a := v.Assignment
	v.All = seesParts(actor, a)
	if underWay(a) != nil {
		return v, nil
	}
	for _, agency := range a.Cooperating {
		stands := slices.IndexFunc(v.Lines, func(l ContributionLine) bool { return l.AgencyID == agency && l.State.Standing() })
		if asksParts(actor)(a) && stands < 0 {
			v.Askable = append(v.Askable, agency)
		}
		if actor.CanOn(ActionContributionSend, nil, []int64{agency}) && (stands < 0 || v.Lines[stands].State == ContributionAsked) {
			v.Sendable = append(v.Sendable, agency)
		}
	}
	return v, nil
}

// seesParts tells whether the actor sees what every cooperating agency contributes.
func seesParts(actor Person, a Assignment) bool {
	return actor.Can(ActionAssignmentRead) || actor.CanOn(ActionContributionAsk, a.Leads, nil)
}

// contributionLines reads the parts that the actor may see of an assignment that he may see.
func (s *Assignments) contributionLines(tx AssignmentReader, actor Person, a Assignment) ([]ContributionLine, error) {
	list, err := tx.Contributions(a.ID)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	parts, err := tx.ContributionParts(a.ID)
	if err != nil {
		return nil, err
	}
	files, err := tx.PartFiles(a.ID)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if i := slices.IndexFunc(parts, func(p ContributionPart) bool { return p.ID == f.PartID }); i >= 0 {
			parts[i].Files = append(parts[i].Files, f)
		}
	}
	today := s.Rules.Day(s.Now())
	all, asks, own := seesParts(actor, a), asksParts(actor)(a), actor.AgencyIDs(RoleFocal, RoleHead)
	var lines []ContributionLine
	for _, c := range list {
		if !all && !slices.Contains(own, c.AgencyID) {
			continue
		}
		l := ContributionLine{Contribution: c, Parts: partsOf(parts, c.ID)}
		if asks && c.State.Standing() {
			last, sent := lastPart(l.Parts)
			l.Own = c.State == ContributionSent && sent && actor.Is(last.PersonID)
			l.MaySettle = !l.Own
			l.MayNudge = c.State == ContributionAsked && underWay(a) == nil && !s.Rules.sameWorkingDay(c.NudgedOn, today) && !s.Rules.sameWorkingDay(c.DueSetOn, today)
		}
		lines = append(lines, l)
	}
	return lines, nil
}

func contributionPeople(lines []ContributionLine) []int64 {
	var ids []int64
	for _, l := range lines {
		ids = append(ids, l.AskedBy, l.ClosedBy)
		for _, p := range l.Parts {
			ids = append(ids, p.PersonID)
		}
	}
	slices.Sort(ids)
	return slices.DeleteFunc(slices.Compact(ids), func(id int64) bool { return id == 0 })
}

// AwaitedContribution is a part that an agency is to send, with the line of its duty.
type AwaitedContribution struct {
	Contribution
	Row AssignmentRow
}

// AwaitedContributions lists the parts that an agency of the actor is to send, the earliest day first: at most limit. more tells that there
// are others behind them.
func (s *Assignments) AwaitedContributions(ctx context.Context, actor Person, agency int64, limit int) (list []AwaitedContribution, more bool, err error) {
	if !actor.CanOn(ActionContributionSend, nil, []int64{agency}) {
		return nil, false, E(CodeForbidden, "error.forbidden")
	}
	err = s.Store.View(ctx, func(tx AssignmentReader) error {
		found, err := tx.AwaitedContributions(agency, limit+1)
		if err != nil {
			return err
		}
		if len(found) > limit {
			found, more = found[:limit], true
		}
		ids := make([]int64, len(found))
		for i, c := range found {
			ids[i] = c.AssignmentID
		}
		rows, err := rowsOf(tx, ids)
		if err != nil {
			return err
		}
		for _, c := range found {
			if row, ok := rows[c.AssignmentID]; ok {
				list = append(list, AwaitedContribution{c, row})
			}
		}
		return nil
	})
	if err != nil {
		return nil, false, fmt.Errorf("contributions that agency %d is to send: %w", agency, err)
	}
	return list, more, nil
}

// aboutPart tells whether a row of the trail is about a contribution: that of one cooperating agency is nothing for another.
func aboutPart(e AuditEntry) bool {
	step, ok := strings.CutPrefix(e.Action, "assignment.")
	return ok && strings.HasPrefix(step, "contribution_")
}
