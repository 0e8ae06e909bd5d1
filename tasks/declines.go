package tasks

import (
	"context"
	"fmt"
	"strconv"
)

// Decline asks that another agency should lead a duty that is still owed. One request waits at a time; the clock runs on.
func (s *Assignments) Decline(ctx context.Context, actor Person, id int64, in DeclineInput) error {
	return s.decree(ctx, actor, id, in.Version, ActionDecline, StepDecline, func(tx AssignmentTx, a *Assignment) (moved, error) {
		agency := reportsFor(actor, *a)
		if agency == 0 {
			return moved{}, E(CodeForbidden, "error.forbidden")
		}
		if !a.State.Open() {
			return moved{}, notNow(StepDecline, *a)
		}
		list, err := tx.Declines(a.ID)
		if err != nil {
			return moved{}, err
		}
		if _, waits := waitingDecline(list); waits {
			return moved{}, E(CodeConflict, "decline.one_waits")
		}
		agencies, err := agencyMap(tx)
		if err != nil {
			return moved{}, err
		}
		now := s.Now()
		var f fields
		in.Reason = f.text("reason", in.Reason, true, MaxReasonText)
		in.Document = f.line("document", in.Document, false, MaxDocumentNumber)
		proposed, known := agencies[in.Proposed]
		switch {
		case in.Proposed == 0:
		case !known || !proposed.ValidOn(s.Rules.Day(now).String()):
			f.add("proposed", "reassign.gone", proposed.Name)
		case a.LedBy(in.Proposed):
			f.add("proposed", "decline.leads_already")
		}
		if err := f.err(); err != nil {
			return moved{}, err
		}
		d := Decline{
			AssignmentID: a.ID, AgencyID: agency, PersonID: actor.ID, ProposedID: in.Proposed, Reason: in.Reason, Document: in.Document, At: now,
		}
		if d.ID, err = tx.InsertDecline(d); err != nil {
			return moved{}, err
		}
		return moved{agencyID: agency, after: map[string]any{
			"decline": d.ID, "reason": d.Reason, "document": d.Document, "proposed": d.ProposedID,
		}}, nil
	})
}

func notNow(step Step, a Assignment) error {
	return E(CodeConflict, "assignment.step_not_allowed", "step."+string(step), "state."+string(a.State))
}

// WithdrawDecline takes back the request that waits. Anyone who may ask for the lead may take it back.
func (s *Assignments) WithdrawDecline(ctx context.Context, actor Person, id, version int64) error {
	return s.decree(ctx, actor, id, version, ActionDecline, StepDeclineWithdraw, func(tx AssignmentTx, a *Assignment) (moved, error) {
		d, err := declined(tx, a.ID)
		if err != nil {
			return moved{}, err
		}
		d.Outcome, d.DecidedBy, d.DecidedAt = DeclineWithdrawn, actor.ID, s.Now()
		return moved{agencyID: reportsFor(actor, *a), after: map[string]any{"decline": d.ID}}, tx.UpdateDecline(d)
	})
}

func declined(tx AssignmentReader, id int64) (Decline, error) {
	list, err := tx.Declines(id)
	if err != nil {
		return Decline{}, err
	}
	d, ok := waitingDecline(list)
	if !ok {
		return Decline{}, E(CodeConflict, "decline.none_waits")
	}
	return d, nil
}

// Insist refuses the request that waits, with a reason: the duty stays where it is. Whose word that is goes as with extensions: the
// secretariat names the leader where he decides.
func (s *Assignments) Insist(ctx context.Context, actor Person, id int64, in PauseInput) error {
	return s.decree(ctx, actor, id, in.Version, ActionReassign, StepInsist, func(tx AssignmentTx, a *Assignment) (moved, error) {
		if a.ended() {
			return moved{}, notNow(StepInsist, *a)
		}
		d, err := declined(tx, a.ID)
		if err != nil {
			return moved{}, err
		}
		if err := notConcerned(tx, actor, a.ID); err != nil {
			return moved{}, err
		}
		doc, err := tx.PeekDocument(a.DocumentID)
		if err != nil {
			return moved{}, err
		}
		in, f := in.check(s.needsAuthority(actor, doc))
		if err := f.err(); err != nil {
			return moved{}, err
		}
		d.Outcome, d.DecidedBy, d.DecidedAt = DeclineInsisted, actor.ID, s.Now()
		d.Authority, d.Decision, d.Answer = in.Authority, in.Document, in.Reason
		after := pauseValues(in)
		after["decline"] = d.ID
		return moved{after: after, event: EventDeclineRefused, occurrence: "d" + strconv.FormatInt(d.ID, 10), to: a.Leads}, tx.UpdateDecline(d)
	})
}

// lapseDecline ends a request on which nobody decides any more, with an audit row of its own.
func (s *Assignments) lapseDecline(tx AssignmentTx, actor Person, d Decline) error {
	now := s.Now()
	d.Outcome, d.DecidedBy, d.DecidedAt = DeclineLapsed, actor.ID, now
	if err := tx.UpdateDecline(d); err != nil {
		return err
	}
	_, err := tx.Audit(entry(now, actor, "assignment.decline_lapsed", Subject{SubjectAssignment, d.AssignmentID}).
		with(nil, map[string]any{"decline": d.ID}))
	return err
}

// WaitingDecline is a request that waits for a decision, with the line of its duty.
type WaitingDecline struct {
	Decline
	Row AssignmentRow
}

// WaitingDeclines lists the requests to give a duty to another lead that are put before the actor, the oldest first: at most limit, behind
// the one with the identifier after; more tells that there are others behind them. The inbox and the week's page list them beside the
// requests for later deadlines; as there (WaitingExtensions), a leader may decide on all, but is asked only about those that are his.
func (s *Assignments) WaitingDeclines(ctx context.Context, actor Person, after int64, limit int) (list []WaitingDecline, more bool, err error) {
	if err := may(actor, ActionReassign); err != nil {
		return nil, false, err
	}
	err = s.Store.View(ctx, func(tx AssignmentReader) error {
		list, more = nil, false
		for {
			page, err := tx.WaitingDeclines(after, limit+1)
			if err != nil {
				return err
			}
			ids := make([]int64, len(page))
			for i, d := range page {
				ids[i] = d.AssignmentID
			}
			rows, err := rowsOf(tx, ids)
			if err != nil {
				return err
			}
			for _, d := range page {
				after = d.ID
				row := rows[d.AssignmentID]
				if !s.decides(actor, row.DocumentKind) {
					continue
				}
				if more = len(list) == limit; more {
					return nil
				}
				list = append(list, WaitingDecline{d, row})
			}
			if len(page) <= limit {
				return nil
			}
		}
	})
	if err != nil {
		return nil, false, fmt.Errorf("waiting requests for another lead: %w", err)
	}
	return list, more, nil
}
