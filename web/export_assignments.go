package web

import (
	"context"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates/office"
)

// exportAssignments gives the list of assignments, filtered as its page is, as a workbook.
func (s *Server) exportAssignments(c *gin.Context, actor tasks.Person) error {
	ctx := c.Request.Context()
	rows, err := s.dutyRows(ctx, actor)
	if err != nil {
		return err
	}
	f := readAssignmentFilter(c.Query)
	q, wrong := f.query("")
	q = s.longOnly(q, f)
	if wrong != nil {
		return s.assignmentList(c, actor) // says what is wrong with the filter
	}
	documents, err := s.documentOptions(ctx, actor, rows.w, f.Document)
	if err != nil {
		return err
	}
	form := f.form(rows.w, fieldErrors{}, documents, agencyOptions(actor, rows.options))
	return s.sendAssignments(c, rows, "assignments", q, f.chosen(rows.w, form.Fields))
}

// exportMine gives what an agency of the person still owes, and what waits for confirmation.
func (s *Server) exportMine(c *gin.Context, actor tasks.Person) error {
	own := actor.AgencyIDs(tasks.RoleFocal, tasks.RoleHead)
	if len(own) == 0 {
		return tasks.E(tasks.CodeForbidden, "error.forbidden")
	}
	rows, err := s.dutyRows(c.Request.Context(), actor)
	if err != nil {
		return err
	}
	agency, err := ownAgency(c, operatingFirst(own, rows.agencies, rows.today.String()))
	if err != nil {
		return err
	}
	q := tasks.AssignmentQuery{AgencyID: agency, States: stateChoices[stateUndone], Sort: tasks.SortUrgent}
	return s.sendAssignments(c, rows, "mine", q, agencyName(rows.w, rows.agencies, agency))
}

func (s *Server) sendAssignments(c *gin.Context, rows dutyRows, key string, q tasks.AssignmentQuery, chosen string) error {
	e := exported[tasks.AssignmentRow]{key: key, columns: rows.columns(), page: s.assignmentPages(c.Request.Context(), rows.actor, q)}
	if chosen != "" {
		e.lines = []string{chosen}
	}
	return sendList(s, c, rows.actor, e)
}

// assignmentPages reads a list page by page.
func (s *Server) assignmentPages(ctx context.Context, actor tasks.Person, q tasks.AssignmentQuery) func(string) ([]tasks.AssignmentRow, string, error) {
	return func(after string) ([]tasks.AssignmentRow, string, error) {
		q.After, q.Limit = after, tasks.MaxPage
		page, err := s.Assignments.List(ctx, actor, q)
		return page.Rows, page.Next, err
	}
}

// columns are those of a list of assignments.
func (d dutyRows) columns() []office.Column[tasks.AssignmentRow] {
	w := d.w
	type row = tasks.AssignmentRow
	return []office.Column[row]{
		{Head: w.T("export.document"), Width: 14, Value: func(a row) any { return strings.Join(dutyRef(w, a.DocumentKind, a.DocumentNumber, a.Ref), ", ") }},
		{Head: w.T("export.duty_words"), Width: 46, Value: func(a row) any { return a.Text }},
		{Head: w.T("duty.deliverable"), Width: 16, Value: func(a row) any { return a.Deliverable }},
		{Head: w.T("part.lead"), Width: 17, Value: func(a row) any { return manyAgencies(w, d.agencies, a.Leads) }},
		{Head: w.T("part.cooperating"), Width: 19, Value: func(a row) any { return manyAgencies(w, d.agencies, a.Cooperating) }},
		{Head: w.T("export.first_due"), Value: func(a row) any { return a.First() }},
		{Head: w.T("export.due"), Value: func(a row) any { return a.Due }},
		{Head: w.T("export.extended"), Width: 7, Value: func(a row) any { return someCount(a.Extended) }},
		{Head: w.T("export.cadence"), Width: 13, Value: func(a row) any { return cadenceText(d, a.Cadence) }},
		{Head: w.T("assignment_list.state"), Width: 11, Center: true, Value: func(a row) any { return w.T("state." + string(a.State)) }},
		{Head: w.T("assignment_list.timeliness"), Width: 10, Center: true, Value: func(a row) any { return timelinessText(d, a.Timeliness(d.today, d.soon)) }},
		{Head: w.T("export.percent"), Width: 8, Value: func(a row) any { return a.Percent }},
		{Head: w.T("export.submitted"), Value: func(a row) any { return a.SubmittedOn }},
		{Head: w.T("export.note"), Width: 18, Value: func(a row) any { return d.noteText(a) }},
	}
}

// noteText is what stands out on the row's page: why it was sent back, or the report that is missing.
func (d dutyRows) noteText(a tasks.AssignmentRow) string {
	switch {
	case a.State == tasks.StateReturned && a.LastReason != "":
		return d.w.T("duty.returned_for", a.LastReason)
	case a.State.Open() && !a.NextReport.IsZero() && a.NextReport.Before(d.today):
		return d.w.T("duty.missed", a.NextReport)
	}
	return ""
}
