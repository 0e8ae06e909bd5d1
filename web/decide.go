package web

import (
	"context"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// waitingCard is the submission that waits for this person's decision. Confirm and Return are nil when somebody else must decide.
type waitingCard struct {
	Report  reportLine
	OnTime  string // says whether it came before the deadline
	Confirm *stepForm
	Return  *templates.ConfirmForm
	// Other says that somebody else must decide.
	Other string
}

// withdraw takes back the agency's submission.
func (s *Server) withdraw(c *gin.Context, actor tasks.Person) error {
	return s.step(c, actor, tasks.StepWithdraw, "decide.withdrawn", func(ctx context.Context, id, version int64, _ string) error {
		return s.Assignments.Withdraw(ctx, actor, id, version)
	})
}

// reopen sends a completed duty back with a reason.
func (s *Server) reopen(c *gin.Context, actor tasks.Person) error {
	return s.step(c, actor, tasks.StepReopen, "decide.reopened", func(ctx context.Context, id, version int64, reason string) error {
		return s.Assignments.Reopen(ctx, actor, id, version, reason)
	})
}

// step takes one step of the assignment's life from a form of a version and perhaps a reason.
func (s *Server) step(c *gin.Context, actor tasks.Person, step tasks.Step, flash string, do func(ctx context.Context, id, version int64, reason string) error) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	reason, typed := c.PostForm("reason"), typedStep(c)
	if err := do(c.Request.Context(), id, formID(c.PostForm("version")), reason); err != nil {
		return s.refused(c, actor, id, attempt{err: err, reason: reason, step: step, typed: typed})
	}
	if step == tasks.StepConfirm || step == tasks.StepReturn {
		return s.decided(c, actor, id, flash)
	}
	return s.redirect(c, actor, assignmentHref(id), flash)
}

// decided leads back to what else waits for a decision, naming what was decided; to the assignment when nothing does.
func (s *Server) decided(c *gin.Context, actor tasks.Person, id int64, flash string) error {
	ctx := c.Request.Context()
	more, err := s.Assignments.List(ctx, actor, tasks.AssignmentQuery{States: []tasks.State{tasks.StateSubmitted}, Sort: tasks.SortWaiting, Limit: 1})
	if err == nil && more.Total > 0 {
		var v tasks.AssignmentView
		if v, err = s.Assignments.Get(ctx, actor, id); err == nil {
			return s.redirect(c, actor, "/inbox", flash+"_next", dutyTitle(v.Task.Text))
		}
	}
	if err != nil {
		note(c, err) // the decision is stored all the same
	}
	return s.redirect(c, actor, assignmentHref(id), flash)
}

// forms offers what the person can do in the assignment's state, and keeps what was typed into a form that the state ended.
func (b *assignmentBuilder) forms(p *assignmentPage) {
	a, w := b.v.Assignment, b.w
	waiting, waits := b.v.Waiting()
	if waits && b.v.MayDecide {
		p.Waiting = b.waitingCard(waiting)
	}
	switch {
	case a.State.Open() && b.v.MayReport:
		p.Returned, p.Report = b.returned(), b.reportForm()
	case waits && b.v.MayReport:
		p.Sent = w.T("duty.sent", waiting.At)
		p.Withdraw = &stepForm{Action: b.href("/withdraw"), Button: w.T("decide.withdraw"), Text: w.T("decide.withdraw_hint"), Version: a.Version}
	case a.State == tasks.StateCompleted:
		p.Done = w.T("duty.done", b.Rules.Day(a.CompletedAt), a.SubmittedOn)
	}
	if a.State == tasks.StateCompleted && b.v.MayDecide {
		p.Reopen = b.reasonForm(tasks.StepReopen, "/reopen", "decide.reopen", "decide.reopen_hint")
	}
	p.Approval, p.Evidence, p.Waive = b.approvalCard(), b.evidenceCard(), b.waiveForm()
	p.Kept = b.kept(p)
}

func (b *assignmentBuilder) href(rest string) string {
	return assignmentHref(b.v.Assignment.ID) + rest
}

func (b *assignmentBuilder) waitingCard(r tasks.Report) *waitingCard {
	w := b.w
	card := &waitingCard{Report: b.report(r)}
	card.Report.Outcome = "" // the heading says that it waits
	if due := b.v.Assignment.Due; !due.IsZero() {
		key := "decide.on_time"
		on := b.v.Assignment.SubmittedOn // the day on which the head let it go, where one did
		if on.After(due) {
			key = "decide.late"
		}
		card.OnTime = w.T(key, on, due)
	}
	if b.v.OwnReport {
		card.Other = w.T("decide.own_report")
		return card
	}
	card.Confirm = &stepForm{
		Action: b.href("/confirm"), Button: w.T("decide.confirm"), Text: w.T("decide.confirm_hint"), Version: b.v.Assignment.Version,
		Fields: b.evidenceChoice(r),
	}
	card.Return = b.returnForm()
	return card
}

// reasonForm is a step that needs a reason; it is open when one was typed and refused.
func (b *assignmentBuilder) reasonForm(step tasks.Step, path, key, hint string) *templates.ConfirmForm {
	w := b.w
	field := templates.Field{
		Name: "reason", Type: "textarea", Label: w.T("decide.reason"), Hint: w.T(hint), Required: true, MaxLength: tasks.MaxReasonText,
	}
	tried := b.try.step == step
	if tried {
		field.Value = b.try.reason
		field = b.errors.on(field)
		b.problems = append(b.problems, b.errors.problems(field)...)
	}
	return &templates.ConfirmForm{
		Summary: w.T(key), Action: b.href(path), Button: w.T(key), Fields: []templates.Field{field}, Open: tried,
		Hidden: []templates.Hidden{{Name: "version", Value: idText(b.v.Assignment.Version)}},
	}
}

// kept shows what was typed into a form that is no longer on the page.
func (b *assignmentBuilder) kept(p *assignmentPage) []templates.Field {
	w := b.w
	var fields []templates.Field
	add := func(name, label, value string) {
		if value != "" {
			fields = append(fields, keptField(name, w.T(label), value))
		}
	}
	if typed := b.try.report; typed != nil && p.Report == nil {
		add("text", "report_form.text", typed.text)
		add("documents", "report_form.documents", typed.documents)
	}
	shown := p.Waiting != nil && p.Waiting.Return != nil && b.try.step == tasks.StepReturn || p.Reopen != nil && b.try.step == tasks.StepReopen || p.Approval != nil && p.Approval.Refuse != nil && b.try.step == stepRefuse
	if !shown {
		add("reason", "decide.reason", b.try.reason)
		add("due", "confirm.return_due", b.try.typed["due"])
		add("authority", "deadline.authority", b.try.typed["authority"])
		add("document", "deadline.number", b.try.typed["document"])
	}
	return fields
}
