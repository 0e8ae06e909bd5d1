package web

import (
	"strings"

	"tiendo/tasks"
	"tiendo/templates"
)

// waitingLong is the choice of the list that keeps what has waited too long for its confirmation.
const waitingLong = "long"

// longOnly keeps those where the filter asks for them.
func (s *Server) longOnly(q tasks.AssignmentQuery, f assignmentFilter) tasks.AssignmentQuery {
	if f.Waiting == waitingLong {
		q.SubmittedTo = s.Rules.WaitsLong(s.Rules.Day(s.Now()))
	}
	return q
}

// longFigure is the secretariat's own figure of what it leaves waiting.
func (s *Server) longFigure(w *templates.Words, n int) templates.Figure {
	return templates.Figure{
		Value: n, Text: w.T("confirm.long", s.Rules.ConfirmWithin), Late: true,
		Href: listHref("state", string(tasks.StateSubmitted), "waiting", waitingLong),
	}
}

// evidenceNote says of a submission what its evidence is worth, unless it was accepted.
func evidenceNote(w *templates.Words, a tasks.Assignment) string {
	if a.Evidence == "" || a.Evidence == tasks.EvidenceAccepted {
		return ""
	}
	return w.T("evidence.note", strings.ToLower(w.T("evidence_state."+string(a.Evidence))))
}
