package notify

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"tiendo/tasks"
	"tiendo/templates"
)

// confirmEvents tell on the way of a report to its confirmation: a head is asked, or did not let it go, or evidence is wanting.
var confirmEvents = []*event{
	{
		name: tasks.EventApprovalAsked, class: "approval", section: "mail.approval.asked", count: "mail.approval.n_asked",
		kicker: "mail.approval.kicker", button: "mail.approval.button", holds: openForLead, rests: true, still: (*pass).atHead, note: (*pass).approvalNote,
	},
	{
		name: tasks.EventApprovalRefused, class: "approval", section: "mail.approval.refused", count: "mail.approval.n_refused",
		kicker: "mail.approval.kicker", button: "mail.button.report", holds: openForLead, rests: true, still: (*pass).sentBackByHead, note: (*pass).approvalNote,
	},
	{
		name: tasks.EventEvidenceWanting, class: "evidence", section: "mail.evidence.wanting", count: "mail.evidence.n_wanting",
		kicker: "mail.evidence.kicker", button: "mail.evidence.button", holds: countedForLead, rests: true, still: (*pass).evidenceWanting, note: (*pass).evidenceNote,
	},
}

func openForLead(n tasks.Notice, row tasks.AssignmentRow) bool {
	return row.State.Open() && row.LedBy(n.AgencyID)
}

// countedForLead holds of a completed duty too: its evidence may be looked at later.
func countedForLead(n tasks.Notice, row tasks.AssignmentRow) bool {
	return row.ID != 0 && row.State.Counted() && row.LedBy(n.AgencyID)
}

// reportOf reads the report that the notice's occurrence names: "h12", or "e12:3" for the telling of one version.
func reportOf(tx ComposeReader, n tasks.Notice) (tasks.Report, error) {
	text, _, _ := strings.Cut(n.Occurrence, ":")
	id, err := strconv.ParseInt(strings.TrimLeft(text, "he"), 10, 64)
	if err != nil {
		return tasks.Report{}, fmt.Errorf("notice %d: no report is named %q", n.ID, n.Occurrence)
	}
	r, err := tx.Report(id)
	if err != nil {
		return r, fmt.Errorf("report %d: %w", id, err)
	}
	return r, nil
}

func reportIs(tx ComposeReader, n tasks.Notice, is func(tasks.Report) bool) (bool, error) {
	r, err := reportOf(tx, n)
	if errors.Is(err, tasks.ErrNotFound) {
		return false, nil
	}
	return err == nil && is(r), err
}

func (p *pass) atHead(tx ComposeReader, n tasks.Notice, _ tasks.AssignmentRow) (bool, error) {
	return reportIs(tx, n, func(r tasks.Report) bool { return r.Outcome == tasks.OutcomeAtHead })
}

func (p *pass) sentBackByHead(tx ComposeReader, n tasks.Notice, _ tasks.AssignmentRow) (bool, error) {
	return reportIs(tx, n, func(r tasks.Report) bool { return r.Outcome == tasks.OutcomeSentBack })
}

func (p *pass) evidenceWanting(tx ComposeReader, n tasks.Notice, _ tasks.AssignmentRow) (bool, error) {
	return reportIs(tx, n, func(r tasks.Report) bool { return r.Counts() && r.EvidenceState() == tasks.EvidenceWanting })
}

// approvalNote is what the focal point reports, for the head, or why the head sent it back.
func (p *pass) approvalNote(tx ComposeReader, w *templates.Words, l eventLine) (string, error) {
	r, err := reportOf(tx, l.notice)
	if err != nil {
		return "", err
	}
	if l.notice.Event == tasks.EventApprovalRefused {
		return w.T("mail.approval.reason", excerpt(r.Reason, maxWords)), nil
	}
	return w.T("mail.approval.says", excerpt(r.Text, maxWords)), nil
}

func (p *pass) evidenceNote(tx ComposeReader, w *templates.Words, l eventLine) (string, error) {
	r, err := reportOf(tx, l.notice)
	if err != nil {
		return "", err
	}
	return w.T("mail.evidence.words", excerpt(r.Judged.Words, maxWords)), nil
}
