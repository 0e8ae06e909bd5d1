package tasks

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"tiendo/tasks/calendar"
)

// ReportInput is what a focal point types.
type ReportInput struct {
	Kind      ReportKind
	Percent   int
	Text      string
	Documents string
	Files     []Upload
	// Keep are files of a report that was withdrawn, by identifier: they go along again.
	Keep    []int64
	Version int64 // of the assignment as it was shown
}

func (in ReportInput) check() (ReportInput, error) {
	var f fields
	switch in.Kind {
	case ReportProgress:
		if in.Percent < 0 || in.Percent > 100 {
			f.add("percent", "field.percent")
		}
	case ReportSubmission:
		in.Percent = 100
	default:
		f.add("kind", "field.required")
	}
	in.Text = f.text("text", in.Text, true, MaxReportText)
	in.Documents = f.text("documents", in.Documents, false, MaxReportDocument)
	if len(in.Files)+len(in.Keep) > MaxReportFiles {
		f.add("files", "upload.too_many", strconv.Itoa(MaxReportFiles))
	}
	in.Files = f.evidence(in.Files)
	return in, f.err()
}

// evidence checks files that are to prove something, and names them.
func (f *fields) evidence(files []Upload) []Upload {
	files = namedFiles(files)
	for _, u := range files {
		switch {
		case len(u.Data) == 0:
			f.add("files", "upload.empty", u.Name)
		case len(u.Data) > MaxUpload:
			f.add("files", "upload.too_large", u.Name, strconv.Itoa(MaxUpload>>20))
		case !acceptedEvidence(u):
			f.add("files", "upload.type", u.Name)
		}
	}
	return files
}

// Report records progress, or submits the duty as done. Submitting stops the agency's clock on the day of the report.
func (s *Assignments) Report(ctx context.Context, actor Person, id int64, in ReportInput) error {
	in, invalid := in.check()
	step := StepProgress
	if in.Kind == ReportSubmission {
		step = StepSubmit
	}
	if invalid != nil || len(in.Files) > 0 {
		if err := s.mayReport(ctx, actor, id, in.Version, step, invalid); err != nil {
			return fmt.Errorf("report on assignment %d: %w", id, err)
		}
	}
	kept, err := s.keep(ctx, actor, in.Files)
	if err != nil {
		return fmt.Errorf("report on assignment %d: %w", id, err)
	}
	return s.step(ctx, actor, id, in.Version, ActionReport, step, func(tx AssignmentTx, a *Assignment) (AuditEntry, error) {
		evidence := slices.Clone(kept)
		now := s.Now()
		on := s.Rules.Day(now)
		r := Report{
			AssignmentID: id, AgencyID: reportsFor(actor, *a), PersonID: actor.ID, Kind: in.Kind, Percent: in.Percent,
			Text: in.Text, Documents: in.Documents, At: now, On: on,
		}
		e := AuditEntry{AgencyID: r.AgencyID}
		asks := false
		if step == StepSubmit {
			var err error
			if asks, err = asksHead(tx, actor, r.AgencyID); err != nil {
				return AuditEntry{}, err
			}
			if err := noneAtHead(tx, *a, r.AgencyID); err != nil {
				return AuditEntry{}, err
			}
			a.SubmittedOn = on
		}
		a.Percent = in.Percent
		if asks {
			if err := s.askHead(tx, a, &r); err != nil {
				return AuditEntry{}, err
			}
			e.Action = "assignment.approval_asked"
		}
		again, err := withdrawnFiles(tx, actor, a.ID, in.Keep)
		if err != nil {
			return AuditEntry{}, err
		}
		if len(evidence)+len(again) > 0 || r.Documents != "" {
			r.Judged.State = EvidencePending
			if !asks {
				a.Evidence = EvidencePending
			}
		}
		done := step == StepSubmit && !asks && s.unconfirmed(a, &r, actor.selves()...)
		if done {
			e.Action = "assignment.submit_final"
		}
		if r.ID, err = tx.InsertReport(r); err != nil {
			return AuditEntry{}, err
		}
		names := fileNames(in.Files)
		for _, e := range again {
			names = append(names, e.Name)
			e.CreatedBy, e.CreatedAt = actor.ID, now
			evidence = append(evidence, e)
		}
		for _, e := range evidence {
			e.ReportID = r.ID
			if _, err := tx.InsertAttachment(e); err != nil {
				return AuditEntry{}, err
			}
		}
		if asks {
			// What it says stays within the agency until the head lets it go.
			return e.with(nil, map[string]any{"report": r.ID}), s.tellHead(tx, r, "")
		}
		if err := answerCadence(tx, *a, r); err != nil {
			return AuditEntry{}, err
		}
		if done {
			if err := tx.DeleteCadenceNotes(a.ID); err != nil {
				return AuditEntry{}, err
			}
		}
		return e.with(nil, map[string]any{
			"report": r.ID, "percent": r.Percent, "text": r.Text, "documents": r.Documents, "files": names,
		}), nil
	})
}

// mayReport asks everything that can refuse a report before the bytes of its files are kept; the step itself asks again. invalid is
// what is wrong with the form, for those who may report: then it never answers nil.
func (s *Assignments) mayReport(ctx context.Context, actor Person, id, version int64, step Step, invalid error) error {
	return s.Store.View(ctx, func(tx AssignmentReader) error {
		a, err := visible(tx, actor, id)
		if err != nil {
			return err
		}
		if err := mayOn(actor, ActionReport, a); err != nil {
			return err
		}
		if invalid != nil {
			return invalid
		}
		_, err = a.next(step, version)
		return err
	})
}

func mayOn(actor Person, action Action, a Assignment) error {
	if actor.CanOn(action, a.Leads, a.Cooperating) {
		return nil
	}
	return E(CodeForbidden, "error.forbidden")
}

// MaySend refuses who may not report, answer or send a part, which the action says, on the assignment whatever he types: so that the files
// of a form are read only of who may send it. The action itself asks again.
func (s *Assignments) MaySend(ctx context.Context, actor Person, id int64, action Action) error {
	err := s.Store.View(ctx, func(tx AssignmentReader) error {
		a, err := visible(tx, actor, id)
		if err != nil {
			return err
		}
		if action == ActionContributionSend && !sendsParts(actor)(a) {
			return E(CodeForbidden, "error.forbidden")
		}
		return mayOn(actor, action, a)
	})
	if err != nil {
		return fmt.Errorf("send to assignment %d: %w", id, err)
	}
	return nil
}

func (s *Assignments) keep(ctx context.Context, actor Person, files []Upload) ([]Attachment, error) {
	return keepFiles(ctx, s.Files, s.Now(), actor, files)
}

// keepFiles keeps the bytes of uploads and answers their attachments, which are yet to be written.
func keepFiles(ctx context.Context, to FileStore, now time.Time, actor Person, files []Upload) ([]Attachment, error) {
	kept := make([]Attachment, len(files))
	for i, u := range files {
		hash, size, err := to.Put(ctx, bytes.NewReader(u.Data))
		if err != nil {
			return nil, fmt.Errorf("keep %q: %w", u.Name, err)
		}
		kept[i] = Attachment{Name: u.Name, Hash: hash, Size: size, Type: mediaType(u), CreatedBy: actor.ID, CreatedAt: now}
	}
	return kept, nil
}

// withdrawnFiles reads the named files of the assignment's reports that were withdrawn, or sent back by the actor's own head; another file
// does not exist for the report.
func withdrawnFiles(tx AssignmentTx, actor Person, assignment int64, ids []int64) ([]Attachment, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	reports, err := tx.Reports(assignment)
	if err != nil {
		return nil, err
	}
	var out []Attachment
	for _, id := range ids {
		i := slices.IndexFunc(reports, func(r Report) bool {
			return (r.Outcome == OutcomeWithdrawn || (r.Outcome == OutcomeSentBack || r.Outcome == OutcomeLapsed) && !r.hiddenFrom(actor)) && slices.ContainsFunc(r.Evidence, func(e Attachment) bool { return e.ID == id })
		})
		if i < 0 {
			return nil, fmt.Errorf("file %d of a withdrawn report: %w", id, ErrNotFound)
		}
		for _, e := range reports[i].Evidence {
			if e.ID == id {
				out = append(out, Attachment{Name: e.Name, Hash: e.Hash, Size: e.Size, Type: e.Type})
			}
		}
	}
	return out, nil
}

// reportsFor is the lead for which the person speaks; with several the first of his own, then of those for whom he acts.
func reportsFor(actor Person, a Assignment) int64 {
	for _, p := range []Person{actor.Own(), actor} {
		agencies := p.AgencyIDs(RoleFocal, RoleHead)
		if i := slices.IndexFunc(a.Leads, func(lead int64) bool { return slices.Contains(agencies, lead) }); i >= 0 {
			return a.Leads[i]
		}
	}
	return 0
}

// Withdraw takes a submission back before it is decided: the clock runs again.
func (s *Assignments) Withdraw(ctx context.Context, actor Person, id, version int64) error {
	return s.step(ctx, actor, id, version, ActionReport, StepWithdraw, func(tx AssignmentTx, a *Assignment) (AuditEntry, error) {
		a.SubmittedOn = calendar.Date{}
		r, err := s.outcome(tx, actor, *a, OutcomeWithdrawn, "")
		if err != nil {
			return AuditEntry{}, err
		}
		return AuditEntry{AgencyID: reportsFor(actor, *a)}.with(nil, map[string]any{"report": r.ID}), keepEvidenceState(tx, a)
	})
}
