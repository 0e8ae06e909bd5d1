package web

import (
	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// stalledMails tells those who see the outbox, on every page, that mails should go and do not; nil when they go.
func (s *Server) stalledMails(c *gin.Context, actor tasks.Person) *templates.Alert {
	if !actor.Can(tasks.ActionOutboxRead) {
		return nil
	}
	stall, err := s.Outbox.Stalled(c.Request.Context(), actor)
	if err != nil {
		// The page is worth more than what stands above it.
		s.Log.ErrorContext(c.Request.Context(), "mails that should have gone", "error", err)
		return nil
	}
	if stall.Waiting == 0 {
		return nil
	}
	w := s.words(actor)
	a := &templates.Alert{
		Text: w.T("outbox.stalled", stall.Since.In(s.Rules.Location), stall.Waiting), Hint: w.T("outbox.stalled_hint"), Detail: stall.Reason,
		Action: templates.Action{Href: "/outbox?state=waiting", Label: w.T("nav.outbox")},
	}
	if actor.Can(tasks.ActionHealthRead) {
		a.Action = templates.Action{Href: "/health", Label: w.T("outbox.stalled_health")}
	}
	return a
}
