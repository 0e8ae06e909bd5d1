package web

import (
	"context"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// contributionAttempt is a form about a contribution that was refused.
type contributionAttempt struct {
	remarkAttempt
	agencies []string // ticked
}

// The names of the forms: each stands once a page.
const formAskParts = "ask-parts"

func sendPartName(agency int64) string         { return "send-" + idText(agency) }
func settlePartName(contribution int64) string { return "settle-part-" + idText(contribution) }

// contributionsHref is the address of what cooperating agencies contribute to an assignment.
func contributionsHref(id int64) string { return assignmentHref(id) + "/contributions" }

// contributions shows what cooperating agencies contribute to one duty, with what the person can do about it.
func (s *Server) contributions(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	return s.showContributions(c, actor, id, http.StatusOK, contributionAttempt{})
}

// askContributions asks cooperating agencies for their parts.
func (s *Server) askContributions(c *gin.Context, actor tasks.Person) error {
	return s.contributionStep(c, actor, func(map[string]string) string { return formAskParts },
		func(ctx context.Context, id, version int64, due calendar.Date, try contributionAttempt) (string, error) {
			return "contribution.asked", s.Assignments.AskContributions(ctx, actor, id, tasks.ContributionRequest{
				Agencies: formIDs(try.agencies), Words: try.typed["words"], Due: due, Version: version,
			})
		})
}

// sendContribution sends the part of an agency of the person.
func (s *Server) sendContribution(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	files, names, err := s.sent(c, actor, id, tasks.ActionContributionSend)
	if err != nil {
		return err
	}
	return s.contributionStep(c, actor, func(typed map[string]string) string { return sendPartName(formID(typed["agency"])) },
		func(ctx context.Context, id, version int64, _ calendar.Date, try contributionAttempt) (string, error) {
			return "contribution.sent", s.Assignments.SendContribution(ctx, actor, id, tasks.ContributionInput{
				AgencyID: formID(try.typed["agency"]), Words: try.typed["words"], Document: try.typed["document"], Files: files, Version: version,
			})
		}, names...)
}

// partSettled are the keys of what is said after each outcome.
var partSettled = map[tasks.ContributionOutcome]string{
	tasks.ContributionAccept: "contribution.accepted", tasks.ContributionAskAgain: "contribution.asked_again", tasks.ContributionDrop: "contribution.not_needed",
}

// settleContribution accepts a part, asks for it again, or says that none is needed.
func (s *Server) settleContribution(c *gin.Context, actor tasks.Person) error {
	part, err := pathID(c, "contribution")
	if err != nil {
		return err
	}
	return s.contributionStep(c, actor, func(map[string]string) string { return settlePartName(part) },
		func(ctx context.Context, id, version int64, due calendar.Date, try contributionAttempt) (string, error) {
			outcome := tasks.ContributionOutcome(try.typed["outcome"])
			return partSettled[outcome], s.Assignments.SettleContribution(ctx, actor, id, part, tasks.ContributionSettlement{
				Outcome: outcome, Words: try.typed["words"], Due: due, Version: version,
			})
		})
}

// nudgeContribution reminds an agency of the part that it is to send.
func (s *Server) nudgeContribution(c *gin.Context, actor tasks.Person) error {
	part, err := pathID(c, "contribution")
	if err != nil {
		return err
	}
	return s.contributionStep(c, actor, func(map[string]string) string { return "" },
		func(ctx context.Context, id, version int64, _ calendar.Date, _ contributionAttempt) (string, error) {
			return "contribution.nudged", s.Assignments.NudgeContribution(ctx, actor, id, part, version)
		})
}

// contributionStep takes one step from a form; name answers which form it was, do what to say when it is done; files
// are the names of those that go along.
func (s *Server) contributionStep(c *gin.Context, actor tasks.Person, name func(typed map[string]string) string,
	do func(ctx context.Context, id, version int64, due calendar.Date, try contributionAttempt) (string, error), files ...string,
) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	try := contributionAttempt{remarkAttempt: remarkAttempt{typed: make(map[string]string), files: files}, agencies: c.PostFormArray("agencies")}
	for _, field := range []string{"words", "due", "document", "outcome", "agency"} {
		try.typed[field] = strings.TrimSpace(c.PostForm(field))
	}
	try.form = name(try.typed)
	due, ok := formDate(try.typed["due"])
	if !ok {
		due = noDay
	}
	done, err := do(c.Request.Context(), id, formID(c.PostForm("version")), due, try)
	if err == nil {
		return s.redirect(c, actor, contributionsHref(id), done)
	}
	switch code := tasks.CodeOf(err); code {
	case tasks.CodeInvalid, tasks.CodeConflict, tasks.CodeStorageFull, tasks.CodeUnavailable:
		note(c, err)
		try.err = err
		return s.showContributions(c, actor, id, statuses[code], try)
	}
	return err
}
