package web

import (
	"context"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// approvalCard is a report that waits for the agency's head before it goes.
type approvalCard struct {
	Title, Text string
	Report      reportLine
	Approve     *stepForm
	Refuse      *templates.ConfirmForm
	Withdraw    *stepForm
}

// stepRefuse is the head's sending back; it changes no state.
const stepRefuse tasks.Step = "refuse"

// approve lets the report go that waits for the head.
func (s *Server) approve(c *gin.Context, actor tasks.Person) error {
	return s.step(c, actor, tasks.StepSubmit, "approval.given", func(ctx context.Context, id, version int64, _ string) error {
		return s.Assignments.Approve(ctx, actor, id, version)
	})
}

// refuseApproval sends it back to the focal point.
func (s *Server) refuseApproval(c *gin.Context, actor tasks.Person) error {
	return s.step(c, actor, stepRefuse, "approval.refused", func(ctx context.Context, id, version int64, reason string) error {
		return s.Assignments.RefuseApproval(ctx, actor, id, version, reason)
	})
}

// withdrawApproval takes it back.
func (s *Server) withdrawApproval(c *gin.Context, actor tasks.Person) error {
	return s.step(c, actor, tasks.StepWithdraw, "decide.withdrawn", func(ctx context.Context, id, version int64, _ string) error {
		return s.Assignments.WithdrawApproval(ctx, actor, id, version)
	})
}

// approvalCard is for the agency's own people, as long as the report can still go.
func (b *assignmentBuilder) approvalCard() *approvalCard {
	a, w := b.v.Assignment, b.w
	r, ok := b.v.AtHead(b.actor)
	if !ok || !a.State.Open() {
		return nil
	}
	card := &approvalCard{Title: w.T("approval.title"), Text: w.T("approval.waits", r.At), Report: b.report(r)}
	card.Report.Outcome = ""
	if approves(b.actor, r) {
		card.Text = w.T("approval.asks", r.At)
		card.Approve = &stepForm{Action: b.href("/approve"), Button: w.T("approval.approve"), Text: w.T("approval.approve_hint"), Version: a.Version}
		card.Refuse = b.reasonForm(stepRefuse, "/approve/refuse", "approval.refuse", "approval.refuse_hint")
		return card
	}
	card.Withdraw = &stepForm{Action: b.href("/approve/withdraw"), Button: w.T("decide.withdraw"), Text: w.T("decide.withdraw_hint"), Version: a.Version}
	return card
}

// approves tells whether the person is to let the report go, or to send it back.
func approves(p tasks.Person, r tasks.Report) bool {
	return slices.Contains(p.AgencyIDs(tasks.RoleHead), r.AgencyID) && p.MayApprove(r)
}

type approvalPage struct {
	templates.Layout
	Headline, Text, Note string
	Action               string
	Fields               []templates.Field
	Writes               bool
	Back                 templates.Action
}

func approvalHref(agency int64) string { return "/directory/agencies/" + idText(agency) + "/approval" }

// approvalForm says whether an agency's head approves reports first.
func (s *Server) approvalForm(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	v, err := s.Directory.Approval(c.Request.Context(), actor, id)
	if err != nil {
		return err
	}
	w := s.words(actor)
	key := "off"
	if v.On {
		key = "on"
	}
	p := approvalPage{
		Headline: w.T("approval.setting_"+key, v.Agency.Name), Text: w.T("approval.setting_text"), Action: approvalHref(id), Writes: v.MaySet,
		Fields: []templates.Field{{Name: "approves", Type: "radio", Label: w.T("approval.setting"), Required: true, Value: key, Options: []templates.Option{
			{Value: "off", Label: w.T("approval.setting_no")}, {Value: "on", Label: w.T("approval.setting_yes")},
		}}},
		Back: templates.Action{Href: "/mine?agency=" + idText(id), Label: w.T("nav.mine")},
	}
	if actor.Can(tasks.ActionDirectoryRead) {
		p.Back = templates.Action{Href: "/directory", Label: w.T("nav.directory")}
	}
	if !v.HasHead {
		p.Note = w.T("approval.no_head")
	}
	p.Layout = s.layout(c, actor, p.Headline)
	return s.render(c, http.StatusOK, "approval", p)
}

// setApproval keeps what was chosen there.
func (s *Server) setApproval(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	if err := s.Directory.SetApproval(c.Request.Context(), actor, id, c.PostForm("approves") == "on"); err != nil {
		return err
	}
	return s.redirect(c, actor, approvalHref(id), "approval.saved")
}

// mineApprovals are the reports that wait for the head of the agency whose page it is; ok is false when none do.
func (s *Server) mineApprovals(ctx context.Context, actor tasks.Person, rows dutyRows) (section dutySection, ok bool, err error) {
	list, err := s.Assignments.WaitingApprovals(ctx, actor, rows.self, sectionRows)
	if err != nil || len(list) == 0 {
		return dutySection{}, false, err
	}
	w := rows.w
	section = dutySection{Title: w.T("approval.section", len(list))}
	for _, x := range list {
		row := rows.row(x.Row)
		row.Note = w.T("approval.row", excerpt(x.Text, 160))
		row.Action = &templates.Action{Href: assignmentHref(x.Row.ID) + "#approval", Label: w.T("approval.see"), Quiet: true}
		if approves(actor, x.Report) {
			row.Action.Label, row.Action.Quiet = w.T("approval.do"), false
		}
		section.Rows = append(section.Rows, row)
	}
	return section, true, nil
}

// approvalNote leads an agency's people to the setting: a head always, others when it is on.
func (s *Server) approvalNote(ctx context.Context, actor tasks.Person, rows dutyRows) (*templates.Action, error) {
	v, err := s.Directory.Approval(ctx, actor, rows.self)
	if err != nil || !v.On && !v.MaySet {
		return nil, err
	}
	key := "approval.note_off"
	if v.On {
		key = "approval.note_on"
	}
	return &templates.Action{Href: approvalHref(rows.self), Label: rows.w.T(key)}, nil
}
