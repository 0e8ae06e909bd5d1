package web

import (
	"cmp"
	"context"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// remarkAttempt is a form about a leader's word that was refused: what was typed, and why.
type remarkAttempt struct {
	err   error
	form  string // as writeName, answerName and settleName give it
	typed map[string]string
	files []string // names of those chosen, which a browser does not send again
}

// The names of the forms: each stands once a page.
func writeName(assignment int64) string { return "write-" + idText(assignment) }
func answerName(remark int64) string    { return "answer-" + idText(remark) }
func settleName(remark int64) string    { return "settle-" + idText(remark) }

// remarkFields are all that the forms send, besides the version and where to go back.
var remarkFields = []string{"kind", "words", "due", "wide", "authority", "document", "outcome"}

// backWeek is what the forms of the week's page send, so that they return there; backDuty those of the duty's page.
const (
	backWeek = "week"
	backDuty = "duty"
)

func fromWeek(c *gin.Context, actor tasks.Person) bool {
	return c.PostForm("back") == backWeek && actor.Has(tasks.RoleLeader)
}

// remarks shows what leaders said on one duty, with what the person can say to it.
func (s *Server) remarks(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	return s.showRemarks(c, actor, id, http.StatusOK, remarkAttempt{})
}

// giveRemark keeps a leader's word.
func (s *Server) giveRemark(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	return s.remarkStep(c, actor, id, remarkAttempt{form: writeName(id)}, func(ctx context.Context, version int64, due calendar.Date, typed map[string]string) (string, error) {
		in := tasks.RemarkInput{
			Kind: tasks.RemarkKind(typed["kind"]), Words: typed["words"], Due: due, Wide: typed["wide"] != "", Authority: typed["authority"],
			Document: typed["document"], Version: version,
		}
		done := "remark.given"
		if typed["authority"] != "" {
			done = "remark.recorded"
		}
		return done, s.Assignments.GiveRemark(ctx, actor, id, in)
	})
}

// answerRemark answers a leader's word.
func (s *Server) answerRemark(c *gin.Context, actor tasks.Person) error {
	id, remark, err := remarkIDs(c)
	if err != nil {
		return err
	}
	files, names, err := s.sent(c, actor, id, tasks.ActionRemarkAnswer)
	if err != nil {
		return err
	}
	return s.remarkStep(c, actor, id, remarkAttempt{form: answerName(remark), files: names}, func(ctx context.Context, version int64, _ calendar.Date, typed map[string]string) (string, error) {
		return "remark.answered", s.Assignments.AnswerRemark(ctx, actor, id, remark, tasks.RemarkAnswerInput{
			Words: typed["words"], Document: typed["document"], Files: files, Version: version,
		})
	})
}

// settled are the keys of what is said after each outcome.
var settled = map[tasks.RemarkOutcome]string{
	tasks.RemarkAccept: "remark.accepted", tasks.RemarkAskAgain: "remark.asked_again", tasks.RemarkWithdraw: "remark.withdrawn",
}

// settleRemark accepts an answer, asks again or withdraws a word.
func (s *Server) settleRemark(c *gin.Context, actor tasks.Person) error {
	id, remark, err := remarkIDs(c)
	if err != nil {
		return err
	}
	return s.remarkStep(c, actor, id, remarkAttempt{form: settleName(remark)}, func(ctx context.Context, version int64, due calendar.Date, typed map[string]string) (string, error) {
		outcome := tasks.RemarkOutcome(typed["outcome"])
		return settled[outcome], s.Assignments.SettleRemark(ctx, actor, id, remark, tasks.RemarkSettlement{
			Outcome: outcome, Words: typed["words"], Due: due, Authority: typed["authority"], Document: typed["document"], Version: version,
		})
	})
}

func remarkIDs(c *gin.Context) (assignment, remark int64, err error) {
	if assignment, err = pathID(c, "id"); err != nil {
		return 0, 0, err
	}
	remark, err = pathID(c, "remark")
	return assignment, remark, err
}

// noDay stands for a day that cannot be read: every rule refuses it where a day matters.
var noDay = calendar.Date{Year: 9999, Month: 12, Day: 31}

// remarkStep takes one step about a leader's word from a form; do answers what to say when it is done. A form of the week's page returns
// there, refused or not; one of the duty's page when it is done.
func (s *Server) remarkStep(c *gin.Context, actor tasks.Person, id int64, try remarkAttempt,
	do func(ctx context.Context, version int64, due calendar.Date, typed map[string]string) (string, error),
) error {
	try.typed = make(map[string]string)
	for _, name := range remarkFields {
		try.typed[name] = strings.TrimSpace(c.PostForm(name))
	}
	due, ok := formDate(try.typed["due"])
	if !ok {
		due = noDay
	}
	done, err := do(c.Request.Context(), formID(c.PostForm("version")), due, try.typed)
	if err == nil {
		back := remarksHref(id)
		switch {
		case fromWeek(c, actor):
			back = "/week"
		case c.PostForm("back") == backDuty:
			back = assignmentHref(id)
		}
		return s.redirect(c, actor, back, done)
	}
	switch code := tasks.CodeOf(err); code {
	case tasks.CodeInvalid, tasks.CodeConflict, tasks.CodeStorageFull, tasks.CodeUnavailable:
		note(c, err)
		try.err = err
		if fromWeek(c, actor) {
			return s.showWeek(c, actor, statuses[code], try, nil)
		}
		return s.showRemarks(c, actor, id, statuses[code], try)
	}
	return err
}

// remarksHref is the address of what leaders said on an assignment.
func remarksHref(id int64) string { return assignmentHref(id) + "/remarks" }

// whoseWord names the one whose word it is: by position, as offices do.
func whoseWord(authority, position string, person tasks.Person) string {
	return cmp.Or(authority, position, person.Name)
}
