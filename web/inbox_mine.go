package web

import (
	"context"

	"tiendo/tasks"
	"tiendo/templates"
)

// inboxMine is the address of the inbox with what the person follows himself alone.
const inboxMine = "/inbox?of=mine"

// ownFirst are the submissions that the person follows himself; they stand before the others on the first page.
func (s *Server) ownFirst(ctx context.Context, actor tasks.Person, q tasks.AssignmentQuery) (tasks.AssignmentPage, error) {
	q.Specialist = followsAs(actor, tasks.RoleSecretariat)
	return s.Assignments.List(ctx, actor, q)
}

// inboxRows reads the submissions that wait: of=mine those that the person follows himself, else his first and then the others.
func (s *Server) inboxRows(ctx context.Context, rows dutyRows, mine bool, after string) (page tasks.AssignmentPage, views []templates.NavItem, err error) {
	actor, w := rows.actor, rows.w
	q := tasks.AssignmentQuery{States: []tasks.State{tasks.StateSubmitted}, Sort: tasks.SortWaiting, After: after}
	if mine {
		page, err = s.ownFirst(ctx, actor, q)
		return page, inboxViews(w, page.Total, true), err
	}
	own := q
	q.NotSpecialist = followsAs(actor, tasks.RoleSecretariat)
	if page, err = s.Assignments.List(ctx, actor, q); err != nil {
		return page, nil, err
	}
	own.After = ""
	if after != "" {
		own.Limit = 1
	}
	first, err := s.ownFirst(ctx, actor, own)
	if err != nil {
		return page, nil, err
	}
	page.Total = min(page.Total+first.Total, tasks.CountCap+1)
	if after == "" {
		page.Rows = append(first.Rows, page.Rows...)
	}
	if first.Total == 0 {
		return page, nil, nil
	}
	return page, inboxViews(w, first.Total, false), nil
}

func inboxViews(w *templates.Words, own int, mine bool) []templates.NavItem {
	return []templates.NavItem{
		{Href: "/inbox", Label: w.T("follower.all"), Current: !mine},
		{Href: inboxMine, Label: w.T("follower.inbox_mine", countWords(w, own)), Current: mine},
	}
}
