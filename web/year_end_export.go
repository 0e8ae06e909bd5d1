package web

import (
	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates/office"
)

// exportYearEnd gives what a document leaves open at the end of its year, by its page's filter, with what was carried over to which day.
func (s *Server) exportYearEnd(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	v, err := s.Assignments.YearEnd(ctx, actor, id)
	if err != nil {
		return err
	}
	rows, err := s.dutyRows(ctx, actor)
	if err != nil {
		return err
	}
	w := rows.w
	type row = tasks.Unfinished
	var columns []office.Column[row]
	for _, column := range rows.columns() {
		columns = append(columns, office.Column[row]{
			Head: column.Head, Width: column.Width, Center: column.Center, Value: func(u row) any { return column.Value(u.AssignmentRow) },
		})
	}
	columns = append(columns, office.Column[row]{Head: w.T("year_end.carried_head"), Value: func(u row) any {
		if !u.Carried {
			return nil
		}
		return u.Due
	}})
	lines := append([]string{documentLabel(w, v.Document.Kind, v.Document.Number)}, filtersChosen(w, yearEndFilters(w, v, c.Query, ""))...)
	return sendList(s, c, actor, exported[row]{key: "year_end", lines: lines, columns: columns, page: onePage(s.yearEndFilter(c.Query, v.Rows))})
}
