package tasks

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"tiendo/tasks/calendar"
)

// The events of a head's approval: he is asked, and the focal point is told that the report came back.
const (
	EventApprovalAsked   = "approval_asked"
	EventApprovalRefused = "approval_refused"
)

// ApprovalReader reads reports of completion that wait for the approval of an agency's head before they go.
type ApprovalReader interface {
	// ReportsAtHead lists what waits for the heads of an agency on duties that it leads and still owes, the oldest first and without its
	// evidence.
	ReportsAtHead(agencyID int64, limit int) ([]Report, error)
}

// asksHead tells whether a submission of the actor for the agency has to be approved by its head. A head needs no approval, and an agency
// without an active head goes without.
func asksHead(tx AssignmentReader, actor Person, agencyID int64) (bool, error) {
	if actor.reportsAsHead(agencyID) {
		return false, nil
	}
	asks, err := tx.HeadApproves(agencyID)
	if err != nil || !asks {
		return false, err
	}
	return tx.HasHead(agencyID)
}

// atHead is what waits for the approval of the head of one of the agencies, as long as that leads the duty; ok is false when nothing does.
func atHead(a Assignment, reports []Report, agencies []int64) (Report, bool) {
	i := slices.IndexFunc(reports, func(r Report) bool {
		return r.Outcome == OutcomeAtHead && slices.Contains(a.Leads, r.AgencyID) && slices.Contains(agencies, r.AgencyID)
	})
	if i < 0 {
		return Report{}, false
	}
	return reports[i], true
}

// AtHead is the report that waits for the head of an agency of the actor; ok is false when none does.
func (v AssignmentView) AtHead(actor Person) (Report, bool) {
	return atHead(v.Assignment, v.Reports, actor.AgencyIDs(RoleFocal, RoleHead))
}

// askHead turns a submission into a report that waits for the head: the duty stays as it is, and its clock runs.
func (s *Assignments) askHead(tx AssignmentTx, a *Assignment, r *Report) error {
	stored, err := tx.Assignment(a.ID)
	if err != nil {
		return err
	}
	*a = stored
	r.Outcome = OutcomeAtHead
	return nil
}

func (s *Assignments) tellHead(tx AssignmentTx, r Report, times string) error {
	now := s.Now()
	return tx.AddNotice(Notice{
		Kind: NoticeEvent, Event: EventApprovalAsked, Subject: Subject{SubjectAssignment, r.AssignmentID}, AgencyID: r.AgencyID, Role: RoleHead,
		Occurrence: "h" + strconv.FormatInt(r.ID, 10) + times, Day: s.Rules.Day(now), At: now,
	})
}

// noneAtHead refuses a second submission while one waits for the head.
func noneAtHead(tx AssignmentReader, a Assignment, agencyID int64) error {
	reports, err := tx.Reports(a.ID)
	if err != nil {
		return err
	}
	if _, waits := atHead(a, reports, []int64{agencyID}); waits {
		return E(CodeConflict, "approval.one_waits")
	}
	return nil
}

// waitsAtHead is what waits for the approval of one of the agencies' heads.
func waitsAtHead(tx AssignmentReader, a Assignment, agencies []int64) (Report, error) {
	reports, err := tx.Reports(a.ID)
	if err != nil {
		return Report{}, err
	}
	r, ok := atHead(a, reports, agencies)
	if !ok {
		return Report{}, E(CodeConflict, "approval.none_waits")
	}
	return r, nil
}

// submittedOn is the day on which a submission reached the secretariat: that of its approval, where a head had to let it go.
func (s *Assignments) submittedOn(r Report) calendar.Date {
	if r.ApprovedAt.IsZero() {
		return r.On
	}
	return s.Rules.Day(r.ApprovedAt)
}

// Approve lets a report of completion go to the secretariat. The day of the approval is the day of submission.
func (s *Assignments) Approve(ctx context.Context, actor Person, id, version int64) error {
	return s.step(ctx, actor, id, version, ActionApprove, StepSubmit, func(tx AssignmentTx, a *Assignment) (AuditEntry, error) {
		r, err := waitsAtHead(tx, *a, actor.AgencyIDs(RoleHead))
		if err != nil {
			return AuditEntry{}, err
		}
		if !actor.MayApprove(r) {
			return AuditEntry{}, E(CodeForbidden, "assignment.own_report")
		}
		now := s.Now()
		r.Outcome, r.ApprovedBy, r.ApprovedAt = "", actor.ID, now
		a.Percent, a.SubmittedOn = r.Percent, s.Rules.Day(now)
		given := r
		given.On = a.SubmittedOn
		if err := answerCadence(tx, *a, given); err != nil {
			return AuditEntry{}, err
		}
		e := AuditEntry{Action: "assignment.approval_given"}
		if s.unconfirmed(a, &r, append(actor.selves(), r.PersonID)...) {
			e.Action = "assignment.approval_given_final"
			if err := tx.DeleteCadenceNotes(a.ID); err != nil {
				return AuditEntry{}, err
			}
		}
		if err := tx.UpdateReport(r); err != nil {
			return AuditEntry{}, err
		}
		e.AgencyID = r.AgencyID
		return e.with(nil, map[string]any{"report": r.ID, "person": r.PersonID}), keepEvidenceState(tx, a)
	})
}

// RefuseApproval sends a report back to the focal point with a reason, within the agency.
func (s *Assignments) RefuseApproval(ctx context.Context, actor Person, id, version int64, reason string) error {
	reason, invalid := checkReason(reason)
	return s.decree(ctx, actor, id, version, ActionApprove, "approval_refused", func(tx AssignmentTx, a *Assignment) (moved, error) {
		r, err := waitsAtHead(tx, *a, actor.AgencyIDs(RoleHead))
		if err != nil {
			return moved{}, err
		}
		if !actor.MayApprove(r) {
			return moved{}, E(CodeForbidden, "assignment.own_report")
		}
		if invalid != nil {
			return moved{}, invalid
		}
		r.Outcome, r.DecidedBy, r.DecidedAt, r.Reason = OutcomeSentBack, actor.ID, s.Now(), reason
		m := moved{agencyID: r.AgencyID, after: map[string]any{"report": r.ID, "head_reason": reason}}
		if !a.ended() {
			m.event, m.occurrence, m.to = EventApprovalRefused, "h"+strconv.FormatInt(r.ID, 10), []int64{r.AgencyID}
		}
		return m, tx.UpdateReport(r)
	})
}

// WithdrawApproval takes back what waits for the head.
func (s *Assignments) WithdrawApproval(ctx context.Context, actor Person, id, version int64) error {
	return s.decree(ctx, actor, id, version, ActionReport, "approval_withdrawn", func(tx AssignmentTx, a *Assignment) (moved, error) {
		r, err := waitsAtHead(tx, *a, actor.AgencyIDs(RoleFocal, RoleHead))
		if err != nil {
			return moved{}, err
		}
		r.Outcome, r.DecidedBy, r.DecidedAt = OutcomeLapsed, actor.ID, s.Now() // what it says never left the agency
		return moved{agencyID: r.AgencyID, after: map[string]any{"report": r.ID}}, tx.UpdateReport(r)
	})
}

// lapseApprovals ends what waits for the heads of agencies that lead the duty no more, each with an audit row of its own: leading it again,
// they report anew.
func (s *Assignments) lapseApprovals(tx AssignmentTx, actor Person, id int64, gone []int64) error {
	reports, err := tx.Reports(id)
	if err != nil {
		return err
	}
	now := s.Now()
	for _, r := range reports {
		if r.Outcome != OutcomeAtHead || !slices.Contains(gone, r.AgencyID) {
			continue
		}
		r.Outcome, r.DecidedBy, r.DecidedAt = OutcomeLapsed, actor.ID, now
		if err := tx.UpdateReport(r); err != nil {
			return err
		}
		row := entry(now, actor, "assignment.approval_lapsed", Subject{SubjectAssignment, id})
		if _, err := tx.Audit(row.with(nil, map[string]any{"report": r.ID, "agency": r.AgencyID})); err != nil {
			return err
		}
	}
	return nil
}

// tellHeadsAgain tells heads once more of what waits for them on a duty that goes on: what they were still to be told ended with it. times
// tells one such time from another.
func (s *Assignments) tellHeadsAgain(tx AssignmentTx, a Assignment, times string) error {
	reports, err := tx.Reports(a.ID)
	if err != nil {
		return err
	}
	for _, r := range reports {
		if r.Outcome == OutcomeAtHead && a.State.Open() && a.LedBy(r.AgencyID) {
			if err := s.tellHead(tx, r, ":"+times); err != nil {
				return err
			}
		}
	}
	return nil
}

// WaitingApproval is a report that waits for a head, with the line of its duty.
type WaitingApproval struct {
	Report
	Row AssignmentRow
}

// WaitingApprovals lists what waits for the head of an agency, the oldest first, at most limit: for its own people.
func (s *Assignments) WaitingApprovals(ctx context.Context, actor Person, agencyID int64, limit int) ([]WaitingApproval, error) {
	if !slices.Contains(actor.AgencyIDs(RoleFocal, RoleHead), agencyID) {
		return nil, ErrNotFound
	}
	var list []WaitingApproval
	err := s.Store.View(ctx, func(tx AssignmentReader) error {
		reports, err := tx.ReportsAtHead(agencyID, limit)
		if err != nil {
			return err
		}
		ids := make([]int64, len(reports))
		for i, r := range reports {
			ids[i] = r.AssignmentID
		}
		rows, err := tx.AssignmentRows(ids)
		for i, row := range rows {
			list = append(list, WaitingApproval{reports[i], row})
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reports that wait for the head of agency %d: %w", agencyID, err)
	}
	return list, nil
}
