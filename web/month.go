package web

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
	"tiendo/templates/office"
)

// monthPage adds up a month from its weeks.
type monthPage struct {
	templates.Layout
	Headline, Lede     string
	PrevHref, NextHref string
	Figures            []templates.Figure
	Hints              []string
	Weeks              []monthWeekRow
	Total              monthWeekRow
	// Agencies are those with something overdue or done in the month, Quiet the others.
	Agencies, Quiet monthAgencies
	QuietText       string
	Empty           *templates.Empty
	// ExportHref leads to the agencies' lines as a workbook.
	ExportHref string
}

// monthWeekRow is one Monday of the month, or their sum.
type monthWeekRow struct {
	Href, Text                   string
	Overdue, Completed, All      int
	Changed                      bool // against a Monday before it
	OverdueBy, CompletedBy, More int
}

// monthAgencies is a table of agencies, with what its columns of Mondays are called.
type monthAgencies struct {
	Heads []string
	Rows  []monthAgencyRow
}

// monthAgencyRow is one agency: what was overdue on each Monday, and what the month has brought.
type monthAgencyRow struct {
	Href, Name string
	Overdue    []int
	All        int
	Changed    bool
	DoneBy     int
}

func monthHref(m tasks.Month) string { return "/month?m=" + m.String() }

func nameOfMonth(w *templates.Words, m tasks.Month) string {
	return w.T("month.name", int(m.Month), strconv.Itoa(m.Year))
}

// askedMonth is the month of the address, the latest when it names none.
func (s *Server) askedMonth(c *gin.Context, actor tasks.Person) (tasks.MonthView, error) {
	var month tasks.Month
	if text := c.Query("m"); text != "" {
		var err error
		if month, err = tasks.ParseMonth(text); err != nil {
			return tasks.MonthView{}, tasks.ErrNotFound
		}
	}
	return s.Weeks.Month(c.Request.Context(), actor, month)
}

// month shows a month.
func (s *Server) month(c *gin.Context, actor tasks.Person) error {
	v, err := s.askedMonth(c, actor)
	w := s.words(actor)
	if c.Query("m") == "" && tasks.CodeOf(err) == tasks.CodeNotFound {
		p := monthPage{Headline: w.T("month.none"), Empty: &templates.Empty{Text: w.T("month.empty"), Hint: w.T("month.empty_hint")}}
		p.Layout = s.layout(c, actor, p.Headline)
		return s.render(c, http.StatusOK, "month", p)
	}
	if err != nil {
		return err
	}
	p := monthPage{
		Headline: monthHeadline(w, v), Lede: monthLede(w, v), Figures: monthFigures(w, v), Hints: monthHints(w, v), ExportHref: exportHref(monthHref(v.Month)),
	}
	if v.Before != (tasks.Month{}) {
		p.PrevHref = monthHref(v.Before)
	}
	if v.After != (tasks.Month{}) {
		p.NextHref = monthHref(v.After)
	}
	since := !v.Since.IsZero()
	for i, week := range v.Weeks {
		row := monthRow(week.Province, week.Change, since || i > 0)
		row.Href, row.Text = "/week/"+week.Monday.String(), w.T("month.week", weekNumber(w, week.Monday), week.Monday)
		p.Weeks = append(p.Weeks, row)
		p.Agencies.Heads = append(p.Agencies.Heads, overdueOn(w, week))
	}
	p.Total = monthRow(v.Last, v.Total, monthChanges(v))
	p.agencies(w, v)
	p.Layout = s.layout(c, actor, p.Headline)
	return s.render(c, http.StatusOK, "month", p)
}

// exportMonth gives the agencies' lines of a month.
func (s *Server) exportMonth(c *gin.Context, actor tasks.Person) error {
	v, err := s.askedMonth(c, actor)
	if err != nil {
		return err
	}
	w := s.words(actor)
	columns := []office.Column[tasks.AgencyMonth]{{Head: w.T("week.agency"), Width: 44, Value: func(a tasks.AgencyMonth) any { return a.Agency.Name }}}
	for i, week := range v.Weeks {
		columns = append(columns, office.Column[tasks.AgencyMonth]{Head: overdueOn(w, week), Width: 12, Value: func(a tasks.AgencyMonth) any { return a.Overdue[i] }})
	}
	columns = append(columns,
		office.Column[tasks.AgencyMonth]{Head: w.T("month.col_done"), Width: 12, Value: func(a tasks.AgencyMonth) any {
			if !monthChanges(v) {
				return w.T("month.unknown")
			}
			return a.Change.Completed
		}},
		office.Column[tasks.AgencyMonth]{Head: w.T("month.col_all"), Width: 12, Value: func(a tasks.AgencyMonth) any { return a.Last.All }},
	)
	return sendList(s, c, actor, exported[tasks.AgencyMonth]{
		key: "month", lines: append([]string{monthHeadline(w, v), monthLede(w, v)}, monthHints(w, v)...), columns: columns, page: onePage(v.Agencies),
	})
}

// monthChanges tells whether there is a Monday against which the month has changed anything.
func monthChanges(v tasks.MonthView) bool { return !v.Since.IsZero() || len(v.Weeks) > 1 }

// overdueOn heads the column of a Monday.
func overdueOn(w *templates.Words, week tasks.MonthWeek) string {
	return w.T("month.overdue_on", dayMonth(w, week.Monday))
}

// monthHints are the month's rates on its last Monday, and the Mondays that it lacks.
func monthHints(w *templates.Words, v tasks.MonthView) []string {
	hints := weekRates(w, v.Last)
	for _, monday := range v.Missing {
		hints = append(hints, w.T("month.missing", monday))
	}
	return hints
}

// agencies puts each agency's line where it belongs.
func (p *monthPage) agencies(w *templates.Words, v tasks.MonthView) {
	p.Quiet.Heads = p.Agencies.Heads
	for _, a := range v.Agencies {
		row := monthAgencyRow{
			Href: listHref("agency", idText(a.Agency.ID), "part", string(tasks.PartLead), "state", stateAll), Name: a.Agency.Name,
			Overdue: a.Overdue, All: a.Last.All, Changed: p.Total.Changed, DoneBy: a.Change.Completed,
		}
		if slices.Max(a.Overdue) > 0 || a.Change.Completed != 0 {
			p.Agencies.Rows = append(p.Agencies.Rows, row)
		} else {
			p.Quiet.Rows = append(p.Quiet.Rows, row)
		}
	}
	p.QuietText = w.T("month.quiet", len(p.Quiet.Rows))
}

func monthRow(f tasks.Figures, c tasks.FigureChange, changed bool) monthWeekRow {
	return monthWeekRow{
		Overdue: f.Overdue, Completed: f.Completed, All: f.All, Changed: changed, OverdueBy: c.Overdue, CompletedBy: c.Completed, More: c.Assigned,
	}
}

func monthHeadline(w *templates.Words, v tasks.MonthView) string {
	name, late := nameOfMonth(w, v.Month), v.Last.Overdue
	overdue := w.T("week.overdue", late)
	if late == 0 {
		overdue = w.T("week.overdue_none")
	}
	if !monthChanges(v) {
		return w.T("month.headline", name, overdue)
	}
	return w.T("month.headline_done", name, v.Total.Completed, overdue)
}

// monthLede says from which Mondays the month is added up.
func monthLede(w *templates.Words, v tasks.MonthView) string {
	last := v.Weeks[len(v.Weeks)-1].Monday
	if v.Since.IsZero() {
		return w.T("month.of_first", len(v.Weeks), last)
	}
	return w.T("month.of", len(v.Weeks), last, v.Since)
}

func monthFigures(w *templates.Words, v tasks.MonthView) []templates.Figure {
	late := templates.Figure{Value: v.Last.Overdue, Text: w.T("week.figure_overdue"), Late: v.Last.Overdue > 0}
	if !monthChanges(v) {
		return []templates.Figure{late, {Value: v.Last.Completed, Text: w.T("week.completed")}, {Value: v.Last.All, Text: w.T("month.all")}}
	}
	late.Change = &v.Total.Overdue
	done := w.T("month.done")
	if v.Total.Completed > 0 && v.Total.OnTime >= 0 && v.Total.OnTime <= v.Total.Completed {
		done = w.T("month.done_on_time", w.Rate(v.Total.OnTime, v.Total.Completed))
	}
	return []templates.Figure{
		late,
		{Value: v.Total.Completed, Text: done},
		{Value: v.Total.Assigned, Text: w.T("month.assigned")},
		{Value: v.Last.Waiting, Text: w.T("week.waiting")},
	}
}
