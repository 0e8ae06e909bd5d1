package web

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
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

// month shows the month of the address, the latest when it names none.
func (s *Server) month(c *gin.Context, actor tasks.Person) error {
	ctx := c.Request.Context()
	var month tasks.Month
	if text := c.Query("m"); text != "" {
		var err error
		if month, err = tasks.ParseMonth(text); err != nil {
			return tasks.ErrNotFound
		}
	}
	v, err := s.Weeks.Month(ctx, actor, month)
	w := s.words(actor)
	if month == (tasks.Month{}) && tasks.CodeOf(err) == tasks.CodeNotFound {
		p := monthPage{Headline: w.T("month.none"), Empty: &templates.Empty{Text: w.T("month.empty"), Hint: w.T("month.empty_hint")}}
		p.Layout = s.layout(c, actor, p.Headline)
		return s.render(c, http.StatusOK, "month", p)
	}
	if err != nil {
		return err
	}
	p := monthPage{Headline: monthHeadline(w, v), Lede: monthLede(w, v), Figures: monthFigures(w, v)}
	if v.Before != (tasks.Month{}) {
		p.PrevHref = monthHref(v.Before)
	}
	if v.After != (tasks.Month{}) {
		p.NextHref = monthHref(v.After)
	}
	p.Hints = weekRates(w, v.Last)
	for _, monday := range v.Missing {
		p.Hints = append(p.Hints, w.T("month.missing", monday))
	}
	since := !v.Since.IsZero()
	for i, week := range v.Weeks {
		row := monthRow(week.Province, week.Change, since || i > 0)
		row.Href, row.Text = "/week/"+week.Monday.String(), w.T("month.week", weekNumber(w, week.Monday), week.Monday)
		p.Weeks = append(p.Weeks, row)
		p.Agencies.Heads = append(p.Agencies.Heads, w.T("month.overdue_on", dayMonth(w, week.Monday)))
	}
	p.Total = monthRow(v.Last, v.Total, since || len(v.Weeks) > 1)
	p.agencies(w, v)
	p.Layout = s.layout(c, actor, p.Headline)
	return s.render(c, http.StatusOK, "month", p)
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
	if v.Since.IsZero() && len(v.Weeks) == 1 {
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
	if v.Since.IsZero() && len(v.Weeks) == 1 {
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
