package web

import (
	"context"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

type remarkListPage struct {
	templates.Layout
	Headline, Lede string
	Filters        []templates.NavItem
	Rows           []templates.TaskRow
	More           *templates.Action
	Empty          templates.Empty
}

// stateLate asks for what waits for an answer past its day.
const stateLate = "late"

// remarkQueries are the filters of the list, by the word in its address.
var remarkQueries = []struct{ state, key string }{
	{string(tasks.RemarkOpen), "remark.list_open"}, {stateLate, "remark.list_late"}, {string(tasks.RemarkAnswered), "remark.list_answered"},
}

// remarkQuery is what the filter asks for; ok is false when there is no such filter.
func (s *Server) remarkQuery(state string) (q tasks.RemarkQuery, ok bool) {
	switch state {
	case stateLate:
		return tasks.RemarkQuery{State: tasks.RemarkOpen, DueBefore: s.Rules.Day(s.Now())}, true
	case "", string(tasks.RemarkOpen):
		return tasks.RemarkQuery{State: tasks.RemarkOpen}, true
	case string(tasks.RemarkAnswered):
		return tasks.RemarkQuery{State: tasks.RemarkAnswered}, true
	}
	return q, false
}

// remarkList lists the leaders' words that stand on duties that the person may see.
func (s *Server) remarkList(c *gin.Context, actor tasks.Person) error {
	ctx, state := c.Request.Context(), c.Query("state")
	q, ok := s.remarkQuery(state)
	if !ok {
		return tasks.ErrNotFound
	}
	q.After = formID(c.Query("after"))
	f, err := s.Assignments.RemarkFigures(ctx, actor)
	if err != nil {
		return err
	}
	rows, err := s.dutyRows(ctx, actor)
	if err != nil {
		return err
	}
	list, more, err := s.Assignments.StandingRemarks(ctx, actor, q)
	if err != nil {
		return err
	}
	w := rows.w
	p := remarkListPage{
		Headline: remarkListHeadline(w, f), Lede: w.T("remark.list_lede", longDate(w, rows.today)),
		Empty: templates.Empty{Text: w.T("remark.list_empty"), Hint: w.T("remark.list_empty_hint")},
	}
	for _, x := range remarkQueries {
		p.Filters = append(p.Filters, templates.NavItem{
			Href: remarkListHref(x.state, 0), Label: w.T(x.key), Current: x.state == state || state == "" && x.state == string(tasks.RemarkOpen),
		})
	}
	for _, r := range list {
		p.Rows = append(p.Rows, rows.remark(r))
	}
	if more {
		p.More = &templates.Action{Href: remarkListHref(state, list[len(list)-1].ID), Label: w.T("remark.list_more"), Quiet: true}
	}
	p.Layout = s.layout(c, actor, p.Headline)
	return s.render(c, http.StatusOK, "remark_list", p)
}

func remarkListHref(state string, after int64) string {
	href := "/remarks?state=" + state
	if after != 0 {
		href += "&after=" + idText(after)
	}
	return href
}

func remarkListHeadline(w *templates.Words, f tasks.RemarkFigures) string {
	switch {
	case f.Open == 0:
		return w.T("remark.list_headline_none")
	case f.Late == 0:
		return w.T("remark.list_headline", countWords(w, f.Open))
	}
	return w.T("remark.list_headline_late", countWords(w, f.Open), countWords(w, f.Late))
}

// remark is the line of a word that stands: by when to answer, what was said, and of which duty.
func (d dutyRows) remark(r tasks.StandingRemark) templates.TaskRow {
	w := d.w
	row := d.row(r.Row)
	row.Href = remarksHref(r.AssignmentID) + "#remark-" + idText(r.ID)
	row.State, row.Timeliness, row.Due, row.When = "", "", d.rules.Day(r.At), w.T("remark.row_no_day")
	if !r.Due.IsZero() {
		row.Due, row.When = r.Due, ""
		if r.State == tasks.RemarkOpen {
			row.When = distanceWords(w, d.rules.Calendar, d.today, r.Due)
		}
	}
	whose := whoseWord(r.Authority, r.Position, r.Person)
	row.Note = remarkTitle(w, r.Remark, whose) + ": " + excerpt(r.Words, 200)
	if r.Late(d.today) {
		row.Timeliness = string(tasks.Overdue)
		row.Note = w.T("remark.row_late") + " · " + row.Note
	}
	if r.Answer.ID != 0 {
		row.Note = strings.TrimSuffix(row.Note, ".") + ". " + w.T("remark.answered_with", excerpt(r.Answer.Words, 200))
	}
	row.Action = &templates.Action{Href: row.Href, Label: w.T("remark.do_view"), Quiet: true}
	switch {
	case r.State == tasks.RemarkOpen && d.actor.CanOn(tasks.ActionRemarkAnswer, r.Row.Leads, r.Row.Cooperating):
		row.Action = &templates.Action{Href: row.Href, Label: w.T("remark.do_answer")}
	case r.State == tasks.RemarkAnswered && d.actor.Can(tasks.ActionRemarkSettle):
		row.Action = &templates.Action{Href: row.Href, Label: w.T("remark.do_settle")}
	}
	return row
}

// mineRemarks is the section of what leaders wait for from the agency; ok is false when nothing does.
func (s *Server) mineRemarks(ctx context.Context, actor tasks.Person, rows dutyRows) (section dutySection, ok bool, err error) {
	list, more, err := s.Assignments.StandingRemarks(ctx, actor, tasks.RemarkQuery{State: tasks.RemarkOpen, Leads: []int64{rows.self}, Limit: sectionRows})
	if err != nil || len(list) == 0 {
		return section, false, err
	}
	count := numberWords(rows.w, len(list))
	if more {
		count = rows.w.T("list.more_than", len(list))
		section.More = &templates.Action{Href: remarkListHref(string(tasks.RemarkOpen), 0), Label: rows.w.T("remark.list_more"), Quiet: true}
	}
	section.Title = rows.w.T("remark.mine_title", count)
	for _, r := range list {
		section.Rows = append(section.Rows, rows.remark(r))
	}
	return section, true, nil
}

// remarkFigures are the numbers of words that stand, for the secretariat; none when none stand.
func (s *Server) remarkFigures(ctx context.Context, actor tasks.Person) ([]templates.Figure, error) {
	f, err := s.Assignments.RemarkFigures(ctx, actor)
	if err != nil || f == (tasks.RemarkFigures{}) {
		return nil, err
	}
	w := s.words(actor)
	return []templates.Figure{
		{Value: f.Open, Text: w.T("remark.inbox_open"), Href: remarkListHref(string(tasks.RemarkOpen), 0)},
		{Value: f.Late, Text: w.T("remark.inbox_late"), Late: f.Late > 0, Href: remarkListHref(stateLate, 0)},
		{Value: f.Answered, Text: w.T("remark.inbox_answered"), Href: remarkListHref(string(tasks.RemarkAnswered), 0)},
	}, nil
}
