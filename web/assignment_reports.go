package web

import (
	"slices"
	"time"

	"tiendo/tasks"
	"tiendo/templates"
)

// reportLine is one report as the page shows it.
type reportLine struct {
	At        time.Time
	Who       string
	Title     string
	Text      []string // its paragraphs
	Documents string
	Files     []evidenceLink
	// Approved says which head let it go.
	Approved string
	// Outcome says what became of a submission, Reason why.
	Outcome, Reason string
}

type evidenceLink struct {
	Href, Name string
	Size       int64
}

func (b *assignmentBuilder) report(r tasks.Report) reportLine {
	w := b.w
	line := reportLine{
		At: r.At, Who: b.who(b.v.People[r.PersonID].Name, r.AgencyID), Text: paragraphs(r.Text), Documents: r.Documents, Title: w.T("duty.report_progress", r.Percent),
	}
	if r.Kind == tasks.ReportSubmission {
		line.Title = w.T("duty.report_submission")
	}
	for _, e := range r.Evidence {
		line.Files = append(line.Files, evidenceLink{Href: "/evidence/" + idText(e.ID), Name: e.Name, Size: e.Size})
	}
	if r.Outcome != "" {
		line.Outcome, line.Reason = w.T("outcome."+string(r.Outcome)), r.Reason
		if r.SelfConfirmed() {
			line.Outcome = w.T("confirm.outcome")
		}
		if !r.DecidedAt.IsZero() {
			line.Outcome = w.T("duty.outcome", line.Outcome, r.DecidedAt)
		}
	} else if waiting, waits := b.v.Waiting(); waits && r.ID == waiting.ID {
		line.Outcome = w.T("state.submitted")
	}
	if r.ApprovedBy != 0 {
		line.Approved = w.T("approval.approved_by", b.v.People[r.ApprovedBy].Name, r.ApprovedAt)
	}
	return line
}

func (b *assignmentBuilder) who(person string, agency int64) string {
	return personOf(b.w, b.actor, b.v.Agencies, person, agency)
}

// personOf names to the reader a person with the agency for which he acted. Of other agencies' people their agency stands alone, save
// for those who see the whole province.
func personOf(w *templates.Words, reader tasks.Person, agencies map[int64]tasks.Agency, person string, agency int64) string {
	if agency == 0 {
		return person
	}
	name := agencyName(w, agencies, agency)
	own, all := reader.Scope(tasks.ActionAssignmentRead)
	if person == "" || !all && !slices.Contains(own, agency) {
		return name
	}
	return w.T("duty.person_of", person, name)
}
