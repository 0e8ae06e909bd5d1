package web

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
	"tiendo/templates/office"
)

type registerPage struct {
	templates.Layout
	Headline string
	// AsOf says of when the states are.
	AsOf    string
	Filters templates.FilterForm
	// XLSX and DOCX are the register as files; ReportHref leads to the periodic report with its annex.
	XLSX, DOCX, ReportHref string
	Heads                  []string
	Rows                   [][]registerCell
	Empty                  templates.Empty
	Pager                  templates.Pager
}

// registerCell is one cell of the preview, as the files have it.
type registerCell struct {
	Label, Text, Href string
	Number            bool
}

// register shows the follow-up book of a period, page by page, as its files have it.
func (s *Server) register(c *gin.Context, actor tasks.Person) error {
	ctx := c.Request.Context()
	b, err := s.registerBook(ctx, actor, s.queried(c))
	if err != nil {
		return err
	}
	status := http.StatusOK
	fe, refused := s.invalid(actor, b.wrong)
	p := registerPage{Headline: b.w.T("register.title"), AsOf: b.w.T("register.choose")}
	if !refused {
		b.query.After = c.Query("after")
		page, err := s.Assignments.Register(ctx, actor, b.query)
		if fe, refused = s.invalid(actor, err); !refused && err != nil {
			return err
		}
		if !refused {
			b.page(&p, page)
		}
	}
	if refused {
		status = http.StatusUnprocessableEntity
	}
	if p.Filters, err = s.registerFilters(ctx, b, fe); err != nil {
		return err
	}
	p.Layout = s.layout(c, actor, p.Headline)
	p.Wide = true
	p.Problems = fe.problems(p.Filters.Fields...)
	return s.render(c, status, "register", p)
}

// page puts one page of the register onto the page.
func (b registerBook) page(p *registerPage, page tasks.RegisterPage) {
	w, f := b.w, b.filter
	period := lowered(periodWords(w, f, b.query))
	p.Headline = w.T("register.headline", countWords(w, page.Total), period)
	p.AsOf = b.asOf(page.On)
	if page.Total == 0 {
		p.Headline = w.T("register.headline_none", period)
		p.Empty = templates.Empty{Text: w.T("register.empty", period), Hint: w.T("register.empty_hint")}
		return
	}
	p.XLSX, p.DOCX, p.ReportHref = f.href("/register.xlsx", ""), f.href("/register.docx", ""), f.href("/register/report", "")
	columns := b.columns()
	for _, column := range columns {
		p.Heads = append(p.Heads, column.Head)
	}
	for _, row := range page.Rows {
		line := make([]registerCell, len(columns))
		for i, column := range columns {
			line[i] = b.shown(column, row)
			if i == dutyColumn {
				line[i].Href = assignmentHref(row.ID)
			}
		}
		p.Rows = append(p.Rows, line)
	}
	if b.query.After != "" {
		p.Pager.PrevHref = f.href("/register", "")
	}
	if page.Next != "" {
		p.Pager.NextHref = f.href("/register", page.Next)
		p.Pager.Text = w.T("assignment_list.shown", len(page.Rows), countWords(w, page.Total))
	}
}

// shown is a cell of a file as the page shows it.
func (b registerBook) shown(column office.Column[tasks.RegisterRow], row tasks.RegisterRow) registerCell {
	cell := registerCell{Label: column.Head}
	switch v := column.Value(row).(type) {
	case string:
		cell.Text = v
	case int:
		cell.Text, cell.Number = numberWords(b.w, v), true
	case office.Date:
		cell.Number = true
		if !v.IsZero() {
			cell.Text = b.w.T("duty.day", v)
		}
	}
	return cell
}

// registerBook is what the page and the files of a register share.
type registerBook struct {
	dutyRows
	filter registerFilter
	query  tasks.RegisterQuery
	wrong  error // of the filter
}

func (s *Server) registerBook(ctx context.Context, actor tasks.Person, f registerFilter) (registerBook, error) {
	if agencies, all := actor.Scope(tasks.ActionRegisterRead); !all && len(agencies) == 0 {
		return registerBook{}, tasks.E(tasks.CodeForbidden, "error.forbidden")
	}
	rows, err := s.dutyRows(ctx, actor)
	b := registerBook{dutyRows: rows, filter: f}
	b.query, b.wrong = f.query()
	return b, err
}

func (s *Server) registerFilters(ctx context.Context, b registerBook, fe fieldErrors) (templates.FilterForm, error) {
	documents, err := s.documentOptions(ctx, b.actor, b.w, b.filter.Document)
	return b.filter.form(b.w, fe, b.today, documents, agencyOptions(b.actor, b.options)), err
}
