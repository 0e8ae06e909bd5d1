package tasks

import (
	"context"
	"fmt"
	"slices"

	"tiendo/tasks/calendar"
)

// LifeView is one assignment with who has had it, and when it rested or was taken back; and what the actor may do about that now.
type LifeView struct {
	Setting
	Pauses        []Pause        // the newest first
	Declines      []Decline      // the newest first
	Reassignments []Reassignment // the newest first
	Former        []FormerLead
	People        map[int64]Person
	// Proposed is the deadline moved by the days on hold; zero when it does not rest or has none.
	Proposed calendar.Date

	MayHold, MayResume, MayCancel, MayRestore bool

	MayDecline, MayWithdraw, MayReassign, MayInsist bool
	// Own tells that he reported on it or asked something about it himself, so that somebody else must decide.
	Own bool
	// NeedsAuthority tells that he can only record a leader's word.
	NeedsAuthority bool
}

// Waiting is the request for another lead that waits for a decision; ok is false when there is none.
func (v LifeView) Waiting() (Decline, bool) { return pendingDecline(v.Assignment, v.Declines) }

// Lasting is the pause of the duty's state; ok is false when there is none.
func (v LifeView) Lasting() (Pause, bool) { return lasting(v.Assignment, v.Pauses) }

// pendingDecline is the request on which somebody can still decide; ok is false when there is none.
func pendingDecline(a Assignment, list []Decline) (Decline, bool) {
	if a.ended() {
		return Decline{}, false
	}
	return waitingDecline(list)
}

// Life reads who has had an assignment and when it rested. To those whose agencies have no part in it, it does not exist.
func (s *Assignments) Life(ctx context.Context, actor Person, id int64) (LifeView, error) {
	var v LifeView
	err := s.Store.View(ctx, func(tx AssignmentReader) (err error) {
		if v.Setting, err = setting(tx, actor, id); err != nil {
			return err
		}
		if v.Pauses, err = tx.Pauses(id); err != nil {
			return err
		}
		if v.Declines, err = tx.Declines(id); err != nil {
			return err
		}
		if v.Reassignments, err = tx.Reassignments(id); err != nil {
			return err
		}
		if v.Former, err = tx.FormerLeads(id); err != nil {
			return err
		}
		if v.Own, err = concerned(tx, actor, id); err != nil {
			return err
		}
		v.People, err = tx.PeopleByID(v.people())
		return err
	})
	if err != nil {
		return LifeView{}, fmt.Errorf("life of assignment %d: %w", id, err)
	}
	a := v.Assignment
	may := func(action Action) bool { return actor.CanOn(action, a.Leads, a.Cooperating) }
	last, lasts := v.Lasting()
	if pause := may(ActionPause); pause {
		v.MayHold, v.MayCancel = a.State.Open(), !a.ended()
		v.MayResume = a.State == StateOnHold && lasts
		v.MayRestore = a.State == StateCancelled && lasts && v.Document.State == DocumentIssued
	}
	if v.MayResume {
		// A deadline that was decided while it rested reckons with the days before that.
		since := last.Since
		if a.DueSetOn.After(since) {
			since = a.DueSetOn
		}
		v.Proposed = s.Rules.ProposedDue(a.Due, since, s.Rules.Day(s.Now()))
	}
	_, waits := v.Waiting()
	asks := may(ActionDecline) && reportsFor(actor, a) != 0
	v.MayDecline, v.MayWithdraw = asks && a.State.Open() && !waits, asks && waits
	v.MayReassign, v.MayInsist = may(ActionReassign) && a.State.Open(), may(ActionReassign) && waits
	v.NeedsAuthority = s.needsAuthority(actor, v.Document)
	return v, nil
}

func (v LifeView) people() []int64 {
	var ids []int64
	add := func(id int64) {
		if id != 0 && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, p := range v.Pauses {
		add(p.PersonID)
		add(p.Lifted.PersonID)
	}
	for _, d := range v.Declines {
		add(d.PersonID)
		add(d.DecidedBy)
	}
	for _, r := range v.Reassignments {
		add(r.PersonID)
	}
	return ids
}
