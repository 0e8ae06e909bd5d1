package web

import (
	"context"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// The forms of the page of a deadline.
const (
	formAsk      = "ask"
	formWithdraw = "withdraw"
	formDecide   = "decide"
	formCorrect  = "correct"
)

// deadlineAttempt is a form of that page that was refused: what was typed, and why.
type deadlineAttempt struct {
	err   error
	form  string
	typed map[string]string
}

// deadlineFields are all that the forms send, besides the version.
var deadlineFields = []string{"due", "reason", "document", "decision", "authority", "answer"}

// deadline shows the deadline of one duty with all that moved it, and what the person can do about it.
func (s *Server) deadline(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	return s.showDeadline(c, actor, id, http.StatusOK, deadlineAttempt{})
}

// askExtension asks for a later deadline.
func (s *Server) askExtension(c *gin.Context, actor tasks.Person) error {
	return s.deadlineStep(c, actor, formAsk, func(ctx context.Context, id, version int64, due calendar.Date, typed map[string]string) (string, error) {
		return "deadline.asked", s.Assignments.AskExtension(ctx, actor, id, tasks.ExtensionInput{
			Due: due, Reason: typed["reason"], Document: typed["document"], Version: version,
		})
	})
}

// withdrawExtension takes the request back.
func (s *Server) withdrawExtension(c *gin.Context, actor tasks.Person) error {
	return s.deadlineStep(c, actor, formWithdraw, func(ctx context.Context, id, version int64, _ calendar.Date, _ map[string]string) (string, error) {
		return "deadline.withdrawn", s.Assignments.WithdrawExtension(ctx, actor, id, version)
	})
}

// decideExtension grants or refuses the request.
func (s *Server) decideExtension(c *gin.Context, actor tasks.Person) error {
	return s.deadlineStep(c, actor, formDecide, func(ctx context.Context, id, version int64, due calendar.Date, typed map[string]string) (string, error) {
		if d := tasks.ExtensionOutcome(typed["decision"]); d != tasks.ExtensionGranted && d != tasks.ExtensionRefused {
			return "", s.undecided(ctx, actor, id)
		}
		in := tasks.ExtensionDecision{
			Grant: typed["decision"] == string(tasks.ExtensionGranted), Due: due, Authority: typed["authority"], Document: typed["document"],
			Answer: typed["answer"], Version: version,
		}
		if in.Grant {
			return "deadline.granted", s.Assignments.DecideExtension(ctx, actor, id, in)
		}
		return "deadline.refused", s.Assignments.DecideExtension(ctx, actor, id, in)
	})
}

// undecided says that neither yes nor no was said; nothing is told of the form to those who may not decide.
func (s *Server) undecided(ctx context.Context, actor tasks.Person, id int64) error {
	v, err := s.Assignments.Deadline(ctx, actor, id)
	if err != nil {
		return err
	}
	if !actor.CanOn(tasks.ActionExtensionDecide, v.Assignment.Leads, v.Assignment.Cooperating) {
		return tasks.E(tasks.CodeForbidden, "error.forbidden")
	}
	return tasks.Invalid(tasks.FieldError{Field: "decision", Key: "field.required"})
}

// correctDeadline mends a mistyped deadline.
func (s *Server) correctDeadline(c *gin.Context, actor tasks.Person) error {
	return s.deadlineStep(c, actor, formCorrect, func(ctx context.Context, id, version int64, due calendar.Date, typed map[string]string) (string, error) {
		return "deadline.corrected", s.Assignments.CorrectDeadline(ctx, actor, id, tasks.DeadlineCorrectionInput{
			Due: due, Reason: typed["reason"], Document: typed["document"], Version: version,
		})
	})
}

// deadlineStep takes one step about a deadline from a form; do answers what to say when it is done. A day that cannot be read is none.
func (s *Server) deadlineStep(c *gin.Context, actor tasks.Person, form string,
	do func(ctx context.Context, id, version int64, due calendar.Date, typed map[string]string) (string, error),
) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	typed := make(map[string]string)
	for _, name := range deadlineFields {
		typed[name] = strings.TrimSpace(c.PostForm(name))
	}
	due, _ := formDate(typed["due"])
	done, err := do(c.Request.Context(), id, formID(c.PostForm("version")), due, typed)
	if err == nil {
		back := deadlineHref(id)
		if fromWeek(c, actor) {
			back = "/week"
		}
		return s.redirect(c, actor, back, done)
	}
	switch code := tasks.CodeOf(err); code {
	case tasks.CodeInvalid, tasks.CodeConflict, tasks.CodeStorageFull, tasks.CodeUnavailable:
		note(c, err)
		if fromWeek(c, actor) {
			return s.showWeek(c, actor, statuses[code], remarkAttempt{err: err, form: form + "-" + idText(id), typed: typed}, nil)
		}
		return s.showDeadline(c, actor, id, statuses[code], deadlineAttempt{err, form, typed})
	}
	return err
}

// deadlineHref is the address of the page of an assignment's deadline.
func deadlineHref(id int64) string { return assignmentHref(id) + "/deadline" }
