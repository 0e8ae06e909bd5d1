package web

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/templates"
)

// Health is what only the program as a whole knows of itself.
type Health struct {
	Version string
	Engine  string // of the database
	// Database is nil when the database answers readers and the writer.
	Database error
	// MailServer is where mails are handed over; "" when none is set up and mails are composed and wait.
	MailServer string
	// Mail is nil when the mail server takes connections.
	Mail error
}

// lateBeat is how long after its last run the scheduler, which runs each minute, is held to have stopped.
const lateBeat = 5 * time.Minute

type healthPage struct {
	templates.Layout
	Faults []healthProblem
	Facts  []templates.Fact
	Jobs   []jobLine
}

// healthProblem is one thing that does not run, and what to do.
type healthProblem struct{ Text, Detail, Href, Label string } // Text is empty when the headline says it

type jobLine struct {
	Name, Spec string
	Last, Next time.Time
}

// health says whether everything runs, and what to do about what does not.
func (s *Server) health(c *gin.Context, actor tasks.Person) error {
	ctx, w := c.Request.Context(), s.words(actor)
	o, err := s.Outbox.Health(ctx, actor)
	if err != nil {
		return err
	}
	whole := s.wholeHealth(ctx)
	stall, err := s.Outbox.Stalled(ctx, actor)
	if err != nil {
		return err
	}
	p := healthPage{Faults: append(s.problems(w, whole, o, stall), s.calendarProblems(w, actor)...), Facts: s.healthFacts(w, whole, o)}
	for _, j := range o.Jobs {
		line := jobLine{Name: j.Name, Spec: j.Spec, Last: j.LastRun, Next: j.Next}
		if key := "health.job." + j.Name; w.Has(key) {
			line.Name = w.T(key)
		}
		p.Jobs = append(p.Jobs, line)
	}
	title := w.T("health.title")
	switch len(p.Faults) {
	case 0:
	case 1:
		title, p.Faults[0].Text = p.Faults[0].Text, ""
	default:
		title = w.T("health.title_problems", len(p.Faults))
	}
	p.Layout = s.layout(c, actor, title)
	p.Alert = nil // it is among the faults
	return s.render(c, http.StatusOK, "health", p)
}

// wholeHealth asks the program; without its answer only the database is known.
func (s *Server) wholeHealth(ctx context.Context) Health {
	if s.Health == nil {
		return Health{Database: s.Ready(ctx)}
	}
	return s.Health(ctx)
}

func (s *Server) problems(w *templates.Words, h Health, o notify.OutboxHealth, stall notify.Stall) []healthProblem {
	var all []healthProblem
	add := func(p healthProblem) { all = append(all, p) }
	if h.Database != nil {
		add(healthProblem{Text: w.T("health.database_wrong"), Detail: h.Database.Error()})
	}
	switch {
	case o.Beat.IsZero():
		add(healthProblem{Text: w.T("health.never_beat")})
	case s.System().Sub(o.Beat) > lateBeat:
		add(healthProblem{Text: w.T("health.late_beat", o.Beat.In(s.Rules.Location)), Detail: w.T("health.see_log")})
	}
	if h.Mail != nil {
		add(healthProblem{Text: w.T("health.mail_wrong"), Detail: h.Mail.Error()})
	} else if s.Health != nil && h.MailServer == "" {
		add(healthProblem{Text: w.T("health.no_mail_server"), Detail: w.T("health.no_mail_server_hint")})
	}
	if stall.Waiting > 0 {
		add(healthProblem{
			Text: w.T("outbox.stalled", stall.Since.In(s.Rules.Location), stall.Waiting), Detail: stall.Reason,
			Href: "/outbox?state=waiting", Label: w.T("health.see_waiting"),
		})
	}
	if n := o.Counts[notify.MailFailed]; n > 0 {
		add(healthProblem{Text: w.T("health.failed", n), Href: "/outbox?state=failed", Label: w.T("health.see_failed")})
	}
	if o.Unreached > 0 {
		add(healthProblem{Text: w.T("health.unreached", o.Unreached), Href: "/outbox#unreached", Label: w.T("health.see_unreached")})
	}
	return all
}

func (s *Server) healthFacts(w *templates.Words, h Health, o notify.OutboxHealth) []templates.Fact {
	var facts []templates.Fact
	fact := func(key, text string) {
		if text != "" {
			facts = append(facts, templates.Fact{Label: w.T(key), Text: text})
		}
	}
	if !o.Beat.IsZero() {
		fact("health.beat", w.T("health.at", o.Beat.In(s.Rules.Location)))
	}
	fact("health.database", orWords(h.Database == nil, w.T("health.fine"), w.T("health.not_fine"))+orWords(h.Engine != "", " · "+h.Engine, ""))
	if h.MailServer != "" {
		fact("health.mail_server", orWords(h.Mail == nil, w.T("health.fine"), w.T("health.not_fine"))+" · "+h.MailServer)
	}
	fact("health.ready", w.T("health.mails", o.Ready))
	for _, state := range notify.MailStates {
		if n := o.Counts[state]; n > 0 {
			facts = append(facts, templates.Fact{
				Label: w.T("mail_state." + string(state)), Text: w.T("health.mails", n), Href: "/outbox?state=" + string(state),
			})
		}
	}
	fact("health.version", h.Version)
	fact("health.zone", s.Rules.Location.String())
	return facts
}

func orWords(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}
