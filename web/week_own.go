package web

import (
	"context"

	"tiendo/tasks"
	"tiendo/templates"
)

// ownField is what a leader is in charge of, as it stands today.
type ownField struct {
	Figures []templates.Figure
	Worst   []lateLine
	AllHref string // leads to all that is overdue, where there is more
}

// ownField reads what the leader is in charge of; nil when nothing names him.
func (s *Server) ownField(ctx context.Context, actor tasks.Person, names map[int64]tasks.Agency) (*ownField, error) {
	leader := followsAs(actor, tasks.RoleLeader)
	w, me, today := s.words(actor), idText(leader), s.Rules.Day(s.Now())
	open := stateChoices[stateOpen]
	pages, err := s.Assignments.Lists(ctx, actor, []tasks.AssignmentQuery{
		{Leader: leader, States: open, Limit: 1},
		{Leader: leader, Timeliness: tasks.Overdue, Limit: tasks.WorstLate},
	})
	if err != nil || pages[0].Total == 0 {
		return nil, err
	}
	late := pages[1]
	own := &ownField{Figures: []templates.Figure{
		{
			Value: late.Total, Text: w.T("follower.own_overdue"), Late: late.Total > 0,
			Href: listHref("leader", me, "timeliness", string(tasks.Overdue)),
		},
		{Value: pages[0].Total, Text: w.T("follower.own_open"), Href: listHref("leader", me)},
	}}
	for _, row := range late.Rows {
		days := s.Rules.Calendar.WorkingDays(row.Due, today)
		own.Worst = append(own.Worst, lateDutyLine(w, names, tasks.LateRow{AssignmentRow: row, DaysLate: days}))
	}
	if late.Total > len(late.Rows) {
		own.AllHref = listHref("leader", me, "timeliness", string(tasks.Overdue))
	}
	return own, nil
}
