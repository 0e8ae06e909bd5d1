package tasks

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
)

// EvidenceWriter changes the evidence of a report.
type EvidenceWriter interface {
	// UpdateEvidence writes the report's judgement and document numbers.
	UpdateEvidence(r Report) error
}

// JudgeInput is what the secretariat says of the evidence of a report.
type JudgeInput struct {
	ReportID int64
	State    EvidenceState
	Words    string // what is wanting; needed with EvidenceWanting
	Version  int64  // of the assignment as it was shown
}

// JudgeEvidence sets the state of a report's evidence, without deciding on the report. The lead is told of what is wanting. Nobody judges
// the evidence of his own report.
func (s *Assignments) JudgeEvidence(ctx context.Context, actor Person, id int64, in JudgeInput) error {
	return s.decree(ctx, actor, id, in.Version, ActionEvidenceJudge, "evidence_"+Step(known(EvidenceStates, in.State)), func(tx AssignmentTx, a *Assignment) (moved, error) {
		r, err := evidenced(tx, *a, in.ReportID)
		if err != nil {
			return moved{}, err
		}
		if own, err := ownReport(tx, actor, r); err != nil || own {
			return moved{}, cmp.Or(err, error(E(CodeForbidden, "assignment.own_report")))
		}
		var f fields
		if !in.State.Valid() {
			f.add("state", "field.required")
		}
		words := f.text("words", in.Words, in.State == EvidenceWanting, MaxReasonText)
		if err := f.err(); err != nil {
			return moved{}, err
		}
		was := r.EvidenceState()
		r.Judged = Judgement{State: in.State, Words: words, By: actor.ID, At: s.Now()}
		if err := tx.UpdateEvidence(r); err != nil {
			return moved{}, err
		}
		if err := keepEvidenceState(tx, a); err != nil {
			return moved{}, err
		}
		m := moved{after: map[string]any{"report": r.ID, "evidence_was": was, "evidence": in.State, "reason": words}}
		if in.State == EvidenceWanting && a.State.Counted() {
			m.event, m.to = EventEvidenceWanting, a.Leads
			m.occurrence = "e" + strconv.FormatInt(r.ID, 10) + ":" + strconv.FormatInt(a.Version, 10)
		}
		return m, nil
	})
}

// evidenced is a report with evidence on which something can be said.
func evidenced(tx AssignmentReader, a Assignment, id int64) (Report, error) {
	reports, err := tx.Reports(a.ID)
	if err != nil {
		return Report{}, err
	}
	i := slices.IndexFunc(reports, func(r Report) bool { return r.ID == id && r.Counts() })
	switch {
	case i < 0:
		return Report{}, ErrNotFound
	case !a.State.Counted():
		return Report{}, E(CodeConflict, "extension.not_in_state", "state."+string(a.State))
	case reports[i].EvidenceState() == "":
		return Report{}, E(CodeConflict, "evidence.none")
	}
	return reports[i], nil
}

// EvidenceInput is evidence that is added to a report.
type EvidenceInput struct {
	ReportID  int64
	Documents string // numbers, added behind those that stand there
	Files     []Upload
	Version   int64 // of the assignment as it was shown
}

// AddEvidence adds evidence to a report that was given already: it waits to be looked at again. Evidence that was accepted stays as it is.
func (s *Assignments) AddEvidence(ctx context.Context, actor Person, id int64, in EvidenceInput) error {
	var f fields
	in.Documents = f.line("documents", in.Documents, false, MaxReportDocument)
	if len(in.Files) > MaxReportFiles {
		f.add("files", "upload.too_many", strconv.Itoa(MaxReportFiles))
	}
	in.Files = f.evidence(in.Files)
	if in.Documents == "" && len(in.Files) == 0 {
		f.add("files", "evidence.nothing")
	}
	invalid := f.err()
	check := func(tx AssignmentReader, a Assignment) (Report, error) {
		r, err := evidenced(tx, a, in.ReportID)
		switch {
		case err != nil:
			return r, err
		case invalid != nil:
			return r, invalid
		case r.EvidenceState() == EvidenceAccepted:
			return r, E(CodeConflict, "evidence.accepted")
		}
		return r, nil
	}
	// All that can refuse it is asked before the bytes are kept; the step asks again.
	err := s.Store.View(ctx, func(tx AssignmentReader) error {
		a, err := acting(tx, actor, id, in.Version, ActionReport)
		if err != nil {
			return err
		}
		_, err = check(tx, a)
		return err
	})
	if err != nil {
		return fmt.Errorf("add evidence to assignment %d: %w", id, err)
	}
	kept, err := s.keep(ctx, actor, in.Files)
	if err != nil {
		return fmt.Errorf("add evidence to assignment %d: %w", id, err)
	}
	return s.decree(ctx, actor, id, in.Version, ActionReport, "evidence_added", func(tx AssignmentTx, a *Assignment) (moved, error) {
		r, err := check(tx, *a)
		if err != nil {
			return moved{}, err
		}
		var f fields
		if in.Documents != "" && r.Documents != "" {
			r.Documents += "; "
		}
		r.Documents = f.line("documents", r.Documents+in.Documents, false, MaxReportDocument)
		if err := f.err(); err != nil {
			return moved{}, err
		}
		for _, e := range kept {
			e.ReportID = r.ID
			if _, err := tx.InsertAttachment(e); err != nil {
				return moved{}, err
			}
		}
		r.Judged = Judgement{State: EvidencePending}
		if err := tx.UpdateEvidence(r); err != nil {
			return moved{}, err
		}
		if err := keepEvidenceState(tx, a); err != nil {
			return moved{}, err
		}
		return moved{agencyID: reportsFor(actor, *a), after: map[string]any{
			"report": r.ID, "documents": in.Documents, "files": fileNames(in.Files), "evidence": EvidencePending,
		}}, nil
	})
}

// known is the value when it is one of the list; else the first, so that the name of a step is always one of ours.
func known[T comparable](list []T, value T) T {
	if slices.Contains(list, value) {
		return value
	}
	return list[0]
}
