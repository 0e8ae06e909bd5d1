package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// groupings lead to the same list with a line an assignment, or a line a duty; none for those who see the assignments of their agencies
// alone.
func (f assignmentFilter) groupings(w *templates.Words, actor tasks.Person) []templates.NavItem {
	if !actor.Can(tasks.ActionAssignmentList) {
		return nil
	}
	each, grouped := f, f
	each.Group, grouped.Group = "", groupByTask
	return []templates.NavItem{
		{Href: each.href(""), Label: w.T("duty_matrix.by_assignment"), Current: f.Group == ""},
		{Href: grouped.href(""), Label: w.T("duty_matrix.by_task"), Current: f.Group != ""},
	}
}

// dutyList shows the list of assignments with one line a duty.
func (s *Server) dutyList(c *gin.Context, actor tasks.Person, rows dutyRows, f assignmentFilter, q tasks.AssignmentQuery, wrong error) error {
	ctx, w := c.Request.Context(), rows.w
	status := http.StatusOK
	fe, refused := s.invalid(actor, wrong)
	if refused {
		status = http.StatusUnprocessableEntity
	}
	lines, next, total, err := s.dutyGroups(ctx, actor, rows, q)
	if err != nil {
		return err
	}
	documents, err := s.documentOptions(ctx, actor, w, f.Document)
	if err != nil {
		return err
	}
	p := assignmentListPage{
		Headline: w.T("duty_matrix.headline_list", countWords(w, total)), Filters: f.form(w, fe, documents, agencyOptions(actor, rows.options)), Views: f.views(w),
		Groupings: f.groupings(w, actor), Rows: lines, Unit: w.T("duty_matrix.unit"),
	}
	if err := s.followed(c, actor, f, &p.Filters); err != nil {
		return err
	}
	p.Mine = f.mineViews(w, actor)
	if f.active() {
		p.Chosen = f.chosen(w, p.Filters.Fields)
	}
	if total == 0 {
		if p.Empty, err = s.emptyList(ctx, actor, w, f); err != nil {
			return err
		}
	}
	if q.After != "" {
		p.Pager.PrevHref = f.href("")
	}
	if next != "" {
		p.Pager.NextHref = f.href(next)
	}
	if p.Pager.NextHref != "" || p.Pager.PrevHref != "" {
		p.Pager.Text = w.T("assignment_list.shown", len(lines), countWords(w, total))
	}
	if total > 0 {
		p.Pager.ExportHref = exportHref(f.href(""))
	}
	if err := s.addSavedViews(c, actor, w, f, &p); err != nil {
		return err
	}
	p.Layout = s.layout(c, actor, p.Headline)
	p.Problems = fe.problems(p.Filters.Fields...)
	return s.render(c, status, "assignment_list", p)
}
