package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

type assignmentPage struct {
	templates.Layout
	Crumbs   []templates.Action
	Headline string
	// Timeliness and State are codes; Due says the deadline or cadence, Missed that a report of it is overdue.
	Timeliness  tasks.Timeliness
	State       tasks.State
	Due, Missed string
	Restricted  bool

	// Life tells that the duty rests or was taken back, or that another lead is asked for.
	Life *lifeCard
	// Remarks are the leaders' words that still matter.
	Remarks *remarkCard
	// Contributions are the parts of cooperating agencies.
	Contributions *contributionCard
	// Waiting is the submission that the secretariat has to decide on.
	Waiting *waitingCard
	// Returned says why the report was sent back; it stands above the form that answers it.
	Returned *returnedCard
	Report   *reportCard
	// Sent stands in place of the report form while the submission waits.
	Sent     string
	Withdraw *stepForm
	// Done tells of a completed duty; Reopen is the secretariat's.
	Done   string
	Reopen *templates.ConfirmForm
	// Approval is a report that waits for the agency's head; Evidence says that some has to be added.
	Approval *approvalCard
	Evidence *evidenceCard
	// Waive says that the duty needs no confirmation.
	Waive *templates.ConfirmForm
	// Kept is what was typed into a form that the state no longer allows.
	Kept []templates.Field

	Source  sourceQuote
	Reports []reportLine
	Facts   []templates.Fact
	Trail   []templates.TrailItem
	// Told says which mail told whom.
	Told *toldCard
}

// stepForm is a button that takes one step of an assignment's life.
type stepForm struct {
	Action, Button, Text string
	Version              int64
	Fields               []templates.Field
}

// attempt is a form that was refused: what was typed, and why. The zero value is a page nobody has typed into yet.
type attempt struct {
	err    error
	report *reportInput
	// reason is what was typed into the form of the given step.
	reason string
	step   tasks.Step
	typed  map[string]string // the other fields of that form
}

// assignment shows one duty with what the person can do to it now.
func (s *Server) assignment(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	return s.showAssignment(c, actor, id, http.StatusOK, attempt{})
}

// refused answers a form that was not accepted with the page as it now is and everything that was typed. Errors that no page can
// explain better are left to the error page.
func (s *Server) refused(c *gin.Context, actor tasks.Person, id int64, a attempt) error {
	switch tasks.CodeOf(a.err) {
	case tasks.CodeInvalid, tasks.CodeConflict, tasks.CodeStorageFull, tasks.CodeUnavailable:
		note(c, a.err)
		return s.showAssignment(c, actor, id, statuses[tasks.CodeOf(a.err)], a)
	}
	return a.err
}

func (s *Server) showAssignment(c *gin.Context, actor tasks.Person, id int64, status int, try attempt) error {
	ctx := c.Request.Context()
	v, err := s.Assignments.Get(ctx, actor, id)
	if err != nil {
		return err
	}
	b := assignmentBuilder{Server: s, w: s.words(actor), actor: actor, v: v, try: try, today: s.Rules.Day(s.Now())}
	b.errors, _ = s.invalid(actor, try.err)
	p := b.page()
	if p.Trail, err = b.trail(ctx); err != nil {
		return err
	}
	if p.Told, err = b.toldCard(ctx); err != nil {
		return err
	}
	p.Layout = s.layout(c, actor, p.Headline)
	p.Problems = b.problems
	return s.render(c, status, "assignment", p)
}
